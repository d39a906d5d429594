"""The document: an ordered list of blocks, as GB/T 9704-2012 names them.

Everything this package prints is a :class:`Document`. A writer knows blocks and the page; it knows no
authority, no rule and no template. Numbers (一、（一） 1. 第三条 附件2) are already part of the text, so no two
writers can number differently. All types are frozen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from notices import marks

Face: TypeAlias = Literal["body", "hei", "kai", "pending"]
"""How a span is set: body 仿宋, ``hei`` 黑体 (level-1 headings), ``kai`` 楷体 (level-2 headings);
``pending`` is body text still to be confirmed, printed so that nobody overlooks it."""

Layout: TypeAlias = Literal["document", "letter", "plain", "report"]
"""``document`` 文件格式 (clauses 7.2-7.4), ``letter`` 信函格式 (10.1), ``plain`` neither masthead nor imprint.

``report`` is no official paper: landscape sheets with narrow margins."""

HeadForm: TypeAlias = Literal["file", "order", "minutes"]
"""How a document's head is made: 文件 (7.2), 命令（令）(10.2) or 纪要 (10.3). The last two have no red rule."""

Format: TypeAlias = str
"""What a file is written as, named as its extension: one of those :mod:`notices.writers.table` lists."""


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
    """A run of text in one face. Never empty, never holds a line break; ``facts`` it states, outermost first.

    ``pending`` is what it waits for: 成文日期 of 【待定：成文日期】; empty where nothing is to be confirmed.
    """

    text: str
    face: Face = "body"
    facts: tuple[Mention, ...] = ()
    pending: str = ""


Text: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Masthead:
    """版头 (7.2): issuer mark 发文机关标志, one string a line, and document number 发文字号.

    ``upper`` stands at the upper left, a line each: 份号, 密级和保密期限, 紧急程度 (7.2.1 to 7.2.3; of a letter 10.1).
    ``signers``, with 签发人： before them, share the number's line (7.2.6); letters have none, nor another ``form``.
    """

    mark: tuple[str, ...]
    number: Text
    upper: tuple[Text, ...] = ()
    signers: Text = ()
    form: HeadForm = "file"


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
    subtitle: Text = ()


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
    """章 of a set of rules: 黑体, centred, one blank line before it unless it follows the title.

    ``pending`` is what its text waits for, as in :class:`Span`.
    """

    text: str
    pending: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """正文 (7.3.3): first line indented two characters. A run-in heading is its first span, in ``hei`` or ``kai``."""

    text: Text


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """附件说明 (7.3.4): names without closing punctuation, numbered when there is more than one."""

    names: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """发文机关署名 and 成文日期 (7.3.5); ``sealed`` leaves room for a seal, which is never drawn.

    ``signed``: an office and a name beside it stand for the stamp of who signs, as under an order (7.3.5.3). A text of
    somebody else's may lack one of the two.
    """

    issuers: tuple[Text, ...]
    date: Text
    sealed: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Attendance:
    """出席, 请假 and 列席 under minutes (10.3): a text each, which begins with its word in 黑体 and a colon."""

    names: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """附注 (7.3.6): in brackets under the date; the brackets are part of ``text``."""

    text: Text


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4) at the foot of the last page. ``copies`` 抄送机关 may be empty.

    In the letter layout the writer prints only ``copies``, without rules (10.1). ``even``: on the back of a sheet, as
    is usual where papers are printed on both sides.
    """

    issuer: Text
    printed: Text
    copies: tuple[Text, ...] = ()
    even: bool = False


Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: ``lines`` are its paragraphs. It takes ``across`` columns and ``down`` rows.

    ``label``: it names what stands beside it in its row, as 单位名称; one that fills a row names the rows under it.
    """

    lines: tuple[Text, ...] = ()
    align: Align = "center"
    across: int = 1
    down: int = 1
    label: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells from left to right, less those an earlier row's ``down`` reaches over; ``height`` is the least, in pt."""

    cells: tuple[Cell, ...]
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """表格 (8). ``widths`` are shares of the text area's width; ``head`` rows stand again on every page.

    ``small`` sets 10.5 pt in place of 12 pt (the standard leaves it open). Without ``ruled`` nothing is drawn: a line
    of things to fill in above a table, or notes under it. Every row fills every
    column: see :mod:`notices.document.placement`.
    ``rows`` may be made as they are looked at (:mod:`notices.ooxml.packed`): take them one after another, keep none.
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


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture on lines of its own, centred: PNG or JPEG bytes, its size in points; ``alt`` is what it shows.

    Writers make it smaller where the text area is narrower or lower; they never make it larger.
    """

    content: bytes
    width: float
    height: float
    alt: str = ""

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its size where there is no more room than that, in points."""
        scale = min(1.0, width / self.width, height / self.height)
        return self.width * scale, self.height * scale


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
    | Attendance
    | Note
    | Table
    | Figure
    | Section
    | Imprint
)


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to print. ``title``, ``author`` and ``dated`` are for the file's properties.

    ``draft`` prints a draft mark; ``dated`` is 成文日期 where it is settled.
    """

    kind: str
    title: str
    author: str
    layout: Layout
    blocks: tuple[Block, ...]
    draft: bool = False
    dated: dt.date | None = None


