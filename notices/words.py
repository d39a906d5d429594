"""How typed values read in a Chinese official document. Pure; numbers and dates follow GB/T 9704 and GB/T 15835."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from notices.profile import Limit, Pending, Profile, Rule, Severity, Span
from notices.profile.facts import Attachment, Channel, Confirmable, Contact, Deadline, Exclusion, Material, Reference
from notices.profile.values import Op

PLACEHOLDER = re.compile(r"\{(?P<name>[a-z]+)(?::(?P<arg>[a-z0-9.-]+))?\}")
"""``{limit}``, ``{ref:plan}`` ... inside a ``say``."""

_DIGITS = "零一二三四五六七八九"
_BEFORE: dict[Op, str] = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过", "==": ""}
SEVERITY_WORDS: dict[Severity, str] = {
    "any": "",
    "general": "一般及以上",
    "larger": "较大及以上",
    "major": "重大及以上",
    "extraordinary": "特别重大",
}


def chinese(number: int) -> str:
    """1 to 9,999 in Chinese numerals: 一, 十, 十二, 三十八, 一百零一, 一百一十.

    Raises:
        ValueError: outside that range.
    """
    if not 0 < number < 10_000:
        raise ValueError(f"{number} 不能写成汉字数字：只写一至九千九百九十九")
    text, zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + unit
        zero = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def pending(value: Pending) -> str:
    """【待定：成文日期】."""
    return f"【待定：{value.pending}】"


def unconfirmed(fact: object) -> str:
    """The mark behind a fact that stands as drafted: 【待定：附件名称】; empty when it is confirmed."""
    return pending(fact.confirm) if isinstance(fact, Confirmable) and fact.confirm else ""


def day(value: dt.date | Pending | None) -> str:
    """2024年5月8日: four-digit year, no leading zeros (GB/T 9704 7.3.5)."""
    if isinstance(value, Pending):
        return pending(value)
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def month_day(value: str) -> str:
    """``04-15`` as 4月15日."""
    month, number = value.split("-")
    return f"{int(month)}月{int(number)}日"


def number(value: Decimal | Pending) -> str:
    """A figure as it stands, without a trailing ``.0``."""
    return pending(value) if isinstance(value, Pending) else f"{value.normalize():f}"


def amount(limit: Limit | Span) -> str:
    """50%, 3000吨标准煤, 15项, 7个工作日."""
    unit = f"个{limit.unit}" if limit.unit == "工作日" else limit.unit
    return number(limit.value) + unit


def bound(limit: Limit | Span) -> str:
    """超过50%, 不少于10人, 不超过15项; a limit's 口径 follows in brackets."""
    before = _BEFORE[limit.op]
    if limit.op == ">=" and limit.unit in {"人", "家", "项", "份", "工作日", "日"}:
        before = "不少于"
    basis = getattr(limit, "basis", None)
    return f"{before}{amount(limit)}" + (f"（{basis}）" if basis else "")


def years(span: Span) -> str:
    """A whole number of years in Chinese numerals, as in 近三年; other spans as figures."""
    value = span.value
    if isinstance(value, Decimal) and span.unit == "年" and value == int(value):
        return f"{chinese(int(value))}年"
    return amount(span)


def copies(count: int) -> str:
    """一式三份; two is 两, as one says it."""
    return f"一式{'两' if count == 2 else chinese(count)}份"


def joined(items: Iterable[str], *, open_ended: bool = False) -> str:
    """甲、乙、丙 with 等 after an open list; quoted and bracketed titles take no comma between them (GB/T 15834)."""
    text = "、".join(items)
    for pair in ("》、《", "”、“"):
        text = text.replace(pair, pair.replace("、", ""))
    return text + ("等" if open_ended else "")


def reference(item: Reference, *, short: bool = False) -> str:
    """《title》（number）, with 以下简称 when it has an alias; ``short`` gives the alias alone."""
    if short and item.alias:
        return item.alias
    left, right = (item.quotes[:1], item.quotes[1:]) if item.quotes else ("", "")
    value = pending(item.number) if isinstance(item.number, Pending) else item.number
    alias = f"以下简称{item.alias}" if item.alias else None
    inside = "，".join(part for part in (value, item.part, unconfirmed(item), alias) if part)
    return f"{left}{item.title}{right}" + (f"（{inside}）" if inside else "")


def parts_of(item: Contact) -> tuple[str, ...]:
    """What a contact says, part by part, with what is to be confirmed as such."""
    values = (item.office, item.person, item.phone, item.email)
    return tuple(pending(value) if isinstance(value, Pending) else value for value in values if value)


