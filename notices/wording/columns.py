"""Text in columns on a terminal, where a Chinese character is two wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from notices.marks import unmarked


def aligned(rows: Sequence[Sequence[str]], gap: int = 2) -> str:
    """Rows of cells as lines of aligned columns, ``gap`` spaces between them."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "".join(text + " " * (width - cells(text) + gap) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


@lru_cache(maxsize=2000)
def cells(text: str) -> int:
    """Width on a terminal, in columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in unmarked(text))
