"""What of a Word file is no part of its story: headers, footers, comments, macros, embedded files. All is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from notices.inspection import signs
from notices.ooxml.package import Package
from notices.ooxml.relations import Links, Relationship
from notices.ooxml.xml import Element, R, q
from notices.recast.source import Leaving, Origin, Source, shown
from notices.typeset.page import DRAFT

_PAGE: Final = re.compile(r"[\s\d—–\-－·/第页共,，ⅠⅡⅢIVXivx.]*")

_HEAD: Final = (signs.NUMBER, signs.COPY_NUMBER, signs.SECRECY, signs.URGENCY)


def heads(package: Package) -> tuple[tuple[Origin, str], ...]:
    """What of a letter's masthead stands in the header of its first page: the mark, the number, what is left of it."""
    section = next(package.xml(package.main).iter(q("sectPr")), None)
    if section is None or section.find(q("titlePg")) is None:
        return ()
    node = next((one for one in section.iter(q("headerReference")) if one.get(q("type")) == "first"), None)
    if node is None:
        return ()
    name = _target(node, Links(package.parts, package.main).items)
    root = package.xml(name)
    lines = [] if root is None else [(number, _said(para)) for number, para in enumerate(root.iter(q("p")), 1)]
    solid = {number: signs.solid(said) for number, said in lines}
    numbered = any(signs.NUMBER.fullmatch(said) for said in solid.values())
    return tuple(
        ((name, number), said)
        for number, said in lines
        if numbered and (signs.organ(solid[number]) or any(one.fullmatch(solid[number]) for one in _HEAD))
    )


def described(source: Source, package: Package) -> Source:
    """The source with what stands around its story among what is left out."""
    kept = {text for _, text in heads(package)}
    found = (*(_margins(package, kept)), *_comments(package), *_machines(package))
    return replace(source, leavings=(*source.leavings, *found))


def _margins(package: Package, kept: set[str]) -> Iterator[Leaving]:
    """Texts of headers and footers, but for page numbers and what was ``kept``."""
    links = Links(package.parts, package.main).items
    nodes = package.xml(package.main).iter(q("headerReference"), q("footerReference"))
    parts = dict.fromkeys((_target(node, links), node.tag) for node in nodes)
    told = set(kept)
    for name, tag in parts:
        part = package.xml(name)
        for said in [] if part is None else _lines(part):
            if said not in told and not _PAGE.fullmatch(said):
                told.add(said)
                where = "页眉" if tag == q("headerReference") else "页脚"
                hint = "要保留的，写进正文；页码由版面给"
                yield Leaving(f"{where}里的文字“{shown(said)}”", where, hint, lost=said != DRAFT)


def _target(node: Element, links: Mapping[str, Relationship]) -> str:
    """The part a header's or footer's reference leads to, empty where it leads nowhere."""
    link = links.get(node.get(f"{{{R}}}id", ""))
    return "" if link is None or link.external else link.target


def _said(para: Element) -> str:
    return "".join(leaf.text or "" for leaf in para.iter(q("t"))).strip()


def _lines(part: Element) -> Iterator[str]:
    for said in map(_said, part.iter(q("p"))):
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
