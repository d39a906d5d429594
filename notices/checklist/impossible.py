"""Dates that cannot be: what has happened later than the day of judgement, an end before its beginning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notices.forms.data.records import Record
from notices.forms.values import Value

_PAST = ("issued", "record-date", "records-checked", "report-date", "founded")
"""Dates of what has happened: none is later than the day of judgement."""
_SPANS = (("issued", "expires"), ("record-date", "resolved"))
"""Dates of which the first is not later than the second."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """A date of a record, or of row ``number`` of one of its tables, that cannot be.

    ``later``: it is after the day of judgement, which may be the one that is wrong.
    """

    table: str
    number: int
    field: str
    message: str
    later: bool = False


def impossible(record: Record, day: dt.date, labels: Mapping[str, str]) -> Iterator[Impossible]:
    """Every such date, held against the day of judgement and against the date it belongs to.

    Args:
        record: the applicant's answers.
        day: the day of judgement.
        labels: what fields are called, by field.
    """
    yield from _future(record.values, day, "", 0)
    for table, entries in record.tables.items():
        for number, entry in enumerate(entries):
            yield from _future(entry, day, table, number)
            for first, last in _SPANS:
                begun, ended = entry.get(first), entry.get(last)
                if isinstance(begun, dt.date) and isinstance(ended, dt.date) and ended < begun:
                    yield Impossible(table, number, last, f"{ended} 早于{labels[first]} {begun}")


def _future(values: Mapping[str, Value], day: dt.date, table: str, number: int) -> Iterator[Impossible]:
    for name in _PAST:
        value = values.get(name)
        if isinstance(value, dt.date) and value > day:
            yield Impossible(table, number, name, f"{value} 晚于判断日 {day}", later=True)
