"""The calendar of an edition: stated dates stand, the rest is laid out in working days, what cannot be is said."""

import datetime as dt
import io
import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree

from notices.calendar import ics, paper, picture, terminal
from notices.calendar import plan as plans
from notices.calendar import steps as stepping
from notices.cli import main
from notices.document.digest import outline
from notices.errors import NotFoundError, ProblemsError
from notices.library import SHIPPED, Library
from notices.reports import pages
from notices.reports import table as reports
from notices.wording.clauses import clauses
from notices.wording.workdays import add_workdays, is_workday, workdays_between
from notices.writers import web

D = dt.date
DATA = Path(__file__).with_name("data") / "verify" / "profile.yaml"
NATIONAL = """
id: national
year: 2024
source: {title: 国家通知, checked: 2026-11-20}
authority: {name: 工业和信息化部, region: 全国, level: 国家级}
papers: {notice: {title: 通知, number: 工信厅节函〔2024〕1号, issued: 2024-03-01, layout: letter, cite: 标题}}
actors: {province: 省级主管部门, ministry: 工业和信息化部, third-party: 第三方机构}
categories: {factory: {name: 绿色工厂}}
deadlines:
  province-to-ministry: {by: province, to: ministry, say: 报送推荐名单, date: 2024-07-31, cite: 三}
  third-party-return: {by: third-party, say: 填报年度工作情况, annual: 04-30, cite: 四}
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    for name in ("testland", "national"):
        (folder / "provinces" / name).mkdir(parents=True)
    text = DATA.read_text("utf-8").replace("year: 2024\n", "year: 2024\nanswers: national@2024\n", 1)
    (folder / "provinces/testland/2024.yaml").write_text(text, "utf-8")
    (folder / "provinces/national/2024.yaml").write_text(NATIONAL, "utf-8")
    return folder


@pytest.fixture(scope="module")
def shelf(office):
    return Library.at(office)


@pytest.fixture(scope="module")
def made(shelf):
    """``made(city=D(2024, 5, 31))``: the calendar of the made-up authority with some dates given."""
    edition, steps = shelf.load("testland"), stepping.load(shelf, "calendar.yaml")

    def make(as_of=None, **dates):
        return plans.plan(shelf, edition, steps, {key.replace("_", "-"): date for key, date in dates.items()}, as_of)

    return make


def entry(plan, key):
    return next(one for one in plan.entries if one.key == key)


def test_a_national_notice_of_a_later_year_sets_no_day():
    library = Library.at(None)
    found = plans.plan(library, library.load("inner-mongolia@2022"), stepping.load(library, "calendar.yaml"))
    assert {one.date.year for one in found.dated} == {2022}
    for key, why in (("ministry", "没有2022年度或更早的国家通知可依"), ("third-party-return", "原文没有规定")):
        assert (entry(found, key).date, why in entry(found, key).why) == (None, True)


def test_stated_dates_stand_and_name_their_clause(made):
    plan = made()
    assert (entry(plan, "city").date, entry(plan, "city").basis, entry(plan, "city").why) == (
        D(2024, 5, 31),
        "stated",
        "第二部分第1段",
    )
    assert (entry(plan, "dynamic-table").date, entry(plan, "dynamic-table").why) == (D(2024, 4, 15), "第三部分")
    assert (entry(plan, "ministry").date, entry(plan, "ministry").why) == (D(2024, 7, 31), "2024年度国家通知 第三部分")
    assert (entry(plan, "third-party-return").date, entry(plan, "third-party-return").why) == (
        D(2024, 4, 30),
        "2024年度国家通知 第四部分",
    )
    assert plan.warnings == ()


def test_the_rest_is_laid_out_backwards_in_working_days_and_marked(made):
    plan = made()
    county, enterprise = entry(plan, "county"), entry(plan, "enterprise")
    assert county.date == D(2024, 5, 17)  # ten working days before Friday 31 May
    assert enterprise.date == D(2024, 5, 6)  # 11 May 2024, a Saturday, was a make-up workday
    assert county.shown == "2024年5月17日（建议）"
    end = entry(plan, "publicity-end")
    assert workdays_between(end.date, entry(plan, "province").date) == 5
    assert entry(plan, "publicity").need == 7
    assert entry(plan, "publicity").need_stated


def test_one_date_given_and_the_rest_follows(made):
    plan = made(city=D(2025, 6, 10))
    assert plan.year == 2025
    assert (entry(plan, "city").basis, entry(plan, "county").date) == ("given", D(2025, 5, 26))
    assert entry(plan, "dynamic-table").date == D(2025, 4, 15)
    assert entry(plan, "review").date == D(2025, 7, 8)  # nothing later is known: forwards
    assert entry(plan, "ministry").date is None
    assert "2025 年的待定" in entry(plan, "ministry").why


@given(
    st.dates(D(2019, 6, 1), D(2026, 3, 31)), st.sampled_from(["enterprise", "county", "city", "publicity", "province"])
)
@settings(max_examples=60)
def test_between_any_two_links_there_are_the_working_days_they_need(made, date, key):
    plan = made(**{key: date, "ministry": D(date.year, 12, 31)})
    chain = [one for one in plan.entries if not one.apart and one.key != "ministry"]
    assert len(chain) == 7
    estimated = [one for one in chain if one.basis == "estimate"]
    lost = [one for one in chain if one.date is None]
    assert len(estimated) + len(lost) >= 4
    assert all(one.date > D(2024, 4, 3) for one in estimated if date.year == 2024), "none lies before the notice"
    assert not lost or any("时间不够" in warning for warning in plan.warnings)
    assert all(is_workday(one.date) or not is_workday(date) for one in estimated)
    chain = [one for one in chain if one.date]
    for before, after in pairwise(chain):
        there = workdays_between(before.date, after.date)
        if before.basis == after.basis == "estimate":
            assert there == before.need  # there is slack, or too little time, only beside a date that stands
        else:
            assert there >= before.need or any(before.name in warning for warning in plan.warnings)


LIBRARY = Library.at(None)
STEPS = stepping.load(LIBRARY, "calendar.yaml")


def test_from_a_rest_day_is_counted_back_what_is_needed():
    plan = plans.plan(LIBRARY, LIBRARY.load("jilin@2024"), STEPS)
    assert entry(plan, "city").date == D(2024, 6, 10)
    assert not is_workday(D(2024, 6, 10))
    assert workdays_between(entry(plan, "county").date, D(2024, 6, 10)) == entry(plan, "county").need
    assert not [one for one in plan.warnings if "来不及" in one], "what it suggests is not late"


@pytest.mark.parametrize("name", LIBRARY.editions())
def test_no_suggestion_lies_before_the_notice_or_is_late(name):
    edition = LIBRARY.load(name)
    plan = plans.plan(LIBRARY, edition, STEPS)
    issued = [one.issued for one in edition.profile.papers.values() if isinstance(one.issued, dt.date)]
    suggested = [one for one in plan.entries if one.basis == "estimate"]
    assert all(one.date > max(issued) for one in suggested if issued)
    days = [one.date for one in plan.ordered if one.date]
    assert days == sorted(days)
    text = "".join((*plan.warnings, *plan.assumptions, *(one.why for one in plan.entries)))
    assert not re.search(r"[a-z]+[./@][a-z0-9]", text), "no paths, no keys"


def test_too_little_time_and_a_wrong_order_are_told(made):
    short = made(city=D(2024, 7, 10))
    assert any("来不及" in text and "省级评审" in text for text in short.warnings)
    late = made(city=D(2024, 5, 31), province=D(2024, 8, 15))
    assert any("晚于国家通知规定的省级推荐截止" in text for text in late.warnings)
    turned = made(county=D(2024, 6, 20))
    assert any("次序颠倒" in text for text in turned.warnings)
    assert any("不是工作日" in text for text in made(city=D(2024, 6, 1)).warnings)
    assert any("原文是2024年5月31日" in text for text in made(city=D(2024, 5, 30)).warnings)


def test_the_province_after_the_ministry_is_told_when_it_is_only_worked_out(made):
    plan = made(city=D(2024, 7, 20), ministry=D(2024, 7, 31))
    assert any("来不及" in text for text in plan.warnings)


def test_unknown_steps_and_years_are_refused(made):
    with pytest.raises(NotFoundError, match="没有环节 nobody"):
        made(nobody=D(2024, 5, 1))
    with pytest.raises(NotFoundError, match="2090 年的放假"):
        made(city=D(2090, 5, 1))


def test_as_of_a_day(made):
    plan = made(as_of=D(2024, 5, 17))
    left = {one.key: plan.left(one) for one in plan.entries}
    assert (left["county"], left["city"], left["dynamic-table"]) == ("当天", "还有 10 个工作日", "已过")
    assert "还有 10 个工作日" in terminal.text(plan)
    assert "还有" not in terminal.text(made())


def test_every_shipped_edition_has_a_calendar(editions, library):
    steps = stepping.load(library, "calendar.yaml")
    for edition in editions.values():
        plan = plans.plan(library, edition, steps)
        assert terminal.text(plan).count("\n") > 10
        for one in plan.entries:
            cited = [clauses(fact.cite) for key, fact in edition.profile.facts() if key.startswith("deadlines.")]
            assert one.basis != "stated" or one.key in {"ministry", *steps.apart, "province"} or one.why in cited
            assert (one.date is None) == (one.basis == "unknown")
            assert one.basis != "unverified" or "待核实" in one.shown


def test_a_date_without_a_clause_is_never_printed_as_if_sure(office, tmp_path):
    shutil.copytree(office, tmp_path / "office")
    path = tmp_path / "office/provinces/testland/2024.yaml"
    text = re.sub(r"(date: 2024-05-31), cite: 二第1段", r"\1", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    shelf = Library.at(tmp_path / "office")
    plan = plans.plan(shelf, shelf.load("testland"), stepping.load(shelf, "calendar.yaml"))
    assert entry(plan, "city").shown == "2024年5月31日（待核实）"


# Files


def test_ics_loads_again_and_says_the_same(made):
    plan = made()
    content = ics.write(plan)
    events = {str(one["uid"]): one for one in Calendar.from_ical(content).walk("VEVENT")}
    dated = [one for one in plan.entries if one.date]
    assert len(events) == len(dated) >= 9
    for one in dated:
        event = events[f"2024-{one.key}.testland-2024@green-notices"]
        assert event.decoded("dtstart") == one.date
        assert event.decoded("dtend") == one.date + dt.timedelta(days=1)
        assert str(event["summary"]).removesuffix("（建议）") == one.name
        assert ("（建议）" in str(event["summary"])) == (one.basis == "estimate")
        assert event.decoded("dtstamp") == event.decoded("last-modified") == dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
        assert event["sequence"] == (D(2026, 11, 20) - D(2024, 4, 3)).days
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_equal_calendars_are_equal_bytes_and_uids_stay(made):
    assert ics.write(made()) == ics.write(made())
    uids = [
        {str(one["uid"]) for one in Calendar.from_ical(ics.write(plan)).walk("VEVENT")}
        for plan in (made(), made(city=D(2024, 5, 30)))
    ]
    assert uids[0] == uids[1]
    assert pages.document(paper.report(made())) == pages.document(paper.report(made()))


def drawn(plan):
    """The picture as it stands in a page."""
    return web.page("drawing.svg", drawing=picture.drawing(plan), lettering="serif").strip()


def test_the_picture_has_every_date_where_it_belongs(made):
    plan = made(as_of=D(2024, 5, 6))
    root = etree.fromstring(drawn(plan).encode())
    space = {"s": "http://www.w3.org/2000/svg"}
    texts = root.xpath("//s:text/text()", namespaces=space)
    dots = [float(one.get("cx")) for one in root.xpath("//s:circle[@r='7']", namespaces=space)]
    dated = plan.dated
    assert len(dots) == len(dated)
    assert {one.name for one in dated} <= set(texts)
    assert dots == sorted(dots), "in the order of their days"
    view = [float(part) for part in root.get("viewBox").split()]
    assert all(0 < dot < view[2] for dot in dots)


def test_a_day_stands_where_it_is_in_its_month(made):
    root = etree.fromstring(drawn(made(city=D(2024, 5, 16))).encode())
    space = {"s": "http://www.w3.org/2000/svg"}
    lines = {one.get("x1"): one for one in root.xpath("//s:line[@stroke='#dddddd']", namespaces=space)}
    april, may, june = sorted(map(float, lines))[:3]
    names = list(root.xpath("//s:text[@text-anchor='end']/text()", namespaces=space))
    dots = [float(one.get("cx")) for one in root.xpath("//s:circle[@r='7']", namespaces=space)]
    assert len(names) == len(dots)
    assert dots[names.index("市级审核后报送省级")] == pytest.approx(may + (june - may) * 15 / 31, abs=0.2)
    assert may - april == pytest.approx(picture._WIDTH * 30 / 122, abs=0.2)  # April to July


def test_no_date_no_picture(programme):
    entries = (plans.CalendarEntry("a", "甲", "乙", None, "unknown", ""),)
    plan = plans.Plan("a@2024", "甲", 2024, entries, (), (), D(2024, 1, 1), programme)
    assert picture.drawing(plan) is None
    assert "没有一个环节有日期" in outline(pages.document(paper.report(plan)))


@pytest.mark.parametrize("day", [10, 11, 20, 21, 31])
def test_the_paper_has_a_mark_in_the_third_of_the_month_of_each_date(made, day):
    plan = made(city=D(2024, 5, day))
    table = pages.document(paper.report(plan)).blocks[-4]
    rows = {row.cells[0].lines[0][0].text: row.cells[1:] for row in table.rows}
    months = [cell.lines[0][0].text for cell in table.head[0].cells[1:]]
    assert months[0] == "2024年4月"
    for one in plan.entries:
        if one.date:
            third = 0 if one.date.day <= 10 else 1 if one.date.day <= 20 else 2
            place = (one.date.month - 4) * 3 + third
            marks = [n for n, cell in enumerate(rows[one.name]) if cell.lines[0] and cell.lines[0][0].text in "●▲△○"]
            assert marks == [place]


def test_pdf_and_html_say_all_dates(made):
    from notices.rendering.renderer import Press  # noqa: PLC0415

    plan = made()
    means = Press(Library.at(None), ("pdf",), (SHIPPED / ".fonts",)).means
    content = reports.written(paper.report(plan), "pdf", means)
    assert content == reports.written(paper.report(plan), "pdf", means)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    page = reports.written(paper.report(plan), "html", means).decode()
    assert page.count("<svg") == 1
    for one in plan.entries:
        assert re.sub(r"\s", "", one.shown) in re.sub(r"\s", "", text)
        assert one.shown in page


# Steps an office changes


def steps_of(tmp_path, text):
    folder = tmp_path / "own"
    (folder / "templates").mkdir(parents=True)
    (folder / "templates/calendar.yaml").write_text(text, "utf-8")
    return stepping.load(Library.at(folder), "calendar.yaml")


def test_an_offices_own_days_count(tmp_path, shelf):
    text = (SHIPPED / "templates/calendar.yaml").read_text("utf-8")
    own = steps_of(tmp_path, re.sub(r"(county: .*then: )10", r"\g<1>4", text))
    plan = plans.plan(shelf, shelf.load("testland"), own)
    assert entry(plan, "county").date == add_workdays(D(2024, 5, 31), -4)


def test_faults_in_the_steps_are_named(tmp_path):
    with pytest.raises(ProblemsError, match=r"calendar\.yaml.*\n?.*") as told:
        steps_of(tmp_path, "chain: {a: {name: 甲, by: 乙, then: -1}}\nministry: {name: 丙}\n")
    assert {"chain.a.then", "ministry.by"} <= {problem.key for problem in told.value.problems}


# The command


def run(arguments, capsys):
    with pytest.raises(SystemExit) as done:
        main(arguments)
    return done.value.code, capsys.readouterr()


def test_the_command_prints_and_writes(office, tmp_path, capsys):
    base = ["--workspace", str(office), "calendar", "testland"]
    code, said = run([*base, "--submission", "2025-06-10", "--as-of", "2025-05-01", "--format", "json"], capsys)
    data = json.loads(said.out)
    assert (code, data["year"], data["as_of"]) == (0, 2025, "2025-05-01")
    assert [one["date"] for one in data["entries"] if one["key"] == "city"] == ["2025-06-10"]
    code, said = run([*base, "county=2024-05-20", "-o", str(tmp_path / "a.ics")], capsys)
    assert code == 0
    assert b"20240520" in (tmp_path / "a.ics").read_bytes()
    assert "请注意：来不及" in said.err


@pytest.mark.parametrize(
    "more",
    [
        ["county=soon"],
        ["county"],
        ["nobody=2024-05-01"],
        ["-o", "a.xyz"],
        ["county=2024-05-01", "county=2024-05-02"],
        ["city=2024-05-01", "--submission", "2024-05-02"],
    ],
)
def test_wrong_usage_is_refused(office, more, capsys):
    code, said = run(["--workspace", str(office), "calendar", "testland", *more], capsys)
    assert code == 2
    assert said.out == ""
    assert said.err
