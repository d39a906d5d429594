"""Proof that a document says what its facts say, all of it, and that nothing else on it binds.

A document knows its facts: what prints one leaves its key on the text (:mod:`notices.document.mentions`).
So each fact is held
against its own words, wherever they stand, and never against a page on which the same characters may stand by chance:

* every fact of the edition is stated, with every value, bound, list member and date of it (:func:`unstated`);
* its words stand as they were given out: no filter of a template changed them (:func:`altered`);
* figures and dates, read back out of the text by the reader of sources, are the profile's (:func:`misread`);
* what states no fact holds no word that binds and no figure (:func:`unfounded`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch

from notices.document.blocks import AttachmentList, Block, Document, Heading, Mention, Paragraph, Span, Text, plain
from notices.errors import Problem, ProblemsError
from notices.library import Edition, Library
from notices.marks import unmarked
from notices.papers.compose import Composed, compose, template_name
from notices.papers.fixed_words import words_that_bind
from notices.papers.readback import unread
from notices.profile import (
    Attachment,
    Contact,
    Deadline,
    Duration,
    Exclusion,
    Exclusions,
    Fact,
    Limit,
    Material,
    PaperKind,
    Pending,
    Profile,
    Rule,
)
from notices.profile.facts import Channel, Offer, OwnForm, Reference
from notices.wording.binding import weighty
from notices.wording.spelling import tidy
from notices.wording.words import (
    PLACEHOLDER,
    SEVERITY_WORDS,
    amount,
    bound,
    copies,
    day,
    month_day,
    parts_of,
    said,
    unconfirmed,
    years,
)


def checked(library: Library, edition: Edition, *, sealed: bool = False) -> dict[PaperKind, Composed]:
    """Every document of an edition, proven to state every fact of it between them.

    Raises:
        ProblemsError: a template that cannot be rendered, or facts no document states.
    """
    names = dict.fromkeys(template_name(edition.profile, kind, library) for kind in edition.profile.papers)
    binding_words = {problem: None for name in names if name for problem in words_that_bind(library, name)}
    if binding_words:
        raise ProblemsError(list(binding_words))
    composed = {kind: compose(edition, kind, library, sealed=sealed) for kind in edition.profile.papers}
    problems = proven(edition, {kind: one.document for kind, one in composed.items()})
    if problems:
        raise ProblemsError(problems)
    return composed


def proven(edition: Edition, documents: Mapping[PaperKind, Document]) -> list[Problem]:
    """Everything that is wrong between an edition's facts and its documents."""
    made = list(documents.values())
    problems = [*unstated(edition, made), *altered(edition, made), *misread(edition, made), *unnamed(edition, made)]
    for kind, document in documents.items():
        problems += unfounded(edition, kind, document)
    return problems


def stated(documents: Iterable[Document]) -> dict[str, str]:
    """What documents say of each fact, by its key: its own words, each time they stand, one after another."""
    found: defaultdict[str, str] = defaultdict(str)
    for document in documents:
        for block in document.blocks:
            for mention, text in regions(block):
                found[mention.key] += text + "\n"
    return dict(found)


def regions(block: Block) -> Iterator[tuple[Mention, str]]:
    """Each mention of a fact in a block, with the text that stands under it."""
    found: dict[int, tuple[Mention, list[str]]] = {}
    for span in _text(block):
        for mention in span.facts:
            if mention.key:
                found.setdefault(mention.number, (mention, []))[1].append(span.text)
    yield from ((mention, "".join(parts)) for mention, parts in found.values())


def _text(block: Block) -> Text:
    return block.text if isinstance(block, Heading | Paragraph) else ()


