"""A comparison as one HTML file that needs nothing else: filtered by topic and by mark, and it prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from notices.compare.grid import RELAXED, Box, Grid, Line
from notices.compare.topics import TOPICS
from notices.writers.html import page_head

_CLASSES = {"从严": "stricter", "放宽": "looser", RELAXED: "relaxed", "有变化": "changed", "不同": "changed"}
_CLASSES |= {"未规定": "absent", "仅左边有": "absent", "仅右边有": "added", "增加": "added", "待定": "pending"}
_CLASSES |= {"相同": "same", "继承": "inherited"}


def write(grid: Grid, css: str, script: str) -> bytes:
    """The grid as HTML.

    Args:
        grid: what to show.
        css: the text of ``templates/compare/page.css``.
        script: the text of ``templates/compare/page.js``.
    """
    # Neither is parsed as text: only its own end tag could leave it.
    code = script.replace("</", "<\\/")
    notes = "".join(f"<li>{escape(note)}</li>" for note in grid.notes)
    return (
        f"{page_head(grid.title, f'{chr(10)}{css}')}<body>\n"
        f'<h1>{escape(grid.title)}</h1>\n<ul class="notes">{notes}</ul>\n{_form(grid)}\n'
        f'<div class="scroll">\n{"".join(_table(grid))}</div>\n'
        f'<p class="none" hidden>没有符合所选条件的项目。</p>\n<script>\n{code}</script>\n</body>\n</html>\n'
    ).encode()


def _form(grid: Grid) -> str:
    used = {mark for part in grid.parts for line in part.lines for mark in line.marks}
    topics = ((topic, TOPICS[topic][0]) for topic in grid.topics)
    marks = ((mark, mark) for mark in grid.marks if mark in used)
    boxes = _choices("主题", "topic", topics) + _choices("标记", "mark", marks)
    return f'<form>{boxes}<button type="reset">全部显示</button></form>'


def _choices(legend: str, name: str, choices: Iterable[tuple[str, str]]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{escape(value)}"> {escape(told)}</label>'
        for value, told in choices
    )
    return f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>"


def _table(grid: Grid) -> Iterator[str]:
    columns = "".join(f'<col style="width:{100 * width / sum(grid.widths):.2f}%">' for width in grid.widths)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in grid.head)
    yield f"<table>\n<colgroup>{columns}</colgroup>\n<thead><tr>{head}</tr></thead>\n"
    for part in grid.parts:
        heading = f'<th colspan="{len(grid.head)}" scope="rowgroup">{escape(part.title)}</th>'
        yield f'<tbody>\n<tr class="part">{heading}</tr>\n'
        yield from (_row(line) for line in part.lines)
        yield "</tbody>\n"
    yield "</table>\n"


def _row(line: Line) -> str:
    first, *rest = line.boxes
    marks = escape(" ".join(line.marks))
    name = f'<th scope="row">{escape(first.text)} <span class="id">{escape(line.id)}</span></th>'
    return f'<tr data-topic="{line.topic}" data-marks="{marks}">{name}{"".join(map(_cell, rest))}</tr>\n'


def _cell(box: Box) -> str:
    marks = "".join(f'<span class="mark {_CLASSES.get(mark, "")}">{escape(mark)}</span>' for mark in box.marks)
    cite = f' <span class="cite">{escape(box.cite)}</span>' if box.cite else ""
    text = "<br>".join(map(escape, box.text.split("\n")))
    why = f' title="{escape(box.why)}"' if box.why else ""
    return f"<td{why}>{marks}{text}{cite}</td>"
