"""An edition as its file would make it: its lines with what they are of, and how far they are from what came back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from rapidfuzz.distance import Levenshtein

from notices.document.blocks import (
    AttachmentList,
    Block,
    Chapter,
    Document,
    Heading,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Salutation,
    Signature,
    Text,
    Title,
    lines_of,
)
from notices.errors import Problem, ProblemsError
from notices.library import Edition
from notices.papers.compose import compose
from notices.papers.coverage import proven
from notices.profile import PaperKind
from notices.profile.yamlfile import Key, Origin, Tree
from notices.redline import align
from notices.renewal.own import OwnFile
from notices.taking.numbers import ITEM, number_of, unnumbered
from notices.taking.office import OfficePara
from notices.taking.probe import Atom, Probe

_LIKE: Final = 0.2
"""From here on a lone paragraph is a version of the lone one it stands in the place of."""


@dataclass(frozen=True, slots=True)
class FactRegion:
    """Characters of a line that are a fact's own words; ``number`` tells one mention from another."""

    start: int
    end: int
    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the paper: its text, where it stands, what it is of."""

    text: str
    where: str
    block: type[Block]
    facts: tuple[FactRegion, ...] = ()
    atoms: tuple[Atom, ...] = ()

    @property
    def body(self) -> bool:
        """Whether an outline or a template made it."""
        return self.block in {Heading, Paragraph, Chapter}


@dataclass(frozen=True)
class State:
    """The edition with the data its own file holds, and the paper that comes of it."""

    desk: Desk
    own: Tree
    tree: Tree
    edition: Edition
    lines: tuple[Line, ...]
    others: tuple[Line, ...]
    """The lines of its other papers."""
    problems: frozenset[Problem]

    @cached_property
    def sayings(self) -> Mapping[str, tuple[str, ...]]:
        """Which facts state a sentence or an item of its papers, by its words; this paper's count first."""
        return {words: keys for line in (*self.others, *self.lines) for words, keys in _sayings(line)}

    @cached_property
    def probed(self) -> tuple[Line, ...]:
        """The lines with their atoms; found only where somebody asks."""
        found = self.desk.probe.atoms(self.edition, [line.text for line in self.lines])
        return tuple(replace(line, atoms=atoms) for line, atoms in zip(self.lines, found, strict=True))


@dataclass(frozen=True)
class Desk:
    """What papers are made from: an edition's own file as it stands, and which of its papers came back."""

    file: OwnFile
    kind: PaperKind

    @cached_property
    def probe(self) -> Probe:
        """Remembers from one state to the next what cannot be marked."""
        return Probe(self.file.library, self.kind)

    @cached_property
    def sources(self) -> tuple[Path, ...]:
        """The file, and those it goes on from."""
        return self.file.library.tree(self.file.path)[1]

    @cached_property
    def inherited(self) -> Mapping[str, Any]:
        """What the edition would hold if its own file held nothing."""
        own = self.file.own
        held: dict[str, Any] = {name: own.data[name] for name in ("id", "year", "extends") if name in own.data}
        return self.file.library.whole(Tree(held, own.origins), self.file.path).data if "extends" in held else {}

    def state(self, own: Tree) -> State:
        """The state of one reading of the file.

        Raises:
            ProblemsError: such a file has errors, or the paper cannot be made.
        """
        file = self.file
        tree = file.library.whole(own, file.path)
        profile = file.library.sound(tree, file.path, file.name)
        edition = Edition(profile, tree.origins, file.name, self.sources)
        documents = {kind: compose(edition, kind, file.library).document for kind in profile.papers}
        problems = frozenset(map(_placeless, proven(edition, documents)))
        lines = tuple(_lines(documents.pop(self.kind)))
        others = tuple(line for other in documents.values() for line in _lines(other))
        return State(self, own, tree, edition, lines, others, problems)

    def tried(self, before: State, data: dict[str, Any]) -> State:
        """The state with other data in the own file.

        Raises:
            ProblemsError: it has errors the one before had not.
        """
        made = self.state(Tree(data, origins_for(data, before.own)))
        new = [one for one in made.problems if one not in before.problems and one.severity == "error"]
        if new:
            raise ProblemsError(new)
        return made


def _placeless(problem: Problem) -> Problem:
    return replace(problem, line=0, column=0)


def origins_for(data: Any, old: Tree) -> dict[Key, Origin]:  # noqa: ANN401 - plain YAML data
    """A place for everything in changed data: its own, or that of what it stands in."""
    found: dict[Key, Origin] = {}

    def walk(value: Any, key: Key, near: Origin) -> None:  # noqa: ANN401
        here = found[key] = old.origins.get(key, near)
        inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, child in inside:
            walk(child, (*key, name), here)

    walk(data, (), old.origins[()])
    return found


