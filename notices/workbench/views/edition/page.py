"""The page of an edition: its pages, beside them the fact that was chosen and the lists to work through."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.responses import Response

from notices.errors import NotFoundError
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks.edition import checking, seen, sheets
from notices.workbench.tasks.edition.seen import Head, Wanted

TABS = {"facts": "全部规定", "open": "待定", "inherited": "沿用", "history": "记录", "checks": "检查", "files": "下载"}


async def edition(desk: Desk) -> Response:
    """Everything; for the page's script the part it asks for: what stands beside the pages, or the pages."""
    wanted = Wanted(tab(desk.asked("tab")), desk.asked("fact"), desk.asked("q"))
    if not desk.live:
        return await shown(desk, wanted, pages=True)
    pages = desk.asked("part") == "pages"
    return await shown(desk, wanted, pages=pages, sides=not pages)


async def shown(desk: Desk, wanted: Wanted, status: int = 200, *, pages: bool, sides: bool = True) -> Response:
    """The page as it is now, with what came of a form; of one the script sent only the parts that are others."""
    name, paper = desk.part("name"), desk.asked("paper") or desk.text("paper")
    printing = desk.work(sheets.printed, desk.folder, name, paper, desk.bench.faces.names()) if pages else _nothing()
    listing = desk.work(checking.findings, desk.folder, name) if wanted.tab == "checks" else _nothing()
    looking = desk.work(seen.shown, desk.folder, name, wanted)
    found, printed, findings = await asyncio.gather(looking, printing, listing)
    if found.head.edition != name:
        return desk.go(f"/edition/{found.head.edition}")
    if printed is not None:
        desk.bench.faces.keep(printed.faces)
    return desk.show(
        "edition_parts" if desk.live else "edition",
        status,
        head=found.head,
        chosen=found.chosen,
        listing=found.listing if findings is None else findings,
        addable=found.addable,
        loose=found.loose,
        printed=printed,
        sides=sides,
        tab=wanted.tab,
        tabs=TABS,
        query=wanted.query,
        saved=found.saved,
        paper=printed.name if printed is not None else paper,
        may=_may(desk, found.head),
    )


async def _nothing() -> None:
    """No pages are wanted."""


def tab(name: str) -> str:
    """A tab by its name in an address; the first for none there is."""
    return name if name in TABS else "facts"


def own(desk: Desk) -> Path:
    """The office's folder.

    Raises:
        NotFoundError: the workbench was started without one.
    """
    if desk.folder is None:
        raise NotFoundError("现在看到的是自带的版本；要改，请在自己的文件夹里启动工作台")
    return desk.folder


async def checks(desk: Desk) -> Response:
    """What the checks find in one fact."""
    found = await desk.work(checking.findings, desk.folder, desk.part("name"), desk.asked("fact"))
    return desk.show("edition_noted", found=found)


def _may(desk: Desk, head: Head) -> dict[str, bool]:
    """What whoever asks may do with an edition: ``change`` it, ``begin`` one of the office's own, ``issue`` it."""
    drafts = desk.user.may("drafts")
    return {
        "change": drafts and head.own,
        "begin": drafts and desk.folder is not None,
        "issue": desk.user.may("issues"),
    }


PAGES = (Page("/edition/{name}", edition), Page("/edition/{name}/checks", checks))
