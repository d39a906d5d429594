"""What is open in an edition as an Excel sheet: downloaded, filled in elsewhere, brought back."""

from __future__ import annotations

from starlette.responses import Response

from notices.workbench.desk import Desk, Page
from notices.workbench.tasks.importing import sheets as tasks
from notices.workbench.views.importing import common


async def page(desk: Desk) -> Response:
    """The office's editions, each with its sheet."""
    if desk.folder is None:
        return desk.show("importing_nowhere")
    return desk.show(
        "importing_sheet", editions=await desk.work(tasks.own, desk.folder), wanted=desk.asked("of"), done=None
    )


async def sheet(desk: Desk) -> Response:
    """The sheet of an edition."""
    edition = desk.part("edition")
    content = await desk.work(tasks.made, common.box(desk).workspace, edition)
    return desk.file(f"{edition} 要定的各项.xlsx", content)


async def apply(desk: Desk) -> Response:
    """Everything a sheet has filled in, or nothing."""
    workspace = common.box(desk).workspace
    called, content = await desk.upload("file")
    done = await desk.work_for(
        common.READING, tasks.applied, workspace, desk.text("edition"), called, content, common.hand(desk)
    )
    editions = await desk.work(tasks.own, workspace)
    return desk.show("importing_sheet", editions=editions, wanted=done["edition"], done=done)


PAGES = (
    Page("/import/sheet", page, role="drafts"),
    Page("/import/sheet/file", apply, post=True, role="drafts", most=common.MOST),
    Page("/import/sheet/{edition}", sheet, role="drafts"),
)
