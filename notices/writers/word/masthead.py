"""What a base document of Word need not know of a masthead: what stands beside its mark, and the heads of orders."""

from __future__ import annotations

from collections.abc import Mapping

from notices.document.blocks import Masthead, Text
from notices.errors import Problem, ProblemsError
from notices.ooxml.xml import Element, parse, q, run, serialise, w
from notices.typeset.page import PAGE
from notices.writers.word.body import CELL, FACE_STYLES, LINE_CELLS

_STYLE, _NUMBER, _MARK = "主送机关", "发文字号", "发文机关标志"
_LINE = 579
_CLOSE = 384
"""Height of the number's own line, in twips."""
_RAISED = round(20 * (PAGE.mark_top - PAGE.order_mark_top))
"""Twips an order's mark stands higher than that of other papers (10.2)."""
_WIDTH = round(CELL * LINE_CELLS)


def beside(part: bytes, block: Masthead, styles: Mapping[str, str]) -> bytes:
    """The main part with 份号, 密级, 紧急程度 at its upper left (7.2.1 to 7.2.3), 签发人 in the number's line (7.2.6).

    Raises:
        ProblemsError: a base without the number's paragraph.
    """
    root = parse(part)
    body = root.find(q("body"))
    if block.form != "file":
        _bare(body, styles)
    if block.signers:
        _signers(body, block.signers, styles)
    for text in reversed(block.upper):
        frame = w("framePr", w=_WIDTH // 2, wrap="around", vAnchor="margin", hAnchor="margin", x=1, y=1)
        properties = w("pPr", w("pStyle", val=styles[_STYLE]), frame)
        body.insert(0, w("p", properties, *_runs(text, styles)))
    return serialise(root)


def _signers(body: Element, text: Text, styles: Mapping[str, str]) -> None:
    """The number a character in from the left, who signs a character in from the right."""
    number = _number(body, styles)
    if number is None:
        hint = "从自带的底稿另存一份再改，样式名称不要改"
        raise ProblemsError([Problem("Word 底稿", 0, 0, "", f"没有“{_NUMBER}”一段，签发人没有地方放", hint)])
    cell = round(CELL)
    kept = [child for child in number[0] if child.tag not in {q("jc"), q("ind"), q("tabs")}]
    place = w("ind", left=0, leftChars=0, firstLine=cell, firstLineChars=100)  # the rule beneath keeps its width
    stop = w("tabs", w("tab", val="right", pos=_WIDTH - cell))
    number.replace(number[0], w("pPr", *kept, stop, place, w("jc", val="left")))
    number.extend([w("r", w("tab")), *_runs(text, styles)])


def _number(root: Element, styles: Mapping[str, str]) -> Element | None:
    """The number's paragraph."""
    style = styles.get(_NUMBER, "")
    styled = (node for node in root.iter(q("p")) if node.find(f"{q('pPr')}/{q('pStyle')}") is not None)
    return next((node for node in styled if node[0].find(q("pStyle")).get(q("val")) == style), None)


def _bare(body: Element, styles: Mapping[str, str]) -> None:
    """No rule under the number of an order or of minutes (10.2, 10.3)."""
    number = _number(body, styles)
    if number is not None:
        number[0].find(q("pStyle")).addnext(w("pBdr", w("bottom", val="nil")))


def raised(styles: Element) -> None:
    """An order's mark 20 mm under the text area's upper edge, not 35 (10.2), in the styles part."""
    for style in styles.iter(q("style")):
        if style.find(q("name")).get(q("val")) == _MARK:
            for spacing in style.iterfind(f"{q('pPr')}/{q('spacing')}"):
                spacing.set(q("before"), str(max(0, int(spacing.get(q("before"), "0")) - _RAISED)))


def in_letter(part: bytes, block: Masthead, styles: Mapping[str, str], top: int) -> bytes:
    """A letter's header with 份号, 密级, 紧急程度 at its left, the first in the number's line (10.1).

    Args:
        part: the header that has the mark and the number; another stays as it is.
        block: the masthead.
        styles: ids of styles by their names.
        top: where the number's line begins, in twips from the paper's edge.
    """
    root = parse(part)
    if _number(root, styles) is None:
        return part
    place = {"w": _WIDTH // 2, "wrap": "around", "vAnchor": "page", "hAnchor": "margin", "x": 1, "y": top}
    for n, text in reversed(list(enumerate(block.upper))):
        spacing = w("spacing", before=(_LINE - _CLOSE) * bool(n), line=_CLOSE, lineRule="exact")
        properties = w("pPr", w("pStyle", val=styles[_STYLE]), w("framePr", **place), spacing)
        root.insert(0, w("p", properties, *_runs(text, styles)))
    return serialise(root)


def _runs(text: Text, styles: Mapping[str, str]) -> list[Element]:
    return [
        run(span.text, w("rPr", w("rStyle", val=styles[FACE_STYLES[span.face]])) if span.face in FACE_STYLES else None)
        for span in text
    ]
