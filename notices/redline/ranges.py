"""Ranges (bookmarks, comments, permissions): two ends each, once in a part. They are those of the new document."""

from __future__ import annotations

from notices.ooxml.xml import Element, q, w

_KINDS = (
    ("bookmarkStart", "bookmarkEnd"),
    ("commentRangeStart", "commentRangeEnd"),
    ("permStart", "permEnd"),
)
_ALL = (*(q(name) for kind in _KINDS for name in kind), q("commentReference"))


def without_ranges(element: Element) -> Element:
    """The element without any range in it: what is struck has none, as their names and numbers are taken here."""
    for node in list(element.iter(*_ALL)):
        if node is not element and node.getparent() is not None:
            node.getparent().remove(node)
    return element


def balance(root: Element) -> None:
    """Give every beginning of a range its end, and take away ends without a beginning."""
    for first, last in _KINDS:
        begun = {node.get(q("id")) for node in root.iter(q(first))}
        ended = {node.get(q("id")) for node in root.iter(q(last))}
        for node in [node for node in root.iter(q(first)) if node.get(q("id")) not in ended]:
            node.addnext(w(last, id=node.get(q("id"))))
        for node in [node for node in root.iter(q(last)) if node.get(q("id")) not in begun]:
            node.getparent().remove(node)
