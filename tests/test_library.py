"""The library's face: values and bytes, errors with places, and the page of docs that tells of it."""

import datetime as dt
import json
import os
import subprocess
import sys
from decimal import Decimal

import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT

import notices
from docs import blocks
from notices.cli import cli
from notices.library import Library

APPLICANT = ROOT / "applicants/01-strong-factory.yaml"


@pytest.fixture(scope="module")
def shipped():
    return notices.open()


@pytest.fixture(scope="module")
def guangxi(shipped):
    return shipped.edition("guangxi")


def test_the_names_of_the_face_are_told_and_found():
    assert set(notices.__all__) <= set(dir(notices))
    assert len(notices.__all__) >= 10
    assert all(getattr(notices, name) is not None for name in notices.__all__)
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        notices.opne  # noqa: B018


def test_importing_the_package_imports_nothing_else():
    code = (
        "import sys, notices; dir(notices); print([n for n in sys.modules if n.startswith(('notices.', 'pydantic'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_listing_imports_no_model():
    code = "import sys\nfrom notices.cli import cli\ntry:\n    cli(['list'])\nexcept SystemExit:\n    pass\n"
    code += "print('pydantic' in sys.modules, 'notices.profile.model' in sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.strip() == "False False"


def test_editions_by_name(shipped, guangxi):
    assert "guangxi@2024" in shipped.editions()
    assert guangxi.name == "guangxi@2024"
    assert guangxi.profile.deadlines["city-to-province"].date == dt.date(2024, 5, 31)
    with pytest.raises(notices.NotFoundError, match="guangxi"):
        shipped.edition("guanxi")


def test_values_are_those_the_commands_print(shipped, guangxi):
    def printed(*arguments):
        return json.loads(CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout)

    assert printed("show", "guangxi", "--json")["facts"] == list(guangxi.facts())
    assert printed("list", "--json") == list(shipped.listing()[0])
    assert printed("diff", "guangxi", "jilin", "--format", "json") == shipped.diff("guangxi", "jilin").records()
    assert printed("calendar", "guangxi", "--format", "json") == guangxi.calendar().records()


def test_bytes_are_those_the_commands_write(shipped, guangxi, tmp_path):
    def written(name, *arguments):
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return (tmp_path / name).read_bytes()

    out = ("--out", str(tmp_path))
    assert written("guangxi-2024/notice.docx", "build", "guangxi", "--format", "docx", *out) == guangxi.write("notice")
    told = written(
        "guangxi-2024/forms/01-summary.xlsx", "build", "guangxi", "--kind", "forms", "--format", "xlsx", *out
    )
    assert told == guangxi.form(1, "xlsx")
    assert written("d.xlsx", "diff", "guangxi", "jilin", "-o", str(tmp_path / "d.xlsx")) == shipped.diff(
        "guangxi", "jilin"
    ).write("xlsx")
    made = shipped.redline("guangxi", "jilin")
    assert written("r.docx", "redline", "guangxi", "jilin", "-o", str(tmp_path / "r.docx")) == made.write()


def test_papers_are_documents(guangxi):
    assert list(guangxi.papers()) == ["notice"]
    assert guangxi.papers()["notice"].title.endswith("名单申报工作的通知")
    assert "5月31日" in guangxi.write("notice", "md").decode()
    with pytest.raises(notices.NotFoundError, match="rules"):
        guangxi.write("rules")
    with pytest.raises(notices.NotFoundError, match=r"form\("):
        guangxi.write("forms")


def test_applicants_from_a_file_and_from_values_are_judged_alike(guangxi):
    day = dt.date(2024, 9, 1)
    by_file = guangxi.checklist("factory", APPLICANT, as_of=day)
    (values,) = by_file.judged
    (same,) = guangxi.checklist("绿色工厂", yaml.safe_load(APPLICANT.read_text("utf-8")), as_of=day).judged
    assert same.verdicts == values.verdicts
    assert "met" in values.verdicts.values()
    assert values.files == ()
    blank = guangxi.checklist("factory", outputs=["md", "xlsx"])
    assert [name for name, _ in blank.files] == ["checklist.md", "checklist.xlsx"]
    assert blank.judged == ()


def test_what_is_wrong_with_an_applicant_is_a_value(guangxi):
    wrong = guangxi.checklist("factory", [{"name": "甲公司", "code": "91450100MA00000000"}])
    assert wrong.judged == ()
    (refused,) = wrong.refused
    assert refused.problems == wrong.problems
    assert "校验" in wrong.problems[0].message


def test_a_form_is_filled_from_values(shipped, guangxi):
    sheet = guangxi.forms()[0]
    assert (sheet.number, sheet.label) == (1, "附件1")
    data = yaml.safe_load((ROOT / "tests/data/forms/recommendation-summary.yaml").read_text("utf-8"))
    data["factory"] = [row | {"key-energy": "是"} for row in data["factory"]]
    filled = shipped.edition("national@2023").fill(1, data, "md", "xlsx")
    assert [name for name, _ in filled.files] == ["01-summary.md", "01-summary.xlsx"]
    assert "安澜宏达铝业有限公司" in filled.content.decode()


def test_values_that_do_not_fit_a_form_are_told_without_a_line(guangxi):
    with pytest.raises(notices.ProblemsError) as caught:
        guangxi.fill(1, {"nobody": Decimal(1)})
    problems = caught.value.problems
    assert {(problem.file, problem.line) for problem in problems} == {("数据", 0)}
    assert "nobody" in str(caught.value)


def test_problems_are_values_with_places(workspace, profile_file):
    profile_file.write_text(profile_file.read_text("utf-8").replace("2024-05-31", "2024-02-31"), "utf-8")
    edition = notices.open(workspace).edition("testland")
    (problem, *_) = edition.problems()
    assert (problem.file, problem.severity) == ("provinces/testland/2024.yaml", "error")
    assert problem.line > 1
    with pytest.raises(notices.ProblemsError) as caught:
        edition.profile  # noqa: B018
    assert caught.value.problems == edition.problems()


def test_a_workspace_must_be_there_and_the_shipped_one_is_not_written(tmp_path, shipped):
    with pytest.raises(notices.NotFoundError, match="没有文件夹"):
        notices.open(tmp_path / "none")
    with pytest.raises(notices.NotFoundError, match="自带"):
        shipped.roll("guangxi", 2025)
    with pytest.raises(notices.NotFoundError, match="自带"):
        shipped.history("guangxi@2024")


def test_a_value_is_changed_and_taken_back(workspace, profile_file):
    office, name, now = notices.open(workspace), "testland@2024", dt.datetime(2024, 3, 1, 9, 5, tzinfo=dt.UTC)
    sheet, before = office.fields(name), profile_file.read_bytes()
    key = "deadlines.city-to-province.date"
    done = office.change(name, {key: "2024年6月3日"}, revision=sheet.revision, who="张三", when=now)
    assert office.edition(name).profile.deadlines["city-to-province"].date == dt.date(2024, 6, 3)
    assert (done.revision, done.record) == (office.fields(name).revision, office.history(name)[0])
    with pytest.raises(notices.StaleError) as caught:
        office.change(name, {key: "2024年6月4日"}, revision=sheet.revision, who="李四", when=now)
    assert caught.value.conflicts[0].who == "张三"
    added = office.add(name, "contacts", {"person": "王五", "phone": "0771-5550125"}, who="李四", when=now)
    revision = office.fields(name).revision
    office.change(name, {added.key: notices.Decide("drop")}, revision=revision, who="李四", when=now)
    assert office.take_back(name, 1, who="李四", when=now).record.undoes == 1
    assert profile_file.read_bytes() == before
    assert [one.number for one in office.history(name)] == [4, 3, 2, 1]


def test_nothing_is_printed(guangxi, capsys):
    guangxi.write("notice", "md")
    guangxi.checklist("factory", APPLICANT, as_of=dt.date(2024, 5, 31))
    assert capsys.readouterr() == ("", "")


def test_type_information_is_shipped():
    assert (ROOT / "notices/py.typed").exists()
    assert 'packages = ["notices"]' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_examples_of_the_page_run(tmp_path):
    examples = blocks(ROOT / "docs/library.md", "python")
    assert len(examples) >= 5
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(examples)],
        capture_output=True, text=True, cwd=tmp_path, env=env, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_standing_library_looks_once_and_the_library_every_time(workspace, profile_file):
    library = Library.at(workspace)
    standing = library.standing()
    before = standing.editions()
    assert (before, standing.settled("testland")) == (library.editions(), ("testland@2024",))
    (profile_file.parent / "2025.yaml").write_text(profile_file.read_text("utf-8").replace("2024", "2025"), "utf-8")
    assert (standing.editions(), standing.settled("testland")) == (before, ("testland@2024",))
    assert library.settled("testland") == library.standing().settled("testland") == ("testland@2024", "testland@2025")
    assert standing.standing() is standing


def test_an_edition_that_came_with_the_program_is_copied_to_be_changed(tmp_path):
    office = notices.open(tmp_path)
    copy = office.adopt("guangxi@2024")
    assert copy == tmp_path / "provinces/guangxi/2024.yaml"
    assert copy.read_bytes() == (ROOT / "provinces/guangxi/2024.yaml").read_bytes()
    mine = notices.open(tmp_path)
    assert mine.library.find("guangxi@2024") == copy
    copy.write_bytes(copy.read_bytes() + b"# mine\n")
    with pytest.raises(notices.ProblemsError, match="没有覆盖"):
        mine.adopt("guangxi@2024")
    assert copy.read_bytes().endswith(b"# mine\n")
    with pytest.raises(notices.NotFoundError, match="不能改"):
        notices.open().adopt("guangxi@2024")


def test_a_paper_is_marked_as_a_draft_where_that_is_wanted(shipped):
    edition = shipped.edition("national@2023")
    assert "草稿" not in edition.write("notice", "md").decode()
    assert "草稿" in edition.write("notice", "md", draft=True).decode()
