"""Marks in a text on its way to a document: whose words are whose, and what is still to be confirmed.

A mark is one character of a private plane. None can come from a profile, a template or a form: those are refused.
:mod:`notices.document.blocks` turns a text with marks into spans; what is no document prints it :func:`unmarked`.
"""

from __future__ import annotations

import re
from typing import Final

FIRST: Final = 0xF0000
"""The first mark; the words of fact ``n`` begin with the character ``FIRST + n``."""
MOST: Final = 0xFFFB
"""So many facts can be told apart in one document."""
WAITING: Final = "\U0010fffb"
"""Before a value to be confirmed; :data:`END` closes it."""
NUMBER: Final = "\U0010fffc"
"""Before a number the page itself counts: 一、, 第三条, a reference to a clause; :data:`END` closes it."""
END: Final = "\U0010fffd"

_LEAD, _CLOSE = "【待定：", "】"
_MARK: Final = re.compile("[\U000f0000-\U0010ffff]")
_PART: Final = re.compile(f"{WAITING}([^{WAITING}{END}]*){END}?")


def waiting(what: str) -> str:
    """【待定：成文日期】, marked: a document that prints it is a draft, and knows what it waits for."""
    return f"{WAITING}{_LEAD}{what}{_CLOSE}{END}"


def what(printed: str) -> str:
    """成文日期 of 【待定：成文日期】, as it stands between the marks, perhaps cut short."""
    return printed.removeprefix(_LEAD).removesuffix(_CLOSE)


def is_mark(char: str) -> bool:
    """Whether a character is a mark."""
    return char >= chr(FIRST)


def unmarked(text: str) -> str:
    """The text without marks."""
    return text if text.isascii() else _MARK.sub("", text)


def parts(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a value to be confirmed."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in _PART.finditer(text):
        pieces += [(text[at : match.start()], False), (match[1], True)]
        at = match.end()
    return [(piece, waits) for piece, waits in (*pieces, (text[at:], False)) if piece]
