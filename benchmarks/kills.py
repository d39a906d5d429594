"""Runs killed at random moments: what stands in the folder afterwards is whole, old or new, and the next run clears up.

Run with ``python benchmarks/kills.py [--kills 1000] [--seed 1]``. Every run is a fork of a process that has everything
imported, so that a thousand cost minutes; every command goes through the command line's own boundary. A run is killed
(SIGKILL) after a random part of the time an undisturbed one takes. Nothing here decides a test.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import platform
import random
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.fuzz import bases, tables  # noqa: E402 - the repository's root has to be known first
from notices import cli  # noqa: E402
from notices.files import _SUFFIX  # noqa: E402

_SPELLS = ("公示时间不少于", "公示期限不少于")


@dataclass(frozen=True)
class Kind:
    """A command, in two versions of its input: every file it writes is the one's or the other's."""

    name: str
    inputs: tuple[dict[str, bytes], dict[str, bytes]]
    command: list[str]


def kinds() -> list[Kind]:
    """What is run."""
    profile = {"provinces/testland/2024.yaml": bases.PROFILE.encode(), "templates/forms/list.yaml": bases.FORM.encode()}
    other = profile | {"provinces/testland/2024.yaml": bases.PROFILE.replace("张三", "李四").encode()}
    rows = [bases.HEADS, bases.row(1), bases.row(2)]
    few, many = (tables.csv(rows[:count]).encode() for count in (2, 3))
    people = [tables.csv(bases.PEOPLE[:count]).encode() for count in (4, 5)]
    md = ["--format", "md", "--out", "o"]
    judge = ["checklist", "testland", "--category", "factory", "--applicant", "a.csv", "--jobs", "1", *md]
    return [
        Kind("build", (profile, other), ["build", "testland", "--kind", "all", *md]),
        Kind(
            "build docx",
            (profile, other),
            ["build", "testland", "--kind", "all", "--format", "docx,xlsx", "--out", "o"],
        ),
        Kind(
            "fill",
            (profile | {"d.csv": few}, profile | {"d.csv": many}),
            ["fill", "testland", "1", "--data", "d.csv", *md],
        ),
        Kind("checklist", (profile | {"a.csv": people[0]}, profile | {"a.csv": people[1]}), judge),
    ]


def main() -> int:
    """Kill, look, and print what was found; 1 if anything was torn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)  # noqa: S311 - repeatable is what it must be
    folder = Path(tempfile.mkdtemp(prefix="notices-kills-"))
    start = time.perf_counter()
    print(f"seed {asked.seed}; Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors")
    print(
        "| command | kills | while it ran | before any file changed | between two files | with a stray left | torn | lost | stray after the next run | not as an undisturbed run |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    bad = 0
    every = kinds()
    for number, kind in enumerate(every):
        share = asked.kills // len(every) + (number < asked.kills % len(every))
        counts = _killed(kind, share, rng, folder / str(number))
        bad += sum(counts[name] for name in ("torn", "lost", "stray after", "unequal"))
        names = ("kills", "running", "old", "between", "stray", "torn", "lost", "stray after", "unequal")
        print(f"| {kind.name} | {' | '.join(str(counts[name]) for name in names)} |", flush=True)
    print(f"{asked.kills} kills in {time.perf_counter() - start:.0f} s")
    shutil.rmtree(folder, ignore_errors=True)
    return int(bool(bad))


def _killed(kind: Kind, count: int, rng: random.Random, folder: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    sound: list[dict[str, bytes]] = []
    spent = 0.0
    for version in (0, 1):  # an undisturbed run of each version into a folder of its own
        place = folder / f"sound{version}"
        _put(place, kind.inputs[version])
        _here(place, kind.command)  # in this process: what it loads, every fork has
        start = time.perf_counter()
        code = _wait(_start(place, kind.command))
        spent = max(spent, time.perf_counter() - start)
        if code:
            raise SystemExit(f"{kind.name}: exit code {code} of an undisturbed run")
        sound.append(_content(place))
    place = folder / "killed"
    _put(place, kind.inputs[0])
    _wait(_start(place, kind.command))
    version, last = 1, 0
    for number in range(count):
        _put(place, kind.inputs[version])
        before = _content(place)
        child = _start(place, kind.command)
        if number % 2:
            _until_it_writes(place / "o", child, spent)
            time.sleep(rng.random() * 0.03)
        else:
            time.sleep(rng.random() * spent * 1.1)
        os.kill(child, signal.SIGKILL)
        counts["kills"] += 1
        counts["running"] += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        _look(place, before, sound, version, counts)
        if number % 5 == 4:  # every so often one goes through, and all must be as if nothing had happened
            _wait(_start(place, kind.command))
            after = _content(place)
            counts["stray after"] += sum(_SUFFIX in name for name in after)
            counts["unequal"] += {n: c for n, c in after.items() if n in sound[version]} != sound[version]
            last, version = version, last
    return counts


def _until_it_writes(folder: Path, child: int, most: float) -> None:
    """Wait for the first file beside its place, or for the run's end."""
    before, end = _names(folder), time.perf_counter() + 2 * most
    while time.perf_counter() < end and not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        if any(name not in before for name in _names(folder)):
            return
        time.sleep(0.001)


def _names(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob(f"*{_SUFFIX}")}


def _look(place: Path, before: dict[str, bytes], sound: list[dict[str, bytes]], new: int, counts: Counter[str]) -> None:
    """What a killed run left: each file wholly one version or wholly the other, nothing gone that was there."""
    now = _content(place)
    files = {name: content for name, content in now.items() if _SUFFIX not in name}
    counts["stray"] += len(files) < len(now)
    changed = [name for name in files if files[name] != before.get(name)]
    counts["old"] += not changed
    counts["between"] += bool(changed) and any(files.get(name) != content for name, content in sound[new].items())
    for name, content in files.items():
        known = any(one.get(name) == content for one in sound)
        counts["torn"] += not (_parses(name, content) if _mixed(name) else known and _parses(name, content))
    counts["lost"] += sum(name not in files for name in before if _SUFFIX not in name and not _mixed(name))


def _mixed(name: str) -> bool:
    """A file about several others: between two versions it may hold some of both."""
    return name.endswith(("manifest.json", "journal.jsonl"))


def _parses(name: str, content: bytes) -> bool:
    try:
        if name.endswith((".docx", ".xlsx")):
            return zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        if name.endswith(".json"):
            return bool(json.loads(content))
        if name.endswith(".jsonl"):  # a journal may end within a line, and is read up to there
            return all(isinstance(json.loads(line), dict) for line in content.decode().split("\n")[:-1])
        return bool(content.decode("utf-8"))
    except (ValueError, zipfile.BadZipFile):
        return False


def _put(place: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)


def _content(place: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(place)): path.read_bytes() for path in sorted((place / "o").rglob("*")) if path.is_file()
    }


def _here(place: Path, command: list[str]) -> None:
    os.chdir(place)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        cli._run(command)  # noqa: SLF001
    os.chdir(ROOT)


def _start(place: Path, command: list[str]) -> int:
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        os.chdir(place)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        code = cli._run(command)  # noqa: SLF001 - the boundary itself, without the exit
    finally:
        os._exit(code)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
