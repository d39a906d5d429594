"""The summary of a run as a report: a page that stands alone, the same printed, and a workbook with every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from notices.checklist.batch import executor
from notices.checklist.batch.chart import bars, share, stacks, standings
from notices.checklist.batch.joint import JointSummary
from notices.checklist.batch.summary import SHORT, RunSummary
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


def report(told: RunSummary | JointSummary) -> Report:
    """The summary of a category, or of several, as a report."""
    blocks = _joint(told) if isinstance(told, JointSummary) else (*_blocks(told), *_sections(told.problems))
    return Report("summary", told.title, told.lines, tuple(blocks), told.author)


def written(told: RunSummary | JointSummary, form: Format, means: Means) -> bytes:
    """The summary in one of the formats of a report; in PDF, a character no face has is printed as its code.

    Raises:
        MissingPartError: the libraries WeasyPrint needs are not there.
    """
    if form == "xlsx":
        from notices.checklist.batch import workbook  # noqa: PLC0415 - openpyxl is slow to import

        return workbook.joint(told) if isinstance(told, JointSummary) else workbook.written(told)
    made = report(told)
    if form == "pdf" and told.total > MANY:
        return executor.apart(pdf.printed, pdf.page(made, means))
    return reports.written(made, form, means)


def _joint(told: JointSummary) -> Iterator[ReportBlock]:
    """All categories beside one another, then city by city, then each category by itself."""
    if told.total:
        yield ReportHeading("各类别的结论")
        drawn = stacks(told.stacks(), SHORT)
        yield Picture(drawn, (Paragraph(spans(f"{drawn.label}。")),))
        yield from _sections((told.section(),))
    for part in told.parts:
        yield from _blocks(part, f"{part.name}　")
    yield from _sections(told.problems)


def _blocks(told: RunSummary, of: str = "") -> Iterator[ReportBlock]:
    """One category; ``of`` says which, where there are several, whose cities stand together."""
    if told.total:
        yield ReportHeading(f"{of}结论")
        counts = "；".join(f"{word} {count:,} 家（{share(count, told.total)}）" for _, word, count in told.counts)
        yield Picture(standings(told.counts, told.total), (Paragraph(spans(f"{counts}。")),))
    found = told.bars()
    yield ReportHeading(f"{of}不符合最多的事项")
    if found:
        words = "；".join(f"{bar.label} {bar.failed} 家（待核 {bar.unknown} 家）" for bar in found)
        yield Picture(bars(found, told.total), (Paragraph(spans(f"{words}。")),))
    else:
        yield ReportText("没有不符合的事项。")
    yield from _sections([one for one in told.sections if not of or one.key != "areas"], of)


def _sections(sections: Sequence[ChecklistSection], of: str = "") -> Iterator[ReportBlock]:
    for section in sections:
        named = replace(section, title=f"{of}{section.title}")
        yield ReportHeading(named.title)
        yield table(named, MOST_ROWS, f"summary.xlsx 的“{of.strip()}{_SHEETS.get(section.key, '各单位')}”表")