def head_form(mark: str) -> HeadForm:
    """What a mark says of its head: ……命令, ……令 and ……纪要 have one of their own."""
    return "order" if mark.endswith("令") else "minutes" if mark.endswith("纪要") else "file"


def spans(text: str, face: Face = "body") -> Text:
    """Text in one face, every value in it that is marked as to be confirmed set apart. Empty text gives ``()``."""
    if marks.WAITING not in text:
        return (Span(text, face),) if text else ()
    return tuple(waiting(part) if waits else Span(part, face) for part, waits in marks.parts(text))


def waiting(printed: str, facts: tuple[Mention, ...] = ()) -> Span:
    """The span of a value to be confirmed, as it is printed: 【待定：成文日期】."""
    return Span(printed, "pending", facts, marks.what(printed) or printed)


def joined(texts: Iterable[Text], between: str) -> Text:
    """Texts one after another with something between them, as a list of names."""
    found: list[Span] = []
    for n, text in enumerate(texts):
        found += [*([Span(between)] if n else []), *text]
    return tuple(found)


def plain(text: Iterable[Span]) -> str:
    """The characters of a text, without faces."""
    return "".join(span.text for span in text)


def lines_of(block: Block) -> tuple[str, ...]:
    """Every line of text a block carries, in reading order: what any writer must print, no more and no less."""
    match block:
        case Masthead(mark, number, upper, signers):
            below = (plain(text) for text in (number, signers) if text)
            return (*map(plain, upper), *mark, *below)
        case Title(lines, subtitle):
            return ("".join(lines), plain(subtitle)) if subtitle else ("".join(lines),)
        case Chapter(text) | AttachmentLabel(text):
            return (text,)
        case AttachmentList(names):
            return tuple(map(plain, attachment_lines(names)))
        case Attendance(names):
            return tuple(map(plain, names))
        case Signature(issuers, date):
            return (*map(plain, issuers), *((plain(date),) if date else ()))
        case Imprint():
            return imprint_lines(block)
        case Table() | Figure() | Section():
            return tuple(_table_lines(block)) if isinstance(block, Table) else ()
        case _:
            return (plain(block.text),)


def introduces(block: Block) -> bool:
    """Whether a block is a text that ends with a colon, and so stays with what it introduces."""
    return isinstance(block, Paragraph) and plain(block.text).endswith("：")


def attachment_lines(names: tuple[Text, ...]) -> tuple[Text, ...]:
    """附件：甲 for one name, 附件：1.甲 / 2.乙 for several (7.3.4)."""
    if len(names) == 1:
        return (led("附件：", names[0]),)
    return tuple(led(f"{'附件：' if n == 1 else ''}{n}.", name) for n, name in enumerate(names, 1))


def led(lead: str, text: Text) -> Text:
    """A text with something before it, in the same face where it begins in the body's."""
    if text and text[0] == Span(text[0].text):
        return (Span(lead + text[0].text), *text[1:])
    return (Span(lead), *text)


def imprint_lines(imprint: Imprint) -> tuple[str, ...]:
    """抄送：甲，乙。 (when there are copies) and the line of issuer and date of printing."""
    copies = (f"抄送：{'，'.join(map(plain, imprint.copies))}。",) if imprint.copies else ()
    return (*copies, f"{plain(imprint.issuer)}　{plain(imprint.printed)}印发")


def text_lines(document: Document) -> Iterator[str]:
    """All text of a document, a line a paragraph."""
    for block in document.blocks:
        yield from _table_lines(block) if isinstance(block, Table) else lines_of(block)


def _table_lines(block: Table) -> Iterator[str]:
    return map(plain, texts_of(block))


def open_values(blocks: Iterable[Block]) -> Iterator[str]:
    """What the blocks print as still to be confirmed, in order: 成文日期 for each 【待定：成文日期】."""
    for block in blocks:
        yield from block.pending if isinstance(block, Chapter) else ()
        yield from (span.pending for text in texts_of(block) for span in text if span.pending)


def texts_of(block: Block) -> Iterable[Text]:
    """Every text of a block that has spans, in reading order."""
    match block:
        case Masthead(number=number, upper=upper, signers=signers):
            return (*upper, number, signers) if upper or signers else (number,)
        case Title(subtitle=subtitle):
            return (subtitle,)
        case AttachmentList(names) | Attendance(names):
            return names
        case Signature(issuers, date):
            return (*issuers, date)
        case Imprint(issuer, printed, copies):
            return (*copies, issuer, printed)
        case Table():
            return (line for row in chain(block.head, block.rows) for cell in row.cells for line in cell.lines)
        case Chapter() | AttachmentLabel() | Figure() | Section():
            return ()
        case _:
            return (block.text,)
