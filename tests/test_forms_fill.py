"""Filling forms from the command line, the added page, attachments bound to their notice and renumbered."""

from __future__ import annotations

import errno
import io
import re
import tempfile
from pathlib import Path

import docx as python_docx
import pdfplumber
import pytest
from click.testing import CliRunner
from conftest import ROOT
from docx.oxml.ns import qn
from formsheets import COLUMNS, code, office, row, sheet
from openpyxl import load_workbook
from papers import squeezed

from notices.app import build, fill
from notices.app.build import Press
from notices.cli import cli
from notices.document.blocks import AttachmentLabel, AttachmentList, Imprint, Table, Title, plain, text_lines
from notices.document.digest import outline
from notices.errors import OutputError, ProblemsError
from notices.forms import layout
from notices.forms.data import reading
from notices.forms.data.records import Record
from notices.library import Library
from notices.typeset.page import PAGE, mm

DATA = Path(__file__).with_name("data") / "testland.yaml"
FONTS = (ROOT / ".fonts",)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return office(tmp_path_factory.mktemp("office"), DATA)


@pytest.fixture(scope="module")
def library(folder):
    return Library.at(folder)


def notices(folder, *arguments):
    return CliRunner().invoke(cli, ["--workspace", str(folder), *map(str, arguments)])


def csv_of(path, count):
    lines = [",".join(texts) for texts in (COLUMNS, *(row(n) for n in range(1, count + 1)))]
    path.write_text("\n".join(lines), "utf-8")
    return path


