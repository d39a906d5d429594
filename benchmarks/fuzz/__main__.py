"""``python -m benchmarks.fuzz``: run inputs by the hundred thousand, and print how they ended, area by area.

A finding is repeated with ``--seed N --only AREA --input K``, which also prints what the command said.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fuzz import pool
from benchmarks.fuzz.areas import Area

BAD = ("crash", "hang", "silent")


def main() -> int:
    """Run what the command line asks for; 1 if anything crashed, hung or was lost."""
    asked = _asked()
    fast = Path("/dev/shm")  # noqa: S108 - files in memory where there are such: a run is not for the disk
    folder = Path(tempfile.mkdtemp(prefix="notices-fuzz-", dir=fast if fast.is_dir() else None))
    try:
        known = pool.areas(folder, asked.only)
        if asked.input is not None:
            return _one(known[asked.only[0]], asked.seed, asked.input, folder, asked.keep)
        return _all(known, asked, folder)
    finally:
        os.chdir("/")
        shutil.rmtree(folder, ignore_errors=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inputs", type=int, default=100_000, help="how many, all areas together")
    parser.add_argument("--each", type=int, help="how many of every area, instead")
    parser.add_argument("--only", action="append", help="an area; may be given more than once")
    parser.add_argument("--input", type=int, help="one input, by number: says what came of it")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that crashed, hung or were lost")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    return parser.parse_args()


def _plan(known: dict[str, Area], asked: argparse.Namespace) -> list[tuple[str, int]]:
    """Areas and numbers, mixed so that the dear ones are spread."""
    whole = sum(area.share for area in known.values())
    counts = {name: asked.each or max(1, round(asked.inputs * area.share / whole)) for name, area in known.items()}
    return [
        (name, number)
        for _, name, number in sorted(
            (number / counts[name], name, number) for name in counts for number in range(counts[name])
        )
    ]


def _all(known: dict[str, Area], asked: argparse.Namespace, folder: Path) -> int:
    plan = _plan(known, asked)
    ends: dict[str, Counter[str]] = {name: Counter() for name in known}
    spent: Counter[str] = Counter()
    found: list[pool.Verdict] = []
    start = time.perf_counter()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for count, verdict in enumerate(pool.run(known, plan, asked.seed, folder, asked.workers), 1):
            ends[verdict.area][verdict.kind] += 1
            spent[verdict.area] += verdict.seconds  # type: ignore[assignment]
            if verdict.kind in BAD:
                found.append(verdict)
                _told(verdict, asked)
                _kept(known[verdict.area], verdict, asked)
            if count % 5_000 == 0:
                print(f"{count} / {len(plan)}, {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    except KeyboardInterrupt:  # what was run until then is told
        print("stopped", file=sys.stderr)
    seconds = time.perf_counter() - start
    if asked.json:
        print(
            json.dumps({"seed": asked.seed, "areas": ends, "found": [vars(one) for one in found]}, ensure_ascii=False)
        )
    else:
        print(*_table(ends, spent, seconds, asked), sep="\n")
    return 1 if found else 0


def _table(
    ends: dict[str, Counter[str]], spent: Counter[str], seconds: float, asked: argparse.Namespace
) -> Iterator[str]:
    yield f"seed {asked.seed}; Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, {asked.workers} workers"
    yield "| area | inputs | clear error | success | crash | hang | silent | inputs per second of a worker |"
    yield "|---|---|---|---|---|---|---|---|"
    total: Counter[str] = Counter()
    for name, one in ends.items():
        total += one
        yield _row(name, one, spent[name])
    yield _row("all", total, sum(spent.values()))
    yield f"{sum(total.values())} inputs in {seconds:.0f} s, {sum(total.values()) / seconds:.0f} a second"


def _row(name: str, ends: Counter[str], seconds: float) -> str:
    count = sum(ends.values())
    cells = (name, count, *(ends[kind] for kind in pool.KINDS), f"{count / max(seconds, 1e-9):.0f}")
    return f"| {' | '.join(map(str, cells))} |"


def _told(verdict: pool.Verdict, asked: argparse.Namespace) -> None:
    print(f"{verdict.kind}: --seed {asked.seed} --only {verdict.area} --input {verdict.number}", file=sys.stderr)
    print("    " + verdict.said.strip().replace("\n", "\n    ")[-700:], file=sys.stderr, flush=True)


def _kept(area: Area, verdict: pool.Verdict, asked: argparse.Namespace) -> None:
    if asked.keep is None:
        return
    one = pool.case(area, asked.seed, verdict.number)
    for name, content in one.files.items():
        path = asked.keep.absolute() / verdict.kind / f"{verdict.area}-{asked.seed}-{verdict.number}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (path.parents[len(Path(name).parts) - 1] / "said.txt").write_text(
        " ".join(one.command) + "\n" + verdict.said, "utf-8", "replace"
    )


def _one(area: Area, seed: int, number: int, folder: Path, keep: Path | None) -> int:
    one = pool.case(area, seed, number)
    print("notices", *one.command)
    verdict = next(pool.run({area.name: area}, [(area.name, number)], seed, folder, 1))
    print(f"{verdict.kind} in {verdict.seconds:.2f} s\n{verdict.said}")
    if keep:
        for name, content in (area.workspace | one.files).items():
            path = keep.absolute() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return int(verdict.kind in BAD)


if __name__ == "__main__":
    sys.exit(main())
