"""Tables: nothing lost, nothing twice, heads on every page, nothing outside the page, in every format."""

from __future__ import annotations

import io
import re
from bisect import bisect
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import docx as python_docx
import pdfplumber
import pytest
from conftest import ROOT
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import paper, para, squeezed

from notices.document.blocks import Cell, Heading, Section, Table, TableRow, spans
from notices.document.placement import columns_of
from notices.marks import unmarked, waiting
from notices.typeset.atoms import Gauge
from notices.typeset.fonts import find_fonts
from notices.typeset.page import PAGE, mm
from notices.typeset.pages import typeset
from notices.typeset.tables import grid
from notices.writers import docx, html, md, pdf

FONTS = find_fonts((ROOT / ".fonts",))
GAUGE = Gauge(FONTS)
BASE = (ROOT / "templates/word/plain.docx").read_bytes()
CSS = (ROOT / "templates/web.css").read_text("utf-8")
FULL = PAGE.lines * PAGE.line


def numbered(rows, columns, words="", down=None, height=0.0):
    """A table whose every cell has a text of its own; ``down`` gives cells that reach over rows."""
    reach = down or {}
    gone = {(row + n, column) for (row, column), size in reach.items() for n in range(1, size)}
    made = []
    for row in range(rows):
        cells = [
            Cell((spans(f"甲{row}乙{column}丙{words}"),), down=reach.get((row, column), 1))
            for column in range(columns)
            if (row, column) not in gone
        ]
        made.append(TableRow(tuple(cells), height))
    head = (TableRow(tuple(Cell((spans(f"表头{column}"),)) for column in range(columns))),)
    return Table((1.0,) * columns, tuple(made), head)


def texts(table):
    return ["".join(span.text for line in cell.lines for span in line) for row in table.rows for cell in row.cells]


@st.composite
def tables(draw, most_rows=40):
    """Tables with cells over several rows, long texts and rows of a height."""
    rows, columns = draw(st.integers(1, most_rows)), draw(st.integers(1, 5))
    taken, down = set(), {}
    for _ in range(draw(st.integers(0, 3))):
        row, column = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
        size = draw(st.integers(1, rows - row))
        cells = {(row + n, column) for n in range(size)}
        if not cells & taken and columns > 1:
            taken |= cells
            down[row, column] = size
    words = "字" * draw(st.sampled_from([0, 0, 5, 60, 700]))
    return numbered(rows, columns, words, down, draw(st.sampled_from([0.0, 24.0, 300.0, 2000.0])))


def parts_of(table, room=FULL):
    found = list(grid(table, PAGE, GAUGE).parts(room, FULL))
    pages = [[]]
    for part in found:
        if part is None:
            pages.append([])
        else:
            pages[-1].append(part)
    return pages


def told(part):
    """Everything a part says, from its upper to its lower lines within each column."""
    return [
        (baseline, line.fragments[0].x, "".join(f.text for f in line.fragments)) for baseline, line, _ in part.lines
    ]


@given(tables(), st.floats(0, FULL))
@settings(max_examples=60)
def test_no_text_is_lost_or_doubled_at_page_turns_and_none_leaves_its_page(table, room):
    said = []
    for number, page in enumerate(parts_of(table, room)):
        assert len(page) <= 1, "one part a page"
        for part in page:
            assert part.height <= (room if number == 0 else FULL) + 0.5 or (number == 0 and room >= FULL - 0.01)
            for baseline, _, _ in told(part):
                assert 0 < baseline < part.height
            assert "".join(text for _, _, text in told(part)).count("表头") == len(table.widths)
            said += [text for _, _, text in told(part) if "表头" not in text]
    wanted = "".join(texts(table))
    assert sorted("".join(said)) == sorted(wanted)


@given(tables(12))
@settings(max_examples=40)
def test_lines_of_different_cells_never_overlap(table):
    made = grid(table, PAGE, GAUGE)
    for page in parts_of(table):
        for part in page:
            columns: dict[int, list[float]] = {}
            for baseline, x, _ in told(part):
                columns.setdefault(bisect(made.edges, x), []).append(baseline)
            for baselines in columns.values():
                assert all(lower - upper > made.pitch - 0.01 for upper, lower in pairwise(sorted(baselines)))


