"""The laid-out pages as SVG for a browser: the PDF's own lines, every stretch of them knowing the facts it states.

Nothing is laid out anew: the typesetter's pages are drawn character by character where it put them, in subsets of the
same faces. The text stays text: it can be selected, searched and read aloud. There is no style in it, so that a page
whose policy forbids inline style shows it.

What a page of ours may count on, in ``templates/reports/page.svg.j2``:

- ``svg.paper[data-page]``: a page; its ``viewBox`` is the paper in points.
- ``g.fact[data-fact]``: characters of one line that state a fact, ``data-fact`` the innermost key, ``data-within`` the
  keys around it, the outermost first, a blank between them.
- ``g.open[data-pending]``: to be confirmed, and what it waits for; ``.fact`` too where it is a fact's.
- ``data-mention``: its stretches, over lines and pages, are one mention. The first of them alone is a button that takes
  the focus, named by the mention's words; others on its page are not read aloud again.
- ``data-part``: a part of the paper itself; ``data-fact`` is then the paper's key.
- ``rect.ground``: behind the characters of a fact, without colour and clickable; a style sheet may fill it.
- ``g.furniture``: page numbers and draft marks. ``image``: a picture, under ``pictures`` and its name.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from notices.document import blocks as doc
from notices.document.mentions import merged
from notices.document.placement import rows_of
from notices.errors import ProblemsError
from notices.typeset.fonts import FontFace, FontSet, glyphs
from notices.typeset.model import CellPlace, Fragment, PlacedFigure, PlacedLine, PlacedPage, RuleLine
from notices.typeset.pages import typeset
from notices.writers import web
from notices.writers.pdf import unprintable
from notices.writers.pdf_operators import highlights
from notices.writers.subset import web_font

_BLANKS = " \u3000"
_PARTS: Mapping[type[doc.Block], tuple[str, ...]] = {
    doc.Masthead: ("mark", "number"),
    doc.Title: ("title", "title"),
    doc.Salutation: ("addressees",),
    doc.Signature: ("issued",),
    doc.Note: ("disclosure",),
    doc.Imprint: ("imprint",),
}
"""What of a paper itself a block prints, by the number of its text; the last stands for all further ones."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a stretch of text states: keys of facts, the outermost first, and which mention of the innermost it is.

    ``words`` are those of the mention; ``part`` is given where it is a part of the paper itself; ``pending`` is what
    it waits for.
    """

    keys: tuple[str, ...] = ()
    mention: int = -1
    words: str = ""
    part: str = ""
    pending: str = ""

    @property
    def key(self) -> str:
        """The innermost fact."""
        return self.keys[-1] if self.keys else ""


NOTHING = Stated()


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one face, size and colour that state the same: ``xs`` is where each begins, in points."""

    text: str
    xs: tuple[float, ...]
    family: str
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces beside one another that state the same.

    ``first``: the mention begins here, so this takes the focus; ``said``: its name there has these words too.
    """

    stated: Stated
    pieces: tuple[Piece, ...]
    first: bool
    said: bool
    bars: tuple[RuleLine, ...] = ()
    """What a click may hit: a rectangle behind the characters, in points."""


@dataclass(frozen=True, slots=True)
class SvgLine:
    """A line: its baseline, its stretches, what is under it; ``furniture`` is no text of the document."""

    baseline: float
    stretches: tuple[Stretch, ...]
    under: tuple[RuleLine, ...]
    furniture: bool
    sideways: bool


@dataclass(frozen=True, slots=True)
class SvgPages:
    """The pages, each a whole ``<svg>``, the font files they are set in by family, the pictures on them by name.

    Families and names are made of the content: another content has another one.
    """

    pages: tuple[str, ...]
    faces: Mapping[str, bytes]
    figures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """Another one whenever a page or a face is another."""
        digest = hashlib.sha256("".join(self.pages).encode())
        for name in sorted(self.faces):
            digest.update(name.encode())
        return digest.hexdigest()[:16]


def pages(document: doc.Document, fonts: FontSet, paper: str = "", pictures: str = "") -> SvgPages:
    """A document's pages.

    Args:
        document: what to show, with its mentions.
        fonts: the faces to set it in.
        paper: the key of the paper itself, ``papers.notice``, which mark, number, title, addressees, signature, note
            and imprint are parts of.
        pictures: the address under which pictures are served by their names, ``/figures/``.

    Raises:
        ProblemsError: a character no face has. MissingPartError: a font file cannot be read or cut.
    """
    printed = merged(document)
    if problems := unprintable(printed, fonts):
        raise ProblemsError(problems)
    sheets = tuple(typeset(printed, fonts))
    faces = _faces(sheets)
    families = {face: family for face, (family, _) in faces.items()}
    stated = _Stated(document, paper)
    stated.meet(sheets)
    shown = [one for sheet in sheets for one in sheet.figures]
    named = {one.block: _Figure(one, f"{pictures}{_name(one)}", _alt(document.blocks[one.block])) for one in shown}
    made = tuple(
        _page(number, sheet, families, stated, (document.title, [named[one.block] for one in sheet.figures]))
        for number, sheet in enumerate(sheets, 1)
    )
    return SvgPages(made, dict(sorted(faces.values())), {_name(one): one.content for one in shown})


class _Figure(NamedTuple):
    """A picture on its page, its address, and what it shows."""

    placed: PlacedFigure
    address: str
    alt: str


def _name(figure: PlacedFigure) -> str:
    return f"p{hashlib.sha256(figure.content).hexdigest()[:12]}"


def _alt(block: doc.Block) -> str:
    return (block.alt if isinstance(block, doc.Figure) else "") or "图"


def _faces(sheets: Iterable[PlacedPage]) -> dict[FontFace, tuple[str, bytes]]:
    """Every face, cut down to its characters: the family it is known by, which changes when it does, and its file."""
    texts: dict[FontFace, set[str]] = defaultdict(set)
    for fragment in (one for sheet in sheets for line in sheet.lines for one in line.fragments):
        texts[fragment.face].update(fragment.text)
    found = {}
    for face, chars in texts.items():
        content = web_font(face, frozenset(chars))
        found[face] = (f"f{hashlib.sha256(content).hexdigest()[:12]}", content)
    return found


def _page(
    number: int,
    sheet: PlacedPage,
    families: Mapping[FontFace, str],
    stated: _Stated,
    told: tuple[str, Sequence[_Figure]],
) -> str:
    """A page; ``told`` is the document's title, and the pictures on it."""
    lines = tuple(_line(number, place, line, families, stated) for place, line in enumerate(sheet.lines))
    title, shown = told
    return web.page(
        "page.svg",
        sheet=sheet,
        lines=lines,
        number=number,
        title=title,
        shown=shown,
        many=" ".join,
        figure=web.hundredth,
    )


