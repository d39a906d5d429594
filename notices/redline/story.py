"""A run of blocks (the body, a cell, a note) as a redline pairs them: paragraphs, tables, content controls."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from notices.ooxml.relations import Links
from notices.ooxml.xml import Element, q
from notices.redline.pieces import Piece, key_of
from notices.redline.reading import control, pieces_of
from notices.redline.styles import canonical

NOT_FORMAT = {q(name) for name in ("rPr", "sectPr", "pPrChange", "divId", "cnfStyle")}
"""Parts of a paragraph's properties that are no format of the paragraph."""


@dataclass(slots=True)
class StoryPara:
    """A paragraph. ``riders`` are bookmarks and the like that stand before it, beside paragraphs."""

    element: Element
    pieces: list[Piece]
    key: Hashable
    text: str
    style: str
    format: bytes
    riders: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class StoryCell:
    """A cell of a table."""

    element: Element
    story: Story


@dataclass(slots=True)
class StoryRow:
    """A row; ``shape`` is how its cells lie in the grid: only rows of one shape can be compared cell by cell."""

    element: Element
    cells: list[StoryCell]
    key: Hashable
    text: str
    shape: tuple[tuple[str, ...], ...]
    riders: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class StoryTable:
    """A table; ``columns`` counts its grid. ``tail`` are bookmarks and the like behind its last row."""

    element: Element
    rows: list[StoryRow]
    key: Hashable
    text: str
    columns: int
    riders: list[Element] = field(default_factory=list)
    tail: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A content control around paragraphs; there is one like it in the other document."""

    element: Element
    story: Story
    key: Hashable
    text: str
    name: tuple[str, ...]
    riders: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Other:
    """Anything else beside paragraphs; it is not compared."""

    element: Element
    key: Hashable
    text: str = ""
    riders: list[Element] = field(default_factory=list)


StoryBlock: TypeAlias = StoryPara | StoryTable | Group | Other


@dataclass(slots=True)
class Story:
    """Blocks in order; ``riders`` stand behind the last."""

    blocks: list[StoryBlock]
    riders: list[Element]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What it says."""
        return tuple(block.key for block in self.blocks)

    @property
    def text(self) -> str:
        """Its characters, a line a paragraph."""
        return "\n".join(block.text for block in self.blocks)


def story_of(parent: Element, links: Links) -> Story:
    """The blocks of a body, cell or note, prepared by :mod:`notices.redline.prepare`."""
    blocks: list[StoryBlock] = []
    riders: list[Element] = []
    for node in parent:
        if not isinstance(node.tag, str) or node.tag in {q("sectPr"), q("tcPr")}:
            continue
        if (block := _block(node, links)) is None:
            riders.append(node)
        else:
            block.riders, riders = riders, []
            blocks.append(block)
    return Story(blocks, riders)


def _block(node: Element, links: Links) -> StoryBlock | None:
    if node.tag == q("p"):
        return para_of(node, links)
    if node.tag == q("tbl"):
        return _table(node, links)
    if node.tag == q("sdt"):
        story = story_of(node.find(q("sdtContent")), links)
        name = control(node)
        return Group(node, story, ("group", name, story.key), story.text, name)
    if node.tag == q("altChunk"):
        return Other(node, ("other", node.tag))
    return None


def para_of(node: Element, links: Links) -> StoryPara:
    """A paragraph."""
    pieces = pieces_of(node, links)
    style = node.find(f"{q('pPr')}/{q('pStyle')}")
    text = "".join(piece.text for piece in pieces)
    name = "" if style is None else style.get(q("val"), "")
    return StoryPara(node, pieces, ("p", key_of(pieces)), text, name, format_of(node.find(q("pPr"))))


def format_of(properties: Element | None) -> bytes:
    """A paragraph's format: what can be tracked of it, so without its section and without its mark's own format."""
    if properties is None or not len(properties):
        return b""
    return b"".join(canonical(child) for child in properties if child.tag not in NOT_FORMAT)


def _table(node: Element, links: Links) -> StoryTable:
    rows: list[StoryRow] = []
    riders: list[Element] = []
    for child in node:
        if child.tag == q("tr"):
            rows.append(_row(child, links, riders))
            riders = []
        elif child.tag not in {q("tblPr"), q("tblGrid")}:
            riders.append(child)
    grid = node.find(q("tblGrid"))
    columns = len(grid) if grid is not None else max((len(row.cells) for row in rows), default=0)
    return StoryTable(
        node,
        rows,
        ("t", columns, *(row.key for row in rows)),
        "\n".join(row.text for row in rows),
        columns,
        tail=riders,
    )


def _row(node: Element, links: Links, riders: list[Element]) -> StoryRow:
    cells = [StoryCell(cell, story_of(cell, links)) for cell in node.findall(q("tc"))]
    key = tuple(cell.story.key for cell in cells)
    shape = tuple(_shape(cell.element) for cell in cells)
    return StoryRow(node, cells, (shape, key), "\t".join(cell.story.text for cell in cells), shape, riders)


def _shape(cell: Element) -> tuple[str, ...]:
    """A cell's span over columns and its part in a span over rows."""
    properties = cell.find(q("tcPr"))
    found = []
    for name in ("gridSpan", "vMerge", "hMerge"):
        node = None if properties is None else properties.find(q(name))
        found.append("" if node is None else node.get(q("val"), "continue"))
    return tuple(found)


def paragraphs(story: Story) -> Iterator[StoryPara]:
    """Every paragraph of a story, those in tables too."""
    for block in story.blocks:
        if isinstance(block, StoryPara):
            yield block
        elif isinstance(block, Group):
            yield from paragraphs(block.story)
        elif isinstance(block, StoryTable):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.story)
