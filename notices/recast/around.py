"""What of a Word file is no part of its story: headers, footers, comments, macros, embedded files. All is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from notices.inspection import signs
from notices.ooxml.package import Package
from notices.ooxml.relations import Links
from notices.ooxml.xml import Element, q
from notices.recast.source import Leaving, Source, shown

_PAGE: Final = re.compile(r"[\s\d—–\-－·/第页共,，ⅠⅡⅢIVXivx.]*")


def described(source: Source, package: Package) -> Source:
    """The source with what stands around its story among what is left out."""
    found = (*_margins(package), *_comments(package), *_machines(package))
    return replace(source, leavings=(*source.leavings, *found))


def _margins(package: Package) -> Iterator[Leaving]:
    """Texts of headers and footers, but for page numbers."""
    root = package.xml(package.main)
    links = Links(package.parts, package.main).items
    told: set[str] = set()
    for node in root.iter(q("headerReference"), q("footerReference")):
        identity = next((value for name, value in node.attrib.items() if name.endswith("}id")), "")
        link = links.get(identity)
        part = None if link is None or link.external else package.xml(link.target)
        for said in [] if part is None else _lines(part):
            if said not in told and not _PAGE.fullmatch(said):
                told.add(said)
                where = "页眉" if node.tag == q("headerReference") else "页脚"
                yield Leaving(f"{where}里的文字“{shown(said)}”", where, "要保留的，写进正文；页码由版面给")


def _lines(part: Element) -> Iterator[str]:
    for para in part.iter(q("p")):
        said = "".join(leaf.text or "" for leaf in para.iter(q("t"))).strip()
        if said and not signs.PAGE_NUMBER.fullmatch(signs.solid(said)):
            yield said


def _comments(package: Package) -> Iterator[Leaving]:
    root = package.xml(package.related("comments"))
    for node in [] if root is None else root.iter(q("comment")):
        said = "".join(leaf.text or "" for leaf in node.iter(q("t")))
        who = node.get(q("author"), "")
        yield Leaving(f"批注{f'（{who}）' if who else ''}“{shown(said)}”", "批注", lost=False)


def _machines(package: Package) -> Iterator[Leaving]:
    """What could be run, and never is."""
    for name in sorted(package.parts):
        if name.endswith("vbaProject.bin"):
            yield Leaving("宏（没有运行）", name, lost=False)
        elif "/activeX/" in name and name.endswith(".xml"):
            yield Leaving("控件（没有运行）", name, "改成文字")
