"""A report: a title, notes, and headings, texts, tables and pictures under one another. All types are frozen.

Texts may hold marks of :mod:`notices.marks`; line breaks part the lines of a cell. Nothing here knows a format.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, TypeAlias

from notices.document.blocks import Block as Printed

Tone: TypeAlias = Literal["stricter", "looser", "relaxed", "changed", "absent", "added", "pending", "same", "inherited"]
"""How a mark looks, where there is colour."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on a cell: 从严."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class ReportCell:
    """A cell: its text, where that stands (``cite``), its marks, and why it is marked so.

    ``value`` is the number or the day it is, for a program that calculates.
    """

    text: str = ""
    cite: str = ""
    marks: tuple[Mark, ...] = ()
    why: str = ""
    value: int | dt.date | None = None

    @property
    def blank(self) -> bool:
        """Whether it says nothing: a dash without a mark."""
        return self.text in {"", "—"} and not self.marks

    @property
    def told(self) -> str:
        """The text with where it stands."""
        return self.text + self.cite

    @property
    def lines(self) -> str:
        """All of it as plain lines, marks first, a line each: [从严], [放宽国家规定]."""
        return "\n".join(filter(None, (*(f"[{mark.text}]" for mark in self.marks), self.told)))


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row; ``key`` is what it is known by, ``topic`` what it can be chosen by. Either may be empty."""

    cells: tuple[ReportCell, ...]
    key: str = ""
    topic: str = ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of its cells, each once."""
        return tuple(dict.fromkeys(mark for cell in self.cells for mark in cell.marks))


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a table under one heading, which may be empty."""

    title: str
    rows: Sequence[ReportRow]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table: ``widths`` are shares of its width, ``centred`` numbers of columns, ``name`` that of a sheet of it.

    Pages show the first ``most`` rows (0: all) and say that the others stand in ``rest``; a workbook has every row.
    ``across`` columns beside the first are what a page of paper takes (0: all): see :meth:`Report.narrow`; ``still``
    columns lead every one of these parts, and stay in sight where a table is scrolled. ``chosen``: its columns can be
    chosen on a page that answers.
    ``groups`` name what each column belongs to, those of one group beside each other; no part of paper holds two.
    ``ticks`` are what the last column may be set to in a workbook, the first of them where a page has a box (□);
    ``cards`` means that a narrow screen shows a row as a card.
    """

    name: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    parts: tuple[Part, ...]
    lead: str = ""
    centred: tuple[int, ...] = ()
    most: int = 0
    rest: str = ""
    across: int = 0
    still: int = 1
    chosen: bool = False
    groups: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    cards: bool = False

    @property
    def rows(self) -> Iterator[ReportRow]:
        """Every row, one part after another."""
        return (row for part in self.parts for row in part.rows)

    def shown(self, part: Part) -> Sequence[ReportRow]:
        """The rows of a part that a page shows."""
        return part.rows[: self.most] if self.most else part.rows

    @property
    def hidden(self) -> int:
        """How many rows a page does not show."""
        return sum(len(part.rows) - len(self.shown(part)) for part in self.parts)

    def cut(self) -> tuple[ReportTable, ...]:
        """Tables of at most ``across`` columns beside the first, led by those that are ``still``.

        A row that nothing is said in but by the columns that lead is left out of such a part.
        """
        count, step = len(self.heads), self.across - self.still + 1
        if not 0 < self.across < count - 1:
            return (self,)
        lead = tuple(range(self.still))
        runs = [(name, [n for n, _ in run]) for name, run in self.grouped() if run[0][0] >= self.still]
        return tuple(
            self._columns((*lead, *own[start : start + step]), name and f"{name}{'（续）' if start else ''}")
            for name, own in runs
            for start in range(0, len(own), step)
        )

    def grouped(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The columns that lead, then those of each group, as numbers and heads."""
        names = self.groups or ("",) * len(self.heads)
        columns = enumerate(self.heads)
        keyed = groupby(columns, lambda one: (one[0] < self.still, "" if one[0] < self.still else names[one[0]]))
        return [(name, list(run)) for (_, name), run in keyed]

    @property
    def headed(self) -> tuple[str, ...]:
        """The heads, each with its group over it, where a table has one line of heads."""
        return tuple(f"{name}\n{head}" if name else head for name, run in self.grouped() for _, head in run)

    def _columns(self, kept: tuple[int, ...], lead: str) -> ReportTable:
        own = kept[self.still :]
        first, *others = (self.widths[n] for n in kept)
        room = (sum(self.widths) - first) / sum(others)
        parts = tuple(
            replace(part, rows=tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in rows))
            for part in self.parts
            if (rows := [row for row in self.shown(part) if any(not row.cells[n].blank for n in own)])
        )
        return replace(
            self,
            lead=lead or self.lead,
            groups=(),
            heads=tuple(self.heads[n] for n in kept),
            widths=(first, *(width * room for width in others)),
            centred=tuple(place for place, n in enumerate(kept) if n in self.centred),
            parts=parts,
        )


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """A heading of the report, its number, if any, in the text."""

    text: str


@dataclass(frozen=True, slots=True)
class ReportText:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """An element of a drawing, as SVG names it, with its attributes and text."""

    tag: Literal["line", "rect", "circle", "text"]
    at: Mapping[str, str | float]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of ``width`` by ``height`` units; ``label`` says in words what it shows."""

    width: int
    height: int
    label: str
    shapes: tuple[Shape, ...]
    size: int = 14
    """Units a character is high."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, and what stands for it where nothing can be drawn; without a drawing that is all there is."""

    drawing: Drawing | None
    instead: tuple[Printed, ...] = ()


ReportBlock: TypeAlias = ReportHeading | ReportText | ReportTable | Picture


@dataclass(frozen=True)
class Report:
    """The whole. ``topics`` (key and name) and ``marks`` are what its rows can be chosen by on a page that answers."""

    kind: str
    title: str
    notes: tuple[str, ...]
    blocks: tuple[ReportBlock, ...]
    author: str = ""
    topics: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()
    """Words its title may not cut."""
    marks: tuple[Mark, ...] = ()
    lines: tuple[str, ...] = ()
    """The title in lines that a narrow screen may break between."""
    typeset: bool = False
    """Its PDF is set by our own typesetter: nothing is drawn, marks have no colour, what no face has is refused."""

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, ReportTable))

    def narrow(self) -> Report:
        """The report with its tables cut to as many columns as a page of paper takes."""
        cut = (block.cut() if isinstance(block, ReportTable) else (block,) for block in self.blocks)
        return replace(self, blocks=tuple(block for blocks in cut for block in blocks))
