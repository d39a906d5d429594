"""Form and data to blocks. Pure; what is printed of a part is one function, named in :data:`_PARTS`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from math import inf
from types import MappingProxyType
from typing import Any, TypeAlias

from notices.document.blocks import (
    Align,
    AttachmentLabel,
    Block,
    Cell,
    Chapter,
    Document,
    Paragraph,
    Section,
    Signature,
    Table,
    TableRow,
    Title,
    open_values,
    plain,
    spans,
)
from notices.forms.catalogue import Sheet
from notices.forms.cells import SHORT, Overflow, cell, labelled, reference, to_fill, unmarked_text, unruled
from notices.forms.data.records import BLANK, NOTHING, Record, Row
from notices.forms.model import (
    AnyPart,
    ChapterPart,
    CoverPart,
    Field,
    Form,
    FormPart,
    GridPart,
    LinePart,
    NotesPart,
    ProsePart,
    SignPart,
    TablePart,
    TextPart,
    TurnPart,
)
from notices.forms.values import Value, shown
from notices.forms.wording import Wording, released
from notices.forms.wording import given as printed
from notices.library import Library
from notices.ooxml.packed import packed
from notices.papers.compose import HOLE, written
from notices.profile import Pending, Profile
from notices.typeset.columns import settled
from notices.typeset.page import PAGE, Page
from notices.wording.speaker import Speaker
from notices.wording.titles import balanced, width

_ROW = 27.0
"""The height of a row to write in by hand, in points."""
_BOXES = 34
"""Choices are printed as boxes to tick up to this many characters."""
_MEASURED = 500
"""Rows of the longest table whose columns are settled before a text is cut to its cell, not as declared."""
_COVER = 260.0
"""Points between the title of a cover and what stands under it."""

FormTexts: TypeAlias = tuple[tuple[Block, ...], ...]
"""The text parts of each form of an attachment, with a mark where each other part stands."""


def texts(sheet: Sheet, library: Library) -> FormTexts:
    """What is the same in every copy of an attachment, rendered once for all of them.

    Raises:
        ProblemsError: a text of the form that cannot be rendered.
    """
    speaker = Speaker(sheet.edition.profile, marked=True)
    found = []
    for form in sheet.forms:
        pieces = [p.text if isinstance(p, TextPart) else chr(HOLE + n) for n, p in enumerate(_applied(form, sheet))]
        found.append(written(library, speaker, "\n\n".join(pieces), f"forms/{form.key}.yaml", len(pieces)))
    return tuple(found)


def _applied(form: Form, sheet: Sheet) -> list[AnyPart]:
    return [part for part in form.parts if sheet.edition.profile.applies(part.applies)]


def document(
    sheet: Sheet, library: Library, record: Record = BLANK, *, bound: bool = False, known: FormTexts | None = None
) -> Document:
    """An attachment as a document of its own, blank or filled; ``known`` are its :func:`texts`, for many copies.

    Raises:
        ProblemsError: a text of the form that cannot be rendered.
    """
    profile = sheet.edition.profile
    issued = [paper.issued for paper in profile.papers.values() if isinstance(paper.issued, dt.date)]
    made = Document(
        "form",
        sheet.headed(filled=record is not BLANK),
        profile.authority.named,
        "plain",
        blocks(sheet, library, record, bound=bound, known=known),
        dated=min(issued, default=None),
    )
    return replace(made, draft=any(open_values(made.blocks)))


def blocks(
    sheet: Sheet, library: Library, record: Record = BLANK, *, bound: bool = True, known: FormTexts | None = None
) -> tuple[Block, ...]:
    """The pages of an attachment.

    ``bound`` with its notice it is labelled 附件1; apart from it, the notice's number comes first (7.3.7).
    """
    profile = sheet.edition.profile
    wide = sheet.forms[0].page == "landscape"
    filled = record is not BLANK
    name = sheet.headed(filled=filled)
    lines = balanced(name, (profile.authority.named,), wide=wide, words=profile.programme.terms)
    label = "" if filled and not sheet.only_listed else sheet.label
    if label and not (bound or filled):  # what somebody sends in bears no number of the office's
        label = f"{_notice_number(profile)}{label}"
    found: list[Block] = []
    for number, (form, text) in enumerate(zip(sheet.forms, known or texts(sheet, library), strict=True)):
        if number or bound or form.page == "landscape":
            found.append(Section(form.page == "landscape"))
        if number == 0:
            found += [AttachmentLabel(label)] if label else []
            found += [Title(lines), *to_fill(sheet.attachment, empty=record is BLANK)]
        if len(sheet.forms) > 1:
            found.append(Chapter(form.name))
        found += _Layout(Wording(form, profile), _applied(form, sheet), record).blocks(text)
        found += reference(form) if not filled or sheet.only_listed else ()
    return tuple(found)


def _notice_number(profile: Profile) -> str:
    """The document number of the notice an attachment belongs to, once it has one."""
    number = next((paper.number for paper in profile.papers.values() if paper.number), None)
    return number if isinstance(number, str) else ""


@dataclass
class _Layout:
    """One form being laid out."""

    wording: Wording
    parts: list[AnyPart]
    record: Record
    overflow: Overflow = field(default_factory=Overflow)
    page: Page = PAGE

    def blocks(self, text: tuple[Block, ...]) -> tuple[Block, ...]:
        """The text of all parts, numbered through, with the other parts in their places."""
        found: list[Block] = []
        self._turn(landscape=self.wording.form.page == "landscape")
        for block in text if self.record is BLANK else map(unmarked_text, text):
            place = plain(block.text) if isinstance(block, Paragraph) else ""
            if len(place) == 1 and 0 <= ord(place) - HOLE < len(self.parts):
                part = self.parts[ord(place) - HOLE]
                found += _PARTS[type(part)](self, part)
            else:
                found.append(block)
        return (*found, *self.overflow.blocks(landscape=self.page.landscape))

    def _turn(self, *, landscape: bool) -> None:
        self.page = PAGE.turned() if landscape else PAGE

    def line(self, part: LinePart) -> Iterator[Block]:
        """Fields side by side: 推荐单位（盖章）：."""
        fields = [self.wording.field(name) for name in part.line]
        values = [_written(each, self.record.values.get(name)) for name, each in zip(part.line, fields, strict=True)]
        texts = tuple(f"{each.heading}：{value}" for each, value in zip(fields, values, strict=True))
        yield unruled(texts, small=self.page.landscape, widths=tuple(each.width for each in fields))

    def grid(self, part: GridPart) -> Iterator[Block]:
        """Labels and values, two columns each; a row of fewer pairs has a wider last value."""
        pairs = max(map(len, part.grid))
        widest = max(width(self.wording.field(name).heading) for row in part.grid for name in row)
        label = min(120.0, max(70.0, PAGE.table_size * widest + 2 * PAGE.table_across + 2))
        value = self.page.text_width / pairs - label
        rows = [self._pairs(row, pairs, (label, value)) for row in part.grid]
        if part.title:
            rows.insert(0, TableRow((labelled(self.wording.named(part.title), head=True, across=2 * pairs),), _ROW))
        yield Table((label, value) * pairs, tuple(rows), ruled=part.ruled)

    def _pairs(self, row: tuple[str, ...], pairs: int, widths: tuple[float, float]) -> TableRow:
        cells: list[Cell] = []
        height = _ROW
        for number, name in enumerate(row):
            each = self.wording.field(name)
            across = 1 if number + 1 < len(row) else 2 * (pairs - number) - 1
            room = widths[1] + (across - 1) / 2 * sum(widths)
            text = _written(each, self.record.values.get(name))
            fitted = self.overflow.fitted(each.label, text, room, self.page, small=False)
            align: Align = "left" if each.type == "long" else "center"
            cells += [labelled(each.heading), cell(fitted, align, across=across)]
            if each.lines > 1:
                height = max(height, each.lines * PAGE.table_line + 2 * PAGE.table_down)
        return TableRow(tuple(cells), height)

    def prose(self, part: ProsePart) -> Iterator[Block]:
        """Running text; guidance while there is none."""
        each = self.wording.field(part.prose)
        value = self.record.values.get(part.prose)
        if value is None:
            yield Paragraph(spans(f"（{each.note or each.label}）"))
        else:
            yield from (Paragraph(spans(text)) for text in shown(each, value).split("\n") if text)

    def sign(self, part: SignPart) -> Iterator[Block]:
        """Lines to sign and seal on, the date last."""
        *names, date = map(self.wording.named, part.sign)
        yield Signature(tuple(spans(name) for name in names), spans(date))

    def notes(self, part: NotesPart) -> Iterator[Block]:
        """填表说明 under a table."""
        several = len(part.notes) > 1
        texts = [
            f"{n}. {self.wording.named(note)}" if several else self.wording.named(note)
            for n, note in enumerate(part.notes, 1)
        ]
        lead = "填表说明：\n" if several else "注："
        yield Table((1,), (TableRow((cell(lead + "\n".join(texts), "left"),)),), small=True, ruled=False)

    def table(self, part: TablePart) -> Iterator[Block]:
        """A table: heads in one row or two, given rows or growing ones."""
        columns = part.cells()
        fields = [self.wording.field(column.field) for column in columns]
        entries = self.record.tables.get(part.table, ())
        shares = self._shares(part, fields, len(entries))
        points = [self.page.text_width * share / sum(shares) for share in shares]
        if not entries and not part.rows and self.record is not BLANK:
            yield Paragraph(spans("（无）"))  # a head over nothing would only take the room of rows
            return
        if len(entries) <= _MEASURED and any(map(_long, entries)):
            whole = self._filled(part, fields, shares, [inf] * len(fields))
            points = list(settled(whole, self.page).widths)
        yield self._filled(part, fields, shares, points)

    def _filled(
        self, part: TablePart, fields: list[Field], shares: tuple[float, ...], points: Sequence[float]
    ) -> Table:
        """A table whose texts fit columns of so many points."""
        entries = self.record.tables.get(part.table, ())
        texts = (self._texts(part, fields, row, n, points) for n, row in enumerate(_rows(part, entries)))
        height = 0.0 if entries else _ROW if part.rows else 24.0
        row = partial(_row, tuple(map(_align, fields)), height)
        merged = [number for number, column in enumerate(part.cells()) if column.merge]
        rows = _merged(list(map(row, texts)), merged) if merged else packed(texts, row)
        return Table(shares, rows, self._head(part), small=part.small)

    def _shares(self, part: TablePart, fields: list[Field], count: int) -> tuple[float, ...]:
        """Widths of columns; 序号 takes from the widest what its longest number needs to stay on one line."""
        shares = [c.width or f.width for c, f in zip(part.cells(), fields, strict=True)]
        size = PAGE.table_small if part.small else PAGE.table_size
        least = (len(str(count)) * size / 2 + 2 * PAGE.table_across + 1) / self.page.text_width * sum(shares)
        for index, each in enumerate(fields):
            if each.type == "index" and shares[index] < least:
                shares[shares.index(max(shares))] -= least - shares[index]
                shares[index] = least
        return tuple(shares)

    def _texts(self, part: TablePart, fields: list[Field], row: Row, number: int, points: Sequence[float]) -> list[str]:
        given: Mapping[str, Any] = part.rows[number] if part.rows else NOTHING
        blank = not part.rows and not self.record.tables.get(part.table)
        texts = []
        for column, each, room in zip(part.cells(), fields, points, strict=True):
            if column.field in given:
                text = self._printed(given[column.field])
            elif each.type == "index" and not blank:
                text = str(number + 1)
            else:
                text = shown(each, row.get(column.field))
            label = f"{part.name or self.wording.form.name}第 {number + 1} 行“{each.label}”"
            texts.append(self.overflow.fitted(label, text, room, self.page, small=part.small))
        return texts

    def _printed(self, value: str | Pending) -> str:
        """A given cell; in what somebody has filled in, one that waits for the office says so without its mark."""
        if self.record is BLANK or not isinstance(value, Pending):
            return printed(value)
        return released(value)

    def _head(self, part: TablePart) -> tuple[TableRow, ...]:
        columns = part.cells()
        labels = [self.wording.heading(column) for column in columns]
        if not any(column.under for column in columns):
            return (TableRow(tuple(cell(label, head=True) for label in labels), _ROW),)
        upper: list[Cell] = []
        lower: list[Cell] = []
        for under, group in groupby(zip(columns, labels, strict=True), lambda pair: pair[0].under):
            here = [label for _, label in group]
            if under is None:
                upper += (cell(label, head=True, down=2) for label in here)
            else:
                upper.append(cell(self.wording.named(under), head=True, across=len(here)))
                lower += (cell(label, head=True) for label in here)
        return (TableRow(tuple(upper), _ROW), TableRow(tuple(lower), _ROW))

    def chapter(self, part: ChapterPart) -> Iterator[Block]:
        """A heading in the middle of the line."""
        yield Chapter(self.wording.named(part.chapter))

    def cover(self, part: CoverPart) -> Iterator[Block]:
        """What stands on the first page under the title."""
        rows = [TableRow((cell(""),), _COVER)]
        for name in part.cover:
            each = self.wording.field(name)
            rows.append(TableRow((cell(f"{each.label}：{_written(each, self.record.values.get(name))}"),), _ROW))
        yield Table((1.0,), tuple(rows), ruled=False)
        yield Section(self.page.landscape)

    def turn(self, part: TurnPart) -> Iterator[Block]:
        """A new page."""
        self._turn(landscape=part.page == "landscape")
        yield Section(self.page.landscape)


_PARTS: Mapping[type[FormPart], Callable[[_Layout, Any], Iterator[Block]]] = MappingProxyType(
    {
        LinePart: _Layout.line,
        GridPart: _Layout.grid,
        ProsePart: _Layout.prose,
        SignPart: _Layout.sign,
        NotesPart: _Layout.notes,
        TablePart: _Layout.table,
        TurnPart: _Layout.turn,
        ChapterPart: _Layout.chapter,
        CoverPart: _Layout.cover,
    }
)


def _long(row: Row) -> bool:
    """Whether any text of a row may not go into any cell."""
    return any(isinstance(value, str) and len(value) >= SHORT for value in row.values())


def _rows(part: TablePart, entries: Sequence[Row]) -> Sequence[Row]:
    if part.rows:
        return [*entries, *[NOTHING] * (len(part.rows) - len(entries))]
    return entries or [NOTHING] * part.blank


def _row(aligns: tuple[Align, ...], height: float, texts: list[str]) -> TableRow:
    return TableRow(tuple(cell(text, align) for text, align in zip(texts, aligns, strict=True)), height)


def _written(each: Field, value: Value | None) -> str:
    """A value beside its label: choices as boxes to tick, a date with places to write it in."""
    choices = ("是", "否") if each.type == "yesno" else each.choices
    if choices and sum(map(width, choices)) + 2 * len(choices) <= _BOXES:
        chosen = value if isinstance(value, tuple) else (value,)
        return "　".join(f"{'■' if choice in chosen else '□'}{choice}" for choice in choices)
    if value is None and each.type == "date":
        return "　　年　月　日"
    return shown(each, value)


def _align(each: Field) -> Align:
    return "left" if each.type in {"text", "long"} and each.width >= 4 else "center"


def _merged(rows: Sequence[TableRow], columns: list[int]) -> tuple[TableRow, ...]:
    """Equal neighbours of some columns as one cell."""
    cells = [list(row.cells) for row in rows]
    gone: set[tuple[int, int]] = set()
    for column in columns:
        start = 0
        for _, group in groupby(rows, lambda row, at=column: row.cells[at].lines):  # type: ignore[misc]
            count = len(list(group))
            cells[start][column] = replace(cells[start][column], down=count, align="center")
            gone |= {(row, column) for row in range(start + 1, start + count)}
            start += count
    kept = (tuple(one for at, one in enumerate(here) if (n, at) not in gone) for n, here in enumerate(cells))
    return tuple(TableRow(here, row.height) for here, row in zip(kept, rows, strict=True))
