"""The negative list of a source: who, how far back, barred from what, and its items, each paired with a known one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from notices.checks.wording import binds_in
from notices.importing.known import KnownFact, most_like
from notices.importing.sentences import SourcePart, SourceSentence
from notices.verify.match import Passage, judge
from notices.verify.wording import alike, pairs_of
from notices.wording.spelling import bare, tidy
from notices.wording.words import SEVERITY_WORDS, figure

_BARRED = re.compile(r"(?:不得|不予|不能|不可)((?:申报|推荐|列入|申请|参评|参与|认定|纳入)[^，。；：:,;（(近]{0,16})")
_BACK = re.compile(r"近([一二两三四五六\d])(?:个?年度?|年)[来内]?")
_LED = re.compile(r"(?:情况|情形|行为|问题)之?一?|下列|以下")
_RECORD = re.compile(r"[（(](以|参照|依据)((?:“[^”]+”[和、及与]?)+)(?:网站?)?(?:公[示布].{0,4})?(?:为准)?[)）]")
_GRADE = re.compile(
    r"发生(?:过)?((?:一般|较大|重大|特别重大|特大)(?:及以上|以上)?)(?=[^，。；]{0,6}(?:安全|质量|环境|生产))"
)
_STOPPED = re.compile(r"连续停产\s*([\d一二三四五六七八九十]+)个月(以上)?")
_EVENT = "事故"
_ALIKE = 0.45
"""The share of words two items must have in common to be of one kind."""


@dataclass
class Negative:
    """The list as a profile holds it, and the parts of the source it was made of."""

    data: dict[str, Any]
    parts: list[tuple[SourcePart, str]] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    """The edition each item was taken from whole, by its id here."""


def negative(
    source: Sequence[SourceSentence], known: Sequence[KnownFact], applicants: Sequence[str]
) -> Negative | None:
    """The negative list; None when the source has none. ``applicants`` are words for those who apply."""
    for n, sentence in enumerate(source):
        if all(part.fate == "heading" for part in sentence.parts):
            continue
        barred = _BARRED.search(sentence.text)
        if barred and (_BACK.search(sentence.text) or _LED.search(sentence.text)):
            made = _list(source, n, barred, known)
            if made is not None:
                made.data["subjects"] = _subjects(sentence.text[: barred.end()], known, applicants)
                return made
    return _single(source, known)


_ONE = re.compile(
    r"^\s*(?:凡|对|对于)?(?:在)?(?P<what>近[一二两三四五六\d]个?年[来内]?[^，。；]{0,6}?(?:发生|存在|被|受到|列入|有)[^。；]{3,120}?的)"
    r"(?P<who>申报单位|企业|单位|主体)[，,]?(?:一律|均)?(?:不得|不予|不能|不可)(?P<bars>申报|推荐|列入|申请|参评|认定|纳入)[^，。；：]{0,12}[。；;]?$"
)
"""A negative list of one: whoever has done such a thing may not apply."""


def _single(source: Sequence[SourceSentence], known: Sequence[KnownFact]) -> Negative | None:
    """The list of a source that says in one sentence what bars whom."""
    for sentence in source:
        found = _ONE.match(sentence.text)
        if found is None:
            continue
        back = _BACK.search(found["what"])
        assert back  # noqa: S101 - the pattern begins with it
        text = found["what"].replace(back[0], "", 1)
        key, item, edition = _item(text, sentence.clause, known, {}, last=False)
        made = Negative({}, [(part, f"exclusions.items.{key}") for part in sentence.parts])
        made.taken |= {f"exclusions.items.{key}": edition} if edition else {}
        made.data = {
            "lookback": {"value": int(figure(back[1]) or 3), "unit": "年"},
            "subjects": found["who"],
            "bars": found["bars"],
            "open_ended": False,
            "cite": sentence.clause,
            "items": {key: item},
        }
        return made
    return None


def _list(
    source: Sequence[SourceSentence], at: int, barred: re.Match[str], known: Sequence[KnownFact]
) -> Negative | None:
    first = source[at]
    lead, rest = _divided(first, barred)
    texts = [(rest, first.clause, _within(first, rest) or first.parts[-1:])] if tidy(rest) else []
    inline = bool(texts)
    numbered = any(one.node != first.node and one.node.startswith(first.node) for one in source[at + 1 :])
    for sentence in source[at + 1 :]:
        same = sentence.clause == first.clause
        under = not inline and sentence.node != first.node and sentence.node.startswith(first.node)
        if not (same or under):
            break
        if same and not inline and numbered:  # a second lead before the items: it says something else of them
            continue
        if under and texts and texts[-1][1] == sentence.clause:  # an item of its own number goes on
            text, clause, parts = texts.pop()
            texts.append((text + sentence.text, clause, [*parts, *sentence.parts]))
        else:
            texts.append((sentence.text, sentence.clause, list(sentence.parts)))
    texts = _joined(texts)
    if not texts:
        return None
    items: dict[str, Any] = {}
    made = Negative({})
    open_ended = bool(re.search(r"(?<!事故)(?<!行为)等[。；;]?$", texts[-1][0]))
    for text, clause, parts in texts:
        key, item, edition = _item(text.strip("；;。 "), clause, known, items, last=text is texts[-1][0])
        items[key] = item
        made.taken |= {f"exclusions.items.{key}": edition} if edition else {}
        made.parts += [(part, f"exclusions.items.{key}") for part in parts]
    made.parts += [(part, "exclusions") for part in _leading(first, lead)]
    back = _BACK.search(lead) or _BACK.search(first.text)
    value = int(figure(back[1]) or 3) if back else None
    made.data = {
        "lookback": {"value": value, "unit": "年"} if value else {"value": {"pending": "追溯几年"}, "unit": "年"},
        "bars": barred[1].strip(),
        "open_ended": open_ended,
        "cite": first.clause,
        "items": items,
    }
    return made


def _subjects(lead: str, known: Sequence[KnownFact], applicants: Sequence[str]) -> Any:  # noqa: ANN401 - YAML data
    """Who is barred; where a source does not say, what others say is suggested."""
    words = "|".join(map(re.escape, ("企业", "单位", "申报", "工业", *applicants)))
    found = re.search(rf"(?:情况|情形|行为|问题)(?:之一)?的?((?:{words})[^，,不]{{0,30}})", lead)
    if found:
        return found[1].rstrip("，,的")
    usual = next((one.profile.exclusions.subjects for one in known if one.profile.exclusions), "申报单位")
    return {"pending": "负面清单的主体", "suggest": str(usual)}


def _leading(sentence: SourceSentence, lead: str) -> list[SourcePart]:
    """The parts that lead to the items, from the one that says who is barred or how far back."""
    parts = _within(sentence, lead)
    first = next((n for n, part in enumerate(parts) if _BARRED.search(part.text) or _BACK.search(part.text)), 0)
    return parts[first:]


def _divided(sentence: SourceSentence, barred: re.Match[str]) -> tuple[str, str]:
    """What leads to the items, and what of the first of them stands in the same sentence."""
    text = sentence.text
    colon = next((n for n in range(barred.end(), len(text)) if text[n] in "：:"), None)
    if colon is not None:
        return text[: colon + 1], text[colon + 1 :]
    back = _BACK.search(text, barred.end())
    if back:
        return text[: back.end()], text[back.end() :]
    return text, ""


def _within(sentence: SourceSentence, text: str) -> list[SourcePart]:
    """The parts of a sentence that stand in a text of it."""
    return [part for part in sentence.parts if tidy(part.text) and tidy(part.text) in tidy(text)]


def _joined(texts: list[tuple[str, str, list[SourcePart]]]) -> list[tuple[str, str, list[SourcePart]]]:
    """Items whole again: one that a stray full stop has parted (no 的 at its end) goes on in the next."""
    made: list[tuple[str, str, list[SourcePart]]] = []
    for text, clause, parts in texts:
        if (
            made
            and re.search(r"(?<![的人单])[。]$", made[-1][0])
            and text.rstrip("；;。").endswith("的")
            and len(made[-1][0]) < 20
        ):
            before = made.pop()
            made.append((before[0].rstrip("。") + text, clause, [*before[2], *parts]))
        else:
            made.append((text, clause, parts))
    return made


def _item(
    text: str, clause: str, known: Sequence[KnownFact], taken: dict[str, Any], *, last: bool
) -> tuple[str, dict[str, Any], str]:
    """One item under its id, and the edition it was taken from whole.

    It is a known one word for word, or like a known one, or its own words.
    """
    plain = re.sub(r"^\s*(?:[（(]?\d{1,2}[）).．、]|[①-⑳])\s*", "", text)
    plain = re.sub(r"(?<!事故)(?<!行为)等$", "", plain) if last else plain
    twin = _twin(plain, [one for one in known if one.name.removeprefix("items.") not in taken])
    if twin is not None and _word_for_word(twin, plain):
        data = {name: value for name, value in twin.data.items() if name not in _OWN}
        return twin.name.removeprefix("items."), {**data, "cite": clause}, twin.edition
    key = twin.name.removeprefix("items.") if twin else f"item-{len(taken) + 1}"
    item: dict[str, Any] = {"label": twin.data.get("label", "") if twin else plain[:12]}
    item["say"] = _values(item, plain, twin)
    if binds := list(binds_in(item["say"], "")):
        item["binds"] = binds
    if twin and "test" in twin.data:
        test = dict(twin.data["test"])
        item["test"] = {name: value for name, value in test.items() if name != "months" or "span" in item}
    same = next((one for one in known if one.name == f"items.{key}" and _same_words(one, item)), None)
    if same is not None:
        item |= {name: same.data[name] for name in ("label", "test") if name in same.data}
        return key, {**item, "cite": clause}, same.edition
    told = "判断办法取自相近的情形，对照原文核对" if twin else "新的情形，写上 test 才能自动判断"
    return key, {**item, "confirm": {"pending": "核对这一项", "why": told}, "cite": clause}, ""


_OWN = frozenset({"cite", "note", "relaxes", "removes", "refuses"})
"""What an item says of its own source only."""
_COVERED = 0.85
"""The share of an item's words a known one must have to be it, word for word."""


