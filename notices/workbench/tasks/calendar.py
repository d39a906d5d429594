"""The dates of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import notices
from notices.app.yearplan import PlanShape, YearPlan
from notices.calendar import picture, terminal
from notices.errors import NotFoundError
from notices.reports.model import Drawing
from notices.wording.workdays import is_workday, known_years

SHAPES: tuple[PlanShape, ...] = ("ics", "docx", "pdf", "html", "json")
"""What a calendar can be kept as."""


def year(folder: Path | None, edition: str, given: Mapping[str, dt.date], today: dt.date) -> dict[str, Any]:
    """The calendar of an edition: ``title, entries, warnings, assumptions, drawing``.

    An entry is ``key, name, by, shown, grounds, left, weekday, resting``: ``resting`` says whether
    its day is one of rest.

    Raises:
        NotFoundError: no such edition or step, or a year whose working days are not known. ProblemsError: the edition.
    """
    made = _plan(folder, edition, given, today).plan
    entries = [
        {
            "key": one.key,
            "name": one.name,
            "by": one.by,
            "shown": one.shown,
            "grounds": terminal.grounds(one),
            "left": made.left(one),
            "weekday": terminal.weekday(one),
            "resting": _resting(one.date),
        }
        for one in made.ordered
    ]
    drawing: Drawing | None = picture.drawing(made)
    return {
        "title": made.title,
        "entries": entries,
        "warnings": made.warnings,
        "assumptions": made.assumptions,
        "drawing": drawing,
    }


def file(
    folder: Path | None, edition: str, given: Mapping[str, dt.date], today: dt.date, shape: PlanShape
) -> tuple[str, bytes]:
    """The same as a file: its name and its bytes."""
    if shape not in SHAPES:
        raise NotFoundError(f"没有 {shape} 这种格式；可用：{'、'.join(SHAPES)}")
    made = _plan(folder, edition, given, today)
    return f"{made.name}.{shape}", made.write(shape)


def _plan(folder: Path | None, edition: str, given: Mapping[str, dt.date], today: dt.date) -> YearPlan:
    return notices.open(folder).edition(edition).calendar(given, today)


def _resting(date: dt.date | None) -> bool:
    return date is not None and date.year in known_years() and not is_workday(date)
