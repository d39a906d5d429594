"""A report as a document, for Word and whatever else documents are written as: a report's page, heads on each."""

from __future__ import annotations

from collections.abc import Iterator

from notices.document import blocks as doc
from notices.document.blocks import Document, spans
from notices.reports.model import Picture, Report, ReportCell, ReportHeading, ReportTable, ReportText
from notices.wording.titles import balanced


def document(report: Report) -> Document:
    """The report on landscape pages; tables as wide as they are, see :meth:`Report.narrow`."""
    return Document(report.kind, report.title, report.author, "report", tuple(_blocks(report)))


def _blocks(report: Report) -> Iterator[doc.Block]:
    yield doc.Title(balanced(report.title, wide=True, words=report.terms))
    yield from (doc.Paragraph(spans(note)) for note in report.notes)
    for block in report.blocks:
        match block:
            case ReportHeading(text):
                yield doc.Heading(1, spans(text, "hei"))
            case ReportText(text):
                yield doc.Paragraph(spans(text))
            case Picture(_, instead):
                yield from instead
            case ReportTable():
                yield from _table(block)


def _table(table: ReportTable) -> Iterator[doc.Block]:
    if table.lead:
        yield doc.Heading(1, spans(table.lead, "hei"))
    yield _laid(table)
    if table.hidden:
        yield doc.Paragraph(spans(more(table)))


def _laid(table: ReportTable) -> doc.Table:
    head = doc.TableRow(tuple(doc.Cell((spans(text, "hei"),)) for text in table.heads))
    return doc.Table(table.widths, tuple(_rows(table)), (head,), small=True)


def _rows(table: ReportTable) -> Iterator[doc.TableRow]:
    """The rows, the title of a part over those it is of."""
    for part in table.parts:
        if part.title:
            yield doc.TableRow((doc.Cell((spans(part.title, "hei"),), "left", across=len(table.heads)),))
        for row in table.shown(part):
            yield doc.TableRow(tuple(_cell(cell, centred=n in table.centred) for n, cell in enumerate(row.cells)))


def _cell(cell: ReportCell, *, centred: bool) -> doc.Cell:
    """A cell; its marks lead its first line."""
    marks = "、".join(mark.text for mark in cell.marks)
    texts = [spans(line) for line in cell.told.split("\n") if line]
    if marks:
        first, *rest = texts or [()]
        texts = [(*spans(f"{marks}　" if first else marks, "hei"), *first), *rest]
    return doc.Cell(tuple(texts), align="center" if centred else "left")


def more(table: ReportTable) -> str:
    """What is said under a table of which a page shows a part."""
    return f"另有 {table.hidden} 行，见 {table.rest}。"
