"""Which categories and levels an edition offers, and what is said to whoever asks for another."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import get_args

from notices.checklist.items import JUDGED, Level
from notices.errors import NotFoundError, ProblemsError
from notices.library import Edition, Library
from notices.profile import Category, Profile
from notices.profile.values import suggested
from notices.wording.words import EVIDENCE_WORDS

CATEGORIES: tuple[Category, ...] = get_args(Category)
LEVEL_WORDS: dict[Level, str] = {"national": "国家级", "province": "省级", "city": "市级"}


def named(wanted: str) -> Category:
    """The category of an id.

    Raises:
        NotFoundError: there is none such.
    """
    found = next((key for key in CATEGORIES if key == wanted.strip().lower()), None)
    if found is None:
        near = difflib.get_close_matches(wanted.lower(), CATEGORIES, n=1, cutoff=0.5)
        offer = f"是不是 {near[0]}？" if near else ""
        raise NotFoundError(f"没有“{wanted}”这个类别。{offer}可用：{'、'.join(CATEGORIES)}")
    return found


def category(library: Library, edition: Edition, wanted: str) -> Category:
    """The category meant by an id or by what the edition calls it.

    Raises:
        NotFoundError: there is none such, or the edition does not offer it; the message says what it does offer.
    """
    profile = edition.profile
    names = {suggested(offer.name): key for key, offer in profile.categories.items()} | {key: key for key in CATEGORIES}
    found = names.get(wanted.strip()) or names.get(wanted.strip().lower())
    if found is None:
        offered = [name for name, key in names.items() if key in profile.offered]
        near = difflib.get_close_matches(wanted.lower(), offered, n=1, cutoff=0.5)
        offer = f"是不是 {near[0]}？" if near else ""
        raise NotFoundError(f"没有“{wanted}”这个类别。{offer}{_has(library, edition)}")
    if found not in profile.offered:
        raise NotFoundError(f"{profile.edition} 没有开展 {found} 类别的申报。{_has(library, edition)}")
    return found


def _has(library: Library, edition: Edition) -> str:
    """What an edition offers, each with the first year it is known to have been offered."""
    profile = edition.profile
    years = dict(_years(library, profile.id))
    since = {key: min(years.get(key, [profile.year])) for key in profile.offered}
    parts = (f"{key}（{profile.categories[key].name}，{year} 年起）" for key, year in since.items())
    return f"{profile.edition} 开展的有：{'、'.join(parts)}；起始年份按现有配置"


def _years(library: Library, identity: str) -> Iterator[tuple[Category, list[int]]]:
    """By category the years one authority offers it in."""
    found: dict[Category, list[int]] = {}
    for name in library.editions():
        if name.partition("@")[0] != identity:
            continue
        try:
            profile = library.load(name).profile
        except ProblemsError:  # another year's fault is no reason to keep this answer back
            continue
        for key in profile.offered:
            found.setdefault(key, []).append(profile.year)
    yield from found.items()


def level(profile: Profile, wanted: str | None) -> Level | None:
    """The level asked for; None for the edition's own.

    Raises:
        NotFoundError: the edition has no rules for it.
    """
    if wanted is None:
        return None
    there = levels(profile)
    found = next((one for one in there if wanted.lower() == one or wanted == LEVEL_WORDS[one]), None)
    if found is None:
        has = "、".join(f"{one}（{LEVEL_WORDS[one]}）" for one in there)
        raise NotFoundError(f"{profile.edition} 没有 {wanted} 名单的规定；有：{has}")
    return found


def levels(profile: Profile) -> tuple[Level, ...]:
    """The edition's own level, and those its rules speak of besides."""
    own: Level = "national" if profile.authority.level.startswith("国家") else "province"
    rules = (
        rule
        for section in JUDGED
        if section not in {"exclusions", "removals"}
        for rule in getattr(profile, section).values()
    )
    named = {rule.level for rule in rules if rule.level is not None}
    return tuple(one for one in LEVEL_WORDS if one == own or one in named)


def evidence(profile: Profile, wanted: Category) -> str:
    """How a category is evaluated, in words."""
    found = profile.categories[wanted].evidence
    return EVIDENCE_WORDS[found] if found else "原文没有写自评价还是第三方评价"
