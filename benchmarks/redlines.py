"""Redlines of any folder of Word files: each against itself, against edited copies and against others, judged from outside.

``python -m benchmarks.redlines FOLDER [--pairs N] [--seed N] [--seconds N] [--keep OUT]``

The judge shares no code with the product: it resolves all changes by its own reading of the standard and compares text,
styles of paragraphs, tables, notes, links, fields and pictures. Faults of the package (ids, references, namespaces the
inputs do not have) count too. A pair is right, wrong, refused with a reason, unproven, crashed or too slow.
"""

# ruff: noqa: PLC0415 - the product is loaded in the processes that try it

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import random
import resource
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path

from benchmarks import redline_edits as edits
from benchmarks.redline_judge import faults, reading

_BOMB = 300_000_000


def pairs_of(files: list[Path], wanted: int, seed: int) -> list[tuple[str, bytes, bytes]]:
    """Named pairs: every file with itself, then edited copies of every kind in turn, then strangers."""
    random.seed(seed)
    sound = [(path.name, data) for path in files if _opens(data := path.read_bytes())]
    found = [(f"{name} = itself", data, data) for name, data in sound]
    tries = 0
    while len(found) < wanted + len(sound) and tries < 20 * wanted:
        name, data = sound[tries % len(sound)]
        kind = edits.KINDS[(tries // len(sound) + tries) % len(edits.KINDS)]
        tries += 1
        if tries % 9 == 0:
            other, second = random.choice(sound)  # noqa: S311 - no secret
            found.append((f"{name} > {other}", data, second))
        elif made := edits.edited(data, kind, tries):
            sides = (data, made) if tries % 2 else (made, data)
            found.append((f"{name} {kind}{'' if tries % 2 else ' undone'}", *sides))
    return found


def tried(old: bytes, new: bytes, keep: Path | None) -> tuple[str, str]:
    """The outcome of one pair, and what there is to say of it."""
    from notices.errors import ProblemsError
    from notices.redline.make import redline
    from notices.redline.proof import ProofError

    existing = None
    try:
        try:
            made = redline(old, new)
        except ProblemsError as error:
            if "文件里已有修订" not in str(error):
                raise
            existing = "accept"
            made = redline(old, new, existing="accept")
    except ProblemsError as error:
        return "refused", str(error).splitlines()[0][:150]
    except ProofError as error:
        return "unproven", str(error)[:300]
    except Exception:  # noqa: BLE001 - this is what is looked for
        return "crash", traceback.format_exc()[-600:]
    if keep:
        keep.write_bytes(made.content)
    before = [reading(side, existing) for side in (old, new)]
    for verdict, want in (("reject", before[0]), ("accept", before[1])):
        got = reading(made.content, verdict)
        if got != want:
            at = next(
                (n for n, pair in enumerate(zip(got, want, strict=False)) if pair[0] != pair[1]),
                min(len(got), len(want)),
            )
            return "wrong", f"{verdict} {at}: got {str(got[at : at + 1])[:200]} want {str(want[at : at + 1])[:200]}"
    if old == new and made.changed:
        return "wrong", f"changes in a file against itself: {dict(made.tally)}"
    more = faults(made.content) - faults(old) - faults(new)
    return ("faulty", str(sorted(more)[:3])) if more else ("right", "")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    files = sorted(given.folder.rglob("*.docx"))
    counted: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    for number, (name, old, new) in enumerate(pairs_of(files, given.pairs, given.seed)):
        begun = time.monotonic()
        outcome, said = _apart(old, new, given.seconds, given.keep and given.keep / f"{number}.docx")
        took = time.monotonic() - begun
        slowest = sorted([*slowest, (took, name)], reverse=True)[:8]
        counted[outcome] += 1
        if outcome != "right":
            print(f"{number} {outcome} {took:.1f} s {name}: {said}", flush=True)
            if given.keep:
                for side, data in (("old", old), ("new", new)):
                    (given.keep / f"{number}-{side}.docx").write_bytes(data)
    print(dict(counted), "slowest:", *(f"{took:.1f} s {name};" for took, name in slowest))
    print(f"most memory of one pair: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


def _apart(old: bytes, new: bytes, seconds: float, keep: Path | None) -> tuple[str, str]:
    """One pair in a process of its own, that can be ended."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)

    def work() -> None:
        with contextlib.redirect_stderr(io.StringIO()):
            there.send(tried(old, new, keep))

    process = context.Process(target=work)
    process.start()
    try:
        return here.recv() if here.poll(seconds) else ("slow", f"over {seconds} s")
    except EOFError:
        return "crash", "the process died"
    finally:
        process.kill()
        process.join()


def _opens(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(each.file_size for each in archive.infolist()) < _BOMB and bool(reading(data))
    except Exception:  # noqa: BLE001 - a broken file has no copies
        return False


if __name__ == "__main__":
    main()