def unstated(edition: Edition, documents: Iterable[Document]) -> list[Problem]:
    """A problem for each fact that the documents do not state, or state without one of its values."""
    made = list(documents)
    printed = {key: _bare(text) for key, text in stated(made).items()}
    lists = [block for one in made for block in one.blocks if isinstance(block, AttachmentList)]
    listed = _bare("".join(name for block in lists for name in map(plain, block.names)))
    handed_in = "".join(text for key, text in printed.items() if key.startswith("deadlines."))
    problems = []
    for key, fact in edition.profile.facts():
        own = printed.get(key, "")
        own += listed if isinstance(fact, Attachment | Reference) else ""
        own += handed_in if isinstance(fact, Material | Contact) else ""  # a deadline says what goes where
        missing = [unmarked(piece) for piece in _wanted(edition.profile, fact) if _bare(piece) not in own]
        if missing:
            shown = "；".join(f"“{piece}”" for piece in missing)
            place = f"提纲 outlines 里写上 {{{key}}}" if edition.profile.outlines else "模板里写上这条规定"
            hint = f"在{place}，或在配置里删去它"
            problems.append(Problem(*edition.origin(key), key, f"文件里没有写出：{shown}", hint, rule="unstated"))
    return problems


def unnamed(edition: Edition, documents: Iterable[Document]) -> list[Problem]:
    """A problem for each deadline beside which nobody, or another, is named as the one who must keep it."""
    profile = edition.profile
    texts: defaultdict[str, str] = defaultdict(str)
    for document in documents:
        for block in document.blocks:
            for mention, text in regions(block):
                before, here, _ = plain(_text(block)).partition(text)
                texts[mention.key] += before + here + "\n"
    problems = []
    for key, fact in profile.facts():
        if (
            isinstance(fact, Deadline)
            and key in texts
            and not any(unmarked(name) in texts[key] for name in _names(profile, fact))
        ):
            message = f"没有写明由{profile.actors[fact.by]}做"
            hint = "模板里用 deadline，它写明由谁做"
            problems.append(Problem(*edition.origin(key), key, message, hint, rule="unnamed"))
    return problems


def _names(profile: Profile, fact: Deadline) -> Iterator[str]:
    name = said(profile.actors[fact.by])
    yield name
    for paper in profile.papers.values():
        yield from (ours for full, ours in paper.called.items() if full == name)


def altered(edition: Edition, documents: Iterable[Document]) -> list[Problem]:
    """A problem for each fact whose words a template changed after they were given out."""
    changed = {
        (mention.key, mention.words, text): None
        for document in documents
        for block in document.blocks
        for mention, text in regions(block)
        if _bare(text) != _bare(mention.words)
    }
    hint = "模板里不用 replace、truncate 之类改动事实的文字；换称呼写在 papers 的 called 里"
    return [
        Problem(*edition.origin(key), key, f"印出的是“{text}”，事实的文字是“{words}”", hint, rule="altered")
        for key, words, text in changed
    ]


def misread(edition: Edition, documents: Iterable[Document]) -> list[Problem]:
    """A problem for each value that, read back out of the fact's own words, is another one."""
    printed = stated(documents)
    problems = []
    for key, fact in edition.profile.facts():
        for shown in unread(fact, tidy(printed[key])) if key in printed else ():
            message, hint = f"印出的文字读不回 {shown}", "核对 say 里的占位和写法"
            problems.append(Problem(*edition.origin(key), key, message, hint, rule="misread"))
    return problems


def unfounded(edition: Edition, kind: PaperKind, document: Document) -> list[Problem]:
    """A problem for each word that binds, or figure, on a page where no fact puts it."""
    year = f"{edition.profile.year}年"
    problems = []
    for block in document.blocks:
        if not isinstance(block, Heading | Paragraph):
            continue
        for text in _fixed_runs(block.text):
            words = [word for _, word in weighty(text.replace(year, ""))]
            if words:
                message = f"{'、'.join(dict.fromkeys(words))} 不是事实里来的，在“{plain(block.text)[:40]}”这一段"
                hint = "约束词、数字和日期由事实印出：用 say、phrase、deadline、ought、barred 等，不写在模板里"
                problems.append(Problem(f"文件 {kind}", 0, 0, "", message, hint, rule="unfounded"))
    return problems


