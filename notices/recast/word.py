"""A Word file to a source: its story in order, tables with their merged cells, pictures, notes, text boxes.

What the page has no place for is named with where it stands. Nothing of the file is run or fetched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from notices.inspection.model import Para, Run
from notices.inspection.word import elements
from notices.ooxml.package import Package
from notices.ooxml.xml import Element, local, q
from notices.recast import grid
from notices.recast.pictures import FALLBACK
from notices.recast.runs import CONTENTS, Around, Strand, strand
from notices.recast.source import (
    Edit,
    Leaving,
    Origin,
    Piece,
    Source,
    SourceFigure,
    SourceItem,
    SourceTable,
    Turn,
    shown,
)

AUTOMATIC: Final = "自动编号写成文字"
_THROUGH: Final = frozenset(
    map(q, ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "subDoc", "dir", "bdo"))
)
_SILENT: Final = frozenset(
    {"sectPr", "sdtPr", "sdtEndPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"}
    | {"commentRangeStart", "commentRangeEnd", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx"}
)


def read(
    package: Package, paras: Sequence[Para], numbers: Sequence[str], heads: Sequence[tuple[Origin, str]] = ()
) -> Source:
    """The source a package holds.

    Args:
        package: a Word file without tracked changes.
        paras: its paragraphs as they look, by :attr:`Para.number`.
        numbers: the automatic number of each, empty where it has none.
        heads: what stands before all of it: a letter's masthead.
    """
    root = package.xml(package.main)
    order = {node: number for number, node in enumerate(elements(root), 1)}
    reading = _Reading(package, Around(package), paras, numbers, order)
    reading.turns = _turns(root)
    reading.head(heads)
    for body in root.findall(q("body")):  # one, in a sound file
        reading.story(body)
    return Source(
        package.name, tuple(reading.items), tuple(reading.edits), tuple(reading.leavings), tuple(reading.remarks())
    )


@dataclass
class _Reading:
    """What was read so far; ``turns`` are the paragraphs (by number) a turned section begins with."""

    package: Package
    around: Around
    paras: Sequence[Para]
    numbers: Sequence[str]
    order: Mapping[Element, int]
    items: list[SourceItem] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    leavings: list[Leaving] = field(default_factory=list)
    turns: dict[Element, bool] = field(default_factory=dict)
    count: int = 0
    """The paragraph read last, by its number."""
    pieces: int = 0
    tables: int = 0
    boxed: int = 0
    under: list[SourceFigure] = field(default_factory=list)
    """Pictures of the table that is read."""
    below: int = 0
    turned: Counter[str] = field(default_factory=Counter)
    """Pictures that became PNG, by what they were."""
    emphasised: int = 0
    broken: int = 0

    def head(self, heads: Sequence[tuple[Origin, str]]) -> None:
        """Put what stands before the story."""
        for origin, text in heads:
            self.pieces += 1
            self.items.append(Piece(self.pieces, origin, Para(self.pieces, (Run(text),))))

    def story(self, parent: Element) -> None:
        """Read the blocks below an element into the items."""
        for node in parent:
            if node in self.turns:
                self.items.append(Turn(self.turns[node]))
            if node.tag == q("p"):
                self.items += self._paragraph(node)
            elif node.tag == q("tbl"):
                self.items += self._table(node)
            elif node.tag in _THROUGH:
                self.story(node)
            else:
                self._strange(node)

    def _strange(self, node: Element) -> None:
        if not isinstance(node.tag, str) or local(node) in _SILENT or node.tag == FALLBACK:
            return
        if node.tag == q("altChunk"):
            self._leave("套在里面的另一份文件（altChunk）", "先在 Word 里打开，另存一份")
        elif next(node.iter(q("p")), None) is not None:
            self.story(node)
        elif said := "".join(node.itertext()).strip():
            self._leave(f"{local(node)}：{shown(said)}", "改成普通文字，再用 typeset")

    def _leave(self, what: str, hint: str = "", *, lost: bool = True) -> None:
        self.leavings.append(Leaving(what, self._where(), hint, lost=lost))

    def _where(self) -> str:
        last = next((one for one in reversed(self.items) if isinstance(one, Piece) and one.text.strip()), None)
        return f"第 {self.count} 段" + (f"“{shown(last.text, 16)}”之后" if last else "")

    def _paragraph(self, node: Element, cell: tuple[int, int, int] | None = None) -> Iterator[SourceItem]:
        """A paragraph as a piece a line, its pictures, then what stands in its text boxes."""
        number = self.count = self.order[node]
        origin: Origin = (self.package.main, number)
        found = strand(node, origin, self.around)
        automatic = self.numbers[number - 1] if number <= len(self.numbers) else ""
        if automatic:
            self.edits.append(Edit(origin, 0, "", "".join(automatic.split()), AUTOMATIC))
        self.edits += found.edits
        where = f"第 {number} 段" + (f"“{shown(found.text, 16)}”" if found.text.strip() else "")
        told = {one.what for one in self.leavings if one.what == CONTENTS}  # it runs over many paragraphs
        self.leavings += (replace(one, where=where) for one in found.leavings if one.what not in told)
        self.emphasised += found.emphasised
        self.broken += found.broken
        looks = self.paras[number - 1] if number <= len(self.paras) else Para(number, ())
        gap = "　" if automatic[-1:].isalnum() else ""
        for line in (automatic + gap + found.text).split("\n"):
            self.pieces += 1
            yield Piece(self.pieces, origin, _para(looks, self.pieces, line, cell))
        figures = [replace(figure, where=where) for figure in found.figures]
        self.turned.update(figure.was for figure in figures if figure.was)
        if cell is None:
            yield from figures
        else:
            self.under += figures
        yield from self._boxes(found, cell)

    def _boxes(self, found: Strand, cell: tuple[int, int, int] | None) -> Iterator[SourceItem]:
        """What stands in the text boxes anchored in a paragraph."""
        for box in found.boxes:
            self.boxed += 1
            if cell is not None:
                yield from self._inside(box, cell)
                continue
            inner, self.items = self.items, []
            self.story(box)
            made, self.items = self.items, inner
            yield from made

    def _inside(self, parent: Element, cell: tuple[int, int, int]) -> Iterator[Piece]:
        """The pieces of a cell; a table in it is told, its texts become lines of the cell."""
        for node in parent:
            if node.tag == q("p"):
                yield from (one for one in self._paragraph(node, cell) if isinstance(one, Piece))
            elif node.tag == q("tbl"):
                self._leave("表格里的表格：文字排进外层的格子，框线没有", "改成单独的表格", lost=False)
                for row in grid.rows(node):
                    for inner in grid.cells(row):
                        yield from self._inside(inner, cell)
            elif node.tag in _THROUGH:
                yield from self._inside(node, cell)
            else:
                self._strange(node)

    def _table(self, node: Element) -> Iterator[SourceItem]:
        self.tables += 1
        made: dict[Element, tuple[Piece, ...]] = {}
        for at, row in enumerate(grid.rows(node), 1):
            for column, cell in enumerate(grid.cells(row), 1):
                made[cell] = tuple(self._inside(cell, (self.tables, at, column)))
        table: SourceTable | None = grid.table(node, made)
        if table is not None:
            yield replace(table, ruled=grid.ruled(node, self.around.styles))
        self.below += len(self.under)
        yield from self.under
        self.under = []

    def remarks(self) -> Iterator[str]:
        """What a reader of the result must know besides."""
        if self.boxed:
            yield f"{self.boxed} 个文本框里的文字排进了正文"
        for kind, count in sorted(self.turned.items()):
            yield f"{count} 幅 {kind} 图片转成了 PNG，大小不变"
        if self.below:
            yield f"表格里的 {self.below} 幅图片排在它的表格之下：格子里放不下图片"
        if self.emphasised:
            yield f"{self.emphasised} 处加粗、斜体或下划线没有保留：公文的字体由要素决定"
        if self.broken:
            yield f"{self.broken} 处分页、分栏没有保留：页由版面分"


def _para(looks: Para, number: int, line: str, cell: tuple[int, int, int] | None) -> Para:
    """A line as a paragraph of its own, looking as its paragraph does."""
    line = line.strip()
    first = looks.runs[-1] if looks.runs else Run("")
    return replace(looks, number=number, runs=(replace(first, text=line),) if line else (), cell=cell)


def _turns(root: Element) -> dict[Element, bool]:
    """Blocks of the body a turned section begins with: True where pages lie from there on."""
    body = root.find(q("body"))
    ends = [
        (node, mark) for node in body for mark in node.iter(q("sectPr")) if mark.getparent().tag != q("sectPrChange")
    ]
    lies = [_lies(mark) for _, mark in ends]
    if not any(lies):
        return {}
    found: dict[Element, bool] = {}
    blocks = [node for node in body if isinstance(node.tag, str)]
    start, now = 0, False
    for (node, mark), lying in zip(ends, lies, strict=True):
        if lying != now and start < len(blocks):
            found[blocks[start]] = lying
            now = lying
        start = blocks.index(node) + 1 if mark.getparent().tag != q("body") else len(blocks)
    return found


def _lies(mark: Element) -> bool:
    size = mark.find(q("pgSz"))
    if size is None:
        return False
    return size.get(q("orient")) == "landscape" or float(size.get(q("w"), 0)) > float(size.get(q("h"), 0))


def notes(package: Package) -> Iterator[str]:
    """The text of every note there is a mark of, in the order of the marks: for the proof."""
    said: dict[tuple[str, str | None], str] = {}
    for kind in ("footnote", "endnote"):
        root = package.xml(package.related(f"{kind}s"))
        for holder in [] if root is None else root.iter(q(kind)):
            said[kind, holder.get(q("id"))] = "".join(leaf.text or "" for leaf in holder.iter(q("t")))
    for node in package.xml(package.main).iter(q("footnoteReference"), q("endnoteReference")):
        yield said.get((local(node).removesuffix("Reference"), node.get(q("id"))), "")


def flat(package: Package) -> Iterator[tuple[Origin, str]]:
    """The story read once more, by another way, for the proof: the texts met between a paragraph's two tags."""
    texts: list[str] = []
    open_: list[int] = []
    stack: list[Element] = [*reversed(package.xml(package.main))]
    closing = object()
    while stack:
        node = stack.pop()
        if node is closing:
            open_.pop()
            continue
        if not isinstance(node.tag, str) or node.tag in _UNREAD:
            continue
        if node.tag == q("p"):
            texts.append("")
            open_.append(len(texts) - 1)
            stack.append(closing)
        elif open_ and node.tag == q("t"):
            texts[open_[-1]] += node.text or ""
        elif open_ and node.tag == q("noBreakHyphen"):
            texts[open_[-1]] += "-"
        stack += reversed(node)
    return (((package.main, number), text) for number, text in enumerate(texts, 1))


_UNREAD: Final = frozenset({*map(q, ("pPr", "rPr", "sdtPr", "sectPr")), FALLBACK})
