"""The files of an edition, a year carried on, and a copy of one's own."""

from __future__ import annotations

from starlette.responses import Response

from notices.errors import NotFoundError, ProblemsError
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks.edition import files, rolling
from notices.workbench.views.edition import page

_LIMIT = 120.0
"""Seconds for a file: an archive of all papers and attachments takes a while."""


async def draft(desk: Desk) -> Response:
    """A file with the marks of a draft."""
    return desk.file(*await desk.work_for(_LIMIT, files.made, desk.folder, desk.part("name"), desk.part("file")))


async def final(desk: Desk) -> Response:
    """The final print; what stands in its way instead, each with where it is put right."""
    name, wanted = desk.part("name"), desk.part("file")
    try:
        return desk.file(*await desk.work_for(_LIMIT, files.made, desk.folder, name, wanted, final_print=True))
    except ProblemsError as error:
        return desk.show("edition_final", 422, name=name, problems=error.problems)


async def roll(desk: Desk) -> Response:
    """Next year's edition, from this one."""
    to = desk.text("to")
    if not to.isdecimal() or len(to) != 4:
        raise NotFoundError("年度写四位数字，如 2026")
    made = await desk.work(rolling.rolled, page.own(desk), desk.part("name"), int(to))
    return desk.go(f"/edition/{made['edition']}?tab=open")


async def adopt(desk: Desk) -> Response:
    """A copy in the office's folder, to be changed."""
    name = desk.part("name")
    await desk.work(rolling.adopted, page.own(desk), name)
    return desk.go(f"/edition/{name}")


PAGES = (
    Page("/edition/{name}/file/{file}", draft),
    Page("/edition/{name}/final/{file}", final, role="issues"),
    Page("/edition/{name}/roll", roll, post=True, role="drafts"),
    Page("/edition/{name}/adopt", adopt, post=True, role="drafts"),
)
