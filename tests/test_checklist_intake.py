"""Applicants out of files: what is wrong is named by file, sheet, row and field; nobody else is stopped; nothing is lost."""

import datetime as dt
import json
from decimal import Decimal

import openpyxl
import pytest

from applicants import DAY, code, desk, record, sheet
from notices.checklist import intake
from notices.errors import ProblemsError

DESK = desk()


def read(path, **more):
    return intake.read(path, DESK.sheet, DAY, **more)


def broken(tmp_path, *changes, count=6):
    """A workbook of good applicants with cells changed: (sheet, row, head, value)."""
    path = sheet(tmp_path / "units.xlsx", [record(number) for number in range(count)], DESK)
    book = openpyxl.load_workbook(path)
    for page, row, head, value in changes:
        columns = {cell.value: cell.column for cell in book[page][2]}
        book[page].cell(row, columns[head]).value = value
    book.save(path)
    return path


def test_what_is_written_is_read_back(tmp_path):
    accident = {"record-kind": "生产安全事故", "record-date": dt.date(2023, 5, 1), "severity": "较大"}
    wanted = [record(0), record(1, records=(accident,)), record(2, certificates=())]
    found = read(sheet(tmp_path / "units.xlsx", wanted))
    assert found.problems == found.warnings == ()
    assert [one.record.values for one in found.applicants] == [one.values for one in wanted]
    kept = [{name: rows for name, rows in one.tables.items() if rows} for one in wanted]
    assert [one.record.tables for one in found.applicants] == kept


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        (("基本信息", 4, "统一社会信用代码", "91520900MA0000001X"), "基本信息!B4 统一社会信用代码", "校验码不对"),
        (("基本信息", 4, "年综合能源消费量（吨标准煤）", -5), "年综合能源消费量（吨标准煤）", "太小"),
        (("基本信息", 4, "单位名称", None), "基本信息!A4 单位名称", "没有填写"),
        (("基本信息", 4, "近三年正常生产经营", "大概是"), "近三年正常生产经营", "应填是或否"),
        (("证书", 4, "证书", "能源体系"), "证书!B4 证书", "没有“能源体系”这一项"),
        (("证书", 4, "发证日期", dt.date(2024, 9, 2)), "证书!第4行 发证日期", "2024-09-02 晚于判断日 2024-09-01"),
        (("证书", 4, "有效期至", dt.date(2022, 9, 2)), "证书!第4行 有效期至", "2022-09-02 早于发证日期 2023-01-04"),
    ],
)
def test_one_bad_cell_costs_one_applicant(tmp_path, change, place, message):
    found = read(broken(tmp_path, change))
    (refused,) = found.refused
    assert len(found.applicants) == 5
    told = [(problem.file, problem.key, problem.message) for problem in refused.problems]
    assert any(file == "units.xlsx" and place in key and message in said for file, key, said in told), told


REFUSED = [
    ({"申报类别": "绿色工业园区"}, "申报类别填的是“绿色工业园区”，这次核对的是绿色工厂"),
    ({"报告日期": "2024-09-02"}, "2024-09-02 晚于判断日"),
    ({"成立日期": "2026-01-01"}, "2026-01-01 晚于判断日"),
    ({"已逐项查询各类记录的日期": "2024-09-02"}, "2024-09-02 晚于判断日"),
    ({"统一社会信用代码": "91520900MA7Y33010X"}, "校验码不对"),
    ({"从事实际生产的制造型企业": "有"}, "应填是或否，实为“有”"),
    ({"评价机构没有参与自评价报告编写": "无"}, "应填是或否，实为“无”"),
    ({"从事实际生产的制造型企业": "是（无）"}, "应填是或否"),
]
TAKEN = [("√", "是"), ("✓", "是"), ("×", "否"), ("Y", "是"), ("Ｎ", "否"), ("否（无）", "否"), ("是（有）", "是")]


def rows(tmp_path, kind, *values):
    """Applicants as an office may send them: a list, a workbook, a table of text."""
    heads = ["单位名称", *dict.fromkeys(head for one in values for head in one)]
    table = [heads, *([f"第{n}厂", *(str(one.get(head, "")) for head in heads[1:])] for n, one in enumerate(values))]
    path = tmp_path / f"units.{kind}"
    if kind == "yaml":
        told = [{head: cell for head, cell in zip(heads, row, strict=True) if cell} for row in table[1:]]
        path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    elif kind == "csv":
        path.write_text("\n".join(",".join(row) for row in table), "utf-8")
    else:
        book = openpyxl.Workbook()
        book.active.title = "基本信息"
        for row in table:
            book.active.append(row)
        for name in ("证书", "记录"):
            book.create_sheet(name)
        book.save(path)
    return path


