"""Markdown (with values already protected) to numbered blocks.

The template language of a body is small on purpose: headings, paragraphs and ordered lists. ``#`` to ``####`` number
themselves 一、（一）1.（1）, or in a set of rules ``#`` is 第一章 and ``##`` starts 第一条. A heading that ends with 。
runs into the paragraph after it. ``{#name}`` after a heading lets other clauses refer to it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import markdown
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.treeprocessors import Treeprocessor

from notices.document.blocks import Block
from notices.document.mentions import Mentions
from notices.outlines.numbering import BodyPart, Scheme, UnknownBlockError, numbered


def blocks(source: str, scheme: Scheme, said: Mentions | None = None) -> tuple[Block, ...]:
    """The blocks of a body written in Markdown.

    Raises:
        UnknownBlockError: no form for it on the page. RecursionError: lists inside lists without end. And what
        :func:`notices.outlines.numbering.numbered` raises.
    """
    return numbered(_flat(_tree(source)), scheme, said)


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


def _flat(root: ET.Element) -> Iterator[BodyPart]:
    for element in root:
        if element.tag in {"h1", "h2", "h3", "h4"}:
            yield BodyPart(int(element.tag[1]), _text(element), element.get("id") or "")
        elif element.tag == "p" and not _text(element).startswith("|"):
            yield BodyPart(0, _text(element))
        elif element.tag == "ol":
            yield from (BodyPart(-1, _entry(item)) for item in element)
        else:
            raise UnknownBlockError(element.tag, _text(element)[:20])


def _entry(item: ET.Element) -> str:
    """The text of a list's item; a list inside it would run into it without numbers."""
    inside = next((child for child in item if child.tag in {"ol", "ul"}), None)
    if inside is not None:
        raise UnknownBlockError("编号里的编号", (inside.findtext("li") or "").strip()[:20])
    return _text(item)


def _text(element: ET.Element) -> str:
    """All text, lines joined without a space: a line end inside a Chinese paragraph means nothing."""
    return re.sub(r"[ \t]*\n[ \t]*", "", "".join(element.itertext()).strip())
