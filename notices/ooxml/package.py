"""A stranger's .docx, opened with care: what is not one, or is dangerous, is refused with a word that helps."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn

from notices.errors import Problem, ProblemsError
from notices.ooxml import archive
from notices.ooxml.xml import BadXml, Element, W, bare, declared, paragraphs, parse, q, unpack

MAX_PARAGRAPHS = 200_000
"""Paragraphs of one part; the thickest book has a tenth of them."""

OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = "http://purl.oclc.org/ooxml/"
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_SAVE_AS = "用 Word 或 WPS 打开，另存为“Word 文档（.docx）”再试"


@dataclass(frozen=True)
class Package:
    """The parts of a Word file by name; ``main`` is the one that holds the text. ``name`` stands in messages."""

    name: str
    parts: dict[str, bytes]
    main: str

    def xml(self, part: str, guest: Element | None = None) -> Element:
        """The root of a part, a fresh one every time; ``None`` when there is no such part.

        With a ``guest`` it declares what that root declares, too: elements of it are to come over.
        """
        return declared(self.parts[part], guest) if part in self.parts else None

    def related(self, kind: str) -> str:
        """The name of the part the main part relates to by a kind (``styles``, ``footnotes`` ...), or nothing."""
        root = self.xml(rels_of(self.main))
        for link in [] if root is None else root.iter(_RELATIONSHIP):
            if link.get("Type", "").endswith("/" + kind) and link.get("TargetMode") != "External":
                return resolved(self.main, link.get("Target", ""))
        return ""


def read(content: bytes, name: str) -> Package:
    """A package from its bytes.

    Args:
        content: the file.
        name: what messages call it.

    Raises:
        ProblemsError: not a Word file this program can compare, and why.
    """
    _refuse_other_files(content, name)
    parts = _parts(content, name)
    for part, data in parts.items():
        if archive.is_xml(part):
            _refuse_dangerous(part, data, name)
    package = Package(name, parts, _main(parts, name))
    _refuse_unreadable(package)
    return package


def refuse_unsafe(content: bytes, name: str) -> None:
    """Refuse a package that unpacks to more than is bearable, is locked, or holds a DTD.

    For other readers of Word files: what is no package at all is left to them to say.

    Raises:
        ProblemsError: it is not safe to unpack.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        for part, data in _parts(content, name).items():
            if archive.is_xml(part):
                _refuse_dangerous(part, data, name)


def is_older(content: bytes) -> bool:
    """Whether a file is a compound one: an older word processor's, or a locked one of today."""
    return content.startswith(b"\xd0\xcf\x11\xe0")


def refuse_locked(content: bytes, name: str) -> None:
    """Refuse a Word file of today that asks for a password, whatever its name ends in.

    Raises:
        ProblemsError: it is one.
    """
    if is_older(content) and "EncryptedPackage".encode("utf-16-le") in content:
        refuse(name, "文件有打开密码，读不了", "在 Word 或 WPS 里取消密码，另存一份再试")


def rels_of(part: str) -> str:
    """``word/_rels/document.xml.rels`` for ``word/document.xml``."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def resolved(part: str, target: str) -> str:
    """The name of the part a relationship of ``part`` points to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def refuse(name: str, message: str, hint: str = "") -> NoReturn:
    """Stop with one problem of one file.

    Raises:
        ProblemsError: always.
    """
    raise ProblemsError([Problem(name, 0, 0, "", message, hint)])


def _refuse_other_files(content: bytes, name: str) -> None:
    if not content:
        refuse(name, "文件是空的", "换一份完整的 .docx 文件")
    refuse_locked(content, name)
    if is_older(content):
        refuse(name, "是旧格式的文件（.doc 或 .wps），不是 .docx", _SAVE_AS)
    for mark, kind in ((b"%PDF", "PDF 文件"), (b"{\\rtf", "RTF 文件"), (b"<", "网页或 XML 文件")):
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(mark):
            refuse(name, f"是 {kind}，不是 .docx", _SAVE_AS)


