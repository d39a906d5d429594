"""One edition as the comparison sees it: the facts of its profile by id, with their clauses and where they stand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from notices.compare.concepts import NONE, Concepts
from notices.library import Edition
from notices.profile import Duration, Exclusion, Exclusions, Fact, Limit, Material, Paper, Pending, Profile
from notices.profile.facts import Attachment, OwnForm, Reference
from notices.profile.values import Model
from notices.profile.yamlfile import Origin
from notices.wording.describe import Describer
from notices.wording.words import joined, shown, years

REMOVES = "removes"
"""The part of an item of the negative list that says it takes a unit off the list."""
_NEVER = frozenset({"label", "cite", "note", "binds", "test", "relaxes", "reading"})
_ASIDE: tuple[tuple[type[Fact], frozenset[str]], ...] = (
    (Exclusions, frozenset({"items", "bars_from"})),
    (Material, frozenset({"otherwise"})),
    (Reference, frozenset({"alias", "quotes", "ends", "replaced_by"})),
    (Attachment, frozenset({"forms"})),
    (
        Paper,
        frozenset(
            {
                "subtitle",
                "layout",
                "mark",
                "addressees",
                "disclosure",
                "attachment_label",
                "imprint",
                "called",
                "introduces",
            }
        ),
    ),
)
"""Fields that are not shown and not compared: they say how a fact is printed, checked or explained."""
_PARTS = {"lookback": "回溯期限", "subjects": "限制对象", "bars": "限制事项", "open_ended": "列举未尽（“等”）"}
_STATUS = {"consultation": "（征求意见稿）", "draft": "（草稿）"}


@cache
def compared(kind: type[Fact]) -> tuple[str, ...]:
    """The fields of a kind of fact that a comparison shows, in the model's order: a new field is one of them."""
    aside = _NEVER.union(*(names for one, names in _ASIDE if issubclass(kind, one)))
    return tuple(name for name in kind.model_fields if name not in aside)


