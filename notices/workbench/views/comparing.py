"""Two editions beside each other, all of them as a map, two Word files as one."""

from __future__ import annotations

from typing import cast, get_args

from starlette.responses import Response

from notices.app.comparison import ComparisonShape
from notices.errors import NotFoundError
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks import comparing
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
    if left and right:
        found = shown(await desk.work(comparing.two, desk.folder, left, right, everything=everything), Chosen.of(desk))
    return desk.show(
        "compare_two",
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
    found = shown(await desk.work_for(_LONG, comparing.many, desk.folder, names), Chosen.of(desk))
    return desk.show(
        "compare_many", choices=choices, shapes=SHAPES, names=names, found=found, query=desk.request.url.query
    )


async def many_file(desk: Desk) -> Response:
    """The same to keep."""
    names = tuple(desk.request.query_params.getlist("edition"))
    return desk.file(*await desk.work_for(_LONG, comparing.many_file, desk.folder, names, _shape(desk)))


def _shape(desk: Desk) -> ComparisonShape:
    wanted = desk.part("shape")
    if wanted not in get_args(ComparisonShape):
        raise NotFoundError(f"没有 {wanted} 这种格式；可用：{'、'.join(SHAPES)}")
    return cast("ComparisonShape", wanted)


PAGES = (
    Page("/compare", start),
    Page("/compare/two", two),
    Page("/compare/two/{shape}", two_file),
    Page("/compare/many", many),
    Page("/compare/many/{shape}", many_file),
)
