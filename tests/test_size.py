"""Long tables: the same bytes as short ones are written with, and memory that does not grow with the rows."""

from __future__ import annotations

import datetime as dt
import io
import re
import tracemalloc
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT
from formsheets import COLUMNS, code, office, row
from openpyxl import load_workbook

from notices.document.blocks import Cell, Document, Table, TableRow, spans
from notices.errors import ProblemsError
from notices.forms import layout, workbook
from notices.forms.catalogue import Catalogue
from notices.forms.data import reading, tables
from notices.library import Library
from notices.marks import waiting
from notices.ooxml import packed
from notices.ooxml.xml import parse, serialise
from notices.rendering.renderer import Press
from notices.typeset import pages
from notices.writers import docx
from notices.writers.word.tables import Strips

DATA = Path(__file__).with_name("data") / "testland.yaml"
BASE = (ROOT / "templates/word/plain.docx").read_bytes()


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    library = Library.at(office(tmp_path_factory.mktemp("office"), DATA))
    return Catalogue(library).sheet(library.load("testland"), "1")


@pytest.fixture(scope="module")
def press():
    return Press(Library.at(None), ("docx", "pdf", "html", "md"), (ROOT / ".fonts",))


def rows_in(path, count):
    lines = [",".join(texts) for texts in (COLUMNS, *(row(n) for n in range(1, count + 1)))]
    path.write_text("\n".join(lines), "utf-8")
    return path


def made(data, sheet, press, formats):
    records = reading.read(data, sheet).records
    document = layout.document(sheet, press.library, records[0])
    done = {wanted: press.bytes_of(document, wanted) for wanted in formats}
    return done | {"xlsx": workbook.write(sheet, records)}


