"""What typesetting gives back: pages of placed lines and bars. Lengths are points from the paper's top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from notices.ooxml.packed import Plain
from notices.typeset.fonts import FontFace
from notices.typeset.page import BLACK, PAGE


@dataclass(frozen=True, slots=True)
class Fragment(Plain):
    """Characters of one face set with one spacing.

    ``spacing`` follows every character, the last one too: ``advance`` ends after it, ``width`` at the last character
    that is not a blank.
    """

    x: float
    text: str
    face: FontFace
    size: float
    spacing: float
    width: float
    advance: float
    marked: bool = False
    colour: str = BLACK

    @property
    def end(self) -> float:
        """Where the last character ends."""
        return self.x + self.width

    def moved(self, distance: float) -> Fragment:
        """The same further right; every line of a document is moved, and ``dataclasses.replace`` takes its time."""
        return Fragment(
            self.x + distance,
            self.text,
            self.face,
            self.size,
            self.spacing,
            self.width,
            self.advance,
            self.marked,
            self.colour,
        )


@dataclass(frozen=True, slots=True)
class Line(Plain):
    """Fragments of one line, left to right, not yet on a page."""

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """All characters of the line."""
        return "".join(fragment.text for fragment in self.fragments)

    @property
    def start(self) -> float:
        """Where the first character begins."""
        return self.fragments[0].x

    @property
    def end(self) -> float:
        """Where the last character ends; blanks at the end of a line hang past it."""
        return max((f.end for f in self.fragments if f.text.strip(" ")), default=self.start)

    @property
    def width(self) -> float:
        """From the first character to the last."""
        return self.end - self.start

    def moved(self, distance: float) -> Line:
        """The same line further right."""
        return Line(tuple(fragment.moved(distance) for fragment in self.fragments))


@dataclass(frozen=True, slots=True)
class Bookmark(Plain):
    """An entry of the file's outline; ``level`` counts from 1."""

    level: int
    label: str


class CellPlace(NamedTuple):
    """A cell of a table as the document has it: in its ``head`` or its rows, where it begins, how far it reaches.

    ``label``: it names others.
    """

    head: bool
    row: int
    column: int
    down: int
    across: int
    label: bool = False


class Source(NamedTuple):
    """What a line shows: the block by its number in the document, which of its texts, and of a table the cell."""

    block: int
    text: int = 0
    cell: CellPlace | None = None


@dataclass(frozen=True, slots=True)
class PlacedLine(Plain):
    """A line with its baseline. ``furniture`` is a page number or draft mark, no part of the document's text.

    ``sideways``: on a landscape page, placed as if the paper stood upright; drawn a quarter turn clockwise.
    ``source`` is what it shows; None for furniture.
    """

    baseline: float
    fragments: tuple[Fragment, ...]
    bookmark: Bookmark | None = None
    furniture: bool = False
    sideways: bool = False
    source: Source | None = None

    @property
    def text(self) -> str:
        """All characters of the line."""
        return "".join(fragment.text for fragment in self.fragments)


@dataclass(frozen=True, slots=True)
class RuleLine(Plain):
    """A filled rectangle: a rule of the masthead, the letter or the imprint."""

    x: float
    y: float
    width: float
    height: float
    colour: str = BLACK


@dataclass(frozen=True, slots=True)
class PlacedFigure(Plain):
    """A picture: its bytes, its upper left corner and its size, and the block it is."""

    content: bytes
    x: float
    y: float
    width: float
    height: float
    block: int


@dataclass(frozen=True, slots=True)
class PlacedPage(Plain):
    """One page; ``width`` and ``height`` of its paper; ``blanks`` are the cells on it that hold no text."""

    lines: tuple[PlacedLine, ...]
    bars: tuple[RuleLine, ...]
    width: float = PAGE.width
    height: float = PAGE.height
    blanks: tuple[Source, ...] = ()
    figures: tuple[PlacedFigure, ...] = ()