def _word_for_word(twin: KnownFact, text: str) -> bool:
    words = pairs_of(text)
    theirs = pairs_of(twin.text) | pairs_of("".join(map(str, twin.data.get("evidence", ()))))
    covered = len(words & theirs) / max(len(words), 1)
    same_grade = _grade(text) == SEVERITY_WORDS.get(twin.data.get("severity", "any"), "")
    return covered >= _COVERED and same_grade and judge(twin.demand, Passage({"": text}, text)).found


def _grade(text: str) -> str:
    """The grade of accidents a text names, as it is printed: 重大及以上."""
    found = _GRADE.search(text)
    return re.sub("(?<!及)以上", "及以上", found[1]) if found else ""


def _values(item: dict[str, Any], text: str, twin: KnownFact | None) -> str:
    """The words of an item with places for its record, its grade and its span, which go into ``item``."""
    say = text
    if found := _RECORD.search(say):
        item["evidence"] = re.findall("“([^”]+)”", found[2])
        item["evidence_role"] = "decides" if found[1] == "以" else "refers"
        say = say.replace(found[0], "", 1)
    grade = next((key for key, words in SEVERITY_WORDS.items() if words and words == _grade(say)), None)
    if grade and (found := _GRADE.search(say)):
        item["severity"] = grade
        say = say.replace(found[1], "{severity}", 1)
    elif twin and "severity" in twin.data and not _grade(say):
        item["severity"] = "any"
        say = re.sub("发生(?:过)?", r"\g<0>{severity}", say, count=1)
    stopped = _STOPPED.search(say)
    if twin and stopped and "months" in (twin.data.get("test") or {}):
        op = ">=" if stopped[2] else "=="
        item["span"] = {"value": int(figure(stopped[1]) or 0), "unit": "个月", "op": op}
        say = say.replace(stopped[0], "连续停产{years}" + (stopped[2] or ""), 1)
    return say


def _same_words(one: KnownFact, item: dict[str, Any]) -> bool:
    """Whether a known item says the same, its grade, span and record aside."""
    plain = (re.sub(r"\{severity\}|过", "", str(data["say"])) for data in (one.data, item))
    return len({bare(text) for text in plain}) == 1


def _twin(text: str, known: Sequence[KnownFact]) -> KnownFact | None:
    """The known item most like a text; one that states it exactly before one that is only like it."""
    words, passage = pairs_of(text), Passage({"": text}, text)

    def share(one: KnownFact) -> float:
        other = pairs_of(one.text)
        inside = len(words & other) / max(min(len(words), len(other)), 1)
        found = max(alike(words, other), inside * 0.8) + 0.2 * (_EVENT in text and _EVENT in one.text)
        return found + judge(one.demand, passage).found * 0.5 if found >= _ALIKE else 0

    return most_like(known, share)[0]
