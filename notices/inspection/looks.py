"""What paragraphs and runs of a Word file really look like: defaults, inherited styles, theme faces, own properties.

Properties are gathered level by level into plain mappings, a later level over an earlier one, as Word does it:
document defaults, the paragraph's style and all it is based on, its list's level, its own; then for a run the style of
characters and its own. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

from notices.inspection.model import Edge
from notices.ooxml.package import Package
from notices.ooxml.xml import Element, local, q

Look: TypeAlias = dict[str, Any]
"""Properties by a short name; a missing one is not said at that level."""

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TOGGLES: Final = {"b": "bold", "i": "italic", "vanish": "hidden", "caps": "caps"}
_OFF: Final = frozenset({"0", "false", "off", "none"})
_ALIGN: Final = {name: name for name in ("left", "center", "right", "both", "distribute")} | {
    "start": "left",
    "end": "right",
    "thaiDistribute": "distribute",
}
_SIDES: Final[dict[str, Literal["top", "bottom", "left", "right"]]] = {
    "top": "top",
    "bottom": "bottom",
    "left": "left",
    "right": "right",
}
_SWITCHES: Final = frozenset(
    {"pageBreakBefore", "snapToGrid", "contextualSpacing", "keepNext", "autoSpaceDE", "autoSpaceDN"}
)
_LINE_RULE: Final = {"exact": "exact", "atLeast": "least"}
_CHARS: Final = {"firstLineChars": "first_chars", "leftChars": "left_chars", "rightChars": "right_chars"}
_LARGEST: Final = 1_000_000
_DEFAULT_SIZE: Final = 10.0
"""Points, where no level says anything (ISO/IEC 29500-1, 17.3.2.38)."""


class Looks:
    """The styles of one file, each resolved once."""

    def __init__(self, package: Package) -> None:
        root = package.xml(package.related("styles"))
        self._faces = _theme(package.xml(package.related("theme")))
        nodes = [] if root is None else root.findall(q("style"))
        self.styles: dict[str, Element] = {node.get(q("styleId"), ""): node for node in nodes}
        self._plain = {
            node.get(q("type"), "paragraph"): node.get(q("styleId"), "") for node in nodes if on(node, "default")
        }
        self._found: dict[str, tuple[Look, Look]] = {}
        defaults = None if root is None else root.find(q("docDefaults"))
        under = {} if defaults is None else {local(node): node for node in defaults.iter(q("pPr"), q("rPr"))}
        self._paragraph = paragraph_look(under.get("pPr"))
        self._run: Look = {"size": _DEFAULT_SIZE} | self.run_look(under.get("rPr"))

    def name(self, style: str) -> str:
        """A style's name; that of the style paragraphs have by default where none is named."""
        node = self.styles.get(style or self._plain.get("paragraph", ""))
        aliases, name = ("", "") if node is None else (val(node, "aliases"), val(node, "name"))
        return aliases or name or style

    def paragraph(self, properties: Element | None, level: Element | None, table: str = "") -> tuple[Look, Look]:
        """How a paragraph is set, and what its runs look like before they say anything of their own.

        Args:
            properties: its ``w:pPr``.
            level: the ``w:lvl`` of the list it belongs to.
            table: the style of the table it stands in.
        """
        named = val(properties, "pStyle")
        own = self.style(named if named in self.styles else self._plain.get("paragraph", ""))
        around = self.style(table) if table else ({}, {})
        listed = paragraph_look(None if level is None else level.find(q("pPr")))
        said = paragraph_look(properties)
        return over(self._paragraph, around[0], own[0], listed, said), over(self._run, around[1], own[1])

    def run(self, base: Look, properties: Element | None) -> Look:
        """What a run looks like in a paragraph whose runs look like ``base``."""
        if properties is None:
            return base
        styled = self.style(val(properties, "rStyle"))[1]
        both = {key: value != base.get(key, False) for key, value in styled.items() if key in _TOGGLES.values()}
        return over(base, styled | both, self.run_look(properties))

    def style(self, identity: str) -> tuple[Look, Look]:
        """What a style says of paragraphs and of runs, with all it is based on."""
        if identity not in self._found:
            chain: list[Element] = []
            at = identity
            while (node := self.styles.get(at)) is not None and node not in chain:
                chain.insert(0, node)
                at = val(node, "basedOn")
            paragraphs = [paragraph_look(node.find(q("pPr"))) for node in chain]
            runs = [self.run_look(node.find(q("rPr"))) for node in chain]
            self._found[identity] = over(*paragraphs), over(*runs)
        return self._found[identity]

    def run_look(self, properties: Element | None) -> Look:
        """What one ``w:rPr`` says."""
        look: Look = {}
        for node in () if properties is None else properties:
            if not isinstance(node.tag, str):
                continue
            tag, said = local(node), node.get(q("val"), "")
            if tag in _TOGGLES:
                look[_TOGGLES[tag]] = said not in _OFF
            elif tag == "snapToGrid":
                look["grid"] = said not in _OFF
            elif tag == "u":
                look["underline"] = said not in _OFF
            elif tag == "rFonts":
                look |= self._named(node)
            elif tag == "color":
                look["colour"] = "000000" if said in {"auto", ""} else said.upper()
            elif tag in {"sz", "spacing", "w"} and (size := number(said)) is not None:
                name, unit = {"sz": ("size", 2), "spacing": ("spacing", 20), "w": ("scale", 1)}[tag]
                look[name] = size / unit
        return look

    def _named(self, fonts: Element) -> Look:
        """The faces one ``w:rFonts`` names: a theme's before one by name, as Word takes them."""
        look: Look = {}
        for name, attribute in (("east", "eastAsia"), ("west", "ascii")):
            theme = fonts.get(q(f"{attribute}Theme"))
            face = self._faces.get(theme, "") if theme else fonts.get(q(attribute), "")
            if face:
                look[name] = face
        if hint := fonts.get(q("hint")):
            look["hint"] = hint
        return look


