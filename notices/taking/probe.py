"""Which characters of a paper come from which value of its profile: found by printing it once more with marked values.

Every text that may be printed is put between two characters no profile holds, every figure and date is made one to
be confirmed, and the paper is composed again. Where the marks come out is where the values stand. Nothing that
composes knows of it; a value whose mark would change how the paper reads (it is compared, or cut) goes unmarked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from notices.document.blocks import Document, lines_of
from notices.errors import ProblemsError
from notices.library import Edition, Library
from notices.papers.compose import compose
from notices.profile import PaperKind, Pending, Profile
from notices.profile.outline import PLACE
from notices.profile.values import Model
from notices.profile.yamlfile import Key
from notices.wording.words import PLACEHOLDER

_OPEN: Final = 0x20000
_MOST: Final = 0x8000
"""Values of a profile that can be told apart."""
_CLOSE: Final = "\U0002a000"
_PRINTED: Final = frozenset(
    (
        *("say", "when", "items", "name", "title", "subtitle", "number", "part", "alias", "subjects", "bars"),
        *("bars_from", "evidence", "basis", "person", "phone", "email", "office", "fax", "address", "postcode", "url"),
        *("column", "form", "otherwise", "subject", "addressees", "mark", "disclosure", "issuer", "copies"),
        *("attachment_label", "short", "itself", "region", "level", "whole", "area", "actors", "introduces", "called"),
        *("outlines", "value", "date", "annual", "time", "issued", "printed", "confirm"),
    )
)
"""Names of what is printed; everything else decides, and is not marked."""
_LATE: Final = 4
"""Characters in front of a mark where a text is known by how it begins."""


@dataclass(frozen=True, slots=True)
class Atom:
    """Characters ``start`` to ``end`` of a line, and what they are of.

    ``key`` is the path of a value in the profile's data. Of a text, ``at`` is where in it the characters begin;
    of a typed value (a date, a figure, one to be confirmed) it is None.
    """

    start: int
    end: int
    key: Key
    at: int | None

    @property
    def fixed(self) -> bool:
        """Whether they are words of an outline."""
        return self.key[0] == "outlines"


@dataclass(frozen=True, slots=True)
class _Leaf:
    key: Key
    at: int
    length: int
    typed: bool


def lines(document: Document) -> tuple[str, ...]:
    """Every line of a document."""
    return tuple(line for block in document.blocks for line in lines_of(block))


class Probe:
    """Finds the atoms of a paper; what cannot be marked is kept for the next time."""

    def __init__(self, library: Library, kind: PaperKind) -> None:
        self._library, self._kind = library, kind
        self._bad: set[tuple[Key, int]] = set()

    def atoms(self, edition: Edition, printed: Sequence[str]) -> tuple[tuple[Atom, ...], ...]:
        """The atoms of each line, inner ones behind those they stand in."""
        for _ in range(3):  # as they are, those that spoil it marked later, then not at all
            walk = _Walk(edition.profile, self._kind, frozenset(self._bad))
            leaves = [leaf for leaf in walk.leaves if (leaf.key, leaf.at) not in self._bad]
            found = self._tried(edition, walk, leaves, printed)
            if found is not None:
                return found
            self._bad |= {(leaf.key, leaf.at) for leaf in self._spoiling(edition, walk, leaves, printed)}
        return tuple(() for _ in printed)

    def _tried(
        self, edition: Edition, walk: _Walk, leaves: Sequence[_Leaf], printed: Sequence[str]
    ) -> tuple[tuple[Atom, ...], ...] | None:
        numbers = {(leaf.key, leaf.at): n for n, leaf in enumerate(leaves)}
        marked = Edition(walk.marked(numbers), edition.origins, edition.file, edition.sources)
        try:
            probed = lines(compose(marked, self._kind, self._library).document)
        except (ProblemsError, KeyError):
            return None
        if len(probed) != len(printed):
            return None
        found = [_placed(one, text, leaves) for one, text in zip(probed, printed, strict=True)]
        return None if None in found else tuple(one for one in found if one is not None)

    def _spoiling(self, edition: Edition, walk: _Walk, leaves: Sequence[_Leaf], printed: Sequence[str]) -> list[_Leaf]:
        if self._tried(edition, walk, leaves, printed) is not None:
            return []
        if len(leaves) == 1:
            return list(leaves)
        half = len(leaves) // 2
        parts = (leaves[:half], leaves[half:])
        return [leaf for part in parts for leaf in self._spoiling(edition, walk, part, printed)]


class _Walk:
    """A profile's printed values, in order, and the profile with some of them marked."""

    def __init__(self, profile: Profile, kind: PaperKind, late: frozenset[tuple[Key, int]]) -> None:
        self._profile = profile
        self._kind = kind
        self._late = late
        self.leaves: list[_Leaf] = []
        self._numbers: Mapping[tuple[Key, int], int] | None = None
        self._value(profile, (), "")

    def marked(self, numbers: Mapping[tuple[Key, int], int]) -> Profile:
        """The profile with the leaves that have a number marked."""
        self._numbers = numbers
        made = self._value(self._profile, (), "")
        assert isinstance(made, Profile)  # noqa: S101 - a model is copied as itself
        return made

    def _value(self, value: Any, key: Key, name: str) -> Any:  # noqa: ANN401 - a profile's values are of many types
        if isinstance(value, Pending):
            return self._open(value, key) if name in _PRINTED else value
        if isinstance(value, Model):
            return self._model(value, key)
        if isinstance(value, Mapping):
            wanted = {self._kind} if key in {("papers",), ("outlines",)} else None
            return {
                one: self._value(child, (*key, one), name) if wanted is None or one in wanted else child
                for one, child in value.items()
            }
        if isinstance(value, tuple):
            return self._items(value, key, name)
        if name not in _PRINTED:
            return value
        if isinstance(value, str) and name not in {"annual", "time"}:
            return self._text(value, key)
        typed = isinstance(value, dt.date | Decimal | str) or (name == "copies" and isinstance(value, int))
        return self._typed(value, key, str(value)) if typed else value

    def _model(self, value: Model, key: Key) -> Model:
        changed = {}
        for field, info in type(value).model_fields.items():
            child = getattr(value, field)
            made = self._value(child, (*key, info.alias or field), _inside(field, key))
            if made is not child:
                changed[field] = made
        return value.model_copy(update=changed) if changed and self._numbers is not None else value

    def _items(self, value: tuple[Any, ...], key: Key, name: str) -> Any:  # noqa: ANN401
        outlined = key[0] == "outlines"
        if outlined and all(isinstance(one, str) for one in value) and key[-1] != "items" and _ids(value):
            return value  # a list of ids
        return tuple(
            one if outlined and isinstance(one, str) and _ids((one,)) else self._value(one, (*key, n), name)
            for n, one in enumerate(value)
        )

    def _text(self, value: str, key: Key) -> str:
        """The pieces of a text between its places, each marked."""
        pattern = PLACE if key[0] == "outlines" else PLACEHOLDER
        made, at = "", 0
        for match in [*pattern.finditer(value), None]:
            end = match.start() if match else len(value)
            made += self._piece(value[at:end], key, at)
            made += match[0] if match else ""
            at = match.end() if match else end
        return made

    def _piece(self, piece: str, key: Key, at: int) -> str:
        if not piece and not (key[0] == "outlines" and at == 0):
            return piece
        skip = _LATE if (key, at) in self._late and len(piece) > _LATE else 0
        end = len(piece) - (key[-1] == "heading" and piece.endswith("。"))  # it is known by how it ends
        number = self._number(_Leaf(key, at + skip, end - skip, typed=False))
        if number is None:
            return piece
        return f"{piece[:skip]}{chr(_OPEN + number)}{piece[skip:end]}{_CLOSE}{piece[end:]}"

    def _open(self, value: Pending, key: Key) -> Pending:
        """A value to be confirmed, and what is suggested for it, which a title prints."""
        number = self._number(_Leaf(key, 0, 0, typed=True))
        told = value.pending if number is None else f"{chr(_OPEN + number)}{value.pending}{_CLOSE}"
        drafted = (
            self._text(value.suggest, (*key, "suggest")) if value.suggest and key[-1] == "title" else value.suggest
        )
        return value.model_copy(update={"pending": told, "suggest": drafted})

    def _typed(self, value: object, key: Key, told: str) -> object:
        number = self._number(_Leaf(key, 0, 0, typed=True))
        return value if number is None else Pending(pending=f"{chr(_OPEN + number)}{told}{_CLOSE}")

    def _number(self, leaf: _Leaf) -> int | None:
        if self._numbers is None:
            self.leaves.append(leaf)
            return None
        return self._numbers.get((leaf.key, leaf.at))


