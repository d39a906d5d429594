"""Rules against facts: met, not met, not known, for the authority to decide, or not this applicant's; and why.

What is not known is never met, and never reported as not met.

A profile's rules become small functions once (:func:`judge`); an applicant is then judged without looking at the
profile again.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from notices.checklist.combine import among, both, concerned, confined, unless
from notices.checklist.facts import Facts, Incident
from notices.checklist.finding import BY_HAND, VERDICT_WORDS, ItemFinding, Judge, Verdict
from notices.profile import Duration, Exclusion, Grade, Limit, Pending, Rule
from notices.profile.values import SEVERITIES, Op, Test
from notices.wording.words import day as _day

__all__ = [
    "BY_HAND",
    "HOLDS",
    "VERDICT_WORDS",
    "ItemFinding",
    "Judge",
    "Verdict",
    "Window",
    "asks",
    "judge",
    "left",
    "window",
]

HOLDS: dict[Op, Callable[[Decimal, Decimal], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
}
"""Whether a value stands to a bound as a limit says."""
_ASKED: dict[Op, str] = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过", "==": "等于"}
_HELD: dict[Op, str] = {**_ASKED, ">=": "达到"}
_MISSED: dict[Op, str] = {">": "未超过", ">=": "不到", "<": "达到", "<=": "超过", "==": "不等于"}
"""A bound in words: as a rule asks it, of a value that holds, of one that does not."""


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
        return concerned(_compared(limit, names), steps, names(limit.fact))
    if limit is not None:
        steps.insert(0, _compared(limit, names))
    if test.either and len(steps) > 1:
        steps = [unless(*steps)]
    decide = both(steps) if len(steps) > 1 else steps[0] if steps else None
    if test.only is None:
        return decide
    return confined(test.only, decide or (lambda _: BY_HAND), names(test.only.fact))


def asks(rule: Rule | Exclusion) -> frozenset[str]:
    """The facts of an applicant a rule looks at, by their names."""
    test = rule.test or Test()
    limit = rule.limit.fact if isinstance(rule, Rule) and rule.limit else ""
    only = test.only.fact if test.only else ""
    looked = "record_date" if test.accidents or test.records or test.doubtful else ""
    held = "certificate" if test.certificate else ""
    return frozenset(filter(None, (limit, test.fact, test.months, only, looked, held)))


def left(rule: Rule | Exclusion) -> bool:
    """Whether the authority has the last word on a rule, whatever the applicant answers."""
    test = rule.test or Test()
    compared = isinstance(rule, Rule) and rule.limit is not None
    decided = compared or test.fact or test.certificate or test.months or test.accidents or test.records
    return test.claimed or not (decided or test.doubtful)


def _steps(rule: Rule | Exclusion, test: Test, names: Callable[[str], str], period: Window) -> Iterator[Judge]:
    if test.fact:
        more = isinstance(rule, Rule) and rule.open_ended and set(test.answers) <= set(rule.items)
        yield _answered(test.fact, test.answers, names, more=more, claimed=test.claimed)
    if test.certificate:
        yield _certified(test.certificate, period.end)
    if test.months and rule.span is None:
        yield _stopped(test.months, names)
    elif test.months and rule.span is not None and not isinstance(rule.span.value, Pending):
        yield _under(test.months, rule.span, names)
    if test.accidents or test.records or test.doubtful:
        yield _clear(test, rule.severity or "any", period)


def _compared(limit: Limit, names: Callable[[str], str]) -> Judge:
    fact, label, unit = limit.fact, names(limit.fact), limit.unit
    if isinstance(limit.value, Pending):
        return lambda _: ItemFinding("unknown", f"{label}的限值待定")
    bound, holds = limit.value, HOLDS[limit.op]
    amount = f"{_figure(bound)}{unit}"
    shown = f"{_ASKED[limit.op]}{amount}"

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(fact)
        if not isinstance(value, Decimal | int):
            return ItemFinding("unknown", f"没有填写{label}（要求{shown}）", limit=shown)
        written = f"{_figure(value)}{unit}"
        if holds(Decimal(value), bound):
            return ItemFinding("met", f"{label}{written}，{_HELD[limit.op]}{amount}", written, shown)
        return ItemFinding("not-met", f"{label}{written}，{_MISSED[limit.op]}{amount}", written, shown)

    return decide


def _answered(fact: str, answers: tuple[str, ...], names: Callable[[str], str], *, more: bool, claimed: bool) -> Judge:
    """One of the answers; with ``more`` the rule ends in 等, and who gave another answer may be meant as well.

    What is only ``claimed`` meets nothing by itself: another answer fails, this one is the authority's to decide.
    """
    label, wanted = names(fact), "或".join(answers)

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(fact)
        if value is None:
            return ItemFinding("unknown", f"没有填写“{label}”", limit=wanted)
        given = value if isinstance(value, tuple) else (str(value),)
        verdict: Verdict = "met" if among(value, answers) else "not-met"
        written = "、".join(given)
        if claimed and verdict == "met":
            return ItemFinding("authority", f"“{label}”填的是“{written}”，是否属实由主管部门判断", written, wanted)
        if more and verdict == "not-met":
            return ItemFinding("authority", f"“{label}”填的是“{written}”，列举未尽，由主管部门认定", written, wanted)
        return ItemFinding(
            verdict, f"“{label}”填的是“{written}”" + ("" if verdict == "met" else f"，要求“{wanted}”"), written, wanted
        )

    return decide


def _certified(kinds: tuple[str, ...], day: dt.date) -> Judge:
    wanted = "或".join(kinds)

    def decide(facts: Facts) -> ItemFinding:
        own = [one for one in facts.certificates if one.kind in kinds]
        valid = [one for one in own if one.expires is not None and one.expires >= day]
        if valid:
            return ItemFinding("met", f"{valid[0].kind}证书有效期至{_day(valid[0].expires)}", valid[0].kind, wanted)
        if any(one.expires is None for one in own):
            return ItemFinding("unknown", f"{wanted}证书没有填写有效期", own[0].kind, wanted)
        expired = f"{own[0].kind}证书{_day(own[0].expires)}已到期" if own else f"需要{wanted}证书，没有"
        if facts.certified:
            return ItemFinding("not-met", expired, own[0].kind if own else "无", wanted)
        said = expired if own else f"需要{wanted}证书，没有填写"
        return ItemFinding("unknown", f"{said}；没有写明证书已全部列出", limit=wanted)

    return decide


def _stopped(fact: str, names: Callable[[str], str]) -> Judge:
    """Months of standstill where the source does not say how many exclude: any are the authority's to judge."""
    label = names(fact)

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(fact)
        if not isinstance(value, Decimal | int):
            return ItemFinding("unknown", f"没有填写“{label}”")
        if not value:
            return ItemFinding("none", f"{label}0个月")
        written = f"{_figure(value)}个月"
        return ItemFinding("authority", f"{label}{written}，原文没有写停产多久算，由主管部门认定", written)

    return decide


