"""The document: an ordered list of blocks, as GB/T 9704-2012 names them.

Everything this package prints is a :class:`Document`. A writer knows blocks and the page; it knows no
authority, no rule and no template. Numbers (一、（一） 1. 第三条 附件2) are already part of the text, so no two
writers can number differently. All types are frozen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias, get_args

Face: TypeAlias = Literal["body", "hei", "kai", "pending"]
"""How a span is set: body 仿宋, ``hei`` 黑体 (level-1 headings), ``kai`` 楷体 (level-2 headings);
``pending`` is body text still to be confirmed, printed so that nobody overlooks it."""

Layout: TypeAlias = Literal["document", "letter", "plain"]
"""``document`` 文件格式 (clauses 7.2-7.4), ``letter`` 信函格式 (10.1), ``plain`` neither masthead nor imprint."""

Format: TypeAlias = Literal["docx", "pdf", "html", "md"]
"""What a document can be written as."""
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a document states a fact: ``key`` in the profile, and the fact's own words, as given out.

    ``number`` tells mentions apart. A mention without a key is a number the page counts: 一、, 第三条.
    """

    key: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one face. Never empty, never holds a line break; ``facts`` it states, outermost first."""

    text: str
    face: Face = "body"
    facts: tuple[Mention, ...] = ()


Text: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """版头 (7.2): issuer mark 发文机关标志, one string a line, and document number 发文字号."""

    mark: tuple[str, ...]
    number: Text


@dataclass(frozen=True, slots=True)
class AttachmentLabel:
    """附件 or 附件1 at the head of an attachment (7.3.7): 黑体, flush left on the first line of a new page."""

    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """标题 (7.3.1), 小标宋 2 号, centred. ``lines`` are already balanced and broken between words.

    ``subtitle`` stands under it in 楷体, as （征求意见稿）; empty when there is none.
    """

    lines: tuple[str, ...]
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Salutation:
    """主送机关 (7.3.2): flush left, ends with a full-width colon."""

    text: Text


@dataclass(frozen=True, slots=True)
class Heading:
    """结构层次序数 (7.3.3) on a line of its own; ``level`` 1 to 4, the number is part of ``text``."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Chapter:
    """章 of a set of rules: 黑体, centred, one blank line before it unless it follows the title."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """正文 (7.3.3): first line indented two characters. A run-in heading is its first span, in ``hei`` or ``kai``."""

    text: Text


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """附件说明 (7.3.4): names without closing punctuation, numbered when there is more than one."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """发文机关署名 and 成文日期 (7.3.5); ``sealed`` leaves room for a seal, which is never drawn."""

    issuers: tuple[Text, ...]
    date: Text
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """附注 (7.3.6): in brackets under the date; the brackets are part of ``text``."""

    text: Text


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4) at the foot of the last page. ``copies`` 抄送机关 may be empty.

    In the letter layout the writer prints only ``copies``, without rules (10.1).
    """

    issuer: Text
    printed: Text
    copies: tuple[str, ...] = ()


Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: ``lines`` are its paragraphs. It takes ``across`` columns and ``down`` rows."""

    lines: tuple[Text, ...] = ()
    align: Align = "center"
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells from left to right, less those an earlier row's ``down`` reaches over; ``height`` is the least, in pt."""

    cells: tuple[Cell, ...]
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """表格 (7.6). ``widths`` are shares of the text area's width; ``head`` rows stand again on every page.

    ``small`` sets 10.5 pt in place of 12 pt (the standard leaves it open). Without ``ruled`` nothing is drawn: a line
    of things to fill in above a table, or notes under it. Every row fills every column: see :func:`columns_of`.
    ``rows`` may be made as they are looked at (:mod:`notices.packed`): take them one after another, keep none.
    """

    widths: tuple[float, ...]
    rows: Sequence[TableRow]
    head: tuple[TableRow, ...] = ()
    small: bool = False
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A new page, and from here on upright or landscape (横排) pages."""

    landscape: bool = False


Block: TypeAlias = (
    Masthead
    | AttachmentLabel
    | Title
    | Salutation
    | Heading
    | Chapter
    | Paragraph
    | AttachmentList
    | Signature
    | Note
    | Table
    | Section
    | Imprint
)


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to print. ``title`` and ``author`` are for the file's properties; ``draft`` prints a draft mark."""

    kind: str
    title: str
    author: str
    layout: Layout
    blocks: tuple[Block, ...]
    draft: bool = False


