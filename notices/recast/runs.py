"""What stands in one Word paragraph: its characters, each change to them, pictures, boxes, and what cannot be set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from notices.ooxml.package import Package
from notices.ooxml.relations import Links, Relationship
from notices.ooxml.xml import Element, W, local, q
from notices.recast import pictures
from notices.recast.pictures import FALLBACK
from notices.recast.source import Edit, Leaving, Origin, SourceFigure, inked, settable, shown, unseen

RAISED: Final = "上下标写成专用的字符"
NOTE: Final = "脚注、尾注改成文中括注"
CONTENTS: Final = "自动生成的目录"
SYMBOL: Final = "符号字体的字写成通用字符"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_UP: Final = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_DOWN: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SYMBOLS: Final = {
    **dict.fromkeys([("wingdings", 0xA8), ("wingdings", 0x6F), ("wingdings", 0x71), ("wingdings 2", 0xA3)], "□"),
    **dict.fromkeys([("wingdings", 0xFE), ("wingdings", 0xFC), ("wingdings 2", 0x52), ("wingdings 2", 0x50)], "☑"),
    **dict.fromkeys([("wingdings", 0x6E), ("wingdings 2", 0xA2)], "■"),
    **dict.fromkeys([("wingdings", 0x6C)], "●"),
    **dict.fromkeys([("wingdings", 0xE0), ("symbol", 0xAE)], "→"),
    ("symbol", 0xB3): "≥",
    ("symbol", 0xA3): "≤",
    ("symbol", 0xB4): "×",
    ("symbol", 0xB1): "±",
    ("symbol", 0xB7): "·",
}
_SILENT: Final = frozenset(
    {"pPr", "rPr", "proofErr", "lastRenderedPageBreak", "instrText", "delText", "delInstrText", "annotationRef"}
    | {"footnoteRef", "endnoteRef", "separator", "continuationSeparator", "commentReference", "softHyphen", "sdtPr"}
    | {"bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "sdtEndPr"}
    | {"smartTagPr", "customXmlPr", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"}
)
_OBJECTS: Final = {"object": "嵌入的对象（OLE，没有打开）", "OLEObject": "嵌入的对象（OLE，没有打开）"}


@dataclass
class Strand:
    """A paragraph's contents; ``text`` has a line end where it breaks its line."""

    origin: Origin
    text: str = ""
    seen: int = 0
    """Inked characters of the file passed so far."""
    edits: list[Edit] = field(default_factory=list)
    leavings: list[Leaving] = field(default_factory=list)
    figures: list[SourceFigure] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    emphasised: int = 0
    broken: int = 0

    def change(self, old: str, new: str, why: str) -> None:
        """Put ``new`` where the file has ``old``."""
        self.edits.append(Edit(self.origin, self.seen, inked(old), inked(new), why))
        self.seen += len(inked(old))
        self.text += new

    def leave(self, what: str, hint: str = "", *, lost: bool = True) -> None:
        """Name what cannot be set."""
        self.leavings.append(Leaving(what, "", hint, lost=lost))

    def add(self, text: str) -> None:
        """Put characters as they are, but for what nobody sees."""
        for char in text:
            if unseen(char):
                self.change(char, "", f"看不见的字符 U+{ord(char):04X}")
            else:
                self.text += settable(char)
                self.seen += not char.isspace()


@dataclass
class Around:
    """What a story refers to: relationships, styles by id, notes by kind and number, and the fields that are open.

    A field's code is open from its beginning to its end: a table of contents runs over many paragraphs.
    """

    package: Package
    fields: list[str] = field(default_factory=list)
    links: Mapping[str, Relationship] = field(init=False)
    notes: Mapping[tuple[str, str], Element] = field(init=False)
    styles: Mapping[str, Element] = field(init=False)

    def __post_init__(self) -> None:
        self.links = Links(self.package.parts, self.package.main).items
        sheet = self.package.xml(self.package.related("styles"))
        self.styles = {} if sheet is None else {one.get(q("styleId"), ""): one for one in sheet.iter(q("style"))}
        roots = {kind: self.package.xml(self.package.related(f"{kind}s")) for kind in ("footnote", "endnote")}
        self.notes = {
            (kind, node.get(q("id"), "")): node
            for kind, root in roots.items()
            for node in ([] if root is None else root.iter(q(kind)))
        }


