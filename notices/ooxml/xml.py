"""WordprocessingML as far as this product needs it: elements, their order, parts and the package.

Word refuses a file whose property elements stand in another order than the schema's, so :func:`w` sorts them and
nobody has to remember it. Lengths are in twips (1/20 pt) unless a name says otherwise.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from notices.errors import Problem, ProblemsError

Element: TypeAlias = Any
"""An lxml element; lxml ships no types."""

BadXml: type[Exception] = etree.XMLSyntaxError
"""A part that is not well-formed XML."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

ORDER: dict[str, tuple[str, ...]] = {
    name: tuple(children.split())
    for name, children in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
        " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
        " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
        " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof"
        " snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText"
        " vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
        "pBdr": "top left bottom right between bar",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
        " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
        " tblInd tblBorders shd tblLayout tblCellMar tblLook",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign"
        " hideMark",
        "tblBorders": "top left bottom right insideH insideV",
        "tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat"
        " locked pPr rPr tblPr",
    }.items()
}
"""The children of each element Word is strict about, in the order of ISO/IEC 29500-1 (transitional schema)."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def q(tag: str) -> str:
    """The Clark name of a tag or attribute in the ``w`` namespace."""
    return f"{{{W}}}{tag}"


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """A ``w:`` element; the children of a property element are put in schema order.

    Args:
        tag: local name.
        children: elements to append; one that already stands somewhere is copied, not moved.
        attributes: ``w:`` attributes, ``None`` left out; ``r_id`` stands for ``r:id``.
    """
    element = etree.Element(q(tag), nsmap={"w": W, "r": R} if "r_id" in attributes else {"w": W})
    for name, value in attributes.items():
        if value is not None:
            element.set(f"{{{R}}}id" if name == "r_id" else q(name), str(value))
    if order := ORDER.get(tag):
        children = tuple(sorted(children, key=lambda child: order.index(local(child))))
    element.extend(child if child.getparent() is None else copy.deepcopy(child) for child in children)
    return element


def local(element: Element) -> str:
    """The tag of an element without its namespace."""
    return str(etree.QName(element).localname)


def text(value: str) -> Element:
    """A ``w:t`` that keeps every space of ``value``."""
    element = w("t")
    element.text = value
    element.set(f"{{{XML}}}space", "preserve")
    return element


def run(value: str, properties: Element | None = None) -> Element:
    """A run of text with a copy of ``properties`` (``w:rPr``).

    A run with anything but ASCII in it is marked East Asian: Word would otherwise set quotation marks, dashes and
    ellipses in the Latin face.
    """
    kept = [] if properties is None else [copy.deepcopy(child) for child in properties]
    if not value.isascii():
        fonts = next((child for child in kept if local(child) == "rFonts"), None)
        if fonts is None:
            kept.append(fonts := w("rFonts"))
        fonts.set(q("hint"), "eastAsia")
    return w("r", *([w("rPr", *kept)] if kept else []), text(value))


def parse(part: bytes) -> Element:
    """The root of an XML part. Entities and the network stay closed: a base document is a stranger's file."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def bare(part: bytes) -> Element:
    """The root of an XML part without comments and processing instructions: no office program puts a meaning there."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(part, parser)


def declared(part: bytes, other: Element | None) -> Element:
    """The root of an XML part that also declares what another root declares, so that its elements may come over.

    The names are put in before the part is read: to give a large tree a new root takes time by the square of its size.
    """
    root = bare(part)
    if other is None:
        return root
    more = {key: value for key, value in other.nsmap.items() if key and key not in root.nsmap}
    names = dict.fromkeys((root.get(f"{{{MC}}}Ignorable") or "").split())
    both = root.nsmap | more
    for name in (other.get(f"{{{MC}}}Ignorable") or "").split():
        if other.nsmap.get(name) == both.get(name) is not None:
            names[name] = None
    if more:
        said = "".join(f' xmlns:{key}="{escaped(value)}"' for key, value in more.items()).encode()
        root = bare(_TAG.sub(lambda tag: tag[0] + said, bytes(etree.tostring(root, encoding="UTF-8")), count=1))
    if names:
        root.set(f"{{{MC}}}Ignorable", " ".join(names))
    return root


_TAG = re.compile(rb"<[^\s?!/>]+")


def serialise(root: Element) -> bytes:
    """An XML part as Word writes it. Namespaces stay as declared: attribute values (``mc:Ignorable``) name them."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def fragment(element: Element) -> str:
    """A ``w:`` element as it stands inside a part, where ``w`` is declared already."""
    return str(etree.tostring(element, encoding="unicode")).replace(f' xmlns:w="{W}"', "", 1)


