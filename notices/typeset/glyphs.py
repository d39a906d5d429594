"""What one font file says of its characters: which it has, how wide they are, how high they reach.

Only the tables asked for are read, so that opening a font of twenty thousand characters costs next to nothing.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from fontTools.pens.boundsPen import BoundsPen


class Glyphs:
    """Advances and heights of one face, in em. Only the tables asked for are read."""

    def __init__(self, font: Any) -> None:  # noqa: ANN401 - fontTools has no types
        self._font = font
        self._units: int = struct.unpack_from(">H", font.reader["head"], 18)[0]
        ascender, descender, count = struct.unpack_from(">hh26xH", font.reader["hhea"], 4)
        # Some faces give the descender as a depth, without its sign; text engines take the magnitude too.
        self.ascent: float = abs(ascender) / self._units
        self.descent: float = abs(descender) / self._units
        self._metrics_count: int = count
        self._reaches: dict[str, tuple[float, float] | None] = {}

    @cached_property
    def _metrics(self) -> bytes:
        data: bytes = self._font.reader["hmtx"]
        return data

    @cached_property
    def _map(self) -> tuple[tuple[int, int, int], ...]:
        return tuple(_character_map(self._font.reader["cmap"]))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(start for start, _, _ in self._map)

    def glyph(self, char: str) -> int:
        """The glyph a character is drawn with; 0 when the face lacks it."""
        code = ord(char)
        place = bisect_right(self._starts, code) - 1
        if place < 0:
            return 0
        _, end, first = self._map[place]
        return first + code - self._starts[place] if code <= end else 0

    def advance(self, char: str) -> float:
        """The width of a character in em."""
        place = min(self.glyph(char), self._metrics_count - 1)
        width: int = struct.unpack_from(">H", self._metrics, 4 * place)[0]
        return width / self._units

    def ink(self, text: str) -> tuple[float, float]:
        """Lowest and highest drawn point of a text, in em above the baseline; (0, 0) for blanks."""
        reaches = [reach for char in set(text) if (reach := self._reach(char))]
        if not reaches:
            return 0.0, 0.0
        return min(low for low, _ in reaches), max(high for _, high in reaches)

    def _reach(self, char: str) -> tuple[float, float] | None:
        if char not in self._reaches:
            shapes = self._font.getGlyphSet()
            pen = BoundsPen(shapes)
            shapes[self._font.getGlyphName(self.glyph(char))].draw(pen)
            self._reaches[char] = (pen.bounds[1] / self._units, pen.bounds[3] / self._units) if pen.bounds else None
        return self._reaches[char]


def _character_map(table: bytes) -> Iterator[tuple[int, int, int]]:
    """Runs of a cmap table in ascending order: first code, last code, glyph of the first code."""
    (count,) = struct.unpack_from(">H", table, 2)
    offsets: dict[tuple[int, int, int], int] = {}
    for n in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * n)
        if platform in (0, 3):
            offsets.setdefault((struct.unpack_from(">H", table, offset)[0], platform, encoding), offset)
    for form, read in ((12, _segments_12), (4, _segments_4)):
        for (found, _, encoding), offset in sorted(offsets.items(), reverse=True):
            if found == form and encoding != 0:
                yield from read(table, offset)
                return


def _segments_12(table: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    (count,) = struct.unpack_from(">L", table, offset + 12)
    yield from struct.iter_unpack(">LLL", table[offset + 16 : offset + 16 + 12 * count])


def _segments_4(table: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """Format 4: a segment whose glyphs do not simply count up is given out a character at a time."""
    (double,) = struct.unpack_from(">H", table, offset + 6)
    count = double // 2
    starts_at = offset + 16 + double
    ends = struct.unpack_from(f">{count}H", table, offset + 14)
    starts = struct.unpack_from(f">{count}H", table, starts_at)
    deltas = struct.unpack_from(f">{count}H", table, starts_at + double)
    ranges = struct.unpack_from(f">{count}H", table, starts_at + 2 * double)
    for n, (start, end, delta, distance) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        if start == 0xFFFF:
            continue
        if distance == 0 and (start + delta) & 0xFFFF <= (end + delta) & 0xFFFF:
            yield start, end, (start + delta) & 0xFFFF
            continue
        for code in range(start, end + 1):
            glyph = code
            if distance:
                place = starts_at + 2 * double + 2 * n + distance + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", table, place)
            if not distance or glyph:
                yield code, code, (glyph + delta) & 0xFFFF
