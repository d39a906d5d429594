"""Pictures in Word: a paragraph of its own, and the parts and relationships a picture needs."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping

from lxml import etree  # type: ignore[import-untyped]

from notices.document.blocks import Figure
from notices.ooxml.xml import Element, R, parse, serialise, w
from notices.typeset.page import Page

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_EMU = 12_700


class Figures:
    """The pictures of one file: each set in a paragraph, its bytes kept for the package."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._kept)

    def paragraph(self, block: Figure, style: str, page: Page) -> Element:
        """A picture in the middle of a line as high as it is."""
        name = f"picture-{hashlib.sha256(block.content).hexdigest()[:16]}.{_ending(block.content)}"
        self._kept[name] = block.content
        self._count += 1
        width, height = block.within(page.text_width, page.lines * page.line)
        properties = w(
            "pPr",
            w("pStyle", val=style),
            w("spacing", line=240, lineRule="auto"),
            w("ind", firstLine=0, firstLineChars=0),
            w("jc", val="center"),
            w("snapToGrid", val=0),
        )
        return w("p", properties, w("r", w("drawing", self._inline(block, name, width, height))))

    def _inline(self, block: Figure, name: str, width: float, height: float) -> Element:
        size = {"cx": str(round(width * _EMU)), "cy": str(round(height * _EMU))}
        inline = etree.Element(f"{{{_WP}}}inline", nsmap={"wp": _WP, "a": _A, "pic": _PIC, "r": R})
        etree.SubElement(inline, f"{{{_WP}}}extent", size)
        said = {"id": str(self._count), "name": f"图 {self._count}"} | ({"descr": block.alt} if block.alt else {})
        etree.SubElement(inline, f"{{{_WP}}}docPr", said)
        graphic = etree.SubElement(inline, f"{{{_A}}}graphic")
        data = etree.SubElement(graphic, f"{{{_A}}}graphicData", uri=_PIC)
        picture = etree.SubElement(data, f"{{{_PIC}}}pic")
        about = etree.SubElement(picture, f"{{{_PIC}}}nvPicPr")
        etree.SubElement(about, f"{{{_PIC}}}cNvPr", id=str(self._count), name=name)
        etree.SubElement(about, f"{{{_PIC}}}cNvPicPr")
        fill = etree.SubElement(picture, f"{{{_PIC}}}blipFill")
        etree.SubElement(fill, f"{{{_A}}}blip", {f"{{{R}}}embed": _identity(name)})
        etree.SubElement(etree.SubElement(fill, f"{{{_A}}}stretch"), f"{{{_A}}}fillRect")
        shape = etree.SubElement(picture, f"{{{_PIC}}}spPr")
        place = etree.SubElement(shape, f"{{{_A}}}xfrm")
        etree.SubElement(place, f"{{{_A}}}off", x="0", y="0")
        etree.SubElement(place, f"{{{_A}}}ext", size)
        form = etree.SubElement(shape, f"{{{_A}}}prstGeom", prst="rect")
        etree.SubElement(form, f"{{{_A}}}avLst")
        return inline

    def put(self, parts: MutableMapping[str, bytes], relations: str) -> None:
        """Put the pictures into a package: their parts, what relates to them, their types."""
        links, types = parse(parts[relations]), parse(parts[_CONTENT_TYPES])
        known = {node.get("Extension") for node in types}
        for name, content in sorted(self._kept.items()):
            parts[f"word/media/{name}"] = content
            target = {"Id": _identity(name), "Type": _IMAGE, "Target": f"media/{name}"}
            etree.SubElement(links, f"{{{_RELS}}}Relationship", target)
            ending = name.rpartition(".")[2]
            if ending not in known:
                known.add(ending)
                kind = etree.Element(f"{{{_TYPES}}}Default", Extension=ending, ContentType=f"image/{ending}")
                types.insert(0, kind)
        parts[relations], parts[_CONTENT_TYPES] = serialise(links), serialise(types)


def _identity(name: str) -> str:
    """The relationship's id, from what the picture is."""
    return f"rId{name.partition('.')[0].replace('-', '')}"


def _ending(content: bytes) -> str:
    return "png" if content.startswith(b"\x89PNG") else "jpeg"
