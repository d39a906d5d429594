"""The first page: what is in force, what is being drafted, what is open, which dates come next."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from notices.workbench.desk import Desk, Page
from notices.workbench.tasks import editions

_COMING = 12
"""Dates on the first page; the calendar has them all."""
_GROUPS = (
    ("本机关在拟", True, True),
    ("本机关已定", True, False),
    ("各机关已发布", False, False),
    ("只作参考：副本不全，或还在征求意见", False, True),
)
"""What stands under which heading: own editions, drafts."""


async def home(desk: Desk) -> Response:
    """Every edition, the office's own first."""
    found = await desk.work(editions.listed, desk.folder, desk.bench.today())
    every = found["editions"]
    groups = [
        (title, [one for one in every if (one["own"], one["draft"]) == (own, draft)]) for title, own, draft in _GROUPS
    ]
    return desk.show("editions", groups=groups, problems=found["problems"], coming=_coming(every), folder=desk.folder)


def _coming(every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The next dates of all editions, the nearest first; on one day the office's own."""
    dated = [(day["date"], not one["own"], one["edition"], day, one) for one in every for day in one["next"]]
    return [
        {**day, "edition": name, "authority": one["authority"], "own": one["own"]}
        for _, _, name, day, one in sorted(dated, key=lambda each: each[:3])[:_COMING]
    ]


PAGES = (Page("/", home),)
