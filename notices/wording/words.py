"""How typed values read in a Chinese official document. Pure; numbers and dates follow GB/T 9704 and GB/T 15835."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from notices.errors import WordingError
from notices.marks import unmarked
from notices.profile import Duration, Grade, Limit, Pending
from notices.profile.facts import Deadline, Evidence, Reference
from notices.profile.people import Contact, Person
from notices.profile.values import Confirmable, Op

PLACEHOLDER = re.compile(r"\{(?P<name>[a-z]+)(?::(?P<arg>[a-z0-9.-]+))?\}")
"""``{limit}``, ``{ref:plan}`` ... inside a ``say``."""

_DIGITS: Final = "零一二三四五六七八九"
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_VALUES: Final = {
    "零": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "〇": 0,
    "两": 2,
}
"""How a digit is read; written out, so that a slip in what is written cannot read itself back."""
NUMERALS: Final = "".join((*_VALUES, *_TENS, "万"))
"""Characters a Chinese numeral is written with."""


class Bound(NamedTuple):
    """How a bound is written before a figure, and the patterns of what a text may say before or after one."""

    written: str
    before: str = ""
    after: str = ""
    grade: str = ""
    """Of a grade or a level, not of a size."""


BOUNDS: Final[Mapping[Op, Bound]] = {
    "<=": Bound("不超过", "不得?超过|不得?高于|不得?大于|不得?多于|不得?突破|最多|至多", "及?以下|以内"),
    ">=": Bound("不低于", "不得?低于|不得?少于|不得?小于|不得?短于|至少|最少|达到", "及?以上", "优于或等于"),
    ">": Bound("超过", "超过|大于|高于|多于", "", "优于"),
    "<": Bound("低于", "低于|不足|小于|少于|不满|未满"),
    "==": Bound(""),
}
"""Every bound there is; 不超过 stands before 超过, which it ends with."""
SEVERITY_WORDS: dict[Grade, str] = {
    "any": "",
    "general": "一般及以上",
    "larger": "较大及以上",
    "major": "重大及以上",
    "extraordinary": "特别重大",
}
COUNTED: Final = frozenset({"人", "家", "项", "份"})
"""Units of things that are only counted in whole numbers."""
EVIDENCE_WORDS: dict[Evidence, str] = {
    "self": "自评价",
    "third-party": "第三方评价",
    "either": "自评价或第三方评价",
    "both": "自评价和第三方评价",
}


def chinese(number: int) -> str:
    """1 to 9,999 in Chinese numerals: 一, 十, 十二, 三十八, 一百零一, 一百一十.

    Raises:
        WordingError: outside that range.
    """
    if not 0 < number < 10_000:
        raise WordingError(f"{number} 不能写成汉字数字：只写一至九千九百九十九")
    text, zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + unit
        zero = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def figure(text: str) -> Decimal | None:
    """三千 as 3000, 十二 as 12, 二〇二四 as 2024, 3,000 as 3000; None for what is no number."""
    plain = text.replace(",", "")
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return Decimal(plain)
    if re.fullmatch(r"\d+(\.\d+)?万", plain):
        return Decimal(plain[:-1]) * 10000
    if not text or set(text) - set(NUMERALS):
        return None
    if len(text) > 1 and not set(text) & {*_TENS, "万"}:  # digit by digit
        return Decimal("".join(str(_VALUES[char]) for char in text))
    total, section, one = 0, 0, 0
    for char in text:
        if char == "万":
            total, section, one = (total + section + one) * 10000, 0, 0
        elif char in _TENS:
            section, one = section + (one or 1) * _TENS[char], 0
        else:
            one = _VALUES[char]
    return Decimal(total + section + one)


def pending(value: Pending) -> str:
    """【待定：成文日期】, with the marks of a value to be confirmed; what is no document prints it unmarked."""
    return str(value)


def said(value: object) -> str:
    """A value as it is printed, one to be confirmed with its marks; nothing for None."""
    return "" if value is None else str(value)


def shown(value: object) -> str:
    """A value as what is no document prints it, on a screen or in a table of figures: without marks."""
    return unmarked(said(value))


def unconfirmed(fact: object) -> str:
    """The mark behind a fact that stands as drafted: 【待定：附件名称】; empty when it is confirmed."""
    return pending(fact.confirm) if isinstance(fact, Confirmable) and fact.confirm else ""


def day(value: dt.date | Pending | None) -> str:
    """2024年5月8日: four-digit year, no leading zeros (GB/T 9704 7.3.5)."""
    if isinstance(value, Pending):
        return pending(value)
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def month_day(value: str | dt.date | Pending) -> str:
    """``04-15``, or a date without its year, as 4月15日."""
    if isinstance(value, Pending):
        return pending(value)
    month, number = (value if isinstance(value, str) else f"{value:%m-%d}").split("-")
    return f"{int(month)}月{int(number)}日"


def day_of_week(value: dt.date) -> str:
    """一 to 日: what follows 周 or 星期."""
    return "一二三四五六日"[value.weekday()]


def until(item: Deadline) -> str:
    """2024年5月31日前, 2024年5月31日17:30前, 每年4月15日前; empty for a span of time."""
    if item.span:
        return ""
    annual = f"每年{month_day(item.annual)}" if item.annual else ""
    return f"{annual or day(item.date)}{said(item.time)}前"


def number(value: Decimal | Pending) -> str:
    """A figure as it stands, without a trailing ``.0``."""
    return pending(value) if isinstance(value, Pending) else f"{value.normalize():f}"


def amount(limit: Limit | Duration) -> str:
    """50%, 3000吨标准煤, 15项, 7个工作日."""
    unit = f"个{limit.unit}" if limit.unit == "工作日" else limit.unit
    return number(limit.value) + unit


def bound(limit: Limit | Duration) -> str:
    """超过50%, 不少于10人, 不超过15项; a limit's 口径 follows in brackets."""
    before = BOUNDS[limit.op].written
    if limit.op == ">=" and limit.unit in {*COUNTED, "工作日", "日"}:
        before = "不少于"
    basis = getattr(limit, "basis", None)
    return f"{before}{amount(limit)}" + (f"（{basis}）" if basis else "")


