"""What stands in one paragraph of a Word file: runs of equal look, breaks, lines drawn, pictures, text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from notices.inspection.looks import Look, Looks
from notices.inspection.model import Edge, Run
from notices.ooxml.xml import MC, Element, local, q

FALLBACK: Final = f"{{{MC}}}Fallback"
"""The same again, for readers that do not know the first."""
_GONE: Final = frozenset(map(q, ("del", "moveFrom", "pPr", "rPr", "instrText", "delText")))
_SIGNS: Final = {q("tab"): "\t", q("ptab"): "\t", q("cr"): "\n", q("noBreakHyphen"): "-"}
_EMU: Final = 12_700
_DIGITS: Final = 10
"""Digits of a length that no page has."""
_PICTURES: Final = frozenset({"pic", "imagedata", "OLEObject", "chart"})
_LINES: Final = frozenset({"line", "straightConnector1"})
_NAMED: Final = {"red": "FF0000", "black": "000000", "#f00": "FF0000"}


@dataclass
class Pieces:
    """What was met: ``begins`` and ``ends`` say that a page break stands before the text, or after it.

    ``turned`` counts the pages Word last began in it, ``early`` whether it began one before the text; ``high`` is how
    high the highest picture in its lines is.
    """

    runs: list[Run] = field(default_factory=list)
    begins: bool = False
    ends: bool = False
    turned: int = 0
    early: bool = False
    pictures: int = 0
    high: float = 0.0
    hidden: int = 0
    drawn: list[Edge] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


def pieces(paragraph: Element, base: Look, looks: Looks) -> Pieces:
    """The pieces of a ``w:p`` whose runs look like ``base`` before they say anything of their own."""
    found = Pieces()
    _walk(paragraph, base, looks, found)
    found.runs = list(joined(found.runs))
    return found


def joined(runs: list[Run]) -> Iterator[Run]:
    """Neighbours that look alike as one run."""
    held: Run | None = None
    for run in runs:
        if held is not None and replace(held, text="") == replace(run, text=""):
            held = replace(held, text=held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def run_of(text: str, look: Look) -> Run:
    """A run as it looks."""
    return Run(
        text,
        look.get("east", ""),
        look.get("west", ""),
        look["size"],
        look.get("bold", False),
        look.get("italic", False),
        look.get("underline", False),
        look.get("colour", "000000"),
        look.get("scale", 100.0),
        look.get("spacing", 0.0),
        look.get("hint") == "eastAsia",
        look.get("grid", True),
    )


def _walk(parent: Element, base: Look, looks: Looks, found: Pieces) -> None:
    for node in parent:
        if node.tag == q("r"):
            _run(node, looks.run(base, node.find(q("rPr"))), found)
        elif isinstance(node.tag, str) and node.tag not in _GONE and node.tag != FALLBACK:
            _walk(node, base, looks, found)


def _run(node: Element, look: Look, found: Pieces) -> None:
    said: list[str] = []
    for child in node:
        if child.tag in _SIGNS:
            said.append(_SIGNS[child.tag])
        elif child.tag in _READ:
            said.append(_READ[child.tag](child, found, "".join(said)))
        elif isinstance(child.tag, str) and local(child) in _DRAWN:
            _picture(child, found)
    text = "".join(said)
    if text and look.get("hidden"):
        found.hidden += len(text)
    elif text:
        found.runs.append(run_of(text, look))
        found.ends = found.ends and not text.strip()


def _text(node: Element, _: Pieces, __: str) -> str:
    return str(node.text or "")


def _break(node: Element, found: Pieces, before: str) -> str:
    """A line break is a character; a page break says on which side of the text it stands."""
    if node.get(q("type")) != "page":
        return "\n"
    if before.strip() or any(run.text.strip() for run in found.runs):
        found.ends = True
    else:
        found.begins = True
    return ""


def _turn(_: Element, found: Pieces, before: str) -> str:
    """Where Word last began a page."""
    found.turned += 1
    found.early = found.early or not (found.runs or before)
    return ""


def _symbol(node: Element, _: Pieces, __: str) -> str:
    """The character of a symbol face; those of the private area are shown as a box, for nobody knows what they are."""
    code = int(node.get(q("char"), "25A1"), 16)
    return "□" if 0xE000 <= code <= 0xF8FF or code > 0x10FFFF else chr(code)


_READ: Final = {q("t"): _text, q("br"): _break, q("sym"): _symbol, q("lastRenderedPageBreak"): _turn}
_DRAWN: Final = frozenset({"drawing", "pict", "object", "AlternateContent"})


def _picture(node: Element, found: Pieces) -> None:
    """Pictures counted, lines measured, text boxes kept for later."""
    inside = [node]
    while inside:
        one = inside.pop(0)
        if not isinstance(one.tag, str) or one.tag == FALLBACK:
            continue
        if one.tag == q("txbxContent"):
            found.boxes.append(one)
            continue
        found.pictures += local(one) in _PICTURES
        if local(one) == "inline":
            found.high = max([found.high, *map(_high, one)])
        line = _line(one, node)
        found.drawn += [line] if line is not None else []
        inside[:0] = one


def _high(node: Element) -> float:
    """How high what stands in a line says that it is, in points; none where it says no sane figure."""
    said = node.get("cy", "") if isinstance(node.tag, str) and local(node) == "extent" else ""
    return int(said) / _EMU if said.isdecimal() and len(said) < _DIGITS else 0.0


def _line(node: Element, whole: Element) -> Edge | None:
    """A drawn straight line, of either language Word draws in."""
    if local(node) == "prstGeom" and node.get("prst") in _LINES:
        return _drawing_line(node.getparent(), whole)
    if local(node) == "line" and "vml" in node.tag:
        colour = node.get("strokecolor", "black").split(" ")[0].lower()
        ends = [_points(part) for key in ("from", "to") for part in node.get(key, "0,0").split(",")[:1]]
        code = _NAMED.get(colour, colour.lstrip("#").upper())
        return Edge("drawn", _points(node.get("strokeweight", "0.75pt")), code, length=abs(ends[1] - ends[0]) or None)
    return None


def _drawing_line(shape: Element, whole: Element) -> Edge:
    stroke = next((one for one in shape if local(one) == "ln"), None)
    width = 9_525 if stroke is None else float(stroke.get("w", "9525"))
    colours = [one.get("val", "") for one in (() if stroke is None else stroke.iter()) if local(one) == "srgbClr"]
    extent = next((one for one in shape.iter() if local(one) == "ext" and one.get("cx")), None)
    if extent is None:
        extent = next((one for one in whole.iter() if local(one) == "extent"), None)
    length = None if extent is None else float(extent.get("cx", "0")) / _EMU
    return Edge("drawn", width / _EMU, (colours or ["000000"])[0].upper(), length=length)


def _points(text: str) -> float:
    """A length of VML in points; bare figures are points where a line's ends are meant."""
    units = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "px": 0.75}
    unit = text.strip()[-2:]
    number = text.strip().removesuffix(unit) if unit in units else text.strip()
    return float(number or 0) * units.get(unit, 1.0)
