"""What the readers of filled data share: one value checked, given rows found again, problems kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from notices.errors import NoticesError, Problem, ProblemsError
from notices.forms.data.records import Record, Row
from notices.forms.values import BadValueError, Raw, Value, parsed, reread
from notices.forms.wording import SheetColumn, Spread

_LATELY = 1000
"""Values of a column remembered while it is read."""


class Lacking(NamedTuple):
    """A required value that is not there, and where it should be."""

    heading: str
    place: str
    line: int
    column: int


class DataError(ProblemsError):
    """Problems of filled data in the order they were met: sheet after sheet, row 10 after row 9."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        NoticesError.__init__(self, "\n".join(map(str, self.problems)))


@dataclass
class Reader:
    """What both readers share: problems, and one value checked."""

    file: str
    wanted: tuple[Spread, ...]
    single: bool
    problems: list[Problem] = field(default_factory=list)
    missing: list[Lacking] = field(default_factory=list)
    """Required values the row being read has not."""
    _said: set[tuple[str, str]] = field(default_factory=set)
    _known: dict[int, dict[tuple[type, Raw], Value | None]] = field(default_factory=dict)

    def value(self, column: SheetColumn, raw: Raw, place: str, line: int, at: int) -> Value | None:
        """One checked value; a problem is kept."""
        try:
            found = self._parsed(column, raw)
        except BadValueError as error:
            self.problem(f"{place} {column.heading}", str(error), error.hint, line, at)
            return None
        if column.field.type == "code" and isinstance(raw, str) and unicodedata.normalize("NFKC", raw) != raw:
            self.warn(f"{place} {column.heading}", f"“{raw}”里有全角字符，读作 {found}", "对照营业执照核对")
        if found is None and column.field.required and not column.given:
            self.missing.append(Lacking(column.heading, place, line, at))
        said = reread(column.field, raw, found)
        if said and (column.key, said) not in self._said:
            self._said.add((column.key, said))
            self.warn(f"{place} {column.heading}", f"{said}，这一栏都这样读", "意思不同的，改写成“是”或“否”")
        return found

    def _parsed(self, column: SheetColumn, raw: Raw) -> Value | None:
        """A value checked once, and one object, for all cells of its column that say the same, of those met lately."""
        if not isinstance(raw, str | int):
            return parsed(column.field, raw)
        known, key = self._known.setdefault(id(column), {}), (type(raw), raw)
        if key not in known:
            if len(known) >= _LATELY:
                known.clear()
            known[key] = parsed(column.field, raw)
        return known[key]

    def row_read(self, place: str, line: int = 0, at: int = 0, *, each: bool = False) -> None:
        """Tell what a row lacks: one empty cell by its place, several together, or ``each`` by its own."""
        if each or len(self.missing) == 1:
            for one in self.missing:
                self.problem(f"{one.place} {one.heading}", "没有填写", "这一栏必填", one.line, one.column)
        elif self.missing:
            names = "、".join(one.heading for one in self.missing)
            hint = "这些栏必填；合计、说明一类的行请删去"
            self.problem(place, f"有 {len(self.missing)} 栏没有填写：{names}", hint, line, at)
        self.missing.clear()

    def problem(self, key: str, message: str, hint: str, line: int = 0, column: int = 0) -> None:
        """Keep a problem of the file."""
        self.problems.append(Problem(self.file, line, column, key, message, hint))

    def warn(self, key: str, message: str, hint: str) -> None:
        """Keep something to look at."""
        self.problems.append(Problem(self.file, 0, 0, key, message, hint, severity="warning"))

    def given(self, spread: Spread, rows: Sequence[tuple[Mapping[str, str], Row, str]]) -> tuple[Row, ...]:
        """Rows for a table with given rows, in their order; each is known by the given cells it carries.

        Args:
            spread: the table.
            rows: (given cells as they stand in the file, values, place) of each row.
        """
        found: list[Row] = [MappingProxyType({}) for _ in spread.rows]
        taken: set[int] = set()
        for cells, values, place in rows:
            index = _match(spread, cells, taken)
            if index is None:
                self.problem(place, "不是表里给定的行", "灰底的格不要改动，行不要增删")
                continue
            taken.add(index)
            found[index] = values
        for index, row in enumerate(spread.rows):
            if rows and index not in taken and spread.required:
                name = "、".join(row.values())
                self.problem(
                    spread.name, f"缺少给定的行“{name[:40]}”", f"补上这一行；必填：{'、'.join(spread.required)}"
                )
        return tuple(found)

    def unfilled(self, records: Sequence[Record]) -> None:
        """Say which tables will be printed empty; one with cells that have to be filled may not be."""
        for spread in self.wanted:
            empty = sum(not any(record.tables.get(spread.key, ())) for record in records) if spread.key else 0
            if not empty:
                continue
            count = "" if len(records) == 1 else f"（{len(records)} 份里有 {empty} 份）"
            if spread.rows and spread.required:
                self.problem(spread.name, f"没有填写{count}", f"必填：{'、'.join(spread.required)}")
            else:
                printed = "印出来是空格" if spread.rows else "印成“（无）”"
                self.warn(spread.name, f"没有填写{count}，{printed}", "有内容就补上")

    def doubled(self, spread: Spread, rows: Iterable[tuple[Row, str]]) -> None:
        """Say where two rows have one code."""
        codes = [column.key for column in spread.columns if column.field.type == "code"]
        seen: dict[Value, str] = {}
        for values, place in rows:
            code = values.get(codes[0]) if codes else None
            if code is not None and code in seen:
                self.warn(place, f"统一社会信用代码 {code} 与 {seen[code]} 重复", "确认不是同一单位填了两次")
            elif code is not None:
                seen[code] = place


def _match(spread: Spread, cells: Mapping[str, str], taken: set[int]) -> int | None:
    """The first row not taken yet that says the same in every given cell both have."""
    for index, row in enumerate(spread.rows):
        common = [name for name in row if name in cells]
        if index not in taken and common and all(plain(row[name]) == plain(cells[name]) for name in common):
            return index
    return None


def plain(text: str) -> str:
    """A name without what people add or leave out: width of characters, blanks, line ends, marks of obligation."""
    flat = unicodedata.normalize("NFKC", text)
    return "".join(char for char in flat if not char.isspace()).strip("*：:")
