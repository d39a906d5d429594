"""Pages with real contents: nothing that belongs together divided, equal columns in PDF and Word, few pages."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import docx as python_docx
import pdfplumber
import pytest
from conftest import ROOT
from docx.oxml.ns import qn
from openpyxl import load_workbook
from test_forms_every import code, sheets, value

from notices.document.blocks import Cell, Signature, Table, TableRow, plain, spans, texts_of
from notices.document.digest import outline
from notices.forms import layout, workbook
from notices.forms.catalogue import Catalogue
from notices.forms.data.records import Record
from notices.forms.wording import LINK, spreads
from notices.library import Library
from notices.rendering.renderer import Press
from notices.typeset.columns import settled
from notices.typeset.page import PAGE
from notices.typeset.pages import typeset

LIBRARY = Library.at(None)
PRESS = Press(LIBRARY, ("pdf", "docx"), (ROOT / ".fonts",))
NAMES = (
    "北河精密铸造有限公司",
    "安澜市远东特种水泥股份有限责任公司",
    "自治区南岭新能源汽车零部件制造集团有限公司",
    "丰泽轮胎（集团）股份有限公司第二分公司",
)
STANDARDS = ("GB/T 36132-2018", "《水泥行业绿色工厂评价要求》（JC/T 2562-2020）", "JC/T 2562-2020")
OWN = {
    "name": NAMES,
    "unit-name": NAMES,
    "standard": STANDARDS,
    "area": ("安澜市", "江口盟", "南岭自治州"),
    "industry": ("水泥制造", "其他未列明通用设备制造业"),
    "body": ("中国建材检验认证集团股份有限公司", "安澜节能技术服务中心", None),
    "contact": ("王建国", "欧阳明"),
    "phone": ("0779-6100118", "13907790012"),
    "remark": (None,),
}


def found(edition: str, name: str):
    (sheet,) = [one for one in Catalogue(LIBRARY).sheets(LIBRARY.load(edition)) if one.name.endswith(name)]
    return sheet


def entry(columns, number):
    values = {c.key: OWN[c.key][number % len(OWN[c.key])] if c.key in OWN else value(c.field, number) for c in columns}
    return {key: one for key, one in values.items() if one is not None}


def filled(sheet, count):
    spread = spreads(sheet.only(), sheet.edition.profile)
    (head,) = [one for one in spread if not one.key]
    first, *rest = [one for one in spread if one.key]
    rows = {first.key: tuple(entry(first.columns, n) for n in range(count))}
    rows |= {one.key: tuple(entry(one.columns, n) for n in range(3)) for one in rest}
    return Record(entry(head.columns, 0), rows)


@pytest.mark.parametrize(("count", "most"), [(1, 4), (33, 9), (60, 13)])
@pytest.mark.parametrize("edition", ["guangxi", "jilin"])
def test_a_filled_summary_takes_few_pages_and_divides_nothing(edition, count, most):
    sheet = found(edition, "summary")
    document = layout.document(sheet, LIBRARY, filled(sheet, count))
    content = PRESS.bytes_of(document, "pdf")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = pdf.pages
        assert len(pages) <= most
        cells = [cell or "" for page in pages for table in page.extract_tables() for row in table for cell in row]
        words = [word for page in pages for word in page.extract_words()]
        assert max(word["x1"] for word in words) <= PAGE.turned().left + PAGE.turned().text_width + 0.5
    lines = [line for cell in cells for line in cell.split("\n")]
    assert not any("附页" in line for line in lines)
    assert sum(code(n) in lines for n in range(1, count)) == count - 1
    said = [line for line in lines if re.search(r"36132|2562", line)]
    assert said
    assert all(re.search(r"GB/T ?36132-2018|JC/T ?2562-2020", line) for line in said)


@pytest.mark.parametrize("edition", ["guangxi", "jilin"])
def test_word_has_the_columns_of_the_pdf(edition):
    sheet = found(edition, "summary")
    document = layout.document(sheet, LIBRARY, filled(sheet, 33))
    word = python_docx.Document(io.BytesIO(PRESS.bytes_of(document, "docx"))).element.body
    grids = [[int(one.get(qn("w:w"))) for one in grid] for grid in word.iter(qn("w:tblGrid"))]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    tables = [block for block in tables if len(block.widths) > 1]  # notes are rows of theirs
    assert grids == [list(settled(block, PAGE.turned()).columns) for block in tables]
    assert len(grids) >= 4
    closer = [settled(block, PAGE.turned()).closer for block in tables]
    tight = [
        any(int(one.get(qn("w:val"), 0)) < 0 for one in made.iter(qn("w:spacing"))) for made in word.iter(qn("w:tbl"))
    ]
    assert any(tight)
    assert all(made <= may for made, may in zip(tight, closer, strict=True)), "only where the table says so"


def table(*columns, head=()):
    rows = tuple(TableRow(tuple(Cell((spans(text),)) for text in row)) for row in zip(*columns, strict=True))
    heads = (TableRow(tuple(Cell((spans(text, "hei"),)) for text in head)),) if head else ()
    return Table((1.0,) * len(columns), rows, heads)


def lines(block):
    fit = settled(block, PAGE)
    rows = [*block.head, *block.rows]
    return [[[plain(t) for t in fit.lines(cell, n)] for n, cell in enumerate(row.cells)] for row in rows]


WHOLE = ["2023年7月10日", "GB/T 36132-2018", "JC/T 2562-2020", "91450100MA0000001X", "0771-8095256", "□事业单位"]


@pytest.mark.parametrize("text", WHOLE)
def test_what_belongs_together_stays_on_one_line_and_takes_from_the_others(text):
    narrow = table([text] * 7, *[["一般的说明文字"] * 7] * 5)
    fit = settled(narrow, PAGE)
    assert sum(fit.columns) == round(20 * PAGE.text_width)
    assert fit.size >= 9
    assert all(row[0] == [text] for row in lines(narrow))


def test_heads_and_choices_are_divided_between_words_only():
    block = table(
        ["1"],
        ["1"],
        ["□企业　□事业单位　□行业协会　□其他"],
        *[["长长的说明" * 9]] * 5,
        head=["证明材料索引", "是否符合", "机构性质", *"甲乙丙丁戊"],
    )
    head, row = lines(block)
    assert {word for cell in head[:2] for word in cell} <= {
        "证明材料索引",
        "证明材料",
        "证明",
        "材料",
        "索引",
        "是否",
        "符合",
        "是否符合",
    }
    assert all(line.startswith("□") for line in row[2])


def test_a_table_with_room_keeps_the_widths_it_was_given():
    block = Table((1.0, 2.0, 3.0), (TableRow((Cell((spans("甲"),)), Cell((spans("乙"),)), Cell((spans("丙"),)))),))
    whole = PAGE.text_width
    assert settled(block, PAGE).widths == pytest.approx([whole / 6, whole / 3, whole / 2], abs=0.1)


def test_workbooks_have_their_group_heads_and_filled_ones_no_hints():
    sheet = found("guangxi", "summary")
    blank = load_workbook(io.BytesIO(workbook.write(sheet)))["绿色工业园区"]
    merged = {str(area) for area in blank.merged_cells.ranges}
    groups = {cell.value: cell.coordinate for cell in blank[3] if cell.value}
    assert set(groups) >= {"工业增加值", "园内绿色工厂（家）"}
    assert any(area.startswith(f"{groups['工业增加值']}:") for area in merged)
    assert not any("18 位" in str(cell.value) and "18 位；" in str(cell.value)[8:] for cell in blank[2])
    page = load_workbook(io.BytesIO(workbook.write(sheet, [filled(sheet, 3)])))["绿色工厂"]
    assert page["A1"].value.endswith("推荐汇总表（绿色工厂）")
    assert page["A2"].value == "序号"
    assert [page.cell(n, 1).value for n in (3, 4, 5)] == [1, 2, 3]
    assert all(page.row_dimensions[n].height for n in range(1, 6))
    numbers = [cell.value for cell in page[3] if isinstance(cell.value, int | float | Decimal)]
    assert len(numbers) >= 3


def test_what_somebody_sends_in_bears_no_mark_of_the_office():
    sheet = next(
        one
        for one in Catalogue(LIBRARY).sheets(LIBRARY.load("inner-mongolia"))
        if "report" in one.name or one.attachment.kind == "report"
    )
    sheet = Catalogue(LIBRARY).sheet(sheet.edition, f"{sheet.number}.1") if len(sheet.forms) > 1 else sheet
    columns = [
        c for one in spreads(sheet.only(), sheet.edition.profile) if not one.key for c in one.columns if c is not LINK
    ]
    document = layout.document(sheet, LIBRARY, Record(entry(columns, 0), {}))
    blank = layout.document(sheet, LIBRARY)
    assert blank.draft
    assert "附件5" in outline(blank)
    assert not document.draft
    assert not re.search("模板|附件", outline(document))


def texts(*said):
    return TableRow(tuple(Cell((spans(one),)) for one in said))


def test_a_text_to_be_read_gets_room_before_its_row_grows_tall():
    """Fifteen columns, one of them of reasons: no row fills a page with one narrow column."""
    short = [*("是",) * 6, "13", "通过", "停产", "国家级", "某某制造有限公司", "绿色工厂", "1", "2023"]
    rows = [texts(*short, "复核发现的问题已经全部整改完毕，" * 12) for _ in range(3)]
    table = Table((1.0,) * 15, tuple(rows), (texts(*("表头",) * 15),), small=True)
    page = PAGE.turned()
    fit = settled(table, page)
    count = fit.count(rows[0].cells[-1], 14)
    assert count * fit.pitch < page.lines * page.line / 3
    assert sum(fit.columns) == round(20 * page.text_width)


def test_the_longest_text_of_a_filled_form_stands_in_its_cell():
    sheet = found("inner-mongolia@2022", "recheck-summary")
    (spread,) = [one for one in spreads(sheet.only(), sheet.edition.profile) if one.key]
    rows = tuple(entry(spread.columns, n) | {"reason": "复核时发现能源计量器具没有按期检定，" * 11} for n in range(3))
    document = layout.document(sheet, LIBRARY, Record({}, {spread.key: rows}))
    assert not any("附页" in plain(text) for block in document.blocks for text in texts_of(block))


@pytest.mark.slow
def test_no_blank_form_ends_with_a_page_of_a_signature_alone():
    for sheet, form in sheets(LIBRARY):
        document = layout.document(sheet, LIBRARY)
        last = typeset(document, PRESS.fonts)[-1]
        here = {line.source.block for line in last.lines if line.source and not line.furniture}
        kinds = [document.blocks[number] for number in here]
        bare = [one for one in kinds if isinstance(one, Table) and not one.ruled]
        assert not any(isinstance(one, Signature) for one in kinds) or len(kinds) - len(bare) > 1, form.key