def pdf_pages(content):
    with pdfplumber.open(io.BytesIO(content)) as book:
        return [squeezed("".join(char["text"] for char in page.chars)) for page in book.pages]


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 40, 300])
def test_a_table_grows_with_its_rows_in_every_format(folder, tmp_path, count):
    data = csv_of(tmp_path / "rows.csv", count)
    formats = "docx,pdf,html,md,xlsx"
    done = notices(folder, "fill", "testland", "1", "--data", data, "--format", formats, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    made = {path.suffix: path.read_bytes() for path in (tmp_path / "testland-2024/filled").iterdir()}
    assert set(made) == {".docx", ".pdf", ".html", ".md", ".xlsx"}
    wanted = [code(n) for n in range(1, count + 1)]
    pages = pdf_pages(made[".pdf"])
    assert all(page.count("统一社会") == 1 for page in pages), "the head on every page"
    assert sum(page.count("0779-6100118") for page in pages) == count
    (table,) = [one for one in python_docx.Document(io.BytesIO(made[".docx"])).tables if len(one.rows) > count]
    assert len(table.rows) <= count + 2, "the head, the rows, and the notes that stay with them"
    assert [texts[2].text for texts in (r.cells for r in table.rows[1 : count + 1][:5])] == wanted[:5]
    assert re.findall(r"91459900\w{10}", made[".md"].decode()) == wanted
    assert re.findall(r"91459900\w{10}", made[".html"].decode()) == wanted
    page = load_workbook(io.BytesIO(made[".xlsx"])).worksheets[0]
    assert [page.cell(2 + n, 3).value for n in range(1, count + 1)] == wanted
    assert [page.cell(2 + n, 1).value for n in range(1, count + 1)] == list(range(1, count + 1))
    again = reading.read(tmp_path / "testland-2024/filled/01-summary.xlsx", sheet(folder, 1)).records
    assert again == reading.read(data, sheet(folder, 1)).records


@pytest.mark.parametrize("count", [9, 99, 999, 9999])
def test_the_longest_number_of_a_row_stays_on_one_line(folder, library, count):
    rows = tuple({"firm": "甲"} for _ in range(count))
    blocks = layout.document(sheet(folder, 1), library, Record({}, {"firms": rows})).blocks
    (table,) = [block for block in blocks if isinstance(block, Table) and len(block.rows) == count]
    wide = PAGE.turned().text_width * table.widths[0] / sum(table.widths) - 2 * PAGE.table_across
    assert wide >= len(str(count)) * PAGE.table_small / 2
    assert min(table.widths[1:]) > 0


def test_the_sheet_to_fill_in_comes_back_filled(folder, tmp_path):
    blank, filled = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    assert notices(folder, "form-template", "testland", "1", "-o", blank).exit_code == 0
    book = load_workbook(blank)
    for number in (1, 2):
        for column, text in enumerate(row(number), 1):
            book.worksheets[0].cell(3 + number, column).value = text
    book.save(filled)
    done = notices(folder, "fill", "testland", "1", "--data", filled, "--format", "md", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    text = (tmp_path / "testland-2024/filled/01-summary.md").read_text("utf-8")
    assert code(1) in text
    assert "第2制造有限公司" in text
    assert "2024年5月31日" in text


def test_one_document_an_applicant_named_by_its_first_value(folder, tmp_path):
    data = tmp_path / "units.yaml"
    data.write_text("- unit: 甲/乙 公司\n- unit: 丙公司\n", "utf-8")
    done = notices(folder, "fill", "testland", "2", "--data", data, "--format", "md", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    names = sorted(path.name for path in (tmp_path / "testland-2024/filled/02-kinds").iterdir())
    assert names == ["1-甲乙公司.md", "2-丙公司.md"]


USAGE = [
    (("fill", "testland", "9", "--data", "{data}"), 1, "没有附件 9；现有：1 summary、2 kinds、3 parts"),
    (("fill", "testlan", "1", "--data", "{data}"), 1, "testland"),
    (("fill", "testland", "1"), 2, "--data"),
    (("fill", "testland", "1", "--data", "{data}", "--format", "doc"), 2, "不认识的格式 doc"),
    (("fill", "testland", "1", "--data", "{folder}"), 1, "不认识的文件类型"),
    (("fill", "testland", "1", "--data", "{folder}/none.csv"), 1, "没有这个文件"),
    (("form-template", "testland", "1", "-o", "{data}"), 2, "要以 .xlsx 结尾"),
]


@pytest.mark.parametrize(("arguments", "exit_code", "words"), USAGE)
def test_wrong_use_is_told_in_chinese(folder, tmp_path, arguments, exit_code, words):
    data = csv_of(tmp_path / "rows.csv", 1)
    given = [part.format(data=data, folder=tmp_path) for part in arguments]
    done = notices(folder, *given)
    told = done.output + str(done.exception or "")
    assert done.exit_code == exit_code
    assert words in told


def test_a_folder_that_may_not_be_written_to_is_told(folder, tmp_path, library, monkeypatch):
    def closed(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", closed)
    with pytest.raises(OutputError, match="没有写入权限"):
        list(fill.write(Press(library, ("md",)), sheet(folder, 1), (Record(),), tmp_path))


def test_a_file_where_the_folder_should_be_is_told(folder, tmp_path, library):
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match="是文件，不是文件夹"):
        list(fill.write(Press(library, ("md",)), sheet(folder, 1), (Record(),), tmp_path / "taken"))


def test_what_cannot_be_printed_is_told_with_its_file_and_leaves_no_half_set(folder, tmp_path, library):
    records = [Record({"unit": "甲公司"}), Record({"unit": "乙😀公司"}), Record({"unit": "丙公司"})]
    press = Press(library, ("docx", "pdf", "xlsx"), FONTS)
    with pytest.raises(ProblemsError) as caught:
        list(fill.write(press, sheet(folder, 2), records, tmp_path))
    assert "U+1F600" in str(caught.value)
    assert str(caught.value).startswith("2-乙")
    names = sorted(path.name for path in (tmp_path / "testland-2024/filled").rglob("*.*"))
    assert names == ["1-甲公司.docx", "1-甲公司.pdf", "3-丙公司.docx", "3-丙公司.pdf"]


@pytest.mark.parametrize("length", [20, 400, 5000])
def test_text_longer_than_its_cell_goes_on_on_an_added_page(folder, library, length):
    text = "".join(chr(0x4E00 + n % 500) for n in range(length))
    data = Record({}, {"firms": ({"firm": "甲", "words": text}, {"firm": "乙", "words": "短"})})
    document = layout.document(sheet(folder, 1), library, data)
    content = Press(library, ("pdf",), FONTS).bytes_of(document, "pdf")
    whole = "".join(pdf_pages(content))
    printed = outline(document)
    if length < 5000:  # a cell grows on its page first
        assert "附页" not in printed
        assert text in printed
        return
    assert "（全文见附页1）" in printed
    assert "附页1　企业第 1 行“说明”" in printed
    assert text in "".join(text_lines(document)), "in full, in one piece"
    assert printed.count("附页1") == 2
    assert text[-40:-20] in re.sub(r"—\d+—", "", whole)
    with pdfplumber.open(io.BytesIO(content)) as book:
        sizes = {round(char["size"], 1) for page in book.pages for char in page.chars if char["upright"]}
    assert min(sizes) >= 10.5, "nothing shrinks"


def test_records_like_markup_stay_text(folder, library):
    texts = ["{{ p.year }}", "<b>甲</b>", "# 甲|乙", "=1+1", "*甲*", "【待定"]
    rows = tuple({"firm": text} for text in texts)
    document = layout.document(sheet(folder, 1), library, Record({}, {"firms": rows}))
    assert [line for line in text_lines(document) if line in texts] == texts


# Bound with the notice (GB/T 9704-2012 7.3.7, 7.5, 8)


@pytest.fixture(scope="module")
def bundle(library):
    (job,) = build.jobs(library, ["testland"], ["bundle"])
    return build._products(library, [job], sealed=False)[0].document


@pytest.fixture(scope="module")
def bundle_pdf(bundle, library):
    return Press(library, ("pdf",), FONTS).bytes_of(bundle, "pdf")


def lines(page):
    found: dict[float, list] = {}
    for char in page.chars:
        if char["text"].strip() and char["upright"]:
            found.setdefault(round(char["bottom"]), []).append(char)
    return [sorted(chars, key=lambda char: char["x0"]) for _, chars in sorted(found.items())]


def test_every_attachment_begins_a_page_with_its_label_in_hei_and_its_title_on_the_third_line(bundle, bundle_pdf):
    labels = [block.text for block in bundle.blocks if isinstance(block, AttachmentLabel)]
    assert labels == ["附件1", "附件2", "附件3"]
    titles = ["企业汇总表", "各种栏目表", "分表汇总"]
    found = []
    with pdfplumber.open(io.BytesIO(bundle_pdf)) as book:
        for page in book.pages:
            lying = page.width > page.height
            left, top = (PAGE.turned().left, PAGE.turned().grid_top) if lying else (PAGE.left, PAGE.grid_top)
            chars = sorted((c for c in page.chars if c["upright"] and c["text"].strip()), key=lambda c: c["top"])
            if chars[0]["text"] != "附":
                continue
            label = [c for c in chars if c["top"] < top + PAGE.line]
            title = [c for c in chars if c["size"] == pytest.approx(22)]
            found.append("".join(c["text"] for c in sorted(label, key=lambda c: c["x0"])))
            assert "Hei" in chars[0]["fontname"]
            assert chars[0]["size"] == pytest.approx(16)
            assert min(c["x0"] for c in label) == pytest.approx(left, abs=1)
            assert (chars[0]["top"] + chars[0]["bottom"]) / 2 == pytest.approx(top + PAGE.line / 2, abs=1)
            assert {round((c["top"] + c["bottom"]) / 2) for c in title} == {round(top + 2.5 * PAGE.line)}
            assert "".join(c["text"] for c in sorted(title, key=lambda c: c["x0"])) == titles[len(found) - 1]
    assert found == labels


def test_attachments_stand_before_the_imprint_and_pages_run_on(bundle, bundle_pdf):
    kinds = [type(block) for block in bundle.blocks]
    assert kinds[-1] is Imprint
    assert kinds.count(Imprint) == 1
    assert max(n for n, kind in enumerate(kinds) if kind is Title) < len(kinds) - 1
    with pdfplumber.open(io.BytesIO(bundle_pdf)) as book:
        assert len(book.pages) >= 5
        for number, page in enumerate(book.pages, 1):
            dashes = [char for char in page.chars if char["text"] == "—"]
            assert len(dashes) == 2
            lying = page.width > page.height
            along = sorted((c["top"], c["bottom"]) if lying else (c["x0"], c["x1"]) for c in dashes)
            inside = [
                c["text"]
                for c in page.chars
                if c["text"].isdigit()
                and along[0][1] - 1 <= (c["top"] if lying else c["x0"])
                and (c["bottom"] if lying else c["x1"]) <= along[1][0] + 1
                and abs((c["x0"] if lying else c["top"]) - (dashes[0]["x0"] if lying else dashes[0]["top"])) < 8
            ]
            assert "".join(inside) == str(number)
            if lying:
                assert {round((c["x0"] + c["x1"]) / 2 / mm(1), 1) for c in dashes} <= {27.9, 28.0, 28.1}
        last = "".join(char["text"] for char in book.pages[-1].chars)
        assert "2024年4月3日印发" in squeezed(last)


def test_the_bundle_in_word_has_its_sections_turned_and_one_run_of_page_numbers(bundle, library):
    opened = python_docx.Document(io.BytesIO(Press(library, ("docx",)).bytes_of(bundle, "docx")))
    turned = [section.page_width > section.page_height for section in opened.sections]
    assert turned == [False, True, True, False]
    assert not [s for s in opened.sections if s._sectPr.find(qn("w:pgNumType")) is not None and _restarts(s)]
    starts = [p for p in opened.paragraphs if p.style.name == "附件标识"]
    assert [p.text for p in starts] == ["附件1", "附件2", "附件3"]


def _restarts(section):
    return section._sectPr.find(qn("w:pgNumType")).get(qn("w:start"))


def with_and_without_parks(folder):
    """The profile with a first attachment for parks only; and the year parks are not offered."""
    text = (folder / "provinces/testland/2024.yaml").read_text("utf-8")
    text = text.replace("{title: 企业汇总表, cite", "{title: 企业汇总表, for: [park], cite")
    text = text.replace("《推荐汇总表》（{attachment:summary}）", "《分表汇总》（{attachment:parts}）")
    conditions = r"  park\.industrial-share:\n(?:    .*\n)+"
    withdrawn = re.sub(conditions, "", text.replace("绿色工业园区, cite", "绿色工业园区, offered: false, cite"))
    return (text, ["附件1", "附件2", "附件3"], "企业汇总表"), (withdrawn, ["附件1", "附件2"], "各种栏目表")


def test_an_attachment_of_a_category_not_offered_is_gone_and_the_rest_renumber(tmp_path):
    place = office(tmp_path / "one", DATA)
    for text, labels, first in with_and_without_parks(place):
        (place / "provinces/testland/2024.yaml").write_text(text, "utf-8")
        library = Library.at(place)
        (job,) = build.jobs(library, ["testland"], ["bundle"])
        blocks = build._products(library, [job], sealed=False)[0].document.blocks
        assert [block.text for block in blocks if isinstance(block, AttachmentLabel)] == labels
        (names,) = [block.names for block in blocks if isinstance(block, AttachmentList)]
        assert len(names) == len(labels)
        assert plain(names[0]) == first
        whole = "\n".join(line for block in blocks for line in _texts(block))
        assert f"（{labels[-1]}）" in whole, "the number in the text follows"
        assert f"附件{len(labels) + 1}" not in whole
        assert ("绿色工业园区" in whole) == (len(labels) == 3)


def _texts(block):
    text = getattr(block, "text", ())
    return [text] if isinstance(text, str) else ["".join(span.text for span in text)]


@pytest.mark.parametrize("edition", ["guizhou@2024", "jilin@2024"])
def test_a_bundle_binds_what_its_notice_lists_and_nothing_else(edition):
    library = Library.at(None)
    (job,) = build.jobs(library, [edition], ["bundle"])
    blocks = build._products(library, [job], sealed=False)[0].document.blocks
    labels = [block.text for block in blocks if isinstance(block, AttachmentLabel)]
    names = [name for block in blocks if isinstance(block, AttachmentList) for name in block.names]
    assert len(labels) == len(names)


def test_what_a_bundle_prints_again_is_counted_once(library, tmp_path):
    press = Press(library, ("md",))
    for kinds in (["notice", "forms"], ["notice", "forms", "bundle"], ["bundle"]):
        jobs = build.jobs(library, ["guangxi@2024"], kinds)
        (found,) = build.waiting(build.build(press, jobs, tmp_path)).values()
        assert {name for name in found if not name.startswith("附件 ")} == {"印发机关", "印发日期"}, kinds
        assert found["附件 03-park-requirements"] == 62, kinds
