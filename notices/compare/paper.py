"""A comparison as a document for Word and PDF: landscape pages, a table a heading, heads on every page."""

from __future__ import annotations

from collections.abc import Iterator

from notices.compare.grid import Box, Grid, Line
from notices.document.blocks import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Section,
    Table,
    TableRow,
    Text,
    Title,
    spans,
)
from notices.wording.titles import balanced

_ACROSS = 5
"""Editions a table takes beside each other; more go on in a further table."""


def document(grid: Grid) -> Document:
    """The grid on landscape pages. Tables with many editions are cut into several of a few each."""
    return Document(
        kind="compare",
        title=grid.title,
        author="",
        layout="plain",
        blocks=tuple(_blocks(grid)),
        draft=False,
    )


def _blocks(grid: Grid) -> Iterator[Block]:
    yield Section(landscape=True)
    yield Title(balanced(grid.title, wide=True))
    for note in grid.notes:
        yield Paragraph(spans(note))
    for columns in _cuts(grid):
        for part in grid.parts:
            yield Heading(1, spans(part.title, "hei"))
            yield _table(grid, part.lines, columns)


def _cuts(grid: Grid) -> list[tuple[int, ...]]:
    """The columns of each table: the first always, then as many as a page takes."""
    rest = range(1, len(grid.head))
    return [(0, *rest[start : start + _ACROSS]) for start in range(0, len(rest), _ACROSS)]


def _table(grid: Grid, lines: tuple[Line, ...], columns: tuple[int, ...]) -> Table:
    head = tuple(Cell((spans(grid.head[column], "hei"),)) for column in columns)
    return Table(
        widths=tuple(grid.widths[column] for column in columns),
        rows=tuple(TableRow(tuple(_cell(line.boxes[column]) for column in columns)) for line in lines),
        head=(TableRow(head),),
        small=True,
    )


def _cell(box: Box) -> Cell:
    marks = (spans("、".join(box.marks), "hei"),) if box.marks else ()
    texts = tuple(spans(line) for line in (box.text + box.cite).split("\n") if line)
    lines: tuple[Text, ...] = (*marks, *texts)
    return Cell(lines, align="left")
