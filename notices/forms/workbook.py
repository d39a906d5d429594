"""A form as an Excel file: to fill in, or filled. What is written here, :mod:`notices.forms.data.reading` reads back.

A sheet begins with its title, what to write (while it is empty), heads over several columns, and its columns' names.
Equal input gives equal bytes.
A row is written when it is made and not kept: a workbook of many takes no more memory than one of few.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from notices.forms.catalogue import Sheet
from notices.forms.data.records import BLANK, Record, Row
from notices.forms.model import Field
from notices.forms.values import Value, shown
from notices.forms.wording import LINK, NUMBER, SheetColumn, Spread, spreads
from notices.wording.speaker import Speaker
from notices.wording.titles import width
from notices.writers import xlsx

TITLE_ROW = 1
_HEIGHT = 19.5
"""The height of a row of one line."""
_LISTED = 250
"""Characters Excel takes in a drop-down's list; longer ones are kept on a sheet of their own."""
_CHOICES = "选项"
_WIDTHS = {"index": 6.0, "code": 21.0, "date": 12.0, "phone": 15.0, "email": 24.0, "url": 30.0}
"""What a column needs at least, in Excel's measure, for a value of its kind on one line."""


def write(sheet: Sheet, records: Sequence[Record] = ()) -> bytes:
    """An attachment as a workbook: blank without records, else with a row for each.

    Raises:
        NotFoundError: the attachment has several forms. ProblemsError: texts longer than Excel keeps in a cell.
    """
    form, profile = sheet.only(), sheet.edition.profile
    title = Speaker(profile).title(sheet.title)
    book = xlsx.Book(title, profile.authority.named)
    choices = _Choices()
    for spread in spreads(form, profile):
        _Page(book, spread, title, choices).fill(records)
    if choices.columns:
        xlsx.hidden(book, _CHOICES, choices.columns)
    return book.saved()


@dataclass
class _Choices:
    """What drop-downs offer that is too long for Excel to keep in them: a hidden sheet, a column each."""

    columns: list[Sequence[str]] = field(default_factory=list)

    def source(self, choices: Sequence[str]) -> str:
        """Where in the workbook the choices will be found."""
        self.columns.append(choices)
        letter = get_column_letter(len(self.columns))
        return f"'{_CHOICES}'!${letter}$1:${letter}${len(choices)}"