def test_a_cell_over_rows_of_several_pages_goes_on_where_it_was_cut():
    text = "一二三四五六七八九十" * 60
    rows = [TableRow((Cell((spans(text),), down=30), Cell((spans("首行"),))), 24.0)]
    rows += [TableRow((Cell((spans(f"第{n}行"),)),), 24.0) for n in range(1, 30)]
    table = Table((1.0, 8.0), tuple(rows), (TableRow((Cell((spans("甲"),)), Cell((spans("乙"),)))),))
    pages = parts_of(table, 100)
    assert len(pages) >= 3
    assert all(len(page) == 1 for page in pages[1:])
    edge = PAGE.text_width / 9
    said = "".join(text for page in pages for part in page for _, x, text in told(part) if x < edge and text != "甲")
    assert said == text, "in order, whole, once"


def test_a_row_higher_than_a_page_goes_on_over_pages_without_loss():
    text = "长" * 4000
    table = Table((1.0, 3.0), (TableRow((Cell((spans("左"),)), Cell((spans(text),)))),))
    pages = parts_of(table)
    assert len(pages) >= 3
    assert sum(text.count("长") for page in pages for part in page for _, _, text in told(part)) == 4000


@pytest.mark.parametrize("count", [1, 40, 400])
def test_pages_of_a_long_table_look_at_their_own_rows_only(count, monkeypatch):
    made = grid(numbered(count, 3), PAGE, GAUGE)
    seen = 0
    plain = type(made.body).boxes

    def counted(self, start, end):
        nonlocal seen
        for box in plain(self, start, end):
            seen += 1
            yield box

    monkeypatch.setattr(type(made.body), "boxes", counted)
    parts = [part for part in made.parts(FULL, FULL) if part]
    head = 3 * len(parts)
    assert 3 * count <= seen <= 2 * 3 * count + head, "once to group and once to place, never once a page"


def test_rows_are_as_high_as_their_highest_cell_and_no_lower_than_asked():
    table = Table(
        (1.0, 1.0),
        (
            TableRow((Cell((spans("短"),)), Cell((spans("短"),)))),
            TableRow((Cell((spans("短"),)), Cell((spans("一行"), spans("两行"), spans("三行"))))),
            TableRow((Cell((spans("短"),)), Cell((spans("短"),))), 77.0),
            TableRow((Cell(), Cell())),
        ),
    )
    down = 2 * PAGE.table_down
    expected = (PAGE.table_line + down, 3 * PAGE.table_line + down, 77.0, PAGE.table_line + down)
    assert grid(table, PAGE, GAUGE).body.heights == pytest.approx(expected)


@given(tables(15))
def test_columns_of_gives_every_place_to_exactly_one_cell(table):
    places = [
        (placed.row + down, placed.column + across)
        for placed in columns_of(table.rows, len(table.widths))
        for down in range(placed.cell.down)
        for across in range(placed.cell.across)
    ]
    assert sorted(places) == [(r, c) for r in range(len(table.rows)) for c in range(len(table.widths))]


@pytest.mark.parametrize(
    "rows",
    [
        (TableRow((Cell(),)),),
        (TableRow((Cell(), Cell(), Cell())),),
        (TableRow((Cell(across=3),)),),
        (TableRow((Cell(down=2), Cell())),),
        (TableRow((Cell(down=2), Cell())), TableRow((Cell(), Cell()))),
        (TableRow((Cell(), Cell(down=2), Cell())), TableRow((Cell(across=2),))),
    ],
)
def test_columns_of_refuses_rows_that_do_not_fill_their_columns(rows):
    with pytest.raises(ValueError, match="row"):
        columns_of(rows, 3 if len(rows) == 2 and len(rows[0].cells) == 3 else 2)


class _Cells(HTMLParser):
    def __init__(self):
        super().__init__()
        self.cells, self.inside = [], False

    def handle_starttag(self, tag, _):
        self.inside = self.inside or tag in {"td", "th"}
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in {"td", "th"}

    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data


def in_docx(document):
    body = python_docx.Document(io.BytesIO(docx.write(document, BASE))).element.body
    cells = [tc for tc in body.iter(qn("w:tc")) if not _continues(tc)]
    return ["".join(t.text or "" for t in tc.iter(qn("w:t"))) for tc in cells]


def _continues(tc):
    merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) == "continue"


def in_html(document):
    reader = _Cells()
    reader.feed(html.write(document, CSS).decode())
    return reader.cells


def in_md(document):
    rows = [line.strip("|") for line in md.write(document).decode().splitlines() if line.startswith("|")]
    cells = [cell.strip() for row in rows if "---" not in row for cell in re.split(r"(?<!\\)\|", row)]
    return [re.sub(r"\\(.)", r"\1", cell) for cell in cells if cell]


@given(tables(8))
@settings(max_examples=25)
def test_every_cell_stands_once_in_word_html_and_markdown(table):
    document = paper(table)
    wanted = [f"表头{n}" for n in range(len(table.widths))] + texts(table)
    for read in (in_docx, in_html, in_md):
        assert sorted(read(document)) == sorted(wanted), read.__name__


