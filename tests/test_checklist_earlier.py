"""What differs from the edition before stands on the checklist, and only where there is one."""

import datetime as dt
import shutil

import pytest
from conftest import ROOT

from notices.checklist.changes import before, earlier
from notices.checklist.items import checklist
from notices.library import Library


@pytest.fixture
def two_years(workspace, profile_file):
    """Testland in two years; the later one asks for more energy, drops a rule and adds one."""
    text = profile_file.read_text("utf-8").replace("year: 2024", "year: 2025", 1)
    (profile_file.parent / "2025.yaml").write_text(text, "utf-8")
    return Library.at(workspace)


def made(library, name):
    edition = library.load(name)
    category = edition.profile.offered[0]
    return checklist(edition, category, {}, as_of=dt.date(2025, 6, 1))


def test_the_edition_before_is_the_newest_of_earlier_years(two_years):
    assert before(two_years, "testland@2025") == "testland@2024"
    assert before(two_years, "testland@2024") is None
    assert before(two_years, "guangxi@2024") is None


def test_without_an_edition_before_there_is_no_section(two_years):
    assert earlier(made(two_years, "testland@2024"), two_years) is None


def test_a_changed_limit_a_dropped_rule_and_a_new_one_are_told(two_years, workspace):
    path = workspace / "provinces/testland/2025.yaml"
    edition = two_years.load("testland@2025")
    key, rule = next((k, r) for k, r in edition.profile.conditions.items() if r.limit and r.limit.unit != "级")
    text = path.read_text("utf-8")
    old = f"value: {rule.limit.value}"
    assert text.count(old) >= 1
    path.write_text(text.replace(old, f"value: {int(rule.limit.value) + 7}", 1), "utf-8")
    library = Library.at(workspace)
    section = earlier(made(library, "testland@2025"), library)
    assert section is not None
    told = {row[1]: row for row in section.rows}
    assert rule.label in told, key
    assert str(int(rule.limit.value)) in told[rule.label][3]
    assert str(int(rule.limit.value) + 7) in told[rule.label][4]


def test_a_shipped_edition_shows_it_on_the_page(tmp_path):
    from notices.cli import _run  # noqa: PLC0415

    assert (ROOT / "provinces/national/2024.yaml").exists()
    assert _run(["checklist", "national@2024", "--category", "park", "--format", "md", "--out", str(tmp_path)]) == 0
    text = (tmp_path / "national-2024/checklist-park/checklist.md").read_text("utf-8")
    assert "与上一版的不同" in text
    assert "| 工业增加值占比 | 有变化 |" in text
    shutil.rmtree(tmp_path / "national-2024")


def test_the_page_names_the_sides_and_repeats_no_words():
    library = Library.at(None)
    section = earlier(made(library, "national@2024"), library)
    assert section is not None
    told = {row[1]: row for row in section.rows}
    assert told["工作要求"][5] == "内容不同", "the columns have both wordings"
    assert told["报告责任"][4:] == ("—", "—")
    assert "2023年版没有写明" in told["限额标准先进值"][5]
    assert told["评价方式"][3].endswith("（第一部分第1段）")
    assert not any(side in cell for row in section.rows for cell in row for side in ("左边", "右边"))
