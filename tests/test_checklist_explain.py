"""``--explain``: every value of the chain with the file and the line it stands in."""

import datetime as dt

import pytest

from applicants import DAY, desk, record, sheet
from notices.checklist import intake
from notices.checklist.explain import Explainer
from notices.checklist.items import JUDGED, checklist
from notices.checklist.sections import rests_on
from notices.errors import NotFoundError
from notices.library import Library

MADE = desk()
EXPLAINER = Explainer(MADE.checklist, MADE.sheet.only())
PENALTY = {"record-kind": "失信被执行人", "record-date": dt.date(2024, 1, 5)}


def told(path, wanted, explainer=EXPLAINER, made=MADE):
    data = intake.read(path, made.sheet, DAY)
    assert data.problems == ()
    item = explainer.item(wanted)
    return ["\n".join(explainer.lines(item, one, made.outcome(one))) for one in data.applicants]


def line_of(name, text):
    """Where a text stands in a shipped file, as it is cited."""
    library = MADE.library.roots[-1]
    lines = (library / name).read_text("utf-8").splitlines()
    (number,) = [n for n, line in enumerate(lines, 1) if line.strip().startswith(text)]
    return f"〔{name}:{number}"


def test_a_limit_from_yaml(tmp_path):
    path = tmp_path / "u.yaml"
    path.write_text("name: 甲厂\nannual-energy-consumption: 3000\ncertificates-listed: 是\n", "utf-8")
    (text,) = told(path, "energy-system-certificate")
    assert "甲厂" in text
    assert "年综合能源消费量（吨标准煤） 3000　〔u.yaml:2〕" in text
    assert "证书已全部列在下表 是　〔u.yaml:3〕" in text
    assert "0 行里没有 能源管理体系" in text
    assert line_of("provinces/guizhou/2024.yaml", "factory.energy-system-certificate:") in text
    assert "判断日：2024年9月1日" in text
    assert "结论：不符合（原则上应符合" in text


def test_records_from_a_workbook_with_their_cells(tmp_path):
    accident = {"record-kind": "生产安全事故", "record-date": dt.date(2023, 5, 1), "severity": "重大"}
    path = sheet(tmp_path / "u.xlsx", [record(0), record(1, records=(PENALTY, accident))], MADE)
    clean, struck = told(path, "exclusions.items.accident")
    assert "没有 " in clean
    assert "结论：无此情形" in clean
    assert "记录种类 生产安全事故，发生或列入日期 2023年5月1日，等级 重大　〔u.xlsx 记录!B4〕" in struck
    assert "回看期：2021年9月1日至2024年9月1日（按指定的判断日起算" in struck
    assert "2023年5月1日重大生产安全事故" in struck
    assert "结论：有此情形（不符合的，不能申报）" in struck


def test_a_value_inherited_says_from_where(tmp_path):
    made = desk(edition="guangxi@2024", category="park", day=DAY)
    path = tmp_path / "u.yaml"
    path.write_text("name: 某园区\nindustrial-added-value-share: 49.9\n", "utf-8")
    (text,) = told(path, "industrial-share", Explainer(made.checklist, made.sheet.only()), made)
    assert "限值：industrial_added_value_share 超过50%　〔provinces/national/common.yaml:" in text
    assert "，继承〕" in text
    assert "依据：一（二）　〔provinces/guangxi/2024.yaml:" in text
    assert "工业增加值占比49.9%，未超过50%" in text


def test_what_is_not_filled_in_is_said(tmp_path):
    path = tmp_path / "u.yaml"
    path.write_text("name: 甲厂\n", "utf-8")
    (text,) = told(path, "dishonest")
    assert "已逐项查询各类记录的日期 没有填写" in text
    assert "结论：待核" in text


def test_a_csv_gives_row_and_column(tmp_path):
    (tmp_path / "u.csv").write_text("单位名称,年综合能源消费量（吨标准煤）\n甲厂,2999.5\n", "utf-8")
    (text,) = told(tmp_path / "u.csv", "energy-system-certificate")
    assert "年综合能源消费量（吨标准煤） 2999.5　〔u.csv 第2行第2列〕" in text
    assert "不适用" in text


def test_every_judged_item_can_be_explained(tmp_path):
    path = sheet(tmp_path / "u.xlsx", [record(0, records=(PENALTY,))], MADE)
    (one,) = intake.read(path, MADE.sheet, DAY).applicants
    judged = [item for item in MADE.checklist.items if item.group in JUDGED]
    assert len(judged) > 10
    for item in judged:
        lines = list(EXPLAINER.lines(EXPLAINER.item(item.key), one, MADE.outcome(one)))
        assert any(line.startswith("规定：") and ".yaml:" in line for line in lines), item.key
        assert lines[-1].startswith("结论：")


@pytest.mark.parametrize(("wanted", "said"), [("dishonst", "exclusions.items.dishonest"), ("？？", "可用：levels.")])
def test_an_unknown_item_is_answered_with_the_nearest(wanted, said):
    with pytest.raises(NotFoundError, match=said):
        EXPLAINER.item(wanted)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("guizhou", "实施细则》（征求意见稿）"),
        ("guangxi", "桂工信能源〔2024〕268号"),
        ("national@2024", "这一版是草稿"),
    ],
)
def test_what_the_checklist_rests_on_is_said_as_it_is(name, said):
    library = Library.at(None)
    first, *_ = rests_on(checklist(library.load(name), "park", {}, as_of=dt.date(2024, 6, 1)))
    assert said in first
    assert ("征求意见稿" in first) == (name == "guizhou")