class _Page:
    """One sheet of the workbook being written."""

    def __init__(self, book: xlsx.Book, spread: Spread, title: str, choices: _Choices) -> None:
        self.book, self.spread, self.choices = book, spread, choices
        self.title = f"{title}（{spread.name}）" if spread.key else title
        self.columns = spread.columns

    def fill(self, records: Sequence[Record]) -> None:
        """Rows of the records; the form's own rows, and empty ones, where there are none."""
        if records and self.spread.numbered and not self.spread.linked:
            self.columns = (NUMBER, *self.columns)
        columns = self.columns
        empty = 0 if records or self.spread.rows else self.spread.blank
        count = sum(1 for _ in _rows(self.spread, records or (BLANK,)))
        page = self._sheet(count + empty, filled=bool(records))
        for number, found in enumerate(_rows(self.spread, records or (BLANK,)), 1):
            row = {NUMBER.key: number, **found}
            lines = max((self._lines(column, row.get(column.key)) for column in columns), default=1)
            # not every program makes a row as high as its text
            height = min(400, 15.5 * lines + 4)
            page.add([_written(column, row.get(column.key)) for column in columns], height)
        for _ in range(empty):
            page.add([None] * len(columns), _HEIGHT)

    @staticmethod
    def _lines(column: SheetColumn, value: Value | None) -> int:
        """Lines a text takes in its column: a Chinese character is two of Excel's widths."""
        if not isinstance(value, str):
            return 1
        room = _width(column) - 1
        return sum(max(1, -int(-2 * width(part) // room)) for part in value.split("\n"))

    def _sheet(self, rows: int, *, filled: bool) -> xlsx.BookSheet:
        """The sheet with what stands above its rows: title, what to write while it is empty, heads."""
        notes = ["" if column.given else "；".join(advice(column.field)) for column in self.columns]
        columns = [
            xlsx.BookColumn(
                column.heading, _width(column), _style(column), "" if filled else note, self._checked(column)
            )
            for column, note in zip(self.columns, notes, strict=True)
        ]
        longest = max([1, *(-(-len(note) * 2 // int(one.width)) for one, note in zip(columns, notes, strict=True))])
        above = [xlsx.Above((self.title,), "标题", 30)]
        if not filled:
            above.append(xlsx.Above(tuple(notes), "填表说明", min(120, 13 * longest + 4)))
        if any(column.under for column in self.columns):
            above.append(self._groups())
        look = xlsx.Look(tuple(above), repeated=TITLE_ROW, head=32)
        return xlsx.BookSheet(self.book, sheet_name(self.spread, self.book.names), columns, rows, look)

    def _groups(self) -> xlsx.Above:
        """The heads that stand over several columns."""
        texts: list[str] = []
        joined: list[tuple[int, int]] = []
        for under, group in groupby(self.columns, lambda column: column.under):
            count = len(list(group))
            if under and count > 1:
                joined.append((len(texts) + 1, len(texts) + count))
            texts += [under, *[""] * (count - 1)]
        return xlsx.Above(tuple(texts), "表头", _HEIGHT, tuple(joined))

    def _checked(self, column: SheetColumn) -> DataValidation | None:
        """What Excel takes in a column, and what it says of anything else."""
        check = None if column.given else self._check(column.field)
        if check is not None:
            check.errorTitle, check.error = column.heading[:30], "；".join(advice(column.field))[:220] or "请核对"
            check.showErrorMessage = True
        return check

    def _check(self, field: Field) -> DataValidation | None:
        choices = ("是", "否") if field.type == "yesno" else field.choices
        match field.type:
            case "choice" | "yesno":
                return DataValidation("list", formula1=self._list(choices), allow_blank=True)
            case "integer" | "number" | "percent" | "year":
                least, most = (0, 100) if field.type == "percent" else (field.least, field.most)
                kind = "whole" if field.type in {"integer", "year"} else "decimal"
                if least is None and most is None:
                    return None
                operator = (
                    "between"
                    if None not in (least, most)
                    else "greaterThanOrEqual"
                    if most is None
                    else "lessThanOrEqual"
                )
                bounds = [str(bound) for bound in (least, most) if bound is not None]
                return DataValidation(
                    kind, operator=operator, formula1=bounds[0], formula2=bounds[1] if len(bounds) > 1 else None
                )
            case "code":
                return DataValidation("textLength", operator="equal", formula1="18")
            case "text" | "long" if field.most is not None:
                return DataValidation("textLength", operator="lessThanOrEqual", formula1=str(field.most))
            case _:
                return None

    def _list(self, choices: Sequence[str]) -> str:
        """A drop-down's source; one too long for Excel is kept on a hidden sheet."""
        joined = ",".join(choices)
        if len(joined) <= _LISTED and not any(mark in choice for choice in choices for mark in ',"'):
            return f'"{joined}"'
        return self.choices.source(choices)


def sheet_name(spread: Spread, taken: Sequence[str] = ()) -> str:
    """A name Excel takes for a sheet: at most 31 characters, no brackets, slashes or wildcards, not taken yet."""
    name = "".join(char for char in spread.name if char not in "[]:*?/\\'")[:28] or spread.key
    return name if name not in taken else f"{name[:25]}-{spread.key[:5]}"


def advice(field: Field) -> list[str]:
    """What to write in a field, in short phrases."""
    kinds = {
        "date": "日期，如 2024-05-31",
        "month": "年月，如 2024-05",
        "year": "四位年份",
        "integer": "整数",
        "percent": "百分数，只写数字",
        "code": "18 位统一社会信用代码",
        "industry": "GB/T 4754 行业代码",
        "phone": "区号-号码或手机号",
        "choices": f"可多选，用顿号分开：{'、'.join(field.choices)}",
    }
    least = f"不小于 {field.least}" if field.least is not None else ""
    most = (
        ""
        if field.most is None
        else f"最多 {field.most} 字"
        if field.type in {"text", "long"}
        else f"不大于 {field.most}"
    )
    required = "必填" if field.required else ""
    unit = f"单位：{field.unit}" if field.unit else ""
    note = field.note or ""
    said = [part for part in (kinds.get(field.type, ""), unit, least, most) if part and not _repeated(part, note)]
    return [part for part in (required, *said, note) if part]


def _repeated(part: str, note: str) -> bool:
    """Whether the note of a field says the same again: its figure, its unit, its standard."""
    named = re.search(r"GB/T \d+|\d+ 字", part) or re.search(r"(?<=单位：).+", part)
    return named is not None and named[0].replace(" ", "") in note.replace(" ", "")


def _width(column: SheetColumn) -> float:
    """A column's width in Excel's measure, half a Chinese character."""
    least = _WIDTHS.get(column.field.type, 8.0)
    return round(min(max(least, 2.4 * column.field.width, 1.1 * len(column.heading)), 40.0), 1)


def _style(column: SheetColumn) -> str:
    return "给定" if column.given else xlsx.to_fill_in(column.field.type)


def _written(column: SheetColumn, value: Value | None) -> xlsx.CellValue:
    """Dates and numbers to be reckoned with, everything else as the text a form prints."""
    if value is None or (not column.given and isinstance(value, dt.date | int | Decimal)):
        return value
    return shown(column.field, value)


def _rows(spread: Spread, records: Sequence[Record]) -> Iterator[Mapping[str, Value]]:
    for record in records:
        if not spread.key:
            if record is not BLANK:
                yield record.values
            continue
        link = {LINK.key: link_of(record)} if spread.linked and record is not BLANK else {}
        entries: Sequence[Row] = record.tables.get(spread.key, ())
        if spread.rows:
            entries = [*entries, *[{}] * (len(spread.rows) - len(entries))]
            yield from ({**link, **entry, **row} for entry, row in zip(entries, spread.rows, strict=True))
        else:
            yield from ({**link, **entry} for entry in entries)


def link_of(record: Record) -> str:
    """What the rows of a record's tables are known by: its first value."""
    return next((str(value) for value in record.values.values()), "")
