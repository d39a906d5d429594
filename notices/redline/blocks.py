"""Blocks as Word writes them, each with its marks of revision: the only place where a plan becomes XML."""

from __future__ import annotations

import copy
from collections.abc import Callable

from notices.ooxml.xml import Element, local, q, w
from notices.redline.pieces import Piece
from notices.redline.plan import PlanStep, moves, plan, rows
from notices.redline.ranges import without_ranges
from notices.redline.revision import Pen
from notices.redline.runs import Filler, RevisionMark, look, revised, whole
from notices.redline.story import NOT_FORMAT, Group, Other, Story, StoryCell, StoryPara, StoryRow, StoryTable, format_of


class RevisionWriter:
    """Writes stories. Moves are looked for in the body only: a number moves between cells by chance."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._moves = 0

    def body(self, old: Story, new: Story) -> list[Element]:
        """The body's blocks."""
        return self._story(old, new, moves)

    def story(self, old: Story, new: Story) -> list[Element]:
        """The blocks of a cell, a content control or a note."""
        return self._story(old, new, lambda steps: steps)

    def _story(self, old: Story, new: Story, follow: Callable[[list[PlanStep]], list[PlanStep]]) -> list[Element]:
        made: list[Element] = []
        steps = follow(plan(old, new))
        for at, step in enumerate(steps):
            around = (steps[at - 1] if at else None, steps[at + 1] if at + 1 < len(steps) else None)
            begins, ends = (_edge(step, around[0]), _edge(step, around[1]))
            elements = self._step(step)
            if step.name:
                elements = self._ranged(step, elements, begins=begins, ends=ends)
            made += [*(step.new.riders if step.new is not None else []), *elements]
        return [*made, *new.riders]

    def _step(self, step: PlanStep) -> list[Element]:
        mark: RevisionMark = {"pair": "", "del": "del", "ins": "ins", "from": "moveFrom", "to": "moveTo"}[step.fate]  # type: ignore[assignment]
        block = step.new or step.old
        if step.fate == "pair":
            return self._pair(step)
        if step.fate != "to":
            self._pen.tally[{"del": "删去的段", "ins": "增加的段", "from": "移动的段"}[step.fate]] += 1
        if isinstance(block, StoryPara) and step.mark == "stays":
            return [self._last(step, block)]
        return self._whole(block, mark)

    def _pair(self, step: PlanStep) -> list[Element]:
        old, new = step.old, step.new
        if isinstance(old, StoryPara) and isinstance(new, StoryPara):
            return [self._paragraph(old, new, step.mark)]
        if isinstance(old, StoryTable) and isinstance(new, StoryTable):
            return [self._table(old, new)]
        if isinstance(old, Group) and isinstance(new, Group):
            shell = w("sdt", *(copy.deepcopy(child) for child in new.element if child.tag != q("sdtContent")))
            shell.append(w("sdtContent", *self.story(old.story, new.story)))
            return [shell]
        return [new.element] if new is not None else []

    def _paragraph(self, old: StoryPara, new: StoryPara, mark: str) -> Element:
        """A paragraph that stays; with ``mark`` its end does not: see :func:`notices.redline.plan.plan`."""
        if not mark and _untouched(old, new):
            return new.element
        made = w("p")
        own = old if mark == "del" else new
        properties = copy.deepcopy(own.element.find(q("pPr")))
        if mark == "del":
            properties = _sectionless(properties)
        if properties is not None and not mark:
            self._format_change(properties, old)
        if mark:
            properties = self._pen.mark_properties(properties, mark)
        elif properties is None and old.format:
            self._format_change(properties := w("pPr"), old)
        _put(made, properties)
        Filler(made, self._pen).fill(revised(old, new, self._pen))
        if old.key != new.key:
            self._pen.tally["改动的段"] += 1
        return made

    def _last(self, step: PlanStep, block: StoryPara) -> Element:
        """The last paragraph of a story, new or struck, whose mark stays and keeps the other side's format."""
        made = w("p")
        _put(made, _sectionless(copy.deepcopy(block.element.find(q("pPr")))))
        Filler(made, self._pen).fill(whole(block, "ins" if step.fate == "ins" else "del"))
        return made

    def _whole(self, block: object, mark: RevisionMark) -> list[Element]:
        """A block that is struck, inserted or moved as a whole."""
        if isinstance(block, StoryPara):
            made = w("p")
            properties = copy.deepcopy(block.element.find(q("pPr")))
            if mark in {"del", "moveFrom"}:
                properties = _sectionless(properties)
            _put(made, self._pen.mark_properties(properties, mark))
            Filler(made, self._pen).fill(whole(block, mark))
            return [made]
        if isinstance(block, StoryTable):
            made = self._table_shell(block.element)
            for row in block.rows:
                made.extend(row.riders if mark == "ins" else [])
                made.append(self._whole_row(row, mark))
            made.extend(block.tail if mark == "ins" else [])
            return [made]
        if isinstance(block, Group):
            return [made for inner in block.story.blocks for made in self._whole(inner, mark)]
        return [block.element] if isinstance(block, Other) and mark == "ins" else []

    def _table(self, old: StoryTable, new: StoryTable) -> Element:
        made = self._table_shell(new.element)
        for before, after in rows(old, new):
            made.extend(after.riders if after is not None else [])
            if before is not None and after is not None:
                row = _shell(after.element, "tc")
                row.extend(self._cell(one, two) for one, two in zip(before.cells, after.cells, strict=True))
                made.append(row)
            elif after is not None:
                made.append(self._whole_row(after, "ins"))
                self._pen.tally["增加的行"] += 1
            elif before is not None:
                made.append(self._whole_row(before, "del"))
                self._pen.tally["删去的行"] += 1
        made.extend(new.tail)
        return made

    def _cell(self, old: StoryCell, new: StoryCell) -> Element:
        cell = w("tc")
        properties = new.element.find(q("tcPr"))
        if properties is not None:
            cell.append(copy.deepcopy(properties))
        cell.extend(self.story(old.story, new.story))
        return cell

    def _whole_row(self, row: StoryRow, mark: RevisionMark) -> Element:
        made = _shell(row.element, "tc")
        if mark == "del":
            without_ranges(made)
        properties = made.find(q("trPr"))
        if properties is None:
            properties = w("trPr")
            before = made.find(q("tblPrEx"))
            made.insert(0, properties) if before is None else before.addnext(properties)
        properties.append(self._pen.mark(mark))
        for cell in row.cells:
            twin = w("tc")
            if (own := cell.element.find(q("tcPr"))) is not None:
                twin.append(copy.deepcopy(own))
            twin.extend(element for block in cell.story.blocks for element in self._whole(block, mark))
            made.append(twin)
        return made

    def _table_shell(self, table: Element) -> Element:
        made = w("tbl")
        made.extend(copy.deepcopy(child) for child in table if local(child) in {"tblPr", "tblGrid"})
        return made

    def _format_change(self, properties: Element, old: StoryPara) -> None:
        """Track the change of a paragraph's format, if it changed."""
        if format_of(properties) == old.format:
            return
        change = self._pen.mark("pPrChange")
        before = old.element.find(q("pPr"))
        kept = [] if before is None else [child for child in before if child.tag not in NOT_FORMAT]
        change.append(w("pPr"))
        change[0].extend(copy.deepcopy(child) for child in kept)
        properties.append(change)
        self._pen.tally["段落格式"] += 1

    def _ranged(self, step: PlanStep, elements: list[Element], *, begins: bool, ends: bool) -> list[Element]:
        """A moved paragraph between the edges of its move."""
        side = "moveFrom" if step.fate == "from" else "moveTo"
        number = 2 * step.name - (0 if step.fate == "to" else 1)
        identity = _RANGES + number
        before = w(
            f"{side}RangeStart", id=identity, author=self._pen.author, date=self._pen.date, name=f"move{step.name}"
        )
        after = w(f"{side}RangeEnd", id=identity)
        return [*([before] if begins else []), *elements, *([after] if ends else [])]


