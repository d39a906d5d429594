"""Two editions against each other, and many beside each other: the values, and the bytes of a file in any format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, get_args

from notices.compare import grid, records
from notices.compare.diff import Change
from notices.compare.editions import Sides
from notices.compare.facts import Side
from notices.compare.matrix import Matrix
from notices.compare.matrix import matrix as made
from notices.compare.matters import Matters
from notices.compare.topics import concerns
from notices.compare.topics import topics as topics_of
from notices.errors import NotFoundError
from notices.library import Library
from notices.reports import table as reports
from notices.reports.model import Report

ComparisonShape: TypeAlias = Literal["text", "json", "md", "html", "docx", "pdf", "xlsx"]
SHAPES: tuple[ComparisonShape, ...] = get_args(ComparisonShape)
PRINTED: frozenset[ComparisonShape] = frozenset({"text", "json", "md", "html"})
"""What is text, and can go to a terminal; the others are files."""
WIDTH = 160
"""Columns of a text where there is no terminal to ask."""


@dataclass(frozen=True)
class _Compared:
    """What both kinds of comparison give."""

    library: Library

    @property
    def name(self) -> str:
        """What its file is called, without the ending: ``diff-guangxi-2024-jilin-2024``."""
        raise NotImplementedError

    def records(self) -> Any:  # noqa: ANN401 - JSON
        """Plain data, as the schema in ``docs/`` says: what ``--format json`` gives."""
        raise NotImplementedError

    def report(self) -> Report:
        """What any format is made from."""
        raise NotImplementedError

    def text(self, width: int = WIDTH, *, colour: bool = False) -> str:
        """For a terminal, in columns no wider than ``width`` together."""
        from notices.reports import terminal  # noqa: PLC0415 - one writer is wanted, the others stay out

        return terminal.text(self.report(), width, colour=colour)

    def write(self, shape: ComparisonShape = "docx") -> bytes:
        """The bytes of a file.

        Raises:
            MissingPartError: a font or library of a PDF is missing. ProblemsError: a template is missing.
        """
        if shape in {"text", "json"}:
            return f"{self.shown(shape)}\n".encode()
        from notices.rendering.renderer import Press  # noqa: PLC0415 - only a file needs it

        means = Press(self.library, (shape,), self.library.font_folders).means
        return reports.written(self.report(), shape, means)

    def shown(self, shape: ComparisonShape) -> str:
        """One of the formats that are text, without the last line's end."""
        if shape == "json":
            return json.dumps(self.records(), ensure_ascii=False, indent=2)
        return self.text() if shape == "text" else self.write(shape).decode().rstrip("\n")


@dataclass(frozen=True)
class Difference(_Compared):
    """Two editions rule by rule, paired by id. ``changes`` holds every fact of both, the same ones as well."""

    left: Side
    right: Side
    changes: tuple[Change, ...]
    everything: bool = False
    """Whether a table shows what is the same, too."""
    matters: Matters | None = None
    """Which differences come first."""
    warnings: tuple[str, ...] = ()
    """What a reader must know of the two besides."""

    @property
    def name(self) -> str:
        """``diff-guangxi-2024-jilin-2024``."""
        return f"diff-{self.left.edition}-{self.right.edition}".replace("@", "-")

    def records(self) -> list[dict[str, Any]]:
        """A record a fact; see ``docs/diff.schema.json``."""
        return records.changes(self.changes)

    def report(self) -> Report:
        """What differs, as a table."""
        found = grid.of_diff(self.left, self.right, self.changes, everything=self.everything, matters=self.matters)
        return replace(found, notes=(*self.warnings, *found.notes))


@dataclass(frozen=True)
class Overview(_Compared):
    """Many editions beside each other, each cell marked against the national line."""

    matrix: Matrix
    matters: Matters | None = None
    """What is summed up on the first page."""

    @property
    def name(self) -> str:
        """``matrix``."""
        return "matrix"

    def records(self) -> dict[str, Any]:
        """Editions and rules; see ``docs/matrix.schema.json``."""
        return records.matrix(self.matrix)

    def report(self) -> Report:
        """Who is stricter on what, then rules by topic, a column an edition."""
        return grid.of_matrix(self.matrix, self.matters)


def difference(
    library: Library, left: str, right: str, topics: Sequence[str] = (), *, everything: bool = False
) -> Difference:
    """Two editions by name; ``topics`` (none: all) are keys of their programme's topics.

    Raises:
        NotFoundError: no such edition or topic. ProblemsError: everything wrong with either.
    """
    shelf = Sides(library)
    here, there = shelf.sides((left, right))
    chosen, programme = frozenset(known(shelf, (here, there), topics)), here.profile.programme
    found = tuple(
        change
        for change in shelf.diff(here, there)
        if any(concerns(programme, half.id, half.value, chosen) for half in (change.left, change.right) if half)
    )
    return Difference(library, here, there, found, everything, shelf.matters, shelf.warnings(here, there))


def overview(library: Library, names: Sequence[str] = (), topics: Sequence[str] = ()) -> Overview:
    """Editions by name, or (with none) the newest of every authority.

    Raises:
        NotFoundError: no such edition or topic. ProblemsError: everything wrong with any of them.
    """
    shelf = Sides(library)
    wanted = tuple(names) or tuple(dict.fromkeys(name.partition("@")[0] for name in shelf.editions))
    return Overview(library, made(shelf, wanted, known(shelf, shelf.sides(wanted), topics)), shelf.matters)


def known(shelf: Sides, sides: Sequence[Side], wanted: Sequence[str]) -> tuple[str, ...]:
    """The topics wanted, if the programme that is compared has them.

    Raises:
        NotFoundError: one that it has not, or the editions are of several programmes; the message says what there is.
    """
    there = topics_of(shelf.programme(sides))
    if unknown := [one for one in wanted if one not in there]:
        names = "，".join(f"{key}（{name}）" for key, name in there.items())
        raise NotFoundError(f"没有主题 {'、'.join(unknown)}；可用：{names}")
    return tuple(wanted)
