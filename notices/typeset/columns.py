"""How a table stands on its page: columns as wide as what is in them, what may not be divided kept whole.

The declared widths are the wish, the contents decide. Where something would be divided, its letters first stand closer,
then the table is set smaller, then other columns give way; only then is it divided. Characters are measured by a table
of our own, on the safe side of every face, so that a PDF, a Word file and every machine have the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import ceil, inf
from typing import NamedTuple

from notices.document.blocks import Cell, Span, Table, Text, plain
from notices.document.placement import rows_of
from notices.typeset.breaks import NO_END, NO_START
from notices.typeset.page import Page
from notices.wording.titles import words

CLOSER = 0.05
"""How much closer letters may stand, in em."""
_SHORT = 30
"""Characters up to which a cell is to be taken in at a glance; a longer one is read, and may have many lines."""
_LABEL, _WORDS = 14, 8
"""Characters up to which the head of a column, and any other text, is divided between its words only."""
_EXACT = 60
"""Characters up to which the lines of a cell are settled here rather than by the program that opens the file."""
_ADDRESS = 24
"""Latin letters from which a run is an address and may be divided."""
_GLANCE, _FEW_GLANCE, _MANY = 3, 5, 12
"""Lines a row should not go beyond, in a table of more than so many rows and in a shorter one."""
_MOST_LINES, _HEAD_LINES = 12, 4
_PART = 3
"""Part of a page, one in so many, that a text to be read may take before the table is set smaller for it."""
_READ = 3
"""Lines the longest text to be read may have for each line of what is taken in at a glance."""
_WHOLE = 5
"""Rows of a table up to which it is never divided."""
_SPARE = 0.6
"""Points more than measured: rounding."""

_UNIT = re.compile(
    r"[■□☑☐][^　\s]{1,12}"  # a choice with its box
    r"|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    r"|[A-Z]{1,5}(?:/[A-Z]{1,3})? ?\d[\d.]*(?:[-—–]\d{4})?"  # a standard's number
    r"|（[^（）]{1,5}）"
    r"|[!-~]+[%℃]?"
)
_NARROW = {
    **dict.fromkeys("ijlt'|,.;:!/\\", 0.28),
    **dict.fromkeys(" frI()[]-`", 0.34),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 0.73),
    **dict.fromkeys("mMW@%", 0.95),
    **dict.fromkeys("w+=<>~", 0.73),
}
"""Widths of Latin letters in em; the rest have a half."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A table's columns in twips (a twentieth of a point: what Word counts in), its size and the pitch of its lines."""

    columns: tuple[int, ...]
    size: float
    pitch: float
    across: float
    down: float
    closer: bool
    whole: bool

    @property
    def widths(self) -> tuple[float, ...]:
        """The columns' widths in points."""
        return tuple(column / 20 for column in self.columns)

    def lines(self, cell: Cell, column: int) -> tuple[Text, ...]:
        """The paragraphs of a cell that begins in a column; one that something in it makes uneven, line by line."""
        room = self._room(cell, column) * (1 + CLOSER * self.closer)
        return tuple(line for text in cell.lines for line in _lines(text, room))

    def count(self, cell: Cell, column: int) -> int:
        """About how many lines a cell has."""
        room = self._room(cell, column) * (1 + CLOSER * self.closer)
        return sum(max(1, ceil(em(plain(line)) / room - 0.01)) for line in self.lines(cell, column)) or 1

    def tight(self, cell: Cell, column: int) -> bool:
        """Whether letters of a cell stand closer: where they would not all stand on one line."""
        room = self._room(cell, column)
        return self.closer and any(em(plain(text)) > room for text in cell.lines)

    def _room(self, cell: Cell, column: int) -> float:
        """The width of a cell's text, in em."""
        return (sum(self.columns[column : column + cell.across]) / 20 - 2 * self.across) / self.size


def settled(block: Table, page: Page) -> Settled:
    """The columns of a table on a page."""
    total = round(20 * page.text_width)
    wish = [total / 20 * share / sum(block.widths) for share in block.widths]
    found = _contents(block)
    sizes = [size for size in page.table_sizes if size <= (page.table_small if block.small else page.table_size)]
    tries = [(size, closer) for size in sizes for closer in (False, True)] if block.ruled else [(sizes[0], False)]
    glance = _GLANCE if found.rows > _MANY else _FEW_GLANCE
    best: tuple[float, _Setting, list[float]] | None = None
    for size, closer in tries:
        setting = _Setting(size, closer, found.least(size, page.padding(size)[0], closer=closer), page)
        lines = _fewest(found, setting)
        if lines is None:
            continue
        base = _readable(found, setting, lines)
        longest = found.tallest(base, setting)
        height = max(lines * page.table_sizes[size], longest)
        if best is None or height < best[0] - 0.01:
            best = height, setting, base
        if lines <= glance and longest <= page.lines * page.line / _PART:
            break
    setting = best[1] if best else setting
    base = best[2] if best else _forced(setting.least, total / 20)
    across, down = page.padding(setting.size)
    columns = _spread(base, wish, total)
    pitch = page.table_sizes[setting.size]
    return Settled(columns, setting.size, pitch, across, down, setting.closer, whole=found.rows <= _WHOLE)