def _under(fact: str, span: Duration, names: Callable[[str], str]) -> Judge:
    """Months of standstill below those that exclude."""
    label = names(fact)
    assert not isinstance(span.value, Pending)  # noqa: S101 - the caller has asked
    bound = span.value * (12 if span.unit == "年" else 1)
    shown = f"低于{_figure(bound)}个月"

    def decide(facts: Facts) -> ItemFinding:
        value = facts.values.get(fact)
        if not isinstance(value, Decimal | int):
            return ItemFinding("unknown", f"没有填写“{label}”", limit=shown)
        written = f"{_figure(value)}个月"
        if Decimal(value) >= bound:
            return ItemFinding("not-met", f"{label}{written}，达到{_figure(bound)}个月", written, shown)
        return ItemFinding("met", f"{label}{written}，不到{_figure(bound)}个月", written, shown)

    return decide


def _clear(test: Test, severity: Grade, period: Window) -> Judge:
    """No entry of these kinds in the look-back; accidents from a grade on."""
    kinds = frozenset((*test.accidents, *test.records, *test.doubtful))
    lasting = test.lasting or test.unresolved
    floor = {kind: SEVERITIES.index(severity) for kind in test.accidents}
    counted = "回看期内" if period.start > dt.date.min else f"截至{_day(period.end)}"

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
                doubtful = f"{_when(one)}的{one.kind}是否属于本项由主管部门认定"
            elif least and not one.severity:
                doubtful = f"{_when(one)}的{one.kind}没有填写等级，不能判断"
            elif one.date is None:
                doubtful = f"{one.kind}没有填写日期，不能判断"
            else:
                return ItemFinding("not-met", f"{_named(one)}，{_stands(one, period, counted)}", _named(one))
        if doubtful:
            return ItemFinding("authority" if doubtful.endswith("认定") else "unknown", doubtful, doubtful)
        return _looked_up(facts, period, counted, idle)

    return decide


def _when(one: Incident) -> str:
    return _day(one.date) if one.date else "日期不明"


def _named(one: Incident) -> str:
    return f"{_when(one)}{_GRADES.get(one.severity, '')}{one.kind}"


def _stands(one: Incident, period: Window, counted: str) -> str:
    """Why an entry counts: its day lies in the look-back, or it is older and has not ended."""
    assert one.date is not None  # noqa: S101 - the caller has asked
    if one.date >= period.start:
        return f"在{counted}" if counted.endswith("内") else f"在{counted}以前"
    ended = f"{_day(one.resolved)}才解除或整改完" if one.resolved else f"到{_day(period.end)}没有解除或整改完的日期"
    return f"早于{_day(period.start)}，但{ended}，仍然计入"


def _idle(one: Incident, period: Window, least: int, *, lasting: bool, unresolved: bool) -> str:
    """Why an entry of a kind does not count; empty when it may."""
    if one.date is not None and one.date > period.end:
        return "在判断日之后"
    if not period.touched(one, lasting=lasting):
        ended = f"，{_day(one.resolved)}已解除或整改完" if lasting and one.resolved else ""
        return f"在{_day(period.start)}之前{ended}"
    if unresolved and one.resolved is not None and one.resolved <= period.end:
        return f"，{_day(one.resolved)}已解除或整改完"
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
        reason = f"记录查询于{_day(facts.checked)}，比判断日早{_FRESH}天以上，要重新查询"
        return ItemFinding("unknown", "；".join(filter(None, (listed, reason))))
    if listed:
        return ItemFinding("met", f"{listed}；没有其他属于本项的记录（{_day(facts.checked)}查询）", listed)
    none = "没有属于本项的记录" if facts.incidents else "没有记录"
    return ItemFinding("met", f"{counted}{none}（{_day(facts.checked)}查询）", "无记录")


_FRESH = 30
"""Days a look-up of the record is taken for current: a habit of the field, stated in no source."""


_GRADES = {"general": "一般", "larger": "较大", "major": "重大", "extraordinary": "特别重大"}


def _figure(value: Decimal | int) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
