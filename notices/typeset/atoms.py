"""A paragraph cut into what a line break may not divide, with the width of each part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from notices.document import Text
from notices.fonts import FontFace, FontSet, Role, glyphs

NO_START = frozenset("，。、；：？！）》〉」』】〕〗”’…—～·％‰℃°″′々,.;:!?)]}%．｝］＞＝＋")
"""Characters no line begins with (GB/T 15834: 标点位置)."""

NO_END = frozenset("（《〈「『【〔〖“‘([{￥＄｛［＜±")
"""Characters no line ends with."""

_UNITS = frozenset("年月日时分秒号万亿元度吨米％‰℃°")
"""Kept on the line of the number before them: 2024年, 268号, 15％."""

_SOFT = re.compile(r"[^/@.?&=_\-]*[/@.?&=_\-]+|[^/@.?&=_\-]+")
_SOFT_FROM = 13
"""A Latin run of this many characters is an address rather than a word, and may be divided at its punctuation."""

FREE, SOFT, NEVER = 1, 2, 3
"""How a place is broken: freely, when a line would gape otherwise, or only when there is no other way."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one role."""

    text: str
    role: Role
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
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


def pieces(text: Text, body: Role = "body") -> tuple[Piece, ...]:
    """A document's text with the role of each span; body spans get ``body``."""
    return tuple(
        Piece(span.text, span.face if span.face in ("hei", "kai") else body, span.face == "pending") for span in text
    )


class Gauge:
    """Faces and widths of characters in one font set, looked up once each."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._seen: dict[tuple[Role, str], tuple[FontFace, float]] = {}

    def __call__(self, role: Role, char: str) -> tuple[FontFace, float]:
        """The face a character is drawn in and its width in em."""
        key = (role, char)
        if key not in self._seen:
            setting = "latin" if is_latin(char) and role not in ("title", "song") else role
            face = self._fonts.face_for(setting, char) or self._fonts.chosen(setting)
            self._seen[key] = face, glyphs(face).advance(char)
        return self._seen[key]


def is_latin(char: str) -> bool:
    """Digits and letters of alphabets, and ASCII signs: what a line break may not divide."""
    return char < "\u0080" or (char < "\u2000" and (char.isalnum() or char == "\u00a0"))


def atoms(text: Iterable[Piece], gauge: Gauge, size: float, cell: float, limit: float) -> list[Atom]:
    """Cut a text; a Latin run wider than ``limit`` points is divided into its characters."""
    found: list[Atom] = []
    for piece in text:
        for token in _tokens(piece.text):
            found.extend(_token_atoms(token, piece, gauge, size, cell - size, limit))
    return [_bound(atom, following) for atom, following in zip(found, [*found[1:], None], strict=True)]


_TOKEN = re.compile(r"——|……|(?P<blank> )|(?P<other>.)", re.DOTALL)


def _tokens(text: str) -> Iterator[str]:
    for latin, run in groupby(text, lambda char: is_latin(char) and char != " "):
        joined = "".join(run)
        if latin:
            yield joined
        else:
            yield from (match.group() for match in _TOKEN.finditer(joined))


def _token_atoms(
    token: str, piece: Piece, gauge: Gauge, size: float, after: float, limit: float
) -> Iterator[Atom]:
    if not is_latin(token[0]) or token == " ":
        face, width = gauge(piece.role, token[0])
        wide = token != " "
        yield Atom(token, face, piece.marked, len(token) * width * size, after if wide else 0.0, False, FREE, wide)
        return
    whole = size * sum(gauge(piece.role, char)[1] for char in token)
    parts = _SOFT.findall(token) if len(token) >= _SOFT_FROM else [token]
    for place, part in enumerate(parts, 1):
        runs = list(part) if whole > limit else list(_by_face(part, piece.role, gauge))
        for n, run in enumerate(runs, 1):
            last = place == len(parts) and n == len(runs)
            inner = SOFT if n == len(runs) else NEVER
            width = size * sum(gauge(piece.role, char)[1] for char in run)
            face = gauge(piece.role, run[0])[0]
            yield Atom(run, face, piece.marked, width, 0.0, not last, FREE if last else inner, False)


def _by_face(run: str, role: Role, gauge: Gauge) -> Iterator[str]:
    for _, chars in groupby(run, lambda char: gauge(role, char)[0]):
        yield "".join(chars)


def _bound(atom: Atom, following: Atom | None) -> Atom:
    """The atom with what the next one forbids: closing marks, units and blanks stay with what they follow."""
    if following is None or atom.brk == NEVER or (atom.glued and atom.brk == SOFT):
        return atom
    first, last = following.text[0], atom.text[-1]
    tied = (
        following.blank
        or first in NO_START
        or last in NO_END
        or (first in _UNITS and last.isdecimal())
        or (not atom.wide and not following.wide and not atom.blank)
    )
    if not tied:
        return atom
    joined = not atom.wide and not following.wide
    return Atom(atom.text, atom.face, atom.marked, atom.width, atom.after, joined, NEVER, atom.wide)
