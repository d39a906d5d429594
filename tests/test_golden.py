"""Golden files of every shipped document: its outline, its Word file part by part, its PDF as measured.

A change of profile, model, template or writer shows as a diff in one of them. Stale files fail, and so does a run
that finds nothing to compare.
"""

import hashlib
import io
import re
import zipfile

import pdfplumber
import pytest
from conftest import GOLDEN, ROOT

from notices.document.digest import outline
from notices.papers.coverage import checked
from notices.typeset import fonts as faces
from notices.writers import docx, pdf

MM = 72 / 25.4


@pytest.fixture(scope="module")
def documents(library, editions):
    """Every document by name, as ``guangxi-2024/notice``."""
    made = {
        f"{name.replace('@', '-')}/{kind}": one.document
        for name, edition in editions.items()
        for kind, one in checked(library, edition).items()
    }
    assert len(made) >= 6, "five notices and one set of rules"
    return made


@pytest.fixture(scope="module")
def fontset():
    """The free faces that ``make setup`` brings, whatever else a machine has."""
    return faces._font_set((ROOT / ".fonts",))


def test_outlines(documents, golden):
    for name, document in documents.items():
        golden(f"{name}.outline.txt", outline(document))


def test_word_files_part_by_part(documents, golden):
    for name, document in documents.items():
        base = (ROOT / f"templates/word/{document.layout}.docx").read_bytes()
        golden(f"{name}.docx.txt", "\n".join(_parts(docx.write(document, base))) + "\n")


def _parts(content):
    """A line a part with its digest; the body itself, a line a paragraph."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            data = archive.read(part)
            if part == "word/document.xml":
                text = re.sub(r' xmlns:\w+="[^"]*"', "", data.decode())
                yield part
                yield from re.sub(r"(?<!^)(<w:(?:p|tbl|sectPr)[ >])", r"\n\1", text).splitlines()
            else:
                yield f"{part} {hashlib.sha256(data).hexdigest()[:16]}"


def test_pdfs_as_measured(documents, fontset, golden):
    for name, document in documents.items():
        golden(f"{name}.pdf.txt", "\n".join(_measured(pdf.write(document, fontset))) + "\n")


def _measured(content):
    """A line a printed line: page, left, right and baseline in mm from the paper's upper left corner, and the text."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        for page in file.pages:
            lines = {}
            for char in page.chars:
                lines.setdefault(round(page.height - char["matrix"][5]), []).append(char)
            for foot, chars in sorted(lines.items()):
                left, right = min(c["x0"] for c in chars) / MM, max(c["x1"] for c in chars) / MM
                text = "".join(c["text"] for c in sorted(chars, key=lambda c: c["x0"]))
                yield f"{page.page_number} {left:.0f} {right:.0f} {foot / MM:.0f} {text}"


def test_no_golden_file_is_stale(documents):
    kinds = ("outline.txt", "docx.txt", "pdf.txt")
    assert {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*.txt")} == {
        f"{name}.{kind}" for name in documents for kind in kinds
    }
