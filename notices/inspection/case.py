"""A paper under examination: its parts, what kind of page it has, and the figures it is held against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from notices.document.blocks import HeadForm, head_form
from notices.inspection import recognise
from notices.inspection.model import Edge, Paper, Para, Run, Sheet
from notices.inspection.office import Office
from notices.inspection.paging import line_height
from notices.inspection.parts import Part, Placed
from notices.inspection.signs import solid
from notices.typeset.page import mm
from notices.wording.titles import width

Kind: TypeAlias = Literal["document", "letter", "attachment", "none"]

_SURE: Final = 0.7
"""How sure a part must be to tell what a file is."""
_BLANKS: Final = " \u3000\u00a0"
_MARK: Final = 26.0
"""Points; a title is not as large."""
_HEADING: Final = 40
"""Characters of the longest heading."""
TEXT: Final[tuple[Part, ...]] = ("addressee", "level-3", "level-4", "article", "body", "attachment-note", "note")
"""Parts set in 3号仿宋 throughout; of levels one and two that is so after the heading."""
SIGNED: Final[tuple[Part, ...]] = ("signature", "date")
LEVELS_OF_TEXT: Final[tuple[Part, ...]] = ("level-1", "level-2", "level-3", "level-4")
FLOW: Final[tuple[Part, ...]] = (*LEVELS_OF_TEXT, "article", "body")
"""What begins two characters in (7.3.3)."""


@dataclass(frozen=True)
class Case:
    """One paper. ``placed`` are its paragraphs with their parts, ``office`` what its office asks otherwise."""

    paper: Paper
    office: Office = field(default_factory=Office)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Its paragraphs, in order, each with what it is; large red letters are no title but a mark (令, 纪要)."""
        found = recognise.recognise(self.paper.paras)
        return tuple(replace(one, part="mark") if one.part == "title" and marked(one.para) else one for one in found)

    @cached_property
    def kind(self) -> Kind:
        """What page it has: an attachment by itself has neither masthead nor signature.

        Where all pages lie and nothing says 附件, who is addressed, who issues it or when, it is a report or a table.
        """
        if self._double_line():
            return "letter"
        first = next((one.part for one in self.placed if one.part not in {"empty", "table"}), "empty")
        if first == "attachment-mark":
            return "attachment"
        if all(self.sheet(one.para).landscape for one in self.placed) and not self.of("addressee", "number", "date"):
            return "none"
        if first == "title" and self.paper.tables and not self.of("addressee", "mark"):
            return "attachment"
        sure = {one.part for one in self.placed if one.sure >= _SURE}
        return "document" if recognise.official(self.placed) or {"title", "level-1"} <= sure else "none"

    def _double_line(self) -> bool:
        """Whether the first page has a letter's double line: in its head, or measured, longer than the text."""
        if self.letter_lines:
            return True
        long = [one for one in self.paper.rules if one.page == 1 and one.right - one.left > mm(163)]
        return any(0 < two.top - one.top < 6 for one, two in pairwise(sorted(long, key=lambda one: one.top)))

    @cached_property
    def letter_lines(self) -> list[tuple[Para, Edge]]:
        """A letter's double lines: borders beside a mark or number in the head, or what stands over the title."""
        first = next((one.para.number for one in self.placed if one.part in {"title", "body", "level-1"}), 1)
        numbered = any(re.search("号$", para.text.strip()) for para in self.heads)
        near = [para for para in (*self.heads, *self.paper.paras[: first - 1]) if para.number or numbered]
        return [
            (para, edge)
            for para in near
            for edge in para.edges
            if (edge.side in {"top", "bottom"} and edge.kind.startswith(("thick", "thin", "double")))
            or (edge.side == "drawn" and (edge.length or 0) > mm(163))
        ]

    @cached_property
    def form(self) -> HeadForm:
        """How its head is made: of an order, of minutes (10.2, 10.3), else of a file."""
        if self.kind != "document":
            return "file"
        return head_form("".join(solid(para.text) for para in self.in_main("mark")))

    @property
    def special(self) -> bool:
        """Whether it has no red line, and a mark that is no issuer's name alone."""
        marks = "".join(solid(para.text) for para in self.in_main("mark"))
        return self.form != "file" or marks.endswith("公报")

    @cached_property
    def heads(self) -> tuple[Para, ...]:
        """Paragraphs of the first page's head: a letter's mark and number stand there."""
        return tuple(para for foot in self.paper.sheets[0].heads for para in foot.paras)

    def of(self, *parts: Part) -> list[Para]:
        """The paragraphs that are any of some parts, in order."""
        return [one.para for one in self.placed if one.part in parts]

    def part(self, para: Para) -> Part:
        """What a paragraph of the file is."""
        return self.placed[para.number - 1].part if para.number else "other"

    @cached_property
    def main(self) -> tuple[Placed, ...]:
        """The paper itself, without its attachments; the imprint at the end belongs to it."""
        marks = (at for at, one in enumerate(self.placed) if one.part in {"attachment-mark", "attachment-title"})
        end = next(marks, len(self.placed))
        foot = [one for one in self.placed[end:] if one.part in {"copies", "printed"}]
        return (*self.placed[:end], *foot)

    def in_main(self, *parts: Part) -> list[Para]:
        """The same as :meth:`of`, without what stands in attachments."""
        return [one.para for one in self.main if one.part in parts]

    def sheet(self, para: Para) -> Sheet:
        """The page set-up a paragraph stands on."""
        return self.paper.sheets[min(para.sheet, len(self.paper.sheets) - 1)]

    @cached_property
    def flowing(self) -> list[Para]:
        """The text's paragraphs on upright pages, of the paper and its attachments; what is centred is no text."""
        return [p for p in self.of(*FLOW) if not p.boxed and p.align != "center" and not self.sheet(p).landscape]

    @property
    def measured(self) -> bool:
        """Whether places on the pages are known."""
        return self.paper.kind == "pdf"

    @cached_property
    def title(self) -> str:
        """The title as one line; empty without one."""
        return "".join(solid(para.text) for para in self.in_main("title"))

    @cached_property
    def issuer(self) -> str:
        """Who signs."""
        return "、".join(solid(para.text) for para in self.in_main("signature"))

    def height(self, para: Para) -> float:
        """The height of one line of a paragraph, in points."""
        return line_height(para, self.sheet(para))

    def gap(self, above: Para, below: Para) -> float:
        """The room between two paragraphs, in points: spacing of both, and blank paragraphs between them."""
        between = [one.para for one in self.placed[above.number : below.number - 1]]
        blank = sum(self.height(para) + para.before + para.after for para in between if not para.text.strip())
        return above.after + below.before + blank

    def between(self, above: Para, below: Para) -> bool:
        """Whether only blank paragraphs stand between two, on one page set-up."""
        inside = self.placed[above.number : below.number - 1]
        return above.sheet == below.sheet and all(not one.para.text.strip() for one in inside)