def _line(page: int, place: int, line: PlacedLine, families: Mapping[FontFace, str], stated: _Stated) -> SvgLine:
    chars = ((fragment, char, x) for fragment in line.fragments for char, x in _placed(fragment))
    told = zip(chars, stated.of(page, place, line), strict=True)
    stretches = []
    for what, some in groupby(told, key=lambda each: each[1]):
        held = [each[0] for each in some]
        pieces = tuple(
            _piece(fragment, list(same), families) for fragment, same in groupby(held, key=lambda each: each[0])
        )
        bars = (_behind(line, held),) if what is not NOTHING else ()
        stretches.append(Stretch(what, pieces, *stated.met(page, what), bars))
    return SvgLine(line.baseline, tuple(stretches), tuple(highlights(line)), line.furniture, line.sideways)


def _placed(fragment: Fragment) -> Iterator[tuple[str, float]]:
    """Every character of a fragment with where it begins."""
    measures, x = glyphs(fragment.face), fragment.x
    for char in fragment.text:
        yield char, x
        x += measures.advance(char) * fragment.size + fragment.spacing


def _piece(fragment: Fragment, chars: Sequence[tuple[Fragment, str, float]], families: Mapping[FontFace, str]) -> Piece:
    text, xs = "".join(char for _, char, _ in chars), tuple(x for _, _, x in chars)
    return Piece(text, xs, families[fragment.face], fragment.size, fragment.colour)


def _behind(line: PlacedLine, chars: Sequence[tuple[Fragment, str, float]]) -> RuleLine:
    """The room of characters on their line."""
    last, char, x = chars[-1]
    end = x + glyphs(last.face).advance(char) * last.size
    size = max(fragment.size for fragment, _, _ in chars)
    return RuleLine(chars[0][2], line.baseline - size, end - chars[0][2], 1.3 * size)


