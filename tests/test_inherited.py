"""What an edition takes from another authority is decided, or it is said: lint, show, confirm, the draft mark, --final."""

import datetime as dt
import re

import pytest
from openpyxl import load_workbook

from notices import cli
from notices.app import report
from notices.app.build import jobs
from notices.app.final import assure
from notices.errors import Exit, NotFoundError, ProblemsError
from notices.inherited import undecided
from notices.library import Library
from notices.lints.linting import lint_files
from notices.papers.coverage import checked
from notices.renewal import sheet
from notices.renewal.accept import Signature, accept
from notices.renewal.confirm import confirm, waiting

SIGNED = Signature("张三", dt.date(2026, 3, 1))
HEAD = """\
id: otherland
year: 2025
extends: testland/2024 # 底本
source:
  title: 他省的通知
  checked: 2026-11-20
  clauses: [引言, 一]
authority: {name: 他省工业和信息化厅, region: 他省, level: 省级}
papers:
  notice:
    title: 他省工业和信息化厅关于开展{year}年度省级绿色制造名单申报工作的通知
    subject: 省级绿色制造名单申报工作
    number: 他工信〔2025〕1号
    issued: 2025-04-03
    addressees: [各市工业和信息化局]
    cite: 引言
    imprint: {issuer: {pending: 印发机关}, printed: {pending: 印发日期, suggest: 2025-04-03}}
actors: {city: 各市工业和信息化局, province: 我厅}
"""
DECIDED = """\
references: {plan: {cite: 引言}}
implements: {plan: {cite: 引言}}
categories: {factory: {cite: 一}, park: {cite: 一}}
exclusions: null
deadlines: null
attachments: null
"""
"""All but the conditions: cited, or struck out."""
CONDITIONS = ["conditions.factory.energy", "conditions.park.industrial-share"]


def run(capsys, *arguments):
    code = cli._run([str(one) for one in arguments])
    told = capsys.readouterr()
    return int(code), told.out, told.err


@pytest.fixture
def office(workspace):
    """``office(text)``: a workspace in which another authority extends testland; its library."""

    def make(text=DECIDED, head=HEAD):
        path = workspace / "provinces/otherland/2025.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(head + text, "utf-8")
        return Library.at(workspace)

    make.file = workspace / "provinces/otherland/2025.yaml"
    make.folder = workspace
    return make


def keys(library, name="otherland@2025"):
    return [one.key for one in undecided(library, library.load(name))]


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("", CONDITIONS),
        ("conditions: {factory.energy: {cite: 一}}\n", CONDITIONS[1:]),
        ("conditions: {factory.energy: null}\n", CONDITIONS[1:]),
        ("conditions: {factory.energy: {level: national}}\n", CONDITIONS),
        ("conditions: {park.industrial-share: {label: 比重, note: 另注}}\n", CONDITIONS),
        ("conditions: {factory.energy: {say: 自有能耗台账, for: [factory], binds: [], limit: null}}\n", CONDITIONS[1:]),
        ("forms: {own: {title: 自用的表, forms: [recommendation-summary]}}\n", CONDITIONS),
    ],
    ids=["nothing", "cited", "struck-out", "in-part", "named-only", "replaced", "own-form"],
)
def test_a_fact_is_decided_when_cited_struck_out_or_replaced(office, text, open_):
    assert keys(office(DECIDED + text)) == open_


def test_an_acceptance_counts_for_its_base_only_and_an_idle_one_is_said(office):
    taken = "  taken: {{conditions: {{from: {}, by: 张三, on: 2026-03-01}}}}\n"
    for base, left in (("testland@2024", []), ("testland@2023", CONDITIONS)):
        library = office(head=HEAD.replace("authority:", taken.format(base) + "authority:"))
        assert keys(library) == left
        rules = {one.rule: one.message for one in lint_files(library, [office.file])}
        assert ("taken" in rules, "undecided" in rules) == (bool(left), bool(left))
        assert "现在沿用的是 testland@2024，不是 testland@2023" in rules.get("taken", "") or not left