@pytest.mark.parametrize("text", ["=1+1", "a|b", "<b>&amp;", "*_`#", "　首", "x" * 200, "甲 乙", "“引”—…"])
def test_special_texts_come_through_every_format(text):
    document = paper(Table((1.0, 1.0), (TableRow((Cell((spans(text),)), Cell((spans("旁"),)))),)))
    assert in_docx(document) == [text, "旁"]
    assert in_html(document) == [text, "旁"]
    source = md.write(document).decode()
    assert "|  | ".strip() in source.splitlines()[0] or source
    with pdfplumber.open(io.BytesIO(pdf.write(document, FONTS))) as book:
        assert squeezed(text) in squeezed(book.pages[0].extract_text()) or len(text) > 30


@given(tables(10))
@settings(max_examples=6)
def test_every_cell_stands_in_the_pdf_and_the_head_on_every_page_of_it(table):
    with pdfplumber.open(io.BytesIO(pdf.write(paper(table), FONTS))) as book:
        pages = ["".join(char["text"] for char in page.chars) for page in book.pages]
    whole = "".join(pages)
    assert all(whole.count(mark) == "".join(texts(table)).count(mark) for mark in "甲乙丙字")
    assert [page.count("表头") for page in pages] == [len(table.widths)] * len(pages)


def test_rows_stand_in_the_pdf_in_their_order():
    with pdfplumber.open(io.BytesIO(pdf.write(paper(numbered(120, 2)), FONTS))) as book:
        order = [int(n) for page in book.pages for n in re.findall(r"甲(\d+)乙0丙", squeezed(page.extract_text()))]
    assert order == list(range(120))