def _lines(document: Document) -> Iterator[Line]:
    heads: list[str] = []
    count = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            number = number_of("".join(one.text for one in block.text))
            heads = [*heads[: block.level - 1], number.rstrip("、. ")]
            count = 0
        body = isinstance(block, Paragraph | Chapter)
        count += body
        section = "".join(heads) or "正文"
        where = (
            f"{section}第{count}段"
            if body
            else f"{section}的标题"
            if isinstance(block, Heading)
            else _WHERE.get(type(block), "")
        )
        lines = lines_of(block)
        for n, line in enumerate(lines):
            at = where if len(lines) == 1 else f"{_part(block, n, len(lines))}"
            yield Line(line, at, type(block), tuple(_facts(block)) if isinstance(block, Heading | Paragraph) else ())


_WHERE: Final[dict[type[Any], str]] = {
    Masthead: "版头",
    Title: "标题",
    Salutation: "主送机关",
    AttachmentList: "附件说明",
    Signature: "署名",
    Note: "附注",
    Imprint: "版记",
}


def _part(block: Block, n: int, count: int) -> str:
    if isinstance(block, Signature):
        return "成文日期" if n == count - 1 else "署名"
    if isinstance(block, Masthead):
        return "发文字号" if n == count - 1 else "发文机关标志"
    if isinstance(block, Imprint):
        return "抄送" if n == 0 else "版记"
    if isinstance(block, AttachmentList):
        return f"附件说明第{n + 1}项"
    return _WHERE.get(type(block), "")


def _facts(block: Heading | Paragraph) -> Iterator[FactRegion]:
    """The words of facts in a text, those that stand in others' words left out."""
    return _regions(block.text)


def _regions(text: Text) -> Iterator[FactRegion]:
    at, held = 0, None
    for span in text:
        first = next((one for one in span.facts if one.key), None)
        if held is not None and (first is None or held.number != first.number):
            yield held
            held = None
        if first is not None:
            start = held.start if held is not None else at
            held = FactRegion(start, at + len(span.text), first.key, first.number)
        at += len(span.text)
    if held is not None:
        yield held


def _sayings(line: Line) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentences of a line that are facts' words and nothing else, with these facts; an item without its number."""
    for match in re.finditer(r"[^。；]+", line.text):
        start, end = match.span()
        inside = [one for one in line.facts if start <= one.start and one.end <= end]
        between = line.text[start:end]
        for one in reversed(inside):
            between = between[: one.start - start] + between[one.end - start :]
        if inside and not unnumbered(between, ITEM).strip("，、 "):
            yield bare(line.text[inside[0].start : end]), tuple(dict.fromkeys(one.key for one in inside))


Pairs = list[tuple[int, int]]


def bare(text: str) -> str:
    """A text without blanks: they are not compared."""
    return re.sub(r"\s+", "", text)


def paired(lines: Sequence[Line], paras: Sequence[OfficePara]) -> Pairs:
    """Which line is which paragraph: equal ones, then similar ones between them, then lone ones in one place."""
    ours, theirs = [bare(line.text) for line in lines], [bare(para.text) for para in paras]
    pairs = align.equal(ours, theirs)
    for step in (_similar, _lone):
        more: Pairs = []
        for a, b, c, d in align.between(pairs, len(ours), len(theirs)):
            if a < b and c < d:
                more += [(a + i, c + j) for i, j in step(lines[a:b], ours[a:b], theirs[c:d])]
        pairs = sorted([*pairs, *more])
    return pairs


def _similar(_: Sequence[Line], ours: list[str], theirs: list[str]) -> Pairs:
    return align.similar(ours, theirs)


def _lone(lines: Sequence[Line], ours: list[str], theirs: list[str]) -> Pairs:
    """What stands alone in one place is a version, where it is of the frame or a little alike."""
    if len(ours) == len(theirs) and not any(line.body for line in lines):
        return [(n, n) for n in range(len(ours))]
    if len(ours) == len(theirs) == 1 and Levenshtein.normalized_similarity(ours[0], theirs[0]) >= _LIKE:
        return [(0, 0)]
    return []


def distance(lines: Sequence[Line], paras: Sequence[OfficePara]) -> int:
    """Characters that differ between a paper and what came back."""
    pairs = paired(lines, paras)
    ours, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    found = sum(Levenshtein.distance(bare(lines[i].text), bare(paras[j].text)) for i, j in pairs)
    found += sum(len(bare(line.text)) for n, line in enumerate(lines) if n not in ours)
    return found + sum(len(bare(para.text)) for n, para in enumerate(paras) if n not in theirs)
