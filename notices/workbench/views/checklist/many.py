"""Many applicants from a sheet: a job in a process of its own, its progress, its sum, all its files in one archive."""

from __future__ import annotations

import re
import secrets
import shutil
import time
import urllib.parse
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, Response

from notices import files
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.workbench import jobs
from notices.workbench.batch import ARCHIVE, DATA, MADE, SUMMARY
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks import checklist as tasks
from notices.workbench.tasks.checklist import Wanted
from notices.workbench.views.checklist import kept

BIGGEST = 32 * 1024 * 1024
"""Bytes of what is uploaded at once."""
MOST = 30
"""Jobs one user keeps at once."""
EACH = {
    "": "只做汇总",
    "html": "每家一份网页",
    "docx": "每家一份 Word",
    "pdf": "每家一份 PDF",
    "xlsx": "每家一份 Excel",
}
"""What is made for each applicant."""
ENDINGS = ("xlsx", "csv", "yaml", "yml")
_BESIDE = re.compile(r".+-(证书|记录|certificates|records)\.csv")
"""Tables of a CSV file, each in a file beside it."""
_ID = re.compile(r"[0-9a-f]{12}")
_SUMMARIES = {"xlsx": "Excel", "html": "网页", "pdf": "PDF"}


def _place(desk: Desk) -> Path:
    """The folder with one's own jobs.

    Raises:
        NotFoundError: there is no workspace to keep them in.
    """
    folder = kept.own_folder(desk)
    if folder is None:
        hint = "在自己的文件夹里启动（notices init 建一个，再 notices serve）"
        raise NotFoundError(f"许多家一起核对要有自己的文件夹放数据和结果：{hint}")
    return folder


def _found(desk: Desk) -> Path:
    """The job of the address, one's own.

    Raises:
        NotFoundError: there is none.
    """
    name = desk.part("id")
    folder = _place(desk) / name
    if not _ID.fullmatch(name) or not (folder / jobs.ORDER).is_file():
        raise NotFoundError("没有这一批，可能已经删除")
    return folder


def listed(desk: Desk) -> list[dict[str, Any]]:
    """One's own jobs, the newest first."""
    place = kept.own_folder(desk)
    if place is None or not place.is_dir():
        return []
    folders = [path for path in place.iterdir() if _ID.fullmatch(path.name) and (path / jobs.ORDER).is_file()]
    folders.sort(key=lambda path: ((path / jobs.ORDER).stat().st_mtime, path.name), reverse=True)
    return [_told(desk, folder) for folder in folders]


_UNTOLD: dict[str, Any] = {
    **dict.fromkeys(("done", "total"), 0),
    **dict.fromkeys(("rate", "left")),
    **dict.fromkeys(("number", "of"), 1),
    **dict.fromkeys(("refused", "problems"), ()),
    **dict.fromkeys(("stage", "part", "message"), ""),
}
"""What a job that has told nothing yet is taken for."""


def _told(desk: Desk, folder: Path) -> dict[str, Any]:
    """A job as a page shows it: what is wanted, how far it is; ``state`` is running, waiting, stopped, failed, done."""
    status = jobs.read(folder, jobs.STATUS)
    stage = status.get("stage", "")
    state = desk.bench.jobs.state(folder) or (stage if stage in {"done", "failed"} else "stopped")
    return {
        **_UNTOLD,
        **status,
        "id": folder.name,
        "state": state,
        "before": desk.bench.jobs.before(folder) if state == "waiting" else 0,
        "order": jobs.read(folder, jobs.ORDER),
    }


async def begin(desk: Desk) -> Response:
    """A new job for what was chosen and uploaded."""
    place = _place(desk)
    order = await _order(desk)
    uploaded = await _uploaded(desk)
    called = next(name for name, ending, _ in uploaded if not ending.startswith("-"))
    folder = await run_in_threadpool(_begun, place, order | {"called": called}, uploaded)
    assert desk.folder is not None  # noqa: S101 - see _place
    desk.bench.jobs.start(folder, desk.folder)
    return desk.go(f"/checklist/many/{folder.name}")


async def _order(desk: Desk) -> dict[str, str]:
    """What is wanted, held against what is offered."""
    wanted = Wanted(desk.text("edition"), desk.text("category"), desk.text("level"), desk.text("as_of"))
    day, told = await desk.work(tasks.checked, desk.folder, wanted, desk.bench.today())
    if desk.text("each") not in EACH:
        raise NotFoundError(f"没有这种格式；有：{'、'.join(EACH.values())}")
    return {
        "edition": wanted.edition,
        "category": wanted.category,
        "level": wanted.level,
        "as_of": day.isoformat() if day else "",
        "format": desk.text("each"),
        "today": desk.bench.today().isoformat(),
        "told": told,
        "began": f"{desk.bench.today():%Y-%m-%d} {time.strftime('%H:%M')}",
    }


