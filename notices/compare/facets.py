"""What can differ in a fact of each kind: every value compared in its own way, the words last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from notices.compare import meaning, order
from notices.compare.canonical import plain
from notices.compare.facts import ComparedFact, Side
from notices.compare.meaning import matter, words_apart
from notices.compare.order import Differing, SidePart
from notices.compare.pair import Pair
from notices.compare.spelling import folded
from notices.compare.topics import ordered
from notices.profile import Category, Contact, Deadline, Duration, Exclusion, Fact, Material, Paper, Rule
from notices.profile.facts import Attachment, Channel, Offer, OwnForm, Reference
from notices.wording.words import joined, shown


def findings(pair: Pair) -> list[Differing]:
    """Every value in which a fact differs; none when it is one rule."""
    compare, done = KINDS[type(pair.left.fact)] if not pair.left.part else (_part, frozenset({pair.left.part}))
    rest = (name for name in pair.left.names if name not in done)
    found = [finding for finding in (*compare(pair), *(_plainly(pair, name) for name in rest)) if finding is not None]
    if found and all(one.part in {"frame", "side"} for one in found) and pair.read_as_one(*pair.texts()):
        return []
    return found


def _plainly(pair: Pair, name: str) -> Differing | None:
    """A value without order, told where it differs; a title with its year filled in."""
    a, b = (
        side.words.title(plain(value)) for value, side in zip(pair.both(name), (pair.here, pair.there), strict=True)
    )
    return order.differ(*pair.both(name), _called(pair.left.fact, name), told=(a, b))


_CALLED = {"title": "标题", "applies": "适用类别", "kind": "种类", "postcode": "邮编", "part": "部分"}
_CALLED |= {"column": "专栏", "dated": "日期", "ends": "废止日期", "replaced_by": "代替文件", "name": "名称"}


def _called(fact: Fact, name: str) -> str:
    """What a field is called: its own word here, else the first words of its description."""
    described = re.split(r"[：，；。（(]", type(fact).model_fields[name].description or "")[0]
    return _CALLED.get(name) or described or name


def _rule(pair: Pair) -> Iterator[Differing | None]:
    sortable = all(ordered(side.profile.programme, entry) for entry, side in pair.each)
    yield _for(pair)
    yield _level(pair)
    yield _who(pair, "by", "由谁", "side" if _routed(pair) else "frame")
    yield order.differ(*pair.both("any_of"), "居其一即可", "frame")
    yield order.strength(*pair.both("strength"), ordered=sortable, readings=pair.both("reading"))
    yield order.limit(*pair.both("limit"), ordered=sortable, trigger=_limits_whom(pair))
    yield order.ban(*pair.both("span"), "期限", longer="stricter" if sortable and _bans(pair) else None)
    yield from _route(pair)
    grades = order.severity(*pair.both("severity"), told=_grades(pair))
    yield grades if grades is None or sortable else Differing("changed", grades.reason)
    superset = {pair.left.section, pair.right.section} == {"conditions"} and not _alternatives(pair)
    if _listed_or_said(pair):
        return
    if not _items_said(pair):
        yield order.items(*pair.both("items"), superset=superset, open_ended=pair.both("open_ended"))
    if pair.left.section in {"implements", "basis"} and _titles(pair):
        return
    part: SidePart = "side" if _routed(pair) else "frame"
    yield _words(pair, "when", "适用情形", part)
    yield _words(pair, "say", "内容", part)


def _routed(pair: Pair) -> bool:
    """Whether this is the rule that compares how one is evaluated."""
    return pair.key == pair.here.concepts.route


def _route(pair: Pair) -> Iterator[Differing | None]:
    """How each category is evaluated, once for all that agree; the words are told besides."""
    if not _routed(pair):
        return
    ways = (pair.here.profile.categories, pair.there.profile.categories)
    both = [key for key in ways[0] if key in ways[1]]
    for a, b in dict.fromkeys((ways[0][key].evidence, ways[1][key].evidence) for key in both):
        yield order.evidence(a, b)


def _grades(pair: Pair) -> tuple[str, str]:
    """The grade a phrase names where the profile has no typed one."""
    left, right = (_NAMED_GRADE.search(text) for text in pair.texts())
    return left[0] if left else "", right[0] if right else ""


_NAMED_GRADE = re.compile(r"特别重大|重大|较大")


def _items_said(pair: Pair) -> bool:
    """One side lists things, the other names every one of them in its phrase."""
    listed = [order.plain_list(value) for value in pair.both("items")]
    if bool(listed[0]) == bool(listed[1]):
        return False
    said = pair.texts()[1 if listed[0] else 0]
    return all(meaning.term(item) in meaning.term(said) for item in listed[0] or listed[1])


def _for(pair: Pair) -> Differing | None:
    """Which categories a fact is for, by the names each edition has for them."""
    given = pair.both("applies")
    meant = [frozenset(one or side.profile.categories) for one, (_, side) in zip(given, pair.each, strict=True)]
    if meant[0] == meant[1]:
        return None
    told = [
        joined(_category(side, key) for key in one) or "全部" for one, (_, side) in zip(given, pair.each, strict=True)
    ]
    return order.differ(*pair.both("applies"), "适用类别", "frame", (told[0], told[1]))


def _category(side: Side, key: Category) -> str:
    offer = side.profile.categories.get(key)
    return shown(offer.name) if offer else key


_LEVEL = {"national": "国家层面名单", "province": "省层面名单", "city": "市层面名单"}
_NAMED = re.compile(r"[国省自市盟][^，；、“”]{0,6}(?:层面|级)(?=绿色|名单)")
_LEVELS = {"national": "国家", "province": "省|自治区", "city": r"市"}


def _level(pair: Pair) -> Differing | None:
    """Of which list; an edition that names none speaks of its own, unless its phrase names levels."""
    if not any(pair.both("level")):
        return None
    meant: list[frozenset[str]] = []
    told: list[str] = []
    for (entry, side), text in zip(pair.each, pair.texts(), strict=True):
        level = entry.value("level")
        named = "" if level else "，".join(_NAMED.findall(text))
        levels = [key for key, word in _LEVELS.items() if re.search(word, named)]
        meant.append(frozenset({str(level)}) if level else frozenset(levels or [side.level]))
        other = joined(_LEVEL[key] for key in levels)
        told.append(_LEVEL[str(level)] if level else other or f"未另写（即{_LEVEL[side.level]}）")
    return order.differ(meant[0], meant[1], "名单层面", "frame", (told[0], told[1]))


def _listed_or_said(pair: Pair) -> bool:
    """One side lists what the other says in its phrase, and both say the same."""
    a, b = (_whole(entry, side) for entry, side in pair.each)
    return a == b and bool(pair.left.value("items")) != bool(pair.right.value("items"))


def _whole(entry: ComparedFact, side: Side) -> tuple[meaning.Matter, meaning.Matter]:
    when, say = (matter(entry.said(name), entry, side, listed=True) for name in ("when", "say"))
    return when, say


_WHOM = re.compile(r"\{(?:value|limit)\}[^，；]*的[^，；]*[，；]")


def _limits_whom(pair: Pair) -> bool:
    """The figure says whom a rule concerns (…以上的企业，应…), not what is required."""
    for entry in (pair.left, pair.right):
        when, say = entry.said("when"), entry.said("say")
        if entry.concerns or re.search(r"\{(?:value|limit)\}", when) or _WHOM.search(re.sub(r"（[^（）]*）", "", say)):
            return True
    return False


def _bans(pair: Pair) -> bool:
    """The span is how long something is refused: 三年内不予采信."""
    return all(
        re.search(r"\{(?:years|span)\}内[^，；]*(?:不予|不再|不得|不能|取消)", entry.said("say"))
        for entry in (pair.left, pair.right)
    )


_ANY = re.compile(r"之一|任一|任意|或|为.*的\{items\}|属于.*\{items\}|\{items\}(?:行业|企业|单位|类)")


def _alternatives(pair: Pair) -> bool:
    """One of the things listed is enough, or they say what a unit may be: more of them asks no more."""
    return any(_ANY.search(entry.said("say")) for entry in (pair.left, pair.right))


def _titles(pair: Pair) -> bool:
    a, b = (meaning.titles(entry.said("say"), side) for entry, side in pair.each)
    return bool(a) and a == b


def _who(pair: Pair, name: str, told: str, part: SidePart = "frame") -> Differing | None:
    """Who: the same party, whatever each edition calls it; or the same words."""
    a, b = pair.both(name)
    words = [plain(None) if key is None else side.actor(key) for key, side in ((a, pair.here), (b, pair.there))]
    if a == b or (a is not None and b is not None and folded(words[0]) == folded(words[1])):
        return None
    return Differing("changed", f"{told}：{words[0]} → {words[1]}", part)


def _words(pair: Pair, name: str, told: str, part: SidePart) -> Differing | None:
    """Words that state something else; the same in other words is no finding."""
    a, b = pair.left.said(name), pair.right.said(name)
    if not a and not b:
        return None
    shown = pair.here.words.filled(a, pair.left.fact), pair.there.words.filled(b, pair.right.fact)
    if not a or not b:
        brief = f"{told}：{'左' if not a else '右'}边没有写"
        return Differing("changed", f"{told}：{shown[0] or '未写'} → {shown[1] or '未写'}", part, brief)
    if matter(a, pair.left, pair.here) == matter(b, pair.right, pair.there):
        return None
    if pair.read_as_one(*shown):
        return None
    return Differing("changed", f"{told}不同：{words_apart(*shown)}", part, f"{told}不同")


def _exclusion(pair: Pair) -> Iterator[Differing | None]:
    grades = order.severity(*pair.both("severity"))
    yield grades
    yield from _kinds(pair, grades)
    yield order.ban(*pair.both("span"), "时长", longer="looser")
    yield order.yes(*pair.both("refuses"), "有此情形不得申报")
    yield _words(pair, "say", "情形", "side")
    roles = tuple(_ROLE[role] for role in pair.both("evidence_role"))
    yield order.differ(*pair.both("evidence_role"), "依据的记录", told=(roles[0], roles[1]))
    yield order.differ(*pair.both("evidence"), "记录的来源")


def _kinds(pair: Pair, grades: Differing | None) -> Iterator[Differing]:
    """What the side that takes in more grades leaves out: then neither side is the stricter."""
    if grades is None or grades.verdict == "changed":
        return
    left, right = (meaning.kinds(entry.said("say")) for entry, _ in pair.each)
    wide, narrow, side = (right, left, "右") if grades.verdict == "stricter" else (left, right, "左")
    lost = joined(one for one in narrow if not any(other in one or one in other for other in wide))
    if lost:
        yield Differing("changed", f"{side}边这一条没有写{lost}", "frame")


_ROLE = {"decides": "以…为准", "refers": "参照…", None: "未写"}


def _part(pair: Pair) -> Iterator[Differing | None]:
    """One value of the negative list's head, or an item's other consequence."""
    name = pair.left.part
    left, right = pair.both(name)
    if name == "lookback":
        yield order.ban(left, right, "回溯期限", longer="stricter")
    elif name == "open_ended":
        yield order.yes(left, right, "列举未尽", ordered=False)
    elif name == "subjects":
        yield _subjects(pair, str(left), str(right))
    elif name == "bars":
        yield _bars(left, right)
    else:
        yield _plainly(pair, name)


def _subjects(pair: Pair, left: str, right: str) -> Differing | None:
    """Whom the list binds; one that takes in more (含…) is wider."""
    a, b = folded(left), folded(right)
    if a == b or pair.read_as_one(left, right):
        return None
    bare = [re.sub(r"\((?:含|包括)[^()]*\)", "", text) for text in (a, b)]
    alike = bare[0] == bare[1] or pair.read_as_one(*bare)
    wider = 0 if not alike or (a != bare[0]) == (b != bare[1]) else 1 if b != bare[1] else -1
    verdict: order.Comparison = "changed" if not wider else "stricter" if wider > 0 else "looser"
    return Differing(verdict, f"限制对象：{left} → {right}，{order.IN_WORDS[verdict]}")


_ACTS = {"申请": "申报"}


def _bars(left: tuple[str, ...], right: tuple[str, ...]) -> Differing | None:
    """From what one is barred: more acts are stricter."""
    a, b = (frozenset(_act(text) for text in texts) for texts in (left, right))
    if a == b:
        return None
    verdict: order.Comparison = "stricter" if a < b else "looser" if b < a else "changed"
    shown = f"不得{joined(left)} → 不得{joined(right)}"
    return Differing(verdict, f"限制事项：{shown}，{order.IN_WORDS[verdict]}")


def _act(text: str) -> str:
    """申报 of 申报绿色制造名单: the act without the list it is about."""
    act = re.match(r"申报|申请|推荐|列入|评审|认定", folded(text))
    return _ACTS.get(act[0], act[0]) if act else folded(text)


def _deadline(pair: Pair) -> Iterator[Differing | None]:
    yield _who(pair, "by", "由谁", "side")
    yield _who(pair, "to", "报给谁", "side")
    (a, b) = (_when(pair.left), _when(pair.right))
    if isinstance(a, Duration) or isinstance(b, Duration):
        yield order.allowed(a, b, publicity="公示" in pair.left.said("say"))
    else:
        yield order.deadline(a, b, since=(pair.here.year, pair.there.year))
    yield _words(pair, "say", "做什么", "side")


def _when(entry: ComparedFact) -> object:
    return next((value for name in ("date", "annual", "span") if (value := entry.value(name)) is not None), None)


def _material(pair: Pair) -> Iterator[Differing | None]:
    yield _for(pair)
    yield order.more(*pair.both("copies"), "份数", "份")
    yield _forms(*pair.both("form"))
    yield _who(pair, "by", "由谁准备", "side")
    yield _words(pair, "name", "材料", "side")


def _forms(left: tuple[str, ...], right: tuple[str, ...]) -> Differing | None:
    """On paper, electronically, or both: asking for another form besides is stricter."""
    a, b = (frozenset(re.sub(r"材料|文件|版|件|形式$", "", folded(text)) for text in texts) for texts in (left, right))
    if a == b:
        return None
    shown = f"{plain(left)} → {plain(right)}"
    if not a or not b:
        return Differing("changed", f"形式：{shown}，{'左' if not a else '右'}边没有写明", "side")
    verdict: order.Comparison = "stricter" if a < b else "looser" if b < a else "changed"
    return Differing(verdict, f"形式：{shown}，{order.IN_WORDS[verdict]}")


def _offer(pair: Pair) -> Iterator[Differing | None]:
    yield order.differ(*pair.both("offered"), "是否开展", "frame")
    yield order.evidence(*pair.both("evidence"))


def _reference(pair: Pair) -> Iterator[Differing | None]:
    """A document; one that is cited without its number is the same document."""
    own = [side.profile.attachments.get(entry.id.partition(".")[2]) is not None for entry, side in pair.each]
    numbers = pair.both("number")
    if own[0] != own[1] and any(number and not mine for number, mine in zip(numbers, own, strict=True)):
        told = [
            "本通知所附" if mine else joined(filter(None, map(plain, _numbered(entry))))
            for (entry, _), mine in zip(pair.each, own, strict=True)
        ]
        yield Differing("changed", f"不是同一份文件：{told[0]} → {told[1]}", "side")
        return
    for name in ("number", "part"):
        a, b = pair.both(name)
        if a is not None and b is not None:
            yield _plainly(pair, name)


def _numbered(entry: ComparedFact) -> Iterator[object]:
    yield from (value for name in ("number", "part") if (value := entry.value(name)) is not None)


def _paper(pair: Pair) -> Iterator[Differing | None]:
    """A title that is to be confirmed is told as it is drafted."""
    told = tuple(side.words.paper_title(entry.fact) for entry, side in pair.each if isinstance(entry.fact, Paper))
    yield order.differ(*pair.both("title"), "标题", told=(told[0], told[1]))


def _none(_: Pair) -> Iterator[Differing | None]:
    yield from ()


FactKind: TypeAlias = tuple[Callable[[Pair], Iterator[Differing | None]], frozenset[str]]

KINDS: dict[type[Fact], FactKind] = {
    Rule: (
        _rule,
        frozenset({"applies", "when", "strength", "by", "say", "limit", "span", "severity", "level", "items"})
        | {"open_ended", "any_of", "confirm"},
    ),
    Exclusion: (
        _exclusion,
        frozenset({"say", "severity", "span", "evidence", "evidence_role", "refuses", "removes"}),
    ),
    Deadline: (_deadline, frozenset({"by", "to", "say", "date", "annual", "span", "confirm"})),
    Material: (_material, frozenset({"applies", "name", "by", "form", "copies", "attachments"})),
    Offer: (_offer, frozenset({"name", "offered", "evidence"})),
    Contact: (_none, frozenset()),
    Channel: (_none, frozenset({"alias"})),
    Reference: (_reference, frozenset({"number", "part", "confirm"})),
    Attachment: (_none, frozenset({"confirm"})),
    OwnForm: (_none, frozenset({"confirm"})),
    Paper: (_paper, frozenset({"title"})),
}
"""How each kind is compared, and the fields that are done with it; any other field is compared plainly."""
