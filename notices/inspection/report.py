"""Findings for readers: a report in any format, and plain data for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from notices.inspection.finding import LEVELS, Finding, FindingLevel
from notices.inspection.inspect import Inspection
from notices.reports.model import (
    Mark,
    Part,
    Report,
    ReportCell,
    ReportHeading,
    ReportRow,
    ReportTable,
    ReportText,
    Tone,
)

_TONES: Final[dict[FindingLevel, Tone]] = {"must": "stricter", "should": "changed", "note": "added"}
_HEADS: Final = ("轻重", "在哪里", "应当", "现在", "怎么改", "依据")
_WIDTHS: Final = (9.0, 22.0, 20.0, 20.0, 24.0, 17.0)


def summed(inspection: Inspection) -> str:
    """必须改 3 处，应当改 1 处，供参考 0 处."""
    own = f"（照{inspection.office}的规定）" if inspection.office else ""
    if not inspection.findings:
        return f"所选的规则和轻重之内没有发现问题{own}" if inspection.narrowed else f"没有发现问题{own}"
    return "，".join(f"{name} {inspection.count(level)} 处" for level, name in LEVELS.items()) + own


def report(inspections: Sequence[Inspection]) -> Report:
    """What any format is made from: a table a file."""
    blocks: list[ReportHeading | ReportText | ReportTable] = []
    for one in inspections:
        paper = one.paper
        blocks.append(ReportHeading(f"{paper.name}：{summed(one)}"))
        blocks += [ReportText(f"请注意：{remark}") for remark in paper.remarks]
        if one.findings:
            rows = tuple(_row(finding) for finding in one.findings)
            blocks.append(ReportTable(paper.name, _HEADS, _WIDTHS, (Part("", rows),), cards=True))
    notes = ["按 GB/T 9704-2012《党政机关公文格式》检查；“供参考”的是惯例，标准没有要求。"]
    notes += [_ABOUT] if _about(inspections) else []
    return Report("inspection", "公文格式检查", tuple(notes), tuple(blocks))


_ABOUT: Final = "“约第几页”是按字号、行距和边距算的：Word 文件里没有分页，与打开时看到的可能差一页。"


def _about(inspections: Sequence[Inspection]) -> bool:
    """Whether a page that was only counted is told."""
    return any(place.about for one in inspections for finding in one.findings for place in finding.places[:1])


def _row(finding: Finding) -> ReportRow:
    mark = Mark(LEVELS[finding.level], _TONES[finding.level])
    texts = (finding.where, finding.expected, finding.found, finding.remedy, f"{finding.source}\n{finding.rule}")
    return ReportRow((ReportCell("", marks=(mark,)), *(ReportCell(text) for text in texts)), key=finding.rule)


def records(inspections: Sequence[Inspection]) -> list[dict[str, Any]]:
    """A record a file: ``file, kind, pages, paragraphs, remarks, sound, findings``; a finding with all its places."""
    return [
        {
            "file": one.paper.name,
            "kind": one.paper.kind,
            "pages": one.paper.pages,
            "paragraphs": len(one.paper.paras),
            "remarks": list(one.paper.remarks),
            "sound": one.sound,
            "findings": [_record(finding) for finding in one.findings],
        }
        for one in inspections
    ]


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "clause": finding.source,
        "where": finding.where,
        "expected": finding.expected,
        "found": finding.found,
        "remedy": finding.remedy,
        "places": [
            {"paragraph": at.para, "page": at.page, "about": at.about, "words": at.words} for at in finding.places
        ],
    }


def lines(inspections: Sequence[Inspection]) -> str:
    """For a terminal: a finding in three lines, the gravest first."""
    told: list[str] = []
    for one in inspections:
        told += [f"{one.paper.name}：{summed(one)}"]
        told += [f"  请注意：{remark}" for remark in one.paper.remarks]
        for finding in one.findings:
            told.append(f"  {LEVELS[finding.level]} [{finding.rule}] {finding.where}")
            told.append(f"      应当：{finding.expected}；现在：{finding.found}（{finding.source}）")
            told.append(f"      → {finding.remedy}")
    told += [_ABOUT] if _about(inspections) else []
    return "\n".join(told)
