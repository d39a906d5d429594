"""What a profile may say: open values wherever a value may stand, several people, hours, documents, own and inherited."""

import copy
import json
from pathlib import Path

import pytest

from notices.app import report
from notices.app.build import Job, build, jobs
from notices.app.final import assure
from notices.checklist import hints, pages
from notices.checklist.facts import Facts
from notices.checklist.items import checklist
from notices.document.blocks import open_values, text_lines
from notices.errors import NotFoundError, ProblemsError
from notices.forms.catalogue import Catalogue, supplied
from notices.library import Library
from notices.marks import unmarked
from notices.papers.coverage import checked
from notices.profile import Deadline, Pending, yamlfile
from notices.rendering.renderer import Press
from notices.wording import words
from notices.wording.words import forms_of, month_day, parts_of, until

TESTLAND = Path(__file__).with_name("data") / "testland.yaml"
OPEN = {"pending": "还没有定的"}
WHOLE = {
    "channels.platform": {
        "name": "管理平台",
        "url": "https://example.com",
        "column": "专栏",
        "alias": "平台",
        "cite": "二",
    },
    "materials.report": {"name": "评价报告", "by": "city", "form": ["纸质"], "copies": 2, "cite": "二"},
    "duties.use": {"label": "平台", "say": "通过{channel:platform}填报", "cite": "二"},
    "scope.where": {"label": "范围", "say": "{items}的企业", "items": ["甲市"], "when": "本年度", "cite": "一"},
}
"""Facts the sample lacks."""


@pytest.fixture
def changed(workspace):
    """``changed({dotted: value})``: the sample with some values set, and its library."""

    def make(values):
        values = copy.deepcopy(values)
        data = yamlfile.parse(TESTLAND.read_text("utf-8"), "").data
        for dotted, value in values.items():
            at = data
            *way, last = dotted.split("/") if "/" in dotted else dotted.split(".")
            for name in way:
                at = at.setdefault(name, {})
            at[last] = value
        file = workspace / "provinces/testland/2024.yaml"
        file.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
        return Library.at(workspace)

    return make


PRINTED = [
    *(
        "authority.name",
        "papers.notice.title",
        "papers.notice.subtitle",
        "papers.notice.number",
        "papers.notice.issued",
    ),
    *("papers.notice.disclosure", "papers.notice.mark", "papers.notice.addressees", "papers.notice.imprint.issuer"),
    *("papers.notice.imprint.printed", "papers.notice.imprint.copies", "papers.notice.attachment_label"),
    *("actors.city", "references.plan.title", "references.plan.number", "references.plan.part"),
    *("categories.factory.name", "exclusions.subjects", "exclusions.lookback.value", "exclusions.items.accident.say"),
    *(
        "conditions/factory.energy/say",
        "conditions/factory.energy/limit/value",
        "conditions/factory.energy/limit/basis",
    ),
    *("conditions/park.industrial-share/limit/value", "conditions/park.industrial-share/limit/basis"),
    *("conditions/factory.energy/when", "conditions/factory.energy/confirm"),
    *("scope.where.items", "scope.where.when", "scope.where.say"),
    *(
        "deadlines.city-to-province.say",
        "deadlines.city-to-province.date",
        "deadlines.city-to-province.time",
        "deadlines.city-to-province.confirm",
    ),
    *("materials.report.name", "materials.report.form", "materials.report.copies"),
    *("channels.platform.name", "channels.platform.url", "channels.platform.column"),
    *("contacts.office.office", "contacts.office.person", "contacts.office.phone", "contacts.office.fax"),
    *("contacts.office.address", "contacts.office.postcode", "contacts.office.email", "contacts.office.confirm"),
    "attachments.summary.title",
]


