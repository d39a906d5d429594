"""Two editions beside each other, all of them as a map, two Word files as one."""

from __future__ import annotations

import datetime as dt
from typing import cast, get_args

from starlette.responses import Response

from notices.app.comparison import ComparisonShape
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks import comparing, papers
from notices.workbench.views.papers import MOST
from notices.workbench.views.reports import Chosen, Shown, shown

_LONG = 60.0
"""Seconds for all editions as a PDF."""
SHAPES: tuple[ComparisonShape, ...] = ("xlsx", "docx", "pdf", "html", "json")
"""What a comparison can be kept as."""


async def start(desk: Desk) -> Response:
    """Which comparison."""
    return desk.show("compare", choices=await desk.work(comparing.choices, desk.folder))


async def two(desk: Desk) -> Response:
    """Two editions, chosen in the address, so that it can be sent on."""
    choices = await desk.work(comparing.choices, desk.folder)
    left, right = desk.asked("left"), desk.asked("right")
    everything = desk.asked("everything") == "1"
    found: Shown | None = None
    problems: tuple[Problem, ...] = ()
    try:
        if left and right:
            report = await desk.work(comparing.two, desk.folder, left, right, everything=everything)
            found = shown(report, Chosen.of(desk))
    except ProblemsError as error:
        problems = tuple(error.problems)
    return desk.show(
        "compare_two",
        422 if problems else 200,
        problems=problems,
        choices=choices,
        shapes=SHAPES,
        left=left,
        right=right,
        everything=everything,
        found=found,
        query=desk.request.url.query,
    )


async def two_file(desk: Desk) -> Response:
    """The same to keep."""
    left, right, everything = desk.asked("left"), desk.asked("right"), desk.asked("everything") == "1"
    made = await desk.work(comparing.two_file, desk.folder, left, right, _shape(desk), everything=everything)
    return desk.file(*made)


async def many(desk: Desk) -> Response:
    """All authorities, or those chosen."""
    choices = await desk.work(comparing.choices, desk.folder)
    names = tuple(desk.request.query_params.getlist("edition"))
    found: Shown | None = None
    problems: tuple[Problem, ...] = ()
    try:
        found = shown(await desk.work_for(_LONG, comparing.many, desk.folder, names), Chosen.of(desk))
    except ProblemsError as error:  # the form stays: others can be chosen
        problems = tuple(error.problems)
    return desk.show(
        "compare_many",
        422 if problems else 200,
        problems=problems,
        choices=choices,
        shapes=SHAPES,
        names=names,
        found=found,
        query=desk.request.url.query,
    )


async def many_file(desk: Desk) -> Response:
    """The same to keep."""
    names = tuple(desk.request.query_params.getlist("edition"))
    return desk.file(*await desk.work_for(_LONG, comparing.many_file, desk.folder, names, _shape(desk)))


async def redline(desk: Desk) -> Response:
    """Which two files, or editions, become one."""
    return desk.show("compare_redline", choices=await desk.work(comparing.choices, desk.folder), made=None, files={})


async def redlined(desk: Desk) -> Response:
    """Two Word files, or two editions, as one with tracked changes."""
    old, new = desk.text("old"), desk.text("new")
    names: tuple[str, str] = ("", "")
    sides: tuple[str, str] | tuple[bytes, bytes] = (old, new)
    if not (old and new):
        (one, before), (two, after) = await desk.upload("old_file"), await desk.upload("new_file")
        names, sides = (one, two), (before, after)
    existing = desk.text("existing")
    made = await desk.work_for(
        _LONG,
        papers.redline,
        desk.folder,
        sides,
        names,
        author=desk.text("author").strip()[:80] or desk.user.name,
        date=_day(desk.text("date")),
        existing=existing if existing in {"accept", "reject"} else "",
        front=desk.text("front") == "1",
    )
    files = {shape: desk.keep(f"修订稿.{shape}", content) for shape, content in made.pop("files").items()}
    choices = await desk.work(comparing.choices, desk.folder)
    return desk.show("compare_redline", choices=choices, made=made, files=files)


def _day(text: str) -> dt.date | None:
    """Raises ProblemsError: it is no date."""
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        problem = Problem("修订的日期", 0, 0, "date", f"{text[:20]} 不是日期", "写成 2025-05-31 的样子")
        raise ProblemsError([problem]) from None


def _shape(desk: Desk) -> ComparisonShape:
    wanted = desk.part("shape")
    if wanted not in get_args(ComparisonShape):
        raise NotFoundError(f"没有 {wanted} 这种格式；可用：{'、'.join(SHAPES)}")
    return cast("ComparisonShape", wanted)


PAGES = (
    Page("/compare/redline", redline),
    Page("/compare/redline/made", redlined, post=True, most=2 * MOST),
    Page("/compare", start),
    Page("/compare/two", two),
    Page("/compare/two/{shape}", two_file),
    Page("/compare/many", many),
    Page("/compare/many/{shape}", many_file),
)
