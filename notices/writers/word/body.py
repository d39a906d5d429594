"""Blocks to paragraphs: one small function a block type, named in :data:`PIECES`.

A paragraph names a style of the base document and carries nothing else but what has to be computed: the indents of
attachment names and of the signature, keeps, and a blank line taken away. Fonts and sizes are the base document's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from math import ceil
from typing import Any, TypeAlias

from notices.document.blocks import (
    AttachmentLabel,
    AttachmentList,
    Attendance,
    Block,
    Chapter,
    Figure,
    Heading,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Salutation,
    Section,
    Signature,
    Span,
    Table,
    Text,
    Title,
    attachment_lines,
    plain,
)
from notices.document.blocks import introduces as introduces_list
from notices.ooxml.xml import Element, local, run, w
from notices.typeset.page import PAGE, REPORT, Page
from notices.writers.word.figures import Figures
from notices.writers.word.tables import BREAK_STYLE, Below, Means, Shapes, Strips, gap, mark, table

LINE_CELLS = 28
"""Characters a line (5.2.3)."""
CELL = 8845 / LINE_CELLS
"""Width of one character on the grid: 156 mm over 28, in twips."""
GRID_LINE = 579
"""Line pitch of the grid, 28.95 pt, in twips."""

WHOLE_LIST = 6
"""Names of the longest list of attachments that is not divided between pages."""
INTRODUCTION = 2 * LINE_CELLS - 2
"""Characters of a text before a list that stays with it whole: two lines. Word would move a longer one, too."""
SHARED = 10 * LINE_CELLS
"""Characters of the longest paragraph that goes to the signature's page whole: a longer one would leave half a page."""
SEAL_LINES = 2
"""Blank lines a seal is given above the name (7.3.5.1: its upper edge within a line of the text)."""

HEADING_STYLES = {1: "一级标题", 2: "二级标题", 3: "三级标题", 4: "四级标题"}
FACE_STYLES = {"hei": "一级层次", "kai": "二级层次", "pending": "待定"}
PARAGRAPH_STYLES = (
    *("公文正文", "公文标题", "公文副标题", "主送机关", *HEADING_STYLES.values(), "章标题"),
    *("附件标识", "附件说明", "发文机关署名", "成文日期", "附注"),
)
"""Styles a base document must have, by the name Word shows (Word gives them new ids when it saves)."""


@dataclass(frozen=True, slots=True)
class WordPara:
    """A paragraph to be: a style, lines of spans, and what is computed for this one paragraph.

    ``spacing`` and ``indent`` are attributes of ``w:spacing`` and ``w:ind``.
    """

    style: str
    lines: tuple[Text, ...]
    keep_next: bool = False
    jc: str | None = None
    spacing: Mapping[str, int] = field(default_factory=dict)
    indent: Mapping[str, int] = field(default_factory=dict)


BlockWriter: TypeAlias = WordPara
"""What a block becomes."""


def body(
    blocks: Iterable[Block], styles: Mapping[str, str], strips: Strips, figures: Figures, *, report: bool = False
) -> list[Element]:
    """The flowing body as ``w:p`` and ``w:tbl`` elements.

    Args:
        blocks: the document's blocks; masthead and imprint belong to the base and are passed over.
        styles: style ids of the base document by style name.
        strips: takes the rows of tables, which the tree has no room for.
        figures: takes the pictures, which are parts of their own.
        report: whether it stands on a report's page.
    """
    whole = list(blocks)
    flow = [block for block in whole if not isinstance(block, Masthead | Imprint)]
    headed = any(isinstance(block, Masthead) for block in whole)
    elements: list[Element] = []
    landscape, passed = False, 0
    for index, (block, made) in enumerate(zip(flow, _pieces(flow, headed=headed), strict=True)):
        if isinstance(block, Section):
            if index:
                _end_section(elements, styles, landscape=landscape)
            landscape = block.landscape
            if index + 1 == len(flow):  # something to hold the section's page, and an imprint's place on it
                elements.append(_break(styles))
        elif isinstance(block, Figure):
            page = PAGE.turned() if landscape else PAGE
            elements.append(figures.paragraph(block, styles["公文正文"], page))
        elif isinstance(block, Table):
            if index < passed:  # it is in the table above
                continue
            notes = _notes(flow, index)
            passed = index + 1 + len(notes)
            following = next(iter(flow[passed:]), None)
            page = REPORT if report else PAGE.turned() if landscape else PAGE
            spaced = block.ruled and page.table_gap > 0
            if spaced and index and not isinstance(flow[index - 1], Section):
                elements.append(gap(styles[BREAK_STYLE], keep=True))
            ties = block.ruled and not notes and isinstance(following, Table) and not following.ruled
            elements.append(_table(block, Below(notes, ties), styles, strips, page=page))
            elements += _behind(following, styles, spaced=spaced and not notes)
        else:
            elements += (_element(piece, styles) for piece in made)
    return elements


