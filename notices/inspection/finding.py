"""What is wrong with a paper, what a rule is, and how a rule says what it found."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from notices.inspection.model import Para

if TYPE_CHECKING:
    from notices.inspection.case import Case

FindingLevel: TypeAlias = Literal["must", "should", "note"]
LEVELS: Final[dict[FindingLevel, str]] = {"must": "必须改", "should": "应当改", "note": "供参考"}
"""How grave a finding is, the gravest first."""

STANDARD: Final = "GB/T 9704-2012"
SUITE: Final = "GB/T 33476.2-2016"
"""How an office suite comes to the page of the standard; where it does not say more, it is not named."""

_QUOTED: Final = 20
"""Characters of a paragraph that tell it from others."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule found: what was expected, what stands there, what to do, and at which paragraphs.

    Without paragraphs it is of the whole file, or of the pages ``at`` says. ``words`` are those meant, where it is not
    the whole paragraph. ``level`` and ``clause`` are given where they are others than the rule's.
    """

    expected: str
    found: str
    remedy: str
    paras: tuple[Para, ...] = ()
    words: str = ""
    at: str = ""
    level: FindingLevel | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph by its number (from 1, those of tables too; 0 in a page's head), its page if known, its words.

    ``about`` says that the page was counted, not read.
    """

    para: int
    page: int | None
    words: str
    about: bool = False

    def __str__(self) -> str:
        page = "" if self.page is None else f"{'约' if self.about else ''}第 {self.page} 页"
        place = f"第 {self.para} 段" if self.para else "页眉"
        return f"{page}{place}“{self.words}”"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``clause`` is of GB/T 9704-2012 unless it names another; ``at`` is told without places.

    ``suite`` is the clause of GB/T 33476.2-2016 that says how a word processor does it, empty where none does.
    """

    rule: str
    level: FindingLevel
    clause: str
    expected: str
    found: str
    remedy: str
    places: tuple[Place, ...] = ()
    at: str = ""
    suite: str = ""

    @property
    def where(self) -> str:
        """Where it is, in words: the first paragraph, and how many there are."""
        if not self.places:
            return self.at or "全文"
        rest = f" 等 {len(self.places)} 段" if len(self.places) > 1 else ""
        return f"{self.places[0]}{rest}"

    @property
    def source(self) -> str:
        """What it goes by, for a reader."""
        named = f"{STANDARD} {self.clause}" if self.clause[:1].isdigit() else self.clause
        return f"{named}；{SUITE} {self.suite}" if self.suite else named


Check: TypeAlias = "Callable[[Case], Iterator[Flaw]]"


@dataclass(frozen=True, slots=True)
class PaperRule:
    """A rule: ``id`` names it, the docstring of ``check`` documents it, it goes by ``clause`` and ``suite``."""

    id: str
    level: FindingLevel
    clause: str
    check: Check
    suite: str = ""

    @property
    def doc(self) -> str:
        """What is asked, the first line for a list, the rest why and how it is measured."""
        return inspect.cleandoc(self.check.__doc__ or "")

    def findings(self, case: Case) -> Iterator[Finding]:
        """What it finds, with places."""
        about = case.paper.about
        for flaw in self.check(case):
            places = tuple(Place(para.number, para.page, _words(para, flaw.words), about) for para in flaw.paras)
            level = flaw.level or self.level
            said = (flaw.expected, flaw.found, flaw.remedy)
            suite = "" if flaw.clause else self.suite
            yield Finding(self.id, level, flaw.clause or self.clause, *said, places, flaw.at, suite)


def rule(identity: str, level: FindingLevel, clause: str, suite: str = "") -> Callable[[Check], PaperRule]:
    """Make a rule of a check. ``clause`` is a number of GB/T 9704-2012, or names another paper or 惯例.

    ``suite`` is a number of GB/T 33476.2-2016, where it says how a word processor meets the clause.
    """
    return lambda check: PaperRule(identity, level, clause, check, suite)


def _words(para: Para, meant: str) -> str:
    text = " ".join((meant if meant.strip() else para.text).split())
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
