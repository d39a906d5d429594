"""Many editions beside each other: rules down, authorities across, each cell marked against the national line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Literal, TypeAlias

from notices.compare.diff import Change, Half
from notices.compare.editions import Sides
from notices.compare.facts import Side
from notices.compare.topics import concerns
from notices.profile.model import RANKS

CellMark: TypeAlias = Literal[
    "stricter", "looser", "changed", "same", "silent", "unseen", "added", "inherited", "pending"
]

MARKS: dict[CellMark, str] = {
    "stricter": "从严",
    "looser": "放宽",
    "changed": "不同",
    "same": "相同",
    "silent": "未规定",
    "unseen": "未见",
    "added": "增加",
    "inherited": "继承",
    "pending": "待定",
}
"""Marks of a cell, seen from the national line: ``silent`` has nothing where it has a rule, ``added`` the reverse.

``unseen`` is a draft's silence: of a source half read nobody can say that it has no such rule. ``pending`` where its
own value or the line's is to be confirmed: nothing is said against an unsettled line.
"""


UNRANKED = "层级未定"


@dataclass(frozen=True)
class MatrixCell:
    """What one edition says of one rule."""

    half: Half | None
    marks: tuple[CellMark, ...]
    reason: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """One rule across all editions."""

    id: str
    topic: str
    label: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Matrix:
    """Editions across, those of one rank together, and against which national edition each is marked.

    It is marked against none where it is one, or there is none.
    """

    sides: tuple[Side, ...]
    lines: tuple[str | None, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def ranks(self) -> tuple[str, ...]:
        """The rank of each edition's authority, as it stands over its column."""
        return tuple(side.profile.authority.ranked or UNRANKED for side in self.sides)


def matrix(shelf: Sides, wanted: Sequence[str], topics: Sequence[str] = ()) -> Matrix:
    """The editions by name, in that order within each rank, the highest first; rules in the order of topics.

    Raises:
        NotFoundError: no such edition. ProblemsError: everything malformed in any of them.
    """
    sides = sorted(shelf.sides(list(dict.fromkeys(shelf.resolve(name) for name in wanted))), key=_rank)
    lines = [shelf.line(side) for side in sides]
    columns = [_column(shelf, side, line) for side, line in zip(sides, lines, strict=True)]
    chosen = frozenset(topics)
    names: dict[str, Change] = {}
    for column in columns:
        for key, change in column.items():
            if key not in names and any(key in other and other[key].right for other in columns):
                names[key] = change
    programme = shelf.programme(sides)
    halves = {key: [column[key].right for column in columns if key in column] for key in names}
    shown = [key for key in names if any(concerns(programme, h.id, h.value, chosen) for h in halves[key] if h)]
    order, drafts = list(programme.topics), [side.profile.status == "draft" for side in sides]
    rows = tuple(
        MatrixRow(key, names[key].topic, names[key].label, tuple(map(_cell, columns, repeat(key), lines, drafts)))
        for key in sorted(shown, key=lambda key: order.index(names[key].topic))
    )
    return Matrix(tuple(sides), tuple(line.edition if line else None for line in lines), rows)


def _rank(side: Side) -> int:
    ranked = side.profile.authority.ranked
    return RANKS.index(ranked) if ranked else len(RANKS)


def _column(shelf: Sides, side: Side, line: Side | None) -> dict[str, Change]:
    """An edition's facts against its line; against itself where there is none."""
    return {change.id: change for change in shelf.diff(line or side, side)}


def _cell(column: dict[str, Change], key: str, line: Side | None, draft: bool) -> MatrixCell:  # noqa: FBT001 - mapped
    change = column.get(key)
    if change is None:
        return MatrixCell(None, ())
    if change.right is None:
        unread = "国家有规定；本版是草稿，读到的原文里没有"
        return MatrixCell(None, ("unseen",), unread) if draft else MatrixCell(None, ("silent",), "国家有规定，本版没有")
    marks: list[CellMark] = []
    unsettled = line is not None and change.left is not None and change.left.waiting
    if line is not None and not unsettled:
        marks.append("added" if change.verdict == "only-right" else change.verdict)  # type: ignore[arg-type]
    if change.right.inherited:
        marks.append("inherited")
    if change.right.waiting or unsettled:
        marks.append("pending")
    return MatrixCell(change.right, tuple(marks), change.reason)
