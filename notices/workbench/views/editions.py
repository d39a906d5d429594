"""The first page: what is in force, what is being drafted, what is open, which dates come next."""

from __future__ import annotations

from starlette.responses import Response

from notices.workbench.desk import Desk, Page
from notices.workbench.tasks import editions


async def home(desk: Desk) -> Response:
    """Every edition, the office's own first."""
    found = await desk.work(editions.listed, desk.folder, desk.bench.today())
    coming = sorted(
        (
            {**one, "edition": edition["edition"], "authority": edition["authority"]}
            for edition in found["editions"]
            for one in edition["next"]
        ),
        key=lambda one: (one["date"], one["edition"]),
    )
    return desk.show("editions", editions=found["editions"], problems=found["problems"], coming=coming[:12])


PAGES = (Page("/", home),)
