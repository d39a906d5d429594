"""An imprint asked for on an even page, where it stands on a page of its own: a section that begins on even pages.

Word cannot tell whether the text leaves room for an imprint on an even page; the pages as our typesetter fills them do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notices.document.blocks import Document, Imprint
from notices.ooxml.xml import local, parse, q, serialise, w

if TYPE_CHECKING:
    from notices.typeset.fonts import FontSet
    from notices.typeset.model import PlacedPage

_MAIN, _RELATIONS, _TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
_FOOTER = "footer-blank"
"""The name and the id of a footer without a page number."""


@dataclass(frozen=True, slots=True)
class Overleaf:
    """The imprint's own page; ``blank``: the page before it is, and neither has a number (7.5)."""

    blank: bool

    def placed(self, parts: Mapping[str, bytes]) -> dict[str, bytes]:
        """The parts that are changed: the last section's, and its footer's where it has no number."""
        root = parse(parts[_MAIN])
        section = root.find(q("body")).find(q("sectPr"))
        section.find(q("pgSz")).addprevious(w("type", val="evenPage"))
        if not self.blank:
            return {_MAIN: serialise(root)}
        for reference in [child for child in section if local(child) == "footerReference"]:
            section.remove(reference)
        kinds = [w("footerReference", type=kind, r_id=_FOOTER) for kind in ("even", "default")]
        section.find(q("type")).addprevious(kinds[0])
        section.find(q("type")).addprevious(kinds[1])
        return {
            _MAIN: serialise(root),
            f"word/{_FOOTER}.xml": serialise(w("ftr", w("p"))),
            _RELATIONS: _with(parts[_RELATIONS], _RELATION),
            _TYPES: _with(parts[_TYPES], _TYPE),
        }


_RELATION = (
    f'<Relationship Id="{_FOOTER}" Target="{_FOOTER}.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"/>'
)
_TYPE = (
    f'<Override PartName="/word/{_FOOTER}.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
)


def _with(listing: bytes, entry: str) -> bytes:
    """A list of an OPC package with an entry more."""
    before, end, after = listing.rpartition(b"</")
    return before + entry.encode() + end + after


def wanted(document: Document, fonts: Callable[[], FontSet]) -> Overleaf | None:
    """The imprint's own page, as the typesetter fills the pages; None where it is not asked for or stands under text.

    Raises:
        MissingPartError: no fonts to fill pages with.
    """
    asked = [number for number, block in enumerate(document.blocks) if isinstance(block, Imprint) and block.even]
    if not asked:
        return None
    from notices.typeset.pages import typeset  # noqa: PLC0415 - Word files need no typesetter otherwise

    pages = typeset(document, fonts())
    if not _blocks(pages[-1]) <= set(asked):
        return None
    return Overleaf(blank=not _blocks(pages[-2]))


def _blocks(page: PlacedPage) -> set[int]:
    """Which blocks of the document stand on a page."""
    return {line.source.block for line in page.lines if not line.furniture and line.source is not None}
