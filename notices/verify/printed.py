"""What the papers of an edition print of each fact, read off the documents themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from notices.document.blocks import Block, Document, Heading, Paragraph, Text
from notices.library import Edition, Library
from notices.papers.compose import compose

_LEAST = 4
"""Characters a fact's printed words have at least: 应当, 且, 等 by themselves are not its words."""


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """One place where a paper states a fact: its words, and the sentence up to them."""

    words: str
    before: str


def printed(edition: Edition, library: Library) -> dict[str, tuple[PrintedFact, ...]]:
    """What the papers print, by the key of the fact.

    Raises:
        ProblemsError: a paper cannot be made.
    """
    return said(compose(edition, kind, library).document for kind in edition.profile.papers)


def said(documents: Iterable[Document]) -> dict[str, tuple[PrintedFact, ...]]:
    """What documents print of each fact, the same words once."""
    found: defaultdict[str, dict[PrintedFact, None]] = defaultdict(dict)
    for document in documents:
        for block in document.blocks:
            for key, one in _each(block):
                found[key][one] = None
    return {key: tuple(_outermost(ones)) for key, ones in found.items()}


def _each(block: Block) -> Iterator[tuple[str, PrintedFact]]:
    text = block.text if isinstance(block, Heading | Paragraph) else ()
    for key, start, end in _regions(text):
        whole = "".join(span.text for span in text)
        words = whole[start:end] + ("等" if whole.startswith("等", end) else "")
        words = re.sub("【待定：[^】]*】", "", words)
        before = re.split("[。；]", whole[:start])[-1]
        if len(words) >= _LEAST:
            yield key, PrintedFact(words, before)


def _regions(text: Text) -> Iterator[tuple[str, int, int]]:
    """Each mention of a fact: its key, and from where to where its words stand."""
    places: dict[int, list[int]] = {}
    keys: dict[int, str] = {}
    at = 0
    for span in text:
        for mention in span.facts:
            if mention.key:
                keys[mention.number] = mention.key
                places.setdefault(mention.number, [at, at])[1] = at + len(span.text)
        at += len(span.text)
    yield from ((keys[number], start, end) for number, (start, end) in places.items())


def _outermost(ones: Mapping[PrintedFact, None]) -> Iterator[PrintedFact]:
    """Without what is part of other words of the same fact."""
    for one in ones:
        if not any(one.words != other.words and one.words in other.words for other in ones):
            yield one
