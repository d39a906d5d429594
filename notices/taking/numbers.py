"""The numbers a paper counts in front of its paragraphs: 三、, （二）, 4., （1）, 第五条, 附件：1."""

from __future__ import annotations

import re
from typing import Final

_CN: Final = "[一二三四五六七八九十百]+"
HEADS: Final = {1: rf"{_CN}、", 2: rf"（{_CN}）"}
"""How headings begin, by level."""
ITEM: Final = r"(?:\d+[.．]|（\d+）)"
ARTICLE: Final = rf"第{_CN}条"
ANY: Final = rf"(?:附件[:：])?(?:{HEADS[1]}|{HEADS[2]}|{ITEM}|第{_CN}[章条])"
"""Any of them, and the word in front of the first attachment."""


def heading_level(text: str) -> int:
    """The level of a heading; 0 for what is none."""
    return next((level for level, pattern in HEADS.items() if re.match(pattern, text) and "。" not in text), 0)


def number_of(text: str, pattern: str = ANY) -> str:
    """The number a text begins with, and the blanks behind it; empty: none."""
    match = re.match(rf"{pattern}\s*", text)
    return match[0] if match else ""


def unnumbered(text: str, pattern: str = ANY) -> str:
    """A text without the number it begins with."""
    return text[len(number_of(text, pattern)) :]