def _parts(content: bytes, name: str) -> dict[str, bytes]:
    """Everything in the zip file, after its declared sizes have been found bearable."""
    try:
        found = archive.entries(content)
        if more := archive.excess(content, found, archive.WORD):
            refuse(name, f"没有打开，{more}", "压缩其中的图片，或拆成几份")
        odd, remedy = archive.oddity(found)
        if odd:
            refuse(name, odd, remedy)
        return unpack(content)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        refuse(name, "不是完整的 .docx 文件（打不开压缩包）", f"重新取得这份文件，或{_SAVE_AS}（{error}）")


def _refuse_dangerous(part: str, data: bytes, name: str) -> None:
    # A declaration in UTF-16 or UTF-32 has zero bytes between its letters.
    if _DOCTYPE.search(data) or (b"\0" in data and _DOCTYPE.search(data.replace(b"\0", b""))):
        refuse(name, f"{part} 里有文档类型声明（DTD），Word 文件不应有，没有打开", _SAVE_AS)
    if (count := paragraphs(data)) > MAX_PARAGRAPHS:
        refuse(name, f"{part} 有 {count:,} 段，最多 {MAX_PARAGRAPHS:,} 段，没有打开", "删去空段落，或拆成几份")


def _main(parts: dict[str, bytes], name: str) -> str:
    try:
        links = list(parse(parts["_rels/.rels"]).iter(_RELATIONSHIP)) if "_rels/.rels" in parts else []
    except BadXml as error:
        refuse(name, "_rels/.rels 不是合格的 XML", f"{_SAVE_AS}（{error}）")
    if any(link.get("Type", "").startswith(_STRICT) for link in links):
        refuse(name, "是“严格（Strict）”格式的 .docx，不能比对", _SAVE_AS)
    targets = [resolved("", link.get("Target", "")) for link in links if link.get("Type") == OFFICE_DOCUMENT]
    main = next((target for target in targets if target in parts), "")
    if not main or not main.startswith("word/"):
        other = {"xl/": "Excel 表格", "ppt/": "PowerPoint 演示文稿", "content.xml": "ODF 文件（.odt）"}
        kind = next((said for mark, said in other.items() if any(part.startswith(mark) for part in parts)), "")
        refuse(name, f"不是 Word 文件，像是 {kind}" if kind else "缺少正文 word/document.xml，不是 Word 文件", _SAVE_AS)
    return main


def _refuse_unreadable(package: Package) -> None:
    """Refuse parts that are no XML, and a main part that is no text; what nothing leads to is no part, and goes."""
    broken: dict[str, Exception] = {}
    for part, data in package.parts.items():
        if archive.is_xml(part):
            try:
                parse(data)
            except BadXml as error:
                broken[part] = error
    strays = broken.keys() - _led_to(package.parts, broken.keys()) if broken else set()
    for part in strays:
        del package.parts[part]
    if problems := [
        Problem(package.name, 0, 0, "", f"{part} 不是合格的 XML，或层次太深", f"{_SAVE_AS}（{error}）")
        for part, error in broken.items()
        if part not in strays
    ]:
        raise ProblemsError(problems)
    types = package.parts.get("[Content_Types].xml")
    if types is None:
        refuse(package.name, "缺少 [Content_Types].xml，不是完整的 .docx", _SAVE_AS)
    root = package.xml(package.main)
    if root.tag != q("document"):
        strict = _STRICT in str(root.tag)
        refuse(package.name, "是“严格（Strict）”格式的 .docx，不能比对" if strict else "正文不是 Word 的格式", _SAVE_AS)
    if root.find(f"{{{W}}}body") is None:
        refuse(package.name, "正文是空的（没有 w:body）", _SAVE_AS)
    kind = next((node.get("ContentType", "") for node in bare(types) if node.get("PartName") == "/" + package.main), "")
    if "macroEnabled" in kind or "template" in kind:
        refuse(package.name, "是带宏的文件或模板（.docm、.dotx），不是 .docx", _SAVE_AS)


def _led_to(parts: dict[str, bytes], broken: Collection[str]) -> set[str]:
    """The parts a package cannot do without: those some other leads to, and those that lead."""
    found = {"[Content_Types].xml"}
    for part in (name for name in parts if name.endswith(".rels")):
        found.add(part)
        if part not in broken:
            owner = part.replace("_rels/", "").removesuffix(".rels")
            found |= {resolved(owner, link.get("Target", "")) for link in parse(parts[part]).iter(_RELATIONSHIP)}
    return found
