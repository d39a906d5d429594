"""The head of a first page: 版头 (7.2) of a document, or the mark and double rules of a letter (10.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from notices.document import blocks as doc
from notices.typeset.atoms import AtomPiece, pieces
from notices.typeset.blocks import Ground, title_lines
from notices.typeset.fonts import glyphs
from notices.typeset.lines import Style, natural
from notices.typeset.model import Bookmark, Line, PlacedLine, RuleLine, Source
from notices.typeset.page import ASCENT, RED

_MARK_LINE = 1.3
"""Distance of the lines of a mark, in heights of its characters."""

_WIDEST = 1.0
"""The most a shorter line of a mark is spaced to the width of the longest, in em."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the grid of a first page, where the grid begins and where the text may."""

    lines: tuple[PlacedLine, ...] = ()
    bars: tuple[RuleLine, ...] = ()
    bottom: float = 0.0
    grid_top: float = 0.0
    blocks: int = 0


def head(document: doc.Document, on: Ground) -> Head:
    """The head of a document; without a masthead the grid begins at once."""
    first = document.blocks[0] if document.blocks else None
    if not isinstance(first, doc.Masthead):
        return Head(bottom=on.page.grid_top, grid_top=on.page.grid_top)
    top = _letter(first, on) if document.layout == "letter" else _document(first, on)
    title = document.blocks[1] if len(document.blocks) > 1 else None
    if not isinstance(title, doc.Title):  # minutes, orders: the text begins where a title would
        return replace(top, blocks=1, bottom=top.bottom + on.page.title_blank * on.page.line)
    return _with_title(top, title, on)


def _mark(lines: tuple[str, ...], top: float, middle: float, on: Ground) -> tuple[list[PlacedLine], float]:
    """发文机关标志 in red, upper ink edge at ``top``; and its lower ink edge. All lines have one size.

    The size lets the widest line fit; shorter lines are spaced to its width when that is not too far.
    """
    page = on.page
    widths = [natural((AtomPiece(text, "title"),), on.gauge, Style(1, 1)).width for text in lines]
    size = min(page.mark_width / max(widths), page.mark_height)
    baseline = 0.0
    placed: list[PlacedLine] = []
    for n, (text, width) in enumerate(zip(lines, widths, strict=True)):
        wider = (max(widths) - width) / (len(text) - 1) if len(text) > 1 else 0.0
        style = Style(size, size * (1 + wider if wider <= _WIDEST else 1), RED)
        line = natural((AtomPiece(text, "title"),), on.gauge, style)
        low, high = _ink(line)
        baseline = top + high if n == 0 else baseline + _MARK_LINE * size
        placed.append(PlacedLine(baseline, line.moved(middle - line.width / 2).fragments, source=Source(0)))
    return placed, baseline - low


def _ink(line: Line) -> tuple[float, float]:
    """Lowest and highest drawn point of a line, in points above the baseline."""
    edges = [(f.size, glyphs(f.face).ink(f.text)) for f in line.fragments]
    return min(size * low for size, (low, _) in edges), max(size * high for size, (_, high) in edges)


def _place(line: Line, top: float, left: float, on: Ground, text: int = 1) -> PlacedLine:
    size = line.fragments[0].size
    return PlacedLine(top + on.baseline(size), line.moved(left).fragments, source=Source(0, text))


def _upper(block: doc.Masthead, on: Ground, top: float) -> list[PlacedLine]:
    """份号, 密级, 紧急程度: flush left, a line each; of a document on the text area's first (7.2.1 to 7.2.3)."""
    page = on.page
    lines = [natural(pieces(text), on.gauge, on.style) for text in block.upper]
    tops = [top + n * page.line for n in range(len(lines))]
    return [_place(line, top, page.left, on, 2 + n) for n, (line, top) in enumerate(zip(lines, tops, strict=True))]