class _Setting(NamedTuple):
    """A way to set a table: the size, whether letters stand closer, the narrowest its columns may be, and the page."""

    size: float
    closer: bool
    least: list[float]
    page: Page


@dataclass(slots=True)
class _Contents:
    """What is in each column: the widest thing that stays whole (em, letters), and how many texts are how long.

    ``longest`` is the length of a column's longest text, in em.
    """

    needs: list[tuple[float, int]]
    lengths: list[list[int]]
    heads: list[float]
    longest: list[float]
    joined: dict[tuple[int, int], float] = field(default_factory=dict)
    rows: int = 0

    def take(self, column: int, cell: Cell, *, head: bool) -> None:
        """Look at a cell."""
        for text in cell.lines:
            needed, letters, length = _measured(plain(text), _most(text))
            if cell.across > 1:
                place = column, cell.across
                self.joined[place] = max(self.joined.get(place, 0.0), needed)
                continue
            if needed > self.needs[column][0]:
                self.needs[column] = needed, letters
            if head:
                self.heads[column] = max(self.heads[column], length)
            elif length:
                self.longest[column] = max(self.longest[column], length)
                self.lengths[column][min(ceil(length), _SHORT + 1)] += 1

    def least(self, size: float, across: float, *, closer: bool) -> list[float]:
        """The narrowest the columns may be, in points."""
        found = [
            (need - (CLOSER * (letters - 1) if closer else 0.0)) * size + 2 * across + _SPARE
            for need, letters in self.needs
        ]
        for (start, count), need in self.joined.items():
            lack = need * size + 2 * across + _SPARE - sum(found[start : start + count])
            if lack > 0:
                found[start : start + count] = [one + lack / count for one in found[start : start + count]]
        return found

    def usual(self, column: int) -> int:
        """How long the texts of a column are that are taken in at a glance, but for a few of many."""
        counts = self.lengths[column][: _SHORT + 1]
        beyond, left = 0, sum(counts) // 12
        for length in range(_SHORT, 0, -1):
            beyond += counts[length]
            if beyond > left:
                return length
        return 0

    def tallest(self, columns: Sequence[float], setting: _Setting) -> float:
        """The height of the longest text to be read, in points; a page's at most, where the rest goes on another."""
        across, _ = setting.page.padding(setting.size)
        lines = [
            ceil(length * setting.size / (width - 2 * across))
            for n, (length, width) in enumerate(zip(self.longest, columns, strict=True))
            if self.long(n)
        ]
        full = setting.page.lines * setting.page.line
        return min(max(lines, default=0) * setting.page.table_sizes[setting.size], full)

    def long(self, column: int) -> bool:
        """Whether a column holds texts to be read."""
        return bool(self.lengths[column][_SHORT + 1])


def _contents(block: Table) -> _Contents:
    count = len(block.widths)
    found = _Contents([(1.0, 1)] * count, [[0] * (_SHORT + 2) for _ in range(count)], [0.0] * count, [0.0] * count)
    for _, here in rows_of(block.head, count):
        for placed in here:
            found.take(placed.column, placed.cell, head=True)
    for found.rows, (_, here) in enumerate(rows_of(block.rows, count), 1):
        for placed in here:
            if placed.row == found.rows - 1:
                found.take(placed.column, placed.cell, head=False)
    return found


def _fewest(found: _Contents, setting: _Setting) -> int | None:
    """The fewest lines a row can have; None where what stays whole has no room."""
    if sum(setting.least) > setting.page.text_width:
        return None
    fits = (n for n in range(1, _MOST_LINES + 1) if sum(_based(found, setting, n)) <= setting.page.text_width)
    return next(fits, _MOST_LINES + 1)


def _readable(found: _Contents, setting: _Setting, lines: int) -> list[float]:
    """The columns for rows of so many lines, or of as many more as leave texts to be read the room they need."""
    if lines > _MOST_LINES:
        return list(setting.least)
    for more in range(lines, _MOST_LINES + 1):
        base = _based(found, setting, more, _READ)
        if sum(base) <= setting.page.text_width:
            return base
    return _based(found, setting, lines)


def _based(found: _Contents, setting: _Setting, lines: int, times: float = inf) -> list[float]:
    """The columns for rows of so many lines; texts to be read may have so many ``times`` as many."""
    size, closer, least, page = setting
    across, _ = page.padding(size)
    usual = [found.usual(column) * (1 - CLOSER * closer) for column in range(len(least))]
    rooms = [(length / lines + 0.4 * (lines > 1)) * size + 2 * across for length in usual]
    for n, length in enumerate(found.longest if len(least) > 1 else ()):
        if found.long(n):
            read = min(length / (lines * times) * size + 2 * across, page.text_width / 2)
            rooms[n] = max(rooms[n], 8 * size, read)
    heads = [(length / max(lines, _HEAD_LINES) + 0.4) * size + 2 * across for length in found.heads]
    return [max(three) for three in zip(least, rooms, heads, strict=True)]


