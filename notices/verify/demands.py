"""What each kind of fact asks of the clauses it cites."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import singledispatch
from typing import TypeAlias

from notices.profile import Contact, Deadline, Exclusion, Exclusions, Fact, Limit, Material, Paper, Pending, Rule, Span
from notices.profile.facts import Attachment, Channel, Offer, OwnForm, Reference
from notices.profile.model import Profile
from notices.verify.spelling import tidy
from notices.verify.wanted import Demand, Figure, Term, When
from notices.words import PLACEHOLDER, SEVERITY_WORDS, amount, bound, chinese, copies, day, month_day

Given: TypeAlias = Mapping[str, str]
"""Short names the source itself gives: title or name to what follows 以下简称."""


def demand(profile: Profile, fact: Fact, given: Given) -> Demand:
    """What the source must say for the fact."""
    made = _of(fact, profile)
    terms = tuple(replace(term, forms=(*term.forms, *_short(term, given))) for term in made.terms)
    return replace(made, terms=terms)


def _short(term: Term, given: Given) -> tuple[str, ...]:
    """The source's own short names of what a place of a phrase names."""
    return tuple(given[form] for form in term.forms if form in given) if term.named else ()


def given(profile: Profile, text: str) -> dict[str, str]:
    """Short names a source gives to the profile's references and platforms: （以下简称管理平台）."""
    plain = tidy(text)
    names = (*(item.title for item in profile.references.values()), *(item.name for item in profile.channels.values()))
    found = (
        (name, re.search(re.escape(tidy(name)) + r"[^。;]{0,60}?以下[简统]称([^),。;]{1,20})\)", plain))
        for name in names
    )
    return {name: match[1] for name, match in found if match}


@singledispatch
def _of(_: Fact, __: Profile) -> Demand:
    return Demand()


@_of.register
def _(fact: Rule, profile: Profile) -> Demand:
    text = f"{fact.when or ''}\x00{fact.say or ''}"
    items = tuple(Term((item,)) for item in fact.items if not re.search(r"\d", item))
    loose = tuple(item for item in fact.items if re.search(r"\d", item))
    phrase = (*_fixed(text), *loose)
    values = text.count("{value}") or 1
    return Demand(
        (*items, *_placed(text, profile), *_quoted(phrase), *_basis(fact.limit)),
        (*_figures(fact.limit, fact.span, values), *_numbers(phrase)),
        (),
        phrase,
        members=fact.items,
        open_ended=fact.open_ended,
        strength=fact.strength,
        severity=SEVERITY_WORDS[fact.severity] if fact.severity else None,
        pending=_waiting(fact.limit, fact.span),
    )


@_of.register
def _(fact: Exclusion, profile: Profile) -> Demand:
    words = tuple(Term((part,)) for part in _fixed(fact.say))
    role = {"decides": ("为准",), "refers": ("参照",)}.get(fact.evidence_role or "")
    roles = (Term(role),) if role and fact.evidence else ()
    terms = (*words, *_placed(fact.say, profile), *(Term((one,)) for one in fact.evidence), *roles)
    severity = SEVERITY_WORDS[fact.severity] if fact.severity else None
    return Demand(terms, tuple(_figures(None, fact.span)), (), tuple(_fixed(fact.say)), severity=severity)


@_of.register
def _(fact: Exclusions, _: Profile) -> Demand:
    spans = tuple(_figures(None, fact.lookback))
    barred = tuple(Term(("不得" + bar,)) if n == 0 else Term((bar,)) for n, bar in enumerate(fact.bars))
    return Demand((*barred, *_ranges(fact), Term((fact.subjects,), soft=True)), spans)


def _ranges(fact: Exclusions) -> Iterator[Term]:
    """1-6项: which items bar and which remove, where they are not the same."""
    places = {key: n for n, key in enumerate(fact.items, 1)}
    if fact.removals and fact.refusals.keys() != fact.removals.keys():
        for group in (fact.refusals, fact.removals):
            first, last = places[next(iter(group))], places[next(reversed(group))]
            yield Term((f"{first}-{last}项", f"第{first}至{last}项", f"第{first}项至第{last}项"))


