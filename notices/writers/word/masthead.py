"""What stands beside the mark and the number of a masthead in Word: a base document need not know of it."""

from __future__ import annotations

from collections.abc import Mapping

from notices.document.blocks import Masthead, Text
from notices.errors import Problem, ProblemsError
from notices.ooxml.xml import Element, parse, q, run, serialise, w
from notices.writers.word.body import CELL, FACE_STYLES, LINE_CELLS

_STYLE, _NUMBER = "主送机关", "发文字号"
_WIDTH = round(CELL * LINE_CELLS)


def beside(part: bytes, block: Masthead, styles: Mapping[str, str]) -> bytes:
    """The main part with 份号, 密级, 紧急程度 at its upper left (7.2.1 to 7.2.3), 签发人 in the number's line (7.2.6).

    Raises:
        ProblemsError: a base without the number's paragraph.
    """
    root = parse(part)
    body = root.find(q("body"))
    if block.signers:
        _signers(body, block.signers, styles)
    for text in reversed(block.upper):
        frame = w("framePr", w=_WIDTH // 2, wrap="around", vAnchor="margin", hAnchor="margin", x=1, y=1)
        properties = w("pPr", w("pStyle", val=styles[_STYLE]), frame)
        body.insert(0, w("p", properties, *_runs(text, styles)))
    return serialise(root)


def _signers(body: Element, text: Text, styles: Mapping[str, str]) -> None:
    """The number a character in from the left, who signs a character in from the right."""
    style = styles.get(_NUMBER, "")
    numbers = [node for node in body.iter(q("p")) if node.find(f"{q('pPr')}/{q('pStyle')}") is not None]
    number = next((node for node in numbers if node[0].find(q("pStyle")).get(q("val")) == style), None)
    if number is None:
        hint = "从自带的底稿另存一份再改，样式名称不要改"
        raise ProblemsError([Problem("Word 底稿", 0, 0, "", f"没有“{_NUMBER}”一段，签发人没有地方放", hint)])
    cell = round(CELL)
    kept = [child for child in number[0] if child.tag not in {q("jc"), q("ind"), q("tabs")}]
    place = w("ind", left=0, leftChars=0, firstLine=cell, firstLineChars=100)  # the rule beneath keeps its width
    stop = w("tabs", w("tab", val="right", pos=_WIDTH - cell))
    number.replace(number[0], w("pPr", *kept, stop, place, w("jc", val="left")))
    number.extend([w("r", w("tab")), *_runs(text, styles)])


def _runs(text: Text, styles: Mapping[str, str]) -> list[Element]:
    return [
        run(span.text, w("rPr", w("rStyle", val=styles[FACE_STYLES[span.face]])) if span.face in FACE_STYLES else None)
        for span in text
    ]
