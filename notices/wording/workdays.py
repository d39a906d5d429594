"""Working days in China: weekends, public holidays and the make-up workdays the State Council names each year.

The days come from ``chinesecalendar``, which is kept up to date with the State Council's yearly notices. A year it does
not know is refused, never guessed.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import chinese_calendar

from notices.errors import NotFoundError

_DAY = dt.timedelta(days=1)


@cache
def known_years() -> tuple[int, ...]:
    """The years whose working days are known, in order without a gap."""
    years = {day.year for day in chinese_calendar.holidays}
    return tuple(range(min(years), max(years) + 1))


def is_workday(date: dt.date) -> bool:
    """Whether offices are open: make-up workdays count, public holidays do not.

    Raises:
        NotFoundError: the calendar does not know the year.
    """
    years = known_years()
    if not years[0] <= date.year <= years[-1]:
        known = f"{years[0]}—{years[-1]}年"
        raise NotFoundError(
            f"不知道 {date.year} 年的放假调休安排（只有 {known}），不推算工作日；"
            "国务院办公厅公布后更新 chinesecalendar，或自己写定日期"
        )
    return bool(chinese_calendar.is_workday(date))


def workday_before(date: dt.date) -> dt.date:
    """The date itself when it is a working day, else the last working day before it.

    Raises:
        NotFoundError: the calendar does not know the year.
    """
    while not is_workday(date):
        date -= _DAY
    return date


def add_workdays(date: dt.date, n: int) -> dt.date:
    """The ``n``-th working day after ``date`` (before it, when ``n`` is negative); 0 gives ``date`` itself.

    The day itself does not count, as 自…之日起 is read: one working day after a Friday is the next Monday.

    Raises:
        NotFoundError: the calendar does not know a year on the way.
    """
    step = _DAY if n > 0 else -_DAY
    left = abs(n)
    while left:
        date += step
        left -= is_workday(date)
    return date


def workdays_between(a: dt.date, b: dt.date) -> int:
    """Working days after ``a`` up to and with ``b``; as many below nought when ``b`` is before ``a``.

    ``workdays_between(a, add_workdays(a, n)) == n`` for every ``n`` from 0.

    Raises:
        NotFoundError: the calendar does not know a year between.
    """
    if b < a:
        return -workdays_between(b, a)
    return sum(is_workday(a + _DAY * n) for n in range(1, (b - a).days + 1))
