"""Figures for diff, matrix and redline: commands in turn on one machine, medians and ratios, peak memory of a child.

Run with ``python benchmarks/comparisons.py``. Nothing here decides a test: a slow machine is not a fault.
"""

from __future__ import annotations

import platform
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from measure import ROOT, _command, pairs
from measure import _machine as machine

from notices.document.blocks import Document, Paragraph, Span
from notices.library import Library
from notices.papers.compose import compose
from notices.rendering.renderer import Press

AUTHORITIES = 31
PAGES = 60
_LINES = 22


def main() -> None:
    """Print the machine and every figure; ``child OLD NEW`` runs one redline and prints what it took."""
    if sys.argv[1:2] == ["child"]:
        _child(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    print(f"机器：{machine()}；Python {platform.python_version()}\n")
    notices = [sys.executable, "-m", "notices"]
    listing = _command([*notices, "list"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own, theirs, ratio = pairs(_command([*notices, "diff", "guangxi", "jilin"]), listing, 15)
        print(f"冷启动 notices diff guangxi jilin：{own * 1000:.0f} ms；notices list：{theirs * 1000:.0f} ms；", end="")
        print(f"前者是后者的 {1 / ratio:.2f} 倍")
        names = _made(folder)
        matrix = _command([*notices, "--workspace", str(folder), "matrix", *names])
        own, theirs, ratio = pairs(matrix, listing, 9)
        print(
            f"冷启动 {AUTHORITIES} 个发文机关的 notices matrix：{own * 1000:.0f} ms，是 notices list 的 {1 / ratio:.1f} 倍"
        )
        old, new = _papers(folder)
        done = subprocess.run(
            [sys.executable, __file__, "child", str(old), str(new)], check=True, capture_output=True, text=True
        )
        print(done.stdout, end="")


def _made(folder: Path) -> list[str]:
    """Profiles of made authorities, each a shipped one with its figures and dates moved a little."""
    source = (ROOT / "provinces/guangxi/2024.yaml").read_text("utf-8")
    names = [f"made-{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(AUTHORITIES)]
    for number, name in enumerate(names, 1):
        own = folder / "provinces" / name
        own.mkdir(parents=True)
        text = source.replace("id: guangxi", f"id: {name}", 1)
        text = re.sub(r"2024-05-31", f"2024-05-{number % 28 + 1:02}", text)
        (own / "2024.yaml").write_text(text, "utf-8")
    shutil.copytree(ROOT / "provinces/national", folder / "provinces/national")
    return names


def _papers(folder: Path) -> tuple[Path, Path]:
    """Two papers of about sixty pages that differ in every fifth paragraph."""
    library = Library.at(None)
    base = compose(library.load("guizhou"), "rules", library).document
    shuffled = random.Random(9704)  # noqa: S311 - made text, the same every time
    texts = ["".join(span.text for span in block.text) for block in base.blocks if isinstance(block, Paragraph)]
    long: list[str] = []
    while sum(2 + len(text) // 28 for text in long) < PAGES * _LINES:
        long.append(f"（{len(long) + 1}）" + shuffled.choice(texts))
    changed = [_edited(text, shuffled) if number % 5 == 0 else text for number, text in enumerate(long)]
    changed[40:44], changed[90:90] = [], long[40:44]
    press = Press(library, ("docx",))
    paths = (folder / "old.docx", folder / "new.docx")
    for path, lines in zip(paths, (long, changed), strict=True):
        path.write_bytes(press.bytes_of(_paper(base, lines), "docx"))
    return paths


def _paper(base: Document, lines: list[str]) -> Document:
    return replace(base, blocks=tuple(Paragraph((Span(line),)) for line in lines))


def _edited(text: str, shuffled: random.Random) -> str:
    at = shuffled.randrange(len(text))
    return f"{text[:at]}并按规定公示{text[at + 2 :]}"


def _child(old: Path, new: Path) -> None:
    from notices.redline import make  # noqa: PLC0415 - the child imports what it measures

    before = time.perf_counter()
    make.redline(old.read_bytes(), new.read_bytes())
    took = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"两份约 {PAGES} 页的文件比对（含核对）：{took:.2f} s，内存峰值 {peak:.0f} MB")


if __name__ == "__main__":
    main()
