"""Accepting or rejecting all tracked changes of a part, by what the standard says of each mark.

It shares no code with the writer of marks: it is what the writer is proven by. It serves other people's files too.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from notices.ooxml.xml import Element, W

Resolution: TypeAlias = Literal["accept", "reject"]

_N = f"{{{W}}}"
_COMES = {"accept": ("ins", "moveTo"), "reject": ("del", "moveFrom")}
"""What stays, without its mark."""
_GOES = {"accept": ("del", "moveFrom"), "reject": ("ins", "moveTo")}
_CHANGES = (
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "trPrChange",
    "tcPrChange",
    "tblGridChange",
    "numberingChange",
)
_RANGES = tuple(
    f"{kind}Range{edge}"
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for edge in ("Start", "End")
)
_CELLS = ("cellIns", "cellDel", "cellMerge")
_CONTENT = ("r", "fldSimple", "hyperlink", "sdt", "smartTag", "customXml", "subDoc", "dir", "bdo")
_NAMES = {
    "ins": "插入",
    "del": "删除",
    "moveFrom": "移动",
    "moveTo": "移动",
    **dict.fromkeys(_CHANGES, "格式修订"),
    **dict.fromkeys(_CELLS, "单元格修订"),
}


def found(root: Element) -> Counter[str]:
    """The tracked changes in a part, by kind."""
    return Counter(_NAMES[_local(node)] for node in root.iter(*(_N + name for name in _NAMES)))


def unresolvable(root: Element) -> bool:
    """Whether there are changes that cannot be resolved here: cells inserted, struck or merged one by one."""
    return next(root.iter(*(_N + name for name in _CELLS)), None) is not None


def resolve(root: Element, verdict: Resolution) -> None:
    """Accept or reject every tracked change under ``root``, in place."""
    _rows(root, verdict)
    ends = _ends(root, verdict)
    _content(root, verdict)
    _properties(root, verdict)
    for paragraph in reversed(ends):  # what goes first may have stood between two others
        _join(paragraph)
    for table in [node for node in root.iter(f"{_N}tbl") if node.find(f"{_N}tr") is None]:
        table.getparent().remove(table)
    for cell in [node for node in root.iter(f"{_N}tc") if node.find(f".//{_N}p") is None]:
        etree.SubElement(cell, f"{_N}p")


def _rows(root: Element, verdict: Resolution) -> None:
    """Rows that were inserted or struck as a whole."""
    for row in list(root.iter(f"{_N}tr")):
        for name in _GOES[verdict]:
            if row.find(f"{_N}trPr/{_N}{name}") is not None:
                row.getparent().remove(row)
                break
        else:
            for name in _COMES[verdict]:
                for mark in row.findall(f"{_N}trPr/{_N}{name}"):
                    mark.getparent().remove(mark)


def _ends(root: Element, verdict: Resolution) -> list[Element]:
    """Paragraphs whose mark goes; the marks of the others lose their revision."""
    going = []
    for paragraph in root.iter(f"{_N}p"):
        mark = paragraph.find(f"{_N}pPr/{_N}rPr")
        if mark is None:
            continue
        if any(mark.find(_N + name) is not None for name in _GOES[verdict]):
            going.append(paragraph)
        for name in ("ins", "del", "moveFrom", "moveTo"):
            for node in mark.findall(_N + name):
                mark.remove(node)
    return going


def _content(root: Element, verdict: Resolution) -> None:
    """Runs in marks of revision."""
    for node in list(root.iter(*(_N + name for name in (*_GOES[verdict], *_RANGES)))):
        node.getparent().remove(node)
    for node in list(root.iter(*(_N + name for name in _COMES[verdict]))):
        for child in list(node):
            node.addprevious(child)
        node.getparent().remove(node)
    for node in root.iter(f"{_N}delText", f"{_N}delInstrText"):
        node.tag = _N + ("t" if _local(node) == "delText" else "instrText")
    for node in [node for node in root.iter(f"{_N}hyperlink") if not len(node)]:
        node.getparent().remove(node)


def _properties(root: Element, verdict: Resolution) -> None:
    """Changed formats: of paragraphs, runs, tables, sections."""
    for change in list(root.iter(*(_N + name for name in _CHANGES))):
        owner = change.getparent()
        owner.remove(change)
        if verdict == "accept" or not len(change):
            continue
        before = change[0]
        # A paragraph's old properties say nothing of its mark's format and of its section: those stay.
        kept = [child for child in owner if _local(owner) == "pPr" and _local(child) in {"rPr", "sectPr"}]
        sections = [child for child in owner if _local(child) in {"headerReference", "footerReference"}]
        for child in list(owner):
            owner.remove(child)
        owner.extend([*sections, *before, *kept])


def _join(paragraph: Element) -> None:
    """Take a paragraph's mark away: its content goes to the head of the next, whose properties count.

    Where no paragraph follows, an empty one vanishes, unless it is the last, which Word always keeps; with it a content
    control that held nothing else.
    """
    parent = paragraph.getparent()
    if parent is None:
        return
    following = _next(paragraph)
    content = [child for child in paragraph if _local(child) != "pPr"]
    if following is not None and _local(following) == "p" and following.getparent() is parent:
        place = 1 if len(following) and _local(following[0]) == "pPr" else 0
        for offset, child in enumerate(content):
            following.insert(place + offset, child)
        parent.remove(paragraph)
    elif following is not None and _local(following) != "sectPr" and not _says(content):
        for child in content:
            paragraph.addprevious(child)
        parent.remove(paragraph)
        _drop_empty(parent)


def _next(node: Element) -> Element | None:
    """What follows a block, out of content controls that end with it."""
    following = node.getnext()
    while following is not None and _local(following) not in {"p", "tbl", "sdt", "altChunk", "sectPr"}:
        following = following.getnext()
    parent = node.getparent()
    if following is None and _local(parent) == "sdtContent":
        return _next(parent.getparent())
    return following


def _drop_empty(content: Element) -> None:
    """Take off content controls that hold no block any more."""
    while _local(content) == "sdtContent" and not any(_local(child) in {"p", "tbl", "sdt"} for child in content):
        control = content.getparent()
        for child in list(content):
            control.addprevious(child)
        content = control.getparent()
        content.remove(control)


def _says(content: list[Element]) -> bool:
    return any(_local(child) in _CONTENT or not str(child.tag).startswith(_N) for child in content)


def _local(node: Element) -> str:
    return node.tag[len(_N) :] if isinstance(node.tag, str) and node.tag.startswith(_N) else ""