def _behind(following: Block | None, styles: Mapping[str, str], *, spaced: bool) -> Iterator[Element]:
    """What stands between a table and what follows it."""
    if following is None or isinstance(following, Table):  # Word joins neighbours, and ends a document in a paragraph
        yield _break(styles)
    elif spaced and not isinstance(following, Section):
        yield gap(styles[BREAK_STYLE], keep=False)


def landscape_at_end(blocks: Iterable[Block]) -> bool:
    """Whether the last section lies; an imprint stands on an upright page of its own (7.4)."""
    sections = [block.landscape for block in blocks if isinstance(block, Section)]
    return bool(sections) and sections[-1]


def _pieces(flow: Sequence[Block], *, headed: bool) -> list[list[BlockWriter]]:
    """What each block becomes, kept together with its neighbours where it has to be."""
    pieces = [PIECES[type(block)](block) if type(block) in PIECES else [] for block in flow]
    for index, (block, made) in enumerate(zip(flow, pieces, strict=True)):
        if isinstance(block, Title) and (isinstance(flow[index - 1], AttachmentLabel) if index else not headed):
            _on_grid(made, pieces[index - 1] if index else None)
        if isinstance(block, Chapter) and index and isinstance(flow[index - 1], Title):
            made[0] = replace(made[0], spacing={"beforeLines": 0, "before": 0})
        if isinstance(block, AttachmentList) and len(made) > WHOLE_LIST:  # its end stays with the signature
            made[:-2] = [replace(item, keep_next=False) for item in made[:-2]]
        following = next(iter(flow[index + 1 : index + 2]), None)
        introduces = isinstance(block, Paragraph) and isinstance(following, Table)
        introduces = introduces or (
            isinstance(block, Paragraph)
            and len(plain(block.text)) <= INTRODUCTION
            and introduces_list(block)
            and not isinstance(following, AttachmentLabel | Section | None)
        )
        if made and (introduces or _keeps_with_next(block, flow[index + 1 : index + 3])):
            made[-1] = replace(made[-1], keep_next=True)
    return pieces


def _on_grid(title: list[BlockWriter], label: list[BlockWriter] | None) -> None:
    """A title that takes whole lines of the grid: what its own lines are higher goes off the blank lines around it."""
    height, count = round(20 * PAGE.title_line), len(title[0].lines)
    taken = ceil(((count - 1) * height + GRID_LINE) / GRID_LINE - 0.01) * GRID_LINE
    above = (height - GRID_LINE) // 2 if label else 0
    if label:
        label[-1] = replace(label[-1], spacing={"afterLines": 0, "after": GRID_LINE - above})
    title[-1] = replace(title[-1], spacing={"afterLines": 0, "after": GRID_LINE + taken - count * height + above})


def _end_section(elements: list[Element], styles: Mapping[str, str], *, landscape: bool) -> None:
    """The section's end goes into its last paragraph; after a table, into one that takes no room."""
    if not elements or local(elements[-1]) != "p":
        elements.append(_break(styles))
    properties = elements[-1][0]
    elements[-1].replace(properties, w("pPr", *properties, mark(landscape=landscape)))


def _break(styles: Mapping[str, str]) -> Element:
    return w("p", w("pPr", w("pStyle", val=styles[BREAK_STYLE])))


