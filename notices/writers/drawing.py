"""Placed text drawn into a PDF file with WeasyPrint, past its HTML, its style sheets and its layout.

What is used of WeasyPrint, and why another major version is refused:

- ``document.Document`` takes pages of any class with the fields of :class:`_Page` and writes the file: its metadata,
  outline and compression. It asks ``font_config`` for nothing but ``font_map``.
- ``pdf.stream.Stream``, a stream of pydyf, is handed to each page's ``paint``; its first operator has made y grow
  downwards. In the place of its list of operators it is given one that makes them when the file is written.
- ``pdf.fonts.build_fonts_dictionary`` describes every entry of ``Document.fonts`` from the fields of :class:`_Font`;
  text names a font by its ``hash``.
- ``text.ffi`` opens HarfBuzz (:mod:`notices.writers.subset`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import md5
from itertools import groupby
from types import SimpleNamespace
from typing import Any

import weasyprint
from weasyprint.document import Document as File
from weasyprint.pdf.metadata import DocumentMetadata

from notices.document import Document
from notices.errors import MissingPartError
from notices.fonts import FontFace, glyphs
from notices.typeset.model import Bar, Fragment, PlacedLine, Sheet
from notices.writers.subset import subset

_FITS = "70"
_PIXEL = 0.75
"""A CSS pixel in points: WeasyPrint measures pages in pixels."""
_MARKED = "#fff1a0"


def draw(document: Document, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a PDF file.

    Raises:
        MissingPartError: another version of WeasyPrint, or a face that cannot be embedded.
    """
    if weasyprint.__version__.partition(".")[0] != _FITS:
        found = weasyprint.__version__
        raise MissingPartError(
            f"WeasyPrint 是 {found}，需要 {_FITS}：pip install 'weasyprint>={_FITS},<{int(_FITS) + 1}'"
        )
    fonts = _Fonts()
    metadata = DocumentMetadata(
        title=document.title, authors=[document.author] if document.author else [], lang="zh-CN"
    )
    pages = []
    for number, sheet in enumerate(sheets):
        fonts.meet(sheet)
        pages.append(_Page(sheet, partial(sheets.__getitem__, number), fonts))
    fonts.embed()
    file = File(pages, metadata, None, SimpleNamespace(font_map=None), {}, None)
    file.fonts = {font.hash: font for font in fonts}
    content: bytes = file.write_pdf()
    return content


class _Font:
    """One face in the file, as WeasyPrint's font dictionary wants it described.

    A PDF font has one character for each of its glyphs. Where two characters share a glyph, the second is drawn from
    the same face under another ``alias``, so that both can be copied and searched.
    """

    bitmap = used_in_forms = False
    italic_angle = 0
    stemv = stemh = 80  # what WeasyPrint writes for any face
    flags = 4  # symbolic: not Adobe's Latin character set

    def __init__(self, face: FontFace, alias: int, chars: dict[int, str]) -> None:
        measures = glyphs(face)
        name = f"{face.path.stem}-{face.number}-{alias}"
        digest = md5(f"{name}{face.path.suffix}".encode(), usedforsecurity=False).digest()
        self.hash = "".join(chr(65 + byte % 26) for byte in digest[:6])
        self.name = b"/" + re.sub(rb"[^\w+.-]", lambda byte: b"#%02x" % byte[0][0], f"{self.hash}+{name}".encode())
        self.family = face.family
        self.ascent, self.descent = round(measures.ascent * 1000), -round(measures.descent * 1000)
        self.missing: dict[int, int] = {}
        self.file_content, places = subset(face, chars)
        self.type = "otf" if self.file_content[:4] == b"OTTO" else "ttf"
        self.to_unicode = {places[glyph]: chars[glyph] for glyph in sorted(chars, key=places.__getitem__)}
        self.codes = {char: f"{place:04x}" for place, char in self.to_unicode.items()}
        self.advances = {char: measures.advance(char) for char in self.codes}
        self.widths = {place: self.advances[char] * 1000 for place, char in self.to_unicode.items()}

    def clean(self, to_unicode: object, hinting: object) -> None:
        """WeasyPrint's call to cut the face down: it has been."""


@lru_cache(maxsize=16)
def _font(face: FontFace, alias: int, chars: tuple[tuple[int, str], ...]) -> _Font:
    """A face cut down to the characters of a document; headings and figures are the same in thousands."""
    return _Font(face, alias, dict(chars))


