"""What stands in a paragraph, in order: characters with their format, and everything else as one unit each.

A piece is what a redline can keep, strike or insert. Two pieces with one key are the same thing to a reader.
"""

from __future__ import annotations

import copy
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from notices.ooxml.xml import Element, q, text, w
from notices.redline.words import cut

PieceKind: TypeAlias = Literal["text", "child", "runs", "edge", "raw", "open", "close", "rider"]
"""``text`` characters; ``child`` another content of a run; ``runs`` a whole field; ``edge`` a part of one that reaches
over paragraphs; ``raw`` an element beside runs, as a formula; ``open`` and ``close`` the edges of a content control;
``rider`` takes no room, as a bookmark."""


@dataclass(slots=True)
class Piece:
    """One piece. ``element`` is what it is made from; ``rpr`` and ``link`` its run properties and hyperlink."""

    kind: PieceKind
    text: str
    key: Hashable
    rpr: Element | None = None
    link: Element | None = None
    element: Element | None = None
    runs: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Token:
    """A unit of comparison: a word's pieces, or one piece that is no text. ``riders`` stand before it."""

    key: Hashable
    pieces: list[Piece]
    riders: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)


def key_of(pieces: Sequence[Piece]) -> tuple[Hashable, ...]:
    """What a paragraph says, whatever its format and however its runs are cut."""
    key: list[Hashable] = []
    held: tuple[Hashable, list[str]] | None = None
    for piece in pieces:
        if piece.kind == "rider":
            continue
        if held and (piece.kind != "text" or piece.key != held[0]):
            key.append(("text", held[0], "".join(held[1])))
            held = None
        if piece.kind != "text":
            key.append(piece.key)
        elif held:
            held[1].append(piece.text)
        else:
            held = (piece.key, [piece.text])
    return (*key, ("text", held[0], "".join(held[1]))) if held else tuple(key)


def tokens_of(pieces: Sequence[Piece], terms: tuple[str, ...] = ()) -> list[Token]:
    """Pieces as units of comparison: text in words, cut across runs; what rides inside a word goes before it.

    ``terms`` are words of a programme, kept whole.
    """
    tokens: list[Token] = []
    held: list[Piece] = []
    riders: list[tuple[int, Piece]] = []
    length = 0
    for piece in pieces:
        if piece.kind == "rider":
            riders.append((length, piece))
            continue
        if held and (piece.kind != "text" or piece.key != held[-1].key):
            made, riders = _words(held, riders, terms)
            tokens += made
            held, length = [], 0
        if piece.kind == "text":
            held.append(piece)
            length += len(piece.text)
        else:
            tokens.append(Token(piece.key, [piece], [rider for _, rider in riders]))
            riders = []
    made, riders = _words(held, riders, terms)
    tokens += made
    return [*tokens, Token(None, [], [rider for _, rider in riders])] if riders else tokens


def run_of(piece: Piece, *, struck: bool) -> list[Element]:
    """The piece's elements to be put into a paragraph; ``struck`` ones name their text as deleted."""
    if piece.kind == "text":
        inside = [text(piece.text)]
    elif piece.kind == "child":
        inside = [copy.deepcopy(piece.element)]
    else:
        inside = []
    made = [w("r", *([copy.deepcopy(piece.rpr)] if piece.rpr is not None else []), *inside)] if inside else []
    made = made or [copy.deepcopy(run) for run in piece.runs]
    if struck:
        for run in made:
            _strike(run)
    return made


def _strike(run: Element) -> None:
    for child in run:
        if child.tag in {q("t"), q("instrText")}:
            child.tag = q("delText" if child.tag == q("t") else "delInstrText")


def _words(
    held: list[Piece], riders: list[tuple[int, Piece]], terms: tuple[str, ...]
) -> tuple[list[Token], list[tuple[int, Piece]]]:
    """The words of a stretch of text, and the riders that stand behind the last of them."""
    tokens: list[Token] = []
    at = index = inner = place = 0
    for unit in cut("".join(piece.text for piece in held), terms):
        parts: list[Piece] = []
        need = len(unit)
        while need:
            piece = held[index]
            take = min(need, len(piece.text) - inner)
            parts.append(_part(piece, inner, inner + take))
            inner, need = inner + take, need - take
            if inner == len(piece.text):
                index, inner = index + 1, 0
        at += len(unit)
        first = place
        while place < len(riders) and riders[place][0] < at:
            place += 1
        tokens.append(Token((held[0].key, unit), parts, [rider for _, rider in riders[first:place]]))
    return tokens, [(0, rider) for _, rider in riders[place:]]


def _part(piece: Piece, first: int, last: int) -> Piece:
    return Piece("text", piece.text[first:last], piece.key, piece.rpr, piece.link)
