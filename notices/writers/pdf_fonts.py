"""The fonts of a PDF file: each face cut down to what is drawn, with the characters its glyphs stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import md5
from itertools import groupby

import pydyf

from notices.typeset.fonts import FontFace, glyphs
from notices.typeset.model import Fragment, PlacedPage
from notices.writers.subset import subset

_SYMBOLIC = 4
"""Flag of a font whose characters are not Adobe's Latin set (ISO 32000-1, table 123)."""
_STEM = 80
"""Thickness of upright strokes, in thousandths of an em; no reader draws with it while the font is embedded."""
_CODES = ("/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def", "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def", "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange")  # fmt: skip
_CODES_END = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
_AT_ONCE = 100
"""Entries a list of character codes may hold (Adobe Technical Note 5014)."""


class Font:
    """One face in the file.

    A PDF font has one character for each of its glyphs. Where two characters share a glyph, the second is drawn from
    the same face under another ``alias``, so that both can be copied and searched.

    Attributes:
        tag: six letters that name the font in this file.
        codes: how each character is written in a text.
        advances: the width of each character in em.
    """

    def __init__(self, face: FontFace, alias: int, chars: dict[int, str]) -> None:
        measures = glyphs(face)
        name = f"{face.path.stem}-{face.number}-{alias}"
        digest = md5(f"{name}{face.path.suffix}".encode(), usedforsecurity=False).digest()
        self.tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
        self._name = b"/" + re.sub(rb"[^\w+.-]", lambda byte: b"#%02x" % byte[0][0], f"{self.tag}+{name}".encode())
        self._family = face.family
        self._ascent, self._descent = round(measures.ascent * 1000), -round(measures.descent * 1000)
        self._content, places = subset(face, chars)
        self._chars = {places[glyph]: chars[glyph] for glyph in sorted(chars, key=places.__getitem__)}
        self.codes = {char: f"{place:04x}" for place, char in self._chars.items()}
        self.advances = {char: measures.advance(char) for char in self.codes}

    def write(self, file: pydyf.PDF) -> bytes:
        """Put the font into a file; what it is referred to by comes back."""
        compact = self._content[:4] == b"OTTO"
        unicode = pydyf.Stream([line.encode() for line in self._unicode()], compress=True)
        described = self._descriptor(file, compact=compact)
        descendant = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType0" if compact else "/CIDFontType2",
                "BaseFont": self._name,
                "CIDSystemInfo": pydyf.Dictionary(
                    {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
                ),
                "W": self._widths(),
                "FontDescriptor": described.reference,
            }
        )
        if not compact:  # glyphs of the other kind are numbered in the font itself (ISO 32000-1, table 117)
            descendant["CIDToGIDMap"] = "/Identity"
        for each in (unicode, descendant):
            file.add_object(each)
        font = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": self._name,
                "Encoding": "/Identity-H",
                "DescendantFonts": pydyf.Array([descendant.reference]),
                "ToUnicode": unicode.reference,
            }
        )
        file.add_object(font)
        reference: bytes = font.reference
        return reference

    def _descriptor(self, file: pydyf.PDF, *, compact: bool) -> pydyf.Dictionary:
        extra = {"Subtype": "/OpenType"} if compact else {"Length1": len(self._content)}
        content = pydyf.Stream([self._content], extra, compress=True)
        file.add_object(content)
        widest = max(self.advances.values()) * 1000
        described = pydyf.Dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": self._name,
                "FontFamily": pydyf.String(self._family),
                "Flags": _SYMBOLIC,
                "FontBBox": pydyf.Array([0, self._descent, widest, self._ascent]),
                "ItalicAngle": 0,
                "Ascent": self._ascent,
                "Descent": self._descent,
                "CapHeight": self._ascent,
                "StemV": _STEM,
                "FontFile3" if compact else "FontFile2": content.reference,
            }
        )
        file.add_object(described)
        return described

    def _widths(self) -> pydyf.Array:
        """Runs of glyphs one after the other: the first's place, then the width of each."""
        runs: list[tuple[int, list[float]]] = []
        for place, char in self._chars.items():
            if not runs or place != runs[-1][0] + len(runs[-1][1]):
                runs.append((place, []))
            runs[-1][1].append(self.advances[char] * 1000)
        return pydyf.Array(item for place, widths in runs for item in (place, pydyf.Array(widths)))

    def _unicode(self) -> Iterator[str]:
        """The program that gives the character of every glyph, for copying and searching."""
        yield from _CODES
        entries = [f"<{code}> <{char.encode('utf-16-be').hex()}>" for char, code in self.codes.items()]
        for start in range(0, len(entries), _AT_ONCE):
            some = entries[start : start + _AT_ONCE]
            yield f"{len(some)} beginbfchar"
            yield from some
            yield "endbfchar"
        yield from _CODES_END


@lru_cache(maxsize=16)
def _font(face: FontFace, alias: int, chars: tuple[tuple[int, str], ...]) -> Font:
    """A face cut down to the characters of a document; headings and figures are the same in thousands."""
    return Font(face, alias, dict(chars))


class Fonts:
    """The fonts of one file, and which of them draws a character of a face."""

    def __init__(self) -> None:
        self._texts: dict[FontFace, dict[str, None]] = {}
        self._by_face: dict[FontFace, dict[str, Font]] = {}

    def meet(self, sheet: PlacedPage) -> None:
        """Take in the characters of a page."""
        for fragment in (f for line in sheet.lines for f in line.fragments):
            self._texts.setdefault(fragment.face, {}).update(dict.fromkeys(fragment.text))

    def embed(self) -> None:
        """Make the fonts, once every page is known."""
        self._by_face = {face: self._embed(face, text) for face, text in self._texts.items()}

    @staticmethod
    def _embed(face: FontFace, text: dict[str, None]) -> dict[str, Font]:
        chars: list[dict[int, str]] = []
        for char in text:
            glyph = glyphs(face).glyph(char)
            free = next((taken for taken in chars if glyph not in taken), None)
            if free is None:
                chars.append(free := {})
            free[glyph] = char
        fonts = [_font(face, number, tuple(taken.items())) for number, taken in enumerate(chars)]
        return {char: font for font in fonts for char in font.codes}

    def __iter__(self) -> Iterator[Font]:
        return iter(dict.fromkeys(font for fonts in self._by_face.values() for font in fonts.values()))

    def runs(self, fragment: Fragment) -> Iterator[tuple[float, Font, str]]:
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
