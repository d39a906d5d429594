"""Bars of what fails most: no script, no network, and told apart without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notices.reports.model import Drawing, Shape

_WIDTH, _LABEL, _FIGURE = 900, 300, 150
_ROW, _BAR, _TOP = 30, 18, 34
_LONGEST = 20
"""Characters of a label that fit beside its bar."""
_SOLID = {"fill": "#8c1c13"}
_OPEN = {"fill": "#fff", "stroke": "#555"}


@dataclass(frozen=True, slots=True)
class Bar:
    """An item with how many fail it, and of how many that is not known."""

    label: str
    failed: int
    unknown: int


def bars(rows: Sequence[Bar], total: int) -> Drawing:
    """The chart: solid for those that fail, outlined for those not known, of ``total``."""
    told = "；".join(f"{row.label} 不符合 {row.failed}，待核 {row.unknown}" for row in rows)
    shapes = (*_legend(), *(shape for number, row in enumerate(rows) for shape in _row(number, row, total)))
    return Drawing(_WIDTH, _TOP + _ROW * len(rows), told, shapes, size=15)


def _legend() -> Iterator[Shape]:
    for place, look, word in ((_LABEL, _SOLID, "不符合"), (_LABEL + 100, _OPEN, "待核")):
        yield Shape("rect", {"x": place, "y": 8, "width": 16, "height": 12, **look})
        yield Shape("text", {"x": place + 22, "y": 19}, word)


def _row(number: int, row: Bar, total: int) -> Iterator[Shape]:
    room = _WIDTH - _LABEL - _FIGURE
    y = _TOP + _ROW * number
    text = y + _BAR - 4
    first, second = (round(room * count / max(total, 1), 1) for count in (row.failed, row.unknown))
    label = row.label if len(row.label) <= _LONGEST else f"{row.label[: _LONGEST - 1]}…"
    unknown = f"，待核 {row.unknown} 家" if row.unknown else ""
    yield Shape("text", {"x": _LABEL - 8, "y": text, "text-anchor": "end"}, label)
    yield Shape("rect", {"x": _LABEL, "y": y, "width": first, "height": _BAR, **_SOLID})
    yield Shape("rect", {"x": _LABEL + first, "y": y, "width": second, "height": _BAR, **_OPEN})
    yield Shape("text", {"x": round(_LABEL + first + second + 8, 1), "y": text}, f"{row.failed} 家{unknown}")