@pytest.mark.parametrize("key", PRINTED)
def test_a_value_may_be_open_wherever_it_stands(changed, key):
    values = dict(WHOLE)
    if key == "conditions/factory.energy/say":
        values["conditions/factory.energy/binds"] = []
    if key in {"conditions/factory.energy/limit/basis", "conditions/factory.energy/when"}:
        values |= {"conditions/factory.energy/say": "年综合能源消费量{limit}", "conditions/factory.energy/binds": []}
    if "imprint" in key or key.endswith("copies"):
        values["papers.notice.imprint"] = {"issuer": "厅办公室", "printed": "2024-04-03"}
    library = changed(values | {key: OPEN})
    edition = library.load("testland")
    dotted = key.replace("/", ".")
    assert [name.removesuffix("[0]") for name, _ in edition.profile.pendings()] == [dotted]
    made = checked(library, edition)["notice"]
    text = "".join(text_lines(made.document))
    assert made.document.draft
    assert "【待定：还没有定的】" in text
    assert text == unmarked(text)
    assert "Pending" not in text
    if dotted not in {"papers.notice.mark", "papers.notice.attachment_label"}:  # no spans: drawn, not run on
        assert set(open_values(made.document.blocks)) == {"还没有定的"}
    with pytest.raises(ProblemsError) as caught:
        assure(library, [Job(edition, "notice")])
    assert any(
        problem.key.removesuffix("[0]") == dotted and "还没有定的" in problem.message
        for problem in caught.value.problems
    )


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("id", "要写定"),
        ("year", "要写定"),
        ("authority.level", "要写定"),
        ("deadlines.city-to-province.by", "编号"),
        ("conditions/factory.energy/limit/op", "confirm"),
        ("conditions/factory.energy/strength", "confirm"),
        ("conditions/factory.energy/cite", "条款"),
        ("conditions/factory.energy/label", "清单"),
    ],
)
def test_where_no_value_may_wait_the_message_says_so(changed, key, hint):
    library = changed({key: OPEN})
    with pytest.raises(ProblemsError) as caught:
        library.load("testland")
    found = [problem for problem in caught.value.problems if problem.key.startswith(key.replace("/", "."))]
    assert found[0].message == "这一项不能待定"
    assert hint in found[0].hint
    assert found[0].line


def test_several_people_and_telephones(changed):
    people = [{"person": "张三", "phone": "0771-1234567"}, {"person": "李四", "phone": ["0771-7654321", OPEN]}]
    library = changed({"contacts.office": {"office": "节能处", "people": people, "cite": "附件"}})
    edition = library.load("testland")
    parts = tuple(map(unmarked, parts_of(edition.profile.contacts["office"])))
    assert parts == ("节能处", "张三（0771-1234567）", "李四（0771-7654321、【待定：还没有定的】）")
    assert [key for key, _ in edition.profile.pendings()] == ["contacts.office.people[1].phone[1]"]
    text = "".join(text_lines(checked(library, edition)["notice"].document))
    assert "李四（0771-7654321、【待定：还没有定的】）" in text


def test_one_person_stays_as_it_was(changed):
    contact = changed({}).load("testland").profile.contacts["office"]
    assert parts_of(contact) == ("张三", "0771-1234567")
    assert [(one.person, one.phone) for one in contact.everyone] == [("张三", ("0771-1234567",))]


@pytest.mark.parametrize(
    "contact",
    [
        {"person": "张三", "people": [{"person": "李四"}]},
        {"people": [{"email": "a@example.com"}]},
        {"people": [{"phone": "123"}]},
    ],
)
def test_people_are_written_one_way(changed, contact):
    with pytest.raises(ProblemsError) as caught:
        changed({"contacts.office": contact | {"cite": "附件"}}).load("testland")
    assert caught.value.problems[0].key.startswith("contacts.office")


def test_a_deadline_with_an_hour(changed):
    library = changed({"deadlines.city-to-province.time": "17:30"})
    edition = library.load("testland")
    text = "".join(text_lines(checked(library, edition)["notice"].document))
    assert "于2024年5月31日17:30前" in text


def test_an_hour_of_every_year_and_one_still_open():
    every = Deadline.model_validate({"by": "city", "say": "报送", "annual": "04-15", "time": "09:00"})
    assert until(every) == "每年4月15日09:00前"
    waits = Deadline.model_validate({"by": "city", "say": "报送", "annual": {"pending": "日"}})
    assert unmarked(until(waits)) == "每年【待定：日】前"
    assert unmarked(month_day(Pending(pending="日"))) == "【待定：日】"
    assert tuple(map(unmarked, forms_of(("纸质",), Pending(pending="份数")))) == ("纸质一式【待定：份数】份",)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"time": "25:00"}, "格式不对"),
        ({"time": 1730}, "应是文字"),
        ({"time": "17:30", "date": None, "span": {"value": 7, "unit": "工作日"}}, "不和 span"),
    ],
)
def test_a_wrong_hour_is_told(changed, more, said):
    values = {f"deadlines.city-to-province.{name}": value for name, value in more.items()}
    with pytest.raises(ProblemsError, match=said):
        changed(values).load("testland")


