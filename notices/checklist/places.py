"""Where each of an applicant's answers stands in the file it came from, worked out when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from notices.forms.data.rows import RawRow
from notices.forms.wording import LINK, SheetColumn

_IN_TABLE = re.compile(r"(?P<table>[^\[]+)\[(?P<number>\d+)\]\.(?P<field>.+)")


def in_table(table: str, number: int, field: str) -> str:
    """What an answer in a row of a table is called: ``records[0].severity``."""
    return f"{table}[{number}].{field}"


@dataclass(slots=True)
class SheetColumns:
    """The columns of one sheet, as far as its rows have shown them.

    ``where`` begins every place, as in ``u.xlsx 基本信息!``; ``cells`` are by field, each with ``{}`` for the row.
    """

    where: str
    cells: dict[str, str] = field(default_factory=dict)
    _widest: int = 0

    def learn(self, row: RawRow, columns: Mapping[int, SheetColumn | None]) -> None:
        """The columns of a row wider than those before it; how a cell is named is the reader's affair."""
        if len(row.cells) <= self._widest:
            return
        self._widest = len(row.cells)
        for index, column in columns.items():
            if column is not None and column is not LINK and index < len(row.cells):
                self.cells[column.key] = row.cells[index].place.replace(str(row.number), "{}", 1)


@dataclass(frozen=True, slots=True)
class Cells(Mapping[str, str]):
    """The answers of one applicant in a workbook, or CSV files: ``u.xlsx 基本信息!C5``.

    ``columns`` are those of each table, one object for all applicants; ``rows`` this one's numbers of rows there.
    """

    columns: Mapping[str, SheetColumns]
    rows: Mapping[str, tuple[int, ...]]

    def __getitem__(self, name: str) -> str:
        """The place of a field, or of one in a table's row, see :func:`in_table`."""
        found = _IN_TABLE.fullmatch(name)
        table, number, key = (found["table"], int(found["number"]), found["field"]) if found else ("", 0, name)
        rows = self.rows.get(table, ())
        if number >= len(rows):
            raise KeyError(name)
        sheet = self.columns[table]
        return sheet.where + sheet.cells[key].format(rows[number])

    def __iter__(self) -> Iterator[str]:
        for table, rows in self.rows.items():
            for number in range(len(rows)):
                yield from (in_table(table, number, key) if table else key for key in self.columns[table].cells)

    def __len__(self) -> int:
        return sum(len(rows) * len(self.columns[table].cells) for table, rows in self.rows.items())


NOWHERE = Cells({}, {})
"""The places of answers that came from no file."""
