"""Texts of a checklist as a page has room for them: no day, unit or look-back said the long way, nothing said twice."""

from __future__ import annotations

import re

from notices.checklist.hints import ESTIMATE
from notices.checklist.verdict import Window

GUESS = "※"
"""The footnote mark of what is known by custom or by guess only."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_WANTED = re.compile(r"(填的是“[^”]*”，要求)([^“”；，]+)")
_MISSED = re.compile(r" (?:≤|＜|≥|＞|≠) (?P<bound>[^，；]+?)，要求 (?P<sign>[＞≥＜≤＝]) (?P=bound)")
_HELD = re.compile(r"(?<=[^\s（要求]) (?P<sign>[＞≥＜≤＝]) (?=\d)")
_FAILS = {"＞": "，未超过", "≥": "，不到", "＜": "，达到", "≤": "，超过", "＝": "，不等于"}
_HOLDS = {"＞": "，超过", "≥": "，达到", "＜": "，低于", "≤": "，不超过", "＝": "，等于"}
_SIGNS = {"＞": "超过", "≥": "不低于", "＜": "低于", "≤": "不超过", "＝": "等于"}
_GAPS = re.compile(r"(?<=[\d%\u3000-\uffef]) (?=[\d\u3000-\uffef])")


def brief(reason: str, period: Window) -> str:
    """A reason in short; the look-back is said once at the head of the page."""
    counted = f"{period.start} 至 {period.end}（{period.basis}）"
    text = reason.replace(f"{counted} 没有记录", "回看期内无记录").replace(counted, "回看期")
    text = _MISSED.sub(lambda found: f"{_FAILS[found['sign']]}{found['bound']}", text)
    text = _HELD.sub(lambda found: _HOLDS[found["sign"]], text)
    text = re.sub(r"要求 ([＞≥＜≤＝]) ", lambda found: f"要求{_SIGNS[found[1]]}", text)
    text = _WANTED.sub(r"\1“\2”", text)
    return tidy(text)


def tidy(text: str) -> str:
    """Dates in Chinese, no thousands' commas, no blanks between figures and Chinese text."""
    text = _DAY.sub(lambda found: f"{int(found[1])}年{int(found[2])}月{int(found[3])}日", text)
    return _GAPS.sub("", _THOUSANDS.sub("", text))


def noted(text: str) -> str:
    """Estimates with their footnote's mark, each part once."""
    return "；".join(dict.fromkeys(tidy(text).replace(ESTIMATE, GUESS).split("；")))
