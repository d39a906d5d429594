"""Two people on one edition: a change made on an older file goes through where its values are still what was seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from notices.editing.entries import Entries, Slot
from notices.editing.shown import reads, typed
from notices.errors import Problem, ProblemsError
from notices.history.log import Journal
from notices.history.record import Record
from notices.wording.words import day


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value somebody else changed: what was seen (None: not known), what it is now, what was written; who and when.

    ``who`` and ``when`` are None where it was changed outside, or nobody knows.
    """

    key: str
    label: str
    seen: str | None
    now: str
    yours: Any
    who: str | None
    when: dt.datetime | None


class StaleError(ProblemsError):
    """Somebody changed the same values since; ``conflicts`` has both, ``values`` all that was written."""

    def __init__(self, file: str, conflicts: Iterable[Conflict], values: Mapping[str, Any]) -> None:
        self.file, self.conflicts, self.values = file, tuple(conflicts), dict(values)
        super().__init__(
            Problem(file, 0, 0, one.key, _told(one), "看看现在的值，再决定用哪一个；填写的内容还在")
            for one in self.conflicts
        )

    def __reduce__(self) -> tuple[object, ...]:
        """As itself from one process to another."""
        return type(self), (self.file, self.conflicts, self.values)


def _told(one: Conflict) -> str:
    """张三 2026年3月1日 9:05 把它从“甲”改成了“乙”."""
    when = f" {day(one.when.date())} {one.when:%H:%M} " if one.when else ""
    who = one.who or "有人在别处"
    seen = f"从“{one.seen}”" if one.seen is not None else ""
    return f"{who}{when}把它{seen}改成了“{one.now}”" if one.now else f"{who}{when}删去了它"


def refuse(
    entries: Entries, journal: Journal, values: Mapping[str, Any], revision: str, seen: Mapping[str, Any]
) -> None:
    """Nothing, where every value is still what its author saw.

    Raises:
        StaleError: every one that is not.
    """
    old = journal.text_at(revision)
    before = None if old is None else Entries(replace(entries.file, text=old, was=old))
    conflicts = []
    for key, given in values.items():
        slot = entries.slot(key)
        if slot is None and (before is None or before.slot(key) is None):
            continue  # no such key, and there was none: it is said as such
        now = _shown(entries, slot)
        if key in seen:
            same = slot is not None and _same(entries, slot, seen[key])
            was = None if before is None else _shown(before, before.slot(key))
        else:
            was = None if before is None else _shown(before, before.slot(key))
            same = before is not None and slot is not None and _at(before, slot) == entries.at(slot.path)
        if not same:
            record = _record(journal, key)
            label = slot.label if slot else key
            conflicts.append(
                Conflict(key, label, was, now, given, record.who if record else None, record.when if record else None)
            )
    if conflicts:
        raise StaleError(entries.file.name, conflicts, values)


def _at(entries: Entries, slot: Slot) -> Any:  # noqa: ANN401 - YAML data
    found = entries.slot(slot.key)
    return entries.at(found.path) if found else None


def _shown(entries: Entries, slot: Slot | None) -> str:
    return reads(slot.kind, entries.at(slot.path), entries.around) if slot else ""


def _same(entries: Entries, slot: Slot, seen: Any) -> bool:  # noqa: ANN401 - as it was seen
    value = entries.at(slot.path)
    if isinstance(seen, str):
        return seen.replace("\r\n", "\n").strip() == typed(slot.kind, value, entries.around) or seen == value
    return bool(seen == value)


def _record(journal: Journal, key: str) -> Record | None:
    """The last change of a value, of what it stands in, or of what stands in it."""
    for record in reversed(journal.records):
        for told in record.told:
            if told.key == key or key.startswith((f"{told.key}.", f"{told.key}[")) or told.key.startswith(f"{key}."):
                return record
    return None