def test_what_nothing_names_states_nothing(office):
    library = office(
        DECIDED.replace("implements: {plan: {cite: 引言}}", "implements: null").replace(
            "plan: {cite: 引言}", "plan: {note: 无}"
        )
    )
    assert keys(library) == CONDITIONS
    library = office(DECIDED.replace("references: {plan: {cite: 引言}}\n", ""))
    assert keys(library) == ["references.plan", *CONDITIONS]


def test_what_an_outline_or_an_own_template_names_is_stated(office):
    unnamed = DECIDED.replace("implements: {plan: {cite: 引言}}", "implements: null").replace(
        "{cite: 引言}", "{note: 无}"
    )
    part = 'outlines: {notice: [{heading: 依据, parts: ["按照《{references.plan}》办理。"]}]}\n'
    assert "references.plan" not in keys(office(unnamed))
    assert "references.plan" in keys(office(unnamed + part))
    library = office(unnamed)
    template = office.folder / "templates/otherland/notice.md.j2"
    template.parent.mkdir()
    template.write_text('{% extends "notice.md.j2" %}{% block scope %}{{ ref("plan") }}{% endblock %}', "utf-8")
    assert "references.plan" in keys(library)


def test_an_own_earlier_edition_decides_until_the_clauses_of_a_new_source_are_listed(workspace, profile_file):
    path = profile_file.parent / "2025.yaml"
    text = "id: testland\nyear: 2025\nextends: testland/2024\nsource: {title: 拟稿, checked: 2026-11-20"
    path.write_text(text + "}\n", "utf-8")
    assert keys(Library.at(workspace), "testland@2025") == []
    path.write_text(text + ", clauses: [引言]}\nimplements: {plan: {cite: 引言}}\n", "utf-8")
    found = keys(Library.at(workspace), "testland@2025")
    assert ("conditions.factory.energy" in found, [key for key in found if key.startswith("actors.")]) == (True, [])


def test_what_was_accepted_last_year_goes_on_and_what_was_not_stays_open(office):
    library = office()
    accept(library, "otherland@2025", "conditions.factory.energy", SIGNED, office.folder)
    later = office.file.with_name("2026.yaml")
    text = "id: otherland\nyear: 2026\nextends: otherland/2025\nsource: {title: 拟稿, checked: 2026-11-20}\n"
    later.write_text(text, "utf-8")
    assert keys(library, "otherland@2026") == ["conditions.park.industrial-share"]
    later.write_text(f"{text}conditions: {{factory.energy: {{cite: 一}}}}\n", "utf-8")
    found = [one.rule for one in lint_files(library, [later])]
    assert ("taken" in found, "undecided" in found) == (False, True), "an entry of another year's file is that year's"


def test_a_partys_name_taken_from_another_authority_is_asked_about(office):
    duty = "duties: {report: {label: 总结, by: province, say: 汇总各市的总结, cite: 一}}\n"
    library = office(DECIDED + duty, HEAD.replace(", province: 我厅}", "}"))
    assert [key for key in keys(library) if key.startswith("actors.")] == ["actors.province"]


def test_five_shipped_editions_decide_everything_they_take(editions, library):
    listed = [name for name, one in editions.items() if one.profile.source.clauses]
    assert len(listed) >= 5
    assert [name for name in editions if undecided(library, editions[name])] == []


