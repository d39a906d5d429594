"""Proof that a checklist leaves out nothing that binds its applicant, or whoever evaluates them."""

from __future__ import annotations

from collections.abc import Iterator

from notices.checklist.items import FREE, THEIRS, Checklist, commissioned, concerns, theirs
from notices.errors import Problem
from notices.profile import Deadline, Exclusion, Fact, Material, Profile, Rule

_UNSAID = frozenset({"conditions", "levels", "priorities", "evaluation", "third-party"})
"""Sections whose rules are the applicant's or the evaluator's also where nobody is named."""


def left_out(checklist: Checklist) -> list[Problem]:
    """A problem for each fact that binds the applicant of this category and level, or the evaluator, and is no item."""
    profile, listed = checklist.edition.profile, {item.key for item in checklist.items}
    return [
        Problem(
            *checklist.edition.origin(key),
            key,
            f"约束申报单位或评价机构，{profile.categories[checklist.category].name}的核对清单里却没有",
            "这是程序的缺漏，请反馈；核对清单没有生成",
            rule="checklist",
        )
        for key, fact in _binding(profile, checklist)
        if key not in listed
    ]


def _binding(profile: Profile, checklist: Checklist) -> Iterator[tuple[str, Fact]]:
    return ((key, fact) for key, fact in profile.facts() if _is_theirs(key, fact, checklist))


def _is_theirs(key: str, fact: Fact, checklist: Checklist) -> bool:
    match fact:
        case Rule():
            told = concerns(fact, checklist.category, checklist.level)
            section = key.partition(".")[0]
            evaluates = section != "third-party" or commissioned(checklist.edition.profile, checklist.category)
            return told and evaluates and _binds(section, fact)
        case Exclusion():
            return fact.refuses or fact.removes
        case Material():
            return theirs(fact, checklist.category)
        case Deadline():
            return fact.by in THEIRS
    return False


def _binds(section: str, rule: Rule) -> bool:
    if rule.strength in FREE and not rule.test and section != "priorities":
        return rule.strength == "does" and rule.by in THEIRS
    return rule.by in THEIRS or (rule.by is None and section in _UNSAID)
