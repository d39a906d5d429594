"""The sum of many applicants: who is ready, who lacks what, who is barred and why; by city; as a workbook to work with."""

import io

import openpyxl
import pytest

from applicants import applicant, asked, desk, record
from notices.checklist.batch import page, workbook
from notices.checklist.batch.areas import NOT_SAID, areas
from notices.checklist.batch.chart import share
from notices.checklist.batch.gaps import Gaps
from notices.checklist.batch.job import MadeChecklist
from notices.checklist.batch.journal import Done
from notices.checklist.batch.run import How, run
from notices.checklist.batch.summary import SHORT, summary
from notices.checklist.intake import Applicant, Intake
from notices.checklist.outcome import STANDING_WORDS, word
from notices.forms.data.records import Record
from notices.library import Library

LIBRARY = Library.at(None)
ALL = [(name, key) for name in LIBRARY.editions() for key in asked(LIBRARY.load(name).profile)]
PEOPLE = (
    applicant(0, area="贵阳市"),
    applicant(1, area="贵州省贵阳市", manufacturing="否"),
    applicant(2, area="遵义", operating_normally=None),
    applicant(3, area=None, energy_level="未达到标杆水平"),
)


@pytest.fixture(scope="module")
def summed(tmp_path_factory):
    made, group = desk(("md",)), Intake("u.xlsx", PEOPLE)
    return made, summary(made, group, run(made, group, tmp_path_factory.mktemp("run"), How()))


@pytest.fixture(scope="module")
def book(summed):
    made, told = summed
    content = page.written(told, "xlsx", made.press.means)
    assert content == page.written(told, "xlsx", made.press.means)
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(page, heads):
    """The rows of a sheet by its heads, from the row that begins with the first of them."""
    found = list(page.iter_rows())
    start = next(number for number, row in enumerate(found) if row[0].value == heads)
    names = [cell.value for cell in found[start]]
    return [dict(zip(names, row, strict=True)) for row in found[start + 1 :]]


def test_cities_are_counted_however_they_are_written(summed):
    _, told = summed
    assert [(one.name, one.total) for one in told.areas] == [("贵阳市", 2), ("遵义", 1), (NOT_SAID, 1)]
    assert sum(count for _, _, count in told.counts) == told.total == 4


def test_a_city_is_no_province_and_a_place_of_one_character_is_itself():
    made = [
        Done("", "", MadeChecklist("", "", "may", "", area=name), ()) for name in ("吉林省", "吉林市", "吉林", "市")
    ]
    assert {one.name: one.total for one in areas(made, "吉林省")} == {"吉林省": 1, "吉林市": 2, "市": 1}


@pytest.mark.parametrize(
    ("count", "total", "told"), [(0, 9, "0%"), (9, 9, "100%"), (1, 9999, "0.1%"), (9998, 9999, "99.9%"), (0, 0, "0%")]
)
def test_a_share_never_says_none_of_some(count, total, told):
    assert share(count, total) == told


def test_the_page_lists_each_standing_with_its_reasons(summed):
    _, told = summed
    by_key = {section.key: section for section in told.sections}
    (barred,) = by_key["may-not"].rows
    assert barred[1] == PEOPLE[1].name
    assert "实际生产" in barred[4]
    (open_,) = [row for row in by_key["open"].rows if row[1] == PEOPLE[2].name]
    assert "未正常经营生产" in open_[4]
    named = [row[1] for key in STANDING_WORDS if key in by_key for row in by_key[key].rows]
    assert sorted(named) == sorted(one.name for one in PEOPLE), "everybody once"


def test_the_overview_has_numbers(book):
    found = rows(book["概览"], "所在地区")
    assert next((row["所在地区"].value, row["家数"].value) for row in found) == ("合计", 4)
    assert all(isinstance(cell.value, int) for row in found for head, cell in row.items() if head != "所在地区")


