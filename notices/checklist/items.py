"""The checklist of a province, year and category: every rule that concerns an applicant, in the order of the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from notices.checklist.combine import alternative, either
from notices.checklist.facts import Facts
from notices.checklist.verdict import BY_HAND, ItemFinding, Judge, Window, asks, judge, left, window
from notices.errors import NotFoundError
from notices.library import Edition
from notices.profile import Category, Deadline, Exclusion, Exclusions, Material, Profile, Rule
from notices.profile.values import in_year
from notices.wording.speaker import Speaker
from notices.wording.words import reference, said

ItemGroup: TypeAlias = Literal[
    "scope",
    "levels",
    "conditions",
    "exclusions",
    "removals",
    "priorities",
    "evaluation",
    "third-party",
    "materials",
    "steps",
    "deadlines",
    "listed",
]
GROUP_WORDS: dict[ItemGroup, str] = {
    "scope": "申报范围",
    "conditions": "申报条件",
    "levels": "名单层级",
    "exclusions": "不得申报的情形",
    "removals": "只移出名单、不影响申报的情形",
    "priorities": "优先和鼓励的情形",
    "evaluation": "评价和申报",
    "third-party": "对第三方机构的要求",
    "materials": "申报材料",
    "steps": "程序",
    "deadlines": "时间安排",
    "listed": "其他要求和列入以后",
}
JUDGED: tuple[ItemGroup, ...] = (
    *("conditions", "levels", "evaluation", "exclusions", "removals", "priorities", "third-party"),
)
"""Groups whose items get a verdict."""

Level: TypeAlias = Literal["national", "province", "city"]
_RULES: dict[str, ItemGroup] = {
    "conditions": "conditions",
    "levels": "levels",
    "priorities": "priorities",
    "evaluation": "evaluation",
    "third-party": "third-party",
    "procedure": "steps",
    "review": "steps",
}
Weight: TypeAlias = Literal["decides", "principle", "focus", "advantage", "states", "due", "evaluator", "alternative"]
_WEIGHTS: dict[str, Weight] = {"must": "decides", "principle": "principle", "focus": "focus", "does": "states"}
FREE = frozenset({"may", "encourage", "does"})
"""Strengths that ask nothing of anybody: what is allowed, encouraged, or merely so."""

_APPLICANTS = frozenset({None, "applicant", "eligible-applicant"})
"""Whose doing a rule may be to bear on an application; what an authority has to do bars no applicant."""
THEIRS = frozenset({"applicant", "eligible-applicant", "third-party", "national-third-party", "listed-unit"})
"""Parties who apply, evaluate, or are on the list: what they have to do is an item, whatever section it stands in."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist.

    ``key`` is the fact's dotted id. ``weight`` says what it means for the application: it decides, is asked in
    principle, gives an advantage, is done before applying (``due``), is asked of the evaluator, is one of a group of
    which one is enough (``alternative``: the rule at its head counts), or states how things are done.

    ``judge`` is None where a person has to judge; ``left`` where the authority judges whatever is answered.
    """

    key: str
    group: ItemGroup
    label: str
    text: str
    cite: tuple[str, ...]
    weight: Weight
    judge: Judge | None = None
    left: bool = False
    kinds: tuple[str, ...] = ()
    asks: frozenset[str] = frozenset()
    """The facts of an applicant it looks at."""
    removes: bool = False
    """Whether a unit already on the list loses its place by it."""
    question: str = ""
    """What to ask where the conditions stand in a document: 对照《…》逐条核对：是否都符合？"""


@dataclass(frozen=True, slots=True)
class Checklist:
    """What one edition asks of one category on one day. ``period`` is the look-back of its exclusions.

    Without a ``day`` (the edition states none yet) it is blank only: nobody can be judged by it.
    """

    edition: Edition
    category: Category
    level: Level
    day: dt.date | None
    period: Window
    items: tuple[Item, ...]
    until: dt.date | None = None
    """The last day the edition states for handing in; None while it is open."""

    @property
    def late(self) -> bool:
        """Whether it is judged on a day after the last one."""
        return self.until is not None and self.day is not None and self.day > self.until

    def settled(self) -> dt.date:
        """The day applicants are judged on.

        Raises:
            NotFoundError: there is none yet.
        """
        if self.day is None:
            name = self.edition.profile.edition
            raise NotFoundError(f"{name} 的申报截止日待定，看不出按哪一天判断；用 --as-of 写明日期")
        return self.day

    def of(self, group: ItemGroup) -> tuple[Item, ...]:
        """The items of a group."""
        return tuple(item for item in self.items if item.group == group)


def checklist(
    edition: Edition,
    category: Category,
    names: Mapping[str, str],
    *,
    as_of: dt.date | None = None,
    level: Level | None = None,
) -> Checklist:
    """The checklist of a category.

    Args:
        edition: the profile.
        category: what is applied for.
        names: labels of the facts a test may ask for, by id.
        as_of: the day it is judged on; without it the last day applicants' materials are taken.
        level: the list applied for; without it the edition's own.

    Raises:
        NotFoundError: the edition does not offer the category.
    """
    profile = edition.profile
    _offered(profile, category)
    own = own_level(profile)
    until = closing(profile)
    judged_on = as_of or until
    counted = judged_on or dt.date(profile.year, 12, 31)  # of a blank checklist no date is printed
    basis = "按指定的判断日起算" if as_of else "按申报截止日起算"
    bars = profile.exclusions
    since = bars.lookback.since if bars else None
    period = window(
        bars.lookback if bars else None, counted, f"按{since}起算" if since else f"{basis}，原文没有写起算日"
    )
    builder = _Builder(profile, category, level or own, names, period)
    return Checklist(edition, category, level or own, judged_on, period, tuple(builder.items()), until)


def own_level(profile: Profile) -> Level:
    """The list an edition's authority keeps itself."""
    stated = (profile.authority.level or "").startswith("国家")
    return "national" if stated or profile.id == profile.programme.national else "province"


