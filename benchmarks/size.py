"""Figures for long tables: seconds and memory of ``notices fill`` for few and many rows, so that growth is seen.

Run with ``python benchmarks/size.py [docx xlsx pdf]``. Every figure is a process of its own; the rows are those of
``forms.py``. Nothing here decides a test: a slow machine is not a fault.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from forms import ATTACHMENT, EDITION, FORMATS, _data, _sheet, _table
from measure import ROOT, _machine

FEW, MANY = 5_000, 50_000


def main() -> None:
    """Print the machine and, for each format, both runs and how much the larger takes of the smaller."""
    print(f"机器：{_machine()}；Python {platform.python_version()}\n")
    key = _table(_sheet()).key
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in (FEW, MANY):
            _data(folder / f"{rows}.csv", rows)
        for wanted in sys.argv[1:] or FORMATS:
            few, many = (_run(wanted, folder / f"{rows}.csv", key) for rows in (FEW, MANY))
            for rows, (seconds, memory) in ((FEW, few), (MANY, many)):
                print(f"{rows} 行 → {wanted}：{seconds:.1f} 秒，内存峰值 {memory:.0f} MB", flush=True)
            print(f"    行数 {MANY // FEW} 倍：时间 {many[0] / few[0]:.1f} 倍，内存 {many[1] / few[1]:.2f} 倍")


def _run(wanted: str, data: Path, key: str) -> tuple[float, float]:
    """Seconds of the command and the most memory it had, in MB."""
    command = [sys.executable, "-m", "notices", "fill", EDITION, ATTACHMENT, "--data", str(data), "--table", key]
    start = time.perf_counter()
    child = subprocess.Popen(
        [*command, "--format", wanted, "--out", str(data.parent / "out")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{wanted}：退出码 {child.returncode}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