@dataclass(frozen=True)
class ComparedFact:
    """What is compared at a time: a fact, or one ``part`` of it that has a verdict of its own.

    The head of the negative list is compared value by value, and an item's other consequence (:data:`REMOVES`) apart.
    """

    id: str
    fact: Fact
    label: str | None
    source: str
    """The edition whose clause the fact cites."""
    inherited: bool
    origin: Origin
    part: str = ""

    @property
    def section(self) -> str:
        """The section of the profile it stands in."""
        return self.id.partition(".")[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields it shows."""
        return (self.part,) if self.part else compared(type(self.fact))

    def value(self, name: str) -> object:
        """A typed value of the profile; None where the fact has no such field."""
        return getattr(self.fact, name, None)

    def said(self, name: str) -> str:
        """A text of the profile, its places unfilled; empty where there is none."""
        return str(self.value(name) or "")

    @cached_property
    def raw(self) -> Mapping[str, Any]:
        """What the profile writes of it, as plain data: ``{"date": "2024-05-31"}``."""
        return _written(self.fact, self.names)

    @cached_property
    def waiting(self) -> bool:
        """Whether any of it is still to be confirmed."""
        return any(_waits(self.value(name)) for name in self.names)

    @property
    def relaxes(self) -> str | None:
        """On what ground it relaxes a national rule."""
        return None if self.part else getattr(self.fact, "relaxes", None)

    @property
    def concerns(self) -> bool:
        """Whether its limit says whom it is about, not what is required."""
        test = getattr(self.fact, "test", None)
        return test is not None and test.concerns


@dataclass(frozen=True)
class Side:
    """One edition: its profile, and what of it is compared, by the id of its concept."""

    profile: Profile
    facts: Mapping[str, ComparedFact]
    concepts: Concepts = NONE

    @cached_property
    def own(self) -> Mapping[str, ComparedFact]:
        """The same by the ids of the profile."""
        return {entry.id: entry for entry in self.facts.values()}

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Labels that several of its facts have: of the factory and of the supply chain."""
        labels = Counter(entry.label for entry in self.facts.values() if entry.label)
        return frozenset(label for label, times in labels.items() if times > 1)

    @property
    def level(self) -> str:
        """Of which list it speaks where it says no more."""
        return "national" if self.profile.id == self.profile.programme.national else "province"

    @property
    def edition(self) -> str:
        """``guangxi@2024``."""
        return self.profile.edition

    @property
    def year(self) -> int:
        """The year it is for."""
        return self.profile.year

    @property
    def authority(self) -> str:
        """Who issues it."""
        return shown(self.profile.authority.name)

    @property
    def names(self) -> tuple[str, ...]:
        """What it may call its own authority."""
        return tuple(filter(None, map(shown, (self.profile.authority.name, self.profile.authority.short))))

    @property
    def heading(self) -> str:
        """What it is called over a column: its region and year, and what it is when it is not in force."""
        return f"{shown(self.profile.authority.region)}{self.year}年{_STATUS.get(self.profile.status, '')}"

    @cached_property
    def words(self) -> Describer:
        """The wording of its facts."""
        return Describer(self.profile)

    def actor(self, key: str) -> str:
        """What it calls a party."""
        return shown(self.profile.actors.get(key, key))

    def text(self, entry: ComparedFact) -> str:
        """An entry in words."""
        if self.own.get(entry.id) is not entry:
            return self._said(entry)
        if entry.id not in self._texts:
            self._texts[entry.id] = self._said(entry)
        return self._texts[entry.id]

    @cached_property
    def _texts(self) -> dict[str, str]:
        """By the ids of the profile: a national edition is read beside every other."""
        return {}

    def _said(self, entry: ComparedFact) -> str:
        return _part_in_words(entry) if entry.part else self.words.text(entry.fact)


def side_of(edition: Edition, concepts: Concepts = NONE) -> Side:
    """An edition, ready to be compared; of two facts of one concept the second stays under its own id."""
    facts: dict[str, ComparedFact] = {}
    for entry in _entries(edition):
        key = concepts.key(entry.id)
        facts[entry.id if key in facts else key] = entry
    return Side(edition.profile, facts, concepts)


def _entries(edition: Edition) -> Iterator[ComparedFact]:
    for key, fact in edition.profile.facts():
        if isinstance(fact, OwnForm) and not fact.cite:
            continue  # a sheet this product lays out: no source states it
        whole = ComparedFact(
            id=key,
            fact=fact,
            label=fact.label,
            source=edition.cited_from(key),
            inherited=edition.inherits(key),
            origin=edition.origin(key),
        )
        if isinstance(fact, Exclusions):
            for name in compared(type(fact)):
                if getattr(fact, name) is not None:
                    yield _part(edition, whole, name, _PARTS.get(name, name))
            continue
        yield whole
        if isinstance(fact, Exclusion) and fact.removes:
            yield _part(edition, whole, REMOVES, f"{fact.label or key.rpartition('.')[2]}（移出名单）")


def _part(edition: Edition, whole: ComparedFact, name: str, label: str) -> ComparedFact:
    key = f"{whole.id}.{name}"
    return ComparedFact(key, whole.fact, label, whole.source, whole.inherited, edition.origin(key), name)


def _part_in_words(entry: ComparedFact) -> str:
    match entry.part, entry.value(entry.part):
        case "lookback", Duration() as span:
            return f"近{years(span)}"
        case "bars", tuple() as bars:
            return f"不得{joined(bars)}{entry.said('bars_from')}"
        case "open_ended", more:
            return "列举未尽" if more else "列举已尽"
        case "removes", _:
            return "有此情形移出名单"
        case _, value:
            return str(value)


def _waits(value: object) -> bool:
    return isinstance(value, Pending) or (isinstance(value, Limit | Duration) and isinstance(value.value, Pending))


def _written(model: Model, names: Iterable[str]) -> dict[str, Any]:
    fields = type(model).model_fields
    values = ((name, getattr(model, name)) for name in names if name in model.model_fields_set)
    return {fields[name].alias or name: _data(value) for name, value in values if value is not None}


def _data(value: object) -> object:
    """A typed value as plain data, figures and dates as a profile writes them."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else str(value)
        case dt.date():
            return value.isoformat()
        case Model():
            return _written(value, type(value).model_fields)
        case Mapping():
            return {name: _data(one) for name, one in value.items()}
        case tuple():
            return [_data(one) for one in value]
        case _:
            return value
