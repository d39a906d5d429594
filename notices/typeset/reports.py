"""A report's page: small lying sheets, the lines of a text as close as they need be, each page with its number of all.

Nothing stands on a grid: the step of the page is one point, and a row is as many steps high as its lines. The figures
are the Word base's, too: ``scripts/word_styles.py`` takes them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, overload

from notices.document import blocks as doc
from notices.typeset.atoms import AtomPiece, pieces
from notices.typeset.blocks import Flow, Ground, Row, title_lines
from notices.typeset.lines import Measure, Style, compose, natural
from notices.typeset.model import Bookmark, Line, PlacedLine, PlacedPage
from notices.typeset.page import REPORT, mm
from notices.typeset.tables import grid


@dataclass(frozen=True, slots=True)
class Sort:
    """How a kind of text is set: size, height of a line, and what is left free above and below; all in points."""

    size: int
    line: int
    above: int = 0
    below: int = 0


TITLE = Sort(16, 22, below=4)
HEADING = Sort(12, 16, above=6, below=2)
TEXT = Sort(10, 14, above=1, below=1)
NUMBER = Sort(9, 12)
_FOOT = mm(7.5)
"""From the paper's lower edge to the line of the page's number."""

SHEET = replace(
    REPORT,
    landscape=False,  # lying paper, not upright paper turned: numbers stand at its foot
    size=TEXT.size,
    title_size=TITLE.size,
    title_line=TITLE.line,
    draft_top=mm(10),
    row_titles=True,
    head_shade="#f0f0f0",
    title_shade="#e6ebf0",
)
"""The page as it is drawn."""


def _rows(lines: Sequence[Line], sort: Sort, on: Ground, *, bookmark: Bookmark | None = None) -> tuple[Row, ...]:
    """A row a line, the first and the last with what is free above and below."""
    base = on.baseline(sort.size, sort.line)
    last = len(lines) - 1
    rows = []
    for n, line in enumerate(lines):
        above, below = sort.above * (n == 0), sort.below * (n == last)
        mark = bookmark if n == 0 else None
        rows.append(Row(((above + base, line),), above + sort.line + below, bookmark is not None, mark))
    return tuple(rows)


def _title(block: doc.Title, on: Ground) -> Flow:
    lines, subtitle = title_lines(block, on)
    rows = _rows(lines, TITLE, on, bookmark=Bookmark(1, "".join(block.lines)))
    return Flow((*rows, *_rows(subtitle, TEXT, on)))


def _heading(block: doc.Heading, on: Ground) -> Flow:
    lines = _flush(pieces(block.text, "hei"), HEADING, on)
    return Flow(_rows(lines, HEADING, on, bookmark=Bookmark(block.level + 1, doc.plain(block.text))))


def _paragraph(block: doc.Paragraph, on: Ground) -> Flow:
    return Flow(_rows(_flush(pieces(block.text), TEXT, on), TEXT, on))


def _flush(text: tuple[AtomPiece, ...], sort: Sort, on: Ground) -> list[Line]:
    """Lines from the left edge, not spread: nobody reads a report as a paper."""
    return compose(text, on.gauge, Style(sort.size, sort.size), Measure(0, 0, on.width), ragged=True)


def _table(block: doc.Table, on: Ground) -> Flow:
    return Flow((grid(block, on.page, on.gauge),))


KINDS: Mapping[type, Callable[[Any, Ground], Flow]] = MappingProxyType(
    {doc.Title: _title, doc.Heading: _heading, doc.Paragraph: _paragraph, doc.Table: _table}
)
"""How each kind of block a report has is set."""


class Numbered(Sequence[PlacedPage]):
    """The pages with their numbers, 1/4: how many there are is known when all are made."""

    def __init__(self, sheets: Sequence[PlacedPage], on: Ground) -> None:
        self._sheets, self._on = sheets, on

    def __len__(self) -> int:
        return len(self._sheets)

    @overload
    def __getitem__(self, index: int) -> PlacedPage: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[PlacedPage]: ...
    def __getitem__(self, index: int | slice) -> PlacedPage | Sequence[PlacedPage]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        sheet = self._sheets[number]
        return replace(sheet, lines=(*sheet.lines, self._number(number + 1)))

    def _number(self, number: int) -> PlacedLine:
        page = self._on.page
        told = (AtomPiece(f"{number}/{len(self)}", "body"),)
        line = natural(told, self._on.gauge, Style(NUMBER.size, NUMBER.size))
        baseline = page.height - _FOOT - NUMBER.line + self._on.baseline(NUMBER.size, NUMBER.line)
        return PlacedLine(baseline, line.moved((page.width - line.width) / 2).fragments, furniture=True)
