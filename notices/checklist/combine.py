"""Judges put together: all of them, one of a group, one unless another, one for those it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from notices.checklist.facts import Facts
from notices.checklist.finding import ItemFinding, Judge
from notices.forms.values import Value
from notices.profile.values import Only
from notices.wording.words import day


def among(value: Value, answers: Sequence[str]) -> bool:
    """Whether an answer, or one of several, is one of those."""
    given = value if isinstance(value, tuple) else (str(value),)
    return any(one in answers for one in given)


def shown(value: Value) -> str:
    """An answer as it was given, a day as official texts write it."""
    if isinstance(value, dt.date):
        return day(value)
    return "、".join(value) if isinstance(value, tuple) else str(value)


def alternative(own: Judge, others: Sequence[tuple[str, Judge]]) -> Judge:
    """One of a group of which one is enough: where another is met, this one is not needed."""

    def decide(facts: Facts) -> ItemFinding:
        found = own(facts)
        if found.verdict != "met":
            for label, other in others:
                if other(facts).verdict == "met":
                    return ItemFinding("none", f"不需要：“{label}”已符合", found.value, found.limit)
        return found

    return decide


def concerned(asked: Judge, steps: Sequence[Judge], label: str) -> Judge:
    """A rule for those a threshold singles out: asked first whether the applicant is one of them."""

    def decide(facts: Facts) -> ItemFinding:
        first = asked(facts)
        if first.verdict == "unknown":
            return ItemFinding("unknown", f"没有填写{label}，不知道是否适用", limit=first.limit)
        if first.verdict == "not-met":
            return ItemFinding("none", f"不适用：{first.reason.partition('，要求')[0]}", first.value, first.limit)
        then = both(steps)(facts)
        return ItemFinding(then.verdict, f"{first.reason}，{then.reason}", then.value, then.limit)

    return decide


def confined(only: Only, judge: Judge, label: str) -> Judge:
    """A rule for some applicants: it bars nobody else, and gives nobody else an advantage."""
    wanted = "或".join(only.answers)

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(only.fact)
        if value is None:
            return ItemFinding("unknown", f"没有填写“{label}”，不知道是否适用", limit=wanted)
        if among(value, only.answers):
            return judge(facts)
        written = shown(value)
        return ItemFinding("none", f"不适用：“{label}”填的是“{written}”", written, wanted)

    return decide


def both(steps: Sequence[Judge]) -> Judge:
    """Not met when any is not, unknown when any is, then for the authority, with that one's reason."""

    def decide(facts: Facts) -> ItemFinding:
        findings = [step(facts) for step in steps]
        for verdict in ("not-met", "unknown", "authority"):
            for finding in findings:
                if finding.verdict == verdict:
                    return finding
        met = [finding for finding in findings if finding.verdict == "met"]
        if not met:
            return findings[0]
        return ItemFinding("met", "；".join(finding.reason for finding in met), met[0].value, met[0].limit)

    return decide


def either(judges: Sequence[tuple[str, Judge]]) -> Judge:
    """One of a group is enough; the reason says which of them it was, by its label."""

    def decide(facts: Facts) -> ItemFinding:
        findings = [(label, one(facts)) for label, one in judges]
        concern = [(label, one) for label, one in findings if one.verdict != "none"] or findings
        for verdict in ("met", "unknown", "authority"):
            for label, one in concern:
                if one.verdict == verdict:
                    return replace(one, reason=f"{label}：{one.reason}")
        reasons = "；".join(f"{label}：{one.reason}" for label, one in concern)
        return ItemFinding(concern[0][1].verdict, reasons)

    return decide


def unless(figure: Judge, answer: Judge) -> Judge:
    """A figure decides, unless an answer says that the other of two ways holds (先进值或 1 级), or is not given yet."""

    def decide(facts: Facts) -> ItemFinding:
        answered = answer(facts)
        if answered.verdict == "met":
            return answered
        found = figure(facts)
        return answered if (found.verdict, answered.verdict) == ("not-met", "unknown") else found

    return decide
