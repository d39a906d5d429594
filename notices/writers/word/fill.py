"""Texts into a base document, past the template engine.

docxtpl rewrites what passes through it: ``{_{`` becomes ``{{``, a control character vanishes. So it is given *slots*,
short marks in the private use area that it has no rule for, and the real texts replace the slots afterwards, in the
XML tree. No character of a document is ever seen by docxtpl or Jinja.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from notices.document.blocks import Span, Text
from notices.errors import Problem, ProblemsError
from notices.ooxml.xml import Element, local, parse, q, run, serialise, text_parts, w
from notices.writers.word.body import FACE_STYLES, cells

_SLOT = re.compile("\ue000(\\d+)\ue001")
_BODY = "\ue000\ue001"
BODY = Markup(f"<w:p><w:r><w:t>{_BODY}</w:t></w:r></w:p>")  # noqa: S704 - a constant
"""What the tag ``{{p body }}`` puts in: a paragraph that :meth:`Slots.fill` replaces."""

TEXT_WIDTH = 8844
"""Width of the text area, 156 mm, in twips."""
MARK_WIDTH = 8504
"""Widest line of the issuer mark, 150 mm, in twips."""
_MARK_STYLE = "发文机关标志"


class Slots:
    """Marks handed to the template engine and the texts they stand for."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, Text]] = []

    def keep(self, tag: str, text: str | Text) -> str:
        """A slot for ``text``; ``""`` for an empty one, so that a base can ask ``if``. ``tag`` names it to people."""
        if not text:
            return ""
        self._texts.append((tag, (Span(text),) if isinstance(text, str) else text))
        return f"\ue000{len(self._texts) - 1}\ue001"

    def fill(self, parts: Mapping[str, bytes], flow: Sequence[Element], styles: Mapping[str, str]) -> dict[str, bytes]:
        """All text parts with texts for slots and ``flow`` for the body.

        Raises:
            ProblemsError: the base lost a text, or has not exactly one place for the body.
        """
        done, filled, bodies = set[int](), dict[str, bytes](), 0
        for name in text_parts(parts):
            root = parse(parts[name])
            # All places are found before any is filled: a text may look like a slot.
            places, slots = _body_places(root), [leaf for leaf in root.iter(q("t")) if _SLOT.search(leaf.text or "")]
            for leaf in slots:
                done |= self._fill_run(leaf, styles)
            for place in places:
                _replace(place, flow)
            bodies += len(places)
            filled[name] = serialise(root)
        lost = {tag for number, (tag, _) in enumerate(self._texts) if number not in done}
        problems = [f"底稿里没有（或没有放在正文文字里）标签 {{{{ {tag} }}}}，这部分文字会丢" for tag in sorted(lost)]
        if bodies != 1:
            problems.append("底稿里要有且只有一处 {{p body }}，单独成一个段落")
        if problems:
            raise ProblemsError([Problem("Word 底稿", 0, 0, "", message) for message in problems])
        return filled

    def _fill_run(self, leaf: Element, styles: Mapping[str, str]) -> set[int]:
        """Split the run around ``leaf`` into runs of the same look, one a span; gives the slots it met."""
        parent, properties = leaf.getparent(), leaf.getparent().find(q("rPr"))
        pieces: list[Span] = []
        met = set[int]()
        for number, piece in enumerate(_SLOT.split(leaf.text)):
            if number % 2:
                met.add(int(piece))
                pieces.extend(self._texts[int(piece)][1])
            elif piece:
                pieces.append(Span(piece))
        for sibling in reversed(list(leaf.itersiblings())):
            parent.addnext(w("r", *([copy.deepcopy(properties)] if properties is not None else []), sibling))
        for span in reversed(pieces):
            parent.addnext(_like(properties, span, styles))
        parent.remove(leaf)
        if all(local(child) == "rPr" for child in parent):
            parent.getparent().remove(parent)
        return met


def _like(properties: Element | None, span: Span, styles: Mapping[str, str]) -> Element:
    """A run that looks like ``properties``, or like the face's character style when the face is not the body's."""
    if (name := FACE_STYLES.get(span.face)) is None:
        return run(span.text, properties)
    kept = [] if properties is None else [child for child in properties if local(child) != "rStyle"]
    return run(span.text, w("rPr", w("rStyle", val=styles[name]), *map(copy.deepcopy, kept)))


def _body_places(root: Element) -> list[Element]:
    """The paragraphs that stand for the body."""
    leaves = [leaf for leaf in root.iter(q("t")) if leaf.text == _BODY]
    paragraphs = [leaf.getparent().getparent() for leaf in leaves]
    return [one for one in paragraphs if local(one.getparent()) in ("body", "sdtContent")]


def _replace(paragraph: Element, flow: Sequence[Element]) -> None:
    for element in flow:
        paragraph.addprevious(element)
    paragraph.getparent().remove(paragraph)


def style_ids(styles: Element) -> dict[str, str]:
    """Style ids by the names Word shows, Word's own and an office's beside it, from the root of the styles part."""
    return {
        name: style.get(q("styleId"))
        for style in styles.iter(q("style"))
        for given in (*style.iter(q("name")), *style.iter(q("aliases")))
        for name in given.get(q("val")).split(",")
    }


def fit_mark(styles: Element, lines: Sequence[str]) -> None:
    """Make the issuer mark as large as its longest line allows, never larger than its style in the base says.

    The characters' upper edge and the rule under them stay where the base put them: with a line of 1.2 times the
    size the ink stands 0.14 sizes off both its edges, and what the smaller line loses is given back.

    Args:
        styles: root of the styles part, changed in place.
        lines: the lines of the mark.
    """
    style = next((one for one in _paragraph_styles(styles) if one.find(q("name")).get(q("val")) == _MARK_STYLE), None)
    sizes = [] if style is None else list(style.iter(q("sz"), q("szCs")))
    if style is None or not sizes or not lines:
        return
    largest = int(sizes[0].get(q("val")))
    size = min(largest, int(MARK_WIDTH / 10 / max(map(cells, lines))))  # w:sz counts half points, ten twips
    for element in sizes:
        element.set(q("val"), str(size))
    for spacing in style.iterfind(f"{q('pPr')}/{q('spacing')}"):  # of the lines; the characters have their own
        spacing.set(q("line"), str(12 * size))
        spacing.set(q("before"), str(int(spacing.get(q("before"), "0")) + round(1.4 * (largest - size))))
    _level(style, size, lines)
    for rule in style.iter(q("bottom")):
        rule.set(q("space"), str(min(31, int(rule.get(q("space"), "0")) + round(0.07 * (largest - size)))))


_SPARE = 40
"""What a spread line has over at either side, so that no rounding breaks its last character off: 0.7 mm."""


def _level(style: Element, size: int, lines: Sequence[str]) -> None:
    """Lines of unequal length are spread to the longest one's width, as an office sets a mark of two lines."""
    widest = max(map(cells, lines))
    if widest == min(map(cells, lines)):
        return
    margin = str(max(0, round((TEXT_WIDTH - 10 * size * widest) / 2) - _SPARE))
    for jc in style.iter(q("jc")):
        jc.set(q("val"), "distribute")
        for ind in list(jc.getparent().iter(q("ind"))):
            ind.getparent().remove(ind)
        jc.getparent().find(q("spacing")).addnext(w("ind", left=margin, right=margin, firstLine=0))


def _paragraph_styles(styles: Element) -> Iterator[Element]:
    return (style for style in styles.iter(q("style")) if style.get(q("type")) == "paragraph")
