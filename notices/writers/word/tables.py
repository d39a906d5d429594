"""Tables and landscape pages in Word.

A :class:`~notices.document.blocks.Section` leaves a mark in the flow, an empty ``w:sectPr`` that says which way the
pages before it lie; :func:`settle` makes real sections of the marks, after the base document's own one.

Rows never become elements of the tree: :class:`Strips` holds their place in it and gives them as text when the file is
written, so that a table of any length takes the memory of one row.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import NamedTuple, TypeAlias

from notices.document.blocks import Cell, Table, TableRow, Text
from notices.document.placement import Numbered, Placed, rows_of, spans
from notices.errors import Problem, ProblemsError
from notices.ooxml.xml import Element, aside, escaped, fragment, local, parse, q, serialise, w
from notices.typeset.columns import CLOSER, Settled, settled
from notices.typeset.page import PAGE, REPORT, Page

Paragraph: TypeAlias = Callable[[str, Text, str], Element]
Shapes: TypeAlias = dict[object, tuple[str, ...]]
"""Cells by all that makes them alike: what stands before, between and after their texts."""
_MOST_SHAPES = 2000
CELL_STYLES = {False: "表格文字", True: "表格小字"}
BREAK_STYLE = "分节"
TABLE_STYLES = (*CELL_STYLES.values(), BREAK_STYLE)
"""Styles a base document must have for documents with tables."""

_WIDTHS = {False: 8844, True: 12756}
"""Width of the text area of upright and landscape pages, 156 and 225 mm, in twips."""
_CELLS = {False: 28, True: 40}
_RULE = round(20 * PAGE.table_rule)
_PART = 3
"""Part of a page rows may take to be kept together for that: higher ones would leave too much of a page."""
_LANDSCAPE_FOOTERS = {"default": "footer4.xml", "even": "footer5.xml"}


class Strips:
    """Rows kept out of the tree, and the marks that stand for them in it."""

    def __init__(self) -> None:
        self._rows: list[Iterator[str]] = []

    def keep(self, rows: Iterator[str]) -> Element:
        """A mark for some rows. No text can look like it: in a text its bracket is written otherwise."""
        self._rows.append(rows)
        return aside(_MARK, str(len(self._rows) - 1))

    def laid(self, part: bytes) -> Iterator[bytes]:
        """A part with the rows in the places of their marks, piece by piece.

        Raises:
            ProblemsError: the base has marks of its own.
        """
        *pieces, last = re.split(rb"<\?%s (\d+)\?>" % _MARK.encode(), part)
        before, numbers = pieces[::2], [int(number) for number in pieces[1::2]]
        if numbers != list(range(len(self._rows))):
            raise ProblemsError([Problem("Word 底稿", 0, 0, "", f"底稿里不能有 {_MARK}", "从自带的底稿另存一份再改")])
        for piece, rows in zip(before, self._rows, strict=True):
            yield piece
            yield from (row.encode() for row in rows)
        yield last


_MARK = "notices-rows"


class Below(NamedTuple):
    """What stands under a table: notes, as rows of its own without rules, and whether what follows stays with it."""

    notes: tuple[Table, ...] = ()
    ties: bool = False


def table(block: Table, strips: Strips, means: Means, *, page: Page, below: Below = Below()) -> Element:  # noqa: B008
    """A ``w:tbl`` on a page, its rows in ``strips``."""
    fit = settled(block, page)
    columns = list(fit.columns)
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    rule = {"val": "single", "sz": round(8 * PAGE.table_rule), "color": "000000"} if block.ruled else {"val": "nil"}
    across, down = round(20 * fit.across), round(20 * fit.down)
    # A rule takes room of its own in Word.
    padding = (("top", down), ("left", across), ("bottom", down - _RULE * block.ruled), ("right", across))
    properties = w(
        "tblPr",
        w("tblW", w=sum(columns), type="dxa"),
        w("jc", val="center"),
        w("tblBorders", *(w(edge, space=0, **rule) for edge in edges)),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=size, type="dxa") for side, size in padding)),
    )
    rows = _Rows(columns, fit, means.paragraph, means.shapes, page, below.ties or bool(below.notes))
    under = [
        _Rows([sum(columns)], settled(one, page), means.paragraph, means.shapes, page, tied, len(columns)).body(
            one.rows
        )
        for one, tied in ((one, below.ties or one is not below.notes[-1]) for one in below.notes)
    ]
    made = strips.keep(chain(rows.head(block.head), rows.body(block.rows, rows.height(block.head)), *under))
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=column) for column in columns)), made)


class _Kind(NamedTuple):
    """How a cell is made: its width, its part of a cell over several rows, letters that stand closer, its row kept."""

    size: int
    merge: str | None
    tight: bool
    keep: bool


class Means(NamedTuple):
    """What cells are made with: ``paragraph`` makes one of a style name, a text and an alignment.

    ``shapes`` keeps cells for the next table that ``paragraph`` makes the same of.
    """

    paragraph: Paragraph
    shapes: Shapes


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one table. ``shapes`` are the cells made so far, by everything but their characters."""

    columns: list[int]
    fit: Settled
    paragraph: Paragraph
    shapes: Shapes
    page: Page
    ties: bool
    under: int = 0
    """Of notes: how many columns the table has that they stand under."""

    def head(self, rows: Sequence[TableRow]) -> Iterator[str]:
        """The head: on every page, and never alone."""
        for number, (row, here) in enumerate(rows_of(rows, len(self.columns))):
            yield self._row(number, row, here, head=True, keep=True)

    def body(self, rows: Sequence[TableRow], head: float = 0.0) -> Iterator[str]:
        """The rows under a head of a height, those a cell joins on one page where a page has room for them.

        Two rows stand on a table's first page at least, and on its last.
        """
        full = self.page.lines * self.page.line - head
        groups = spans(rows_of(rows, len(self.columns)))
        group = next(groups, None)
        first, whole = True, self.fit.whole and self.height(rows) <= full
        while group is not None:
            following = next(groups, None)
            height = self._span(group)
            lone = following is not None and (
                (first and len(group) == 1) or (len(following) == 1 and following[-1][0] == len(rows) - 1)
            )
            tied = whole or (lone and following is not None and height + self._span(following) <= full / _PART)
            for number, row, here in group:
                last = number == len(rows) - 1
                inner = number < group[-1][0] and height <= full
                heading = self.page is REPORT and len(row.cells) == 1
                keep = heading or inner or (number == group[-1][0] and (self.ties if last else tied))
                yield self._row(number, row, here, head=False, keep=keep)
            group, first = following, False

    def height(self, rows: Sequence[TableRow]) -> float:
        """What rows take, in points: about, as the program that opens the file sets their lines."""
        return sum(self._span(group) for group in spans(rows_of(rows, len(self.columns))))

    def _span(self, group: Sequence[Numbered]) -> float:
        """What rows that cells join take. A cell over several of them counts where they are too low for it."""
        base, bare = group[0][0], self.fit.pitch + 2 * self.fit.down
        heights = [max(row.height, bare) for _, row, _ in group]
        for number, _, here in group:
            for placed in (each for each in here if each.row + each.cell.down == number + 1):
                needed = self.fit.count(placed.cell, placed.column) * self.fit.pitch + 2 * self.fit.down
                heights[number - base] += max(0.0, needed - sum(heights[placed.row - base : number - base + 1]))
        return sum(heights)

    def _row(self, number: int, row: TableRow, here: Sequence[Placed], *, head: bool, keep: bool) -> str:
        marks = [w("cantSplit"), *([w("tblHeader")] if head else [])]
        height = [w("trHeight", val=round(20 * row.height), hRule="atLeast")] if row.height else []
        cells = "".join(
            self._cell(placed, _merge(placed.cell, first=placed.row == number), keep=keep) for placed in here
        )
        return f"<w:tr>{fragment(w('trPr', *marks, *height))}{cells}</w:tr>"

    def _cell(self, placed: Placed, merge: str | None, *, keep: bool) -> str:
        """A cell; thousands differ in nothing but their characters, which are put between the same pieces."""
        cell = placed.cell
        lines = self.fit.lines(cell, placed.column) if merge != "continue" else ()
        tight = self.fit.tight(cell, placed.column)
        runs = tuple(tuple((span.face, span.text.isascii()) for span in line) for line in lines)
        size = sum(self.columns[placed.column : placed.column + cell.across])
        shape = (size, self.fit.size, tight, keep, self.under or cell.across, bool(self.under), merge, cell.align, runs)
        known = self.shapes.get(shape)
        if known is None:
            if len(self.shapes) >= _MOST_SHAPES:
                self.shapes.clear()
            known = self.shapes[shape] = self._pieces(self._shaped(cell, lines, _Kind(size, merge, tight, keep)))
        first, *rest = known
        texts = (escaped(span.text) for line in lines for span in line)
        return first + "".join(text + piece for text, piece in zip(texts, rest, strict=True))

    @staticmethod
    def _pieces(cell: Element) -> tuple[str, ...]:
        """What stands before, between and after a cell's texts."""
        for element in cell.iter(q("t")):
            element.text = "x"
        first, *rest = fragment(cell).split(">x</w:t>")
        pieces = (first, *(f"</w:t>{one}" for one in rest))
        return tuple(piece + ">" * (n < len(rest)) for n, piece in enumerate(pieces))

    def _shaped(self, cell: Cell, lines: tuple[Text, ...], kind: _Kind) -> Element:
        parts = [w("tcW", w=kind.size, type="dxa"), w("vAlign", val="center")]
        if (across := self.under or cell.across) > 1:
            parts.append(w("gridSpan", val=across))
        if self.under:
            parts.append(w("tcBorders", *(w(side, val="nil") for side in ("left", "bottom", "right"))))
        if kind.merge:
            parts.append(w("vMerge", val=kind.merge))
        style = CELL_STYLES[self.fit.size <= self.page.table_small]
        made = [self.paragraph(style, line, cell.align) for line in lines or ((),)]
        for paragraph in made:
            self._set(paragraph, tight=kind.tight, keep=kind.keep)
        return w("tc", w("tcPr", *parts), *made)

    def _set(self, paragraph: Element, *, tight: bool, keep: bool) -> None:
        """What the style does not say: that rows stay together, a size below the style's, letters that stand closer."""
        properties = paragraph[0]
        fine = self.fit.size < self.page.table_small
        if fine:
            properties.insert(1, w("spacing", line=round(20 * self.fit.pitch), lineRule="exact"))
        if keep:
            properties.insert(1, w("keepNext"))
        more = [w("spacing", val=-ceil(20 * CLOSER * self.fit.size))] if tight else []
        if fine:
            more += [w(name, val=round(2 * self.fit.size)) for name in ("sz", "szCs")]
        for run in paragraph.iter(q("r")) if more else ():
            own = run.find(q("rPr"))
            if own is None:
                run.insert(0, own := w("rPr"))
            own.extend(copy.deepcopy(more))


