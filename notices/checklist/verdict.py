"""Rules against facts: met, not met, not known, for the authority to decide, or not this applicant's; and why.

What is not known is never met, and never reported as not met.

A profile's rules become small functions once (:func:`judge`); an applicant is then judged without looking at the
profile again.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from notices.checklist.facts import Facts, Incident
from notices.profile import Duration, Exclusion, Grade, Limit, Pending, Rule
from notices.profile.values import SEVERITIES, Only, Op, Test

Verdict: TypeAlias = Literal["met", "not-met", "unknown", "authority", "none"]
VERDICT_WORDS: dict[Verdict, str] = {
    "met": "符合",
    "not-met": "不符合",
    "unknown": "待核",
    "authority": "由主管部门判断",
    "none": "不适用",
}

HOLDS: dict[Op, Callable[[Decimal, Decimal], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
}
"""Whether a value stands to a bound as a limit says."""
_SIGNS = {">": "＞", ">=": "≥", "<": "＜", "<=": "≤", "==": "＝"}
_OPPOSITE = {">": "≤", ">=": "＜", "<": "≥", "<=": "＞", "==": "≠"}


@dataclass(frozen=True, slots=True)
class ItemFinding:
    """A verdict and its reason in words; ``value`` and ``limit`` as they were compared."""

    verdict: Verdict
    reason: str
    value: str = ""
    limit: str = ""


Judge: TypeAlias = Callable[[Facts], ItemFinding]
BY_HAND = ItemFinding("authority", "由主管部门或评价机构判断，不能由填报的数据得出")


@dataclass(frozen=True, slots=True)
class Window:
    """A look-back: from the first day that counts to the day it is counted from; ``basis`` says which day that is."""

    start: dt.date
    end: dt.date
    basis: str

    def touched(self, incident: Incident, *, lasting: bool) -> bool:
        """Whether an entry falls in the window, one without a date perhaps.

        One that lasts counts on every day until it is resolved, any other on its own day only.
        """
        begun = incident.date or self.start
        ended = (incident.resolved or self.end) if lasting else begun
        return begun <= self.end and ended >= self.start


def window(span: Duration | None, day: dt.date, basis: str) -> Window:
    """The look-back of a span before a day, both ends counted; without one, everything up to the day."""
    if span is None or isinstance(span.value, Pending):
        return Window(dt.date.min, day, basis)
    count = int(span.value)
    if span.unit == "日":
        return Window(day - dt.timedelta(days=count), day, basis)
    months = count * (12 if span.unit == "年" else 1)
    return Window(_months_before(day, months), day, basis)


def _months_before(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def judge(rule: Rule | Exclusion, names: Callable[[str], str], period: Window) -> Judge | None:
    """The function that decides a rule, or None where no fact of an applicant does.

    Args:
        rule: with its test, threshold, span and grade.
        names: a fact's id to what it is called.
        period: the look-back.
    """
    limit = rule.limit if isinstance(rule, Rule) else None
    test = rule.test or Test()
    steps = list(_steps(rule, test, names, period))
    if test.concerns and limit is not None and steps:
        return _concerned(_compared(limit, names), steps, limit, names)
    if limit is not None:
        steps.insert(0, _compared(limit, names))
    if test.either and len(steps) > 1:
        steps = [_unless(*steps)]
    decide = _all(steps) if len(steps) > 1 else steps[0] if steps else None
    return _confined(test.only, decide, names) if test.only and decide else decide


def asks(rule: Rule | Exclusion) -> frozenset[str]:
    """The facts of an applicant a rule looks at, by their names."""
    test = rule.test or Test()
    limit = rule.limit.fact if isinstance(rule, Rule) and rule.limit else ""
    only = test.only.fact if test.only else ""
    return frozenset(filter(None, (limit, test.fact, test.months, only)))


def _steps(rule: Rule | Exclusion, test: Test, names: Callable[[str], str], period: Window) -> Iterator[Judge]:
    if test.fact:
        more = isinstance(rule, Rule) and rule.open_ended and set(test.answers) <= set(rule.items)
        yield _answered(test.fact, test.answers, names, more=more)
    if test.certificate:
        yield _certified(test.certificate, period.end)
    if test.months and rule.span is not None and not isinstance(rule.span.value, Pending):
        yield _under(test.months, rule.span, names)
    if test.accidents or test.records or test.doubtful:
        yield _clear(test, rule.severity or "any", period)


def _compared(limit: Limit, names: Callable[[str], str]) -> Judge:
    fact, label, unit = limit.fact, names(limit.fact), _unit(limit.unit)
    if isinstance(limit.value, Pending):
        return lambda _: ItemFinding("unknown", f"{label}的限值待定")
    bound, holds = limit.value, HOLDS[limit.op]
    shown = f"{_SIGNS[limit.op]} {_figure(bound)}{unit}"

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(fact)
        if not isinstance(value, Decimal | int):
            return ItemFinding("unknown", f"没有填写{label}（要求 {shown}）", limit=shown)
        written = f"{_figure(value)}{unit}"
        if holds(Decimal(value), bound):
            return ItemFinding("met", f"{label} {written} {shown}", written, shown)
        return ItemFinding(
            "not-met", f"{label} {written} {_OPPOSITE[limit.op]} {_figure(bound)}{unit}，要求 {shown}", written, shown
        )

    return decide


def _answered(fact: str, answers: tuple[str, ...], names: Callable[[str], str], *, more: bool) -> Judge:
    """One of the answers; with ``more`` the rule ends in 等, and who gave another answer may be meant as well."""
    label, wanted = names(fact), "或".join(answers)

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(fact)
        if value is None:
            return ItemFinding("unknown", f"没有填写“{label}”", limit=wanted)
        given = value if isinstance(value, tuple) else (str(value),)
        verdict: Verdict = "met" if any(one in answers for one in given) else "not-met"
        written = "、".join(given)
        if more and verdict == "not-met":
            return ItemFinding("authority", f"“{label}”填的是“{written}”，列举未尽，由主管部门认定", written, wanted)
        return ItemFinding(
            verdict, f"“{label}”填的是“{written}”" + ("" if verdict == "met" else f"，要求{wanted}"), written, wanted
        )

    return decide


def _certified(kinds: tuple[str, ...], day: dt.date) -> Judge:
    wanted = "或".join(kinds)

    def decide(facts: Facts) -> ItemFinding:
        own = [one for one in facts.certificates if one.kind in kinds]
        valid = [one for one in own if one.expires is not None and one.expires >= day]
        if valid:
            return ItemFinding("met", f"{valid[0].kind}证书有效期至 {valid[0].expires}", valid[0].kind, wanted)
        if any(one.expires is None for one in own):
            return ItemFinding("unknown", f"{wanted}证书没有填写有效期", own[0].kind, wanted)
        expired = f"{own[0].kind}证书 {own[0].expires} 已到期（判断日 {day}）" if own else f"需要{wanted}证书，没有"
        if facts.certified:
            return ItemFinding("not-met", expired, own[0].kind if own else "无", wanted)
        said = expired if own else f"需要{wanted}证书，没有填写"
        return ItemFinding("unknown", f"{said}；没有写明证书已全部列出", limit=wanted)

    return decide


def _under(fact: str, span: Duration, names: Callable[[str], str]) -> Judge:
    """Months of standstill below those that exclude."""
    label = names(fact)
    assert not isinstance(span.value, Pending)  # noqa: S101 - the caller has asked
    bound = span.value * (12 if span.unit == "年" else 1)

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(fact)
        if not isinstance(value, Decimal | int):
            return ItemFinding("unknown", f"没有填写“{label}”", limit=f"＜ {_figure(bound)} 个月")
        written = f"{_figure(value)} 个月"
        if Decimal(value) >= bound:
            return ItemFinding(
                "not-met", f"{label} {written}，达到 {_figure(bound)} 个月", written, f"＜ {_figure(bound)} 个月"
            )
        return ItemFinding(
            "met", f"{label} {written}，不到 {_figure(bound)} 个月", written, f"＜ {_figure(bound)} 个月"
        )

    return decide


def _clear(test: Test, severity: Grade, period: Window) -> Judge:
    """No entry of these kinds in the look-back; accidents from a grade on."""
    kinds = frozenset((*test.accidents, *test.records, *test.doubtful))
    lasting = test.lasting or test.unresolved
    floor = {kind: SEVERITIES.index(severity) for kind in test.accidents}
    counted = (
        f"{period.start} 至 {period.end}（{period.basis}）" if period.start > dt.date.min else f"截至 {period.end}"
    )

    def decide(facts: Facts) -> ItemFinding:
        doubtful, idle = "", list[str]()
        for one in facts.incidents:
            if one.kind not in kinds:
                continue
            least = floor.get(one.kind, 0)
            passed = _idle(one, period, least, lasting=lasting, unresolved=test.unresolved)
            if passed:
                idle.append(f"{_named(one)}{passed}，不计入")
            elif one.kind in test.doubtful:
                doubtful = f"{one.date or '日期不明'} 的{one.kind}是否属于本项由主管部门认定"
            elif least and not one.severity:
                doubtful = f"{one.date or '日期不明'} 的{one.kind}没有填写等级，不能判断"
            elif one.date is None:
                doubtful = f"{one.kind}没有填写日期，不能判断"
            else:
                return ItemFinding("not-met", f"{_named(one)}，{_stands(one, period, counted)}", _named(one))
        if doubtful:
            return ItemFinding("authority" if doubtful.endswith("认定") else "unknown", doubtful, doubtful)
        return _looked_up(facts, period, counted, idle)

    return decide


def _named(one: Incident) -> str:
    return f"{one.date or '日期不明'} {_GRADES.get(one.severity, '')}{one.kind}"


def _stands(one: Incident, period: Window, counted: str) -> str:
    """Why an entry counts: its day lies in the look-back, or it is older and has not ended."""
    assert one.date is not None  # noqa: S101 - the caller has asked
    if one.date >= period.start:
        return f"在 {counted} 之内"
    ended = f"{one.resolved} 才解除或整改完" if one.resolved else f"到 {period.end} 没有解除或整改完的日期"
    return f"早于 {period.start}，但{ended}，仍然计入"


def _idle(one: Incident, period: Window, least: int, *, lasting: bool, unresolved: bool) -> str:
    """Why an entry of a kind does not count; empty when it may."""
    if one.date is not None and one.date > period.end:
        return f"在判断日 {period.end} 之后"
    if not period.touched(one, lasting=lasting):
        ended = f"，{one.resolved} 已解除或整改完" if lasting and one.resolved else ""
        return f"在 {period.start} 之前{ended}"
    if unresolved and one.resolved is not None and one.resolved <= period.end:
        return f"，{one.resolved} 已解除或整改完"
    if least and one.severity and SEVERITIES.index(one.severity) < least:
        return f"没有达到{_GRADES[SEVERITIES[least]]}等级"
    return ""


def _looked_up(facts: Facts, period: Window, counted: str, idle: list[str]) -> ItemFinding:
    """An empty record counts once it is known to have been looked up lately."""
    listed = "；".join(idle)
    if facts.checked is None:
        reason = "没有填写逐项查询记录的日期，不能当作没有"
        return ItemFinding("unknown", "；".join(filter(None, (listed, reason))))
    if (period.end - facts.checked).days > _FRESH:
        reason = f"记录查询于 {facts.checked}，早于判断日 {period.end} {_FRESH} 天以上，要重新查询"
        return ItemFinding("unknown", "；".join(filter(None, (listed, reason))))
    if listed:
        return ItemFinding("met", f"{listed}；没有其他属于本项的记录（{facts.checked} 查询）", listed)
    return ItemFinding("met", f"{counted} 没有记录（{facts.checked} 查询）", "无记录")


_FRESH = 30
"""Days a look-up of the record is taken for current: a habit of the field, stated in no source."""


_GRADES = {"general": "一般", "larger": "较大", "major": "重大", "extraordinary": "特别重大"}


def _concerned(asked: Judge, steps: list[Judge], limit: Limit, names: Callable[[str], str]) -> Judge:
    """A rule for those a threshold singles out: asked first whether the applicant is one of them."""

    def decide(facts: Facts) -> ItemFinding:
        first = asked(facts)
        if first.verdict == "unknown":
            return ItemFinding("unknown", f"没有填写{names(limit.fact)}，不知道是否适用", limit=first.limit)
        if first.verdict == "not-met":
            return ItemFinding("none", f"不适用：{first.reason.partition('，要求')[0]}", first.value, first.limit)
        then = _all(steps)(facts)
        return ItemFinding(then.verdict, f"{first.reason}，{then.reason}", then.value, then.limit)

    return decide


def _confined(only: Only, judge: Judge, names: Callable[[str], str]) -> Judge:
    """A rule for some applicants: it bars nobody else, and gives nobody else an advantage."""
    label, wanted = names(only.fact), "或".join(only.answers)

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(only.fact)
        if value is None:
            return ItemFinding("unknown", f"没有填写“{label}”，不知道是否适用", limit=wanted)
        if str(value) in only.answers:
            return judge(facts)
        return ItemFinding("none", f"不适用：“{label}”填的是“{value}”", str(value), wanted)

    return decide


def _all(steps: list[Judge]) -> Judge:
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


def _unless(figure: Judge, answer: Judge) -> Judge:
    """A figure decides, unless an answer says that the other of two ways holds (先进值或 1 级)."""

    def decide(facts: Facts) -> ItemFinding:
        answered = answer(facts)
        return answered if answered.verdict == "met" else figure(facts)

    return decide


def _unit(unit: str) -> str:
    return unit if unit == "%" else f" {unit}"


def _figure(value: Decimal | int) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
