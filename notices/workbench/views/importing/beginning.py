"""An authority's first draft, in a folder that is a workspace already or becomes one."""

from __future__ import annotations

from starlette.responses import Response

from notices.workbench.desk import Desk, Page
from notices.workbench.tasks.importing import beginning as tasks
from notices.workbench.views.importing import common

_LONGEST = 2000
"""Characters of one field."""


async def form(desk: Desk) -> Response:
    """What is asked."""
    if desk.folder is None:
        return desk.show("importing_nowhere")
    return await _shown(desk, dict.fromkeys(tasks.FIELDS, ""))


async def look(desk: Desk) -> Response:
    """What the name tells, while it is typed."""
    return await _shown(desk, _given(desk))


async def begin(desk: Desk) -> Response:
    """Write the first draft."""
    edition = await desk.work(tasks.begin, common.box(desk).workspace, _given(desk), common.hand(desk))
    return desk.go(f"/edition/{edition}")


def _given(desk: Desk) -> dict[str, str]:
    return {name: desk.text(name)[:_LONGEST] for name in tasks.FIELDS}


async def _shown(desk: Desk, given: dict[str, str]) -> Response:
    told = await desk.work(tasks.told, desk.folder, given)
    return desk.show("importing_told" if desk.live else "importing_new", given=given, told=told)


PAGES = (
    Page("/import/new", form, role="drafts"),
    Page("/import/new/look", look, post=True, role="drafts"),
    Page("/import/new/begin", begin, post=True, role="drafts"),
)
