"""Every value of an edition as a field: what it is called, what it holds, whose it is, and what may be put in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notices import inherited
from notices.editing.entries import Entries, Entry, Slot, at
from notices.editing.kinds import FieldKind
from notices.editing.shown import is_day, listed, reads, typed, waits
from notices.errors import ProblemsError
from notices.history.log import hash_of
from notices.inherited import above
from notices.library import Edition, Library
from notices.renewal.confirm import of_rest
from notices.renewal.own import OwnFile
from notices.wording.describe import Describer


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a value waits for: what it is, the last edition's value, the one suggested, and why it is asked."""

    what: str
    was: str | None
    suggest: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """One value: ``value`` as the file has it (None: none), ``text`` as written in the field, ``shown`` as it reads.

    A field of parts has them in ``parts``, each a field whose key is below its own.
    """

    key: str
    label: str
    kind: FieldKind
    value: Any
    text: str
    shown: str
    hint: str
    required: bool
    may_wait: bool
    technical: bool
    """It holds ids that no reader of a notice meets."""
    many: FieldKind | None
    """What each of a list or map is; None for one value."""
    choices: tuple[tuple[str, str], ...]
    """What may be chosen: the value, and what it is called."""
    own: bool
    """The edition's own file has it."""
    source: str | None
    """Where it stands: ``national@2023``; None where it stands nowhere."""
    line: int
    pending: Waiting | None
    day: str
    """Of a date: which weekday, a rest day or not, the working days beside it."""
    parts: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """How an entry came into the edition.

    ``own``; or from ``base``: ``undecided``, or ``accepted`` by whom, when and why.
    """

    how: str
    base: str | None = None
    by: str | None = None
    on: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """The fields of a fact (``key`` is its id in ``EditionHandle.facts()``), or of who issues the edition."""

    key: str
    section: str
    section_label: str
    label: str
    text: str
    """The fact in the words of the notice; empty where the edition has errors, and for what is no fact."""
    cite: tuple[str, ...]
    note: str
    fact: bool
    removable: bool
    decision: Decision
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Addable:
    """A section an entry may be added to."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldSheet:
    """All fields of an edition as its file stands; ``revision`` is the SHA-256 of the file."""

    edition: str
    revision: str
    ours: bool
    """The file is the workspace's own; what came with the program is not changed."""
    groups: tuple[FieldGroup, ...]
    addable: tuple[Addable, ...]

    def group(self, key: str) -> FieldGroup | None:
        """The group of a key: its own, or the one it stands in."""
        fits = [one for one in self.groups if one.key == key or key.startswith((f"{one.key}.", f"{one.key}["))]
        return max(fits, key=lambda one: len(one.key), default=None)

    def field(self, key: str) -> Field | None:
        """A field by its key, at whatever depth."""
        return next((one for one in self.every() if one.key == key), None)

    def every(self) -> Iterator[Field]:
        """Every field and every part of one, in order."""
        for group in self.groups:
            yield from _deep(group.fields)