async def _uploaded(desk: Desk) -> list[tuple[str, str, bytes]]:
    """The files of the form: what each was called, how it ends here, its bytes.

    Raises:
        NotFoundError: none was chosen. ProblemsError: of another kind, or several sheets.
    """
    found = []
    for file in desk.form.getlist("file"):
        if isinstance(file, UploadFile) and file.filename:
            name = "".join(char if char.isprintable() else "?" for char in file.filename)[-100:]
            beside = _BESIDE.fullmatch(name)
            ending = f"-{beside[1]}.csv" if beside else f".{name.rpartition('.')[2].lower()}"
            if ending not in {f".{one}" for one in ENDINGS} and not beside:
                raise _refused(
                    name, "这里只收 Excel（.xlsx）和 CSV 文件", "用 Excel 或 WPS 另存为 .xlsx（Excel 工作簿）"
                )
            found.append((name, ending, await file.read()))
    sheets = [name for name, ending, _ in found if not ending.startswith("-")]
    if not found:
        raise NotFoundError("没有选文件")
    if len(sheets) != 1:
        raise _refused("、".join(sheets) or found[0][0], f"选了 {len(sheets)} 张情况表，一次做一张", "另一张另做一批")
    return found


def _refused(name: str, message: str, hint: str) -> ProblemsError:
    return ProblemsError([Problem(name, 0, 0, "", message, hint)])


def _begun(place: Path, order: dict[str, str], uploaded: list[tuple[str, str, bytes]]) -> Path:
    if place.is_dir() and sum(1 for path in place.iterdir() if _ID.fullmatch(path.name)) >= MOST:
        raise NotFoundError(f"已经存了 {MOST} 批，先删去用不着的")
    folder = place / secrets.token_hex(6)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(mode=0o700)
    jobs.write(folder, jobs.ORDER, order)  # first: what is cut off here is seen, and can be deleted
    for _, ending, content in uploaded:
        files.write(folder / f"{DATA}{ending}", content)
    return folder


async def show(desk: Desk) -> Response:
    """How far a job is; when it is done, its sum. For the script only that."""
    folder = await run_in_threadpool(_found, desk)
    job = await run_in_threadpool(_told, desk, folder)
    summary = await run_in_threadpool(jobs.read, folder, SUMMARY) if job["state"] == "done" else {}
    size = (folder / ARCHIVE).stat().st_size if (folder / ARCHIVE).is_file() else 0
    name = "checklist_many_part" if desk.live else "checklist_many"
    return desk.show(name, job=job, summary=summary, size=size, summaries=_made(folder), each=EACH, data=DATA)


def _made(folder: Path) -> dict[str, str]:
    return {ending: word for ending, word in _SUMMARIES.items() if _summary(folder, ending)}


def _summary(folder: Path, ending: str) -> Path | None:
    """The sum of a job; of one over several categories that of them all."""
    found = list((folder / MADE).glob(f"*/*/summary.{ending}"))
    return next((path for path in found if path.parent.name == "checklist"), next(iter(found), None))


async def stop(desk: Desk) -> Response:
    """Stop; what is done stays."""
    folder = await run_in_threadpool(_found, desk)
    await run_in_threadpool(desk.bench.jobs.stop, folder)
    return desk.go(f"/checklist/many/{folder.name}")


async def resume(desk: Desk) -> Response:
    """Go on where it was."""
    folder = await run_in_threadpool(_found, desk)
    assert desk.folder is not None  # noqa: S101 - see _place
    desk.bench.jobs.start(folder, desk.folder)
    return desk.go(f"/checklist/many/{folder.name}")


async def delete(desk: Desk) -> Response:
    """The data and all that was made of it, gone at once."""
    folder = await run_in_threadpool(_found, desk)
    await run_in_threadpool(desk.bench.jobs.stop, folder)
    await run_in_threadpool(_dropped, folder)
    return desk.go("/checklist")


def _dropped(folder: Path) -> None:
    """Everything of a job, and last what makes it seen: a delete that is cut off can be done again."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != jobs.ORDER:
            path.unlink()
    shutil.rmtree(folder)


async def archive(desk: Desk) -> Response:
    """All files of a job, sent from the disk."""
    return _sent(_found(desk) / ARCHIVE, "核对清单.zip", "application/zip")


async def summary(desk: Desk) -> Response:
    """The sum of a job as a file."""
    ending = desk.part("output")
    path = _summary(_found(desk), ending) if ending in _SUMMARIES else None
    return _sent(path, f"核对汇总.{ending}", "application/octet-stream")


def _sent(path: Path | None, name: str, kind: str) -> Response:
    if path is None or not path.is_file():
        raise NotFoundError("还没有做好")
    called = f"attachment; filename*=UTF-8''{urllib.parse.quote(name, safe='')}"
    return FileResponse(path, media_type=kind, headers={"Content-Disposition": called})


PAGES = (
    Page("/checklist/many", begin, post=True, most=BIGGEST),
    Page("/checklist/many/{id}", show),
    Page("/checklist/many/{id}/stop", stop, post=True),
    Page("/checklist/many/{id}/resume", resume, post=True),
    Page("/checklist/many/{id}/delete", delete, post=True),
    Page("/checklist/many/{id}/archive", archive),
    Page("/checklist/many/{id}/summary/{output}", summary),
)
