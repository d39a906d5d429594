"""What many applicants cost the ``checklist`` command: memory of ``--summary-only``, and docx with pdf a second.

Run with ``python benchmarks/checklist_costs.py [--against TREE] [--most N]``. With ``--against`` another version's tree
is measured in turn with this one, round by round, so that both meet the same machine. Peak memory is that of the
largest process; times are processor seconds.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from checklists import CATEGORY, DAY, EDITION, _order, applicants
from measure import ROOT, _machine

from notices.checklist.batch.job import Desk
from notices.forms.wording import LINK, spreads
from notices.forms.workbook import sheet_name

MOST_ROWS = 190_000
"""Rows of a table; a file may have 200,000."""
ROUNDS, FEW, MORE = 3, 10, 70


def main() -> None:
    """Print the machine and every figure, this tree's and the other's."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--against", type=Path)
    asked.add_argument("--most", type=int, default=100_000)
    given = asked.parse_args()
    trees = {"此版": ROOT} | ({"另一版": given.against.resolve()} if given.against else {})
    print(f"机器：{_machine()}\n版本 {EDITION}，类别 {CATEGORY}\n")
    with tempfile.TemporaryDirectory() as folder:
        _speed(trees, Path(folder))
        for count in dict.fromkeys((given.most // 10, given.most)):
            data = write(Path(folder) / f"{count}.csv", count)
            for name, tree in trees.items():
                seconds, peak = _cost(tree, data, Path(folder) / "out", "--summary-only")
                print(f"只做汇总，{count} 家，{name}：{seconds:.0f} 秒处理器时间，内存最多 {peak:.0f} MB", flush=True)


def _speed(trees: dict[str, Path], folder: Path) -> None:
    few, more = (write(folder / f"{count}.csv", count) for count in (FEW, MORE))
    found: dict[str, list[float]] = {name: [] for name in trees}
    for _ in range(ROUNDS):
        for name, tree in trees.items():
            start, end = (
                _cost(tree, data, folder / "made", "--jobs", "1", "--format", "docx,pdf")[0] for data in (few, more)
            )
            found[name].append((MORE - FEW) / (end - start))
    for name, rates in found.items():
        told = "、".join(f"{rate:.1f}" for rate in rates)
        print(f"docx+pdf，1 个进程，{name}：每处理器秒 {statistics.median(rates):.1f} 家（各轮 {told}）", flush=True)
    if len(found) == 2:
        ours, theirs = map(statistics.median, found.values())
        print(f"docx+pdf：{ours / theirs:.2f} 倍", flush=True)


def _cost(tree: Path, data: Path, out: Path, *more: str) -> tuple[float, float]:
    """Processor seconds and the peak of memory, in MB, of one run of a tree's own command."""
    words = ("checklist", EDITION, "--category", CATEGORY, "--as-of", str(DAY), "--applicant", data, "--out", out)
    started = subprocess.Popen(
        [sys.executable, "-m", "notices", *map(str, words), *more],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"notices {' '.join(map(str, words))}: {started.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def write(path: Path, count: int) -> Path:
    """Invented applicants as CSV files: one of applicants, one a table."""
    desk = Desk(_order(()))
    wanted = spreads(desk.sheet.only(), desk.edition.profile)
    names = {one.key: f"{path.stem}-{sheet_name(one)}.csv" if one.key else path.name for one in wanted}
    files = {key: path.with_name(name).open("w", encoding="utf-8", newline="") for key, name in names.items()}
    written = dict.fromkeys(files, 0)
    rows = {key: csv.writer(file) for key, file in files.items()}
    for spread in wanted:
        rows[spread.key].writerow(column.heading for column in spread.columns)
    for one in applicants(count):
        for spread in wanted:
            found = one.record.tables.get(spread.key, ()) if spread.key else (one.record.values,)
            for row in found if written[spread.key] < MOST_ROWS else ():
                cells = (one.name if column is LINK else _text(row.get(column.key)) for column in spread.columns)
                rows[spread.key].writerow(cells)
                written[spread.key] += 1
    for file in files.values():
        file.close()
    return path


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


if __name__ == "__main__":
    main()
