"""Relationships of a part, and bringing a part of one package into another."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from notices.ooxml.package import Package, rels_of, resolved
from notices.ooxml.xml import Element, R, bare, serialise

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship: what kind, to what; ``target`` is a part's name unless ``external``."""

    kind: str
    target: str
    external: bool


class Links:
    """The relationships of one part, by id."""

    def __init__(self, parts: dict[str, bytes], part: str) -> None:
        self.part = part
        self.items: dict[str, Relationship] = {}
        self._parts = parts
        self._ids: dict[Relationship, str] = {}
        for node in bare(parts[rels_of(part)]) if rels_of(part) in parts else ():
            if isinstance(node.tag, str):
                external = node.get("TargetMode") == "External"
                target = node.get("Target", "")
                link = Relationship(node.get("Type", ""), target if external else resolved(part, target), external)
                self.items[node.get("Id", "")] = link

    def digest(self, identity: str) -> str:
        """What a relationship leads to, the same for equal contents whatever their names."""
        link = self.items.get(identity)
        if link is None:
            return "?"
        if link.external or link.target not in self._parts:
            return link.target
        return hashlib.sha256(self._parts[link.target]).hexdigest()

    def add(self, link: Relationship) -> str:
        """The id of a relationship, a new one unless it was added before."""
        if link not in self._ids:
            count = len(self._ids) + 1
            while f"rIdOld{count}" in self.items:
                count += 1
            self._ids[link] = f"rIdOld{count}"
            self.items[f"rIdOld{count}"] = link
        return self._ids[link]

    @property
    def grown(self) -> bool:
        """Whether anything was added."""
        return bool(self._ids)

    def serialise(self) -> bytes:
        """The part of relationships."""
        root = etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS})
        for identity, link in self.items.items():
            target = link.target if link.external else "/" + link.target
            node = etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=identity, Type=link.kind, Target=target)
            if link.external:
                node.set("TargetMode", "External")
        return serialise(root)


class Adoption:
    """Brings what elements of the old package refer to into the parts of the result."""

    def __init__(self, old: Package, parts: dict[str, bytes]) -> None:
        self.old, self.parts = old, parts
        self._names: dict[str, str] = {}
        self._types = bare(parts[_CONTENT_TYPES])
        self._old_types = bare(old.parts[_CONTENT_TYPES])

    def translate(self, element: Element, theirs: Links, ours: Links) -> None:
        """Point every ``r:`` attribute in ``element`` to what it meant in the old package."""
        for node in element.iter():
            for name, value in node.attrib.items() if isinstance(node.tag, str) else ():
                link = theirs.items.get(value) if name.startswith(f"{{{R}}}") else None
                if link is not None:
                    target = link.target if link.external else self.part(link.target)
                    node.set(name, ours.add(Relationship(link.kind, target, link.external)))

    def part(self, name: str) -> str:
        """The name in the result of a part of the old package; it is copied, with what it relates to."""
        if name in self._names or name not in self.old.parts:
            return self._names.get(name, name)
        stem, dot, end = name.rpartition(".")
        free, count = name, 0
        while free in self.parts and self.parts[free] != self.old.parts[name]:
            count += 1
            free = f"{stem}_old{count}{dot}{end}"
        self._names[name] = free
        if free not in self.parts:
            self.parts[free] = self.old.parts[name]
            self.declare(free, self._old_type(name))
            self._bring_relations(name, free)
        return free

    def declare(self, name: str, content_type: str) -> None:
        """State a part's content type in the result."""
        if not content_type or self._type_of(self._types, name) == content_type:
            return
        etree.SubElement(self._types, f"{{{_TYPES}}}Override", PartName="/" + name, ContentType=content_type)
        self.parts[_CONTENT_TYPES] = serialise(self._types)

    def _bring_relations(self, name: str, free: str) -> None:
        theirs = Links(self.old.parts, name)
        if not theirs.items:
            return
        root = etree.Element(f"{{{_RELS}}}Relationships", nsmap={None: _RELS})
        for identity, link in theirs.items.items():
            target = link.target if link.external else "/" + self.part(link.target)
            node = etree.SubElement(root, f"{{{_RELS}}}Relationship", Id=identity, Type=link.kind, Target=target)
            if link.external:
                node.set("TargetMode", "External")
        self.parts[rels_of(free)] = serialise(root)

    def _old_type(self, name: str) -> str:
        return self._type_of(self._old_types, name)

    @staticmethod
    def _type_of(types: Element, name: str) -> str:
        end = posixpath.splitext(name)[1].lstrip(".").lower()
        default = ""
        for node in types:
            if str(node.get("PartName", "")).lower() == "/" + name.lower():
                return str(node.get("ContentType", ""))
            if str(node.get("Extension", "")).lower() == end:
                default = str(node.get("ContentType", ""))
        return default


def unsign(parts: dict[str, bytes]) -> None:
    """Take a package's digital signatures away, with all that speaks of them: they are broken by any change."""
    top = "_rels/.rels"
    origins = [link.target for link in Links(parts, "").items.values() if link.kind.endswith(_SIGNED)]
    gone = {name for name in parts if name.startswith("_xmlsignatures/")}
    while origins:
        name = origins.pop()
        if name in parts:
            gone |= {name, rels_of(name)}
            origins += [link.target for link in Links(parts, name).items.values() if link.target not in gone]
    if not gone:
        return
    for name in gone & parts.keys():
        del parts[name]
    for part, attribute, fits in (
        (top, "Type", lambda value: value.endswith(_SIGNED)),
        (_CONTENT_TYPES, "PartName", lambda value: value.lstrip("/") in gone),
    ):
        root = bare(parts[part])
        for node in [node for node in root if fits(node.get(attribute, ""))]:
            root.remove(node)
        parts[part] = serialise(root)


_SIGNED = "/digital-signature/origin"