def _notes(flow: Sequence[Block], index: int) -> tuple[Table, ...]:
    """The notes under a table. They become its last rows: programs keep those with it, another table they may not."""
    block, found = flow[index], list[Table]()
    for each in flow[index + 1 :] if isinstance(block, Table) and block.ruled else ():
        if not isinstance(each, Table) or each.ruled or len(each.widths) > 1:
            break
        found.append(each)
    return tuple(found)


def _table(block: Table, below: Below, styles: Mapping[str, str], strips: Strips, *, page: Page) -> Element:
    def paragraph(style: str, text: Text, align: str) -> Element:
        jc = [w("jc", val=align)] if align != "left" else []
        return w("p", w("pPr", w("pStyle", val=styles[style]), *jc), *(_run(span, styles) for span in text))

    means = Means(paragraph, _shapes(tuple(sorted(styles.items()))))
    return table(block, strips, means, page=page, below=below)


@lru_cache(maxsize=8)
def _shapes(styles: tuple[tuple[str, str], ...]) -> Shapes:  # noqa: ARG001 - what cells are known by besides
    """Cells of tables in the styles of a base, for the next document on it too."""
    return {}


def cells(value: str) -> float:
    """Width of a text in character cells: a Chinese character or mark is 1, a half-width one 1/2."""
    return sum(0.5 if unicodedata.east_asian_width(char) in ("H", "Na", "N") else 1 for char in value)


def indent(**widths: float) -> dict[str, int]:
    """Attributes of ``w:ind`` from widths in cells: in grid characters for Word and WPS, in twips for the others."""
    in_chars = {f"{side}Chars": round(100 * width) for side, width in widths.items()}
    return in_chars | {side: round(CELL * width) for side, width in widths.items()}


def _keeps_with_next(block: Block, following: Sequence[Block]) -> bool:
    """Whether a block shares its page with what follows: no signature without text (7.3.5.5), no note without it."""
    if isinstance(block, Signature):
        return bool(following) and isinstance(following[0], Note)
    if isinstance(block, Paragraph) and len(plain(block.text)) > SHARED:
        return False
    after_list = following[1:] if following and isinstance(following[0], AttachmentList) else following
    return bool(after_list) and isinstance(after_list[0], Signature)


def _element(piece: BlockWriter, styles: Mapping[str, str]) -> Element:
    properties = [w("pStyle", val=styles[piece.style])]
    if piece.keep_next:
        properties.append(w("keepNext"))
    if piece.spacing:
        properties.append(w("spacing", **piece.spacing))
    if piece.indent:
        properties.append(w("ind", **piece.indent))
    if piece.jc:
        properties.append(w("jc", val=piece.jc))
    runs: list[Element] = []
    for number, line in enumerate(piece.lines):
        if number:
            runs.append(w("r", w("br")))
        runs.extend(_run(span, styles) for span in line)
    return w("p", w("pPr", *properties), *runs)


def _run(span: Span, styles: Mapping[str, str]) -> Element:
    name = FACE_STYLES.get(span.face)
    return run(span.text, w("rPr", w("rStyle", val=styles[name])) if name else None)


def _label(block: AttachmentLabel) -> list[BlockWriter]:
    return [WordPara("附件标识", ((Span(block.text),),))]


def _title(block: Title) -> list[BlockWriter]:
    title = WordPara("公文标题", tuple((Span(line),) for line in block.lines))
    if not block.subtitle:
        return [title]
    close_up = replace(title, keep_next=True, spacing={"afterLines": 0, "after": 0})
    return [close_up, WordPara("公文副标题", (block.subtitle,))]


def _salutation(block: Salutation) -> list[BlockWriter]:
    return [WordPara("主送机关", (block.text,))]


def _heading(block: Heading) -> list[BlockWriter]:
    return [WordPara(HEADING_STYLES[block.level], (block.text,))]


def _chapter(block: Chapter) -> list[BlockWriter]:
    return [WordPara("章标题", ((Span(block.text),),))]


def _paragraph(block: Paragraph) -> list[BlockWriter]:
    return [WordPara("公文正文", (block.text,))]


