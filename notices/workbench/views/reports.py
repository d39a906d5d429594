"""A report on a page of the workbench: its rows chosen by topic, mark and words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from notices.marks import unmarked
from notices.reports.model import Part, Report, ReportRow, ReportTable
from notices.workbench.desk import Desk


@dataclass(frozen=True)
class Chosen:
    """What the rows are chosen by; what is empty chooses all."""

    topics: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    words: str = ""

    @classmethod
    def of(cls, desk: Desk) -> Chosen:
        """As the address says."""
        asked = desk.request.query_params
        return cls(frozenset(asked.getlist("topic")), frozenset(asked.getlist("mark")), asked.get("words", "").strip())

    @property
    def any(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.topics or self.marks or self.words)

    def takes(self, row: ReportRow) -> bool:
        """Whether a row is shown."""
        if self.topics and row.topic not in self.topics:
            return False
        if self.marks and not self.marks & {mark.text for mark in row.marks}:
            return False
        told = "".join(unmarked(cell.told) for cell in row.cells)
        return all(word in told for word in self.words.split())


@dataclass(frozen=True)
class Shown:
    """A report as chosen: ``report`` has the rows that are shown, ``rows`` and ``every`` count those of a topic."""

    report: Report
    chosen: Chosen
    topics: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    rows: int
    every: int


def shown(report: Report, chosen: Chosen) -> Shown:
    """A report with the rows that are wanted; summaries, whose rows have no topic, stand only when all are."""
    used = {mark.text for table in report.tables for row in table.rows for mark in row.marks if row.key}
    made = replace(
        report,
        blocks=tuple(_cut(block, chosen) if isinstance(block, ReportTable) else block for block in report.blocks),
    )
    made = replace(
        made, blocks=tuple(block for block in made.blocks if not isinstance(block, ReportTable) or block.parts)
    )
    counted = [sum(bool(row.key) for table in one.tables for row in table.rows) for one in (made, report)]
    marks = tuple(mark.text for mark in report.marks if mark.text in used)
    return Shown(made, chosen, report.topics, marks, *counted)


def _cut(table: ReportTable, chosen: Chosen) -> ReportTable:
    if not chosen.any:
        return table
    parts = [Part(part.title, tuple(row for row in part.rows if row.key and chosen.takes(row))) for part in table.parts]
    return replace(table, parts=tuple(part for part in parts if part.rows))
