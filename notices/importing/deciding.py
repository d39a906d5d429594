"""What a person decides of a draft, piece by piece, carried out in its file before there is one.

A piece is a run of parts of one sentence that became the same facts. Somebody says that it is right, that it is to be
looked at, that it belongs to another section, or that it is to be left out; the file is written anew from the draft
with all decisions, so that each can be taken back by itself.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from notices import files, programmes
from notices.errors import Problem, ProblemsError
from notices.importing import outlined, placing
from notices.importing.edition import Imported, clauses_in
from notices.importing.names import Names
from notices.importing.sentences import Fate, SourceSentence
from notices.importing.state import INTRODUCTION
from notices.importing.text import yaml_text
from notices.library import Edition, Library
from notices.papers.coverage import checked
from notices.profile import Profile
from notices.profile.values import Confirmable
from notices.profile.yamlfile import parse
from notices.wording.spelling import tidy

Answer: TypeAlias = Literal["", "right", "look", "omit"]

ANSWERS: Final[dict[Answer, str]] = {"right": "对", "look": "要看", "omit": "不收"}
"""What may be said of a piece."""
_ELSEWHERE: Final = frozenset({"implements", "basis", "definitions", "aims"})
"""Sections of the introduction, which words of the body do not belong to."""
_SHOWN: Final = 30
"""Characters of the source's words in a comment."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of parts of one sentence with the same fate; ``about`` is the category its headings name, if one."""

    clause: str
    line: int
    text: str
    fate: Fate
    keys: tuple[str, ...]
    why: str
    first: bool
    """Whether a sentence begins with it."""
    heads: tuple[str, ...] = ()
    opens: bool = False
    """Whether it is of the introduction."""

    @property
    def may_move(self) -> bool:
        """Whether it may be put into a section: words of its own, and what was made nothing of."""
        words = self.fate == "worded" or (len(self.keys) == 1 and re.search(r"words-\d+$", self.keys[0]))
        own = len(self.keys) == 1 and words and not self.keys[0].startswith("exclusions")
        return not self.opens and bool(own or self.fate in {"left", "frame"})

    @property
    def may_go(self) -> bool:
        """Whether it may be left out: not what a list of cases begins with, which the cases would go with."""
        return bool(self.keys) and "exclusions" not in self.keys


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a piece, by its place among the pieces.

    ``section`` is the one it belongs to (empty: as drafted), ``note`` what is to be looked at, or why it is left out.
    """

    piece: int
    answer: Answer = ""
    section: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A draft while it is being decided on: its file as it was drafted, where that is to stand, and its pieces."""

    path: Path
    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, made: Imported) -> Sketch:
        """The sketch an import made."""
        return cls(made.path, made.text, pieces(made.draft.source))


def pieces(source: Sequence[SourceSentence]) -> tuple[Piece, ...]:
    """The pieces of a source, in order."""
    found: list[Piece] = []
    for one in source:
        runs = [list(run) for _, run in groupby(one.parts, key=lambda part: (part.fate, tuple(part.keys), part.why))]
        for number, run in enumerate(runs):
            text = "".join(part.text for part in run).strip()
            part, opens = run[0], one.node == INTRODUCTION
            found.append(
                Piece(one.clause, one.line, text, part.fate, tuple(part.keys), part.why, number == 0, one.heads, opens)
            )
    return tuple(found)


def sections(library: Library) -> dict[str, str]:
    """The sections words of a notice may belong to, by key, with what they are called."""
    kind = programmes.shipped(library)
    assert kind.PROGRAMME  # noqa: S101 - the shipped class is of a programme
    empty = {key for key, name in kind.sections().items() if kind.model_fields[name].annotation == _RULES}
    listed = kind.PROGRAMME.sections
    return {key: listed[key].label for key in kind.PROGRAMME.order if key in empty - _ELSEWHERE}


_RULES = Profile.model_fields["conditions"].annotation


def decided(library: Library, sketch: Sketch, decisions: Sequence[Decision]) -> str:
    """The draft's file with everything decided; what is left out, and why, stands in its first comment.

    Raises:
        ProblemsError: what the decisions make wrong that was not.
    """
    text = _Deciding(library, sketch).all(decisions)
    unnamed: set[str] = set()
    while text != sketch.text and (new := _new(library, sketch, text)):
        more = {one.key for one in new if one.rule == "unstated" and one.key.startswith(_NAMED)} - unnamed
        if not more:
            raise ProblemsError(new)
        unnamed |= more
        text = _Deciding(library, sketch, unnamed).all(decisions)
    return text


_NAMED: Final = ("references.", "channels.")
"""What facts name: it goes with the last fact that named it."""


