"""The checklist's page: its order, its days, what is handed in, its words, its size in every format."""

import datetime as dt
import io
import re

import openpyxl
import pypdf
import pytest
from conftest import ROOT

from notices.app import judging
from notices.checklist import pages
from notices.checklist.bundle import ordinals
from notices.checklist.dates import dues, rest
from notices.checklist.phrases import GUESS, noted
from notices.library import Library
from notices.wording.clauses import clause

EDITIONS = ("national@2023", "guangxi@2024", "jilin@2024", "guizhou@2024", "inner-mongolia@2022")
EVERY = [(name, kind) for name in EDITIONS for kind in Library.at(None).load(name).profile.offered]
DAY = dt.date(2024, 6, 3)


def desk(edition, category="factory", day=None, formats=()):
    return judging.desk(Library.at(None), None, edition, category, as_of=day, formats=formats)


def filled(made):
    return made.outcome(judging.read(made, ROOT / "applicants" / "01-strong-factory.yaml").applicants[0])


def shown(made):
    return pages.report(made.checklist, made.advice, made.lore, today=made.order.as_of)


def texts(report):
    yield from report.notes
    for block in report.blocks:
        if hasattr(block, "parts"):
            yield from (cell.text for row in block.rows for cell in row.cells)
            yield from (part.title for part in block.parts)
        else:
            yield block.text


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("二第2段", "第二部分第2段"),
        ("第十条1", "第十条第1项"),
        ("一（一）", "第一部分第（一）项"),
        ("二（一）3", "第二部分第（一）项第3点"),
        ("第十六条第2段", "第十六条第2段"),
        ("四", "第四部分"),
        ("联系人", "联系人"),
        ("", ""),
    ],
)
def test_a_clause_is_said_in_words(place, said):
    assert clause(place) == said


@pytest.mark.parametrize("name", EDITIONS)
def test_every_clause_of_a_source_has_words(name):
    for place in Library.at(None).load(name).profile.source.clauses:
        assert not re.match(r"[一二三四五六七八九十]+(第|（|$)", clause(place)), place
        assert not re.search(r"条\d", clause(place)), place


def test_an_estimate_is_a_footnote_and_said_once():
    assert noted("计算表（估计）；办理约需1周（估计）；办理约需1周（估计）") == f"计算表{GUESS}；办理约需1周{GUESS}"


def test_numbers_run_together():
    assert ordinals([1, 2, 3, 5, 7, 8]) == "第1—3、5、7—8项"
    assert ordinals([]) == ""


@pytest.mark.parametrize(("edition", "category"), EVERY)
def test_a_page_has_its_order_and_no_word_of_others(edition, category):
    made = shown(desk(edition, category))
    text = "\n".join(texts(made))
    heads = [block.text for block in made.blocks if type(block).__name__ == "ReportHeading"]
    assert [head.partition("、")[2] for head in heads[:3]] == ["接下来的日期", "申报材料（按装订次序）", "逐项核对"]
    assert made.tables[0].name == "结论"
    for word in ("我厅", "我部", "（估计）", "当天", ".yaml", "applicant"):
        assert word not in text, word
    assert text.count("是按惯例的估计") == 1
    materials = [row.cells[1].text for row in made.tables[2].rows]
    assert len(materials) == len(set(materials)) >= 5
    assert not any("推荐文件" in one or "汇总表" in one for one in materials)


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_uncertain_of_the_source_stands_first(edition):
    made = desk(edition)
    notes = shown(made).notes
    assert bool(notes and notes[0].startswith("来源状态")) is (made.edition.profile.status != "in-force")


@pytest.mark.parametrize(
    ("edition", "category", "given"),
    [(*one, False) for one in EVERY] + [(edition, "factory", True) for edition in EDITIONS],
)
def test_a_checklist_has_at_most_four_pages(edition, category, given):
    made = desk(edition, category, day=dt.date(2024, 9, 1) if given else None, formats=("pdf",))
    ((_, content),) = made.files(filled(made) if given else None)
    found = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(found) <= 4
    assert f"1/{len(found)}" in found[0].extract_text()


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (dt.date(2024, 6, 3), "还有4个工作日（7天）；这天休息，此前最后一个工作日是6月7日（星期五）"),
        (dt.date(2024, 6, 10), "就是判断日当天；这天休息，此前最后一个工作日是6月7日（星期五）"),
        (None, "这天休息，此前最后一个工作日是6月7日（星期五）"),
    ],
)
def test_days_left_are_working_days_and_a_rest_day_is_said(day, left):
    made = desk("jilin@2024", day=day)
    coming, past = dues(made.checklist, made.order.as_of)
    assert (coming[-1].date, coming[-1].left) == (dt.date(2024, 6, 10), left)
    assert "以当地通知为准" in coming[0].what
    assert past == ()


def test_a_day_past_is_no_next_one_and_an_unknown_calendar_is_said():
    coming, past = dues(desk("jilin@2024", day=dt.date(2024, 6, 11)).checklist, dt.date(2024, 6, 11))
    assert [one.date for one in past] == [dt.date(2024, 6, 10)]
    assert all(one.date is None for one in coming)
    assert "还没有公布" in rest(dt.date(2090, 6, 10))


def test_the_workbook_has_heights_numbers_and_ticks():
    made = desk("guizhou@2024", day=dt.date(2024, 9, 1), formats=("xlsx",))
    ((_, content),) = made.files(filled(made))
    page = openpyxl.load_workbook(io.BytesIO(content))["逐项核对"]
    head = next(row for row in range(1, 9) if page.cell(row, 2).value == "序号")
    rows = range(head + 1, page.max_row + 1)
    assert all(page.row_dimensions[row].height for row in rows)
    assert [page.cell(row, 2).value for row in rows] == list(range(1, len(rows) + 1))
    (check,) = page.data_validations.dataValidation
    assert check.formula1 == '"未办,已办"'
    assert {page.cell(row, page.max_column).value for row in rows} <= {"未办", "—"}
    assert page.auto_filter.ref
    assert page.freeze_panes == f"A{head + 1}"
    assert page.page_setup.fitToHeight == 0


def test_a_day_is_a_day_in_the_workbook():
    made = desk("jilin@2024", day=DAY, formats=("xlsx",))
    ((_, content),) = made.files()
    column = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content))["接下来的日期"]["A"]]
    assert dt.datetime(2024, 6, 10) in column  # noqa: DTZ001 - as Excel keeps it


def test_a_narrow_screen_has_cards():
    ((_, content),) = desk("jilin@2024", formats=("html",)).files()
    text = content.decode()
    assert '<table class="cards">' in text
    assert '<table class="cards pairs">' in text, "of two columns the first is the card's head"
    assert set(re.findall(r'<td data-head="[^"]+" class="blank[^>]*>\s*([^<]*?)\s*</td>', text)) == {"—"}
    assert 'data-head="要求"' in text
    assert "max-width: 40rem" in text


def test_what_is_to_be_done_stands_in_the_order_of_the_items():
    made = desk("guizhou@2024", day=dt.date(2024, 9, 1))
    applicant = judging.read(made, ROOT / "applicants" / "03-excluded-factory.yaml").applicants[0]
    page = pages.report(made.checklist, made.advice, made.lore, made.outcome(applicant), today=made.order.as_of)
    rows = {row.cells[0].text: row.cells[1].text for row in page.tables[0].rows}
    numbers = [int(one) for one in re.findall(r"(?m)^第(\d+)项", rows["下一步要补填、要证明的"])]
    assert len(numbers) > 5
    assert numbers == sorted(numbers)