_RANGES = 500_000
"""Numbers of the edges of moves begin after this."""


def _edge(step: PlanStep, neighbour: PlanStep | None) -> bool:
    """Whether a move begins (or ends) at a step: its neighbour is no part of it."""
    return neighbour is None or (neighbour.fate, neighbour.name) != (step.fate, step.name)


def _untouched(old: StoryPara, new: StoryPara) -> bool:
    """Whether nothing of a paragraph changed, so that it can stay as it is."""
    if old.key != new.key or old.format != new.format:
        return False
    plain = all(piece.kind != "child" or local(piece.element) not in _NOTED for piece in new.pieces)
    return plain and _looks(old.pieces) == _looks(new.pieces)


_NOTED = {"footnoteReference", "endnoteReference"}


def _looks(pieces: list[Piece]) -> list[tuple[bytes, int]]:
    """The formats of a paragraph and how far each reaches."""
    found: list[tuple[bytes, int]] = []
    for piece in pieces:
        if piece.kind not in {"text", "child"}:
            continue
        here = (look(piece.rpr), max(1, len(piece.text)))
        if found and found[-1][0] == here[0]:
            found[-1] = (here[0], found[-1][1] + here[1])
        else:
            found.append(here)
    return found


def _put(paragraph: Element, properties: Element | None) -> None:
    if properties is not None:
        paragraph.insert(0, properties)


def _shell(element: Element, without: str) -> Element:
    """A copy of an element without the children of one kind."""
    made = w(local(element))
    made.extend(copy.deepcopy(child) for child in element if child.tag != q(without))
    return made


def _sectionless(properties: Element | None) -> Element | None:
    """Properties of an old paragraph without its section: the new document's sections count."""
    section = None if properties is None else properties.find(q("sectPr"))
    if section is not None:
        section.getparent().remove(section)
    return properties
