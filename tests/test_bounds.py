"""Small files that stand for endless work are refused before the work begins, each with its name and what to do."""

import io
import os
import warnings
import zipfile

import docx
import openpyxl
import pypdf
import pytest
from pypdf.generic import NameObject, StreamObject

from notices.errors import ProblemsError
from notices.forms.data import tables
from notices.forms.word import tags
from notices.ooxml import archive, package
from notices.verify import readers
from notices.verify.clauses import joined
from notices.verify.zones import SourceText


def changed(content, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == name else data)
    return out.getvalue()


def workbook():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["单位名称", "联系人"])
    book.active.append(["甲", "乙"])
    book.save(out)
    return out.getvalue()


def word():
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("一、申报范围")
    document.save(out)
    return out.getvalue()


def rows(xml):
    return lambda data: data.replace(b"</sheetData>", xml + b"</sheetData>")


MERGED = b"".join(b'<mergeCell ref="A%d:GR%d"/>' % (n * 6000 + 1, n * 6000 + 5000) for n in range(20))
SHEETS = {
    "a row far down": (rows(b'<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'), "行号"),
    "a row of many digits": (rows(b'<row r="' + b"9" * 5000 + b'"><c><v>1</v></c></row>'), "行号"),
    "a column far right": (rows(b'<row r="3"><c r="XFD3"><v>1</v></c></row>'), "XFD 列"),
    "a column beyond": (rows(b'<row r="3"><c r="ZZZZZ3"><v>1</v></c></row>'), "ZZZZZ 列"),
    "merged": (lambda data: data.replace(b"</sheetData>", b"</sheetData><mergeCells>" + MERGED + b"</mergeCells>"), "合并"),
    "document type": (lambda data: b"<!--" + b"x" * 5000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]>" + data, "DTD"),
    "document type in UTF-16": (lambda _: "<?xml version='1.0'?><!DOCTYPE a><worksheet/>".encode("utf-16"), "DTD"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), SHEETS.values(), ids=SHEETS)
def test_a_workbook_that_never_ends_is_refused(tmp_path, change, said):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())
    assert [row.number for row in tables.read(path)[0].rows] == [1, 2]
    path.write_bytes(changed(workbook(), "xl/worksheets/sheet1.xml", change))
    with pytest.raises(ProblemsError, match=said):
        tables.read(path)


def filled(data):
    return data.replace(b"<w:sectPr", b"<w:p/>" * 250_000 + b"<w:sectPr", 1)


def test_a_word_file_of_empty_paragraphs_is_refused(tmp_path):
    content = changed(word(), "word/document.xml", filled)
    assert len(content) < 100_000
    with pytest.raises(ProblemsError, match=r"25\d,\d\d\d 段|250,\d\d\d 段"):
        package.refuse_unsafe(content, "a.docx")
    with pytest.raises(ProblemsError, match="段，不使用"):
        tags.opened(content, "a.docx")
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(ProblemsError, match="段，没有打开"):
        readers.read(path)


@pytest.mark.parametrize("read", [readers.read, tables.read], ids=["verify", "data"])
@pytest.mark.parametrize("suffix", [".txt", ".csv"])
def test_a_pipe_is_not_waited_for(tmp_path, read, suffix):
    path = tmp_path / f"a{suffix}"
    os.mkfifo(path)
    with pytest.raises(ProblemsError, match="管道"):
        read(path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>甲</p><![foo[x]]><p>乙</p>", ["甲", "乙"]),
        ("<p>甲</p>" + "<!--" * 20_000, ["甲"]),
        ("<p>甲</p>" + '<a href="' * 20_000, ["甲"]),
        ("<div>" * 200 + "甲", ["甲"]),
        ("<p>甲<script>乙</script><span style='display: none'>丙</span>丁<br>戊</p>", ["甲丁", "戊"]),
    ],
)
def test_a_page_is_read_in_one_pass(tmp_path, text, found):
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{text}", "utf-8")
    assert [para.text for para in readers.read(path).paras] == found


def test_a_mislabelled_part_is_a_broken_file(tmp_path):
    path = tmp_path / "a.docx"
    wrong = b"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
    path.write_bytes(changed(word(), "[Content_Types].xml", lambda data: data.replace(wrong, b"application/xml")))
    with pytest.raises(ProblemsError, match="Word 文件"):
        readers.read(path)


def test_what_is_too_deep_is_said_not_left_out(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html><body><p>甲</p>" + "<div>" * 5_000 + "乙", "utf-8")
    with pytest.raises(ProblemsError, match="太深"):
        readers.read(path)


@pytest.mark.parametrize(
    "text",
    [
        "能耗低于90的\n" * (readers.MOST_PARAGRAPHS + 1),
        "九" * (readers.MOST_CHARACTERS + 1),
    ],
    ids=["paragraphs", "characters"],
)
def test_a_source_no_notice_can_be_is_refused(tmp_path, text):
    source = tmp_path / "source.txt"
    source.write_text("关于开展申报工作的通知\n" + text, "utf-8")
    with pytest.raises(ProblemsError, match="太长"):
        readers.read(source)


@pytest.mark.parametrize("piece", ["第一条", "一、", "（一）", "百分之", "十", "2024年5月"])
def test_one_endless_paragraph_is_read(piece):
    """A mark, a number, a date over and over: each is looked for once, however often it could begin."""
    (held, *_) = joined([SourceText(piece * 20_000, 1)])
    assert held.text == piece * 20_000


def test_lines_that_never_end_are_joined_no_further_than_a_paragraph_goes():
    lines = [SourceText("能耗低于九十，", number) for number in range(1, 5_000)]
    found = list(joined(lines))
    assert len(found) > 1
    assert "".join(one.text for one in found) == "".join(one.text for one in lines)
    assert max(len(one.text) for one in found) < 5_000


def test_a_filter_no_reader_knows_is_a_broken_pdf(tmp_path):
    path = tmp_path / "a.pdf"
    out = io.BytesIO()
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    stream = StreamObject()
    stream._data = b"BT (x) Tj ET"
    stream[NameObject("/Filter")] = NameObject("/Nothing")
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(out)
    path.write_bytes(out.getvalue())
    with pytest.raises(ProblemsError, match="PDF 读不出来"):
        readers.read(path)


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as made:
        warnings.simplefilter("ignore")  # two parts of one name are what is asked for
        for name, data in parts:
            made.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("limits", [archive.WORD, archive.FORM, archive.WORKBOOK])
def test_one_table_says_what_a_package_may_declare(limits):
    sound = zipped([("a.xml", b"<a/>"), ("b.bin", b"0")])
    assert archive.excess(sound, archive.entries(sound), limits) == ""
    many = zipped([(f"{n}.bin", b"") for n in range(limits.parts + 1)])
    assert "展开后太大" in archive.excess(many, archive.entries(many), limits)
    thick = zipped([("a.xml", bytes((limits.xml or 16 * archive.MEGABYTE) + 1))])
    assert archive.excess(thick, archive.entries(thick), limits)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([("a.xml", b""), ("a.xml", b"")], "同名"),
        ([("../a.xml", b"")], "不正常的名称"),
        ([("/a.xml", b"")], "不正常的名称"),
        ([("word\\a.xml", b"")], "不正常的名称"),
    ],
)
def test_what_no_office_program_writes_is_told(parts, said):
    message, remedy = archive.oddity(archive.entries(zipped(parts)))
    assert said in message
    assert remedy
    assert archive.oddity(archive.entries(zipped([("a.xml", b"")]))) == ("", "")
