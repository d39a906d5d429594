"""Rows as they stand in a file, before anything is known of what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import overload

from notices.forms.values import Raw

HEAD = 12
"""Rows a head is looked for in; merged cells above it are titles."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell: its value, where it is (``B7``), and why it cannot be read, if so."""

    value: Raw
    place: str
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row that is not empty, by its number in the file."""

    number: int
    cells: tuple[RawCell, ...]


class Rows:
    """Rows that are read as they are asked for, once; the first of them, where a head may be, stay at hand."""

    def __init__(self, rows: Iterable[RawRow]) -> None:
        self._rest = iter(rows)
        self._first = tuple(islice(self._rest, 2 * HEAD))
        self._given = False

    def __bool__(self) -> bool:
        return bool(self._first)

    @overload
    def __getitem__(self, index: int) -> RawRow: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[RawRow, ...]: ...
    def __getitem__(self, index: int | slice) -> RawRow | tuple[RawRow, ...]:
        """One or some of the first rows."""
        return self._first[index]

    def __iter__(self) -> Iterator[RawRow]:
        yield from self._first
        if len(self._first) < 2 * HEAD:
            return
        if self._given:
            raise RuntimeError("rows that are read once were asked for twice")
        self._given = True
        yield from self._rest


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet of a workbook, or a CSV file (no name)."""

    name: str
    rows: tuple[RawRow, ...] | Rows
    hidden: tuple[str, ...] = ()
    """Rows and columns nobody sees in the file, as it names them."""
