"""An edition's calendar worked out: stated and given dates stand, the rest is laid out around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal, TypeAlias

from notices.calendar.steps import ChainStep, Step, Steps
from notices.errors import NotFoundError
from notices.library import Edition, Library
from notices.profile import Deadline, Pending, Profile, Programme
from notices.profile.values import in_year
from notices.wording.clauses import clauses
from notices.wording.words import day, month_day, pending, said
from notices.wording.workdays import add_workdays, is_workday, workday_before, workdays_between

Basis: TypeAlias = Literal["stated", "given", "unverified", "estimate", "unknown"]
SUGGESTED = "（建议）"
"""Printed after every date nobody has stated."""
UNVERIFIED = "（待核实）"
"""Printed after a date whose clause no profile names."""
_MARKS = {"estimate": SUGGESTED, "unverified": UNVERIFIED}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One line of the calendar. ``why`` is the clause, or how the date was worked out, or why there is none."""

    key: str
    name: str
    by: str
    date: dt.date | None
    basis: Basis
    why: str
    need: int | None = None
    """Working days to the next link of the chain."""
    need_stated: bool = False
    apart: bool = False
    time: str = ""
    """The hour of the day, as it is printed; empty for the whole day."""

    @property
    def shown(self) -> str:
        """The date as it is printed: 2024年5月31日, 2024年5月17日（建议）, 待定."""
        return day(self.date) + self.time + self.mark if self.date else "待定"

    @property
    def mark(self) -> str:
        """What is printed after a date that is not certain."""
        return _MARKS.get(self.basis, "")


@dataclass(frozen=True)
class Plan:
    """The calendar of one edition in one year."""

    edition: str
    authority: str
    year: int
    entries: tuple[CalendarEntry, ...]
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]
    stamp: dt.date
    """A day fixed by the edition: when it was issued, else the first day of its year."""
    programme: Programme
    as_of: dt.date | None = None
    checked: dt.date = dt.date.min
    """When the edition was last held against its source."""

    @property
    def title(self) -> str:
        """广西壮族自治区工业和信息化厅2024年度绿色制造名单工作日程."""
        return f"{self.authority}{self.year}年度{self.programme.list_name}工作日程"

    @property
    def ordered(self) -> tuple[CalendarEntry, ...]:
        """The entries in the order of their days, those without a day last."""
        return tuple(sorted(self.entries, key=lambda one: one.date or dt.date.max))

    @property
    def dated(self) -> tuple[CalendarEntry, ...]:
        """The entries with a date, in the order of their days."""
        return tuple(one for one in self.ordered if one.date)

    @property
    def revised(self) -> dt.date:
        """The day this calendar is of: when it is looked at, else when its edition was last checked or issued."""
        return max(self.stamp, self.checked, self.as_of or self.stamp)

    def left(self, entry: CalendarEntry) -> str:
        """How far off a date is on the day asked about: 还有 12 个工作日, 今天, 已过."""
        if self.as_of is None or entry.date is None:
            return ""
        if entry.date == self.as_of:
            return "当天"
        return "已过" if entry.date < self.as_of else f"还有 {workdays_between(self.as_of, entry.date)} 个工作日"


def plan(
    library: Library,
    edition: Edition,
    steps: Steps,
    given: Mapping[str, dt.date] | None = None,
    as_of: dt.date | None = None,
) -> Plan:
    """The calendar; ``given`` are dates by a step's key, which stand before stated ones.

    Raises:
        NotFoundError: no such step, or a year whose working days are not known.
    """
    profile, given = edition.profile, dict(given or {})
    known = [*steps.chain, *steps.apart, "ministry"]
    if unknown := [key for key in given if key not in known]:
        raise NotFoundError(f"没有环节 {'、'.join(unknown)}；现有：{'、'.join(known)}")
    year = min((date.year for date in given.values()), default=profile.year)
    nation = _nation(library, profile, year)
    ministry = _ministry(nation, profile, steps, year, given)
    chain = [_entry(profile, key, step, year, given) for key, step in steps.chain.items()]
    if ministry and ministry.date and chain[-1].date is None and chain[-1].key == "province":
        chain[-1] = replace(
            chain[-1],
            date=ministry.date,
            time=ministry.time,
            basis=ministry.basis,
            why=f"按国家通知的截止日期（{ministry.why}）",
        )
    fixed = [one.key for one in chain if one.date]
    issued = [paper.issued for paper in profile.papers.values() if isinstance(paper.issued, dt.date)]
    stamp = min(issued, default=dt.date(profile.year, 1, 1))
    chain, crowded = _after(_laid_out(chain), max(issued, default=None) if year == profile.year else None)
    apart = [
        replace(_nations(_entry(profile, key, step, year, given), nation, step, year), apart=True)
        for key, step in steps.apart.items()
    ]
    entries = (*chain, *((ministry,) if ministry else ()), *apart)
    warnings = (
        *_standing(profile),
        *_overridden(profile, steps, year, given),
        *crowded,
        *_warnings(chain, ministry, entries, set(fixed)),
    )
    who, read = profile.authority.named, profile.source.checked
    checked = read if isinstance(read, dt.date) else dt.date.min
    assumed = tuple(_assumptions(chain))
    return Plan(profile.edition, who, year, entries, warnings, assumed, stamp, profile.programme, as_of, checked)


