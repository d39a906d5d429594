"""The readers of filled forms, row by row: which problem is whose, and where each value stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from notices.checklist.compact import CompactTable
from notices.checklist.lazy import Lazy
from notices.checklist.mixed import COLUMN, Mixed
from notices.checklist.places import NOWHERE, Cells, SheetColumns, in_table
from notices.errors import Problem
from notices.forms.data.checking import Reader, plain
from notices.forms.data.documents import YamlReader
from notices.forms.data.records import Record
from notices.forms.data.rows import RawRow, RawSheet
from notices.forms.data.sheets import LACKING, SheetEntry, SheetReader
from notices.forms.values import Raw, Value
from notices.forms.wording import SheetColumn, Spread
from notices.forms.workbook import link_of
from notices.profile.yamlfile import Key, Tree


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A record as read, with what is wrong with it; ``lines`` are the places of its tables' rows."""

    record: Record
    place: str
    faults: tuple[Problem, ...] = ()
    places: Mapping[str, str] = field(default_factory=lambda: NOWHERE)
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Careful(Reader):
    """Reads nothing an applicant may have meant otherwise."""

    def value(self, column: SheetColumn, raw: Raw, place: str, line: int, at: int) -> Value | None:
        """One checked value; a share of up to 1 without its mark may be a part of one: 0.51 of 51%."""
        found = super().value(column, raw, place, line, at)
        if column.field.type != "percent" or not isinstance(found, Decimal) or not 0 < found <= 1:
            return found
        if isinstance(raw, str) and plain(raw).endswith("%"):
            return found
        meant = f"{found}% 还是 {(found * 100).normalize():f}%"
        self.problem(f"{place} {column.heading}", f"填的是 {found}，看不出是 {meant}", "带百分号写", line, at)
        return None


@dataclass
class ListedRows(Careful, YamlReader):
    """A file of one mapping, or a list of them."""

    rows: list[FilledRow] = field(default_factory=list)
    mixed: Mixed | None = None
    elsewhere: set[str] = field(default_factory=set)
    """What the applicants of other categories are called, in a file of several."""

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
        if self.mixed and not self.mixed.takes(self._applied(entry)):
            self.elsewhere.add(str(entry.get("name", "")))
            return Record()
        start = len(self.problems)
        record = super()._record(tree, entry, key)
        wrong = tuple(one for one in self.problems[start:] if one.severity == "error")
        places = dict(_listed_places(tree, entry, key, self.wanted))
        lines = {
            table: tuple(f"第{tree.origins[*key, table, number].line}行" for number in range(len(rows)))
            for table, rows in record.tables.items()
        }
        self.rows.append(FilledRow(record, f"第{tree.origins[key].line}行", wrong, places, lines))
        return record

    def _applied(self, entry: Mapping[str, object]) -> object:
        columns = (one for spread in self.wanted if not spread.key for one in spread.columns if one.key == COLUMN)
        names = (name for one in columns for name in (one.key, one.heading))
        return next((entry[name] for name in names if name in entry), None)


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
                (in_table(spread.key, number, names[name]), (*key, spread.key, number, name))
                for number, row in listed
                for name in (row if isinstance(row, dict) else ())
                if name in names
            )
        for name, at in found:
            yield name, f"{tree.origins[at].file}:{tree.origins[at].line}"


