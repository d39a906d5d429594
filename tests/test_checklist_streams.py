"""A hundred thousand applicants in little room: read row by row, kept small, summed up without a copy; the same bytes."""

import csv
import gc
import io
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from applicants import DAY, code, desk, record
from notices.checklist import intake
from notices.checklist.batch import page
from notices.checklist.batch.journal import Done
from notices.checklist.batch.run import How, Result, run
from notices.checklist.batch.summary import summary
from notices.checklist.lazy import Lazy
from notices.checklist.outcome import STANDING_WORDS
from notices.checklist.sections import ChecklistSection, table
from notices.errors import ProblemsError
from notices.forms.data import tables
from notices.forms.wording import LINK, spreads
from notices.ooxml.xml import core_properties
from notices.reports import xlsx
from notices.reports.model import Report
from notices.writers.xlsx import row_height

DESK = desk()


def written(path, count):
    """Applicants as a CSV file and one of their certificates."""
    with (
        path.open("w", encoding="utf-8", newline="") as file,
        path.with_name(f"{path.stem}-证书.csv").open("w", encoding="utf-8", newline="") as beside,
    ):
        for spread in spreads(DESK.sheet.only(), DESK.edition.profile):
            out = csv.writer(beside if spread.key else file)
            if spread.key == "records":
                continue
            out.writerow(column.heading for column in spread.columns)
            for number in range(count):
                one = record(number)
                for row in one.tables[spread.key] if spread.key else (one.values,):
                    values = (one.values["name"] if c is LINK else row.get(c.key, "") for c in spread.columns)
                    out.writerow("、".join(v) if isinstance(v, tuple) else v for v in values)
    return path


def grown(make):
    """Bytes that are held for what is made, and what is made."""
    gc.collect()
    tracemalloc.start()
    try:
        made = make()
        gc.collect()
        return tracemalloc.get_traced_memory()[0], made
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_an_applicant_that_is_read_and_judged_takes_little_room(tmp_path):
    small, large = (written(tmp_path / f"{count}.csv", count) for count in (100, 600))
    intake.read(small, DESK.sheet, DAY)  # what is made once is made
    few, _ = grown(lambda: intake.read(small, DESK.sheet, DAY))
    many, found = grown(lambda: intake.read(large, DESK.sheet, DAY))
    assert len(found.applicants) == 600
    assert (many - few) / 500 < 1200, "as dictionaries they took ten times as much"
    run(DESK, found, tmp_path / "first", How())
    held, result = grown(lambda: run(DESK, found, tmp_path / "out", How()))
    assert len(result.done) == 600
    assert held / 600 < 1200
    more, told = grown(lambda: summary(DESK, found, result))
    assert more / 600 < 200, "rows of the summary are made as they are written"
    assert sum(len(section.rows) for section in told.sections if section.key in STANDING_WORDS) == 600


def test_what_is_kept_small_is_what_was_read(tmp_path):
    found = intake.read(written(tmp_path / "u.csv", 30), DESK.sheet, DAY)
    assert [dict(one.record.values) for one in found.applicants] == [
        {k: v for k, v in record(n).values.items() if k != "records-checked"} for n in range(30)
    ]
    assert [one.record.tables["certificates"] for one in found.applicants] == [
        record(n).tables["certificates"] for n in range(30)
    ]
    assert found.applicants[3].code == code(3)
    assert [one.place for one in found.applicants[:2]] == ["基本信息!第2行", "基本信息!第3行"]


def test_rows_are_given_once_and_never_silently_twice(tmp_path):
    (page,) = tables.read(written(tmp_path / "u.csv", 40))
    assert len(list(page.rows)) == 41
    with pytest.raises(RuntimeError, match="twice"):
        list(page.rows)


def test_what_is_wrong_far_down_is_still_found(tmp_path):
    path = written(tmp_path / "u.csv", 40)
    with path.open("a", encoding="utf-8") as file:
        file.write('"没有配对的引号,甲\n')
    with pytest.raises(ProblemsError, match=r":42\b"):
        intake.read(path, DESK.sheet, DAY)


