"""Chinese official text made comparable, and the amounts and dates in it however they are spelt. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from notices.profile.values import Op
from notices.wording.words import BOUNDS, NUMERALS, figure

_SAME = str.maketrans(
    dict.fromkeys("—–－−‐‑―─", "-") | dict.fromkeys("“”‘’\"'<>《》「」『』", "") | {"×": "X"}  # ××市 is typed XX市
)
_LETTER = "[0-9A-Za-z]"


_KEPT = 65_536
"""Texts kept as made comparable: every fact is held against the same paragraphs."""


@lru_cache(_KEPT)
def tidy(text: str) -> str:
    """Half-width, without blanks, quotes and angle brackets; other punctuation stays, it parts sentences."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_SAME)


@lru_cache(_KEPT)
def bare(text: str) -> str:
    """Only what carries meaning: characters, letters, figures, and the marks inside numbers and addresses."""
    kept = re.sub(r"[^\w%+@/〔〕.-]", "", re.sub(r"[\[(](\d{4})[\])](?=\d+号)", r"〔\1〕", tidy(text)))
    return re.sub(rf"(?<!{_LETTER})[./-]|[./-](?!{_LETTER})", "", kept)


_UNITS = {
    "%": "%|个百分点",
    "吨标准煤": "吨标准煤|吨标煤|tce",
    "年": r"周?年(?!\d+月|度|代|版)",
    "个月": "个月",
    "工作日": "个?工作日",
    "日": r"个?日历日|天|日(?!前|起|至|-|期|常)",
    "人": "人|名(?!单|称|录)",
    "项": "项(?!目标)",
}
_NUMBER = rf"\d[\d,]*(?:\.\d+)?万?|[{NUMERALS}]+"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit where it stands in a tidy text, and how it is bounded there."""

    start: int
    end: int
    value: Decimal
    op: Op
    beside: bool
    """Whether the word that bounds it stands right beside it."""
    shown: str


@lru_cache(_KEPT)
def amounts(text: str, unit: str) -> tuple[Amount, ...]:
    """Every amount of one unit in a tidy text: 50%, 百分之五十, 三年, 近3年, 7个工作日."""
    return tuple(_each_amount(text, unit))


def _each_amount(text: str, unit: str) -> Iterator[Amount]:
    spelt = _UNITS.get(unit, re.escape(unit))
    pattern = rf"(?<![\d.{NUMERALS}])(?P<n>{_NUMBER})(?:{spelt})"
    if unit == "%":
        pattern += rf"|百分之(?P<cn>[{NUMERALS}]+)"
    for match in re.finditer(pattern, text):
        value = figure(match["n"] or match["cn"])
        if value is not None and not (unit == "年" and value >= 1000):
            yield Amount(match.start(), match.end(), value, *_op(text, match.start(), match.end()), match[0])


_BEFORE = tuple((op, "|".join(filter(None, (one.before, one.grade)))) for op, one in BOUNDS.items() if one.before)
_AFTER = tuple((op, one.after) for op, one in BOUNDS.items() if one.after)


_REACH = 200
"""Characters before an amount in which the word that bounds it is looked for."""


def _op(text: str, start: int, end: int) -> tuple[Op, bool]:
    """How the amount is bounded: by the word after it, else by the nearest before it in its part of the sentence."""
    for op, words in _AFTER:
        if re.match(words, text[end:]):
            return op, True
    before = re.split(r"[,。;:、]", text[max(0, start - _REACH) : start])[-1]
    found = [(match.end(), -n, op) for n, (op, words) in enumerate(_BEFORE) for match in re.finditer(words, before)]
    if not found:
        return "==", False
    nearest = max(found, key=lambda one: one[:2])
    return nearest[2], nearest[0] == len(before)


@dataclass(frozen=True, slots=True)
class Day:
    """A date where it stands in a tidy text; ``year`` is None where the text leaves it to the reader."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    shown: str

    def means(self, date: dt.date) -> bool:
        """Whether it is that day; a day without a year may be."""
        return (self.year or date.year, self.month, self.day) == (date.year, date.month, date.day)


_DAY = re.compile(
    r"(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日|(?<!\d)(?P<Y>\d{4})[-./](?P<M>\d{1,2})[-./](?P<D>\d{1,2})(?!\d)"
    r"|(?:(?P<cy>[〇零一二三四五六七八九]{4})年)?(?P<cm>[一二三四五六七八九十]+)月(?P<cd>[一二三四五六七八九十]+)日"
)


@lru_cache(_KEPT)
def days(text: str) -> tuple[Day, ...]:
    """Every date in a tidy text: 2024年5月31日, 5月31日, 2024-05-31, 二〇二四年五月三十一日."""
    return tuple(_each_day(text))


def _each_day(text: str) -> Iterator[Day]:
    for match in _DAY.finditer(text):
        year, month, day = (match[k] or match[k.upper()] or match[f"c{k}"] for k in "ymd")
        numbers = [None if part is None else int(figure(part) or 0) for part in (year, month, day)]
        yield Day(match.start(), match.end(), numbers[0], numbers[1] or 0, numbers[2] or 0, match[0])
