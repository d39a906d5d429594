"""Whether a passage says what a fact demands. Strict about values, terms and negations; told about the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from notices.verify.terms import Demand, Figure, Term, When
from notices.verify.wording import best_window, grade, listing, replaced, unbound, wording
from notices.wording.spelling import Amount, Day, amounts, bare, days, tidy
from notices.wording.words import figure


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of a demand: ``lacking`` says what was not, empty when the passage states the fact."""

    lacking: tuple[str, ...]
    exact: tuple[str, ...]
    """Terms and values that stand there."""
    score: float
    """How much of the other words stands there, 0 to 1; 1 when there are none."""
    passage: str
    remarks: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Nothing lacks."""
        return not self.lacking


@dataclass(frozen=True)
class Passage:
    """The cited clauses together, and each by name."""

    parts: dict[str, str]
    bodies: str = ""
    """The same without headings: where a rule is stated."""

    @property
    def whole(self) -> str:
        """All of them, a paragraph a line."""
        return "\n".join(self.parts.values())

    def of(self, clause: str) -> str:
        """One clause, or all when none of that name is among them."""
        return self.parts.get(clause) or self.whole


def judge(demand: Demand, passage: Passage, extra: Passage | None = None) -> Judgement:
    """Hold a demand against a passage; ``extra`` is where attachments are listed."""
    valued = bool(demand.figures or demand.dates)  # a heading may state a duty, but no value
    window, score = best_window(demand.phrase, passage.bodies if valued and passage.bodies else passage.whole)
    lacking: list[str] = []
    exact: list[str] = []
    remarks: list[str] = []
    for term in demand.terms:
        shown = term.forms[0]
        if term.attachment:
            stands = _attached(term, passage.whole, extra.whole if extra else "")
        else:
            stands = _stands(term, passage.of(term.clause))
        if stands:
            exact.append(shown)
        elif term.soft:
            remarks.append(f"原文没有“{shown}”")
        else:
            lacking.append(f"没有“{shown}”")
    context = "".join(demand.phrase)
    values = [*(_figure(one, passage.whole, context) for one in demand.figures)]
    values += [_date(one, passage.of(one.clause), context) for one in demand.dates]
    for shown, wrong in values:
        (lacking if wrong else exact).append(wrong or shown)
    if demand.phrase:
        lacking += wording(demand, window, score)
        lacking += (f"没有“{word}”" for word in unbound(demand.phrase, passage.whole))
        lacking += replaced(demand.phrase, window)
        lacking += _oftener(demand.phrase, passage.whole)
    if demand.members:
        lacking += listing(demand.members, passage.whole, open_ended=demand.open_ended)
    if demand.severity is not None:
        lacking += grade(demand.severity, window or passage.whole)
    shown = window or _around(passage.whole, exact)
    return Judgement(tuple(dict.fromkeys(lacking)), tuple(dict.fromkeys(exact)), score, shown, tuple(remarks))


def _oftener(phrase: Sequence[str], text: str) -> Iterator[str]:
    """Numbers a phrase says oftener than its clauses: one of them stands where another belongs."""
    said, there = (Counter(re.findall(r"\d+(?:\.\d+)?", tidy(one))) for one in ("".join(phrase), text))
    for number in said:
        if said[number] > there[number] > 0:
            yield f"“{number}”说了 {said[number]} 次，原文只有 {there[number]} 次"


_Place = TypeVar("_Place", Amount, Day)


def _stands(term: Term, text: str) -> bool:
    plain = bare(text)
    return any(bare(form) in plain and _alone(form, text) for form in term.forms)


_MENTIONED = re.compile(r"附件\(?(\d+(?:[,、和及至—–~-]\d+)*)")
_MOST = 50
"""Attachments a range may name; a year behind 附件 is none."""
_RANGE = re.compile(r"(\d+)[至—–~-](\d+)")


def _attached(term: Term, text: str, listed: str) -> bool:
    """An attachment by its number: where the clauses give numbers, it is one of them; else by the list."""
    own = tidy(text.replace(listed, "")) if listed else tidy(text)
    mentioned = [match[1] for match in _MENTIONED.finditer(own)]
    numbers = [number for one in mentioned for number in re.findall(r"\d+", one)]
    for first, last in (match.groups() for one in mentioned for match in _RANGE.finditer(one)):
        numbers += map(str, range(int(first), min(int(last), int(first) + _MOST) + 1))  # 附件5-7
    return term.attachment in numbers if numbers else _stands(term, listed)


def _alone(form: str, text: str) -> bool:
    """A term that begins or ends with a figure is not part of a longer number."""
    head, tail = (r"(?<![\d.])" if form[:1].isdigit() else ""), (r"(?!\d)" if form[-1:].isdigit() else "")
    if re.fullmatch(r"\d{7,8}", form):  # a telephone number without its area code: no other code before it
        head = r"(?<![\d.)）—－–-])"
    if not head and not tail:
        return True
    pattern = re.compile(head + re.escape(bare(form)) + tail)
    return any(pattern.search(bare(part)) for part in (text, *re.split(r"[、，,；;。\s]", text)))


def _figure(wanted: Figure, text: str, context: str) -> tuple[str, str]:
    """The figure as shown, and what is wrong with it in the text, if anything."""
    plain = tidy(text)
    if not wanted.unit:
        numbers = [figure(part) for part in re.findall(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?!\d)", plain)]
        return wanted.shown, "" if wanted.value in numbers else f"没有“{wanted.shown}”"
    found = list(amounts(plain, wanted.unit))
    same = [one for one in found if one.value == wanted.value]
    if len(same) < min(wanted.times, 2):
        others = "、".join(dict.fromkeys(one.shown for one in found if one.value != wanted.value))
        return wanted.shown, f"没有“{wanted.shown}”" + (f"，原文是{others}" if others else "")
    near = _nearest(found, plain, context)
    right = [one for one in near if one.value == wanted.value]
    if not right:
        return wanted.shown, f"没有“{wanted.shown}”，此处原文是{near[0].shown}"
    if wanted.strict and not any(_bounded(one, wanted) for one in right):
        start, end = max(0, right[0].start - 4), right[0].end + 2
        return wanted.shown, f"没有“{wanted.shown}”，原文是“{plain[start:end]}”"
    return wanted.shown, ""


def _bounded(found: Amount, wanted: Figure) -> bool:
    """Whether the bound is the fact's; one further off may belong to something else when the fact has none."""
    return found.op == wanted.op or (wanted.op == "==" and not found.beside)


