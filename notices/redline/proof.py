"""The proof: accepting every change gives the new text, rejecting gives the old one, paragraph by paragraph.

It reads the produced file anew, resolves it with :mod:`notices.redline.resolve`, and compares texts, the names of
paragraph styles and the fields, notes included. What it compares is written down here once more, apart from the reader
that made the redline, so that one mistake cannot hide in both.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree  # type: ignore[import-untyped]

from notices.errors import NoticesError
from notices.ooxml.package import Package
from notices.ooxml.xml import Element, R, W
from notices.redline.resolve import Resolution, resolve

_N = f"{{{W}}}"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "\u00ad"}
_EDGES = {"begin": "⟦", "separate": "│", "end": "⟧"}
_BLANK, _SPACE = " \t\r\n", "string(ancestor-or-self::*[@xml:space][1]/@xml:space)"
"""What counts around a text only where it says that it is kept, and where that is said."""
_SILENT = {"rPr", "lastRenderedPageBreak", "commentReference", "annotationRef"}
_SILENT |= {"footnoteRef", "endnoteRef", "separator", "continuationSeparator"}
SUMMARY = "_notices_summary"
"""The bookmark around a summary in front; what stands in it is no part of either text."""


class ProofError(NoticesError):
    """The redline does not give back one of its two texts; nothing is written."""


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A paragraph as the proof sees it: where it is, in which style, and what it says."""

    place: str
    style: str
    text: str


def prove(produced: Package, old: list[ProofLine], new: list[ProofLine]) -> int:
    """Compare, and count the paragraphs compared.

    Args:
        produced: the redline, as read from its own bytes.
        old: the lines of the old document, :func:`lines`.
        new: those of the new one.

    Raises:
        ProofError: the first paragraph that differs, on either side.
    """
    sides: tuple[tuple[Resolution, str, list[ProofLine]], ...] = (
        ("accept", "全部接受", new),
        ("reject", "全部拒绝", old),
    )
    for verdict, said, wanted in sides:
        for number, (got, want) in enumerate(zip_longest(lines(produced, verdict, summary=True), wanted), 1):
            if got != want:
                raise ProofError(
                    f"自检没有通过，没有写出文件：{said}修订后第 {number} 段与原件不同\n"
                    f"    应为：{_shown(want)}\n    得到：{_shown(got)}\n    → 请把这两份文件和所用的命令反馈给我们"
                )
    return len(old) + len(new)


def lines(package: Package, verdict: Resolution | None = None, *, summary: bool = False) -> list[ProofLine]:
    """The paragraphs of a document; with a verdict, after all its changes are accepted or rejected.

    With ``summary`` a summary in front is passed over.
    """
    reader = _Reader(package, verdict)
    if summary:
        _drop_summary(reader.body)
    return list(reader.story(reader.body, ""))


def _drop_summary(body: Element) -> None:
    """Take away what stands in front up to the end of the summary's bookmark, if there is one at the very beginning."""
    first = body.find(f"{_N}p/{_N}bookmarkStart")
    if first is None or first.get(f"{_N}name") != SUMMARY or first.getparent() is not body[0]:
        return
    for node in list(body):
        ends = [each.get(f"{_N}id") for each in node.iter(f"{_N}bookmarkEnd")]
        body.remove(node)
        if first.get(f"{_N}id") in ends:
            return


