"""A numbered paragraph: a heading by itself, a text that a heading runs into, or a text alone (7.3.3)."""

from __future__ import annotations

import re
from typing import Final

from notices.document.blocks import Block, Face, Heading, Paragraph, Span, spans
from notices.inspection.parts import Part
from notices.wording.columns import cells

_SHORT: Final = 46
"""Half-width cells of a heading that runs into its text: with its indent, on one line."""
_LONG: Final = 108
"""Half-width cells of a heading on lines of its own: two lines."""
_FACES: Final[dict[str, Face]] = {"level-1": "hei", "level-2": "kai"}
_ARTICLE: Final = re.compile(r"(第\S{1,6}?条\s*)(.*)", re.DOTALL)


def block(text: str, part: Part) -> Block:
    """The block of a paragraph that begins with a numeral."""
    if part == "article" and (match := _ARTICLE.fullmatch(text)):
        return Paragraph((Span(match[1], "hei"), *spans(match[2])))
    level, face = int(part[-1]) if part[-1:].isdecimal() else 4, _FACES.get(part, "body")
    head, stop, rest = text.partition("。")
    if not rest.strip():
        sentence = re.search("[，；]", head) is not None and bool(stop)
        if text.endswith(("：", ":")) and cells(text) > _SHORT:
            return Paragraph(spans(text))
        if text.endswith(("；", ";", "，")) or (sentence and cells(text) > _SHORT) or cells(text) > _LONG:
            return Paragraph(spans(text))
        if level > 2 and stop:
            return Paragraph(spans(text))
        return Heading(level, spans(text, face))
    if face == "body" or cells(head) > _SHORT or re.search("[，；：]", head):
        return Paragraph(spans(text))
    return Paragraph((Span(head + stop, face), *spans(rest)))
