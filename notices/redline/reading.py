"""A paragraph's XML to its pieces: runs, links, fields, content controls, and what only rides along."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from notices.ooxml.relations import Links
from notices.ooxml.xml import XML, Element, R, W, local, q, w
from notices.redline.fields import FIELD
from notices.redline.pieces import Piece, PieceKind, key_of
from notices.redline.styles import canonical

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
"""Contents of a run that are characters to a reader."""

_PASSED_OVER = {"pPr", "proofErr", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"}
_SEEN_THROUGH = {"smartTag", "customXml", "dir", "bdo"}
_NO_CONTENT = {q(name) for name in ("rPr", "lastRenderedPageBreak")}
_RIDING = {q(name) for name in ("commentReference", "annotationRef")}
_NOTES = {"footnoteReference", "endnoteReference"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing met on the way through a paragraph."""

    kind: PieceKind
    element: Element
    rpr: Element | None = None
    link: Element | None = None


def pieces_of(paragraph: Element, links: Links) -> list[Piece]:
    """The pieces of a paragraph, in order.

    Args:
        paragraph: a ``w:p`` without tracked changes.
        links: the relationships of its part.
    """
    return list(_fields(list(_events(paragraph, None)), links))


def _events(parent: Element, link: Element | None) -> Iterator[Event]:
    for node in parent:
        name = local(node) if isinstance(node.tag, str) and node.tag.startswith(f"{{{W}}}") else ""
        if not isinstance(node.tag, str) or name in _PASSED_OVER:
            continue
        if name in _SEEN_THROUGH:
            yield from _events(node, link)
        elif node.get(FIELD):
            yield Event("edge", node, node.find(q("rPr")), link)
        elif name in _READERS:
            yield from _READERS[name](node, link)
        else:
            yield Event("rider" if name.endswith(("Start", "End")) else "raw", node)


def _run(node: Element, link: Element | None) -> Iterator[Event]:
    rpr = node.find(q("rPr"))
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _NO_CONTENT:
            riding = child.tag in _RIDING
            yield Event("rider" if riding else "child", node if riding else child, rpr, link)


def _hyperlink(node: Element, _: Element | None) -> Iterator[Event]:
    return _events(node, node)


def _control(node: Element, link: Element | None) -> Iterator[Event]:
    content = node.find(q("sdtContent"))
    yield Event("open", node)
    yield from _events(content, link) if content is not None else ()
    yield Event("close", node)


def _simple_field(node: Element, link: Element | None) -> Iterator[Event]:
    """A field in one element, as the runs Word would write: only those can be struck."""
    instruction = w("instrText")
    instruction.text = node.get(q("instr"), "")
    instruction.set(f"{{{XML}}}space", "preserve")
    yield Event("child", w("fldChar", fldCharType="begin"), None, link)
    yield Event("child", instruction, None, link)
    yield Event("child", w("fldChar", fldCharType="separate"), None, link)
    yield from _events(node, link)
    yield Event("child", w("fldChar", fldCharType="end"), None, link)


_READERS: dict[str, Callable[[Element, Element | None], Iterator[Event]]] = {
    "r": _run,
    "hyperlink": _hyperlink,
    "sdt": _control,
    "fldSimple": _simple_field,
}


def _fields(events: list[Event], links: Links) -> Iterator[Piece]:
    """Events as pieces, a field from its beginning to its end as one."""
    open_at, depth = 0, 0
    for at, event in enumerate(events):
        mark = event.element.get(q("fldCharType")) if event.element.tag == q("fldChar") else None
        if mark == "begin":
            open_at, depth = (at, 1) if depth == 0 else (open_at, depth + 1)
        elif mark == "end" and depth:
            depth -= 1
            if depth == 0:
                yield from _field(events[open_at : at + 1], links)
                continue
        if depth == 0 and not (event.element.tag == q("t") and not event.element.text):
            yield _piece(event, links)


