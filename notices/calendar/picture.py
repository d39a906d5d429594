"""The calendar as a picture: months across, a line a step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from notices.calendar.plan import CalendarEntry, Plan
from notices.reports.model import Drawing, Shape
from notices.wording.words import month_day

_LEFT, _WIDTH, _TOP, _ROW = 230, 640, 52, 28
_COLOURS = {"stated": "#9c1c1c", "given": "#1f5f8b", "unverified": "#b87a00", "estimate": "#8a8a8a"}
_NAMES = {"stated": "原文规定", "given": "指定", "unverified": "待核实", "estimate": "推算（建议）"}


def drawing(plan: Plan) -> Drawing | None:
    """The picture; None when nothing has a date."""
    dated = list(plan.dated)
    if not dated:
        return None
    days = [one.date for one in dated if one.date] + ([plan.as_of] if plan.as_of else [])
    months = list(_months(min(days), max(days)))
    start, end = months[0], _next(months[-1])
    height = _TOP + _ROW * len(dated) + 40
    shapes = [*_axis(months, start, end, height - 40), *_bars(dated, start, end)]
    if plan.as_of:
        shapes += _today(plan.as_of, _x(plan.as_of, start, end), height)
    for n, basis in enumerate(dict.fromkeys(one.basis for one in dated)):
        shapes.append(_dot(_LEFT + 12 + 150 * n, height - 8, basis, 5))
        shapes.append(Shape("text", {"x": _LEFT + 24 + 150 * n, "y": height - 3}, _NAMES[basis]))
    return Drawing(_LEFT + _WIDTH + 80, height, plan.title, tuple(shapes), size=16)


def _today(day: dt.date, x: float, height: int) -> Iterator[Shape]:
    look = {"stroke": "#1f5f8b", "stroke-dasharray": "4 3"}
    yield Shape("line", {"x1": x, "y1": _TOP, "x2": x, "y2": height - 40, **look})
    yield Shape("text", {"x": x, "y": height - 24, "text-anchor": "middle", "fill": "#1f5f8b"}, str(day))


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next(month)


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def _x(date: dt.date, start: dt.date, end: dt.date) -> float:
    return round(_LEFT + _WIDTH * (date - start).days / (end - start).days, 1)


def _axis(months: list[dt.date], start: dt.date, end: dt.date, bottom: int) -> Iterator[Shape]:
    for month in months:
        x = _x(month, start, end)
        yield Shape("line", {"x1": x, "y1": _TOP - 8, "x2": x, "y2": bottom, "stroke": "#dddddd"})
        yield Shape("text", {"x": x + 4, "y": _TOP - 10, "fill": "#555555"}, f"{month.month}月")
        if month == months[0] or month.month == 1:
            yield Shape("text", {"x": x + 4, "y": _TOP - 30, "fill": "#555555"}, f"{month.year}年")


def _bars(dated: list[CalendarEntry], start: dt.date, end: dt.date) -> Iterator[Shape]:
    """A dot on each date, and a bar from the step before it in the chain."""
    before: dt.date | None = None
    for n, one in enumerate(dated):
        if one.date is None:  # pragma: no cover - they were chosen for having one
            continue
        x, y = _x(one.date, start, end), _TOP + _ROW * n + _ROW // 2
        yield Shape("text", {"x": _LEFT - 12, "y": y + 5, "text-anchor": "end"}, one.name)
        chained = not one.apart and one.key != "ministry"
        if chained and before and before < one.date:
            left = _x(before, start, end)
            place = {"x": left, "y": y - 7, "width": round(x - left, 1), "height": 14, "rx": 3}
            yield Shape("rect", {**place, "fill": _COLOURS[one.basis], "opacity": 0.25})
        yield _dot(x, y, one.basis, 7)
        yield Shape("text", {"x": x + 12, "y": y + 5, "fill": "#333333"}, month_day(one.date))
        before = one.date if chained else before


def _dot(x: float, y: float, basis: str, radius: int) -> Shape:
    colour = _COLOURS[basis]
    fill = "#ffffff" if basis == "estimate" else colour
    return Shape("circle", {"cx": x, "cy": y, "r": radius, "fill": fill, "stroke": colour, "stroke-width": 2})
