"""What of an edition can be changed: its entries (facts, and who issues it) and the place and kind of each value.

It is read from the file's data, not from a checked profile: a file with errors is mended in the same fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from notices import programmes
from notices.editing.kinds import Kind, kinds_of
from notices.editing.shown import Around, reads, waits
from notices.profile import Fact, Profile
from notices.profile.yamlfile import Key, dotted
from notices.renewal.own import OwnFile

_OF_EDITION: Final = ("answers", "status")
"""Values that stand by themselves; what says which edition it is (``id``, ``year`` …) is no field."""
_GROUPS: Final = ("authority", "source", "actors")
"""Sections that hold no facts."""
_UNASKED: Final = frozenset({"source.taken"})
"""Written by accepting, not in a field."""
_STEP: Final = re.compile(r"\[(\d+)\]|\.?([^.\[]+)")


@dataclass(frozen=True)
class Entry:
    """A fact, or a group of values: its key, its place in the file, and the kinds of its values."""

    key: str
    place: Key
    section: str
    section_label: str
    kind: Kind
    data: Mapping[str, Any]
    called: str | None = None
    """What the models call it: 通知, 细则."""

    @property
    def label(self) -> str:
        """What it is called: its label, else its name or title, else its section."""
        if self.called:
            return self.called
        for name in ("label", "name", "title"):
            value = self.data.get(name)
            if name in {one.name for one in self.kind.parts} and self.key not in _GROUPS and value:
                return reads(Kind("text"), value, NOTHING)
        return self.section_label


@dataclass(frozen=True)
class Slot:
    """One value: its key as it is shown, its path in the file, its kind, and whose it is."""

    key: str
    path: Key
    kind: Kind
    entry: Entry

    @property
    def label(self) -> str:
        """A deadline's 各市报送：哪一天截止."""
        return f"{self.entry.label}：{self.kind.label}" if self.kind.label else self.entry.label


NOTHING: Final = Around(2000, lambda _: {})
"""For texts that are read beside nothing."""


