"""What one font file says of its characters: which it has, how wide they are, how high they reach. Read by HarfBuzz.

HarfBuzz maps the file and reads only the tables asked for: opening a font of twenty thousand characters costs next to
nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import TypeAlias

from notices.errors import MissingPartError

try:
    import uharfbuzz as harfbuzz
except (ImportError, OSError) as missing:  # said here, because everything that is typeset comes by
    raise MissingPartError(f"排版需要的程序库 uharfbuzz 不能用：{missing}\n    → pip install uharfbuzz") from missing

_Point: TypeAlias = tuple[float, float]

_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16  # identifiers of the name table


class UnreadableFontError(Exception):
    """A file that is no font, or cannot be read; the message is HarfBuzz's or says what is missing."""


class Glyphs:
    """Advances and heights of one face, in em.

    Args:
        path: the font file.
        number: the place of the face in a collection.

    Raises:
        UnreadableFontError: the file cannot be read, or holds no such face.
    """

    def __init__(self, path: Path, number: int = 0) -> None:
        self.face = harfbuzz.Face(_blob(path), number)
        header = self.face.reference_table("hhea").data
        if not self.face.glyph_count or len(header) < 8:
            raise UnreadableFontError("不是字体文件，或文件不完整")
        self._font = harfbuzz.Font(self.face)
        self._units: int = self.face.upem
        # Some faces give the descender as a depth, without its sign; text engines take the magnitude too.
        ascender, descender = struct.unpack_from(">hh", header, 4)
        self.ascent: float = abs(ascender) / self._units
        self.descent: float = abs(descender) / self._units
        self._reaches: dict[str, tuple[float, float] | None] = {}

    def glyph(self, char: str) -> int:
        """The glyph a character is drawn with; 0 when the face lacks it."""
        return self._font.get_nominal_glyph(ord(char)) or 0

    def advance(self, char: str) -> float:
        """The width of a character in em."""
        width: int = self._font.get_glyph_h_advance(self.glyph(char))
        return width / self._units

    def ink(self, text: str) -> tuple[float, float]:
        """Lowest and highest drawn point of a text, in em above the baseline; (0, 0) for blanks."""
        reaches = [reach for char in set(text) if (reach := self._reach(char))]
        if not reaches:
            return 0.0, 0.0
        return min(low for low, _ in reaches), max(high for _, high in reaches)

    def _reach(self, char: str) -> tuple[float, float] | None:
        if char not in self._reaches:
            pen = _Heights()
            self._font.draw_glyph_with_pen(self.glyph(char), pen)
            heights = [height / self._units for height in pen.heights]
            self._reaches[char] = (min(heights), max(heights)) if heights else None
        return self._reaches[char]


class _Heights:
    """How high an outline goes: HarfBuzz's own extents count the control points of curves, which lie outside it."""

    def __init__(self) -> None:
        self.heights: list[float] = []
        self._at = 0.0

    def _to(self, height: float) -> None:
        self.heights.append(height)
        self._at = height

    def moveTo(self, point: _Point) -> None:  # noqa: N802 - the names of a pen are given
        self._to(point[1])

    def lineTo(self, point: _Point) -> None:  # noqa: N802
        self._to(point[1])

    def qCurveTo(self, control: _Point, point: _Point) -> None:  # noqa: N802
        first, middle, last = self._at, control[1], point[1]
        self.heights += _turns(first, (first + 2 * middle) / 3, (2 * middle + last) / 3, last)
        self._to(last)

    def curveTo(self, leaving: _Point, reaching: _Point, point: _Point) -> None:  # noqa: N802
        self.heights += _turns(self._at, leaving[1], reaching[1], point[1])
        self._to(point[1])

    def closePath(self) -> None:  # noqa: N802
        """A closed outline goes back to its first point: nothing higher."""


def _turns(first: float, leaving: float, reaching: float, last: float) -> Iterator[float]:
    """The heights at which a cubic curve turns, going up or down, between its ends."""
    a = last - 3 * reaching + 3 * leaving - first
    b = 2 * (reaching - 2 * leaving + first)
    c = leaving - first
    root = b * b - 4 * a * c
    if abs(a) < 1e-9:
        times = [-c / b] if b else []
    else:
        times = [(-b + sign * sqrt(root)) / (2 * a) for sign in (1, -1)] if root >= 0 else []
    for t in times:
        if 0 < t < 1:
            s = 1 - t
            yield s**3 * first + 3 * s * s * t * leaving + 3 * s * t * t * reaching + t**3 * last


def place_in_collection(path: Path, family: str) -> int:
    """The place of a family in a collection of faces; 0 where no face has that name.

    Raises:
        UnreadableFontError: the file cannot be read.
    """
    blob = _blob(path)
    for number in range(harfbuzz.Face(blob).count):
        face = harfbuzz.Face(blob, number)
        if family in {face.get_name(_FAMILY), face.get_name(_TYPOGRAPHIC_FAMILY)}:
            return number
    return 0


def _blob(path: Path) -> harfbuzz.Blob:
    """The file, mapped; read whole where its name is not ASCII, which HarfBuzz cannot open on every system."""
    try:
        if str(path).isascii():
            return harfbuzz.Blob.from_file_path(str(path))
        return harfbuzz.Blob(path.read_bytes())
    except (OSError, harfbuzz.HarfBuzzError) as error:
        raise UnreadableFontError(str(error)) from error
