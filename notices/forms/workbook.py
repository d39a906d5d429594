"""A form as an Excel file: to fill in, or filled. What is written here, :mod:`notices.forms.data.reading` reads back.

A form of one unit has its fields one below another and its tables on sheets of their own; of several units, and a
summary, each has a row. A sheet begins with its title, what to write (while it is empty), heads over several columns,
and its columns' names. Equal input gives equal bytes.
A row is written when it is made and not kept: a workbook of many takes no more memory than one of few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from notices.forms.catalogue import Sheet
from notices.forms.data.records import BLANK, Record, Row
from notices.forms.entry import Choices, advice, height, lines, style, written
from notices.forms.values import Value
from notices.forms.wording import ABOUT, CONTENT, LINK, NAMED, NUMBER, SheetColumn, Spread, spreads
from notices.writers import xlsx

TITLE_ROW = 1
_HEIGHT = 19.5
"""The height of a row of one line."""
_WIDTHS = {"index": 6.0, "code": 21.0, "date": 12.0, "phone": 15.0, "email": 24.0, "url": 30.0}
"""What a column needs at least, in Excel's measure, for a value of its kind on one line."""
_DOWN = ((24.0, 64.0, 36.0), (24.0, 100.0))
"""Widths where fields stand one below another: what is asked, the answer and, while it is empty, what to write."""


def write(sheet: Sheet, records: Sequence[Record] = (), *, many: bool = False) -> bytes:
    """An attachment as a workbook: blank without records, else filled with them.

    Args:
        sheet: the attachment, of one form.
        records: what it is filled with.
        many: a unit a row, also in a blank form of one unit; several records always have a row each.

    Raises:
        NotFoundError: the attachment has several forms. ProblemsError: texts longer than Excel keeps in a cell.
    """
    form, profile = sheet.only(), sheet.edition.profile
    title = sheet.headed(filled=bool(records))
    book = xlsx.Book(title, profile.authority.named)
    choices = Choices()
    down = not form.single and len(records) <= 1 and not many
    for spread in spreads(form, profile):
        if down and not spread.key:
            _Fields(book, spread, title, choices).fill(records)
        else:
            _Page(book, spread.unlinked() if down else spread, title, choices).fill(records)
    choices.kept(book)
    return book.saved()


class _Fields:
    """A record of one unit: a row a field, under the headings it has in the form."""

    def __init__(self, book: xlsx.Book, spread: Spread, title: str, choices: Choices) -> None:
        self.book, self.spread, self.title, self.choices = book, spread, title, choices

    def fill(self, records: Sequence[Record]) -> None:
        """Every field with what it is called, its value, and, while the sheet is empty, what to write."""
        filled = bool(records)
        rows = list(self._rows(records[0].values if filled else {}, filled=filled))
        heads, looks = (NAMED, CONTENT, ABOUT), ("给定", xlsx.to_fill_in("text"), "栏目说明")
        widths = _DOWN[filled]
        columns = [xlsx.BookColumn(*column) for column in zip(heads, widths, looks, strict=False)]
        look = xlsx.Look((xlsx.Above((self.title,), "标题", 30),), still=1, head=24, upright=True)
        page = xlsx.BookSheet(self.book, sheet_name(self.spread), columns, len(rows), look)
        for column, row in rows:
            if column is None:
                page.add(row, 24, ways=dict.fromkeys(range(len(row)), ("表头", None)), joined=True)
            else:
                least = 1 if filled else column.field.lines
                tall = max(least, *(lines(value, room - 3) for value, room in zip(row, widths, strict=True)))
                page.add(row, height(tall), ways={1: (style(column), self.choices.check(column))})

    def _rows(self, values: Row, *, filled: bool) -> Iterator[tuple[SheetColumn | None, list[xlsx.CellValue]]]:
        """Each field's name, value and advice; above a part of the form its heading alone, without a field."""
        above = {column.key: self.spread.headings.get(column.key, "") for column in self.spread.columns}
        for heading in dict.fromkeys(above.values()):
            if heading:
                yield None, [heading, *[None] * (1 if filled else 2)]
            for column in self.spread.columns:
                if above[column.key] == heading:
                    told = () if filled else ("；".join(advice(column.field)),)
                    yield column, [column.heading, written(column, values.get(column.key)), *told]


class _Page:
    """One sheet of the workbook being written."""

    def __init__(self, book: xlsx.Book, spread: Spread, title: str, choices: Choices) -> None:
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
            tall = max((lines(row.get(column.key), _width(column) - 1) for column in columns), default=1)
            page.add([written(column, row.get(column.key)) for column in columns], height(tall))
        for _ in range(empty):
            page.add([None] * len(columns), _HEIGHT)

    def _sheet(self, rows: int, *, filled: bool) -> xlsx.BookSheet:
        """The sheet with what stands above its rows: title, what to write while it is empty, heads."""
        notes = ["" if column.given else "；".join(advice(column.field)) for column in self.columns]
        columns = [
            xlsx.BookColumn(
                column.heading, _width(column), style(column), "" if filled else note, self.choices.check(column)
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


def sheet_name(spread: Spread, taken: Sequence[str] = ()) -> str:
    """A name Excel takes for a sheet: at most 31 characters, no brackets, slashes or wildcards, not taken yet."""
    name = "".join(char for char in spread.name if char not in "[]:*?/\\'")[:28] or spread.key
    return name if name not in taken else f"{name[:25]}-{spread.key[:5]}"


def _width(column: SheetColumn) -> float:
    """A column's width in Excel's measure, half a Chinese character."""
    least = _WIDTHS.get(column.field.type, 8.0)
    return round(min(max(least, 2.4 * column.field.width, 1.1 * len(column.heading)), 40.0), 1)


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
