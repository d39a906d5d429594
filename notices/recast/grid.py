"""The cells of a Word table in their places: spans over columns and rows, rows that begin later or end sooner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from notices.document.blocks import Align
from notices.ooxml.xml import Element, q
from notices.recast.source import Piece, SourceCell, SourceTable

_MOST = 60
"""Columns a table on a page can have."""


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of tables in it."""
    return (row for row in table.iter(q("tr")) if next(row.iterancestors(q("tbl"))) is table)


def cells(row: Element) -> Iterator[Element]:
    """The cells of a row."""
    return (cell for cell in row.iter(q("tc")) if next(cell.iterancestors(q("tr"))) is row)


@dataclass
class _Spot:
    """A cell being placed: where it begins, how far it reaches."""

    row: int
    column: int
    across: int
    pieces: tuple[Piece, ...]
    align: Align
    down: int = 1


def table(node: Element, made: Mapping[Element, tuple[Piece, ...]]) -> SourceTable | None:
    """The table of cells whose pieces are read already, None where it has no cell; every row is filled."""
    widths = [float(one.get(q("w")) or 0) for one in node.iterfind(f"{q('tblGrid')}/{q('gridCol')}")]
    spots: list[_Spot] = []
    above: dict[int, _Spot] = {}
    counts = []
    for number, row in enumerate(rows(node)):
        here: dict[int, _Spot] = {}
        column = _whole(row, "trPr", "gridBefore", 0)
        for cell in cells(row):
            across = max(1, min(_whole(cell, "tcPr", "gridSpan", 1), _MOST))
            merged = cell.find(f"{q('tcPr')}/{q('vMerge')}")
            goes_on = merged is not None and merged.get(q("val"), "continue") == "continue"
            over = above.get(column)
            filled = any(piece.text for piece in made[cell])  # a text of its own, which nobody saw, stays in its place
            if goes_on and not filled and over is not None and over.across == across:
                over.down += 1
                here[column] = over
            elif _joins_left(cell) and spots and spots[-1].row == number:
                spots[-1].across += across
                spots[-1].pieces += made[cell]
            else:
                spot = _Spot(number, column, across, made[cell], _align(made[cell]))
                spots.append(spot)
                here[column] = spot
            column += across
        counts.append(column)
        above = here
    if not spots:
        return None
    return _filled(spots, len(counts), max([*counts, len(widths)]), widths, _head(node))


def _filled(spots: Sequence[_Spot], count: int, columns: int, widths: Sequence[float], head: int) -> SourceTable:
    """Rows without holes: a place nobody stands in has an empty cell."""
    taken = {
        (row, column)
        for spot in spots
        for row in range(spot.row, spot.row + spot.down)
        for column in range(spot.column, spot.column + spot.across)
    }
    holes = [
        _Spot(row, column, 1, (), "center")
        for row in range(count)
        for column in range(columns)
        if (row, column) not in taken
    ]
    placed = sorted([*spots, *holes], key=lambda spot: (spot.row, spot.column))
    made = tuple(
        tuple(SourceCell(spot.pieces, spot.align, spot.across, spot.down) for spot in placed if spot.row == row)
        for row in range(count)
    )
    shares = [max(width, 1.0) for width in widths] + [1.0] * (columns - len(widths))
    mean = sum(widths) / len(widths) if any(widths) else 1.0
    shares = [share if share > 1 else mean for share in shares]
    reach = max((spot.row + spot.down for spot in spots if spot.row < head), default=0)
    return SourceTable(tuple(shares), made, head if reach <= head < count else 0)


_EDGES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")


def ruled(table: Element, styles: Mapping[str, Element]) -> bool:
    """Whether a table has lines: its own, those of a cell, or of its style and what that is based on."""
    holders = [*table.iterfind(f"{q('tblPr')}/{q('tblBorders')}"), *table.iter(q("tcBorders"))]
    named = table.find(f"{q('tblPr')}/{q('tblStyle')}")
    style = styles.get("" if named is None else named.get(q("val"), ""))
    seen: set[Element] = set()
    while style is not None and style not in seen:
        seen.add(style)
        holders += style.iter(q("tblBorders"), q("tcBorders"))
        based = style.find(q("basedOn"))
        style = styles.get("" if based is None else based.get(q("val"), ""))
    edges = (holder.find(q(edge)) for holder in holders for edge in _EDGES)
    return any(edge is not None and edge.get(q("val"), "nil") not in {"nil", "none"} for edge in edges)


def _head(node: Element) -> int:
    """How many rows at the top stand again on every page."""
    count = 0
    for row in rows(node):
        mark = row.find(f"{q('trPr')}/{q('tblHeader')}")
        if mark is None or mark.get(q("val"), "1") in {"0", "false", "off"}:
            break
        count += 1
    return count


def _whole(node: Element, properties: str, name: str, otherwise: int) -> int:
    found = node.find(f"{q(properties)}/{q(name)}")
    said = "" if found is None else found.get(q("val"), "")
    return int(said) if said.isdecimal() else otherwise


def _joins_left(cell: Element) -> bool:
    """The older way to span columns: a cell that goes on from the one before."""
    found = cell.find(f"{q('tcPr')}/{q('hMerge')}")
    return found is not None and found.get(q("val"), "continue") == "continue"


def _align(pieces: Sequence[Piece]) -> Align:
    found = next((piece.para.align for piece in pieces if piece.text), "left")
    return found if found in {"left", "center", "right"} else "left"  # type: ignore[return-value]


def trimmed(cell: SourceCell) -> SourceCell:
    """A cell without blank lines at its ends."""
    pieces = list(cell.pieces)
    while pieces and not pieces[-1].text:
        pieces.pop()
    while pieces and not pieces[0].text:
        pieces.pop(0)
    return replace(cell, pieces=tuple(pieces))
