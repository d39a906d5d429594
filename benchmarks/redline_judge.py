"""What a Word file says once all its changes are accepted or rejected, read apart from the product."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections import Counter
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = {"accept": {"del", "moveFrom"}, "reject": {"ins", "moveTo"}, None: {"del", "moveFrom"}}
_THROUGH = {"ins", "moveTo", "del", "moveFrom", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "­"}
_QUIET = {"rPr", "lastRenderedPageBreak", "commentReference", "annotationRef", "footnoteRef", "endnoteRef"}
_QUIET |= {"separator", "continuationSeparator", "pPr", "proofErr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"}


def reading(content: bytes, verdict: str | None = None) -> list[str]:
    """A line a paragraph, with the place of those in tables."""
    return _Reader(_parts(content), verdict).all()


def faults(content: bytes) -> set[str]:
    """What is amiss in a package."""
    parts = _parts(content)
    found: set[str] = set()
    types = _root(parts["[Content_Types].xml"])
    for node in types:
        name = (node.get("PartName") or "").lstrip("/")
        if name and name.lower() not in {part.lower() for part in parts}:
            found.add(f"type of no part {name}")
    for name, data in parts.items():
        if name.endswith(".rels"):
            links = list(_root(data))
            if max(Counter(link.get("Id") for link in links).values(), default=0) > 1:
                found.add(f"ids twice in {name}")
            for link in links:
                if link.get("TargetMode") != "External" and _target(name, link.get("Target")) not in parts:
                    found.add(f"nothing at {_target(name, link.get('Target'))}")
        elif name.startswith("word/") and name.endswith(".xml"):
            found |= _of_part(name, _root(data), parts)
    return found


def _of_part(name: str, root: Any, parts: dict[str, bytes]) -> set[str]:
    found: set[str] = set()
    ignorable = (root.get(f"{MC}Ignorable") or "").split()
    if any(prefix not in root.nsmap for prefix in ignorable):
        found.add(f"ignorable prefix without a namespace in {name}")
    spaces = {root.nsmap.get(prefix) for prefix in ignorable}
    nodes = [node for node in root.iter() if isinstance(node.tag, str)]
    for node in nodes:
        for key in (node.tag, *node.attrib):
            space = key[1:].partition("}")[0] if key.startswith("{") else ""
            if "office/word/201" in space and space not in spaces and not _chosen(node):
                found.add(f"{space} not ignorable in {name}")
    for start, end in (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd")):
        ids = [[n.get(f"{W}id") for n in root.iter(W + kind) if not _chosen(n)] for kind in (start, end)]
        found |= {f"{start} twice" for side in ids if max(Counter(side).values(), default=0) > 1}
        if set(ids[0]) != set(ids[1]):
            found.add(f"{start} without its other end")
    links = parts.get(f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels")
    known = {link.get("Id") for link in _root(links)} if links else set()
    if any(value not in known for n in nodes for key, value in n.attrib.items() if key.startswith(R) and value):
        found.add(f"reference to nowhere in {name}")
    depth = lowest = 0
    for mark in root.iter(f"{W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType"), 0)
        lowest = min(depth, lowest)
    if depth or lowest:
        found.add(f"fields not balanced in {name}")
    return found


def _chosen(node: Any) -> bool:
    return any(above.tag == f"{MC}AlternateContent" for above in node.iterancestors())


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _target(rels: str, target: str) -> str:
    folder = posixpath.dirname(posixpath.dirname(rels))
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _name(node: Any) -> str:
    return node.tag[len(W) :] if isinstance(node.tag, str) and node.tag.startswith(W) else ""


class _Reader:
    def __init__(self, parts: dict[str, bytes], verdict: str | None) -> None:
        self.parts, self.verdict = parts, verdict
        self.main = next(
            _target("_rels/.rels", link.get("Target"))
            for link in _root(parts["_rels/.rels"])
            if link.get("Type", "").endswith("/officeDocument")
        )
        self.styles = {}
        self.default = "normal"
        styles = self._related("styles")
        for style in _root(parts[styles]).iter(f"{W}style") if styles in parts else ():
            name = style.find(f"{W}name")
            said = ((name.get(f"{W}val") if name is not None else "") or style.get(f"{W}styleId", "")).lower()
            self.styles[style.get(f"{W}styleId")] = said
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self.default = said
        self.notes = {}
        for kind in ("footnote", "endnote"):
            part = self._related(f"{kind}s")
            for note in _root(parts[part]).iter(W + kind) if part in parts else ():
                self.notes[kind, note.get(f"{W}id")] = (note, part)

    def all(self) -> list[str]:
        body = _root(self.parts[self.main]).find(f"{W}body")
        return self._blocks(body, "", self.main)

    def _links(self, part: str) -> dict[str, str]:
        rels = f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"
        found = {}
        for link in _root(self.parts[rels]) if rels in self.parts else ():
            target = link.get("Target", "")
            if link.get("TargetMode") != "External":
                data = self.parts.get(target := _target(rels, target))
                target = target if data is None else hashlib.sha1(data).hexdigest()[:10]  # noqa: S324 - no secret
            found[link.get("Id")] = target
        return found

    def _related(self, kind: str) -> str:
        rels = f"{posixpath.dirname(self.main)}/_rels/{posixpath.basename(self.main)}.rels"
        for link in _root(self.parts[rels]) if rels in self.parts else ():
            if link.get("Type", "").endswith(f"/{kind}"):
                return _target(rels, link.get("Target", ""))
        return ""

    def _blocks(self, parent: Any, place: str, part: str) -> list[str]:
        found: list[str] = []
        held: str | None = None
        last = style_of_last = ""
        for node in self._flat(parent):
            if _name(node) == "altChunk":
                last = "altChunk"
                continue
            if _name(node) == "tbl":
                rows = self._table(node, place, part)
                if rows is None:
                    continue
                found += [*([held] if held else []), *rows]
                held, last = None, "tbl"
                continue
            style = node.find(f"{W}pPr/{W}pStyle")
            said = (held or "") + "".join(self._inline(node, part))
            marks = node.find(f"{W}pPr/{W}rPr")
            last = "p"
            held = None
            name = style_of_last = self._style(node, style)
            if marks is not None and any(marks.find(W + mark) is not None for mark in _GONE[self.verdict]):
                held = said
                continue
            found.append(f"{place}[{name}]{said}")
        if held is not None and (held or last == "p"):
            found.append(f"{place}[{style_of_last}]{held}")
        if _name(parent) in {"body", "tc", "footnote", "endnote"} and last != "p":
            found.append(f"{place}[{self.default}]")
        return found

    def _style(self, node: Any, style: Any) -> str:
        change = node.find(f"{W}pPr/{W}pPrChange/{W}pPr")
        if self.verdict == "reject" and change is not None:
            style = change.find(f"{W}pStyle")
        identity = None if style is None else style.get(f"{W}val")
        return self.styles.get(identity, self.default)

    def _flat(self, parent: Any) -> list[Any]:
        found = []
        for node in parent:
            name = _name(node)
            if name in _GONE[self.verdict]:
                continue
            if name in _THROUGH:
                found += self._flat(node)
            elif name in {"p", "tbl", "tr", "tc", "altChunk"}:
                found.append(node)
        return found

    def _table(self, table: Any, place: str, part: str) -> list[str] | None:
        rows = [
            row
            for row in self._flat(table)
            if _name(row) == "tr"
            and not any(row.find(f"{W}trPr/{W}{mark}") is not None for mark in _GONE[self.verdict])
        ]
        if not rows and any(_name(node) == "tr" for node in self._flat(table)):
            return None
        found = []
        for y, row in enumerate(rows):
            for x, cell in enumerate(node for node in self._flat(row) if _name(node) == "tc"):
                found += self._blocks(cell, f"{place}<{y},{x}>", part)
        return found

    def _inline(self, parent: Any, part: str) -> list[str]:  # noqa: C901, PLR0912 - one branch a kind of element
        found: list[str] = []
        for node in parent:
            name = _name(node)
            if name in _GONE[self.verdict] or name in _QUIET or not isinstance(node.tag, str):
                continue
            if name in {"t", "delText"}:
                spaces = [each.get(XML + "space") for each in (node, *node.iterancestors())]
                kept = next(filter(None, spaces), "default") == "preserve"
                found.append((node.text or "") if kept else (node.text or "").strip(" \t\r\n"))
            elif name in _SIGNS:
                found.append(_SIGNS[name])
            elif name == "r" or name in _THROUGH:
                found += self._inline(node, part)
            elif name == "hyperlink":
                where = self._links(part).get(node.get(f"{R}id"), "") + "#" + node.get(f"{W}anchor", "")
                inner = "".join(self._inline(node, part))
                if inner:
                    found += [f"<{where}|", inner, f"|{where}>"]
            elif name == "fldSimple":
                code = "".join(node.get(f"{W}instr", "").split())
                found += ["{", code, "|", *self._inline(node, part), "}"]
            elif name == "fldChar":
                found.append({"begin": "{", "separate": "|", "end": "}"}.get(node.get(f"{W}fldCharType"), ""))
            elif name in {"instrText", "delInstrText"}:
                found.append("".join((node.text or "").split()))
            elif name in {"footnoteReference", "endnoteReference"}:
                note, where = self.notes.get((name[:-9], node.get(f"{W}id")), (None, ""))
                found.append("(?)" if note is None else f"({'/'.join(self._blocks(note, '', where))})")
            elif name.endswith(("Start", "End")) and len(node) == 0:
                continue
            else:
                found.append(self._thing(node, part))
        joined = "".join(found)
        # A link cut in two by a change is one link.
        for where in {each[1:-1] for each in found if each.startswith("<") and each.endswith("|")}:
            joined = joined.replace(f"|{where}><{where}|", "")
        return [joined]

    def _thing(self, node: Any, part: str) -> str:
        links = self._links(part)
        shown = sorted(
            links.get(value, "?")
            for each in node.iter()
            for key, value in (each.attrib.items() if isinstance(each.tag, str) else ())
            if key.startswith(R)
        )
        gone = {W + mark for mark in _GONE[self.verdict]}
        kept = (n for n in node.iter() if not any(above.tag in gone for above in n.iterancestors()))
        said = "".join("".join((n.text or "") + (n.tail or "") * (n is not node) for n in kept).split())
        return f"[{etree.QName(node).localname}:{said}:{','.join(shown)}:{node.get(f'{W}char', '')}]"


def _root(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