def _entry(profile: Profile, key: str, step: Step, year: int, given: Mapping[str, dt.date]) -> CalendarEntry:
    need, stated = _need(profile, step) if isinstance(step, ChainStep) else (None, False)
    made = CalendarEntry(key, step.name, step.by, None, "unknown", "", need, stated)
    if key in given:
        return replace(made, date=given[key], basis="given", why="")
    reasons = []
    for _, deadline in _deadlines(profile, step):
        date, why = _date(deadline, year)
        if date:
            if deadline.cite:
                why, time = clauses(deadline.cite), said(deadline.time)
                return replace(made, date=date, basis="stated", why=why, time=time)
            made = replace(made, date=date, basis="unverified", time=said(deadline.time))
            return replace(made, why="没有注明出自哪一条")
        reasons.append(why)
    return replace(made, why="；".join(reasons) or "原文没有规定")


def _deadlines(profile: Profile, step: Step) -> Iterator[tuple[str, Deadline]]:
    """The time limits of an edition that are this step's."""
    for name in step.stated:
        found = profile.deadlines.get(name)
        if found and not found.span:
            yield name, found


def _date(deadline: Deadline, year: int) -> tuple[dt.date | None, str]:
    """The date in a year, or why there is none."""
    waiting = next((value for value in (deadline.date, deadline.annual) if isinstance(value, Pending)), None)
    if waiting:
        return None, pending(waiting)
    if deadline.annual:
        date = in_year(deadline.annual, year)
        return date, "" if date else f"{year} 年没有{month_day(deadline.annual)}"
    if isinstance(deadline.date, dt.date) and deadline.date.year not in {year, year + 1}:
        return None, f"原文是{day(deadline.date)}，{year} 年的待定"
    return deadline.date if isinstance(deadline.date, dt.date) else None, ""


def _need(profile: Profile, step: ChainStep) -> tuple[int, bool]:
    """Working days from a step to the next: stated, or estimated."""
    for name in step.span:
        span = profile.deadlines[name].span if name in profile.deadlines else None
        if span and span.unit == "工作日" and isinstance(span.value, Decimal):
            return int(span.value), True
    return step.then, False


def _nation(library: Library, profile: Profile, year: int) -> Profile | str:
    """The national edition an edition stands under, or why none sets days of its year."""
    if isinstance(profile.answers, Pending):
        return f"所依据的国家通知{pending(profile.answers)}"
    line = library.national_line(profile.edition, profile.answers, profile.extends, nation=profile.programme.national)
    nation = library.load(line).profile if line else None
    if nation is not None and nation.year > year and profile.answers is None:  # it is of another list
        return f"没有{year}年度或更早的国家通知可依，最早的是{nation.year}年度的"
    return nation or "没有国家版本，也没有写明所依据的国家通知"


def _ministry(
    nation: Profile | str, profile: Profile, steps: Steps, year: int, given: Mapping[str, dt.date]
) -> CalendarEntry | None:
    """The date the national edition sets; None for an edition that is the national one itself."""
    if any(found.to == "ministry" for _, found in _deadlines(profile, steps.ministry)):
        return None
    made = CalendarEntry("ministry", steps.ministry.name, steps.ministry.by, None, "unknown", "")
    if "ministry" in given:
        return replace(made, date=given["ministry"], basis="given")
    if isinstance(nation, str):
        return replace(made, why=nation)
    entry = _entry(nation, "ministry", steps.ministry, year, {})
    return replace(entry, why=f"{_called(nation)} {entry.why}")


def _called(nation: Profile) -> str:
    return f"{nation.year}年度国家通知"


