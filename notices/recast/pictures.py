"""The pictures of a Word file: those a page can show, with their size; drawn shapes and what else is named."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Final

from PIL import Image

from notices.ooxml.package import Package
from notices.ooxml.relations import Relationship
from notices.ooxml.xml import MC, Element, R, local
from notices.recast.source import Leaving, SourceFigure

FALLBACK: Final = f"{{{MC}}}Fallback"
"""The same again, for readers that do not know the first."""
_EMU: Final = 12_700
_SCREEN: Final = 0.75
"""Points a pixel takes where nothing says how large a picture is."""
_MOST: Final = 60_000_000
"""Pixels of a picture that is set: four times what a page of 600 dots to the inch has."""
_KINDS: Final = frozenset({"PNG", "JPEG"})
_LOSSLESS: Final = ("TIFF", "BMP", "GIF")
"""Kinds that become PNG without a loss."""
_AGAIN: Final = "在 Word 里另存成 PNG 或 JPEG，再插入"
_SHAPES: Final = frozenset({"wsp", "shape", "rect", "oval", "roundrect", "polyline", "curve"})
_LINES: Final = frozenset({"line", "straightConnector1"})


def of(node: Element, package: Package, links: Mapping[str, Relationship]) -> Iterator[SourceFigure | Leaving]:
    """The pictures of one drawing; what it draws besides is named."""
    inside = list(_inside(node))
    names = {local(one) for one in inside}
    if names & {"chart", "relIds"}:
        what = "图表" if "chart" in names else "SmartArt 图"
        yield Leaving(what, "", "在 Word 里另存成图片，再插入")
    elif names & {"wgp", "wpc", "group"} and names & {"blip", "imagedata", "wsp", "shape"}:
        yield Leaving("组合图形（其中的文字排进了正文）", "", "在 Word 里组合成一幅图片，再插入")
    else:
        yield from _shapes(inside)
        for one in inside:
            identity = _identity(one)
            if identity:
                yield _figure(node, one, package, links.get(identity))


def _inside(node: Element) -> Iterator[Element]:
    """What a drawing is made of: neither its twin for older readers, nor what stands in its text boxes."""
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one.tag, str) and one.tag != FALLBACK:
            yield one
            stack += [] if local(one) == "txbxContent" else reversed(one)


def _identity(one: Element) -> str:
    """The relationship a picture leads to, empty for what is no picture."""
    if local(one) == "blip":
        return str(one.get(f"{{{R}}}embed") or one.get(f"{{{R}}}link") or "")
    return str(one.get(f"{{{R}}}id") or "") if local(one) == "imagedata" else ""


def _shapes(inside: list[Element]) -> Iterator[Leaving]:
    """Shapes that are drawn: lines the page has of its own; others show something."""
    for one in inside:
        below = {local(each) for each in _inside(one)}
        presets = {each.get("prst", "") for each in _inside(one) if local(each) == "prstGeom"}
        if (local(one) == "wsp" and presets & _LINES) or (local(one) == "line" and "vml" in one.tag):
            yield Leaving("画的线条（红线和版记的线由版面画）", "", lost=False)
        elif local(one) in _SHAPES and not below & {"txbxContent", "imagedata"}:
            yield Leaving("画的图形", "", "在 Word 里另存成图片，再插入")


def _figure(node: Element, one: Element, package: Package, link: Relationship | None) -> SourceFigure | Leaving:
    content = b"" if link is None or link.external else package.parts.get(link.target, b"")
    if not content:
        return Leaving("链接到文件外面的图片（没有去取）", "", "在 Word 里把图片嵌入文件")
    holder = one.getparent()
    crop = None if holder is None else next((each for each in holder if local(each) == "srcRect"), None)
    if crop is not None and any(value not in {"", "0"} for value in crop.attrib.values()):
        return Leaving("裁剪过的图片", "", "在 Word 里“压缩图片—删除图片的剪裁区域”，再试")
    if any(local(each) == "xfrm" and each.get("rot", "0") != "0" for each in _inside(node)):
        return Leaving("转了角度的图片", "", "在画图软件里转好，再插入")
    size, was = pixels(content), ""
    if size is None and (turned := _as_png(content)):
        content, was = turned
        size = pixels(content)
    if size is None:
        assert link is not None  # noqa: S101 - it has content
        return Leaving(f"图片（{link.target.rpartition('.')[2].upper()}，读不了或太大）", "", _AGAIN)
    wide, high = _extent(node)
    if not (wide and high):
        wide, high = (side * _SCREEN for side in size)
    return SourceFigure(content, wide, high, "", _alt(node), was)


def _as_png(content: bytes) -> tuple[bytes, str] | None:
    """A picture of one frame, of a kind that loses nothing, as PNG, and what it was; None for any other."""
    try:
        with Image.open(io.BytesIO(content), formats=_LOSSLESS) as image:
            if image.size[0] * image.size[1] > _MOST or getattr(image, "n_frames", 1) > 1:
                return None
            out = io.BytesIO()
            image.convert("RGBA" if image.mode in {"P", "PA", "LA", "RGBA"} else "RGB").save(out, "PNG")
            return out.getvalue(), str(image.format)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def pixels(content: bytes) -> tuple[int, int] | None:
    """A picture's size; None for one that is no sound PNG or JPEG, or larger than is borne."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_KINDS)) as image:
            size = image.size
            if size[0] * size[1] > _MOST or min(size) == 0:
                return None
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return size


def _extent(node: Element) -> tuple[float, float]:
    """Its size in points, 0 where the drawing does not say it."""
    found = next((one for one in _inside(node) if local(one) == "extent"), None)
    if found is None:
        return 0.0, 0.0
    return max(0.0, float(found.get("cx", 0))) / _EMU, max(0.0, float(found.get("cy", 0))) / _EMU


def _alt(node: Element) -> str:
    found = next((one for one in _inside(node) if local(one) == "docPr"), None)
    return "" if found is None else str(found.get("descr") or "")