class _Fonts:
    """The fonts of one file, and which of them draws a character of a face."""

    def __init__(self) -> None:
        self._texts: dict[FontFace, dict[str, None]] = {}
        self._by_face: dict[FontFace, dict[str, _Font]] = {}

    def meet(self, sheet: Sheet) -> None:
        """Take in the characters of a page."""
        for fragment in (f for line in sheet.lines for f in line.fragments):
            self._texts.setdefault(fragment.face, {}).update(dict.fromkeys(fragment.text))

    def embed(self) -> None:
        """Make the fonts, once every page is known."""
        self._by_face = {face: self._embed(face, text) for face, text in self._texts.items()}

    @staticmethod
    def _embed(face: FontFace, text: dict[str, None]) -> dict[str, _Font]:
        chars: list[dict[int, str]] = []
        for char in text:
            glyph = glyphs(face).glyph(char)
            free = next((taken for taken in chars if glyph not in taken), None)
            if free is None:
                chars.append(free := {})
            free[glyph] = char
        fonts = [_font(face, number, tuple(taken.items())) for number, taken in enumerate(chars)]
        return {char: font for font in fonts for char in font.codes}

    def __iter__(self) -> Iterator[_Font]:
        return iter(dict.fromkeys(font for fonts in self._by_face.values() for font in fonts.values()))

    def runs(self, fragment: Fragment) -> Iterator[tuple[float, _Font, str]]:
        """A fragment in runs of one font: where each begins, its font, its text."""
        by_char = self._by_face[fragment.face]
        x = fragment.x
        used = {by_char[char] for char in fragment.text}
        if len(used) == 1:
            yield x, used.pop(), fragment.text
            return
        for font, chars in groupby(fragment.text, by_char.__getitem__):
            text = "".join(chars)
            yield x, font, text
            x += sum(font.advances[char] for char in text) * fragment.size + len(text) * fragment.spacing


class _Page:
    """A sheet, with the fields WeasyPrint asks of a page. The sheet itself is fetched ``again`` when it is written."""

    def __init__(self, sheet: Sheet, again: Callable[[], Sheet], fonts: _Fonts) -> None:
        self._again, self._fonts = again, fonts
        self.width, self.height = sheet.width / _PIXEL, sheet.height / _PIXEL
        self.bleed = dict.fromkeys(("top", "right", "bottom", "left"), 0)
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[None, list[Any]] = {None: []}
        self.bookmarks = [
            (line.bookmark.level, line.bookmark.label, _target(line), "open") for line in sheet.lines if line.bookmark
        ]

    def paint(self, stream: Any, scale: float) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Write the page's operators. The scale is that of pixels; a sheet is in points."""
        del scale
        stream.stream = _Content(tuple(stream.stream), self._again, self._fonts)


@dataclass(frozen=True, slots=True)
class _Content:
    """The operators of a page, made when the file is written and not before: pydyf joins whatever can be iterated."""

    first: tuple[Any, ...]
    sheet: Callable[[], Sheet]
    fonts: _Fonts

    def __iter__(self) -> Iterator[Any]:
        yield from self.first
        operators = "\n".join(_Operators(self.fonts).page(self.sheet()))
        if operators:
            yield operators.encode()  # one by one pydyf is slow


def _target(line: PlacedLine) -> tuple[float, float]:
    first = line.fragments[0]
    return first.x / _PIXEL, (line.baseline - 1.25 * first.size) / _PIXEL


class _Operators:
    """The operators of one page. Those that set what is set already are left out."""

    def __init__(self, fonts: _Fonts) -> None:
        self._fonts = fonts
        self._set: dict[str, str] = {}

    def page(self, sheet: Sheet) -> Iterator[str]:
        """Rules first, then line by line what is under the text and the text."""
        for bar in sheet.bars:
            yield from self._bar(bar)
        for line in sheet.lines:
            for bar in _highlights(line):
                yield from self._bar(bar)
            yield "BT"
            for fragment in line.fragments:
                yield from self._text(fragment, line.baseline, sheet.width if line.sideways else None)
            yield "ET"

    def _bar(self, bar: Bar) -> Iterator[str]:
        yield from self._change("rg", _colour(bar.colour))
        yield f"{_figures(bar.x, bar.y, bar.width, bar.height)} re f"

    def _text(self, fragment: Fragment, baseline: float, turned: float | None) -> Iterator[str]:
        """The text of a fragment; ``turned``, the width of a landscape sheet, turns it a quarter clockwise."""
        yield from self._change("rg", _colour(fragment.colour))
        yield from self._change("Tc", _figure(fragment.spacing))
        for x, font, text in self._fonts.runs(fragment):
            yield from self._change("Tf", f"/{font.hash} {_figure(fragment.size)}")
            if turned is None:
                yield f"1 0 0 -1 {_figure(x)} {_figure(baseline)} Tm"
            else:
                yield f"0 1 1 0 {_figure(turned - baseline)} {_figure(x)} Tm"
            yield f"<{''.join(map(font.codes.__getitem__, text))}> Tj"

    def _change(self, operator: str, operands: str) -> Iterator[str]:
        if self._set.get(operator) != operands:
            self._set[operator] = operands
            yield f"{operands} {operator}"


def _highlights(line: PlacedLine) -> Iterator[Bar]:
    """A rectangle under every marked stretch of a line."""
    stretch: list[Fragment] = []
    for fragment in (f for f in line.fragments if f.marked):
        if stretch and abs(stretch[-1].x + stretch[-1].advance - fragment.x) > 0.001:
            yield _highlight(stretch, line.baseline)
            stretch = []
        stretch.append(fragment)
    if stretch:
        yield _highlight(stretch, line.baseline)


def _highlight(stretch: list[Fragment], baseline: float) -> Bar:
    above = max(glyphs(fragment.face).ascent * fragment.size for fragment in stretch)
    below = max(glyphs(fragment.face).descent * fragment.size for fragment in stretch)
    start, last = stretch[0].x, stretch[-1]
    return Bar(start, baseline - above, last.x + last.advance - start, above + below, _MARKED)


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