def over(*levels: Mapping[str, Any]) -> Look:
    """Levels of properties as one, the later ones winning; of borders each side by itself."""
    look: Look = {}
    for level in levels:
        edges = look.get("edges", {}) | level.get("edges", {})
        look |= level
        look |= {"edges": edges} if edges else {}
    return look


def paragraph_look(properties: Element | None) -> Look:
    """What one ``w:pPr`` says."""
    look: Look = {}
    for node in () if properties is None else properties:
        tag = local(node) if isinstance(node.tag, str) else ""
        if tag == "jc":
            look["align"] = _ALIGN.get(node.get(q("val"), ""), "left")
        elif tag == "spacing":
            look |= _spacing(node)
        elif tag == "ind":
            look |= _indent(node)
        elif tag == "outlineLvl":
            look["outline"] = number(node.get(q("val"), ""))
        elif tag in _SWITCHES:
            look[tag] = node.get(q("val"), "") not in _OFF
        elif tag == "pBdr":
            look["edges"] = {edge.side: edge for edge in map(edge_of, node) if edge is not None}
    return look


def edge_of(node: Element) -> Edge | None:
    """A border as Word states it, in eighths of a point; None for a side no line of text has."""
    side = _SIDES.get(local(node))
    if side is None:
        return None
    kind = node.get(q("val"), "")
    colour = node.get(q("color"), "auto")
    return Edge(
        side,
        0.0 if kind in {"none", "nil"} else (number(node.get(q("sz"), "")) or 0.0) / 8,
        "000000" if colour == "auto" else colour.upper(),
        kind,
        number(node.get(q("space"), "")) or 0.0,
    )


def _spacing(node: Element) -> Look:
    look: Look = {}
    for side in ("before", "after"):
        if (lines := number(node.get(q(f"{side}Lines"), ""))) is not None:
            look[f"{side}_lines"] = lines / 100
        if (twips := number(node.get(q(side), ""))) is not None:
            look[side] = twips / 20
        if (automatic := node.get(q(f"{side}Autospacing"))) is not None:
            look[f"{side}_auto"] = automatic not in _OFF
    if (line := number(node.get(q("line"), ""))) is not None:
        rule = _LINE_RULE.get(node.get(q("lineRule"), ""), "times")
        look |= {"line": line / (240 if rule == "times" else 20), "rule": rule}
    return look


def _indent(node: Element) -> Look:
    """Indents, in characters (``first_chars``) and in points; a hanging one is negative."""
    look: Look = {}
    for attribute, name in _CHARS.items():
        said = node.get(q(attribute)) or node.get(q(attribute.replace("left", "start").replace("right", "end")))
        if (hundredths := number(said or "")) is not None:
            look[name] = hundredths / 100
    for names, name in ((("left", "start"), "left"), (("right", "end"), "right"), (("firstLine",), "first")):
        said = next((node.get(q(one)) for one in names if node.get(q(one))), "")
        if (twips := number(said)) is not None:
            look[name] = twips / 20
    if (twips := number(node.get(q("hanging"), ""))) is not None:
        look["first"] = -twips / 20
    if (hundredths := number(node.get(q("hangingChars"), ""))) is not None and hundredths:
        look["first_chars"] = -hundredths / 100
    return look


def _theme(root: Element | None) -> dict[str, str]:
    """The faces a theme's names stand for: of Chinese where it has none of its own, that of the script."""
    faces: dict[str, str] = {}
    for fonts in () if root is None else root.iter(f"{_A}majorFont", f"{_A}minorFont"):
        sort = local(fonts).removesuffix("Font")
        for kind, names in (("ea", ("EastAsia",)), ("latin", ("Ascii", "HAnsi"))):
            node = fonts.find(f"{_A}{kind}")
            face = "" if node is None else node.get("typeface", "")
            if kind == "ea" and not face:
                scripts = {one.get("script"): one.get("typeface", "") for one in fonts.iter(f"{_A}font")}
                face = scripts.get("Hans", "")
            faces |= {sort + name: face for name in names}
    return faces


def val(element: Element | None, name: str) -> str:
    """The value of a child; empty where there is none."""
    node = None if element is None else element.find(q(name))
    return "" if node is None else str(node.get(q("val"), ""))


def on(element: Element, attribute: str) -> bool:
    """Whether an attribute switches something on."""
    return element.get(q(attribute), "0") not in _OFF


def flag(element: Element | None, name: str) -> bool:
    """Whether a child switches something on."""
    node = None if element is None else element.find(q(name))
    return node is not None and node.get(q("val"), "1") not in _OFF


def number(text: str) -> float | None:
    """A measure of a file; None for what is none: it need not be a number, nor a sane one."""
    try:
        found = float(text.removesuffix("pt").removesuffix("%")) * (20 if text.endswith("pt") else 1)
    except ValueError:
        return None
    return found if abs(found) < _LARGEST else None
