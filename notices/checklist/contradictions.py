"""Answers of one applicant that cannot both be so: named before anything is judged, with both of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from notices.checklist.combine import among, shown
from notices.checklist.facts import Facts, fact_name
from notices.checklist.places import in_table
from notices.checklist.verdict import HOLDS
from notices.forms.model import Field as FormField
from notices.forms.values import Value
from notices.profile.values import Model, Number, Op, Str, Words


class Clash(Model):
    """Two answers that cannot both be so: ``fact`` is one of ``is`` while ``other`` is as it says.

    Without ``is`` the two are compared with each other, as ``op`` says.
    """

    fact: Str = Field(description="一项事实（栏目编号）")
    answers: Words = Field(default=(), alias="is", description="填这些的；不写时 op 直接比较两项")
    other: Str = Field(description="与它矛盾的另一项")
    is_: Words = Field(default=(), alias="while", description="另一项填这些的，是矛盾")
    op: Op | None = Field(default=None, description="另一项是数值的，怎样比较；没有 is 的，两项怎样比较是矛盾")
    value: Number | None = Field(default=None, description="和哪个数值比较")
    begins: Words = Field(default=(), description="另一项是代码的，以这些开头是矛盾")
    unless: Words = Field(default=(), description="另一项是代码的，不以这些开头是矛盾")
    filled: bool = Field(default=False, description="另一项只要填了就是矛盾")

    @model_validator(mode="after")
    def _beside(self) -> Clash:
        ways = (bool(self.is_), self.value is not None, bool(self.begins), bool(self.unless), self.filled)
        said = sum(ways) == 1 and (self.op is None) == (self.value is None)
        if said if self.answers else sum(ways) == 0 and self.op is not None:
            return self
        message = "写了 is 的，另一项写 while、op 和 value、begins、unless、filled 中的一种；没有写 is 的，只写 op"
        raise PydanticCustomError("notice_clash", message)


class Contradiction(Protocol):
    """One rule of contradiction."""

    @property
    def facts(self) -> frozenset[str]:
        """The facts it sets against each other, by the names rules call them."""

    def told(self, facts: Facts) -> str:
        """Both answers, where they contradict each other; empty where they do not, or one is not given."""


@dataclass(frozen=True)
class Clashing:
    """Two answers out of the table, with what their facts are called."""

    clash: Clash
    names: Mapping[str, str]

    @property
    def facts(self) -> frozenset[str]:
        """The facts it sets against each other, by the names rules call them."""
        return frozenset({fact_name(self.clash.fact), fact_name(self.clash.other)})

    def told(self, facts: Facts) -> str:
        """Both answers, where they contradict each other; empty where they do not, or one is not given."""
        called = {DATES: "记录的发生或列入日期", **self.names}
        left, right = (called.get(fact_name(name), name) for name in (self.clash.fact, self.clash.other))
        one = facts.values.get(fact_name(self.clash.fact))
        for other, at in _given(facts, self.clash.other):
            if one is not None and self._against(one, other):
                return f"{left}{facts.at(self.clash.fact)}填的是“{shown(one)}”，{right}{at}填的是“{shown(other)}”"
        return ""

    def _against(self, one: Value, other: Value) -> bool:
        clash = self.clash
        if not clash.answers:
            return clash.op is not None and _compares(clash.op, one, other)
        return among(one, clash.answers) and self._beyond(other)

    def _beyond(self, other: Value) -> bool:
        clash = self.clash
        if clash.op is not None and clash.value is not None:
            return isinstance(other, Decimal | int) and HOLDS[clash.op](Decimal(other), clash.value)
        if clash.begins:
            return str(other).lstrip(_SECTIONS).startswith(clash.begins)
        if clash.unless:
            return not str(other).lstrip(_SECTIONS).startswith(clash.unless)
        return clash.filled or among(other, clash.is_)


_SECTIONS = "ABCDEFGHIJKLMNOPQRST"
"""Letters of GB/T 4754 that may stand before a code."""
DATES = "record_date"
"""What rules call the days of an applicant's records, of which there may be several."""


def _given(facts: Facts, field: str) -> Iterator[tuple[Value, str]]:
    """What was answered, and where it stands."""
    if fact_name(field) == DATES:
        for number, one in enumerate(facts.incidents):
            if one.date is not None:
                yield one.date, facts.at(in_table("records", number, field))
    elif (value := facts.values.get(fact_name(field))) is not None:
        yield value, facts.at(field)


def _compares(op: Op, one: Value, other: Value) -> bool:
    """Whether two figures, two days or two texts stand to each other so; unlike kinds do not."""
    if isinstance(one, Decimal | int) and isinstance(other, Decimal | int):
        return HOLDS[op](Decimal(one), Decimal(other))
    if isinstance(one, dt.date) and isinstance(other, dt.date):
        return HOLDS[op](Decimal(one.toordinal()), Decimal(other.toordinal()))
    return op == "==" and isinstance(one, str) and one == other


def strangers(clash: Clash, fields: Mapping[str, tuple[FormField, ...]]) -> Iterator[tuple[str, str, str]]:
    """What of a contradiction no form asks for, or no field of that name may hold: (place, message, hint)."""
    for place, name, answers in (("is", clash.fact, clash.answers), ("while", clash.other, clash.is_)):
        own = fields.get(name, ())
        possible = dict.fromkeys(
            choice for one in own for choice in (("是", "否") if one.type == "yesno" else one.choices)
        )
        figures = any(one.type in {"integer", "number"} for one in own)
        for answer in answers:
            if own and answer not in possible and not (figures and answer.isdigit()):
                hint = f"可填：{'、'.join(possible)}" if possible else "这一栏不是选择，改用 op 和 value"
                yield place, f"栏目“{own[0].label}”不会填“{answer}”", hint


@dataclass(frozen=True)
class Misnamed:
    """An industry named beside the code of another, by the divisions of GB/T 4754."""

    divisions: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    @property
    def facts(self) -> frozenset[str]:
        """The name and the code."""
        return frozenset({"industry", "industry_code", "sector_class"})

    def told(self, facts: Facts) -> str:
        """The industry and its code, where none of the industry's divisions begins the code."""
        named, code = str(facts.values.get("industry") or ""), str(facts.values.get("industry_code") or "")
        wanted = [begins for word, begins in self.divisions.items() if word in named]
        if not named or not code or not wanted or any(code.startswith(one) for some in wanted for one in some):
            return ""
        left, right = (self.names.get(name, name) for name in ("industry", "industry_code"))
        return f"{left}{facts.at('industry')}填的是“{named}”，{right}{facts.at('industry-code')}填的是“{code}”"


def rules_of(
    clashes: tuple[Clash, ...], divisions: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> Iterator[Contradiction]:
    """The rules an applicant's answers are held against."""
    yield from (Clashing(clash, names) for clash in clashes)
    if divisions:
        yield Misnamed(divisions, names)