def years(span: Duration) -> str:
    """A whole number of years in Chinese numerals, as in 近三年; other spans as figures."""
    value = span.value
    if isinstance(value, Decimal) and span.unit == "年" and value == int(value):
        return f"{chinese(int(value))}年"
    return amount(span)


def copies(count: int | Pending) -> str:
    """一式三份; two is 两, as one says it."""
    shown = pending(count) if isinstance(count, Pending) else "两" if count == 2 else chinese(count)
    return f"一式{shown}份"


def forms_of(ways: Sequence[str | Pending], count: int | Pending | None) -> tuple[str, ...]:
    """纸质一式两份, 电子: the ways a material is handed in; the copies are those on paper."""
    forms = tuple(map(said, ways))
    if not count:
        return forms
    paper = next((form for form in forms if form.startswith("纸质")), "")
    return (
        tuple(form + copies(count) if form == paper else form for form in forms) if paper else (copies(count), *forms)
    )


def joined(items: Iterable[str | Pending], *, open_ended: bool = False) -> str:
    """甲、乙、丙 with 等 after an open list; quoted and bracketed titles take no comma between them (GB/T 15834)."""
    text = "、".join(map(said, items))
    for pair in ("》、《", "”、“"):
        text = text.replace(pair, pair.replace("、", ""))
    return text + ("等" if open_ended else "")


def bracketed(name: str | Pending, inside: Iterable[str | Pending | None]) -> str:
    """甲（乙，丙）: a name with what is known of it, less what is not; without brackets where nothing is."""
    parts = "，".join(filter(None, map(said, inside)))
    return f"{name}（{parts}）" if parts else said(name)


def titled(item: Reference) -> str:
    """《title》 of a reference, in its own quotes."""
    left, right = (item.quotes[:1], item.quotes[1:]) if item.quotes else ("", "")
    return f"{left}{item.title}{right}"


def reference(item: Reference, *, short: bool = False) -> str:
    """《title》（number）, with 以下简称 when it has an alias; ``short`` gives the alias alone."""
    if short and item.alias:
        return item.alias
    alias = f"以下简称{item.alias}" if item.alias else None
    return bracketed(titled(item), (item.number, item.part, unconfirmed(item), alias))


def parts_of(item: Contact) -> tuple[str, ...]:
    """What a contact says, part by part, with what is to be confirmed as such."""
    people = map(one_of, item.people) if item.people else (said(item.person), said(item.phone))
    others = ((item.fax, "传真"), (item.address, ""), (item.postcode, "邮编"), (item.email, ""))
    values = (said(item.office), *people, *(lead + said(value) for value, lead in others if value), unconfirmed(item))
    return tuple(filter(None, values))


def one_of(person: Person) -> str:
    """张三（0771-1234567、0771-7654321）: one of several people and how to reach them."""
    phones = "、".join(map(said, person.phone))
    return bracketed(person.person, (phones, person.email)) if person.person else phones
