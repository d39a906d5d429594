"""How far the pages ``check`` counts in Word files are from those LibreOffice makes of them.

    .venv/bin/python benchmarks/counted_pages.py FOLDER

A paragraph counts whose first sixteen characters stand once in the file, and on one page of its PDF.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdf

from notices.errors import NoticesError
from notices.inspection import reader

SHORTEST, BEGINNING = 6, 16
"""Characters of a paragraph that is looked for, and of it."""


def solid(text: str) -> str:
    """A text without blanks."""
    return re.sub(r"\s", "", text)


def converted(paths: list[Path], folder: Path) -> list[Path]:
    """PDFs of Word files, in their order; files of one name are kept apart by numbers."""
    for number, path in enumerate(paths):
        shutil.copy(path, folder / f"{number}.docx")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/p", "--convert-to", "pdf"]
    files = sorted(folder.glob("*.docx"))
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True)
    return [folder / f"{number}.pdf" for number in range(len(paths))]


def off(path: Path, pdf: Path) -> Iterator[int]:
    """By how many pages each paragraph is off; nothing of a file that tells its pages itself."""
    paper = reader.read(path.name, path.read_bytes())[0]
    texts = [solid(page.extract_text()) for page in pypdf.PdfReader(pdf).pages]
    beginnings = Counter(solid(para.text)[:BEGINNING] for para in paper.paras)
    for para in paper.paras if paper.about else ():
        beginning = solid(para.text)[:BEGINNING]
        there = [number for number, text in enumerate(texts, 1) if beginning in text]
        if len(beginning) >= SHORTEST and beginnings[beginning] == 1 and len(there) == 1 and para.page:
            yield para.page - there[0]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    paths = sorted(parser.parse_args().folder.rglob("*.docx"))
    found: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for path, pdf in zip(paths, converted(paths, Path(folder)), strict=True):
            try:
                found.update(off(path, pdf) if pdf.exists() else ())
            except NoticesError as error:
                print(f"{path}：{error}")
    whole = max(1, found.total())
    near = sum(found[distance] for distance in (-1, 0, 1))
    print(f"{len(paths)} 份，{found.total()} 段：{found[0] / whole:.1%} 在同一页，{near / whole:.1%} 差不过一页")
    print(dict(sorted(found.items())))


if __name__ == "__main__":
    main()
