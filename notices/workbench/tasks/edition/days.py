"""The month a day stands in, with its rest days, for whoever sets a date."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from notices.renewal.confirm import of_rest
from notices.wording.words import day, day_of_week
from notices.wording.workdays import is_workday, known_years


@dataclass(frozen=True)
class Day:
    """One day: ``date`` as a form has it, ``number`` in its month, ``label`` in full; ``off`` where offices rest."""

    date: str
    number: int
    label: str
    off: bool


@dataclass(frozen=True)
class Month:
    """The month of a day: ``note`` is of the day; ``weeks`` begin on Monday, None for a day of another month."""

    note: str
    label: str
    weeks: tuple[tuple[Day | None, ...], ...]


def month(text: str) -> Month | None:
    """The month of a day 2025-05-31; None where there is no such day."""
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        return None
    weeks = calendar.Calendar().monthdayscalendar(date.year, date.month)  # numbers: past 9999 there is no date
    listed = tuple(tuple(_day(date.replace(day=one)) if one else None for one in week) for week in weeks)
    known = "" if date.year in known_years() else "（放假调休安排未公布，只标周末）"
    return Month(of_rest(date), f"{date.year}年{date.month}月{known}", listed)


def _day(date: dt.date) -> Day:
    off = not is_workday(date) if date.year in known_years() else date.weekday() >= calendar.SATURDAY
    told = f"{day(date)}，星期{day_of_week(date)}{'，休息日' if off else ''}"
    return Day(date.isoformat(), date.day, told, off)
