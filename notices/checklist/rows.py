"""The readers of filled forms, row by row: which problem is whose, and where each value stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType

from notices.errors import Problem
from notices.forms.checking import plain
from notices.forms.records import Record
from notices.forms.sheetdata import ABOVE, Entry, SheetReader
from notices.forms.tabular import RawRow, RawSheet
from notices.forms.wording import LINK, SheetColumn, Spread
from notices.forms.workbook import link_of
from notices.forms.yamldata import YamlReader
from notices.yamlfile import Key, Tree

NOWHERE: Mapping[str, str] = MappingProxyType({})
"""The places of a record nobody asked the places of."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as read, with what is wrong with it; ``lines`` are the places of its tables' rows."""

    record: Record
    place: str
    faults: tuple[Problem, ...] = ()
    places: Mapping[str, str] = field(default_factory=lambda: NOWHERE)
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class ListedRows(YamlReader):
    """A file of one mapping, or a list of them."""

    placed: bool = False
    rows: list[Row] = field(default_factory=list)

    def read(self, tree: Tree) -> list[Row]:
        """Every mapping of the file."""
        self.records(tree)
        return self.rows

    @property
    def shape(self) -> list[Problem]:
        """Problems that are no record's."""
        owned = {problem for row in self.rows for problem in row.faults}
        return [one for one in self.problems if one.severity == "error" and one not in owned]

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What stops nothing."""
        return tuple(one for one in self.problems if one.severity == "warning")

    @staticmethod
    def told(problem: Problem) -> Problem:
        """A problem as it is: there is one file."""
        return problem

    @property
    def strays(self) -> list[tuple[str, str, Problem]]:
        """None: a table's rows stand inside the record they belong to."""
        return []

    def _record(self, tree: Tree, entry: dict[str, object], key: Key) -> Record:
        start = len(self.problems)
        record = super()._record(tree, entry, key)
        wrong = tuple(one for one in self.problems[start:] if one.severity == "error")
        places = dict(_listed_places(tree, entry, key, self.wanted)) if self.placed else NOWHERE
        lines = {
            table: tuple(f"第{tree.origins[*key, table, number].line}行" for number in range(len(rows)))
            for table, rows in record.tables.items()
        }
        self.rows.append(Row(record, f"第{tree.origins[key].line}行", wrong, places, lines))
        return record


def _listed_places(
    tree: Tree, entry: Mapping[str, object], key: Key, wanted: Sequence[Spread]
) -> Iterator[tuple[str, str]]:
    for spread in wanted:
        names = {name: c.key for c in spread.columns for name in (c.key, c.heading, c.field.label)}
        rows = entry.get(spread.key) if spread.key else None
        if not spread.key:
            found = ((names[name], (*key, name)) for name in entry if name in names)
        else:
            listed = enumerate(rows) if isinstance(rows, list) else ()
            found = (
                (f"{spread.key}[{number}].{names[name]}", (*key, spread.key, number, name))
                for number, row in listed
                for name in (row if isinstance(row, dict) else ())
                if name in names
            )
        for name, at in found:
            yield name, f"{tree.origins[at].file}:{tree.origins[at].line}"


