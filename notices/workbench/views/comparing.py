"""Two editions beside each other, all of them as a map, two Word files as one."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import cast, get_args

from starlette.responses import Response

from notices.app.comparison import ComparisonShape
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.reports.model import Report
from notices.workbench.desk import Desk, Page, read_day
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
    made = desk.work(comparing.two, desk.folder, left, right, everything=everything) if left and right else None
    return await _page(desk, "compare_two", made, choices=choices, left=left, right=right, everything=everything)


async def two_file(desk: Desk) -> Response:
    """The same to keep."""
    left, right, everything = desk.asked("left"), desk.asked("right"), desk.asked("everything") == "1"
    made = await desk.work(comparing.two_file, desk.folder, left, right, _shape(desk), everything=everything)
    return desk.file(*made)


async def many(desk: Desk) -> Response:
    """All authorities, or those chosen."""
    choices = await desk.work(comparing.choices, desk.folder)
    names = tuple(desk.request.query_params.getlist("edition"))
    made = desk.work_for(_LONG, comparing.many, desk.folder, names)
    return await _page(desk, "compare_many", made, choices=choices, names=names)


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
        date=read_day(day, "修订的日期", "date") if (day := desk.text("date")).strip() else None,
        existing=existing if existing in {"accept", "reject"} else "",
        front=desk.text("front") == "1",
    )
    files = {shape: desk.keep(f"修订稿.{shape}", content) for shape, content in made.pop("files").items()}
    choices = await desk.work(comparing.choices, desk.folder)
    return desk.show("compare_redline", choices=choices, made=made, files=files)


async def _page(desk: Desk, template: str, made: Awaitable[Report] | None, **values: object) -> Response:
    """A page with the rows that are wanted; where an edition is not sound the form stays: others can be chosen."""
    found: Shown | None = None
    problems: tuple[Problem, ...] = ()
    try:
        found = shown(await made, Chosen.of(desk)) if made else None
    except ProblemsError as error:
        problems = error.problems
    status, query = 422 if problems else 200, desk.request.url.query
    return desk.show(template, status, problems=problems, shapes=SHAPES, found=found, query=query, **values)


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
