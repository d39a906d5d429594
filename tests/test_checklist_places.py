"""Answers that contradict each other are named with both cells: on the page, in the summary, in ``--explain``."""

import datetime as dt
import io
import pickle

import openpyxl
import pytest

from applicants import DAY, desk, record, sheet
from notices.checklist import intake
from notices.checklist.batch import page
from notices.checklist.batch.run import How, run
from notices.checklist.batch.summary import summary
from notices.checklist.explain import Explainer

MADE = desk(("md",))
CLASH = {"operating_normally": "是", "standstill_months": 36}
DATED = {
    "founded": dt.date(2023, 5, 2),
    "records": ({"record-kind": "失信被执行人", "record-date": dt.date(2023, 5, 1)},),
}


def cell_of(path, name, head, row):
    """The address of a cell, found in the file by the head of its column."""
    found = openpyxl.load_workbook(path)[name]
    (head,) = [cell for line in found.iter_rows() for cell in line if cell.value == head]
    return f"{path.name} {name}!{head.column_letter}{row}"


@pytest.fixture
def written(tmp_path):
    return sheet(tmp_path / "u.xlsx", [record(0), record(1, **CLASH), record(2, **DATED)], MADE)


def test_both_cells_of_a_sheet_are_named_everywhere(written, tmp_path):
    data = intake.read(written, MADE.sheet, DAY)
    left, right = (
        cell_of(written, "基本信息", head, 4) for head in ("近三年正常生产经营", "近三年最长一次连续停产（个月）")
    )
    said = f"近三年正常生产经营（{left}）填的是“是”，近三年最长一次连续停产（{right}）填的是“36”"
    assert openpyxl.load_workbook(written)["基本信息"][right.partition("!")[2]].value == 36, "the cell it names"
    result = run(MADE, data, tmp_path / "run", How())
    first, _, items = next((tmp_path / "run" / result.done[1].folder).glob("*.md")).read_text("utf-8").partition("## ")
    assert first.count(said) == 1, "once on the first page, in its own row"
    assert said in items, "and whole where the item stands"
    told = summary(MADE, data, result)
    (row,) = [row for section in told.sections if section.key == "open" for row in section.rows if said in row[4]]
    assert row[1] == data.applicants[1].name
    book = openpyxl.load_workbook(io.BytesIO(page.written(told, "xlsx", MADE.press.means)), read_only=True)
    assert [line[-1] for line in book["还缺什么"].iter_rows(values_only=True) if line[-1] and said in line[-1]]
    explainer = Explainer(MADE.checklist, MADE.sheet.only())
    one = data.applicants[1]
    lines = "\n".join(explainer.lines(explainer.item("not-operating"), one, MADE.outcome(one)))
    assert f"填报前后不一致：{said}" in lines


def test_the_row_of_a_record_is_named(written):
    one = intake.read(written, MADE.sheet, DAY).applicants[2]
    (said,) = MADE.outcome(one).contradictions
    assert f"（{cell_of(written, '基本信息', '成立日期', 5)}）" in said
    assert f"（{cell_of(written, '记录', '发生或列入日期', 3)}）" in said


def test_yaml_names_the_lines_and_a_csv_row_and_column(tmp_path):
    (tmp_path / "u.yaml").write_text("name: 甲厂\noperating-normally: 是\nstandstill-months: 36\n", "utf-8")
    (tmp_path / "u.csv").write_text("单位名称,近三年正常生产经营,近三年最长一次连续停产（个月）\n甲厂,是,36\n", "utf-8")
    for name, places in (("u.yaml", ("u.yaml:2", "u.yaml:3")), ("u.csv", ("u.csv 第2行第2列", "u.csv 第2行第3列"))):
        (one,) = intake.read(tmp_path / name, MADE.sheet, DAY).applicants
        (said,) = MADE.outcome(one).contradictions
        assert all(f"（{place}）" in said for place in places)


def test_places_go_to_other_processes(written):
    one = intake.read(written, MADE.sheet, DAY).applicants[1]
    assert pickle.loads(pickle.dumps(one.places)) == one.places  # noqa: S301 - as a pool of processes does
    assert set(one.places) >= {"name", "operating-normally"}
    assert len(list(one.places)) == len(one.places)


def test_a_row_that_moved_is_made_anew_where_its_cells_are_named(tmp_path):
    people = [record(1, **CLASH), record(2)]
    for number, order in enumerate((people, [record(0), *people])):
        data = intake.read(sheet(tmp_path / "u.xlsx", order, MADE), MADE.sheet, DAY)
        result = run(MADE, data, tmp_path / "run", How(resume=number > 0))
    assert result.resumed == 1, "the one without a contradiction"
    folder = tmp_path / "run" / result.done[1].folder
    assert f"（{cell_of(tmp_path / 'u.xlsx', '基本信息', '近三年最长一次连续停产（个月）', 4)}）填的是“36”" in next(
        folder.glob("*.md")
    ).read_text("utf-8")
