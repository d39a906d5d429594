"""Tables: cells measured once, then cut into the part each page has room for, the head on every one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from math import ceil, inf
from typing import NamedTuple

from notices.document import blocks as doc
from notices.document.placement import Numbered, Placed, rows_of, spans
from notices.ooxml.packed import Plain, packed, same
from notices.typeset.atoms import Gauge, pieces
from notices.typeset.columns import CLOSER, Settled, settled
from notices.typeset.lines import Measure, Style, compose, natural
from notices.typeset.model import CellPlace, Line, RuleLine
from notices.typeset.page import ASCENT, Page

_PART = 3
"""Part of a page, one in so many, that the first two rows may take and still be kept on one page."""
_TOGETHER = 2
"""Rows the last page of a table has at least."""


@dataclass(frozen=True, slots=True)
class _Box(Plain):
    """A cell's place in the grid and its set lines; ``end`` is the row after its last one.

    ``row``, ``down``, ``column`` and ``across`` of ``place`` are the document's; a row higher than a page is several
    in the grid.
    """

    row: int
    end: int
    left: int
    right: int
    lines: tuple[Line, ...]
    place: CellPlace


@dataclass(frozen=True, slots=True)
class RowPart:
    """What one page has of a table: lines with their baselines and bars, from the table's upper left corner down.

    Each line with the cell it stands in; ``blanks`` are the cells without text.
    """

    lines: tuple[tuple[float, Line, CellPlace], ...]
    bars: tuple[RuleLine, ...]
    height: float
    blanks: tuple[CellPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class _Band:
    """The head, or the body, measured: each row's height, and the boxes that reach into it."""

    rows: Sequence[tuple[_Box, ...]]
    heights: Sequence[float]

    def boxes(self, start: int, end: int) -> Iterator[_Box]:
        """Every box of some rows, once. A page looks at its own rows only, however long the table is."""
        for number, row in enumerate(self.rows[start:end], start):
            yield from (box for box in row if number in {box.row, start})

    def height(self, start: int, end: int) -> float:
        """The height of some rows together."""
        return sum(self.heights[start:end])