def _inside(field: str, key: Key) -> str:
    """What a field is known by; a part of an outline is known as such."""
    return "outlines" if key and key[0] == "outlines" else field


def _ids(value: Iterable[str]) -> bool:
    return all(re.fullmatch(r"[a-z0-9.*-]+", one) for one in value)


_HOLE: Final = re.compile(f"【待定：([{chr(_OPEN)}-{chr(_OPEN + _MOST)}])([^{_CLOSE}]*){_CLOSE}】")


def _placed(probed: str, printed: str, leaves: Sequence[_Leaf]) -> tuple[Atom, ...] | None:
    """The atoms of a line; None where it reads otherwise than it was printed."""
    tokens = list(_tokens(probed))
    pattern = "".join("(.+?)" if hole else re.escape(text) for text, hole, _ in tokens if text)
    match = re.fullmatch(pattern, printed, re.DOTALL)
    if match is None:
        return None
    found: list[Atom] = []
    open_: list[tuple[int, int]] = []
    at, group = 0, 0
    for text, hole, number in tokens:
        if hole:
            group += 1
            found.append(Atom(match.start(group), match.end(group), leaves[number].key, None))
            at = match.end(group)
        elif text:
            at += len(text)
        elif number >= 0:
            open_.append((number, at))
        elif open_:
            begun, start = open_.pop()
            leaf = leaves[begun]
            if at - start == leaf.length or not leaf.length:
                found.append(Atom(start, at, leaf.key, leaf.at))
        else:
            return None
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def _tokens(probed: str) -> Iterator[tuple[str, bool, int]]:
    """A marked line as texts, holes, and marks that open (their number) or close (-1)."""
    at = 0
    for match in [*_HOLE.finditer(probed), None]:
        held = ""
        for char in probed[at : match.start() if match else len(probed)]:
            if _OPEN <= ord(char) < _OPEN + _MOST or char == _CLOSE:
                yield from ((held, False, -1),) if held else ()
                yield "", False, -1 if char == _CLOSE else ord(char) - _OPEN
                held = ""
            else:
                held += char
        yield from ((held, False, -1),) if held else ()
        if match:
            yield match[2] or "?", True, ord(match[1]) - _OPEN
            at = match.end()