def test_a_row_an_applicant_has_every_item_in_words_and_a_link(summed, book):
    made, _ = summed
    sheet = book["各单位"]
    found = rows(sheet, "序号")
    assert len(found) == 4
    assert {item.label for item in made.judged} <= found[0].keys()
    assert found[1]["结论"].value == SHORT["may-not"]
    assert found[0]["序号"].value == 1
    assert found[0]["核对清单"].hyperlink.target.endswith("/checklist.md")
    words = {cell.value for row in found for cell in list(row.values())[6:]}
    assert {"符合", "不符合", "无此情形"} <= words
    assert words <= {*workbook._COLOURS, "不适用", "不具备"}
    assert sheet.freeze_panes == "C4"
    assert all(sheet.row_dimensions[cell["序号"].row].height for cell in found)
    assert sheet.conditional_formatting


def test_what_is_missing_says_what_to_do(book):
    found = rows(book["还缺什么"], "序号")
    mine = [row for row in found if row["单位名称"].value == PEOPLE[2].name]
    (open_,) = [row for row in mine if "近三年正常生产经营" in row["要做什么"].value]
    assert open_["情况"].value == "待核"
    assert all(row["要做什么"].value for row in found)
    assert {row["情况"].value for row in mine} == {"待核"}


def test_a_list_longer_than_a_sheet_goes_on_in_the_next(summed, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    made = openpyxl.load_workbook(io.BytesIO(workbook.written(summed[1])))
    assert [name for name in made.sheetnames if name.startswith("各单位")] == ["各单位", "各单位-2"]
    assert [row["序号"].value for row in rows(made["各单位-2"], "序号")] == [4]


def test_links_end_where_excel_has_no_room_for_more(summed, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_LINKS", 2)
    cells = [
        row["核对清单"]
        for row in rows(openpyxl.load_workbook(io.BytesIO(workbook.written(summed[1])))["各单位"], "序号")
    ]
    assert [bool(cell.hyperlink) for cell in cells] == [True, True, False, False]
    assert cells[2].value.endswith(PEOPLE[2].name)


def test_rows_a_page_leaves_out_are_counted_and_placed(summed, monkeypatch):
    made, told = summed
    monkeypatch.setattr(page, "MOST_ROWS", 2)
    html = page.written(told, "html", made.press.means).decode()
    assert "另有 2 行，见 summary.xlsx 的“概览”表。" in html


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one[0]}-{one[1]}")
def test_every_edition_and_category_is_summed_up(one, tmp_path):
    made = desk((), edition=one[0], category=one[1])
    group = Intake("u", tuple(Applicant(record(n), "") for n in range(2)))
    told = summary(made, group, run(made, group, tmp_path, How()))
    found = openpyxl.load_workbook(io.BytesIO(page.written(told, "xlsx", made.press.means)), read_only=True)
    assert found.sheetnames[:3] == ["概览", "各项情况", "各单位"]
    assert sum(count for _, _, count in told.counts) == 2


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one[0]}-{one[1]}")
def test_what_is_still_open_is_the_same_on_the_page_and_in_the_summary(one):
    """Of a group where one is enough the head alone counts, and what is only preferred does not."""
    made = desk((), edition=one[0], category=one[1])
    blank = Applicant(Record({"name": "甲"}), "")
    fallen = applicant(3, operating_normally="否", green_list_levels=("未列入",), legal_entity="否")
    for unit in (blank, fallen):
        outcome = made.outcome(unit)
        on_page = [item.label for verdict in ("not-met", "unknown") for item in outcome.of(made.checklist, verdict)]
        gaps = Gaps(made).gaps(made.make(unit).verdicts)
        assert sorted(gap.label for gap in gaps) == sorted(on_page)
        assert "不具备" not in {gap.word for gap in gaps}


def test_to_be_on_the_list_below_where_that_is_preferred_is_no_condition():
    made = desk((), edition="inner-mongolia@2022", category="factory")
    (item,) = [item for item in made.checklist.items if item.key == "levels.city-preferred"]
    outcome = made.outcome(applicant(0, green_list_levels=("未列入",)))
    assert outcome.findings[item.key].verdict == "not-met"
    assert item not in outcome.of(made.checklist, "not-met")
    assert item in outcome.of(made.checklist, "not-met", advantages=True)
    assert word(item.group, "not-met") == "不具备"
