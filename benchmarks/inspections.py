"""How long ``check`` takes beside LibreOffice's conversion of the same files, and how often it is wrong about sound ones.

    .venv/bin/python benchmarks/inspections.py [FOLDER]

Checks every paper, form and bundle of ours (or the .docx and .pdf of FOLDER), Word and PDF, sealed and not. Of ours a
finding is a false alarm unless a person agrees with it (``AGREED``); pages are counted in the PDF of the same name.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from notices.inspection import inspect, reader

AGREED = {"unfilled", "title-face", "mark-face", "imprint-even"}
"""Values still to be confirmed; 小标宋 that is not on this machine; an imprint on an odd page."""


def built(folder: Path) -> None:
    """Everything the shipped editions print, once for a seal and once without."""
    for name, more in (("plain", ()), ("sealed", ("--sealed",))):
        command = [
            sys.executable,
            "-m",
            "notices",
            "build",
            "--all",
            "--kind",
            "all",
            "--bundle",
            "--format",
            "docx,pdf",
            *more,
        ]
        subprocess.run([*command, "--out", str(folder / name)], check=True, capture_output=True)


def checked(path: Path) -> tuple[float, int, Counter[str]]:
    """Seconds, pages (of a PDF) and rules with findings of one file."""
    content = path.read_bytes()
    start = time.perf_counter()
    paper, _ = reader.read(path.name, content)
    found = inspect.inspected(paper).findings
    return time.perf_counter() - start, paper.pages or 0, Counter(one.rule for one in found)


def converted(paths: list[Path]) -> float:
    """Seconds LibreOffice takes to make PDFs of Word files, started once."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/p", "--convert-to", "pdf"]
        start = time.perf_counter()
        subprocess.run([*command, "--outdir", folder, *map(str, paths)], check=True, capture_output=True)
        return time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    given = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as made:
        folder = given or Path(made)
        if given is None:
            built(folder)
        paths = sorted(path for path in folder.rglob("*") if path.suffix in {".docx", ".pdf"})
        checked(paths[0])  # what is imported is imported
        times = {path: checked(path) for path in paths}
        for suffix in (".docx", ".pdf"):
            here = [path for path in paths if path.suffix == suffix]
            if not here:
                continue
            twins = [path.with_suffix(".pdf") for path in here]
            pages = sum(times[twin][1] for twin in twins if twin in times)
            seconds = sum(times[path][0] for path in here)
            wrong = sum(n for path in here for rule, n in times[path][2].items() if given or rule not in AGREED)
            told = sum((times[path][2] for path in here), Counter())
            print(
                f"{suffix} {len(here)} 份 {pages} 页：{seconds:.2f} 秒，每页 {1000 * seconds / max(pages, 1):.1f} 毫秒"
            )
            print(f"  每份中位数 {1000 * statistics.median(times[path][0] for path in here):.0f} 毫秒")
            print(f"  误报 {wrong} 处，每页 {wrong / max(pages, 1):.4f}；全部 {dict(told.most_common())}")
        words = [path for path in paths if path.suffix == ".docx" and "plain" in path.parts] or paths[:20]
        if shutil.which("soffice") and words:
            seconds, pages = (
                converted(words),
                sum(times[path.with_suffix(".pdf")][1] for path in words if path.with_suffix(".pdf") in times),
            )
            ours = sum(times[path][0] for path in words)
            print(
                f"LibreOffice 转 PDF {len(words)} 份 {pages} 页：{seconds:.1f} 秒；check 同样的文件 {ours:.2f} 秒，是它的 1/{seconds / ours:.0f}"
            )


if __name__ == "__main__":
    main()