def test_the_hour_is_read_back(changed, monkeypatch):
    library = changed({"deadlines.city-to-province.time": "17:30"})
    edition = library.load("testland")
    own = words.until
    monkeypatch.setattr("notices.wording.speaker.until", lambda item: own(item).replace("17:30", "18:30"))
    with pytest.raises(ProblemsError) as caught:
        checked(library, edition)
    assert {"misread", "unstated"} & {problem.rule for problem in caught.value.problems}


def test_a_platform_without_an_address(changed):
    channel = {key: value for key, value in WHOLE["channels.platform"].items() if key in {"name", "cite"}}
    library = changed(WHOLE | {"channels.platform": channel})
    text = "".join(text_lines(checked(library, library.load("testland"))["notice"].document))
    assert "通过管理平台填报" in text
    assert "（）" not in text


def test_what_belongs_to_an_authority_does_not_pass_to_another(changed, workspace):
    changed(
        {
            "authority": {
                "name": "测试省工业和信息化厅",
                "region": "测试省",
                "level": "省级",
                "office": "节能处",
                "area_codes": ["0771"],
            },
            "deadlines.city-to-province.label": "省级截止",
            "channels.platform": {"name": "测试省平台", "cite": "二"},
            "duties.use": WHOLE["duties.use"],
        }
    )
    other = workspace / "provinces/otherland/2024.yaml"
    other.parent.mkdir()
    other.write_text(
        "id: otherland\nyear: 2024\nextends: testland/2024\n"
        "source: {title: 通知, checked: 2026-11-20}\nduties: {use: null}\n"
        "authority: {name: 别省厅, region: 别省, level: 省级}\n"
        "papers: {notice: {title: 通知, layout: plain}}\n",
        "utf-8",
    )
    profile = Library.at(workspace).load("otherland").profile
    assert (profile.authority.office, profile.authority.area_codes) == (None, ())
    assert profile.papers["notice"].addressees == ()
    assert profile.contacts == {}
    assert profile.channels == {}
    assert profile.deadlines["city-to-province"].label is None
    assert profile.deadlines["city-to-province"].say
    other.write_text(
        "id: otherland\nyear: 2024\nextends: testland/2024\nduties: {use: null}\nsource: {title: 通知, checked: 2026-11-20}\n",
        "utf-8",
    )
    with pytest.raises(ProblemsError) as caught:
        Library.at(workspace).load("otherland")
    assert {problem.key for problem in caught.value.problems} == {"authority", "papers"}
    assert all("不从别的机关继承" in problem.hint for problem in caught.value.problems)
    later = workspace / "provinces/testland/2025.yaml"
    later.write_text("id: testland\nyear: 2025\nextends: testland/2024\n", "utf-8")
    profile = Library.at(workspace).load("testland@2025").profile
    assert profile.authority.office == "节能处"
    assert profile.contacts["office"].person == "张三"
    assert profile.channels["platform"].name == "测试省平台"
    assert profile.deadlines["city-to-province"].label == "省级截止"


def test_an_override_tells_its_own_parts_from_inherited_ones(workspace):
    later = workspace / "provinces/testland/2025.yaml"
    later.write_text(
        "id: testland\nyear: 2025\nextends: testland/2024\n"
        "conditions:\n  factory.energy:\n    limit: {value: 5000}\n    cite: 一\n",
        "utf-8",
    )
    library = Library.at(workspace)
    edition = library.load("testland@2025")
    (fact,) = [one for one in report.facts(library, edition) if one["id"] == "conditions.factory.energy"]
    own = {part["part"]: (part["own"], part["file"], part["line"]) for part in fact["parts"]}
    assert own["limit"] == (True, "provinces/testland/2025.yaml", 6)
    assert own["cite"][0]
    assert own["say"][:2] == (False, "provinces/testland/2024.yaml")
    assert own["say"][2] > 1
    text = report.facts_text(edition, report.facts(library, edition))
    assert "本版写的：limit、cite；继承的：" in text
    first = library.load("testland@2024")
    assert all(part["own"] for one in report.facts(library, first) for part in one["parts"])
    assert "继承的" not in report.facts_text(first, report.facts(library, first))


