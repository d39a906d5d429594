"""Rows of a hundred thousand applicants, kept small: field names once, equal values once, places as numbers."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

from notices.forms.data.records import Row
from notices.forms.values import Value

Kept = tuple[Any, ...]
"""A row: the names of its fields, its number in the file, its values in the order of the names."""


@dataclass
class CompactTable:
    """The rows of one sheet; ``where`` is what their places begin with, ``links`` the number of the owner of each."""

    where: str
    rows: list[Kept] = field(default_factory=list)
    links: array[int] = field(default_factory=lambda: array("i"))
    _names: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    _order: array[int] = field(default_factory=lambda: array("i"))
    _starts: array[int] = field(default_factory=lambda: array("i", [0]))

    def add(self, values: Row, number: int, link: int) -> int:
        """Keep a row; gives its index."""
        names = tuple(values)
        self.rows.append((self._names.setdefault(names, names), number, *values.values()))
        self.links.append(link)
        return len(self.rows) - 1

    def values(self, index: int) -> dict[str, Value]:
        """A row as it was read."""
        names, _, *values = self.rows[index]
        return dict(zip(names, values, strict=True))

    def place(self, index: int) -> str:
        """Where a row stands in the file."""
        return f"{self.where}第{self.number(index)}行"

    def number(self, index: int) -> int:
        """The number of a row in the file."""
        return int(self.rows[index][1])

    def sort(self, owners: int) -> None:
        """Have the rows of each of so many owners at hand."""
        counts = array("i", bytes(4 * (owners + 1)))
        for link in self.links:
            counts[link + 1] += 1
        for owner in range(owners):
            counts[owner + 1] += counts[owner]
        self._starts = counts
        self._order = array("i", sorted(range(len(self.rows)), key=self.links.__getitem__))

    def of(self, owner: int) -> array[int]:
        """The rows of an owner, in the order of the file."""
        return self._order[self._starts[owner] : self._starts[owner + 1]]