def _attachment_list(block: AttachmentList) -> list[BlockWriter]:
    """附件说明: two characters in; a name that runs on aligns with its own first character (7.3.4)."""
    lines = attachment_lines(block.names)
    label = cells("附件：")
    pieces: list[BlockWriter] = []
    for number, line in enumerate(lines, 1):
        # A digit takes half a character in 仿宋 and in the Latin face, the full point a quarter.
        order = 0.5 * len(str(number)) + 0.25 if len(lines) > 1 else 0
        hanging = label + order if number == 1 else order
        last = number == len(lines)
        pieces.append(WordPara("附件说明", (line,), not last, indent=indent(left=2 + label + order, hanging=hanging)))
    return pieces


def _signature(block: Signature) -> list[BlockWriter]:
    names = max((cells(plain(issuer)) for issuer in block.issuers), default=0.0)
    date = cells(plain(block.date))
    place = _by_name if block.signed else _sealed if block.sealed else _unsealed
    return place(block, names, date)


def _by_name(block: Signature, *_: float) -> list[BlockWriter]:
    """Who signs by name (7.3.5.3): two blank lines, four characters from the right; under a blank line the day."""
    place = indent(left=0, right=4)
    issuers = [
        WordPara("发文机关署名", (issuer,), keep_next=True, jc="right", spacing=_blank(2), indent=place)
        for issuer in block.issuers
    ]
    last = WordPara("成文日期", (block.date,), jc="right", spacing=_blank(1), indent=place)
    return [*issuers, *([last] if block.date else [])]


def _blank(count: int) -> dict[str, int]:
    return {"beforeLines": 100 * count, "before": count * GRID_LINE}


def _attendance(block: Attendance) -> list[BlockWriter]:
    """出席 and the like: two characters in, names that run on under the first behind the colon (10.3)."""
    pieces: list[BlockWriter] = []
    for number, text in enumerate(block.names, 1):
        label = sum(cells(span.text) for span in takewhile(lambda span: span.face == "hei", text))
        place = indent(left=2 + label, hanging=label)
        pieces.append(WordPara("附件说明", (text,), number < len(block.names), indent=place))
    return pieces


def _unsealed(block: Signature, names: float, date: float) -> list[BlockWriter]:
    """No seal (7.3.5.2): the name ends two characters before the margin and the date begins two after the name does.

    Where the date is the longer one, the date ends two characters before the margin and the name moves left.
    """
    end = LINE_CELLS - 2
    start = max(0.0, end - names if date <= names else end - date - 2)
    issuers = [
        WordPara("发文机关署名", (issuer,), keep_next=True, indent=indent(left=start)) for issuer in block.issuers
    ]
    full = {"right": -0.5} if start + 2 + date > LINE_CELLS - 0.5 else {}  # no rounding breaks its last one off
    day = [WordPara("成文日期", (block.date,), indent=indent(left=start + 2, **full))] if block.date else []
    return [*issuers, *day]


def _sealed(block: Signature, names: float, date: float) -> list[BlockWriter]:
    """A seal to come (7.3.5.1): the date ends four characters before the margin, the name is centred on the date.

    Two lines stay free above the name. A name too long for its place takes the date along to the left. The name's
    box is half a character wider on both sides than the name at least, so that no rounding breaks the last one off.
    """
    half = max(4 + date / 2, names / 2)
    room = {"beforeLines": 100 * SEAL_LINES, "before": SEAL_LINES * GRID_LINE}
    box = indent(left=max(0.0, LINE_CELLS - 2 * half) - 0.5, right=-0.5)
    issuers = [
        WordPara("发文机关署名", (issuer,), keep_next=True, jc="center", spacing=room, indent=box)
        for issuer in block.issuers
    ]
    last = indent(left=0, right=half - date / 2)
    return [*issuers, *([WordPara("成文日期", (block.date,), jc="right", indent=last)] if block.date else [])]


def _note(block: Note) -> list[BlockWriter]:
    return [WordPara("附注", (block.text,))]


PIECES: dict[type[Any], Callable[[Any], list[BlockWriter]]] = {
    AttachmentLabel: _label,
    Title: _title,
    Salutation: _salutation,
    Heading: _heading,
    Chapter: _chapter,
    Paragraph: _paragraph,
    AttachmentList: _attachment_list,
    Signature: _signature,
    Attendance: _attendance,
    Note: _note,
}
"""Every block of the flowing body and the function that sets it; tables and sections are set by :func:`body`."""
