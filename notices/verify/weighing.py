"""Words on which a rule turns: how strongly, whom, which level, how often. One table of them.

A word of a group in the printed words of a fact is held against the words of that group in the source's sentence: the
one that stands between the same words decides. So a source may say 国家级 and 自治区级 in one sentence, and a fact that
names the wrong one of them is told; and a rule in other words of ours is not, as long as it weighs the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final

from notices.verify.wording import plain_words
from notices.wording.spelling import tidy

_TIER = r"(?=(?:[、和或及](?:国家|自治区|省|盟市|市|县))*(?:级|层面)(?!工业和信息化|主管|生态|环节))"
"""A level by itself or in a row that ends with 级 or 层面; not the name of an office."""
_MUST = (
    r"(?<![供相适对响反])应当?(?![用链对急变付答邀力])|(?<![无必])须|(?<![所必急])需(?![要求])"
    r"|(?<![主重需必纲摘概])要(?![求素点])"
)
_MAY = r"(?<![认许宁])可以?(?![靠持再行追信比观能])"

_PRINCIPLE, _DUTY = 1 << 0, 1 << 1
"""The first two classes of 约束."""
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "引据": ("参照|参考(?!附件)", "按照|依据|根据|依照|遵照"),
    "约束": ("(?:原则上)", _MUST, _MAY, "鼓励|倡导"),
    "层级": (f"国家{_TIER}", f"(?:省|自治区){_TIER}", f"(?:盟市|(?<!盟)市){_TIER}", f"县{_TIER}"),
    "步骤": ("初审|预审", "终审", "复审|复核"),
    "周期": ("(?<!半)年度|每年|一年一", "季度|每季", "月度|每月", "半年", "(?:每[两二]年|[两二]年一)", "每?三年一"),
    "批次": ("本批次", "本年度|当年度?"),
    "规模": ("规模以上", "规模以下"),
    "评价": ("自评价?|自我评价|自我声明", "第三方(?:机构|评价机构)?(?:开展)?评价(?!机构)"),
    "形式": ("纸质", "电子"),
    "记录": ("为准", "参照"),
    "办理": ("申报|申请", "推荐"),
    "主体": ("独立法人", "(?<!独立)法人"),
}
"""Group: its classes, each a pattern of words that weigh the same."""
_SUBJECTS: Final = "对象"
"""The group of what is applied for or applies, whose words the programme says: 工厂, 园区, 企业."""
_TOGETHER: Final = {"办理", _SUBJECTS}
"""Groups of which several may stand together: 推荐申报; 工厂、园区、企业, in any order."""

LIMITING: Final = (
    *("规模以上", "龙头", "高级", "中级", "同行业", "同一", "本批次", "本地区", "已列入", "已公告", "首次", "一次性"),
    *("必要时", "优先", "择优", "重点", "自愿", "鼓励", "主要"),
)
"""Words before what they limit: without them a rule reaches further."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A weighing word in a tidy text: where, with the words beside it.

    ``kind`` is the bit of its class, or the bits of several that stand together; -1: none stands there.
    """

    start: int
    end: int
    kind: int
    left: str
    right: str

    def among(self, other: Weighed) -> bool:
        """Whether the other is of this one's classes, or of more."""
        return self.kind & other.kind == self.kind


@dataclass(frozen=True, slots=True)
class Slip:
    """Where the printed words of a fact and its clause part: both, and what to do."""

    printed: str
    source: str
    hint: str

    def __str__(self) -> str:
        return f"印出“{self.printed}”，原文“{self.source}”，{self.hint}"


_SIDE = 12
"""Characters on each side by which a place is known."""


def _place(text: str, start: int, end: int, kind: int) -> Weighed:
    left = re.split("[。;]", text[max(0, start - _SIDE - 6) : start])[-1]
    right = re.split("[。;]", text[end : end + _SIDE + 6])[0]
    return Weighed(start, end, kind, plain_words(left)[-_SIDE:], plain_words(right)[:_SIDE])


@lru_cache(65_536)
def places(group: str, classes: tuple[str, ...], text: str) -> tuple[Weighed, ...]:
    """Every word of a group in a tidy text; ``classes`` are its patterns."""
    found = [
        _place(text, match.start(), match.end(), 1 << number)
        for number, words in enumerate(classes)
        for match in re.finditer(words, text)
    ]
    if group in _TOGETHER:
        return tuple(_together(sorted(found, key=lambda one: one.start), text))
    return tuple(_in_principle(found, text)) if group == "约束" else tuple(found)


