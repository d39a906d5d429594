"""A comparison as Markdown: a table a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notices.compare.grid import Box, Grid

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def write(grid: Grid) -> str:
    """The grid as tables of Markdown (GitHub's), every character in them meant as it stands."""
    return "\n".join(_lines(grid)) + "\n"


def _lines(grid: Grid) -> Iterator[str]:
    yield f"# {_plain(grid.title)}"
    for note in grid.notes:
        yield f"\n{_plain(note)}"
    for part in grid.parts:
        yield f"\n## {_plain(part.title)}\n"
        yield _row([_plain(name) for name in grid.head])
        yield _row(["---"] * len(grid.head))
        yield from (_row([_cell(box) for box in line.boxes]) for line in part.lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(box: Box) -> str:
    marks = "、".join(f"**{_plain(mark)}**" for mark in box.marks)
    return "<br>".join(part for part in (marks, _plain(box.text + box.cite)) if part)


def _plain(text: str) -> str:
    return "<br>".join(_SPECIAL.sub(r"\\\1", line) for line in text.split("\n"))
