"""Fields that reach over paragraphs (a table of contents, an index) or links: their edges are pieces like any other.

Each edge run carries the name of its field. A field both documents have by one code has one name in both, so that its
edges are equal; any other is struck or inserted where it stands. A field that kept some edges and lost others would
have two ends or none on the way, so it is struck and inserted as a whole.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from notices.ooxml.xml import Element, W, local, q, w
from notices.redline import align
from notices.redline.revision import Pen

FIELD = "field"
"""The inner attribute of an edge: the name of its field. It is gone from what is written."""

_MARKS = {q(name) for name in ("ins", "del", "moveFrom", "moveTo")}


@dataclass(slots=True)
class _Span:
    """The runs that make a field, and its code."""

    edges: list[Element]
    code: str


def name_fields(old: Element, new: Element) -> None:
    """Put its field's name on every edge in two documents."""
    theirs, ours = list(_spans(old)), list(_spans(new))
    pairs = align.equal([span.code for span in theirs], [span.code for span in ours], anchored=False)
    names = {("old", i): f"both{number}" for number, (i, _) in enumerate(pairs)}
    names |= {("new", j): f"both{number}" for number, (_, j) in enumerate(pairs)}
    for side, spans in (("old", theirs), ("new", ours)):
        for at, span in enumerate(spans):
            for run in span.edges:
                run.set(FIELD, names.get((side, at), f"{side}{at}"))


def settle(root: Element, pen: Pen) -> None:
    """Strike and insert what is left of fields that kept only some of their edges, and take the names off."""
    edges: dict[str, list[Element]] = defaultdict(list)
    for run in root.iter(q("r")):
        if name := run.attrib.pop(FIELD, ""):
            edges[name].append(run)
    for runs in edges.values():
        kept = [run for run in runs if not any(above.tag in _MARKS for above in run.iterancestors())]
        if len(kept) < len(runs):
            _strike_and_insert(kept, pen)


def _strike_and_insert(runs: list[Element], pen: Pen) -> None:
    """Replace runs by themselves struck and inserted; neighbours go together, that fields stay whole on both sides."""
    while runs:
        together = [runs.pop(0)]
        while runs and together[-1].getnext() is runs[0]:
            together.append(runs.pop(0))
        struck, inserted = pen.mark("del"), pen.mark("ins")
        together[0].addprevious(struck)
        together[0].addprevious(inserted)
        struck.extend(copy.deepcopy(run) for run in together)
        inserted.extend(together)
        for code in struck.iter(q("instrText")):
            code.tag = q("delInstrText")


def _spans(root: Element) -> Iterator[_Span]:
    """The fields that end in another paragraph than they begin in, or not at all, and those with a link inside."""
    for run in [node for node in _walk(root) if node.tag == q("r")]:
        _split_field_marks(run)
    opened: list[tuple[list[Element], Element]] = []
    paragraph: Element = None
    for node in _walk(root):
        if node.tag == q("p"):
            paragraph = node
            continue
        if node.tag == q("hyperlink"):
            opened = [(edges, None) for edges, _ in opened]
            continue
        mark = node.find(q("fldChar"))
        kind = mark.get(q("fldCharType")) if mark is not None else None
        if kind == "begin":
            opened.append(([node], paragraph))
        elif opened and (kind or node.find(q("instrText")) is not None):
            opened[-1][0].append(node)
        if kind == "end" and opened:
            edges, first = opened.pop()
            if paragraph is not first:
                yield _Span(edges, _code(edges))
    for edges, _ in opened:
        yield _Span(edges, f"? {_code(edges)}")


def _walk(root: Element) -> Iterator[Element]:
    """Paragraphs, links and runs in order; what lies inside a run, as a text box, is another story."""
    for node in root:
        if not isinstance(node.tag, str) or not node.tag.startswith(f"{{{W}}}"):
            continue
        name = local(node)
        if name in {"p", "hyperlink", "r"}:
            yield node
        if name != "r" and len(node):
            yield from _walk(node)


def _code(edges: list[Element]) -> str:
    return " ".join("".join(text.text or "" for run in edges for text in run.iter(q("instrText"))).split())


def _split_field_marks(run: Element) -> None:
    """Give every field mark a run of its own, so that it can be kept or struck alone."""
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
