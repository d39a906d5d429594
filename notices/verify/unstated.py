"""The other way round: numbers, negations and sentences of a cited clause that no fact has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from notices.profile import Profile
from notices.verify.clauses import Clauses, Unit
from notices.verify.ordinals import mark_of
from notices.verify.terms import Demand
from notices.verify.wording import alien, pairs_of, plain_words
from notices.wording.spelling import amounts, bare, days, tidy

_UNITS = ("年", "个月", "工作日", "日", "人", "家", "份", "项", "%", "级", "吨标准煤")
_SKIPPED = frozenset({"联系人", "附件", "落款", "成文日期", "附注"})
"""Parts whose facts are exact terms already."""
_HEAD = frozenset({"标题", "发文字号", "主送机关"})
_FRAME = ("近三年有下列情形之一的", "存在下列情况", "应当符合下列条件", "现将有关事项通知如下")
"""What leads to a list and states nothing of its own."""
LEAST = 0.6
"""A sentence of which the facts have less than this share states something they do not."""


@dataclass(frozen=True, slots=True)
class Surplus:
    """Something a clause says that none of the facts citing it says."""

    clause: str
    what: str
    sentence: str
    line: int
    sure: bool = True
    """Numbers, negations, whole sentences. Single words are only pointed at: the facts' wording is their own."""


@dataclass(frozen=True)
class Said:
    """All that the facts of one profile say, and which of them cite which paragraph."""

    numbers: frozenset[Decimal]
    amounts: frozenset[tuple[str, Decimal]]
    by_line: dict[int, tuple[str, ...]]
    common: tuple[str, ...]
    """Names that any clause may have: the parties, the documents, the categories."""
    weighing: tuple[str, ...] = ()
    """Words of the programme that say whom a rule reaches: a fact holds each of them."""


def said(profile: Profile, clauses: Clauses, demands: Sequence[tuple[tuple[str, ...], Demand]]) -> Said:
    """What the facts say; ``demands`` are theirs with the clauses they cite."""
    by_line: dict[int, tuple[str, ...]] = {}
    everything = [str(profile.year)]
    for cite, wanted in demands:
        texts = tuple(_texts(wanted))
        everything += texts
        for name in cite:
            found = clauses.find(name)
            for para in (*found.own, *found.under) if found else ():
                by_line[para.line] = (*by_line.get(para.line, ()), *texts)
    common = tuple(_always(profile))
    everything += common
    plain = [tidy(text) for text in everything]
    numbers = frozenset(_plain_numbers("\n".join(plain)))
    units = frozenset((unit, one.value) for unit in _UNITS for text in plain for one in amounts(text, unit))
    wanted_units = frozenset((one.unit, one.value) for _, wanted in demands for one in wanted.figures if one.unit)
    numbers |= {value for _, value in wanted_units}
    return Said(numbers, units | wanted_units, by_line, common, profile.programme.verify.weighing)


def _texts(wanted: Demand) -> Iterator[str]:
    yield from wanted.phrase
    for term in wanted.terms:
        yield from term.forms
        yield f"附件{term.attachment}" if term.attachment else ""
    yield from (figure.shown for figure in wanted.figures)
    yield from (date.shown for date in wanted.dates)
    yield wanted.severity or ""


def _always(profile: Profile) -> Iterator[str]:
    """What any clause may name: references and platforms, and the numbers of the items of the negative list."""
    for item in profile.references.values():
        yield from (text for text in (item.title, item.number, item.part) if isinstance(text, str))
    for channel in profile.channels.values():
        yield from (text for text in (channel.name, channel.url, channel.alias) if isinstance(text, str))
    names = (*profile.actors.values(), profile.authority.name, profile.authority.office)
    names = (*names, *(item.name for item in profile.categories.values()))
    yield from (name for name in names if isinstance(name, str))
    yield from (paper.number for paper in profile.papers.values() if isinstance(paper.number, str))
    if profile.exclusions:
        places = {key: str(n) for n, key in enumerate(profile.exclusions.items, 1)}
        for group in (profile.exclusions.refusals, profile.exclusions.removals):
            yield from (places[key] for key in (*list(group)[:1], *list(group)[-1:]))


