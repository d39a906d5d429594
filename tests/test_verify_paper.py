"""What the papers print, held against the source: each kind of slip is told, and honest words of our own are not."""

from dataclasses import replace

import pytest

from benchmarks.slips import planted, slips
from notices.library import Library
from notices.verify import check, parties, tables
from notices.verify.printed import printed
from notices.verify.texts import plain
from notices.verify.weighing import unended, unlimited, weighed
from notices.verify.wording import listing

PROFILE = """
id: testland
year: 2024
source: {title: 云岭省的通知, checked: 2026-11-20, clauses: [一, 二, 三, 四, 五]}
authority: {name: 云岭省工业和信息化厅, region: 云岭省, level: 省级}
papers:
  notice: {title: 云岭省工业和信息化厅关于绿色制造名单的通知, number: 云工信〔2024〕17号, issued: 2024-04-03, layout: plain, addressees: [各市]}
actors:
  applicant: 申报单位
  city: 各市
  province: 我厅
  ministry: 工业和信息化部
  third-party: 第三方机构
  listed-unit: 已列入名单的单位
categories:
  factory: {name: 绿色工厂}
scope:
  below:
    label: 层级
    strength: principle
    say: 推荐为国家级绿色工厂的企业，原则上应为省级绿色工厂
    cite: 一
  sectors:
    label: 行业
    strength: does
    say: 申报范围为{items}行业的企业
    items: [钢铁, 建材, 石化, 纺织]
    open_ended: true
    cite: 一
evaluation:
  standard: {label: 标准, say: 评价工作参照本省绿色工厂评价导则进行, cite: 二}
quotas:
  number: {label: 名额, say: 推荐数量按规模以上工业企业的数量确定, binds: [以上], cite: 二}
procedure:
  check: {label: 初审, by: city, strength: does, say: 负责初审申报材料, cite: 三}
  help: {label: 现场, by: province, strength: may, say: 可以到现场核实申报材料, cite: 三}
deadlines:
  city-to-province: {by: city, to: province, say: 将初审意见和申报材料报送我厅, date: 2024-05-31, cite: 四}
  table: {by: listed-unit, say: 填报年度管理表, annual: 04-15, cite: 五}
materials:
  application: {name: 申报材料, by: city, form: [纸质, 电子], copies: 2, cite: 四}
exclusions:
  subjects: 企业或园区（含园区内企业）
  lookback: {value: 3, unit: 年}
  bars: 申报
  cite: 五
  items:
    stopped: {say: 停产未恢复的, cite: 五}
"""
SOURCE = """
云岭省工业和信息化厅关于绿色制造名单的通知

各市：

现将有关事项通知如下：

一、申报范围为钢铁、建材、石化、纺织等行业的企业。推荐为国家级绿色工厂的企业原则上应为省级绿色工厂。

二、绿色工厂的评价工作参照本省绿色工厂评价导则进行，按照统一格式编写报告。推荐数量依据规模以上工业企业数量确定。

三、各市负责申报材料的初审。必要时，我厅可以到现场对申报材料进行核实。

四、各市于2024年5月31日前将初审意见和申报材料（一式两份，随附电子版）报送我厅。

五、近三年有下列情形的企业或园区（含园区内企业），不得申报：停产未恢复的。已列入名单的单位应于每年4月15日前填报年度管理表。

云岭省工业和信息化厅

2024年4月3日
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    (folder / "provinces/testland").mkdir(parents=True)
    (folder / "provinces/testland/2024.yaml").write_text(PROFILE, "utf-8")
    return Library.at(folder)


@pytest.fixture(scope="module")
def verified(library):
    """``verified(key, field=value)``: the profile with that fact changed, against the source."""

    def make(key, **fields):
        edition = library.load("testland")
        fact = dict(edition.profile.facts())[key].model_copy(update=fields)
        other = replace(edition, profile=planted(edition.profile, key, fact))
        return check.verify(other, plain("source.txt", SOURCE.encode()), library)

    return make


def wrong(report):
    return {
        one.key: "；".join(one.judgement.lacking) for one in report.verdicts if one.status not in {"found", "pending"}
    }


def test_honest_words_of_our_own_are_not_accused(library):
    report = check.verify(library.load("testland"), plain("source.txt", SOURCE.encode()), library)
    assert wrong(report) == {}
    assert report.notes == ()
    assert len(report.verdicts) == 11


BELOW = "推荐为国家级绿色工厂的企业，原则上应为省级绿色工厂"
SLIPS = [
    ("scope.below", "say", BELOW.replace("国家级", "省级"), "原文“推荐为国家级绿色工厂"),
    ("scope.below", "say", BELOW.replace("国家级", ""), "补上“国家级”"),
    ("scope.below", "say", BELOW.replace("原则上", ""), "原则上"),
    ("scope.sectors", "items", ("钢铁", "石化", "纺织"), "原文还列有“建材”"),
    ("scope.sectors", "open_ended", False, "原文的列举后面有“等”"),
    ("evaluation.standard", "say", "评价工作按照本省绿色工厂评价导则进行", "评价工作参照本省"),
    ("quotas.number", "say", "推荐数量按规模以下工业企业的数量确定", "规模以上工业企业"),
    ("quotas.number", "say", "推荐数量按工业企业的数量确定", "补上“规模以上”"),
    ("procedure.check", "say", "负责终审申报材料", "初审"),
    ("procedure.help", "say", "应到现场核实申报材料", "我厅可以到现场"),
    ("procedure.check", "by", "province", "由“我厅”做，原文是“各市”"),
    ("procedure.help", "by", "third-party", "原文是“我厅”"),
    ("deadlines.city-to-province", "to", "ministry", "报给“工业和信息化部”，原文报给“我厅”"),
    ("deadlines.table", "say", "填报季度管理表", "年度管理表"),
    ("materials.application", "form", ("纸质",), "原文还要电子"),
    ("materials.application", "form", ("电子",), "原文还要纸质"),
    ("exclusions", "subjects", "企业或园区", "补上“(含园区内企业)”"),
    ("scope.below", "say", BELOW.replace("绿色工厂的企业", "绿色园区的企业"), "原文“推荐为国家级绿色工厂"),
    ("scope.below", "say", BELOW.replace("推荐为", "申报"), "原文“推荐为国家级"),
]


@pytest.mark.parametrize(("key", "field", "value", "told"), SLIPS)
def test_a_slip_in_what_is_printed_is_told(verified, key, field, value, told):
    report = verified(key, **{field: value})
    assert told in wrong(report).get(key, ""), wrong(report)
    assert not report.sound


def test_a_finding_says_where_it_stands(verified):
    report = verified("evaluation.standard", say="评价工作按照本省绿色工厂评价导则进行")
    shown = tables.text(report)
    line = PROFILE.splitlines().index("evaluation:") + 2
    assert f"testland/2024.yaml:{line}，原文第 10 行起）" in shown
    one = next(fact for fact in tables.record(report)["facts"] if fact["id"] == "evaluation.standard")
    assert (one["line"], one["sourceLine"]) == (line, 10)


def test_without_a_paper_it_is_said_that_none_was_read(tmp_path):
    (tmp_path / "templates/testland").mkdir(parents=True)
    (tmp_path / "templates/testland/notice.md.j2").write_text("{{ nothing.there }}", "utf-8")
    (tmp_path / "provinces/testland").mkdir(parents=True)
    (tmp_path / "provinces/testland/2024.yaml").write_text(PROFILE, "utf-8")
    own = Library.at(tmp_path)
    report = check.verify(own.load("testland"), plain("source.txt", SOURCE.encode()), own)
    assert "没有核对印出的文字" in report.notes[0]
    assert not report.sound


def test_what_a_paper_prints_of_a_fact_is_read_off_it(library):
    found = printed(library.load("testland"), library)
    assert any("原则上应为省级绿色工厂" in one.words for one in found["scope.below"])
    assert any(one.words.startswith("申报范围为钢铁") for one in found["scope.sectors"])


@pytest.mark.parametrize(
    ("said", "source", "slips"),
    [
        ("从市级名单中推荐省级名单", "省级名单应从市级名单中推荐产生", 0),
        ("推荐省级名单，报国家级名单备案", "推荐国家级名单，报省级名单备案", 2),
        ("可自愿参加培训", "应自愿参加培训", 1),
        ("应自愿参加培训", "要自愿参加培训", 0),
        ("依据导则评价", "按照导则评价", 0),
        ("每季度报送一次", "每年报送一次", 1),
        ("采用自评价方式", "采用第三方评价方式", 1),
        ("主要指标供应商应急可靠", "主要指标供应商应急可持续", 0),
        ("可推荐申报省级名单", "可以推荐申报省级名单", 0),
        ("可推荐省级名单", "可以申报省级名单", 1),
        ("具有独立法人资格", "具有法人资格", 1),
        ("本地区绿色园区、绿色工厂应公开", "本地区绿色工厂、绿色园区应当公开", 0),
        ("本地区绿色工厂应公开", "本地区绿色工厂、绿色园区应当公开", 0),
        ("本地区绿色工厂、绿色园区、绿色园区应公开", "本地区绿色工厂、绿色园区、供应链企业应当公开", 1),
        ("鼓励园区采购绿色产品", "鼓励企业采购绿色产品", 1),
        ("鼓励园区采购绿色产品", "鼓励开发区采购绿色产品", 0),
    ],
)
def test_the_word_that_stands_in_the_same_place_decides(said, source, slips):
    assert len(list(weighed(said, source, ("工厂", "园区|开发区", "企业")))) == slips


def test_a_limit_said_elsewhere_in_the_sentence_is_no_slip():
    assert list(unlimited("本地区重点行业的链主企业", "组织本地区链主企业申报，重点行业优先")) == []
    assert [one.hint for one in unlimited("同意发展企业参加评选", "同意发展龙头企业参加评选")] == ["补上“龙头”"]
    assert [str(one.hint) for one in unended("组织企业、园区申报", "组织企业、园区等申报")] == ["补上“等”"]
    assert list(unended("组织企业、园区等申报", "组织企业、园区等申报")) == []


def test_a_member_left_out_in_the_middle_is_named():
    source = "鼓励在钢铁、建材（含水泥）、石化和纺织等行业推广。"
    assert listing(("钢铁", "石化", "纺织"), source, open_ended=True) == ["原文还列有“建材”"]
    assert listing(("钢铁", "建材", "石化", "纺织"), source, open_ended=True) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("各市负责材料初审。", "市级主管部门"),
        ("请各市（州）工信主管部门组织材料初审。", "市级主管部门"),
        ("（二）由第三方评价机构对材料初审。", "第三方机构"),
        ("省级工业和信息化主管部门组织材料初审。", "省级主管部门"),
        ("各县（市、区）、市（州）工业和信息化主管部门应组织材料初审。", "各级主管部门"),
        ("各市负责组织。严格材料初审。", "市级主管部门"),
        ("各市负责组织。我厅负责指导。严格材料初审。", None),
        ("已列入名单的单位应填表。初审时间不少于3日。", None),
        ("我厅组织评审（时间另行通知，注：申报单位需到会），并进行材料初审。", "省级主管部门"),
    ],
)
def test_who_acts_is_read_from_the_sentence(library, text, kind):
    found = parties.actor_of(("材料初审",) if "材料" in text else ("初审时间",), text, library.load("testland").profile)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("将汇总表报送我厅。2025年度推荐企业和园区原则上为培育对象。", ["省级主管部门"]),
        ("择优推荐给工业和信息化部。", ["工业和信息化部"]),
        ("将表格送企业。", ["申报单位"]),
    ],
)
def test_who_is_recommended_is_not_whom_it_is_handed_to(library, text, kinds):
    assert [one.kind for one in parties.addressees(text, library.load("testland").profile)] == kinds


@pytest.mark.slow
def test_slips_are_planted_everywhere_and_most_are_caught(library):
    """The benchmark's own planter, on this small source: every kind it can plant, and no more than a few let through."""
    edition = library.load("testland")
    text = plain("source.txt", SOURCE.encode())
    passed, count = [], 0
    for key, fact in edition.profile.facts():
        for kind, what, changed in slips(edition.profile, fact) if fact.cite else ():
            count += 1
            other = replace(edition, profile=planted(edition.profile, key, changed))
            if check.verify(other, text, library).sound:
                passed.append((key, kind, what))
    assert count > 50
    assert [one for one in passed if one[1] != "by:"] == []
    assert {key for key, _, _ in passed} <= {"materials.application"}, "who prepares a material, a source seldom says"
