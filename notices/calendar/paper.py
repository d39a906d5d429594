"""The calendar as a report: a table of the dates and a picture of the year, drawn or, where nothing is drawn, set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from notices.calendar.picture import drawing
from notices.calendar.plan import CalendarEntry, Plan
from notices.calendar.terminal import BASIS, grounds, weekday
from notices.document.blocks import Block, Cell, Paragraph, Table, TableRow, spans
from notices.reports import model
from notices.reports.model import Part, Picture, Report, ReportHeading, ReportRow, ReportText

_MOST = 39
"""Thirds of a month one table has room for: a little over a year."""
_MARKS = {"stated": "●", "given": "▲", "unverified": "△", "estimate": "○"}


def report(plan: Plan) -> Report:
    """The calendar."""
    picture = Picture(drawing(plan), tuple(_pictured(plan)))
    blocks: list[model.ReportBlock] = [ReportHeading("一、日程"), _table(plan), ReportHeading("二、时间轴"), picture]
    blocks += map(ReportText, plan.assumptions)
    notes = tuple(f"请注意：{warning}。" for warning in plan.warnings)
    return Report("calendar", plan.title, notes, tuple(blocks), plan.authority, terms=plan.programme.terms)


def _table(plan: Plan) -> model.ReportTable:
    heads = ["环节", "由谁", "日期", "星期", "依据"]
    widths = [20.0, 14.0, 20.0, 9.0, 37.0]
    if plan.as_of:
        heads.insert(4, f"{plan.as_of}起")
        widths.insert(4, 16.0)
    rows = tuple(ReportRow(tuple(map(model.ReportCell, _texts(plan, one)))) for one in plan.ordered)
    centred = tuple(range(2, len(heads) - 1))
    return model.ReportTable("日程", tuple(heads), tuple(widths), (Part("", rows),), centred=centred)


def _texts(plan: Plan, one: CalendarEntry) -> Iterator[str]:
    yield from (one.name, one.by, one.shown, weekday(one))
    if plan.as_of:
        yield plan.left(one)
    yield grounds(one)


def _thirds(first: dt.date, last: dt.date) -> Iterator[tuple[int, int, int]]:
    """上旬, 中旬 and 下旬 of every month from the first day's to the last day's."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield from ((year, month, part) for part in range(3))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _third(date: dt.date) -> tuple[int, int, int]:
    return date.year, date.month, min((date.day - 1) // 10, 2)


def _pictured(plan: Plan) -> Iterator[Block]:
    """The year as a table: a column each third of a month, a mark on each date, a bar towards it."""
    dated = [(one, one.date) for one in plan.dated if one.date]
    if not dated:
        yield Paragraph(spans("没有一个环节有日期。"))
        return
    columns = list(_thirds(min(date for _, date in dated), max(date for _, date in dated)))
    if len(columns) > _MOST:
        yield Paragraph(spans("日程跨度太长，时间轴从略。"))
        return
    months = columns[::3]
    names = [Cell((spans("环节", "hei"),), down=2)]
    names += (
        Cell((spans(f"{year}年{month}月" if n == 0 or month == 1 else f"{month}月", "hei"),), across=3)
        for n, (year, month, _) in enumerate(months)
    )
    thirds = tuple(Cell((spans(part),)) for _ in months for part in "上中下")
    rows, before = [], None
    for one, date in dated:
        chained = not one.apart and one.key != "ministry"
        rows.append(
            TableRow((Cell((spans(one.name),), "left"), *_marked(one, date, before if chained else None, columns)))
        )
        before = date if chained else before
    widths = (24.0, *(76.0 / len(columns) for _ in columns))
    yield Table(widths, tuple(rows), (TableRow(tuple(names)), TableRow(thirds)), small=True)
    used = dict.fromkeys(one.basis for one, _ in dated)
    told = "；".join(f"{_MARKS[basis]} {BASIS[basis]}" for basis in used)
    yield Paragraph(spans(f"{told}；━ 从上一环节到这一环节。每月分上、中、下旬。"))


def _marked(
    one: CalendarEntry, date: dt.date, before: dt.date | None, columns: list[tuple[int, int, int]]
) -> Iterator[Cell]:
    here = _third(date)
    for column in columns:
        busy = before is not None and _third(before) <= column < here
        yield Cell((spans(_MARKS[one.basis] if column == here else "━" if busy else ""),))
