"""A summary as the first page of a redline: a section of its own, no part of the changes."""

from __future__ import annotations

from notices.ooxml.xml import Element, parse, q, run, serialise, w
from notices.redline.proof import SUMMARY
from notices.redline.summary import TITLE, ChangeSummary

_IDENTITY = 999_999
_LINE = 340
"""17 pt a line: 44 lines on the page below."""


def put(document: bytes, told: ChangeSummary) -> bytes:
    """The main part with the summary in front."""
    root = parse(document)
    body = root.find(q("body"))
    paragraphs = [_paragraph(TITLE, 36, "center"), *(_paragraph(line, 21, "left") for line in told.lines())]
    paragraphs[0].insert(1, w("bookmarkStart", id=_IDENTITY, name=SUMMARY))
    last = paragraphs[-1]
    last.append(w("bookmarkEnd", id=_IDENTITY))
    last.find(q("pPr")).append(_section())
    first = next((node for node in body.iter(q("sectPr"))), None)
    kind = None if first is None else first.find(q("type"))
    if kind is not None and kind.get(q("val")) == "continuous":  # the document's first section has to begin a page
        last.append(w("r", w("br", type="page")))
    for number, paragraph in enumerate(paragraphs):
        body.insert(number, paragraph)
    return serialise(root)


def _paragraph(line: str, size: int, align: str) -> Element:
    """A line set by itself: the document's styles may be anything."""
    height = 2 * _LINE if size > 30 else _LINE
    properties = w(
        "pPr",
        w("snapToGrid", val=0),
        w("spacing", before=0, after=0, beforeLines=0, afterLines=0, line=height, lineRule="exact"),
        w("ind", left=0, leftChars=0, right=0, rightChars=0, firstLine=0, firstLineChars=0),
        w("jc", val=align),
    )
    face = w(
        "rPr",
        w("rFonts", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia="宋体"),
        *(w(name, val=0) for name in ("b", "i", "vanish")),
        w("color", val="000000"),
        w("spacing", val=0),
        w("sz", val=size),
        w("szCs", val=size),
    )
    return w("p", properties, *([run(line, face)] if line else []))


def _section() -> Element:
    """A4 with margins of 20 mm. It counts as page 0, so that the document's own pages keep their numbers."""
    return w(
        "sectPr",
        w("pgSz", w=11906, h=16838),
        w("pgMar", top=1134, bottom=1134, left=1134, right=1134, header=567, footer=567, gutter=0),
        w("pgNumType", start=0),
    )