def strand(paragraph: Element, origin: Origin, around: Around) -> Strand:
    """The contents of a ``w:p``."""
    found = Strand(origin)
    _Walk(found, around).children(paragraph)
    return found


@dataclass
class _Walk:
    found: Strand
    around: Around

    def children(self, parent: Element) -> None:
        """Read what stands in a paragraph, a link, a content control."""
        for node in parent:
            if not isinstance(node.tag, str) or node.tag == FALLBACK or local(node) in _SILENT:
                continue
            if node.tag == q("r"):
                self._run(node)
            elif node.tag.startswith(_MATH):
                self.found.leave(f"公式 {shown(''.join(node.itertext()))}", "改成文字或图片，再用 typeset")
            elif node.tag == q("ruby"):
                self._ruby(node)
            else:
                self.children(node)

    def _run(self, node: Element) -> None:
        look = node.find(q("rPr"))
        for child in node:
            if not isinstance(child.tag, str) or child.tag == FALLBACK or local(child) in _SILENT:
                continue
            if child.tag == q("t"):
                self._text(child.text or "", look)
            elif child.tag in _SIGNS:
                _SIGNS[child.tag](self, child)
            elif child.tag.startswith(f"{{{W}}}") and local(child) in _OBJECTS:
                self.found.leave(_OBJECTS[local(child)], "打开后另存成图片或表格")
            else:
                self._drawn(child)

    def _text(self, text: str, look: Element | None) -> None:
        if any(code.startswith("TOC") for code in self.around.fields):
            if text.strip():
                self._gone(text, CONTENTS, "需要时在 Word 里重新插入：页码会变")
        elif _on(look, "vanish"):
            self._gone(text, f"隐藏的文字“{shown(text)}”", "取消隐藏，或删去")
        elif (raised := _raised(look)) and text.strip():
            self._raise(text, raised)
        else:
            if _on(look, "strike") or _on(look, "dstrike"):
                self.found.leave(f"“{shown(text)}”上的删除线", "删去这些字，或取消删除线")
            self.found.emphasised += bool(text.strip()) and any(_on(look, name) for name in ("b", "i", "u"))
            self.found.add(text)

    def _gone(self, text: str, what: str, hint: str) -> None:
        if not (self.found.leavings and self.found.leavings[-1].what == what):
            self.found.leave(what, hint)
        self.found.edits.append(Edit(self.found.origin, self.found.seen, inked(text), "", what, quiet=True))
        self.found.seen += len(inked(text))

    def _raise(self, text: str, how: str) -> None:
        table, name = (_UP, "上标") if how == "superscript" else (_DOWN, "下标")
        if any(ord(char) not in table and char != "ⁿ" for char in inked(text)):
            self.found.leave(f"{name}“{shown(text)}”的位置", f"没有对应的{name}字符；改写，或用图片")
            self.found.add(text)
        else:
            self.found.change(text, text.translate(table), RAISED)

    def _ruby(self, node: Element) -> None:
        for part in node:
            if part.tag == q("rubyBase"):
                self.children(part)
            elif part.tag == q("rt"):
                said = "".join(leaf.text or "" for leaf in part.iter(q("t")))
                self._gone(said, f"注音 {said}", "写在括号里")

    def _drawn(self, node: Element) -> None:
        """Pictures and text boxes of a drawing, of either language Word draws in."""
        for one in _outermost(node, {"txbxContent", "oMath", "OLEObject", "ruby", "r"}):
            name = local(one)
            if name == "txbxContent":
                self.found.boxes.append(one)
            elif name == "ruby":
                self._ruby(one)
            elif name == "r":
                self._run(one)
            elif name == "oMath":
                self.found.leave(f"公式 {shown(''.join(one.itertext()))}", "改成文字或图片，再用 typeset")
            else:
                self.found.leave(_OBJECTS[name], "打开后另存成图片或表格")
        for figure in pictures.of(node, self.around.package, self.around.links):
            if isinstance(figure, SourceFigure):
                self.found.figures.append(figure)
            else:
                self.found.leavings.append(figure)

    def tab(self, _: Element) -> None:
        self.found.text += "　"

    def end(self, node: Element) -> None:
        """A line is broken by hand; pages and columns the page breaks itself."""
        if node.get(q("type")) in {"page", "column"}:
            self.found.broken += 1
        else:
            self.found.text += "\n"

    def hyphen(self, _: Element) -> None:
        self.found.add("-")

    def symbol(self, node: Element) -> None:
        code = int(node.get(q("char"), "0"), 16)
        face = node.get(q("font"), "").lower()
        char = _SYMBOLS.get((face, code - 0xF000 if code >= 0xF000 else code))
        if char is None and code and not 0xE000 <= code <= 0xF8FF:
            char = chr(code)
        if char is None:
            self.found.leave(f"符号字体“{node.get(q('font'), '')}”的字 U+{code:04X}", "改成通用的字符")
        else:
            self.found.change("", char, SYMBOL)

    def edge(self, node: Element) -> None:
        kind = node.get(q("fldCharType"))
        if kind == "begin":
            code = "".join(leaf.text or "" for leaf in _codes(node))
            self.around.fields.append(code.strip().upper())
        elif kind == "end" and self.around.fields:
            self.around.fields.pop()

    def note(self, node: Element) -> None:
        """A note as a remark in brackets where its mark stood: the page has no notes."""
        kind = local(node).removesuffix("Reference")
        holder = self.around.notes.get((kind, node.get(q("id"), "")))
        said = " ".join(filter(None, map(_plain, holder.iter(q("p"))))) if holder is not None else ""
        if said:
            self.found.change("", f"（注：{said}）", NOTE)
        if holder is not None and any(True for _ in holder.iter(q("drawing"), q("pict"), q("object"), q("tbl"))):
            self.found.leave("脚注里的图或表", "移到正文")


