"""Bad profiles: each mistake gives one clear message at its place, and all of them at once."""

import copy
import re

import pytest
from conftest import ROOT
from pydantic import ValidationError

from notices import programmes
from notices.app import keys
from notices.checks.validation import translated
from notices.errors import ProblemsError
from notices.library import Library
from notices.lints.linting import lint_files
from notices.profile import Programme, facts, values, yamlfile
from notices.profile import model as model_module


def lint(workspace, path):
    return lint_files(Library.at(workspace), [path])


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_sound_profile_has_no_problems(workspace, profile_file):
    assert lint(workspace, profile_file) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("  level: 省级", "  level: 省级\n  colour: 红", "authority.colour", "不认识的键"),
        ("  level: 省级", "  level: 省级\n  level: 市级", "authority.level", "键重复"),
        ("issued: 2024-04-03", "issued: 2024-02-30", "papers.notice.issued", "没有这一天"),
        ("issued: 2024-04-03", "issued: 4月3日", "papers.notice.issued", "日期应写成"),
        ("value: 50", "value: 五十", "conditions.park.industrial-share.limit.value", "应是数字"),
        ("lookback: {value: 3,", "lookback: {value: 0,", "exclusions.lookback.value", "应大于 0"),
        ("lookback: {value: 3,", "lookback: {value: 20240531,", "exclusions.lookback.value", "小于 10000"),
        ("attachments:\n", "materials:\n  form: {name: 表, copies: 10000, cite: 二}\nattachments:\n", "materials.form.copies", "太大"),
        ("year: 2024", "year: 二零二四", "year", "应是整数"),
        ("date: 2024-05-31", "date: 2024-03-31", "deadlines.city-to-province.date", "早于成文日期"),
        ("{attachment:summary}", "{attachment:nothing}", "deadlines.city-to-province.say", "没有指向任何内容"),
        ("{ref:plan}", "{ref:other}", "implements.plan.say", "没有指向任何内容"),
        ("by: city", "by: county", "deadlines.city-to-province.by", "没有编号为 county 的参与方"),
        ("占比{limit}", "占比高", "conditions.park.industrial-share.say", "limit 的值没有写进 say"),
        ("占比{limit}", "占比{limit}{lmit}", "conditions.park.industrial-share.say", "不认识的占位"),
        ("{value}以上（含{value}）\n    binds: [以上]", "不超过{value}\n    binds: [不超过]", "conditions.factory.energy.say", "文字没有体现 >="),
        ("severity: larger, cite: 二}", "severity: larger, evidence: [甲], cite: 二}", "exclusions.items.accident.evidence", "没有 evidence_role"),
        ("占比{limit}", "不得占比{limit}", "conditions.park.industrial-share.say", "say 里的约束词是 不得"),
        ("发生{severity}安全", "发生安全", "exclusions.items.accident.say", "severity 的值没有写进 say"),
        ("phone: 0771-1234567", "phone: 07711234567", "contacts.office.phone", "格式不对"),
        ("number: 测工信〔2024〕1号", "number: 测工信[2024]01号", "papers.notice.number", "格式不对"),
        ("cite: 二\n  items", "cite: 第九节\n  items", "exclusions.cite", "条款写法不对"),
        ("cite: 二\n  items", "cite: 三\n  items", "exclusions.cite", "原文没有条款 三"),
        ("clauses: [引言, 一, 二, 附件]", "clauses: [引言, 一, 二, 三, 附件]", "source.clauses[3]", "没有任何一条事实引用"),
        ("name: 绿色工厂", 'name: "绿色{{工厂}}"', "categories.factory.name", "模板代码"),
        ("name: 绿色工厂", 'name: "绿色\\x0b工厂"', "categories.factory.name", "不能印刷的字符"),
        ("level: 省级", 'level: "   "', "authority.level", "不能为空"),
        ("name: 绿色工厂", 'name: "绿色{factory}工厂"', "categories.factory.name", "花括号"),
        ("占比{limit}", "占比{limit}和{ limit }", "conditions.park.industrial-share.say", "花括号"),
        ("    say: 工业增加值占比{limit}\n", "", "conditions.park.industrial-share", "没有内容"),
        ("number: 测工信〔2024〕1号", "number: 测工信〔2019〕1号", "papers.notice.number", "年份与成文日期"),
        ("printed: 2024-04-03", "printed: 2024-04-01", "papers.notice.imprint.printed", "早于成文日期"),
        ("date: 2024-05-31", "date: 2034-05-31", "deadlines.city-to-province.date", "远在 2024 年度之后"),
        ("name: 绿色工厂", 'name: "绿色\\n工厂"', "categories.factory.name", "换行"),
        ("name: 绿色工厂", 'name: "绿色\\u200b工厂"', "categories.factory.name", "不能印刷的字符"),
        ("severity: larger", "severity: 较大", "exclusions.items.accident.severity", "不能是 较大"),
        ("id: testland", "id: elsewhere", "id", "与文件位置不符"),
        ("year: 2024", "year: 2024\nextends: testland/2024", "extends", "继承绕成了圈"),
        ("year: 2024", "year: 2024\nextends: nowhere/2024", "extends", "找不到要继承的配置"),
        ("date: 2024-05-31", "date: 2024-05-31\n    annual: 05-31", "deadlines.city-to-province", "要写一个"),
        ("    say: 工业增加值占比{limit}", "    strength: principle\n    say: 工业增加值占比{limit}",
         "conditions.park.industrial-share.say", "强度是 principle"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_at_its_place(workspace, profile_file, old, new, key, message):
    edit(profile_file, old, new)
    problems = [p for p in lint(workspace, profile_file) if p.severity == "error"]
    assert [p.key for p in problems] == [key]
    (problem,) = problems
    assert message in problem.message
    assert problem.hint
    line = profile_file.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert key.split(".")[-1].split("[")[0] in line


def test_all_mistakes_of_one_file_at_once(workspace, profile_file):
    edit(profile_file, "issued: 2024-04-03", "issued: 2024-02-30")
    edit(profile_file, "level: 省级", "level: 省级\n  colour: 红")
    edit(profile_file, "value: 50", "value: 五十")
    assert [p.key for p in sorted(lint(workspace, profile_file))] == [
        "authority.colour",
        "papers.notice.issued",
        "conditions.park.industrial-share.limit.value",
    ]


def test_consistency_mistakes_of_one_file_at_once(workspace, profile_file):
    edit(profile_file, "date: 2024-05-31", "date: 2024-03-31")
    edit(profile_file, "by: city", "by: county")
    edit(profile_file, "占比{limit}", "占比高")
    assert len(lint(workspace, profile_file)) == 3


@pytest.mark.parametrize("text", ["面积<90㎡", "A & B"])
def test_angle_brackets_and_ampersands_warn_and_stay(workspace, profile_file, text):
    edit(profile_file, "name: 绿色工厂", f'name: "{text}"')
    (problem,) = lint(workspace, profile_file)
    assert problem.severity == "warning"
    assert "原样印出" in problem.message


def test_to_be_confirmed_takes_the_place_of_a_value(workspace, profile_file):
    edit(profile_file, "number: 测工信〔2024〕1号", "number: {pending: 发文字号}")
    edit(profile_file, "date: 2024-05-31", "date: {pending: 报送日期, was: 2023-05-31}")
    edition = Library.at(workspace).load("testland")
    assert [(key, value.pending) for key, value in edition.profile.pendings()] == [
        ("papers.notice.number", "发文字号"),
        ("deadlines.city-to-province.date", "报送日期"),
    ]
    assert (
        edition.origin("deadlines.city-to-province.date").line
        == profile_file.read_text("utf-8")[: re.search("报送日期", profile_file.read_text("utf-8")).start()].count("\n")
        + 1
    )


def test_a_child_changes_removes_and_remembers(workspace, profile_file):
    child = profile_file.with_name("2025.yaml")
    child.write_text(
        "id: testland\nyear: 2025\nextends: testland/2024\n"
        "papers: {notice: {number: {pending: 发文字号}, issued: {pending: 成文日期}}}\n"
        "conditions:\n  factory.energy: null\n  park.industrial-share: {limit: {value: 60}}\n",
        encoding="utf-8",
    )
    edition = Library.at(workspace).load("testland@2025")
    assert list(edition.profile.conditions) == ["park.industrial-share"]
    limit = edition.profile.conditions["park.industrial-share"].limit
    assert (limit.op, limit.value, limit.unit) == (">", 60, "%")
    assert edition.origin("conditions.park.industrial-share.limit.value").file == "provinces/testland/2025.yaml"
    assert edition.origin("conditions.park.industrial-share.limit.op").file == "provinces/testland/2024.yaml"


def test_remarks_on_one_source_are_not_inherited(workspace, profile_file):
    edit(profile_file, "    cite: 引言\n    imprint", "    note: 网站发布日期\n    cite: 引言\n    imprint")
    assert Library.at(workspace).load("testland@2024").profile.papers["notice"].note == "网站发布日期"
    child = profile_file.with_name("2025.yaml")
    child.write_text(
        "id: testland\nyear: 2025\nextends: testland/2024\npapers: {notice: {issued: 2024-04-02}}\n", "utf-8"
    )
    profile = Library.at(workspace).load("testland@2025").profile
    assert profile.papers["notice"].note is None
    assert profile.source.clauses == ()


def test_relisting_everything_sets_the_order(workspace, profile_file):
    child = profile_file.with_name("2025.yaml")
    head = "id: testland\nyear: 2025\nextends: testland/2024\n"
    child.write_text(head + "categories: {park: {}, factory: {}}\n", encoding="utf-8")
    assert Library.at(workspace).load("testland@2025").profile.offered == ("park", "factory")
    child.write_text(head + "categories: {park: {}}\n", encoding="utf-8")
    assert Library.at(workspace).load("testland@2025").profile.offered == ("factory", "park")


def test_an_attachment_of_a_category_not_offered_renumbers_the_rest(workspace, profile_file):
    edit(
        profile_file,
        "  summary: {title: 推荐汇总表, cite: 附件}",
        "  parks: {title: 园区要求, for: [park], cite: 附件}\n  summary: {title: 推荐汇总表, cite: 附件}",
    )
    profile = Library.at(workspace).load("testland").profile
    assert {key: number for key, (number, _) in profile.attached().items()} == {"parks": "附件1", "summary": "附件2"}
    edit(profile_file, "park: {name: 绿色工业园区,", "park: {name: 绿色工业园区, offered: false,")
    assert {k: n for k, (n, _) in Library.at(workspace).load("testland").profile.attached().items()} == {
        "summary": "附件"
    }


def test_shipped_profiles_have_no_problems(library, editions):
    files = [edition.sources[0] for edition in editions.values()]
    assert lint_files(library, files) == []


def test_no_provincial_fact_rests_silently_on_a_national_clause(editions):
    """A rule its own source does not state may not be printed as the province's."""
    inherited = [
        f"{name}: {key}"
        for name, edition in editions.items()
        for key, fact in edition.profile.facts()
        if fact.cite and edition.origin(f"{key}.cite").file != edition.file
        and edition.origin(f"{key}.cite[0]").file != edition.file
    ]  # fmt: skip
    assert inherited == []


def test_loading_an_unsound_profile_raises(workspace, profile_file):
    edit(profile_file, "year: 2024", "year: 2024\nbad: 1")
    with pytest.raises(ProblemsError, match="不认识的键"):
        Library.at(workspace).load("testland")


BAD = [None, 5, -1, "x", [], {}, True, 1.5, ["x"], {"x": 1}, 10**30]


def test_whatever_is_wrong_is_said_in_chinese(profile_file):
    """A wrong kind of value at every place of a profile: no message of a library's own reaches the reader."""
    tree, said = yamlfile.read(profile_file, "a.yaml"), 0
    kind = programmes.shipped(Library.at(None))
    places = [key for key in tree.origins if key]
    assert len(places) > 50
    for number, place in enumerate(places):
        data = copy.deepcopy(tree.data)
        at = data
        for part in place[:-1]:
            at = at[part]
        at[place[-1]] = BAD[number % len(BAD)]
        try:
            kind.model_validate(data, context=kind.PROGRAMME.known)
        except ValidationError as error:
            for problem in translated(error, tree._replace(data=data), "a.yaml"):
                said += 1
                text = f"{problem.message} {problem.hint}".replace("notices schema", "")
                assert not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text), problem
                assert re.search(r"[\u4e00-\u9fff]", problem.message), problem
    assert said > 30


