"""A form as an Excel file: to fill in, or filled. What is written here, :mod:`notices.forms.data.reading` reads back.

A sheet is three rows of head (title, what to write, column names) and then the data. Equal input gives equal bytes.
A row is written when it is made and not kept: a workbook of many takes no more memory than one of few.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from notices.forms.catalogue import Sheet
from notices.forms.data.records import BLANK, Record, Row
from notices.forms.model import Field
from notices.forms.values import Value, shown
from notices.forms.wording import LINK, SheetColumn, Spread, spreads
from notices.wording.speaker import Speaker
from notices.wording.titles import width
from notices.writers import xlsx

TITLE_ROW, NOTE_ROW, HEAD_ROW = 1, 2, 3
_LAST = 5000
"""The last row that has drop-downs and checks."""
_LISTED = 250
"""Characters Excel takes in a drop-down's list; longer ones are kept on a sheet of their own."""
_CHOICES = "选项"
_EDGE = Side(style="thin", color="000000")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_FORMATS = {
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "integer": "0",
    "year": "0",
    "number": "General",
    "percent": "General",
}


def write(sheet: Sheet, records: Sequence[Record] = ()) -> bytes:
    """An attachment as a workbook: blank without records, else with a row for each.

    Raises:
        NotFoundError: the attachment has several forms.
    """
    form, profile = sheet.only(), sheet.edition.profile
    title = Speaker(profile).title(sheet.title)
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    choices = _Choices(book)
    for spread in spreads(form, profile):
        _Page(book, spread, title, choices).fill(records)
    choices.write()
    return xlsx.saved(book, title, profile.authority.named)


def _styles() -> Iterator[NamedStyle]:
    centre = {"horizontal": "center", "vertical": "center", "wrap_text": True}
    shade = PatternFill("solid", fgColor="F2F2F2")
    yield NamedStyle("标题", font=Font("黑体", size=16), alignment=Alignment(**centre))
    yield NamedStyle(
        "说明", font=Font("楷体", size=9, color="595959"), alignment=Alignment(wrap_text=True, vertical="top")
    )
    yield NamedStyle("表头", font=Font("黑体", size=11), alignment=Alignment(**centre), border=_BOX, fill=shade)
    body = Font("仿宋", size=11)
    for kind in ("text", *_FORMATS):
        across = "left" if kind == "text" else "center"
        look = Alignment(horizontal=across, vertical="center", wrap_text=True)
        yield NamedStyle(f"填写 {kind}", font=body, alignment=look, border=_BOX, number_format=_FORMATS.get(kind, "@"))
    yield NamedStyle("给定", font=body, alignment=Alignment(**centre), border=_BOX, number_format="@", fill=shade)


@dataclass
class _Choices:
    """What drop-downs offer that is too long for Excel to keep in them: a hidden sheet, a column each."""

    book: Workbook
    columns: list[Sequence[str]] = field(default_factory=list)

    def source(self, choices: Sequence[str]) -> str:
        """Where in the workbook the choices will be found."""
        if not self.columns:
            self.book.create_sheet(_CHOICES).sheet_state = "hidden"
        self.columns.append(choices)
        letter = get_column_letter(len(self.columns))
        return f"'{_CHOICES}'!${letter}$1:${letter}${len(choices)}"

    def write(self) -> None:
        """The sheet, once all are known."""
        if not self.columns:
            return
        page = self.book[_CHOICES]
        xlsx.sized(page, max(map(len, self.columns)), len(self.columns))
        for row in zip_longest(*self.columns):
            page.append([None if text is None else xlsx.cells(page, [text], "Normal")[0] for text in row])


