"""Rows to pages: 22 lines each, nothing separated that belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import TypeAlias

from notices.document import blocks as doc
from notices.ooxml.packed import packed, same
from notices.typeset import foot, heads, reports
from notices.typeset.atoms import gauge_of
from notices.typeset.blocks import KINDS, Flow, Ground, Row
from notices.typeset.fonts import FontSet
from notices.typeset.model import Bookmark, PlacedFigure, PlacedLine, PlacedPage, RuleLine, Source
from notices.typeset.page import PAGE, Page
from notices.typeset.tables import RuledTable

_WHOLE_LIST = 6
"""Lines of the longest list of attachments that is not divided between pages: a longer one would leave half a page."""

_CARRIED = 2
"""Lines of text that go with a signature to its page (7.3.5.5: no page without text)."""


_FEW, _TOGETHER = 100, 8
"""Pages kept as they are, and packed in one piece: a page is some thousand fragments."""


def typeset(document: doc.Document, fonts: FontSet, page: Page | None = None) -> Sequence[PlacedPage]:
    """All pages of a document, nothing drawn yet; on its layout's page where no other is given."""
    report = document.layout == "report"
    page = page or (reports.SHEET if report else PAGE)
    made = packed(_sheets(document, fonts, page), same, few=_FEW, together=_TOGETHER)
    return reports.Numbered(made, Ground(page, gauge_of(fonts))) if report else made


def _sheets(document: doc.Document, fonts: FontSet, page: Page) -> Iterator[PlacedPage]:
    """Pages as they are filled."""
    on = Ground(page, gauge_of(fonts))
    kinds = reports.KINDS if document.layout == "report" else KINDS
    top = heads.head(document, on)
    pages = _Pages(page, top, document, on)
    for n, (landscape, blocks) in enumerate(_sections(list(enumerate(document.blocks))[top.blocks :])):
        here = replace(on, page=page.turned()) if landscape else on
        if n or landscape:
            pages.turn_to(here.page)
        for chain in _chains(_rows([kinds[type(block)](block, here).of(number) for number, block in blocks])):
            yield from pages.add(chain)
    for number, block in enumerate(document.blocks):
        if isinstance(block, doc.Imprint):
            pages.close(foot.imprint(block, document.layout, on, number), even=block.even)
    yield from pages.rest()


_Numbered: TypeAlias = tuple[int, doc.Block]


def _sections(blocks: Sequence[_Numbered]) -> Iterator[tuple[bool, list[_Numbered]]]:
    """Stretches of numbered blocks between sections, and whether each is landscape. An imprint stands upright."""
    landscape = False
    here: list[_Numbered] = []
    for number, block in blocks:
        if isinstance(block, doc.Section):
            if here or number != blocks[0][0]:
                yield landscape, here
            landscape, here = block.landscape, []
        elif not isinstance(block, doc.Imprint):
            here.append((number, block))
    yield landscape, here
    if landscape and any(isinstance(block, doc.Imprint) for _, block in blocks):
        yield False, []


@dataclass(frozen=True, slots=True)
class _Turn:
    """A page ends here."""


def _rows(flows: Sequence[Flow]) -> list[Row | RuledTable | _Turn]:
    """All rows with the blank ones between blocks and the page turns before attachments."""
    rows: list[Row | RuledTable | _Turn] = []
    after = 0
    for n, flow in enumerate(flows):
        if flow.new_page:
            rows.append(_Turn())
        elif n:
            kept = flow.tied or (bool(rows) and not isinstance(rows[-1], _Turn) and rows[-1].keep)
            rows += [Row(keep=kept)] * max(after, flow.before)
        if flow.tied:
            _tie(rows, len(flows[n - 1].rows) if n and flows[n - 1].listed else 0)
        if flow.rows and isinstance(flow.rows[0], RuledTable):
            _introduce(rows, len(flows[n - 1].rows) if n and not flow.before else 0)
        rows += flow.rows
        if flow.introduces and n + 1 < len(flows) and not flows[n + 1].new_page:
            _introduce(rows, min(len(flow.rows), _CARRIED + 1 if len(flow.rows) <= _INTRODUCTION else _CARRIED))
        _underneath(rows)
        after = flow.after
        if 0 < len(flow.rows) <= _CARRIED and (n + 1 == len(flows) or flows[n + 1].new_page):
            _end(rows, len(flow.rows))
    return _labelled(rows)


