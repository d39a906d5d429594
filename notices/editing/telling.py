"""What two texts of one edition say differently, value by value, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from notices.editing.checking import differing
from notices.editing.entries import Entries, Entry, Slot, at
from notices.editing.kinds import Kind, kinds_of
from notices.editing.shown import reads
from notices.errors import NoticesError
from notices.history.record import Told
from notices.profile.yamlfile import Key
from notices.renewal.own import OwnFile


def told(before: OwnFile, after: OwnFile) -> tuple[Told, ...]:
    """The values that differ, what is inherited counted; none where one of the texts cannot be read.

    A change of comments or of how something is spelt changes no value.
    """
    try:
        return tuple(_told(Entries(before), Entries(after)))
    except NoticesError:
        return ()


def _told(before: Entries, after: Entries) -> Iterator[Told]:
    keys = {**before.by_key, **after.by_key}
    for key, entry in keys.items():
        one, two = before.by_key.get(key), after.by_key.get(key)
        if one is None or two is None:
            yield Told(key, entry.section_label, _whole(before, one), _whole(after, two))
        elif one.data != two.data or not one.key:
            yield from _parts(before, one, after, two)
        elif (ours := [_stated(side, entry) for side in (before, after)]) and ours[0] != ours[1]:
            yield Told(key, f"{entry.label}：写在哪里", *ours)
    yield from _taken(before, after)
    yield from _others(before, after)


def _stated(entries: Entries, entry: Entry) -> str:
    """Which parts of an entry the edition's own file states, though they read the same."""
    own = at(entries.file.own.data, entry.place)
    names = [kind.label for kind in entry.kind.parts if kind.name in own] if isinstance(own, dict) else []
    return f"本版写明（{'、'.join(names)}）" if names else "本版写明" if own is not None else "沿用"


def _whole(entries: Entries, entry: Entry | None) -> str | None:
    return None if entry is None else reads(entry.kind, entry.data, entries.around)


def _parts(before: Entries, one: Entry, after: Entries, two: Entry) -> Iterator[Told]:
    slots = {slot.key: slot for side, entry in ((before, one), (after, two)) for slot in side.slots(entry)}
    for key, slot in slots.items():
        old, new = before.at(slot.path), after.at(slot.path)
        if slot.kind.kind == "table" and all(isinstance(one, Mapping) for one in (old, new)):
            yield from _inside(slot, old, new, after)
        elif old != new:
            yield Told(key, slot.label, *_read(slot.kind, (old, new), after))


def _inside(slot: Slot, old: Mapping[str, Any], new: Mapping[str, Any], entries: Entries) -> Iterator[Told]:
    """The parts of a value that differ."""
    for part in slot.kind.parts:
        one, two = old.get(part.name), new.get(part.name)
        if one != two:
            label = f"{slot.entry.label}：{slot.kind.label}，{part.label}"
            yield Told(f"{slot.key}.{part.name}", label, *_read(part, (one, two), entries))


def _read(kind: Kind, values: tuple[Any, Any], entries: Entries) -> tuple[str | None, ...]:
    """Two values as they read; part by part, where they would read the same."""
    one, two = (None if value is None else reads(kind, value, entries.around) for value in values)
    if one == two:
        plain = Kind("table", parts=kind.parts)
        return tuple(None if value is None else reads(plain, value, entries.around) for value in values)
    return one, two


def _taken(before: Entries, after: Entries) -> Iterator[Told]:
    """What was taken over from another authority, and by whom."""
    one, two = (_mapping(side.at(("source", "taken"))) for side in (before, after))
    for key in {**one, **two}:
        if one.get(key) != two.get(key):
            entry = after.by_key.get(key) or before.by_key.get(key)
            label = f"沿用：{entry.label}" if entry else "沿用"
            yield Told(f"source.taken.{key}", label, _signed(one.get(key)), _signed(two.get(key)))


def _signed(entry: object) -> str | None:
    """沿用 national@2023，张三，2026-03-01."""
    if not isinstance(entry, Mapping):
        return None
    return "，".join(str(entry[name]) for name in ("from", "by", "on", "why") if entry.get(name) is not None)


def _others(before: Entries, after: Entries) -> Iterator[Told]:
    """Sections that have no fields: outlines, what the file goes on from."""
    one, two = before.file.own.data, after.file.own.data
    labels = {kind.name: kind.label for kind in kinds_of(after.model)}
    asked = {entry.place[0] for entry in after.by_key.values() if entry.place} | {slot.key for slot in _first(after)}
    for key in {**one, **two}:
        if key not in asked and key not in after.sections() and one.get(key) != two.get(key):
            texts = [value if isinstance(value, str) else None for value in (one.get(key), two.get(key))]
            yield Told(key, labels.get(key, key), *texts)


def _first(entries: Entries) -> Iterator[Any]:
    yield from entries.slots(entries.by_key[""])


def touched(before: OwnFile, after: OwnFile) -> frozenset[Key]:
    """The paths at which two texts' own data differ, a list counted as one value.

    Raises:
        ProblemsError: one of them is no YAML.
    """
    return frozenset(differing(before.own.data, after.own.data))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
