"""A comparison on a terminal: aligned where Chinese characters are two wide, in colour where colour is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notices.compare.grid import RELAXED, Box, Grid, Line
from notices.wording.columns import cells

_COLOURS = {"从严": "31", "放宽": "32", RELAXED: "1;32", "有变化": "33", "不同": "33", "未规定": "35", "增加": "36"}
_COLOURS |= {"仅左边有": "35", "仅右边有": "36", "待定": "1;33", "继承": "2", "相同": "2"}
_LEAST = 10
_CLOSING, _OPENING = "，。、；：！？）》〉〕】”’]", "（《〈〔【“‘["


def text(grid: Grid, width: int, *, colour: bool = False) -> str:
    """The grid in columns no wider than ``width`` together; with many columns, a block a row."""
    widths = _widths(grid, width)
    setter = _columns if min(widths) >= _LEAST or len(widths) <= 2 else _block
    lines = [_paint(line, "1", colour=colour) for line in wrapped(grid.title, width)]
    lines += [line for note in grid.notes for line in wrapped(note, width)]
    for part in grid.parts:
        lines += ["", _paint(f"【{part.title}】", "1", colour=colour)]
        if setter is _columns:
            lines.append(_paint(_row([[name] for name in grid.head], widths)[0], "4", colour=colour))
        for line in part.lines:
            lines += setter(line, grid, widths, width, colour)
    return "\n".join(lines)


def _widths(grid: Grid, width: int) -> list[int]:
    room = width - 2 * (len(grid.head) - 1)
    return [max(int(room * share / sum(grid.widths)), 4) for share in grid.widths]


def _columns(line: Line, _: Grid, widths: Sequence[int], __: int, colour: bool) -> list[str]:  # noqa: FBT001
    boxes = [wrapped(_told(box), width) for box, width in zip(line.boxes, widths, strict=True)]
    rows = _row(boxes, widths)
    return [_painted(row, line) if colour else row for row in rows]


def _block(line: Line, grid: Grid, _: Sequence[int], width: int, colour: bool) -> list[str]:  # noqa: FBT001
    head = f"■ {line.boxes[0].text}  {line.id}"
    found = [_paint(part, "1", colour=colour) for part in wrapped(head, width)]
    for name, box in zip(grid.head[1:], line.boxes[1:], strict=True):
        told = wrapped(f"{name}：{_told(box)}", width - 2)
        found += [f"  {_painted(row, line) if colour else row}" for row in told]
    return found


def _told(box: Box) -> str:
    marks = "".join(f"[{mark}]" for mark in box.marks)
    return "\n".join(part for part in (marks, box.text + box.cite) if part)


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


def _painted(row: str, line: Line) -> str:
    for mark in line.marks:
        row = row.replace(f"[{mark}]", _paint(f"[{mark}]", _COLOURS.get(mark, "0"), colour=True))
    return row


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
