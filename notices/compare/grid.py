"""A comparison as a table anybody can set: sections of rows, each cell a few lines and its marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from notices.compare.diff import Change, Half, seen_from_above
from notices.compare.facts import Side
from notices.compare.matrix import MARKS, Cell, Matrix
from notices.compare.records import VERDICTS
from notices.compare.topics import GROUPS, TOPICS

RELAXED = "放宽国家规定"


@dataclass(frozen=True)
class Box:
    """A cell: its text, where that stands, marks in words, and why it is marked so."""

    text: str
    cite: str = ""
    marks: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Line:
    """A row, with what it can be filtered by."""

    id: str
    topic: str
    marks: tuple[str, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Part:
    """Rows under one heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Grid:
    """The whole: ``widths`` are shares of the page, ``marks`` all marks that may stand in it."""

    title: str
    notes: tuple[str, ...]
    head: tuple[str, ...]
    widths: tuple[float, ...]
    parts: tuple[Part, ...]
    marks: tuple[str, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that occur, in their order."""
        found = {line.topic for part in self.parts for line in part.lines}
        return tuple(topic for topic in TOPICS if topic in found)


def of_diff(left: Side, right: Side, changes: Sequence[Change], *, everything: bool = False) -> Grid:
    """What differs, rules first, then dates, contacts and papers; words that differ alone come last."""
    shown = [change for change in changes if everything or change.verdict != "same"]
    worded = [change for change in changes if change.wording and not everything]
    parts = [*_by_group(shown), *_part("仅措辞不同（规定相同）", map(_change_line, worded))]
    return Grid(
        title=f"{left.heading}与{right.heading}规定对照",
        notes=(
            _count(changes),
            f"左：{_full(left)}",
            f"右：{_full(right)}",
            "结论从左看右；“不能比较宽严”的只列为有变化。",
        ),
        head=("事项", "结论", f"左：{left.heading}", f"右：{right.heading}", "说明"),
        widths=(12, 9, 25, 25, 29),
        parts=tuple(parts),
        marks=(*VERDICTS.values(), RELAXED),
    )


def of_matrix(found: Matrix) -> Grid:
    """Rules by topic, a column an edition."""
    lines = [
        Line(
            row.id,
            row.topic,
            tuple(dict.fromkeys(mark for box in boxes for mark in box.marks)),
            (Box(row.label), *boxes),
        )
        for row in found.rows
        if (boxes := tuple(_matrix_box(cell) for cell in row.cells))
    ]
    against = [
        f"{side.heading}对照 {line}{'（晚于本版，仅供参照）' if _year(line) > side.year else ''}"
        for side, line in zip(found.sides, found.lines, strict=True)
        if line
    ]
    parts = [
        part
        for topic, (name, _) in TOPICS.items()
        for part in _part(name, (line for line in lines if line.topic == topic))
    ]
    return Grid(
        title="各地规定对照表",
        notes=(
            "标记：" + "、".join(MARKS.values()) + "，均对照国家规定；无标记的是国家规定本身。",
            *_sentence(against),
        ),
        head=("事项", *(side.heading for side in found.sides)),
        widths=(14, *([86 / len(found.sides)] * len(found.sides))),
        parts=tuple(parts),
        marks=tuple(MARKS.values()),
    )


def _year(edition: str) -> int:
    return int(edition.partition("@")[2])


def _sentence(parts: Sequence[str]) -> tuple[str, ...]:
    return (f"{'；'.join(parts)}。",) if parts else ()


def _by_group(changes: Sequence[Change]) -> Iterator[Part]:
    for group, name in GROUPS.items():
        for topic, (told, _) in TOPICS.items():
            title = f"{name}·{told}" if group == "rules" else name
            yield from _part(title, (_change_line(c) for c in changes if c.group == group and c.topic == topic))


def _part(title: str, lines: Iterable[Line]) -> list[Part]:
    found = tuple(lines)
    return [Part(title, found)] if found else []


def _change_line(change: Change) -> Line:
    verdict = VERDICTS[change.verdict]
    marks = (verdict, RELAXED) if change.relaxed else (verdict,)
    boxes = (
        Box(change.label),
        Box("", marks=marks),
        _box(change.left),
        _box(change.right),
        Box("\n".join(_reasons(change))),
    )
    return Line(change.id, change.topic, marks, boxes)


def _reasons(change: Change) -> Iterator[str]:
    yield from (text for text in (change.reason, change.wording) if text)
    for side, half in (("左", change.left), ("右", change.right)):
        if half and half.relaxes:
            how = "" if half.relaxes == seen_from_above(change.reason) else f"：{half.relaxes}"
            yield f"{side}边{RELAXED}{how}（依据：{half.ground}）"


def _box(half: Half | None) -> Box:
    return Box(half.text, cited(half)) if half else Box("—")


def _matrix_box(cell: Cell) -> Box:
    marks = tuple(MARKS[mark] for mark in cell.marks)
    if cell.half is None:
        return Box("—", "", marks, cell.reason)
    relaxes = f"{RELAXED}：{cell.half.relaxes}（依据：{cell.half.ground}）" if cell.half.relaxes else ""
    return Box(cell.half.text, cited(cell.half), marks, relaxes or cell.reason)


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
