"""The words around a fact's values: how many of them a passage has, and whether it turns them into their contrary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

from notices.verify.terms import Demand
from notices.wording.binding import STRENGTH_WORDS, binding
from notices.wording.spelling import bare, tidy

ENOUGH = 0.6
"""The least share of a fact's own words that must stand in the sentences it is held against."""

_IDLE = re.compile("[的应要将请其和及或与并在对向以为]")
_SHORT = 12
"""A phrase of fewer characters is too short for the full share: one word of ours weighs too much in it."""


@lru_cache(65_536)
def plain_words(text: str) -> str:
    """What is compared by overlap: no idle words, not who speaks, one spelling of the ministry's name."""
    return _IDLE.sub("", re.sub("我[厅部委局]", "", bare(text).replace("工业和信息化", "工信")))


def _enough(phrase: Iterable[str]) -> float:
    return ENOUGH if sum(len(plain_words(part)) for part in phrase) >= _SHORT else ENOUGH - 0.1


def best_window(phrase: Iterable[str], text: str) -> tuple[str, float]:
    """The fewest sentences in a row, three at most, that hold most of the phrase, and the share they hold."""
    words = [word for part in phrase if (word := plain_words(part))]
    if not words:
        return "", 1.0
    sentences = _sentences(text)
    plainer = [_WEIGHTY.sub("", word) for word in words]  # 鼓励 of another sentence does not draw that one in
    if sum(map(len, plainer)) < _SHORT // 2:
        plainer = words
    best, share = "", 0.0
    for length in (1, 2, 3, len(sentences)):
        for n in range(max(len(sentences) - length + 1, 0)):
            window = "".join(sentences[n : n + length])
            score = _share(plainer, pairs_of(window))
            if score > share + (0.03 if best else 0):
                best, share = window, score
    return best, round(_covered(words, plain_words(best)), 2)


def _covered(words: Sequence[str], text: str) -> float:
    """The share of the characters of the words that stand in the text beside the same neighbour."""
    return _share(words, frozenset(pairwise(text)))


@lru_cache(1024)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.findall(r"[^。；;！？\n]+[。；;！？]?", text) if bare(part))


@lru_cache(65_536)
def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of neighbours in a text's plain words."""
    return frozenset(pairwise(plain_words(text)))


def alike(one: AbstractSet[tuple[str, str]], other: AbstractSet[tuple[str, str]]) -> float:
    """How much two texts have in common by the pairs of each, from 0 to 1 (the Dice coefficient)."""
    return 2 * len(one & other) / max(len(one) + len(other), 1)


def _share(words: Sequence[str], pairs: frozenset[tuple[str, str]]) -> float:
    total = sum(map(len, words))
    return sum(sum(_kept(word, pairs)) for word in words) / total if total else 1.0


def _kept(word: str, pairs: AbstractSet[tuple[str, str]]) -> list[bool]:
    """Which characters of a word stand in the text beside the same neighbour."""
    kept = [False] * len(word)
    for n, pair in enumerate(pairwise(word)):
        if pair in pairs:
            kept[n] = kept[n + 1] = True
    return kept


_HOUSE = re.compile(
    "符合下列(?:条件|要?求)(?:之一)?|下列情形之一|之一|上述|此前|从中|也可|具体|方面|顺序|相比|根据|按照|执行|采用|结合|围绕"
    "|开展|组织|实施|做好|承担|完成|发生|提高|建立|属于|工作|单位|资料|材料|报告|提交|报送|全[省区]|第?\\d+至?|[A-Z]级"
)
"""Words of official style that link what is stated and state nothing of their own: ours need not be the source's."""


def alien(phrase: Iterable[str], texts: Iterable[str]) -> Iterator[str]:
    """Words of a phrase, two characters or more, that are in none of the texts."""
    pairs = set().union(*map(pairs_of, texts))
    for part in phrase:
        word = plain_words(part)
        marks = "".join("x" if kept else "." for kept in _kept(word, pairs))
        for match in re.finditer(r"\.{2,}", marks):
            run = word[match.start() : match.end()]
            if len(_HOUSE.sub("", run)) > 1:
                yield run


