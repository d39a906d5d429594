"""The rules other authorities have stated: what a clause of a new source is held against."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from notices.errors import ProblemsError
from notices.library import Library
from notices.profile import Deadline, Fact, Profile, Rule
from notices.profile.facts import Attachment, Channel, Exclusion, Material, OwnForm, Reference
from notices.verify.demands import demand
from notices.verify.terms import Demand
from notices.wording.spelling import bare


@dataclass(frozen=True)
class KnownFact:
    """One fact of an edition there is: its id, what it says, and what a source must say for it."""

    edition: str
    section: str
    name: str
    """The id within its section: ``park.function``; ``items.accident`` for an item of the negative list."""
    fact: Fact
    data: dict[str, Any]
    """As its profile writes it, with all that it inherits."""
    profile: Profile
    demand: Demand
    for_: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """``conditions.park.function``."""
        return f"{self.section}.{self.name}"

    @property
    def said(self) -> str:
        """The same with its figures."""
        return self.text + "".join(one.shown for one in self.demand.figures)

    @property
    def text(self) -> str:
        """Its fixed words and what it lists."""
        return "".join((*self.demand.phrase, *self.demand.members))


def most_like(known: Iterable[KnownFact], share: Callable[[KnownFact], float]) -> tuple[KnownFact | None, float]:
    """The first known fact with the largest share above nothing, and that share."""
    best, most = None, 0.0
    for one in known:
        if (found := share(one)) > most:
            best, most = one, found
    return best, most


@dataclass(frozen=True)
class Knowledge:
    """All facts known, each once: the same words under one id are one fact."""

    facts: tuple[KnownFact, ...]

    def of(self, kind: type[Fact]) -> Iterator[KnownFact]:
        """Those of one kind."""
        return (one for one in self.facts if type(one.fact) is kind)


def knowledge(library: Library, without: Collection[str] = ()) -> Knowledge:
    """What the editions of a library state; ``without`` are ids of authorities left out (the one being drafted).

    An edition that cannot be read teaches nothing; ``lint`` says what is wrong with it.
    """
    found: dict[tuple[str, str], KnownFact] = {}
    for name in library.editions():
        if name.partition("@")[0] in without:
            continue
        try:
            edition = library.load(name)
        except ProblemsError:
            continue
        tree, _ = library.tree(library.find(name))
        for one in _facts(name, edition.profile, tree.data):
            found.setdefault((one.key, bare(one.text) + repr(sorted(one.data.get("limit", {}).items()))), one)
    return Knowledge(tuple(found.values()))


def _facts(name: str, profile: Profile, data: dict[str, Any]) -> Iterator[KnownFact]:
    for key, fact in profile.facts():
        section, _, rest = key.partition(".")
        written = _at(data, section, rest)
        if (
            isinstance(fact, Rule | Deadline | Exclusion | Material | Attachment | OwnForm | Reference | Channel)
            and written
        ):
            applies = tuple(getattr(fact, "applies", ()))
            yield KnownFact(name, section, rest, fact, written, profile, demand(profile, fact, {}), applies)


def _at(data: dict[str, Any], section: str, rest: str) -> dict[str, Any]:
    """A fact as written. An id may have points of its own."""
    found: Any = data.get(section)
    if section == "exclusions" and rest.startswith("items."):
        found, rest = (found or {}).get("items"), rest.removeprefix("items.")
    found = found.get(rest) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