@pytest.mark.parametrize(
    ("title", "example"),
    list(
        zip(
            (title for title, _ in keys.PARTS),
            keys.examples(Library.at(None), programmes.shipped(Library.at(None)).PROGRAMME),
            strict=True,
        )
    ),
)
def test_every_example_of_the_keys_is_a_sound_profile(workspace, profile_file, title, example):
    """Laid over the sound profile, an example leaves it sound: ``docs/profile.md`` tells nothing that does not work."""
    path = profile_file.with_name("2025.yaml")
    path.write_text(f"id: testland\nyear: 2025\nextends: testland/2024\n{example}\n", "utf-8")
    assert Library.at(workspace).load("testland@2025"), title


def test_the_page_of_keys_is_the_models():
    assert (ROOT / "docs/profile.md").read_text("utf-8") == keys.page(Library.at(None)), (
        "notices profile-keys -o docs/profile.md"
    )
    told = {model for _, model in keys.PARTS}
    kinds = {
        kind
        for module in (facts, model_module, values)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, values.Model)
    }
    assert kinds - told == {values.Model, facts.Fact, facts.Confirmable, Programme}
    assert all(field.description for model in told for field in model.model_fields.values())


def test_an_id_is_one_concept_everywhere(library):
    """A deadline that is handed on says from whom to whom in its id; a province's never stands in the ministry's row."""
    found = [
        (key, item.by, item.to)
        for name in library.editions()
        for key, item in library.load(name).profile.deadlines.items()
        if item.to is not None
    ]
    assert ("province-to-ministry", "province", "ministry") in found
    assert ("city-to-province", "city", "province") in found
    handed = [(key.partition(".")[0], by, to) for key, by, to in found if "-to-" in key]  # .national: for which list
    assert not [key for key, by, to in handed if key != f"{by}-to-{to}"]
    assert {key for key, *_ in found if "-to-" not in key} == {"third-party-return"}


def test_a_copy_of_a_profile_lists_its_own_facts():
    profile = Library.at(None).load("guangxi").profile
    assert "exclusions" in profile.by_id
    assert not [key for key, _ in profile.pendings() if key == "actors.city"]
    waiting = profile.actors | {"city": values.Pending(pending="市级主管部门")}
    changed = profile.model_copy(update={"exclusions": None, "actors": waiting})
    assert "exclusions" not in changed.by_id
    assert "exclusions" not in dict(changed.facts())
    assert "actors.city" in dict(changed.pendings())
    assert "exclusions" in profile.by_id
