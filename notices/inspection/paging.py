"""On which page a paragraph of a Word file begins, about: the file does not say, so its lines are counted.

A line takes what its paragraph or the page's grid gives it, a paragraph as many lines as its characters fill. What a
word processor does besides (compressed punctuation, lines kept together, floating frames) is left out; a page told here
is one it may be off by.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import ceil, floor
from typing import Final

from notices.inspection.model import Foot, Paper, Para, Sheet, Table
from notices.wording.columns import cells

_NATURAL: Final = 1.3
"""The height of a line over the size of its characters, where nothing else is said: what the usual faces have."""
_MEETING: Final = re.compile("(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")
"""Where Chinese and letters or digits meet."""
_LEAST: Final = 10.0
"""Points of the narrowest cell."""
_LOWEST: Final = 30.0
"""Points of the lowest text area."""
_FIRST: Final = 30.0
"""Points of a row that stand on the page it begins on, where it may part."""
_TOGETHER: Final = 12
"""Paragraphs that may stay with one another."""
_OVER: Final = 1.0
"""Points a page's last line may stand lower than the text area, for rounding."""
_FIT: Final = 0.1
"""Of a character's place that may be missing at the end of a line: it is compressed."""


def line_height(para: Para, sheet: Sheet) -> float:
    """The height of one line of a paragraph, in points."""
    size = next((run.size for run in para.runs if run.size), 16.0)
    if para.rule == "exact" and para.line:
        return para.line
    natural = size * _NATURAL * (para.line if para.rule == "times" and para.line else 1.0)
    if para.rule == "least" and para.line:
        natural = max(natural, para.line)
    if sheet.pitch and para.snap:
        return sheet.pitch * max(1, -(-natural // sheet.pitch))
    return natural


def place(para: Para, sheet: Sheet) -> float:
    """The place most characters of a paragraph take along the line, in points: size, spacing, what a grid adds."""
    counts: dict[float, int] = defaultdict(int)
    for run in para.runs:
        own = ((run.size or 16.0) + run.spacing) * run.scale / 100
        counts[own + (sheet.between if run.grid else 0.0)] += len(run.text)
    return max(counts, key=lambda one: (counts[one], one), default=16.0)


def width(sheet: Sheet) -> float:
    """The width of the text area, in points."""
    return sheet.width - (sheet.left or 0.0) - (sheet.right or 0.0)


def lines(para: Para, sheet: Sheet, free: float) -> int:
    """How many lines a paragraph takes where so many points are free, its indents among them."""
    room = free - para.left - para.right
    step = max(1.0, place(para, sheet))
    count, first = 0, para.first
    for part in para.text.split("\n"):
        whole = max(step, floor(room / step + _FIT) * step)
        long = cells(part) * step / 2 + (len(_MEETING.findall(part)) * step / 4 if para.apart else 0.0)
        count += max(1, ceil((long + first) / whole - 0.01))
        first = 0.0
    return count


def paged(paper: Paper) -> Paper:
    """A Word file's paper with the page each paragraph begins on, about; one that has pages already as it is."""
    if any(para.page is not None for para in paper.paras) or not paper.paras:
        return paper
    made = tuple(_Pages(paper).run())
    return replace(paper, paras=made, about=True)


@dataclass
class _Pages:
    """The page being filled: its number, and how much of its text area is taken, in points."""

    paper: Paper
    page: int = 1
    taken: float = 0.0
    sheet: int = 0
    rows: dict[tuple[int, int], float] = field(default_factory=dict)
    """How high each row of a table is."""

    def run(self) -> Iterator[Para]:
        self.rows = _rows(self.paper)
        placed: set[tuple[int, int]] = set()
        for at, para in enumerate(self.paper.paras):
            if para.sheet != self.sheet:
                self.sheet = para.sheet
                self.taken = 0.0 if para.breaks else self.taken
                self.page += para.breaks
            elif para.breaks and self.taken:
                self.page, self.taken = self.page + 1, 0.0
            if para.boxed:
                yield replace(para, page=self.page)
                continue
            if para.cell is None:
                self._together(at)
                yield self._text(para)
                continue
            if para.cell[:2] not in placed:  # a table within it may stand between its paragraphs
                placed.add(para.cell[:2])
                self._row(*para.cell[:2])
            yield replace(para, page=self.page)

    def _together(self, at: int) -> None:
        """Turn the page where paragraphs that stay with what follows them leave it no room."""
        high = 0.0
        for para in self.paper.paras[at : at + _TOGETHER]:
            sheet = self._sheet(para)
            if para.cell is not None:
                high += self.rows.get(para.cell[:2], 0.0)
            elif not para.keep:
                high += line_height(para, sheet)
            else:
                high += para.before + lines(para, sheet, width(sheet)) * line_height(para, sheet) + para.after
            if not para.keep or para.cell is not None:
                break
        if self.taken and self.paper.paras[at].keep and self._room() + _OVER - self.taken < high <= self._room():
            self.page, self.taken = self.page + 1, 0.0

    def _row(self, table: int, row: int) -> None:
        """A row; one that may part begins on this page if any of it does."""
        holder = self.paper.tables[table - 1]
        high = self.rows[table, row]
        if holder.floats:
            return
        page = self.page
        if row not in holder.whole:
            first = min(high, _FIRST)
            self._put(first)
            self.taken += high - first
            room = self._room()
            over = max(0, ceil((self.taken - _OVER) / room) - 1)
            self.page, self.taken = self.page + over, self.taken - over * room
        else:
            self._put(high)
        if self.page > page and row > holder.repeated:
            self.taken += sum(self.rows.get((table, head), 0.0) for head in range(1, holder.repeated + 1))

    def _text(self, para: Para) -> Para:
        """A paragraph of the text: it begins where its first line stands."""
        sheet = self._sheet(para)
        self.taken += para.before if self.taken or self.page == 1 else 0.0
        height = line_height(para, sheet)
        self._put(max(height, para.high))
        found = replace(para, page=self.page)
        for _ in range(lines(para, sheet, width(sheet)) - 1):
            self._put(height)
        self.taken += para.after
        return found

    def _sheet(self, para: Para) -> Sheet:
        return self.paper.sheets[min(para.sheet, len(self.paper.sheets) - 1)]

    def _put(self, height: float) -> None:
        """One line, or a row of a table, on this page or the next."""
        if self.taken and self.taken + height > self._room() + _OVER:
            self.page, self.taken = self.page + 1, 0.0
        self.taken += height

    def _room(self) -> float:
        """The height of the text area; a high header or footer takes of it."""
        sheet = self.paper.sheets[self.sheet]
        top = max(sheet.top or 0.0, (sheet.head or 0.0) + self._beside(sheet.heads, sheet))
        bottom = max(sheet.bottom or 0.0, (sheet.foot or 0.0) + self._beside(sheet.feet, sheet))
        return max(_LOWEST, sheet.height - top - bottom)

    def _beside(self, margins: Iterable[Foot], sheet: Sheet) -> float:
        """How high the header or the footer of this page is."""
        kinds = {one.pages: one for one in margins}
        here = kinds.get("first") if self.page == 1 and "first" in kinds else None
        here = here or kinds.get("even" if self.page % 2 == 0 else "odd") or kinds.get("all")
        paras = [para for para in (here.paras if here else ()) if para.cell is None and not para.boxed]
        return sum(line_height(para, sheet) + para.before + para.after for para in paras)


def _rows(paper: Paper) -> dict[tuple[int, int], float]:
    """How high each row of every table is: as high as the highest of its cells."""
    found: dict[tuple[int, int], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    across: dict[tuple[int, int], int] = defaultdict(int)
    for para in paper.paras:
        if para.cell is not None:
            across[para.cell[:2]] = max(across[para.cell[:2]], para.cell[2])
    for para in paper.paras:
        if para.cell is None or para.boxed:
            continue
        sheet, row = paper.sheets[para.sheet], para.cell[:2]
        room = _width(paper.tables[row[0] - 1], para.cell[2], across[row], sheet)
        high = lines(para, sheet, room) * line_height(para, sheet)
        found[row][para.cell[2]] += max(high, para.high) + para.before + para.after
    return {row: _high(paper.tables[row[0] - 1], row[1], max(columns.values())) for row, columns in found.items()}


def _high(table: Table, row: int, text: float) -> float:
    """How high a row is whose highest text is so high."""
    return max(text + table.padding[1], table.heights[row - 1] if row <= len(table.heights) else 0.0)


def _width(table: Table, column: int, across: int, sheet: Sheet) -> float:
    """What a cell's text has room for; cells that span columns are taken to be of one width."""
    whole = sum(table.widths) or width(sheet)
    own = table.widths[column - 1] if len(table.widths) == across else whole / max(1, across)
    return max(_LEAST, own - table.padding[0])
