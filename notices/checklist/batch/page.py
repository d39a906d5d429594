"""The summary of a run as a report: a page that stands alone, the same printed, and a workbook with every row."""

from __future__ import annotations

from collections.abc import Iterator

from notices.checklist.batch import executor
from notices.checklist.batch.chart import bars, share, standings
from notices.checklist.batch.summary import RunSummary
from notices.checklist.sections import ChecklistSection, table
from notices.document.blocks import Format, Paragraph, spans
from notices.reports import pdf
from notices.reports import table as reports
from notices.reports.model import Picture, Report, ReportBlock, ReportHeading, ReportText
from notices.writers.table import Means

MOST_ROWS = 200
"""Rows of a table that are printed; the Excel file has them all."""
_SHEETS = {"areas": "概览", "items": "各项情况", "refused": "没有判断的", "others": "其他问题"}
"""By section: the sheet that has all of it; the applicants of every standing are on one."""

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
    if form == "xlsx":
        from notices.checklist.batch import workbook  # noqa: PLC0415 - openpyxl is slow to import

        return workbook.written(told)
    made = report(told)
    if form == "pdf" and told.total > MANY:
        return executor.apart(pdf.printed, pdf.page(made, means))
    return reports.written(made, form, means)


def _blocks(told: RunSummary) -> Iterator[ReportBlock]:
    if told.total:
        yield ReportHeading("结论")
        counts = "；".join(f"{word} {count:,} 家（{share(count, told.total)}）" for _, word, count in told.counts)
        yield Picture(standings(told.counts, told.total), (Paragraph(spans(f"{counts}。")),))
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
    yield table(section, MOST_ROWS, f"summary.xlsx 的“{_SHEETS.get(section.key, '各单位')}”表")