@pytest.mark.parametrize("kind", ["yaml", "xlsx", "csv"])
@pytest.mark.parametrize(("values", "message"), REFUSED)
def test_what_is_wrong_is_named_and_nobody_else_is_touched(tmp_path, kind, values, message):
    found = read(rows(tmp_path, kind, {"报告日期": "2024-08-01"}, values, {"申报类别": "绿色工厂"}))
    assert [one.name for one in found.applicants] == ["第0厂", "第2厂"]
    (refused,) = found.refused
    assert any(message in problem.message for problem in refused.problems), refused.problems


@pytest.mark.parametrize("kind", ["yaml", "xlsx", "csv"])
@pytest.mark.parametrize(("written", "taken"), TAKEN)
def test_yes_and_no_in_other_words_are_read_and_said(tmp_path, kind, written, taken):
    found = read(rows(tmp_path, kind, {"从事实际生产的制造型企业": written}))
    (one,) = found.applicants
    assert one.record.values["manufacturing"] == taken
    assert any(f"读作“{taken}”" in problem.message for problem in found.warnings)


def test_there_is_or_is_not_answers_only_what_asks_for_it(tmp_path):
    (one,) = read(rows(tmp_path, "yaml", {"有应淘汰的落后生产设备": "无"})).applicants
    assert one.record.values["outdated-equipment"] == "否"


def test_percent_above_100(tmp_path):
    park = desk(category="park")
    path = tmp_path / "park.yaml"
    path.write_text("name: 某园区\nindustrial-added-value-share: 101\n", "utf-8")
    found = intake.read(path, park.sheet, DAY)
    (refused,) = found.refused
    (problem,) = refused.problems
    assert (problem.line, problem.key) == (2, "industrial-added-value-share 工业增加值占比（%）")
    assert "101% 太大" in problem.message


def test_two_rows_for_one_code_are_both_kept_back(tmp_path):
    found = read(broken(tmp_path, ("基本信息", 4, "统一社会信用代码", code(2))))
    assert [one.place for one in found.refused] == ["基本信息!第4行", "基本信息!第5行"]
    assert all(code(2) in one.problems[0].message and "重复" in one.problems[0].message for one in found.refused)
    assert len(found.applicants) == 4


def test_a_row_with_a_slip_in_its_name_stops_whom_it_may_belong_to(tmp_path):
    found = read(broken(tmp_path, ("证书", 4, "填报单位", "第1号虚构乙制造长")))
    (refused,) = found.refused
    assert refused.name == "第1号虚构乙制造厂"
    assert "证书!第4行" in refused.problems[0].key
    assert "可能是“第1号虚构乙制造厂”的一行" in refused.problems[0].hint


@pytest.mark.parametrize(("name", "said"), [("完全不同的一家公司", "完全不同的一家公司"), (None, "没有写填报单位")])
def test_a_row_of_nobody_leaves_no_empty_table_to_rely_on(tmp_path, name, said):
    found = read(broken(tmp_path, ("证书", 4, "填报单位", name)))
    assert len(found.applicants) == 6
    assert any(said in problem.message for problem in found.loose)
    assert all("certificates-listed" not in one.record.values for one in found.applicants)
    assert all("records-checked" in one.record.values for one in found.applicants)


def test_an_unknown_column_and_a_missing_sheet_are_named(tmp_path):
    with pytest.raises(ProblemsError) as caught:
        read(broken(tmp_path, ("基本信息", 2, "单位名称", "企业的大名")))
    told = [(problem.key, problem.message) for problem in caught.value.problems]
    assert ("基本信息!A2", "多出一列“企业的大名”") in told
    path = broken(tmp_path)
    book = openpyxl.load_workbook(path)
    del book["记录"]
    book.save(path)
    with pytest.raises(ProblemsError, match="缺少这张工作表"):
        read(path)


def csv(path, *rows):
    path.write_text("\n".join(",".join(row) for row in rows), "utf-8-sig")


def test_a_row_above_the_column_names_is_told(tmp_path):
    csv(
        tmp_path / "u.csv",
        ("乙厂", "是", "2024-08-30"),
        ("单位名称", "从事实际生产的制造型企业", "已逐项查询各类记录的日期"),
        ("甲厂", "是", "2024-08-30"),
    )
    found = read(tmp_path / "u.csv")
    assert [(one.key, one.message) for one in found.warnings if "表头" in one.message] == [
        ("第1行", "在表头上面，没有读")
    ]
    assert len(found.applicants) == 1