def _deep(fields: Sequence[Field]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from _deep(one.parts)


def fields(library: Library, wanted: str) -> FieldSheet:
    """The fields of an edition, also of one with errors.

    Raises:
        NotFoundError: no such edition. ProblemsError: its file is no YAML, or its programme has errors.
    """
    file = OwnFile.of(library, wanted)
    entries = Entries(file)
    loaded = _loaded(library, file)
    groups = tuple(_Groups(entries, loaded).every())
    addable = tuple(Addable(key, label) for key, (label, _) in entries.sections().items())
    ours = len(library.roots) > 1 and file.path.resolve().is_relative_to(library.roots[0])
    return FieldSheet(file.edition, hash_of(file.text), ours, groups, addable)


def _loaded(library: Library, file: OwnFile) -> Edition | None:
    try:
        return library.read(file.path)
    except ProblemsError:  # its fields are shown all the same
        return None


class _Groups:
    """The groups of one edition."""

    def __init__(self, entries: Entries, edition: Edition | None) -> None:
        self.entries, self.edition = entries, edition
        self.file = entries.file
        self.facts = edition.profile.by_id if edition else {}
        self.describer = Describer(edition.profile) if edition else None
        self.taken: dict[str, str] = {}
        self.undecided: dict[str, str] = {}
        if edition is not None:
            library = self.file.library
            self.taken = {one.key: one.base for one in inherited.inherited(library, edition)}
            self.undecided = {one.key: one.base for one in inherited.undecided(library, edition)}

    def every(self) -> Iterator[FieldGroup]:
        for entry in self.entries.by_key.values():
            fact = self.facts.get(entry.key)
            yield FieldGroup(
                entry.key,
                entry.section,
                entry.section_label,
                entry.label,
                self.describer.text(fact) if self.describer and fact else "",
                tuple(map(str, listed(entry.data.get("cite")))) if entry.key else (),
                str(entry.data.get("note") or "") if entry.key else "",
                fact is not None,
                len(entry.place) > 1,
                self._decision(entry),
                tuple(map(self.field, self.entries.slots(entry))),
            )

    def _decision(self, entry: Entry) -> Decision:
        if entry.key in self.undecided:
            return Decision("undecided", self.undecided[entry.key])
        if entry.key not in self.taken or self.edition is None:
            return Decision("own")
        signed = self.edition.profile.source.taken
        name = next((one for one in (entry.key, *above(entry.key)) if one in signed), None)
        if name is None:
            return Decision("accepted", self.taken[entry.key])
        one = signed[name]
        return Decision("accepted", one.base, one.by, one.on.isoformat(), one.why)

    def field(self, slot: Slot) -> Field:
        entries, kind = self.entries, slot.kind
        value = entries.at(slot.path)
        origin = self.file.whole.origins.get(slot.path) if value is not None else None
        return Field(
            slot.key,
            kind.label or (str(slot.path[-1]) if kind.kind != "text" else reads(kind, value, entries.around)),
            kind.kind,
            value,
            typed(kind, value, entries.around),
            reads(kind, value, entries.around),
            kind.hint,
            kind.required,
            kind.waits or bool(kind.item and kind.item.waits),
            kind.technical,
            kind.item.kind if kind.item else None,
            self._choices(slot),
            at(self.file.own.data, slot.path) is not None,
            _edition_of(origin.file) if origin else None,
            origin.line if origin else 0,
            _waiting(value),
            _day(slot, value),
            tuple(self._parts(slot, value)),
        )

    def _choices(self, slot: Slot) -> tuple[tuple[str, str], ...]:
        kind = slot.kind.item if slot.kind.kind == "list" and slot.kind.item else slot.kind
        return tuple(self.entries.around.choices(kind).items()) if kind.kind == "choice" else ()

    def _parts(self, slot: Slot, value: Any) -> Iterator[Field]:  # noqa: ANN401 - YAML data
        if waits(value):
            return
        kind, names = slot.kind, list[str | int]()
        if kind.kind == "list":
            names += range(len(value)) if isinstance(value, list) and kind.item and kind.item.parts else ()
        elif kind.kind == "map":
            names += value if isinstance(value, Mapping) else ()
        else:
            names += (one.name for one in kind.parts)
        for name in names:
            part = kind.part(str(name))
            key = f"{slot.key}[{name}]" if isinstance(name, int) else f"{slot.key}.{name}"
            if part is not None:
                yield self.field(Slot(key, (*slot.path, name), part, slot.entry))


def _waiting(value: object) -> Waiting | None:
    if not waits(value) or not isinstance(value, Mapping):
        return None
    told = {name: None if value.get(name) is None else str(value[name]) for name in ("was", "suggest", "why")}
    return Waiting(str(value["pending"]), **told)


def _day(slot: Slot, value: object) -> str:
    if slot.kind.kind != "date" or not isinstance(value, str) or not is_day(value):
        return ""
    return of_rest(dt.date.fromisoformat(value))


def _edition_of(file: str) -> str:
    """``national@2023`` of ``provinces/national/2023.yaml``; ``national/common`` of a base that is no edition."""
    *_, identity, name = ("", *file.removesuffix(".yaml").split("/"))
    return f"{identity}@{name}" if name.isdigit() else f"{identity}/{name}"
