"""What a fact says, in words: for a reader (:func:`text_of`) and stripped to its matter (:func:`places_for`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from notices.compare.facts import Fact, Side
from notices.compare.values import Amount, Pending, Value

PLACE = re.compile(r"\{(?P<name>[a-z]+)(?::(?P<arg>[a-z0-9.-]+))?\}")
BEFORE = {">": "超过", ">=": "不低于", "<": "低于", "<=": "不超过", "==": ""}
COUNTED = frozenset({"人", "家", "项", "份"})
"""Units of things that are only counted in whole numbers."""
SEVERITY = {
    "any": "不分等级",
    "general": "一般及以上",
    "larger": "较大及以上",
    "major": "重大及以上",
    "extraordinary": "特别重大",
}
STRENGTH = {
    "must": "应当",
    "principle": "原则上",
    "prefer": "优先",
    "encourage": "鼓励",
    "may": "可以",
    "focus": "重点",
    "does": "陈述",
}
LEVEL = {"national": "国家层面名单", "province": "省层面名单", "city": "市层面名单"}
EVIDENCE = {"self": "自评价", "third-party": "第三方评价", "either": "自评价或第三方评价", "both": "自评价和第三方评价"}
ROLE = {"decides": "以…为准", "refers": "参照…"}
CATEGORY = {
    "factory": "绿色工厂",
    "park": "绿色工业园区",
    "supply-chain": "绿色供应链管理企业",
    "product": "绿色设计产品",
}
_DIGITS = "零一二三四五六七八九"


def waiting(value: Pending) -> str:
    """【待定：成文日期】."""
    return f"【待定：{value.what}】"


def number(value: Decimal | Pending) -> str:
    """A figure as it stands, without a trailing ``.0``."""
    return waiting(value) if isinstance(value, Pending) else f"{value.normalize():f}"


def amount(value: Amount) -> str:
    """50%, 3000吨标准煤, 7个工作日."""
    return number(value.value) + (f"个{value.unit}" if value.unit == "工作日" else value.unit)


def bound(value: Amount) -> str:
    """超过50%, 不少于10人; how it is counted follows in brackets."""
    before = "不少于" if value.op == ">=" and value.unit in {*COUNTED, "工作日", "日"} else BEFORE[value.op]
    return f"{before}{amount(value)}" + (f"（{value.basis}）" if value.basis and value.fact else "")


def years(value: Amount) -> str:
    """三年 for a whole number of years, else as figures."""
    found = value.value
    if isinstance(found, Decimal) and value.unit == "年" and found == int(found) and 0 < found < 100:
        tens, ones = divmod(int(found), 10)
        head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
        return f"{head}{_DIGITS[ones] if ones else ''}年"
    return amount(value)


def joined(items: Iterable[str], *, open_ended: bool = False) -> str:
    """甲、乙、丙, with 等 after an open list; no comma between quoted or bracketed titles."""
    text = "、".join(items)
    for pair in ("》、《", "”、“"):
        text = text.replace(pair, pair.replace("、", ""))
    return text + ("等" if open_ended else "")


def day(value: Value) -> str:
    """2024年5月8日, 5月8日 or 【待定：…】."""
    match value:
        case Pending():
            return waiting(value)
        case dt.date():
            return f"{value.year}年{value.month}月{value.day}日"
        case str():
            month, date = value.split("-")
            return f"{int(month)}月{int(date)}日"
        case _:
            return ""


def plain(value: Value) -> str:
    """Any value on its own, in words."""
    match value:
        case None:
            return "未写"
        case bool():
            return "是" if value else "否"
        case tuple():
            return joined(value) if value else "未写"
        case Amount():
            return bound(value)
        case Pending() | dt.date():
            return day(value)
        case _:
            return str(value)


def text_of(fact: Fact, side: Side) -> str:
    """A fact in words, as its document says it."""
    get = fact.fields.get
    open_ = get("confirm")
    mark = waiting(open_) if isinstance(open_, Pending) else ""
    match fact.kind:
        case "rule":
            when = f"{fill(str(get('when')), fact, side)}，" if get("when") else ""
            return when + _actor(get("by"), side) + fill(str(get("say")), fact, side) + mark
        case "exclusion":
            return fill(str(get("say")), fact, side) + _record(fact)
        case "deadline":
            return f"{_time(fact)} {_actor(get('by'), side)}{fill(str(get('say')), fact, side)}{mark}"
        case "material":
            return _material(fact, side)
        case "offer":
            how = f"（{EVIDENCE[str(get('evidence'))]}）" if get("evidence") else ""
            return f"{get('name')}{how}" if get("offered") else f"{get('name')}（不开展）"
        case "head":
            return _head(fact)
        case "reference":
            inside = "，".join(
                (*(plain(get(name)) for name in ("number", "part") if get(name)), *([mark] if mark else []))
            )
            ends = f"；{day(get('ends'))}止" if get("ends") else ""
            return f"{get('title')}" + (f"（{inside}{ends}）" if inside or ends else "")
        case "contact":
            return "，".join(plain(get(name)) for name in _REACH if get(name))
        case "channel":
            return " ".join(plain(get(name)) for name in ("name", "url", "column") if get(name))
        case _:
            title = plain(get("title")).replace("{year}", str(side.year))
            return " ".join([title + mark, *(plain(get(name)) for name in ("number", "issued") if get(name))])


def _head(fact: Fact) -> str:
    ((name, value),) = fact.fields.items()
    match name, value:
        case "lookback", Amount():
            return f"近{years(value)}"
        case "bars", tuple():
            return f"不得{joined(value)}"
        case "removes", _:
            return "有此情形移出名单"
        case "open_ended", _:
            return "列举未尽" if value else "列举已尽"
        case _:
            return plain(value)


_REACH = ("office", "person", "phone", "fax", "address", "postcode", "email")


def _time(fact: Fact) -> str:
    get = fact.fields.get
    if isinstance(length := get("span"), Amount):
        return bound(length)
    return f"每年{day(get('annual'))}前" if get("annual") else f"{day(get('date'))}前"


def _record(fact: Fact) -> str:
    names = fact.fields.get("evidence")
    sources = "和".join(f"“{name}”" for name in names) if isinstance(names, tuple) else ""
    return {"decides": f"（以{sources}为准）", "refers": f"（参照{sources}）"}.get(
        str(fact.fields.get("evidence_role")), ""
    )


def _material(fact: Fact, side: Side) -> str:
    get = fact.fields.get
    forms, copies = get("form"), get("copies")
    shown = list(forms) if isinstance(forms, tuple) else []
    if isinstance(copies, int):
        said = f"一式{'两' if copies == 2 else years(Amount('==', Decimal(copies), '年'))[:-1]}份"
        shown[:1] = [f"{shown[0]}{said}" if shown else said]
    names = get("attachments")
    found = [label for name in (names if isinstance(names, tuple) else ()) if (label := attachment(name, side))]
    inside = "，".join(part for part in ("、".join(found), joined(shown)) if part)
    return f"{get('name')}" + (f"（{inside}）" if inside else "")


def attachment(key: str, side: Side) -> str:
    """附件2 for an attachment's id, numbered among those that apply."""
    there = [fact for fact in side.facts.values() if fact.section == "attachments" and _applies(fact, side)]
    place = next((n for n, fact in enumerate(there, 1) if fact.id == f"attachments.{key}"), None)
    return "" if place is None else "附件" if len(there) == 1 else f"附件{place}"