def test_a_csv_alone_proves_nothing_about_records(tmp_path):
    csv(
        tmp_path / "u.csv",
        ("单位名称", "从事实际生产的制造型企业", "已逐项查询各类记录的日期"),
        ("甲厂", "是", "2024-08-30"),
    )
    found = read(tmp_path / "u.csv")
    (one,) = found.applicants
    assert one.record.values == {"name": "甲厂", "manufacturing": "是"}
    assert any("没有证书、记录表" in problem.message for problem in found.warnings)


def test_the_tables_of_a_csv_stand_beside_it(tmp_path):
    csv(tmp_path / "u.csv", ("单位名称", "已逐项查询各类记录的日期"), ("甲厂", "2024-08-30"), ("乙厂", "2024-08-30"))
    csv(tmp_path / "u-记录.csv", ("填报单位", "记录种类", "发生或列入日期"), ("乙厂", "失信被执行人", "2099-01-01"))
    found = read(tmp_path / "u.csv")
    (good,), (bad,) = found.applicants, found.refused
    assert good.record.values["records-checked"] == dt.date(2024, 8, 30)
    assert bad.name == "乙厂"
    (problem,) = bad.problems
    assert (problem.file, problem.key) == ("u-记录.csv", "第2行 发生或列入日期")


def test_a_table_that_does_not_stand_beside_a_csv_proves_nothing(tmp_path):
    heads = ("单位名称", "已逐项查询各类记录的日期", "证书已全部列在下表")
    csv(tmp_path / "u.csv", heads, ("甲厂", "2024-08-30", "是"))
    csv(tmp_path / "u-记录.csv", ("填报单位", "记录种类", "发生或列入日期"), ("甲厂", "失信被执行人", "2024-01-01"))
    found = read(tmp_path / "u.csv")
    (one,) = found.applicants
    assert set(one.record.values) == {"name", "records-checked"}
    assert [one.message for one in found.warnings if "待核" in one.message] == [
        "没有证书表，凡要看证书有没有遗漏的都作待核"
    ]


def test_yaml_gives_lines(tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text("- name: 甲厂\n  manufacturing: 是\n- name: 乙厂\n  manufacturing: 也许\n", "utf-8")
    found = read(path)
    (good,), (bad,) = found.applicants, found.refused
    assert good.places["manufacturing"] == "two.yaml:2"
    assert (bad.name, bad.problems[0].line) == ("乙厂", 4)


def test_an_empty_file_is_said(tmp_path):
    with pytest.raises(ProblemsError, match="没有申报单位"):
        read(sheet(tmp_path / "none.xlsx", ()))


def test_ten_thousand_rows_with_bad_ones_among_them(tmp_path):
    heads = ("单位名称", "统一社会信用代码", "年综合能源消费量（吨标准煤）")
    rows = [(f"第{n}厂", code(n), "-1" if n % 1000 == 7 else "3000") for n in range(10_000)]
    csv(tmp_path / "many.csv", heads, *rows)
    found = read(tmp_path / "many.csv")
    assert len(found.applicants) == 9990
    assert [one.place for one in found.refused][:2] == ["第9行", "第1009行"]


def test_hidden_rows_are_read_and_told(tmp_path):
    path = sheet(tmp_path / "u.xlsx", [record(0), record(1)])
    book = openpyxl.load_workbook(path)
    book["基本信息"].row_dimensions[4].hidden = True
    book.save(path)
    found = read(path)
    assert len(found.applicants) == 2
    (told,) = [one for one in found.warnings if "隐藏" in one.message]
    assert told.key == "基本信息"


@pytest.mark.parametrize(
    ("written", "taken"), [("0.51", None), ("1", None), ("0.51%", "0.51"), ("51", "51"), ("５１％", "51"), ("0", "0")]
)
def test_a_share_that_may_be_a_part_of_one_is_asked_for_again(tmp_path, written, taken):
    made = desk(edition="jilin@2024", category="park", day=DAY)
    path = tmp_path / "u.yaml"
    path.write_text(f'- {{name: 甲园, industrial-added-value-share: "{written}"}}\n- {{name: 乙园}}\n', "utf-8")
    data = intake.read(path, made.sheet, DAY)
    kept = {one.name: one.record.values.get("industrial-added-value-share") for one in data.applicants}
    if taken is None:
        assert list(kept) == ["乙园"]
        assert "带百分号写" in data.problems[0].hint
        assert f"看不出是 {written}% 还是" in data.problems[0].message
    else:
        assert kept["甲园"] == Decimal(taken)