_SIGNS: Final[dict[str, Callable[[_Walk, Element], None]]] = {
    **dict.fromkeys((q("tab"), q("ptab")), _Walk.tab),
    **dict.fromkeys((q("br"), q("cr")), _Walk.end),
    q("noBreakHyphen"): _Walk.hyphen,
    q("sym"): _Walk.symbol,
    q("fldChar"): _Walk.edge,
    **dict.fromkeys((q("footnoteReference"), q("endnoteReference")), _Walk.note),
}


def _plain(paragraph: Element) -> str:
    return "".join(leaf.text or "" for leaf in paragraph.iter(q("t"))).strip()


def _codes(begin: Element) -> Iterator[Element]:
    """The pieces of a field's code, from its beginning to its end or its result, in one paragraph."""
    started = False
    holder = next(begin.iterancestors(q("p")))
    for node in holder.iter(q("fldChar"), q("instrText")):
        if node is begin:
            started = True
        elif started and node.tag == q("fldChar"):
            return
        elif started:
            yield node


def _outermost(node: Element, names: set[str]) -> Iterator[Element]:
    """Elements of these names below one, not those inside another of them."""
    stack = [node]
    while stack:
        one = stack.pop()
        if not isinstance(one.tag, str) or one.tag == FALLBACK:
            continue
        if local(one) in names:
            yield one
        else:
            stack += reversed(one)


def _on(look: Element | None, name: str) -> bool:
    found = None if look is None else look.find(q(name))
    return found is not None and found.get(q("val"), "1") not in {"0", "false", "off", "none"}


def _raised(look: Element | None) -> str:
    found = None if look is None else look.find(q("vertAlign"))
    said = "" if found is None else str(found.get(q("val"), ""))
    return said if said in {"superscript", "subscript"} else ""
