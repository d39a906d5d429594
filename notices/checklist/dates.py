"""The days an applicant has to mind: what comes next, on which weekday, and how many working days are left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from notices.checklist.items import Checklist, due
from notices.errors import NotFoundError
from notices.profile import Deadline, Profile
from notices.wording.clauses import clauses
from notices.wording.speaker import Speaker
from notices.wording.words import day, day_of_week, said
from notices.wording.workdays import is_workday, workday_before, workdays_between

APPLICANTS = frozenset({"applicant", "eligible-applicant"})
_OWN = "applicant-to-city"
_CHAIN = ("city-to-province", "province-to-ministry")
EARLIER = "市县截止更早，以当地通知为准"


@dataclass(frozen=True, slots=True)
class Due:
    """A day: ``when`` as printed, ``who`` does ``what``, ``left`` from the judging day; ``date`` None while open."""

    date: dt.date | None
    when: str
    who: str
    what: str
    left: str
    cite: str


def speaker_of(profile: Profile) -> Speaker:
    """The profile's phrases for an applicant: 我厅 is nobody's word but the authority's."""
    speaker = Speaker(profile, marked=True)
    speaker.called = {said(profile.authority.itself): said(profile.authority.name)}
    return speaker


def dues(checklist: Checklist, today: dt.date | None) -> tuple[tuple[Due, ...], tuple[Due, ...]]:
    """Days to come and days past, each in order; without a ``today`` none is past and nothing is counted."""
    found = sorted(_dues(checklist, today), key=lambda one: (one.date is not None, one.date or dt.date.min))
    past = tuple(one for one in found if today and one.date and one.date < today)
    return tuple(one for one in found if one not in past), past


def _dues(checklist: Checklist, today: dt.date | None) -> Iterator[Due]:
    profile = checklist.edition.profile
    speaker = speaker_of(profile)
    wanted = [(key, one) for key, one in profile.deadlines.items() if key in _CHAIN or one.by in APPLICANTS]
    if not any(one.by in APPLICANTS for _, one in wanted):
        yield Due(None, "以当地通知为准", "申报单位", f"向所在地主管部门交申报材料；{EARLIER}", "向当地询问", "")
    for key, one in wanted:
        if one.span is None:
            yield _due(one, due(profile, one), speaker, today, earlier=key == _OWN)


def _due(one: Deadline, date: dt.date | None, speaker: Speaker, today: dt.date | None, *, earlier: bool) -> Due:
    to = f"→{speaker.actor(one.to)}" if one.to else ""
    who = f"{speaker.actor(one.by)}{to}"
    if date is None:
        return Due(None, speaker.when(one), who, speaker.say(one), "日期待定", clauses(one.cite))
    what = f"{speaker.say(one)}；{EARLIER}" if earlier else speaker.say(one)
    when = f"{day(date)}（星期{day_of_week(date)}）{said(one.time)}前"
    return Due(date, when, who, what, "；".join(filter(None, (_left(today, date), rest(date)))), clauses(one.cite))


def _left(today: dt.date | None, date: dt.date) -> str:
    """How many working days are left; a span of days alone where nobody knows yet which of them are at rest."""
    if today is None:
        return ""
    days = (date - today).days
    if days < 0:
        return f"已过{-days}天"
    if days == 0:
        return "就是判断日当天"
    try:
        return f"还有{workdays_between(today, date)}个工作日（{days}天）"
    except NotFoundError:
        return f"还有{days}天（放假安排还没有公布，工作日不知道）"


def rest(date: dt.date) -> str:
    """That a day is a rest day, and the last working day before it."""
    try:
        if is_workday(date):
            return ""
        last = workday_before(date)
    except NotFoundError:
        return "是否休息日不知道（放假安排还没有公布）"
    return f"这天休息，此前最后一个工作日是{last.month}月{last.day}日（星期{day_of_week(last)}）"