def test_it_is_counted_marked_and_drafted(office, capsys):
    library = office()
    edition = library.load("otherland@2025")
    (found,) = [one for one in lint_files(library, [office.file]) if one.rule == "undecided"]
    assert "有 2 条沿用 testland@2024，没有人确认：conditions.factory.energy" in found.message
    assert found.severity == "warning"
    text = report.facts_text(edition, report.facts(library, edition))
    assert text.count("〔沿用 testland@2024，未确认〕") == 2
    settled = office(
        head=HEAD.replace("{pending: 印发机关}", "办公室").replace(
            "{pending: 印发日期, suggest: 2025-04-03}", "2025-04-03"
        )
    )
    assert [one.document.draft for one in checked(settled, settled.load("otherland@2025")).values()] == [True]
    accept(settled, "otherland@2025", "conditions", SIGNED, office.folder)
    assert [one.document.draft for one in checked(settled, settled.load("otherland@2025")).values()] == [False]
    _, out, _ = run(capsys, "--workspace", office.folder, "confirm", "otherland@2025")
    assert "没有待定的值" in out


def test_final_names_each_and_asks_for_the_clauses(office):
    library = office(head=HEAD.replace("\n  clauses: [引言, 一]", ""))
    with pytest.raises(ProblemsError) as caught:
        assure(library, jobs(library, ["otherland@2025"], ["notice"]))
    found = {one.key: one.message for one in caught.value.problems if one.rule == "final"}
    assert {*CONDITIONS, "source.clauses", "papers.notice.imprint.issuer"} <= set(found)
    assert "工业增加值占比超过50%" in found["conditions.park.industrial-share"]
    assert "（provinces/testland/2024.yaml:" in found["conditions.park.industrial-share"]
    assert {one.file for one in caught.value.problems} == {"provinces/otherland/2025.yaml"}, "where it is mended"


def test_an_acceptance_is_written_in_place_and_once(office):
    library = office()
    done = accept(library, "otherland@2025", "conditions.factory.energy", SIGNED, office.folder)
    assert (done.covered, [one.key for one in done.open]) == (("conditions.factory.energy",), CONDITIONS[1:])
    line = "  clauses: [引言, 一]\n  taken:\n    conditions.factory.energy: {from: testland@2024, by: 张三, on: 2026-03-01}\n"
    assert office.file.read_text("utf-8") == (HEAD + DECIDED).replace("  clauses: [引言, 一]\n", line)
    done = accept(
        library, "otherland@2025", "conditions", Signature("李四", dt.date(2026, 3, 2), "照国家"), office.folder
    )
    assert (done.covered, done.open) == ((CONDITIONS[1],), ())
    text = office.file.read_text("utf-8")
    assert f"{line}    conditions: {{from: testland@2024, by: 李四, on: 2026-03-02, why: 照国家}}\n" in text
    assert accept(library, "otherland@2025", "conditions", SIGNED, office.folder).covered == ()
    assert office.file.read_text("utf-8") == text
    with pytest.raises(NotFoundError, match="没有没确认的沿用 conditons"):
        accept(library, "otherland@2025", "conditons", SIGNED, office.folder)


@pytest.mark.parametrize(
    "options",
    [
        ("conditions", "--accept"),
        ("conditions", "--accept", "--by", "张三"),
        ("--accept", "--by", "张三", "--on", "2026-03-01"),
        ("conditions", "--by", "张三"),
        ("--sheet", "a.xlsx", "--from", "a.xlsx"),
        ("--sheet", "a.csv"),
    ],
)
def test_an_acceptance_is_signed_and_options_do_not_mix(office, options, capsys):
    office()
    assert run(capsys, "--workspace", office.folder, "confirm", "otherland@2025", *options)[0] == Exit.USAGE
    assert office.file.read_text("utf-8") == HEAD + DECIDED


# The sheet


@pytest.fixture
def filled(office, tmp_path):
    """``filled({key: (决定, 填写, 谁, 哪天)})``: the sheet of the edition with some rows filled in, and its path."""
    path = tmp_path / "open.xlsx"
    library = office()
    path.write_bytes(sheet.made(library, "otherland@2025"))

    def fill(rows, change=None):
        book = load_workbook(path)
        page = book.active
        for row in page.iter_rows(min_row=4):
            for cell, value in zip(row[sheet.CHOICE :], rows.get(row[0].value, ()), strict=False):
                cell.value = value
        if change:
            change(page)
        book.save(path)
        return path

    return fill


