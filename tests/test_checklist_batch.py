"""Many applicants: the same bytes on one process, two or a cluster; a stopped run goes on; nothing is lost; unknown is never met."""

import datetime as dt
import io
import os
import re
import subprocess
import sys
import warnings
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from applicants import applicant, asked, desk, record
from notices.checklist.batch import executor, journal, page
from notices.checklist.batch.job import CODES, Desk
from notices.checklist.batch.run import How, folders, run
from notices.checklist.batch.summary import summary
from notices.checklist.facts import facts
from notices.checklist.intake import Applicant, Intake, Refused
from notices.checklist.outcome import judged
from notices.errors import MissingPartError, NoticesError, Problem
from notices.forms.catalogue import Catalogue
from notices.forms.data.records import Record
from notices.library import Library

FAULTS = (
    {},
    {"energy_level": "未达到标杆水平"},
    {"records": ({"record-kind": "失信被执行人", "record-date": dt.date(2024, 1, 5)},)},
    {"operating_normally": None},
    {"sector_class": "烟草制品业"},
)
FONTS = (ROOT / ".fonts",)


def people(count):
    return tuple(applicant(number, **FAULTS[number % len(FAULTS)]) for number in range(count))


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def whole(made, group, folder, how):
    """A run and its summary, as the command does it."""
    result = run(made, group, folder, how)
    told = summary(made, group, result)
    for form in ("xlsx", "html"):
        (folder / f"summary.{form}").write_bytes(page.written(told, form, made.press.means))
    return result


@pytest.mark.slow
def test_one_process_two_and_a_cluster_give_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr("notices.checklist.batch.run._HEAVY", 1)  # more handfuls than wait at once
    distributed = pytest.importorskip("distributed")
    made, group = desk(("md", "docx", "xlsx")), Intake("u.xlsx", people(11))
    for jobs in (1, 2):
        whole(made, group, tmp_path / str(jobs), How(jobs))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
            whole(made, group, tmp_path / "dask", How(1, cluster.scheduler_address))
    one = tree(tmp_path / "1")
    assert len(one) == 11 * 3 + 3
    assert tree(tmp_path / "2") == one
    assert tree(tmp_path / "dask") == one


def test_another_machine_with_other_rules_makes_nothing():
    order = replace(desk(("md",)).order, stamp="of other rules")
    with pytest.raises(NoticesError, match="与发起的机器不同"):
        list(executor.made(order, [people(1)], 1))


def test_a_scheduler_that_does_not_answer_is_said(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(executor, "_CONNECT", "0.2s")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(executor.CrewError, match=r"连不上 Dask 调度器 tcp://127\.0\.0\.1:9"):
            list(executor.made(desk().order, [people(1)], 1, "tcp://127.0.0.1:9"))


def test_without_dask_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPartError, match=r"green-notices\[dask\]"):
        list(executor.made(desk().order, [people(1)], 1, "tcp://127.0.0.1:9"))


def dies(*_):
    os._exit(9)


@pytest.mark.slow
def test_a_process_that_is_ended_is_said(monkeypatch):
    monkeypatch.setattr(executor, "work", dies)
    with pytest.raises(executor.CrewError, match="加 --resume 接着做"):
        list(executor.made(desk().order, [people(1), people(1)], 2))


ENDLESS = """
from applicants import applicant, desk
from notices.checklist.batch import executor
made = executor.made(desk(("docx",)).order, ([applicant(n)] for n in range(10**6)), 2)
next(made)
print("going", flush=True)
for _ in made:
    pass
"""


def test_processes_go_when_the_one_that_started_them_is_killed():
    psutil = pytest.importorskip("psutil")
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
    ) as started:
        assert started.stdout.readline() == "going\n"
        workers = psutil.Process(started.pid).children()
        assert len(workers) >= 2
        started.kill()
    _, left = psutil.wait_procs(workers, timeout=20)
    assert left == []


class Stopped(BaseException):
    """The run is ended from outside."""


def counted(monkeypatch, stop_after=None):
    """Names of those that are made; the run ends after some of them."""
    made = []
    real = Desk.make

    def make(self, one):
        if stop_after is not None and len(made) == stop_after:
            raise Stopped
        made.append(one.name)
        return real(self, one)

    monkeypatch.setattr(Desk, "make", make)
    return made


