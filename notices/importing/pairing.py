"""Rules somebody has stated before, found again in a new source: by the very test a profile is verified with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from notices.importing.known import KnownFact
from notices.importing.sentences import SourcePart, SourceSentence
from notices.profile.facts import Rule
from notices.verify.demands import demand
from notices.verify.match import Passage, judge
from notices.verify.terms import Demand
from notices.verify.wording import best_window, pairs_of, plain_words
from notices.wording.spelling import amounts, tidy

NEAR = 0.6
"""The least share of a known rule's words a sentence must have to be thought of."""
NEW = 0.34
"""The least share of a rule's words that must not be another's already: one passage is not two rules."""
HELD = 0.6
"""The share of a part's words that rules must have for it to be stated by them."""


@dataclass(frozen=True, slots=True)
class Paired:
    """A known rule that sentences of a clause state, whole."""

    known: KnownFact
    clause: str
    first: int
    """The sentence, by its place among those of the source."""
    parts: tuple[SourcePart, ...]
    score: float


def paired(
    source: Sequence[SourceSentence], known: Sequence[KnownFact], offered: Sequence[Collection[str]], listed: str
) -> list[Paired]:
    """The known rules each sentence states, no id twice. ``offered`` are the categories each sentence is about.

    ``listed`` is the text of the list of attachments, where their numbers stand.
    """
    found: dict[str, Paired] = {}
    for n, sentence in enumerate(source):
        taken: set[tuple[str, str]] = set()
        for one in _stated(n, sentence, known, offered[n], listed):
            pairs = _pairs(one.known)
            fresh = len(pairs - taken) / len(pairs) if pairs else 0
            before = found.get(one.known.key)
            if fresh < NEW or (before and before.score >= one.score):
                continue
            taken |= pairs
            found[one.known.key] = one
    return sorted(found.values(), key=lambda one: (one.first, _place(source[one.first].text, one.known)))


def _stated(
    n: int, sentence: SourceSentence, known: Sequence[KnownFact], about: Collection[str], listed: str
) -> Iterator[Paired]:
    """The rules one sentence states, the best first: those with the most words of the sentence."""
    text = sentence.text
    extra = Passage({"附件": listed}) if listed else None
    passage = Passage({sentence.clause: text}, text)
    best: dict[str, Paired] = {}
    for one in known:
        if not _concerns(one, about) or not one.demand.phrase or best_window(one.demand.phrase, text)[1] < NEAR:
            continue
        stated = next((it for it in (one, *_reread(one, text)) if judge(_unattached(it), passage, extra).found), None)
        if stated is not None:
            share = _mutual(stated, sentence)
            parts = tuple(_parts(stated, sentence))
            rival = best.get(one.key)
            if parts and (rival is None or share > rival.score):
                best[one.key] = Paired(stated, sentence.clause, n, parts, share)
    yield from sorted(best.values(), key=lambda one: -one.score)


def _reread(one: KnownFact, text: str) -> Iterator[KnownFact]:
    """The same rule with each other value of its unit that the text has: its number and its bound."""
    limit = one.fact.limit if isinstance(one.fact, Rule) else None
    if limit is None:
        return
    for found in amounts(tidy(text), limit.unit):
        if (found.value, found.op) == (limit.value, limit.op):
            continue
        value = int(found.value) if found.value == int(found.value) else str(found.value)
        fact = one.fact.model_copy(update={"limit": limit.model_copy(update={"value": found.value, "op": found.op})})
        data = {**one.data, "limit": {**one.data["limit"], "value": value, "op": found.op}}
        yield replace(one, fact=fact, data=data, demand=demand(one.profile, fact, {}))


def _concerns(one: KnownFact, about: Collection[str]) -> bool:
    """Whether a rule may be meant where a source speaks of some categories; a rule of all may stand anywhere."""
    return not about or not one.for_ or bool(set(one.for_) & set(about))


def _unattached(one: KnownFact) -> Demand:
    """What it asks for but the number of an attachment, which every notice gives otherwise."""
    terms = tuple(replace(term, soft=True) if term.attachment else term for term in one.demand.terms)
    return replace(one.demand, terms=terms)


def _pairs(one: KnownFact) -> frozenset[tuple[str, str]]:
    return pairs_of(one.text)


def _mutual(one: KnownFact, sentence: SourceSentence) -> float:
    """How alike a rule and the parts that state it are, both ways."""
    parts = list(_parts(one, sentence))
    there = set().union(*(pairs_of(part.text) for part in parts)) if parts else set()
    here = _pairs(one)
    common = len(here & there)
    return common / max(len(here), 1) * 0.6 + common / max(len(there), 1) * 0.4


def _parts(one: KnownFact, sentence: SourceSentence) -> Iterator[SourcePart]:
    """The parts of the sentence the rule's words stand in."""
    words = _pairs(one)
    for part in sentence.parts:
        own = pairs_of(part.text)
        if own and len(own & words) / min(len(own), len(words) or 1) >= 0.4:
            yield part


def _place(text: str, one: KnownFact) -> int:
    """Where in a sentence a rule's words begin."""
    plain = plain_words(text)
    words = plain_words(one.text)
    places = [plain.find(words[n : n + 3]) for n in range(max(len(words) - 2, 1))]
    return next((place for place in places if place >= 0), 0)


def settled(found: Sequence[Paired]) -> None:
    """Mark the parts of the source that rules state; a part of which they have too little stays open."""
    words: dict[int, set[tuple[str, str]]] = {}
    for one in found:
        words.setdefault(one.first, set()).update(pairs_of(one.known.said), pairs_of(one.known.fact.label or ""))
    for one in found:
        for part in one.parts:
            own = pairs_of(part.text)
            if own and len(own & words[one.first]) / len(own) >= HELD:
                part.typed(one.known.key)