@_of.register
def _(fact: Deadline, profile: Profile) -> Demand:
    phrase = tuple(_fixed(fact.say))
    dates: tuple[When, ...] = ()
    if isinstance(fact.date, dt.date):
        dates = (When(day(fact.date), date=fact.date),)
    elif fact.annual:
        dates = (When(f"每年{month_day(fact.annual)}", annual=fact.annual),)
    waiting = (fact.date.pending,) if isinstance(fact.date, Pending) else ()
    figures = (*_figures(None, fact.span), *_numbers(phrase))
    return Demand((*_placed(fact.say, profile), *_quoted(phrase)), figures, dates, phrase, pending=waiting)


@_of.register
def _(fact: Material, profile: Profile) -> Demand:
    counted = (copies(fact.copies), f"一式{fact.copies}份", f"一式{chinese(fact.copies)}份") if fact.copies else ()
    forms = tuple(Term((form[:2],)) for form in fact.form if form[:2] in {"纸质", "电子"} and form != "纸质")
    placed = (_attachment(profile, key) for key in fact.attachments if key in profile.attached())
    return Demand((*((Term(counted),) if counted else ()), *forms, *placed), phrase=(fact.name,))


@_of.register
def _(fact: Contact, _: Profile) -> Demand:
    values = (fact.office, fact.person, fact.phone, fact.fax, fact.address, fact.postcode, fact.email)
    waiting = tuple(value.pending for value in values if isinstance(value, Pending))
    return Demand(tuple(Term((value,)) for value in values if isinstance(value, str)), pending=waiting)


@_of.register
def _(fact: Attachment, profile: Profile) -> Demand:
    places = [name for name, (_, item) in profile.attached().items() if item == fact]
    title = fact.title.replace("{year}", str(profile.year))
    if not places or len(profile.attached()) == 1:
        return Demand((Term((title,)),))
    number = profile.attached()[places[0]][0].removeprefix("附件")
    return Demand((Term((f"{number}{title}", f"{number}.{title}")),))


@_of.register
def _(_: OwnForm, __: Profile) -> Demand:
    return Demand()


_EVIDENCE: dict[str, tuple[Term, ...]] = {
    "self": (Term(("自评", "自我评价", "自我声明")),),
    "third-party": (Term(("第三方",)),),
}
_EVIDENCE |= dict.fromkeys(("either", "both"), (*_EVIDENCE["self"], *_EVIDENCE["third-party"]))


@_of.register
def _(fact: Offer, _: Profile) -> Demand:
    return Demand((Term((fact.name,)), *_EVIDENCE.get(fact.evidence or "", ())) if fact.offered else ())


@_of.register
def _(fact: Reference, _: Profile) -> Demand:
    terms = [Term((fact.title,)), *(Term((text,)) for text in (fact.number, fact.part) if isinstance(text, str))]
    if fact.alias:
        terms.append(Term((f"以下简称{fact.alias}",), soft=True))
    waiting = (fact.number.pending,) if isinstance(fact.number, Pending) else ()
    return Demand(tuple(terms), pending=waiting)


@_of.register
def _(fact: Channel, _: Profile) -> Demand:
    terms = [Term((text,)) for text in (fact.name, (fact.url or "").rstrip("/"), fact.column) if text]
    if fact.alias:
        terms.append(Term((f"以下简称{fact.alias}",), soft=True))
    return Demand(tuple(terms))


