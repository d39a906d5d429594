"""Two bodies made ready for comparison: wrappers without a counterpart are taken off, and it is noted which."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from notices.ooxml.xml import Element, local, q, w
from notices.redline.reading import KEPT, control

_WRAPPERS = {q(name) for name in ("customXml", "smartTag")}
_HOLD_BLOCKS = {"body", "tc", "footnote", "endnote"}


def prepare(old: Element, new: Element) -> Counter[str]:
    """Change both trees in place; what was taken off is counted.

    Args:
        old: the old document's root (or that of its notes).
        new: the new one's.
    """
    taken: Counter[str] = Counter()
    for root in (old, new):
        for node in [node for node in root.iter() if node.tag in _WRAPPERS]:
            _unwrap(node, node)
        for node in list(root.iter(q("sdt"))):
            if _around(node) in {"tbl", "tr"}:
                taken["表格行、单元格外的内容控件"] += 1
                _unwrap(node, node.find(q("sdtContent")))
    taken.update(_pair_controls(old, new))
    taken.update(_pair_fields(old, new))
    for root in (old, new):
        for node in root.iter(q("body"), q("tc"), q("footnote"), q("endnote")):
            _end_with_paragraph(node)
    return taken


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


def _pair_controls(old: Element, new: Element) -> Counter[str]:
    """Keep content controls around paragraphs that both documents have alike and as often."""
    taken: Counter[str] = Counter()
    ours, theirs = _controls(new), _controls(old)
    count, other = Counter(map(control, ours)), Counter(map(control, theirs))
    open_ended = {control(node) for node in (*ours, *theirs) if not _ends_with_paragraph(node)}
    for node in (*ours, *theirs):
        lone = count[control(node)] != other[control(node)]
        taken["只有一方有的内容控件"] += 1 if lone else 0
        if lone or control(node) in open_ended:
            _unwrap(node, node.find(q("sdtContent")))
    return +taken


def _ends_with_paragraph(node: Element) -> bool:
    content = node.find(q("sdtContent"))
    return content is not None and len(content) > 0 and content[-1].tag == q("p")


def _controls(root: Element) -> list[Element]:
    return [node for node in root.iter(q("sdt")) if _around(node) in _HOLD_BLOCKS]


@dataclass(slots=True)
class _Span:
    """A field that reaches over paragraphs: the runs that make it one, and what it says."""

    edges: list[Element]
    first: Element
    said: tuple[str, ...] = ()


def _pair_fields(old: Element, new: Element) -> Counter[str]:
    """Of fields over several paragraphs keep those that are equal on both sides; of the rest only what they show."""
    ours, theirs = list(_spans(new)), list(_spans(old))
    same = Counter(span.said for span in theirs)
    taken: Counter[str] = Counter()
    for span in ours:
        keep = same[span.said] > 0
        same[span.said] -= 1 if keep else 0
        for run in span.edges:
            if keep:
                run.set(KEPT, "1")
            else:
                run.getparent().remove(run)
        taken["跨段的域（如目录）"] += 0 if keep else 1
    for span in theirs:
        for run in span.edges:
            run.getparent().remove(run)
    return +taken


def _spans(root: Element) -> Iterator[_Span]:
    """The fields whose beginning and end lie in different paragraphs."""
    for run in list(root.iter(q("r"))):
        _split_field_marks(run)
    opened: list[tuple[list[Element], list[Element]]] = []
    order = list(root.iter(q("r"), q("p")))
    for node in order:
        if node.tag == q("p"):
            for _, passed in opened:
                passed.append(node)
            continue
        mark = node.find(q("fldChar"))
        kind = mark.get(q("fldCharType")) if mark is not None else None
        if kind == "begin":
            opened.append(([node], [_paragraph(node)]))
        elif opened and (kind or node.find(q("instrText")) is not None):
            opened[-1][0].append(node)
        if kind == "end" and opened:
            edges, passed = opened.pop()
            if _paragraph(node) is not passed[0]:
                said = tuple("".join(t.text or "" for t in p.iter(q("t"), q("instrText"))) for p in passed)
                yield _Span(edges, passed[0], said)
    for edges, passed in opened:  # a field without an end is none
        yield _Span(edges, passed[0], ("?",))


def _paragraph(run: Element) -> Element:
    return next(iter(run.iterancestors(q("p"))))


def _split_field_marks(run: Element) -> None:
    """Give every field mark a run of its own, so that it can be kept or dropped alone."""
    marks = [child for child in run if child.tag in {q("fldChar"), q("instrText")}]
    contents = [child for child in run if child.tag != q("rPr")]
    if not marks or len(contents) == 1:
        return
    properties = run.find(q("rPr"))
    for child in contents:
        single = w("r")
        if properties is not None:
            single.append(copy.deepcopy(properties))
        single.append(child)
        run.addprevious(single)
    run.getparent().remove(run)


def _end_with_paragraph(node: Element) -> None:
    """Word wants a paragraph at the end of a body, cell or note, and adds one where it is missing."""
    blocks = [child for child in node if child.tag in {q(name) for name in ("p", "tbl", "sdt", "altChunk")}]
    if not blocks or blocks[-1].tag != q("p"):
        section = node.find(q("sectPr"))
        node.append(w("p")) if section is None else section.addprevious(w("p"))