def test_a_stopped_run_goes_on_where_it_was(tmp_path, monkeypatch):
    one, group = desk(("md",)), Intake("u.xlsx", people(9))
    whole(one, group, tmp_path / "whole", How())
    monkeypatch.setattr("notices.checklist.batch.run._LIGHT", 2)
    with monkeypatch.context() as patch:
        counted(patch, stop_after=6)
        with pytest.raises(Stopped):
            run(one, group, tmp_path / "parts", How())
    noted = (tmp_path / "parts/journal.jsonl").read_text("utf-8").splitlines()
    assert len(noted) == 6
    (tmp_path / "parts/journal.jsonl").write_text("\n".join(noted)[:-30], "utf-8")  # killed while a line was written
    made = counted(monkeypatch)
    result = whole(one, group, tmp_path / "parts", How(resume=True))
    assert result.resumed == 5
    assert made == [person.name for person in group.applicants[5:]]
    assert tree(tmp_path / "parts") == tree(tmp_path / "whole")


def test_only_what_changed_is_made_anew(tmp_path, monkeypatch):
    one, group = desk(("md",)), list(people(6))
    run(one, Intake("u", tuple(group)), tmp_path, How())
    group[2] = applicant(2, annual_energy_consumption=Decimal(1))
    spoiled = folders(group)[4]
    (tmp_path / spoiled / "checklist.md").write_text("改过的", "utf-8")
    made = counted(monkeypatch)
    result = run(one, Intake("u", tuple(group)), tmp_path, How(resume=True))
    assert made == [group[2].name, group[4].name]
    assert result.resumed == 4
    assert "改过的" not in (tmp_path / spoiled / "checklist.md").read_text("utf-8")
    made.clear()
    run(desk(("md",), day=dt.date(2024, 9, 2)), Intake("u", tuple(group)), tmp_path, How(resume=True))
    assert len(made) == 6, "another day, another verdict"


def test_without_resume_everything_is_made_and_old_folders_are_named(tmp_path, monkeypatch):
    one, group = desk(("md",)), people(4)
    run(one, Intake("u", group), tmp_path, How())
    made = counted(monkeypatch)
    result = run(one, Intake("u", group[1:]), tmp_path, How())
    assert len(made) == 3
    assert result.strangers == folders(group)[:1]
    assert (tmp_path / result.strangers[0] / "checklist.md").exists()


def test_who_cannot_be_printed_does_not_stop_the_rest(tmp_path):
    one = desk(("pdf",), fonts=FONTS)
    group = [applicant(0), Applicant(record(1, name="名有生字\U0003134a厂"), "第2行"), applicant(2)]
    result = run(one, Intake("u", tuple(group)), tmp_path, How())
    assert [done.made.name for done in result.done] == [group[0].name, group[2].name]
    (refused,) = result.refused
    assert refused.place == "第2行"
    assert "U+3134A" in refused.problems[0].message


def test_folders_are_safe_and_never_the_same():
    twice = [
        Applicant(Record({"name": "甲/乙：..厂"}), ""),
        Applicant(Record({"name": "甲乙：厂"}), ""),
        Applicant(Record(), ""),
    ]
    assert folders(twice) == ("甲乙：厂", "甲乙：厂-2", "unnamed")


def test_the_summary_counts_what_was_made(tmp_path):
    one = desk(("md",))
    bad = Refused("错填厂", "", "基本信息!第9行", (Problem("u.xlsx", 0, 0, "基本信息!B9", "校验码不对", "核对"),))
    group = Intake("u.xlsx", people(10), (bad,))
    result = run(one, group, tmp_path, How())
    told = summary(one, group, result)
    assert "共 11 家；判断了 10 家" in told.lines[0]
    assert "没有判断的 1 家" in told.lines[1]
    counts = {tally.item.key: (tally.met, tally.failed, tally.unknown) for tally in told.tallies}
    assert counts["exclusions.items.dishonest"] == (8, 2, 0)
    assert counts["exclusions.items.not-operating"] == (8, 0, 2)
    bars = told.bars()
    assert [bar.failed for bar in bars] == sorted((bar.failed for bar in bars), reverse=True)
    assert len(bars) >= 3
    html = page.written(told, "html", one.press.means).decode()
    assert "错填厂" in html
    assert "校验码不对" in html
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")
    assert len(re.findall(r"<rect", html)) == len(told.counts) + 2 + 2 * len(bars)
    book = openpyxl.load_workbook(io.BytesIO(page.written(told, "xlsx", one.press.means)))
    assert book.sheetnames == ["概览", "各项情况", "各单位", "还缺什么", "没有判断的"]
    texts = {str(cell.value) for row in book["各单位"].iter_rows() for cell in row}
    assert {person.name for person in group.applicants} <= texts


