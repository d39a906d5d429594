"""The process of a job over many applicants: read, judge, sum up, pack; each stage told in ``status.json``.

``python -m notices.workbench.batch JOB WORKSPACE``: it ends when its standard input does, that is with the server.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sys
import threading
import time
import traceback
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import notices
from notices import files
from notices.app import judging
from notices.checklist.batch import executor
from notices.checklist.batch.job import Desk
from notices.checklist.batch.joint import JointSummary, JudgedPart
from notices.checklist.batch.journal import NAME as JOURNAL
from notices.checklist.batch.run import How, place, run
from notices.checklist.batch.summary import RunSummary, others, refused
from notices.checklist.intake import Intake
from notices.checklist.sections import ChecklistSection
from notices.errors import NotFoundError, NoticesError, Problem, ProblemsError
from notices.profile.values import suggested
from notices.workbench import jobs
from notices.workbench.pool import limited

DATA = "情况表"
"""What an uploaded sheet is called here, whatever it was called before."""
MADE, ARCHIVE, SUMMARY = "made", "archive.zip", "summary.json"
MOST_SHOWN = 50
"""Rows of a table the page shows; the files have them all."""
_PAUSE = 0.5
"""Seconds between two notes of how far it is."""
_KIND = 5
"""How much a job gives way to the pages."""
Told: TypeAlias = RunSummary | JointSummary


@dataclass
class Status:
    """How far a job is, on the disk now and then. ``began`` is when judging did, ``kept`` what stood already then."""

    folder: Path
    told: dict[str, Any] = field(default_factory=lambda: {"stage": "reading", "done": 0, "total": 0, "refused": []})
    _noted: float = 0.0
    _began: float = 0.0
    _kept: int | None = None

    def stage(self, name: str, **more: object) -> None:
        """Another stage begins."""
        self.told |= {"stage": name, **more}
        jobs.write(self.folder, jobs.STATUS, self.told)

    def reads(self, data: Intake, called: str, number: int, of: int) -> None:
        """A category is read: how many it has, and who is not judged and why."""
        told = [*_shown(refused(data.refused)), *_shown(others(data.loose))]
        self.told["refused"] = [*self.told["refused"], *told]
        self._began, self._kept = time.monotonic(), None
        total = len(data.applicants)
        self.stage("judging", part=called, number=number, of=of, total=total, done=0, left=None, rate=None)

    def step(self, count: int) -> None:
        """So many more are judged; the first are those an earlier run has judged."""
        if self._kept is None:
            self._kept = count
        self.told["done"] += count
        now = time.monotonic()
        if now - self._noted < _PAUSE:
            return
        self._noted = now
        fresh, spent = self.told["done"] - self._kept, now - self._began
        if fresh and spent > 1:
            rate = fresh / spent
            self.told |= {"rate": rate, "left": (self.told["total"] - self.told["done"]) / rate}
        jobs.write(self.folder, jobs.STATUS, self.told)


def _shown(section: ChecklistSection) -> list[dict[str, Any]]:
    if not section.rows:
        return []
    rows = [list(section.rows[number]) for number in range(min(MOST_SHOWN, len(section.rows)))]
    return [{"title": section.title, "heads": section.heads, "rows": rows, "count": len(section.rows)}]


def work(folder: Path, workspace: Path) -> None:
    """Do a job, from where it was; whatever goes wrong stands in its status."""
    status = Status(folder)
    try:
        status.stage("reading")
        _done(folder, workspace, status)
        status.stage("done")
    except ProblemsError as error:
        status.stage("failed", problems=[told(one) for one in error.problems[:MOST_SHOWN]])
    except NoticesError as error:
        status.stage("failed", message=str(error))
    except MemoryError:
        status.stage("failed", message="要的内存太多，已经停下；分成几个文件再做")
    except Exception as error:  # noqa: BLE001 - the boundary; its words may hold what somebody handed in
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}，{Path(place.filename).name}:{place.lineno}"
        status.stage("failed", message=f"程序自身出了错（{where}），做完的都留着；请把括号里的告诉维护的人")


def told(problem: Problem) -> dict[str, Any]:
    """A problem as a page lists it, with the cell it stands in."""
    where = problem.file if not problem.key else f"{problem.file} {problem.key}"
    return {
        "file": where,
        "line": problem.line,
        "message": problem.message,
        "hint": problem.hint,
        "severity": problem.severity,
    }


def _done(folder: Path, workspace: Path, status: Status) -> None:
    order = jobs.read(folder, jobs.ORDER)
    desks = _desks(workspace, order)
    data = next((path for path in sorted(folder.glob(f"{DATA}.*")) if path.is_file()), None)
    if data is None:
        raise NotFoundError("情况表没有收完\n    → 删去这一批，重新上传")
    given = judging.shared(desks, data) if len(desks) > 1 else iter([(desks[0], judging.read(desks[0], data))])
    parts: list[JudgedPart] = []
    written: list[tuple[Path, judging.Files]] = []
    lacking: list[str] = []
    for number, (desk, intake) in enumerate(given, 1):
        status.reads(intake, suggested(desk.edition.profile.categories[desk.order.category].name), number, len(desks))
        part, made, lacks = _part(desk, intake, folder / MADE, status)
        parts.append(part)
        written.append((place(desk, folder / MADE), made))
        lacking += lacks
    status.stage("summing")
    told: Told = parts[0].told
    if len(desks) > 1:
        told, made, missing = judging.joined(parts, pdf=True)
        written.append((place(desks[0], folder / MADE).with_name("checklist"), made))
        lacking += [str(missing)] if missing else []
    for where, made in written:
        for name, content in made:
            files.write(where / name, content)
    jobs.write(folder, SUMMARY, _summary(told, lacking))
    status.stage("packing")
    _packed(folder)


def _desks(workspace: Path, order: dict[str, Any]) -> tuple[Desk, ...]:
    """The desks of an order; where the edition states no last day yet, by the day the job was begun on."""
    library = notices.open(workspace).library
    wanted = [order["category"]] if order["category"] else []
    formats = [order["format"]] if order["format"] else []
    as_of = dt.date.fromisoformat(order["as_of"]) if order["as_of"] else None

    def made(day: dt.date | None) -> tuple[Desk, ...]:
        return judging.desks(
            library, workspace, order["edition"], wanted, as_of=day, level=order["level"] or None, formats=formats
        )

    desks = made(as_of)
    return desks if desks[0].checklist.day else made(dt.date.fromisoformat(order["today"]))


def _part(desk: Desk, data: Intake, made: Path, status: Status) -> tuple[JudgedPart, judging.Files, list[str]]:
    alone = 0 if desk.press.formats else 1  # judging takes less time than handing it to another process
    result = run(desk, data, place(desk, made), How(alone or executor.cores(), resume=True), status.step)
    data = replace(data, applicants=())  # they are judged, and take room
    told, written, lacking = judging.summed(desk, data, result, pdf=True)
    return JudgedPart(desk, data, result, told), written, [str(lacking)] if lacking else []


def _summary(told: Told, lacking: Sequence[str]) -> dict[str, Any]:
    """What the page shows of a sum: texts and tables, long ones by their first rows."""
    parts = told.parts if isinstance(told, JointSummary) else (told,)
    tables = _shown(told.section()) if isinstance(told, JointSummary) else []
    lists: list[dict[str, Any]] = []
    for part in parts:
        of = f"{part.name}　" if len(parts) > 1 else ""
        for section in part.sections:
            found = [table | {"title": of + table["title"]} for table in _shown(section)]
            if section.key == "areas" and not of:
                tables += found
            elif section.key not in {"areas", "items"}:
                lists += found
        bars = [[bar.label, bar.failed, bar.unknown] for bar in part.bars()]
        if bars:
            heads = ("事项", "不符合（家）", "待核（家）")
            tables.append({"title": f"{of}不符合最多的事项", "heads": heads, "rows": bars, "count": len(bars)})
    tables += [table for one in told.problems for table in _shown(one)]
    tables += lists
    counts = [
        {"name": part.name, "total": part.total, "counts": [[key, word, count] for key, word, count in part.counts]}
        for part in parts
    ]
    return {"title": told.title, "lines": told.lines, "counts": counts, "tables": tables, "lacking": list(lacking)}


def _packed(folder: Path) -> None:
    """All files of a job in one archive, a file after the other; equal files give equal bytes."""
    beside = folder / f"{ARCHIVE}.part"
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for path in _files(folder / MADE):
            entry = zipfile.ZipInfo(path.relative_to(folder / MADE).as_posix(), (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with path.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, 1 << 16)
    beside.replace(folder / ARCHIVE)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from _files(path)
        elif path.name != JOURNAL and not path.name.startswith("."):
            yield path


def _follow() -> None:
    """Gone with whoever started it."""
    with contextlib.suppress(OSError):
        while sys.stdin.buffer.read(1):
            pass
    os._exit(1)


def main() -> None:
    """The two arguments are the folder of the job and the workspace."""
    threading.Thread(target=_follow, daemon=True).start()
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_KIND)
    limited()
    work(Path(sys.argv[1]), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
