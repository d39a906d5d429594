"""Block kinds on the grid: each becomes rows of whole lines. A new kind is one function in :data:`KINDS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from math import ceil
from types import MappingProxyType
from typing import Any

from notices.document import blocks as doc
from notices.typeset.atoms import AtomPiece, Gauge, pieces
from notices.typeset.fonts import Role
from notices.typeset.lines import Measure, Style, body_style, compose, natural
from notices.typeset.model import Bookmark, Line
from notices.typeset.page import ASCENT, Page
from notices.typeset.tables import RuledTable, grid


@dataclass(frozen=True, slots=True)
class FigureSize:
    """A picture and the size it is set in."""

    content: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Row:
    """One or more whole lines of the grid: lines with their baselines below the row's top. No lines: a blank row.

    ``keep`` holds it on one page with the next row; ``block`` and ``text``: which text of which block it shows.
    """

    lines: tuple[tuple[float, Line], ...] = ()
    places: int = 1
    keep: bool = False
    bookmark: Bookmark | None = None
    block: int = 0
    text: int = 0
    figure: FigureSize | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """The rows of one block. Of two neighbours' ``after`` and ``before`` blank lines the greater counts."""

    rows: tuple[Row | RuledTable, ...]
    before: int = 0
    after: int = 0
    new_page: bool = False
    tied: bool = False
    """Never alone on a page: the last two lines of text before it go with it, and a list of attachments whole."""
    listed: bool = False
    """A list of attachments: no text that a signature could share its page with."""
    introduces: bool = False
    """Text that ends with a colon: it stays with the first line of what it introduces."""

    def of(self, block: int) -> Flow:
        """The same, its rows told which block of the document they show."""
        return replace(self, rows=tuple(replace(row, block=block) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Ground:
    """What a block is set on: the page and the measures of its faces."""

    page: Page
    gauge: Gauge

    @property
    def style(self) -> Style:
        """3 号字 on the grid."""
        return body_style(self.page)

    @property
    def cell(self) -> float:
        """One character's place."""
        return self.page.cell

    @property
    def width(self) -> float:
        """The width of the text area."""
        return self.page.text_width

    def baseline(self, size: float, line: float | None = None) -> float:
        """The baseline below the top of a line in which characters of a size stand in the middle."""
        return ((line or self.page.line) - size) / 2 + ASCENT * size

    def row(self, line: Line, *, keep: bool = False, bookmark: Bookmark | None = None, text: int = 0) -> Row:
        """One line of the grid."""
        return Row(((self.baseline(line.fragments[0].size), line),), keep=keep, bookmark=bookmark, text=text)

    def centred(self, text: tuple[AtomPiece, ...], style: Style) -> list[Line]:
        """A text in the middle of the text area; one too wide for it is cut into lines."""
        line = natural(text, self.gauge, style)
        lines = [line] if line.width <= self.width else compose(text, self.gauge, style, Measure(0, 0, self.width))
        return [each.moved((self.width - each.width) / 2 - each.start) for each in lines]

    def rows(
        self, lines: Iterable[Line], *, keep: bool = False, bookmark: Bookmark | None = None, text: int = 0
    ) -> tuple[Row, ...]:
        """Lines of the grid, the bookmark at the first."""
        marks = chain((bookmark,), repeat(None))
        return tuple(
            self.row(line, keep=keep, bookmark=mark, text=text) for line, mark in zip(lines, marks, strict=False)
        )


def title_lines(block: doc.Title, on: Ground) -> tuple[list[Line], list[Line]]:
    """The lines of a title (7.3.1: 2 号小标宋, centred) and of its subtitle (楷体 3 号)."""
    size = on.page.title_size
    lines = [line for text in block.lines for line in on.centred((AtomPiece(text, "title"),), Style(size, size))]
    subtitle = on.centred(pieces(block.subtitle, "kai"), on.style) if block.subtitle else []
    return lines, subtitle


def _title(block: doc.Title, on: Ground) -> Flow:
    lines, subtitle = title_lines(block, on)
    first = on.baseline(on.page.title_size)
    height = (len(lines) - 1) * on.page.title_line + on.page.line
    placed = tuple((first + n * on.page.title_line, line) for n, line in enumerate(lines))
    mark = Bookmark(1, "".join(block.lines))
    head = Row(placed, ceil(height / on.page.line - 0.01), keep=True, bookmark=mark)
    return Flow((head, *on.rows(subtitle, keep=True, text=1)), after=1)


def _label(block: doc.AttachmentLabel, on: Ground) -> Flow:
    """附件 or 附件1: 黑体, flush left on the first line; the title stands on the third (7.3.7)."""
    line = natural((AtomPiece(block.text, "hei"),), on.gauge, on.style)
    return Flow((on.row(line, keep=True, bookmark=Bookmark(1, block.text)),), after=1, new_page=True)


def _salutation(block: doc.Salutation, on: Ground) -> Flow:
    """主送机关 (7.3.2): flush left, turnover lines too."""
    return Flow(on.rows(compose(pieces(block.text), on.gauge, on.style, Measure(0, 0, on.width))))


def _indented(text: doc.Text, on: Ground, role: Role = "body") -> list[Line]:
    return compose(pieces(text, role), on.gauge, on.style, Measure(2 * on.cell, 0, on.width))


def _paragraph(block: doc.Paragraph | doc.Note, on: Ground) -> Flow:
    return Flow(on.rows(_indented(block.text, on)), introduces=doc.introduces(block))


_HEADING: Mapping[int, Role] = MappingProxyType({1: "hei", 2: "kai"})


def _heading(block: doc.Heading, on: Ground) -> Flow:
    """结构层次序数 (7.3.3): level 1 黑体, level 2 楷体, then 仿宋; never the last line of a page."""
    lines = _indented(block.text, on, _HEADING.get(block.level, "body"))
    return Flow(on.rows(lines, keep=True, bookmark=Bookmark(block.level + 1, doc.plain(block.text))))


def _chapter(block: doc.Chapter, on: Ground) -> Flow:
    lines = on.centred((AtomPiece(block.text, "hei"),), on.style)
    return Flow(on.rows(lines, keep=True, bookmark=Bookmark(2, block.text)), before=1, after=1)


def _attachments(block: doc.AttachmentList, on: Ground) -> Flow:
    """附件说明 (7.3.4): numbers under one another, turnover lines under the name's first character."""
    label = natural((AtomPiece("附件：", "body"),), on.gauge, on.style, 2 * on.cell)
    start = label.start + 3 * on.cell
    several = len(block.names) > 1
    numbers = [f"{n}." if several else "" for n in range(1, len(block.names) + 1)]
    widths = [natural((AtomPiece(number, "body"),), on.gauge, on.style).width if number else 0.0 for number in numbers]
    rows: list[Row] = []
    for n, (number, name) in enumerate(zip(numbers, block.names, strict=True)):
        at = start + max(widths)
        first, *rest = compose(pieces(name), on.gauge, on.style, Measure(at, at, on.width))
        lead = natural((AtomPiece(number, "body"),), on.gauge, on.style, start).fragments if number else ()
        lines = [Line((*(label.fragments if n == 0 else ()), *lead, *first.fragments)), *rest]
        rows += on.rows(lines, text=n)
    return Flow(tuple(rows), before=1, listed=True)


def _signature(block: doc.Signature, on: Ground) -> Flow:
    """署名 and 成文日期 (7.3.5): without a seal two characters from the right, with one the date four."""
    limit = Measure(0, 0, on.width - 4 * on.cell)
    composed = [compose(pieces(issuer), on.gauge, on.style, limit) for issuer in block.issuers]
    names = [line for lines in composed for line in lines]
    dates = compose(pieces(block.date), on.gauge, on.style, limit) if block.date else []
    name, date = (max((line.width for line in lines), default=0.0) for lines in (names, dates))
    if block.sealed:
        left = on.width - 4 * on.cell - date
        middle = left + date / 2
        placed = [line.moved(max(0.0, min(middle - line.width / 2, on.width - line.width))) for line in names]
    elif date > name:
        left = on.width - 2 * on.cell - date
        placed = [line.moved(max(0.0, left - 2 * on.cell)) for line in names]
    else:
        placed = [line.moved(on.width - 2 * on.cell - name) for line in names]
        left = on.width - name
    if block.signed:
        return _signed_by_name(names, dates, [n for n, lines in enumerate((*composed, dates)) for _ in lines], on)
    texts = [n for n, lines in enumerate((*composed, dates)) for _ in lines]
    lines = (*placed, *(line.moved(left) for line in dates))
    rows = [on.row(line, keep=True, text=text) for line, text in zip(lines, texts, strict=True)]
    return Flow(
        (*rows[:-1], replace(rows[-1], keep=False)), before=on.page.seal_blank if block.sealed else 1, tied=True
    )


def _signed_by_name(names: Sequence[Line], dates: Sequence[Line], texts: Sequence[int], on: Ground) -> Flow:
    """Who signs by name, four characters from the right two lines under the text; the day a line below (7.3.5.3)."""
    end = on.width - 4 * on.cell
    rows: list[Row] = []
    for n, line in enumerate((*names, *dates)):
        rows += [on.row(line.moved(max(0.0, end - line.width)), keep=True, text=texts[n])]
        rows += [Row(keep=True)] if dates and n == len(names) - 1 else []
    return Flow((*rows[:-1], replace(rows[-1], keep=False)), before=2, tied=True)


def _attendance(block: doc.Attendance, on: Ground) -> Flow:
    """出席, 请假, 列席: two characters in, turnover lines under the first character behind the colon (10.3)."""
    rows: list[Row] = []
    for n, text in enumerate(block.names):
        label, names = _cut(text)
        lead = natural(pieces(label), on.gauge, on.style, 2 * on.cell)
        at = 2 * on.cell + lead.width
        first, *rest = compose(pieces(names), on.gauge, on.style, Measure(at, at, on.width)) or [Line(())]
        rows += on.rows([Line((*lead.fragments, *first.fragments)), *rest], text=n)
    return Flow(tuple(rows), before=1)


def _cut(text: doc.Text) -> tuple[doc.Text, doc.Text]:
    """The word a text begins with in its own face, and what follows it."""
    first = next((n for n, span in enumerate(text) if span.face != "hei"), len(text))
    return text[:first], text[first:]


def _table(block: doc.Table, on: Ground) -> Flow:
    return Flow((grid(block, on.page, on.gauge),))


def _figure(block: doc.Figure, on: Ground) -> Flow:
    """A picture in the middle of as many whole lines as it takes, never larger than the text area."""
    width, height = block.within(on.page.text_width, on.page.lines * on.page.line)
    size = FigureSize(block.content, width, height)
    return Flow((Row(places=max(1, ceil(height / on.page.line - 0.01)), figure=size),))


KINDS: Mapping[type, Callable[[Any, Ground], Flow]] = MappingProxyType(
    {
        doc.Title: _title,
        doc.AttachmentLabel: _label,
        doc.Salutation: _salutation,
        doc.Paragraph: _paragraph,
        doc.Heading: _heading,
        doc.Chapter: _chapter,
        doc.AttachmentList: _attachments,
        doc.Signature: _signature,
        doc.Attendance: _attendance,
        doc.Note: _paragraph,
        doc.Table: _table,
        doc.Figure: _figure,
    }
)
"""How each kind of block is set. Masthead, Imprint and Section are not; see ``heads``, ``foot``, ``pages``."""
