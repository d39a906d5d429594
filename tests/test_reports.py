"""One table of writers, one of reports, one builder of workbooks: what follows from a line in them, and from bad input."""

import ast
import io
import re
import sys
import types

import docx as word
import markdown
import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from conftest import ROOT
from jinja2 import UndefinedError

import applicants
from notices import cli
from notices.commands import calendar, common, compare
from notices.document.blocks import Document, Paragraph, spans
from notices.errors import Exit, MissingPartError, ProblemsError
from notices.library import SHIPPED, Library
from notices.marks import waiting
from notices.rendering.renderer import Press
from notices.reports import model, terminal
from notices.reports import table as reports
from notices.reports.model import (
    Drawing,
    Mark,
    Part,
    Picture,
    Report,
    ReportCell,
    ReportHeading,
    ReportRow,
    ReportTable,
    ReportText,
    Shape,
)
from notices.writers import table as writers
from notices.writers import xlsx
from notices.writers.table import FORMATS, OUTPUTS, WRITERS, Writer

LONG = "长格子里的话，" * 7143
PAPER = Document("notice", "题", "某局", "plain", (Paragraph(spans("正文")),))


@pytest.fixture(scope="module")
def means():
    return Press(Library.at(None), ("pdf",), (SHIPPED / ".fonts",)).means


def report(*texts, **more):
    rows = tuple(
        ReportRow((ReportCell(f"第{number}"), ReportCell(text, "〔一〕"))) for number, text in enumerate(texts)
    )
    return Report(
        "report", "一份报表", ("注一句",), (ReportTable("表", ("项", "文"), (1, 3), (Part("部", rows),)),), **more
    )


def words(content):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


# The table of writers


@pytest.mark.parametrize("form", FORMATS)
def test_every_line_of_the_table_writes_a_file_equal_each_time(form, means):
    content = writers.written(PAPER, form, means)
    assert content
    assert content == writers.written(PAPER, form, means)


def test_a_new_format_is_a_module_and_a_line(monkeypatch, means):
    made = types.ModuleType("notices.writers.ofd")
    made.made = lambda document, _: f"OFD {document.title}".encode()
    monkeypatch.setitem(sys.modules, "notices.writers.ofd", made)
    monkeypatch.setitem(WRITERS, "ofd", Writer("ofd", sets_faces=True))
    writers._module.cache_clear()
    press = Press(Library.at(None), ("ofd",), (SHIPPED / ".fonts",))
    assert press.bytes_of(PAPER, "ofd") == "OFD 题".encode()
    assert press.fonts is not None
    assert reports.written(report("甲"), "ofd", means) == "OFD 一份报表".encode()
    writers._module.cache_clear()


def test_formats_are_listed_once():
    assert (*WRITERS, "xlsx") == OUTPUTS
    assert set(reports.FORMATS) == set(OUTPUTS)
    assert ("text", "json", *reports.FORMATS) == compare.FORMATS
    assert ("text", "json", "ics", *reports.FORMATS) == calendar.FORMATS
    assert all(form in common.PRINTED for form in OUTPUTS)


def test_a_library_that_is_missing_is_named_with_the_way_on(monkeypatch, means):
    monkeypatch.setitem(sys.modules, "notices.writers.broken", None)  # as if what it imports were not there
    monkeypatch.setitem(WRITERS, "ofd", Writer("broken"))
    with pytest.raises(MissingPartError, match=r"OFD 需要的程序库不能用[\s\S]*doctor[\s\S]*docx、pdf、html、md"):
        writers.written(PAPER, "ofd", means)
    assert writers.written(PAPER, "docx", means)


# Reports in every format


@pytest.mark.parametrize("form", reports.FORMATS)
def test_a_report_is_equal_each_time(form, means):
    made = report("甲", f"到{waiting('日期')}", topics=())
    assert reports.written(made, form, means) == reports.written(made, form, means)


