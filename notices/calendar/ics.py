"""The calendar as iCalendar (RFC 5545). Equal calendars give equal bytes: no clock, names that stay."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from notices.calendar.plan import CalendarEntry, Plan
from notices.calendar.terminal import grounds
from notices.marks import unmarked

_DAY = dt.timedelta(days=1)


def write(plan: Plan) -> bytes:
    """Every entry with a date as an event of the whole day."""
    made = Calendar()
    made.add("prodid", "-//green-notices//calendar//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", plan.title)
    for one in plan.entries:
        if one.date:
            made.add_component(_event(plan, one, one.date))
    content: bytes = made.to_ical()
    return content


def _event(plan: Plan, one: CalendarEntry, date: dt.date) -> Event:
    made = Event()
    made.add("uid", f"{plan.year}-{one.key}.{plan.edition.replace('@', '-')}@green-notices")
    revised = dt.datetime.combine(plan.revised, dt.time(), dt.UTC)
    made.add("dtstamp", revised)
    made.add("last-modified", revised)
    made.add("sequence", max(0, (plan.revised - plan.stamp).days))  # a corrected one stands before what was sent
    made.add("dtstart", date)
    made.add("dtend", date + _DAY)
    made.add("summary", unmarked(one.name + (f"（{one.time}前）" if one.time else "") + one.mark))
    made.add("description", f"{one.by}。依据：{unmarked(grounds(one))}")
    made.add("status", "TENTATIVE" if one.mark else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made
