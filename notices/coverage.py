"""Proof that nothing was dropped: every fact of an edition stands in the text of one of its documents.

The rendered text is searched for what each fact must print: the fixed parts of its phrase, and its typed values as
they read in Chinese. A template that leaves a rule out, or says it without its figure, is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from notices.compose import Composed, compose
from notices.document import Document, text_lines
from notices.errors import Problem, ProblemsError
from notices.library import Edition, Library
from notices.profile import (
    Attachment,
    Contact,
    Deadline,
    Exclusion,
    Exclusions,
    Fact,
    Limit,
    Material,
    PaperKind,
    Pending,
    Profile,
    Rule,
    Span,
)
from notices.profile.facts import Channel, Offer, OwnForm, Reference
from notices.words import (
    PLACEHOLDER,
    SEVERITY_WORDS,
    amount,
    copies,
    day,
    month_day,
    parts_of,
    pending,
    unconfirmed,
    years,
)


def checked(library: Library, edition: Edition, *, sealed: bool = False) -> dict[PaperKind, Composed]:
    """Every document of an edition, proven to state every fact of it between them.

    Raises:
        ProblemsError: a template that cannot be rendered, or facts no document states.
    """
    composed = {kind: compose(edition, kind, library, sealed=sealed) for kind in edition.profile.papers}
    problems = unstated(edition, [one.document for one in composed.values()])
    if problems:
        raise ProblemsError(problems)
    return composed


def unstated(edition: Edition, documents: Iterable[Document]) -> list[Problem]:
    """A problem for each fact that none of the documents states."""
    text = _bare("".join(line for document in documents for line in text_lines(document)))
    problems = []
    for key, fact in edition.profile.facts():
        missing = [piece for piece in _wanted(edition.profile, fact) if _bare(piece) not in text]
        if missing:
            shown = "；".join(f"“{piece}”" for piece in missing)
            hint = "在模板里写上这条规定，或在配置里删去它"
            problems.append(Problem(*edition.origin(key), key, f"文件里没有写出：{shown}", hint, rule="unstated"))
    return problems


def _wanted(profile: Profile, fact: Fact) -> Iterator[str]:
    if profile.applies(getattr(fact, "applies", ())):
        yield from pieces(fact)
        if not isinstance(fact, OwnForm) and (fact.cite or not isinstance(fact, Reference)):
            yield unconfirmed(fact)


@singledispatch
def pieces(_: Fact) -> Iterable[str]:
    """What a fact must print; nothing for papers, whose parts the head and foot print themselves."""
    return ()


@pieces.register
def _(fact: Rule) -> Iterable[str]:
    yield from _fixed((fact.when or "") + "{}" + (fact.say or ""))
    yield from fact.items
    yield from _figures(fact.limit, fact.span)
    if fact.severity:
        yield SEVERITY_WORDS[fact.severity]


@pieces.register
def _(fact: Exclusion) -> Iterable[str]:
    yield from _fixed(fact.say)
    yield from fact.evidence
    yield from _figures(None, fact.span)
    if fact.severity:
        yield SEVERITY_WORDS[fact.severity]


@pieces.register
def _(fact: Exclusions) -> Iterable[str]:
    return (fact.subjects, f"近{years(fact.lookback)}", *fact.bars)


@pieces.register
def _(fact: Deadline) -> Iterable[str]:
    yield from _fixed(fact.say)
    yield from _figures(None, fact.span)
    if fact.annual:
        yield month_day(fact.annual)
    if fact.date:
        yield day(fact.date)


@pieces.register
def _(fact: Material) -> Iterable[str]:
    yield fact.name
    yield from fact.form
    if fact.copies:
        yield copies(fact.copies)


@pieces.register
def _(fact: Contact) -> Iterable[str]:
    return parts_of(fact)


@pieces.register
def _(fact: Attachment) -> Iterable[str]:
    return (fact.title,)


@pieces.register
def _(_: OwnForm) -> Iterable[str]:
    return ()  # not part of any paper


@pieces.register
def _(fact: Offer) -> Iterable[str]:
    return (fact.name,) if fact.offered else ()


@pieces.register
def _(fact: Reference) -> Iterable[str]:
    if not fact.cite:
        return ()
    number = pending(fact.number) if isinstance(fact.number, Pending) else fact.number or ""
    return (fact.title, number)


@pieces.register
def _(fact: Channel) -> Iterable[str]:
    return (fact.name, fact.url, fact.column or "") if fact.cite else ()


def _fixed(say: str) -> Iterator[str]:
    """The fixed parts of a phrase, without the places between them."""
    parts = PLACEHOLDER.sub("\x00", say.replace("{}", "\x00")).split("\x00")
    return (part for part in parts if len(part.strip("，、；。（）")) > 1)


def _figures(limit: Limit | None, span: Span | None) -> Iterator[str]:
    if limit:
        yield amount(limit)
        yield limit.basis or ""
    if span:
        yield years(span) if span.unit == "年" else amount(span)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
