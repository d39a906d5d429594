"""Which part of a text states which fact: marks that travel through Jinja and Markdown, and the spans made of them.

A mark stands before the words and one behind them (:mod:`notices.marks`); marks stand inside each other where a fact's
words name another fact.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Final

from notices.document.blocks import (
    Attendance,
    Block,
    Document,
    Face,
    Heading,
    Imprint,
    Masthead,
    Mention,
    Note,
    Paragraph,
    Salutation,
    Signature,
    Span,
    Text,
    waiting,
)
from notices.errors import WordingError
from notices.marks import END, FIRST, MOST, NUMBER, WAITING, is_mark, unmarked

COUNTED: Final = Mention("", "", -1)
"""What a number the page counts states: nothing of the profile."""
_OPEN: Final = Mention("", "", -2)
"""Stands for a value to be confirmed while a text is read."""


class BrokenMentionError(Exception):
    """A template cut a fact's words, so that their beginning or end is missing, or wrote a mark of its own."""

    def __init__(self, text: str) -> None:
        shown = unmarked(text)
        mark = next(char for char in text if is_mark(char))
        super().__init__(f"U+{ord(mark):04X}（“{shown[:30]}”）")


class Mentions:
    """What one document says of which fact, in the order it was asked for."""

    def __init__(self) -> None:
        self.all: list[Mention] = []

    def mark(self, key: str, text: str) -> str:
        """The text, marked as the words of a fact.

        Raises:
            WordingError: more of them than any document has.
        """
        if len(self.all) >= MOST:
            raise WordingError("一份文件提到的事实太多")
        self.all.append(Mention(key, unmarked(text), len(self.all)))
        return f"{chr(FIRST + len(self.all) - 1)}{text}{END}"

    def spans(self, text: str, face: Face = "body") -> Text:
        """The spans of a marked text, each with the facts it states, outermost first.

        Raises:
            BrokenMentionError: an end without its beginning, or a beginning without its end.
        """
        made: list[Span] = []
        open_: list[Mention] = []
        held = ""
        for char in text:
            if not is_mark(char):
                held += char
                continue
            made += _span(held, face, open_)
            held = ""
            if char in _SIGNS:
                open_.append(_SIGNS[char])
            elif char == END and open_:
                open_.pop()
            elif char != END and ord(char) - FIRST < len(self.all):
                open_.append(self.all[ord(char) - FIRST])
            else:
                raise BrokenMentionError(text)
        if open_:
            raise BrokenMentionError(text)
        return (*made, *_span(held, face, open_))


_SIGNS: Final = {NUMBER: COUNTED, WAITING: _OPEN}


def _span(held: str, face: Face, open_: list[Mention]) -> Text:
    if not held:
        return ()
    if _OPEN in open_:
        return (waiting(held, tuple(one for one in open_ if one is not _OPEN)),)
    return (Span(held, face, tuple(open_)),)


def merged(document: Document) -> Document:
    """The document as it is printed: neighbours in one face are one span, whatever they state."""
    return replace(document, blocks=tuple(map(merged_block, document.blocks)))


def merged_block(block: Block) -> Block:
    """One block as it is printed."""
    if isinstance(block, Masthead):
        upper = tuple(map(runs, block.upper))
        return replace(block, number=runs(block.number), upper=upper, signers=runs(block.signers))
    if isinstance(block, Attendance):
        return replace(block, names=tuple(map(runs, block.names)))
    if isinstance(block, Signature):
        return replace(block, issuers=tuple(map(runs, block.issuers)), date=runs(block.date))
    if isinstance(block, Imprint):
        return replace(block, issuer=runs(block.issuer), printed=runs(block.printed))
    if isinstance(block, Salutation | Heading | Paragraph | Note):
        return replace(block, text=runs(block.text))
    return block


def runs(text: Text) -> Text:
    """A text with neighbours in one face joined, what they state left out."""
    return tuple(Span("".join(span.text for span in some), face) for face, some in groupby(text, lambda one: one.face))