def _merge(cell: Cell, *, first: bool) -> str | None:
    return None if cell.down == 1 else "restart" if first else "continue"


def gap(style: str, *, keep: bool) -> Element:
    """What separates a table from the text above or below it: a third of a line."""
    kept = [w("keepNext")] if keep else []
    return w(
        "p", w("pPr", w("pStyle", val=style), *kept, w("spacing", line=round(20 * PAGE.table_gap), lineRule="exact"))
    )


def mark(*, landscape: bool) -> Element:
    """A section's end in the flow: pages up to here lie this way."""
    return w("sectPr", w("pgSz", orient="landscape" if landscape else "portrait"))


def settle(document: bytes, relations: bytes, *, landscape: bool) -> bytes:
    """The main part with its sections: every mark completed, and the last section landscape where that is asked.

    Raises:
        ProblemsError: a landscape page is needed and the base has no footers for it.
    """
    root = parse(document)
    own = root.find(q("body")).find(q("sectPr"))
    model = copy.deepcopy(own)
    marks = [one for one in root.iter(q("sectPr")) if one is not own]
    turned = [one.find(q("pgSz")).get(q("orient")) == "landscape" for one in marks]
    footers = _footers(relations) if landscape or any(turned) else {}
    for number, (one, lies) in enumerate(zip([*marks, own], [*turned, landscape], strict=True)):
        made = copy.deepcopy(model)
        if number:  # a first page's own head and foot are the first section's
            firsts = [c for c in made if local(c) == "titlePg" or c.get(q("type")) == "first"]
            for child in firsts:
                made.remove(child)
            if firsts:  # its bottom margin, too
                made.find(q("pgMar")).set(q("bottom"), str(int(20 * (PAGE.height - PAGE.bottom))))
        if lies:
            _turn(made, footers)
        one.getparent().replace(one, made)
    return serialise(root)


