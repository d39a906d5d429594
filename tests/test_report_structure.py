"""Every kind of report as PDF, under the checks of papers, and what it claims of itself."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from tagged import checked

import applicants
from notices.cli import cli

KINDS = {
    "diff": ("diff", "guangxi", "jilin", "--format", "pdf", "-o", "{out}/a.pdf"),
    "matrix": ("matrix", "guangxi", "jilin", "national@2023", "--format", "pdf", "-o", "{out}/a.pdf"),
    "calendar": ("calendar", "guangxi@2024", "--format", "pdf", "-o", "{out}/a.pdf"),
    "checklist": ("checklist", "guizhou", "--category", "factory", "--format", "pdf", "--out", "{out}"),
    "summary": (
        *("checklist", "guizhou", "--category", "factory", "--as-of", "2024-09-01", "--summary-only"),
        *("--applicant", "{applicants}", "--format", "pdf", "--out", "{out}"),
    ),
}


def made(kind: str, out: Path) -> bytes:
    several = applicants.sheet(out / "several.xlsx", [applicants.record(number) for number in range(3)])
    (out / "made").mkdir()
    places = {"out": str(out / "made"), "applicants": str(several)}
    done = CliRunner().invoke(cli, [part.format(**places) for part in KINDS[kind]])
    found = sorted((out / "made").rglob("*.pdf"))
    assert found, done.output
    return found[0].read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_passes_the_checks_of_papers_and_says_so(kind, tmp_path):
    content = made(kind, tmp_path)
    reader, _ = checked(content)
    about = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search('pdfuaid:part(>|=")1', about)


@pytest.mark.slow
def test_page_numbers_are_on_the_page_and_no_part_of_the_report(tmp_path):
    made("matrix", tmp_path)
    (path,) = (tmp_path / "made").glob("*.pdf")
    pages = PdfReader(path).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        operators = page.get_contents().get_data().decode("latin-1")
        assert re.sub(r"\s", "", page.extract_text()).endswith(f"{number}/{len(pages)}")
        assert "/Artifact" in operators