def apply(office, path):
    return sheet.apply(Library.at(office.folder), "otherland@2025", path, office.folder)


GOOD = {
    "papers.notice.imprint.issuer": (None, "办公室"),
    "papers.notice.imprint.printed": ("采用建议",),
    "conditions.factory.energy": ("沿用", None, "张三", dt.datetime(2026, 3, 1)),  # noqa: DTZ001 - as Excel has days
    "conditions.park.industrial-share": (None, "一"),
}


def test_a_sheet_says_what_is_open_and_settles_all_of_it(office, filled):
    book = load_workbook(filled({}))
    rows = {row[0]: row for row in book.active.iter_rows(min_row=4, values_only=True)}
    assert set(rows) == set(GOOD)
    assert rows["papers.notice.imprint.printed"][1:5] == ("印发日期", None, "2025-04-03", None)
    assert rows["conditions.factory.energy"][4] == "沿用 testland@2024，没有人确认"
    checks = sorted(one.formula1 for one in book.active.data_validations.dataValidation)
    assert checks == ['"沿用,删去"', '"沿用,删去"', '"采用建议"']
    done = apply(office, filled(GOOD))
    assert done.remarks == ()
    assert (set(done.settled), done.before, done.empty, done.open) == (set(GOOD), (), 0, 0)
    text = office.file.read_text("utf-8")
    assert "issuer: 办公室, printed: 2025-04-03}" in text
    assert "extends: testland/2024 # 底本" in text
    assert "conditions:\n  park.industrial-share:\n    cite: 一\n" in text
    library = Library.at(office.folder)
    assert (keys(library), waiting(library, "otherland@2025")[1]) == ([], [])
    again = apply(office, filled(GOOD))
    assert (again.settled, set(again.before), again.open) == ((), set(GOOD), 0)
    assert office.file.read_text("utf-8") == text


def test_a_rest_day_in_a_sheet_is_written_and_said(office, filled):
    done = apply(office, filled({"papers.notice.imprint.printed": (None, dt.date(2025, 4, 5))}))
    assert [told.partition("；")[0] for told in done.remarks] == [
        "papers.notice.imprint.printed：2025-04-05 是休息日（星期六）"
    ]


def test_what_is_struck_out_in_a_sheet_is_null_and_empty_rows_stay_open(office, filled):
    done = apply(office, filled({"conditions.factory.energy": ("删去",)}))
    assert (done.settled, done.empty, done.open) == (("conditions.factory.energy",), 3, 3)
    assert office.file.read_text("utf-8").endswith("conditions:\n  factory.energy: null\n")
    assert apply(office, filled({})).before == ("conditions.factory.energy",)


