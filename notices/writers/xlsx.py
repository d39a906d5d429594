"""The one builder of workbooks: styles, widths, heads, filters, checks, literal text, equal bytes for equal input.

Sheets are written row by row and never held. What stands before the rows in the file is settled first.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from notices.errors import Problem, ProblemsError
from notices.marks import unmarked
from notices.ooxml.xml import core_properties, pack
from notices.wording.columns import cells as columns_of


@dataclass(frozen=True, slots=True)
class Link:
    """A text that opens a file beside the workbook; ``target`` is its address there, as a URL has it."""

    text: str
    target: str


CellValue: TypeAlias = str | int | Decimal | dt.date | Link | None
A3, A4 = 8, 9
"""Excel's numbers for paper sizes."""
HIGHEST = 409.0
"""Points of the highest row Excel shows."""
MOST = 32767
"""Characters Excel keeps in a cell, counted in UTF-16; what is longer would be cut without a word."""
LAST_CHECKED = 5000
"""The last row that has drop-downs and checks."""
MOST_LINKS = 65_530
"""Links Excel keeps on a sheet."""
MOST_ROWS = 1_000_000
"""Rows of a sheet: Excel has 1,048,576, some of which stand above."""

_EDGE = Side(style="thin", color="000000")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_SHADE = PatternFill("solid", fgColor="F2F2F2")
_NUMBERS = {
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "integer": "0",
    "year": "0",
    "number": "General",
    "percent": "General",
}
"""Values that are no text, each with Excel's format for it."""


def _style(face: str, size: int, across: str | None, down: str, *, boxed: bool = True, **more: object) -> NamedStyle:
    look = Alignment(horizontal=across, vertical=down, wrap_text=True)
    colour = more.pop("color", None)
    font = Font(face, size=size, color=colour) if colour else Font(face, size=size)
    return NamedStyle("style", font=font, alignment=look, border=_BOX if boxed else None, **more)


