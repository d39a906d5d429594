"""The checklist as a document (landscape tables under numbered headings) and as a workbook."""

from __future__ import annotations

from dataclasses import replace

from notices.checklist import sections as parts
from notices.checklist.items import Checklist
from notices.checklist.outcome import Outcome
from notices.document.blocks import Cell, Document, Heading, Paragraph, Table, TableRow, Title, open_values, spans
from notices.document.blocks import Section as Turn
from notices.reports.model import Report
from notices.wording.titles import balanced
from notices.wording.words import chinese

_CENTRED = frozenset({"序号", "依据", "核对", "结论", "日期", "距判断日", "份数和形式"})


def document(
    checklist: Checklist,
    advice: parts.Advice,
    outcome: Outcome | None = None,
    package: parts.ChecklistSection | None = None,
    earlier: parts.ChecklistSection | None = None,
) -> Document:
    """The checklist, blank or with an applicant's verdicts, as blocks."""
    profile = checklist.edition.profile
    title = parts.title(checklist)
    blocks: list[Turn | Title | Paragraph | Heading | Table] = [
        Turn(landscape=True),
        Title(
            balanced(title, tuple(filter(None, [profile.authority.level])), wide=True, words=profile.programme.terms)
        ),
    ]
    blocks += (Paragraph(spans(text)) for text in parts.lead(checklist, outcome))
    for number, section in enumerate(parts.sections(checklist, advice, outcome, package, earlier), 1):
        blocks.append(Heading(1, spans(f"{chinese(number)}、{section.title}", "hei")))
        if section.lead:
            blocks.append(Paragraph(spans(section.lead)))
        blocks.append(_table(section))
    name = f"{title}（{outcome.facts.name}）" if outcome else title
    made = Document("checklist", name, profile.authority.named, "plain", tuple(blocks))
    return replace(made, draft=any(open_values(made.blocks)))


def _table(section: parts.ChecklistSection) -> Table:
    head = TableRow(tuple(Cell((spans(text, "hei"),)) for text in section.heads), 24)
    rows = [
        TableRow(tuple(_cell(text, head) for text, head in zip(row, section.heads, strict=True)))
        for row in section.rows
    ]
    return Table(section.widths, tuple(rows), (head,), small=True)


def _cell(text: str, head: str) -> Cell:
    return Cell((spans(text),), "center" if head in _CENTRED else "left")


def workbook(
    checklist: Checklist,
    advice: parts.Advice,
    outcome: Outcome | None = None,
    package: parts.ChecklistSection | None = None,
    earlier: parts.ChecklistSection | None = None,
) -> bytes:
    """The checklist as an Excel file: one sheet, heads frozen, a filter on each column."""
    from notices.reports import xlsx  # noqa: PLC0415 - openpyxl is slow to import

    found = parts.sections(checklist, advice, outcome, package, earlier)
    tables = tuple(map(parts.table, found))
    author = checklist.edition.profile.authority.named
    return xlsx.write(Report("checklist", parts.title(checklist), parts.lead(checklist, outcome), tables, author))
