"""Where a notice is dropped, and what waits to be decided on."""

from __future__ import annotations

from starlette.responses import Response

from notices.workbench.desk import Desk, Page
from notices.workbench.tasks.importing import boxes, notice
from notices.workbench.tasks.importing.boxes import ENDINGS
from notices.workbench.views.importing import common


async def home(desk: Desk) -> Response:
    """The form for a file, and the imports that wait."""
    if desk.folder is None:
        return desk.show("importing_nowhere")
    waiting = await desk.work(boxes.listed, common.box(desk))
    left = sum(1 for one in waiting if not one["kept"] and not one["result"])
    return desk.show("importing", waiting=waiting, left=left, endings=",".join(ENDINGS["notice"]))


async def take_in(desk: Desk) -> Response:
    """Read the file that was sent, and go on to its page."""
    box = common.box(desk)
    called, content = await desk.upload("file")
    told = {name: desk.text(name).strip() for name in ("identity", "year", "name")}
    told["at"] = desk.now().isoformat(timespec="seconds")
    made = await desk.work_for(common.READING, notice.take_in, box, called, content, told, desk.bench.today())
    return desk.go(f"/import/notice/{made}")


async def delete(desk: Desk) -> Response:
    """Delete an import with its file."""
    await desk.work(boxes.delete, common.box(desk), desk.part("identity"))
    return desk.go("/import")


PAGES = (
    Page("/import", home, role="drafts"),
    Page("/import/file", take_in, post=True, role="drafts", most=common.MOST),
    Page("/import/{identity}/delete", delete, post=True, role="drafts"),
)
