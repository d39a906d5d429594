"""What each kind of fact asks of the clauses it cites."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import singledispatch
from typing import TypeAlias

from notices.profile import (
    Contact,
    Deadline,
    Duration,
    Exclusion,
    Exclusions,
    Fact,
    Limit,
    Material,
    Paper,
    Pending,
    Rule,
)
from notices.profile.facts import Attachment, Channel, Offer, OwnForm, Reference
from notices.profile.model import Profile
from notices.profile.values import pendings_of
from notices.verify.terms import Demand, Figure, Term, When
from notices.wording.spelling import tidy
from notices.wording.words import PLACEHOLDER, SEVERITY_WORDS, amount, bound, chinese, copies, day, month_day

Demanded: TypeAlias = Mapping[str, str]
"""Short names the source itself gives: title or name to what follows 以下简称."""


def demand(profile: Profile, fact: Fact, given: Demanded) -> Demand:
    """What the source must say for the fact."""
    made = replace(_of(fact, profile), pending=tuple(value.pending for _, value in pendings_of(fact)))
    terms = tuple(replace(term, forms=(*term.forms, *_short(term, given))) for term in made.terms)
    return replace(made, terms=terms)


def _short(term: Term, given: Demanded) -> tuple[str, ...]:
    """The source's own short names of what a place of a phrase names."""
    return tuple(given[form] for form in term.forms if form in given) if term.named else ()


def given(profile: Profile, text: str) -> dict[str, str]:
    """Short names a source gives to the profile's references and platforms: （以下简称管理平台）."""
    plain = tidy(text)
    values = (*(item.title for item in profile.references.values()), *(item.name for item in profile.channels.values()))
    names = _known(*values)
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
    text = "\x00".join(_known(fact.when or "", fact.say or ""))
    members = _known(*fact.items)
    items = tuple(Term((item,)) for item in members if not re.search(r"\d", item))
    loose = tuple(item for item in members if re.search(r"\d", item))
    phrase = (*_fixed(text), *loose)
    values = text.count("{value}") or 1
    return Demand(
        (*items, *_placed(text, profile), *_quoted(phrase), *_basis(fact.limit)),
        (*_figures(fact.limit, fact.span, values), *_numbers(phrase)),
        (),
        phrase,
        members=members,
        open_ended=fact.open_ended,
        strength=fact.strength,
        severity=SEVERITY_WORDS[fact.severity] if fact.severity else None,
    )


@_of.register
def _(fact: Exclusion, profile: Profile) -> Demand:
    say, evidence = "".join(_known(fact.say)), _known(*fact.evidence)
    words = tuple(Term((part,)) for part in _fixed(say))
    role = {"decides": ("为准",), "refers": ("参照",)}.get(fact.evidence_role or "")
    roles = (Term(role),) if role and evidence else ()
    terms = (*words, *_placed(say, profile), *(Term((one,)) for one in evidence), *roles)
    severity = SEVERITY_WORDS[fact.severity] if fact.severity else None
    return Demand(terms, tuple(_figures(None, fact.span)), (), tuple(_fixed(say)), severity=severity)


@_of.register
def _(fact: Exclusions, _: Profile) -> Demand:
    spans = tuple(_figures(None, fact.lookback))
    barred = tuple(Term(("不得" + bar,)) if n == 0 else Term((bar,)) for n, bar in enumerate(fact.bars))
    bound = (Term((one,), soft=True) for one in _known(fact.subjects))
    return Demand((*barred, *_ranges(fact), *_left_open(fact), *bound), spans)


def _left_open(fact: Exclusions) -> Iterator[Term]:
    """失信被执行人等: where a list is left open, the word that says so behind the end of its last item."""
    last = next(reversed(fact.items.values()), None)
    if fact.open_ended and last is not None:
        for part in tuple(_fixed("".join(_known(last.say))))[-1:]:
            yield Term((f"{part.removesuffix('的')[-3:]}等",))


def _ranges(fact: Exclusions) -> Iterator[Term]:
    """1-6项: which items bar and which remove, where they are not the same."""
    places = {key: n for n, key in enumerate(fact.items, 1)}
    if fact.removals and fact.refusals.keys() != fact.removals.keys():
        for group in (fact.refusals, fact.removals):
            first, last = places[next(iter(group))], places[next(reversed(group))]
            yield Term((f"{first}-{last}项", f"第{first}至{last}项", f"第{first}项至第{last}项"))


@_of.register
def _(fact: Deadline, profile: Profile) -> Demand:
    say = "".join(_known(fact.say))
    phrase = tuple(_fixed(say))
    dates: tuple[When, ...] = ()
    if isinstance(fact.date, dt.date):
        dates = (When(day(fact.date), date=fact.date),)
    elif isinstance(fact.annual, str):
        dates = (When(f"每年{month_day(fact.annual)}", annual=fact.annual),)
    figures = (*_figures(None, fact.span), *_numbers(phrase))
    clock = (Term(clocks(fact.time)),) if isinstance(fact.time, str) else ()
    return Demand((*_placed(say, profile), *_quoted(phrase), *clock), figures, dates, phrase)


