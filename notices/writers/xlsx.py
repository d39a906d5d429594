"""What all workbooks have in common: literal text, a landscape page, equal bytes for equal input."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from notices.writers.word.ooxml import core_properties, repack

A3, A4 = 8, 9
"""Excel's numbers for paper sizes."""


def put(cell: Cell, text: str, style: str) -> None:
    """Text as text, never a formula, whatever it begins with."""
    literal(cell, text)
    cell.style = style


def literal(cell: Cell, text: str) -> None:
    """Other text for a cell that has its style."""
    cell.value = text
    cell.data_type = "s"


def landscape(page: Worksheet, paper: int = A4) -> None:
    """Print on landscape pages, as wide as the paper and as many as it takes."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", paper
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


def saved(book: Workbook, title: str, author: str) -> bytes:
    """The file. Its bytes depend on its content only: the clock openpyxl writes into it is taken out."""
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), {"docProps/core.xml": core_properties(title, author)})