@_of.register
def _(fact: Paper, profile: Profile) -> Demand:
    cited = set(fact.cite)
    terms: list[Term] = []
    dates: list[When] = []
    if "标题" in cited and isinstance(fact.title, str):
        terms.append(Term((fact.title.replace("{year}", str(profile.year)),), "标题"))
        terms += [Term((fact.subtitle,), "标题")] if fact.subtitle else []
    if "发文字号" in cited and isinstance(fact.number, str):
        terms.append(Term((fact.number,), "发文字号"))
    if "主送机关" in cited:
        terms += (Term((name,), "主送机关") for name in fact.addressees)
    if "附注" in cited and fact.disclosure:
        terms.append(Term((fact.disclosure,), "附注"))
    if "落款" in cited:
        terms.append(Term((profile.authority.name,), "落款"))
    signed = "成文日期" if "成文日期" in cited else "落款" if "落款" in cited else ""
    if signed and isinstance(fact.issued, dt.date):
        dates.append(When(day(fact.issued), date=fact.issued, before=False, clause=signed))
    values = {"标题": fact.title, "发文字号": fact.number, "成文日期": fact.issued}
    waiting = tuple(value.pending for value in values.values() if isinstance(value, Pending))
    drafted = (fact.drafted.replace("{year}", ""),) if not terms and not dates else ()
    return Demand(tuple(terms), (), tuple(dates), drafted, loose=True, pending=waiting)


def _fixed(text: str) -> Iterator[str]:
    """The fixed parts of a phrase, without the places between them."""
    return (part for part in PLACEHOLDER.sub("\x00", text).split("\x00") if len(part.strip("，、；。（）“”《》")) > 1)


def _placed(text: str, profile: Profile) -> Iterator[Term]:
    """The terms that fill the places of a phrase: titles, names of platforms, the year."""
    for match in PLACEHOLDER.finditer(text):
        name, arg = match["name"], match["arg"] or ""
        if name == "year":
            yield Term((str(profile.year),))
        elif name == "ref":
            item = profile.references[arg]
            yield Term(tuple(text for text in (item.title, item.alias) if text), named=True)
        elif name == "channel":
            found = profile.channels[arg]
            yield Term(tuple(text for text in (found.alias, found.name) if text), named=True)
        elif name == "attachment":
            yield _attachment(profile, arg)


def _attachment(profile: Profile, key: str) -> Term:
    label, attached = profile.attached()[key]
    number = label.removeprefix("附件")
    return Term((f"{number}.{attached.title}", f"{number}{attached.title}"), attachment=number or "1")


_SAID = re.compile(r"“([^“”]+)”|《([^《》]+)》")
_LEVEL = re.compile(r"(?:国家|自治区|省|盟市|市|县)(?:级|层面)(?:及?以上)?")


def _quoted(phrase: Iterable[str]) -> Iterator[Term]:
    """Defined terms in the fixed parts: what stands in quotes, and the level of a list."""
    for part in phrase:
        yield from (Term((match[1] or match[2],)) for match in _SAID.finditer(part) if match[1] or match[2])
        yield from (_level(word) for word in dict.fromkeys(_LEVEL.findall(part)))


def _level(word: str) -> Term:
    """省级及以上 and 省级以上 are the same."""
    plain = word.replace("及以上", "以上")
    return Term((word, plain, plain.replace("以上", "及以上")))


def _numbers(phrase: Iterable[str]) -> Iterator[Figure]:
    """Bare numbers in the fixed parts: each must stand in the source."""
    for part in phrase:
        for found in dict.fromkeys(re.findall(r"\d+(?:\.\d+)?", part)):
            yield Figure(Decimal(found), "", "==", found, strict=False)


def _figures(limit: Limit | None, span: Span | None, times: int = 1) -> Iterator[Figure]:
    for one in (limit, span):
        if one is not None and isinstance(one.value, Decimal):
            shown = bound(one.model_copy(update={"basis": None}) if isinstance(one, Limit) else one)
            yield Figure(
                one.value,
                one.unit,
                one.op,
                shown or amount(one),
                times,
                strict=isinstance(one, Limit) or one.op != "==",
            )


def _basis(limit: Limit | None) -> Iterator[Term]:
    """口径 of a threshold."""
    if limit and limit.basis:
        yield Term((limit.basis,))


def _waiting(*values: Limit | Span | None) -> tuple[str, ...]:
    return tuple(one.value.pending for one in values if one is not None and isinstance(one.value, Pending))
