"""Words that bind: those that say whether, how much, by when and how many of several. One table of them.

On a page they come from facts: from a limit, a strength, a date, a list, or a phrase that declares them
(``binds``). A template's own words hold none of them, so that nobody changes a duty where no fact is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

_WORDS: Final = (
    *("不得", "不予", "不应", "不可", "不能", "不必", "不用", "不再", "不含", "不受", "严禁", "禁止"),
    *("应当", "必须", "务必", "可以", "原则上", "鼓励", "优先", "自愿"),
    *("不少于", "不低于", "不超过", "不高于", "不小于", "不大于", "超过", "低于", "高于", "少于", "多于", "不足"),
    *("以上", "以下", "以内", "以前", "以后", "之前", "之后", "之内", "至少", "最多", "至多", "全部", "任一", "任何"),
    *("之一", "同时", "或者", "并且", "以及其他", "一式", "当日", "起施行"),
)
_SINGLE: Final = (
    r"(?<![供相适对响反])应(?![用链对急变付答邀力])",
    r"(?<![无必])须(?!知)",
    r"(?<![认许宁])可(?![靠持再行追信比观能])",
    r"(?<![其]中)(?<![目空提事])前(?![沿景期身言往景列提款述文])",
    r"(?<![此今背最幕落先前])后(?![续备勤果台期])",
    r"(?<=[\u4e00-\u9fff）])等(?![级同于待价效额值])",
    r"(?<![甚])且",
    r"或(?!许)",
    r"(?<![亲各独])自(?=[^，。；]{1,20}起)",
)
WORD: Final = re.compile("|".join((*sorted(_WORDS, key=len, reverse=True), *_SINGLE)))


class Duty(NamedTuple):
    """How strongly a rule binds, in words.

    ``name`` is what the strength is called, ``said`` the pattern of what a phrase must say (empty: nothing), ``backs``
    the words that bind which the strength itself accounts for.
    """

    name: str
    said: str = ""
    backs: frozenset[str] = frozenset()


DUTIES: Final[Mapping[str, Duty]] = {
    "must": Duty("应当", "", frozenset({"应", "应当", "须", "必须"})),
    "principle": Duty("原则上", "原则上", frozenset({"原则上", "应", "应当"})),
    "prefer": Duty("优先", "优先|择优|重点", frozenset({"优先"})),
    "encourage": Duty("鼓励", "鼓励|引导|支持|倡导", frozenset({"鼓励"})),
    "may": Duty("可以", "可|自愿|自主", frozenset({"可", "可以", "自愿"})),
    "focus": Duty("重点"),
    "does": Duty("陈述"),
}
"""By strength (:data:`notices.profile.values.Strength`)."""
STRENGTH_WORDS: Final[Mapping[str, str]] = {key: duty.said for key, duty in DUTIES.items() if duty.said}
"""How a phrase says how strongly it binds, as a pattern; a strength that is not here needs no word."""
_LABELS: Final = re.compile(r"以下(?=统称|简称|称|内容|材料|条件|基本|情形|程序|事项)|（以下[^）]*")
"""以下 that points down the page bounds nothing."""
_FIGURE: Final = re.compile(
    r"\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+(?:个月|个工作日|[年月日条家份项人级倍])|百分之"
)
"""A figure, or a number of something in Chinese."""


def binding(text: str) -> list[tuple[int, str]]:
    """The words that bind in a text, each with the place it begins."""
    covered = [match.span() for match in _LABELS.finditer(text)]
    return [
        (match.start(), match[0])
        for match in WORD.finditer(text)
        if not any(start <= match.start() < end for start, end in covered)
    ]


def weighty(text: str) -> list[tuple[int, str]]:
    """The words that bind and the figures of a text, each with the place it begins, in order."""
    return sorted([*binding(text), *((match.start(), match[0]) for match in _FIGURE.finditer(text))])