_AND: Final = re.compile(r"(?:(?:\([^()]*\))?[、和或及与](?:其他)?[\u4e00-\u9fff]{0,8})?")
"""What stands between two that stand together: 绿色工厂、绿色工业|园区."""
_TWICE: Final = 1 << 16
"""The class of an enumeration that has one of its members twice."""


def _together(found: Sequence[Weighed], text: str) -> Iterator[Weighed]:
    """What stands together as one place, of all its classes."""
    runs: list[list[Weighed]] = []
    for one in found:
        if runs and _AND.fullmatch(text[runs[-1][-1].end : one.start]):
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:
        kinds = {one.kind for one in run}
        twice = len(kinds) > 1 and len(kinds) < len(run)
        yield _place(text, run[0].start, run[-1].end, sum(kinds) + (_TWICE if twice else 0))


def _in_principle(found: Sequence[Weighed], text: str) -> Iterator[Weighed]:
    """原则上 makes of the duty behind it, in its part of the sentence or (原则上，) in all of it, one in principle."""
    for one in found:
        if one.kind == _PRINCIPLE:
            continue
        before = re.split("[。;]", text[: one.start])[-1]
        throughout = re.search("原则上[,，]", before)
        here = "原则上" in re.split("[,，:]", before)[-1]
        yield replace(one, kind=_PRINCIPLE) if one.kind == _DUTY and (throughout or here) else one


@lru_cache(262_144)
def _alike(one: Weighed, other: Weighed) -> float:
    """How much of the words beside one place stands beside the other, the near ones counting most; 0 to 1."""
    total = have = 0.0
    for mine, theirs in ((one.left[::-1], other.left[::-1]), (one.right, other.right)):
        at: dict[tuple[str, str], list[int]] = {}
        for distance, pair in enumerate(pairwise(theirs)):
            at.setdefault(pair, []).append(distance)
        for distance, pair in enumerate(pairwise(mine)):
            weight = 1 / (1 + distance / 3)
            total += weight
            have += weight * max((1 / (1 + abs(other - distance) / 4) for other in at.get(pair, ())), default=0.0)
    return have / total if total else 0.0


_FIGURE = re.compile(r"\d+(?:\.\d+)?[\u4e00-\u9fff%]")


def _fits(one: Weighed, other: Weighed) -> float:
    """How well two places are the same: the words beside them, and a figure beside them both."""
    figure = _nearest(one)
    return _alike(one, other) + (0.3 if figure and figure == _nearest(other) else 0.0)


def _nearest(one: Weighed) -> str:
    """The figure that stands nearest to a place, with its unit; empty when there is none."""
    before = [(len(one.left) - match.end(), match[0]) for match in _FIGURE.finditer(one.left)]
    after = [(match.start(), match[0]) for match in _FIGURE.finditer(one.right)]
    return min((*before, *after), default=(0, ""))[1]


_MARGIN, _LEAST, _LONE = 0.12, 0.3, 0.08
"""By how much another word must fit better; how well it must fit; and how well where the source has no other."""
_MOST = 10
"""Places of one group in one passage that are told apart by what is left for the others; of more, each by itself."""


_TITLE: Final = re.compile(r"《[^《》]*》(?:[（(][^（）()]*号[^（）()]*[）)])?")
"""A document by title and number: a paper may have its short name there."""


def weighed(printed: str, source: str, subjects: tuple[str, ...] = ()) -> Iterator[Slip]:
    """Words of the printed text where the source has another of their group in the same place.

    ``subjects`` are the classes of what applies or is applied for, each a pattern, as a programme says.
    """
    said, there = (tidy(_TITLE.sub("", text)) for text in (printed, source))
    for group, classes in (*GROUPS.items(), (_SUBJECTS, subjects)):
        ours, theirs = places(group, classes, said), places(group, classes, there)
        for one, rival in _swapped(ours, theirs) if ours and theirs else ():
            yield Slip(_around(said, one), _around(there, rival), "按原文改")


def _swapped(ours: Sequence[Weighed], theirs: Sequence[Weighed]) -> Iterator[tuple[Weighed, Weighed]]:
    """Our words that stand where the source has another: every word of the source stands for one of ours at most."""
    if len(ours) == 1 or max(len(ours), len(theirs)) > _MOST:
        for one in ours:
            own = max((_fits(one, other) for other in theirs if one.among(other)), default=-1.0)
            rival = max((other for other in theirs if not one.among(other)), key=partial(_fits, one), default=None)
            if rival and _fits(one, rival) > max(own + _MARGIN, _LONE if own < 0 else _LEAST):
                yield one, rival
        return
    free, pairs = _best(ours, theirs, same=False)
    if free - _best(ours, theirs, same=True)[0] > _MARGIN:
        for one, other in pairs:
            known = any(one.among(each) for each in theirs)
            if not one.among(other) and _fits(one, other) > (_LEAST if known else _LONE):
                yield one, other


