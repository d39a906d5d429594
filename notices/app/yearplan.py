"""The calendar of an edition: the dates as values, and the bytes of a file in any format."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from notices.calendar import plan as plans
from notices.calendar import steps, terminal
from notices.calendar.plan import Plan
from notices.library import Edition, Library

PlanShape: TypeAlias = Literal["text", "json", "ics", "html", "pdf", "docx"]
SHAPES: tuple[PlanShape, ...] = get_args(PlanShape)
PRINTED: frozenset[PlanShape] = frozenset({"text", "json"})
"""What goes to a terminal; the others are files."""


@dataclass(frozen=True)
class YearPlan:
    """The dates of a year. ``plan`` holds them: ``plan.entries``, each with its day, who, and what the day rests on."""

    library: Library
    plan: Plan

    @property
    def name(self) -> str:
        """What its file is called, without the ending: ``calendar-guangxi-2024``."""
        return f"calendar-{self.plan.edition.replace('@', '-')}"

    def records(self) -> dict[str, Any]:
        """Plain data: ``edition, title, year, as_of, entries, warnings, assumptions``."""
        return terminal.record(self.plan)

    def shown(self, shape: PlanShape) -> str:
        """As text or JSON, without the last line's end."""
        if shape == "json":
            return json.dumps(self.records(), ensure_ascii=False, indent=2)
        return terminal.text(self.plan)

    def write(self, shape: PlanShape = "ics") -> bytes:
        """The bytes of a file.

        Raises:
            MissingPartError: a font or library of a PDF is missing.
        """
        if shape in PRINTED:
            return f"{self.shown(shape)}\n".encode()
        if shape == "ics":
            from notices.calendar import ics  # noqa: PLC0415 - one writer is wanted, the others stay out

            return ics.write(self.plan)
        from notices.calendar import paper  # noqa: PLC0415 - as above
        from notices.rendering.renderer import Press  # noqa: PLC0415 - as above
        from notices.reports import table as reports  # noqa: PLC0415 - as above

        means = Press(self.library, (shape,), self.library.font_folders).means
        return reports.written(paper.report(self.plan), shape, means)


def yearplan(
    library: Library, edition: Edition, given: Mapping[str, dt.date] | None = None, as_of: dt.date | None = None
) -> YearPlan:
    """The calendar of an edition.

    Args:
        library: where the steps and the national line are.
        edition: the edition.
        given: dates by a step's key, which stand before stated ones.
        as_of: the day from which working days are counted.

    Raises:
        NotFoundError: no such step, or a year whose working days are not known. ProblemsError: the steps are wrong.
    """
    return YearPlan(
        library, plans.plan(library, edition, steps.load(library, edition.profile.programme.calendar), given, as_of)
    )


def own_step(edition: Edition) -> str:
    """The step at which an edition's authority hands in or collects: whose date an office decides by itself."""
    return "province" if edition.profile.id == edition.profile.programme.national else "city"
