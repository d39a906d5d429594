"""Many editions at a glance: who is stricter than the national line on what, in words and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from notices.compare.matrix import MARKS, CellMark, Matrix, MatrixCell, MatrixRow
from notices.compare.matters import Matters
from notices.compare.tones import marks
from notices.reports.model import Part, ReportCell, ReportRow, ReportTable

_COUNTED: Mapping[CellMark, str] = {
    "stricter": "严",
    "looser": "宽",
    "changed": "异",
    "added": "增",
    "same": "同",
    "silent": "缺",
    "unseen": "未见",
}
"""What is counted of a matter, in this order, and how it is called where there is little room."""
_ORDERED: tuple[CellMark, ...] = ("stricter", "looser")
_LEAD = (
    "一览：每格先写总的结论，再写条数——严（从严）、宽（放宽）、异（不同，不能比宽严）、增（国家没有、本地增加）、同（相同）、"
    "缺（国家有、本地没有）、未见（草稿里没有读到）；“—”是两边都没有。"
)


def tables(found: Matrix, matters: Matters) -> Iterator[ReportTable]:
    """A row an authority and a column a matter; then rule by rule, who is stricter and who is looser."""
    told = [(place, side) for place, side in enumerate(found.sides) if found.lines[place]]
    grouped = _grouped(found.rows, matters)
    if len(told) < 2 or not grouped:
        return
    ranks = dict.fromkeys(found.ranks[place] for place, _ in told)
    rows = [
        (found.ranks[place], ReportRow((ReportCell(side.heading), *_summed(place, grouped)))) for place, side in told
    ]
    parts = tuple(Part(rank, tuple(row for at, row in rows if at == rank)) for rank in ranks)
    widths = (16.0, *([84 / len(grouped)] * len(grouped)))
    yield ReportTable("一览", ("发文机关", *grouped), widths, parts, lead=_LEAD)
    ways = tuple(_ways(found))
    if ways:
        heads = ("事项", "比国家规定严的", "比国家规定宽的")
        yield ReportTable(
            "宽严", heads, (24, 38, 38), (Part("", ways),), lead="逐条看，谁比国家规定严、谁比国家规定宽："
        )


def _grouped(rows: Sequence[MatrixRow], matters: Matters) -> dict[str, list[MatrixRow]]:
    """The rules of each matter that has any, each rule under the first matter that takes it."""
    found: dict[str, list[MatrixRow]] = {}
    taken: set[str] = set()
    for matter in matters.first:
        own = [
            row for row in rows if row.id not in taken and matter.covers(row.id, [c.half for c in row.cells if c.half])
        ]
        taken |= {row.id for row in own}
        found |= {matter.name: own} if own else {}
    return found


def _summed(place: int, grouped: Mapping[str, Sequence[MatrixRow]]) -> Iterator[ReportCell]:
    """What one authority's rules come to, matter by matter."""
    return (_sum([row.cells[place] for row in rows]) for rows in grouped.values())


def _sum(cells: Sequence[MatrixCell]) -> ReportCell:
    """What the rules of a matter come to for one authority."""
    counts = Counter(mark for cell in cells for mark in cell.marks if mark in _COUNTED)
    if not counts:
        return ReportCell("—")
    ordered = [mark for mark in _ORDERED if counts[mark]]
    shown = ordered or [next(mark for mark in _COUNTED if counts[mark])]
    text = " ".join(f"{word}{counts[mark]}" for mark, word in _COUNTED.items() if counts[mark])
    return ReportCell(text, "", marks(MARKS[mark] for mark in shown))


def _ways(found: Matrix) -> Iterator[ReportRow]:
    """Rules on which at least one authority is stricter or looser than its national line."""
    for row in found.rows:
        told = [_who(found, row, way) for way in _ORDERED]
        if any(told):
            yield ReportRow((ReportCell(row.label), *(ReportCell(names or "—") for names in told)))


def _who(found: Matrix, row: MatrixRow, way: CellMark) -> str:
    """Who is so, a line a rank."""
    told: dict[str, list[str]] = {}
    for side, rank, cell in zip(found.sides, found.ranks, row.cells, strict=True):
        if way in cell.marks:
            told.setdefault(rank, []).append(side.heading)
    return "\n".join(f"{rank}：{'、'.join(names)}" for rank, names in told.items())
