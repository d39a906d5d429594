"""Deciding what an edition takes from another authority: accepted, left out, or cited; written in its own file."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from notices import inherited
from notices.errors import NotFoundError
from notices.inherited import Inherited, above
from notices.library import Library
from notices.profile import Profile
from notices.profile.yamlfile import Key
from notices.renewal import edit
from notices.renewal.own import OwnFile
from notices.wording.describe import Describer


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, when, and perhaps why."""

    by: str
    on: dt.date
    why: str | None = None

    def entry(self, base: str) -> dict[str, str]:
        """As ``source.taken`` holds it."""
        told = {"from": base, "by": self.by, "on": self.on.isoformat(), "why": self.why}
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Undecided:
    """A fact nobody decided: what it is called, what it says, and where it stands."""

    key: str
    what: str
    text: str
    base: str
    file: str
    line: int


@dataclass(frozen=True)
class Accepted:
    """What was accepted, by the keys of its facts (none: it had been before), and what is still undecided."""

    edition: str
    key: str
    path: Path
    covered: tuple[str, ...]
    open: tuple[Undecided, ...]


def undecided(library: Library, wanted: str) -> tuple[Undecided, ...]:
    """What an edition takes and nobody decided.

    Raises:
        NotFoundError: no such edition. ProblemsError: everything wrong with its file.
    """
    edition = library.load(wanted)
    found = inherited.undecided(library, edition)
    describer = Describer(edition.profile)
    return tuple(_told(edition.profile, describer, one) for one in found)


def _told(profile: Profile, describer: Describer, one: Inherited) -> Undecided:
    if isinstance(one.fact, str):
        return Undecided(one.key, "参与方的称呼", one.fact, one.base, one.at.file, one.at.line)
    section = profile.programme.sections[one.key.partition(".")[0]].label
    return Undecided(one.key, one.fact.label or section, describer.text(one.fact), one.base, one.at.file, one.at.line)


def accept(library: Library, wanted: str, key: str, signature: Signature, workspace: Path) -> Accepted:
    """Write that a fact, or all that is undecided below a key, is taken over.

    Raises:
        NotFoundError: no such edition, or nothing undecided there.
        ProblemsError: everything wrong with the file, or it is not the user's to change.
    """
    file = OwnFile.of(library, wanted)
    file.belongs(workspace, key)
    open_ = undecided(library, wanted)
    covered = tuple(one.key for one in open_ if key in {one.key, *above(one.key)})
    if not covered:
        _nothing(file, key, open_)
        return Accepted(file.edition, key, file.path, (), open_)
    accepted(file, key, signature, open_[0].base).written()
    return Accepted(file.edition, key, file.path, covered, undecided(library, wanted))


def accepted(file: OwnFile, key: str, signature: Signature, base: str) -> OwnFile:
    """The file with an acceptance, not written yet."""
    return file.changed(edit.entered(file.bare, ("source", "taken", key), signature.entry(base)))


def dropped(file: OwnFile, key: str) -> OwnFile:
    """The file with a fact taken out of what is inherited, not written yet."""
    return file.changed(edit.entered(file.bare, _place(file, key), None))


def cited(file: OwnFile, key: str, clause: str) -> OwnFile:
    """The file with the clause that states an inherited fact, not written yet."""
    return file.changed(edit.entered(file.bare, (*_place(file, key), "cite"), clause))


def _place(file: OwnFile, key: str) -> Key:
    found = file.place(key)
    assert found is not None  # noqa: S101 - a fact that is inherited stands somewhere
    return found


def _nothing(file: OwnFile, key: str, open_: Sequence[Undecided]) -> None:
    """Nothing is undecided at a key: it was accepted before, or it is no such key.

    Raises:
        NotFoundError: it was not.
    """
    if ("source", "taken", key) in file.own.origins:
        return
    keys = sorted({name for one in open_ for name in (one.key, *above(one.key))})
    near = difflib.get_close_matches(key, keys, n=3, cutoff=0.4) or [one.key for one in open_[:5]]
    offer = f"没有确认的有：{'、'.join(near)}" if keys else "已经没有没确认的沿用"
    raise NotFoundError(f"{file.edition} 没有没确认的沿用 {key}；{offer}。用 notices confirm {file.edition} 列出全部")
