"""A comparison as a report: parts of rows, each cell a few lines and its marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from notices.compare.diff import Change, Half, seen_from_above
from notices.compare.facts import Side
from notices.compare.matrix import MARKS, Matrix
from notices.compare.matrix import MatrixCell as Found
from notices.compare.records import VERDICTS
from notices.compare.topics import GROUPS, topics
from notices.profile import Programme
from notices.reports.model import Mark, Part, Report, ReportCell, ReportRow, ReportTable, Tone

RELAXED = "放宽国家规定"
_ACROSS = 5
"""Editions that stand beside each other on a page of paper; more go on in a further table."""
_TONES: dict[str, Tone] = {
    "从严": "stricter",
    "放宽": "looser",
    RELAXED: "relaxed",
    "有变化": "changed",
    "不同": "changed",
    "未规定": "absent",
    "仅左边有": "absent",
    "仅右边有": "added",
    "增加": "added",
    "待定": "pending",
    "相同": "same",
    "继承": "inherited",
}


def _marks(words: Iterable[str]) -> tuple[Mark, ...]:
    return tuple(Mark(word, _TONES[word]) for word in words)


def of_diff(left: Side, right: Side, changes: Sequence[Change], *, everything: bool = False) -> Report:
    """What differs, rules first, then dates, contacts and papers; words that differ alone come last."""
    shown = [change for change in changes if everything or change.verdict != "same"]
    worded = [change for change in changes if change.wording and not everything]
    programme = left.profile.programme
    parts = [*_by_group(shown, topics(programme)), *_part("仅措辞不同（规定相同）", map(_change_line, worded))]
    return _report(
        programme,
        f"{left.heading}与{right.heading}规定对照",
        (
            _count(changes),
            f"左：{_full(left)}",
            f"右：{_full(right)}",
            "结论从左看右；“不能比较宽严”的只列为有变化。",
        ),
        ReportTable(
            "对照",
            ("事项", "结论", f"左：{left.heading}", f"右：{right.heading}", "说明"),
            (12, 9, 25, 25, 29),
            tuple(parts),
            across=_ACROSS,
        ),
        (*VERDICTS.values(), RELAXED),
    )


def of_matrix(found: Matrix) -> Report:
    """Rules by topic, a column an edition."""
    programme = found.sides[0].profile.programme
    names = topics(programme)
    lines = [
        ReportRow((ReportCell(row.label), *map(_matrix_cell, row.cells)), row.id, row.topic)
        for row in found.rows
        if row.cells
    ]
    against = [
        f"{side.heading}对照 {line}{'（晚于本版，仅供参照）' if _year(line) > side.year else ''}"
        for side, line in zip(found.sides, found.lines, strict=True)
        if line
    ]
    parts = [
        part for topic, name in names.items() for part in _part(name, (line for line in lines if line.topic == topic))
    ]
    return _report(
        programme,
        "各地规定对照表",
        (
            "标记：" + "、".join(MARKS.values()) + "，均对照国家规定；无标记的是国家规定本身。",
            *_sentence(against),
        ),
        ReportTable(
            "对照",
            ("事项", *(side.heading for side in found.sides)),
            (14, *([86 / len(found.sides)] * len(found.sides))),
            tuple(parts),
            across=_ACROSS,
        ),
        tuple(MARKS.values()),
    )


def _report(
    programme: Programme, title: str, notes: tuple[str, ...], table: ReportTable, marks: Iterable[str]
) -> Report:
    """The whole, with what its rows can be chosen by: the topics that occur, in their order, and the marks."""
    used = {row.topic for row in table.rows}
    told = tuple((topic, name) for topic, name in topics(programme).items() if topic in used)
    return Report("compare", title, notes, (table,), topics=told, marks=_marks(marks), terms=programme.terms)


def _year(edition: str) -> int:
    return int(edition.partition("@")[2])


def _sentence(parts: Sequence[str]) -> tuple[str, ...]:
    return (f"{'；'.join(parts)}。",) if parts else ()


def _by_group(changes: Sequence[Change], topics: Mapping[str, str]) -> Iterator[Part]:
    for group, name in GROUPS.items():
        for topic, told in topics.items():
            title = f"{name}·{told}" if group == "rules" else name
            yield from _part(title, (_change_line(c) for c in changes if c.group == group and c.topic == topic))


def _part(title: str, lines: Iterable[ReportRow]) -> list[Part]:
    found = tuple(lines)
    return [Part(title, found)] if found else []


def _change_line(change: Change) -> ReportRow:
    marks = _marks((VERDICTS[change.verdict], *((RELAXED,) if change.relaxed else ())))
    cells = (
        ReportCell(change.label),
        ReportCell(marks=marks),
        _said(change.left),
        _said(change.right),
        ReportCell("\n".join(_reasons(change))),
    )
    return ReportRow(cells, change.id, change.topic)


def _reasons(change: Change) -> Iterator[str]:
    yield from (text for text in (change.reason, change.wording) if text)
    for side, half in (("左", change.left), ("右", change.right)):
        if half and half.relaxes:
            how = "" if half.relaxes == seen_from_above(change.reason) else f"：{half.relaxes}"
            yield f"{side}边{RELAXED}{how}（依据：{half.ground}）"


def _said(half: Half | None) -> ReportCell:
    return ReportCell(half.text, cited(half)) if half else ReportCell("—")


def _matrix_cell(cell: Found) -> ReportCell:
    marks = _marks(MARKS[mark] for mark in cell.marks)
    if cell.half is None:
        return ReportCell("—", "", marks, cell.reason)
    relaxes = f"{RELAXED}：{cell.half.relaxes}（依据：{cell.half.ground}）" if cell.half.relaxes else ""
    return ReportCell(cell.half.text, cited(cell.half), marks, relaxes or cell.reason)


def cited(half: Half) -> str:
    """〔二（一）〕; with the edition when the clause is another's: 〔national@2023 二（一）〕."""
    if not half.cite:
        return ""
    source = f"{half.source} " if half.inherited else ""
    return f"〔{source}{'、'.join(half.cite)}〕"


def _count(changes: Sequence[Change]) -> str:
    counts: Counter[str] = Counter(change.verdict for change in changes)
    told = "，".join(f"{name} {counts[verdict]}" for verdict, name in VERDICTS.items() if counts[verdict])
    worded = sum(bool(change.wording) for change in changes)
    return f"共 {len(changes)} 项：{told or '无'}" + (f"；相同的里有 {worded} 项措辞不同" if worded else "") + "。"


def _full(side: Side) -> str:
    return f"{side.edition}（{side.authority}）"
