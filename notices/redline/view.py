"""A redline as a reader sees it: paragraphs and tables of marked words, read from the produced file itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from notices.ooxml.package import Package
from notices.ooxml.xml import Element, W, q

ViewMark: TypeAlias = Literal["", "ins", "del", "from", "to"]
_MARKS: dict[str, ViewMark] = {q("ins"): "ins", q("del"): "del", q("moveFrom"): "from", q("moveTo"): "to"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}
_FIGURES = {"object": "〔对象〕", "ruby": "〔注音〕"} | dict.fromkeys(("drawing", "pict", "AlternateContent"), "〔图〕")
_NOTES = ("footnote", "endnote")
_NUMBER = "[一二三四五六七八九十百]{1,4}"
_HEADING = re.compile(rf"{_NUMBER}、|（{_NUMBER}）|第{_NUMBER}[章条]|附件(?![：:])")


@dataclass(frozen=True, slots=True)
class Words:
    """Text of one mark. ``move`` is the number of its move; ``note`` that of a footnote it refers to."""

    text: str
    mark: ViewMark = ""
    move: int = 0
    note: int = 0


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A paragraph: ``mark`` is what happened to it as a whole, ``align`` and ``level`` how it is set."""

    words: tuple[Words, ...]
    mark: ViewMark = ""
    align: str = ""
    level: int = 0
    numbered: bool = False

    @property
    def text(self) -> str:
        """Its words, struck ones too."""
        return "".join(words.text for words in self.words)

    @property
    def changed(self) -> bool:
        """Whether anything in it is marked."""
        return bool(self.mark) or any(words.mark for words in self.words)

    @property
    def heading(self) -> bool:
        """Whether it looks like a heading: by its style, or by the number it begins with."""
        return bool(self.text.strip()) and (
            self.level > 0 or (len(self.text) <= 40 and bool(_HEADING.match(self.text.strip())))
        )


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A row of a table with its mark; every cell is a run of blocks."""

    cells: tuple[tuple[int, tuple[ViewLine | ViewTable, ...]], ...]
    mark: ViewMark = ""


@dataclass(frozen=True, slots=True)
class ViewTable:
    """A table."""

    rows: tuple[ViewRow, ...]


@dataclass(frozen=True, slots=True)
class RedlineView:
    """The whole: the body, and the notes in the order their references stand."""

    blocks: tuple[ViewLine | ViewTable, ...]
    notes: tuple[tuple[ViewLine | ViewTable, ...], ...] = ()

    def lines(self) -> Iterator[ViewLine]:
        """Every paragraph, those in tables and notes too."""
        for blocks in (self.blocks, *self.notes):
            yield from _lines(blocks)


def _lines(blocks: tuple[ViewLine | ViewTable, ...]) -> Iterator[ViewLine]:
    for block in blocks:
        if isinstance(block, ViewLine):
            yield block
        else:
            for row in block.rows:
                for _, cell in row.cells:
                    yield from _lines(cell)


def view(package: Package) -> RedlineView:
    """What a produced redline shows."""
    reader = _Reader(package)
    blocks = reader.blocks(package.xml(package.main).find(q("body")))
    return RedlineView(blocks, tuple(reader.notes))


@dataclass
class _Reader:
    package: Package
    notes: list[tuple[ViewLine | ViewTable, ...]] = field(default_factory=list)
    move: int = 0

    def __post_init__(self) -> None:
        self._roots = {kind: self.package.xml(self.package.related(f"{kind}s")) for kind in _NOTES}
        root = self.package.xml(self.package.related("styles"))
        self._styles = {} if root is None else {node.get(q("styleId")): node for node in root.findall(q("style"))}

    def blocks(self, parent: Element) -> tuple[ViewLine | ViewTable, ...]:
        """The blocks of a body, cell or note."""
        return tuple(self._blocks(parent))

    def _blocks(self, parent: Element) -> Iterator[ViewLine | ViewTable]:
        for node in parent:
            if node.tag in {q("moveFromRangeStart"), q("moveToRangeStart")}:
                self.move = int("".join(filter(str.isdigit, node.get(q("name"), ""))) or 0)
            elif node.tag == q("p"):
                yield self._line(node)
            elif node.tag == q("tbl"):
                yield ViewTable(tuple(self._row(row) for row in node.iterchildren(q("tr"))))
            elif node.tag in {q("sdt"), q("sdtContent"), q("customXml")}:
                yield from self._blocks(node)

    def _row(self, row: Element) -> ViewRow:
        properties = row.find(q("trPr"))
        marks = [_MARKS[node.tag] for node in (() if properties is None else properties) if node.tag in _MARKS]
        cells = []
        for cell in row.iterchildren(q("tc")):
            span = cell.find(f"{q('tcPr')}/{q('gridSpan')}")
            cells.append((int(span.get(q("val"), "1")) if span is not None else 1, self.blocks(cell)))
        return ViewRow(tuple(cells), marks[0] if marks else "")

    def _line(self, node: Element) -> ViewLine:
        words = tuple(_joined(self._words(node, "")))
        properties = node.find(q("pPr"))
        ended = node.find(f"{q('pPr')}/{q('rPr')}")
        marks = [_MARKS[each.tag] for each in (() if ended is None else ended) if each.tag in _MARKS]
        whole = bool(marks) and all(each.mark == marks[0] for each in words)
        numbered = properties is not None and properties.find(q("numPr")) is not None
        align = self._look(properties, "jc")
        if align in {"", "both", "left", "start"} and _far(properties):
            align = "right"
        level = self._look(properties, "outlineLvl")
        depth = int(level) + 1 if level.isdigit() and int(level) < 9 else 0
        return ViewLine(words, marks[0] if whole else "", align, depth, numbered)

    def _look(self, properties: Element | None, name: str) -> str:
        """A property of a paragraph: its own, or that of its style and the styles it is based on."""
        style = None if properties is None else properties.find(q("pStyle"))
        for _ in range(12):
            found = None if properties is None else properties.find(q(name))
            if found is not None:
                return str(found.get(q("val"), ""))
            node = self._styles.get(style.get(q("val"))) if style is not None else None
            if node is None:
                return ""
            properties, style = node.find(q("pPr")), node.find(q("basedOn"))
        return ""

    def _words(self, parent: Element, mark: ViewMark) -> Iterator[Words]:
        for node in parent:
            if not isinstance(node.tag, str) or node.tag == q("pPr"):
                continue
            if node.tag == q("r"):
                for child in node:
                    yield from self._run(child, mark)
            elif node.tag.startswith(f"{{{W}}}"):
                yield from self._words(node, _MARKS.get(node.tag, mark))
            else:
                yield Words("〔公式〕" + "".join(node.itertext()), mark)

    def _run(self, child: Element, mark: ViewMark) -> Iterator[Words]:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        move = self.move if mark in {"from", "to"} else 0
        if name in {"t", "delText"}:
            yield Words(child.text or "", mark, move)
        elif name in _SIGNS:
            yield Words(_SIGNS[name], mark, move)
        elif name in _FIGURES:
            yield Words(_FIGURES[name], mark, move)
        elif name.removesuffix("Reference") in _NOTES:
            yield Words("", mark, move, self._note(name.removesuffix("Reference"), child.get(q("id"), "")))

    def _note(self, kind: str, identity: str) -> int:
        root = self._roots[kind]
        found = [node for node in (() if root is None else root) if node.get(q("id")) == identity]
        self.notes.append(self.blocks(found[0]) if found else ())
        return len(self.notes)


def _far(properties: Element | None) -> bool:
    """Whether a paragraph stands in the right half of its line, as a signature and its date do."""
    indent = None if properties is None else properties.find(q("ind"))
    left = "0" if indent is None else indent.get(q("left"), indent.get(q("start"), "0"))
    return left.isdigit() and int(left) >= _HALF


_HALF = 3400
"""Twips: six centimetres in."""


def _joined(words: Iterator[Words]) -> Iterator[Words]:
    """Neighbours of one mark as one."""
    held: Words | None = None
    for each in words:
        if held and not (held.note or each.note) and (held.mark, held.move) == (each.mark, each.move):
            held = Words(held.text + each.text, held.mark, held.move)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held
