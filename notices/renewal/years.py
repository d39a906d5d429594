"""Moving days and texts from one year to another. Pure; the calendar is the State Council's."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from notices.wording.words import day_of_week
from notices.wording.workdays import workday_before

YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d{2}(?!\d)")
"""A year in a text, not part of a longer number, a date in figures or a standard's number."""


def same_day(date: dt.date, years: int) -> dt.date:
    """The same day so many years on; 29 February becomes the last of February.

    Raises:
        ValueError: a year no calendar has.
    """
    year = date.year + years
    return date.replace(year=year, day=min(date.day, calendar.monthrange(year, date.month)[1]))


def suggested(date: dt.date, years: int) -> tuple[dt.date, str]:
    """The same day so many years on, or the working day before it, and why.

    Raises:
        NotFoundError: the calendar does not know the year.
    """
    wanted = same_day(date, years)
    found = workday_before(wanted)
    if found == wanted:
        return found, f"上一版是 {date}；移到 {wanted.year} 年同一天，是工作日"
    return found, f"上一版是 {date}；{wanted} 是休息日（星期{day_of_week(wanted)}），提前到此前最近的工作日"


def moved(text: str, years: int) -> str:
    """A text with every year in it so many years on."""
    return YEAR.sub(lambda match: str(int(match[0]) + years), text)
