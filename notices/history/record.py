"""One change of an edition's file, and the line of JSON it is kept as."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

RecordKind: TypeAlias = Literal["change", "take-back", "outside"]
"""Changed here; taken back here; or found changed, by an editor or another command."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines replaced: ``gone`` stood from line ``at`` on (from 0, in the text before), where ``come`` stand now."""

    at: int
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A value that changed, in the reader's words; None: there was none, or there is none now."""

    key: str
    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """A change: its number in the edition, who made it and when, what it says, and the lines to take it back by.

    ``was`` and ``now`` are the SHA-256 of the file before and after. Who made a change outside is not known; ``when``
    is then when it was first seen, None while nobody has written it down.
    """

    number: int
    kind: RecordKind
    edition: str
    when: dt.datetime | None
    who: str | None
    told: tuple[Told, ...]
    edits: tuple[Edit, ...]
    was: str
    now: str
    undoes: int | None = None
    """The number of the change this one takes back."""
    undone: int | None = None
    """The number of the change that took this one back; known when the history is read, not written."""


def to_json(one: Record) -> dict[str, Any]:
    """As the line has it."""
    return {
        "number": one.number,
        "kind": one.kind,
        "edition": one.edition,
        "when": one.when.isoformat() if one.when else None,
        "who": one.who,
        "told": [[told.key, told.label, told.before, told.after] for told in one.told],
        "edits": [[edit.at, list(edit.gone), list(edit.come)] for edit in one.edits],
        "was": one.was,
        "now": one.now,
        "undoes": one.undoes,
    }


def from_json(data: dict[str, Any]) -> Record:
    """What a line holds.

    Raises:
        KeyError, TypeError, ValueError: it is no record.
    """
    when = data["when"]
    return Record(
        int(data["number"]),
        data["kind"],
        data["edition"],
        None if when is None else dt.datetime.fromisoformat(when),
        data["who"],
        tuple(Told(*told) for told in data["told"]),
        tuple(Edit(int(at), tuple(gone), tuple(come)) for at, gone, come in data["edits"]),
        data["was"],
        data["now"],
        data["undoes"],
    )
