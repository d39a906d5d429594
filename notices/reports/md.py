"""A report as Markdown (GitHub's): a table a heading, every character in it meant as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from notices.marks import unmarked
from notices.reports.model import Picture, Report, ReportBlock, ReportCell, ReportHeading, ReportTable, ReportText
from notices.reports.pages import more
from notices.writers.md import cell, escape, paragraphs, piped
from notices.writers.table import Means


def made(report: Report, _: Means) -> bytes:
    """The file, which needs nothing besides."""
    return write(report).encode()


def write(report: Report) -> str:
    """The report, what stands in it parted by empty lines."""
    parts = [f"# {_plain(report.title)}", *map(_plain, report.notes)]
    parts += [part for block in report.blocks for part in _block(block)]
    return "\n\n".join(parts) + "\n"


def _block(block: ReportBlock) -> Iterator[str]:
    match block:
        case ReportHeading(text):
            yield f"## {_plain(text)}"
        case ReportText(text):
            yield _plain(text)
        case Picture(_, instead):
            yield from (part for one in instead for part in paragraphs(one))
        case ReportTable():
            yield from _table(block)


def _table(table: ReportTable) -> Iterator[str]:
    if table.lead:
        yield f"## {_plain(table.lead)}"
    for part in table.parts:
        if part.title:
            yield f"{'###' if table.lead else '##'} {_plain(part.title)}"
        yield piped([_head(head) for head in table.headed], ([*map(_cell, row.cells)] for row in table.shown(part)))
    if table.hidden:
        yield _plain(more(table))


def _head(text: str) -> str:
    return "<br>".join(map(cell, text.split("\n")))


def _cell(one: ReportCell) -> str:
    marks = "、".join(f"**{cell(mark.text)}**" for mark in one.marks)
    return "<br>".join(part for part in (marks, cell(unmarked(one.told))) if part)


def _plain(text: str) -> str:
    return "<br>".join(map(escape, unmarked(text).split("\n")))