class _Stated:
    """What every character of a document's lines states."""

    def __init__(self, document: doc.Document, paper: str) -> None:
        self._document, self._paper = document, paper
        self._lines: dict[tuple[int, int], tuple[Stated, ...]] = {}
        self._begun: dict[tuple[int, str, str], int] = {}

    def meet(self, sheets: Sequence[PlacedPage]) -> None:
        """Find it out, a text after the other, over all the pages it stands on."""
        texts: dict[tuple[int, int], list[tuple[int, int, str]]] = defaultdict(list)
        cells: dict[tuple[int, CellPlace, int], list[tuple[int, int, str]]] = defaultdict(list)
        for page, sheet in enumerate(sheets, 1):
            for number, line in enumerate(sheet.lines):
                if line.source is None:
                    continue
                block, text, cell = line.source
                if cell is None:
                    texts[block, text].append((page, number, line.text))
                else:  # a head stands again on every page, whole
                    cells[block, cell, page if cell.head else 0].append((page, number, line.text))
        for block, groups in groupby(sorted(texts.items()), key=lambda each: each[0][0]):
            left = [text for text in doc.texts_of(self._document.blocks[block]) if text]
            for (_, text), printed in groups:
                self._mark(printed, left, self._part(block, text))
        told = {block: _cells(self._document.blocks[block]) for block, _, _ in cells}
        for (block, cell, _), printed in cells.items():
            self._mark(printed, list(told[block].get((cell.head, cell.row, cell.column), ())), NOTHING)

    def _mark(self, printed: Sequence[tuple[int, int, str]], texts: list[doc.Text], otherwise: Stated) -> None:
        """Some lines, each by page and number on it, that print some texts."""
        if not texts and otherwise is NOTHING:
            return
        marks = self._told("".join(chars for _, _, chars in printed), texts, otherwise)
        for page, number, chars in printed:
            self._lines[page, number] = tuple(marks[: len(chars)])
            del marks[: len(chars)]

    def _part(self, block: int, text: int) -> Stated:
        """What a text states as far as no fact is named in it."""
        parts = _PARTS.get(type(self._document.blocks[block]), ()) if self._paper else ()
        if not parts:
            return NOTHING
        return Stated((self._paper,), part=parts[min(text, len(parts) - 1)])

    @staticmethod
    def _told(printed: str, texts: list[doc.Text], otherwise: Stated) -> list[Stated]:
        """What each printed character states; texts that were found are taken off the list.

        A line may print several texts, and words of its own around them.
        """
        marks = [otherwise] * len(printed)
        inked = [n for n, char in enumerate(printed) if char not in _BLANKS]
        bare, at = "".join(printed[n] for n in inked), 0
        while texts:
            told = [(char, span) for span in texts[0] for char in span.text if char not in _BLANKS]
            start = bare.find("".join(char for char, _ in told), at)
            if start < 0 or not told:
                break
            for n, (_, span) in zip(inked[start:], told, strict=False):
                marks[n] = _of(span, otherwise)
            at = start + len(told)
            del texts[0]
        for n in range(1, len(marks) - 1):  # a blank between words of one fact is its own
            if printed[n] in _BLANKS and marks[n - 1] == marks[n + 1]:
                marks[n] = marks[n - 1]
        return marks

    def of(self, page: int, number: int, line: PlacedLine) -> tuple[Stated, ...]:
        """What each character of a line states."""
        return self._lines.get((page, number)) or (NOTHING,) * len(line.text)

    def met(self, page: int, what: Stated) -> tuple[bool, bool]:
        """Whether this is the first stretch of a mention, and whether the first, on this page, said these words."""
        if what is NOTHING:
            return False, False
        name = (what.mention, what.key, what.part)
        first = name not in self._begun
        begun = self._begun.setdefault(name, page)
        return first, not first and bool(what.words) and begun == page


def _of(span: doc.Span, otherwise: Stated) -> Stated:
    facts = [fact for fact in span.facts if fact.key]
    if not facts:
        return Stated(otherwise.keys, part=otherwise.part, pending=span.pending) if span.pending else otherwise
    inner = facts[-1]
    keys = tuple(dict.fromkeys(fact.key for fact in facts))
    return Stated(keys, inner.number, inner.words, pending=span.pending)


def _cells(block: doc.Block) -> dict[tuple[bool, int, int], tuple[doc.Text, ...]]:
    """The texts of a table's cells that state or await something; by head, row and column."""
    if not isinstance(block, doc.Table):
        return {}
    return {
        (rows is block.head, placed.row, placed.column): placed.cell.lines
        for rows in (block.head, block.rows)
        for number, (_, here) in enumerate(rows_of(rows, len(block.widths)))
        for placed in here
        if placed.row == number and any(span.facts or span.pending for line in placed.cell.lines for span in line)
    }
