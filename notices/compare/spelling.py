"""Two spellings of one fact are one: width of characters, numerals, brackets, dashes, spaces, percent signs.

Nothing that differs in law is folded: 以上 and 超过, 原则上, 参照 and 按照 stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DIGIT = {char: index for index, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PAIRS = str.maketrans(
    {"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "（": "(", "）": ")"}
    | dict.fromkeys("‐‑‒–—―－﹣−", "-")
    | dict.fromkeys("“”„‟＂「」『』", '"')
    | dict.fromkeys("‘’＇", "'")
    | dict.fromkeys("～∼〜", "~")
    | {"，": ",", "；": ";", "：": ":", "。": ".", "％": "%", "﹪": "%", "℅": "%", "〇": "零"}
)
_UNITS = "个?(?:年|月|日|天|小时|工作日|周)|份|项|家|人|级|次|倍|页|吨|万吨|公里|米|元|万元|平方米|%"
_NUMERAL = re.compile(rf"[零一二两三四五六七八九十百千]+(?=(?:{_UNITS}))")
_PERCENT = re.compile(r"百分之([零一二两三四五六七八九十百]+|[0-9.]+)")
_THOUSANDS = re.compile(r"(?<![0-9.])([0-9]{1,3})((?:,[0-9]{3})+)(?![0-9])")
_TRAILING = re.compile(r"([0-9]+)\.([0-9]*?)0+(?![0-9.])")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """One spelling for all spellings of a text: for comparing, never for printing."""
    found = unicodedata.normalize("NFKC", text.translate(_PAIRS)).translate(_PAIRS)
    found = re.sub(r"\s+", "", found)
    found = _PERCENT.sub(lambda match: f"{_figure(match[1])}%", found)
    found = _NUMERAL.sub(lambda match: _figure(match[0]), found)
    found = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), found)
    return _TRAILING.sub(lambda match: f"{match[1]}.{match[2]}".rstrip("."), found)


def _figure(text: str) -> str:
    """A Chinese numeral up to 9999 in figures; what is none stays as it is."""
    total = section = 0
    for char in text:
        if char in _DIGIT:
            section = section * 10 + _DIGIT[char]
        elif char in "十百千":
            total += (section or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            section = 0
        else:
            return text
    return str(total + section)
