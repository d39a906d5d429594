"""The laid-out pages as SVG for a browser: the PDF's own lines, every stretch of them knowing the facts it states.

Nothing is laid out anew: the typesetter's pages are drawn character by character where it put them, in subsets of the
same faces. The text stays text: it can be selected, searched and read aloud. There is no style in it, so that a page
whose policy forbids inline style shows it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from notices.document import blocks as doc
from notices.document.mentions import merged
from notices.errors import ProblemsError
from notices.typeset.fonts import FontFace, FontSet, glyphs
from notices.typeset.model import Fragment, PlacedLine, PlacedPage, RuleLine
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
    """Pieces beside one another that state the same. ``first``: the mention begins here, so this takes the focus."""

    stated: Stated
    pieces: tuple[Piece, ...]
    first: bool
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
    """The pages, each a whole ``<svg>``, and the font files they are set in, by the family they are named by."""

    pages: tuple[str, ...]
    faces: Mapping[str, bytes]

    @property
    def mark(self) -> str:
        """Another one whenever a page or a face is another."""
        digest = hashlib.sha256("".join(self.pages).encode())
        for name in sorted(self.faces):
            digest.update(name.encode())
        return digest.hexdigest()[:16]


def pages(document: doc.Document, fonts: FontSet, paper: str = "") -> SvgPages:
    """A document's pages.

    Args:
        document: what to show, with its mentions.
        fonts: the faces to set it in.
        paper: the key of the paper itself, ``papers.notice``, which mark, number, title, addressees, signature, note
            and imprint are parts of.

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
    made = tuple(_page(number, sheet, families, stated, document.title) for number, sheet in enumerate(sheets, 1))
    return SvgPages(made, dict(sorted(faces.values())))


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


def _page(number: int, sheet: PlacedPage, families: Mapping[FontFace, str], stated: _Stated, title: str) -> str:
    lines = tuple(_line(number, place, line, families, stated) for place, line in enumerate(sheet.lines))
    return web.page("page.svg", sheet=sheet, lines=lines, number=number, title=title, many=" ".join, figure=_figure)


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
        stretches.append(Stretch(what, pieces, stated.begins(what), bars))
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


def _figure(number: float) -> str:
    """A number to a hundredth of a point."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


class _Stated:
    """What every character of a document's lines states."""

    def __init__(self, document: doc.Document, paper: str) -> None:
        self._document, self._paper = document, paper
        self._lines: dict[tuple[int, int], tuple[Stated, ...]] = {}
        self._begun: set[Stated] = set()

    def meet(self, sheets: Sequence[PlacedPage]) -> None:
        """Find it out, a text after the other, over all the pages it stands on."""
        places: dict[tuple[int, int], list[tuple[int, int, str]]] = defaultdict(list)
        for page, sheet in enumerate(sheets, 1):
            for number, line in enumerate(sheet.lines):
                if line.source is not None and line.source.cell is None:
                    places[line.source.block, line.source.text].append((page, number, line.text))
        for block, groups in groupby(sorted(places.items()), key=lambda each: each[0][0]):
            texts = [text for text in doc.texts_of(self._document.blocks[block]) if text]
            for (_, text), printed in groups:
                marks = self._told("".join(chars for _, _, chars in printed), texts, self._part(block, text))
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

    def begins(self, what: Stated) -> bool:
        """Whether this is the first stretch that states it."""
        if what is NOTHING or what in self._begun:
            return False
        self._begun.add(what)
        return True


def _of(span: doc.Span, otherwise: Stated) -> Stated:
    facts = [fact for fact in span.facts if fact.key]
    if not facts:
        return Stated(otherwise.keys, part=otherwise.part, pending=span.pending) if span.pending else otherwise
    inner = facts[-1]
    keys = tuple(dict.fromkeys(fact.key for fact in facts))
    return Stated(keys, inner.number, inner.words, pending=span.pending)
