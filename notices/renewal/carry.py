"""What may not simply be carried over from one year to the next: one small function a kind.

Each yields :class:`Open` values: where, what, last year's value, a suggestion and why.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from notices.library import Edition, Library
from notices.profile import Paper, Pending, Profile, Rule
from notices.profile.facts import Reference
from notices.profile.values import Confirmable
from notices.profile.yamlfile import Key, dotted
from notices.renewal.years import YEAR, moved, suggested
from notices.wording.describe import Describer
from notices.wording.words import said, shown

BLANK = "\u3000"
"""Where the number goes that the registry gives: a full-width space, as drafts have it."""


@dataclass(frozen=True, slots=True)
class Open:
    """One value to be confirmed. ``drafted`` is a text that stands as suggested until then: its key and its words."""

    key: Key
    what: str
    was: str | None
    suggest: str | None
    why: str
    drafted: tuple[str, str] | None = None

    @property
    def fact(self) -> Key:
        """The fact it belongs to."""
        return self.key[:2]


@dataclass(frozen=True, slots=True)
class Roll:
    """From one edition to a year."""

    library: Library
    base: Edition
    to: int

    @property
    def profile(self) -> Profile:
        """The profile of the edition before."""
        return self.base.profile

    @property
    def years(self) -> int:
        """How many years on."""
        return self.to - self.base.profile.year


OpenKind: TypeAlias = Callable[[Roll], Iterator[Open]]


def _waiting(key: Key, value: Pending) -> Open:
    """A value that was open in the edition before, and still is."""
    return Open(key, value.pending, value.was, value.suggest, value.why or "上一版就没有定")


def _day(roll: Roll, key: Key, what: str, value: dt.date | Pending) -> Open:
    if isinstance(value, Pending):
        return _waiting(key, value)
    day, why = suggested(value, roll.years)
    return Open(key, what, value.isoformat(), day.isoformat(), why)


def answers(roll: Roll) -> Iterator[Open]:
    """The national notice this year's answers."""
    nation = roll.profile.programme.national
    if nation is None or roll.profile.id == nation:
        return
    editions = roll.library.editions()
    years = [int(year) for name in editions for identity, _, year in [name.partition("@")] if identity == nation]
    found = f"{nation}@{roll.to}" if roll.to in years else None
    why = "每年的国家通知不同，要写明依据哪一年的"
    if not found:
        latest = max((year for year in years if year <= roll.to), default=None)
        why += f"；还没有 {roll.to} 年的国家配置" + (f"，最近的是 {nation}@{latest}" if latest else "")
    was = roll.profile.answers
    line = roll.library.national_line(roll.profile.edition, was, roll.profile.extends, nation=nation)
    told = was.was if isinstance(was, Pending) else was or line
    yield Open(("answers",), "所依据的国家年度通知", told, found, why)


def papers(roll: Roll) -> Iterator[Open]:
    """Document numbers, days of issue and of printing, and titles with a year written out."""
    for kind, paper in roll.profile.papers.items():
        yield from _paper(roll, ("papers", kind), paper)


def _paper(roll: Roll, key: Key, paper: Paper) -> Iterator[Open]:
    if isinstance(paper.title, Pending):
        yield _waiting((*key, "title"), paper.title)
    elif YEAR.search(paper.title):
        suggest, why = moved(paper.title, roll.years), "标题里写着年份"
        yield Open((*key, "title"), "标题", paper.title, suggest, why)
    if isinstance(paper.number, Pending):
        yield _waiting((*key, "number"), paper.number)
    elif paper.number:
        suggest = re.sub(r"〔\d{4}〕\d+", f"〔{roll.to}〕{BLANK}", paper.number)
        why = "文号每年另编：机关代字沿用，序号由办公室登记后填写"
        yield Open((*key, "number"), "发文字号", paper.number, suggest, why)
    if paper.issued:
        yield _day(roll, (*key, "issued"), "成文日期", paper.issued)
    if paper.imprint and paper.imprint.issuer:
        issuer = paper.imprint.issuer
        if isinstance(issuer, Pending):
            yield _waiting((*key, "imprint", "issuer"), issuer)
    if paper.imprint and paper.imprint.printed:
        yield _day(roll, (*key, "imprint", "printed"), "印发日期", paper.imprint.printed)


def references(roll: Roll) -> Iterator[Open]:
    """Documents and standards the notice cites: are they still in force?"""
    for name, item in roll.profile.references.items():
        if not item.cite and not _used(roll.profile, name):
            continue
        key: Key = ("references", name)
        if isinstance(item.number, Pending):
            yield _waiting((*key, "number"), item.number)
        elif item.number:
            suggest, why = _successor(item, roll.to)
            what = "标准号" if item.kind == "standard" else "文号"
            yield Open((*key, "number"), what, item.number, suggest, why)
        elif isinstance(item.title, str):
            why = "引用的文件要核对是否仍然有效，名称是否变化"
            yield Open((*key, "confirm"), "引用的文件是否有效", item.title, item.title, why, ("title", item.title))


def _successor(item: Reference, to: int) -> tuple[str | None, str]:
    if item.ends and item.ends.year < to:
        by = f"，由 {item.replaced_by} 代替" if item.replaced_by else "，没有写明由什么代替"
        return item.replaced_by, f"{item.number} 于 {item.ends} 停止使用{by}"
    if item.ends and item.ends.year == to:
        by = f"，由 {item.replaced_by} 代替" if item.replaced_by else ""
        return str(item.number), f"{item.number} 在 {item.ends} 停止使用{by}；按成文日期核对用哪一个"
    return str(item.number), "引用的文件和标准要核对是否仍然有效、有没有新版"


