"""Placed text drawn into a PDF file, which pydyf puts together: pages, outline, structure, properties, fonts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

import pydyf

from notices.document.blocks import Document
from notices.typeset.model import Bookmark, PlacedLine, PlacedPage
from notices.writers.pdf_fonts import Fonts
from notices.writers.pdf_images import Images
from notices.writers.pdf_metadata import describe, identified
from notices.writers.pdf_operators import operators
from notices.writers.pdf_structure import Structure, place


def draw(document: Document, sheets: Sequence[PlacedPage]) -> bytes:
    """The sheets as a PDF file. Each is fetched twice: for its characters, and when it is written.

    Raises:
        MissingPartError: a face that cannot be embedded.
    """
    fonts, structure, images = Fonts(), Structure(document), Images()
    file = pydyf.PDF()
    resources = pydyf.Dictionary()
    file.add_object(resources)
    marks: list[_Mark] = []
    for number, sheet in enumerate(sheets):
        fonts.meet(sheet)
        page = _page(file, sheet, resources, _Content(sheets, number, fonts, structure, images))
        images.meet(sheet, file)
        structure.meet(number, sheet, page, file)
        marks += (_mark(line.bookmark, line, sheet, page) for line in sheet.lines if line.bookmark)
    fonts.embed()
    _outline(file, _tree(marks) or [_whole(document.title or document.kind, file)])
    structure.write(file)
    describe(file, document, accessible=structure.whole)
    resources["Font"] = pydyf.Dictionary({font.tag: font.write(file) for font in fonts})
    if images:
        resources["XObject"] = pydyf.Dictionary({name: image.reference for name, image in images})
    output = BytesIO()
    file.write(output, compress=True)
    return identified(output.getvalue(), file.xref_position)


class _Content(pydyf.Stream):  # type: ignore[misc]  # pydyf has no types
    """What is drawn on a page, made when the file is written and not before: a long document is never held whole."""

    def __init__(
        self, sheets: Sequence[PlacedPage], number: int, fonts: Fonts, structure: Structure, images: Images
    ) -> None:
        super().__init__(compress=True)
        self._sheets, self._page, self._fonts, self._structure = sheets, number, fonts, structure
        self._images = images

    @property
    def data(self) -> bytes:
        """The compressed stream."""
        sheet = self._sheets[self._page]
        stretches = self._structure.stretches(self._page, sheet)
        shown = [(begin, self._images.name(one), one) for begin, one in self._structure.figures(self._page, sheet)]
        made: bytes = pydyf.Stream([operators(sheet, stretches, self._fonts, shown)], compress=True).data
        return made


def _page(file: pydyf.PDF, sheet: PlacedPage, resources: pydyf.Dictionary, content: _Content) -> pydyf.Dictionary:
    file.add_object(content)
    page = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": file.pages.reference,
            "MediaBox": pydyf.Array([0, 0, sheet.width, sheet.height]),
            "Contents": content.reference,
            "Resources": resources.reference,
        }
    )
    file.add_page(page)
    return page


@dataclass(frozen=True, slots=True)
class _Mark:
    """An entry of the outline, with those below it."""

    level: int
    entry: pydyf.Dictionary
    below: list[_Mark] = field(default_factory=list)


def _mark(bookmark: Bookmark, line: PlacedLine, sheet: PlacedPage, page: pydyf.Dictionary) -> _Mark:
    """The entry of a line: it leads to a little above the line, so that the line is seen."""
    target = place(line, sheet, page)
    return _Mark(bookmark.level, pydyf.Dictionary({"Title": pydyf.String(bookmark.label), "Dest": target}))


def _whole(title: str, file: pydyf.PDF) -> _Mark:
    """The one entry of a document without headings: its first page."""
    target = pydyf.Array([file.page_references[0], "/Fit"])
    return _Mark(1, pydyf.Dictionary({"Title": pydyf.String(title), "Dest": target}))


def _tree(marks: Iterable[_Mark]) -> list[_Mark]:
    """The entries of the highest level, each with the lower ones that follow it."""
    roots: list[_Mark] = []
    open_: list[_Mark] = []
    for mark in marks:
        while open_ and open_[-1].level >= mark.level:
            open_.pop()
        (open_[-1].below if open_ else roots).append(mark)
        open_.append(mark)
    return roots


def _outline(file: pydyf.PDF, roots: list[_Mark]) -> None:
    if not roots:
        return
    outline = pydyf.Dictionary({"Type": "/Outlines"})
    file.add_object(outline)
    _entries(file, roots, outline)
    file.catalog["Outlines"] = outline.reference


def _entries(file: pydyf.PDF, marks: list[_Mark], above: pydyf.Dictionary) -> int:
    """Entries under another one, all open; how many there are, with those under them, comes back."""
    entries = [mark.entry for mark in marks]
    for entry in entries:
        file.add_object(entry)
        entry["Parent"] = above.reference
    for entry, after in pairwise(entries):
        entry["Next"], after["Prev"] = after.reference, entry.reference
    if entries:
        above["First"], above["Last"] = entries[0].reference, entries[-1].reference
    count = len(marks) + sum(_entries(file, mark.below, mark.entry) for mark in marks)
    if count:
        above["Count"] = count
    return count
