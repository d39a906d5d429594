"""A report's page, set by our own typesetter and in Word: its edges, numbers, heads, and rows that do not part."""

import io
import re
import sys
import zipfile
from itertools import pairwise

import docx
import pypdf
import pytest
from conftest import ROOT
from lxml import etree

from notices.document.blocks import Cell, Document, Heading, Paragraph, Table, TableRow, Title, plain, spans
from notices.errors import ProblemsError
from notices.library import Library
from notices.rendering.renderer import Press
from notices.reports import table as reports
from notices.reports.model import Part, Report, ReportCell, ReportRow, ReportTable
from notices.typeset.fonts import find_fonts
from notices.typeset.page import REPORT, mm
from notices.typeset.pages import typeset
from notices.typeset.reports import HEADING, NUMBER, SHEET, TEXT, TITLE
from notices.writers import docx as word

FONTS = find_fonts((ROOT / ".fonts",))
HEAD = (TableRow((Cell((spans("序号", "hei"),)), Cell((spans("要求", "hei"),)))),)


def row(*texts):
    return TableRow(tuple(Cell((spans(text),), "left") for text in texts))


def group(text):
    return TableRow((Cell((spans(text, "hei"),), "left", across=2),))


def grouped(each):
    """Groups of so many rows, some of two lines."""
    return tuple(
        one
        for n in range(12)
        for one in (group(f"组{n}："), *(row(f"{n}之{k}", "要求的内容" * (1 + 9 * (k % 3))) for k in range(each)))
    )


def paper(*blocks):
    return Document("report", "一份报表", "", "report", (Title(("一份报表",)), *blocks))


def told(sheet):
    return [line.text for line in sheet.lines if not line.furniture]


LONG = paper(
    Paragraph(spans("注一句。" * 40)), Heading(1, spans("一、表", "hei")), Table((1, 9), grouped(7), HEAD, small=True)
)


def test_pages_lie_keep_their_margins_and_say_which_of_how_many_they_are():
    sheets = typeset(LONG, FONTS)
    assert len(sheets) > 3
    for number, sheet in enumerate(sheets, 1):
        assert (round(sheet.width, 3), round(sheet.height, 3)) == (round(mm(297), 3), round(mm(210), 3))
        (mark,) = [line for line in sheet.lines if line.furniture]
        assert mark.text == f"{number}/{len(sheets)}"
        assert mark.fragments[0].x + mark.fragments[-1].end == pytest.approx(sheet.width, abs=0.1)
        assert SHEET.bottom < mark.baseline < sheet.height - mm(5)
        text = [line for line in sheet.lines if not line.furniture]
        assert all(SHEET.top < line.baseline < SHEET.bottom for line in text)
        assert all(SHEET.left - 0.1 <= f.x and f.end <= SHEET.right + 0.1 for line in text for f in line.fragments)
        assert all(bar.y + bar.height <= SHEET.bottom + 1 for bar in sheet.bars)


def test_lines_stand_as_close_as_the_words_base_has_them():
    """14 pt in texts, 13 in cells; 16 from one paragraph to the next."""
    texts = [Paragraph(spans("注一句。" * 60)), Paragraph(spans("又一句。"))]
    (sheet,) = typeset(paper(*texts, Table((1, 9), (row("1", "要求的内容" * 40),), HEAD, small=True)), FONTS)
    title, first, second, *more = (line.baseline for line in sheet.lines if not line.furniture)
    assert second - first == pytest.approx(14)
    number = len([line for line in told(sheet) if line.startswith(("注", "一句", "句", "。"))])
    steps = [round(b - a, 2) for a, b in pairwise((first, second, *more)) if b > a]
    assert steps[: number - 1] == [14] * (number - 1)
    assert steps[number - 1] == 16
    cells = [line.baseline for line in sheet.lines if "要求的内容" in line.text]
    assert {round(b - a, 2) for a, b in pairwise(cells)} == {13}
    assert title < first