def _used(profile: Profile, name: str) -> bool:
    place = f"{{ref:{name}}}"
    return any(place in f"{getattr(fact, 'when', '')}{getattr(fact, 'say', '')}" for _, fact in profile.facts())


def quotas(roll: Roll) -> Iterator[Open]:
    """How many may be recommended: the figure, or the whole rule where it has none."""
    for name, rule in roll.profile.quotas.items():
        key: Key = ("quotas", name)
        what, why = rule.label or "名额", "名额每年由国家、本级另定"
        value = rule.limit.value if rule.limit else None
        if isinstance(value, Pending):
            yield _waiting((*key, "limit", "value"), value)
        elif value is not None:
            yield Open((*key, "limit", "value"), what, f"{value:f}", f"{value:f}", why)
        elif isinstance(rule.say, str):
            text = moved(rule.say, roll.years)
            yield Open((*key, "confirm"), what, rule.say, text, why, ("say", text))


def years_in_rules(roll: Roll) -> Iterator[Open]:
    """Rules and deadlines with a year written out in their words."""
    done = {item.fact for item in quotas(roll) if item.drafted}
    for key, fact in roll.profile.facts():
        section, _, name = key.partition(".")
        say = getattr(fact, "say", None)
        if isinstance(fact, Confirmable) and isinstance(say, str) and YEAR.search(say) and (section, name) not in done:
            text, what = moved(say, roll.years), f"{fact.label or name}里的年份"
            yield Open((section, name, "confirm"), what, say, text, "文字里写着年份", ("say", text))


def deadlines(roll: Roll) -> Iterator[Open]:
    """Days by which something must be done; a day of every year stays."""
    for name, item in roll.profile.deadlines.items():
        if item.date:
            label = item.label or ""
            what = f"{label}日期" if label.endswith("截止") else f"{label}的截止日期" if label else "截止日期"
            yield _day(roll, ("deadlines", name, "date"), what, item.date)


_CONTACT = {"office": "承办处室", "person": "联系人", "phone": "联系电话", "email": "电子邮箱"}


def contacts(roll: Roll) -> Iterator[Open]:
    """Whom to ask: people move, numbers and mailboxes change."""
    for name, item in roll.profile.contacts.items():
        for field, what in _CONTACT.items():
            value = getattr(item, field)
            key: Key = ("contacts", name, field)
            if isinstance(value, Pending):
                yield _waiting(key, value)
            elif value and not (field == "office" and not (item.person or item.phone)):  # an office is no person
                yield Open(key, what, value, value, "人员、电话、邮箱常有变动，逐项核对")


def attachments(roll: Roll) -> Iterator[Open]:
    """Attachments: is each still attached, and called the same?"""
    for name, item in roll.profile.attachments.items():
        if not isinstance(item.title, str):  # it is open already
            continue
        title = moved(item.title, roll.years)
        why = "附件标题里写着年份" if title != item.title else "附件和名称要按当年的要求核对"
        yield Open(("attachments", name, "confirm"), "附件名称", item.title, title, why, ("title", title))


KINDS: tuple[OpenKind, ...] = (
    answers,
    papers,
    references,
    quotas,
    years_in_rules,
    deadlines,
    contacts,
    attachments,
)


def open_values(roll: Roll) -> tuple[Open, ...]:
    """Everything that may not simply be carried over, in the order of :data:`KINDS`, and what was open before.

    A paper that is attached and cited is asked about once, where it is attached.
    """
    attached = {item.title for item in roll.profile.attachments.values() if isinstance(item.title, str)}
    found = {
        item.key: item
        for kind in KINDS
        for item in kind(roll)
        if not (item.key[0] == "references" and item.key[-1] == "confirm" and item.was in attached)
    }
    known = {dotted(key) for key in found}
    for name, value in roll.profile.pendings():
        if name not in known:
            key = _path(roll.base, name)
            found[key] = _waiting(key, value)
    return tuple(found.values())


def _path(edition: Edition, name: str) -> Key:
    """The key of a value; one that stands alone where a list may stand, or alone in one, has the list's."""
    keys = {dotted(key): key for key in edition.origins}
    whole = name.removesuffix("[0]")
    return keys[whole] if whole in keys and f"{whole}[1]" not in keys else keys[name]


def notes(roll: Roll) -> tuple[tuple[str, str], ...]:
    """What nothing marks and a person must look at: (key, what). Other words with a year in them, a consultation."""
    words = Describer(roll.profile)
    years = tuple(
        (f"{key}.{field}", shown(words.filled(text, fact)))
        for key, fact in roll.profile.facts()
        for field in ("when", "name", "column", "bars", "items", "subjects")
        for text in _texts(getattr(fact, field, None))
        if YEAR.search(text) and not isinstance(fact, Reference)
    )
    offered = "、".join(str(said(roll.profile.categories[key].name)) for key in roll.profile.offered)
    asked = (
        *years,
        ("categories", f"当年开展哪些类别，按当年的通知核对；上一版是{offered}"),
        *((f"incentives.{name}", f"按当年的政策核对：{words.text(rule)}") for name, rule in _awards(roll.profile)),
    )
    asked += tuple(
        (f"contacts.{name}.office", f"收件处室是否变动：{item.office}")
        for name, item in roll.profile.contacts.items()
        if isinstance(item.office, str) and not (item.person or item.phone)
    )
    if roll.profile.status != "consultation":
        return asked
    return (*asked, ("status", "上一版是征求意见稿；已经定稿的，改 status 和文件的 subtitle"))


def _awards(profile: Profile) -> Iterator[tuple[str, Rule]]:
    """Incentives that are written out."""
    return ((name, rule) for name, rule in profile.rules("incentives").items() if isinstance(rule.say, str))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, tuple) else ()
