"""Sections of rows as an Excel file. Equal input gives equal bytes."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from notices.checklist.sections import Section
from notices.writers import xlsx

_EDGE = Side(style="thin", color="000000")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_TOTAL = 130
"""Characters a sheet is wide."""


def book(title: str, lead: Sequence[str], sections: Sequence[Section], author: str) -> bytes:
    """A workbook with a sheet a section; the lead stands above the first section's table."""
    made = Workbook(write_only=True)
    wrapped = Alignment(vertical="center", wrap_text=True)
    made.add_named_style(NamedStyle("标题", font=Font("黑体", size=16), alignment=Alignment(vertical="center")))
    made.add_named_style(NamedStyle("说明", font=Font("楷体", size=11), alignment=wrapped))
    shade = PatternFill("solid", fgColor="F2F2F2")
    made.add_named_style(NamedStyle("表头", font=Font("黑体", size=11), alignment=wrapped, border=_BOX, fill=shade))
    made.add_named_style(NamedStyle("正文", font=Font("仿宋", size=11), alignment=wrapped, border=_BOX))
    for number, section in enumerate(sections):
        texts = [title if number == 0 else section.title, *(lead if number == 0 else ()), section.lead]
        _page(made.create_sheet(section.title[:31]), section, [text for text in texts if text])
    return xlsx.saved(made, title, author)


def _page(page: WriteOnlyWorksheet, section: Section, texts: Sequence[str]) -> None:
    """A sheet, row by row: what stands before the rows in the file is settled first."""
    last = get_column_letter(len(section.heads))
    head = len(texts) + 1
    total = sum(section.widths)
    for column, width in enumerate(section.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = max(6.0, round(_TOTAL * width / total, 1))
    for row, text in enumerate(texts, 1):
        page.merged_cells.add(f"A{row}:{last}{row}")
        page.row_dimensions[row].height = 28 if row == 1 else 16 * (1 + len(text) // 62)
    xlsx.sized(page, head + len(section.rows), len(section.heads))
    page.freeze_panes = f"A{head + 1}"
    page.auto_filter.ref = f"A{head}:{last}{head + len(section.rows)}"
    page.print_title_rows = f"{head}:{head}"
    xlsx.landscape(page)
    for row, text in enumerate(texts, 1):
        page.append(xlsx.cells(page, [text], "标题" if row == 1 else "说明"))
    page.append(xlsx.cells(page, section.heads, "表头"))
    cells = xlsx.cells(page, section.heads, "正文")
    for texts_of_row in section.rows:
        for cell, text in zip(cells, texts_of_row, strict=True):
            xlsx.literal(cell, text)
        page.append(cells)