def closing(profile: Profile) -> dt.date | None:
    """The day applicants' materials are due, else the day they are due at the authority; None while it is open."""
    deadline = next((profile.deadlines[key] for key in _CLOSING if key in profile.deadlines), None)
    return due(profile, deadline) if deadline else None


_CLOSING = ("applicant-to-city", "city-to-province", "province-to-ministry")
"""Ids of deadlines, the same in every profile: applicants to the county or city, the city to the province."""


def due(profile: Profile, deadline: Deadline) -> dt.date | None:
    """The day of a deadline in the edition's year; None for a span, while it is open, or where there is no such day."""
    if isinstance(deadline.date, dt.date):
        return deadline.date
    return in_year(deadline.annual, profile.year) if deadline.annual else None


def _offered(profile: Profile, category: Category) -> None:
    if category in profile.offered:
        return
    has = "、".join(f"{key}（{profile.categories[key].name}）" for key in profile.offered)
    raise NotFoundError(f"{profile.edition} 没有开展 {category} 类别的申报；开展的有：{has}")


def commissioned(profile: Profile, category: Category) -> bool:
    """Whether somebody else may evaluate a category, or whether it only declares itself."""
    return profile.categories[category].evidence != "self"


def concerns(rule: Rule, category: Category, level: Level) -> bool:
    """Whether a rule says something of a category and a list."""
    fits = not rule.applies or category in rule.applies
    return fits and rule.level in {None, level} and bool(rule.say)


