"""The tags of an office's Word form: where each stands, and whether Word has torn it apart.

Word saves a line in pieces (*runs*), and its spelling check cuts a tag in the middle. A torn tag is mended here, in the
tree, so that docxtpl, which works on the text of the file, meets whole tags only.
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from docx import Document

from notices.errors import Problem, ProblemsError
from notices.ooxml import archive
from notices.ooxml.xml import Element, has_doctype, local, paragraphs, parse, q, text_parts, unpack

TAG = re.compile(r"\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|\{#.{0,1000}?#\}", re.DOTALL)
"""A tag, at most as long as anybody writes one: a search for the end of each of many open ones must not run on."""
_TAG = re.compile(r"\{(?P<kind>[{%#])(?P<level>tr|tc|p|r)?(?(level)\s)(?P<inside>.*)[}%#]\}", re.DOTALL)
_MOST_PARAGRAPHS = 20_000
_SAVE = "用 Word 打开，另存为“Word 文档（.docx）”"
_OLE, _RTF = b"\xd0\xcf\x11\xe0", b"{\\rtf"
_PARTS = {"document": "正文", "header": "页眉", "footer": "页脚"}
_TEARS = frozenset({"br", "cr", "tab", "ptab", "sym", "drawing", "pict", "object", "fldChar", "instrText"})
"""What between two pieces of a line keeps a tag from being one."""


@dataclass(frozen=True, slots=True, eq=False)
class TagLine:
    """A paragraph: its pieces of text, and before which of them something else stands than text."""

    element: Element
    where: str
    leaves: tuple[Element, ...]
    torn: frozenset[int]

    @property
    def text(self) -> str:
        """All its text."""
        return "".join(leaf.text or "" for leaf in self.leaves)


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """A tag: ``{%tr for row in factory %}`` has the kind ``%``, the level ``tr``, and the rest inside."""

    text: str
    line: TagLine
    pieces: tuple[int, ...]
    """The numbers of the pieces of its line it lies in."""
    start: int
    """Where it begins in the first of them."""

    @property
    def kind(self) -> str:
        """``{`` prints, ``%`` does, ``#`` is a remark."""
        return self.text[1]

    @property
    def level(self) -> str:
        """``tr``, ``tc``, ``p`` or ``r`` when the tag stands for a whole row, cell, paragraph or run."""
        match = _TAG.fullmatch(self.text)
        return (match["level"] or "") if match else ""

    @property
    def inside(self) -> str:
        """What it says."""
        match = _TAG.fullmatch(self.text)
        return " ".join(match["inside"].split()) if match else ""

    @property
    def torn(self) -> bool:
        """Whether something stands in it that is no text."""
        return any(piece in self.line.torn for piece in self.pieces[1:])

    def around(self, name: str) -> Element | None:
        """The nearest element of a name the tag lies in."""
        return next(self.line.element.iterancestors(q(name)), None)


def opened(template: bytes, file: str) -> dict[str, bytes]:
    """The parts of a Word file that can be used.

    Raises:
        ProblemsError: it cannot be; the message says why and what to do.
    """
    if reason := _foreign(template):
        raise _refusal(file, *reason)
    try:
        parts = unpack(template)
        if not (reason := _unwanted(parts)):
            Document(io.BytesIO(template))
            for name in text_parts(parts):
                parse(parts[name])
    except Exception as error:  # somebody's file: whatever the libraries make of it, it cannot be read
        raise _refusal(file, "不是可读的 Word 文件（.docx），或已损坏", _SAVE) from error
    if reason:
        raise _refusal(file, *reason)
    return parts


def _refusal(file: str, message: str, hint: str) -> ProblemsError:
    return ProblemsError([Problem(file, 0, 0, "", message, hint, rule="word")])


def _foreign(template: bytes) -> tuple[str, str] | None:
    """Why something is no Word file, as far as can be said without unpacking it, and what to do."""
    if template.startswith(_OLE):
        return "不是 .docx：是旧版 .doc 改了扩展名，或文件加了打开密码", "用 Word 另存为 .docx，不设密码"
    if template.startswith(_RTF):
        return "不是 .docx：是 RTF 文件改了扩展名", _SAVE
    try:
        found = archive.entries(template)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return "不是可读的 Word 文件（.docx）", _SAVE
    if more := archive.excess(template, found, archive.FORM):
        return f"没有打开，{more}", "压缩其中的图片，删去不用的内容后另存"
    odd, remedy = archive.oddity(found)
    return (odd, remedy) if odd else None


def _unwanted(parts: Mapping[str, bytes]) -> tuple[str, str] | None:
    if b"macroEnabled" in parts["[Content_Types].xml"] or any("vbaProject" in name for name in parts):
        return "文件带有宏，不使用", "另存为不带宏的“Word 文档（.docx）”"
    if any(has_doctype(content) for name, content in parts.items() if name.endswith((".xml", ".rels"))):
        return "文件里有 Word 不会写的内容（DOCTYPE），不使用", "重新在 Word 里制作"
    if any(paragraphs(content) > _MOST_PARAGRAPHS for name, content in parts.items() if name.endswith(".xml")):
        return f"文件超过 {_MOST_PARAGRAPHS:,} 段，不使用", "删去空段落后另存"
    return None


def trees(parts: Mapping[str, bytes]) -> dict[str, Element]:
    """The roots of the parts that hold running text, the document first, then headers and footers."""
    return {name: parse(parts[name]) for name in sorted(text_parts(parts))}


def lines(name: str, root: Element) -> Iterator[TagLine]:
    """Every paragraph of a part, in its order."""
    part = next((said for key, said in _PARTS.items() if f"/{key}" in name), name)
    rows = {
        row: f"表格{number}第{count}行"
        for number, table in enumerate(root.iter(q("tbl")), 1)
        for count, row in enumerate(table.iter(q("tr")), 1)
    }
    count = 0
    for element in root.iter(q("p")):
        row = next(element.iterancestors(q("tr")), None)
        if row is not None:
            place = ("" if part == "正文" else part) + rows[row]
        else:
            count += 1
            place = f"{part}第{count}段"
        yield _line(element, place)


def tags(line: TagLine) -> Iterator[Tag]:
    """The tags of a line, each with the pieces it lies in."""
    ends = list(accumulate(len(leaf.text or "") for leaf in line.leaves))
    for match in TAG.finditer(line.text):
        first, last = bisect_right(ends, match.start()), bisect_left(ends, match.end())
        start = match.start() - (ends[first - 1] if first else 0)
        yield Tag(match[0], line, tuple(range(first, last + 1)), start)


def mend(line: TagLine) -> None:
    """Put each torn tag of a line into the piece it begins in."""
    for tag in reversed(list(tags(line))):  # from the end: what is moved is added to the end of a piece only
        first, *others = (line.leaves[piece] for piece in tag.pieces)
        rest = len(tag.text) - (len(first.text) - tag.start)
        for leaf in others:
            taken = min(rest, len(leaf.text or ""))
            leaf.text, rest = (leaf.text or "")[taken:], rest - taken
        if others:
            first.text = first.text[: tag.start] + tag.text


def _line(element: Element, where: str) -> TagLine:
    leaves: list[Element] = []
    torn: set[int] = set()
    for child in element.iter():
        if not isinstance(child.tag, str) or next(child.iterancestors(q("p")), None) is not element:
            continue  # a text box in a paragraph has paragraphs of its own
        if child.tag == q("t"):
            leaves.append(child)
        elif local(child) in _TEARS and local(child.getparent()) == "r":
            torn.add(len(leaves))
    return TagLine(element, where, tuple(leaves), frozenset(torn))
