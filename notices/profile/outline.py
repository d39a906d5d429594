"""The outline of a paper: its parts in order, its headings, its lead-in words, and what stands together.

A part is one of five things:

* a text: one paragraph, with places in braces for facts: ``请{deadlines.city-to-province}。``;
* a list of ids: one paragraph of these facts, joined as sentences;
* ``heading`` and ``parts``: a heading with what stands under it, numbered by its depth;
* ``items`` (and ``lead``): numbered items, with the words that introduce them;
* ``article``: an article of a set of rules, numbered through, with its paragraphs.

A place is ``{id}``, ``{id id}``, ``{section.*}``, or any of them behind the name of a view:
``{ought:conditions.park.*}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag

from notices.profile.values import Model, Str, Words

PLACE: Final = re.compile(r"\{(?:(?P<view>[a-z-]+):)?(?P<ids>[a-z0-9.*-]+(?: [a-z0-9.*-]+)*)\}")
"""A place in a text of an outline."""


def _listed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _kind(value: object) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, list | tuple):
        return "facts"
    names = value if isinstance(value, dict) else {name for name in ("article", "items") if hasattr(value, name)}
    return next((name for name in ("article", "items") if name in names), "heading")


class OutlineSection(Model):
    """A heading with what stands under it; printed only where something does."""

    heading: Str = Field(description="标题；{编号} 处印事实")
    parts: Parts = Field(description="标题下的各段")


class Listing(Model):
    """Numbered items; printed only where there are any."""

    lead: Str | None = Field(default=None, description="引出各项的话，以冒号结尾")
    items: Words = Field(description="各项：一条事实的编号、一组（conditions.park.*），或带 {编号} 的文字")


class Article(Model):
    """One article of a set of rules; its number is its place among all."""

    article: Parts = Field(description="这一条的各段，第一段接在“第几条”后面")


Facts: TypeAlias = Annotated[tuple[Str, ...], BeforeValidator(_listed), Field(min_length=1)]
OutlinePart: TypeAlias = Annotated[
    Annotated[Str, Tag("text")]
    | Annotated[Facts, Tag("facts")]
    | Annotated[OutlineSection, Tag("heading")]
    | Annotated[Listing, Tag("items")]
    | Annotated[Article, Tag("article")],
    Discriminator(_kind),
]
Parts: TypeAlias = Annotated[tuple[OutlinePart, ...], BeforeValidator(_listed), Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class OutlinePlace:
    """A place in a text: which facts, and how they are put."""

    view: str
    """The name of a view; empty: as such a fact is said."""
    ids: tuple[str, ...]


def pieces(text: str) -> Iterator[str | OutlinePlace]:
    """A text as fixed words and places, in order."""
    at = 0
    for match in PLACE.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield OutlinePlace(match["view"] or "", tuple(match["ids"].split()))
        at = match.end()
    if at < len(text):
        yield text[at:]


def texts(
    parts: Parts, key: str, wanted: Callable[[OutlineSection], bool] = lambda _: True
) -> Iterator[tuple[str, str]]:
    """Every text of an outline with its key, in the sections ``wanted``; an id that stands by itself as a place."""
    for number, part in enumerate(parts):
        here = f"{key}[{number}]"
        if isinstance(part, str):
            yield here, part
        elif isinstance(part, OutlineSection):
            if wanted(part):
                yield f"{here}.heading", part.heading
                yield from texts(part.parts, f"{here}.parts", wanted)
        elif isinstance(part, Article):
            yield from texts(part.article, f"{here}.article", wanted)
        elif isinstance(part, Listing):
            if part.lead:
                yield f"{here}.lead", part.lead
            yield from ((f"{here}.items[{n}]", placed(item)) for n, item in enumerate(part.items))
        else:
            yield from ((f"{here}[{n}]", placed(item)) for n, item in enumerate(part))


def placed(item: str) -> str:
    """An id, or a group of them, that stands by itself as a place in a text; a text as it is."""
    return item if "{" in item else f"{{{item}}}"