@dataclass(frozen=True)
class _Builder:
    profile: Profile
    category: Category
    level: Level
    names: Mapping[str, str]
    period: Window

    def items(self) -> Iterator[Item]:
        authority = self.profile.authority
        speaker = Speaker(self.profile, marked=True)
        speaker.called = {said(authority.itself): said(authority.name)}  # 我厅 is nobody's word but the authority's
        for key, fact in self.profile.facts():
            section = key.partition(".")[0]
            match fact:
                case Rule() if self._concerns(fact):
                    group = self._group(section, fact)
                    if group is not None:
                        yield self._rule(key, fact, group, speaker)
                case Exclusion() if fact.refuses or fact.removes:
                    yield self._exclusion(key, fact, speaker)
                case Material() if theirs(fact, self.category):
                    yield self._material(key, fact, speaker)
                case Deadline():
                    yield self._deadline(key, fact, speaker)
                case _:
                    pass

    def _concerns(self, rule: Rule) -> bool:
        return concerns(rule, self.category, self.level)

    def _group(self, section: str, rule: Rule) -> ItemGroup | None:
        """Where a rule stands; nowhere when it asks nothing of the applicant, or of whoever evaluates them.

        What is decided by their facts always does. Of the rest, what somebody else has to do does not, nor what
        is only allowed, encouraged or so.
        """
        tested = rule.test is not None or rule.limit is not None
        mine = rule.by in _APPLICANTS
        group = _RULES.get(section)
        if section == "scope" and (self.category in rule.applies or tested):
            return "conditions" if tested else "scope" if mine else None
        if group == "third-party":
            binds = rule.by is None or rule.by in THEIRS
            asked = tested or (binds and rule.strength not in FREE)
            return group if asked and commissioned(self.profile, self.category) else None
        if group == "steps":
            return "evaluation" if rule.test else group if rule.by is None or rule.by in THEIRS else None
        if group == "priorities":
            return group
        if group is not None:
            free = rule.strength in FREE and (rule.by is None or rule.strength != "does")
            preferred = group in {"conditions", "levels"} and rule.strength not in _WEIGHTS  # and no condition
            return ("priorities" if preferred else group) if tested or (mine and not free) else None
        return "listed" if rule.by in THEIRS and rule.strength not in FREE - {"does"} else None

    def _rule(self, key: str, rule: Rule, group: ItemGroup, speaker: Speaker) -> Item:
        return Item(
            key,
            group,
            rule.label or key,
            speaker.phrase(rule),
            rule.cite,
            self._weight(key, rule, group),
            self._judge(key, rule) if group in JUDGED else None,
            left(rule) and not self._alternatives(key, rule),
            kinds=_kinds(rule),
            asks=self._asks(key, rule),
            question=self._question(rule),
        )

    def _weight(self, key: str, rule: Rule, group: ItemGroup) -> Weight:
        part, _, _ = key.partition(".")
        if group == "third-party":
            return "evaluator"
        if part == "scope":
            return "decides" if rule.by in _APPLICANTS else "principle"
        if rule.any_of and rule.any_of in self.profile.rules(part):
            return "alternative"
        if group not in JUDGED or rule.by not in _APPLICANTS:
            return "states"
        if group == "evaluation" and (part != "evaluation" or rule.strength in FREE):
            return "due"
        return _WEIGHTS.get(rule.strength, "advantage")

    def _alternatives(self, key: str, rule: Rule) -> list[tuple[str, Rule]]:
        """The rules of which one is enough, for the rule at the head of their group, or one of them."""
        part, _, own = key.partition(".")
        name = rule.any_of or own
        return [(n, one) for n, one in self.profile.rules(part).items() if one.any_of == name and self._concerns(one)]

    def _asks(self, key: str, rule: Rule) -> frozenset[str]:
        own = asks(rule)
        return own.union(*(asks(one) for _, one in self._alternatives(key, rule))) if not rule.any_of else own

    def _judge(self, key: str, rule: Rule) -> Judge | None:
        """The rule at the head of a group where one is enough is judged by all of them, each of them by itself."""
        alone = _asked(judge(rule, self._name, self.period), self._question(rule))
        part, _, own = key.partition(".")
        group = [
            (n, one.label or n, _asked(judge(one, self._name, self.period), self._question(one)) or _by_hand)
            for n, one in self._alternatives(key, rule)
        ]
        if not group or (alone is not None and not rule.any_of):
            return alone
        if rule.any_of in self.profile.rules(part):
            return alternative(alone or _by_hand, [(label, one) for n, label, one in group if n != own])
        return either([(label, one) for _, label, one in group])

    def _question(self, rule: Rule) -> str:
        if rule.document is None:
            return ""
        return f"对照{reference(self.profile.references[rule.document])}逐条核对：是否都符合？"

    def _name(self, fact: str) -> str:
        return self.names.get(fact, fact)

    def _exclusion(self, key: str, item: Exclusion, speaker: Speaker) -> Item:
        whole = self.profile.exclusions
        assert isinstance(whole, Exclusions)  # noqa: S101 - its items are being read
        found = judge(item, self._name, self.period)
        cite = item.cite or whole.cite
        return Item(
            *(key, "exclusions" if item.refuses else "removals", item.label or key, speaker.exclusion(item), cite),
            *("decides" if item.refuses else "states", found),
            kinds=_kinds(item),
            asks=asks(item),
            removes=item.removes,
        )

    def _material(self, key: str, item: Material, speaker: Speaker) -> Item:
        text = speaker.material(item, self.category)
        return Item(key, "materials", item.label or said(item.name), text, item.cite, "states")

    def _deadline(self, key: str, item: Deadline, speaker: Speaker) -> Item:
        text = f"{speaker.when(item)}，{speaker.say(item)}"
        return Item(key, "deadlines", item.label or said(item.say), text, item.cite, "states")


def _asked(alone: Judge | None, question: str) -> Judge | None:
    """A rule whose conditions stand in a document is met by no answer of its own: it is to be gone through."""
    if not question:
        return alone
    open_ = ItemFinding("unknown", question)

    def decide(facts: Facts) -> ItemFinding:
        found = alone(facts) if alone else open_
        return found if found.verdict == "not-met" else open_

    return decide


def _by_hand(_: Facts) -> ItemFinding:
    return BY_HAND


def theirs(material: Material, category: Category) -> bool:
    """Whether the applicant of a category, or whoever evaluates them, makes a material; else an authority does."""
    return (not material.applies or category in material.applies) and (material.by is None or material.by in THEIRS)


def _kinds(rule: Rule | Exclusion) -> tuple[str, ...]:
    """Kinds of record or certificate a rule's test looks at."""
    test = rule.test
    return (*test.accidents, *test.records, *test.doubtful, *test.certificate) if test else ()
