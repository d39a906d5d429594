"""Sheets as HTML for a drawing engine: an element for each line, with one more for every further run in it.

Drawing an element costs far more than setting a line, so there are as few as exact places allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import NamedTuple

from notices.document import Document
from notices.fonts import FontFace, glyphs
from notices.typeset.model import Bar, Fragment, PlacedLine, Sheet
from notices.typeset.page import BLACK

_HALF_LINE = 20.0
"""Half the line height of a placed line, in points; any figure does, as lines do not push one another."""

_SHEET = f"""
@page {{ size: 210mm 297mm; margin: 0 }}
html {{ font-kerning: none; font-variant-ligatures: none;
  font-feature-settings: "ccmp" 0, "locl" 0, "rlig" 0, "calt" 0, "mark" 0, "mkmk" 0 }}
body {{ margin: 0 }}
section {{ position: relative; width: 210mm; height: 297mm; overflow: hidden }}
section + section {{ break-before: page }}
p {{ position: absolute; margin: 0; width: 1px; white-space: pre; line-height: {2 * _HALF_LINE}pt }}
p, b {{ font-weight: 400 }}
b {{ line-height: 0 }}
i {{ position: absolute }}
.marked {{ background: #fff1a0 }}
"""
"""Not a template: nothing here is laid out, every line and rule says where it stands."""

CSS = _SHEET + "".join(f".b{n} {{ bookmark-level: {n}; bookmark-label: attr(data-label) }}\n" for n in range(1, 6))


class Family(NamedTuple):
    """A face under one name. ``ascii`` limits it to ASCII, so that it can share an element with a Chinese face."""

    face: FontFace
    ascii: bool
    alias: int

    @property
    def name(self) -> str:
        """The same in every process, so that equal documents give equal files."""
        return f"{self.face.path.stem}-{self.face.number}-{'a' if self.ascii else 'u'}{self.alias}"


@dataclass(slots=True)
class _Run:
    """Text of one element: of one face, or of an ASCII face and another."""

    x: float
    text: str
    families: tuple[Family, ...]
    advance: float
    size: float
    spacing: float
    marked: bool
    colour: str

    def join(self, other: _Run) -> bool:
        """Take in a run that follows at once with the same spacing, if its face can be told from this one's."""
        families = sorted({*self.families, *other.families}, key=lambda family: not family.ascii)
        fits = len(families) == 1 or (len(families) == 2 and [family.ascii for family in families] == [True, False])
        if (
            not fits
            or (len(families) == 2 and any(family.alias for family in families))
            or abs(self.x + self.advance - other.x) > 1e-6
            or (self.marked, self.colour, self.size) != (other.marked, other.colour, other.size)
            or abs(self.spacing - other.spacing) > 1e-9
        ):
            return False
        self.text += other.text
        self.advance += other.advance
        self.families = tuple(families)
        return True


class Markup:
    """Sheets as HTML: an element for each line, with one more for every further run in it."""

    def __init__(self, latin: FontFace) -> None:
        self._latin = latin
        self._owner: dict[tuple[FontFace, bool, int, int], str] = {}
        self._classes: dict[tuple[Family, ...], str] = {}

    def html(self, document: Document, sheets: tuple[Sheet, ...]) -> str:
        """The whole page."""
        body = "".join(self._sheet(sheet) for sheet in sheets)
        author = f'<meta name="author" content="{escape(document.author)}">' if document.author else ""
        head = f'<meta charset="utf-8"><title>{escape(document.title)}</title>{author}'
        return f'<!DOCTYPE html><html lang="zh-CN"><head>{head}</head><body>{body}</body></html>'

    def _sheet(self, sheet: Sheet) -> str:
        parts = (*map(_bar, sheet.bars), *map(self._line, sheet.lines))
        return f"<section>{''.join(parts)}</section>"

    def _line(self, line: PlacedLine) -> str:
        runs = list(self._runs(line.fragments))
        first = runs[0]
        # The line's height comes from one face alone: where faces meet, Pango moves the baseline by rules of its own.
        plain = first.families[-1:]
        face = glyphs(plain[0].face)
        top = line.baseline - _HALF_LINE - (face.ascent - face.descent) / 2 * first.size
        style = f"left:{first.x:.3f}pt;top:{top:.3f}pt;font-size:{first.size:.3f}pt"
        if first.spacing:
            style += f";letter-spacing:{first.spacing:.4f}pt"
        if first.colour != BLACK:
            style += f";color:{first.colour}"
        names = self._class(plain)
        label = ""
        if line.bookmark is not None:
            names += f" b{line.bookmark.level}"
            label = f' data-label="{escape(line.bookmark.label)}"'
        return f'<p class="{names}" style="{style}"{label}>{"".join(self._inline(runs))}</p>'

    def _inline(self, runs: list[_Run]) -> Iterator[str]:
        """The first run, if of one face, is the line's own text; every other one is an element."""
        x = runs[0].x
        for n, run in enumerate(runs):
            text = escape(run.text, quote=False)
            if n == 0 and not run.marked and len(run.families) == 1:
                yield text
            else:
                style = f"letter-spacing:{run.spacing:.4f}pt"
                if abs(run.x - x) > 0.0005:
                    style += f";margin-left:{run.x - x:.4f}pt"
                name = self._class(run.families) + (" marked" if run.marked else "")
                yield f'<b class="{name}" style="{style}">{text}</b>'
            x = run.x + run.advance

    def _runs(self, fragments: tuple[Fragment, ...]) -> Iterator[_Run]:
        """Fragments as runs: cut where a face needs an alias, joined where one element can hold them."""
        last: _Run | None = None
        for fragment in fragments:
            for run in self._cut(fragment):
                if last is None:
                    last = run
                elif not last.join(run):
                    yield last
                    last = run
        if last is not None:
            yield last

    def _cut(self, fragment: Fragment) -> Iterator[_Run]:
        """A fragment in runs of one alias.

        A PDF font has one character for each of its glyphs. Where two characters share a glyph, the second is set in
        the same face under another name, so that both can be copied and searched.
        """
        ascii_only = fragment.face == self._latin and fragment.text.isascii()
        measures = glyphs(fragment.face)
        x = fragment.x
        for alias, chars in groupby(fragment.text, lambda char: self._alias(fragment.face, ascii_only, char)):
            text = "".join(chars)
            advance = fragment.advance
            if len(text) != len(fragment.text):
                advance = sum(measures.advance(char) for char in text) * fragment.size + len(text) * fragment.spacing
            family = Family(fragment.face, ascii_only, alias)
            yield _Run(x, text, (family,), advance, fragment.size, fragment.spacing, fragment.marked, fragment.colour)
            x += advance

    def _alias(self, face: FontFace, ascii_only: bool, char: str) -> int:  # noqa: FBT001 - a key, not an option
        glyph, alias = glyphs(face).glyph(char), 0
        while self._owner.setdefault((face, ascii_only, glyph, alias), char) != char:
            alias += 1
        return alias

    def _class(self, families: tuple[Family, ...]) -> str:
        return self._classes.setdefault(families, f"f{len(self._classes)}")

    @property
    def families(self) -> tuple[Family, ...]:
        """The faces the page needs."""
        return tuple(dict.fromkeys(family for families in self._classes for family in families))

    @property
    def css(self) -> str:
        """The classes of this page's elements; :data:`CSS` has what all pages share."""
        names = {name: ", ".join(f'"{family.name}"' for family in families) for families, name in self._classes.items()}
        return "".join(f".{name} {{ font-family: {families} }}\n" for name, families in names.items())


def _bar(bar: Bar) -> str:
    place = f"left:{bar.x:.3f}pt;top:{bar.y:.3f}pt;width:{bar.width:.3f}pt;height:{bar.height:.3f}pt"
    return f'<i style="{place};background:{bar.colour}"></i>'
