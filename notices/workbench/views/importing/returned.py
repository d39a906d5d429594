"""A paper that came back from the office: its changes, chosen and taken."""

from __future__ import annotations

from starlette.responses import Response

from notices.errors import NotFoundError
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks.importing import returned as tasks
from notices.workbench.tasks.importing import sheets
from notices.workbench.tasks.importing.boxes import ENDINGS
from notices.workbench.views.importing import common


async def form(desk: Desk) -> Response:
    """The form for the file: whose paper it is."""
    if desk.folder is None:
        return desk.show("importing_nowhere")
    own = await desk.work(sheets.own, desk.folder)
    papers = [
        {
            "value": f"{one['edition']} {paper['kind']}",
            "label": f"{one['authority']} {one['year']} 年{tasks.PAPERS[paper['kind']]}",
        }
        for one in own
        for paper in one["papers"]
        if paper["kind"] in tasks.PAPERS
    ]
    return desk.show(
        "importing_returned", papers=papers, wanted=desk.asked("of"), endings=",".join(ENDINGS["returned"])
    )


async def take_in(desk: Desk) -> Response:
    """Read the file, and go on to its changes."""
    box = common.box(desk)
    called, content = await desk.upload("file")
    edition, _, paper = desk.text("paper").partition(" ")
    if not edition or paper not in tasks.PAPERS:
        raise NotFoundError("没有选是哪一版的哪种文件")
    told = {"at": desk.now().isoformat(timespec="seconds"), "edition": edition, "paper": paper}
    made = await desk.work_for(common.READING, tasks.take_in, box, called, content, told)
    return desk.go(f"/import/returned/{made}")


async def page(desk: Desk) -> Response:
    """Every change beside what it would do."""
    found = await desk.work(tasks.account, common.box(desk), desk.part("identity"))
    return desk.show("importing_changes", **found)


async def look(desk: Desk) -> Response:
    """Hold it against the edition once more."""
    await desk.work_for(common.READING, tasks.look, common.box(desk), desk.part("identity"))
    return desk.go(f"/import/returned/{desk.part('identity')}")


async def take(desk: Desk) -> Response:
    """Write what was chosen."""
    chosen = [int(one) for one in desk.texts("change") if one.isdecimal()]
    box, identity = common.box(desk), desk.part("identity")
    await desk.work_for(common.READING, tasks.take, box, identity, chosen, common.hand(desk))
    return desk.go(f"/import/returned/{identity}")


_ONE = "/import/returned/{identity}"
PAGES = (
    Page("/import/returned", form, role="drafts"),
    Page("/import/returned/file", take_in, post=True, role="drafts", most=common.MOST),
    Page(_ONE, page, role="drafts"),
    Page(f"{_ONE}/look", look, post=True, role="drafts"),
    Page(f"{_ONE}/take", take, post=True, role="drafts"),
)
