"""What comes of judging one rule: a verdict, and the reason in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from notices.checklist.facts import Facts

Verdict: TypeAlias = Literal["met", "not-met", "unknown", "authority", "none"]
VERDICT_WORDS: dict[Verdict, str] = {
    "met": "符合",
    "not-met": "不符合",
    "unknown": "待核",
    "authority": "由主管部门判断",
    "none": "不适用",
}


@dataclass(frozen=True, slots=True)
class ItemFinding:
    """A verdict and its reason in words; ``value`` and ``limit`` as they were compared."""

    verdict: Verdict
    reason: str
    value: str = ""
    limit: str = ""


Judge: TypeAlias = Callable[[Facts], ItemFinding]
BY_HAND = ItemFinding("authority", "由主管部门或评价机构判断，不能由填报的数据得出")