@dataclass(frozen=True)
class RuledTable:
    """A measured table. It stands among the rows of a page: ``places`` is what its beginning takes, in grid lines."""

    page: Page
    edges: tuple[float, ...]
    head: _Band
    body: _Band
    style: Style
    pitch: float
    down: float
    ruled: bool
    whole: bool = False
    tail: float = 0.0
    keep: bool = False
    bookmark: None = None
    lines: tuple[()] = field(default=())
    block: int = 0

    @property
    def places(self) -> float:
        """The head and the first rows that belong together; of a short table, all of it and what belongs under it."""
        whole = sum(self.head.heights) + sum(self.body.heights) + self.tail if self.whole else inf
        if whole <= self.page.lines * self.page.line:
            return whole / self.page.line
        first, second = self._begins
        return (sum(self.head.heights) + self.body.height(first[0], (second or first)[1])) / self.page.line

    @property
    def _begins(self) -> tuple[tuple[int, int], tuple[int, int] | None]:
        """The rows its first page has at least: those joined; one that is joined to none and the next, unless high."""
        groups = self._groups()
        first, second = next(groups, (0, 0)), next(groups, None)
        room = self.page.lines * self.page.line - sum(self.head.heights)
        if second and _count([first]) == 1 and self.body.height(first[0], second[1]) <= room / _PART:
            return first, second
        return first, None

    def parts(self, room: float, full: float) -> Iterator[RowPart | None]:
        """The table cut for a page with ``room`` points left and pages of ``full`` after it; None turns the page.

        Rows a tall cell joins stay together where a page can hold them.
        """
        told: dict[tuple[int, int], int] = {}
        for number, groups in enumerate(self._paged(room, full)):
            if number:
                yield None
            if groups or (self.head.heights and not self.body.heights):
                yield self._part(groups, told)

    def _paged(self, room: float, full: float) -> list[list[tuple[int, int]]]:
        """The groups of each page. The last row never stands alone, nor does what belongs under the table."""
        top = sum(self.head.heights)
        pages: list[list[tuple[int, int]]] = [[]]
        used, limit = top, room
        for group in self._cut(full - top):
            height = self.body.height(*group)
            if used + height > limit + 0.01 and (pages[-1] or limit < full - 0.01):
                pages.append([])
                used, limit = top, full
            pages[-1].append(group)
            used += height
        if len(pages) > 1 and _count(pages[0]) == 1 and room < full - 0.01 and self._begins[1]:
            return [[], *self._paged(full, full)]
        if used + self.tail > limit + 0.01 and _count(pages[-1]) > _TOGETHER and len(pages[-1]) > 1:
            pages.append([pages[-1].pop()])
            while _count(pages[-1]) < _TOGETHER and len(pages[-2]) > 1:
                pages[-1].insert(0, pages[-2].pop())
        elif len(pages) > 1 and _count(pages[-1]) == 1 and len(pages[-2]) > 1 and _count(pages[-2]) > _TOGETHER:
            more = self.body.height(*pages[-2][-1])
            if used + more + self.tail <= limit + 0.01:
                pages[-1].insert(0, pages[-2].pop())
        return pages

    def _groups(self) -> Iterator[tuple[int, int]]:
        """Spans of rows no cell reaches out of; a title goes with the row under it."""
        start = reach = 0
        count = len(self.body.rows)
        for row, boxes in enumerate(self.body.rows):
            reach = max(reach, row + 1, *(box.end for box in boxes))
            if reach == row + 1 and (reach == count or not self._title(boxes[0])):
                yield start, reach
                start = reach

    def _title(self, box: _Box) -> bool:
        """Whether a cell is the title of the rows under it."""
        return self.page.row_titles and box.right - box.left == len(self.edges) - 1 > 1

    def _cut(self, full: float) -> Iterator[tuple[int, int]]:
        """Groups, those too tall for any page row by row."""
        for start, end in self._groups():
            if self.body.height(start, end) <= full:
                yield start, end
            else:
                yield from ((row, row + 1) for row in range(start, end))

    def _part(self, groups: Sequence[tuple[int, int]], told: dict[tuple[int, int], int]) -> RowPart:
        """A page's part. ``told``: how many lines the parts before have of the cells the pages' ends cut."""
        lines: list[tuple[float, Line, CellPlace]] = []
        bars: list[RuleLine] = []
        blanks: list[CellPlace] = []
        height = 0.0
        bands = [(self.head, 0, len(self.head.heights))] if self.head.heights else []
        if groups:
            bands.append((self.body, groups[0][0], groups[-1][1]))
        for n, (band, start, end) in enumerate(bands):
            tops = [height, *accumulate(band.heights[start:end], initial=height)][1:]
            boxes = list(band.boxes(start, end))
            for box in boxes:
                top, bottom = tops[max(box.row, start) - start], tops[min(box.end, end) - start]
                text = box.lines
                if start > box.row or box.end > end:  # cut by a page's end: as much here as there is room for
                    before = told.get((box.row, box.left), 0)
                    room = int((bottom - top - 2 * self.down) / self.pitch + 0.01)
                    text = text[before:] if box.end <= end else text[before : before + room]
                    told[box.row, box.left] = before + len(text)
                drawn = [(baseline, line, box.place) for baseline, line in self._text(text, top, bottom)]
                lines += drawn
                blanks += [] if drawn else [box.place]
            if self.ruled:
                bars += self._shades(boxes, tops, start, head=band is self.head)
                bars += self._rules(boxes, tops, start, first=n == 0)
            height = tops[-1]
        return RowPart(tuple(lines), tuple(bars), height, tuple(blanks))

    def _text(self, lines: Sequence[Line], top: float, bottom: float) -> Iterator[tuple[float, Line]]:
        """The lines of a cell, in the middle of its height."""
        start = (top + bottom - len(lines) * self.pitch) / 2
        drop = (self.pitch - self.style.size) / 2 + ASCENT * self.style.size
        for n, line in enumerate(lines):
            if line.fragments:
                yield start + n * self.pitch + drop, line

    def _shades(self, boxes: Sequence[_Box], tops: Sequence[float], start: int, *, head: bool) -> Iterator[RuleLine]:
        """What stands under heads and titles, between the rules."""
        half = self.page.table_rule / 2
        for box in boxes:
            colour = self.page.head_shade if head else self.page.title_shade if self._title(box) else ""
            if colour:
                upper, lower = tops[max(box.row - start, 0)], tops[min(box.end - start, len(tops) - 1)]
                x, width = self.edges[box.left], self.edges[box.right] - self.edges[box.left]
                yield RuleLine(x, upper + half, width, lower - upper - 2 * half, colour)

    def _rules(self, boxes: Sequence[_Box], tops: Sequence[float], start: int, *, first: bool) -> Iterator[RuleLine]:
        """Rules where two cells meet, each as one bar as far as it goes. A head's lower rule is its body's upper."""
        thick = self.page.table_rule
        across: dict[int, list[tuple[int, int]]] = {}
        down: dict[int, list[tuple[int, int]]] = {}
        last = len(tops) - 1
        for box in boxes:
            upper, lower = max(box.row - start, 0), min(box.end - start, last)
            for level in (upper, lower):
                across.setdefault(level, []).append((box.left, box.right))
            for side in (box.left, box.right):
                down.setdefault(side, []).append((upper, lower))
        for level, reaches in across.items():
            if level or first:
                for left, right in _joined(reaches):
                    x = self.edges[left]
                    yield RuleLine(x - thick / 2, tops[level] - thick / 2, self.edges[right] - x + thick, thick)
        for side, reaches in down.items():
            for upper, lower in _joined(reaches):
                yield RuleLine(self.edges[side] - thick / 2, tops[upper], thick, tops[lower] - tops[upper])