_STYLES: dict[str, Callable[[], NamedStyle]] = {
    "标题": lambda: _style("黑体", 16, "center", "center", boxed=False),
    "说明": lambda: _style("楷体", 11, None, "center", boxed=False),
    "填表说明": lambda: _style("楷体", 9, None, "top", boxed=False, color="595959"),
    "栏目说明": lambda: _style("楷体", 9, None, "center", color="595959"),
    "表头": lambda: _style("黑体", 11, "center", "center", fill=_SHADE),
    "正文": lambda: _style("仿宋", 11, None, "top", number_format="@"),
    "给定": lambda: _style("仿宋", 11, "center", "center", number_format="@", fill=_SHADE),
    "给定数字": lambda: _style("仿宋", 11, "center", "center", number_format="General", fill=_SHADE),
    "数字": lambda: _style("仿宋", 11, "center", "top", number_format="0"),
    "居中": lambda: _style("仿宋", 11, "center", "top", number_format="@"),
    "链接": lambda: _style("仿宋", 11, "center", "top", number_format="@", color="0645AD"),
    "填写 text": lambda: _style("仿宋", 11, "left", "center", number_format="@"),
    **{
        f"填写 {kind}": (lambda form=form: _style("仿宋", 11, "center", "center", number_format=form))  # type: ignore[misc]
        for kind, form in _NUMBERS.items()
    },
}
"""How cells look; a workbook has the styles it uses, by these names."""


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points a row needs: a program that opens the file need not fit rows another one wrote."""
    lines = max(
        sum(-(-max(columns_of(line), 1) // max(int(width) - 1, 1)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(HIGHEST, 15.5 * lines + 4)


_FILLED = "填写 "
"""How the styles of what somebody fills in begin."""


def to_fill_in(kind: str) -> str:
    """The style of a cell somebody fills in: that of its kind of value, else of text."""
    return f"{_FILLED}{kind if kind in _NUMBERS else 'text'}"


@dataclass(frozen=True)
class BookColumn:
    """A column: what stands over it, how wide it is in Excel's measure (half a Chinese character), and how it looks.

    ``note`` is a comment on its head; ``check`` what Excel takes in it.
    """

    head: str
    width: float
    style: str = "正文"
    note: str = ""
    check: DataValidation | None = None


@dataclass(frozen=True)
class Above:
    """A row over the heads: one text over all columns, or a text a column.

    ``joined`` are the columns, first and last, over which a text reaches.
    """

    texts: tuple[str, ...]
    style: str
    height: float
    joined: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Look:
    """What stands above, and how a sheet is read and printed: as wide as the paper, with page numbers.

    ``still`` columns stay in sight beside the heads; ``filtered`` means that columns can be filtered by. Rows from
    ``repeated`` to the heads stand again on every page; 0 means the heads alone. ``head`` is the heads' height; 0
    leaves it to the program. The paper lies, unless it is ``upright``.
    """

    above: tuple[Above, ...] = ()
    still: int = 0
    filtered: bool = False
    paper: int = A4
    repeated: int = 0
    head: float = 0
    upright: bool = False


_PLAIN = Look()


class Book:
    """A workbook being written."""

    def __init__(self, title: str, author: str) -> None:
        self.title, self.author = title, author
        self.made = Workbook(write_only=True)
        self.problems: list[Problem] = []

    @property
    def names(self) -> list[str]:
        """The names of the sheets so far."""
        names: list[str] = self.made.sheetnames
        return names

    def saved(self) -> bytes:
        """The file. Its bytes depend on its content only: the clock openpyxl writes into it is taken out.

        Raises:
            ProblemsError: texts too long for a cell, all of them.
        """
        out = io.BytesIO()
        self.made.save(out)  # which closes the sheets, whatever is wrong with them
        if self.problems:
            raise ProblemsError(self.problems)
        with zipfile.ZipFile(out) as package:
            parts: dict[str, bytes | Iterator[bytes]] = {name: _pieces(package, name) for name in package.namelist()}
            return pack(parts | {"docProps/core.xml": core_properties(self.title, self.author)})

    def styled(self, name: str) -> str:
        """The name of a style, which the workbook has from now on."""
        if name in _STYLES and name not in self.made.named_styles:
            style = _STYLES[name]()
            style.name = name
            self.made.add_named_style(style)
        return name


class BookSheet:
    """One sheet being written: rows above, heads, then :meth:`add` a row at a time.

    Args:
        book: whose sheet it is.
        name: what it is called, as Excel takes it.
        columns: its columns, at least one.
        rows: how many rows will be added.
        look: what stands above, and how it is read and printed.
    """

    def __init__(self, book: Book, name: str, columns: Sequence[BookColumn], rows: int, look: Look = _PLAIN) -> None:
        self.book, self.name, self.columns = book, name, columns
        self.page = book.made.create_sheet(name)
        self.head, self._row = len(look.above) + 1, 0
        self._sized(rows, look)
        self._printed(look)
        self._checked()
        for number, row in enumerate(look.above, 1):
            self._above(number, row)
        self._heads(look.head)
        self._cells = self._new()

    def _sized(self, rows: int, look: Look) -> None:
        last, end = get_column_letter(max(2, len(self.columns))), self.head + rows
        self.page.calculate_dimension = lambda: f"A1:{last}{end}"  # other programs read the first rows first
        for number, column in enumerate(self.columns, 1):
            dimension = self.page.column_dimensions[get_column_letter(number)]
            dimension.width = column.width
            if column.style.startswith(_FILLED):  # rows somebody adds below are in the column's format, too
                dimension.number_format = _STYLES[column.style]().number_format
        self.page.freeze_panes = f"{get_column_letter(look.still + 1)}{self.head + 1}"
        if look.filtered:
            self.page.auto_filter.ref = f"A{self.head}:{get_column_letter(len(self.columns))}{max(end, self.head + 1)}"

    def _printed(self, look: Look) -> None:
        page = self.page
        page.page_setup.orientation = "portrait" if look.upright else "landscape"
        page.page_setup.paperSize = look.paper
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToHeight = 0
        page.print_title_rows = f"{look.repeated or self.head}:{self.head}"
        page.print_options.horizontalCentered = True
        page.HeaderFooter.oddFooter.center.text = "— &P —"

    def _checked(self) -> None:
        for number, column in enumerate(self.columns, 1):
            if column.check is not None:
                letter = get_column_letter(number)
                column.check.add(f"{letter}{self.head + 1}:{letter}{LAST_CHECKED}")
                self.page.data_validations.append(column.check)

    def _above(self, number: int, row: Above) -> None:
        if len(row.texts) == 1:
            self.page.merged_cells.add(f"A{number}:{get_column_letter(max(2, len(self.columns)))}{number}")
        for first, last in row.joined:
            self.page.merged_cells.add(f"{get_column_letter(first)}{number}:{get_column_letter(last)}{number}")
        self.page.row_dimensions[number].height = row.height
        self._append([self._text(WriteOnlyCell(self.page), text, row.style) for text in row.texts])

    def _heads(self, height: float) -> None:
        if height:
            self.page.row_dimensions[self.head].height = height
        cells = [self._text(WriteOnlyCell(self.page), column.head, "表头") for column in self.columns]
        for cell, column in zip(cells, self.columns, strict=True):
            if column.note:
                cell.comment = Comment(column.note, "填表说明", height=90, width=240)
        self._append(cells)

    def add(
        self,
        values: Sequence[CellValue],
        height: float = 0,
        fills: Mapping[int, str] | None = None,
        ways: Mapping[int, tuple[str, DataValidation | None]] | None = None,
        *,
        joined: bool = False,
    ) -> None:
        """A row: text stands as text, never as a formula; ``fills`` are colours by the place of the cell.

        ``ways`` are cells that look otherwise than their column and take something else: the style, and the check.
        ``joined``: its first text reaches over all columns.
        """
        if joined:
            self.page.merged_cells.add(f"A{self._row + 1}:{get_column_letter(len(self.columns))}{self._row + 1}")
        cells = self._new() if fills or ways else self._cells
        for place, (style, check) in (ways or {}).items():
            cells[place].style = self.book.styled(style)
            if check is not None:
                check.add(f"{get_column_letter(place + 1)}{self._row + 1}")
                self.page.data_validations.append(check)
        for place, (cell, value) in enumerate(zip(cells, values, strict=True)):
            if isinstance(value, str):
                self._text(cell, value)
            elif isinstance(value, Link):
                self._text(cell, value.text).hyperlink = value.target or None
            else:
                cell.value = value
            if fills and place in fills:
                cell.fill = PatternFill("solid", fgColor=fills[place])
        if height:
            self.page.row_dimensions[self._row + 1].height = height
        self._append(cells)
        if height:
            self.page.row_dimensions.pop(self._row, None)

    def coloured(self, words: Mapping[str, str], places: Sequence[int], rows: int) -> None:
        """Cells of some columns take the colour of the word in them: a rule of the sheet, not a style a cell."""
        first, last = (get_column_letter(place + 1) for place in (places[0], places[-1]))
        area = f"{first}{self.head + 1}:{last}{self.head + max(rows, 1)}"
        for word, colour in words.items():
            fill = PatternFill("solid", start_color=colour, end_color=colour)
            rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=fill)
            self.page.conditional_formatting.add(area, rule)

    def _new(self) -> list[Cell]:
        """A row of cells in the columns' styles: a cell gets its place when written, and serves again."""
        made = [WriteOnlyCell(self.page) for _ in self.columns]
        for cell, column in zip(made, self.columns, strict=True):
            cell.style = self.book.styled(column.style)
        return made

    def _text(self, cell: Cell, text: str, style: str = "") -> Cell:
        """Text as it is, whatever it begins with; the marks of a document are none of its characters."""
        plain = unmarked(text)
        if len(plain) > MOST // 2 and (units := len(plain.encode("utf-16-le")) // 2) > MOST:
            self.book.problems.append(self._too_long(plain, units))
            plain = ""
        if style:
            cell.style = self.book.styled(style)
        return _literal(cell, plain)

    def _too_long(self, text: str, units: int) -> Problem:
        message = f"这一格有 {units} 个字符，Excel 一格最多放 {MOST} 个：“{text[:20]}…”"
        hint = "改用别的格式（docx、pdf、html），或把内容分成几格"
        return Problem(self.book.title, 0, 0, f"{self.name} 第 {self._row + 1} 行", message, hint)

    def _append(self, cells: Sequence[Cell]) -> None:
        self.page.append(cells)
        self._row += 1


def hidden(book: Book, name: str, columns: Sequence[Sequence[str]]) -> None:
    """A sheet nobody sees, of columns of texts: what drop-downs offer that is too long for Excel to keep in them."""
    page = book.made.create_sheet(name)
    page.sheet_state = "hidden"
    size = f"A1:{get_column_letter(len(columns))}{max(map(len, columns))}"
    page.calculate_dimension = lambda: size
    for row in zip_longest(*columns):
        page.append([None if text is None else _literal(WriteOnlyCell(page), text) for text in row])


def _literal(cell: Cell, text: str) -> Cell:
    cell.value = text
    cell.data_type = "s"
    return cell


def _pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with package.open(name) as part:
        yield from iter(lambda: part.read(1 << 20), b"")