def test_every_format_says_every_word(means):
    drawing = Drawing(100, 20, "图", (Shape("text", {"x": 1, "y": 9}, "画<里>"),))
    made = report("甲|*乙*<丙>&", f"到{waiting('某日')}为止")
    blocks = (
        ReportHeading("一、标题"),
        *made.blocks,
        Picture(drawing, (Paragraph(spans("代替画")),)),
        ReportText("末了"),
    )
    made = Report("report", made.title, made.notes, blocks)
    page, text = (reports.written(made, form, means).decode() for form in ("html", "md"))
    assert "甲|*乙*&lt;丙&gt;&amp;" in page
    assert "到<mark>【待定：某日】</mark>为止" in page
    assert ">画&lt;里&gt;</text>" in page
    read = re.sub(r"<[^>]*>", "", markdown.markdown(text, extensions=["tables"]))
    seen = words(reports.written(made, "pdf", means))
    document = word.Document(io.BytesIO(reports.written(made, "docx", means)))
    file = "".join(p.text for p in document.paragraphs) + "".join(c.text for c in document.tables[0]._cells)
    shown = terminal.text(made, 80)
    for said in ("一份报表", "注一句", "一、标题", "部", "第0", "〔一〕", "【待定：某日】", "末了"):
        for where in (read, seen, file, shown):
            assert said in where.replace("\n", ""), said
    assert "甲|*乙*&lt;丙&gt;&amp;" in read
    assert "画<里>" in seen
    assert "代替画" in read
    assert "代替画" in file
    assert "代替画" in shown
    assert not re.search("[\U000f0000-\U0010ffff]", page + text + seen + file + shown)


def test_a_pdf_holds_the_found_faces_and_no_others(means):
    row = ReportRow(
        (ReportCell("甲Ab1"), ReportCell(f"到{waiting('乙')}", "〔一〕", (Mark("从严", "stricter"),))), "a.b", "t"
    )
    tables = (ReportTable("表", ("项", "文"), (1, 3), (Part("部", (row,)),)),)
    made = Report("r", "题", ("注",), tables, topics=(("t", "题"),))
    content = reports.written(made, "pdf", means)
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+face\d+", name) for name in fonts), fonts


def test_a_character_without_a_face_is_printed_as_its_code(means):
    assert "〔U+3134A〕" in words(reports.written(report("名有\U0003134a厂"), "pdf", means))


@pytest.mark.parametrize("count", [2, 5, 6, 7, 11, 12])
def test_a_table_is_cut_where_the_paper_ends_and_loses_no_column(count):
    heads = tuple(map(str, range(count)))
    rows = (ReportRow(tuple(map(ReportCell, heads)), "k", "t"),)
    whole = ReportTable("表", heads, (1.0,) * count, (Part("", rows),), centred=(count - 1,), across=5)
    cut = whole.cut()
    assert all(one.heads[0] == "0" and 2 <= len(one.heads) <= 6 for one in cut)
    assert [head for one in cut for head in one.heads[1:]] == list(heads[1:])
    assert [cell.text for one in cut for cell in next(one.rows).cells[1:]] == list(heads[1:])
    assert [one.heads[place] for one in cut for place in one.centred] == [heads[-1]]


def test_what_a_page_leaves_out_is_said_and_stands_in_the_workbook(means):
    rows = tuple(ReportRow((ReportCell(f"第{number}行"),)) for number in range(5))
    made = Report("report", "题", (), (ReportTable("表", ("甲",), (1,), (Part("", rows),), most=2, rest="另一件"),))
    for form in ("html", "md"):
        page = reports.written(made, form, means).decode()
        assert "另有 3 行，见 另一件。" in page
        assert "第2行" not in page
    book = openpyxl.load_workbook(io.BytesIO(reports.written(made, "xlsx", means)))
    assert [row[0].value for row in book["表"].iter_rows()][2:] == [f"第{n}行" for n in range(5)]


# A cell of fifty thousand characters