_FAMILIES = (
    ("应", "应当", "须", "必须", "要", "需", "请"),
    ("可", "可以"),
    ("不得", "不能", "严禁", "禁止"),
    ("或", "或者", "、", "以及", "和"),
    ("且", "并", "、", "和"),
    ("之一", "以下", "下列", "至少", "或"),
    ("不低于", "不少于", "至少", "达到"),
    ("后", "之后"),
    ("前", "之前"),
)
"""Words that bind in the same way: a source may use any of a family."""


def unbound(phrase: Iterable[str], source: str) -> list[str]:
    """The words of a phrase that bind and of whose family the source has none."""
    plain = tidy(source)
    words = dict.fromkeys(word for part in phrase for _, word in binding(part))
    return [
        word
        for word in words
        if not any(one in plain for family in (*_FAMILIES, (word,)) if word in family for one in family)
    ]


_LINKS = frozenset("中存有备上前者不和及与或并等各本其将把对在于为以已要应可请的了")
"""Characters that link what is stated: a source may have another."""


def replaced(phrase: Iterable[str], window: str) -> list[str]:
    """One character of a word that is another in the source: 能源管理 where it has 能耗管理.

    The two before and the two behind are the same in both; a longer difference is found by :func:`alien`.
    """
    there, found = plain_words(window), []
    for part in phrase:
        word = plain_words(part)
        for n in range(2, len(word) - 2):
            here = word[n - 2 : n + 3]
            other = "" if here in there else _otherwise(here, there)
            if other and not {here[2], other[2]} & _LINKS:
                found.append(f"“{here}”在原文是“{other}”")
    return found


def _otherwise(five: str, text: str) -> str:
    """Where a text first has five characters with another Chinese one in the middle; empty where it has not."""
    at = text.find(five[:2])
    while at >= 0:
        if text.startswith(five[3:], at + 3) and "\u4e00" <= text[at + 2] <= "\u9fff":
            return text[at : at + 5]
        at = text.find(five[:2], at + 1)
    return ""


_WORD = 6
"""Characters of the longest word a list is of."""


def listing(members: Sequence[str], source: str, *, open_ended: bool) -> list[str]:
    """What a source lists besides the members, or leaves open (等) where a fact says that they are all.

    Only where all of them stand in one sentence, parted by 、 as a list is; one alone, where it is no more than a word.
    """
    if len(members) == 1 and len(members[0]) > _WORD:
        return []
    for sentence in re.split("[。;]", tidy(source)):
        places = [(sentence.find(tidy(one)), len(tidy(one))) for one in members]
        if any(at < 0 for at, _ in places):
            continue
        first, last = min(at for at, _ in places), max(at + size for at, size in places)
        before, after = sentence[:first], sentence[last:]
        if len(members) > 1 and "、" not in sentence[first:last]:
            continue
        more = re.match(r"[\u4e00-\u9fff]{0,2}[、]([\u4e00-\u9fff]{2,8})", after) or re.search(
            r"([\u4e00-\u9fff]{2,8})、$", before
        )
        besides = (*([more[1]] if more else ()), *_between(members, sentence[first:last]))
        found = [f"原文还列有“{one}”" for one in besides]
        ends = re.match(r"[\u4e00-\u9fff]{0,2}等(?!级)", after) is not None
        if ends != open_ended and not more and len(members) > 1:
            found.append("原文的列举没有“等”" if open_ended else "原文的列举后面有“等”")
        return found
    return []


def _between(members: Sequence[str], listed: str) -> list[str]:
    """What stands in a list between its first and last member and is none of them."""
    for one in sorted(map(tidy, members), key=len, reverse=True):
        listed = listed.replace(one, "、")
    parts = re.split("[、,和及或与]|以及|或者", re.sub(r"\([^()]*\)", "", listed))
    return [part for part in parts if len(part) > 1]


_NOT = re.compile(r"(?:不|未|无|非|勿|禁止|严禁|没有)(?:得|能|应当|应|予|再|可以|可|须|必|宜|准|许|要|需)?$")