def _forced(least: Sequence[float], total: float) -> list[float]:
    """Columns that together have no room: the widest give way first."""
    cap = max(least)
    while sum(min(one, cap) for one in least) > total:
        cap *= 0.98
    return [min(one, cap) for one in least]


def _spread(base: Sequence[float], wish: Sequence[float], total: int) -> tuple[int, ...]:
    """What is left over given to the columns that wish for more, in twips that make the whole width."""
    left = total / 20 - sum(base)
    lacks = [max(0.0, want - have) for want, have in zip(wish, base, strict=True)]
    share = min(1.0, left / sum(lacks)) if sum(lacks) > 0 else 0.0
    made = [have + lack * share for have, lack in zip(base, lacks, strict=True)]
    left = total / 20 - sum(made)
    made = [have + left * want / sum(wish) for have, want in zip(made, wish, strict=True)]
    twips = [int(20 * one) for one in made]
    widest = twips.index(max(twips))
    twips[widest] += total - sum(twips)
    return tuple(twips)


def em(text: str) -> float:
    """The width of a text in em, rather too much than too little."""
    return sum(_NARROW.get(char, 0.5) if char < "\u0100" and char not in "×·°÷±" else 1.0 for char in text)


def _units(text: str, most: int) -> Iterator[str]:
    """A text in what may not be divided: a number, a date, a choice; of a short text each word; else each character."""
    at = 0
    for match in _UNIT.finditer(text):
        yield from _words(text[at : match.start()], short=em(text) <= most)
        if len(match[0]) > _ADDRESS:
            yield from re.findall(r"[^/@.?&=_\-]*[/@.?&=_\-]?", match[0])
        else:
            yield match[0]
        at = match.end()
    yield from _words(text[at:], short=em(text) <= most)


def _words(text: str, *, short: bool) -> Iterator[str]:
    yield from words(text) if short else text


@lru_cache(maxsize=20_000)
def _parts(text: str, most: int) -> tuple[str, ...]:
    """The units with the marks that stay with them: no line begins with a closing mark or ends with an opening one."""
    found: list[str] = []
    for unit in _units(text, most):
        if not unit:
            continue
        bound = found and (unit[0] in NO_START or unit == " " or found[-1][-1] in NO_END)
        if bound and len(found[-1]) < _ADDRESS:
            found[-1] += unit
        else:
            found.append(unit)
    return tuple(found)


@lru_cache(maxsize=20_000)
def _measured(text: str, most: int) -> tuple[float, int, float]:
    """The width of the widest part, its letters, and the width of all."""
    if len(text) > 400:  # what is this long has any word there is
        return 4.0, 4, float(len(text))
    widths = [(em(part.strip("　 ")), len(part)) for part in _parts(text, most)]
    needed, letters = max(widths, default=(0.0, 1))
    return needed, letters, em(text)


def _most(text: Text) -> int:
    """Up to how many characters a text is divided between words only."""
    return _LABEL if text and text[0].face == "hei" else _WORDS


def _needed(text: Text) -> float:
    return _measured(plain(text), _most(text))[0]


@lru_cache(maxsize=20_000)
def _lines(text: Text, room: float) -> tuple[Text, ...]:
    """A text as the lines it is set in, where a program would divide what may not be; else as it is."""
    said = plain(text)
    if len(said) > 2 * _EXACT or not _EXACT >= em(said) > room:
        return (text,)
    parts = _parts(said, _most(text))
    if max(map(len, parts), default=0) < 2 or _needed(text) > room * (1 + 2 * CLOSER):
        return (text,)
    cuts, used, at = [], 0.0, 0
    for part in parts:
        wide = em(part.rstrip("　 "))
        if used and used + wide > room:
            cuts.append(at)
            used = 0.0
        used += em(part)
        at += len(part)
    return tuple(line for line in _cut(text, [0, *cuts, at]) if line)


def _cut(text: Text, places: Sequence[int]) -> Iterator[Text]:
    """A text in pieces; blanks at a line's edges are dropped."""
    for start, end in pairwise(places):
        piece: list[Span] = []
        at = 0
        for span in text:
            part = span.text[max(0, start - at) : max(0, end - at)]
            at += len(span.text)
            if part:
                piece.append(Span(part, span.face, span.facts, span.pending))
        if piece:
            piece[0] = Span(piece[0].text.lstrip("　 "), piece[0].face, piece[0].facts, piece[0].pending)
            piece[-1] = Span(piece[-1].text.rstrip("　 "), piece[-1].face, piece[-1].facts, piece[-1].pending)
        yield tuple(span for span in piece if span.text)