def problems(library: Library, path: Path, text: str) -> tuple[Problem, ...]:
    """What keeps a text from being the edition of a path, and its papers."""
    try:
        with _standing(library, path, text) as (mine, edition):
            checked(mine, edition)
    except ProblemsError as error:
        return tuple(one for one in error.problems if one.severity == "error")
    return ()


@contextlib.contextmanager
def _standing(library: Library, path: Path, text: str) -> Iterator[tuple[Library, Edition]]:
    """An edition as if its file stood."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        files.write(folder / path, text.encode())
        mine = Library((folder, *library.roots))
        yield mine, mine.read(folder / path)


def _new(library: Library, sketch: Sketch, text: str) -> list[Problem]:
    found = problems(library, sketch.path, text)
    was = {_same(one) for one in problems(library, sketch.path, sketch.text)} if found else set()
    return [one for one in found if _same(one) not in was]


def _same(problem: Problem) -> Problem:
    return replace(problem, line=0, column=0)


class _Deciding:
    """A draft's data while decisions are carried out.

    ``called`` are the facts that have another id by now; ``unnamed`` is what no fact names once all is decided.
    """

    def __init__(self, library: Library, sketch: Sketch, unnamed: Collection[str] = ()) -> None:
        self._library, self._sketch = library, sketch
        own = parse(sketch.text, sketch.path.as_posix())
        self.own = own.data
        self.whole = library.whole(own, sketch.path).data
        self.pieces = sketch.pieces
        self.kind = next(iter(self.own["outlines"]))
        self.called: dict[str, str] = {}
        self._clauses = set(clauses_in(self.own))
        self._placed: dict[int, str] = {}
        self._gone: set[str] = set(unnamed)

    @cached_property
    def _profile(self) -> Profile:
        """The profile as it was drafted."""
        with _standing(self._library, self._sketch.path, self._sketch.text) as (_, edition):
            return edition.profile

    def all(self, decisions: Sequence[Decision]) -> str:
        """The file."""
        told = []
        ordered = sorted((one for one in decisions if 0 <= one.piece < len(self.pieces)), key=lambda one: one.piece)
        for one in ordered:
            if one.section:
                self._move(one)
        for one in ordered:
            keys = self._keys(one)
            if one.answer == "right":
                self._right(keys)
            elif one.answer == "look":
                self._look(keys, one.note)
            elif one.answer == "omit" and self.pieces[one.piece].may_go:
                self._gone |= set(keys)
                piece = self.pieces[one.piece]
                told.append(f"# 不收 {piece.clause}“{_short(piece.text)}”：{one.note or '没有写原因'}")
        self._omit()
        lines = self._sketch.text.split("\n")
        head = lines[: next(n for n, line in enumerate(lines) if not line.startswith("#"))]
        return yaml_text("".join(f"{line}\n" for line in (*head, *told)), self.own)

    def _keys(self, one: Decision) -> tuple[str, ...]:
        placed = self._placed.get(one.piece)
        keys = (placed,) if placed else self.pieces[one.piece].keys
        return tuple(self.called.get(key, key) for key in keys)

    def _fact(self, key: str) -> dict[str, Any] | None:
        """A fact in the file itself, to be changed; None where it is none of its own."""
        table, name = _place(self.own, key)
        found = table.get(name) if table is not None else None
        return found if isinstance(found, dict) else None

    def _right(self, keys: Collection[str]) -> None:
        for key in keys:
            if fact := self._fact(key):
                fact.pop("confirm", None)

    def _look(self, keys: Collection[str], note: str) -> None:
        """The note, where whoever confirms the fact reads it: what is not confirmed as a whole has it as a remark."""
        why = {"why": note} if note else {}
        for key in keys:
            fact = self._fact(key)
            if fact is None:
                continue
            if isinstance(self._profile.by_id.get(key), Confirmable) or key in self.called.values():
                fact["confirm"] = {"pending": placing.CHECK, **why}
            elif note:
                fact["note"] = f"要看：{note}"

    def _omit(self) -> None:
        """Take facts out, and the clauses that nothing of the draft cites then."""
        if not self._gone:
            return
        self._out(self._gone)
        outlines, source = self.own["outlines"], self.own["source"]
        outlines[self.kind] = outlined.without(outlines[self.kind], self._gone)
        lost = self._clauses - set(clauses_in(self.own))
        source["clauses"] = [name for name in source["clauses"] if name not in lost]

    def _out(self, gone: Collection[str]) -> None:
        """Take facts out of the file; what it extends hands none of them on: it says ``null``."""
        for key in gone:
            table, name = _place(self.own, key)
            if table is not None:
                table.pop(name, None)
        for section in {key.partition(".")[0] for key in gone}:
            if section in self.own and not self.own[section]:
                self.own.pop(section)
        left = self._merged()
        for key in sorted(gone):
            table, name = _place(left, key)
            if table is not None and table.get(name) is not None:
                _set(self.own, key)

    def _merged(self) -> dict[str, Any]:
        """What the file says by now, with what it extends."""
        found: dict[str, Any] = self._library.whole(parse(yaml_text("", self.own), ""), self._sketch.path).data
        return found

    def _move(self, one: Decision) -> None:
        """Words under an id of another section, or words that were nothing under one."""
        piece = self.pieces[one.piece]
        if not piece.may_move or (piece.keys and piece.keys[0].startswith(f"{one.section}.")):
            return
        outlines = self.own["outlines"]
        if piece.keys:
            key = piece.keys[0]
            table, name = _place(self.whole, key)
            assert table is not None  # noqa: S101 - the draft was read
            fact = dict(table[name])
            new = self._named(one.section, fact.get("for", ()))
            self._gone.add(key)
            self.called[key] = new
            outlines[self.kind] = outlined.renamed(outlines[self.kind], {key: new})
        else:
            fact = self._words(piece)
            listed = self.own["source"]["clauses"]
            listed += [] if piece.clause in listed else [piece.clause]
            new = self._named(one.section, fact.get("for", ()))
            self._placed[one.piece] = new
            self.called[new] = new
            if not any(outlined.beside(outlines[self.kind], key, new) for key in self._before(one.piece)):
                outlines[self.kind].append([new])
        self._section(one.section)[new.partition(".")[2]] = fact
        self.whole.setdefault(one.section, {})[new.partition(".")[2]] = fact

    def _section(self, section: str) -> dict[str, Any]:
        """A section of the file, to be changed; one that was ``null`` goes on handing nothing on."""
        if not isinstance(self.own.get(section), dict):
            refused = section in self.own
            self.own.pop(section, None)
            handed = self._merged().get(section) or {} if refused else {}
            self.own[section] = dict.fromkeys(handed)
        found: dict[str, Any] = self.own[section]
        return found

    def _before(self, number: int) -> Iterator[str]:
        """The facts nearest to a piece, those before it first."""
        near = (*reversed(self.pieces[:number]), *self.pieces[number + 1 :])
        return (self.called.get(key, key) for piece in near for key in reversed(piece.keys))

    def _named(self, section: str, about: Sequence[str]) -> str:
        table = {**(self.whole.get(section) or {}), **(self.own.get(section) or {})}
        over = f"{about[0]}." if about else ""
        number = next(n for n in range(1, len(table) + 2) if f"{over}words-{n}" not in table)
        return f"{section}.{over}words-{number}"

    def _words(self, piece: Piece) -> dict[str, Any]:
        """The words of a piece as a rule to be confirmed, of the category its headings name."""
        found = Names(self.whole.get("references") or {}, {}, self.whole.get("attachments") or {})
        label = re.sub(r"\s", "", piece.heads[-1])[:12] if piece.heads else re.split("[，,（(]", piece.text)[0][:12]
        made = placing.rule(re.sub(r"\s+", "", piece.text), self._profile, found, label)
        about = self._about(piece.heads)
        return {"label": made.pop("label"), **({"for": about} if about else {}), **made, "cite": piece.clause}

    def _about(self, heads: Sequence[str]) -> list[str]:
        names = {key: str(offer.name) for key, offer in self._profile.categories.items()}
        for head in reversed(heads):
            found = [key for key, name in names.items() if tidy(name) in tidy(head)]
            if len(found) == 1:
                return found
        return []


def _place(data: dict[str, Any], key: str) -> tuple[dict[str, Any] | None, str]:
    """The mapping a fact stands in, and its name there; None where there is none."""
    section, _, rest = key.partition(".")
    if not rest:
        return data, section
    table = data.get(section)
    if section == "exclusions":
        table = table.get("items") if isinstance(table, dict) else None
        rest = rest.removeprefix("items.")
    return (table if isinstance(table, dict) else None), rest


def _set(data: dict[str, Any], key: str) -> None:
    """``null`` at a fact."""
    section, _, rest = key.partition(".")
    if not rest:
        data[section] = None
        return
    table = data.setdefault(section, {})
    if section == "exclusions":
        table = table.setdefault("items", {})
        rest = rest.removeprefix("items.")
    table[rest] = None


def _short(text: str) -> str:
    plain = re.sub(r"\s+", "", text)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
