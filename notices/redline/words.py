"""A paragraph's text cut into the units a redline may strike or insert: words, and what is never cut.

A figure with its unit, a date, a document number, a code and a run of Latin letters stay whole: half a changed date
struck out is a date nobody can read.
"""

from __future__ import annotations

import re
from functools import cache

from notices.wording.segmenter import Segmenter

_NUMERAL = "〇零一二三四五六七八九十百千万亿两"
_CJK = "⺀-⿟぀-ヿ㐀-鿿豈-﫿가-힯\U00020000-\U0003ffff"
_WORD = rf"[^\W{_CJK}]"
"""A letter or digit of any script that is written with spaces, full-width ones too."""

WHOLE = re.compile(
    "|".join(
        (
            rf"[{_CJK}]{{0,12}}[〔\[［（(]\d{{4}}[〕\]］）)]第?\d+(?:-\d+)?号",  # 工信厅节函〔2024〕16号
            rf"(?:https?|ftp)://[^\s{_CJK}，。；：、！？（）《》〈〉“”‘’【】]+",
            r"[A-Z]{2,}(?:/[A-Z]+)?[ \u00a0]\d+(?:\.\d+)*(?:[-—–]\d{4})?",  # GB/T 36132-2018
            r"\d{4}年度",
            r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?",
            r"\d{1,2}月\d{1,2}日",
            rf"[{_NUMERAL}]{{4}}年(?:[{_NUMERAL}]{{1,2}}月(?:[{_NUMERAL}]{{1,3}}日)?)?",  # 二〇二四年五月八日
            r"[+\-−±]?\d+(?:[,，]\d{3})+(?:[.．]\d+)?(?:[%％‰℃°]|[万亿]?[元吨])?",
            r"(?<!\w)[+\-−±]?\d+(?:[.．]\d+)?(?:[%％‰℃°]|[万亿]?[元吨])",
            rf"(?:(?<!\w)[+−±])?{_WORD}+(?:[-_/.:@&?=#%+~·'’\u2010-\u2015]+{_WORD}+)*[%％‰℃°]?",
            rf"百分之[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?",
            rf"第?[{_NUMERAL}]{{2,}}",
        )
    )
)
"""What is never cut, the longer reading first."""

_TERMS = ("第三方", "评价机构", "主管部门")


def cut(text: str, terms: tuple[str, ...] = ()) -> list[str]:
    """The units of a text, in order; joined they are the text. ``terms`` are words of a programme, kept whole."""
    units: list[str] = []
    at = 0
    for match in WHOLE.finditer(text):
        units += _plain(text[at : match.start()], terms)
        units.append(match[0])
        at = match.end()
    return [*units, *_plain(text[at:], terms)]


def _plain(text: str, terms: tuple[str, ...]) -> list[str]:
    """Text without figures and Latin: words by the dictionary, everything else character by character."""
    if len(text) < 2:
        return [text] if text else []
    return [unit for unit in _cutter(terms).lcut(text, HMM=False) if unit]


@cache
def _cutter(terms: tuple[str, ...]) -> Segmenter:
    return Segmenter((*_TERMS, *terms), 10**6)