class _Reader:
    """Reads one package's paragraphs."""

    def __init__(self, package: Package, verdict: Resolution | None) -> None:
        self._package = package
        self._styles, self._default = _style_names(package)
        self._roots = {"document": package.xml(package.main)}
        for kind in ("footnote", "endnote"):
            self._roots[kind] = package.xml(package.related(f"{kind}s"))
        for root in self._roots.values():
            if root is not None and verdict is not None:
                resolve(root, verdict)
        self._targets = {
            name: _relations(package, part)
            for name, part in (
                ("document", package.main),
                ("footnote", package.related("footnotes")),
                ("endnote", package.related("endnotes")),
            )
        }
        self.body = self._roots["document"].find(f"{_N}body")

    def story(self, parent: Element, place: str, kind: str = "document") -> Iterator[ProofLine]:
        """The lines of a body, a cell or a note. Content controls and other wrappers are seen through."""
        found: list[str] = []
        for node in _flat(parent):
            name = _local(node)
            found.append(name)
            if name == "p":
                style = node.find(f"{_N}pPr/{_N}pStyle")
                identity = "" if style is None else style.get(f"{_N}val", "")
                said = "".join(self._text(node, kind))
                yield ProofLine(place, self._styles.get(identity, self._default), said)
            elif name == "tbl":
                yield from self._table(node, place, kind)
        if _local(parent) in {"body", "tc", "footnote", "endnote"} and (not found or found[-1] != "p"):
            yield ProofLine(place, self._default, "")  # Word puts an empty paragraph where one is missing at the end

    def _table(self, table: Element, place: str, kind: str) -> Iterator[ProofLine]:
        for number, row in enumerate((node for node in _flat(table) if _local(node) == "tr"), 1):
            for column, cell in enumerate((node for node in _flat(row) if _local(node) == "tc"), 1):
                yield from self.story(cell, f"{place}表{number}行{column}列", kind)

    def _text(self, parent: Element, kind: str) -> Iterator[str]:
        for node in parent:
            name = _local(node)
            if name in {
                "hyperlink",
                "smartTag",
                "customXml",
                "sdt",
                "sdtContent",
                "dir",
                "bdo",
                "ins",
                "moveTo",
            }:
                yield from self._text(node, kind)
            elif name == "fldSimple":
                yield f"⟦{_plain(node.get(f'{_N}instr', ''))}│"
                yield from self._text(node, kind)
                yield "⟧"
            elif name == "r":
                for child in node:
                    yield self._sign(child, kind)
            elif isinstance(node.tag, str) and not node.tag.startswith(_N):
                yield self._whole(node, kind)

    def _sign(self, child: Element, kind: str) -> str:
        name = _local(child)
        if name == "t":
            said = child.text or ""
            bare = said.strip(_BLANK)
            return said if said == bare or child.xpath(_SPACE) == "preserve" else bare
        if name in _SIGNS:
            return _SIGNS[name]
        if name == "fldChar":
            return _EDGES.get(child.get(f"{_N}fldCharType", ""), "")
        if name == "instrText":
            return _plain(child.text or "")
        if name in _SILENT or not isinstance(child.tag, str):
            return ""
        if name in {"footnoteReference", "endnoteReference"}:
            return self._note(name.removesuffix("Reference"), child.get(f"{_N}id", ""))
        return self._whole(child, kind)

    def _note(self, kind: str, identity: str) -> str:
        root = self._roots[kind]
        for note in [] if root is None else root.findall(_N + kind):
            if note.get(f"{_N}id") == identity:
                return "〔注：" + "／".join(f"{line.style}|{line.text}" for line in self.story(note, "", kind)) + "〕"
        return "〔注：无〕"

    def _whole(self, node: Element, kind: str) -> str:
        """A picture, object or formula: its text, and what files it shows."""
        files = sorted(
            self._targets[kind].get(value, "?")
            for each in node.iter()
            for name, value in (each.attrib.items() if isinstance(each.tag, str) else ())
            if name.startswith(f"{{{R}}}")
        )
        said = re.sub(r"\s+", " ", "".join(node.itertext()))
        return f"〔{etree.QName(node).localname}：{said}{'，'.join(files)}〕"


def _plain(code: str) -> str:
    """A field's code without spaces: they are no part of it, and may be cut anywhere."""
    return "".join(code.split())


def _flat(parent: Element) -> Iterator[Element]:
    """Blocks (rows, cells) of an element, wrappers seen through."""
    for node in parent:
        name = _local(node)
        if name in {"sdt", "customXml", "smartTag", "sdtContent", "ins", "moveTo"}:
            yield from _flat(node)
        elif name in {"p", "tbl", "tr", "tc", "altChunk"}:
            yield node


def _style_names(package: Package) -> tuple[dict[str, str], str]:
    root = package.xml(package.related("styles"))
    names: dict[str, str] = {}
    default = "normal"
    for style in [] if root is None else root.findall(f"{_N}style"):
        if style.get(f"{_N}type", "paragraph") != "paragraph":
            continue
        node = style.find(f"{_N}name")
        identity = style.get(f"{_N}styleId", "")
        names[identity] = (node.get(f"{_N}val", "") if node is not None else "").lower() or identity.lower()
        if style.get(f"{_N}default") in {"1", "true", "on"}:
            default = names[identity]
    return names, default


def _relations(package: Package, part: str) -> dict[str, str]:
    """What each relationship of a part leads to: an address, or the check sum of a part's bytes."""
    folder, _, file = part.rpartition("/")
    data = package.parts.get(f"{folder}/_rels/{file}.rels")
    found: dict[str, str] = {}
    for node in etree.fromstring(data) if data else ():
        target = node.get("Target", "")
        if node.get("TargetMode") == "External":
            found[node.get("Id", "")] = target
            continue
        inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        content = package.parts.get(inside)
        found[node.get("Id", "")] = hashlib.sha256(content).hexdigest()[:12] if content is not None else inside
    return found


def _local(node: Element) -> str:
    return node.tag[len(_N) :] if isinstance(node.tag, str) and node.tag.startswith(_N) else ""


def _shown(line: ProofLine | None) -> str:
    return "（没有这一段）" if line is None else f"{line.place}［{line.style}］{line.text[:80]}"