def test_word_repeats_the_head_and_keeps_rows_whole():
    body = python_docx.Document(io.BytesIO(docx.write(paper(numbered(30, 3)), BASE))).element.body
    rows = list(body.iter(qn("w:tr")))
    assert len(rows) == 31
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * 30
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def kept(row):
    """Whether every paragraph of a row in Word stays with the next."""
    return {p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p"))} == {True}


@pytest.mark.parametrize(
    ("down", "expected"),
    [
        ({}, {0, 1, 9}),  # the head, and two rows on a first page and a last one
        ({(2, 0): 3, (6, 1): 2}, {0, 1, 3, 4, 7, 9}),  # rows a cell joins
        ({(8, 0): 2}, {0, 1, 9}),
        ({(0, 0): 10}, {0, *range(1, 10)}),
    ],
)
def test_word_keeps_together_what_the_pdf_does(down, expected):
    body = python_docx.Document(io.BytesIO(docx.write(paper(numbered(10, 3, down=down)), BASE))).element.body
    assert {n for n, row in enumerate(body.iter(qn("w:tr"))) if kept(row)} == expected


def test_rows_that_no_page_has_room_for_are_not_kept_together():
    body = python_docx.Document(io.BytesIO(docx.write(paper(numbered(60, 3, down={(0, 0): 60})), BASE))).element.body
    assert {n for n, row in enumerate(body.iter(qn("w:tr"))) if kept(row)} == {0}


def note(text):
    return Table((1.0,), (TableRow((Cell((spans(text),), "left"),)),), small=True, ruled=False)


def test_notes_under_a_table_are_its_last_rows_in_word_and_have_no_rules():
    document = paper(numbered(30, 3), note("注：甲。"), note("注：乙。"), para("文。"))
    body = python_docx.Document(io.BytesIO(docx.write(document, BASE))).element.body
    (table,) = body.iter(qn("w:tbl"))
    *_, last, first, second = table.iter(qn("w:tr"))
    assert ["".join(t.text for t in row.iter(qn("w:t"))) for row in (first, second)] == ["注：甲。", "注：乙。"]
    assert [kept(row) for row in (last, first, second)] == [True, True, False]
    for row in (first, second):
        assert [one.get(qn("w:val")) for one in row.iter(qn("w:gridSpan"))] == ["3"]
        assert {edge.tag for edge in row.find(f".//{qn('w:tcBorders')}")} == {
            qn(f"w:{e}") for e in ("left", "bottom", "right")
        }


@pytest.mark.parametrize(("rows", "down"), [(13, {(8, 0): 5}), (13, {(5, 0): 3, (8, 0): 5})])
def test_room_for_notes_takes_along_the_last_rows_a_cell_joins_and_no_more(rows, down):
    """A page is not left half empty for a line under the table."""
    table = numbered(rows, 2, down=down)
    whole = grid(table, PAGE, GAUGE)
    room = sum(whole.head.heights) + sum(whole.body.heights) + 1
    first, turn, second = (replace(whole, tail=20.0)).parts(room, FULL)
    assert turn is None
    assert {re.match(r"甲(\d+)", text)[1] for _, _, text in told(second) if text.startswith("甲")} == {
        "8",
        "9",
        "10",
        "11",
        "12",
    }
    assert "甲7乙1丙" in {text for _, _, text in told(first)}


def test_cells_of_one_shape_keep_their_own_characters_and_marks_in_word():
    made = [("甲", "左"), ("乙", "右"), (waiting("值"), "又"), ("ascii", "末"), ("", "空")]
    rows = tuple(TableRow((Cell((spans(a),)), Cell((spans(b), spans(b)), "left"))) for a, b in made)
    document = paper(Table((1.0, 2.0), rows))
    assert in_docx(document) == [text for a, b in made for text in (unmarked(a), b + b)]
    body = python_docx.Document(io.BytesIO(docx.write(document, BASE))).element.body
    marked = [run for run in body.iter(qn("w:r")) if run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}") is not None]
    assert [t.text for run in marked for t in run.iter(qn("w:t"))] == ["【待定：值】"]


def test_landscape_pages_have_the_number_at_the_left_edge_turned_and_28_mm_in():
    blocks = (para("正文"), Section(landscape=True), numbered(60, 4), Section(landscape=False), para("又是正文"))
    with pdfplumber.open(io.BytesIO(pdf.write(paper(*blocks), FONTS))) as book:
        sizes = [(page.width > page.height) for page in book.pages]
        assert sizes[0] is False
        assert sizes[-1] is False
        assert sizes[1:-1] == [True] * (len(sizes) - 2)
        assert len(sizes) >= 5, "two odd and even landscape pages to look at"
        for number, page in enumerate(book.pages, 1):
            dashes = [char for char in page.chars if char["text"] == "—"]
            assert len(dashes) == 2, number
            near = [c["text"] for c in page.chars if _between(c, dashes) and c["text"].strip()]
            assert "".join(near) == str(number)
            for dash in dashes:
                if not sizes[number - 1]:
                    assert dash["upright"]
                    continue
                assert not dash["upright"]
                assert dash["matrix"][1] < 0 < dash["matrix"][2], "turned to the right"
                assert (dash["x0"] + dash["x1"]) / 2 == pytest.approx(mm(28), abs=0.5)
                at_foot = dash["top"] > page.height / 2
                assert at_foot == bool(number % 2), "odd at the foot, even at the head"
                margin = page.height - dash["bottom"] if at_foot else dash["top"]
                assert mm(25) < margin < mm(50)


def _between(char, dashes):
    first, last = sorted(dashes, key=lambda dash: (dash["x0"], dash["top"]))
    across = first["x0"] - 1 <= char["x0"] and char["x1"] <= last["x1"] + 1
    return char not in dashes and across and first["top"] - 1 <= char["top"] <= last["bottom"] + 1


def test_landscape_pages_lie_in_word_with_their_own_footers():
    blocks = (para("正文"), Section(landscape=True), numbered(3, 4), Section(landscape=False), para("又是正文"))
    opened = python_docx.Document(io.BytesIO(docx.write(paper(*blocks), BASE)))
    turned = [section.page_width > section.page_height for section in opened.sections]
    assert turned == [False, True, False]
    upright, lying, _ = opened.sections
    assert (lying.top_margin, lying.left_margin) == (upright.left_margin, upright.bottom_margin)
    ids = [
        {reference.get(qn("r:id")) for reference in section._sectPr.findall(qn("w:footerReference"))}
        for section in opened.sections
    ]
    assert ids[0] == ids[2]
    assert not ids[0] & ids[1], "footers with the number aside"


@pytest.mark.parametrize("lines", range(14, 21))
@pytest.mark.parametrize("heights", [(60.0, 60.0), (30.0, 560.0)])
def test_a_heading_goes_where_the_rows_under_it_go(lines, heights):
    rows = tuple(TableRow((Cell((spans(f"第{n}行"),)),), height) for n, height in enumerate(heights))
    rows += tuple(TableRow((Cell((spans("后面的行"),)),), 60.0) for _ in range(6))
    text = [para("这一段正好是一行的文字") for _ in range(lines)]
    pages = typeset(paper(*text, Heading(1, spans("一、表")), Table((1.0,), rows)), FONTS)
    said = ["".join(f.text for line in page.lines if not line.furniture for f in line.fragments) for page in pages]
    (page,) = [words for words in said if "一、表" in words]
    assert "第0行" in page, "no heading without what it leads to"
