"""Two spellings of one fact are one: width of characters, numerals, brackets, dashes, spaces, percent signs.

Nothing that differs in law is folded: 以上 and 超过, 原则上, 参照 and 按照 stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from notices.wording.words import NUMERALS, figure

_PAIRS = str.maketrans(
    {"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "（": "(", "）": ")"}
    | dict.fromkeys("‐‑‒–—―－﹣−", "-")
    | dict.fromkeys("“”„‟＂「」『』", '"')
    | dict.fromkeys("‘’＇", "'")
    | dict.fromkeys("～∼〜", "~")
    | {"，": ",", "；": ";", "：": ":", "。": ".", "％": "%", "﹪": "%", "℅": "%", "〇": "零"}
)
_UNITS = "个?(?:年|月|日|天|小时|工作日|周)|份|项|家|人|级|次|倍|页|吨|万吨|公里|米|元|万元|平方米|%"
_CN = NUMERALS.replace("万", "")  # a unit here: 三万吨 is 3万吨
_NUMERAL = re.compile(rf"[{_CN}]+(?=(?:{_UNITS}))")
_PERCENT = re.compile(rf"百分之([{_CN}]+|[0-9.]+)")
_THOUSANDS = re.compile(r"(?<![0-9.])([0-9]{1,3})((?:,[0-9]{3})+)(?![0-9])")
_TRAILING = re.compile(r"([0-9]+)\.([0-9]*?)0+(?![0-9.])")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """One spelling for all spellings of a text: for comparing, never for printing."""
    found = unicodedata.normalize("NFKC", text.translate(_PAIRS)).translate(_PAIRS)
    found = re.sub(r"\s+", "", found)
    found = _PERCENT.sub(lambda match: f"{_in_figures(match[1])}%", found)
    found = _NUMERAL.sub(lambda match: _in_figures(match[0]), found)
    found = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), found)
    return _TRAILING.sub(lambda match: f"{match[1]}.{match[2]}".rstrip("."), found)


def _in_figures(text: str) -> str:
    """A numeral in figures; what is none stays as it is."""
    found = figure(text)
    return text if found is None else f"{found:f}"
