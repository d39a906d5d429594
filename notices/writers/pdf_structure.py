"""The structure of a PDF file: what every stretch of drawn text is, in reading order, for readers who do not see it.

The typesetter says which text of the document a line shows; here each kind of block gets its standard structure type
(ISO 32000-1, 14.8.4). What is no text of the document is marked as an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pydyf

from notices.document import blocks as doc
from notices.typeset.model import CellPlace, PlacedFigure, PlacedLine, PlacedPage, Source
from notices.writers.pdf_links import Cut, Links, Target, divided

RULES = "/Artifact <</Type /Layout>> BDC"
"""Rules and frames."""
END = "EMC"
_FURNITURE = "/Artifact <</Type /Pagination>> BDC"


class _Element(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """An entry of the tree. A long table has tens of thousands, so it holds no more than it needs."""

    def __init__(self, tag: str, above: _Element | None, attributes: str = "") -> None:
        super().__init__()
        self.tag, self.above, self.attributes = tag, above, attributes
        self.order: tuple[int, ...] = ()
        self.below: list[_Element] = []
        self.drawn: list[_Element | tuple[bytes, int]] = []  # links; the page and the number of a stretch on it
        self.annotations: list[tuple[bytes, pydyf.Dictionary]] = []  # with the page
        self.root = b""

    @property
    def data(self) -> bytes:
        """As the file has it."""
        above = self.above.reference if self.above is not None else self.root
        parts = [b"<</Type /StructElem /S /", self.tag.encode(), b" /P ", above, self.attributes.encode()]
        page = next((each[0] for each in self.drawn if isinstance(each, tuple)), b"")
        if page:
            parts += [b" /Pg ", page]
        kids = [each.reference for each in self.below]
        kids += [each.reference if isinstance(each, _Element) else _stretch(page, *each) for each in self.drawn]
        kids += [b"<</Type /OBJR /Pg %s /Obj %s>>" % (here, each.reference) for here, each in self.annotations]
        return b"".join((*parts, b" /K [", b" ".join(kids), b"]>>"))


def _stretch(page: bytes, here: bytes, number: int) -> bytes:
    return b"%d" % number if here == page else b"<</Type /MCR /Pg %s /MCID %d>>" % (here, number)


class Structure:
    """The tree of one document. Pages are met in their order, each once; then it is put into the file."""

    def __init__(self, document: doc.Document) -> None:
        self._blocks = document.blocks
        self._root = _Element("Document", None)
        self._known: dict[object, _Element] = {}
        self._levels = dict(_levels(document.blocks))
        self._heads: dict[Source, int] = {}
        self._pages: list[list[_Element]] = []
        self._links = Links(document)
        self._cuts: dict[tuple[int, int], tuple[Cut, ...]] = {}  # by the page and the number of the text on it
        self._places: dict[int, pydyf.Array] = {}  # of the labels of attachments
        self._leading: list[tuple[_Element, pydyf.Dictionary, Target]] = []
        self._made: list[_Element] = [self._root]

    @property
    def whole(self) -> bool:
        """Whether every table says what names its cells: a head, or a label in each of its rows."""
        tables = (block for block in self._blocks if isinstance(block, doc.Table) and block.ruled)
        return all(table.head or all(any(cell.label for cell in row.cells) for row in table.rows) for table in tables)

    def meet(self, number: int, sheet: PlacedPage, page: pydyf.Dictionary, file: pydyf.PDF) -> None:
        """Take in a page; it is told its number in the tree, and its links."""
        page["StructParents"], page["Tabs"] = number, "/S"
        here: list[_Element] = []
        leading = len(self._leading)
        for count, (source, lines) in enumerate(groupby(sheet.lines, _source)):
            if source is None or self._repeated(source, number, first=True):
                continue
            element = self._element(source)
            if not self._links:
                element.drawn.append((page.reference, len(here)))
                here.append(element)
                continue
            met = list(lines)
            self._places.setdefault(source.block, place(met[0], sheet, page))
            cuts = self._links.of(source, met)
            if cuts:
                self._cuts[number, count] = cuts
            for target, parts in divided(met, cuts):
                drawn = element if target is None else self._link(element, target, parts, sheet, page)
                drawn.drawn.append((page.reference, len(here)))
                here.append(drawn)
        for figure in sheet.figures:
            element = self._picture(figure)
            element.drawn.append((page.reference, len(here)))
            here.append(element)
        if met_links := [annotation for _, annotation, _ in self._leading[leading:]]:
            page["Annots"] = _added(met_links, file)
        for source in sheet.blanks:
            if not self._repeated(source, number, first=True):
                self._element(source)
        self._pages.append(here)

    def stretches(self, number: int, sheet: PlacedPage) -> Iterator[tuple[str, Sequence[PlacedLine]]]:
        """The lines of a page that was met, in stretches, each with the operator that begins it; :data:`END` ends."""
        count = 0
        for group, (source, lines) in enumerate(groupby(sheet.lines, _source)):
            if source is None or self._repeated(source, number):
                yield _FURNITURE, list(lines)
                continue
            for _, parts in divided(list(lines), self._cuts.get((number, group), ())):
                yield f"/{self._pages[number][count].tag} <</MCID {count}>> BDC", parts
                count += 1

    def _picture(self, figure: PlacedFigure) -> _Element:
        """A picture, with what it shows for who does not see it."""
        block = self._blocks[figure.block]
        alt = block.alt if isinstance(block, doc.Figure) else ""
        return self._group(("figure", figure.block), "Figure", attributes=f" /Alt {_string(alt or '图')}")

    def figures(self, number: int, sheet: PlacedPage) -> Iterator[tuple[str, PlacedFigure]]:
        """The pictures of a page that was met, each with the operator that begins it; :data:`END` ends it."""
        first = len(self._pages[number]) - len(sheet.figures)
        for count, figure in enumerate(sheet.figures, first):
            yield f"/Figure <</MCID {count}>> BDC", figure

    def _link(
        self, above: _Element, target: Target, lines: list[PlacedLine], sheet: PlacedPage, page: pydyf.Dictionary
    ) -> _Element:
        """A link in a text, with one sensitive area a line."""
        link = _Element("Link", above)
        self._made.append(link)
        above.drawn.append(link)
        for line in lines:
            annotation = area(line, sheet, page, target)
            link.annotations.append((page.reference, annotation))
            self._leading.append((link, annotation, target))
        return link

    def _repeated(self, source: Source, page: int, *, first: bool = False) -> bool:
        """Whether it is a cell of a table's head that stood on an earlier page."""
        if source.cell is None or not source.cell.head or not self._tabular(source.block):
            return False
        return (self._heads.setdefault(source, page) if first else self._heads.get(source, page)) != page

    def _tabular(self, block: int) -> bool:
        """A table that is drawn as one; without rules it only sets texts beside each other."""
        table = self._blocks[block]
        return isinstance(table, doc.Table) and table.ruled

    def _element(self, source: Source) -> _Element:
        """What a text is, with everything it stands in; made when its first line is met."""
        cell = source.cell
        if cell is None or not self._tabular(source.block):
            return self._text(source)
        row = self._group(("row", source.block, cell.head, cell.row), "TR", self._group(source.block, "Table"))
        row.order = (not cell.head, cell.row)
        scope = self._scope(source.block, cell)
        told = "/O /Table" + (f" /Scope /{scope}" if scope else "")
        told += f" /ColSpan {cell.across}" if cell.across > 1 else ""
        told += f" /RowSpan {cell.down}" if cell.down > 1 else ""
        attributes = f" /A <<{told}>>" if told != "/O /Table" else ""
        element = self._group(source, "TH" if scope else "TD", row, attributes)
        element.order = (cell.column,)
        return element

    def _scope(self, block: int, cell: CellPlace) -> str:
        """What a cell names; nothing where it is no head."""
        table = self._blocks[block]
        if cell.head or (cell.label and isinstance(table, doc.Table) and cell.across == len(table.widths)):
            return "Column"
        return "Row" if cell.label else ""

    def _text(self, source: Source) -> _Element:
        block = self._blocks[source.block]
        if isinstance(block, doc.AttachmentList) and len(block.names) > 1:
            item = self._group(("item", source), "LI", self._group(source.block, "L"))
            return self._group(source, "LBody", item)
        level = self._levels.get(source.block) if source.text == 0 else None
        return self._group(source, f"H{level}" if level else "P")

    def _group(self, key: object, tag: str, above: _Element | None = None, attributes: str = "") -> _Element:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Element(tag, above or self._root, attributes)
            (above or self._root).below.append(known)
            self._made.append(known)
        return known

    def write(self, file: pydyf.PDF) -> None:
        """Put the tree into the file, and name it in the catalog."""
        for number, (_, annotation, target) in enumerate(self._leading, len(self._pages)):
            annotation["StructParent"] = number
            if not target.uri:
                annotation["Dest"] = self._places[target.block]
        for element in self._made:
            file.add_object(element)
            if element.tag in ("Table", "TR"):
                element.below.sort(key=lambda each: each.order)
        owners = [pydyf.Array(element.reference for element in here) for here in self._pages]
        links = [link.reference for link, _, _ in self._leading]
        parents = pydyf.Dictionary(
            {
                "Nums": pydyf.Array(
                    item
                    for number, owner in (*enumerate(owners), *enumerate(links, len(owners)))
                    for item in (number, owner)
                )
            }
        )
        file.add_object(parents)
        root = pydyf.Dictionary(
            {
                "Type": "/StructTreeRoot",
                "K": pydyf.Array([self._root.reference]),
                "ParentTree": parents.reference,
                "ParentTreeNextKey": len(owners) + len(links),
            }
        )
        file.add_object(root)
        self._root.root = root.reference
        file.catalog["StructTreeRoot"] = root.reference
        file.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _added(annotations: Sequence[pydyf.Dictionary], file: pydyf.PDF) -> pydyf.Array:
    """Annotations put into a file, as a page names them."""
    for annotation in annotations:
        file.add_object(annotation)
    return pydyf.Array(annotation.reference for annotation in annotations)


