"""What a verdict says and what verdicts come to: the five of them, contradictions, reasons, the conclusion."""

import datetime as dt
from dataclasses import replace

import pytest

from notices.checklist import items
from notices.checklist.complete import left_out
from notices.checklist.contradictions import rules_of
from notices.checklist.facts import Certificate, Facts, Incident
from notices.checklist.hints import lore
from notices.checklist.items import checklist
from notices.checklist.outcome import STANDING_WORDS, judged, word
from notices.checklist.pages import report
from notices.checklist.questions import facts_of, form_of
from notices.forms.catalogue import Catalogue
from notices.library import Library
from notices.reports import md
from notices.wording.words import day

LIBRARY = Library.at(None)
DAYS = {
    "national@2023": dt.date(2023, 9, 5),
    "guangxi@2024": dt.date(2024, 5, 31),
    "jilin@2024": dt.date(2024, 6, 10),
    "guizhou@2024": dt.date(2024, 9, 1),
    "inner-mongolia@2022": dt.date(2022, 6, 24),
}
SOUND = {
    "legal_entity": "是", "manufacturing": "是", "sector_class": "制造业（不含烟草制品业）", "operating_normally": "是",
    "standstill_months": 0, "route": "两者都有", "green_list_levels": ("国家级", "省级", "市级"),
    "annual_energy_consumption": 2000, "energy_level": "达到标杆水平", "outdated_equipment": "否",
    "park_function": "是", "industrial_added_value_share": 80, "park_boundary": "是", "park_management": "是", "park_rank": "省级",
}  # fmt: skip


def listed(name="guangxi@2024", category="factory", day=None):
    edition = LIBRARY.load(name)
    form = form_of(Catalogue(LIBRARY), edition.profile.programme, category)
    names = {fact: field.label for fact, field in facts_of(form).items()}
    return checklist(edition, category, names, as_of=day or DAYS[name]), names


def outcome(name="guangxi@2024", category="factory", day=None, incidents=(), **values):
    made, names = listed(name, category, day)
    known = lore(LIBRARY, made.edition.profile.programme)
    rules = tuple(rules_of(known.contradictions, known.divisions, names))
    given = {key: value for key, value in {**SOUND, **values}.items() if value is not None}
    who = Facts(
        "甲厂", "", given, (Certificate("能源管理体系", dt.date(2030, 1, 1)),), incidents, made.day, certified=True
    )
    return made, judged(made, who, rules)


def page(made, found):
    """The page, a line a row."""
    known = lore(LIBRARY, made.edition.profile.programme)
    return md.write(report(made, lambda _: "", known, found)).splitlines()


@pytest.mark.parametrize("name", DAYS)
def test_verdicts_add_up_and_advantages_are_no_failures(name):
    made, found = outcome(name, energy_level="未达到标杆水平")
    said = page(made, found)
    total = sum(
        item.key in found.findings and item.group not in {"priorities", "removals"} and item.weight != "alternative"
        for item in made.items
    )
    conclusion = next(text for text in said if text.startswith("| 结论 | "))
    assert f"共 {total} 项：" in conclusion
    figures = [
        int(part.split()[1])
        for part in conclusion.partition("共 ")[2].partition("：")[2].partition("。")[0].split("，")
    ]
    assert sum(figures) == total
    assert "不符合" not in {word("priorities", verdict) for verdict in ("met", "not-met")}


ROUTES = [("national@2023", "自评价"), ("jilin@2024", "第三方评价"), ("inner-mongolia@2022", "自评价")]


@pytest.mark.parametrize(("name", "route"), ROUTES)
def test_the_way_of_evaluation_a_source_asks_for_is_judged(name, route):
    _, found = outcome(name, route=route)
    assert found.standing == "may-not"
    _, open_ = outcome(name, route=None)
    assert open_.standing == "open"
    _, sound = outcome(name)
    assert sound.standing in {"may", "open"}


FOCUS = [("park_boundary", "否"), ("park_management", "否"), ("industrial_added_value_share", 40)]


@pytest.mark.parametrize(("fact", "value"), FOCUS)
def test_what_is_asked_as_a_focus_reaches_the_conclusion(fact, value):
    made, found = outcome("guangxi@2024", "park", **{fact: value})
    failed = [item for item in made.items if item.weight == "focus" and found.findings[item.key].verdict == "not-met"]
    assert failed
    assert found.standing in {"doubtful", "open"}
    assert found.standing != "may"


CLASHES = [
    ({"standstill_months": 36}, "not-operating", "36"),
    ({"energy_level": "非重点领域无限额标准", "quota_advanced": "是"}, "priorities.factory.advanced", "非重点领域无限额标准"),
    ({"energy_level": "非重点领域有限额标准", "quota_advanced": "是", "energy_quota_grade": 3}, "priorities.factory.advanced", "3"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "key", "said"), CLASHES)
@pytest.mark.parametrize("name", ["guangxi@2024", "jilin@2024", "national@2023"])
def test_answers_that_contradict_each_other_are_named_and_decide_nothing(name, values, key, said):
    made, found = outcome(name, **values)
    (item,) = [one for one in made.items if one.key.endswith(key)]
    assert found.findings[item.key].verdict == "unknown"
    assert said in found.findings[item.key].reason
    assert any(said in text for text in found.contradictions)
    assert any("前后不一致" in text for text in page(made, found))


INDUSTRIES = [("水泥制造", "2614"), ("炼钢", "3011"), ("卷烟制造", "1711")]


