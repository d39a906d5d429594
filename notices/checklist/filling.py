"""One applicant's sheet while it is being filled in: what can be read of it, and what is wrong at which cell.

A wrong cell stops nothing but what looks at it: the rest is judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from notices.checklist.facts import fact_name
from notices.checklist.impossible import impossible
from notices.checklist.intake import Applicant, rows_of
from notices.checklist.places import in_table
from notices.checklist.rows import Careful
from notices.errors import Problem, ProblemsError
from notices.forms.catalogue import Sheet
from notices.forms.data.records import Record, Row
from notices.forms.values import Value, shown
from notices.forms.wording import LINK, SheetColumn, Spread, spreads

TABLE_FACTS: Mapping[str, str] = {"records": "record_date", "certificates": "certificate"}
"""By table: what rules that look at its rows are known by."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields, as typed: by field, and by table a row each. A field left empty is not there."""

    values: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filling:
    """What was read: ``faults`` and ``notes`` (which stop nothing) by field, in tables as ``records[0].severity``.

    ``unread`` are the facts whose answers are wrong, for :func:`notices.checklist.outcome.judged`.
    """

    applicant: Applicant
    faults: Mapping[str, str]
    notes: Mapping[str, str]
    unread: frozenset[str]


def filling(typed: Typed, sheet: Sheet, day: dt.date) -> Filling:
    """What is typed, read field by field.

    Args:
        typed: the texts.
        sheet: the form of the category.
        day: the day of judgement: what has happened is not later.
    """
    wanted = spreads(sheet.only(), sheet.edition.profile)
    reader = _Cells(wanted)
    values: Row = {}
    tables: dict[str, list[Row]] = {}
    for spread in wanted:
        if not spread.key:
            values = reader.row(spread, typed.values, "{}")
        else:
            rows = typed.tables.get(spread.key, ())
            tables[spread.key] = [
                reader.row(spread, row, in_table(spread.key, number, "{}"), whole=True)
                for number, row in enumerate(rows)
            ]
    record = Record(values, tables)
    labels = {column.key: column.heading for spread in wanted for column in spread.columns}
    for one in impossible(record, day, labels):
        at = in_table(one.table, one.number, one.field) if one.table else one.field
        hint = "核对日期；要按更晚的一天判断，改判断日" if one.later else "核对两个日期"
        reader.faults.setdefault(at, f"{one.message}；{hint}")
    kept = {name: tuple(row for row in rows if row) for name, rows in tables.items()}
    unread = frozenset(map(_fact_of, reader.faults))
    return Filling(Applicant(Record(values, kept), ""), reader.faults, reader.notes, unread)


def _fact_of(at: str) -> str:
    table, bracket, _ = at.partition("[")
    return TABLE_FACTS.get(table, table) if bracket else fact_name(at)


class _Cells:
    """Reads cell by cell, and keeps what is wrong by the cell's name."""

    def __init__(self, wanted: tuple[Spread, ...]) -> None:
        self.reader = Careful("", wanted, single=True)
        self.faults: dict[str, str] = {}
        self.notes: dict[str, str] = {}

    def row(self, spread: Spread, texts: Mapping[str, str], name: str, *, whole: bool = False) -> Row:
        """The values of a row; ``whole``: one that is begun lacks nothing that is required."""
        found: dict[str, Value] = {}
        begun = any(text.strip() for text in texts.values())
        for column in _asked(spread):
            at = name.format(column.key)
            value = self._value(column, texts.get(column.key, ""), at)
            if value is not None:
                found[column.key] = value
            elif whole and begun and column.field.required and at not in self.faults:
                self.faults[at] = "没有填写，这一栏必填"
        self.reader.missing.clear()
        return found

    def _value(self, column: SheetColumn, text: str, at: str) -> Value | None:
        start = len(self.reader.problems)
        value = self.reader.value(column, text, "", 0, 0)
        for problem in self.reader.problems[start:]:
            into = self.faults if problem.severity == "error" else self.notes
            into[at] = "；".join(filter(None, (problem.message, problem.hint)))
        return value


def _asked(spread: Spread) -> Iterator[SheetColumn]:
    return (column for column in spread.columns if column is not LINK and not column.given)


def taken(path: Path, sheet: Sheet) -> tuple[Typed, tuple[Problem, ...]]:
    """The one applicant of a file as it would be typed, and the cells that cannot be read.

    Raises:
        ProblemsError: the file cannot be read, or has no applicant, or several.
    """
    wanted = spreads(sheet.only(), sheet.edition.profile)
    reader, rows, _ = rows_of(path, wanted)
    if len(rows) != 1:
        message = f"有 {len(rows)} 家，这里只填一家" if rows else "没有申报单位"
        found = [] if rows else list(reader.shape)
        hint = "许多家的，用“许多家一起核对”" if rows else "一家一行，或用“只填一家”的空表"
        raise ProblemsError(found or [Problem(path.name, 0, 0, "", message, hint)])
    (row,) = rows
    columns = {column.key: column for spread in wanted for column in spread.columns}
    texts = _texts(row.record.values, columns)
    tables = {name: [_texts(one, columns) for one in some] for name, some in row.record.tables.items()}
    strays = (problem for _, _, problem in reader.strays)
    return Typed(texts, tables), tuple(dict.fromkeys(chain(row.faults, reader.shape, strays)))


def _texts(row: Row, columns: Mapping[str, SheetColumn]) -> dict[str, str]:
    """Values as one types them; a day as 2024-05-31."""
    return {
        name: f"{value:%Y-%m-%d}"
        if isinstance(value, dt.date) and columns[name].field.type == "date"
        else f"{shown(columns[name].field, value)}%"
        if columns[name].field.type == "percent"
        else shown(columns[name].field, value)
        for name, value in row.items()
    }
