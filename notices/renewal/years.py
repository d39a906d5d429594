"""Moving days and texts from one year to another. Pure; the calendar is the State Council's."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from notices.wording.words import day_of_week
from notices.wording.workdays import known_years, workday_before

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

    In a year whose holidays are not announced yet a weekend is left, and it is said that the rest is to be checked.
    """
    wanted = same_day(date, years)
    if wanted.year not in known_years():
        over = max(0, wanted.weekday() - 4)
        found = wanted - dt.timedelta(days=over)
        moved_to = f"{wanted} 是星期{day_of_week(wanted)}，提前到星期五" if over else f"移到 {wanted.year} 年同一天"
        open_ = f"{wanted.year} 年放假调休安排还没有公布，是不是工作日待核"
        return found, f"上一版是 {date}；{moved_to}；{open_}"
    found = workday_before(wanted)
    if found == wanted:
        return found, f"上一版是 {date}；移到 {wanted.year} 年同一天，是工作日"
    return found, f"上一版是 {date}；{wanted} 是休息日（星期{day_of_week(wanted)}），提前到此前最近的工作日"


def moved(text: str, years: int) -> str:
    """A text with every year in it so many years on."""
    return YEAR.sub(lambda match: str(int(match[0]) + years), text)
