"""Figures for filled forms: a long summary table into each format, beside what a plain library takes for the same rows.

Run with ``python benchmarks/forms.py``. Every figure is a child process of its own, so that memory is that of one task;
pairs run in turn and the ratio is taken pair by pair. Nothing here decides a test: a slow machine is not a fault.
"""

# ruff: noqa: PLC0415 - every child imports only what it measures

from __future__ import annotations

import csv
import json
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measure import ROOT
from measure import _machine as machine
from stdnum.cn import uscc

from notices.forms.catalogue import Catalogue, Sheet
from notices.forms.model import Field
from notices.forms.wording import Spread, spreads
from notices.library import Library

EDITION, ATTACHMENT = "guangxi", "1"
ROWS, FEW, MANY = 3_000, 300, 50_000
RUNS = 3
FORMATS = ("docx", "pdf", "xlsx")
_SAMPLES = {
    "integer": "120",
    "number": "86.5",
    "percent": "52.5",
    "date": "2024-05-31",
    "month": "2024-05",
    "year": "2023",
    "industry": "3011",
    "phone": "0779-6100118",
    "email": "office@example.com",
    "url": "https://example.com",
    "yesno": "是",
}


def main() -> None:
    """Print the machine and every figure; ``child`` runs one task and prints what it took."""
    if sys.argv[1:2] == ["child"]:
        print(json.dumps(_child(*sys.argv[2:])))
        return
    print(f"机器：{machine()}；Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in (FEW, ROWS, MANY):
            _data(folder / f"{rows}.csv", rows)
        for wanted in FORMATS:
            _figures(wanted, folder)
        _many(folder)


def _figures(wanted: str, folder: Path) -> None:
    """One format: rows a second and memory; growth from few rows; beside a plain library."""
    pairs = [(_run(wanted, ROWS, folder), _run(wanted, FEW, folder)) for _ in range(RUNS)]
    seconds = statistics.median(long["seconds"] for long, _ in pairs)
    growth = statistics.median(long["seconds"] / short["seconds"] for long, short in pairs)
    memory = statistics.median(long["memory"] for long, _ in pairs)
    print(f"{ROWS} 行 → {wanted}：{seconds:.2f} 秒，每秒 {ROWS / seconds:,.0f} 行，内存峰值 {memory:.0f} MB；")
    print(f"    {FEW} → {ROWS} 行，行数 {ROWS / FEW:.0f} 倍，时间 {growth:.1f} 倍")
    if wanted == "pdf" and not shutil.which("soffice"):
        print("    未装 LibreOffice，没有对照")
        return
    other = {"docx": "python-docx", "xlsx": "openpyxl（不带样式、下拉）", "pdf": "LibreOffice 由 docx 转换"}[wanted]
    rows = FEW if wanted == "pdf" else ROWS  # LibreOffice takes minutes for the long table
    pairs = [(_run(f"plain-{wanted}", rows, folder), _run(wanted, rows, folder)) for _ in range(RUNS)]
    ratio = statistics.median(plain["seconds"] / own["seconds"] for plain, own in pairs)
    print(f"    {other}，同样的 {rows} 行：是它的 {ratio:.2f} 倍时间")


def _many(folder: Path) -> None:
    """Fifty thousand rows through the command, as a user would."""
    for wanted in FORMATS:
        start = time.perf_counter()
        command = [sys.executable, "-m", "notices", "fill", EDITION, ATTACHMENT, "--data", str(folder / f"{MANY}.csv")]
        command += ["--table", _table(_sheet()).key, "--format", wanted, "--out", str(folder / "out")]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        seconds = time.perf_counter() - start
        made = next((folder / "out").rglob(f"*.{wanted}"), None)
        size = made.stat().st_size / 1_000_000 if made else 0
        print(f"notices fill {MANY} 行 → {wanted}：{seconds:.0f} 秒，退出码 {done.returncode}，{size:.1f} MB")


def _run(task: str, rows: int, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "child", task, str(folder / f"{rows}.csv"), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _child(task: str, data: str, folder: str) -> dict[str, float]:
    """Seconds of the task, libraries already imported, and the most memory this process ever had."""
    action = _plain(task.removeprefix("plain-"), Path(data), Path(folder)) if "-" in task else _ours(task, Path(data))
    start = time.perf_counter()
    action()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _ours(wanted: str, data: Path) -> Callable[[], object]:
    """From the data file to the bytes: read, checked, laid out, written."""
    from notices.app.build import Press
    from notices.forms import layout, workbook
    from notices.forms.data import reading

    sheet, library = _sheet(), Library.at(None)
    press = Press(library, (wanted,), (ROOT / ".fonts",))  # type: ignore[arg-type]
    if wanted == "pdf":
        import notices.writers.pdf  # noqa: F401

    def action() -> bytes:
        records = reading.read(data, sheet, _table(sheet).key).records
        if wanted == "xlsx":
            return workbook.write(sheet, records)
        return press.bytes_of(layout.document(sheet, library, records[0]), wanted)  # type: ignore[arg-type]

    return action


def _plain(wanted: str, data: Path, folder: Path) -> Callable[[], object]:
    """The same rows, unchecked and without a layout, by the library one would take otherwise."""
    import docx
    import openpyxl

    rows = list(csv.reader(data.read_text("utf-8").splitlines()))

    def document() -> None:
        made = docx.Document()
        table = made.add_table(rows=len(rows), cols=len(rows[0]))
        cells = table._cells  # noqa: SLF001 - the fast way; table.cell() counts every row anew
        for number, text in enumerate(text for row in rows for text in row):
            cells[number].text = text
        made.save(str(folder / "plain.docx"))

    def book() -> None:
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        made.save(folder / "plain.xlsx")

    if wanted == "pdf":
        ours = folder / "ours.docx"
        ours.write_bytes(_ours("docx", data)())  # type: ignore[arg-type]
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(ours)]
        return lambda: subprocess.run(command, check=True, capture_output=True)
    return document if wanted == "docx" else book


def _sheet() -> Sheet:
    library = Library.at(None)
    return Catalogue(library).sheet(library.load(EDITION), ATTACHMENT)


def _table(sheet: Sheet) -> Spread:
    return next(one for one in spreads(sheet.only(), sheet.edition.profile) if one.key)


def _data(path: Path, count: int) -> None:
    """A CSV file of sound rows, each different."""
    columns = _table(_sheet()).columns
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.heading for column in columns)
        for number in range(count):
            body = f"91459900{number:09d}"
            code, name = body + uscc.calc_check_digit(body), f"第{number}绿色制造有限责任公司"
            writer.writerow(
                code if column.field.type == "code" else name if column.key == "name" else _sample(column.field)
                for column in columns
            )


def _sample(field: Field) -> str:
    return field.choices[0] if field.choices else _SAMPLES.get(field.type, "水泥制造")


if __name__ == "__main__":
    main()
