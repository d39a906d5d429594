"""A Word file to a :class:`~notices.inspection.model.Paper`: its paragraphs in order, as they really look.

Tracked changes are read as if they were accepted, hidden text is left out, automatic numbers are written out. Nothing
of the file is run: macros and embedded objects are named, pictures are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from notices.inspection import sheets
from notices.inspection.looks import Look, Looks, edge_of, flag, val
from notices.inspection.looks import number as figure
from notices.inspection.model import Edge, Paper, Para, Sheet, Table
from notices.inspection.pieces import FALLBACK, Pieces, joined, pieces, run_of
from notices.ooxml import package as packages
from notices.ooxml.package import Package
from notices.ooxml.xml import Element, local, q
from notices.verify.numbering import Numbers

_GONE: Final = frozenset(map(q, ("del", "moveFrom", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr")))
_LINE: Final = 12.0
"""A line of spacing where the page has no grid (ISO/IEC 29500-1, 17.3.1.33)."""
_AUTOMATIC: Final = 14.0
"""What Word leaves before and after where a web page's spacing is asked for."""
BROKEN: Final = (KeyError, ValueError, TypeError, AttributeError, IndexError, StopIteration)
"""What parts that do not fit one another make a reader raise."""


def read(name: str, content: bytes) -> Paper:
    """The paper a Word file holds.

    Args:
        name: what messages call it.
        content: the bytes of a ``.docx``.

    Raises:
        ProblemsError: not a Word file, or not a sound one.
    """
    return of_package(packages.read(content, name))


def of_package(package: Package) -> Paper:
    """The paper a package holds. Raises ProblemsError where its parts do not fit one another."""
    try:
        return _paper(package)
    except BROKEN as error:
        hint = "用 Word 或 WPS 打开，另存为“Word 文档（.docx）”再试"
        packages.refuse(package.name, f"文件的各部分对不上（{type(error).__name__}），读不下去", hint)


def elements(root: Element) -> Iterator[Element]:
    """The paragraphs of a part in the order :attr:`Para.number` counts them."""
    return (node for node in root.iter(q("p")) if next(node.iterancestors(FALLBACK, *_GONE), None) is None)


def _paper(package: Package) -> Paper:
    looks = Looks(package)
    root = package.xml(package.main)
    marks = [node for node in root.iter(q("sectPr")) if node.getparent().tag in {q("pPr"), q("body")}]

    def margin(part: str) -> list[Para]:
        story = Story(looks, Numbers(looks.styles, None), ())
        story.blocks(package.xml(part), Where())
        return [replace(para, number=0) for para in story.finished()]

    made = sheets.read(package, marks, margin, looks.paragraph(None, None)[1]["size"])
    numbers = Numbers(looks.styles, package.xml(package.related("numbering")))
    story = Story(looks, numbers, made, marks)
    story.rendered = next(root.iter(q("lastRenderedPageBreak")), None) is not None
    story.blocks(root.find(q("body")), Where())
    return Paper(
        package.name,
        "docx",
        made,
        tuple(story.finished()),
        tables=tuple(story.tables),
        changes=sum(1 for _ in root.iter(*map(q, ("ins", "del", "moveFrom", "moveTo")))),
        comments=sum(1 for _ in root.iter(q("commentReference"))),
        remarks=(
            *sheets.remarks(package, root, story.hidden, numbers.unknown),
            *_pictured(sum(para.pictures for para in story.paras)),
        ),
    )


def _pictured(count: int) -> Iterator[str]:
    if count:
        yield f"有 {count} 幅图片，图片里的文字、表格没有检查"


class Where(NamedTuple):
    """What stands around a paragraph; ``style`` is that of the table it stands in."""

    cell: tuple[int, int, int] | None = None
    boxed: bool = False
    style: str = ""


