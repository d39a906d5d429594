"""Values read back out of a fact's printed words, by the reader of sources: a table of words cannot lie unnoticed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from notices.marks import unmarked
from notices.profile import Deadline, Duration, Exclusions, Fact, Limit, Material, Pending
from notices.wording.spelling import amounts, days, tidy
from notices.wording.words import bound, copies, day, month_day

_GRADES: Final = {
    "general": "一般及以上",
    "larger": "较大及以上",
    "major": "重大及以上",
    "extraordinary": "特别重大",
}
"""How a grade of accident is read: kept apart from the table it is written by."""


def unread(fact: Fact, text: str) -> Iterator[str]:
    """Values of a fact that cannot be read back: the amount with its bound, the date with its direction."""
    if isinstance(getattr(fact, "say", None), Pending):  # its values have no words to stand in yet
        return
    limit = getattr(fact, "limit", None)
    if isinstance(limit, Limit) and not isinstance(limit.value, Pending):
        read = [(one.op, one.value) for one in amounts(text, limit.unit)]
        # around a bare {value} the words of the phrase bound it
        spelt = limit.op != "==" and "{limit}" in (getattr(fact, "say", "") or "")
        if not any(value == limit.value and (not spelt or op == limit.op) for op, value in read):
            yield bound(limit)
    yield from _unread_more(fact, text)
    if not isinstance(fact, Deadline):
        return
    if isinstance(fact.date, dt.date):
        read_days = [(one.year, one.month, one.day) for one in days(text)]
        there = (fact.date.year, fact.date.month, fact.date.day) in read_days
        if not there or f"{tidy(f'{day(fact.date)}{_clock(fact)}')}前" not in text:
            yield f"{day(fact.date)}{_clock(fact)}前"
    if isinstance(fact.annual, str):
        shown = f"每年{month_day(fact.annual)}{_clock(fact)}前"
        if tidy(shown) not in text:
            yield shown


def _clock(fact: Deadline) -> str:
    """The hour as it is printed; a limit without one has none beside its day."""
    return unmarked(str(fact.time)) if fact.time is not None else ""


def _unread_more(fact: Fact, text: str) -> Iterator[str]:
    """A length of time, a number of copies, a grade of accident that cannot be read back."""
    span = fact.lookback if isinstance(fact, Exclusions) else getattr(fact, "span", None)
    if isinstance(span, Duration) and not isinstance(span.value, Pending):
        units = [span.unit.replace("个月", "月"), span.unit]
        read = [(one.op, one.value) for unit in dict.fromkeys(units) for one in amounts(text, unit)]
        bounded = isinstance(fact, Deadline)  # elsewhere the words of the phrase bound it
        if not any(value == span.value and (op == span.op or not bounded) for op, value in read):
            yield bound(span)
    if (
        isinstance(fact, Material)
        and isinstance(fact.copies, int)
        and fact.copies not in [one.value for one in amounts(text, "份")]
    ):
        yield copies(fact.copies)
    grade = _GRADES.get(getattr(fact, "severity", None) or "", "")
    if grade not in text:
        yield grade
