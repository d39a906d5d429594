"""The line composer: atoms to lines flush at both edges.

Chinese type has no word spaces to stretch. A line takes one character more or one less, whichever needs the smaller
change, and the difference is spread over the places between its characters (GB/T 9704-2012 5.2.3: 撑满版心).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from notices.typeset.atoms import FREE, NEVER, SOFT, Atom, Gauge, Piece, atoms
from notices.typeset.model import Fragment, Line
from notices.typeset.page import BLACK, PAGE, Page

_TIGHTEST = 0.0625
"""The most a place is narrowed, in em: the difference hardly shows."""

_GAPING = 0.25
"""From this widening on, in em, an address is rather divided."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Where lines lie, in points from the left edge of the text area: the first line's start, the others', the end."""

    first: float
    rest: float
    end: float


@dataclass(frozen=True, slots=True)
class Style:
    """How characters are set: size and place of one character in points, and colour."""

    size: float
    cell: float
    colour: str = BLACK


def body_style(page: Page = PAGE) -> Style:
    """3 号字 on the page's character grid."""
    return Style(page.size, page.cell)


def compose(text: Sequence[Piece], gauge: Gauge, style: Style, measure: Measure) -> list[Line]:
    """Cut a paragraph into lines. Every line but the last ends exactly at the measure's end."""
    limit = measure.end - max(measure.first, measure.rest)
    paragraph = _Paragraph(atoms(text, gauge, style.size, style.cell, limit), style)
    lines: list[Line] = []
    start, x = 0, measure.first
    while start < len(paragraph.atoms):
        end, extra = paragraph.next_break(start, measure.end - x)
        lines.append(paragraph.line(start, end, x, extra, measure.end if end < len(paragraph.atoms) else None))
        start, x = end, measure.rest
    return lines


def natural(text: Sequence[Piece], gauge: Gauge, style: Style, x: float = 0.0) -> Line:
    """A text as one line at its natural width, however long."""
    paragraph = _Paragraph(atoms(text, gauge, style.size, style.cell, inf), style)
    return paragraph.line(0, len(paragraph.atoms), x, 0.0, None)


class _Paragraph:
    """Atoms with running sums, so that any stretch is measured in constant time."""

    def __init__(self, parts: list[Atom], style: Style) -> None:
        self.atoms = parts
        self._style = style
        self._width = (0.0, *accumulate(atom.width + atom.after for atom in parts))
        self._gaps = (0, *accumulate(int(not atom.glued) for atom in parts))

    def _visible(self, start: int, end: int) -> int:
        """The end without the blanks that hang past the margin."""
        while end > start + 1 and self.atoms[end - 1].blank:
            end -= 1
        return end

    def _extra(self, start: int, end: int, width: float) -> float:
        """What each place between characters needs to fill the width; infinite where there is no such place."""
        last = self._visible(start, end)
        missing = width - (self._width[last] - self._width[start] - self.atoms[last - 1].after)
        places = self._gaps[last - 1] - self._gaps[start]
        return missing / places if places else inf if missing >= 0 else -inf

    def next_break(self, start: int, width: float) -> tuple[int, float]:
        """The end of the line that begins at ``start``, and what to add at each place between its characters."""
        count = len(self.atoms)
        rest = self._extra(start, count, width)
        if rest >= 0:
            return count, 0.0
        size = self._style.size
        spare: tuple[float, int, float] | None = None
        for level in (FREE, SOFT, NEVER):
            best = min(self._candidates(start, width, level), default=None)
            if best is not None and (best[0] <= _GAPING * size or level == NEVER):
                return best[1], best[2]
            spare = spare or best
            if level == SOFT and spare is not None:
                break
        if spare is None:
            return start + 1, 0.0
        return spare[1], spare[2] if spare[2] != inf else 0.0

    def _candidates(self, start: int, width: float, level: int) -> list[tuple[float, int, float]]:
        """The last break before the width is full and the first one after it: (change, end, extra)."""
        short: tuple[float, int, float] | None = None
        for end in range(start + 1, len(self.atoms) + 1):
            if end < len(self.atoms) and self.atoms[end - 1].brk > level:
                continue
            extra = self._extra(start, end, width)
            if extra < 0:
                tight = (-extra, end, extra) if -extra <= _TIGHTEST * self._style.size else None
                return [each for each in (short, tight) if each is not None]
            short = (extra, end, extra)
        return [] if short is None else [short]

    def line(self, start: int, end: int, x: float, extra: float, flush: float | None) -> Line:
        """The atoms as fragments. A line of one undivided run is made flush between its letters."""
        letters = sum(len(atom.text) for atom in self.atoms[start:end])
        spread = 0.0
        if extra in (inf, -inf):
            spread = (flush - x - sum(a.width for a in self.atoms[start:end])) / (letters - 1) if flush and letters > 1 else 0.0
            extra = 0.0
        fragments: list[Fragment] = []
        group: list[Atom] = []
        spacing = 0.0
        for n in range(start, end):
            atom = self.atoms[n]
            gap = spread if atom.glued or spread else atom.after + extra
            alone = atom.wide and len(atom.text) > 1
            if group and not self._joins(group[-1], atom):
                x = self._close(group, spacing, x, fragments)
                group = []
            group.append(atom)
            spacing = gap if (atom.wide and not alone) or spread else 0.0
            if alone or not (atom.wide or atom.glued):
                x = self._close(group, spacing, x, fragments) + (0.0 if spread else gap)
                group = []
        if group:
            self._close(group, spacing, x, fragments)
        return Line(tuple(fragments))
