"""A sheet that has a record's fields one below another, turned: its names become the column names, its values a row."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import NamedTuple

from notices.forms.data.checking import plain
from notices.forms.data.rows import HEAD, RawCell, RawRow, RawSheet
from notices.forms.wording import ABOUT, CONTENT, NAMED


class Turned(NamedTuple):
    """The sheet as one row, and cells whose content is no field's."""

    page: RawSheet
    strange: tuple[RawCell, ...] = ()


def turned(page: RawSheet, known: Collection[str]) -> Turned | None:
    """The sheet turned; None where its fields do not stand one below another.

    A name that is no field's and has no value is a heading, or a title, and left out. A sheet nobody has filled in
    has no row.

    Args:
        page: the sheet.
        known: what fields are called, and what the form says to write in them, as :func:`plain` has it.
    """
    places = next((found for row in islice(page.rows, HEAD) if (found := _heads(row))), None)
    if places is None:
        return None
    number, name_at, value_at, about_at = places
    names: list[RawCell] = []
    values: list[RawCell] = []
    strange: list[RawCell] = []
    for row in page.rows:
        if row.number == number:
            continue
        name, value = _cell(row, name_at), _cell(row, value_at)
        if name.problem and value.problem:  # a heading, which reaches over both
            continue
        if name.value is not None and (value.value is not None or value.problem or plain(str(name.value)) in known):
            names.append(name)
            values.append(value)
        elif value.value is not None and row.number > number:
            strange.append(value)
        for at, cell in enumerate(row.cells):
            told = at == about_at and plain(str(cell.value)) in known
            if at not in {name_at, value_at} and cell.value is not None and row.number > number and not told:
                strange.append(cell)
    filled = any(value.value is not None or value.problem for value in values)
    rows = (RawRow(number, tuple(names)), *([RawRow(number, tuple(values))] if filled else []))
    return Turned(RawSheet(page.name, rows, page.hidden), tuple(strange))


def _heads(row: RawRow) -> tuple[int, int, int, int | None] | None:
    """The row's number, and which of its cells stand over the names, the values and what to write."""
    texts = [plain(str(cell.value)) if cell.value is not None else "" for cell in row.cells]
    if not {NAMED, CONTENT} <= set(texts):
        return None
    about = texts.index(ABOUT) if ABOUT in texts else None
    return row.number, texts.index(NAMED), texts.index(CONTENT), about


def _cell(row: RawRow, at: int) -> RawCell:
    return row.cells[at] if at < len(row.cells) else RawCell(None, f"第{row.number}行")
