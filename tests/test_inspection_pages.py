"""On which page a paragraph of a Word file begins: counted where the file does not say it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import docx
import pypdf
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image
from planting import NS, Sheet, paper

import notices
from notices.inspection import inspect, reader, report

LINE = "这是正好二十八个字的一行文字它占满了版心的整整一行不多也不少啊"[:28]


def plain(texts, *, before=None):
    """A Word file of the official page, a paragraph a text, 22 lines of 28 characters a page."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, (37, 35, 28, 26))
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = Pt(28.95), Pt(0)
    normal._element.get_or_add_rPr().append(parse_xml(f'<w:spacing {NS} w:val="-6"/>'))
    for text in texts:
        document.add_paragraph(text)
    if before:
        before(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pages(content):
    return [para.page for para in reader.read("件.docx", content)[0].paras]


def test_a_page_holds_twenty_two_lines():
    assert pages(plain(["一行"] * 45)) == [1] * 22 + [2] * 22 + [3]


@pytest.mark.parametrize(("length", "lines"), [(1, 1), (28, 1), (29, 2), (56, 2), (57, 3)])
def test_a_paragraph_takes_as_many_lines_as_its_characters_fill(length, lines):
    assert pages(plain(["字" * length, *["一行"] * 22])) == [1] * (23 - lines) + [2] * lines


def test_an_indent_takes_room_and_half_width_characters_half_of_it():
    def indent(document):
        document.paragraphs[0].paragraph_format.first_line_indent = Pt(32)

    assert pages(plain([LINE, *["一行"] * 21])) == [1] * 22
    assert pages(plain([LINE, *["一行"] * 21], before=indent)) == [1] * 21 + [2]
    assert pages(plain(["a" * 56, *["一行"] * 21])) == [1] * 22


def test_chinese_and_digits_keep_a_quarter_of_a_character_apart_where_nothing_else_is_said():
    def close_up(document):
        own = document.paragraphs[0]._p.get_or_add_pPr()
        own.append(parse_xml(f'<w:autoSpaceDE {NS} w:val="0"/>'))
        own.append(parse_xml(f'<w:autoSpaceDN {NS} w:val="0"/>'))

    text = ["字2" * 18 + "字", *["一行"] * 21]  # 28 characters without, 37 with what stands between them
    assert pages(plain(text)) == [1] * 21 + [2]
    assert pages(plain(text, before=close_up)) == [1] * 22


def test_a_page_that_is_turned_by_hand_is_turned():
    def turn(document):
        document.paragraphs[3].insert_paragraph_before().add_run().add_break(WD_BREAK.PAGE)

    assert pages(plain(["一行"] * 6, before=turn)) == [1, 1, 1, 2, 2, 2, 2]


def test_a_heading_goes_with_what_follows_it():
    def keep(document):
        document.paragraphs[21].paragraph_format.keep_with_next = True

    assert pages(plain(["一行"] * 24)) == [1] * 22 + [2] * 2
    assert pages(plain(["一行"] * 24, before=keep)) == [1] * 21 + [2] * 3


def test_rows_are_as_high_as_their_highest_cell_and_their_head_stands_again():
    def table(document):
        made = document.add_table(14, 2)
        for row in made.rows:
            row.cells[0].text, row.cells[1].text = "一\n二\n三", "四"
        made.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {NS}/>"))
        for row in made.rows:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {NS}/>"))

    found = pages(plain(["一行"] * 4, before=table))
    # six rows of three lines under four lines; on the next pages the head, and six rows
    assert found == [1] * 4 + [1] * 12 + [2] * 12 + [3] * 4


def test_a_header_of_ten_lines_leaves_room_for_fourteen():
    def head(document):
        document.sections[0].header.paragraphs[0].text = "页眉"
        for _ in range(9):
            document.sections[0].header.add_paragraph("页眉")

    assert pages(plain(["一行"] * 16, before=head)) == [1] * 14 + [2] * 2


def test_a_table_within_a_cell_counts_its_cell_once():
    def table(document):
        outer = document.add_table(1, 1).cell(0, 0)
        outer.text = "上"
        outer.add_table(2, 1)
        outer.add_paragraph("下")

    found = pages(plain(["一行"] * 17, before=table))
    assert found[-1] == 1
    assert len(found) == 22, "seventeen lines, three in the cell, two in the table within it"


@pytest.mark.parametrize("edges", [{"top": 9000, "bottom": 9000}, {"left": 6000, "right": 7000}])
def test_margins_that_leave_no_room_do_no_harm(edges):
    def narrow(document):
        mark = document.element.body.sectPr.find(qn("w:pgMar"))
        for name, value in edges.items():
            mark.set(qn(f"w:{name}"), str(value))
        document.add_table(1, 1).cell(0, 0).text = "字" * 500

    assert pages(plain(["一行"] * 3, before=narrow))[0] == 1


@pytest.mark.parametrize("size", ["", "x", "-5", "9" * 30])
def test_a_picture_of_no_sane_size_takes_no_room(size):
    def pictured(document):
        document.paragraphs[0].add_run().add_picture(dot())
        for node in document.element.body.iter("{*}extent"):
            node.set("cy", size)

    assert pages(plain(["一行"] * 22, before=pictured)) == [1] * 22


def test_a_picture_takes_the_room_it_says():
    def pictured(document):
        document.paragraphs[0].add_run().add_picture(dot(), height=Pt(28.95 * 10))

    assert pages(plain(["一行"] * 22, before=pictured)) == [1] * 13 + [2] * 9


def test_a_high_header_leaves_less_for_the_text(press):
    read = reader.read("函.docx", press.bytes_of(paper("letter"), "docx"))[0]
    assert read.about
    measured = reader.read("函.pdf", press.bytes_of(paper("letter"), "pdf"))[0]
    for words in ("优先推荐", "三、其他", "附件：1", "总分为"):
        assert [p.page for p in read.paras if words in p.text] == [p.page for p in measured.paras if words in p.text]


def test_what_word_wrote_down_is_taken_as_it_is(sound):
    sheet = Sheet(sound)
    run = next(sheet.para("三、其他事项").iter(qn("w:r")))
    run.insert(1, parse_xml(f"<w:lastRenderedPageBreak {NS}/>"))
    sheet.look("优先推荐", "<w:i/>")
    sheet.look("联系人及电话", "<w:b/>")
    read = reader.read("件.docx", sheet.bytes())[0]
    told = inspect.inspected(read)
    assert not read.about
    assert [one.where.partition("页")[0] for one in told.findings] == ["第 1 ", "第 2 "]
    assert "约第" not in report.lines([told])


def test_a_counted_page_is_told_as_one_and_explained_once(sound):
    sheet = Sheet(sound)
    sheet.look("优先推荐", "<w:i/>")
    sheet.look("总分为一百分", "<w:b/>")
    told = inspect.inspected(reader.read("件.docx", sheet.bytes())[0])
    assert [one.where.partition("页")[0] for one in told.findings] == ["约第 2 ", "约第 4 "]
    said = report.lines([told, told])
    assert said.count("Word 文件里没有分页") == 1
    assert "Word 文件里没有分页" in "".join(report.report([told]).notes)
    sound_one = inspect.inspected(reader.read("件.docx", sound)[0])
    assert "没有分页" not in report.lines([sound_one]), "nothing is told that has a page"


def test_pages_of_a_pdf_are_measured_not_counted(press):
    assert not reader.read("件.pdf", press.bytes_of(paper(), "pdf"))[0].about


def test_the_grid_is_told_as_set_and_as_measured(sound):
    sheet = Sheet(sound)
    for style in ("Normal", "公文正文", "一级标题", "二级标题"):
        sheet.style(style, '<w:spacing w:line="520" w:lineRule="exact"/>')
    (told,) = inspect.inspected(reader.read("件.docx", sheet.bytes())[0], only={"grid-lines"}).findings
    assert told.found == "行距 26 磅，一面约 24 行（文档网格设的是每页 22 行）"
    sheet = Sheet(sound)
    sheet.style("Normal", '<w:spacing w:val="10"/>', "rPr")
    (told,) = inspect.inspected(reader.read("件.docx", sheet.bytes())[0], only={"grid-chars"}).findings
    assert told.found == "一行排 26 字（文档网格设的是每行 28 字）"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_pages_of_our_papers_are_those_libreoffice_makes_or_next_to_them(editions, tmp_path):
    books = notices.open()
    for name in list(editions)[:4]:
        (tmp_path / f"{name}.docx").write_bytes(books.edition(name).write("notice", "docx"))
    files = sorted(tmp_path.glob("*.docx"))
    command = ("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/p", "--convert-to", "pdf")
    subprocess.run([*command, "--outdir", tmp_path, *files], capture_output=True, check=True, timeout=120)
    off = []
    for file in files:
        texts = [solid(page.extract_text()) for page in pypdf.PdfReader(file.with_suffix(".pdf")).pages]
        for para in reader.read(file.name, file.read_bytes())[0].paras:
            there = [n for n, text in enumerate(texts, 1) if solid(para.text)[:16] in text]
            if len(solid(para.text)) >= 16 and len(there) == 1:
                off.append(abs(para.page - there[0]))
    assert len(off) > 60
    assert max(off) <= 1
    assert off.count(0) >= 0.9 * len(off)


def dot():
    out = io.BytesIO()
    Image.new("RGB", (80, 50), "red").save(out, "PNG")
    out.seek(0)
    return out


def solid(text):
    return re.sub(r"\s", "", text)
