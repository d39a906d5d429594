"""The summary of a run as a report: a page that stands alone, the same printed, and a workbook with every row."""

from __future__ import annotations

from collections.abc import Iterator

from notices.checklist.batch import executor
from notices.checklist.batch.chart import bars
from notices.checklist.batch.summary import RunSummary
from notices.checklist.sections import ChecklistSection, table
from notices.document.blocks import Format, Paragraph, spans
from notices.reports import pdf
from notices.reports import table as reports
from notices.reports.model import Picture, Report, ReportBlock, ReportHeading, ReportText
from notices.writers.table import Means

MOST_ROWS = 500
"""Rows of a table that are printed; the Excel file has them all."""

MANY = 5000
"""Applicants from which the page is printed in a process of its own: the run has taken its share of memory."""


def report(told: RunSummary) -> Report:
    """The summary as a report."""
    return Report("summary", told.title, told.lines, tuple(_blocks(told)), told.author)


def written(told: RunSummary, form: Format, means: Means) -> bytes:
    """The summary in one of the formats of a report; in PDF, a character no face has is printed as its code.

    Raises:
        MissingPartError: the libraries WeasyPrint needs are not there.
    """
    made = report(told)
    if form == "pdf" and told.total > MANY:
        return executor.apart(pdf.printed, pdf.page(made, means))
    return reports.written(made, form, means)


def _blocks(told: RunSummary) -> Iterator[ReportBlock]:
    found = told.bars()
    yield ReportHeading("不符合最多的事项")
    if found:
        words = "；".join(f"{bar.label} {bar.failed} 家（待核 {bar.unknown} 家）" for bar in found)
        yield Picture(bars(found, told.total), (Paragraph(spans(f"{words}。")),))
    else:
        yield ReportText("没有不符合的事项。")
    for section in told.sections:
        yield from _section(section)


def _section(section: ChecklistSection) -> Iterator[ReportBlock]:
    yield ReportHeading(section.title)
    yield table(section, MOST_ROWS, "summary.xlsx")
