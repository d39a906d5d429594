"""The parts of a body, numbered: headings, paragraphs and items become the blocks of a document.

Headings number themselves 一、（一）1.（1）, or in a set of rules the first level is 第一章 and the second starts
第一条. A heading that ends with 。 runs into the paragraph after it. A name lets other clauses refer to a heading.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from notices.document.blocks import Block, Chapter, Face, Heading, Paragraph
from notices.document.mentions import Mentions
from notices.marks import END, NUMBER, unmarked
from notices.wording.columns import cells
from notices.wording.words import chinese

Scheme: TypeAlias = Literal["notice", "rules"]

_BASE = 0xE000
_PROTECTED = re.compile(r"[\x20-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\n]")
_HIDDEN = re.compile(r"[\ue000-\ue07f]")
REFERENCE = re.compile("\ue100([a-z0-9-]+)\ue101")
"""A reference to a heading's ``{#name}`` as it travels through Markdown."""

_HEADING_CELLS = 46
"""Half-width cells of a heading on one line with its indent and number; a longer sentence is no heading."""

_FACES: tuple[Face, ...] = ("hei", "kai", "body", "body")


class UnknownReferenceError(Exception):
    """A clause that no heading of the body carries."""


def protect(text: str) -> str:
    """Text that Markdown will take letter for letter: its ASCII punctuation moves to private use."""
    return _PROTECTED.sub(lambda match: chr(_BASE + ord(match[0])), text)


def reveal(text: str) -> str:
    """What :func:`protect` hid, as it was."""
    text = html.unescape(text)
    return _HIDDEN.sub(lambda match: chr(ord(match[0]) - _BASE), text)


def numbered(parts: Iterable[BodyPart], scheme: Scheme, said: Mentions | None = None) -> tuple[Block, ...]:
    """The blocks of a body, numbered, with references resolved, each span with the facts it states.

    Raises:
        UnknownReferenceError: a reference to a clause that is not there. TooManyError: more headings than can be
        numbered. BrokenMentionError: a fact's words cut in two.
    """
    try:
        made = list(_Numbering(scheme).parts(_run_in(parts, scheme)))
    except ValueError as error:
        raise TooManyError(f"同一级的标题或条太多：{error}") from None
    names = {part.name: part.number for part in made if part.name}

    def resolved(text: str) -> str:
        return REFERENCE.sub(lambda match: _counted(_target(match[1], names)), text)

    return tuple(_block(part, resolved, said or Mentions()) for part in made)


def _run_in(parts: Iterable[BodyPart], scheme: Scheme) -> Iterator[BodyPart]:
    """A heading that ends with 。 takes the paragraph after it into its own line."""
    held: BodyPart | None = None
    for part in parts:
        if held is not None and part.level == 0:
            yield replace(held, run_in=part.text)
            held = None
            continue
        if held is not None:
            yield held
            held = None
        if scheme == "notice" and part.level > 1 and unmarked(part.text).endswith("。"):
            held = part
        else:
            yield part
    if held is not None:
        yield held


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A piece of the body: ``level`` 1-6 a heading, 0 a paragraph, -1 a list item."""

    level: int
    text: str
    name: str = ""
    run_in: str = ""


@dataclass(frozen=True, slots=True)
class _Numbered:
    kind: Literal["heading", "chapter", "paragraph"]
    lead: str
    text: str
    face: Face = "body"
    level: int = 0
    name: str = ""
    number: str = ""


class _Numbering:
    """Counts headings, articles and list items as it passes over them."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.counts = [0] * 7
        self.level = 0
        self.items = 0

    def parts(self, parts: Iterable[BodyPart]) -> Iterator[_Numbered]:
        for part in parts:
            if part.level > 0:
                self.items = 0
                yield self._rules(part) if self.scheme == "rules" and part.level <= 2 else self._heading(part)
            elif part.level < 0:
                self.items += 1
                label = f"（{self.items}）" if self.scheme == "notice" and self.level >= 3 else f"{self.items}."
                yield _Numbered("paragraph", "", _counted(label) + part.text)
            else:
                self.items = 0
                yield _Numbered("paragraph", "", part.text)

    def _heading(self, part: BodyPart) -> _Numbered:
        self.level = part.level
        self.counts[part.level] += 1
        self.counts[part.level + 1 :] = [0] * (6 - part.level)
        count = self.counts[part.level]
        shapes = (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")
        shape = shapes[min(part.level, 4) - 1]
        number = shape.rstrip("、.")
        face = _FACES[min(part.level, 4) - 1]
        sentence = unmarked(part.text).endswith(("。", "：")) and cells(reveal(unmarked(part.text))) > _HEADING_CELLS
        kind: Literal["heading", "paragraph"] = "paragraph" if part.run_in or sentence else "heading"
        if sentence and not part.run_in:
            face = "body"
        return _Numbered(kind, _counted(shape) + part.text, part.run_in, face, part.level, part.name, number)

    def _rules(self, part: BodyPart) -> _Numbered:
        self.counts[part.level] += 1  # articles run on through the chapters
        number = f"第{chinese(self.counts[part.level])}{'章' if part.level == 1 else '条'}"
        if part.level == 1:
            return _Numbered("chapter", _counted(f"{number}　") + part.text, "", "hei", 1, part.name, number)
        return _Numbered("paragraph", _counted(f"{number}　"), part.text, "hei", 2, part.name, number)


def _target(name: str, names: dict[str, str]) -> str:
    if name not in names:
        raise UnknownReferenceError(name)
    return names[name]


def _counted(number: str) -> str:
    return f"{NUMBER}{number}{END}"


def _block(part: _Numbered, finish: Callable[[str], str], said: Mentions) -> Block:
    lead, text = reveal(finish(part.lead)), reveal(finish(part.text))
    if part.kind == "chapter":
        return Chapter(unmarked(lead), tuple(span.pending for span in said.spans(lead) if span.pending))
    if part.kind == "heading":
        return Heading(part.level, said.spans(lead, part.face))
    return Paragraph((*said.spans(lead, part.face), *said.spans(text)))


class TooManyError(Exception):
    """More headings or articles on one level than can be numbered."""


class UnknownBlockError(Exception):
    """Markdown the page has no form for: a table, a quotation, a code block."""