def _end(rows: list[Row | RuledTable | _Turn], count: int) -> None:
    """A last paragraph of a line or two takes two lines before it along to its page."""
    own, rows[-count:] = rows[-count:], []
    if own and all(isinstance(row, Row) for row in own):
        _tie(rows)
        own[:-1] = [replace(row, keep=True) if isinstance(row, Row) else row for row in own[:-1]]
    rows += own


def _tie(rows: list[Row | RuledTable | _Turn], listed: int = 0) -> None:
    """Keep the last lines of text with what follows, beside the lines of a list of attachments.

    A long list may break; its last lines then are what goes along.
    """
    texts = -listed if listed <= _WHOLE_LIST else 0
    for n in range(len(rows) - 1, -1, -1):
        row = rows[n]
        if not isinstance(row, Row) or texts == _CARRIED:
            return
        rows[n] = replace(row, keep=True)
        texts += bool(row.lines)


_INTRODUCTION = 3
"""Lines of a paragraph before a table that stay with it; a longer one is no introduction."""


def _introduce(rows: list[Row | RuledTable | _Turn], count: int) -> None:
    """Keep a short text with the table it introduces."""
    if 0 < count <= _INTRODUCTION:
        rows[-count:] = [replace(row, keep=True) if isinstance(row, Row) else row for row in rows[-count:]]


def _underneath(rows: list[Row | RuledTable | _Turn]) -> None:
    """Notes without rules that come under a table: its last rows keep room for them."""
    notes = 0.0
    for n in range(len(rows) - 1, -1, -1):
        row = rows[n]
        if not isinstance(row, RuledTable):
            return
        if row.ruled:
            rows[n] = replace(row, tail=notes)
            return
        notes += row.places * row.page.line


def _labelled(rows: list[Row | RuledTable | _Turn]) -> list[Row | RuledTable | _Turn]:
    """One outline entry for an attachment: its label and its title together."""
    label: int | None = None
    for n, row in enumerate(rows):
        if isinstance(row, _Turn):
            label = n + 1
        elif label is not None and n > label and row.bookmark is not None:
            first = rows[label]
            if row.bookmark.level == 1 and isinstance(first, Row) and first.bookmark is not None:
                joined = Bookmark(1, f"{first.bookmark.label}　{row.bookmark.label}")
                rows[label], rows[n] = replace(first, bookmark=joined), replace(row, bookmark=None)
            label = None
    return rows


def _chains(rows: Iterable[Row | RuledTable | _Turn]) -> Iterator[tuple[Row | RuledTable, ...]]:
    """Rows that stay on one page together; an empty chain turns the page."""
    chain: list[Row | RuledTable] = []
    for row in rows:
        if isinstance(row, _Turn):
            if chain:
                yield tuple(chain)
            yield ()
            chain = []
            continue
        chain.append(row)
        if not row.keep:
            yield tuple(chain)
            chain = []
    if chain:
        yield tuple(chain)


@dataclass(slots=True)
class _Open:
    """A page being filled: where its grid begins and how many places are taken."""

    page: Page
    grid_top: float
    taken: float = 0
    lines: list[PlacedLine] = field(default_factory=list)
    bars: list[RuleLine] = field(default_factory=list)
    ruled: bool = False
    """Whether a table's lower rule is the last thing on it."""
    blanks: list[Source] = field(default_factory=list)
    numbered: bool = True
    figures: list[PlacedFigure] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.lines and not self.bars and not self.figures

    @property
    def room(self) -> float:
        """Points left for a table."""
        return (self.page.lines - self.taken) * self.page.line