@dataclass(frozen=True)
class Entries:
    """Everything in an edition's file that can be changed, with what the file goes on from."""

    file: OwnFile

    @cached_property
    def model(self) -> type[Profile]:
        """The class of its programme's profiles.

        Raises:
            ProblemsError: everything wrong with the programme.
        """
        return programmes.of(self.file.library, self.file.whole, self.file.name)

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """Every entry, in the order of the programme's sections."""
        return {one.key: one for one in self._every()}

    @cached_property
    def around(self) -> Around:
        """What its values are read beside."""
        year = self.file.whole.data.get("year")
        return Around(year if isinstance(year, int) and 0 < year < 10_000 else 2000, self._choices)

    def at(self, path: Key) -> Any:  # noqa: ANN401 - YAML data
        """What stands at a path; None for nothing."""
        return at(self.file.whole.data, path)

    def slot(self, key: str) -> Slot | None:
        """The value a key names, be there one yet or not; None for no such key."""
        for size in sorted((len(one) for one in self.by_key if key.startswith(one)), reverse=True):
            entry, rest = self.by_key.get(key[:size]), key[size:]
            if entry is not None and (not rest or not key[:size] or rest[0] in ".["):
                return self._below(entry, rest.removeprefix("."))
        return None

    def slots(self, entry: Entry) -> Iterator[Slot]:
        """The values of an entry."""
        parts = entry.kind.parts
        if entry.kind.kind == "map" and entry.kind.item:
            names = [name for name in entry.data if isinstance(name, str)]
            yield from (Slot(f"{entry.key}.{name}", (*entry.place, name), entry.kind.item, entry) for name in names)
        for part in parts:
            key = f"{entry.key}.{part.name}" if entry.key else part.name
            if key not in _UNASKED and not _holds_facts(part):
                yield Slot(key, (*entry.place, part.name), part, entry)

    def sections(self) -> Mapping[str, tuple[str, Kind]]:
        """The sections entries may be added to: what each is called, and the kind of an entry."""
        found: dict[str, tuple[str, Kind]] = {}
        for key, label, kind in self._sections():
            if kind.kind == "map" and kind.item and not kind.names and not kind.known:  # else their ids are given
                found[key] = label, kind.item
            elif key in self.by_key:
                parts = (part for part in kind.parts if _holds_facts(part) and part.item)
                found |= {f"{key}.{part.name}": (label, part.item) for part in parts if part.item}
        return found

    def _below(self, entry: Entry, rest: str) -> Slot | None:
        kind, path, key = entry.kind, entry.place, entry.key
        while rest:
            if kind.kind == "map":
                name: str | int = rest.removeprefix(".")
                rest = ""
            elif (match := _STEP.match(rest)) and (match[1] is None) == (kind.kind != "list"):
                name, rest = int(match[1]) if match[1] else match[2], rest[match.end() :]
            else:
                return None
            found = kind.part(str(name))
            if found is None:
                return None
            kind, path = found, (*path, name)
            key = dotted((key, name)) if key else str(name)
        return None if key in _UNASKED or _holds_facts(kind) else Slot(key, path, kind, entry)

    def _sections(self) -> Iterator[tuple[str, str, Kind]]:
        kinds = {one.name: one for one in kinds_of(self.model)}
        programme = self.model.PROGRAMME
        assert programme is not None  # noqa: S101 - the class was made of one
        for key in self.model.sections():
            yield key, programme.sections[key].label, kinds[key]

    def _every(self) -> Iterator[Entry]:
        kinds = {one.name: one for one in kinds_of(self.model)}
        data = self.file.whole.data
        own = Kind("table", parts=tuple(kinds[name] for name in _OF_EDITION))
        yield Entry("", (), "", "本版", own, data)
        for name in _GROUPS:
            yield Entry(name, (name,), name, kinds[name].label, kinds[name], _mapping(data.get(name)))
        for section, label, kind in self._sections():
            held = data.get(section)
            if kind.kind != "map" and isinstance(held, Mapping):
                yield Entry(section, (section,), section, label, kind, held)
                for part in filter(_holds_facts, kind.parts):
                    yield from _entries((section, part.name), label, part, _mapping(held.get(part.name)))
            elif kind.item is not None:
                yield from _entries((section,), label, kind, _mapping(held))

    def _choices(self, kind: Kind) -> Mapping[str, str]:
        programme = self.model.PROGRAMME
        if kind.names is not None:
            return kind.names
        if kind.known == "categories" and programme is not None:
            return {key: one.name for key, one in programme.categories.items()}
        if kind.known and programme is not None:
            return {one: one for one in programme.known.get(kind.known, ())}
        held = _mapping(self.file.whole.data.get(kind.among or ""))
        return {key: _called(key, one) for key, one in held.items() if isinstance(key, str)}


def _entries(place: Key, label: str, kind: Kind, held: Mapping[str, Any]) -> Iterator[Entry]:
    called = kind.names or {}
    for key, one in held.items():
        if isinstance(one, Mapping) and isinstance(key, str) and kind.item:
            yield Entry(dotted((*place, key)), (*place, key), str(place[0]), label, kind.item, one, called.get(key))


def _holds_facts(kind: Kind) -> bool:
    """Whether what stands there are facts of their own: the items of 负面清单."""
    model = kind.item.model if kind.kind == "map" and kind.item else None
    return model is not None and issubclass(model, Fact)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _called(key: str, value: object) -> str:
    """What an entry of a section is called where one is chosen."""
    told = value if not isinstance(value, Mapping) or waits(value) else value.get("label") or value.get("title")
    return reads(Kind("text"), told or key, NOTHING)


def at(data: Any, path: Key) -> Any:  # noqa: ANN401 - YAML data
    """What stands at a path; None for nothing."""
    for part in path:
        inside = isinstance(data, dict) if isinstance(part, str) else isinstance(data, list) and part < len(data)
        if not inside or (isinstance(part, str) and part not in data):
            return None
        data = data[part]
    return data