def clocks(time: str) -> tuple[str, ...]:
    """17:30 as a source may write it: 17:30, 17时30分, 下午5:30."""
    hour, minute = map(int, time.split(":"))
    said = [f"{hour}:{minute:02}", f"{hour}时{minute:02}分", f"{hour}点{minute:02}分"]
    said += [f"{hour}时", f"{hour}点"] if not minute else [f"{hour}时半", f"{hour}点半"] if minute == 30 else []
    later = [f"下午{one.replace(str(hour), str(hour - 12), 1)}" for one in said] if 12 < hour < 24 else []
    return tuple(dict.fromkeys((time, *said, *later)))


@_of.register
def _(fact: Material, profile: Profile) -> Demand:
    count = fact.copies if isinstance(fact.copies, int) else None
    counted = (copies(count), f"一式{count}份", f"一式{chinese(count)}份") if count else ()
    forms = tuple(Term((form[:2],)) for form in _known(*fact.form) if form[:2] in {"纸质", "电子"} and form != "纸质")
    placed = (_attachment(profile, key) for key in fact.attachments if key in profile.attached())
    return Demand((*((Term(counted),) if counted else ()), *forms, *placed), phrase=_known(fact.name))


@_of.register
def _(fact: Contact, profile: Profile) -> Demand:
    people = (value for one in fact.everyone for value in (one.person, *one.phone, one.email))
    values = (fact.office, *people, fact.fax, fact.address, fact.postcode, fact.email)
    return Demand(tuple(Term((value, *_local(value, profile))) for value in _known(*values)))


def _local(value: str, profile: Profile) -> Iterator[str]:
    """A telephone number as notices write it within their own area: without the code."""
    code, _, number = value.partition("-")
    if code in profile.authority.area_codes:
        yield number


@_of.register
def _(fact: Attachment, profile: Profile) -> Demand:
    places = [name for name, (_, item) in profile.attached().items() if item == fact]
    if isinstance(fact.title, Pending):
        return Demand()
    title = fact.title.replace("{year}", str(profile.year))
    if not places or len(profile.attached()) == 1:
        return Demand((Term((title,)),))
    number = profile.attached()[places[0]][0].removeprefix("附件")
    where_named = (f"{title}》（附件{number}", f"{title}（附件{number}")
    return Demand((Term((f"{number}{title}", f"{number}.{title}", *where_named)),))


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
    return Demand((*map(_term, _known(fact.name)), *_EVIDENCE.get(fact.evidence or "", ())) if fact.offered else ())


@_of.register
def _(fact: Reference, _: Profile) -> Demand:
    terms = [*map(_term, _known(fact.title, fact.number, fact.part))]
    if fact.alias:
        terms.append(Term((f"以下简称{fact.alias}",), soft=True))
    return Demand(tuple(terms))


@_of.register
def _(fact: Channel, _: Profile) -> Demand:
    terms = [*map(_term, (text.rstrip("/") for text in _known(fact.name, fact.url, fact.column)))]
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
        terms += (Term((text,), "标题") for text in _known(fact.subtitle) if text)
    if "发文字号" in cited and isinstance(fact.number, str):
        terms.append(Term((fact.number,), "发文字号"))
    if "主送机关" in cited:
        terms += (Term((name,), "主送机关") for name in _known(*fact.addressees))
    if "附注" in cited and isinstance(fact.disclosure, str):
        terms.append(Term((fact.disclosure,), "附注"))
    if "落款" in cited:
        terms += (Term((name,), "落款") for name in _known(profile.authority.name))
    signed = "成文日期" if "成文日期" in cited else "落款" if "落款" in cited else ""
    if signed and isinstance(fact.issued, dt.date):
        dates.append(When(day(fact.issued), date=fact.issued, before=False, clause=signed))
    drafted = (fact.drafted.replace("{year}", ""),) if not terms and not dates else ()
    return Demand(tuple(terms), (), tuple(dates), drafted, loose=True)


def _known(*values: object) -> tuple[str, ...]:
    """The texts among values; what is to be confirmed is asked of no source."""
    return tuple(value for value in values if isinstance(value, str))


def _term(text: str) -> Term:
    return Term((text,))


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
            yield Term(_known(item.title, item.alias), named=True)
        elif name == "channel":
            found = profile.channels[arg]
            yield Term(_known(found.alias, found.name), named=True)
        elif name == "attachment":
            yield _attachment(profile, arg)


def _attachment(profile: Profile, key: str) -> Term:
    label, attached = profile.attached()[key]
    number, title = label.removeprefix("附件"), attached.drafted.replace("{year}", str(profile.year))
    forms = (f"{number}.{title}", f"{number}{title}") if number else (title,)
    return Term(forms, attachment=number or "1")


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


def _figures(limit: Limit | None, span: Duration | None, times: int = 1) -> Iterator[Figure]:
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
    if limit and isinstance(limit.basis, str):
        yield Term((limit.basis,))