def test_a_document_the_office_attaches_itself(changed, tmp_path):
    library = changed(
        {
            "attachments/measures": {"title": "管理办法", "kind": "document", "cite": "附件"},
            "attachments/summary/forms": "recommendation-summary",
            "duties.read": {"label": "办法", "say": "执行{attachment:measures}", "cite": "二"},
        }
    )
    edition = library.load("testland")
    text = "\n".join(text_lines(checked(library, edition)["notice"].document))
    assert "2.管理办法" in text
    assert "执行附件2" in text
    assert [sheet.key for sheet in Catalogue(library).sheets(edition)] == ["summary"]
    assert supplied(edition) == (("附件2", "管理办法"),)
    with pytest.raises(NotFoundError, match="另附"):
        Catalogue(library).sheet(edition, "2")
    (made,) = build(Press(library, ("md",)), jobs(library, ["testland"], ["bundle"]), tmp_path / "out")
    assert "附件2《管理办法》由本单位另附" in made.warnings[0].message
    (entry,) = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))["files"].values()
    assert entry["supplied"] == [{"label": "附件2", "title": "管理办法"}]


def test_a_document_has_no_form(changed):
    with pytest.raises(ProblemsError) as caught:
        changed({"attachments.summary.kind": "document", "attachments.summary.forms": "recommendation-summary"}).load(
            "testland"
        )
    assert caught.value.problems[0].key == "attachments.summary.forms"


def test_conditions_that_stand_in_a_document_are_asked(changed):
    rule = {
        "label": "规划条件",
        "for": ["factory"],
        "say": "符合{ref:plan}规定的条件",
        "document": "plan",
        "test": {"fact": "energy_level"},
        "cite": "一",
    }
    edition = changed({"conditions/factory.plan": rule}).load("testland")
    made = checklist(edition, "factory", {})
    (item,) = [one for one in made.items if one.key == "conditions.factory.plan"]
    assert item.question == "对照《测试规划》（测政发〔2023〕9号）逐条核对：是否都符合？"
    met = item.judge(Facts("甲", "", {"energy_level": "是"}))
    assert (met.verdict, met.reason) == ("unknown", item.question)
    assert item.judge(Facts("甲", "", {"energy_level": "否"})).verdict == "not-met"
    lore = hints.lore(Library.at(None), edition.profile.programme)
    shown = pages.report(made, lambda _: "", lore)
    assert any(item.question in cell.text for table in shown.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ({"say": "符合{ref:plan}规定的条件", "document": "nothing"}, "document"),
        ({"say": "符合条件", "document": "plan"}, "say"),
    ],
)
def test_a_document_that_is_not_there_or_not_named_is_told(changed, rule, key):
    with pytest.raises(ProblemsError) as caught:
        changed({"conditions/factory.plan": rule | {"label": "条件", "cite": "一"}}).load("testland")
    (problem,) = caught.value.problems
    assert problem.key == f"conditions.factory.plan.{key}"
    assert problem.line
    assert problem.hint


def test_the_samples_name_is_told(changed):
    with pytest.raises(ProblemsError, match="某某"):
        changed({"authority.name": "某某省工业和信息化厅"}).load("testland")


def test_an_override_that_empties_a_bracket_is_told(workspace, changed):
    changed(
        {
            "exclusions.items.accident.evidence": ["信用中国"],
            "exclusions.items.accident.evidence_role": "decides",
        }
    )
    later = workspace / "provinces/testland/2025.yaml"
    later.write_text(
        "id: testland\nyear: 2025\nextends: testland/2024\n"
        "exclusions:\n  items:\n    accident: {evidence: [], cite: 二}\n",
        "utf-8",
    )
    with pytest.raises(ProblemsError) as caught:
        Library.at(workspace).load("testland@2025")
    (problem,) = [one for one in caught.value.problems if one.rule == "evidence"]
    assert problem.key == "exclusions.items.accident.evidence_role"
    assert problem.line
    assert "evidence" in problem.hint


def test_a_template_that_prints_a_value_beside_its_fact_is_told_once(workspace):
    path = workspace / "templates/testland/notice.md.j2"
    path.parent.mkdir(parents=True)
    text = Library.at(None).template("notice.md.j2").read_text("utf-8")
    wrong = "请{{ deadline(item) }}。\n\n报送时间为{{ day(item.date) }}。"
    path.write_text(text.replace("请{{ deadline(item) }}。", wrong), "utf-8")
    library = Library.at(workspace)
    with pytest.raises(ProblemsError) as caught:
        checked(library, library.load("testland"))
    (problem,) = caught.value.problems
    assert problem.rule == "unfounded"
    assert "报送时间为" in problem.message
    assert problem.hint
