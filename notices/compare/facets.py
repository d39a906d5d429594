"""What can differ in a fact of each kind: every value compared in its own way, the words last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notices.compare import meaning, order, phrases
from notices.compare.facts import Fact, Side
from notices.compare.kinds import KindName
from notices.compare.meaning import Same, matter, words_apart
from notices.compare.order import Finding, Part
from notices.compare.phrases import text_of
from notices.compare.spelling import folded
from notices.compare.topics import ordered
from notices.compare.values import Amount, Value


@dataclass(frozen=True)
class Pair:
    """One fact as two editions have it, and the phrases a person has read as the same."""

    left: Fact
    right: Fact
    here: Side
    there: Side
    same: Same

    def both(self, name: str) -> tuple[Value, Value]:
        """A value on both sides."""
        return self.left.fields.get(name), self.right.fields.get(name)

    def texts(self) -> tuple[str, str]:
        """The fact in words on both sides."""
        return text_of(self.left, self.here), text_of(self.right, self.there)


def findings(pair: Pair) -> list[Finding]:
    """Every value in which a fact differs; none when it is one rule."""
    return [finding for finding in _BY_KIND[pair.left.kind](pair) if finding is not None]


def _rule(pair: Pair) -> Iterator[Finding | None]:
    sortable = ordered(pair.left) and ordered(pair.right)
    yield order.differ(*pair.both("for"), "适用类别", "frame", phrases.CATEGORY)
    yield order.differ(*pair.both("level"), "名单层面", "frame", phrases.LEVEL)
    yield _who(pair, "by", "由谁")
    yield order.differ(*pair.both("any_of"), "居其一即可", "frame")
    a, b = pair.both("strength")
    yield order.strength(str(a), str(b), ordered=sortable)
    yield order.limit(*pair.both("limit"), ordered=sortable, trigger=_limits_whom(pair))
    yield order.ban(*pair.both("span"), "期限", longer="stricter" if sortable and _bans(pair) else None)
    grades = order.severity(*pair.both("severity"))
    yield grades if grades is None or sortable else Finding("changed", grades.reason)
    more = (bool(pair.left.fields.get("open_ended")), bool(pair.right.fields.get("open_ended")))
    superset = pair.left.section == "conditions" and not _alternatives(pair)
    if _listed_or_said(pair):
        return
    yield order.items(*pair.both("items"), superset=superset, open_ended=more)
    if pair.left.section in {"implements", "basis"} and _titles(pair):
        return
    yield _words(pair, "when", "适用情形", "frame")
    yield _words(pair, "say", "内容", "frame")


def _listed_or_said(pair: Pair) -> bool:
    """One side lists what the other says in its phrase, and both say the same."""
    a, b = (_whole(fact, side) for fact, side in ((pair.left, pair.here), (pair.right, pair.there)))
    return a == b and bool(pair.left.fields.get("items")) != bool(pair.right.fields.get("items"))


def _whole(fact: Fact, side: Side) -> tuple[meaning.Matter, meaning.Matter]:
    when, say = (matter(str(fact.fields.get(name) or ""), fact, side, listed=True) for name in ("when", "say"))
    return when, say


_WHOM = re.compile(r"\{(?:value|limit)\}[^，；]*的[^，；]*[，；]")


def _limits_whom(pair: Pair) -> bool:
    """The figure says whom a rule concerns (…以上的企业，应…), not what is required."""
    for fact in (pair.left, pair.right):
        when, say = (str(fact.fields.get(name) or "") for name in ("when", "say"))
        if fact.concerns or re.search(r"\{(?:value|limit)\}", when) or _WHOM.search(re.sub(r"（[^（）]*）", "", say)):
            return True
    return False


def _bans(pair: Pair) -> bool:
    """The span is how long something is refused: 三年内不予采信."""
    return all(
        re.search(r"\{(?:years|span)\}内[^，；]*(?:不予|不再|不得|不能|取消)", str(fact.fields.get("say")))
        for fact in (pair.left, pair.right)
    )


_ANY = re.compile(r"之一|任一|任意|或|为.*的\{items\}|属于.*\{items\}|\{items\}(?:行业|企业|单位|类)")


def _alternatives(pair: Pair) -> bool:
    """One of the things listed is enough, or they say what a unit may be: more of them asks no more."""
    return any(_ANY.search(str(fact.fields.get("say"))) for fact in (pair.left, pair.right))


def _titles(pair: Pair) -> bool:
    a, b = (
        meaning.titles(str(fact.fields.get("say")), side)
        for fact, side in ((pair.left, pair.here), (pair.right, pair.there))
    )
    return bool(a) and a == b


def _who(pair: Pair, name: str, told: str, part: Part = "frame") -> Finding | None:
    """Who: the same party, whatever each edition calls it; or the same words."""
    a, b = pair.both(name)
    words = [
        phrases.plain(None) if key is None else side.actors.get(str(key), str(key))
        for key, side in ((a, pair.here), (b, pair.there))
    ]
    if a == b or (a is not None and b is not None and folded(words[0]) == folded(words[1])):
        return None
    return Finding("changed", f"{told}：{words[0]} → {words[1]}", part)


def _words(pair: Pair, name: str, told: str, part: Part) -> Finding | None:
    """Words that state something else; the same in other words is no finding."""
    a, b = (str(value or "") for value in pair.both(name))
    if not a and not b:
        return None
    if not a or not b:
        return Finding("changed", f"{told}：{a or '未写'} → {b or '未写'}", part)
    if matter(a, pair.left, pair.here) == matter(b, pair.right, pair.there):
        return None
    shown = phrases.fill(a, pair.left, pair.here), phrases.fill(b, pair.right, pair.there)
    read = {meaning.spoken(shown[0], pair.here), meaning.spoken(shown[1], pair.there)}
    if any(read <= group for group in pair.same.get(pair.left.id, ())):
        return None
    return Finding("changed", f"{told}不同：{words_apart(*shown)}", part)


def _exclusion(pair: Pair) -> Iterator[Finding | None]:
    yield order.severity(*pair.both("severity"))
    yield order.ban(*pair.both("span"), "时长", longer="looser")
    yield order.yes(*pair.both("refuses"), "有此情形不得申报")
    yield _words(pair, "say", "情形", "side")
    yield order.differ(*pair.both("evidence_role"), "依据的记录", words=phrases.ROLE)
    yield order.differ(*pair.both("evidence"), "记录的来源")


def _head(pair: Pair) -> Iterator[Finding | None]:
    ((name, left),) = pair.left.fields.items()
    right = pair.right.fields[name]
    if name == "lookback":
        yield order.ban(left, right, "回溯期限", longer="stricter")
    elif name == "open_ended":
        yield order.yes(left, right, "列举未尽", ordered=False)
    elif name == "subjects":
        yield _subjects(str(left), str(right))
    elif name == "bars":
        yield _bars(order.plain_list(left), order.plain_list(right))


def _subjects(left: str, right: str) -> Finding | None:
    """Whom the list binds; one that takes in more (含…) is wider."""
    a, b = folded(left), folded(right)
    if a == b:
        return None
    bare = [re.sub(r"\((?:含|包括)[^()]*\)", "", text) for text in (a, b)]
    wider = 0 if bare[0] != bare[1] or (a != bare[0]) == (b != bare[1]) else 1 if b != bare[1] else -1
    verdict: order.Verdict = "changed" if not wider else "stricter" if wider > 0 else "looser"
    return Finding(verdict, f"限制对象：{left} → {right}，{order.IN_WORDS[verdict]}")


_ACTS = {"申请": "申报"}


def _bars(left: tuple[str, ...], right: tuple[str, ...]) -> Finding | None:
    """From what one is barred: more acts are stricter."""
    a, b = (frozenset(_act(text) for text in texts) for texts in (left, right))
    if a == b:
        return None
    verdict: order.Verdict = "stricter" if a < b else "looser" if b < a else "changed"
    shown = f"不得{phrases.joined(left)} → 不得{phrases.joined(right)}"
    return Finding(verdict, f"限制事项：{shown}，{order.IN_WORDS[verdict]}")


def _act(text: str) -> str:
    """申报 of 申报绿色制造名单: the act without the list it is about."""
    act = re.match(r"申报|申请|推荐|列入|评审|认定", folded(text))
    return _ACTS.get(act[0], act[0]) if act else folded(text)


def _deadline(pair: Pair) -> Iterator[Finding | None]:
    yield _who(pair, "by", "由谁")
    yield _who(pair, "to", "报给谁")
    (a, b) = (_when(pair.left), _when(pair.right))
    if isinstance(a, Amount) or isinstance(b, Amount):
        yield order.allowed(a, b, publicity="公示" in str(pair.left.fields.get("say")))
    else:
        yield order.deadline(a, b)
    yield _words(pair, "say", "做什么", "side")


def _when(fact: Fact) -> Value:
    return next((fact.fields[name] for name in ("date", "annual", "span") if fact.fields.get(name) is not None), None)


def _material(pair: Pair) -> Iterator[Finding | None]:
    yield order.differ(*pair.both("for"), "适用类别", "frame", phrases.CATEGORY)
    a, b = pair.both("copies")
    yield order.more(a, b, "份数", "份")
    yield _forms(order.plain_list(pair.left.fields.get("form")), order.plain_list(pair.right.fields.get("form")))
    yield _who(pair, "by", "由谁准备", "side")
    yield _words(pair, "name", "材料", "side")


def _forms(left: tuple[str, ...], right: tuple[str, ...]) -> Finding | None:
    """On paper, electronically, or both: asking for another form besides is stricter."""
    a, b = (frozenset(re.sub(r"材料|文件|版|件|形式$", "", folded(text)) for text in texts) for texts in (left, right))
    if a == b:
        return None
    shown = f"{phrases.plain(left)} → {phrases.plain(right)}"
    if not a or not b:
        return Finding("changed", f"形式：{shown}，{'左' if not a else '右'}边没有写明", "side")
    verdict: order.Verdict = "stricter" if a < b else "looser" if b < a else "changed"
    return Finding(verdict, f"形式：{shown}，{order.IN_WORDS[verdict]}")


def _offer(pair: Pair) -> Iterator[Finding | None]:
    yield order.differ(*pair.both("offered"), "是否开展", "frame")
    yield order.evidence(*pair.both("evidence"))


def _plainly(**names: str) -> Callable[[Pair], Iterator[Finding | None]]:
    """A kind without order: values that differ are told."""

    def compare(pair: Pair) -> Iterator[Finding | None]:
        for name, told in names.items():
            yield order.differ(*pair.both(name.removesuffix("_")), told)

    return compare


def _reference(pair: Pair) -> Iterator[Finding | None]:
    """A document; one that is cited without its number is the same document."""
    yield from _plainly(title="名称", kind="种类", dated="日期", ends="废止日期", replaced_by="代替文件")(pair)
    for name, told in (("number", "文号或标准号"), ("part", "部分")):
        a, b = pair.both(name)
        if a is not None and b is not None:
            yield order.differ(a, b, told)


_BY_KIND: dict[KindName, Callable[[Pair], Iterator[Finding | None]]] = {
    "rule": _rule,
    "exclusion": _exclusion,
    "head": _head,
    "deadline": _deadline,
    "material": _material,
    "offer": _offer,
    "contact": _plainly(
        office="处室", person="联系人", phone="电话", fax="传真", address="地址", postcode="邮编", email="电子邮箱"
    ),
    "channel": _plainly(name="平台", url="网址", column="专栏"),
    "reference": _reference,
    "attachment": _plainly(title="标题", for_="适用类别", kind="种类"),
    "paper": _plainly(title="标题", number="发文字号", issued="成文日期"),
}
