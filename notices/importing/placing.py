"""Words of a source as a rule: the known rule they are like, and who is told how strongly to do what."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from notices.checks.wording import binds_in
from notices.importing.acting import subject
from notices.importing.known import KnownFact
from notices.importing.names import Names
from notices.importing.provisions import VERBS, acts
from notices.importing.sentences import SourcePart
from notices.profile import Profile
from notices.verify.wording import alike, pairs_of
from notices.wording.spelling import tidy

CHECK: Final = "核对这一条"
"""What is to be done about words nobody has typed yet."""
_ELSEWHERE: Final = frozenset({"exclusions", "definitions", "aims", "implements", "basis"})
"""Sections the body of a notice has nothing for."""
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


def doer(text: str, profile: Profile) -> str:
    """Who does what words of a source say: the party they begin with, by its id."""
    found = subject(tidy(_started(text)), profile)
    return found[0] if found else ""


def _started(text: str) -> str:
    """Words without what leads them on from the sentence before."""
    text = re.sub(r"^\s*(?:[（(]\d{1,2}[）)]|[①-⑳])\s*", "", text)
    return re.sub(r"^\s*(?:并?请|其中|同时|此外|另外)?[，,]?", "", text).strip("，,。；;：: \n")


_OCCASION: Final = re.compile("^(?P<when>[^，,：:。]{2,60}(?:的|后|时))[，,](?P<rest>.{5,})$")


def _occasion(words: str, profile: Profile) -> tuple[str, str]:
    """When a rule applies, and what it says then: 不具备……的，企业可…… Empty: at any time."""
    found = _OCCASION.match(words)
    if found is None or subject(tidy(found["when"]), profile) or "（" in found["when"]:
        return "", words
    return found["when"], found["rest"]


def rule(text: str, profile: Profile, names: Names, label: str, by: str = "") -> dict[str, Any]:
    """The words of a source as a rule: who, how strongly, what; to be confirmed as a whole.

    ``by`` is who acts where the words name nobody.
    """
    words = _started(text)
    made: dict[str, Any] = {"label": label}
    when, words = _occasion(words, profile)
    found = subject(tidy(words), profile)
    if found and found[0] in profile.actors:
        rest = _after(words, found[1])
        if rest and len(rest) > 4:
            made["by"] = found[0]
            words = rest
    elif by in profile.actors:
        made["by"] = by
    if when:
        made["when"] = names.placed(when)
    strength = _strength(words)
    if strength != "must":
        made["strength"] = strength
    made["say"] = names.placed(words)
    if binds := [*binds_in(made.get("when", ""), strength), *binds_in(made["say"], strength)]:
        made["binds"] = binds
    made["confirm"] = {"pending": CHECK}
    made["label"] = made["label"] or re.split("[，,（(]", words)[0][:12]
    return made


_UNSETTLED: Final = re.compile(
    r"不得|不予|取消|之一|(?:一般|较大|重大|特大)[^，。；]{0,14}事故|\d|[一二两三四五六七八九十百]+(?:个月|个工作日|[年月日条家份项人级倍])|百分之|(?:的|后|时)[，,]?$|^(?:后|并)|^[如若][^，,]*$"
)
"""What a rule has a value for, or what is but half a sentence: its words alone do not settle it."""
_NUMBERED: Final = re.compile(
    r"\{[^}]*\}|附件\s*\d+|20\d\d年度?|(?:第|前)[一二三四五六七八九十\d]+(?:[-—–至]\s*\d+)?[批条章款项]次?|“[^”]*”"
)
"""Numbers that count nothing: of places, documents, years, lists."""
_NOBODY: Final = frozenset({"conditions", "definitions", "scope", "levels", "supplementary", "quotas", "third-party"})
"""Sections of what holds whoever acts."""


_SAYS: Final = re.compile("[的有无为是属具符设须应要需可由]|" + VERBS)
"""What a rule says at least: a name alone states nothing."""


def settled(made: Mapping[str, Any], section: str) -> bool:
    """Whether words of a source are all there is of a rule: who must do it, how strongly, and nothing to measure."""
    said = _NUMBERED.sub("", made.get("when", "") + made["say"])
    strengths = {name for name, pattern in _STRENGTHS if re.search(pattern, made["say"])}
    strength = made.get("strength", "must")
    if strength != "does" and _strength(re.split("[，,]", made["say"])[0]) != strength:
        return False  # its first act is not bound as the others are
    if strength == "principle":
        strengths.discard("must")
    told = "by" in made or section in _NOBODY or strength == "encourage" or not acts(made["say"])
    return told and len(strengths) <= 1 and bool(_SAYS.search(said)) and not _UNSETTLED.search(said)


def _after(text: str, count: int) -> str:
    """A text from behind so many characters of its tidy form."""
    for n in range(len(text) + 1):
        if len(tidy(text[:n])) == count and tidy(text[: n + 1]) != tidy(text[:n]):
            return text[n:].lstrip("，, ")
    return ""


_STRENGTHS: Final = (
    ("principle", "原则上"),
    ("prefer", "优先|择优"),
    ("encourage", "鼓励|^(?:支持|引导|倡导)"),
    (
        "must",
        "(?<![供相适对响反])应(?![用链对急变付答邀力])|(?<!无)须(?!知)|必须|不得|严禁|(?<![主重需])要(?![求素点件闻])|需(?![求要])",
    ),
    ("may", "可以|(?<![认许])可(?![靠持再行追信比观能])|自愿"),
)
"""How strongly a source's words bind, the first that fits: less is read off them than a phrase of ours may say."""


def _strength(text: str) -> str:
    return next((strength for strength, pattern in _STRENGTHS if re.search(pattern, text)), "does")
