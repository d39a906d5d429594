"""The checklist of a province, year and category: every rule that concerns an applicant, in the order of the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from notices.checklist.facts import Facts
from notices.checklist.verdict import BY_HAND, ItemFinding, Judge, Window, asks, either, judge, window
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
    "evaluation": "评价",
    "third-party": "对第三方机构的要求",
    "materials": "申报材料",
    "steps": "程序",
    "deadlines": "时间安排",
    "listed": "其他要求和列入以后",
}
JUDGED: tuple[ItemGroup, ...] = ("conditions", "levels", "evaluation", "exclusions", "removals", "priorities")
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
Weight: TypeAlias = Literal["decides", "principle", "focus", "advantage", "states"]
_WEIGHTS: dict[str, Weight] = {"must": "decides", "principle": "principle", "focus": "focus", "does": "states"}


_APPLICANTS = frozenset({None, "applicant", "eligible-applicant"})
"""Whose doing a rule may be to bear on an application; what an authority has to do bars no applicant."""
THEIRS = frozenset({"applicant", "eligible-applicant", "third-party", "national-third-party", "listed-unit"})
"""Parties who apply, evaluate, or are on the list: what they have to do is an item, whatever section it stands in."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist.

    ``key`` is the fact's dotted id. ``weight`` says what it means for the application: it decides, is asked in
    principle, gives an advantage, or states how things are done. ``judge`` is None where a person has to judge.
    """

    key: str
    group: ItemGroup
    label: str
    text: str
    cite: tuple[str, ...]
    weight: Weight
    judge: Judge | None = None
    who: str = ""
    due: dt.date | None = None
    time: str = ""
    material: Material | None = None
    kinds: tuple[str, ...] = ()
    asks: frozenset[str] = frozenset()
    """The facts of an applicant it looks at."""
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
                case Rule() if section in _RULES and self._concerns(fact):
                    yield self._rule(key, fact, _RULES[section], speaker)
                case Rule() if section == "scope" and self.category in fact.applies and fact.by in _APPLICANTS:
                    yield self._rule(key, fact, "scope", speaker)
                case Rule() if fact.by in THEIRS and self._concerns(fact):
                    yield self._rule(key, fact, "listed", speaker)
                case Exclusion() if fact.refuses or fact.removes:
                    yield self._exclusion(key, fact, speaker)
                case Material() if not fact.applies or self.category in fact.applies:
                    yield self._material(key, fact, speaker)
                case Deadline():
                    yield self._deadline(key, fact, speaker)
                case _:
                    pass

    def _concerns(self, rule: Rule) -> bool:
        return concerns(rule, self.category, self.level)

    def _rule(self, key: str, rule: Rule, group: ItemGroup, speaker: Speaker) -> Item:
        asked = group in JUDGED and rule.by in _APPLICANTS
        weight = _WEIGHTS.get(rule.strength, "states" if group == "evaluation" else "advantage") if asked else "states"
        return Item(
            key,
            group,
            rule.label or key,
            speaker.phrase(rule),
            rule.cite,
            weight,
            self._judge(key, rule) if group in JUDGED else None,
            speaker.actor(rule.by) if rule.by else "",
            kinds=_kinds(rule),
            asks=asks(rule),
            question=self._question(rule),
        )

    def _judge(self, key: str, rule: Rule) -> Judge | None:
        """A rule of a group where one is enough is judged with the whole group, and so is the rule that heads it."""
        alone = _asked(judge(rule, self._name, self.period), self._question(rule))
        part, _, own = key.partition(".")
        section = self.profile.rules(part)
        name = rule.any_of or (own if alone is None else None)
        group = [(n, one) for n, one in section.items() if name and one.any_of == name and self._concerns(one)]
        judges = [
            (one.label or n, _asked(judge(one, self._name, self.period), self._question(one))) for n, one in group
        ]
        return either([(label, one or _by_hand) for label, one in judges]) if any(one for _, one in judges) else alone

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
        )

    def _material(self, key: str, item: Material, speaker: Speaker) -> Item:
        who = speaker.actor(item.by) if item.by else ""
        text = speaker.material(item, self.category)
        return Item(key, "materials", item.label or said(item.name), text, item.cite, "states", who=who, material=item)

    def _deadline(self, key: str, item: Deadline, speaker: Speaker) -> Item:
        who = speaker.actor(item.by)
        to = f"→{speaker.actor(item.to)}" if item.to else ""
        text = f"{speaker.when(item)}，{speaker.say(item)}"
        when = due(self.profile, item)
        label, who = item.label or said(item.say), f"{who}{to}"
        return Item(key, "deadlines", label, text, item.cite, "states", who=who, due=when, time=said(item.time))


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


def _kinds(rule: Rule | Exclusion) -> tuple[str, ...]:
    """Kinds of record or certificate a rule's test looks at."""
    test = rule.test
    return (*test.accidents, *test.records, *test.doubtful, *test.certificate) if test else ()
