"""A comparison as a workbook: heads frozen, every column filtered, one row a rule. Equal input gives equal bytes."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from notices.compare.grid import Box, Grid
from notices.compare.topics import TOPICS
from notices.wording.columns import cells
from notices.writers import xlsx

_WIDE = 170
"""Characters the columns of the table share."""
_FILLS = {
    "从严": "F8D7DA",
    "放宽": "D4EDDA",
    "有变化": "FFF3CD",
    "不同": "FFF3CD",
    "待定": "FFE699",
    "未规定": "E9E1F4",
}
_FILLS |= {"仅左边有": "E9E1F4", "仅右边有": "D9ECF7", "增加": "D9ECF7"}
_EDGE = Side(style="thin", color="BFBFBF")
_EXTRA = ("编号", "主题", "分类", "标记")


def write(grid: Grid) -> bytes:
    """The grid as an Excel file."""
    book = Workbook()
    page: Worksheet = book.active
    page.title = "对照"
    for style in _styles():
        book.add_named_style(style)
    _table(page, grid)
    _notes(book.create_sheet("说明"), grid)
    return xlsx.saved(book, grid.title, "")


def _styles() -> list[NamedStyle]:
    box = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
    top = Alignment(vertical="top", wrap_text=True)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    shade = PatternFill("solid", fgColor="E9EEF3")
    return [
        NamedStyle("表头", font=Font("黑体", size=11), alignment=middle, border=box, fill=shade),
        NamedStyle("正文", font=Font("仿宋", size=11), alignment=top, border=box, number_format="@"),
    ]


def _table(page: Worksheet, grid: Grid) -> None:
    head = (*_EXTRA, *grid.head)
    widths = [24, 14, 18, 14, *(max(10, round(_WIDE * width / sum(grid.widths))) for width in grid.widths)]
    for index, (name, width) in enumerate(zip(head, widths, strict=True), 1):
        xlsx.put(page.cell(1, index), name, "表头")
        page.column_dimensions[get_column_letter(index)].width = width
    row = 1
    for part in grid.parts:
        for line in part.lines:
            row += 1
            extra = (line.id, TOPICS[line.topic][0], part.title, "、".join(line.marks))
            texts = (*extra, *map(_told, line.boxes))
            for index, text in enumerate(texts, 1):
                xlsx.put(page.cell(row, index), text, "正文")
            for index, box in enumerate(line.boxes, len(extra) + 1):
                if colour := next((_FILLS[mark] for mark in box.marks if mark in _FILLS), None):
                    page.cell(row, index).fill = PatternFill("solid", fgColor=colour)
            page.row_dimensions[row].height = _height(texts, widths)
    page.freeze_panes = page.cell(2, len(_EXTRA) + 2)
    page.auto_filter.ref = f"A1:{get_column_letter(len(head))}{max(row, 2)}"
    page.print_title_rows = "1:1"
    xlsx.landscape(page, xlsx.A3)
    page.oddFooter.center.text = "— &P —"


def _told(box: Box) -> str:
    marks = "".join(f"[{mark}]" for mark in box.marks)
    return "\n".join(part for part in (marks, box.text + box.cite) if part)


def _height(texts: tuple[str, ...], widths: list[int]) -> float:
    """Points a row needs: Excel does not fit rows that a program wrote."""
    lines = max(
        sum(-(-max(cells(line), 1) // max(width - 1, 1)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(409.0, 15.5 * lines + 4)


def _notes(page: Worksheet, grid: Grid) -> None:
    page.column_dimensions["A"].width = 120
    for row, text in enumerate((grid.title, *grid.notes), 1):
        xlsx.put(page.cell(row, 1), text, "正文")