class Speaker:
    """Reads a profile's facts out as phrases, resolving the places in them.

    One speaker writes one document: an alias is introduced at the first mention of a reference, and used after it.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._mentioned: set[str] = set()
        self._attached = profile.attached()

    def ref(self, key: str) -> str:
        """A reference by id."""
        item = self.profile.references[key]
        text = reference(item, short=key in self._mentioned)
        self._mentioned.add(key)
        return text

    def attachment(self, key: str) -> str:
        """附件2 for an attachment's id."""
        return self._attached[key][0]

    def actor(self, key: str) -> str:
        """What the document calls one of the parties."""
        return self.profile.actors[key]

    def channel(self, key: str) -> str:
        """A platform with its address, in full at the first mention."""
        item: Channel = self.profile.channels[key]
        if f"channel.{key}" in self._mentioned:
            return item.alias or item.name
        self._mentioned.add(f"channel.{key}")
        inside = [item.url, *([item.column] if item.column else []), *([f"以下简称{item.alias}"] if item.alias else [])]
        return f"{item.name}（{'，'.join(inside)}）"

    def say(self, fact: Rule | Exclusion | Deadline) -> str:
        """The phrase of a fact, every place in it filled with the typed value.

        Raises:
            KeyError: a place that names nothing (:mod:`notices.validation` reports it before).
        """
        return self._filled(fact.say or "", fact) + unconfirmed(fact)

    def phrase(self, rule: Rule, previous: Rule | None = None) -> str:
        """A rule as it stands in a sentence: 适用情形，who, what.

        Who is not said again right after a rule ``previous`` of the same actor.
        """
        when = f"{self.occasion(rule)}，" if rule.when else ""
        known = previous is not None and previous.by == rule.by and not when
        return when + (self.actor(rule.by) if rule.by and not known else "") + self.say(rule)

    def occasion(self, rule: Rule) -> str:
        """适用情形 of a rule, every place in it filled."""
        return self._filled(rule.when or "", rule)

    def exclusion(self, item: Exclusion) -> str:
        """An item of the negative list with the record it is judged by."""
        sources = "和".join(f"“{name}”" for name in item.evidence)
        role = {"decides": f"（以{sources}为准）", "refers": f"（参照{sources}）", None: ""}[item.evidence_role]
        return self.say(item) + role

    def _filled(self, text: str, fact: Rule | Exclusion | Deadline) -> str:
        places = self._places(fact)
        return PLACEHOLDER.sub(lambda match: places[match["name"]](match["arg"] or ""), text)

    def _places(self, fact: Rule | Exclusion | Deadline) -> dict[str, Callable[[str], str]]:
        limit, span = getattr(fact, "limit", None), getattr(fact, "span", None)
        severity = getattr(fact, "severity", None)
        date, annual = getattr(fact, "date", None), getattr(fact, "annual", None)
        items = joined(getattr(fact, "items", ()), open_ended=getattr(fact, "open_ended", False))
        return {
            "limit": lambda _: bound(limit) if limit else "",
            "value": lambda _: amount(limit) if limit else "",
            "basis": lambda _: (limit.basis or "") if limit else "",
            "span": lambda _: bound(span) if span else "",
            "years": lambda _: years(span) if span else "",
            "severity": lambda _: SEVERITY_WORDS[severity] if severity else "",
            "items": lambda _: items,
            "date": lambda _: day(date) if date else month_day(annual) if annual else "",
            "year": lambda _: str(self.profile.year),
            "ref": self.ref,
            "attachment": self.attachment,
            "actor": self.actor,
            "channel": self.channel,
        }

    def when(self, deadline: Deadline) -> str:
        """2024年5月31日前, 每年4月15日前, or 不少于7个工作日."""
        if deadline.span:
            return bound(deadline.span)
        if deadline.annual:
            return f"每年{month_day(deadline.annual)}前"
        return f"{day(deadline.date)}前"

    def material(self, item: Material) -> str:
        """推荐汇总表（附件1，纸质一式两份、电子）."""
        number = [self.attachments(item)] if self.attachments(item) else []
        forms = list(item.form)
        if item.copies and forms:
            forms[0] += copies(item.copies)
        elif item.copies:
            forms = [copies(item.copies)]
        inside = [*number, joined(forms)] if forms else number
        return item.name + (f"（{'，'.join(inside)}）" if inside else "")

    def attachments(self, item: Material) -> str:
        """附件5、附件6: where a material's forms are; those that do not apply this year are left out."""
        return "、".join(self.attachment(key) for key in item.attachments if key in self._attached)

    def contact(self, item: Contact) -> str:
        """One contact on one line: office, person, phone, email."""
        return "，".join(parts_of(item))

    def contact_lines(self, item: Contact) -> tuple[tuple[str, str], ...]:
        """(label, text) a line: whom to call, then where to write."""
        call = "，".join(parts_of(item.model_copy(update={"email": None})))
        write = parts_of(item)[-1] if item.email else ""
        return tuple((label, text) for label, text in (("联系人及电话", call), ("电子邮箱", write)) if text)

    def title(self, text: str) -> str:
        """A title with {year} filled in."""
        return text.replace("{year}", str(self.profile.year))

    def attachment_titles(self) -> tuple[tuple[str, Attachment], ...]:
        """(附件n, attachment) in order."""
        return tuple(self._attached.values())
