"""Charts read in two seconds: no script, no network, every bar with its figure, and told apart without colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from notices.checklist.outcome import Standing
from notices.reports.model import Drawing, Shape

_WIDTH, _LABEL, _FIGURE = 900, 300, 150
_ROW, _BAR, _TOP = 30, 18, 34
_LONGEST = 20
"""Characters of a label that fit beside its bar."""
_SOLID = {"fill": "#8c1c13"}
_OPEN = {"fill": "#fff", "stroke": "#555"}
_STANDINGS: Mapping[Standing, Mapping[str, str]] = MappingProxyType(
    {
        "may": {"fill": "#2f7d4f"},
        "doubtful": {"fill": "#e6dcae", "stroke": "#555"},
        "open": _OPEN,
        "late": {"fill": "#ccc", "stroke": "#555"},
        "may-not": _SOLID,
    }
)
"""How the bar of a standing looks: each has its own line and name, so that grey tells as much."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An item with how many fail it, and of how many that is not known."""

    label: str
    failed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Stack:
    """A category with how many of its applicants came to what, best first."""

    label: str
    counts: Mapping[Standing, int]


def stacks(rows: Sequence[Stack], words: Mapping[Standing, str]) -> Drawing:
    """Each category as one bar, parted by standing; the longest is the one with most applicants."""
    most = max(sum(row.counts.values()) for row in rows)
    shown = [key for key in words if any(row.counts.get(key) for row in rows)]
    figures = ["、".join(f"{words[key]} {row.counts[key]:,}" for key in shown if row.counts.get(key)) for row in rows]
    told = "；".join(f"{row.label} {figure}" for row, figure in zip(rows, figures, strict=True))
    shapes = list(_keys([(_STANDINGS[key], words[key]) for key in shown]))
    for number, row in enumerate(rows):
        parts = [(row.counts.get(key, 0), _STANDINGS[key]) for key in shown]
        shapes += _line(number, _TOP, row.label, parts=parts, figure=f"{sum(row.counts.values()):,} 家", total=most)
    return Drawing(_WIDTH, _TOP + _ROW * len(rows), told, tuple(shapes), size=15)


def bars(rows: Sequence[Bar], total: int) -> Drawing:
    """What fails most: solid for those that fail, outlined for those not known, of ``total``."""
    told = "；".join(f"{row.label} 不符合 {row.failed}，待核 {row.unknown}" for row in rows)
    lines = [_failing(number, row, total) for number, row in enumerate(rows)]
    shapes = (*_keys([(_SOLID, "不符合"), (_OPEN, "待核")]), *(shape for line in lines for shape in line))
    return Drawing(_WIDTH, _TOP + _ROW * len(rows), told, shapes, size=15)


def standings(counts: Sequence[tuple[Standing, str, int]], total: int) -> Drawing:
    """How many came to what, a bar each, of ``total``."""
    told = "；".join(f"{word} {count} 家" for _, word, count in counts)
    shapes: list[Shape] = []
    for number, (standing, word, count) in enumerate(counts):
        figure, parts = f"{count:,} 家，{share(count, total)}", ((count, _STANDINGS[standing]),)
        shapes += _line(number, 8, word, parts=parts, figure=figure, total=total)
    return Drawing(_WIDTH, 8 + _ROW * len(counts), told, tuple(shapes), size=15)


def share(count: int, total: int) -> str:
    """A part of the whole: 24.8%; what is there is never 0.0%, what is not all never 100.0%."""
    if not total or count in {0, total}:
        return "100%" if count else "0%"
    return f"{min(max(100 * count / total, 0.1), 99.9):.1f}%"


def _keys(looks: Sequence[tuple[Mapping[str, str], str]]) -> Iterator[Shape]:
    """What the parts of a bar mean, beside one another, each with room for its word."""
    place = _LABEL
    for look, word in looks:
        yield Shape("rect", {"x": place, "y": 8, "width": 16, "height": 12, **look})
        yield Shape("text", {"x": place + 22, "y": 19}, word)
        place += max(100, 40 + 15 * len(word))


def _failing(number: int, row: Bar, total: int) -> Iterator[Shape]:
    unknown = f"，待核 {row.unknown:,} 家" if row.unknown else ""
    parts = ((row.failed, _SOLID), (row.unknown, _OPEN))
    return _line(number, _TOP, row.label, parts=parts, figure=f"{row.failed:,} 家{unknown}", total=total)


def _line(  # noqa: PLR0913 - a line of a chart, by name
    number: int, top: int, label: str, *, parts: Sequence[tuple[int, Mapping[str, str]]], figure: str, total: int
) -> Iterator[Shape]:
    room = _WIDTH - _LABEL - _FIGURE
    y = top + _ROW * number
    text, x = y + _BAR - 4, float(_LABEL)
    named = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
    yield Shape("text", {"x": _LABEL - 8, "y": text, "text-anchor": "end"}, named)
    for count, look in parts:
        width = round(room * count / max(total, 1), 1)
        yield Shape("rect", {"x": round(x, 1), "y": y, "width": width, "height": _BAR, **look})
        x += width
    yield Shape("text", {"x": round(x + 8, 1), "y": text}, figure)
