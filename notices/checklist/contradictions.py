"""Answers of one applicant that cannot both be so: named before anything is judged, with both of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from notices.checklist.facts import Facts, fact_name
from notices.checklist.verdict import HOLDS
from notices.forms.values import Value
from notices.profile.values import Model, Number, Op, Str, Words


class Clash(Model):
    """Two answers that cannot both be so: ``fact`` is one of ``is`` while ``other`` is as it says."""

    fact: Str = Field(description="一项事实（栏目编号）")
    answers: Words = Field(alias="is", description="填这些的")
    other: Str = Field(description="与它矛盾的另一项")
    is_: Words = Field(default=(), alias="while", description="另一项填这些的，是矛盾")
    op: Op | None = Field(default=None, description="另一项是数值的，怎样比较")
    value: Number | None = Field(default=None, description="和哪个数值比较")

    @model_validator(mode="after")
    def _beside(self) -> Clash:
        if bool(self.is_) == (self.op is not None) or (self.op is None) != (self.value is None):
            raise PydanticCustomError("notice_clash", "另一项写 while，或者写 op 和 value，不能都不写，也不能都写")
        return self


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
        one, other = facts.values.get(fact_name(self.clash.fact)), facts.values.get(fact_name(self.clash.other))
        if one is None or other is None or not _among(one, self.clash.answers) or not self._beyond(other):
            return ""
        left, right = (self.names.get(fact_name(name), name) for name in (self.clash.fact, self.clash.other))
        return f"{left}填的是“{_shown(one)}”，{right}填的是“{_shown(other)}”"

    def _beyond(self, value: Value) -> bool:
        if self.clash.op is None or self.clash.value is None:
            return _among(value, self.clash.is_)
        return isinstance(value, Decimal | int) and HOLDS[self.clash.op](Decimal(value), Decimal(str(self.clash.value)))


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
        return f"{left}填的是“{named}”，{right}填的是“{code}”"


def rules_of(
    clashes: tuple[Clash, ...], divisions: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> Iterator[Contradiction]:
    """The rules an applicant's answers are held against."""
    yield from (Clashing(clash, names) for clash in clashes)
    if divisions:
        yield Misnamed(divisions, names)


def _among(value: Value, answers: tuple[str, ...]) -> bool:
    given = value if isinstance(value, tuple) else (str(value),)
    return any(one in answers for one in given)


def _shown(value: Value) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)