@dataclass
class SheetRows(Careful, SheetReader):
    """A workbook, or CSV files. ``files``: by sheet the file it came from, where that is not the one named."""

    files: Mapping[str, str] = field(default_factory=dict)
    mixed: Mixed | None = None
    found: set[str] = field(default_factory=set)
    strays: list[tuple[str, str, Problem]] = field(default_factory=list)
    _tables: dict[str, CompactTable] = field(default_factory=dict)
    _links: dict[str, int] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)
    """What the applicants of other categories are called, in a file of several."""
    _faults: dict[tuple[str, int], tuple[Problem, ...]] = field(default_factory=dict)
    _columns_of: dict[str, SheetColumns] = field(default_factory=dict)
    _start: int = 0
    _number: int = 0
    _learned: SheetColumns = field(default_factory=lambda: SheetColumns(""))

    def read(self, pages: Sequence[RawSheet]) -> Sequence[FilledRow]:
        """Every row of the record's sheet, with its rows of the tables; each is made when it is asked for."""
        for spread, page in self._paired(pages, None):
            where = f"{page.name}!" if page.name else ""
            self._tables[spread.key] = CompactTable(where)
            file = self.files.get(page.name)
            self._learned = self._columns_of[spread.key] = SheetColumns(f"{file} " if file else f"{self.file} {where}")
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
            if one.severity == "warning"
        )

    def told(self, problem: Problem) -> Problem:
        """A problem with the file it is really in."""
        sheet, mark, rest = problem.key.partition("!")
        name = self.files.get(sheet)
        return replace(problem, file=name, key=rest if mark else "") if name else problem

    def _missing(self, column: SheetColumn, where: str) -> None:
        """A column that is not there: nothing is printed of it, but nothing can be judged by it."""
        if column.field.required:
            super()._missing(column, where)
        else:
            self.warn(where.rstrip("!"), f"没有列“{column.heading}”", "要判断这一项就补上这一列")

    def _keep(self, spread: Spread, page: RawSheet) -> None:
        """Each row; what is found wrong until the next begins is its own."""
        if page.rows:
            self.found.add(spread.key)
        table = self._tables[spread.key]
        last, start = None, 0
        for entry in self._sheet(spread, page):
            if last is not None:
                self._blame((spread.key, last), start, self._start)
            link = entry.link if spread.key else plain(str(entry.values.get("name") or link_of(Record(entry.values))))
            last = table.add(entry.values, self._number, self._links.setdefault(link, len(self._links)))
            start = self._start
        if last is not None:
            self._blame((spread.key, last), start, len(self.problems))

    def _blame(self, row: tuple[str, int], start: int, end: int) -> None:
        wrong = tuple(one for one in self.problems[start:end] if one.severity == "error")
        if wrong:
            self._faults[row] = wrong

    def _passed(self, spread: Spread, row: RawRow, columns: Mapping[int, SheetColumn | None]) -> bool:
        """Rows of another category; what they are called is kept, for the rows of tables that name them."""
        if self.mixed is None or spread.key:
            return False
        said = {column.key: row.cells[n].value for n, column in columns.items() if column and n < len(row.cells)}
        if self.mixed.takes(said.get(COLUMN)):
            return False
        first = next((value for value in said.values() if value is not None), "")
        self.elsewhere.add(plain(str(said.get("name") or first)))
        return True

    def _others(self, spread: Spread, names: Mapping[str, SheetColumn]) -> Mapping[str, SheetColumn | None]:
        """The heads of the other categories' forms; one of a field this form has, too, stands for it."""
        if self.mixed is None:
            return {}
        own = {column.key: column for column in names.values()}
        return {head: own.get(key) for (table, head), key in self.mixed.columns.items() if table == spread.key}

    def _row(self, row: RawRow, columns: Mapping[int, SheetColumn | None], where: str) -> SheetEntry:
        self._start, self._number = len(self.problems), row.number
        self._learned.learn(row, columns)
        return super()._row(row, columns, where)

    def _link(self, heads: CompactTable) -> None:
        """Rows of the tables to the records their first column names; to the only one where it names none."""
        owners, names = set(heads.links), list(self._links)
        for key, table in self._tables.items():
            for index, link in enumerate(table.links if key else ()):
                if link in owners or names[link] in self.elsewhere:
                    continue
                if not names[link] and len(heads.rows) == 1 and not self.elsewhere:
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
        numbers = {key: tuple(map(self._tables[key].number, indices)) for key, indices in own.items()}
        places = Cells(self._columns_of, {"": (heads.number(number),), **numbers})
        lines = {key: tuple(map(self._tables[key].place, indices)) for key, indices in own.items()}
        return FilledRow(Record(heads.values(number), tables), heads.place(number), faults, places, lines)
