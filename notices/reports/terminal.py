"""A report on a terminal: aligned where Chinese characters are two wide, in colour where colour is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notices.document.blocks import lines_of
from notices.marks import unmarked
from notices.reports.model import Picture, Report, ReportHeading, ReportRow, ReportTable, ReportText, Tone
from notices.reports.pages import more
from notices.wording.columns import cells

_COLOURS: dict[Tone, str] = {
    "stricter": "31",
    "looser": "32",
    "relaxed": "1;32",
    "changed": "33",
    "absent": "35",
    "added": "36",
    "pending": "1;33",
    "same": "2",
    "inherited": "2",
}
_LEAST = 10
_CLOSING, _OPENING = "，。、；：！？）》〉〕】”’]", "（《〈〔【“‘["


def text(report: Report, width: int, *, colour: bool = False) -> str:
    """The report in columns no wider than ``width`` together; a table of many columns as a block a row."""
    lines = [_paint(line, "1", colour=colour) for line in wrapped(report.title, width)]
    lines += [line for note in report.notes for line in wrapped(unmarked(note), width)]
    for block in report.blocks:
        match block:
            case ReportHeading(told):
                lines += ["", _paint(f"【{told}】", "1", colour=colour)]
            case ReportText(told):
                lines += wrapped(unmarked(told), width)
            case Picture(_, instead):
                lines += [line for one in instead for told in lines_of(one) for line in wrapped(told, width)]
            case ReportTable():
                lines += _table(block, width, colour=colour)
    return "\n".join(lines)


def _table(table: ReportTable, width: int, *, colour: bool) -> Iterator[str]:
    widths = _widths(table, width)
    beside = min(widths) >= _LEAST or len(widths) <= 2
    if table.lead:
        yield from wrapped(unmarked(table.lead), width)
    for part in table.parts:
        yield from ("", _paint(f"【{part.title}】", "1", colour=colour)) if part.title else ()
        if beside:
            yield _paint(_row([[name] for name in table.heads], widths)[0], "4", colour=colour)
        for row in table.shown(part):
            yield from _painted(_columns(row, widths) if beside else _block(row, table, width), row, colour=colour)
    if table.hidden:
        yield more(table)


def _widths(table: ReportTable, width: int) -> list[int]:
    room = width - 2 * (len(table.heads) - 1)
    return [max(int(room * share / sum(table.widths)), 4) for share in table.widths]


def _columns(row: ReportRow, widths: Sequence[int]) -> list[str]:
    return _row([wrapped(unmarked(cell.lines), width) for cell, width in zip(row.cells, widths, strict=True)], widths)


def _block(row: ReportRow, table: ReportTable, width: int) -> list[str]:
    """What each column says; those that say nothing are named together, by their marks."""
    found = wrapped(f"■ {row.cells[0].text}  {row.key}".rstrip(), width)
    silent: dict[str, list[str]] = {}
    for group, run in table.grouped():
        told: list[str] = []
        for n, name in run:
            cell = row.cells[n]
            if n and cell.told == "—":
                silent.setdefault("".join(f"[{mark.text}]" for mark in cell.marks), []).append(name)
            elif n:
                told += [f"  {line}" for line in wrapped(unmarked(f"{name}：{cell.lines}"), width - 2)]
        found += [f"  —— {group}", *told] if group and told else told
    for marks, names in silent.items():
        found += [f"  {line}" for line in wrapped(f"{marks or '—'}{'、'.join(names)}", width - 2)]
    return found


def _row(boxes: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    height = max(map(len, boxes))
    return ["  ".join(_cells(boxes, widths, number)).rstrip() for number in range(height)]


def _cells(boxes: Sequence[Sequence[str]], widths: Sequence[int], number: int) -> Iterator[str]:
    for box, width in zip(boxes, widths, strict=True):
        line = box[number] if number < len(box) else ""
        yield line + " " * (width - cells(line))


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns; no closing mark begins a line, no opening one ends it."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for char in paragraph:
            wide = cells(char)
            if used + wide > width and line:
                kept = _carried(line, char)
                found.append(line[: len(line) - len(kept)])
                line, used = kept, cells(kept)
            line, used = line + char, used + wide
        found.append(line)
    return found


def _carried(line: str, char: str) -> str:
    """What of a full line goes to the next with ``char``; nothing when the line is made of such marks."""
    for size in range(min(5, len(line) - 1) + 1):
        head, first = line[: len(line) - size], (line[len(line) - size :] + char)[0]
        if first not in _CLOSING and head[-1] not in _OPENING:
            return line[len(line) - size :]
    return ""


def _painted(lines: Sequence[str], row: ReportRow, *, colour: bool) -> Iterator[str]:
    """Lines of a row with its marks in their colours, and the first line of a block bold."""
    for line in lines:
        painted = line
        for mark in row.marks if colour else ():
            painted = painted.replace(f"[{mark.text}]", _paint(f"[{mark.text}]", _COLOURS[mark.tone], colour=True))
        yield _paint(painted, "1", colour=colour) if line.startswith("■") else painted


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
