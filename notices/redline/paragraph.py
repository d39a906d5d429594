"""Two versions of one paragraph: which words stay, which are struck and which are inserted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from notices.ooxml.xml import Element
from notices.redline import align
from notices.redline.pieces import Piece, Token, tokens_of

_STRANGERS = 0.12
"""Below this likeness nothing is gained by keeping single words: the whole is struck and inserted."""


@dataclass(slots=True)
class Stretch:
    """Neighbouring units of one fate: equal on both sides, or those struck with those inserted in their place."""

    equal: bool
    old: list[Token] = field(default_factory=list)
    new: list[Token] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece of the new version that stays, with the old one it was."""

    new: Piece
    old: Piece | None


def stretches(old: Sequence[Piece], new: Sequence[Piece], terms: tuple[str, ...] = ()) -> list[Stretch]:
    """The stretches from one version to the other, in order; ``terms`` are words kept whole."""
    ours, theirs = tokens_of(old, terms), tokens_of(new, terms)
    texts = "".join(piece.text for piece in old), "".join(piece.text for piece in new)
    strangers = align.likeness(*texts) < _STRANGERS and min(map(len, texts)) > 2
    pairs = align.equal(
        [_wanted(token, at, strangers=strangers) for at, token in enumerate(ours)],
        [_wanted(token, -at - 1, strangers=strangers) for at, token in enumerate(theirs)],
        anchored=False,
    )
    found: list[Stretch] = []
    for a, b, c, d in align.between(pairs, len(ours), len(theirs)):
        if a < b or c < d:
            found.append(Stretch(equal=False, old=ours[a:b], new=theirs[c:d]))
        if b < len(ours):
            if not found or not found[-1].equal:
                found.append(Stretch(equal=True))
            found[-1].old.append(ours[b])
            found[-1].new.append(theirs[d])
    return _without_islands(found)


def overlaid(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Kept]:
    """Pieces of the new version, cut where the old one's format changes, each with what it was."""
    theirs = [piece for piece in old if piece.kind != "rider"]
    index = at = 0
    for piece in new:
        if piece.kind == "rider":
            yield Kept(piece, None)
            continue
        if piece.kind != "text":
            yield Kept(piece, theirs[index])
            index += 1
            continue
        begin = 0
        while begin < len(piece.text):
            other = theirs[index]
            take = min(len(piece.text) - begin, len(other.text) - at)
            part = Piece("text", piece.text[begin : begin + take], piece.key, piece.rpr, piece.link)
            yield Kept(part, other)
            begin, at = begin + take, at + take
            if at == len(other.text):
                index, at = index + 1, 0


def kept_controls(found: Sequence[Stretch]) -> set[int]:
    """Ids (in memory) of the new version's content controls whose both edges stay, around the same old one."""
    edges: dict[int, list[Element]] = {}
    for stretch in found:
        for old, new in zip(stretch.old, stretch.new, strict=True) if stretch.equal else ():
            for theirs, ours in zip(old.pieces, new.pieces, strict=False):
                if ours.kind in {"open", "close"}:
                    edges.setdefault(id(ours.element), []).append(theirs.element)
    return {key for key, olds in edges.items() if len(olds) == 2 and olds[0] is olds[1]}


def _wanted(token: Token, place: int, *, strangers: bool) -> object:
    """What a token has to equal; a token that only carries riders equals nothing, nor does a stranger's word."""
    lone = not token.pieces or (strangers and token.pieces[0].kind == "text")
    return ("nothing", place) if lone else token.key


def _without_islands(found: list[Stretch]) -> list[Stretch]:
    """A comma or a single character left alone between two changes joins them: it would only break the reading."""
    result: list[Stretch] = []
    for at, stretch in enumerate(found):
        follows = bool(result) and not result[-1].equal
        alone = stretch.equal and follows and at + 1 < len(found) and _slight(stretch)
        if (alone and _heavy(result[-1]) and _heavy(found[at + 1])) or (follows and not stretch.equal):
            result[-1].old += stretch.old
            result[-1].new += stretch.new
        else:
            result.append(Stretch(stretch.equal, list(stretch.old), list(stretch.new)))
    return result


def _slight(stretch: Stretch) -> bool:
    text = "".join(token.text for token in stretch.new)
    plain = all(piece.kind == "text" for token in (*stretch.old, *stretch.new) for piece in token.pieces)
    marks = all(unicodedata.category(char)[0] in "PZ" for char in text)
    return plain and len(text) <= (2 if marks else 1)


def _heavy(stretch: Stretch) -> bool:
    """Struck and inserted words on both sides of it, so that the reader sees a replacement."""
    return bool(stretch.old) and bool(stretch.new)
