"""The words a comparison marks with, and how each looks where there is colour."""

from __future__ import annotations

from collections.abc import Iterable

from notices.reports.model import Mark, Tone

RELAXED = "放宽国家规定"
RELAXED_BY = {"left": f"左边{RELAXED}", "right": f"右边{RELAXED}"}
CONTESTED, WORDED = "两种读法", "仅表述不同"
_TONES: dict[str, Tone] = {
    "从严": "stricter",
    "放宽": "looser",
    RELAXED: "relaxed",
    RELAXED_BY["left"]: "relaxed",
    RELAXED_BY["right"]: "relaxed",
    CONTESTED: "changed",
    WORDED: "same",
    "有变化": "changed",
    "不同": "changed",
    "未规定": "absent",
    "未见": "inherited",
    "仅左边有": "absent",
    "仅右边有": "added",
    "增加": "added",
    "待定": "pending",
    "相同": "same",
    "继承": "inherited",
}


def marks(words: Iterable[str]) -> tuple[Mark, ...]:
    """Words as marks."""
    return tuple(Mark(word, _TONES[word]) for word in words)
