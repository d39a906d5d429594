"""Which of two values is the stricter. Each function compares one value of a fact.

It gives what it found, or nothing where nothing differs. ``part`` says what a finding does to the others: a ``frame``
that differs (who, when, of what) makes values incomparable; ``measure`` can be ordered; ``side`` is told besides,
``reading`` too: a text that can be read in two ways decides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from notices.compare.canonical import CanonicalMeasure, canonical, measure, plain
from notices.compare.meaning import term
from notices.profile import Duration, Limit, Pending
from notices.profile.facts import Evidence
from notices.profile.values import SEVERITIES, Grade, Strength, in_year
from notices.wording.binding import DUTIES
from notices.wording.words import EVIDENCE_WORDS, SEVERITY_WORDS, amount, bound, day, joined, month_day

Comparison: TypeAlias = Literal["same", "changed", "only-left", "only-right", "stricter", "looser"]
SidePart: TypeAlias = Literal["frame", "measure", "reading", "side"]

IN_WORDS = {"stricter": "从严", "looser": "放宽", "changed": "不能比较宽严"}


@dataclass(frozen=True, slots=True)
class Differing:
    """One value that differs: how, and in words."""

    verdict: Comparison
    reason: str
    part: SidePart = "measure"
    brief: str = ""
    """The same where both texts stand beside it."""


def _found(way: int | None, name: str, left: str, right: str, why: str = "") -> Differing:
    """``way`` above nought: the right is stricter; below: looser; None: it cannot be ordered."""
    verdict: Comparison = "changed" if way is None else "stricter" if way > 0 else "looser"
    because = f"（{why}）" if why else ""
    return Differing(verdict, f"{name}：{left} → {right}，{IN_WORDS[verdict]}{because}")


def _sign(right: Decimal | int, left: Decimal | int) -> int:
    return (right > left) - (right < left)


_BINDING: dict[Strength, int] = {"must": 5, "principle": 4, "prefer": 3, "focus": 3, "encourage": 2, "may": 1}


def strength(
    left: Strength, right: Strength, *, ordered: bool, readings: tuple[Strength | None, Strength | None] = (None, None)
) -> Differing | None:
    """应当 binds more than 原则上, that more than 优先 or 重点, 鼓励, 可以; ``readings`` are what each may mean."""
    if left == right:
        return None
    if right == readings[0] or left == readings[1] or (readings[0] and readings[0] == readings[1]):
        whose, one, other = ("左", left, readings[0]) if readings[0] else ("右", right, readings[1])
        assert other is not None  # noqa: S101 - one of the two has a reading
        told = f"{whose}边的“{DUTIES[one].name}”也可读作“{DUTIES[other].name}”"
        return Differing("changed", f"约束力有两种读法：{told}，那样两边相同；约束力不作宽严判断", "reading")
    a, b = _BINDING.get(left), _BINDING.get(right)
    way = b - a if ordered and a is not None and b is not None else 0
    why = "" if way else "一边是对做法的陈述" if "does" in (left, right) else "这类规定不分宽严"
    return _found(way or None, "约束力", DUTIES[left].name, DUTIES[right].name, why)


def _missing(left: object, right: object, name: str, told: Callable[[object], str] | None = None) -> Differing | None:
    """One side says nothing, or is still to be confirmed."""
    told = told or plain
    if left is None or right is None:
        return _found(None, name, told(left), told(right), f"{'左' if left is None else '右'}边没有写明")
    if isinstance(left, Pending) or isinstance(right, Pending):
        if canonical(left) == canonical(right):
            return None
        return _found(None, name, told(left), told(right), "待定的值不能比较")
    return None


def limit(left: object, right: object, *, ordered: bool, trigger: bool) -> Differing | None:
    """A higher least, or a lower most, is stricter; not where it says whom a rule concerns (``trigger``)."""
    name = "门槛"
    if left is None and right is None:
        return None
    if not isinstance(left, Limit | Duration) or not isinstance(right, Limit | Duration):
        return _missing(left, right, name)
    a, b = measure(left), measure(right)
    if a == b:
        return None
    if isinstance(a.size, str) or isinstance(b.size, str):
        return _found(None, name, bound(left), bound(right), "待定的值不能比较")
    if (a.fact, a.unit, a.basis) != (b.fact, b.unit, b.basis):
        why = "指标不同" if a.fact != b.fact else "单位不同" if a.unit != b.unit else "口径不同"
        return _found(None, name, bound(left), bound(right), why)
    if not ordered or trigger:
        why = "这一门槛限定的是适用于谁" if trigger else "这类规定不分宽严"
        return _found(None, name, bound(left), bound(right), why)
    return _found(_bounds(a, b), name, bound(left), bound(right))


def _bounds(a: CanonicalMeasure, b: CanonicalMeasure) -> int | None:
    """How two bounds of one kind stand; None for bounds of different kinds, and for exact values."""
    assert isinstance(a.size, Decimal)  # noqa: S101 - the callers have put pending values aside
    assert isinstance(b.size, Decimal)  # noqa: S101
    least, most = {">", ">="}, {"<", "<="}
    for kind, up in ((least, 1), (most, -1)):
        if a.op in kind and b.op in kind:
            return up * _sign(b.size, a.size) or (len(b.op) < len(a.op)) - (len(b.op) > len(a.op))
    return None


def ban(left: object, right: object, name: str, *, longer: Literal["stricter", "looser"] | None) -> Differing | None:
    """A length of time that something lasts; ``longer`` says what a longer one is, when that can be said."""
    if left is None and right is None:
        return None
    if not isinstance(left, Limit | Duration) or not isinstance(right, Limit | Duration):
        return _missing(left, right, name)
    a, b = measure(left), measure(right)
    if a == b:
        return None
    shown = (_length(left), _length(right))
    if isinstance(a.size, str) or isinstance(b.size, str):
        return _found(None, name, *shown, "待定的值不能比较")
    if (a.unit, a.basis) != (b.unit, b.basis):
        return _found(None, name, *shown, "单位或起算不同")
    way = _sign(b.size, a.size)
    if longer is None or not way or a.op != b.op:
        return _found(None, name, *shown)
    return _found(way if longer == "stricter" else -way, name, *shown)


def _length(value: Limit | Duration) -> str:
    return amount(value) if value.op == "==" else bound(value)


def allowed(left: object, right: object, *, publicity: bool) -> Differing | None:
    """The time a deadline allows: fewer days are stricter. For a least time (不少于7个工作日) more are."""
    if isinstance(left, Limit | Duration) and isinstance(right, Limit | Duration):
        least = {left.op, right.op} <= {">", ">="}
        most = {left.op, right.op} <= {"==", "<=", "<"} and not publicity
        if least and left.op != right.op:
            return limit(left, right, ordered=True, trigger=False)
        return ban(left, right, "时间", longer="stricter" if least else "looser" if most else None)
    told = _missing(left, right, "时间", _date)
    return told or _found(None, "时间", _date(left), _date(right), "一边是日期，一边是时长")


def severity(
    left: Grade | None, right: Grade | None, name: str = "事故等级", told: tuple[str, str] = ("", "")
) -> Differing | None:
    """More grades taken in is stricter: any, then 一般, 较大, 重大, 特别重大 and above. ``told``: what phrases name."""
    if left == right:
        return None
    if left is None or right is None:
        shown = told[0] if left is None else told[1]
        why = f"{'左' if left is None else '右'}边没有写{'“及以上”' if shown else '等级'}"
        return _found(None, name, _told_grade(left, told[0]), _told_grade(right, told[1]), why)
    way = SEVERITIES.index(left) - SEVERITIES.index(right)
    wider = "右" if way > 0 else "左"
    return _found(way, name, _grade(left), _grade(right), f"{wider}边包括的等级更广")


def _told_grade(value: Grade | None, told: str) -> str:
    return told if value is None and told else _grade(value)


def _grade(value: Grade | None) -> str:
    return "未写等级" if value is None else SEVERITY_WORDS[value] or "不分等级"


def items(left: object, right: object, *, superset: bool, open_ended: tuple[bool, bool]) -> Differing | None:
    """Things listed, in any order. More of what is required is stricter; open lists are not ordered."""
    here, there = ({term(item): item for item in plain_list(value)} for value in (left, right))
    a, b = frozenset(here), frozenset(there)
    if a == b and open_ended[0] == open_ended[1]:
        return None
    sure = superset and not any(open_ended)
    way = 1 if sure and a < b else -1 if sure and b < a else None
    lost = joined(item for key, item in here.items() if key not in b)
    gained = joined(item for key, item in there.items() if key not in a)
    told = [f"{word}{found}" for word, found in (("右边没有", lost), ("右边多出", gained)) if found]
    if not here or not there:  # its phrase may name some of them
        told = [f"{'左' if not here else '右'}边没有列举"]
    shown = [
        joined(plain_list(value), open_ended=more) or "未列举"
        for value, more in zip((left, right), open_ended, strict=True)
    ]
    return _found(way, "列举", shown[0], shown[1], "，".join(told) or "一边列举未尽")


def plain_list(value: object) -> tuple[str, ...]:
    """A list of words, none when there is none."""
    return value if isinstance(value, tuple) else ()


def more(left: object, right: object, name: str, unit: str) -> Differing | None:
    """A count: more is stricter."""
    if left == right:
        return None
    if not isinstance(left, int) or not isinstance(right, int):
        return _missing(left, right, name, lambda value: f"{value}{unit}" if isinstance(value, int) else plain(value))
    return _found(_sign(right, left), name, f"{left}{unit}", f"{right}{unit}")


def deadline(left: object, right: object, *, since: tuple[int, int]) -> Differing | None:
    """Of one act in one year, or of every year, the earlier is stricter; ``since``: the years of the editions."""
    name = "时间"
    if (missing := _missing(left, right, name, _date)) or left == right:
        return missing
    if isinstance(left, dt.date) != isinstance(right, dt.date) and isinstance(left, str | dt.date):
        return _yearly(left, right, since)
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        if left.year != right.year:
            return _found(None, name, day(left), day(right), _years_apart(left, right))
        days = (left - right).days
        return _found(days, name, day(left), day(right), f"{'早' if days > 0 else '晚'} {abs(days)} 天")
    if isinstance(left, str) and isinstance(right, str):
        way = 1 if right < left else -1
        word = "早" if way > 0 else "晚"
        return _found(way, name, _date(left), _date(right), f"每年{word} {_apart(left, right)} 天")
    return _found(None, name, _date(left), _date(right), "一边是一次的日期，一边是每年的日期或时长")


def _yearly(left: object, right: object, since: tuple[int, int]) -> Differing | None:
    """A day of one year and one of every year, in the year of the former; None where they are one day.

    A rule that begins after the day it is held against says so.
    """
    once, begins = (left, since[1]) if isinstance(left, dt.date) else (right, since[0])
    assert isinstance(once, dt.date)  # noqa: S101 - the caller has seen that one of the two is
    assert isinstance(left, str | dt.date)  # noqa: S101
    assert isinstance(right, str | dt.date)  # noqa: S101
    a, b = (in_year(one, once.year) if isinstance(one, str) else one for one in (left, right))
    if a is None or b is None:
        return _found(None, "时间", _date(left), _date(right), f"{once.year}年没有这一天")
    days = (a - b).days
    why = f"按{once.year}年计{'早' if days > 0 else '晚'} {abs(days)} 天"
    if once.year < begins:
        why += f"，每年的规定出自{begins}年版"
    return _found(days, "时间", _date(left), _date(right), why) if days else None


def _date(value: object) -> str:
    return f"每年{month_day(value)}" if isinstance(value, str) else plain(value)


def _years_apart(left: dt.date, right: dt.date) -> str:
    told = f"年份不同，只能看月日：{month_day(left)} → {month_day(right)}"
    return told if (left.month, left.day) != (right.month, right.day) else "年份不同，月日相同"


def _apart(left: str, right: str) -> int:
    a, b = (in_year(value, 2024) for value in (left, right))  # a leap year: it has every day
    assert a is not None  # noqa: S101
    assert b is not None  # noqa: S101
    return abs((a - b).days)


_PROOFS: dict[Evidence, int] = {"either": 0, "self": 1, "third-party": 1, "both": 2}


def evidence(left: Evidence | None, right: Evidence | None) -> Differing | None:
    """Both proofs are more than one, a free choice is less; one against the other is not ordered."""
    if left == right:
        return None
    name = "评价方式"
    if left is None or right is None:
        shown = [EVIDENCE_WORDS[value] if value else "未写明" for value in (left, right)]
        return _found(None, name, shown[0], shown[1], f"{'左' if left is None else '右'}边没有写明")
    way = _PROOFS[right] - _PROOFS[left]
    return _found(way or None, name, EVIDENCE_WORDS[left], EVIDENCE_WORDS[right])


def yes(left: object, right: object, name: str, *, ordered: bool = True) -> Differing | None:
    """A consequence that follows or not: it following is stricter."""
    if bool(left) == bool(right):
        return None
    way = (1 if right else -1) if ordered else None
    return _found(way, name, plain(bool(left)), plain(bool(right)))


def differ(
    left: object, right: object, name: str, part: SidePart = "side", told: tuple[str, str] | None = None
) -> Differing | None:
    """Values that have no order: what differs, told; two spellings of one value do not differ."""
    if canonical(left) == canonical(right):
        return None
    here, there = told or (plain(left), plain(right))
    why = "；待定的值不能比较" if isinstance(left, Pending) or isinstance(right, Pending) else ""
    return Differing("changed", f"{name}：{here} → {there}{why}", part)