def _fixed_runs(text: Text) -> Iterator[str]:
    """What states no fact, each run between facts by itself."""
    held: list[Span] = []
    for span in text:
        if not span.facts and not span.pending:
            held.append(span)
        elif held:
            yield plain(held)
            held = []
    if held:
        yield plain(held)


def _wanted(profile: Profile, fact: Fact) -> Iterator[str]:
    if profile.applies(getattr(fact, "applies", ())):
        yield from (piece.replace("{year}", str(profile.year)) for piece in pieces(fact))
        if not isinstance(fact, OwnForm) and (fact.cite or not isinstance(fact, Reference)):
            yield unconfirmed(fact)


@singledispatch
def pieces(_: Fact) -> Iterable[str]:
    """What a fact must print; nothing for papers, whose parts the head and foot print themselves."""
    return ()


@pieces.register
def _(fact: Rule) -> Iterable[str]:
    yield from _fixed(f"{said(fact.when)}{{}}{said(fact.say)}")
    if isinstance(fact.say, Pending):  # its values have no words to stand in yet
        return
    yield from map(said, fact.items)
    yield from _figures(fact.limit, fact.span)
    if fact.limit and "{limit}" in said(fact.say):
        yield bound(fact.limit)
    if fact.severity:
        yield SEVERITY_WORDS[fact.severity]


@pieces.register
def _(fact: Exclusion) -> Iterable[str]:
    yield from _fixed(said(fact.say))
    yield from map(said, fact.evidence)
    if isinstance(fact.say, Pending):
        return
    yield from _figures(None, fact.span)
    if fact.severity:
        yield SEVERITY_WORDS[fact.severity]


@pieces.register
def _(fact: Exclusions) -> Iterable[str]:
    return (said(fact.subjects), f"近{years(fact.lookback)}", *fact.bars)


@pieces.register
def _(fact: Deadline) -> Iterable[str]:
    yield from _fixed(said(fact.say))
    yield from _figures(None, fact.span)
    if fact.annual:
        yield month_day(fact.annual)
    if fact.date:
        yield day(fact.date)
    yield said(fact.time)


_FORMS = {"纸质": (), "平台提交": ("平台", "提交")}
"""How a way of handing in is said; on paper goes what is not said to go otherwise."""


@pieces.register
def _(fact: Material) -> Iterable[str]:
    yield said(fact.name)
    yield from (word for form in map(said, fact.form) for word in _FORMS.get(form, (form,)))
    if fact.copies:
        yield copies(fact.copies)


@pieces.register
def _(fact: Contact) -> Iterable[str]:
    return parts_of(fact)


@pieces.register
def _(fact: Attachment) -> Iterable[str]:
    return (said(fact.title),)


@pieces.register
def _(_: OwnForm) -> Iterable[str]:
    return ()  # not part of any paper


@pieces.register
def _(fact: Offer) -> Iterable[str]:
    return (said(fact.name),) if fact.offered else ()


@pieces.register
def _(fact: Reference) -> Iterable[str]:
    if not fact.cite:
        return ()
    return (said(fact.title), said(fact.number), said(fact.part))


@pieces.register
def _(fact: Channel) -> Iterable[str]:
    return (said(fact.name), said(fact.url), said(fact.column)) if fact.cite else ()


def _fixed(say: str) -> Iterator[str]:
    """The fixed parts of a phrase, without the places between them."""
    parts = PLACEHOLDER.sub("\x00", say.replace("{}", "\x00")).split("\x00")
    return (part for part in parts if len(part.strip("，、；。（）")) > 1)


def _figures(limit: Limit | None, span: Duration | None) -> Iterator[str]:
    if limit:
        yield amount(limit)
        yield said(limit.basis)
    if span:
        yield years(span) if span.unit == "年" else amount(span)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unmarked(text))
