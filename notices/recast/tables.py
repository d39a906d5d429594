"""A table of a file as a table of the page."""

from __future__ import annotations

from notices.document.blocks import Cell, Table, TableRow, spans
from notices.recast.grid import trimmed
from notices.recast.source import SourceCell, SourceTable

_MANY = 9
"""Columns from which a table is set small."""


def table(source: SourceTable) -> Table:
    """The block: its cells in their places, its head on every page."""
    rows = [TableRow(tuple(map(_cell, row))) for row in source.rows]
    small = len(source.widths) >= _MANY
    return Table(source.widths, tuple(rows[source.head :]), tuple(rows[: source.head]), small, source.ruled)


def _cell(source: SourceCell) -> Cell:
    kept = trimmed(source)
    align = kept.align if kept.align in {"left", "center", "right"} else "left"
    return Cell(tuple(spans(piece.text) for piece in kept.pieces), align, kept.across, kept.down)
