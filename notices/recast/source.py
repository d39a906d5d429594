"""A text as it is to be set: pieces, tables, pictures in order, every change to a character, and what has no place.

A *piece* is a paragraph, or a line of one that breaks its lines by hand. Blanks are no characters here: a page sets its
own. All types are frozen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from notices.document.blocks import Align
from notices.inspection.model import Para
from notices.marks import is_mark

Origin: TypeAlias = tuple[str, int]
"""A paragraph of a file: the part it stands in (``""`` for a text file), and its number there from 1."""

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Cs"})


def unseen(char: str) -> bool:
    """Whether a character is neither ink nor a blank: a control, a mark of direction, a blank without width.

    Those beyond the planes anybody writes in are none, either: our own marks stand there.
    """
    return not char.isspace() and (unicodedata.category(char) in _UNSEEN or is_mark(char))


def settable(char: str) -> str:
    """A blank that a page can have for one that it cannot: a tab, a line end of another system."""
    if char == "\t":
        return "\u3000"
    return char if char in " \u3000\xa0" or char.isprintable() or not char.isspace() else " "


def inked(text: str) -> str:
    """The characters of a text that leave ink."""
    return re.sub(r"\s", "", text) if text.isprintable() else "".join(c for c in text if not c.isspace())


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to a paragraph: at the inked character ``at`` (from 0) ``new`` stands for ``old``; ``why`` in Chinese.

    ``quiet`` ones are counted by their ``why`` where they are told, not listed one by one. ``first`` ones are made
    before the others, which count the characters after them.
    """

    origin: Origin
    at: int
    old: str
    new: str
    why: str
    quiet: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Leaving:
    """Something a page has no place for: what, where, what to do. ``lost`` is content, not merely how it looks."""

    what: str
    where: str
    hint: str = ""
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to be set. ``number`` counts pieces from 1 and is :attr:`Para.number` of ``para``, too."""

    number: int
    origin: Origin
    para: Para

    @property
    def text(self) -> str:
        """Its characters."""
        return self.para.text


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell: its pieces, how they stand, and how many columns and rows it takes."""

    pieces: tuple[Piece, ...]
    align: Align = "left"
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table: shares of its width, its rows of cells, how many of them are its head; whether lines are drawn."""

    widths: tuple[float, ...]
    rows: tuple[tuple[SourceCell, ...], ...]
    head: int = 0
    ruled: bool = True

    def pieces(self) -> Iterator[Piece]:
        """All its pieces, row by row."""
        return (piece for row in self.rows for cell in row for piece in cell.pieces)


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """A picture: its bytes, as PNG or JPEG, and its size in points; ``was`` is what it was turned into PNG from."""

    content: bytes
    width: float
    height: float
    where: str
    alt: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on pages lie, or stand again."""

    landscape: bool


SourceItem: TypeAlias = Piece | SourceTable | SourceFigure | Turn


@dataclass(frozen=True, slots=True)
class Source:
    """A text: its items in order, what was changed on the way, and what is left out. ``told`` are remarks."""

    name: str
    items: tuple[SourceItem, ...]
    edits: tuple[Edit, ...] = ()
    leavings: tuple[Leaving, ...] = ()
    told: tuple[str, ...] = ()

    def pieces(self) -> Iterator[Piece]:
        """Every piece in order, those of tables, too."""
        for item in self.items:
            if isinstance(item, Piece):
                yield item
            elif isinstance(item, SourceTable):
                yield from item.pieces()


def shown(text: str, most: int = 24) -> str:
    """The beginning of a text, for messages."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
