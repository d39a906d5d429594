"""Values of an edition changed in a form, and changes taken back: what came of it as plain values, never half of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import notices
from notices.editing.changing import Changed, Decide
from notices.editing.stale import Conflict, StaleError
from notices.errors import Problem, ProblemsError

VALUE: Final = "v:"
"""Before the key of a field: what stands in it. Parts of a person follow it: ``#person``, ``#phone``, ``#email``."""
SEEN: Final = "s:"
"""Before the key of a field: what stood in it when the form was made."""
_DECISIONS: Final = ("confirm", "accept", "drop", "inherit")
"""Buttons of a form besides the one that saves: each names the key it decides."""
_PERSON: Final = ("person", "phone", "email")

Form = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Saved:
    """What came of a form: ``told`` is what changed; else why not, and nothing was written."""

    told: tuple[Any, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    """What stood in the fields, by key, to stand there again."""

    key: str = ""
    """Of the entry that was added."""

    @property
    def done(self) -> bool:
        """Whether everything of it is written, or nothing differed."""
        return not self.problems and not self.conflicts


def saved(folder: Path, name: str, form: Form, who: str, when: dt.datetime) -> Saved:
    """Write what differs in a form from what its author saw.

    Raises:
        NotFoundError: no such edition. OutputError: it cannot be written.
    """
    workspace = notices.open(folder)
    typed, seen = given(form)
    values: dict[str, Any] = dict(typed)
    for how in _DECISIONS:
        why = next((text.strip() for part, text in form if part == "why"), "")
        values |= {key: Decide(how, why or None) for part, key in form if part == how}
    revision = next((text for part, text in form if part == "revision"), "")
    try:
        made = workspace.change(name, values, revision=revision, seen=seen, who=who, when=when)
    except StaleError as error:
        return Saved(conflicts=error.conflicts, typed=typed)
    except ProblemsError as error:
        return Saved(problems=error.problems, typed=typed)
    return _saved(made)


def added(folder: Path, name: str, new: tuple[str, str], who: str, when: dt.datetime) -> Saved:
    """A new entry: its section, and what it is called; what must be said of it waits to be filled in.

    Raises:
        NotFoundError: no such edition or section. OutputError: it cannot be written.
    """
    section, label = new
    try:
        made = notices.open(folder).add(name, section, {"label": label.strip()}, who=who, when=when)
    except ProblemsError as error:
        return Saved(problems=error.problems)
    return replace(_saved(made), key=made.key or "")


def taken_back(folder: Path, name: str, number: int, who: str, when: dt.datetime) -> Saved:
    """Take a change back by its number.

    Raises:
        NotFoundError: no such edition or change. OutputError: it cannot be written.
    """
    try:
        return _saved(notices.open(folder).take_back(name, number, who=who, when=when))
    except ProblemsError as error:
        return Saved(problems=error.problems)


def _saved(made: Changed) -> Saved:
    return Saved(made.told, tuple(text for _, text in made.remarks))


def given(form: Form) -> tuple[dict[str, str], dict[str, str]]:
    """What a form changes: the values by key that differ from what was seen, and what was seen of these."""
    seen = {part.removeprefix(SEEN): _plain(text) for part, text in form if part.startswith(SEEN)}
    texts = _texts(form)
    changed = {key: text for key, text in texts.items() if _plain(text) != seen.get(key)}
    return changed, {key: seen[key] for key in changed if key in seen}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _texts(form: Form) -> dict[str, str]:
    """What stands in each field as one text; several people, or values that were ticked, a line each."""
    rows: dict[str, list[str]] = {}
    people: dict[str, dict[str, list[str]]] = {}
    for part, text in form:
        key, _, piece = part.removeprefix(VALUE).partition("#")
        if part.startswith(VALUE) and piece in _PERSON:
            people.setdefault(key, {}).setdefault(piece, []).append(_plain(text))
        elif part.startswith(VALUE):
            rows.setdefault(key, []).append(text)
    texts = {key: "\n".join(filter(None, found) if len(found) > 1 else found) for key, found in rows.items()}
    for key, pieces in people.items():
        lines = zip(*(pieces.get(piece, []) for piece in _PERSON), strict=False)
        texts[key] = "\n".join(filter(None, (" ".join(filter(None, line)) for line in lines)))
    return texts
