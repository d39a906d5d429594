"""Two bodies made ready for comparison: wrappers without a counterpart are taken off, and it is noted which."""

from __future__ import annotations

from collections import Counter

from notices.ooxml.xml import XML, Element, local, q, w
from notices.redline.fields import name_fields
from notices.redline.reading import control

END = "end"
"""The inner attribute of a paragraph that is there for the comparison only; gone from what is written."""

_WRAPPERS = {q(name) for name in ("customXml", "smartTag")}
_HOLD_BLOCKS = {"body", "tc", "footnote", "endnote"}
_BLOCKS = {q(name) for name in ("p", "tbl", "sdt", "altChunk")}


def prepare(old: Element, new: Element, *, plain: bool = False) -> Counter[str]:
    """Change both trees in place; what was taken off is counted.

    Args:
        old: the old document's root (or that of its notes).
        new: the new one's.
        plain: no content control around paragraphs stays, only what is in it.
    """
    taken: Counter[str] = Counter()
    for root in (old, new):
        _trim(root)
        for node in [node for node in root.iter() if node.tag in _WRAPPERS]:
            _unwrap(node, node)
        for node in list(root.iter(q("sdt"))):
            if _around(node) in {"tbl", "tr"}:
                taken["表格行、单元格外的内容控件"] += 1
                _unwrap(node, node.find(q("sdtContent")))
    taken.update(_pair_controls(old, new, plain=plain))
    name_fields(old, new)
    for root in (old, new):
        for node in root.iter(q("body"), q("tc"), q("footnote"), q("endnote")):
            _end_with_paragraph(node)
    return taken


def _trim(root: Element) -> None:
    """Blanks at the ends of a text count where it says so only; what is written here says so of every text."""
    for node in root.iter(q("t")):
        said = node.text or ""
        bare = said.strip(" \t\r\n")
        if said != bare and not _preserved(node):
            node.text = bare


def _preserved(node: Element) -> bool:
    said = (each.get(f"{{{XML}}}space") for each in (node, *node.iterancestors()))
    return next((one for one in said if one), "default") == "preserve"


def _around(node: Element) -> str:
    """What an element lies in, wrappers not counted."""
    parent = node.getparent()
    while parent is not None and local(parent) in {"sdtContent", "sdt", "customXml"}:
        parent = parent.getparent()
    return "" if parent is None else local(parent)


def _unwrap(node: Element, content: Element | None) -> None:
    """Put an element's content in its place."""
    for child in list(content) if content is not None else ():
        if local(child) not in {"smartTagPr", "customXmlPr"}:
            node.addprevious(child)
    node.getparent().remove(node)


def _pair_controls(old: Element, new: Element, *, plain: bool) -> Counter[str]:
    """Keep content controls around paragraphs that both documents have alike and as often."""
    taken: Counter[str] = Counter()
    ours, theirs = _controls(new), _controls(old)
    count, other = Counter(map(control, ours)), Counter(map(control, theirs))
    open_ended = {control(node) for node in (*ours, *theirs) if not _ends_with_paragraph(node.find(q("sdtContent")))}
    for node in (*ours, *theirs):
        lone = count[control(node)] != other[control(node)]
        if lone or plain or control(node) in open_ended:
            taken["只有一方有的内容控件" if lone else "内容控件"] += 1
            _unwrap(node, node.find(q("sdtContent")))
    return taken


def _ends_with_paragraph(content: Element | None) -> bool:
    blocks = [child for child in content if child.tag in _BLOCKS] if content is not None else []
    return bool(blocks) and blocks[-1].tag == q("p")


def _controls(root: Element) -> list[Element]:
    return [node for node in root.iter(q("sdt")) if _around(node) in _HOLD_BLOCKS]


def _end_with_paragraph(node: Element) -> None:
    """Word wants a paragraph at the end of a body, cell or note, and adds one where it is missing.

    A content control that holds the last one is followed by one more while the two are compared: see :data:`END`.
    """
    if _ends_with_paragraph(node):
        return
    last = w("p")
    if (inner := _last(node)) is not None and inner.tag == q("p"):
        last.set(END, "1")
    section = node.find(q("sectPr"))
    node.append(last) if section is None else section.addprevious(last)


def _last(node: Element) -> Element | None:
    """The last block, content controls seen through."""
    blocks = [child for child in node if child.tag in _BLOCKS]
    if not blocks or blocks[-1].tag != q("sdt"):
        return blocks[-1] if blocks else None
    content = blocks[-1].find(q("sdtContent"))
    return None if content is None else _last(content)


def drop_ends(root: Element) -> None:
    """Take the paragraphs away again that only stood behind a content control."""
    for node in [node for node in root.iter(q("p")) if node.attrib.pop(END, "")]:
        before = node.getprevious()
        while before is not None and before.tag not in _BLOCKS:
            before = before.getprevious()
        if len(node) == 0 and before is not None and before.tag == q("sdt"):
            node.getparent().remove(node)
