"""The form: fields to fill in and the parts they stand in, as an office keeps it in ``templates/forms/<name>.yaml``.

A form has one *record* (the fields of its lines, grids and prose: a unit's particulars, or the head of a summary table)
and any number of *tables*, each with rows that grow or with rows the form gives.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, StringConstraints, Tag, model_validator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from notices.profile.facts import Categories
from notices.profile.values import Model, Number, OrPending, Str, Words, number

FormId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
FieldType: TypeAlias = Literal[
    "index",
    "text",
    "long",
    "integer",
    "number",
    "percent",
    "date",
    "month",
    "year",
    "code",
    "industry",
    "phone",
    "email",
    "url",
    "choice",
    "choices",
    "yesno",
]
Width: TypeAlias = Annotated[float, BeforeValidator(lambda value: float(number(value)), json_schema_input_type=float)]
Sure: TypeAlias = Literal["stated", "found", "inferred"]


class Field(Model):
    """One thing to fill in. ``label``, ``choices`` and ``note`` may hold the edition's words (``wording.places``)."""

    label: Str
    type: FieldType = Key(
        default="text",
        description="index 序号、text 文字、long 长文字、integer 整数、number 数、percent 百分数、date 日期、"
        "month 年月、year 年份、code 统一社会信用代码、industry 行业代码（GB/T 4754）、phone、email、url、choice 单选、"
        "choices 多选、yesno 是否",
    )
    unit: Str | None = Key(default=None, description="单位，如 吨标准煤；百分数不写")
    choices: Words = Key(default=(), description="可选的值")
    required: bool = False
    least: Number | None = Key(default=None, description="最小值（含）")
    most: Number | None = Key(default=None, description="最大值（含）；文字的最多字数")
    note: Str | None = Key(default=None, description="填报说明，印在 Excel 的说明行和批注里")
    width: Width = Key(default=4, gt=0, description="作为表列时的相对宽度")
    lines: int = Key(default=1, gt=0, le=30, description="空表里这一格的高度（行）")
    sure: Sure = Key(
        default="inferred", description="stated 原文写明、found 有可靠来源、inferred 推断（官方表样未见）；不印出"
    )

    @model_validator(mode="after")
    def _choices(self) -> Field:
        if (self.type in {"choice", "choices"}) != bool(self.choices):
            raise PydanticCustomError("notice_date", "choice、choices 类型要写 choices，其他类型不写")
        return self

    @property
    def heading(self) -> str:
        """The label with its unit: 综合能耗（吨标准煤）."""
        unit = "%" if self.type == "percent" else self.unit
        return f"{self.label}（{unit}）" if unit else self.label


class Column(Model):
    """A column of a table. ``under`` joins neighbours under one head; ``merge`` joins equal cells of given rows."""

    field: FormId
    label: Str | None = Key(default=None, description="另用的列名")
    width: Width | None = Key(default=None, gt=0)
    under: Str | None = Key(default=None, description="上一级表头，相邻的同名列合在它下面")
    merge: bool = Key(default=False, description="给定行里，上下相同的格合并")


class FormPart(Model):
    """One part of a form, in the order of the page."""

    applies: Categories = Key(default=(), alias="for", description="只在开展这些类别时才有")


class TextPart(FormPart):
    """Markdown as in ``notice.md.j2``: headings number themselves through the whole form; Jinja over the profile."""

    text: Str


class LinePart(FormPart):
    """Fields side by side without rules, above or below a table: 推荐单位（盖章）： 填表日期："""

    line: tuple[FormId, ...] = Key(min_length=1)


class GridPart(FormPart):
    """Particulars, rows of label and value: ``[[name, code], [address], [intro]]``. ``ruled: false`` for a cover."""

    grid: tuple[tuple[FormId, ...], ...] = Key(min_length=1)
    ruled: bool = True
    title: Str | None = Key(default=None, description="表内的小标题，占一整行")


class ProsePart(FormPart):
    """A field that is running text under a heading; a blank form prints its note as guidance."""

    prose: FormId


class SignPart(FormPart):
    """Lines at the right, each on its own: 法定代表人（签字）：, （公章）, 年　月　日."""

    sign: tuple[Str, ...] = Key(min_length=1)


class NotesPart(FormPart):
    """Small notes under a table, numbered: 填表说明."""

    notes: tuple[Str, ...] = Key(min_length=1)


Given: TypeAlias = dict[FormId, OrPending[Str]]


