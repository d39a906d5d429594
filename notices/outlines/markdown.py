"""Markdown (with values already protected) to numbered blocks.

The template language of a body is small on purpose: headings, paragraphs and ordered lists. ``#`` to ``####`` number
themselves 一、（一）1.（1）, or in a set of rules ``#`` is 第一章 and ``##`` starts 第一条. A heading that ends with 。
runs into the paragraph after it. ``{#name}`` after a heading lets other clauses refer to it.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import markdown
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.treeprocessors import Treeprocessor

from notices.document.blocks import Block, Chapter, Face, Heading, Paragraph
from notices.document.mentions import Mentions
from notices.marks import END, NUMBER, unmarked
from notices.wording.words import chinese

Scheme: TypeAlias = Literal["notice", "rules"]

_BASE = 0xE000
_PROTECTED = re.compile(r"[\x20-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\n]")
_HIDDEN = re.compile(r"[\ue000-\ue07f]")
REFERENCE = re.compile("\ue100([a-z0-9-]+)\ue101")
"""A reference to a heading's ``{#name}`` as it travels through Markdown."""

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


def blocks(source: str, scheme: Scheme, said: Mentions | None = None) -> tuple[Block, ...]:
    """The blocks of a body, numbered, with references resolved, each span with the facts it states.

    Raises:
        UnknownReferenceError: a reference to a clause that is not there. UnknownBlockError: no form for it on the page.
        TooManyError: more headings than can be numbered. RecursionError: lists inside lists without end.
        BrokenMentionError: a fact's words cut in two.
    """
    try:
        parts = list(_Numbering(scheme).parts(_parts(source, scheme)))
    except ValueError as error:
        raise TooManyError(f"同一级的标题或条太多：{error}") from None
    names = {part.name: part.number for part in parts if part.name}

    def resolved(text: str) -> str:
        return REFERENCE.sub(lambda match: _counted(_target(match[1], names)), text)

    return tuple(_block(part, resolved, said or Mentions()) for part in parts)


@dataclass(frozen=True, slots=True)
class _Part:
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

    def parts(self, parts: Iterable[_Part]) -> Iterator[_Numbered]:
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

    def _heading(self, part: _Part) -> _Numbered:
        self.level = part.level
        self.counts[part.level] += 1
        self.counts[part.level + 1 :] = [0] * (6 - part.level)
        count = self.counts[part.level]
        shapes = (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")
        shape = shapes[min(part.level, 4) - 1]
        number = shape.rstrip("、.")
        face = _FACES[min(part.level, 4) - 1]
        kind: Literal["heading", "paragraph"] = "paragraph" if part.run_in else "heading"
        return _Numbered(kind, _counted(shape) + part.text, part.run_in, face, part.level, part.name, number)

    def _rules(self, part: _Part) -> _Numbered:
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


class _Capture(Treeprocessor):
    """Takes the finished tree before it is written out as HTML."""

    root: ET.Element | None = None

    def run(self, root: ET.Element) -> None:
        self.root = root


def _tree(source: str) -> ET.Element:
    # the extensions themselves: by name, Markdown would look through every installed package for them
    reader = markdown.Markdown(extensions=[AttrListExtension(), SaneListExtension()])
    reader.preprocessors.deregister("html_block")
    reader.parser.blockprocessors.deregister("reference")  # it would take a line like “[甲]: 乙” away
    reader.treeprocessors.deregister("inline")  # a body has no inline markup: faces follow from the block
    capture = _Capture(reader)
    reader.treeprocessors.register(capture, "capture", -100)
    reader.convert(source)
    if capture.root is None:
        return ET.Element("div")
    return capture.root


def _parts(source: str, scheme: Scheme) -> Iterator[_Part]:
    flat = list(_flat(_tree(source)))
    index = 0
    while index < len(flat):
        part = flat[index]
        runs_in = scheme == "notice" and part.level > 1 and unmarked(part.text).endswith("。")
        if runs_in and index + 1 < len(flat) and flat[index + 1].level == 0:
            index += 1
            part = _Part(part.level, part.text, part.name, flat[index].text)
        yield part
        index += 1


def _flat(root: ET.Element) -> Iterator[_Part]:
    for element in root:
        if element.tag in {"h1", "h2", "h3", "h4"}:
            yield _Part(int(element.tag[1]), _text(element), element.get("id") or "")
        elif element.tag == "p" and not _text(element).startswith("|"):
            yield _Part(0, _text(element))
        elif element.tag == "ol":
            yield from (_Part(-1, _entry(item)) for item in element)
        else:
            raise UnknownBlockError(element.tag, _text(element)[:20])


def _entry(item: ET.Element) -> str:
    """The text of a list's item; a list inside it would run into it without numbers."""
    inside = next((child for child in item if child.tag in {"ol", "ul"}), None)
    if inside is not None:
        raise UnknownBlockError("编号里的编号", (inside.findtext("li") or "").strip()[:20])
    return _text(item)


class UnknownBlockError(Exception):
    """Markdown the page has no form for: a table, a quotation, a code block."""


class TooManyError(Exception):
    """More headings or articles on one level than can be numbered."""


def _text(element: ET.Element) -> str:
    """All text, lines joined without a space: a line end inside a Chinese paragraph means nothing."""
    return re.sub(r"[ \t]*\n[ \t]*", "", "".join(element.itertext()).strip())
