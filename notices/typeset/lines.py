"""The line composer: atoms to lines flush at both edges.

Chinese type has no word spaces to stretch. A line takes one character more or one less, whichever needs the smaller
change, and the difference is spread over the places between its characters (GB/T 9704-2012 5.2.3: 撑满版心).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from notices.typeset.atoms import FREE, NEVER, SOFT, SPLIT, Atom, AtomPiece, Gauge, atoms
from notices.typeset.model import Fragment, Line
from notices.typeset.page import BLACK, PAGE, Page

_TIGHTEST = 0.0625
"""The most a place is narrowed, in em: the difference hardly shows."""

_UNSEEN = 0.03
"""Spacing up to this, in em, does not show between digits and letters."""

_GAPING = 0.25
"""From this widening on, in em, an address is rather divided, and a line rather left short."""


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


def compose(
    text: Sequence[AtomPiece], gauge: Gauge, style: Style, measure: Measure, *, ragged: bool = False
) -> list[Line]:
    """Cut a paragraph into lines. Every line but the last ends exactly at the measure's end.

    ``ragged`` lines are neither widened nor narrowed: the cells of a table are too narrow for it, and hold as many
    characters in every format.
    """
    limit = measure.end - max(measure.first, measure.rest)
    paragraph = _Paragraph(atoms(text, gauge, style.size, style.cell, limit), style)
    lines: list[Line] = []
    start, x = 0, measure.first
    while start < len(paragraph.atoms):
        end = paragraph.next_break(start, measure.end - x, 0.001 if ragged else _TIGHTEST)
        lines.append(paragraph.line(start, end, x, paragraph.filled(start, end, measure.end - x, ragged=ragged)))
        start, x = end, measure.rest
    return lines


def natural(text: Sequence[AtomPiece], gauge: Gauge, style: Style, x: float = 0.0) -> Line:
    """A text as one line at its natural width, however long."""
    paragraph = _Paragraph(atoms(text, gauge, style.size, style.cell, inf), style)
    return paragraph.line(0, len(paragraph.atoms), x, None)


class _Paragraph:
    """Atoms with running sums, so that any stretch is measured in constant time."""

    def __init__(self, parts: list[Atom], style: Style) -> None:
        self.atoms = parts
        self._style = style
        self._advance = (0.0, *accumulate(atom.width for atom in parts))
        self._width = (0.0, *accumulate(atom.width + atom.after for atom in parts))
        self._places = (0, *accumulate(int(not atom.glued) for atom in parts))
        self._letters = (0, *accumulate(len(atom.text) for atom in parts))

    def _visible(self, start: int, end: int) -> int:
        """The end without the blanks that hang past the margin."""
        while end > start + 1 and self.atoms[end - 1].blank:
            end -= 1
        return end

    def _stretch(self, start: int, end: int, width: float) -> tuple[float, bool]:
        """What each place between atoms needs to fill the width.

        A line of one undivided run has no such place: then it is what each letter needs, and the second value is true.
        """
        end = self._visible(start, end)
        missing = width - (self._width[end] - self._width[start] - self.atoms[end - 1].after)
        places = self._places[end - 1] - self._places[start]
        if places:
            return missing / places, False
        letters = self._letters[end] - self._letters[start] - 1
        return (missing / letters, True) if letters else (inf if missing >= 0 else -inf, True)

    def filled(self, start: int, end: int, width: float, *, ragged: bool) -> float | None:
        """The width a line has to fill; None for one that fits at its natural distance and is not to be widened.

        That is a last line, any ragged one, and one that would gape because what follows it may not be divided.
        """
        stretch, letters = self._stretch(start, end, width)
        gapes = not letters and stretch > _GAPING * self._style.size
        return None if (ragged or gapes or end == len(self.atoms)) and stretch >= 0 else width

    def next_break(self, start: int, width: float, tightest: float = _TIGHTEST) -> int:
        """Where the line that begins at ``start`` ends, its places narrowed by so many em at most."""
        if self._stretch(start, len(self.atoms), width)[0] >= 0:
            return len(self.atoms)
        best: tuple[float, int] | None = None
        for level in (FREE, SOFT, SPLIT, NEVER):
            if level == NEVER and best is not None:
                break
            found = min(self._candidates(start, width, level, tightest), default=None)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
            if best is not None and best[0] <= _GAPING * self._style.size:
                break
        return best[1] if best is not None else start + 1

    def _candidates(self, start: int, width: float, level: int, tightest: float) -> Iterator[tuple[float, int]]:
        """The last break before the width is full and the first one after it, each with the change it needs."""
        short: tuple[float, int] | None = None
        for end in range(start + 1, len(self.atoms) + 1):
            if end < len(self.atoms) and self.atoms[end - 1].brk > level:
                continue
            stretch, _ = self._stretch(start, end, width)
            if stretch < 0:
                if -stretch <= tightest * self._style.size:
                    yield -stretch, end
                break
            short = stretch, end
        if short is not None:
            yield short

    def _even(self, start: int, end: int, width: float | None) -> float | None:
        """One spacing for every character that fills the width; None where it would show.

        The grid is the same for all characters, so digits and letters take their small part of it, too.
        """
        if width is None:
            return self._style.cell - self._style.size
        last = self._visible(start, end)
        letters = self._letters[last] - self._letters[start] - 1
        if letters < 1:
            return None
        spacing = (width - self._advance[last] + self._advance[start]) / letters
        pairs = any(atom.wide and len(atom.text) > 1 for atom in self.atoms[start:last])
        unseen = abs(spacing) <= _UNSEEN * self._style.size and not (pairs and spacing > 0)
        return spacing if unseen else None

    def line(self, start: int, end: int, x: float, width: float | None) -> Line:
        """The atoms as fragments, at their natural distance (no width) or filling a width."""
        even = self._even(start, end, width)
        stretch, letters = self._stretch(start, end, width) if width is not None and even is None else (0.0, False)
        inner = even or (stretch if letters and abs(stretch) != inf else 0.0)
        runs: list[_Run] = []
        gap = spacing = inner
        for atom in self.atoms[start:end]:
            before = (spacing, gap)
            if even is not None:
                gap = spacing = even
            else:
                gap = inner if atom.glued or letters else atom.after + stretch
                spacing = gap if atom.wide and len(atom.text) == 1 else inner
            run = runs[-1] if runs else None
            if (
                run is None
                or run.atom.face != atom.face
                or run.atom.marked != atom.marked
                or before != (spacing, spacing)
            ):
                runs.append(run := _Run(atom, x, spacing))
            length = atom.width + spacing * (len(atom.text) - 1)
            run.text.append(atom.text)
            run.advance = x + length + spacing
            if not atom.blank:
                run.end = x + length
            x += length + gap
        return Line(tuple(run.fragment(self._style) for run in runs))


class _Run:
    """A fragment being put together."""

    def __init__(self, atom: Atom, x: float, spacing: float) -> None:
        self.atom = atom
        self.x = self.end = self.advance = x
        self.spacing = spacing
        self.text: list[str] = []

    def fragment(self, style: Style) -> Fragment:
        return Fragment(
            self.x,
            "".join(self.text),
            self.atom.face,
            style.size,
            self.spacing,
            self.end - self.x,
            self.advance - self.x,
            self.atom.marked,
            style.colour,
        )
