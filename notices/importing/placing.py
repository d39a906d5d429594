"""Where words that no known rule has belong: the section of the rule most like them, else what their heading says."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from notices.checks.wording import binds_in
from notices.importing.acting import subject
from notices.importing.known import KnownFact, most_like
from notices.importing.names import Names
from notices.importing.sentences import SourcePart
from notices.profile import Profile
from notices.verify.wording import alike, pairs_of
from notices.wording.spelling import tidy

CHECK: Final = "核对这一条"
"""What is to be done about words nobody has typed yet."""
_HEADED: Final = (
    ("incentives", "激励|奖励|政策支持|支持政策|扶持|奖补"),
    ("management", "动态管理|复核|后续管理|监督管理|跟踪"),
    ("third-party", "第三方(?:评价)?机构|评价机构"),
)
"""Headings that say of all under them where it belongs."""
_SAID: Final = (
    ("incentives", "奖补|奖励|资金支持|专项资金|给予.{0,10}支持|政策支持"),
    ("quotas", "名额|推荐数量|不限数量|推荐.{0,12}不超过"),
    ("management", "动态管理|移出|复核"),
    ("third-party", "^.{0,14}(?:第三方|评价)机构|(?:不再)?采信"),
    ("levels", "(?:纳入|列入|从|为).{0,6}级.{0,12}(?:名单|单位).{0,4}(?:$|中|的)|发布本地区.{0,8}名单|梯度"),
    ("priorities", "优先|择优推荐|重点推荐"),
    ("review", "评审|公示|现场核[查实]|征求.{0,30}意见|对外发布|审定|抽查"),
    ("scope", "选[择取]一批|申报范围|申报重点|(?:组织|鼓励).{0,60}申报|自愿(?:原则|申报)|参照.{0,20}清单"),
    (
        "evaluation",
        "自评价|自我(?:评价|声明)|第三方评价|评价报告|评价通则|评价要求|评价标准|指标体系|(?:进行|开展|组织)评价",
    ),
    ("procedure", "初审|审核|推荐意见|推荐文件|准备申报材料|报送|提交|登录|填报|上报|平台|推荐程序"),
    ("duties", "宣传|培训|指导|把控|总结|推广|引领|激发|强化|宣贯|高度重视|加强|落实责任|真实性"),
)
_ELSEWHERE: Final = frozenset({"exclusions", "definitions", "aims", "implements", "basis"})
"""Sections the body of a notice has nothing for."""
LIKE: Final = 0.5
"""The share of words a sentence must have in common with a known rule to be put into its section."""
NEAREST: Final = 0.56
"""The share of words a run and a known rule must have in common to be the same rule otherwise put."""
SURE: Final = 0.72
"""The share from which nothing is asked, where the rule has no value that could be another."""


@dataclass(frozen=True, slots=True)
class Near:
    """A run of parts that says in other words what a known rule says."""

    first: int
    last: int
    known: KnownFact
    share: float

    @property
    def sure(self) -> bool:
        """Whether it need not be asked: nearly word for word, and no value that another source could have otherwise."""
        values = {"test", "limit", "span", "severity", "items", "level", "any_of", "document"}
        return self.share >= SURE and not values & self.known.data.keys()


def nearest(
    parts: Sequence[SourcePart], known: Sequence[KnownFact], about: Collection[str], taken: Collection[str]
) -> Near | None:
    """The run of parts most like a known rule that is not taken yet."""
    best: Near | None = None
    words = [pairs_of(part.text) for part in parts]
    fit = [(one, pairs_of(one.text)) for one in known if one.key not in taken and _may_state(one, about)]
    for first in range(len(parts)):
        there: set[tuple[str, str]] = set()
        for last in range(first, len(parts)):
            there |= words[last]
            for one, other in fit:
                share = alike(there, other)
                if share >= NEAREST and (best is None or share > best.share + 0.01):
                    best = Near(first, last, one, share)
    return best


def _may_state(one: KnownFact, about: Collection[str]) -> bool:
    """Whether words about some categories may be a known rule: one of all of them, or of one of these."""
    return one.section not in _ELSEWHERE and (not one.for_ or bool(set(one.for_) & set(about)))


def section(text: str, heads: Sequence[str], known: Sequence[KnownFact], about: Collection[str]) -> str:
    """The section a rule in these words belongs to."""
    words = pairs_of(text)
    fit = (one for one in known if one.section not in _ELSEWHERE)
    best, share = most_like(fit, lambda one: alike(words, pairs_of(one.text)))
    if best and share >= LIKE:
        return best.section
    headed = next((name for head in reversed(heads) for name, pattern in _HEADED if re.search(pattern, head)), "")
    said = next((name for name, pattern in _SAID if re.search(pattern, text)), "")
    if not headed and about and said not in {"priorities", "evaluation", "scope"}:
        return "conditions"
    return headed or said or ("conditions" if any("条件" in head for head in heads) else "duties")


def rule(text: str, profile: Profile, names: Names, label: str) -> dict[str, Any]:
    """The words of a source as a rule: who, how strongly, what; to be confirmed as a whole."""
    words = re.sub(r"^\s*(?:请|其中|同时|此外|另外)?[，,]?", "", text).strip("，,。；;：: \n")
    made: dict[str, Any] = {"label": label}
    found = subject(tidy(words), profile)
    if found and (by := found[0]) in profile.actors:
        rest = _after(words, found[1])
        if rest and len(rest) > 4:
            made["by"] = by
            words = rest
    strength = _strength(words)
    if strength != "must":
        made["strength"] = strength
    made["say"] = names.placed(words)
    if binds := list(binds_in(made["say"], strength)):
        made["binds"] = binds
    made["confirm"] = {"pending": CHECK}
    return made


def _after(text: str, count: int) -> str:
    """A text from behind so many characters of its tidy form."""
    for n in range(len(text) + 1):
        if len(tidy(text[:n])) == count and tidy(text[: n + 1]) != tidy(text[:n]):
            return text[n:].lstrip("，, ")
    return ""


_STRENGTHS: Final = (
    ("principle", "原则上"),
    ("prefer", "优先|择优"),
    ("encourage", "鼓励|支持|引导"),
    ("must", "应|须|必须|不得|严禁|要(?!求|素)|需(?!求)"),
    ("may", "可以|(?<![认许])可(?![靠持再行追信比观能])|自愿"),
)
"""How strongly a source's words bind, the first that fits: less is read off them than a phrase of ours may say."""


def _strength(text: str) -> str:
    return next((strength for strength, pattern in _STRENGTHS if re.search(pattern, text)), "does")
