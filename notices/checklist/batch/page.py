"""The summary as one page that stands alone, in HTML and, printed, in PDF; and as an Excel file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from notices.checklist.batch import executor
from notices.checklist.batch.chart import bars
from notices.checklist.batch.summary import Summary
from notices.checklist.book import book
from notices.checklist.sections import Section
from notices.errors import MissingPartError
from notices.typeset.fonts import ROLES, FontFace, FontSet, Role
from notices.writers.html import page_head

MOST_ROWS = 500
"""Rows of a table that are printed; the Excel file has them all."""

MANY = 5000
"""Applicants from which the page is printed in a process of its own: the run has taken its share of memory."""

_CSS = """
@page { size: A4 landscape; margin: 18mm 16mm;
  @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt } }
* { box-sizing: border-box }
html { font: 12pt/1.6 "仿宋_GB2312", FangSong, STFangsong, "FandolFang", serif; color: #111 }
body { margin: 0 auto; max-width: 270mm; padding: 1rem; overflow-wrap: anywhere }
h1 { font: 20pt/1.4 "方正小标宋简体", SimSun, "FandolSong", serif; text-align: center; margin: .2em 0 .6em }
h2, th { font-family: SimHei, STHeiti, "FandolHei", "Noto Sans CJK SC", sans-serif; font-weight: normal }
h2 { font-size: 14pt; margin: 1.2em 0 .4em; break-after: avoid }
p { margin: 0 }
table { border-collapse: collapse; width: 100%; font-size: .8em }
th, td { border: .5pt solid #555; padding: .15em .4em; text-align: left; vertical-align: top }
th { background: #f2f2f2 } tr { break-inside: avoid }
svg { break-inside: avoid }
@media print { body { padding: 0; max-width: none } }
"""


def html(told: Summary, faces: str = "", font: str = "") -> bytes:
    """The page; ``faces`` is more style, as the faces of a PDF, ``font`` what the chart is lettered in."""
    body = "\n".join(_body(told, font))
    return (f"{page_head(told.title, f'{_CSS}{faces}')}<body>\n{body}\n</body>\n</html>\n").encode()


def _body(told: Summary, font: str) -> Iterator[str]:
    yield f"<h1>{escape(told.title)}</h1>"
    yield from (f"<p>{escape(line)}</p>" for line in told.lines)
    found = told.bars()
    yield "<h2>不符合最多的事项</h2>"
    yield bars(found, told.total, font) if found else "<p>没有不符合的事项。</p>"
    yield from (_table(section) for section in told.sections)


def _table(section: Section) -> str:
    shown = section.rows[:MOST_ROWS]
    rest = len(section.rows) - len(shown)
    more = f"<p>另有 {rest} 行，见 summary.xlsx。</p>" if rest else ""
    total = sum(section.widths)
    columns = "".join(f'<col style="width: {100 * width / total:.1f}%">' for width in section.widths)
    head = "".join(f"<th>{escape(text)}</th>" for text in section.heads)
    rows = "\n".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in shown)
    return (
        f"<h2>{escape(section.title)}</h2>\n<table>\n<colgroup>{columns}</colgroup>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>{more}"
    )


def xlsx(told: Summary) -> bytes:
    """The workbook: a sheet a table, every row."""
    return book(told.title, told.lines, told.sections, told.author)


def pdf(told: Summary, fonts: FontSet) -> bytes:
    """The page, printed. A character no face has is printed as its code, never as an empty box.

    Raises:
        MissingPartError: the system libraries WeasyPrint needs are not there.
    """
    names = _names(fonts)
    text = html(told, _faces(fonts, names), _stack(fonts, names, "body")).decode()
    lacking = {char for char in set(text) if ord(char) > 127 and not fonts.face_for("body", char)}
    printable = "".join(f"〔U+{ord(char):04X}〕" if char in lacking else char for char in text)
    return executor.apart(_printed, printable) if told.total > MANY else _printed(printable)


def _printed(page: str) -> bytes:
    try:
        from weasyprint import HTML  # noqa: PLC0415 - slow, and may not be installed in full
    except (ImportError, OSError) as error:
        hint = "运行 notices doctor 看缺什么；不要 PDF 可加 --format docx"
        raise MissingPartError(f"PDF 排印需要的程序库不能用：{error}\n    → {hint}") from None
    return bytes(HTML(string=page).write_pdf())


def _names(fonts: FontSet) -> dict[FontFace, str]:
    faces = dict.fromkeys(face for role in ROLES for face in fonts.chain(role))
    return {face: f"face{number}" for number, face in enumerate(faces)}


def _stack(fonts: FontSet, names: dict[FontFace, str], role: Role) -> str:
    """A role's own faces first, then every other for what they lack."""
    first = [*fonts.chain("latin")[:1], *fonts.chain(role)]
    return ", ".join(dict.fromkeys(names[face] for face in (*first, *names)))


def _faces(fonts: FontSet, names: dict[FontFace, str]) -> str:
    """Style that names the files of the faces."""
    files = ((name, face.path.resolve().as_uri()) for face, name in names.items())
    rules = [f'@font-face {{ font-family: {name}; src: url("{file}") }}' for name, file in files]
    places: tuple[tuple[str, Role], ...] = (("html", "body"), ("h1", "title"), ("h2, th", "hei"))
    rules += [f"{place} {{ font-family: {_stack(fonts, names, role)} }}" for place, role in places]
    return "\n".join(rules) + "\n"
