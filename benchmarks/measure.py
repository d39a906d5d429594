"""Figures for the README: each pair of commands in turn on one machine, medians and the ratio pair by pair.

Run with ``make bench``. Nothing here decides a test: a slow machine is not a fault.
"""

from __future__ import annotations

import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from notices.document.blocks import Document
from notices.library import Library
from notices.papers.compose import compose
from notices.rendering.renderer import Press

ROOT = Path(__file__).resolve().parents[1]
BARE = "import click, jinja2, yaml, pydantic"


def main() -> None:
    """Print the machine and every figure."""
    print(f"机器：{_machine()}；Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as folder:
        _warm(Path(folder))
        _cold(Path(folder))


def pairs(ours: Callable[[], object], other: Callable[[], object], runs: int) -> tuple[float, float, float]:
    """Median seconds of both, run in turn, and the median of other/ours pair by pair; one warm-up each."""
    ours(), other()
    times = [(_seconds(ours), _seconds(other)) for _ in range(runs)]
    ratio = statistics.median(theirs / own for own, theirs in times)
    return statistics.median(a for a, _ in times), statistics.median(b for _, b in times), ratio


def _warm(folder: Path) -> None:
    library = Library.at(None)
    document = compose(library.load("guangxi"), "notice", library).document
    press = Press(library, ("docx", "pdf"), (ROOT / ".fonts",))

    def ours() -> None:
        for wanted in press.formats:
            press.bytes_of(document, wanted)

    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        ours()
        print(f"通知 → docx+pdf（热）：{statistics.median(_seconds(ours) for _ in range(10)) * 1000:.0f} ms")
        print("未装 LibreOffice，没有对照")
        return
    own, theirs, ratio = pairs(ours, lambda: _through_office(press, document, soffice, folder), 10)
    print(
        f"通知 → docx+pdf（热）：{own * 1000:.0f} ms；经 docxtpl + LibreOffice：{theirs * 1000:.0f} ms；后者是前者的 {ratio:.1f} 倍"
    )


def _through_office(press: Press, document: Document, soffice: str, folder: Path) -> None:
    path = folder / "notice.docx"
    path.write_bytes(press.bytes_of(document, "docx"))
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"  # kept between runs: LibreOffice's warm start
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True)


def _cold(folder: Path) -> None:
    notices = [sys.executable, "-m", "notices"]
    listing = _command([*notices, "list"])
    own, bare, ratio = pairs(listing, _command([sys.executable, "-c", BARE]), 10)
    print(
        f"冷启动 notices list：{own * 1000:.0f} ms；只导入 click、jinja2、yaml、pydantic：{bare * 1000:.0f} ms；",
        end="",
    )
    print(f"前者是后者的 {1 / ratio:.2f} 倍")
    one = _command([*notices, "build", "guangxi", "--out", str(folder / "out")])
    own, _, ratio = pairs(one, listing, 5)
    print(f"冷启动 notices build guangxi（docx+pdf）：{own * 1000:.0f} ms，是 notices list 的 {1 / ratio:.1f} 倍")
    for name in ("diff guangxi jilin", "matrix"):
        own, _, ratio = pairs(_command([*notices, *name.split()]), listing, 5)
        print(f"冷启动 notices {name}：{own * 1000:.0f} ms，是 notices list 的 {1 / ratio:.1f} 倍")


def _command(command: list[str]) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = f"{names[0]} × {len(names)}" if names else cpu
    return f"{platform.system()}，{cpu}"


if __name__ == "__main__":
    main()