def _footers(relations: bytes) -> dict[str, str]:
    ids = {relation.get("Target"): relation.get("Id") for relation in parse(relations)}
    missing = [name for name in _LANDSCAPE_FOOTERS.values() if name not in ids]
    if missing:
        hint = "横排表格的页码要用它；从自带的底稿另存一份再改"
        raise ProblemsError([Problem("Word 底稿", 0, 0, "", f"缺少横排页的页脚 {'、'.join(missing)}", hint)])
    return {kind: ids[name] for kind, name in _LANDSCAPE_FOOTERS.items()}


def _turn(section: Element, footers: dict[str, str]) -> None:
    """Lay the pages of a section on their right edge: size, margins, grid and the footers with the number aside."""
    size, margins, grid = (section.find(q(tag)) for tag in ("pgSz", "pgMar", "docGrid"))
    for reference in [c for c in section if local(c) == "footerReference" and c.get(q("type")) in footers]:
        kind = reference.get(q("type"))
        section.replace(reference, w("footerReference", type=kind, r_id=footers[kind]))
    width, height = size.get(q("w")), size.get(q("h"))
    for name, value in (("w", height), ("h", width), ("orient", "landscape")):
        size.set(q(name), value)
    sides = {side: margins.get(q(side)) for side in ("top", "right", "bottom", "left")}
    after = {"left": "top", "bottom": "left", "right": "bottom", "top": "right"}
    for old, new in after.items():
        margins.set(q(new), sides[old])
    if grid is not None:
        pitch = _WIDTHS[True] / _CELLS[True]
        grid.set(q("charSpace"), str(round((pitch / 20 - 16) * 4096)))
