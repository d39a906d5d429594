"""The dates of a year."""

from __future__ import annotations

import datetime as dt
from typing import cast

from starlette.responses import Response

from notices.app.yearplan import PlanShape
from notices.errors import Problem, ProblemsError
from notices.workbench.desk import Desk, Page, read_day
from notices.workbench.tasks import calendar, comparing

_GIVEN = "date-"
"""Before a step's key, the name of the field with a date given for it."""


async def start(desk: Desk) -> Response:
    """Which edition; its dates, and fields to try others."""
    choices = await desk.work(comparing.choices, desk.folder)
    edition = desk.asked("edition")
    given = _given(desk)
    found = await desk.work(calendar.year, desk.folder, edition, given, desk.bench.today()) if edition else None
    query = desk.request.url.query
    return desk.show(
        "calendar", choices=choices, edition=edition, found=found, given=given, shapes=calendar.SHAPES, query=query
    )


async def file(desk: Desk) -> Response:
    """The same to keep: for a calendar program, for Word, for paper."""
    shape = cast("PlanShape", desk.part("shape"))
    made = await desk.work(calendar.file, desk.folder, desk.asked("edition"), _given(desk), desk.bench.today(), shape)
    return desk.file(*made)


def _given(desk: Desk) -> dict[str, dt.date]:
    """The dates that are given; an empty field gives none.

    Raises:
        ProblemsError: a field that holds no date.
    """
    found: dict[str, dt.date] = {}
    problems: list[Problem] = []
    for name, value in desk.request.query_params.items():
        if not name.startswith(_GIVEN) or not value.strip():
            continue
        try:
            found[name.removeprefix(_GIVEN)] = read_day(value, "指定的日期", name)
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return found


PAGES = (Page("/calendar", start), Page("/calendar/{shape}", file))