def _nations(own: CalendarEntry, nation: Profile | str, step: Step, year: int) -> CalendarEntry:
    """What the edition does not state may be the national edition's date."""
    if own.date or not step.national or isinstance(nation, str):
        return own
    theirs = _entry(nation, own.key, step, year, {})
    return replace(theirs, why=f"{_called(nation)} {theirs.why}") if theirs.date else own


def _laid_out(chain: list[CalendarEntry]) -> list[CalendarEntry]:
    """Dates for the links without: backwards from the next that has one, else forwards from the last.

    A rest day is counted back from as the working day before it, so that the days there are are the days needed.
    """
    made = list(chain)
    for n in range(len(made) - 2, -1, -1):
        after, need = made[n + 1], made[n].need or 0
        if made[n].date is None and after.date:
            why = f"“{after.name}”之前 {need} 个工作日"
            date = add_workdays(workday_before(after.date), -need)
            made[n] = replace(made[n], date=date, basis="estimate", why=_because(made[n], why))
    for n in range(1, len(made)):
        before, need = made[n - 1], made[n - 1].need or 0
        if made[n].date is None and before.date:
            why = f"“{before.name}”之后 {need} 个工作日"
            made[n] = replace(
                made[n], date=add_workdays(before.date, need), basis="estimate", why=_because(made[n], why)
            )
    return made


def _after(chain: list[CalendarEntry], issued: dt.date | None) -> tuple[list[CalendarEntry], tuple[str, ...]]:
    """The chain without suggestions that lie before the notice itself, and what is to be said of them."""
    early = [one for one in chain if issued and one.basis == "estimate" and one.date and one.date <= issued]
    if not early or issued is None:
        return chain, ()
    why = f"按估计的天数倒排，不晚于成文日期（{day(issued)}），不作建议"
    made = [replace(one, date=None, basis="unknown", why=why) if one in early else one for one in chain]
    names = "、".join(f"“{one.name}”" for one in early)
    return made, (
        f"时间不够：按估计的天数倒排，{names}不晚于通知的成文日期（{day(issued)}），没有建议日期；要压缩各环节的天数",
    )


def _because(entry: CalendarEntry, why: str) -> str:
    return f"{why}；{entry.why}" if entry.why else why


def _warnings(
    chain: list[CalendarEntry], ministry: CalendarEntry | None, entries: tuple[CalendarEntry, ...], fixed: set[str]
) -> Iterator[str]:
    dated = [number for number, one in enumerate(chain) if one.date]
    for first, then in pairwise(dated):
        before, after = chain[first], chain[then]
        if before.date and after.date:
            need = sum(one.need or 0 for one in chain[first:then])  # with what lies between and has no date
            there = workdays_between(before.date, after.date)
            if there < need:
                kind = "规定不少于" if before.need_stated else "估计要"
                yield (
                    f"来不及：{before.name}（{before.shown}）到{after.name}（{after.shown}）"
                    f"{f'只有 {there} 个工作日' if there >= 0 else '次序颠倒'}，{kind} {need} 个"
                )
    last = next((one for one in chain if one.key == "province"), None)
    if ministry and ministry.date and last and last.date and last.date > ministry.date:
        yield f"{last.name}（{last.shown}）晚于{ministry.name}（{ministry.shown}，{ministry.why}）"
    for one in entries:
        if one.date and one.basis != "estimate" and (one.key in fixed or one.apart) and not is_workday(one.date):
            yield f"{one.name}（{one.shown}）不是工作日"


def _standing(profile: Profile) -> Iterator[str]:
    word = {"consultation": "征求意见稿", "draft": "草稿"}.get(profile.status)
    if word:
        yield f"本版本是{word}，日期以正式印发的为准"


def _overridden(profile: Profile, steps: Steps, year: int, given: Mapping[str, dt.date]) -> Iterator[str]:
    """Stated dates that a given one stands before."""
    for key, date in given.items():
        step = steps.chain.get(key) or steps.apart.get(key)
        stated = _entry(profile, key, step, year, {}).date if step else None
        if step and stated and stated != date:
            yield f"{step.name}：原文是{day(stated)}，这里按指定的{day(date)}"


def _assumptions(chain: list[CalendarEntry]) -> Iterator[str]:
    """The working days the layout rests on."""
    parts = [
        f"{before.name}→{after.name} {before.need} 个工作日{'' if before.need_stated else SUGGESTED}"
        for before, after in pairwise(chain)
        if before.need
    ]
    yield f"推算所用的天数：{'；'.join(parts)}。"
    yield f"标{SUGGESTED}的是按估计推算的，原文没有规定。工作日已除去法定节假日，计入调休上班日。"