def _document(block: doc.Masthead, on: Ground) -> Head:
    """Mark 35 mm below the text area's edge, number two lines under it, the red rule 4 mm under that.

    An order's mark stands 20 mm below it; orders and minutes have no rule (10.2, 10.3).
    """
    page = on.page
    above = page.order_mark_top if block.form == "order" else page.mark_top
    placed, bottom = _mark(block.mark, above, page.left + page.text_width / 2, on)
    number = natural(pieces(block.number), on.gauge, on.style) if block.number else None
    top = bottom + page.number_blank * page.line
    signers = natural(pieces(block.signers), on.gauge, on.style) if block.signers else None
    if number is not None:  # with who signs beside it, a character in from the left (7.2.5)
        left = page.cell if signers else (page.text_width - number.width) / 2
        placed.append(_place(number, top, page.left + left, on))
    if signers is not None:
        placed.append(_place(signers, top, page.right - page.cell - signers.width, on, 2 + len(block.upper)))
    if block.form != "file":
        low = top + page.line if number is not None or signers is not None else bottom
        return Head((*_upper(block, on, page.grid_top), *placed), (), low, page.grid_top, 1)
    rule = top + on.baseline(page.size) + (1 - ASCENT) * page.size + page.rule_below
    bar = RuleLine(page.left, rule, page.text_width, page.rule, RED)
    return Head((*_upper(block, on, page.grid_top), *placed), (bar,), rule + page.rule, page.grid_top, 1)


def _letter(block: doc.Masthead, on: Ground) -> Head:
    """Mark 30 mm from the paper's edge, double rule under it, number at the right; a double rule at the foot.

    份号, 密级, 紧急程度 stand at the left, the first in the number's line; the title two lines under the last of all.
    The last line of a full first page ends 7/8 of a character above the lower rule, so its grid hangs from there.
    """
    page = on.page
    placed, bottom = _mark(block.mark, page.letter_mark_top, page.width / 2, on)
    upper = bottom + page.letter_rule_below
    lower = page.height - page.letter_rule_foot - page.letter_rule_height
    top = upper + page.letter_rule_height + page.gap - (page.line - page.size) / 2
    if block.number:
        number = natural(pieces(block.number), on.gauge, on.style)
        placed.append(_place(number, top, page.right - number.width, on))
    foot = lower - page.gap + (page.line - page.size) / 2
    bars = (*_double_rule(upper, on, thick_first=True), *_double_rule(lower, on, thick_first=False))
    placed[:0] = _upper(block, on, top)
    low = top + page.line * max(1, len(block.upper))
    return Head(tuple(placed), bars, low, foot - page.lines * page.line, 1)


def _double_rule(y: float, on: Ground, *, thick_first: bool) -> tuple[RuleLine, RuleLine]:
    page = on.page
    left = (page.width - page.letter_rule_width) / 2
    heights = (page.letter_thick, page.letter_thin) if thick_first else (page.letter_thin, page.letter_thick)
    second = y + heights[0] + page.letter_between
    return (
        RuleLine(left, y, page.letter_rule_width, heights[0], RED),
        RuleLine(left, second, page.letter_rule_width, heights[1], RED),
    )


def _with_title(top: Head, block: doc.Title, on: Ground) -> Head:
    """The title two lines under the rule or the number, its lines as far apart as the standard's line of 2 号字.

    The text stands on the grid one blank line below it (7.3.2); what is left of a line goes above the title.
    """
    page = on.page
    lines, subtitle = title_lines(block, on)
    y = top.bottom + page.title_blank * page.line
    end = y + len(lines) * page.title_line + len(subtitle) * page.line - top.grid_top
    y += ceil(end / page.line - 0.01) * page.line - end
    placed: list[PlacedLine] = []
    for n, (line, height) in enumerate([*((x, page.title_line) for x in lines), *((x, page.line) for x in subtitle)]):
        bookmark = Bookmark(1, "".join(block.lines)) if n == 0 else None
        baseline = y + on.baseline(line.fragments[0].size, height)
        source = Source(1, int(n >= len(lines)))
        placed.append(PlacedLine(baseline, line.moved(page.left).fragments, bookmark, source=source))
        y += height
    return replace(top, lines=(*top.lines, *placed), bottom=y + page.line, blocks=2)
