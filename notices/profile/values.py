"""The typed values a fact may hold: dates, decimals, limits, spans of time, severities, and *to be confirmed*."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from notices.marks import waiting


class Model(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True, defer_build=True)


class Pending(Model):
    """A value nobody has decided yet; prints as 【待定：…】 and makes the document a draft."""

    pending: str = Field(min_length=1, pattern=r"\S", description="待定的是什么，印成【待定：…】")
    was: str | None = Field(default=None, description="上一版的值")
    suggest: str | None = Field(default=None, description="建议的值")
    why: str | None = Field(default=None, description="为什么要确认")

    def __str__(self) -> str:
        """【待定：成文日期】, with the marks of a value to be confirmed; what is no document prints it unmarked."""
        return waiting(self.pending)


def _date(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("notice_date", "日期应写成 2024-05-31 的样子")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("notice_date", "没有这一天：{value}", {"value": value}) from None


def _month_day(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\d{2}-\d{2}", value):
        raise PydanticCustomError("notice_date", "每年的日期应写成 04-15 的样子")
    _date(f"2024-{value}")  # a leap year: 02-29 is a day some years
    return value


def in_year(annual: str | Pending, year: int) -> dt.date | None:
    """The day of every year, ``04-15``, in one year; None where that year has none (29 February), or while open."""
    try:
        return dt.date.fromisoformat(f"{year}-{annual}")
    except ValueError:
        return None


def number(value: object) -> Decimal:
    """A number as it is written in YAML, exactly; strict YAML keeps decimals as text."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        raise PydanticCustomError("notice_number", "应是数字，单位写在 unit 里")
    return Decimal(str(value))


def _words(value: object) -> Any:  # noqa: ANN401 - the list is checked by the type it stands before
    return [value] if isinstance(value, str) else value


