"""Placed text as the operators of a PDF page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from notices.typeset.fonts import glyphs
from notices.typeset.model import Fragment, PlacedFigure, PlacedLine, PlacedPage, RuleLine
from notices.writers.pdf_fonts import Fonts
from notices.writers.pdf_structure import END, RULES

Stretch: TypeAlias = tuple[str, Sequence[PlacedLine]]

_MARKED = "#fff1a0"


def operators(
    sheet: PlacedPage, stretches: Iterable[Stretch], fonts: Fonts, shown: Iterable[tuple[str, str, PlacedFigure]] = ()
) -> bytes:
    """A sheet's operators, in a space whose y grows downwards from the paper's upper edge, as the sheet's does.

    ``stretches`` are all its lines, each stretch with the operator that says what it is; ``shown`` its pictures, each
    with that operator and its name among the resources.
    """
    lines = _Operators(fonts).page(sheet, stretches)
    drawn = (line for begin, name, figure in shown for line in (begin, *_drawn(name, figure), END))
    return "\n".join((f"1 0 0 -1 0 {_figure(sheet.height)} cm", *lines, *drawn)).encode()


def _drawn(name: str, figure: PlacedFigure) -> Iterator[str]:
    """A picture, which PDF draws upwards from its lower left corner."""
    placed = _figures(figure.width, 0, 0, -figure.height, figure.x, figure.y + figure.height)
    yield from ("q", f"{placed} cm", f"/{name} Do", "Q")


class _Operators:
    """The operators of one page. Those that set what is set already are left out."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._set: dict[str, str] = {}

    def page(self, sheet: PlacedPage, stretches: Iterable[Stretch]) -> Iterator[str]:
        """Rules first, then line by line what is under the text and the text."""
        if sheet.bars:
            yield RULES
            for bar in sheet.bars:
                yield from self._bar(bar)
            yield END
        for begin, lines in stretches:
            yield begin
            for line in lines:
                yield from self._line(line, sheet)
            yield END

    def _line(self, line: PlacedLine, sheet: PlacedPage) -> Iterator[str]:
        for bar in highlights(line):
            yield from self._bar(bar)
        yield "BT"
        for fragment in line.fragments:
            yield from self._text(fragment, line.baseline, sheet.width if line.sideways else None)
        yield "ET"

    def _bar(self, bar: RuleLine) -> Iterator[str]:
        yield from self._change("rg", _colour(bar.colour))
        yield f"{_figures(bar.x, bar.y, bar.width, bar.height)} re f"

    def _text(self, fragment: Fragment, baseline: float, turned: float | None) -> Iterator[str]:
        """The text of a fragment; ``turned``, the width of a landscape sheet, turns it a quarter clockwise."""
        yield from self._change("rg", _colour(fragment.colour))
        yield from self._change("Tc", _figure(fragment.spacing))
        for x, font, text in self._fonts.runs(fragment):
            yield from self._change("Tf", f"/{font.tag} {_figure(fragment.size)}")
            if turned is None:
                yield f"1 0 0 -1 {_figure(x)} {_figure(baseline)} Tm"
            else:
                yield f"0 1 1 0 {_figure(turned - baseline)} {_figure(x)} Tm"
            yield f"<{''.join(map(font.codes.__getitem__, text))}> Tj"

    def _change(self, operator: str, operands: str) -> Iterator[str]:
        if self._set.get(operator) != operands:
            self._set[operator] = operands
            yield f"{operands} {operator}"


def highlights(line: PlacedLine) -> Iterator[RuleLine]:
    """A rectangle under every marked stretch of a line."""
    stretch: list[Fragment] = []
    for fragment in (f for f in line.fragments if f.marked):
        if stretch and abs(stretch[-1].x + stretch[-1].advance - fragment.x) > 0.001:
            yield _highlight(stretch, line.baseline)
            stretch = []
        stretch.append(fragment)
    if stretch:
        yield _highlight(stretch, line.baseline)


def _highlight(stretch: list[Fragment], baseline: float) -> RuleLine:
    above = max(glyphs(fragment.face).ascent * fragment.size for fragment in stretch)
    below = max(glyphs(fragment.face).descent * fragment.size for fragment in stretch)
    start, last = stretch[0].x, stretch[-1]
    return RuleLine(start, baseline - above, last.x + last.advance - start, above + below, _MARKED)


@lru_cache(maxsize=64)
def _colour(colour: str) -> str:
    """``#rgb`` or ``#rrggbb`` as operands."""
    digits = colour.removeprefix("#")
    size = len(digits) // 3
    return _figures(*(int(digits[n : n + size], 16) / (16**size - 1) for n in range(0, 3 * size, size)))


def _figures(*numbers: float) -> str:
    """Numbers as PDF writes them: no exponents, to a ten-thousandth of a point."""
    return " ".join(map(_figure, numbers))


@lru_cache(maxsize=65_536)
def _figure(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")