def _field(events: list[Event], links: Links) -> Iterator[Piece]:
    yield from (_piece(event, links) for event in events if event.kind in {"rider", "edge"})
    inside = [event for event in events if event.kind in {"child", "raw"}]
    runs = [
        copy.deepcopy(event.element)
        if event.kind == "raw"
        else w("r", *([copy.deepcopy(event.rpr)] if event.rpr is not None else []), copy.deepcopy(event.element))
        for event in inside
    ]
    code = " ".join("".join(e.element.text or "" for e in inside if e.element.tag == q("instrText")).split())
    shown: list[Piece] = []
    past_code: list[bool] = []  # of every field now open, whether its result has begun
    for event in inside:
        mark = event.element.get(q("fldCharType")) if event.element.tag == q("fldChar") else ""
        if mark == "begin":
            past_code.append(False)
        elif mark == "separate" and past_code:
            past_code[-1] = True
        elif mark == "end" and past_code:
            past_code.pop()
        elif all(past_code):
            shown.append(_piece(event, links))
    said = "".join(piece.text for piece in shown)
    address = _address(inside[0].link, links)
    yield Piece("runs", said, ("field", code, key_of(shown), address), inside[0].rpr, inside[0].link, None, runs)


def _piece(event: Event, links: Links) -> Piece:
    element = event.element
    name = local(element)
    address = _address(event.link, links)
    if event.kind == "rider":
        return Piece("rider", "", None, element=element, link=event.link)
    if event.kind == "edge":
        said = "".join(node.text or node.get(q("fldCharType"), "") for node in element if node.tag != q("rPr"))
        return Piece("edge", "", ("edge", element.get(FIELD), said, address), event.rpr, event.link, None, [element])
    if event.kind in {"open", "close"}:
        return Piece(event.kind, "", (event.kind, *control(element)), element=element)
    if event.kind == "raw":
        return Piece("raw", "", ("raw", digest(element, links)), element=element, runs=[element])
    if element.tag == q("t"):
        return Piece("text", element.text or "", address, event.rpr, event.link)
    if element.tag.startswith(f"{{{W}}}") and name in SIGNS:
        sort = (name, element.get(q("type"), "textWrapping"), element.get(q("alignment"), ""), address)
        return Piece("child", SIGNS[name], sort, event.rpr, event.link, element)
    key: Hashable = (name, address) if name in _NOTES else (name, digest(element, links), address)
    return Piece("child", "", key, event.rpr, event.link, element)


def control(element: Element) -> tuple[str, str, str]:
    """What tells one content control from another: its tag, its title and its kind."""
    properties = element.find(q("sdtPr"))
    if properties is None:
        return "", "", ""
    tag, alias = (
        node.get(q("val"), "") if (node := properties.find(q(name))) is not None else "" for name in ("tag", "alias")
    )
    gallery = "".join(node.get(q("val"), "") for node in properties.iter(q("docPartGallery")))
    return tag, alias, gallery


def digest(element: Element, links: Links) -> str:
    """A drawing, an object or a formula as a check sum: of what it shows, not of the ids it has."""
    twin = copy.deepcopy(element)
    for node in twin.iter():
        for name, value in list(node.attrib.items()) if isinstance(node.tag, str) else ():
            own = etree.QName(name)
            if own.namespace == R:
                node.set(name, links.digest(value))
            elif own.localname in {"anchorId", "editId", "paraId", "textId", "spid", "ObjectID", "ShapeID"} or (
                own.localname in {"id", "name"}
                and etree.QName(node).localname in {"docPr", "cNvPr", "shape", "shapetype"}
            ):
                del node.attrib[name]
    return hashlib.sha256(canonical(twin)).hexdigest()


def _address(link: Element | None, links: Links) -> str:
    """Where a hyperlink leads; nothing when there is none."""
    if link is None:
        return ""
    identity = link.get(f"{{{R}}}id")
    return f"{links.digest(identity) if identity else ''}#{link.get(q('anchor'), '')}"
