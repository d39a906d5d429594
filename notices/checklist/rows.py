"""The readers of filled forms, row by row: which problem is whose, and where each value stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from notices.checklist.compact import CompactTable
from notices.checklist.lazy import Lazy
from notices.errors import Problem
from notices.forms.data.checking import plain
from notices.forms.data.documents import YamlReader
from notices.forms.data.records import Record
from notices.forms.data.rows import RawRow, RawSheet
from notices.forms.data.sheets import ABOVE, LACKING, SheetEntry, SheetReader
from notices.forms.values import READ_AS
from notices.forms.wording import LINK, SheetColumn, Spread
from notices.forms.workbook import link_of
from notices.profile.yamlfile import Key, Tree

NOWHERE: Mapping[str, str] = MappingProxyType({})
"""The places of a record nobody asked the places of."""


@dataclass(frozen=True, slots=True)
class FilledRow:
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
    rows: list[FilledRow] = field(default_factory=list)

    def read(self, tree: Tree) -> list[FilledRow]:
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
        self.rows.append(FilledRow(record, f"第{tree.origins[key].line}行", wrong, places, lines))
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
    _tables: dict[str, CompactTable] = field(default_factory=dict)
    _links: dict[str, int] = field(default_factory=dict)
    _faults: dict[tuple[str, int], tuple[Problem, ...]] = field(default_factory=dict)
    _places: dict[tuple[str, int], Mapping[str, str]] = field(default_factory=dict)
    _start: int = 0
    _number: int = 0
    _cells: Mapping[str, str] = field(default_factory=lambda: NOWHERE)

    def read(self, pages: Sequence[RawSheet]) -> Sequence[FilledRow]:
        """Every row of the record's sheet, with its rows of the tables; each is made when it is asked for."""
        for spread, page in self._paired(pages, None):
            self._tables[spread.key] = CompactTable(f"{page.name}!" if page.name else "")
            self._keep(spread, page)
        heads = self._tables.get("", CompactTable(""))
        self._link(heads)
        self._links.clear()
        return Lazy(len(heads.rows), self._whole)

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
            replace(self.told(one), hint="要判断这一项就补上", message=one.message.partition("，")[0])
            if one.message.startswith(LACKING)
            else self.told(one)
            for one in self.problems
            if one.severity == "warning" and (one.message.startswith((*LACKING, ABOVE)) or READ_AS in one.message)
        )

    def told(self, problem: Problem) -> Problem:
        """A problem with the file it is really in."""
        sheet, mark, rest = problem.key.partition("!")
        name = self.files.get(sheet)
        return replace(problem, file=name, key=rest if mark else "") if name else problem

    def _keep(self, spread: Spread, page: RawSheet) -> None:
        """Each row; what is found wrong until the next begins is its own."""
        if page.rows:
            self.found.add(spread.key)
        table = self._tables[spread.key]
        last, start = None, 0
        for entry in self._sheet(spread, page):
            if last is not None:
                self._blame((spread.key, last), start, self._start)
            link = entry.link if spread.key else plain(link_of(Record(entry.values)))
            last = table.add(entry.values, self._number, self._links.setdefault(link, len(self._links)))
            start = self._start
            if self.placed:
                self._places[spread.key, last] = self._cells
        if last is not None:
            self._blame((spread.key, last), start, len(self.problems))

    def _blame(self, row: tuple[str, int], start: int, end: int) -> None:
        wrong = tuple(one for one in self.problems[start:end] if one.severity == "error")
        if wrong:
            self._faults[row] = wrong

    def _row(self, row: RawRow, columns: Mapping[int, SheetColumn | None], where: str) -> SheetEntry:
        self._start, self._number = len(self.problems), row.number
        if self.placed:
            sheet = where.removesuffix("!")
            prefix = f"{self.files.get(sheet, self.file)} {'' if sheet in self.files else where}"
            self._cells = {
                column.key: f"{prefix}{row.cells[index].place}"
                for index, column in columns.items()
                if column is not None and column is not LINK and index < len(row.cells)
            }
        return super()._row(row, columns, where)

    def _link(self, heads: CompactTable) -> None:
        """Rows of the tables to the records their first column names; to the only one where it names none."""
        owners, names = set(heads.links), list(self._links)
        for key, table in self._tables.items():
            for index, link in enumerate(table.links if key else ()):
                if link in owners:
                    continue
                if not names[link] and len(heads.rows) == 1:
                    table.links[index] = heads.links[0]
                    continue
                said = f"填报单位“{names[link]}”不在基本信息表里" if names[link] else "没有写填报单位"
                problem = Problem(self.file, 0, 0, table.place(index), said, "与基本信息表第一列写成一样")
                self.strays.append((key, names[link], self.told(problem)))
            table.sort(len(names))

    def _whole(self, number: int) -> FilledRow:
        heads = self._tables[""]
        own = {key: table.of(heads.links[number]) for key, table in self._tables.items() if key}
        own = {key: indices for key, indices in own.items() if indices}
        every = (("", number), *((key, index) for key, indices in own.items() for index in indices))
        faults = tuple(self.told(one) for row in every for one in self._faults.get(row, ()))
        tables = {key: tuple(map(self._tables[key].values, indices)) for key, indices in own.items()}
        places = dict(self._where(number, own)) if self.placed else NOWHERE
        lines = {key: tuple(map(self._tables[key].place, indices)) for key, indices in own.items()}
        return FilledRow(Record(heads.values(number), tables), heads.place(number), faults, places, lines)

    def _where(self, number: int, own: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, str]]:
        yield from self._places["", number].items()
        for key, indices in own.items():
            for position, index in enumerate(indices):
                yield from ((f"{key}[{position}].{k}", at) for k, at in self._places[key, index].items())