def _date(wanted: When, text: str, context: str) -> tuple[str, str]:
    plain = tidy(text)
    found = list(days(plain))
    missing = f"没有“{wanted.shown}”"
    if not found:
        return wanted.shown, missing
    near = _nearest(found, plain, context)
    right = [one for one in near if _meant(wanted, one, plain)]
    if not right:
        return wanted.shown, f"{missing}，原文是{near[0].shown}"
    if wanted.before and not any(_limits(plain, one) for one in right):
        return wanted.shown, f"{missing}前，原文没有写成截止时间：“{plain[right[0].start : right[0].end + 4]}”"
    return wanted.shown, ""


def _meant(wanted: When, found: Day, text: str) -> bool:
    if wanted.date:
        return found.means(wanted.date)
    month, number = (wanted.annual or "0-0").split("-")
    yearly = _YEARLY.search(text[: found.start])
    return (found.year, found.month, found.day) == (None, int(month), int(number)) and yearly is not None


_YEARLY = re.compile(r"每年度?[^。;]{0,6}(?:\d{1,2}月\d{1,2}日[^。;,，]{0,20}、)*$")
"""What stands before a day of every year: 每年, or 每年 and a day that it goes on from (每年1月15日前对上一年度、)."""


_CLOCK = r"(?:上午|下午)?\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分|半|整)?)"


def _limits(text: str, found: Day) -> bool:
    """Whether the date is written as a time limit: 5月31日前, 截止5月31日, 不迟于."""
    after, before = text[found.end : found.end + 16], text[max(0, found.start - 10) : found.start]
    return bool(re.match(rf"(?:\(.{{1,4}}\))?(?:{_CLOCK}|下班)?(?:之前|以前|前|止|截止)", after)) or bool(
        re.search(r"截止|截至|不迟于|不晚于", before)
    )


def _nearest(found: Sequence[_Place], text: str, context: str) -> list[_Place]:
    """Those that stand closest to the fact's own words: the figure it speaks of, not one of its neighbours."""
    wanted = set(pairwise(bare(context)))
    if not wanted or len(found) < 2:
        return list(found)
    scores = [_closeness(one.start, one.end, text, wanted) for one in found]
    best = max(scores)
    return [one for one, score in zip(found, scores, strict=True) if score >= best * 0.95]


def _closeness(start: int, end: int, text: str, wanted: set[tuple[str, str]]) -> float:
    """How much of the wanted pairs of characters stands around a place, the near ones counting most."""
    weights: dict[tuple[str, str], float] = {}
    for side, step in ((text[end : end + 40], 1), (text[max(0, start - 40) : start][::-1], -1)):
        own, distance = 2.0, 0
        last = ""
        for char in side:
            if char in ",、;:。\n":
                own = 0.0 if char in "。;" else own / 2
                continue
            if last and (pair := (last, char) if step > 0 else (char, last)) in wanted:
                weights[pair] = max(weights.get(pair, 0.0), own / (1 + distance / 6))
            last, distance = char, distance + 1
            if not own:
                break
    return sum(weights.values())


def _around(text: str, exact: Sequence[str]) -> str:
    """The sentences that hold the terms, or the beginning."""
    sentences = [part.strip() for part in re.findall(r"[^。；;\n]+[。；;]?", text) if part.strip()]
    held = [part for part in sentences if any(bare(term) and bare(term) in bare(part) for term in exact)]
    return "".join(held[:2] or sentences[:1])
