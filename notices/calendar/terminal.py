"""The calendar on a terminal, and as records."""

from __future__ import annotations

from typing import Any

from notices.calendar.plan import CalendarEntry, Plan
from notices.marks import unmarked
from notices.wording.columns import aligned
from notices.wording.words import day_of_week

BASIS = {"stated": "原文", "given": "指定", "unverified": "待核实", "estimate": "推算", "unknown": "待定"}


def text(plan: Plan) -> str:
    """The dates in order, what is wrong, what it rests on, and where an office changes that."""
    heads = ("环节", "编号", "由谁", "日期", "星期", "依据")
    rows: list[tuple[str, ...]] = [heads if plan.as_of is None else (*heads[:5], f"{plan.as_of} 起", heads[5])]
    rows += [_row(plan, one) for one in plan.ordered]
    lines = [f"{plan.edition}  {plan.title}", "", aligned(rows)]
    if plan.warnings:
        lines += ["", "请注意：", *(f"  {unmarked(warning)}" for warning in plan.warnings)]
    return "\n".join((*lines, "", *plan.assumptions, f"天数在 templates/{plan.programme.calendar} 里改。"))


def _row(plan: Plan, one: CalendarEntry) -> tuple[str, ...]:
    left = () if plan.as_of is None else (plan.left(one),)
    return (one.name, one.key, one.by, unmarked(one.shown), weekday(one), *left, unmarked(grounds(one)))


def grounds(one: CalendarEntry) -> str:
    """What a date rests on: 原文：第二部分第1段, 推算：……, 指定."""
    return f"{BASIS[one.basis]}：{one.why}" if one.why else BASIS[one.basis]


def weekday(one: CalendarEntry) -> str:
    """星期 of an entry's date."""
    return f"周{day_of_week(one.date)}" if one.date else ""


def record(plan: Plan) -> dict[str, Any]:
    """All of it as plain data."""
    return {
        "edition": plan.edition,
        "title": plan.title,
        "year": plan.year,
        "as_of": plan.as_of.isoformat() if plan.as_of else None,
        "entries": [_entry(plan, one) for one in plan.entries],
        "warnings": [*map(unmarked, plan.warnings)],
        "assumptions": list(plan.assumptions),
    }


def _entry(plan: Plan, one: CalendarEntry) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "by": one.by,
        "date": one.date.isoformat() if one.date else None,
        "time": unmarked(one.time) or None,
        "basis": one.basis,
        "why": unmarked(one.why),
        "workdays_to_next": one.need,
        "left": plan.left(one) or None,
    }
