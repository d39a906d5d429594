"""A letter's first page: its lines stand on a grid that hangs from the double rule at its foot (10.1).

What is left of a line goes above the title, as in the PDF. A part of it is given to the header, so that the text area
under it is whole lines high: LibreOffice would else put half of what is left over it and half under it.
"""

from __future__ import annotations

from collections.abc import Sequence

from notices.document.blocks import Block, Masthead, Title
from notices.ooxml.xml import Element, q
from notices.typeset.page import PAGE

_LINE = 579
_MARK, _NUMBER, _DRAFT, _FILL, _BLANK = "发文机关标志", "发文字号", "草稿标记", "版头垫高", "空二行"
_RULE = 1.5
"""Height of a double rule of Word over the size it is given: a thick line, a gap and a thin line."""


def hang(styles: Element, section: Element, blocks: Sequence[Block]) -> int:
    """Give the blank lines of a letter's first page their heights, in the styles part.

    A base without these styles, as an office may have one, stays as it is.

    Returns:
        Where the line of the number begins, in twips from the paper's upper edge; 0 where nobody can tell.
    """
    found = {one.find(q("name")).get(q("val")): one for one in styles.iter(q("style"))}
    heads = [block for block in blocks if isinstance(block, Masthead)]
    title = next((block for block in blocks if isinstance(block, Title)), None)
    if not heads or title is None or not {_MARK, _NUMBER, _DRAFT, _FILL, _BLANK} <= found.keys():
        return 0
    margins = section.find(q("pgMar"))
    foot = round(20 * PAGE.height) - int(margins.get(q("bottom")))
    mark = _spacing(found[_MARK])
    rule = next(found[_MARK].iter(q("bottom")))
    head = int(margins.get(q("header"))) + _height(found[_DRAFT]) + _height(found[_NUMBER])
    head += int(mark.get(q("before"))) + len(heads[0].mark) * int(mark.get(q("line")))
    head += 20 * int(rule.get(q("space"))) + round(_RULE * 20 * int(rule.get(q("sz"))) / 8)
    fill = (foot - head) % _LINE
    blank = _spacing(found[_BLANK])
    least = int(blank.get(q("line")))
    over = -(least + len(title.lines) * round(20 * PAGE.title_line)) % _LINE
    blank.set(q("line"), str(least + over - (_LINE if fill + over >= _LINE else 0)))
    more = max(0, len(heads[0].upper) - 1) * _LINE  # what stands at the left, below the number's line
    _spacing(found[_FILL]).set(q("line"), str(max(1, fill) + more))
    return head - int(_spacing(found[_NUMBER]).get(q("line")))


def _spacing(style: Element) -> Element:
    return next(style.iter(q("spacing")))


def _height(style: Element) -> int:
    spacing = _spacing(style)
    return int(spacing.get(q("before"), "0")) + int(spacing.get(q("line")))
