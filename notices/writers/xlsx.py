"""What all workbooks have in common: literal text, a landscape page, equal bytes for equal input."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from notices.marks import unmarked
from notices.ooxml.xml import core_properties, pack

A3, A4 = 8, 9
"""Excel's numbers for paper sizes."""


def put(cell: Cell, text: str, style: str) -> None:
    """Text as text, never a formula, whatever it begins with."""
    literal(cell, text)
    cell.style = style


def literal(cell: Cell, text: str) -> None:
    """Other text for a cell that has its style; the marks of a document are none of its characters."""
    cell.value = unmarked(text)
    cell.data_type = "s"


def cells(page: WriteOnlyWorksheet, texts: Sequence[str], style: str) -> list[Cell]:
    """A row of texts for a sheet written row by row: a cell gets its place when written, and serves again."""
    made = [WriteOnlyCell(page) for _ in texts]
    for cell, text in zip(made, texts, strict=True):
        put(cell, text, style)
    return made


def landscape(page: Worksheet | WriteOnlyWorksheet, paper: int = A4) -> None:
    """Print on landscape pages, as wide as the paper and as many as it takes."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", paper
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


def sized(page: WriteOnlyWorksheet, rows: int, columns: int) -> None:
    """Say how large a sheet written row by row will be, as other sheets do: its first rows come before its last."""
    page.calculate_dimension = lambda: f"A1:{get_column_letter(columns)}{rows}"


def saved(book: Workbook, title: str, author: str) -> bytes:
    """The file. Its bytes depend on its content only: the clock openpyxl writes into it is taken out."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as package:
        parts: dict[str, bytes | Iterator[bytes]] = {name: _pieces(package, name) for name in package.namelist()}
        return pack(parts | {"docProps/core.xml": core_properties(title, author)})


def _pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with package.open(name) as part:
        yield from iter(lambda: part.read(1 << 20), b"")