@pytest.mark.parametrize(
    ("row", "cell", "told"),
    [
        ({"papers.notice.imprint.printed": (None, "2025年4月3日")}, "G", "日期"),
        ({"papers.notice.imprint.printed": ("采用建议", "2025-04-09")}, "G", "又填了别的值"),
        ({"papers.notice.imprint.issuer": ("采用建议",)}, "F", "没有建议"),
        ({"papers.notice.imprint.issuer": ("同意",)}, "F", "不认识"),
        ({"papers.notice.imprint.issuer": (None, "=1+1")}, "G", "公式"),
        ({"conditions.factory.energy": ("沿用",)}, "H", "谁"),
        ({"conditions.factory.energy": ("沿用", None, "张三", "三月")}, "I", "不是日期"),
        ({"conditions.factory.energy": (None, "第几条")}, "G", "条款写法不对"),
        ({"conditions.factory.energy": (None, "九")}, "G", "没有条款"),
        ({"conditions.factory.energy": ("好",)}, "F", "不认识"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(office, filled, row, cell, told):
    with pytest.raises(ProblemsError) as caught:
        apply(office, filled({**GOOD, **row}))
    found = [one for one in caught.value.problems if re.match(rf"{cell}\d+\b", one.key) and told in one.message]
    assert found, str(caught.value)
    assert found[0].file == "open.xlsx"
    assert office.file.read_text("utf-8") == HEAD + DECIDED


def test_every_bad_cell_is_named_at_once(office, filled):
    with pytest.raises(ProblemsError) as caught:
        apply(office, filled({"conditions.factory.energy": ("沿用",), "conditions.park.industrial-share": ("好",)}))
    assert len({one.key for one in caught.value.problems}) == 3


def test_an_older_sheet_and_another_editions_are_refused(office, filled):
    path = filled(GOOD)
    confirm(Library.at(office.folder), "otherland@2025", "papers.notice.imprint.issuer", "秘书处", office.folder)
    confirmed = office.file.read_text("utf-8")
    with pytest.raises(ProblemsError, match="不再待定，现在是“秘书处”"):
        apply(office, path)
    assert office.file.read_text("utf-8") == confirmed
    moved = (HEAD + DECIDED).replace("suggest: 2025-04-03", "suggest: 2025-04-07")
    office.file.write_text(moved, "utf-8")
    with pytest.raises(ProblemsError, match="表是旧的"):
        apply(office, path)

    def another(page):
        page["A1"].value = page["A1"].value.replace("@2025", "@2026")

    with pytest.raises(ProblemsError, match="是 otherland@2026 的，不是 otherland@2025 的"):
        apply(office, filled({}, another))
    assert office.file.read_text("utf-8") == moved


def test_a_sheet_without_its_heads_or_with_a_row_twice_is_refused(office, filled):
    def doubled(page):
        page["A5"].value = page["A4"].value

    with pytest.raises(ProblemsError, match="已经有一行"):
        apply(office, filled(GOOD, doubled))
    with pytest.raises(ProblemsError, match="找不到表头"):
        apply(office, filled(GOOD, lambda page: page.delete_rows(3)))


def test_the_command_writes_a_sheet_once_and_reads_it_back(office, filled, tmp_path, capsys):
    path = filled(GOOD)
    at = ("--workspace", office.folder, "confirm", "otherland@2025")
    code, _, err = run(capsys, *at, "--sheet", path)
    assert (code, "没有覆盖" in err) == (Exit.USAGE, True)
    code, out, err = run(capsys, *at, "--from", path)
    assert (code, sorted(out.split()), "4 项" in err) == (0, sorted(GOOD), True)
    code, out, err = run(capsys, *at, "--from", path)
    assert (code, out, "4 项早已如此" in err) == (0, "", True)
    new = tmp_path / "new.xlsx"
    assert run(capsys, *at, "--sheet", new)[0] == 0
    assert new.read_bytes() == sheet.made(Library.at(office.folder), "otherland@2025"), "equal input, equal bytes"


def test_a_shipped_edition_is_not_changed_by_a_sheet_or_an_acceptance(tmp_path):
    library = Library.at(None)
    path = tmp_path / "open.xlsx"
    path.write_bytes(sheet.made(library, "guangxi@2024"))
    with pytest.raises(ProblemsError, match="程序自带"):
        sheet.apply(library, "guangxi@2024", path, tmp_path)
    with pytest.raises(ProblemsError, match="程序自带"):
        accept(library, "guangxi@2024", "conditions", SIGNED, tmp_path)


def test_the_model_refuses_an_acceptance_without_a_name(office):
    library = office(
        head=HEAD.replace("authority:", "  taken: {conditions: {from: testland@2024, on: 2026-03-01}}\nauthority:")
    )
    with pytest.raises(ProblemsError) as caught:
        library.load("otherland@2025")
    (problem,) = caught.value.problems
    line = office.file.read_text("utf-8").split("\n")[problem.line - 1]
    assert (problem.key, problem.message) == ("source.taken.conditions.by", "缺少必填的键")
    assert "taken: {conditions:" in line