@pytest.mark.parametrize("each", range(1, 9))
def test_the_title_of_a_group_stands_over_its_first_row_and_the_head_on_every_page(each):
    sheets = typeset(paper(Table((1, 9), grouped(each), HEAD, small=True)), FONTS)
    assert len(sheets) > 1 or each == 1
    for sheet in sheets:
        lines = [text for text in told(sheet) if text != "一份报表"]
        assert lines[:2] == ["序号", "要求"]
        assert not lines[-1].startswith("组")
    assert sum(text.startswith("组") for sheet in sheets for text in told(sheet)) == 12


def test_nothing_is_lost_or_doubled():
    body = "".join(text for sheet in typeset(LONG, FONTS) for text in told(sheet) if text not in {"序号", "要求"})
    cells = (plain(line) for one in grouped(7) for cell in one.cells for line in cell.lines)
    assert sorted(body) == sorted("一份报表" + "注一句。" * 40 + "一、表" + "".join(cells))


def test_heads_and_titles_are_shaded_and_no_cell_of_a_paper_is():
    def colours(document):
        return {bar.colour for sheet in typeset(document, FONTS) for bar in sheet.bars}

    assert {SHEET.head_shade, SHEET.title_shade} < colours(LONG)
    assert colours(Document("附件", "", "", "plain", LONG.blocks[-1:])) == {"#000"}


def test_word_keeps_heads_and_titles_of_groups_with_the_row_under_them():
    """A head alone at a page's foot has LibreOffice lose every row of its table."""
    base = (ROOT / "templates" / "word" / "report.docx").read_bytes()
    made = docx.Document(io.BytesIO(word.write(LONG, base)))
    rows = [(one.cells[0].text, one._tr.xml) for one in made.tables[0].rows]
    kept = {text for text, xml in rows if xml.count("<w:keepNext/>") == xml.count("<w:p>") > 0}
    assert {"序号", *(f"组{n}：" for n in range(12))} <= kept
    assert not kept & {f"{n}之{k}" for n in range(12) for k in range(5)}
    assert all("<w:cantSplit/>" in xml for _, xml in rows)
    assert [text for text, xml in rows if "<w:tblHeader/>" in xml] == ["序号"]


def test_the_words_base_has_the_same_figures():
    content = (ROOT / "templates" / "word" / "report.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = etree.fromstring(archive.read("word/styles.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    figures = {}
    for style in found.iter(f"{w}style"):
        name = style.find(f"{w}aliases") if style.find(f"{w}aliases") is not None else style.find(f"{w}name")
        line, size = style.find(f"{w}pPr/{w}spacing"), style.find(f"{w}rPr/{w}sz")
        if line is not None and size is not None:
            told = [int(line.get(f"{w}{one}", 0)) / 20 for one in ("line", "before", "after")]
            figures[name.get(f"{w}val")] = (int(size.get(f"{w}val")) / 2, *told)
    sorts = {"公文标题": TITLE, "一级标题": HEADING, "公文正文": TEXT, "页码单页": NUMBER}
    assert {name: figures[name] for name in sorts} == {
        name: (one.size, one.line, one.above, one.below) for name, one in sorts.items()
    }
    assert figures["表格小字"][:2] == (SHEET.table_small, SHEET.table_small_line)


def press():
    return Press(Library.at(None), ("pdf",), (ROOT / ".fonts",)).means


def report(text, **more):
    parts = (Part("部", (ReportRow((ReportCell("甲"), ReportCell(text))),)),)
    return Report("report", "一份报表", ("注一句",), (ReportTable("表", ("项", "文"), (1, 3), parts),), **more)


def test_a_report_that_is_typeset_asks_for_no_other_printer(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    content = reports.written(report("能效", typeset=True), "pdf", press())
    assert content == reports.written(report("能效", typeset=True), "pdf", press())
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    assert re.sub(r"\s", "", page.extract_text()) == "一份报表注一句项文部甲能效1/1"


def test_what_no_face_has_is_refused_where_it_stands():
    with pytest.raises(ProblemsError, match="U\\+E000") as caught:
        reports.written(report("能效\ue000", typeset=True), "pdf", press())
    assert "能效" in caught.value.problems[0].hint


def test_the_lines_of_a_report_s_page_fill_it_and_no_more():
    assert 0 <= REPORT.text_height - REPORT.lines * REPORT.line < REPORT.line
