"""Footnotes and endnotes: paired where their references are, brought along where a struck reference needs one."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from notices.ooxml.package import Package
from notices.ooxml.relations import Adoption, Links, Relationship
from notices.ooxml.xml import Element, R, local, q, serialise
from notices.redline.ranges import without_ranges

KINDS = ("footnote", "endnote")
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}s+xml"


@dataclass
class NotePart:
    """The notes of one kind in both documents. ``pairs`` are ids of notes whose references stayed."""

    kind: str
    old: Element
    new: Element
    part: str
    theirs: Links
    ours: Links
    pairs: list[tuple[str, str]] = field(default_factory=list)
    brought: dict[str, str] = field(default_factory=dict)

    def note(self, root: Element, identity: str) -> Element | None:
        """A note by id."""
        nodes = [] if root is None else root.findall(q(self.kind))
        return next((node for node in nodes if node.get(q("id")) == identity), None)


class Notes:
    """Both kinds of notes of two packages."""

    def __init__(self, old: Package, new: Package, adoption: Adoption, links: Links) -> None:
        self._adoption, self._links = adoption, links
        self.parts: dict[str, NotePart] = {}
        for kind in KINDS:
            theirs, ours = old.related(f"{kind}s"), new.related(f"{kind}s")
            self.parts[kind] = NotePart(
                kind,
                root := old.xml(theirs),
                new.xml(ours, root),
                ours or f"word/{kind}s.xml",
                Links(old.parts, theirs or "word/none.xml"),
                Links(new.parts, ours or f"word/{kind}s.xml"),
            )

    def pair(self, old: Element, new: Element) -> None:
        """Remember that a reference stayed: the two notes are versions of one."""
        part = self.parts.get(local(new).removesuffix("Reference"))
        if part is not None:
            part.pairs.append((old.get(q("id"), ""), new.get(q("id"), "")))

    def adopt(self, element: Element) -> None:
        """Bring the old notes that references in ``element`` (a copy) point to, and point to them."""
        for kind, part in self.parts.items():
            for reference in element.iter(q(f"{kind}Reference")):
                reference.set(q("id"), self._brought(part, reference.get(q("id"), "")))

    def finish(self) -> None:
        """Put the parts that there are into the result."""
        for part in self.parts.values():
            if part.new is not None:
                self._adoption.parts[part.part] = serialise(part.new)

    def _brought(self, part: NotePart, identity: str) -> str:
        theirs = part.note(part.old, identity)
        if theirs is None or identity in part.brought:
            return part.brought.get(identity, identity)
        if part.new is None:
            self._begin(part)
        twin = without_ranges(copy.deepcopy(theirs))
        taken = [int(node.get(q("id"), "0")) for node in part.new if isinstance(node.tag, str)]
        twin.set(q("id"), str(max([*taken, 0]) + 1))
        self._adoption.translate(twin, part.theirs, part.ours)
        part.new.append(twin)
        part.brought[identity] = twin.get(q("id"), "")
        return part.brought[identity]

    def _begin(self, part: NotePart) -> None:
        """A part of notes for a document that had none: with the separators Word looks for."""
        part.new = etree.Element(part.old.tag, part.old.attrib, part.old.nsmap)
        for node in part.old:
            if isinstance(node.tag, str) and node.get(q("type")) not in {None, "normal"}:
                part.new.append(copy.deepcopy(node))
        self._adoption.declare(part.part, _TYPE.format(part.kind))
        self._links.add(Relationship(f"{R}/{part.kind}s", part.part, external=False))