class _Pages:
    """The page being filled, and full ones until they are fetched."""

    def __init__(self, page: Page, top: heads.Head, document: doc.Document, on: Ground) -> None:
        self._page, self._document, self._on = page, document, on
        taken = max(0, ceil((top.bottom - top.grid_top) / page.line - 0.01))
        self._open = _Open(page, top.grid_top, taken, list(top.lines), list(top.bars))
        self._full: list[PlacedPage] = []
        self._count = 0

    def turn_to(self, page: Page) -> None:
        """Go on with another page; the one just begun is changed where it is still empty."""
        self._page = page
        if not self._open.empty:
            self._turn()
        else:
            self._open = _Open(page, page.grid_top)

    def _turn(self) -> _Open:
        self._full.append(self._sheet())
        self._open = _Open(self._page, self._page.grid_top)
        return self._open

    def _fetched(self) -> Iterator[PlacedPage]:
        full, self._full = self._full, []
        return iter(full)

    def add(self, chain: tuple[Row | RuledTable, ...]) -> Iterator[PlacedPage]:
        """Place rows that belong together; an empty chain begins a new page unless it has just begun.

        Gives the pages that are full.
        """
        last = self._open
        if chain and isinstance(chain[0], Row):
            self._to_grid(last)
        if not chain:
            if not last.empty:
                self._turn()
            return
        gap = self._page.table_gap / self._page.line * any(isinstance(row, RuledTable) and row.ruled for row in chain)
        if last.taken + sum(row.places for row in chain) + gap > self._page.lines and not last.empty:
            last = self._turn()
        for row in chain:
            if isinstance(row, RuledTable):
                yield from self._table(row)
                last = self._open
                continue
            if last.taken + row.places > self._page.lines and not last.empty:
                last = self._turn()
            if row.lines or row.figure or not last.empty:
                self._place(row, last)
        yield from self._fetched()

    @staticmethod
    def _to_grid(on: _Open) -> None:
        """Text after a table goes back to the grid, a little below the table."""
        if on.ruled and not on.empty:
            on.taken += on.page.table_gap / on.page.line
        on.taken, on.ruled = ceil(on.taken - 0.01), False

    def _table(self, table: RuledTable) -> Iterator[PlacedPage]:
        on = self._open
        if table.ruled and not on.empty:
            on.taken += self._page.table_gap / self._page.line
        for part in table.parts(on.room, self._page.lines * self._page.line):
            if part is None:
                on = self._turn()
                yield from self._fetched()
                continue
            y = on.grid_top + on.taken * self._page.line
            for baseline, line, cell in part.lines:
                source = Source(table.block, 0, cell)
                on.lines.append(PlacedLine(y + baseline, line.moved(self._page.left).fragments, source=source))
            on.blanks += (Source(table.block, 0, cell) for cell in part.blanks)
            x = self._page.left
            on.bars += (RuleLine(bar.x + x, bar.y + y, bar.width, bar.height, bar.colour) for bar in part.bars)
            on.taken += part.height / self._page.line
            on.ruled = table.ruled

    def _place(self, row: Row, on: _Open) -> None:
        y = on.grid_top + on.taken * self._page.line
        source = Source(row.block, row.text)
        if row.figure:
            each, high = row.figure, row.places * on.page.line
            x = on.page.left + (on.page.text_width - each.width) / 2
            top = y + (high - each.height) / 2
            on.figures.append(PlacedFigure(each.content, x, top, each.width, each.height, row.block))
        for n, (baseline, line) in enumerate(row.lines):
            fragments = line.moved(self._page.left).fragments
            on.lines.append(PlacedLine(y + baseline, fragments, row.bookmark if n == 0 else None, source=source))
        on.taken += row.places

    def close(self, imprint: foot.Foot | None, *, even: bool) -> None:
        """Put the imprint at the foot of the last page, or of a new one where the text leaves no room.

        Where it has to be ``even``, an odd page is turned. One that is blank before it has no number, nor has the
        imprint's (7.5).
        """
        if imprint is None:
            return
        last = self._open
        if last.grid_top + last.taken * self._page.line > self._bottom(last) - imprint.height:
            last = self._turn()
        if even and self._count % 2 == 0:
            last.numbered = not last.empty
            numbered, last = last.numbered, self._turn()
            last.numbered = numbered
        lines, bars = imprint.placed(self._bottom(last))
        last.lines += lines
        last.bars += bars

    @staticmethod
    def _bottom(on: _Open) -> float:
        """The lower edge of the text area; of a letter's first page, that of its last line."""
        if on.grid_top == on.page.grid_top:
            return on.page.bottom
        return on.grid_top + on.page.lines * on.page.line - (on.page.line - on.page.size) / 2

    def rest(self) -> Iterator[PlacedPage]:
        """The pages not given yet, the last one too."""
        self._full.append(self._sheet())
        return self._fetched()

    def _sheet(self) -> PlacedPage:
        """The page with its number and, on a draft, its mark. A letter's first page has no number (10.1).

        A report's are numbered when all are there.
        """
        self._count += 1
        each, number = self._open, self._count
        mark = (foot.draft_mark(replace(self._on, page=each.page)),) if self._document.draft else ()
        hidden = self._document.layout == "report" or (number == 1 and self._document.layout == "letter")
        hidden = hidden or not each.numbered
        numbered = () if hidden else (foot.page_number(number, self._on, sideways=each.page.landscape),)
        lines = (*mark, *each.lines, *numbered)
        paper = (each.page.width, each.page.height)
        return PlacedPage(lines, tuple(each.bars), *paper, tuple(each.blanks), tuple(each.figures))
