"""Source text to clauses, by the names a profile cites them with: 标题, 引言, 一（二）, 二第2段, 第二十七条3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from notices.verify.ordinals import Ordinal, heading_like, mark_of, unfinished
from notices.verify.zones import SourceText, Zones, zones
from notices.wording.spelling import tidy


@dataclass(frozen=True, slots=True)
class Clause:
    """A passage by name: the paragraphs that are its own and those of what stands under it."""

    name: str
    own: tuple[SourceText, ...]
    under: tuple[SourceText, ...] = ()
    head: tuple[SourceText, ...] = ()
    """A heading on a line of its own, which is the first of ``own``."""

    @property
    def text(self) -> str:
        """All of it, a paragraph a line."""
        return "\n".join(para.text for para in (*self.own, *self.under))

    @property
    def body(self) -> str:
        """All of it without the heading, unless the heading is all there is."""
        rest = [para.text for para in (*self.own, *self.under) if para not in self.head]
        return "\n".join(rest) or self.text


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph a fact should cite, by the name to cite it with."""

    name: str
    node: str
    para: SourceText


@dataclass
class _Node:
    name: str
    level: int
    parts: list[SourceText | _Node] = field(default_factory=list)
    headed: bool = False
    chapter: SourceText | None = None
    """第一章 总则: the line over the articles it stands among."""

    @property
    def own(self) -> list[SourceText]:
        """Its paragraphs without number; a heading on a line of its own is none."""
        paras = [part for part in self.parts if isinstance(part, SourceText)]
        return paras[1:] if self.headed else paras

    @property
    def head(self) -> list[SourceText]:
        return [part for part in self.parts[:1] if isinstance(part, SourceText)] if self.headed else []

    def all(self) -> Iterator[SourceText]:
        for part in self.parts:
            if isinstance(part, SourceText):
                yield part
            else:
                yield from part.all()


@dataclass(frozen=True)
class Clauses:
    """The clauses of one source."""

    nodes: dict[str, _Node]
    left_out: tuple[SourceText, ...]
    """Lines after the signature that are no clause: a web page's foot, an imprint, the attachments themselves."""

    def find(self, name: str) -> Clause | None:
        """The clause of that name, None when the source has none."""
        bare_name, _, count = name.partition("第") if re.search(r"[^第]第\d+段$", name) else (name, "", "")
        if name.startswith("第") and (match := re.fullmatch(r"(第.+?)第(\d+)段", name)):
            bare_name, count = match[1], match[2]
        node = self.nodes.get(bare_name)
        if node is None:
            return None
        if not count:
            own = [*node.head, *node.own]
            known = set(own)
            return Clause(name, tuple(own), tuple(para for para in node.all() if para not in known), tuple(node.head))
        return self._paragraph(name, node, int(re.sub(r"\D", "", count)))

    @staticmethod
    def _paragraph(name: str, node: _Node, number: int) -> Clause | None:
        """第N段: of the paragraphs without number; where there are not so many, of all parts."""
        if number <= len(node.own):
            return Clause(name, (node.own[number - 1],))
        parts = node.parts[1:] if node.headed else node.parts
        if number > len(parts):
            return None
        part = parts[number - 1]
        return Clause(name, (part,)) if isinstance(part, SourceText) else Clause(name, tuple(part.all()))

    def names(self) -> tuple[str, ...]:
        """Every clause there is, by the narrowest name."""
        return tuple(dict.fromkeys(unit.name for unit in self.units()))

    def names_in(self, node: str) -> tuple[str, ...]:
        """Every clause that is a paragraph of one numbered passage, by its narrowest name."""
        return tuple(dict.fromkeys(unit.name for unit in self.units() if unit.node == node))

    def units(self) -> Iterator[Unit]:
        """Every paragraph that states something, in order."""
        for name, node in self.nodes.items():
            own = node.own or ([] if any(isinstance(part, _Node) for part in node.parts) else node.head)
            whole = name in _WHOLE or len(own) == 1
            for number, para in enumerate(own, 1):
                yield Unit(name if whole else f"{name}第{number}段", name, para)


_WHOLE = ("标题", "发文字号", "主送机关", "联系人", "附件", "附注", "落款", "成文日期")


def parse(paras: Sequence[SourceText]) -> Clauses:
    """The clauses of a text given as lines or paragraphs.

    Lines that only the width of a page has parted are joined.
    """
    found: Zones = zones(paras)
    nodes: dict[str, _Node] = {}
    for name, part in found.named.items():
        if part:
            nodes[name] = _Node(name, 0, list(part))
    body = _Tree(nodes)
    for para in joined(found.body):
        body.add(para)
    order = [*(n for n in nodes if n in found.before), *body.names, *(n for n in nodes if n in found.after)]
    return Clauses({name: nodes[name] for name in dict.fromkeys(order)}, found.rest)


_LONGEST = 4_000
"""Characters after which nothing more is joined on: some five pages, longer than any paragraph of a notice."""


def joined(paras: Sequence[SourceText]) -> Iterator[SourceText]:
    """Paragraphs whole again: a line that breaks off goes on in the next, unless that begins with a number."""
    held: SourceText | None = None
    for para in paras:
        open_still = held and not held.whole and len(held.text) < _LONGEST and mark_of(para.text) is None
        if held and open_still and unfinished(held.text):
            held = SourceText(held.text + para.text, held.line, para.whole)
            continue
        if held:
            yield held
        held = para
    if held:
        yield held


class _Tree:
    """Nodes as they come, each under the nearest of a higher level."""

    def __init__(self, nodes: dict[str, _Node]) -> None:
        self.nodes, self.names = nodes, list[str]()
        self.open: list[_Node] = []
        self.chapter: SourceText | None = None

    def add(self, para: SourceText) -> None:
        mark = mark_of(para.text)
        if mark and mark.level == 0:  # 章: no clause of its own
            self.open, self.chapter = [], para
        elif mark:
            self._node(mark, para)
        elif self.open:
            self.open[self._level_for_plain()].parts.append(para)
        else:
            self._intro(para)

    def _level_for_plain(self) -> int:
        """A paragraph without number after numbered items belongs to what the items stand in."""
        top = self.open[-1]
        return -2 if top.level == 3 and len(self.open) > 1 else -1 if not self._after_run_in(top) else -2

    def _after_run_in(self, top: _Node) -> bool:
        """（三）标题。正文…… on one line: what follows is a paragraph of the whole part, not of （三）."""
        return top.level == 2 and not top.headed and len(self.open) > 1

    def _intro(self, para: SourceText) -> None:
        node = self.nodes.setdefault("引言", _Node("引言", 0))
        node.parts.append(para)
        if "引言" not in self.names:
            self.names.append("引言")

    def _node(self, mark: Ordinal, para: SourceText) -> None:
        while self.open and self.open[-1].level >= mark.level:
            self.open.pop()
        parent = self.open[-1].name if self.open else ""
        name = mark.name if mark.level == 1 else parent + mark.name
        if name in self.nodes:  # a number that comes again, or one out of nowhere: kept, as a paragraph
            (self.open[-1] if self.open else self.nodes[name]).parts.append(para)
            return
        node = _Node(name, mark.level, [para], heading_like(mark, tidy(para.text)), self.chapter)
        if self.open:
            self.open[-1].parts.append(node)
        self.nodes[name] = node
        self.names.append(name)
        self.open.append(node)
