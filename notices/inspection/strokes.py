"""Characters of a PDF's page to lines of text, each with its runs of equal face and size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from pdfminer.layout import LTChar, LTItem

from notices.inspection.model import Line, Run

_NUMBER: Final = re.compile(r"[—–\-―一－]*\s?\d{1,4}\s?[—–\-―一－]*|第\s?\d+\s?页.*")
_TAB: Final = 1.6
"""Sizes of a gap within a line that parts what stands left from what stands right."""


class Stroke(NamedTuple):
    """A line: its runs, its ink from ``left`` to ``right``, its ``base`` line from the page's upper edge."""

    runs: tuple[Run, ...]
    left: float
    right: float
    base: float
    size: float

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(run.text for run in self.runs)

    @property
    def is_number(self) -> bool:
        """Whether it may be a page's number."""
        return _NUMBER.fullmatch(self.text.strip()) is not None

    def line(self, page: int) -> Line:
        """The same as a measured line of a page."""
        return Line(self.text, page, self.left, self.right, self.base, self.size)


class _Char(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    size: float
    face: str
    colour: str


def lines_of(items: Iterable[LTItem], height: float) -> Iterator[Stroke]:
    """The lines of a page from its upper edge down, from left to right; turned text is left out."""
    chars = [_char(item, height) for item in items if isinstance(item, LTChar) and item.upright and item.get_text()]
    chars.sort(key=lambda one: (one.base, one.left))
    held: list[_Char] = []
    for one in chars:
        if held and one.base - held[0].base > max(1.5, 0.25 * min(one.size, held[0].size)):
            yield from _strokes(held)
            held = []
        held.append(one)
    yield from _strokes(held)


def _char(item: LTChar, height: float) -> _Char:
    text = item.get_text()
    said = "□" if text.startswith("(cid:") else text
    base = height - item.matrix[5]
    face, colour = _face(item.fontname), coloured(item.graphicstate.ncolor)
    return _Char(said, item.x0, item.x1, base, round(item.size, 1), face, colour)


def _face(name: str) -> str:
    """A face's name without the mark of a cut one; names some programs write in GBK."""
    plain = re.sub(r"^[A-Z]{6}\+", "", name)
    try:
        return plain.encode("latin-1").decode("gbk") if not plain.isascii() else plain
    except UnicodeError:
        return plain


def _strokes(chars: list[_Char]) -> Iterator[Stroke]:
    """One line's characters: blanks drawn, not typed, become a tab; blanks at the ends are nothing."""
    line = sorted(chars, key=lambda one: one.left)
    while line and not line[0].text.strip():
        line.pop(0)
    while line and not line[-1].text.strip():
        line.pop()
    if not line:
        return
    runs: list[Run] = []
    end = line[0].left
    for one in line:
        gap = "\t" if one.left - end > _TAB * one.size else ""
        last = runs[-1] if runs else None
        if last and (last.east, last.size, last.colour) == (one.face, one.size, one.colour):
            runs[-1] = _longer(last, gap + one.text)
        else:
            bold = "bold" in one.face.lower() or "粗" in one.face
            runs.append(Run(gap + one.text, one.face, one.face, one.size, bold=bold, colour=one.colour))
        end = max(end, one.right)
    size = max((one.size for one in line), key=[one.size for one in line].count)
    yield Stroke(tuple(runs), line[0].left, max(one.right for one in line), line[0].base, size)


def _longer(run: Run, text: str) -> Run:
    """A run with more characters."""
    return Run(run.text + text, run.east, run.west, run.size, bold=run.bold, colour=run.colour)


def coloured(value: Any) -> str:  # noqa: ANN401 - a number, a tuple of one, three or four, a pattern, nothing
    """A colour of a PDF as RRGGBB; what is no plain colour is black."""
    parts = value if isinstance(value, tuple | list) else (value,)
    numbers = [min(1.0, max(0.0, float(one))) for one in parts if isinstance(one, int | float)]
    if len(numbers) == 4:
        cyan, magenta, yellow, black = numbers
        numbers = [(1 - one) * (1 - black) for one in (cyan, magenta, yellow)]
    if len(numbers) == 1:
        numbers *= 3
    if len(numbers) != 3:
        return "000000"
    return "".join(f"{round(one * 255):02X}" for one in numbers)