def main_part(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml")


def test_what_is_packed_is_what_was_given():
    items = [
        {"n": n, "day": dt.date(2024, 1, 1 + n % 28), "share": Decimal(n) / 8, "name": f"第{n}"} for n in range(950)
    ]
    long = packed.Packed(iter(items), packed.same, 100)
    assert list(long) == items == list(long), "as often as it is looked at"
    assert len(long) == 950
    assert (long[0], long[99], long[100], long[-1]) == (items[0], items[99], items[100], items[-1])
    assert list(long[95:205]) == items[95:205]
    with pytest.raises(IndexError):
        long[950]


def test_few_stay_a_tuple_and_many_are_shaped_alike(monkeypatch):
    monkeypatch.setattr(packed, "FEW", 10)
    few, many = (packed.packed(range(count), str) for count in (10, 11))
    assert few == tuple(map(str, range(10)))
    assert isinstance(many, packed.Packed)
    assert list(many) == list(map(str, range(11)))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_packed_or_not_the_files_are_the_same(sheet, press, tmp_path, monkeypatch, kind):
    data = rows_in(tmp_path / "rows.csv", 60)
    if kind == "xlsx":
        data = tmp_path / "rows.xlsx"
        data.write_bytes(made(tmp_path / "rows.csv", sheet, press, ())["xlsx"])
    plain = made(data, sheet, press, press.formats)
    monkeypatch.setattr(packed, "FEW", 2)
    monkeypatch.setattr(pages, "_FEW", 1)
    assert isinstance(packed.packed(range(3), str), packed.Packed)
    assert made(data, sheet, press, press.formats) == plain


@pytest.mark.slow
def test_thousands_of_rows_stand_in_their_order_from_the_first_to_the_last(sheet, press, tmp_path):
    files = made(rows_in(tmp_path / "rows.csv", 3000), sheet, press, ("docx",))
    texts = re.findall("<w:t [^>]*>([^<]*)</w:t>", main_part(files["docx"]).decode())
    assert [text for text in texts if re.fullmatch("[0-9A-Z]{18}", text)] == [code(n) for n in range(1, 3001)]
    book = load_workbook(io.BytesIO(files["xlsx"]), read_only=True)
    found = [cell for values in book.worksheets[0].iter_rows(min_row=3, values_only=True) for cell in values]
    assert [cell for cell in found if re.fullmatch("[0-9A-Z]{18}", str(cell))] == [code(n) for n in range(1, 3001)]


def test_a_row_in_word_is_written_as_the_tree_would_write_it():
    """Marks of markup, quotes, paragraphs, faces and merged cells: read as XML and written again, not a byte moves."""
    head = (TableRow((Cell((spans("名 & <称>", "hei"),), across=2),), 27.0),)
    texts = ("甲 & 乙 <丙> \"丁\" '戊'", "plain & <ascii> ]]>", " 两端有空格 ", f"{waiting('名称')}之后", "𠮷")
    rows = [TableRow((Cell((spans(text), (), spans("次段")), "left"), Cell((spans("1"),)))) for text in texts]
    rows += [TableRow((Cell((spans("合"),), down=2), Cell())), TableRow((Cell((spans("并"),)),))]
    table = Table((1.0, 2.0), tuple(rows), head)
    part = main_part(docx.write(Document("form", "表", "某局", "plain", (table,)), BASE))
    assert serialise(parse(part)) == part
    read = [leaf.text for leaf in parse(part).iter("{*}t")]
    assert [text for text in texts if text not in "\n".join(read)] == [texts[3]]
    assert read[: len(read)].count("次段") == len(texts)
    assert {"【待定：名称】", "之后"} <= set(read)


def test_rows_are_never_elements_of_the_tree(sheet, press, tmp_path, monkeypatch):
    sizes = []
    settled = docx.settle
    monkeypatch.setattr(
        docx, "settle", lambda part, *rest, **more: sizes.append(len(part)) or settled(part, *rest, **more)
    )
    for count in (1, 500):
        made(rows_in(tmp_path / "rows.csv", count), sheet, press, ("docx",))
    assert sizes[1] - sizes[0] < 100, "the main part is as small for 500 rows as for one"


def test_a_base_with_marks_like_ours_is_refused():
    with pytest.raises(ProblemsError, match="notices-rows"):
        b"".join(Strips().laid(b"<w:body><?notices-rows 0?></w:body>"))


def peak(action):
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "most"), [("docx", 4000), ("xlsx", 4000)])
def test_memory_does_not_grow_with_the_rows(sheet, press, tmp_path, monkeypatch, wanted, most):
    """Bytes a row between few and many: what is kept of one is packed, never its cells."""
    monkeypatch.setattr(packed, "FEW", 50)
    few, many = (rows_in(tmp_path / f"{count}.csv", count) for count in (300, 900))
    formats = () if wanted == "xlsx" else (wanted,)
    made(many, sheet, press, formats)  # what is read once and kept, and texts met lately
    grown = peak(lambda: made(many, sheet, press, formats)) - peak(lambda: made(few, sheet, press, formats))
    assert grown / 600 < most


@pytest.mark.parametrize("size", [100, 1 << 20])
def test_what_is_endless_is_found_however_a_part_is_cut(sheet, tmp_path, monkeypatch, size):
    monkeypatch.setattr(tables, "_PIECE", size)
    path = tmp_path / "rows.xlsx"
    with zipfile.ZipFile(io.BytesIO(workbook.write(sheet))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet1.xml"

    def said(content):
        with zipfile.ZipFile(path, "w") as package:
            for part, old in parts.items():
                package.writestr(part, content if part == name else old)
        with pytest.raises(ProblemsError) as told:
            tables.read(path)
        return str(told.value)

    assert "行号 2000000000" in said(parts[name].replace(b'<row r="4"', b'<row r="2000000000"'))
    assert "XFD" in said(parts[name].replace(b'r="B4"', b'r="XFD4"'))
    assert "DTD" in said(parts[name].replace(b"<worksheet", b"<!DOCTYPE x><worksheet", 1))
    merge = b'<mergeCells><mergeCell ref="A4:B5"/></mergeCells>' * 2100
    assert "合并的单元格太多" in said(re.sub(rb"<mergeCells.*?</mergeCells>", merge, parts[name]))
