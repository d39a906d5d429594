"""A paragraph cut into what a line break may not divide, with the width of each part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from notices.document.blocks import Text
from notices.typeset.fonts import FontFace, FontSet, Role, glyphs

NO_START = frozenset("，。、；：？！）》〉」』】〕〗”’…—～·％‰℃°″′々※,.;:!?)]}%．｝］＞＝＋")
"""Characters no line begins with (GB/T 15834: 标点位置)."""

NO_END = frozenset("（《〈「『【〔〖“‘([{￥＄｛［＜±")
"""Characters no line ends with."""

_UNITS = frozenset("年月日时分秒号万亿元度吨米％‰℃°")
"""Kept on the line of the number before them: 2024年, 268号, 15％."""

_SOFT = re.compile(r"[^/@.?&=_\-]*[/@.?&=_\-]+|[^/@.?&=_\-]+")
_SOFT_FROM = 13
"""A Latin run of this many characters is an address rather than a word, and may be divided at its punctuation."""

FREE, SOFT, SPLIT, NEVER = 1, 2, 3, 4
"""Where a line may end: anywhere between characters; in an address, when the line would gape otherwise; inside a run
wider than the line; and, against the rules, only when there is no other way."""


@dataclass(frozen=True, slots=True)
class AtomPiece:
    """Text in one role."""

    text: str
    role: Role
    marked: bool = False


class Atom(NamedTuple):
    """An undivided part: a Chinese character, a dash or ellipsis of two, a Latin run, a blank.

    ``after`` is its natural distance to the next one, ``glued`` forbids to widen it, ``brk`` rates a break there.
    """

    text: str
    face: FontFace
    marked: bool
    width: float
    after: float
    glued: bool
    brk: int
    wide: bool

    @property
    def blank(self) -> bool:
        """Whether it is a space, which hangs when it ends a line."""
        return self.text == " "


def pieces(text: Text, body: Role = "body") -> tuple[AtomPiece, ...]:
    """A document's text with the role of each span; body spans get ``body``."""
    return tuple(
        AtomPiece(span.text, span.face if span.face in ("hei", "kai") else body, span.face == "pending")
        for span in text
    )


class Gauge:
    """Faces and widths of characters in one font set, looked up once each."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._seen: dict[tuple[Role, str], tuple[FontFace, float]] = {}

    def __call__(self, role: Role, char: str) -> tuple[FontFace, float]:
        """The face a character is drawn in and its width in em."""
        known = self._seen.get((role, char))
        if known is None:
            setting = "latin" if is_latin(char) and role not in ("title", "song") else role
            face = self._fonts.face_for(setting, char) or self._fonts.chosen(setting)
            known = self._seen[role, char] = face, glyphs(face).advance(char)
        return known


@lru_cache(maxsize=4)
def gauge_of(fonts: FontSet) -> Gauge:
    """One gauge a font set, so that what was measured for one document serves the next."""
    return Gauge(fonts)


def is_latin(char: str) -> bool:
    """Digits and letters of alphabets, and ASCII signs: what a line break may not divide."""
    return char < "\u0080" or (char < "\u2000" and (char.isalnum() or char == "\u00a0"))


def atoms(text: Iterable[AtomPiece], gauge: Gauge, size: float, cell: float, limit: float) -> list[Atom]:
    """Cut a text; a Latin run wider than ``limit`` points is divided into its characters."""
    found: list[Atom] = []
    for piece in text:
        for part in _parts(piece.text):
            if is_latin(part[0]) and part != " ":
                found.extend(_latin(part, piece, gauge, size, limit))
            else:
                found.append(_wide(part, piece, gauge, size, cell - size))
    neighbours = zip([None, *found[:-1]], found, [*found[1:], None], strict=True)
    return [_bound(before, atom, following) for before, atom, following in neighbours]


_WIDE = re.compile(r"——|……|.", re.DOTALL)


def _parts(text: str) -> Iterator[str]:
    for latin, run in groupby(text, lambda char: is_latin(char) and char != " "):
        joined = "".join(run)
        if latin:
            yield joined
        else:
            yield from (match.group() for match in _WIDE.finditer(joined))


def _wide(text: str, piece: AtomPiece, gauge: Gauge, size: float, after: float) -> Atom:
    """A Chinese character or a pair of dashes or dots; a blank."""
    face, width = gauge(piece.role, text[0])
    if text == " ":
        return Atom(text, face, piece.marked, width * size, 0.0, glued=False, brk=FREE, wide=False)
    return Atom(text, face, piece.marked, len(text) * width * size, after, glued=False, brk=FREE, wide=True)


def _latin(text: str, piece: AtomPiece, gauge: Gauge, size: float, limit: float) -> Iterator[Atom]:
    """A Latin run in parts no gap may come between, one for each face and each place an address may be divided at."""

    def width(run: str) -> float:
        return size * sum(gauge(piece.role, char)[1] for char in run)

    split = width(text) > limit
    parts = _SOFT.findall(text) if len(text) >= _SOFT_FROM else [text]
    runs = [(run, n) for n, part in enumerate(parts) for run in (part if split else _by_face(part, piece.role, gauge))]
    for (run, n), (_, following) in zip(runs, [*runs[1:], ("", None)], strict=True):
        inside = SOFT if following != n else SPLIT if split else NEVER
        yield Atom(
            run,
            gauge(piece.role, run[0])[0],
            marked=piece.marked,
            width=width(run),
            after=0.0,
            glued=following is not None,
            brk=FREE if following is None else inside,
            wide=False,
        )


def _by_face(run: str, role: Role, gauge: Gauge) -> Iterator[str]:
    for _, chars in groupby(run, lambda char: gauge(role, char)[0]):
        yield "".join(chars)


def _bound(before: Atom | None, atom: Atom, following: Atom | None) -> Atom:
    """The atom with what its neighbours forbid.

    Closing marks, units and blanks stay with what they follow, a number with the letters of its standard: GB/T 36132.
    """
    if following is None or atom.glued:
        return atom
    first, last = following.text[0], atom.text[-1]
    narrow = not atom.wide and not following.wide
    tied = (
        first in NO_START
        or last in NO_END
        or first == " "
        or (narrow and not atom.blank)
        or (first in _UNITS and last.isdecimal())
        or (atom.blank and before is not None and before.text[-1].isupper() and first.isdecimal())
    )
    return atom._replace(glued=narrow, brk=NEVER) if tied else atom
