"""What an edition takes from another one without having decided it: neither cited, nor replaced, nor accepted.

What another authority said is that authority's; whoever extends it decides each fact. A fact is decided by its own
``cite``, by its own words for all of it, by ``null``, or by an entry of ``source.taken``. An authority's own folder
decides for it, its earlier editions and a base like ``national/common``, until the edition lists the clauses of a
source of its own: then that source is what counts. To every other authority such a base is somebody else's.

What still waits for its value is asked for as such. A form used apart from a notice states nothing in it, nor does a
document, a platform or a party that nothing names, nor how a form is laid out.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from notices.errors import ProblemsError
from notices.library import Edition, Library, parsed
from notices.profile import Exclusions, Fact, Profile, Rule
from notices.profile.facts import OwnForm
from notices.profile.outline import PLACE
from notices.profile.outline import texts as outline_texts
from notices.profile.values import pendings_of
from notices.profile.yamlfile import Origin, content
from notices.wording.words import PLACEHOLDER

_UNSAID = frozenset({"label", "note", "test", "cite", "confirm"})
"""Keys of a fact that no notice prints: how it is listed and judged."""
_PLACES = {"ref": "references", "channel": "channels", "actor": "actors"}
"""Sections of names, by what names them in a text: they are stated where a fact or an outline names them."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """A fact nobody decided: its key, what the edition extends, where it stands, and the fact itself."""

    key: str
    base: str
    at: Origin
    fact: Fact | str


@dataclass(frozen=True, slots=True)
class Taken:
    """What the edition accepts: the key of a fact or a section, and the entry of ``source.taken``."""

    key: str
    base: str

    def covers(self, one: Inherited) -> bool:
        """Whether it accepts a fact: by its own key or one above it, and from this base only."""
        return one.base == self.base and (one.key == self.key or one.key.startswith(f"{self.key}."))


def undecided(library: Library, edition: Edition) -> tuple[Inherited, ...]:
    """What the edition takes and nobody decided, in the order of its facts; its parties' names last."""
    accepted = taken(library, edition)
    return tuple(one for one in inherited(library, edition) if not any(entry.covers(one) for entry in accepted))


def taken(library: Library, edition: Edition) -> tuple[Taken, ...]:
    """The acceptances that count for the edition."""
    own = decisive(library, edition)
    entries = edition.profile.source.taken.items()
    return tuple(
        Taken(key, entry.base) for key, entry in entries if edition.origins[("source", "taken", key)].file in own
    )


def above(key: str) -> tuple[str, ...]:
    """The keys above a fact's, which may be accepted as a whole: ``exclusions.items``, ``exclusions``."""
    parts = key.split(".")
    return tuple(".".join(parts[:size]) for size in range(len(parts) - 1, 0, -1))


def clauses_listed(library: Library, edition: Edition) -> bool:
    """Whether the clauses of a source are listed: its own, or that of the earlier edition it goes on from."""
    return any(_clauses(library, path) for path in edition.sources if path.parent.name == edition.profile.id)


def decisive(library: Library, edition: Edition) -> frozenset[str]:
    """The files that decide for an edition: its own, and those of its folder it extends, back to the newest source."""
    found = []
    for path in edition.sources:
        if path.parent.name == edition.profile.id:
            found.append(library.name_of(path))
            if _clauses(library, path):
                break
    return frozenset(found)


def _clauses(library: Library, path: Any) -> bool:  # noqa: ANN401 - a path
    source = parsed(path, library.name_of(path)).data.get("source")
    return isinstance(source, dict) and bool(source.get("clauses"))


def inherited(library: Library, edition: Edition) -> Iterator[Inherited]:
    """What nothing in the edition's own files decides, accepted or not."""
    own, profile = decisive(library, edition), edition.profile
    base = _base(library, edition, own)
    found = [one for key, fact in profile.facts() if (one := _inherited(edition, own, base, key, fact))]
    ours = {library.name_of(path) for path in edition.sources if path.parent.name == profile.id}
    for name, text in profile.actors.items():  # no clause states what a party is called: one's own word for it stays
        origin = edition.origins[("actors", name)]
        if origin.file not in ours and isinstance(text, str):
            found.append(Inherited(f"actors.{name}", base, origin, text))
    if found:
        named = _named(library, profile)
        yield from (one for one in found if one.key.partition(".")[0] not in _PLACES.values() or one.key in named)


def _inherited(edition: Edition, own: frozenset[str], base: str, key: str, fact: Fact) -> Inherited | None:
    if isinstance(fact, OwnForm) or _waits(fact) or not edition.profile.applies(getattr(fact, "applies", ())):
        return None
    parts = edition.parts(key)
    if fact.cite and parts["cite"].file in own:
        return None
    facts = {"items"} if isinstance(fact, Exclusions) else set()
    theirs = [at for name, at in parts.items() if name not in _UNSAID | facts and at.file not in own]
    return Inherited(key, base, theirs[0], fact) if theirs else None


def _waits(fact: Fact) -> bool:
    """Whether a value of the fact itself is to be confirmed; items of a list are facts of their own."""
    values = {name: value for name, value in fact if not (name == "items" and isinstance(fact, Exclusions))}
    return any(pendings_of(values))


def _base(library: Library, edition: Edition, own: frozenset[str]) -> str:
    """What an edition takes from: the nearest it extends that does not decide for it; empty where all is its own."""
    foreign = next((path for path in edition.sources if library.name_of(path) not in own), None)
    return f"{foreign.parent.name}{'@' if foreign.stem.isdigit() else '/'}{foreign.stem}" if foreign else ""


def _named(library: Library, profile: Profile) -> frozenset[str]:
    """The keys of the names that a text, a key of a fact, an outline or the office's own template mentions."""
    found: set[str] = set()
    for text in _texts([fact for _, fact in profile.facts()]):
        places = (one for one in PLACEHOLDER.finditer(text) if one["name"] in _PLACES)
        found |= {f"{_PLACES[one['name']]}.{one['arg']}" for one in places}
    for _, fact in profile.facts():
        found |= {f"actors.{name}" for name in (getattr(fact, "by", None), getattr(fact, "to", None)) if name}
        found |= {f"references.{fact.document}"} if isinstance(fact, Rule) and fact.document else set()
    names = {f"{section}.{name}": name for section in _PLACES.values() for name in getattr(profile, section)}
    for kind in profile.papers:
        for _, text in outline_texts(profile.outlines.get(kind, ()), kind):
            ids = [name for one in PLACE.finditer(text) for name in one["ids"].split()]
            found |= {key for one in ids for key in fnmatch.filter(names, one)}
        quoted = set(re.findall(r"[\"']([a-z0-9.-]+)[\"']", _own_template(library, f"{profile.id}/{kind}.md.j2")))
        found |= {key for key, name in names.items() if name in quoted}
    return frozenset(found)


def _own_template(library: Library, name: str) -> str:
    path = library.template(name)
    try:
        return content(path, name).decode(errors="replace") if path else ""
    except ProblemsError:  # whoever prints with it says why
        return ""


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - a fact, or what it holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from _texts([child for _, child in value])
    elif isinstance(value, dict | list | tuple):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _texts(child)