def one_or_more(value: object) -> Any:  # noqa: ANN401 - as above
    """What stands alone as a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]


def _kind(value: object) -> str:
    return "pending" if isinstance(value, Pending) or (isinstance(value, dict) and "pending" in value) else "value"


def _frozen_tuple(value: object) -> Any:  # noqa: ANN401
    return tuple(value) if isinstance(value, list) else value


Str: TypeAlias = Annotated[str, Field(min_length=1, pattern=r"\S")]
Date: TypeAlias = Annotated[
    dt.date, BeforeValidator(_date, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")])
]
MonthDay: TypeAlias = Annotated[str, BeforeValidator(_month_day, json_schema_input_type=str)]
Number: TypeAlias = Annotated[Decimal, BeforeValidator(number, json_schema_input_type=int | str)]
Words: TypeAlias = Annotated[
    tuple[Str, ...], BeforeValidator(_frozen_tuple), BeforeValidator(_words, json_schema_input_type=str | list[str])
]
"""One text, or a list of texts."""

_PENDING = Annotated[Pending, Tag("pending")]
_Value = TypeVar("_Value")
OrPending: TypeAlias = Annotated[Annotated[_Value, Tag("value")] | _PENDING, Discriminator(_kind)]
"""A value, or the mark that it is still to be confirmed."""

DateOrPending: TypeAlias = OrPending[Date]
NumberOrPending: TypeAlias = OrPending[Number]
TextOrPending: TypeAlias = OrPending[Str]
Time: TypeAlias = Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
"""An hour of a day: 17:30."""

Listed: TypeAlias = Annotated[tuple[_Value, ...], BeforeValidator(_frozen_tuple)]
"""A list."""
Texts: TypeAlias = Annotated[
    Listed[TextOrPending], BeforeValidator(one_or_more, json_schema_input_type=TextOrPending | list[TextOrPending])
]
"""A text, or a list of texts, any of them perhaps to be confirmed."""


def suggested(value: str | Pending) -> str:
    """A text, or the one suggested while it is to be confirmed, or what it waits for."""
    return value.suggest or value.pending if isinstance(value, Pending) else value


Op: TypeAlias = Literal[">", ">=", "<", "<=", "=="]
CHOICES: Final = "x-programme"
"""In the JSON schema of a text: which values of the programme it may be (:attr:`Programme.known`)."""


def _one_of(name: str, what: str) -> AfterValidator:
    """One of the values the programme knows under a name; any, where the validation is told of no programme."""

    def check(value: str, info: ValidationInfo) -> str:
        known: Mapping[str, tuple[str, ...]] = info.context or {}
        if name in known and value not in known[name]:
            raise PydanticCustomError(
                "notice_choice", "没有这个{what}", {"what": what, "choices": list(known[name]), "wrong": value}
            )
        return value

    return AfterValidator(check)


Category: TypeAlias = Annotated[
    str, Field(min_length=1, json_schema_extra={CHOICES: "categories"}), _one_of("categories", "类别")
]
"""The id of a category of the programme."""
Unit: TypeAlias = Annotated[str, Field(min_length=1, json_schema_extra={CHOICES: "units"}), _one_of("units", "单位")]
"""A unit of the programme."""


class Limit(Model):
    """A threshold: ``fact op value unit``. ``basis`` is how the value is counted (口径), printed with it."""

    fact: Str = Field(description="被比较的事实，如 industrial_added_value_share；各省同名才能比较")
    op: Op = Field(description="比较方式；“超过”是 >，“达到、不低于、以上”是 >=")
    value: NumberOrPending = Field(description="数值；还没定的写 {pending: 名称}")
    unit: Unit = Field(description="单位")
    basis: TextOrPending | None = Field(default=None, description="口径，如：电力折标系数按当量值")


TOO_MANY = 10_000
"""What is counted in Chinese numerals is fewer."""


class Duration(Model):
    """A length of time. ``since`` says from which day it is counted, when the source says so."""

    value: NumberOrPending = Field(description="数值")
    unit: Literal["年", "个月", "工作日", "日"] = Field(description="单位")
    op: Op = Field(default="==", title="比较方式", description="“不少于 7 个工作日”是 >=")
    since: Str | None = Field(default=None, description="从哪一天起算（来源写明时）")

    @field_validator("value")
    @classmethod
    def _some_time(cls, value: Decimal | Pending) -> Decimal | Pending:
        if isinstance(value, Decimal) and not 0 < value < TOO_MANY:
            raise PydanticCustomError("notice_number", "应大于 0、小于 10000")
        return value


class Only(Model):
    """Whom a rule concerns: those who answer ``fact`` so."""

    fact: Str = Field(description="申报单位的一项事实")
    answers: Words = Field(alias="is", description="填哪些的才适用")


class Test(Model):
    """What of an applicant decides a rule; all that is named must hold.

    ``limit`` and ``span`` of the rule are compared besides. Without any of these a rule is for a person to judge.
    """

    fact: Str | None = Field(default=None, description="申报单位的一项事实（templates/forms/applicant*.yaml 里的栏目）")
    answers: Words = Field(default=("是",), alias="is", title="填哪些算符合", description="fact 填哪些算符合")
    certificate: Words = Field(default=(), description="要有其中一种证书，且在有效期内")
    accidents: Words = Field(default=(), description="不得有的事故种类，按 severity 分等级")
    records: Words = Field(default=(), description="不得有的记录，不分等级")
    doubtful: Words = Field(default=(), description="有这些记录时，是否属于本项要由主管部门认定")
    lasting: bool = Field(default=False, description="记录从列入到解除的每一天都算（如失信名单），不只看发生的那一天")
    unresolved: bool = Field(default=False, description="只看尚未解除（未整改完、未移出）的记录")
    months: Str | None = Field(
        default=None, description="哪一项事实（月数）与 span 比较；原文没有写多久的不写 span，有月数就由主管部门认定"
    )
    either: bool = Field(default=False, title="符合其一即可", description="fact 和 limit 符合其一即可（先进值或 1 级）")
    concerns: bool = Field(
        default=False, title="限值只说明适用于谁", description="limit 说的是适用于谁，不是要求达到多少"
    )
    only: Only | None = Field(default=None, description="只适用于哪些申报单位")
    claimed: bool = Field(
        default=False,
        title="申报单位自己说的",
        description="fact 是申报单位自己说的：填别的不符合，填对了也要由主管部门判断",
    )


SEVERITIES = ("any", "general", "larger", "major", "extraordinary")
"""Grades of accident, mildest first: 任何, 一般, 较大, 重大, 特别重大. ``larger`` means 较大及以上."""
Grade: TypeAlias = Literal["any", "general", "larger", "major", "extraordinary"]

Strength: TypeAlias = Literal["must", "principle", "prefer", "encourage", "may", "focus", "does"]
"""应当, 原则上, 优先, 鼓励, 可以, 重点 (looked for first, not required), and the plain statement of what is done."""


class Fact(Model):
    """What every fact has. ``note`` is for readers of the profile and never printed in a notice."""

    label: Str | None = Field(default=None, description="名称，用于清单、对照表")
    cite: Words = Field(default=(), description="原文的哪一条款，如：二（一）、第二十七条3、第四部分第2段")
    note: Str | None = Field(default=None, description="备注（如原文笔误），不印出")


class Confirmable(Fact):
    """A fact whose words stand as drafted until somebody confirms them."""

    confirm: Pending | None = Field(default=None, description="整条还要确认：文字先按拟写的印，后面带【待定】")


def pendings_of(value: object, path: str = "") -> Iterator[tuple[str, Pending]]:
    """Every value to be confirmed in a value, with the dotted path of its key."""
    if value is None or isinstance(value, str):
        return  # most values are: to ask on would take longer than all the rest
    if isinstance(value, Pending):
        yield path, value
    elif isinstance(value, Model):
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            yield from pendings_of(getattr(value, name), f"{path}.{key}" if path else key)
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield from pendings_of(child, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from pendings_of(child, f"{path}[{index}]")