def wording(demand: Demand, window: str, score: float) -> list[str]:
    """What is wrong with the words around the values: too few of them, or turned into their contrary."""
    lacking: list[str] = []
    enough = _enough(demand.phrase)
    if score < enough:
        lacking.append(f"文字只对上 {score:.0%}")
    plain = bare(window)
    for part in demand.phrase:
        said = bare(part)
        negations = re.findall(r"(?<!有)[不未无非]\w", said) if score >= enough else ()
        lacking += (f"没有否定“{one}”" for one in negations if one not in plain)
        lacking += _turned(said, plain)
    words = STRENGTH_WORDS.get(demand.strength or "")
    if words and not re.search(words, window):
        lacking.append(f"没有“{words.replace('|', '、')}”这样的程度词")
    dropped = (word for part in demand.phrase for word in _dropped(plain_words(part), plain_words(window)))
    floating = {word for word in ("原则上", "鼓励") if _holds_throughout(word, window)}
    lacking += (f"没有“{word}”" for word in dropped if word not in floating)
    if score >= enough and not demand.loose:
        lacking += (f"没有“{one}”这样的话" for one in alien(demand.phrase, (window,)))
    if demand.strength:
        lacking += _softened(demand, window, score)
    return lacking


def _holds_throughout(word: str, window: str) -> bool:
    """原则上，… or 鼓励甲……，乙……: a word at the head of a sentence is for all of it."""
    return bool(re.search(rf"{word}[，,]|^(?:第\w+条)?\s*{word}", window))


def _softened(demand: Demand, window: str, score: float) -> Iterator[str]:
    """原则上 or 鼓励 in the very part of the sentence that states the fact, which has no such word itself."""
    said = "".join(demand.phrase)
    for strength, word in (("principle", "原则上"), ("encourage", "鼓励")):
        if word in window and word not in said and demand.strength != strength:
            rest = "".join(part for part in re.split(r"(?<=[，,；;。：:])", window) if word not in part)
            if best_window(demand.phrase, rest)[1] < score - 0.15:
                yield f"原文是“{word}”"


_WEIGHTY = re.compile("原则上|优先|鼓励|择优|自愿|达到|超过|低于|至少|不少于|以上|以下|以内|每年")
"""Words a rule turns on; the source must have them in the same place."""


_NEAR = 6
"""Characters within which a weighty word may stand from the words it stands beside in the fact."""
_SIDE = 12
"""How many of those words count, at most."""


def _dropped(said: str, plain: str) -> Iterator[str]:
    """Weighty words of the fact that the passage has not, or not near the words they stand beside."""
    for match in _WEIGHTY.finditer(said):
        word = match[0]
        before = _longest(
            (said[n : match.start()] for n in range(max(0, match.start() - _SIDE), match.start() - 1)), plain
        )
        rest = said[match.end() :][:_SIDE]
        after = _longest((rest[:n] for n in range(len(rest), 1, -1)), plain)
        if word not in plain or ((before or after) and not _near(word, before, after, plain)):
            yield word


def _longest(sides: Iterable[str], plain: str) -> str:
    """The first, and so the longest, that the passage has."""
    return next((side for side in sides if side in plain), "")


def _near(word: str, before: str, after: str, plain: str) -> bool:
    """Whether the word stands shortly after what it follows in the fact, or shortly before what follows it."""
    follows = before and re.search(f"{re.escape(before)}.{{0,{_NEAR}}}{word}", plain)
    leads = after and re.search(f"{word}.{{0,{_NEAR}}}{re.escape(after)}", plain)
    return bool(follows or leads)


def _turned(said: str, plain: str) -> list[str]:
    """Words of the fact that the passage has only with a negation before them."""
    for n in range(len(said) - 3):
        gram = said[n : n + 4]
        places = [match.start() for match in re.finditer(re.escape(gram), plain)]
        negated = [_NOT.search(plain[max(0, place - 4) : place]) for place in places]
        if places and all(negated) and not _NOT.search(said[max(0, n - 4) : n]):
            return [f"原文是“{negated[0][0]}{gram}”"] if negated[0] else []
    return []


def grade(severity: str, window: str) -> list[str]:
    """Whether the grade of accidents is the fact's: the named one, or none at all."""
    plain = tidy(window)
    if severity:
        return [] if severity in plain else [f"没有“{severity}”"]
    found = re.search(r"(?:一般|较大|重大|特别?重?大)(?:及以上|以上)?(?:生产)?(?:安全|质量|环境|事故)", plain)
    return [f"原文限于“{found[0]}”"] if found else []