class _Page:
    """One sheet of the workbook being written."""

    def __init__(self, book: Workbook, spread: Spread, title: str, choices: _Choices) -> None:
        self.spread, self.choices = spread, choices
        self.page = book.create_sheet(sheet_name(spread, book.sheetnames))
        self.heads = self._head(f"{title}（{spread.name}）" if spread.key else title)
        self._checks()
        self._print()

    def fill(self, records: Sequence[Record]) -> None:
        """Rows of the records; the form's own rows, and empty ones, where there are none."""
        columns = self.spread.columns
        empty = 0 if records or self.spread.rows else self.spread.blank
        count = sum(1 for _ in _rows(self.spread, records or (BLANK,)))
        xlsx.sized(self.page, HEAD_ROW + count + empty, max(2, len(columns)))
        for cells in self.heads:
            self.page.append(cells)
        cells = [WriteOnlyCell(self.page) for _ in columns]
        for number, row in enumerate(_rows(self.spread, records or (BLANK,)), HEAD_ROW + 1):
            for cell, column in zip(cells, columns, strict=True):
                self._write(cell, column, row.get(column.key))
            lines = max((self._lines(column, row.get(column.key)) for column in columns), default=1)
            if lines > 1:  # not every program makes a row as high as its text
                self.page.row_dimensions[number].height = min(400, 15.5 * lines + 4)
            self.page.append(cells)
            self.page.row_dimensions.pop(number, None)
        for cell, column in zip(cells, columns, strict=True):
            self._write(cell, column, None)
        for _ in range(empty):
            self.page.append(cells)

    @staticmethod
    def _lines(column: SheetColumn, value: Value | None) -> int:
        """Lines a text takes in its column: a Chinese character is two of Excel's widths."""
        if not isinstance(value, str):
            return 1
        room = _width(column) - 1
        return sum(max(1, -int(-2 * width(part) // room)) for part in value.split("\n"))

    def _write(self, cell: Cell, column: SheetColumn, value: Value | None) -> None:
        if value is not None and (column.given or not isinstance(value, dt.date | int | Decimal)):
            xlsx.put(cell, shown(column.field, value), _style(column))
            return
        cell.value, cell.style = value, _style(column)

    def _head(self, title: str) -> tuple[list[Cell], ...]:
        """The first three rows."""
        columns = self.spread.columns
        over = f"A{TITLE_ROW}:{get_column_letter(max(2, len(columns)))}{TITLE_ROW}"
        self.page.merged_cells.add(over)
        self.page.row_dimensions[TITLE_ROW].height = 30
        notes = ["" if column.given else "；".join(advice(column.field)) for column in columns]
        heads = xlsx.cells(self.page, [column.heading for column in columns], "表头")
        longest = 1
        for index, (column, note, head) in enumerate(zip(columns, notes, heads, strict=True), 1):
            self.page.column_dimensions[get_column_letter(index)].width = _width(column)
            longest = max(longest, -(-len(note) * 2 // int(_width(column))))
            if note:
                head.comment = Comment(note, "填表说明", height=90, width=240)
        self.page.row_dimensions[NOTE_ROW].height = min(120, 13 * longest + 4)
        self.page.row_dimensions[HEAD_ROW].height = 32
        return xlsx.cells(self.page, [title], "标题"), xlsx.cells(self.page, notes, "说明"), heads

    def _checks(self) -> None:
        for index, column in enumerate(self.spread.columns, 1):
            check = None if column.given else self._check(column.field)
            if check is None:
                continue
            check.errorTitle, check.error = column.heading[:30], "；".join(advice(column.field))[:220] or "请核对"
            check.showErrorMessage = True
            self.page.data_validations.append(check)
            letter = get_column_letter(index)
            check.add(f"{letter}{HEAD_ROW + 1}:{letter}{_LAST}")

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

    def _print(self) -> None:
        page = self.page
        page.freeze_panes = f"A{HEAD_ROW + 1}"
        page.print_title_rows = f"{TITLE_ROW}:{HEAD_ROW}"
        xlsx.landscape(page)
        page.print_options.horizontalCentered = True
        page.HeaderFooter.oddFooter.center.text = "— &P —"


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
    return [part for part in (required, kinds.get(field.type, ""), unit, least, most, field.note or "") if part]


def _width(column: SheetColumn) -> float:
    """A column's width in Excel's measure, half a Chinese character."""
    return round(min(max(8.0, 2.4 * column.field.width, 1.1 * len(column.heading)), 40.0), 1)


def _style(column: SheetColumn) -> str:
    if column.given:
        return "给定"
    return f"填写 {column.field.type if column.field.type in _FORMATS else 'text'}"


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
