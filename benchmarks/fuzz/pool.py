"""Runs inputs in worker processes with limits of time and memory; one that hangs or dies is replaced, and told of."""

from __future__ import annotations

import contextlib
import gc
import io
import multiprocessing
import os
import random
import resource
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from benchmarks.fuzz.areas import AREAS, Area, Case, Result
from notices import cli

KINDS = ("error", "success", "crash", "hang", "silent")
SECONDS = 20
"""Of processor time an input may take; ten times as much by the clock."""
MEMORY = 3_000_000_000
"""Bytes of address space of a worker."""
_LIFE = 3_000
"""Inputs a worker runs before a fresh one takes over."""


class TimeUp(BaseException):
    """The limit of time is reached; not an error that the product's boundary may take for one of its own."""


@dataclass(frozen=True)
class Verdict:
    """How one input ended."""

    area: str
    number: int
    kind: str
    said: str = ""
    seconds: float = 0.0


class Bench:
    """A folder in which cases run one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.standing: dict[str, bytes] = {}
        self.ticks = time.time_ns()

    def put(self, files: dict[str, bytes]) -> None:
        """Have exactly these files; every one written is newer than all before it."""
        for name in self.standing.keys() - files.keys():
            (self.folder / name).unlink(missing_ok=True)
        for name, content in files.items():
            if self.standing.get(name) != content:
                path = self.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                self.ticks += 1_000_000
                os.utime(path, ns=(self.ticks, self.ticks))
        self.standing = dict(files)

    def run(self, files: dict[str, bytes], command: list[str]) -> Result:
        """One command in this folder, as the command line runs it."""
        self.put(files)
        shutil.rmtree(self.folder / "o", ignore_errors=True)
        (self.folder / "o").mkdir(parents=True)
        out, err = io.StringIO(), io.StringIO()
        os.chdir(self.folder)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli._run(command)  # noqa: SLF001 - the boundary itself, without the exit
        return Result(int(code), out.getvalue(), err.getvalue(), self.folder)


def areas(folder: Path, only: Collection[str] | None = None) -> dict[str, Area]:
    """The areas, their sound inputs tried once."""
    made = {}
    for number, area in enumerate(AREAS):
        if only and area.__name__ not in only:
            continue
        bench = Bench(folder / f"base{number}")
        own = {} if area.__name__ == "redlines" else _standing()
        one = area(lambda files, command, bench=bench, own=own: bench.run(own | files, command))  # type: ignore[misc]
        made[one.name] = one
    return made


def _standing() -> dict[str, bytes]:
    from benchmarks.fuzz.areas import _W  # noqa: PLC0415

    return dict(_W)


def case(area: Area, seed: int, number: int) -> Case:
    """The input of an area by number: the same for the same seed, wherever and whenever it is made."""
    return area.make(random.Random(f"{seed} {area.name} {number}"))  # noqa: S311 - repeatable is what it must be


def judged(area: Area, one: Case, number: int, bench: Bench) -> Verdict:
    """Run a case and say how it ended."""
    start = time.perf_counter()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    kind, said = "success", ""
    try:
        result = bench.run(area.workspace | one.files, one.command)
        signal.setitimer(signal.ITIMER_PROF, 0)
        kind, said = _kind(one, result, area, bench)
    except TimeUp:
        kind, said = "hang", f"more than {SECONDS} s of processor time"
    except BaseException:  # noqa: BLE001 - whatever leaves the boundary is what is looked for
        kind, said = "crash", traceback.format_exc()[-1500:]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Verdict(area.name, number, kind, said, time.perf_counter() - start)


def _kind(one: Case, result: Result, area: Area, bench: Bench) -> tuple[str, str]:
    spoken = result.out + result.err
    chinese = any("\u4e00" <= char <= "\u9fff" for char in spoken)
    if result.code == 70 or "Traceback" in spoken:
        return "crash", result.err[:1500]
    findings = "结论" in result.out or bool(result.made(".json"))
    reported = result.code == 1 and not result.err and findings
    if result.code and not chinese and not reported:
        return "silent", f"exit code {result.code} without a word: {spoken[:300]!r}"
    if result.code and not reported:
        return "error", result.err or result.out
    try:
        if lost := one.check(result):
            return "silent", lost
    except Exception:  # noqa: BLE001 - a result that cannot be read is no success
        return "silent", traceback.format_exc()[-1500:]
    if one.again:
        before = {path: path.read_bytes() for path in sorted(result.folder.glob("o/**/*.md"))}
        bench.run(area.workspace | one.files, one.command)
        if before != {path: path.read_bytes() for path in sorted(result.folder.glob("o/**/*.md"))}:
            return "silent", "equal input, other bytes"
    return "success", ""


def _up(*_: object) -> None:
    raise TimeUp


def _work(pipe: Connection, known: dict[str, Area], seed: int, folder: Path) -> None:
    signal.signal(signal.SIGPROF, _up)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    benches: dict[str, Bench] = {}
    for count in range(_LIFE):
        name, number = pipe.recv()
        if not name:
            break
        bench = benches.setdefault(name, Bench(folder / name))
        try:
            verdict = judged(known[name], case(known[name], seed, number), number, bench)
        except BaseException:  # noqa: BLE001 - a mutator that fails is a fault of the harness, and shown as one
            verdict = Verdict(name, number, "crash", "harness: " + traceback.format_exc()[-1500:])
        pipe.send(verdict)
        if count % 200 == 0:
            gc.collect()
    shutil.rmtree(folder, ignore_errors=True)


@dataclass
class _Worker:
    process: Any
    pipe: Connection
    doing: tuple[str, int] | None = None
    since: float = 0.0
    done: int = 0


class _Crew:
    """The workers, and what is still to be done."""

    def __init__(self, known: dict[str, Area], wanted: Iterable[tuple[str, int]], seed: int, folder: Path) -> None:
        self.known, self.queue, self.seed, self.folder = known, iter(wanted), seed, folder
        self.context = multiprocessing.get_context("fork")

    def hire(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        place = Path(tempfile.mkdtemp(dir=self.folder))
        process = self.context.Process(target=_work, args=(theirs, self.known, self.seed, place), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def give(self, worker: _Worker) -> _Worker | None:
        """The next input to a worker, or to the one that takes its place; ``None`` when there is none left."""
        following = next(self.queue, None)
        if following is None:
            with contextlib.suppress(OSError):
                worker.pipe.send(("", 0))
            worker.process.join(10)
            return None
        if worker.done >= _LIFE:
            worker.process.join(10)
            worker = self.hire()
        worker.doing, worker.since = following, time.monotonic()
        worker.done += 1
        worker.pipe.send(following)
        return worker


def run(
    known: dict[str, Area], wanted: Iterable[tuple[str, int]], seed: int, folder: Path, count: int = 2
) -> Iterator[Verdict]:
    """Every wanted input's end, as it comes."""
    crew = _Crew(known, wanted, seed, folder)
    workers = [worker for _ in range(count) if (worker := crew.give(crew.hire()))]
    while workers:
        ready = wait([worker.pipe for worker in workers], timeout=5)
        for worker in list(workers):
            verdict, alive = _heard(worker, heard=worker.pipe in ready)
            if verdict is None:
                continue
            yield verdict
            workers.remove(worker)
            if following := crew.give(worker if alive else crew.hire()):
                workers.append(following)


def _heard(worker: _Worker, *, heard: bool) -> tuple[Verdict | None, bool]:
    """What a worker has to say, or what has become of it; and whether it goes on."""
    name, number = worker.doing or ("", 0)
    spent = time.monotonic() - worker.since
    if heard:
        try:
            return worker.pipe.recv(), True
        except (EOFError, OSError):
            worker.process.join(10)
            return Verdict(name, number, "crash", f"the process died: {worker.process.exitcode}", spent), False
    if spent > 10 * SECONDS:
        worker.process.kill()
        return Verdict(name, number, "hang", f"more than {10 * SECONDS} s, killed", spent), False
    return None, True
