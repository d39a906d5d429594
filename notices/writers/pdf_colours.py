"""The colours a PDF file is meant in: sRGB (IEC 61966-2-1), as a colour profile of ICC.1:2010 (version 4)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from struct import pack

NAME = "sRGB IEC61966-2.1"
_VERSION = 0x04200000
_WHITE = (0.9642, 1.0, 0.8249)
"""D50, the white of every profile (7.2.16)."""
_ADAPTED = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
"""What turned the white of sRGB, D65, into that one (9.2.10)."""
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""Exponent and figures of the curve of each primary (10.16, function 3)."""
_DAY = (2000, 1, 1, 0, 0, 0)
"""The moment it was made: the same in every file, so that equal files stay equal."""


@cache
def srgb() -> bytes:
    """The colour profile."""
    curve = b"para" + pack(">IHH", 0, 3, 0) + _fixed(_CURVE)
    tags = {b"desc": _text(NAME), b"cprt": _text("No copyright, use freely")}
    tags |= {b"wtpt": _point(_WHITE), b"chad": b"sf32" + bytes(4) + _fixed(_ADAPTED)}
    tags |= {name: _point(primary) for name, primary in _PRIMARIES.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    places: dict[bytes, int] = {}  # the three curves are one
    content = b""
    start = 128 + 4 + 12 * len(tags)
    for data in tags.values():
        if data not in places:
            places[data] = start + len(content)
            content += data + bytes(-len(data) % 4)
    table = pack(">I", len(tags)) + b"".join(name + pack(">II", places[data], len(data)) for name, data in tags.items())
    head = pack(">4xI", _VERSION) + b"mntrRGB XYZ " + pack(">6H", *_DAY) + b"acsp" + bytes(28) + _fixed(_WHITE)
    return pack(">I", start + len(content)) + head + bytes(124 - len(head)) + table + content


def _fixed(figures: Iterable[float]) -> bytes:
    """Figures in 65536ths (s15Fixed16Number)."""
    return b"".join(pack(">i", round(figure * 65536)) for figure in figures)


def _point(figures: Iterable[float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(figures)


def _text(text: str) -> bytes:
    """A text in English (multiLocalizedUnicodeType)."""
    told = text.encode("utf-16-be")
    return b"mluc" + pack(">III", 0, 1, 12) + b"enUS" + pack(">II", len(told), 28) + told
