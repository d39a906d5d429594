"""One applicant: the sheet as it is filled in, its verdicts beside it, kept with every change, taken away as files."""

from __future__ import annotations

import re
import secrets
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from notices.checklist.filling import Typed
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.workbench.batch import DATA, told
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks import checklist as tasks
from notices.workbench.views.checklist import kept
from notices.workbench.views.checklist.choosing import FORMATS, asked
from notices.workbench.views.checklist.kept import Kept, Window

BIGGEST = 5 * 1024 * 1024
"""Bytes of a file with one applicant."""
ENDINGS = ("xlsx", "yaml", "yml", "csv")
_ROWS = 200
"""Rows of one table on a page."""
_CELL = re.compile(r"v\.(?P<field>[a-z0-9-]+)|r\.(?P<table>[a-z0-9-]+)\.(?P<row>\d{1,3})\.(?P<column>[a-z0-9-]+)")
_PRINTED = 60.0


async def begin(desk: Desk) -> Response:
    """A new sheet for what was chosen."""
    wanted = asked(desk)
    found = await desk.work(tasks.sheet, desk.folder, wanted, Typed(), desk.bench.today())
    called = f"{found['authority']} {wanted.edition.partition('@')[2]} 年 {found['category']}（{found['level']}）"
    name = await run_in_threadpool(kept.begun, desk, Kept(wanted, told=called, saved=_now(desk)))
    return desk.go(f"/checklist/one/{name}")


async def show(desk: Desk) -> Response:
    """The sheet as it was left."""
    return await _page(desk, await run_in_threadpool(kept.found, desk, desk.part("id")))


async def change(desk: Desk) -> Response:
    """What was typed: kept, then judged. For the script the parts that change; else the whole page."""
    name = desk.part("id")
    before = await run_in_threadpool(kept.found, desk, name)
    now = replace(
        before,
        wanted=replace(before.wanted, as_of=desk.text("as_of").strip()[:40]),
        typed=typed(desk),
        saved=_now(desk),
    )
    window = Window(desk.text("by")[:40], desk.text("seen"), desk.text("over") == "yes")
    written = await run_in_threadpool(kept.wrote, desk, name, now, window)
    now, elsewhere = written or replace(now, saved=before.saved), written is None
    if not desk.live or desk.text("more"):
        return await _page(desk, now, _Told(elsewhere=elsewhere, more=desk.text("more")))
    found = await desk.work(tasks.judged, desk.folder, now.wanted, now.typed, desk.bench.today())
    fields = [*(part for part in desk.form if _CELL.fullmatch(part)), *desk.texts("ticked")]
    return desk.show("checklist_answer", kept=now, elsewhere=elsewhere, fields=fields, **found)


def _now(desk: Desk) -> str:
    return f"{desk.bench.today():%Y-%m-%d} {time.strftime('%H:%M')}"


@dataclass(frozen=True)
class _Told:
    """What a page says beside the sheet: it was changed elsewhere; a file was read; a table is to have more rows."""

    elsewhere: bool = False
    more: str = ""
    taken: str = ""
    unread: Sequence[dict[str, Any]] = ()


async def _page(desk: Desk, sheet: Kept, beside: _Told = _Told()) -> Response:
    found = await desk.work(tasks.sheet, desk.folder, sheet.wanted, sheet.typed, desk.bench.today())
    return desk.show(
        "checklist_one",
        id=desk.part("id"),
        kept=sheet,
        rows=_rows(desk, sheet, beside.more),
        elsewhere=beside.elsewhere,
        taken=beside.taken,
        unread=beside.unread,
        formats=FORMATS,
        most=BIGGEST // 1024 // 1024,
        by=desk.text("by")[:40] or secrets.token_hex(6),
        seen=desk.text("seen") or sheet.mark,
        **found,
    )


def _rows(desk: Desk, sheet: Kept, more: str) -> dict[str, int]:
    """How many rows the page has of each table: those it had, two more where asked for; one empty at least."""
    found = {name: len(rows) + 1 for name, rows in sheet.typed.tables.items()}
    for name in desk.form:
        if (cell := _CELL.fullmatch(name)) and cell["table"]:
            found[cell["table"]] = max(found.get(cell["table"], 0), int(cell["row"]) + 1)
    if more:
        found[more] = found.get(more, 2) + 2
    return {name: min(count, _ROWS) for name, count in found.items()}


def typed(desk: Desk) -> Typed:
    """The fields of a form by their names; several answers to one are set apart by 、."""
    values: dict[str, str] = {}
    tables: dict[str, dict[int, dict[str, str]]] = {}
    for name in dict.fromkeys(desk.form):
        cell = _CELL.fullmatch(name)
        text = "、".join(filter(None, desk.texts(name)))
        if cell is None or not text.strip():
            continue
        if cell["field"]:
            values[cell["field"]] = text
        elif int(cell["row"]) < _ROWS:
            tables.setdefault(cell["table"], {}).setdefault(int(cell["row"]), {})[cell["column"]] = text
    return Typed(values, {name: kept.rows_of(rows) for name, rows in tables.items()})


async def take(desk: Desk) -> Response:
    """A file of the applicant's fills the sheet in."""
    name = desk.part("id")
    called, content = await desk.upload("file")
    ending = called.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        hint = "用 Excel 或 WPS 另存为 .xlsx（Excel 工作簿）"
        raise ProblemsError([Problem(called, 0, 0, "", "这里只收 Excel（.xlsx）和 CSV 文件", hint)])
    before = await run_in_threadpool(kept.found, desk, name)
    with tempfile.TemporaryDirectory() as place:  # here, not in the worker: gone even when that is ended
        path = Path(place) / f"{DATA}.{ending}"
        await run_in_threadpool(path.write_bytes, content)
        new, problems = await desk.work(tasks.read, desk.folder, before.wanted, path)
    after = replace(before, typed=tasks.merged(before.typed, new), saved=_now(desk))
    written = await run_in_threadpool(kept.wrote, desk, name, after, Window("file", over=True))
    return await _page(desk, written or after, _Told(taken=called, unread=[told(one) for one in problems]))


async def download(desk: Desk) -> Response:
    """The judged checklist in a format."""
    output = desk.part("output")
    if output not in FORMATS:
        raise NotFoundError(f"没有这种格式；有：{'、'.join(FORMATS.values())}")
    sheet = await run_in_threadpool(kept.found, desk, desk.part("id"))
    name, content = await desk.work_for(
        _PRINTED, tasks.made, desk.folder, sheet.wanted, sheet.typed, desk.bench.today(), output
    )
    return desk.file(name, content)


async def delete(desk: Desk) -> Response:
    """Gone at once."""
    await run_in_threadpool(kept.dropped, desk, desk.part("id"))
    return desk.go("/checklist")


PAGES = (
    Page("/checklist/one", begin, post=True),
    Page("/checklist/one/{id}", show),
    Page("/checklist/one/{id}", change, post=True),
    Page("/checklist/one/{id}/take", take, post=True, most=BIGGEST),
    Page("/checklist/one/{id}/file/{output}", download),
    Page("/checklist/one/{id}/delete", delete, post=True),
)
