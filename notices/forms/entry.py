"""What Excel is told of a field: what to write in it, what it takes, how its value stands there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from notices.forms.model import Field
from notices.forms.values import Value, shown
from notices.forms.wording import SheetColumn
from notices.wording.titles import width
from notices.writers import xlsx

_LISTED = 250
"""Characters Excel takes in a drop-down's list; longer ones are kept on a sheet of their own."""
_CHOICES = "选项"
_NUMERIC = frozenset({"integer", "number", "percent"})
_FIGURE = re.compile(r"\d+(\.\d+)?")


@dataclass
class Choices:
    """What drop-downs offer that is too long for Excel to keep in them: a hidden sheet, a column each."""

    columns: list[Sequence[str]] = field(default_factory=list)

    def kept(self, book: xlsx.Book) -> None:
        """Add the sheet, where there is anything on it."""
        if self.columns:
            xlsx.hidden(book, _CHOICES, self.columns)

    def check(self, column: SheetColumn) -> DataValidation | None:
        """What Excel takes for a field, and what it says of anything else."""
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
                return _bounds(field)
            case "code":
                return DataValidation("textLength", operator="equal", formula1="18")
            case "text" | "long" if field.most is not None:
                return DataValidation("textLength", operator="lessThanOrEqual", formula1=str(field.most))
            case _:
                return None

    def _list(self, choices: Sequence[str]) -> str:
        """A drop-down's source; one too long for Excel is kept on the hidden sheet."""
        joined = ",".join(choices)
        if len(joined) <= _LISTED and not any(mark in choice for choice in choices for mark in ',"'):
            return f'"{joined}"'
        self.columns.append(choices)
        letter = get_column_letter(len(self.columns))
        return f"'{_CHOICES}'!${letter}$1:${letter}${len(choices)}"


def _bounds(field: Field) -> DataValidation | None:
    """The least and the most of a number; none where the field has neither."""
    least, most = (0, 100) if field.type == "percent" else (field.least, field.most)
    bounds = [str(bound) for bound in (least, most) if bound is not None]
    if not bounds:
        return None
    one_sided = "greaterThanOrEqual" if most is None else "lessThanOrEqual"
    return DataValidation(
        "whole" if field.type in {"integer", "year"} else "decimal",
        operator="between" if len(bounds) == 2 else one_sided,
        formula1=bounds[0],
        formula2=bounds[1] if len(bounds) == 2 else None,
    )


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


def style(column: SheetColumn) -> str:
    """How its cells look: given by the form, or to fill in."""
    if not column.given:
        return xlsx.to_fill_in(column.field.type)
    return "给定数字" if column.field.type in _NUMERIC else "给定"


def written(column: SheetColumn, value: Value | None) -> xlsx.CellValue:
    """Dates and numbers to be reckoned with, everything else as the text a form prints."""
    if value is None or (not column.given and isinstance(value, dt.date | int | Decimal)):
        return value
    text = shown(column.field, value)
    numeric = column.given and column.field.type in _NUMERIC and _FIGURE.fullmatch(text)
    return Decimal(text) if numeric else text


def lines(text: object, room: float) -> int:
    """Lines a value takes in so much of Excel's width: a Chinese character is two."""
    if not isinstance(text, str):
        return 1
    return sum(max(1, -int(-2 * width(part) // room)) for part in text.split("\n"))


def height(count: int) -> float:
    """Points a row of so many lines needs: not every program makes a row as high as its text."""
    return min(xlsx.HIGHEST, 15.5 * count + 4)