def test_a_cell_over_many_pages_is_printed_whole(means):
    long = report("短", LONG, "后")
    seen = words(reports.written(long, "pdf", means))
    assert seen.count("长格子里的话") == 7143
    assert "后" in seen
    document = word.Document(io.BytesIO(reports.written(long, "docx", means)))
    assert LONG in document.tables[0].cell(3, 1).text


def test_a_cell_too_long_for_excel_is_refused_with_its_place(means):
    with pytest.raises(ProblemsError) as told:
        reports.written(report("短", LONG, LONG), "xlsx", means)
    assert len(told.value.problems) == 2, "all of them at once"
    assert "表 第 5 行: 这一格有 50004 个字符，Excel 一格最多放 32767 个" in str(told.value)
    assert "docx、pdf、html" in str(told.value)


def test_the_limit_is_excels_own():
    book = xlsx.Book("题", "")
    sheet = xlsx.BookSheet(book, "页", [xlsx.BookColumn("甲", 10)], 2)
    sheet.add(["甲" * xlsx.MOST])
    assert book.saved()
    sheet = xlsx.BookSheet(book := xlsx.Book("题", ""), "页", [xlsx.BookColumn("甲", 10)], 1)
    sheet.add(["𠮷" * (xlsx.MOST // 2 + 1)])  # two units each
    with pytest.raises(ProblemsError, match="32768 个字符"):
        book.saved()


# Without WeasyPrint


def test_a_report_without_weasyprint_says_what_is_missing(monkeypatch, means):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingPartError, match=r"WeasyPrint 不能用[\s\S]*doctor[\s\S]*html"):
        reports.written(report("甲"), "pdf", means)
    assert reports.written(report("甲"), "html", means)


def test_a_batch_without_weasyprint_keeps_the_rest(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    data = applicants.sheet(tmp_path / "u.xlsx", [applicants.record(n) for n in range(3)])
    arguments = ["guizhou@2024", "--category", "factory", "--as-of", "2024-09-01", "--applicant", str(data)]
    done = CliRunner().invoke(
        cli.cli, ["checklist", *arguments, "--summary-only", "--format", "pdf", "--out", str(tmp_path)]
    )
    made = {path.name for path in tmp_path.rglob("summary.*")}
    assert made == {"summary.xlsx", "summary.html"}
    assert done.exit_code == Exit.ENVIRONMENT
    assert "没有做 summary.pdf，其余都做好了" in done.stderr
    assert "WeasyPrint" in done.stderr
    assert "summary.pdf" not in done.stdout


# The house


TAG = re.compile(
    r"</?(p|h\d|td|th|tr|table|tbody|col|div|span|ul|li|sup|ins|del|body|html|svg|rect|line|circle|text)\b"
)


def test_no_page_is_written_in_code():
    """HTML and SVG stand in templates, where what is set in is escaped."""
    texts = {
        f"{path.relative_to(ROOT)}:{node.lineno}": ast.unparse(node)
        for path in (ROOT / "notices").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
    }
    assert len(texts) > 500
    assert [place for place, text in texts.items() if TAG.search(text)] == []


def test_every_tone_looks_like_something():
    tones = set(model.Tone.__args__)
    css = (ROOT / "templates/reports/report.css").read_text("utf-8")
    assert all(f".{tone}" in css for tone in tones)
    marks = tuple(Mark(tone, tone) for tone in sorted(tones))
    made = Report(
        "r", "题", (), (ReportTable("表", ("甲",), (1,), (Part("", (ReportRow((ReportCell("字", marks=marks),)),)),)),)
    )
    coloured = terminal.text(made, 80, colour=True)
    assert all(re.search(rf"\x1b\[[0-9;]+m\[{tone}\]", coloured) for tone in tones)


def test_a_block_no_page_knows_is_never_left_out_in_silence(means):
    report = model.Report("report", "一份报表", (), ("不是一段",), "某厅")
    with pytest.raises(UndefinedError, match="no_page_knows_this_block"):
        reports.written(report, "html", means)
