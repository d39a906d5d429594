"""A report as a workbook: a sheet a table, every row in it. Rows that can be chosen are a list to filter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from openpyxl.worksheet.datavalidation import DataValidation

from notices.marks import unmarked
from notices.reports.model import Part, Report, ReportCell, ReportRow, ReportTable, Tone
from notices.writers.table import Means
from notices.writers.xlsx import A3, Above, Book, BookColumn, BookSheet, CellValue, Look, row_height, to_fill_in

_TOTAL = 130
"""Characters the columns of a table share."""
_WIDE = 170
"""The same of a list to filter, whose own columns come first."""
_LEAST = 18
"""Characters a column of such a list has at least: with many columns it is scrolled, not squeezed."""
_EXTRA = {"主题": 14, "分类": 18, "标记": 14, "编号": 24}
_FILLS: dict[Tone, str] = {
    "stricter": "F8D7DA",
    "looser": "D4EDDA",
    "changed": "FFF3CD",
    "pending": "FFE699",
    "absent": "E9E1F4",
    "added": "D9ECF7",
}


def made(report: Report, _: Means) -> bytes:
    """The file, which needs nothing besides."""
    return write(report)


def write(report: Report) -> bytes:
    """The workbook.

    Raises:
        ProblemsError: texts longer than Excel keeps in a cell.
    """
    book = Book(report.title, report.author)
    for number, table in enumerate(report.tables):
        if report.topics and any(row.key for row in table.rows):
            _listed(book, report, table)
        else:
            _sheet(book, table, (report.title, *report.notes) if number == 0 and not report.topics else (table.name,))
    if report.topics:
        _notes(book, report)
    return book.saved()


def _sheet(book: Book, table: ReportTable, texts: tuple[str, ...]) -> None:
    """A table under its title and what is said of it."""
    grouped = any(part.title for part in table.parts)
    total = sum(table.widths)
    widths = [*([22.0] if grouped else []), *(max(6.0, round(_TOTAL * width / total, 1)) for width in table.widths)]
    heads = (*(["分组"] if grouped else []), *table.heads)
    kinds = [*(["正文"] if grouped else []), *_kinds(table)]
    columns = [BookColumn(head, width, kind) for head, width, kind in zip(heads, widths, kinds, strict=True)]
    if table.ticks:
        columns[-1] = BookColumn(
            columns[-1].head, max(columns[-1].width, 9), to_fill_in("integer"), check=_one_of(table)
        )
    told = [unmarked(text) for text in (*texts, table.lead) if text]
    above = [Above((told[0],), "标题", 28), *(Above((text,), "说明", 16 * (1 + len(text) // 62)) for text in told[1:])]
    count = sum(len(part.rows) for part in table.parts)
    page = BookSheet(book, table.name[:31], columns, count, Look(tuple(above), filtered=True))
    for part in table.parts:
        for row in part.rows:
            lines = [*([part.title] if grouped else []), *(unmarked(cell.lines) for cell in row.cells)]
            values: list[CellValue] = [*([part.title] if grouped else []), *map(_value, row.cells)]
            if table.ticks and lines[-1].startswith("□"):
                values[-1] = table.ticks[0]
            page.add(values, row_height(lines, widths))


_LOOKED_AT = 20
"""Rows that tell what kind of values a column holds."""


def _kinds(table: ReportTable) -> Iterator[str]:
    """The style of each column: of numbers and days where its cells are such."""
    rows = list(islice(table.rows, _LOOKED_AT))
    for place in range(len(table.heads)):
        found = {type(row.cells[place].value) for row in rows} - {type(None)}
        yield to_fill_in("date") if dt.date in found else to_fill_in("integer") if int in found else "正文"


def _value(cell: ReportCell) -> CellValue:
    return cell.lines if cell.value is None else cell.value


def _one_of(table: ReportTable) -> DataValidation:
    return DataValidation(type="list", formula1=f'"{",".join(table.ticks)}"', allow_blank=True)


def _listed(book: Book, report: Report, table: ReportTable) -> None:
    """A table as a list: its cells, coloured by their marks, then what a row is chosen and known by."""
    shares = [max(_LEAST, round(_WIDE * width / sum(table.widths))) for width in table.widths]
    heads, widths = (*table.headed, *_EXTRA), [*shares, *_EXTRA.values()]
    columns = [BookColumn(head, width) for head, width in zip(heads, widths, strict=True)]
    count = sum(len(part.rows) for part in table.parts)
    look = Look(still=table.still, filtered=True, paper=A3)
    page = BookSheet(book, table.name[:31], columns, count, look)
    topics = dict(report.topics)
    for part in table.parts:
        for row in part.rows:
            texts = (*(unmarked(cell.lines) for cell in row.cells), *_known(part, row, topics))
            page.add(texts, row_height(texts, widths), _fills(row))


def _known(part: Part, row: ReportRow, topics: dict[str, str]) -> tuple[str, ...]:
    return topics.get(row.topic, ""), part.title, "、".join(mark.text for mark in row.marks), row.key


def _fills(row: ReportRow) -> dict[int, str]:
    return {
        place: colour
        for place, cell in enumerate(row.cells)
        if (colour := next((_FILLS[mark.tone] for mark in cell.marks if mark.tone in _FILLS), None))
    }


def _notes(book: Book, report: Report) -> None:
    page = BookSheet(book, "说明", [BookColumn(report.title, 120)], len(report.notes))
    for note in report.notes:
        page.add([note])