def escaped(value: str) -> str:
    """Characters as a part holds them between tags."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def aside(target: str, value: str) -> Element:
    """A processing instruction: something for ourselves that stands in the tree."""
    return etree.ProcessingInstruction(target, value)


def unpack(package: bytes) -> dict[str, bytes]:
    """All parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def pack(parts: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """A package whose bytes depend on its parts only: sorted, ``[Content_Types].xml`` first, one fixed time.

    A part may come piece by piece: nothing of it is kept but what it takes packed.

    Raises:
        ProblemsError: a part is larger than a package can hold.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            content = parts[name]
            if isinstance(content, bytes):
                archive.writestr(entry, content)
                continue
            with archive.open(entry, "w") as part:
                for piece in _gathered(name, content):
                    part.write(piece)
    return out.getvalue()


def _gathered(name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Small pieces together, so that a part is packed as if it had been whole."""
    here: list[bytes] = []
    size = total = 0
    for piece in pieces:
        here.append(piece)
        size += len(piece)
        if size >= _PIECE:
            total += size
            if total > _MOST_PART:
                raise ProblemsError(
                    [Problem(name, 0, 0, "", "内容超过 2 GB，一个文件放不下", "把数据分成几份，各出一个文件")]
                )
            yield b"".join(here)
            here, size = [], 0
    yield b"".join(here)


_PIECE, _MOST_PART = 1 << 20, 2_000_000_000


def text_parts(names: Iterable[str]) -> Iterator[str]:
    """Names of the parts that hold running text: the document, its headers and footers."""
    return (name for name in names if re.fullmatch(r"word/(document|header|footer)\d*\.xml", name))


LANGUAGE = "zh-CN"
_UNDATED = dt.date(2012, 7, 1)
"""What a document without a date is dated, the day GB/T 9704-2012 came into force: a file has no clock."""


def core_properties(title: str, author: str, dated: dt.date | None = None) -> bytes:
    """The file's properties; both its times are the day the document is dated."""
    cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    root = etree.Element(f"{{{cp}}}coreProperties", nsmap={"cp": cp, "dc": dc, "dcterms": terms, "xsi": xsi})
    texts = {f"{{{dc}}}title": title, f"{{{dc}}}creator": author, f"{{{dc}}}language": LANGUAGE}
    for name, value in (texts | {f"{{{cp}}}lastModifiedBy": author}).items():
        etree.SubElement(root, name).text = value
    for name in ("created", "modified"):
        time = etree.SubElement(root, f"{{{terms}}}{name}")
        time.set(f"{{{xsi}}}type", "dcterms:W3CDTF")
        time.text = f"{dated or _UNDATED:%Y-%m-%dT00:00:00Z}"
    return serialise(root)


_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le"))


def has_doctype(content: bytes) -> bool:
    """Whether a part declares a document type, in any encoding XML may be in: no office program writes one."""
    return any(mark in content for mark in _DOCTYPES)


_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[\s/>]")


def paragraphs(content: bytes) -> int:
    """How many paragraphs a part has, counted before it becomes a tree a hundred times its size."""
    return sum(1 for _ in _PARAGRAPH.finditer(content))