def whole(title, lead, sections, author):
    """The workbook as openpyxl writes it when it holds every cell."""
    made = Workbook()
    made.remove(made.active)
    edge = Side(style="thin", color="000000")
    box = Border(left=edge, right=edge, top=edge, bottom=edge)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    lines, top = (Alignment(vertical=down, wrap_text=True) for down in ("center", "top"))
    shade = PatternFill("solid", fgColor="F2F2F2")
    made.add_named_style(NamedStyle("标题", font=Font("黑体", size=16), alignment=middle))
    made.add_named_style(NamedStyle("说明", font=Font("楷体", size=11), alignment=lines))
    made.add_named_style(NamedStyle("表头", font=Font("黑体", size=11), alignment=middle, border=box, fill=shade))
    body = NamedStyle("正文", font=Font("仿宋", size=11), alignment=top, border=box, number_format="@")
    made.add_named_style(body)

    def put(cell, text, style):
        cell.value, cell.style = text, style
        cell.data_type = "s"

    for number, section in enumerate(sections):
        texts = [title if number == 0 else section.title, *(lead if number == 0 else ()), section.lead]
        page, texts = made.create_sheet(section.title[:31]), [text for text in texts if text]
        count, head, total = len(section.heads), len(texts) + 1, sum(section.widths)
        for row, text in enumerate(texts, 1):
            page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=count)
            put(page.cell(row, 1), text, "标题" if row == 1 else "说明")
            page.row_dimensions[row].height = 28 if row == 1 else 16 * (1 + len(text) // 62)
        for column, (name, width) in enumerate(zip(section.heads, section.widths, strict=True), 1):
            page.column_dimensions[get_column_letter(column)].width = max(6.0, round(130 * width / total, 1))
            put(page.cell(head, column), name, "表头")
        widths = [max(6.0, round(130 * width / total, 1)) for width in section.widths]
        for row, cells in enumerate(section.rows, head + 1):
            page.row_dimensions[row].height = row_height(cells, widths)
            for column, text in enumerate(cells, 1):
                put(page.cell(row, column), text, "正文")
        page.freeze_panes = f"A{head + 1}"
        page.auto_filter.ref = f"A{head}:{get_column_letter(count)}{head + len(section.rows)}"
        page.print_title_rows = f"{head}:{head}"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToHeight = 0
        page.print_options.horizontalCentered = True
        page.HeaderFooter.oddFooter.center.text = "— &P —"
    out = io.BytesIO()
    made.save(out)
    return parts(out.getvalue()) | {"docProps/core.xml": core_properties(title, author)}


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_workbook_written_row_by_row_is_the_one_held_whole():
    rows = Lazy(700, lambda n: (str(n), f"=1+{n}", " 空格 ", "", "多行\n文字" * (n % 3)))
    sections = (
        ChecklistSection(
            "a", "各单位结论", "说明一句" * 30, ("序号", "甲", "乙", "丙", "丁"), (2.6, 9.0, 8.0, 5.0, 9.0), rows
        ),
        ChecklistSection("b", "另一张", "", ("序号", "甲"), (1.0, 40.0), (("1", "#REF!"), ("2", "-2+3"))),
    )
    report = Report("checklist", "题目", ("第一行说明", "", "第二行"), tuple(map(table, sections)), "某厅")
    assert parts(xlsx.write(report)) == whole("题目", report.notes, sections, "某厅")


@pytest.mark.slow
def test_the_page_of_thousands_is_printed_in_a_process_of_its_own(tmp_path, monkeypatch):
    made = desk(("md",), fonts=(DESK.library.template_folders[0].parent / ".fonts",))
    found = intake.read(written(tmp_path / "u.csv", 4), made.sheet, DAY)
    told = summary(made, found, run(made, found, tmp_path / "out", How()))
    here = page.written(told, "pdf", made.press.means)
    monkeypatch.setattr(page, "MANY", 1)
    assert page.written(told, "pdf", made.press.means) == here


def test_a_result_keeps_no_keys(tmp_path):
    found = intake.read(written(tmp_path / "u.csv", 3), DESK.sheet, DAY)
    result = run(DESK, found, tmp_path / "out", How())
    assert isinstance(result, Result)
    assert all(isinstance(one, Done) and not one.key for one in result.done)
    again = run(DESK, found, tmp_path / "out", How(resume=True))
    assert again.resumed == 3
    assert again.done == result.done
