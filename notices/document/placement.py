"""Where the cells of a table stand, those that reach over several rows and columns taken into account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from notices.document.blocks import Cell, TableRow


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the row and column it begins in."""

    row: int
    column: int
    cell: Cell


def columns_of(rows: Sequence[TableRow], columns: int) -> tuple[Placed, ...]:
    """The place of every cell, those that reach over several rows taken into account.

    Raises:
        ValueError: a row that does not fill its columns, or fills more than there are.
    """
    return tuple(placed for n, (_, here) in enumerate(rows_of(rows, columns)) for placed in here if placed.row == n)


def rows_of(rows: Sequence[TableRow], columns: int) -> Iterator[tuple[TableRow, tuple[Placed, ...]]]:
    """Each row with the cells that stand in it from left to right, those that reach into it from above included.

    Raises ValueError as :func:`columns_of` does.
    """
    here: list[Placed] = []
    for number, row in enumerate(rows):
        here = [placed for placed in here if placed.row + placed.cell.down > number]
        taken = {placed.column + n for placed in here for n in range(placed.cell.across)}
        free = [column for column in range(columns) if column not in taken]
        for cell in row.cells:
            room, free = free[: cell.across], free[cell.across :]
            if len(room) < cell.across or room[-1] - room[0] >= cell.across or number + cell.down > len(rows):
                raise ValueError(f"row {number + 1} of a table has no room for a cell")
            here.append(Placed(number, room[0], cell))
        if free:
            raise ValueError(f"row {number + 1} of a table leaves columns without a cell")
        here.sort(key=lambda placed: placed.column)
        yield row, tuple(here)


Numbered: TypeAlias = tuple[int, TableRow, tuple[Placed, ...]]


def spans(rows: Iterable[tuple[TableRow, tuple[Placed, ...]]]) -> Iterator[list[Numbered]]:
    """Rows with their numbers and cells, those that a cell joins together."""
    span: list[Numbered] = []
    for number, (row, here) in enumerate(rows):
        span.append((number, row, here))
        if all(placed.row + placed.cell.down == number + 1 for placed in here):
            yield span
            span = []
