"""Choosing: whose list, which year, category and level; what one has begun; blank files."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from notices.errors import NotFoundError
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks import checklist as tasks
from notices.workbench.tasks.checklist import Wanted
from notices.workbench.views.checklist import kept, many

FORMATS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "html": "网页"}
"""What a checklist can be taken as."""
_PRINTED = 60.0
"""Seconds a file may take: fonts are read the first time."""


async def choose(desk: Desk) -> Response:
    """The first page: what can be chosen, what was begun. For the script only what depends on the choice."""
    offered = await desk.work(tasks.offered, desk.folder)
    picked = _picked(offered["authorities"], desk)
    if desk.live:
        return desk.show("checklist_choice", **picked)
    begun = await run_in_threadpool(lambda: list(kept.listed(desk)))
    tasks_of = await run_in_threadpool(many.listed, desk)
    return desk.show("checklist", begun=begun, jobs=tasks_of, problems=offered["problems"], **picked)


def _picked(authorities: list[dict[str, Any]], desk: Desk) -> dict[str, Any]:
    """What is chosen so far; of what is not, or is not offered there, the first."""
    wanted = desk.asked("edition")
    name = desk.asked("authority") or wanted.partition("@")[0]
    authority = next((one for one in authorities if one["id"] == name), authorities[0] if authorities else None)
    if authority is None:
        raise NotFoundError("还没有一个版本")
    years = authority["years"]
    asked = desk.asked("year") or wanted.partition("@")[2]
    year = next((one for one in years if one["year"] == asked), None)
    year = year or next((one for one in years if not one["draft"]), years[0])
    category = _one_of(desk.asked("category"), [key for key, _ in year["categories"]])
    level = _one_of(desk.asked("level"), [key for key, _ in year["levels"]], year["own"])
    return {
        "authorities": authorities,
        "authority": authority,
        "year": year,
        "category": category,
        "level": level,
        "formats": FORMATS,
        "each": many.EACH,
        "most": many.BIGGEST // 1024 // 1024,
    }


def _one_of(wanted: str, possible: list[str], otherwise: str = "") -> str:
    return wanted if wanted in possible else otherwise or (possible[0] if possible else "")


def asked(desk: Desk) -> Wanted:
    """What an address asks for, or a form."""
    given = {name: desk.text(name) or desk.asked(name) for name in ("edition", "category", "level", "as_of")}
    return Wanted(**given)


async def blank(desk: Desk) -> Response:
    """The blank checklist in a format."""
    output = desk.part("output")
    if output not in FORMATS:
        raise NotFoundError(f"没有这种格式；有：{'、'.join(FORMATS.values())}")
    name, content = await desk.work_for(
        _PRINTED, tasks.made, desk.folder, asked(desk), None, desk.bench.today(), output
    )
    return desk.file(name, content)


async def sheet(desk: Desk) -> Response:
    """The Excel sheet to collect facts with."""
    many = desk.part("count") == "many"
    name, content = await desk.work(tasks.blank, desk.folder, asked(desk), many=many)
    return desk.file(name, content)


PAGES = (
    Page("/checklist", choose),
    Page("/checklist/blank/{output}", blank),
    Page("/checklist/sheet/{count}", sheet),
)
