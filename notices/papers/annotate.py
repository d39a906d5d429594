"""A Word copy for the person who signs: a comment at each paragraph says which facts it states and where they stand.

It is a copy to read from, never the paper itself: the comments are python-docx's, without a day, so that equal input
gives equal bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Final

import docx

from notices.document.blocks import Block, Document, Heading, Paragraph, plain
from notices.library import Edition
from notices.marks import unmarked
from notices.ooxml.xml import pack, parse, q, serialise
from notices.papers.coverage import regions
from notices.profile import Duration, Fact, Limit, Pending
from notices.wording.words import bound, pending

AUTHOR: Final = "notices"
_COMMENTS: Final = "word/comments.xml"


def annotated(content: bytes, document: Document, edition: Edition) -> bytes:
    """The bytes of a document's Word file with a comment at each of its body's paragraphs.

    Args:
        content: the Word file, as written from ``document``.
        document: what was printed, with the facts it states.
        edition: whose facts they are.
    """
    paper = docx.Document(io.BytesIO(content))
    left = iter(paper.paragraphs)
    for block in document.blocks:
        if not isinstance(block, Heading | Paragraph):
            continue
        text = plain(block.text)
        place = next((one for one in left if one.text == text), None)
        if place is not None and place.runs:
            said = "\n".join(_lines(block, edition)) or "固定的文字，不含规定"
            paper.add_comment(place.runs, said, author=AUTHOR, initials="N")
    out = io.BytesIO()
    paper.save(out)
    with zipfile.ZipFile(out) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    comments = parse(parts[_COMMENTS])
    for comment in comments.iter(q("comment")):
        comment.attrib.pop(q("date"), None)  # the day it was made on is not part of the input
    return pack(parts | {_COMMENTS: serialise(comments)})


def _lines(block: Block, edition: Edition) -> Iterator[str]:
    facts = edition.profile.by_id
    for key in dict.fromkeys(mention.key for mention, _ in regions(block)):
        fact = facts.get(key)
        origin = edition.origin(key)
        parts = [key if fact is None or not fact.label else f"{fact.label}（{key}）"]
        parts += [f"条款：{'、'.join(fact.cite)}"] if fact is not None and fact.cite else []
        parts += [f"值：{unmarked(value)}" for value in _values(fact)] if fact is not None else []
        parts.append(f"出处：{origin.file}:{origin.line}")
        words = edition.origin(f"{key}.say")
        if words.file != edition.file:
            parts.append(f"文字继承自 {words.file}:{words.line}")
        yield "；".join(parts)


def _values(fact: Fact) -> Iterator[str]:
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if isinstance(value, Limit | Duration):
            yield bound(value)
        elif isinstance(value, Pending):
            yield pending(value)
        elif isinstance(value, dt.date):
            yield value.isoformat()
        elif name in {"annual", "time", "severity", "copies", "phone", "email", "number"} and value is not None:
            yield str(value)