def _count(groups: Iterable[tuple[int, int]]) -> int:
    """How many rows groups have together."""
    return sum(end - start for start, end in groups)


def _joined(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that touch or overlap as one."""
    start: int | None = None
    end = 0
    for left, right in sorted(set(spans)):
        if start is None:
            start, end = left, right
        elif left > end:
            yield start, end
            start, end = left, right
        else:
            end = max(end, right)
    if start is not None:
        yield start, end


def grid(block: doc.Table, page: Page, gauge: Gauge) -> RuledTable:
    """A table measured for a page: every cell set in its column's width, every row as high as its highest cell."""
    fit = settled(block, page)
    edges = tuple(accumulate(fit.widths, initial=0.0))
    setting = _Setting(page, gauge, Style(fit.size, fit.size), fit.pitch, edges, fit)
    head = setting.band(block.head, head=True)
    body = setting.band(block.rows, page.lines * page.line - sum(head.heights))
    return RuledTable(page, edges, head, body, setting.style, fit.pitch, fit.down, block.ruled, fit.whole)


class _Place(NamedTuple):
    """Where the lines of a cell begin and end, and whether letters may stand closer to make one line of two."""

    start: float
    end: float
    closer: bool


def _closer(text: doc.Text, gauge: Gauge, style: Style, place: _Place) -> list[Line]:
    """A text that all but fits as one line; nothing where it fits anyway, or would have to stand too close."""
    lack = natural(pieces(text), gauge, style).width - (place.end - place.start)
    each = lack / max(1, len(doc.plain(text)) - 1)
    if lack <= 0 or each > (CLOSER + 0.01) * style.size:
        return []
    return [natural(pieces(text), gauge, Style(style.size, style.size - each), place.start)]


@lru_cache(maxsize=4096)
def _set(text: doc.Text, align: doc.Align, gauge: Gauge, style: Style, place: _Place) -> tuple[Line, ...]:
    """The lines of a cell. Most cells of a checklist are the same for every applicant."""
    start, end, closer = place
    lines = _closer(text, gauge, style, place) if closer else []
    lines = lines or compose(pieces(text), gauge, style, Measure(start, start, end), ragged=True)
    if align == "left":
        return tuple(lines)
    share = 1.0 if align == "right" else 0.5
    return tuple(line.moved((end - line.end) * share) for line in lines)


@dataclass(frozen=True, slots=True)
class _Setting:
    page: Page
    gauge: Gauge
    style: Style
    pitch: float
    edges: tuple[float, ...]
    fit: Settled

    def band(self, rows: Sequence[doc.TableRow], most: float = inf, *, head: bool = False) -> _Band:
        """Rows set and measured; one higher than ``most`` becomes several."""
        heights = array("d")

        def measured() -> Iterator[tuple[_Box, ...]]:
            for here in spans(rows_of(rows, len(self.edges) - 1)):
                for boxes, height in self._span(here, most, len(heights), head=head):
                    heights.append(height)
                    yield boxes

        return _Band(packed(measured(), same), heights)

    def _span(
        self, rows: Sequence[Numbered], most: float, first: int, *, head: bool
    ) -> Iterator[tuple[tuple[_Box, ...], float]]:
        """Rows no cell reaches out of, the ``first`` of them by its number among those measured."""
        base = rows[0][0]
        boxes = [
            self._box(placed, base, head=head) for number, _, here in rows for placed in here if placed.row == number
        ]
        heights = [max(min(row.height, most), self.pitch + 2 * self.fit.down) for _, row, _ in rows]
        for box in sorted(boxes, key=lambda box: box.end - box.row):
            needed, there = self._height(box), sum(heights[box.row : box.end])
            if box.end - box.row > 1 and max(needed, there) > most:  # every page's end may cost it a line
                turns = min(box.end - box.row, 2 * ceil(max(needed, there) / most) + 1)
                needed += turns * (self.pitch + 2 * self.fit.down)
            heights[box.end - 1] += max(0.0, needed - there)
        return self._split(boxes, heights, most, first)

    def _height(self, box: _Box) -> float:
        return len(box.lines) * self.pitch + 2 * self.fit.down

    def _box(self, placed: Placed, base: int, *, head: bool) -> _Box:
        cell, right = placed.cell, placed.column + placed.cell.across
        start = self.edges[placed.column] + self.fit.across
        end = self.edges[right] - self.fit.across
        texts = self.fit.lines(cell, placed.column)
        lines = tuple(line for text in texts for line in self._lines(text, cell.align, start, end))
        row = placed.row - base
        place = CellPlace(head, placed.row, placed.column, cell.down, cell.across, cell.label)
        return _Box(row, row + cell.down, placed.column, right, lines, place)

    def _lines(self, text: doc.Text, align: doc.Align, start: float, end: float) -> Iterator[Line]:
        if not text:
            yield Line(())
            return
        yield from _set(text, align, self.gauge, self.style, _Place(start, end, self.fit.closer))

    def _split(
        self, boxes: list[_Box], heights: list[float], most: float, first: int
    ) -> Iterator[tuple[tuple[_Box, ...], float]]:
        """Rows higher than a page, each as rows of as many lines as a page holds; numbered from ``first``."""
        down = 2 * self.fit.down
        room = max(1, int((most - down) // self.pitch)) if most < inf else 0
        counts = [ceil((height - down) / (room * self.pitch) - 0.01) if height > most else 1 for height in heights]
        starts = [*accumulate(counts, initial=first)]
        rows: list[list[_Box]] = [[] for _ in range(starts[-1] - first)]
        for box in boxes:
            for part in self._shares(box, starts, room):
                for row in rows[part.row - first : part.end - first]:
                    row.append(part)
        lower = [
            most if n < counts[row] - 1 else height - n * room * self.pitch
            for row, height in enumerate(heights)
            for n in range(counts[row])
        ]
        return zip(map(tuple, rows), lower, strict=True)

    @staticmethod
    def _shares(box: _Box, starts: Sequence[int], room: int) -> Iterator[_Box]:
        """A box on the divided rows; one of a single row has its lines shared out."""
        if box.end - box.row > 1:
            yield replace(box, row=starts[box.row], end=starts[box.end])
            return
        first, end = starts[box.row], starts[box.end]
        for n in range(end - first):
            lines = box.lines[n * room : (n + 1) * room] if end - first > 1 else box.lines
            yield replace(box, row=first + n, end=first + n + 1, lines=lines)
