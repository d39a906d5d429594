"""Forms of one unit in Excel: fields one below another, filled in, read back; what is wrong told by its cell."""

import datetime as dt
import io

import pytest
from formsheets import code, office, same, sheet
from openpyxl import load_workbook

from notices.checklist import intake
from notices.checklist.batch.job import form_sheet
from notices.errors import ProblemsError
from notices.forms import workbook
from notices.forms.catalogue import Catalogue
from notices.forms.data import reading
from notices.forms.data.records import Record
from notices.library import Library

LIBRARY = Library.at(None)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory, request):
    profile = request.config.rootpath / "tests/data/testland.yaml"
    return sheet(office(tmp_path_factory.mktemp("office"), profile), 2)


def blank(form, **options):
    """The workbook, and its first sheet's rows by the text of their first cell."""
    book = load_workbook(io.BytesIO(workbook.write(form, **options)))
    return book, {row[0].value: row for row in book.worksheets[0].iter_rows()}


def read_back(book, form, folder, name="a.xlsx"):
    path = folder / name
    book.save(path)
    return reading.read(path, form)


def refused(book, form, folder):
    with pytest.raises(ProblemsError) as caught:
        read_back(book, form, folder)
    return str(caught.value)


def test_a_form_of_one_unit_has_its_fields_down_the_page(kinds):
    book, rows = blank(kinds)
    page = book.worksheets[0]
    assert [cell.value for cell in page[2]] == ["栏目", "填写内容", "填写说明"]
    assert rows["代码栏"][2].value == "18 位统一社会信用代码"
    assert rows["整数栏（家）"][2].value == "整数；单位：家"
    checks = {str(check.sqref): check for check in page.data_validations.dataValidation}
    assert checks[rows["单选栏"][1].coordinate].formula1 == '"1级,标杆水平,其他"'
    assert checks[rows["是否栏"][1].coordinate].formula1 == '"是,否"'
    assert checks[rows["比例栏（%）"][1].coordinate].type == "decimal"
    assert rows["代码栏"][1].number_format == "@"
    assert rows["日期栏"][1].number_format == "yyyy-mm-dd"
    assert page.page_setup.orientation == "portrait"
    heights = [page.row_dimensions[number].height for number in range(1, page.max_row + 1)]
    assert all(heights), "no program has to guess how high a row is"
    assert book["明细"]["A3"].value == "文字栏", "no row of a table says whose it is"


def test_several_units_have_a_row_each(kinds):
    book, _ = blank(kinds, many=True)
    assert [cell.value for cell in book.worksheets[0][3]][:2] == ["单位名称", "文字栏"]
    assert book["明细"]["A3"].value == "填报单位"
    filled = load_workbook(io.BytesIO(workbook.write(kinds, [Record({"unit": "甲"}), Record({"unit": "乙"})])))
    assert [row[0].value for row in filled.worksheets[0].iter_rows()][1:] == ["单位名称", "甲", "乙"]


def test_what_is_filled_in_comes_back(kinds, tmp_path):
    book, rows = blank(kinds)
    for name, value in {
        "单位名称": "甲公司",
        "整数栏（家）": 12,
        "日期栏": dt.date(2024, 5, 31),
        "代码栏": code(7),
        "多选栏": "甲类、丙类",
    }.items():
        rows[name][1].value = value
    book["明细"]["A4"].value = "第一行"
    book["给定行"]["B4"].value = 3
    (found,) = read_back(book, kinds, tmp_path).records
    wanted = {"unit": "甲公司", "t-integer": 12, "t-date": dt.date(2024, 5, 31), "t-code": code(7)}
    assert same(
        found,
        Record(
            wanted | {"t-choices": ("甲类", "丙类")},
            {"all": ({"t-text": "第一行"},), "fixed": ({"t-number": 3}, {}, {})},
        ),
    )
    again = tmp_path / "again.xlsx"
    again.write_bytes(workbook.write(kinds, [found]))
    assert same(found, reading.read(again, kinds).records[0])
    heads = [cell.value for cell in load_workbook(again).worksheets[0][2]]
    assert heads == ["栏目", "填写内容"], "what is filled in has no advice any more"


def test_the_order_of_rows_and_headings_between_them_do_no_harm(kinds, tmp_path):
    book, rows = blank(kinds)
    rows["单位名称"][1].value = "甲公司"
    page = book.worksheets[0]
    page.insert_rows(4)
    page["A4"].value = "基本情况"
    page["A40"].value, page["B40"].value = "文字栏", "移到下面"
    page.delete_rows(next(row[0].row for row in page.iter_rows() if row[0].value == "文字栏"))
    (found,) = read_back(book, kinds, tmp_path).records
    assert found.values == {"unit": "甲公司", "t-text": "移到下面"}