class TablePart(FormPart):
    """A table. Without ``rows`` or ``facts`` it grows: ``blank`` rows on a blank form, one an entry when filled."""

    table: FormId = Key(description="表的编号，也是 Excel 工作表、YAML 里的键")
    name: Str | None = Key(default=None, description="表名：Excel 工作表名和提示里的称呼；不印出")
    columns: tuple[FormId | Column, ...] = Key(min_length=1)
    blank: int = Key(default=10, gt=0, le=100)
    rows: tuple[Given, ...] = Key(default=(), description="给定的行：列编号对内容；没写的列留给填报")
    facts: Literal["exclusions", "refusals", "third-party", "management"] | None = Key(
        default=None,
        description="给定的行取自配置，填在第一列：exclusions 负面清单各项，refusals 其中不得申报的，"
        "third-party 评价机构的条件，management 管理规定（没有的用 refusals）；配置没有的，留空行",
    )
    keys: Words = Key(default=(), description="facts 是 third-party、management 时，取哪几条（编号或编号里的字）")
    small: bool = Key(default=False, description="五号字（列多时）")

    @model_validator(mode="after")
    def _chosen(self) -> TablePart:
        if self.facts in {"third-party", "management"} and not self.keys:
            raise PydanticCustomError("notice_keys", f"facts 是 {self.facts} 的，没有写 keys，不知道取哪几条")
        return self

    def cells(self) -> tuple[Column, ...]:
        """Columns, all in their long form."""
        return tuple(Column(field=column) if isinstance(column, str) else column for column in self.columns)

    @property
    def given(self) -> frozenset[str]:
        """Fields whose cells the form fills, not the applicant."""
        return frozenset(name for row in self.rows for name in row)


class ChapterPart(FormPart):
    """A heading in the middle of the line: 真实性承诺."""

    chapter: Str


class CoverPart(FormPart):
    """The first page of a report: its title, and these fields below it; what follows begins a new page."""

    cover: tuple[FormId, ...] = Key(min_length=1)


class TurnPart(FormPart):
    """A new page, and which way the pages lie from here."""

    page: Literal["upright", "landscape"]


_KEYS = ("text", "line", "grid", "prose", "sign", "notes", "table", "page", "chapter", "cover")


def _kind(value: object) -> str:
    keys = value if isinstance(value, dict) else {}
    return next((key for key in _KEYS if key in keys), "text")


AnyPart: TypeAlias = Annotated[
    Annotated[TextPart, Tag("text")]
    | Annotated[LinePart, Tag("line")]
    | Annotated[GridPart, Tag("grid")]
    | Annotated[ProsePart, Tag("prose")]
    | Annotated[SignPart, Tag("sign")]
    | Annotated[NotesPart, Tag("notes")]
    | Annotated[TablePart, Tag("table")]
    | Annotated[TurnPart, Tag("page")]
    | Annotated[ChapterPart, Tag("chapter")]
    | Annotated[CoverPart, Tag("cover")],
    Discriminator(_kind),
]
"""A part is known by the one key that is its own."""


class Form(Model):
    """One form. ``key`` is its file's name; ``layout`` and ``basis`` say where it comes from and are never printed."""

    key: FormId = Key(default="form", exclude=True, description="文件名，读取时填")
    name: Str = Key(description="名称；作附件时用附件的标题")
    layout: Literal["ours", "official"] = Key(default="ours", description="版式：ours 自拟、official 官方表样")
    basis: Str = Key(description="栏目、指标从哪里来，有多大把握；不印出")
    extends: FormId | None = Key(default=None, description="在另一张表的基础上改")
    page: Literal["upright", "landscape"] = "upright"
    fields: dict[FormId, Field] = Key(default={}, description="本表自己的栏目；通用栏目在 fields.yaml")
    parts: tuple[AnyPart, ...] = Key(min_length=1)

    @property
    def single(self) -> bool:
        """Whether it is filled once for all (a summary with a head), not once an applicant."""
        return not any(isinstance(part, GridPart | ProsePart) for part in self.parts)

    def record(self) -> tuple[str, ...]:
        """Ids of the record's fields, in the order of the page."""
        found: dict[str, None] = {}
        for part in self.parts:
            match part:
                case LinePart(line=names) | CoverPart(cover=names):
                    found |= dict.fromkeys(names)
                case GridPart(grid=rows):
                    found |= dict.fromkeys(name for row in rows for name in row)
                case ProsePart(prose=name):
                    found[name] = None
                case _:
                    pass
        return tuple(found)

    def tables(self) -> tuple[TablePart, ...]:
        """Its tables in order."""
        return tuple(part for part in self.parts if isinstance(part, TablePart))