@dataclass
class Story:
    """The paragraphs and tables of one part, gathered in order."""

    looks: Looks
    numbers: Numbers
    sheets: Sequence[Sheet]
    marks: Sequence[Element] = ()
    paras: list[Para] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    rendered: bool = False
    sheet: int = 0
    page: int = 1
    hidden: int = 0
    breaks: bool = False
    close: set[int] = field(default_factory=set)
    """Paragraphs that keep no space to a neighbour of their style."""

    def finished(self) -> Iterator[Para]:
        """Its paragraphs, without the space left out between neighbours of one style."""
        for at, para in enumerate(self.paras):
            above, below = (self.paras[n].style if 0 <= n < len(self.paras) else None for n in (at - 1, at + 1))
            shut = para.number in self.close
            before = 0.0 if shut and above == para.style else para.before
            after = 0.0 if shut and below == para.style else para.after
            yield replace(para, before=before, after=after)

    def blocks(self, parent: Element, where: Where) -> None:
        """Read what stands below an element."""
        for node in parent:
            if node.tag == q("p"):
                self._paragraph(node, where)
            elif node.tag == q("tbl"):
                self._table(node, where)
            elif isinstance(node.tag, str) and node.tag not in _GONE and node.tag != FALLBACK:
                self.blocks(node, where)

    def _table(self, node: Element, where: Where) -> None:
        properties = node.find(q("tblPr"))
        number = len(self.tables) + 1
        rows = [row for row in node.iter(q("tr")) if next(row.iterancestors(q("tbl"))) is node]
        self.tables.append(_table(node, number, rows, self.sheet))
        style = val(properties, "tblStyle")
        for at, row in enumerate(rows, 1):
            cells = [cell for cell in row.iter(q("tc")) if next(cell.iterancestors(q("tbl"))) is node]
            for column, cell in enumerate(cells, 1):
                self.blocks(cell, Where((number, at, column), where.boxed, style))

    def _paragraph(self, node: Element, where: Where) -> None:
        properties, level = node.find(q("pPr")), self.numbers.level(node)
        look, base = self.looks.paragraph(properties, level, where.style)
        found = pieces(node, base, self.looks)
        self.hidden += found.hidden
        if number := self.numbers.of(node):
            mark = self.looks.run(base, None if properties is None else properties.find(q("rPr")))
            found.runs = list(joined([run_of(number, self.looks.run(mark, level.find(q("rPr")))), *found.runs]))
        self.page += found.early
        if (frame := None if properties is None else properties.find(q("framePr"))) is not None:
            look = look | _framed(frame)
        self.paras.append(self._set(look, base, found, where, val(properties, "pStyle")))
        if look.get("contextualSpacing"):
            self.close.add(len(self.paras))
        self.page += found.turned - found.early
        self.breaks = found.ends or (self.breaks and not found.runs)
        for box in found.boxes:
            self.blocks(box, Where(where.cell, boxed=True))
        if properties is not None and properties.find(q("sectPr")) is not None and self.sheet + 1 < len(self.marks):
            self.sheet += 1
            self.breaks = val(self.marks[self.sheet], "type") != "continuous"

    def _set(self, look: Look, base: Look, found: Pieces, where: Where, style: str) -> Para:
        size = next((run.size for run in found.runs if run.size), base["size"])
        pitch = (self.sheets[self.sheet].pitch if self.sheets else None) or _LINE
        edges = [edge for edge in look.get("edges", {}).values() if edge.width]
        return Para(
            len(self.paras) + 1,
            tuple(found.runs),
            look.get("align", "left"),
            _measure(look, "first", size),
            _measure(look, "left", size),
            _measure(look, "right", size),
            _space(look, "before", pitch),
            _space(look, "after", pitch),
            look.get("line"),
            look.get("rule", "times"),
            self.looks.name(style),
            None if look.get("outline") is None else int(look["outline"]),
            self.sheet,
            self.page if self.rendered else None,
            where.cell,
            where.boxed or look.get("framed", False),
            self.breaks or found.begins or bool(look.get("pageBreakBefore")),
            look.get("snapToGrid", True),
            (*edges, *found.drawn),
            found.pictures,
            high=found.high,
            keep=look.get("keepNext", False),
            apart=look.get("autoSpaceDE", True) or look.get("autoSpaceDN", True),
        )


def _framed(frame: Element) -> Look:
    """Where a frame stands: at a side it names, else somewhere nobody can tell, as a text box."""
    side = frame.get(q("xAlign"), "")
    return {"align": side} if side in {"left", "center", "right"} else {"framed": True}


def _measure(look: Look, name: str, size: float) -> float:
    """An indent; one in characters wins over one in points, unless it is none."""
    return float(look[f"{name}_chars"] * size if look.get(f"{name}_chars") else look.get(name, 0.0))


def _space(look: Look, side: str, pitch: float) -> float:
    if look.get(f"{side}_auto"):
        return _AUTOMATIC
    return float(look[f"{side}_lines"] * pitch if look.get(f"{side}_lines") else look.get(side, 0.0))


def _table(node: Element, number: int, rows: Sequence[Element], sheet: int) -> Table:
    properties = node.find(q("tblPr"))
    place = None if properties is None else properties.find(q("tblpPr"))
    widths = [float(one.get(q("w"), "0")) / 20 for one in node.iterfind(f"{q('tblGrid')}/{q('gridCol')}")]
    around = [edge_of(one) for one in node.iterfind(f"{q('tblPr')}/{q('tblBorders')}/*")]
    for row, side in ((rows[:1], "top"), (rows[-1:], "bottom")):  # or what the outermost cells have
        around += [
            edge_of(one) for each in row for one in each.iterfind(f"{q('tc')}/{q('tcPr')}/{q('tcBorders')}/{q(side)}")
        ]
    bars: tuple[Edge, ...] = tuple(dict.fromkeys(edge for edge in around if edge is not None and edge.width))
    repeated = sum(flag(row.find(q("trPr")), "tblHeader") for row in rows)
    at_foot = place is not None and place.get(q("tblpYSpec")) == "bottom"
    heights = (_height(next(row.iterfind(f"{q('trPr')}/{q('trHeight')}"), None)) for row in rows)
    made = Table(number, len(rows), len(widths), sheet, sum(widths) or None, repeated, place is not None, at_foot, bars)
    whole = frozenset(at for at, row in enumerate(rows, 1) if flag(row.find(q("trPr")), "cantSplit"))
    return replace(made, widths=tuple(widths), heights=tuple(heights), whole=whole, padding=_padding(properties))


def _padding(properties: Element | None) -> tuple[float, float]:
    """What cells keep free, across and down; Word's own where the table does not say it."""
    margins = None if properties is None else properties.find(q("tblCellMar"))
    said = {local(one): figure(one.get(q("w"), "")) for one in (() if margins is None else margins)}
    left, right = (said.get(side) for side in ("left", "right"))
    across = [5.4 if one is None else one / 20 for one in (left, right)]
    return sum(across), sum((said.get(side) or 0.0) / 20 for side in ("top", "bottom"))


def _height(height: Element | None) -> float:
    """The height a row is given, in points; none where it is given none."""
    return 0.0 if height is None else (figure(height.get(q("val"), "")) or 0.0) / 20