@pytest.mark.slow
def test_the_printed_summary_says_the_same_and_is_the_same_twice(tmp_path):
    one = desk(("md",), fonts=FONTS)
    group = Intake("u.xlsx", people(5))
    told = summary(one, group, run(one, group, tmp_path, How()))
    content = page.written(told, "pdf", one.press.means)
    assert content == page.written(told, "pdf", one.press.means)
    (tmp_path / "s.pdf").write_bytes(content)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "s.pdf").pages).replace("\n", "")
    for person in group.applicants:
        assert person.name in text
    for bar in told.bars():
        assert bar.label[:8] in text


def test_nobody_left_to_judge_is_a_summary_too(tmp_path):
    one = desk(("md",))
    bad = Refused("错填厂", "", "第2行", (Problem("u", 0, 0, "", "错", ""),))
    group = Intake("u", (), (bad,))
    told = summary(one, group, run(one, group, tmp_path, How()))
    assert "没有不符合的事项" in page.written(told, "html", one.press.means).decode()
    assert page.written(told, "xlsx", one.press.means)


LIBRARY = Library.at(None)
ALL = [(name, key) for name in LIBRARY.editions() for key in asked(LIBRARY.load(name).profile)]
DESKS = {one: desk(edition=one[0], category=one[1]) for one in ALL}


def values(field):
    match field.type:
        case "yesno":
            return st.sampled_from(("是", "否"))
        case "choice":
            return st.sampled_from(field.choices)
        case "choices":
            return st.lists(st.sampled_from(field.choices), min_size=1, unique=True).map(tuple)
        case "integer":
            return st.integers(0, 40)
        case "number" | "percent":
            return st.decimals(0, 100, places=1) | st.just(Decimal(3000)) | st.just(Decimal(9000))
        case "date":
            return st.dates(dt.date(2019, 1, 1), dt.date(2026, 1, 1))
        case _:
            return st.just("写了字")


@st.composite
def filled(draw, form):
    """A record with any of its fields and rows filled in."""

    def row(names, always=()):
        own = {
            name: values(form.fields[name])
            for name in names
            if form.fields[name].type not in {"code", "industry", "phone"}
        }
        return draw(
            st.fixed_dictionaries(
                {k: own[k] for k in always}, optional={k: v for k, v in own.items() if k not in always}
            )
        )

    tables = {}
    for table, always in (("certificates", ("certificate",)), ("records", ("record-kind",))):
        names = next([cell.field for cell in part.cells()] for part in form.tables() if part.table == table)
        tables[table] = tuple(row(names, always) for _ in range(draw(st.integers(0, 3))))
    return Record(row(form.record()), tables)


def without(record):
    """The record with one field less, for each of its fields but those that say what a row is."""
    for name in record.values:
        yield replace(record, values={key: value for key, value in record.values.items() if key != name})
    for table, rows in record.tables.items():
        for number, row in enumerate(rows):
            for name in set(row) - {"certificate", "record-kind"}:
                less = {key: value for key, value in row.items() if key != name}
                yield replace(record, tables={**record.tables, table: (*rows[:number], less, *rows[number + 1 :])})


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one[0]}-{one[1]}")
def test_to_know_less_never_meets_more(one):
    made = DESKS[one]
    form = Catalogue(LIBRARY).form(f"applicant-{one[1]}")

    @settings(max_examples=40)
    @given(filled(form))
    def check(record):
        known = judged(made.checklist, facts(record)).findings
        for less in without(record):
            found = judged(made.checklist, facts(less)).findings
            gained = [key for key in known if found[key].verdict == "met" and known[key].verdict != "met"]
            assert gained == []

    check()


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one[0]}-{one[1]}")
def test_who_says_nothing_meets_nothing(one):
    made = DESKS[one].make(Applicant(Record({"name": "什么也没填的厂"}, {"certificates": (), "records": ()}), ""))
    assert made.verdicts
    assert CODES["unknown"] in made.verdicts
    assert set(made.verdicts) <= {CODES["unknown"], CODES["authority"]}


def test_the_journal_is_of_the_facts_not_of_their_order():
    first, second = record(1), record(1)
    turned = Record(dict(reversed(second.values.items())), second.tables)
    assert journal.key_of("s", "f", first) == journal.key_of("s", "f", turned)
    assert journal.key_of("s", "f", first) != journal.key_of("s", "f", record(1, standstill_months=1))
    assert journal.key_of("s", "f", first) != journal.key_of("t", "f", first)
    struck = record(1, records=FAULTS[2]["records"])
    assert journal.key_of("s", "f", first) != journal.key_of("s", "f", struck)
