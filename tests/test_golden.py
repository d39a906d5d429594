"""Golden files of every shipped document: its outline, its Word file part by part, its PDF as measured.

Attachments of every kind, checklists, comparisons and calendars have theirs, too, one or two of each. A change of
profile, model, template or writer shows as a diff in one of them. Stale files fail, and so does a run that finds
nothing to compare. All are made anew by ``pytest tests/test_golden.py --update-golden``.
"""

import hashlib
import io
import re
import zipfile

import pdfplumber
import pytest
from click.testing import CliRunner
from conftest import GOLDEN, ROOT

from notices.cli import cli
from notices.document.digest import outline
from notices.forms import layout
from notices.forms.catalogue import Catalogue
from notices.forms.model import FormPart
from notices.papers.coverage import checked
from notices.typeset import fonts as faces
from notices.writers import docx, pdf

MM = 72 / 25.4

ATTACHMENTS = (
    *("national-2023/01-summary", "national-2023/02-park-requirements", "national-2023/05-dynamic-factory"),
    *("inner-mongolia-2022/06-product-report", "inner-mongolia-2022/11-list-2019"),
)
"""Attachments that hold, together, every kind of attachment and every kind of part."""

REPORTS = {
    "checklist-blank.md": "checklist guangxi@2024 --category supply-chain --as-of 2024-05-31",
    "checklist-fit.md": "checklist guizhou@2024 --category factory --as-of 2024-09-01"
    " --applicant applicants/01-strong-factory.yaml",
    "checklist-unfit.md": "checklist jilin@2024 --category park --as-of 2024-06-10"
    " --applicant applicants/02-park-at-the-limit.yaml",
    "diff.md": "diff guangxi@2024 jilin@2024",
    "calendar-province.txt": "calendar guangxi@2024 --as-of 2024-05-01",
    "calendar-nation.txt": "calendar national@2023 --as-of 2023-08-01",
}
"""Reports and the commands that print them."""


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


WHOLE = ("national", "guangxi", "guizhou", "inner-mongolia", "jilin")
"""Authorities whose papers are held line by line in Word and PDF, too; of the others the text is enough."""


@pytest.fixture(scope="module")
def whole(documents):
    return {name: document for name, document in documents.items() if name.startswith(WHOLE)}


@pytest.fixture(scope="module")
def fontset():
    """The free faces that ``make setup`` brings, whatever else a machine has."""
    return faces._font_set((ROOT / ".fonts",))


def test_outlines(documents, golden):
    for name, document in documents.items():
        golden(f"{name}.outline.txt", outline(document))


def test_word_files_part_by_part(whole, golden):
    for name, document in whole.items():
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


def test_pdfs_as_measured(whole, fontset, golden):
    for name, document in whole.items():
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


def test_attachments_of_every_kind(library, editions, golden):
    shelf = Catalogue(library)
    sheets = {
        f"{edition.replace('@', '-')}/{s.name}": s for edition in editions for s in shelf.sheets(editions[edition])
    }
    chosen = {name: sheets[name] for name in ATTACHMENTS}
    for name, sheet in chosen.items():
        golden(f"attachments/{name}.outline.txt", outline(layout.document(sheet, library)))
    kinds = {sheet.attachment.kind for sheet in sheets.values()}
    assert {sheet.attachment.kind for sheet in chosen.values()} == kinds
    assert _parts_of(chosen.values()) == {
        kind for kind in FormPart.__subclasses__() if kind.__module__ == FormPart.__module__
    }


def _parts_of(sheets):
    return {type(part) for sheet in sheets for form in sheet.forms for part in form.parts}


@pytest.mark.parametrize("name", REPORTS)
def test_reports(name, tmp_path, monkeypatch, golden):
    monkeypatch.chdir(ROOT)
    command = REPORTS[name].split()
    if command[0] != "calendar":
        command += ["--format", "md"]
    if command[0] == "checklist":
        command += ["--out", str(tmp_path)]
    done = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    (path,) = tmp_path.rglob("*.md") if command[0] == "checklist" else (None,)
    golden(f"reports/{name}", path.read_text("utf-8") if path else done.stdout)


def test_no_golden_file_is_stale(documents, whole):
    known = {f"{name}.outline.txt" for name in documents} | {
        f"{name}.{kind}.txt" for name in whole for kind in ("docx", "pdf")
    }
    known |= {f"attachments/{name}.outline.txt" for name in ATTACHMENTS} | {f"reports/{name}" for name in REPORTS}
    assert {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()} == known
