"""The 花脸稿 as one HTML file that stands alone: inserted underlined, struck crossed out, moved marked, with a legend.

Marks can be told apart without colour, too: on a black-and-white print and by a reader who does not see red and blue.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from notices.redline.summary import TITLE, Summary
from notices.redline.view import Grid, Line, Row, View, Words
from notices.writers.html import page_head

CSS = """
@page { size: A4; margin: 25mm 22mm 22mm;
  @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt } }
* { box-sizing: border-box }
html { font: 14pt/1.75 "仿宋_GB2312", FangSong, STFangsong, "FandolFang", serif; color: #111 }
body { margin: 0 auto; max-width: 190mm; padding: 1rem; overflow-wrap: anywhere }
p { margin: 0; white-space: pre-wrap; text-align: justify }
p.body { text-indent: 2em } td p.body, .note p.body { text-indent: 0 }
.center { text-align: center; text-indent: 0 } .right { text-align: right; text-indent: 0 }
.heading { font-family: SimHei, STHeiti, "FandolHei", "Noto Sans CJK SC", sans-serif }
ins { color: #0645ad; text-decoration: underline }
del { color: #c00; text-decoration: line-through }
.from, .to { color: #06753a }
.from { text-decoration: line-through double } .to { text-decoration: underline double }
sup { font-size: .65em; line-height: 0 }
.changed { border-left: 2pt solid #999; padding-left: 6pt; margin-left: -8pt }
td .changed { border: 0; padding: 0; margin: 0 }
table { border-collapse: collapse; width: 100%; margin: .4em 0; font-size: .85em }
td { border: .5pt solid #555; padding: .15em .4em; vertical-align: top }
tr.ins td { background: #eef4ff } tr.del td { background: #fff0f0 }
.legend, .summary { font: 10.5pt/1.6 "宋体", SimSun, "FandolSong", serif; border: .5pt solid #999;
  padding: .6em 1em; margin: 0 0 1.2em }
.summary h1 { font-size: 16pt; text-align: center; margin: .2em 0 }
.notes { border-top: .5pt solid #999; margin-top: 1.5em; padding-top: .5em; font-size: .85em }
@media print {
  body { padding: 0; max-width: none } tr { break-inside: avoid }
  .summary { break-after: page; border: 0; padding: 0 }
}
"""

_TAGS = {"ins": "ins", "del": "del"}
_LEGEND = (
    "图例：<ins>蓝色、下划线</ins>为增加；<del>红色、删除线</del>为删去；"
    '<span class="from">绿色、双删除线</span>为移走，<span class="to">绿色、双下划线</span>为移来'
    "（编号相同的是同一处）；左边有竖线的段落有修改。"
)


def page(seen: View, told: Summary, names: tuple[str, str], *, front: bool = False, faces: str = "") -> bytes:
    """The HTML file.

    Args:
        seen: the redline.
        told: its summary.
        names: what the two files are called.
        front: put the summary in front.
        faces: more style, as the faces of a PDF.
    """
    head = "".join(_summary(told)) if front else ""
    numbered = "自动编号的序号不在其中，以 Word 文件为准。" if any(line.numbered for line in seen.lines()) else ""
    legend = f'<p class="legend">{escape(names[0])} → {escape(names[1])}\n{_LEGEND}{numbered}</p>'
    notes = [f'<div class="note">{"".join(_blocks(note, n))}</div>' for n, note in enumerate(seen.notes, 1)]
    below = f'<section class="notes">{"".join(notes)}</section>' if notes else ""
    return (
        f"{page_head(f'{names[0]} → {names[1]} 花脸稿', f'{faces}{CSS}')}"
        f"<body>\n{head}{legend}\n{chr(10).join(_blocks(seen.blocks))}\n{below}</body>\n</html>\n"
    ).encode()


def _summary(told: Summary) -> Iterator[str]:
    yield f'<section class="summary"><h1>{TITLE}</h1>'
    yield from (f"<p>{escape(line) or '&nbsp;'}</p>" for line in told.lines())
    yield "</section>\n"


def _blocks(blocks: tuple[Line | Grid, ...], note: int = 0) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield f"<table>{''.join(map(_row, block.rows))}</table>"
        else:
            label = f"<sup>{note}</sup>" if note else ""
            note = 0
            yield f'<p class="{_class(block)}">{label}{"".join(map(_words, block.words)) or "&nbsp;"}</p>'


def _row(row: Row) -> str:
    wide = (f' colspan="{span}"' if span > 1 else "" for span, _ in row.cells)
    cells = "".join(f"<td{each}>{''.join(_blocks(cell))}</td>" for each, (_, cell) in zip(wide, row.cells, strict=True))
    return f'<tr class="{row.mark}">{cells}</tr>' if row.mark else f"<tr>{cells}</tr>"


def _class(line: Line) -> str:
    place = {"center": "center", "right": "right", "end": "right"}.get(line.align, "body")
    return " ".join(filter(None, (place, "heading" if line.heading else "", "changed" if line.changed else "")))


def _words(words: Words) -> str:
    said = escape(words.text) + (f"<sup>注{words.note}</sup>" if words.note else "")
    if words.mark in _TAGS:
        return f"<{_TAGS[words.mark]}>{said}</{_TAGS[words.mark]}>"
    if words.mark:
        arrow = "移走" if words.mark == "from" else "移来"
        return f'<span class="{words.mark}">{said}</span><sup class="{words.mark}">{arrow}{words.move}</sup>'
    return said
