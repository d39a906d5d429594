"""The numbers clauses begin with: 第一章, 第三条, 一、, （一）, 1."""

from __future__ import annotations

import re
from typing import NamedTuple

from notices.wording.spelling import tidy

_CN = "[一二三四五六七八九十百]+"
_MARKS = (
    (0, re.compile(rf"第{_CN}[章节编]")),
    (1, re.compile(rf"(第{_CN}条)")),
    (1, re.compile(rf"({_CN})、")),
    (2, re.compile(rf"\(({_CN})\)")),
    (3, re.compile(r"(\d{1,2})(?:[.、](?!\d)|\.(?=\d{4}年))")),
)
_NOISE = re.compile(r"^(?:\[bookmark:[^\]]*\]|#+\s|[-*>+]\s+|\*\*)+")


class Ordinal(NamedTuple):
    """A clause's number: its level, how it is cited, and where the words after it begin in the tidy text."""

    level: int
    name: str
    end: int


def cleaned(line: str) -> str:
    """A line without what a word processor or Markdown put before it."""
    return re.sub(r"\\([^\w\s])", r"\1", _NOISE.sub("", line.strip())).strip().strip("*")


def mark_of(text: str) -> Ordinal | None:
    """The number a paragraph begins with."""
    plain = tidy(text)
    for level, pattern in _MARKS:
        if match := pattern.match(plain):
            name = match[0] if level == 0 else f"（{match[1]}）" if level == 2 else match[1]
            return Ordinal(level, name, match.end())
    return None


def heading_like(mark: Ordinal, plain: str) -> bool:
    """Whether a numbered line is a heading: a few words, no sentence in it."""
    rest = plain[mark.end :]
    return mark.level < 3 and not mark.name.endswith("条") and len(rest) <= 30 and not re.search(r"[,;:。].", rest)


def unfinished(text: str) -> bool:
    """Whether a line breaks off: no closing mark, and long or parted enough to be no heading."""
    plain = tidy(text)
    if not plain or plain[-1] in "。;:!?" or re.search(r"。\([^()]*\)$", plain):  # …。（一式两份）
        return False
    mark = mark_of(text)
    rest = plain[mark.end :] if mark else plain
    return len(rest) >= 25 or bool(re.search(r"[,。;]", rest))