def _best(
    ours: Sequence[Weighed], theirs: Sequence[Weighed], *, same: bool
) -> tuple[float, tuple[tuple[Weighed, Weighed], ...]]:
    """The best way to pair our words with the source's, and how well it fits; ``same``: only with the same word."""

    @lru_cache(None)
    def rest(n: int, taken: int) -> tuple[float, tuple[tuple[Weighed, Weighed], ...]]:
        if n == len(ours):
            return 0.0, ()
        best = rest(n + 1, taken)
        for m, other in enumerate(theirs):
            if taken >> m & 1 or (same and not ours[n].among(other)):
                continue
            fit, pairs = rest(n + 1, taken | 1 << m)
            # what fits equally well is the same word
            fit += _fits(ours[n], other) + (0.001 if ours[n].among(other) else 0.0)
            if fit > best[0]:
                best = fit, ((ours[n], other), *pairs)
        return best

    return rest(0, 0)


_HEAD = 3
"""Characters of what a limiting word limits, by which it is found without the word."""


def unlimited(printed: str, source: str, beside: str = "") -> Iterator[Slip]:
    """Where the source limits something that the printed text has without limit; ``beside`` is fixed text before it."""
    said, there = tidy(printed), tidy(source)
    for words in (*GROUPS["层级"], *LIMITING):
        limit = re.compile(rf"(?:{words})(?:(?:[、和或及](?:国家|自治区|省|盟市|市|县))*(?:级|层面)(?:及?以上)?)?的?")
        found = [(match, there[match.end() :][:_HEAD]) for match in limit.finditer(there)]
        for head in dict.fromkeys(head for _, head in found if re.fullmatch(rf"[\u4e00-\u9fff]{{{_HEAD}}}", head)):
            yield from _unlimited(said, there, limit, head, tidy(beside))


def _unlimited(said: str, there: str, limit: re.Pattern[str], head: str, beside: str) -> Iterator[Slip]:
    theirs = list(_heads(there, limit, head))
    if sum(1 for _ in limit.finditer(said)) >= sum(1 for _ in limit.finditer(there)):
        return
    for one in _heads(said, limit, head):
        if one.kind == 0:
            continue
        free = max((_alike(one, other) for other in theirs if other.kind < 0), default=-1.0)
        bound = max((other for other in theirs if other.kind == 0), key=lambda p: _alike(one, p))
        word = limit.match(there, bound.start)
        if _alike(one, bound) > max(free + _MARGIN, _LEAST) and word and word[0] not in beside:
            yield Slip(_around(said, one), _around(there, bound), f"补上“{word[0].removesuffix('的')}”")


def _heads(text: str, limit: re.Pattern[str], head: str) -> Iterator[Weighed]:
    """Where the head stands: kind 0 with the limit before it, -1 without."""
    limited = {match.end(): match.start() for match in limit.finditer(text)}
    for match in re.finditer(re.escape(head), text):
        start = limited.get(match.start())
        yield _place(text, match.start() if start is None else start, match.start(), -1 if start is None else 0)


_INCLUDED: Final = re.compile(r"([\u4e00-\u9fff]{2,3})(\(含[^()]*\))")
_OPEN: Final = re.compile(r"([\u4e00-\u9fff]{2,3})(等)(?![级同于待价效额值])")


def unended(printed: str, source: str) -> Iterator[Slip]:
    """What stands behind a word in the source and not in the printed text: （含园区内企业）, 等."""
    said, there = tidy(printed), tidy(source)
    for pattern in (_INCLUDED, _OPEN):
        for match in pattern.finditer(there):
            place = _place(there, match.end(1), match.end(2), 0)
            for here in re.finditer(re.escape(match[1][-2:]), said):
                after = said[here.end() : here.end() + 4]
                own = _place(said, here.end(), here.end(), -1)
                gone = match[2] not in said if pattern is _INCLUDED else "等" not in after
                if gone and _alike(own, place) > 0.6:
                    yield Slip(_around(said, own), _around(there, place), f"补上“{match[2]}”")


def _around(text: str, place: Weighed) -> str:
    """The word with a few characters on each side, within its sentence."""
    before = re.split("[。;,:]", text[max(0, place.start - 8) : place.start])[-1]
    after = re.split("[。;,:]", text[place.end : place.end + 8])[0]
    return before + text[place.start : place.end] + after
