"""One applicant judged: a finding for every item that can be, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from notices.checklist.facts import Facts
from notices.checklist.items import JUDGED, Checklist, Item
from notices.checklist.verdict import BY_HAND, Finding, Verdict

Standing: TypeAlias = Literal["may", "doubtful", "open", "may-not"]
STANDING_WORDS: dict[Standing, str] = {
    "may": "可以申报",
    "doubtful": "原则性要求有不符合的",
    "open": "尚不能确定",
    "may-not": "不能申报",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """An applicant's findings by item, in the order of the checklist."""

    facts: Facts
    findings: Mapping[str, Finding]
    standing: Standing

    def count(self, verdict: Verdict) -> int:
        """How many items have a verdict."""
        return sum(finding.verdict == verdict for finding in self.findings.values())


def judged(checklist: Checklist, facts: Facts) -> Outcome:
    """Every item of the checklist that gets a verdict, against one applicant's facts."""
    findings = {
        item.key: item.judge(facts) if item.judge else BY_HAND for item in checklist.items if item.group in JUDGED
    }
    return Outcome(facts, findings, _standing(checklist, findings))


def _standing(checklist: Checklist, findings: Mapping[str, Finding]) -> Standing:
    """The worst of what decides; items only a person can judge leave it to that person."""
    decisive = [item for item in checklist.items if item.weight == "decides" and item.key in findings]
    if any(findings[item.key].verdict == "not-met" for item in decisive):
        return "may-not"
    if any(findings[item.key].verdict == "unknown" and item.judge for item in decisive):
        return "open"
    asked = [item for item in checklist.items if item.weight == "principle" and item.key in findings]
    if any(findings[item.key].verdict != "met" and item.judge for item in asked):
        return "doubtful"
    return "may"


def by_hand(checklist: Checklist) -> tuple[Item, ...]:
    """Items that decide, or are asked in principle, and that no figure of an applicant settles."""
    weighty = ("decides", "principle")
    return tuple(item for item in checklist.items if item.group in JUDGED and item.weight in weighty and not item.judge)
