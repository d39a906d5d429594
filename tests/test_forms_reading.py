"""Filled data read back: round trips through workbooks, and every fault of a file told with its place."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest
from formsheets import COLUMNS, KEYS, TYPES, VALUES, code, office, row, same, sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from notices.errors import NotFoundError, ProblemsError
from notices.forms import workbook
from notices.forms.data import reading
from notices.forms.data.records import Record

NOON = dt.datetime(2024, 5, 31)  # noqa: DTZ001 - cells have no zone


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return office(tmp_path_factory.mktemp("office"), Path(__file__).with_name("data") / "testland.yaml")


@pytest.fixture(scope="module")
def listing(folder):
    return sheet(folder, 1)


@pytest.fixture(scope="module")
def kinds(folder):
    return sheet(folder, 2)


@pytest.fixture(scope="module")
def parts(folder):
    return sheet(folder, 3)


def values_of(names):
    """Some of the fields, each with a value of its type."""
    return st.fixed_dictionaries({}, optional={f"t-{kind}": VALUES[kind] for kind in names})


ITEMS = st.fixed_dictionaries({}, optional={"t-number": VALUES["number"], "t-text": VALUES["text"]})


@st.composite
def records(draw):
    made = []
    for number in range(draw(st.integers(1, 3))):
        own = {"unit": f"第{number}单位"} | draw(values_of(TYPES))
        rows = tuple(draw(st.lists(values_of(TYPES).filter(bool), max_size=4)))
        given_rows = tuple(draw(st.lists(ITEMS, max_size=3)))
        made.append(Record(own, {"all": rows, "fixed": given_rows}))
    return made


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@given(made=records())
@settings(max_examples=25)
def test_a_workbook_gives_back_the_rows_it_was_written_from(kinds, place, made):
    path = place / "round.xlsx"
    path.write_bytes(workbook.write(kinds, made))
    found = reading.read(path, kinds).records
    assert len(found) == len(made)
    for wanted, got in zip(made, found, strict=True):
        assert same(wanted, got), (wanted, got)


def test_equal_records_give_equal_bytes(kinds):
    made = [Record({"unit": "甲", "t-date": dt.date(2024, 5, 31)}, {})]
    assert workbook.write(kinds, made) == workbook.write(kinds, made)


def csv_text(rows, head=COLUMNS, delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def read_csv(place, listing, content, name="a.csv", table=None):
    path = place / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return reading.read(path, listing, table)


def read_book(place, listing, change, rows=2, name="b.xlsx"):
    """The sheet to fill in, filled, with one thing changed."""
    book = load_workbook(io.BytesIO(workbook.write(listing)))
    page = book.worksheets[0]
    for number in range(rows):
        for column, text in enumerate(row(number), 1):
            value = float(text) if COLUMNS[column - 1] in {"得分", "占比（%）"} else text
            page.cell(4 + number, column).value = value
    change(book, page)
    path = place / name
    book.save(path)
    return reading.read(path, listing)


def refused(call, *arguments):
    with pytest.raises(ProblemsError) as caught:
        call(*arguments)
    assert caught.value.problems
    assert all(problem.message for problem in caught.value.problems)
    return str(caught.value)


ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_csv_is_read_whatever_wrote_it(place, listing, encoding, delimiter, end):
    text = csv_text([row(1), row(2)], delimiter=delimiter).replace("\r\n", end)
    (record,) = read_csv(place, listing, text.encode(encoding)).records
    assert [entry["firm"] for entry in record.tables["firms"]] == ["第1制造有限公司", "第2制造有限公司"]
    assert [set(entry) for entry in record.tables["firms"]] == [set(KEYS)] * 2


def test_titles_above_other_orders_numbers_and_quoted_cells_do_no_harm(place, listing):
    rows = [[9, *row(1)[::-1]], [8, *row(2)[::-1]]]
    rows[0][1] = '说"明,\n两行'
    text = "企业汇总表,,,\r\n填报单位：,,\r\n" + csv_text(rows, ["序号", *COLUMNS[::-1]])
    (record,) = read_csv(place, listing, text).records
    first, second = record.tables["firms"]
    assert first["words"] == '说"明,\n两行'
    assert (first["firm-code"], second["firm-code"]) == (code(1), code(2))


def test_full_width_marks_and_blanks_in_a_head_do_no_harm(place, listing):
    head = [" 企业 名称＊", "统一社会信用代码：", "得分*", "占比(%)", *COLUMNS[4:]]
    (record,) = read_csv(place, listing, csv_text([row(1)], head)).records
    assert set(record.tables["firms"][0]) == set(KEYS)


CSV_FAULTS = {
    "empty": ("", "没有数据"),
    "head only": (csv_text([]), "没有数据"),
    "no head": (csv_text([row(2)], row(1)), "找不到表头"),
    "missing column": (csv_text([row(1)[:1] + row(1)[2:]], COLUMNS[:1] + COLUMNS[2:]), "缺少列“统一社会信用代码”"),
    "extra column": (csv_text([[*row(1), "x"]], [*COLUMNS, "企业简称"]), "第1行第12列: 多出一列“企业简称”"),
    "column twice": (csv_text([[*row(1), "x"]], [*COLUMNS, "得分"]), "列“得分”出现两次"),
    "cell beyond": (csv_text([[*row(1), "", "x"]]), "第2行第13列: 没有列名的格里有内容"),
    "short row": (csv_text([row(1)[:1]]), "有 2 栏没有填写：统一社会信用代码、得分"),
    "open quote": (csv_text([row(1)]).replace("0779", '"0779'), "引号不成对"),
    "binary": (bytes(range(256)) * 10, "看不出文字编码"),
    "utf-16 unmarked": (csv_text([row(1)]).encode("utf-16-le"), "看不出文字编码"),
    "bad code": (csv_text([row(1), [row(2)[0], code(2)[:-1] + "I", *row(2)[2:]]]), "第3行第2列 统一社会信用代码"),
    "total": (csv_text([row(1), ["合计"]]), "合计、说明一类的行请删去"),
}


@pytest.mark.parametrize("name", CSV_FAULTS)
def test_a_fault_of_a_csv_is_told_with_its_place(place, listing, name):
    content, words = CSV_FAULTS[name]
    assert words in refused(read_csv, place, listing, content)


def test_all_faults_are_told_at_once_in_the_order_of_the_file(place, listing):
    rows = [row(n) for n in range(30)]
    for bad in rows:
        bad[2] = "高"
    message = refused(read_csv, place, listing, csv_text(rows))
    places = [int(line.split("第")[1].split("行")[0]) for line in message.splitlines() if "错误" in line]
    assert places == list(range(2, 32))


def test_thousands_of_faults_are_counted(place, listing):
    rows = [[*row(n)[:2], "高", *row(n)[3:]] for n in range(reading.MOST_SHOWN + 50)]
    message = refused(read_csv, place, listing, csv_text(rows))
    assert message.count("应是数") == reading.MOST_SHOWN
    assert "另有 50 处问题没有列出" in message


def test_a_code_given_twice_and_a_missing_column_are_pointed_out(place, listing):
    filled = read_csv(place, listing, csv_text([row(1)[:-1], row(1)[:-1]], COLUMNS[:-1]))
    told = "\n".join(map(str, filled.warnings))
    assert f"统一社会信用代码 {code(1)} 与 第2行 重复" in told
    assert "没有列“说明”，这一栏印出来是空的" in told


def test_what_a_csv_has_no_place_for_is_pointed_out(place, parts):
    filled = read_csv(place, parts, "企业名称,人数\n甲,3\n", table="factory")
    told = "\n".join(map(str, filled.warnings))
    assert "这些栏印出来是空的：推荐单位" in told
    assert "园区表: 没有填写，印成“（无）”" in told
    assert filled.records[0].tables == {"factory": ({"firm": "甲", "size": 3},)}


@pytest.mark.parametrize("table", [None, "nothing"])
def test_which_table_a_csv_fills_has_to_be_clear(place, parts, table):
    message = refused(read_csv, place, parts, "企业名称,人数\n甲,3\n", "c.csv", table)
    assert "--table" in message
    assert "factory（工厂表）、park（园区表）" in message


def put(column, value, number_format=None):
    def change(_, page):
        cell = page.cell(4, COLUMNS.index(column) + 1)
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return change


def renamed(book, page):
    page.title = "工厂"
    book.create_sheet("又一张").append(["x"])


def blank_sheet(_, page):
    page.delete_rows(1, 100)


BOOK_FAULTS = {
    "formula": (put("得分", "=1+1"), "企业!C4 得分: 是公式 =1+1"),
    "formula in head": (lambda _, page: setattr(page["C3"], "value", "=1"), "企业!C3: 是公式"),
    "error value": (put("得分", "#DIV/0!"), "企业!C4 得分: 是错误值 #DIV/0!"),
    "merged": (lambda _, page: page.merge_cells("A4:A5"), "企业!A5 企业名称: 是合并单元格"),
    "mangled code": (put("统一社会信用代码", 914599000000000010), "企业!B4 统一社会信用代码: 单元格是数字"),
    "percent in a number": (put("得分", 0.52, "0%"), "应是数，实为“52%”"),
    "percent 101": (put("占比（%）", 1.01, "0%"), "企业!D4 占比（%）: 101% 太大"),
    "time": (put("得分", dt.time(12, 30)), "单元格是时间格式"),
    "day in a number": (put("得分", NOON), "实为“2024-05-31”"),
    "serial day": (put("日期", 45443, "General"), "把单元格设为日期格式"),
    "empty sheet": (blank_sheet, "没有数据"),
    "no rows": (lambda _, page: page.delete_rows(4, 100), "没有数据"),
    "renamed": (renamed, "工厂: 不认识的工作表"),
    "hidden": (lambda book, page: (book.create_sheet("空"), setattr(page, "sheet_state", "hidden")), "没有数据"),
    "beyond": (lambda _, page: setattr(page.cell(5, 15), "value", "x"), "企业!O5: 没有列名的格里有内容"),
}


@pytest.mark.parametrize("name", BOOK_FAULTS)
def test_a_fault_of_a_workbook_is_told_with_sheet_and_cell(place, listing, name):
    change, words = BOOK_FAULTS[name]
    message = refused(read_book, place, listing, change)
    assert words in message
    assert message.startswith("b.xlsx")


def styled(_, page):
    for number in range(6, 400):
        for column in range(1, 30):
            page.cell(number, column).fill = PatternFill("solid", fgColor="FFFF00")


BOOK_HARMLESS = {
    "percent": (put("占比（%）", 0.07, "0.0%"), "share", 7),
    "computed percent": (put("占比（%）", 0.1 + 0.2, "0%"), "share", 30),
    "float dust": (put("得分", 92.30000000000001), "rated", 92.3),
    "day": (put("日期", NOON), "day", dt.date(2024, 5, 31)),
    "day as text": (put("日期", "2024.5.31"), "day", dt.date(2024, 5, 31)),
    "year as number": (put("列入年度", 2023), "listed", 2023),
    "trade as number": (put("行业代码", 3011), "trade", "3011"),
    "phone as number": (put("电话", 13907790012), "call", "13907790012"),
    "styled rows": (styled, "firm", "第0制造有限公司"),
    "moved": (lambda _, page: page.move_range("A1:K5", rows=9, cols=3), "firm", "第0制造有限公司"),
    "blank row": (lambda _, page: page.insert_rows(5), "firm", "第0制造有限公司"),
    "another name": (lambda _, page: setattr(page, "title", "Sheet1"), "firm", "第0制造有限公司"),
    "hidden extra": (
        lambda book, _: setattr(book.create_sheet("草稿"), "sheet_state", "hidden"),
        "firm",
        "第0制造有限公司",
    ),
}


@pytest.mark.parametrize("name", BOOK_HARMLESS)
def test_what_excel_does_to_values_is_undone(place, listing, name):
    change, key, value = BOOK_HARMLESS[name]
    (record,) = read_book(place, listing, change).records
    first, second = record.tables["firms"]
    assert float(first[key]) == value if isinstance(value, float | int) else first[key] == value
    assert second["firm"] == "第1制造有限公司"


def test_rows_of_a_plain_workbook_are_read_as_well(place, listing):
    book = Workbook(write_only=True)
    page = book.create_sheet("Sheet1")
    for texts in (COLUMNS, row(1), row(2)):
        page.append(texts)
    book.save(place / "own.xlsx")
    (record,) = reading.read(place / "own.xlsx", listing).records
    assert len(record.tables["firms"]) == 2


@pytest.mark.parametrize("merged", [True, False])
def test_two_rows_of_column_names_are_understood(place, listing, merged):
    book = Workbook()
    page = book.active
    page.append(["企业汇总表"])
    page.append(["序号", "企业", None, "评价", None, None, None, *COLUMNS[6:]])
    page.append([None, *COLUMNS[:6]])
    for number in (1, 2):
        page.append([number, *row(number)])
    for name in ["A1:L1", "B2:C2", "D2:G2", "A2:A3", *(f"{letter}2:{letter}3" for letter in "HIJKL")] if merged else ():
        page.merge_cells(name)
    book.save(place / "two.xlsx")
    (record,) = reading.read(place / "two.xlsx", listing).records
    assert [set(entry) for entry in record.tables["firms"]] == [set(KEYS)] * 2


@pytest.mark.parametrize("above", [[row(1)], [["汇总表"], row(1), row(2)], [["汇总表"], ["填报单位：甲局", "2024年"]]])
def test_rows_above_the_column_names_are_never_passed_over(place, listing, above):
    content = "\n".join(",".join(one) for one in [*above, COLUMNS, row(3)])
    filled = read_csv(place, listing, content)
    told = [warning.key for warning in filled.warnings if "表头上面" in warning.message]
    assert told == [f"第{number}行" for number, one in enumerate(above, 1) if len(one) > 2]


def test_content_under_no_column_name_is_never_passed_over(place, listing):
    rows = [[*row(1)[:1], "甲", *row(1)[1:]]]
    message = refused(read_csv, place, listing, csv_text(rows, [*COLUMNS[:1], "", *COLUMNS[1:]]))
    assert "第2行第2列: 没有列名的格里有内容" in message


def repacked(content, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, part in change(parts).items():
            new.writestr(name, part)
    return out.getvalue()


def without(name):
    return lambda parts: {key: part for key, part in parts.items() if key != name}


PAGE = "xl/worksheets/sheet1.xml"
DTD = b'<!DOCTYPE a [<!ENTITY b "c">]>'
PACKAGES = {
    "bomb": (lambda parts: parts | {"xl/media/a.bin": bytes(400_000_000)}, "压缩炸弹"),
    "small bomb": (lambda parts: parts | {PAGE: parts[PAGE] + b" " * 40_000_000}, "压缩炸弹"),
    "external": (lambda parts: parts | {"xl/externalLinks/externalLink1.xml": b"<a/>"}, "外部链接"),
    "dtd": (lambda parts: parts | {PAGE: DTD + parts[PAGE]}, "有 DTD"),
    "no book": (without("xl/workbook.xml"), "已损坏"),
    "no relations": (without("xl/_rels/workbook.xml.rels"), "已损坏"),
    "no types": (without("[Content_Types].xml"), "已损坏"),
    "half a sheet": (lambda parts: parts | {PAGE: parts[PAGE][: len(parts[PAGE]) // 2]}, "已损坏"),
    "no styles": (lambda parts: parts | {"xl/styles.xml": b"<a"}, "已损坏"),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_that_cannot_be_trusted_is_refused(place, listing, name):
    change, words = PACKAGES[name]
    path = place / "p.xlsx"
    path.write_bytes(repacked(workbook.write(listing), change))
    message = refused(reading.read, path, listing)
    assert words in message
    assert not any(word in message for word in ("Error", "archive", "token"))


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=60))
@settings(max_examples=40)
def test_damaged_bytes_are_refused_or_read_never_a_traceback(listing, place, at, junk):
    content = bytearray(workbook.write(listing))
    at %= len(content)
    content[at : at + len(junk)] = junk
    path = place / "damaged.xlsx"
    path.write_bytes(bytes(content))
    refused(reading.read, path, listing)


def test_a_package_of_an_unknown_zip_version_is_refused(listing, tmp_path):
    content = bytearray(workbook.write(listing))
    content[content.rindex(b"PK\x01\x02") + 6] = 64
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(bytes(content))
    assert "已损坏" in refused(reading.read, path, listing)


FILES = {
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不能读 .xls"),
    "macro.xlsm": (b"PK", "不能读 .xlsm"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "加密"),
    "zero.xlsx": (b"", "不是 Excel 文件"),
    "text.xlsx": (b"a,b", "不是 Excel 文件"),
    "a.docx": (b"PK", "不认识的文件类型 .docx"),
    "none": (b"", "不认识的文件类型 （没有扩展名）"),
    "empty.yaml": (b"", "文件是空的"),
    "scalar.yaml": (b"abc", "键: 值"),
    "gbk.yaml": ("firms: 甲".encode("gbk"), "不是 UTF-8"),
    "large.yaml": (b"firms:\n" + b"  - {firm: a}\n" * 200_000, "改用 .xlsx 或 .csv"),
}


@pytest.mark.parametrize("name", FILES)
def test_other_files_are_refused_with_what_to_do(place, listing, name):
    content, words = FILES[name]
    (place / name).write_bytes(content)
    assert words in refused(reading.read, place / name, listing)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "yaml"])
def test_a_missing_file_and_a_folder_are_told_in_words(place, listing, ending):
    assert "没有这个文件" in refused(reading.read, place / f"nothing.{ending}", listing)
    (place / f"folder.{ending}").mkdir(exist_ok=True)
    assert "是文件夹" in refused(reading.read, place / f"folder.{ending}", listing)


def read_yaml(place, form, data):
    path = place / "d.yaml"
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return reading.read(path, form)


def test_yaml_takes_ids_and_chinese_names(place, listing):
    by_id, by_name = dict(zip(KEYS, row(1), strict=True)), dict(zip(COLUMNS, row(2), strict=True))
    (record,) = read_yaml(place, listing, {"firms": [by_id, by_name]}).records
    assert [entry["firm-code"] for entry in record.tables["firms"]] == [code(1), code(2)]
    assert set(record.tables["firms"][1]) == set(KEYS)


def test_yaml_of_several_units_is_a_list(place, kinds):
    found = read_yaml(place, kinds, [{"unit": "甲"}, {"单位名称": "乙", "all": [{"t-integer": 3}]}])
    assert [record.values["unit"] for record in found.records] == ["甲", "乙"]
    assert "明细: 没有填写（2 份里有 1 份），印成“（无）”" in "\n".join(map(str, found.warnings))


SOUND = dict(zip(KEYS, row(1), strict=True))
YAML_FAULTS = {
    "unknown key": ({"firms": [SOUND | {"rate": 1}]}, "firms[0].rate: 没有这一栏\n    → 是不是 rated"),
    "unknown table": ({"firm": [SOUND]}, "firm: 没有这一栏\n    → 是不是 firms"),
    "written twice": ({"firms": [SOUND | {"得分": 1}]}, "是同一栏，写了两次"),
    "rows as mapping": ({"firms": SOUND}, "firms: 应是列表"),
    "two for one": ([{"firms": [SOUND]}, {"firms": [SOUND]}], "有 2 组数据，这张表只填一份"),
    "list of texts": (["甲"], "应是“键: 值”的组"),
    "missing": ({"firms": [SOUND | {"rated": None}]}, "firms[0].rated 得分: 没有填写"),
    "nested": ({"firms": [SOUND | {"firm": {"a": 1}}]}, "firms[0].firm 企业名称: 应是文字"),
    "number for a trade": ({"firms": [SOUND | {"trade": 111}]}, "分不清是 111 还是 0111"),
    "empty": ({"firms": None}, "没有数据"),
}


@pytest.mark.parametrize("name", YAML_FAULTS)
def test_a_fault_of_yaml_is_told_with_key_and_line(place, listing, name):
    data, words = YAML_FAULTS[name]
    message = refused(read_yaml, place, listing, data)
    assert words in message
    assert message.startswith("d.yaml:") or name in {"two for one", "empty"}


def test_a_line_of_a_yaml_fault_is_its_own(place, listing):
    text = "firms:\n  - firm: 甲\n    firm-code: 1\n    rated: 高\n"
    message = refused(read_yaml, place, listing, text)
    assert "d.yaml:3:16: 错误 firms[0].firm-code" in message
    assert "d.yaml:4:12: 错误 firms[0].rated" in message


def test_rows_name_the_unit_they_belong_to(place, kinds):
    made = [Record({"unit": name}, {"all": ({"t-integer": n},)}) for n, name in enumerate(("甲", "乙"))]
    content = workbook.write(kinds, made)
    book = load_workbook(io.BytesIO(content))
    book["明细"]["A4"].value = "丙"
    book.save(place / "linked.xlsx")
    assert "填报单位“丙”不在基本信息表里" in refused(reading.read, place / "linked.xlsx", kinds)
    book["明细"]["A4"].value = "甲"
    book.save(place / "linked.xlsx")
    first, second = reading.read(place / "linked.xlsx", kinds).records
    assert [entry["t-integer"] for entry in first.tables["all"]] == [0, 1]
    assert second.tables.get("all", ()) == ()


def test_given_rows_are_known_by_what_stands_in_them_and_may_not_be_changed(place, kinds):
    made = Record({"unit": "甲"}, {"fixed": ({"t-text": "一"}, {"t-text": "二"}, {"t-text": "三"})})
    book = load_workbook(io.BytesIO(workbook.write(kinds, [made])))
    page = book["给定行"]
    names = [cell.value for cell in page[2]]
    item, text = names.index("项目") + 1, names.index("文字栏") + 1
    for column in (item, text):
        page.cell(3, column).value, page.cell(5, column).value = page.cell(5, column).value, page.cell(3, column).value
    book.save(place / "given.xlsx")
    (record,) = reading.read(place / "given.xlsx", kinds).records
    assert [entry["t-text"] for entry in record.tables["fixed"]] == ["一", "二", "三"]
    page.cell(3, item).value = "第四项"
    book.save(place / "given.xlsx")
    assert "不是表里给定的行" in refused(reading.read, place / "given.xlsx", kinds)


def test_hidden_rows_and_full_width_codes_are_read_and_told(place, listing):
    book = load_workbook(io.BytesIO(workbook.write(listing)))
    page = book.worksheets[0]
    wide = code(1).translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})
    for column, value in enumerate([*row(1)[:1], wide, *row(1)[2:]], 1):
        page.cell(4, column).value = value
    for column, value in enumerate(row(2), 1):
        page.cell(5, column).value = value
    page.row_dimensions[5].hidden = True
    book.save(place / "hidden.xlsx")
    filled = reading.read(place / "hidden.xlsx", listing)
    assert [entry["firm-code"] for entry in filled.records[0].tables["firms"]] == [code(1), code(2)]
    told = "\n".join(map(str, filled.warnings))
    assert "有 1 行是隐藏的，也读进来了：第5行" in told
    assert f"读作 {code(1)}" in told


def test_rows_below_the_first_are_in_the_format_of_their_column(listing):
    page = load_workbook(io.BytesIO(workbook.write(listing))).worksheets[0]
    assert page.column_dimensions["B"].number_format == "@"
    assert page.column_dimensions["B"].width >= 20
    assert page.column_dimensions["F"].number_format == "yyyy-mm-dd"


@pytest.mark.slow
def test_fifty_thousand_rows_are_read(place, listing):
    path = place / "many.csv"
    path.write_text(csv_text((row(n)[:3] for n in range(50_000)), COLUMNS[:3]), "utf-8")
    (record,) = reading.read(path, listing).records
    assert len(record.tables["firms"]) == 50_000
    assert record.tables["firms"][-1]["firm"] == "第49999制造有限公司"


def test_a_sheet_to_fill_in_has_drop_downs_units_and_notes(listing):
    book = load_workbook(io.BytesIO(workbook.write(listing)))
    page = book.worksheets[0]
    assert [cell.value for cell in page[3]] == COLUMNS
    notes = dict(zip(COLUMNS, (cell.value for cell in page[2]), strict=True))
    assert "必填" in notes["企业名称"]
    assert "18 位" in notes["统一社会信用代码"]
    assert notes["得分"] == "必填；不小于 0；不大于 100"
    checks = {str(check.sqref).split(":")[0]: check for check in page.data_validations.dataValidation}
    assert checks["J4"].formula1 == '"1级,2级"'
    assert (checks["C4"].type, checks["C4"].formula1, checks["C4"].formula2) == ("decimal", "0", "100")
    assert all(check.showErrorMessage and check.error for check in checks.values())
    assert page["B4"].number_format == "@", "a code stays text"
    assert page.freeze_panes == "A4"


def test_several_forms_have_to_be_named(listing):
    both = type(listing)(listing.edition, "x", "附件9", 9, listing.attachment, (listing.forms[0], listing.forms[0]))
    with pytest.raises(NotFoundError, match=r"9\.1 汇总表、9\.2 汇总表"):
        workbook.write(both)