@pytest.mark.parametrize(("named", "code"), INDUSTRIES)
def test_an_industry_beside_the_code_of_another_is_named(named, code):
    _, found = outcome(industry=named, industry_code=code)
    assert any(named in text and code in text for text in found.contradictions)
    assert outcome(industry="水泥制造", industry_code="3011")[1].contradictions == ()


def incident(kind, date, severity="", resolved=None):
    return Incident(kind, dt.date.fromisoformat(date), severity, resolved and dt.date.fromisoformat(resolved))


IDLE = [
    ("jilin@2024", "accident", incident("生产安全事故", "2020-01-01", "major"), "met", "在2021年6月10日之前"),
    ("jilin@2024", "accident", incident("生产安全事故", "2025-01-01", "major"), "met", "在判断日之后"),
    ("inner-mongolia@2022", "accident", incident("生产安全事故", "2021-01-01", "general"), "met", "没有达到"),
    ("guizhou@2024", "accident", incident("环境污染事件", "2023-01-01", "general"), "met", "没有达到"),
    ("guangxi@2024", "energy-inspection", incident("工业节能监察整改", "2023-01-01", "", "2023-06-01"), "met", "已解除或整改完"),
    ("guangxi@2024", "dishonest", incident("失信被执行人", "2019-01-01", "", "2020-02-02"), "met", "已解除或整改完"),
    ("guangxi@2024", "dishonest", incident("失信被执行人", "2019-01-01"), "not-met", "仍然计入"),
    ("national@2023", "dishonest", incident("失信被执行人", "2019-01-01"), "not-met", "仍然计入"),
    ("jilin@2024", "dishonest", incident("失信被执行人", "2019-01-01"), "not-met", "仍然计入"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "key", "entry", "verdict", "said"), IDLE)
def test_a_record_says_why_it_counts_or_does_not(name, key, entry, verdict, said):
    _, found = outcome(name, incidents=(entry,))
    finding = found.findings[f"exclusions.items.{key}"]
    assert (finding.verdict, said in finding.reason) == (verdict, True), finding
    assert day(entry.date) in finding.reason


def test_after_the_last_day_it_says_so():
    made, found = outcome("guangxi@2024", day=dt.date(2024, 6, 1))
    assert found.standing == "late"
    assert "2024年5月31日" in "".join(page(made, found))
    assert outcome("guangxi@2024", day=dt.date(2024, 5, 31))[1].standing != "late"
    assert outcome("guangxi@2024", day=dt.date(2024, 6, 1), operating_normally="否")[1].standing == "may-not"


def test_what_is_not_known_is_not_reported_as_not_met():
    for name in DAYS:
        made, found = outcome(name, legal_entity=None, energy_level=None, green_list_levels=None)
        assert found.standing in {"open", "may"}, name
        assert not found.of(made, "not-met"), name


def test_nobody_is_told_that_they_may_apply():
    assert STANDING_WORDS["may"] == "初步符合"
    assert all("可以申报" not in text for text in STANDING_WORDS.values())


def test_a_group_of_which_one_is_enough_says_which_it_was():
    _, found = outcome("guizhou@2024", "park", province_green_units=3, national_green_units=0, green_units_in_year=0)
    reason = found.findings["conditions.park.units"].reason
    assert reason.startswith("省级绿色制造单位数")


EVERY = [
    (name, key)
    for name in LIBRARY.editions()
    for key in LIBRARY.load(name).profile.offered
    if LIBRARY.load(name).profile.exclusions
]


@pytest.mark.parametrize(("name", "category"), EVERY)
def test_nothing_that_binds_an_applicant_is_left_out(name, category, monkeypatch):
    made = checklist(LIBRARY.load(name), category, {})
    assert left_out(made) == []
    last = next(item for item in reversed(made.items) if item.group == "exclusions")
    assert [p.key for p in left_out(replace(made, items=tuple(i for i in made.items if i is not last)))] == [last.key]
    monkeypatch.delitem(items._RULES, "evaluation")
    monkeypatch.setattr(items, "THEIRS", frozenset())
    told = left_out(checklist(LIBRARY.load(name), category, {}))
    assert told
    assert any(problem.key.startswith("evaluation.") for problem in told)


def test_a_listed_unit_is_told_what_would_take_it_off_the_list():
    entry = incident("拒不填报动态管理表", "2024-04-01")
    made, found = outcome("guizhou@2024", incidents=(entry,))
    assert found.findings["exclusions.items.dynamic-table"].verdict == "not-met"
    assert found.standing != "may-not"
    assert any("移出名单的情形" in text for text in page(made, found))
    for kind in ("材料或数据造假",):
        _, other = outcome("guizhou@2024", incidents=(incident(kind, "2024-04-01"),))
        assert other.findings["exclusions.items.falsified"].verdict == "not-met"


def test_the_page_begins_with_what_it_comes_to_and_what_to_do_next():
    made, found = outcome("guangxi@2024", "park", park_boundary="否", industrial_added_value_share=None)
    said = [text for text in page(made, found) if text.startswith(("申报单位：", "| 结论", "| 不符合", "| 下一步"))]
    who, conclusion, bars, next_ = said
    assert who.startswith("申报单位：")
    assert conclusion.startswith("| 结论")
    assert "边界和范围" in bars
    assert "工业增加值占比" in next_


@pytest.mark.parametrize(("listed", "told"), [(("市级",), True), (("未列入",), False)])
def test_only_who_is_on_a_list_is_told_of_losing_it(listed, told):
    entry = incident("拒不填报动态管理表", "2024-04-01")
    made, found = outcome("guizhou@2024", incidents=(entry,), green_list_levels=listed)
    assert any("有移出名单的情形" in text for text in page(made, found)) == told
