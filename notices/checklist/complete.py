"""Proof that a checklist leaves out nothing that binds its applicant, or whoever evaluates them."""

from __future__ import annotations

from collections.abc import Iterator

from notices.checklist.items import THEIRS, Checklist
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
    for key, fact in profile.facts():
        if (
            (isinstance(fact, Rule) and _concerns(fact, checklist) and _binds(key.partition(".")[0], fact))
            or (isinstance(fact, Exclusion) and (fact.refuses or fact.removes))
            or (isinstance(fact, Material) and (not fact.applies or checklist.category in fact.applies))
            or (isinstance(fact, Deadline) and fact.by in THEIRS)
        ):
            yield key, fact


def _concerns(rule: Rule, checklist: Checklist) -> bool:
    fits = not rule.applies or checklist.category in rule.applies
    return fits and rule.level in {None, checklist.level} and bool(rule.say)


def _binds(section: str, rule: Rule) -> bool:
    return rule.by in THEIRS or (rule.by is None and section in _UNSAID)
