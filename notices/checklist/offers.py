"""Which categories and levels an edition offers, and what is said to whoever asks for another."""

from __future__ import annotations

from collections.abc import Iterator

from notices import programmes
from notices.checklist.items import JUDGED, Level, own_level
from notices.errors import NotFoundError, ProblemsError, near
from notices.library import Edition, Library
from notices.profile import Category, Profile, Programme
from notices.profile.values import suggested
from notices.wording.words import EVIDENCE_WORDS

LEVEL_WORDS: dict[Level, str] = {"national": "国家级", "province": "省级", "city": "市级"}


def named(library: Library, wanted: str, programme: str | None = None) -> tuple[type[Profile], Category]:
    """The category of an id or a name, whatever edition offers it, and the class of its programme's profiles.

    Raises:
        NotFoundError: there is none such, or several programmes have it. ProblemsError: a programme's file is wrong.
    """
    kinds = (programmes.load(library, programme),) if programme else programmes.every(library)
    known = [(kind, key, one.name) for kind in kinds for key, one in programme_of(kind).categories.items()]
    text = wanted.strip()
    found = [(kind, key) for kind, key, name in known if text.lower() == key or text == name]
    if len(found) > 1:
        told = "、".join(f"{programme_of(kind).key}（{programme_of(kind).name}）" for kind, _ in found)
        raise NotFoundError(f"几个项目都有“{wanted}”这个类别：{told}\n    → 用 --programme 写明哪一个")
    if not found:
        names = "、".join(f"{key}（{name}）" for _, key, name in known)
        raise NotFoundError(f"没有“{wanted}”这个类别。{near(text.lower(), [key for _, key, _ in known])}可用：{names}")
    return found[0]


def programme_of(kind: type[Profile]) -> Programme:
    """The programme of a class :meth:`Profile.under` made."""
    assert kind.PROGRAMME is not None  # noqa: S101 - see above
    return kind.PROGRAMME


def words_for(library: Library, programme: Programme) -> Edition:
    """The first edition of a programme, for the words of a form no edition asks for.

    Raises:
        NotFoundError: there is none. ProblemsError: an edition before it cannot be read.
    """
    editions = map(library.load, library.editions())
    found = next((one for one in editions if one.profile.programme.key == programme.key), None)
    if found is None:
        raise NotFoundError(f"{programme.name}（{programme.key}）还没有一个版本的配置\n    → 先写一个版本")
    return found


def category(library: Library, edition: Edition, wanted: str) -> Category:
    """The category meant by an id or by what the edition calls it.

    Raises:
        NotFoundError: there is none such, or the edition does not offer it; the message says what it does offer.
    """
    profile = edition.profile
    names = {suggested(offer.name): key for key, offer in profile.categories.items()}
    names |= {key: key for key in profile.programme.categories}
    found = names.get(wanted.strip()) or names.get(wanted.strip().lower())
    if found is None:
        offered = [name for name, key in names.items() if key in profile.offered]
        raise NotFoundError(f"没有“{wanted}”这个类别。{near(wanted.lower(), offered)}{_has(library, edition)}")
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
    own = own_level(profile)
    rules = (
        rule
        for section in JUDGED
        if section not in {"exclusions", "removals"}
        for rule in profile.rules(section).values()
    )
    named = {rule.level for rule in rules if rule.level is not None}
    return tuple(one for one in LEVEL_WORDS if one == own or one in named)


def evidence(profile: Profile, wanted: Category) -> str:
    """How a category is evaluated, in words."""
    found = profile.categories[wanted].evidence
    return EVIDENCE_WORDS[found] if found else "原文没有写自评价还是第三方评价"