FAULTS = {
    "unknown": (lambda p, _: (p.cell(40, 1, "传真栏"), p.cell(40, 2, "1")), "基本信息!A40: 多出一行“传真栏”"),
    "twice": (lambda p, _: (p.cell(40, 1, "文字栏"), p.cell(40, 2, "1")), "基本信息!A40: 行“文字栏”出现两次"),
    "no name": (lambda p, _: p.cell(40, 2, "没有名称"), "基本信息!B40: 这一格有内容，看不出是哪一栏的"),
    "beside": (lambda p, at: p.cell(at["代码栏"], 4, "写错了列"), "基本信息!D{代码栏}: 这一格有内容"),
    "in the advice": (lambda p, at: p.cell(at["代码栏"], 3, code(1)), "基本信息!C{代码栏}: 这一格有内容"),
    "bad value": (lambda p, at: p.cell(at["整数栏（家）"], 2, "很多"), "基本信息!B{整数栏（家）} 整数栏（家）"),
    "formula": (lambda p, at: p.cell(at["数栏（吨）"], 2, "=1+1"), "基本信息!B{数栏（吨）} 数栏（吨）: 是公式"),
    "required": (
        lambda p, at: (p.cell(at["单位名称"], 2).__setattr__("value", None), p.cell(at["整数栏（家）"], 2, 1)),
        "基本信息!B{单位名称} 单位名称: 没有填写",
    ),
    "name gone": (lambda p, at: p.delete_rows(at["单位名称"]), "基本信息: 缺少行“单位名称”"),
    "value joined": (
        lambda p, at: p.merge_cells(start_row=at["代码栏"], end_row=at["代码栏"] + 1, start_column=2, end_column=2),
        "基本信息!B{代码栏} 代码栏: 是合并单元格",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_cell(kinds, tmp_path, name):
    book, rows = blank(kinds)
    rows["单位名称"][1].value = "甲公司"
    at = {label: row[0].row for label, row in rows.items() if label}
    change, told = FAULTS[name]
    change(book.worksheets[0], at)
    for label, row in at.items():
        told = told.replace(f"{{{label}}}", str(row))
    assert told in refused(book, kinds, tmp_path)


def test_a_line_left_out_that_a_form_may_lack_is_told(kinds, tmp_path):
    book, rows = blank(kinds)
    rows["单位名称"][1].value = "甲公司"
    book.worksheets[0].delete_rows(rows["邮箱栏"][0].row)
    warnings = read_back(book, kinds, tmp_path).warnings
    assert any("没有行“邮箱栏”，这一栏印出来是空的" in str(one) for one in warnings)


def test_a_report_stands_under_its_headings_each_once():
    edition = LIBRARY.load("jilin@2024")
    book, _ = blank(Catalogue(LIBRARY).sheet(edition, "factory-report"))
    page = book.worksheets[0]
    joined = [str(one) for one in page.merged_cells.ranges]
    headings = [page[one.split(":")[0]].value for one in joined if one != "A1:C1"]
    assert sorted(headings) == sorted({"工厂信息", "评价机构信息", "评价结果", "报告正文"})
    filled = load_workbook(io.BytesIO(workbook.write(Catalogue(LIBRARY).sheet(edition, "4"), [Record({"name": "甲"})])))
    assert filled.worksheets[0]["A1"].value == "绿色工厂第三方评价报告", "what is filled in is no model"


def test_a_sheet_nobody_filled_in_holds_nothing(kinds, tmp_path):
    assert "没有数据" in refused(blank(kinds)[0], kinds, tmp_path)


def test_an_applicant_alone_fills_its_facts_down_the_page(tmp_path):
    edition = LIBRARY.load("guizhou@2024")
    form = form_sheet(edition, LIBRARY, "factory")
    book, rows = blank(form)
    for name, value in {"单位名称": "甲公司", "统一社会信用代码": code(7)}.items():
        rows[name][1].value = value
    path = tmp_path / "one.xlsx"
    book.save(path)
    found = intake.read(path, form, dt.date(2024, 9, 1))
    assert (found.problems, [one.name for one in found.applicants]) == ((), ["甲公司"])
    assert found.applicants[0].places["code"].endswith(f"基本信息!{rows['统一社会信用代码'][1].coordinate}")


def test_figures_the_form_gives_are_numbers():
    form = Catalogue(LIBRARY).sheet(LIBRARY.load("national@2023"), "supply-chain-requirements")
    book = load_workbook(io.BytesIO(workbook.write(form)))
    (page,) = (one for one in book.worksheets if one.sheet_state == "visible")
    heads = {cell.value: cell.column for row in page.iter_rows(max_row=3) for cell in row if cell.value}
    column = heads["分值"]
    figures = [page.cell(row, column).value for row in range(2, page.max_row + 1)]
    assert sum(one for one in figures if isinstance(one, int | float)) == 100
