"""One applicant judged: a finding for every item, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from notices.checklist.combine import among
from notices.checklist.contradictions import Contradiction
from notices.checklist.facts import Facts, fact_name
from notices.checklist.items import JUDGED, Checklist, Item, ItemGroup, Weight
from notices.checklist.verdict import BY_HAND, VERDICT_WORDS, ItemFinding, Verdict
from notices.profile.values import Only

Standing: TypeAlias = Literal["may", "doubtful", "open", "late", "may-not"]
STANDING_WORDS: dict[Standing, str] = {
    "may": "初步符合",
    "doubtful": "原则性要求、建设重点或者对评价机构的要求有不符合的，能否申报由主管部门决定",
    "open": "尚不能确定",
    "late": "已过申报截止日",
    "may-not": "不能申报",
}
"""What an applicant's verdicts come to, best first. Nobody but the authority says that somebody may apply."""

CONTRADICTED = "填报前后不一致"
"""What answers that cannot both be so are called."""

_OWN_WORDS: Mapping[ItemGroup, Mapping[Verdict, str]] = {
    "exclusions": {"met": "无此情形", "not-met": "有此情形"},
    "removals": {"met": "无此情形", "not-met": "有此情形"},
    "priorities": {"met": "具备", "not-met": "不具备"},
}


def word(group: ItemGroup, verdict: Verdict) -> str:
    """A verdict as it reads in its group: 无此情形 for an exclusion that is clear, 不具备 for an advantage."""
    return _OWN_WORDS.get(group, {}).get(verdict, VERDICT_WORDS[verdict])


@dataclass(frozen=True, slots=True)
class Outcome:
    """An applicant's findings by item, in the order of the checklist, and answers of theirs that cannot both be so."""

    facts: Facts
    findings: Mapping[str, ItemFinding]
    standing: Standing
    contradictions: tuple[str, ...] = ()

    def of(self, checklist: Checklist, verdict: Verdict, *, advantages: bool = False) -> tuple[Item, ...]:
        """The items with a verdict: those an application rests on, or with ``advantages`` those that prefer it.

        What only takes a unit off the list is neither, nor one of several alternatives.
        """
        return tuple(
            item
            for item in checklist.items
            if item.key in self.findings
            and self.findings[item.key].verdict == verdict
            and counted(item)
            and (item.group == "priorities") == advantages
        )


def counted(item: Item) -> bool:
    """Whether an item counts by itself: not what only takes a unit off the list, nor one of several alternatives."""
    return item.group != "removals" and item.weight != "alternative"


UNREAD = ItemFinding("unknown", "所填的有误，改正后再判断")
"""What looks at an answer that cannot be read."""


def judged(
    checklist: Checklist,
    facts: Facts,
    rules: Sequence[Contradiction] = (),
    undone: Only | None = None,
    unread: frozenset[str] = frozenset(),
) -> Outcome:
    """Every item of the checklist that gets a verdict, against one applicant's facts.

    An item that looks at answers which contradict each other (``rules``) is not known, whatever each of them says;
    nor is one that looks at facts whose answers could not be read (``unread``).
    One that fails because something is not done yet (``undone``) bars nobody: there is time until the application.

    Raises:
        NotFoundError: the edition states no day to judge on yet.
    """
    checklist.settled()
    told = [(rule, text) for rule in rules if (text := rule.told(facts))]
    findings = {item.key: _finding(item, facts, told, unread) for item in checklist.items if item.group in JUDGED}
    waiting = _waiting(checklist, facts, findings, undone)
    findings |= {key: replace(findings[key], reason=f"{findings[key].reason}；提交申报前要办好") for key in waiting}
    standing = _standing(checklist, findings, waiting)
    if told and standing in {"may", "doubtful"}:
        standing = "open"
    return Outcome(facts, findings, standing, tuple(text for _, text in told))


def _finding(
    item: Item, facts: Facts, told: Sequence[tuple[Contradiction, str]], unread: frozenset[str]
) -> ItemFinding:
    if item.judge is None:
        return BY_HAND
    if item.asks & unread:
        return UNREAD
    for rule, text in told:
        if item.asks & rule.facts:
            return ItemFinding("unknown", f"{CONTRADICTED}：{text}；核实后再判断")
    return item.judge(facts)


def _waiting(
    checklist: Checklist, facts: Facts, findings: Mapping[str, ItemFinding], undone: Only | None
) -> frozenset[str]:
    """Items that fail because what they look at is not done yet."""
    if (
        undone is None
        or (value := facts.values.get(fact_name(undone.fact))) is None
        or not among(value, undone.answers)
    ):
        return frozenset()
    asking = (item.key for item in checklist.items if fact_name(undone.fact) in item.asks and item.key in findings)
    return frozenset(key for key in asking if findings[key].verdict == "not-met")


def _standing(checklist: Checklist, findings: Mapping[str, ItemFinding], waiting: frozenset[str]) -> Standing:
    """The worst of what an application rests on; items only a person can judge leave it to that person."""
    rests = [one for one in checklist.items if one.key in findings and one.judge and counted(one)]
    seen = {
        ("due" if one.key in waiting else one.weight, findings[one.key].verdict)
        for one in rests
        if not (one.left and findings[one.key].verdict == "authority")
    }
    if ("decides", "not-met") in seen:
        return "may-not"
    if checklist.late:
        return "late"
    if ("due", "not-met") in seen or any((weight, verdict) in seen for weight in _RESTS for verdict in _OPEN):
        return "open"
    return "doubtful" if any((weight, "not-met") in seen for weight in _DOUBTS) else "may"


_DOUBTS: tuple[Weight, ...] = ("principle", "focus", "evaluator")
_RESTS: tuple[Weight, ...] = ("decides", "due", *_DOUBTS)
"""Weights an application rests on; those of which the authority decides what comes of a failure."""
_OPEN: tuple[Verdict, ...] = ("unknown", "authority")
"""Verdicts that leave an item open, where the applicant's own facts raise it."""
