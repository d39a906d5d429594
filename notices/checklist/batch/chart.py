"""Bars of what fails most, drawn here as SVG: no script, no network, and told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _LABEL, _FIGURE = 900, 300, 150
_ROW, _BAR, _TOP = 30, 18, 34
_LONGEST = 20
"""Characters of a label that fit beside its bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An item with how many fail it, and of how many that is not known."""

    label: str
    failed: int
    unknown: int


def bars(rows: Sequence[Bar], total: int, font: str = "") -> str:
    """The chart as an SVG element: solid for those that fail, outlined for those not known, of ``total``."""
    height = _TOP + _ROW * len(rows)
    told = "；".join(f"{row.label} 不符合 {row.failed}，待核 {row.unknown}" for row in rows)
    drawn = "".join(_row(number, row, total) for number, row in enumerate(rows))
    family = f' font-family="{escape(font)}"' if font else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="100%" role="img" '
        f'aria-label="{escape(told)}" font-size="15"{family}>{_legend()}{drawn}</svg>'
    )


def _legend() -> str:
    solid = f'<rect x="{_LABEL}" y="8" width="16" height="12" fill="#8c1c13"/>'
    open_ = f'<rect x="{_LABEL + 100}" y="8" width="16" height="12" fill="#fff" stroke="#555"/>'
    return f'{solid}<text x="{_LABEL + 22}" y="19">不符合</text>{open_}<text x="{_LABEL + 122}" y="19">待核</text>'


def _row(number: int, row: Bar, total: int) -> str:
    room = _WIDTH - _LABEL - _FIGURE
    y = _TOP + _ROW * number
    first, second = (room * count / max(total, 1) for count in (row.failed, row.unknown))
    label = row.label if len(row.label) <= _LONGEST else f"{row.label[: _LONGEST - 1]}…"
    text = y + _BAR - 4
    unknown = f"，待核 {row.unknown} 家" if row.unknown else ""
    return (
        f'<text x="{_LABEL - 8}" y="{text}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{_LABEL}" y="{y}" width="{first:.1f}" height="{_BAR}" fill="#8c1c13"/>'
        f'<rect x="{_LABEL + first:.1f}" y="{y}" width="{second:.1f}" height="{_BAR}" fill="#fff" stroke="#555"/>'
        f'<text x="{_LABEL + first + second + 8:.1f}" y="{text}">{row.failed} 家{unknown}</text>'
    )