_PENDING = re.compile(r"(【待定：[^【】]*】)")


def spans(text: str, face: Face = "body") -> Text:
    """Text in one face, with every 【待定：…】 in it set apart as ``pending``. Empty text gives ``()``."""
    if "【" not in text:
        return (Span(text, face),) if text else ()
    return tuple(Span(part, "pending" if _PENDING.fullmatch(part) else face) for part in _PENDING.split(text) if part)


def plain(text: Iterable[Span]) -> str:
    """The characters of a text, without faces."""
    return "".join(span.text for span in text)


def lines_of(block: Block) -> tuple[str, ...]:
    """Every line of text a block carries, in reading order: what any writer must print, no more and no less."""
    match block:
        case Masthead(mark, number):
            return (*mark, plain(number))
        case Title(lines, subtitle):
            return ("".join(lines), subtitle) if subtitle else ("".join(lines),)
        case Chapter(text) | AttachmentLabel(text):
            return (text,)
        case AttachmentList(names):
            return attachment_lines(names)
        case Signature(issuers, date):
            return (*map(plain, issuers), plain(date))
        case Imprint():
            return imprint_lines(block)
        case Table() | Section():
            return tuple(_table_lines(block)) if isinstance(block, Table) else ()
        case _:
            return (plain(block.text),)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the row and column it begins in."""

    row: int
    column: int
    cell: Cell


def columns_of(rows: Sequence[TableRow], columns: int) -> tuple[Placed, ...]:
    """The place of every cell, those that reach over several rows taken into account.

    Raises:
        ValueError: a row that does not fill its columns, or fills more than there are.
    """
    return tuple(placed for n, (_, here) in enumerate(rows_of(rows, columns)) for placed in here if placed.row == n)


def rows_of(rows: Sequence[TableRow], columns: int) -> Iterator[tuple[TableRow, tuple[Placed, ...]]]:
    """Each row with the cells that stand in it from left to right, those that reach into it from above included.

    Raises ValueError as :func:`columns_of` does.
    """
    here: list[Placed] = []
    for number, row in enumerate(rows):
        here = [placed for placed in here if placed.row + placed.cell.down > number]
        taken = {placed.column + n for placed in here for n in range(placed.cell.across)}
        free = [column for column in range(columns) if column not in taken]
        for cell in row.cells:
            room, free = free[: cell.across], free[cell.across :]
            if len(room) < cell.across or room[-1] - room[0] >= cell.across or number + cell.down > len(rows):
                raise ValueError(f"row {number + 1} of a table has no room for a cell")
            here.append(Placed(number, room[0], cell))
        if free:
            raise ValueError(f"row {number + 1} of a table leaves columns without a cell")
        here.sort(key=lambda placed: placed.column)
        yield row, tuple(here)


def attachment_lines(names: tuple[str, ...]) -> tuple[str, ...]:
    """附件：甲 for one name, 附件：1.甲 / 2.乙 for several (7.3.4)."""
    if len(names) == 1:
        return (f"附件：{names[0]}",)
    return tuple(f"{'附件：' if n == 1 else ''}{n}.{name}" for n, name in enumerate(names, 1))


def imprint_lines(imprint: Imprint) -> tuple[str, ...]:
    """抄送：甲，乙。 (when there are copies) and the line of issuer and date of printing."""
    copies = (f"抄送：{'，'.join(imprint.copies)}。",) if imprint.copies else ()
    return (*copies, f"{plain(imprint.issuer)}　{plain(imprint.printed)}印发")


def text_lines(document: Document) -> Iterator[str]:
    """All text of a document, a line a paragraph."""
    for block in document.blocks:
        yield from _table_lines(block) if isinstance(block, Table) else lines_of(block)


def _table_lines(block: Table) -> Iterator[str]:
    return (plain(line) for row in chain(block.head, block.rows) for cell in row.cells for line in cell.lines)


def is_pending(document: Document) -> bool:
    """Whether anything in it is still to be confirmed."""
    return any("【待定：" in line for line in chain((document.title,), text_lines(document)))
