"""The calendar as a picture: months across, a line a step, drawn as SVG."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape

from notices.calendar.plan import Entry, Plan
from notices.wording.words import month_day

_LEFT, _WIDTH, _TOP, _ROW = 250, 1000, 40, 34
_COLOURS = {"stated": "#9c1c1c", "given": "#1f5f8b", "unverified": "#b87a00", "estimate": "#8a8a8a"}
_NAMES = {"stated": "原文规定", "given": "指定", "unverified": "待核实", "estimate": "推算（建议）"}


def svg(plan: Plan) -> str:
    """The picture; empty when nothing has a date."""
    dated = [one for one in plan.entries if one.date]
    if not dated:
        return ""
    days = [one.date for one in dated if one.date] + ([plan.as_of] if plan.as_of else [])
    months = list(_months(min(days), max(days)))
    start, end = months[0], _next(months[-1])
    height = _TOP + _ROW * len(dated) + 40
    size = f'viewBox="0 0 {_LEFT + _WIDTH + 130} {height}" role="img" aria-label="{escape(plan.title)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="14">',
        *_axis(months, start, end, height - 40),
        *_bars(dated, start, end),
    ]
    if plan.as_of:
        x = _x(plan.as_of, start, end)
        parts.append(
            f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{height - 40}" stroke="#1f5f8b" stroke-dasharray="4 3"/>'
        )
        parts.append(f'<text x="{x}" y="{height - 24}" text-anchor="middle" fill="#1f5f8b">{plan.as_of}</text>')
    used = dict.fromkeys(one.basis for one in dated)
    for n, basis in enumerate(used):
        parts.append(_dot(_LEFT + 12 + 150 * n, height - 8, basis, 5))
        parts.append(f'<text x="{_LEFT + 24 + 150 * n}" y="{height - 3}">{_NAMES[basis]}</text>')
    return "\n".join((*parts, "</svg>"))


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next(month)


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def _x(date: dt.date, start: dt.date, end: dt.date) -> float:
    return round(_LEFT + _WIDTH * (date - start).days / (end - start).days, 1)


def _axis(months: list[dt.date], start: dt.date, end: dt.date, bottom: int) -> Iterator[str]:
    for month in months:
        x = _x(month, start, end)
        year = f"{month.year}年" if month == months[0] or month.month == 1 else ""
        yield f'<line x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{bottom}" stroke="#dddddd"/>'
        yield f'<text x="{x + 4}" y="{_TOP - 14}" fill="#555555">{year}{month.month}月</text>'


def _bars(dated: list[Entry], start: dt.date, end: dt.date) -> Iterator[str]:
    """A dot on each date, and a bar from the step before it in the chain."""
    before: dt.date | None = None
    for n, one in enumerate(dated):
        if one.date is None:  # pragma: no cover - they were chosen for having one
            continue
        x, y = _x(one.date, start, end), _TOP + _ROW * n + _ROW // 2
        yield f'<text x="{_LEFT - 12}" y="{y + 5}" text-anchor="end">{escape(one.name)}</text>'
        chained = not one.apart and one.key != "ministry"
        if chained and before and before < one.date:
            left = _x(before, start, end)
            fill = _COLOURS[one.basis]
            place = f'x="{left}" y="{y - 7}" width="{round(x - left, 1)}" height="14"'
            yield f'<rect {place} rx="3" fill="{fill}" opacity="0.25"/>'
        yield _dot(x, y, one.basis, 7)
        yield f'<text x="{x + 12}" y="{y + 5}" fill="#333333">{month_day(one.date)}</text>'
        before = one.date if chained else before


def _dot(x: float, y: float, basis: str, radius: int) -> str:
    colour = _COLOURS[basis]
    fill = "#ffffff" if basis == "estimate" else colour
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