@dataclass
class SheetRows(SheetReader):
    """A workbook, or CSV files. ``files``: by sheet the file it came from, where that is not the one named."""

    placed: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    strays: list[tuple[str, str, Problem]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    _spread: str = ""
    _starts: list[int] = field(default_factory=list)
    _faults: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    _places: dict[int, Mapping[str, str]] = field(default_factory=dict)
    _entries: list[Entry] = field(default_factory=list)

    def read(self, pages: Sequence[RawSheet]) -> list[Row]:
        """Every row of the record's sheet, with its rows of the tables."""
        self.records(pages, None)
        return self.rows

    @property
    def shape(self) -> list[Problem]:
        """Problems that are no row's: sheets, heads."""
        owned = {self.told(problem) for faults in self._faults.values() for problem in faults}
        own = (self.told(one) for one in self.problems if one.severity == "error")
        return [one for one in own if one not in owned]

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What stops nothing; that a column a form may lack is not there was meant for a printed form."""
        return tuple(
            replace(self.told(one), hint="要判断这一项就补上这一列", message=one.message.partition("，")[0])
            if one.message.startswith("没有列")
            else self.told(one)
            for one in self.problems
            if one.severity == "warning" and one.message.startswith(("没有列", ABOVE))
        )

    def told(self, problem: Problem) -> Problem:
        """A problem with the file it is really in."""
        sheet, mark, rest = problem.key.partition("!")
        name = self.files.get(sheet)
        return replace(problem, file=name, key=rest if mark else "") if name else problem

    def _sheet(self, spread: Spread, page: RawSheet) -> Iterator[Entry]:
        """Each row; what is found wrong until the next begins is its own."""
        if page.rows:
            self.found.add(spread.key)
        self._starts, self._entries = [], []
        yield from super()._sheet(spread, page)
        turns = pairwise((*self._starts, len(self.problems)))
        for entry, (start, end) in zip(self._entries, turns, strict=True):
            wrong = tuple(one for one in self.problems[start:end] if one.severity == "error")
            if wrong:
                self._faults[id(entry.values)] = wrong

    def _row(self, row: RawRow, columns: Mapping[int, SheetColumn | None], where: str) -> Entry:
        self._starts.append(len(self.problems))
        entry = super()._row(row, columns, where)
        self._entries.append(entry)
        if self.placed:
            sheet = where.removesuffix("!")
            prefix = f"{self.files.get(sheet, self.file)} {'' if sheet in self.files else where}"
            self._places[id(entry.values)] = {
                column.key: f"{prefix}{row.cells[index].place}"
                for index, column in columns.items()
                if column is not None and column is not LINK and index < len(row.cells)
            }
        return entry

    def _linked(self, records: list[Record], found: Mapping[str, list[Entry]]) -> list[Record]:
        """Rows of the tables to the records their first column names; to the only one where it names none."""
        owners: dict[str, list[int]] = {}
        for number, record in enumerate(records):
            owners.setdefault(plain(link_of(record)), []).append(number)
        tables: list[dict[str, list[Entry]]] = [{} for _ in records]
        for key, entries in found.items():
            for entry in entries if key else ():
                whose = owners.get(entry.link, []) or ([0] if not entry.link and len(records) == 1 else [])
                for number in whose:
                    tables[number].setdefault(key, []).append(entry)
                if not whose:
                    said = f"填报单位“{entry.link}”不在基本信息表里" if entry.link else "没有写填报单位"
                    problem = Problem(self.file, 0, 0, entry.place, said, "与基本信息表第一列写成一样")
                    self.strays.append((key, entry.link, self.told(problem)))
        heads = found.get("", [])
        self.rows = [self._whole(head, own) for head, own in zip(heads, tables, strict=True)]
        return [row.record for row in self.rows]

    def _whole(self, head: Entry, own: Mapping[str, list[Entry]]) -> Row:
        entries = [head, *(entry for rows in own.values() for entry in rows)]
        faults = tuple(self.told(one) for entry in entries for one in self._faults.get(id(entry.values), ()))
        record = Record(head.values, {key: tuple(entry.values for entry in rows) for key, rows in own.items()})
        places = dict(self._where(head, own)) if self.placed else NOWHERE
        lines = {key: tuple(entry.place for entry in rows) for key, rows in own.items()}
        return Row(record, head.place, faults, places, lines)

    def _where(self, head: Entry, own: Mapping[str, list[Entry]]) -> Iterator[tuple[str, str]]:
        yield from self._places[id(head.values)].items()
        for key, rows in own.items():
            for number, entry in enumerate(rows):
                yield from ((f"{key}[{number}].{k}", at) for k, at in self._places[id(entry.values)].items())
