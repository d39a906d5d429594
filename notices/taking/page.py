"""What a paper that came back comes to, as a report and as plain records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from notices.reports.model import Mark, Part, Report, ReportCell, ReportRow, ReportTable, Tone
from notices.taking.reasons import COUNTED
from notices.taking.run import PlacedWrite, TakenChange
from notices.taking.take import KINDS, Taken

_TONES: Final[dict[str, Tone]] = {
    "value": "changed",
    "words": "changed",
    "moved": "changed",
    "placed": "added",
    "removed": "absent",
}
_AROUND: Final = 12
"""Characters of a line shown on either side of a change."""
_LONGEST: Final = 80
"""Characters of a value shown; the records have all of it."""
_WIDTHS: Final = (12, 24, 24, 40)


def report(done: Taken) -> Report:
    """The changes as tables: taken, not taken, remarked."""
    tables = (
        _table("取回", "写进配置", tuple(map(_taken, done.taken))),
        _table("没有取回", "原因", tuple(_listed(done.listed))),
        _remarked(tuple(_remarks(done))),
    )
    blocks = tuple(table for table in tables if any(table.rows))
    return Report("take", f"{done.edition} 改稿取回", tuple(_notes(done)), blocks)


def _table(name: str, last: str, rows: tuple[ReportRow, ...]) -> ReportTable:
    return ReportTable(name, ("在哪里", "原来", "改成", last), _WIDTHS, (Part(f"{name}的改动", rows),))


def _remarked(rows: tuple[ReportRow, ...]) -> ReportTable:
    part = Part("批注（没有写进配置）", rows)
    return ReportTable("批注", ("谁", "批在哪些字上", "批注"), (16, 32, 52), (part,))


def _notes(done: Taken) -> Iterator[str]:
    yield f"改稿 {done.source}；配置 {done.own.name}"
    every = (*done.taken, *done.listed)
    if every:
        counted = ((name, sum(1 for one in every if one.kind == kind)) for kind, name in KINDS.items())
        yield f"改动 {len(every)} 处：{'，'.join(f'{name} {count} 处' for name, count in counted if count)}"
    else:
        yield "和配置印出来的一样，没有要取回的"
    if done.weighty:
        told = "；".join(f"{one.where} {one.weight}" for one in done.weighty)
        yield f"{len(done.weighty)} 处改了约束的话，逐处核对：{told}"
    if done.taken and done.whole:
        yield "照这样写进配置，重新生成的文件和改稿逐段一致"
    if any(one.write.inherited and one.write.old is not None for change in done.taken for one in change.writes):
        yield "标“继承”的，值在所继承的文件里：写进本文件，不动那一份"
    yield from done.notes


def _taken(change: TakenChange) -> ReportRow:
    writes = [*map(told, change.writes), *(f"一并取回：{one}" for one in change.along)]
    return ReportRow((*_sides(change, Mark(KINDS[change.kind], _TONES[change.kind])), ReportCell("\n".join(writes))))


def _listed(changes: Sequence[TakenChange]) -> Iterator[ReportRow]:
    """What is not taken; where numbers alone differ, one row for all."""
    numbers = [one for one in changes if one.reason == COUNTED]
    for one in changes:
        if one.reason != COUNTED or len(numbers) == 1:
            yield _left(one)
    if len(numbers) > 1:
        told = "、".join(one.where for one in numbers)
        yield ReportRow(tuple(map(ReportCell, (told, "（只是编号不同）", "", f"{COUNTED}，有 {len(numbers)} 处"))))


def _left(change: TakenChange) -> ReportRow:
    where = f"\n看 {change.near}" if change.near else ""
    return ReportRow((*_sides(change), ReportCell(f"{change.reason}{where}")))


def _sides(change: TakenChange, *marks: Mark) -> tuple[ReportCell, ...]:
    marks += (Mark(f"约束：{change.weight}", "pending"),) if change.weight else ()
    after = "\n".join(
        (
            change.after or ("（移走）" if change.kind == "moved" else "（删去）"),
            *(f"修订：{one}" for one in change.tracked),
        )
    )
    return ReportCell(change.where, marks=marks), ReportCell(_in_place(change)), ReportCell(after)


def _in_place(change: TakenChange) -> str:
    """What was there, with the words around it; where nothing was, the words it came between."""
    start, end = change.change.start, change.change.end
    if change.change.kind != "edit" or not change.context:
        return change.before or "（没有）"
    before, behind = change.context[max(0, start - _AROUND) : start], change.context[end : end + _AROUND]
    left = "…" if start > _AROUND else ""
    right = "…" if end + _AROUND < len(change.context) else ""
    return f"{left}{before}〖{change.before}〗{behind}{right}"


def told(placed: PlacedWrite) -> str:
    """deadlines.city-to-province.date：2024-05-31 → 2024-06-15（provinces/guangxi/2024.yaml:196）."""
    write = placed.write
    if write.old is None:
        return f"新增 {write.key}：{_shown(write.new)}"
    where = f"（{placed.file}:{placed.line}{'，继承' if write.inherited else ''}）"
    if write.new is None:
        return f"删去 {write.key}：{_shown(write.old)}{where}"
    return f"{write.key}：{_shown(write.old)} → {_shown(write.new)}{where}"


def _shown(value: object) -> str:
    if isinstance(value, dict) and "pending" in value:
        return f"【待定：{value['pending']}】"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _remarks(done: Taken) -> Iterator[ReportRow]:
    for one in done.remarks:
        who = "，".join(filter(None, (one.author, one.date[:10])))
        yield ReportRow(tuple(map(ReportCell, (who or "（没有署名）", one.on or "（没有选中文字）", one.text))))


def records(done: Taken) -> dict[str, Any]:
    """Plain data: ``edition, kind, file, source, whole, changes, remarks, notes``."""
    return {
        "edition": done.edition,
        "kind": done.kind,
        "file": done.own.name,
        "source": done.source,
        "whole": done.whole,
        "changes": [_record(one) for one in (*done.taken, *done.listed)],
        "remarks": [{"author": r.author, "date": r.date, "on": r.on, "text": r.text} for r in done.remarks],
        "notes": list(done.notes),
    }


def _record(change: TakenChange) -> dict[str, Any]:
    writes = (
        {
            "key": one.write.key,
            "old": one.write.old,
            "new": one.write.new,
            "inherited": one.write.inherited,
            "file": one.file,
            "line": one.line,
        }
        for one in change.writes
    )
    tracked = (
        {"author": one.author, "date": one.date, "inserted": one.comes, "text": one.text} for one in change.tracked
    )
    return {
        "kind": change.kind,
        "where": change.where,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
        "near": change.near,
        "binding": change.weight,
        "along": list(change.along),
        "writes": list(writes),
        "tracked": list(tracked),
    }