def _applies(fact: Fact, side: Side) -> bool:
    wanted = fact.fields.get("for")
    return not isinstance(wanted, tuple) or not wanted or any(name in side.offered for name in wanted)


def _actor(key: Value, side: Side) -> str:
    return side.actors.get(str(key), str(key)) if key else ""


def fill(text: str, fact: Fact, side: Side) -> str:
    """A phrase with every place in it filled; a place that names nothing stays as it is written."""
    places = _places(fact, side)

    def filled(match: re.Match[str]) -> str:
        place = places.get(match["name"])
        return match[0] if place is None else place(match["arg"] or "")

    return PLACE.sub(filled, text)


def _places(fact: Fact, side: Side) -> Mapping[str, Callable[[str], str]]:
    get = fact.fields.get
    found = {name: value for name in ("limit", "span") if isinstance(value := get(name), Amount)}
    length, threshold = found.get("span"), found.get("limit")
    items = get("items")
    listed = joined(items, open_ended=bool(get("open_ended"))) if isinstance(items, tuple) else ""
    severity = str(get("severity") or "")
    return {
        "limit": lambda _: bound(threshold) if threshold else "",
        "value": lambda _: amount(threshold) if threshold else "",
        "basis": lambda _: threshold.basis if threshold else "",
        "span": lambda _: bound(length) if length else "",
        "years": lambda _: years(length) if length else "",
        "severity": lambda _: "" if severity == "any" else SEVERITY.get(severity, ""),
        "items": lambda _: listed,
        "date": lambda _: day(get("date") or get("annual")),
        "year": lambda _: str(side.year),
        "ref": lambda key: _reference(key, side),
        "attachment": lambda key: attachment(key, side) or key,
        "actor": lambda key: _actor(key, side),
        "channel": lambda key: _name(f"channels.{key}", "name", side) or key,
    }


def _reference(key: str, side: Side) -> str:
    title = _name(f"references.{key}", "title", side)
    return f"《{title}》" if title else key


def _name(identity: str, field: str, side: Side) -> str:
    fact = side.facts.get(identity)
    return str(fact.fields.get(field, "")) if fact else ""
