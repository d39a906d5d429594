"""What an applicant hands in, in the order it is bound: one table of the notice's materials and what custom adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from notices.checklist.advice import certificates_of, records_of
from notices.checklist.dates import APPLICANTS, speaker_of
from notices.checklist.hints import Lore, PackageKey
from notices.checklist.items import Checklist, Item, ItemGroup
from notices.checklist.offers import evidence
from notices.checklist.phrases import GUESS
from notices.profile import Exclusion, Material, Rule
from notices.wording.clauses import clauses
from notices.wording.words import forms_of, said

_THEIRS = APPLICANTS | {"third-party"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to hand in: who makes it, in how many copies, who signs and seals it, where its form is, the clause."""

    name: str
    who: str
    form: str
    seal: str
    sheet: str
    cite: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the applicant hands in, and what the authorities add on their way up."""

    pieces: tuple[Piece, ...]
    added: tuple[str, ...]
    stated: bool
    """Whether the notice names any material of the applicant's."""


def bundle(checklist: Checklist, lore: Lore, numbers: Mapping[str, int]) -> Bundle:
    """The materials of a category. ``numbers`` are the items' numbers on the page."""
    profile, category = checklist.edition.profile, checklist.category
    known = [(key, one) for key, one in profile.materials.items() if not one.applies or category in one.applies]
    placed: dict[PackageKey, list[Piece]] = {}
    added: list[str] = []
    speaker = speaker_of(profile)
    for key, one in known:
        bound = _part(checklist, lore, key, one)
        if bound is not None:
            placed.setdefault(bound, []).append(_stated(checklist, lore, key, one))
        elif one.by is not None and one.by not in _THEIRS and "recheck" not in key:
            added.append(speaker.stated(one, said(one.name)))
    pieces: list[Piece] = []
    for part in lore.package:
        own = placed.get(part.part, [])
        holds = _holds(checklist, part.part, numbers)
        if own:
            pieces += own
        elif holds is not None and not (part.part == "report" and placed.get("application")):
            told = f"{part.title}：{holds}" if holds else part.title
            mark = GUESS if part.sure == "inferred" else ""
            pieces.append(Piece(told + mark, _maker(part.part), "随上报材料", part.holds or "", "", ""))
    return Bundle(tuple(pieces), tuple(added), bool(placed))


def _part(checklist: Checklist, lore: Lore, key: str, one: Material) -> PackageKey | None:
    """Where a material of the applicant's is bound; None for what an authority makes or another unit hands in."""
    known = lore.materials.get(key)
    if known is not None and known.part is None:
        return None
    if known is None and one.by not in {None, *_THEIRS}:
        return None
    attached = checklist.edition.profile.attachments
    if any(attached[name].kind == "report" for name in one.attachments if name in attached):
        return "report"
    return known.part if known is not None else "application"


def _stated(checklist: Checklist, lore: Lore, key: str, one: Material) -> Piece:
    profile, category = checklist.edition.profile, checklist.category
    speaker = speaker_of(profile)
    name = one.otherwise.get(category, one.name)
    maker = speaker.actor(one.by) if one.by in _THEIRS else "申报单位"
    if one.by is not None and one.by not in _THEIRS:
        maker += f"（由{speaker.actor(one.by)}报送）"
    known = lore.materials.get(key)
    seal = f"{known.seal}{GUESS if known.sure == 'inferred' else ''}" if known and known.seal else ""
    form = "、".join(forms_of(one.form, one.copies)) or "原文没有写"
    return Piece(said(name), maker, form, seal, _sheet(checklist, one), clauses(one.cite))


def _sheet(checklist: Checklist, one: Material) -> str:
    """Where the form of a material is: 附件4《…》; the forms of a category's own report, where nothing names one."""
    profile, category = checklist.edition.profile, checklist.category
    attached = profile.attached()
    keys = [key for key in one.attachments if key in attached and category in (attached[key][1].applies or (category,))]
    told = [f"{attached[key][0]}《{speaker_of(profile).title(said(attached[key][1].drafted))}》" for key in keys]
    return "、".join(told) + "，有空表" if told else "原文没有规定格式"


def _maker(part: PackageKey) -> str:
    return "申报单位、评价机构" if part == "report" else "申报单位"


def _holds(checklist: Checklist, part: PackageKey, numbers: Mapping[str, int]) -> str | None:
    """What of this checklist goes into a part custom adds; None where nothing does."""
    facts = checklist.edition.profile.by_id
    rules = {item.key: one for item in checklist.items if isinstance(one := facts[item.key], Rule | Exclusion)}
    match part:
        case "application" | "other":
            return None
        case "report":
            return evidence(checklist.edition.profile, checklist.category)
        case "conditions":
            return _numbered(checklist, numbers, "conditions", "levels")
        case "priorities":
            return _numbered(checklist, numbers, "priorities")
        case "certificates":
            return "、".join(dict.fromkeys(kind for one in rules.values() for kind in certificates_of(one))) or None
        case "records":
            asked = [item for item in checklist.of("exclusions") if records_of(rules[item.key])]
            return f"{_run(asked, numbers)}的查询结果" if asked else None
        case _:
            return ""


def _numbered(checklist: Checklist, numbers: Mapping[str, int], *groups: ItemGroup) -> str | None:
    found = [item for group in groups for item in checklist.of(group) if item.key in numbers]
    return f"{_run(found, numbers)}的证明" if found else None


def _run(found: Sequence[Item], numbers: Mapping[str, int]) -> str:
    return ordinals([numbers[item.key] for item in found])


def ordinals(numbers: Sequence[int]) -> str:
    """第1、3—5项: numbers in order, runs of them as spans."""
    return f"第{'、'.join(_spans(sorted(numbers)))}项" if numbers else ""


def _spans(numbers: Sequence[int]) -> Iterator[str]:
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            first, last = numbers[start], numbers[place - 1]
            yield str(first) if first == last else f"{first}—{last}"
            start = place
