"""版记 (7.4), page numbers (7.5) and the draft mark."""

from __future__ import annotations

from dataclasses import dataclass

from notices.document import blocks as doc
from notices.typeset.atoms import AtomPiece, pieces
from notices.typeset.blocks import Ground
from notices.typeset.fonts import glyphs
from notices.typeset.lines import Measure, Style, compose, natural
from notices.typeset.model import Line, PlacedLine, RuleLine, Source
from notices.typeset.page import DRAFT, GREY


@dataclass(frozen=True, slots=True)
class Foot:
    """An imprint with its lower edge at 0 and everything above at negative heights; ``height`` in points."""

    lines: tuple[PlacedLine, ...]
    bars: tuple[RuleLine, ...]
    height: float

    def placed(self, bottom: float) -> tuple[list[PlacedLine], list[RuleLine]]:
        """The imprint with its lower edge at a height of the paper."""
        lines = [PlacedLine(bottom + line.baseline, line.fragments, source=line.source) for line in self.lines]
        return lines, [RuleLine(bar.x, bottom + bar.y, bar.width, bar.height) for bar in self.bars]


def imprint(block: doc.Imprint, layout: doc.Layout, on: Ground, number: int = 0) -> Foot | None:
    """The imprint of a document; of a letter only the copies, without rules (10.1), or None.

    ``number`` is the block's in its document.
    """
    copies = _copies(block.copies, on) if block.copies else []
    if layout == "letter":
        return _stack([copies], on, number, ruled=False) if copies else None
    return _stack([part for part in (copies, _printed(block, on)) if part], on, number, ruled=True)


def _small(on: Ground) -> Style:
    return Style(on.page.small_size, on.page.small_size)


def _copies(names: tuple[doc.Text, ...], on: Ground) -> list[Line]:
    """抄送：甲，乙。 one character from either side, turnover lines under the first name (7.4.2)."""
    size = on.page.small_size
    label = natural((AtomPiece("抄送：", "body"),), on.gauge, _small(on), size)
    measure = Measure(4 * size, 4 * size, on.width - size)
    first, *rest = compose(pieces((*doc.joined(names, "，"), doc.Span("。"))), on.gauge, _small(on), measure)
    return [Line((*label.fragments, *first.fragments)), *rest]


def _printed(block: doc.Imprint, on: Ground) -> list[Line]:
    """印发机关 at the left, 印发日期 at the right, on one line if both fit (7.4.3)."""
    size = on.page.small_size
    date = natural(pieces((*block.printed, doc.Span("印发"))), on.gauge, _small(on))
    date = date.moved(on.width - size - date.width)
    lines = compose(pieces(block.issuer), on.gauge, _small(on), Measure(size, size, on.width - size))
    if lines[-1].end + size > date.start:
        return [*lines, date]
    return [*lines[:-1], Line((*lines[-1].fragments, *date.fragments))]


def _stack(parts: list[list[Line]], on: Ground, number: int, *, ruled: bool) -> Foot:
    """Parts above one another, thin rules between them and thick ones around them."""
    page = on.page
    height = page.small_line * sum(map(len, parts))
    y = -height
    lines: list[PlacedLine] = []
    bars: list[RuleLine] = []
    for n, part in enumerate(parts):
        if ruled:
            thickness = page.imprint_thin if n else page.imprint_thick
            bars.append(RuleLine(page.left, y, page.text_width, thickness))
        for line in part:
            baseline = y + on.baseline(page.small_size, page.small_line)
            lines.append(PlacedLine(baseline, line.moved(page.left).fragments, source=Source(number, n)))
            y += page.small_line
    if ruled:
        bars.append(RuleLine(page.left, -page.imprint_thick, page.text_width, page.imprint_thick))
    return Foot(tuple(lines), tuple(bars), height)


def page_number(number: int, on: Ground, *, sideways: bool = False) -> PlacedLine:
    """— 1 — in 4 号宋体, its dashes 7 mm under the text area; odd pages at the right, even ones at the left (7.5).

    On a landscape page it stands ``sideways``, where it is on the upright ones when the sheets are bound (8).
    """
    page = on.page
    line = natural((AtomPiece(f"— {number} —", "song"),), on.gauge, _small(on))
    _, high = glyphs(line.fragments[0].face).ink("—")
    x = page.right - page.small_size - line.width if number % 2 else page.left + page.small_size
    baseline = page.bottom + page.number_below + high * page.small_size
    return PlacedLine(baseline, line.moved(x).fragments, furniture=True, sideways=sideways)


def draft_mark(on: Ground) -> PlacedLine:
    """Small grey words in the head margin, so that no print of a draft passes for the document."""
    page = on.page
    line = natural((AtomPiece(DRAFT, "hei"),), on.gauge, Style(page.draft_size, page.draft_size, GREY))
    return PlacedLine(page.draft_top, line.moved(page.right - line.width).fragments, furniture=True)