def marked(para: Para) -> bool:
    """Whether it looks like a mark: large and red."""
    return size_of(para) > _MARK and all(run.colour[:1] in "CDEF" for run in para.runs)


def neighbours(paras: Iterable[Para]) -> Iterator[tuple[Para, Para]]:
    """Paragraphs that follow one another in the file without anything between."""
    return ((one, two) for one, two in pairwise(paras) if two.number == one.number + 1)


def size_of(para: Para) -> float:
    """The size most of its characters have."""
    sizes: dict[float, int] = {}
    for run in para.runs:
        if run.size:
            sizes[run.size] = sizes.get(run.size, 0) + len(run.text.strip())
    return max(sizes, key=lambda size: sizes[size], default=16.0)


def lead(para: Para) -> float:
    """Characters its first line begins in: its indent, and blanks typed before it."""
    text = para.text
    return (para.left + para.first) / size_of(para) + blanks(text[: len(text) - len(text.lstrip(_BLANKS))])


def blanks(text: str) -> float:
    """How wide blanks are, in characters."""
    return sum(1.0 if blank == "\u3000" else 0.5 for blank in text)


def span(para: Para, room: float) -> tuple[float, float] | None:
    """Where a line of one paragraph begins and ends, in characters from the left; None where a tab hides it.

    Args:
        para: a paragraph of one line.
        room: the width of the type area in points.
    """
    size = size_of(para)
    text = para.text.rstrip()
    if "\t" in text or "\n" in text:
        return None
    long, left = width(text.strip(_BLANKS)), para.left / size
    wide = room / size - left - para.right / size
    trailing = blanks(para.text[len(text) :])
    start = {"center": left + (wide - long) / 2, "right": left + wide - long - trailing}.get(para.align, lead(para))
    return start, start + long


def heading(para: Para) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs of a level's heading, to its first full stop, and those of the text that goes on after it.

    A whole sentence is no heading: what is only counted (（一）请各市于……报送……。) is text from its number on.
    """
    text = para.text.rstrip()
    end = text.find("。") + 1
    if len(text[:end]) > _HEADING or end == len(text) or re.search("[，；：]", text[:end] if end else text):
        return (), para.runs
    return split(para.runs, end) if end else (para.runs, ())


def split(runs: tuple[Run, ...], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Runs cut after so many characters."""
    before: list[Run] = []
    after: list[Run] = []
    for run in runs:
        head = run.text[: max(0, at)]
        before += [replace(run, text=head)] if head else []
        after += [replace(run, text=run.text[len(head) :])] if len(head) < len(run.text) else []
        at -= len(run.text)
    return tuple(before), tuple(after)