def surplus(units: Sequence[Unit], have: Said) -> Iterator[Surplus]:
    """What the paragraphs the facts cite say besides."""
    stating = [unit for unit in units if unit.para.line in have.by_line]
    for unit in units:
        cited = have.by_line.get(unit.para.line)
        own = cited or _below(unit, stating, have)
        about = unit.node == "标题" and "关于" not in unit.para.text  # what a web page says of itself
        if unit.node in _SKIPPED or about or not own:
            continue
        mark = mark_of(unit.para.text)
        text = tidy(unit.para.text)[mark.end if mark else 0 :]
        for sentence in re.findall(r"[^。;]+[。;]?", text):
            found = [*_numbers(sentence, have), *_negations(sentence, own)]
            found += _duties(sentence, (*own, *have.common), have.weighing)
            found += _unsaid(sentence, (*own, *have.common, *_FRAME)) if cited else ()
            for what in dict.fromkeys(found):
                yield Surplus(unit.name, what, sentence, unit.para.line)
            for word in (
                _words(sentence, (*own, *have.common, *_FRAME))
                if cited and not found and unit.node not in _HEAD
                else ()
            ):
                yield Surplus(unit.name, f"“{word}”", sentence, unit.para.line, sure=False)


def _below(unit: Unit, units: Sequence[Unit], have: Said) -> tuple[str, ...]:
    """What is said of the items under a line that leads to them and is not cited itself."""
    under = (one for one in units if one.node != unit.node and one.node.startswith(unit.node))
    return tuple(text for one in under for text in have.by_line.get(one.para.line, ()))


def _numbers(sentence: str, have: Said) -> Iterator[str]:
    rest = sentence
    for one in days(sentence):
        rest = rest.replace(one.shown, "")
    for unit in _UNITS:
        for found in amounts(rest, unit):
            spelt = not found.shown[0].isdigit()  # figures are looked at below, wherever they stand
            if spelt and (unit, found.value) not in have.amounts:
                yield f"数值“{found.shown}”"
    for number in re.findall(r"〔\d{4}〕\d+号", rest):
        if not any(number in tidy(text) for text in have.common):
            yield f"文号“{number}”"
    dates = [int(n) for one in days(sentence) for n in (one.year, one.month, one.day) if n]
    for value in (*_plain_numbers(rest), *map(Decimal, dates)):
        if value not in have.numbers:
            yield f"数值“{value}”"


def _plain_numbers(text: str) -> Iterator[Decimal]:
    for part in re.findall(r"(?<![\d.])\d[\d]*(?:\.\d+)?(?![\d])", text):
        yield Decimal(part)


_IDIOM = re.compile("有无|除非|无论|不断|非常|不仅|不但|不同|未来|无害|不定期|不限于|不含")


def _negations(sentence: str, own: Sequence[str]) -> Iterator[str]:
    """Negations with what they turn: 不得推, 未正常. Each must stand in a fact."""
    plain = bare(_IDIOM.sub("", sentence))
    have = "\n".join(map(bare, own))
    for match in re.finditer(r"(?:[不未无非勿]|禁止|严禁|没有)\w", plain):
        if match[0] not in have:
            yield f"“{match[0]}”"


_DUTIES = (
    *("原则上", "鼓励", "优先", "自愿", "参照", "选取", "择优"),
    *("规模以上", "国家层面", "省层面", "市层面", "同时", "以书面"),
)
"""Words of a source that weigh: how strongly it binds, by which measure, whom it reaches. A fact holds each of them."""


def _duties(sentence: str, own: Sequence[str], weighing: Sequence[str]) -> Iterator[str]:
    have = "\n".join(map(bare, own))
    yield from (f"“{word}”" for word in (*_DUTIES, *weighing) if word in sentence and word not in have)


_THEIRS = re.compile(
    "贯彻落实|精神|决定|进行|通过|采取|方式|时间|提供|包括|年度|本?通知|实?细则|以?下简称|[一二三四五六]是|至少|[各本前等经含]"
    "|推荐|申报|满足|基本|内容|如下|事项|我[省区市]|制定|文件|形成|分别|加强|发送|随附"
)
"""Words a source leads and links with."""


def _words(sentence: str, own: Sequence[str]) -> Iterator[str]:
    """Words of a sentence, two characters or more, that no fact has."""
    if not sentence.endswith("如下:") and not re.search("决定|现组织|特组织|现就", sentence):
        yield from (run for run in alien((sentence,), own) if len(_THEIRS.sub("", run)) > 1)


def _unsaid(sentence: str, own: Sequence[str]) -> Iterator[str]:
    """A sentence of which the facts have too little."""
    plain = plain_words(sentence)
    pairs = set().union(*map(pairs_of, own))
    found = list(pairwise(plain))
    if (
        len(found) >= 10
        and not sentence.endswith("如下:")
        and sum(pair in pairs for pair in found) < LEAST * len(found)
    ):
        yield "这一句"
