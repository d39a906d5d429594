"""A file held against all rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from notices.inspection import catalog
from notices.inspection.case import Case
from notices.inspection.finding import LEVELS, Finding, FindingLevel, Place
from notices.inspection.model import Paper
from notices.inspection.office import Office

NO_PAPER: Final = "no-paper"
"""The one finding of a file that is no official paper: it is held against no rule."""


@dataclass(frozen=True)
class Inspection:
    """What was found in a paper: the gravest first, then in the order of the paper.

    ``office`` says by whose rules, ``narrowed`` that not every rule or not every level was wanted.
    """

    paper: Paper
    findings: tuple[Finding, ...]
    office: str = ""
    narrowed: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing must be mended."""
        return not any(finding.level == "must" for finding in self.findings)

    def count(self, level: FindingLevel) -> int:
        """How many findings of a level there are."""
        return sum(finding.level == level for finding in self.findings)


def inspected(
    paper: Paper, office: Office | None = None, only: Collection[str] = (), least: FindingLevel = "note"
) -> Inspection:
    """A paper held against the rules.

    Args:
        paper: as it was read.
        office: what its office asks otherwise.
        only: ids of the rules wanted, none for all.
        least: the lowest level wanted.
    """
    office = office or Office()
    case = Case(paper, office)
    grades = list(LEVELS)
    if case.kind == "none":
        return Inspection(paper, (_no_paper(case),))
    found = [
        replace(finding, level=office.levels.get(finding.rule, finding.level))
        for rule in catalog.RULES
        if rule.id not in office.off and (not only or rule.id in only)
        for finding in rule.findings(case)
    ]
    kept = [finding for finding in found if grades.index(finding.level) <= grades.index(least)]
    kept.sort(key=lambda one: (grades.index(one.level), one.places[0].para if one.places else 0))
    return Inspection(paper, tuple(kept), office.name, bool(only) or least != "note")


def _no_paper(case: Case) -> Finding:
    first = next((para for para in case.paper.paras if para.text.strip()), None)
    words = " ".join(first.text.split())[:20] if first else ""
    places = (Place(first.number, first.page, words, case.paper.about),) if first else ()
    if first is None and any(para.pictures for para in case.paper.paras):
        scan = "先用文字识别（OCR）软件转成文字，核对以后再检查"
        return Finding(NO_PAPER, "must", "7.1", "一份公文，或公文的附件", "文件里没有文字，只有图片，像是扫描件", scan)
    found = "看不出标题、主送机关、发文字号、署名和日期，不像公文" if first else "文件里没有文字"
    remedy = "检查是否放错了文件；确是公文的，先写上标题、主送机关、署名和日期；是附件的，左上角写“附件”"
    return Finding(NO_PAPER, "must", "7.1", "一份公文，或公文的附件", found, remedy, places)