def area(line: PlacedLine, sheet: PlacedPage, page: pydyf.Dictionary, target: Target) -> pydyf.Dictionary:
    """The part of a page that leads somewhere."""
    first, last = line.fragments[0], line.fragments[-1]
    lower, upper = sheet.height - line.baseline - 0.2 * first.size, sheet.height - line.baseline + first.size
    made = {
        "Type": "/Annot",
        "Subtype": "/Link",
        "Rect": pydyf.Array(round(figure, 3) for figure in (first.x, lower, last.x + last.width, upper)),
        "Border": pydyf.Array([0, 0, 0]),
        "F": 4,
        "P": page.reference,
        "Contents": pydyf.String(target.told),
    }
    if target.uri:
        made["A"] = pydyf.Dictionary({"S": "/URI", "URI": pydyf.String(target.uri)})
    return pydyf.Dictionary(made)


def place(line: PlacedLine, sheet: PlacedPage, page: pydyf.Dictionary) -> pydyf.Array:
    """A little above a line, so that it is seen by who is led to it."""
    first = line.fragments[0]
    return pydyf.Array([page.reference, "/XYZ", first.x, sheet.height - (line.baseline - 1.25 * first.size), 0])


def _string(text: str) -> str:
    """Text as PDF writes it."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _source(line: PlacedLine) -> Source | None:
    return None if line.furniture else line.source


def _levels(blocks: Sequence[doc.Block]) -> Iterator[tuple[int, int]]:
    """The rank of every heading by its block: below what stands above it, no rank left out."""
    above: list[int] = []
    for number, block in enumerate(blocks):
        match block:
            case doc.Title():
                wanted = 1
            case doc.Chapter():
                wanted = 2
            case doc.Heading(level=level):
                wanted = level + 1
            case _:
                continue
        while above and above[-1] >= wanted:
            above.pop()
        above.append(wanted)
        yield number, len(above)
