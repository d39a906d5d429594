"""The pictures of a Word file: those a page can show, with their size; the others named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from notices.ooxml.package import Package
from notices.ooxml.relations import Links
from notices.ooxml.xml import Element, R, local
from notices.recast.source import Leaving, SourceFigure

_EMU: Final = 12_700
_KINDS: Final = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_SHAPES: Final = {"chart": "图表", "relIds": "SmartArt 图", "wgp": "组合图形", "line": "线条", "shape": "图形"}


def of(node: Element, package: Package) -> Iterator[SourceFigure | Leaving]:
    """The pictures of one drawing; what it draws besides is named."""
    links = Links(package.parts, package.main).items
    wide, high = _extent(node)
    for one in node.iter():
        if not isinstance(one.tag, str):
            continue
        name = local(one)
        identity = one.get(f"{{{R}}}embed") or (one.get(f"{{{R}}}id") if name == "imagedata" else None)
        if name in {"blip", "imagedata"} and identity:
            link = links.get(identity)
            content = b"" if link is None or link.external else package.parts.get(link.target, b"")
            kind = kind_of(content)
            if kind:
                yield SourceFigure(content, wide, high, "", _alt(node))
            else:
                suffix = "" if link is None else link.target.rpartition(".")[2].upper()
                yield Leaving(f"图片（{suffix or '链接'}）", "", "在 Word 里另存成 PNG 或 JPEG，再插入")
        elif name in {"chart", "relIds"}:
            yield Leaving(_SHAPES[name], "", "在 Word 里另存成图片，再插入")


def kind_of(content: bytes) -> str:
    """What a picture is by its bytes: ``png``, ``jpeg``, or empty for another kind."""
    return next((kind for mark, kind in _KINDS if content.startswith(mark)), "")


def _extent(node: Element) -> tuple[float, float]:
    """Its size in points, 0 where the drawing does not say it."""
    found = next((one for one in node.iter() if isinstance(one.tag, str) and local(one) == "extent"), None)
    if found is None:
        return 0.0, 0.0
    return float(found.get("cx", 0)) / _EMU, float(found.get("cy", 0)) / _EMU


def _alt(node: Element) -> str:
    found = next((one for one in node.iter() if isinstance(one.tag, str) and local(one) == "docPr"), None)
    return "" if found is None else str(found.get("descr") or "")
