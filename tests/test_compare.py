"""Comparing: what equals what, what is stricter, that nothing malformed is compared, and that a diff mirrors."""

import itertools
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest
import yaml
from conftest import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st

from notices import programmes
from notices.compare import diff, order
from notices.compare.editions import Sides
from notices.compare.facets import KINDS
from notices.compare.facts import compared, side_of
from notices.compare.meaning import same_from
from notices.compare.relaxing import problems_of
from notices.compare.spelling import folded
from notices.errors import ProblemsError
from notices.library import Edition, Library
from notices.profile import Limit, yamlfile
from notices.profile.facts import OwnForm
from notices.profile.people import Contact
from notices.profile.values import SEVERITIES, Strength
from notices.profile.yamlfile import Origin
from notices.wording.binding import DUTIES
from notices.wording.describe import Describer

MIRROR = {"stricter": "looser", "only-left": "only-right", "same": "same", "changed": "changed"}
MIRROR |= {mirrored: verdict for verdict, mirrored in MIRROR.items()}


@pytest.fixture(scope="module")
def shelf(library):
    return Sides(library)


@pytest.fixture(scope="module")
def sides(shelf):
    found = shelf.sides(shelf.library.editions())
    assert len(found) >= 5
    return found


def side(data, edition="testland@2024"):
    """An edition from YAML-like data, without what a library checks of a file."""
    file = f"provinces/{edition.replace('@', '/')}.yaml"
    origins = {key: Origin(file, 1, 1) for key in _keys(data, ())}
    return side_of(Edition(programmes.shipped(Library.at(None)).model_validate(data), origins, file, ()))


def one(section, fact, year=2024, **more):
    """An edition with one fact in it, from YAML-like data; only that is compared."""
    data = {
        "id": "testland",
        "year": year,
        "authority": {"name": "测试厅", "region": "测试省", "level": "省级"},
        "source": {"title": "通知", "checked": "2024-01-01"},
        "papers": {"notice": {"title": "通知"}},
        "categories": {},
        "actors": {"city": "各市", "province": "我厅"},
    }
    found = side(data | {section: fact} | more, f"testland@{year}")
    return replace(found, facts={key: entry for key, entry in found.facts.items() if entry.section == section})


def _keys(value, key):
    yield key
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield from _keys(child, (*key, name))


def rule(**fields):
    return one("conditions", {"it": {"say": "工业增加值占比{limit}" if "limit" in fields else "内容", **fields}})


def change(left, right):
    (found,) = diff.diff(left, right)
    return found


def verdict(left, right):
    assert diff.diff(right, left)[0].verdict == MIRROR[change(left, right).verdict]
    return change(left, right).verdict


# what is read


def test_every_fact_of_every_profile_is_read(editions, sides):
    for found in sides:
        profile = editions[found.edition].profile
        sheets = {key for key, fact in profile.facts() if isinstance(fact, OwnForm) and not fact.cite}
        ids = {key for key, _ in profile.facts()} - {"exclusions"} - sheets
        mine = {key for key in found.own if not key.endswith(".removes")}
        assert sheets.isdisjoint(found.own), "what no source states is not compared"
        listed = ("lookback", "subjects", "bars", "open_ended") if profile.exclusions else ()
        assert mine - ids == {f"exclusions.{name}" for name in listed}
        assert ids <= mine


def test_a_fact_reads_as_show_says_it(editions, sides):
    for found in sides:
        describer = Describer(editions[found.edition].profile)
        for key, fact in editions[found.edition].profile.facts():
            if key in found.own:
                assert found.text(found.own[key]) == describer.text(fact), key


def test_a_value_is_given_on_as_the_profile_writes_it(library, sides):
    """Dates, figures, lists: the data of the file, a single text as a list of one."""
    seen = 0
    for found in sides:
        tree = library.tree(library.find(found.edition))[0]
        places = {yamlfile.dotted(place): place for place in tree.origins}
        for key, entry in found.own.items():
            if entry.part:
                continue
            at = tree.data
            for name in places[key]:
                at = at[name]
            for name, value in entry.raw.items():
                assert value in (at[name], [at[name]]), (key, name)
                seen += 1
    assert seen > 1000


def test_a_raw_place_never_reaches_the_reader(shelf, sides):
    for left, right in itertools.permutations(sides, 2):
        for item in shelf.diff(left, right):
            said = [item.label, item.reason, *(half.text for half in (item.left, item.right) if half)]
            assert not re.search(r"\{[a-z]+(:[a-z0-9.-]+)?\}", "".join(said)), item.id


class Extended(Contact):
    """A contact as a later model may have it."""

    hours: str | None = None


def test_every_field_that_is_shown_is_compared():
    """One the model gets later is compared plainly until somebody says how."""
    assert set(DUTIES) == set(get_args(Strength))
    for kind, (_, done) in KINDS.items():
        assert done <= set(kind.model_fields), kind
    assert "hours" in compared(Extended)
    a, b = one("contacts", {"it": {"phone": "0771-8095256"}}), one("contacts", {"it": {"phone": "0771-8095257"}})
    assert change(a, b).reason == "电话：0771-8095256 → 0771-8095257"


MALFORMED = (
    ("limit.value", "abc"),
    ("limit.op", "≥"),
    ("limit.extra", "1"),
    ("limit", "50%"),
    ("strength", "shall"),
    ("for", ["factory", "yard"]),
    ("unknown", "1"),
    ("say", "占比"),  # the limit would not be said
    ("when", "{ref:nowhere}的"),
)


@pytest.mark.parametrize(("key", "value"), MALFORMED)
def test_what_lint_refuses_is_never_compared(key, value, workspace, profile_file):
    """Everything wrong with an edition is told as lint tells it, with its place."""
    spoilt(profile_file, f"conditions.park.industrial-share.{key}", value)
    with pytest.raises(ProblemsError) as error:
        Sides(Library.at(workspace)).sides(["testland"])
    assert {problem.file for problem in error.value.problems} == {"provinces/testland/2024.yaml"}
    errors = [problem for problem in error.value.problems if problem.severity == "error"]
    assert errors
    assert all(problem.key.startswith("conditions.park.industrial-share") and problem.line > 1 for problem in errors)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("deadlines.city-to-province.date", "2024-02-30"),
        ("deadlines.city-to-province.date", {"pending": "日期", "whom": "x"}),
        ("deadlines.city-to-province.annual", "04-15"),
        ("exclusions.lookback", "三年"),
    ],
)
def test_malformed_dates_and_heads_are_reported(key, value, workspace, profile_file):
    spoilt(profile_file, key, value)
    with pytest.raises(ProblemsError) as error:
        Sides(Library.at(workspace)).sides(["testland"])
    assert error.value.problems[0].key.startswith(key.rpartition(".")[0] or key)


def spoilt(path, dotted, value):
    """A profile with one value written over."""
    tree = yamlfile.read(path, "t.yaml")
    section, *rest = dotted.split(".")
    at = tree.data[section]
    while rest:
        name = next(name for n in range(len(rest), 0, -1) if (name := ".".join(rest[:n])) in at or n == len(rest) == 1)
        rest = rest[name.count(".") + 1 :]
        if not rest:
            at[name] = value
            break
        at = at[name]
    path.write_text(yaml.safe_dump(tree.data, allow_unicode=True, sort_keys=False), "utf-8")


def test_problems_of_both_sides_come_at_once(workspace, profile_file):
    text = profile_file.read_text("utf-8").replace("severity: larger", "severity: huge")
    profile_file.write_text(text, "utf-8")
    other = profile_file.parent.with_name("otherland")
    other.mkdir()
    bad = text.replace("id: testland", "id: otherland").replace("date: 2024-05-31", "date: 2024-05-32")
    (other / "2024.yaml").write_text(bad, "utf-8")
    with pytest.raises(ProblemsError) as error:
        Sides(Library.at(workspace)).sides(["testland", "otherland"])
    assert {problem.file for problem in error.value.problems} == {
        "provinces/testland/2024.yaml",
        "provinces/otherland/2024.yaml",
    }


# the diff as a whole


def test_an_edition_compared_with_itself_is_the_same_throughout(shelf, sides):
    for edition in sides:
        found = shelf.diff(edition, edition)
        assert len(found) == len(edition.facts) >= 15
        assert {(item.verdict, item.wording) for item in found} == {("same", "")}


def test_a_diff_mirrors(shelf, sides):
    for left, right in itertools.combinations(sides, 2):
        there = {item.id: item for item in shelf.diff(left, right)}
        back = {item.id: item for item in shelf.diff(right, left)}
        assert there.keys() == back.keys()
        for key, item in there.items():
            mirrored = back[key]
            assert mirrored.verdict == MIRROR[item.verdict], key
            assert (mirrored.left, mirrored.right) == (item.right, item.left), key
            assert bool(mirrored.wording) == bool(item.wording), key


def test_the_right_side_of_a_diff_is_the_right_edition(shelf, sides):
    for left, right in itertools.permutations(sides, 2):
        told = {change.right.id: change.right.value for change in shelf.diff(left, right) if change.right}
        assert told == {key: fact.raw for key, fact in right.own.items()}


def test_pairs_are_made_by_id_never_by_position():
    a = one("conditions", {"a": {"say": "甲"}, "b": {"say": "乙"}})
    b = one("conditions", {"b": {"say": "乙"}, "a": {"say": "甲"}})
    assert [(item.id, item.verdict) for item in diff.diff(a, b)] == [
        ("conditions.a", "same"),
        ("conditions.b", "same"),
    ]


# spelling

_TWICE = {
    "三年": "3年",
    "50%": "50％",
    "（": "(",
    "）": ")",
    "，": ", ",
    "〔": "[",
    "〕": "]",
    "—": "-",
    "“": "「",
    "”": "」",
    "1级": "１级",
}


def _respelled(value, key=""):
    if isinstance(value, dict):
        return {name: _respelled(child, name) for name, child in value.items()}
    if isinstance(value, list):
        return [_respelled(child, key) for child in value]
    if not isinstance(value, str) or key not in {
        "say",
        "when",
        "name",
        "title",
        "items",
        "bars",
        "subjects",
        "office",
        "number",
    }:
        return value
    parts = re.split(r"(\{[^{}]*\})", value)
    for old, new in _TWICE.items():
        parts = [part if part.startswith("{") else part.replace(old, new) for part in parts]
    return "".join(parts)


def test_another_spelling_of_a_whole_edition_changes_nothing(library):
    spelled = 0
    for name in library.editions():
        data = library.tree(library.find(name))[0].data
        papers = {"papers": data["papers"]}  # the model takes one spelling of a document's number alone
        left, right = side(data, name), side(_respelled(data) | papers, name)
        wrong = [(item.id, item.reason) for item in diff.diff(left, right) if item.verdict != "same"]
        assert wrong == []
        spelled += sum(left.facts[key].raw != right.facts[key].raw for key in left.facts)
    assert spelled > 100


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("近三年", "近3年"),
        ("50%", "50％"),
        ("50%", "百分之五十"),
        ("GB/T 36132-2018", "GB/T36132—2018"),
        ("工信部节〔2024〕13号", "工信部节[2024]13号"),
        ("十二个月", "12个月"),
        ("3000吨", "3,000吨"),
        ("三万吨", "3万吨"),
        ("二十五家", "25家"),
        ("0.50%", "0.5%"),
        ("企业（园区）", "企业(园区)"),
        ("一式两份", "一式2份"),
        ("绿色 工厂", "绿色工厂"),
    ],
)
def test_two_spellings_are_one(left, right):
    assert folded(left) == folded(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("超过50%", "50%以上"),
        ("原则上应达到", "应达到"),
        ("参照标准", "按照标准"),
        ("15%", "50%"),
        ("三年", "四年"),
        ("100%", "10%"),
    ],
)
def test_what_differs_in_law_stays_apart(left, right):
    assert folded(left) != folded(right)
    if "%" not in left and "年" not in left:
        assert verdict(rule(say=left), rule(say=right)) != "same" or "原则上" in left


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("按照行业标准要求评价", "按行业标准的要求开展评价"),
        ("组织基础好、代表性强、示范作用大", "组织基础好、示范作用大、代表性强"),
        ("应当提交评价报告", "要提交评价报告"),
        ("具备统一管理机构", "具有统一管理机构"),
        ("征求市场监管部门意见", "征求市场监督部门意见"),
        ("为省级以上（含）工业园区", "为省级及以上工业园区"),
    ],
)
def test_the_same_rule_in_other_words_is_told_apart_from_a_change(left, right):
    found = change(rule(say=left), rule(say=right))
    assert (found.verdict, found.reason) == ("same", "")
    assert found.wording


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("参照标准评价", "按照标准评价"),
        ("绿色工厂数量多", "绿色工厂数量多、占比高"),
        ("有关部门督查", "有关部委督查"),
        ("可提交报告", "提交报告"),
        ("不得提交报告", "提交报告"),
        ("供应商达标", "供商达标"),
        ("主要指标达标", "主指标达标"),
        ("要求达标", "求达标"),
    ],
)
def test_words_that_state_something_else_are_a_change(left, right):
    assert verdict(rule(say=left), rule(say=right)) == "changed"


def test_a_person_may_say_that_two_phrases_are_one_rule():
    a, b = rule(say="企业被列为失信被执行人"), rule(say="失信被执行人")
    same = same_from(yamlfile.parse("conditions.it: [[失信 被执行人, 企业被列为失信被执行人]]", "same.yaml"))
    assert diff.diff(a, b)[0].verdict == "changed"
    assert diff.diff(a, b, same)[0].verdict == "same"
    with pytest.raises(ProblemsError, match="不是成组的文字") as caught:
        same_from(yamlfile.parse("a.b:\n  - [甲, 乙]\nconditions.it: [失信被执行人]\n", "same.yaml"))
    assert [(one.line, one.key) for one in caught.value.problems] == [(3, "conditions.it")]


# order

OPS = st.sampled_from([">", ">=", "<", "<="])
HALVES = st.integers(-6, 6).map(lambda n: Decimal(n) / 2)


def _admits(value, op, bound):
    return {">": value > bound, ">=": value >= bound, "<": value < bound, "<=": value <= bound}[op]


def bounded(op, value, unit):
    return Limit(fact="f", op=op, value=value, unit=unit)


@given(OPS, HALVES, OPS, HALVES)
def test_a_stricter_limit_admits_fewer(op, value, other_op, other):
    left, right = bounded(op, value, "%"), bounded(other_op, other, "%")
    found = order.limit(left, right, ordered=True, trigger=False)
    points = [Decimal(n) / 4 for n in range(-16, 17)]
    here = {p for p in points if _admits(p, op, value)}
    there = {p for p in points if _admits(p, other_op, other)}
    expected = None if here == there else "stricter" if there < here else "looser" if here < there else "changed"
    assert (found.verdict if found else None) == expected


@given(OPS, st.integers(1, 8), OPS, st.integers(1, 8))
def test_things_that_are_counted_compare_as_whole_numbers(op, value, other_op, other):
    left, right = bounded(op, Decimal(value), "人"), bounded(other_op, Decimal(other), "人")
    found = order.limit(left, right, ordered=True, trigger=False)
    here, there = ({n for n in range(-3, 14) if _admits(n, a.op, a.value)} for a in (left, right))
    expected = None if here == there else "stricter" if there < here else "looser" if here < there else "changed"
    assert (found.verdict if found else None) == expected


LIMIT = {"fact": "f", "op": ">=", "value": 50, "unit": "%"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"limit": LIMIT | {"value": 60}}, "stricter"),
        ({"limit": LIMIT | {"op": ">"}}, "stricter"),
        ({"limit": LIMIT | {"value": "50.0"}}, "same"),
        ({"limit": LIMIT | {"value": 49, "op": ">"}}, "looser"),
        ({"limit": LIMIT | {"op": "<="}}, "changed"),
        ({"limit": LIMIT | {"op": "=="}}, "changed"),
        ({"limit": LIMIT | {"unit": "项"}}, "changed"),
        ({"limit": LIMIT | {"fact": "g", "value": 60}}, "changed"),
        ({"limit": LIMIT | {"basis": "当量值"}}, "changed"),
        ({"limit": LIMIT | {"value": {"pending": "比例"}}}, "changed"),
        ({"limit": LIMIT | {"value": 60}, "for": ["factory"]}, "changed"),
        ({"limit": LIMIT | {"value": 60}, "level": "national"}, "changed"),
        ({"limit": LIMIT | {"value": 60}, "strength": "principle", "say": "原则上工业增加值占比{limit}"}, "changed"),
        ({"limit": LIMIT | {"value": 40}, "strength": "principle", "say": "原则上工业增加值占比{limit}"}, "looser"),
        ({"limit": LIMIT | {"value": 60}, "say": "总产值占比{limit}"}, "changed"),
        ({"limit": LIMIT, "say": "工业增加值占比达到{value}"}, "same"),
    ],
)
def test_rules_with_limits(fields, expected):
    assert verdict(rule(limit=LIMIT), rule(**fields)) == expected


def test_a_figure_that_says_whom_a_rule_concerns_is_not_ordered():
    say = "年综合能源消费量{value}以上（含{value}）的企业，应开展认证"
    low, high = (rule(say=say, limit=LIMIT | {"value": value, "unit": "吨标准煤"}) for value in (3000, 5000))
    assert verdict(low, high) == "changed"
    flat = "年综合能源消费量{value}以上（含{value}）"
    low, high = (rule(say=flat, limit=LIMIT | {"value": value, "unit": "吨标准煤"}) for value in (3000, 5000))
    assert verdict(low, high) == "stricter"
    marked = (rule(say=flat, limit=LIMIT | {"value": n}, test={"concerns": True}) for n in (1, 2))
    assert verdict(*marked) == "changed"


@pytest.mark.parametrize("section", ["priorities", "incentives", "aims", "definitions"])
def test_purposes_and_benefits_are_never_stricter(section):
    a, b = (one(section, {"it": {"say": "占比{limit}", "limit": LIMIT | {"value": value}}}) for value in (50, 60))
    assert verdict(a, b) == "changed"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("must", "principle", "looser"),
        ("may", "encourage", "stricter"),
        ("prefer", "focus", "changed"),
        ("must", "does", "changed"),
        ("encourage", "must", "stricter"),
    ],
)
def test_strengths(left, right, expected):
    assert verdict(rule(strength=left), rule(strength=right)) == expected


def test_required_things_listed():
    def listed(items, **more):
        return rule(say="配备{items}", items=items, **more)

    assert verdict(listed(["甲"]), listed(["甲", "乙"])) == "stricter"
    assert verdict(listed(["甲", "乙"]), listed(["乙", "甲"])) == "same"
    assert verdict(listed(["甲"]), listed(["乙"])) == "changed"
    assert verdict(listed(["甲"], open_ended=True), listed(["甲", "乙"], open_ended=True)) == "changed"
    assert verdict(listed(["甲"]), listed(["甲"], open_ended=True)) == "changed"
    either = [rule(say="符合{items}之一", items=items) for items in (["甲"], ["甲", "乙"])]
    assert verdict(*either) == "changed"


def excluded(**fields):
    head = {"subjects": "企业或园区", "lookback": {"value": 3, "unit": "年"}, "bars": "申报"}
    return one("exclusions", head | {"items": {"it": {"say": "发生{severity}事故的", **fields}}})


@given(st.sampled_from(SEVERITIES), st.sampled_from(SEVERITIES))
def test_a_wider_exclusion_is_stricter(left, right):
    found = {item.id: item.verdict for item in diff.diff(excluded(severity=left), excluded(severity=right))}
    ways = {0: "same", 1: "stricter", -1: "looser"}
    a, b = SEVERITIES.index(left), SEVERITIES.index(right)
    assert found["exclusions.items.it"] == ways[(a > b) - (a < b)]


def test_a_longer_time_before_one_is_excluded_is_looser():
    def stopped(months):
        return excluded(say="连续停产{span}的", span={"value": months, "unit": "个月", "op": ">="})

    def of(left, right):
        return {item.id: item.verdict for item in diff.diff(left, right)}["exclusions.items.it"]

    assert of(stopped(12), stopped(24)) == "looser"
    assert of(stopped(24), stopped(12)) == "stricter"
    assert of(stopped(12), excluded(say="连续停产的")) == "changed"


def test_a_longer_ban_is_stricter_and_other_lengths_are_not_ordered():
    def banned(years, say="{years}内不予采信"):
        return one("third-party", {"it": {"say": say, "span": {"value": years, "unit": "年"}}})

    assert verdict(banned(3), banned(5)) == "stricter"
    assert verdict(banned(3, "每{years}一复核"), banned(5, "每{years}一复核")) == "changed"


@pytest.mark.parametrize(
    ("fields", "key", "expected"),
    [
        ({"lookback": {"value": 5, "unit": "年"}}, "lookback", "stricter"),
        ({"lookback": {"value": 36, "unit": "个月"}}, "lookback", "same"),
        ({"lookback": {"value": 2, "unit": "年"}}, "lookback", "looser"),
        ({"lookback": {"value": {"pending": "年限"}, "unit": "年"}}, "lookback", "changed"),
        ({"subjects": "企业或园区（含园区内企业）"}, "subjects", "stricter"),
        ({"subjects": "企业"}, "subjects", "changed"),
        ({"bars": ["申报", "推荐"]}, "bars", "stricter"),
        ({"bars": "申请"}, "bars", "same"),
        ({"bars": "推荐"}, "bars", "changed"),
    ],
)
def test_heads_of_the_negative_list(fields, key, expected):
    head = {"subjects": "企业或园区", "lookback": {"value": 3, "unit": "年"}, "bars": "申报", "items": {}}
    found = {item.id: item.verdict for item in diff.diff(one("exclusions", head), one("exclusions", head | fields))}
    assert found.pop(f"exclusions.{key}") == expected
    assert set(found.values()) == {"same"}
    assert len(found) == 3


def due(year=2024, **fields):
    return one("deadlines", {"it": {"by": "city", "to": "province", "say": "报送材料", **fields}}, year)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"date": "2024-05-31"}, {"date": "2024-05-20"}, "stricter"),
        ({"date": "2024-05-31"}, {"date": "2024-06-10"}, "looser"),
        ({"date": "2024-05-31"}, {"date": "2025-05-20"}, "changed"),
        ({"date": "2024-05-31"}, {"date": "2025-05-31"}, "changed"),
        ({"annual": "04-15"}, {"annual": "04-01"}, "stricter"),
        ({"annual": "04-15"}, {"date": "2024-04-15"}, "same"),
        ({"annual": "04-15"}, {"date": "2024-04-10"}, "stricter"),
        ({"annual": "04-15"}, {"date": "2023-04-20"}, "looser"),
        ({"annual": "04-15"}, {"span": {"value": 20, "unit": "日"}}, "changed"),
        ({"date": "2024-05-31"}, {"date": {"pending": "日期"}}, "changed"),
        ({"date": {"pending": "日期"}}, {"date": {"pending": "日期"}}, "same"),
        ({"date": "2024-05-31"}, {"date": "2024-05-20", "by": "province"}, "stricter"),
        ({"span": {"value": 20, "unit": "日"}}, {"span": {"value": 10, "unit": "日"}}, "stricter"),
        ({"span": {"value": 20, "unit": "日"}}, {"span": {"value": 10, "unit": "工作日"}}, "changed"),
        (
            {"span": {"value": 7, "unit": "工作日", "op": ">="}},
            {"span": {"value": 5, "unit": "工作日", "op": ">="}},
            "looser",
        ),
    ],
)
def test_deadlines(left, right, expected):
    assert verdict(due(**left), due(**right)) == expected


def test_both_to_be_confirmed_is_said():
    found = change(due(date={"pending": "日期"}), due(date={"pending": "日期"}))
    assert "待定" in found.reason


def test_copies_and_forms():
    def material(**fields):
        return one("materials", {"it": {"name": "报告", **fields}})

    assert verdict(material(copies=1), material(copies=3)) == "stricter"
    assert verdict(material(copies=1), material()) == "changed"
    assert verdict(material(form=["电子"]), material(form=["纸质", "电子"])) == "stricter"
    assert verdict(material(form=["纸质材料"]), material(form=["纸质"])) == "same"
    assert verdict(material(copies=2, form=["纸质", "电子"]), material(copies=3, form=["电子"])) == "changed"


def test_proofs_of_evaluation():
    def offer(evidence):
        return one("categories", {"factory": {"name": "绿色工厂", "evidence": evidence}})

    assert verdict(offer("either"), offer("both")) == "stricter"
    assert verdict(offer("third-party"), offer("either")) == "looser"
    assert verdict(offer("third-party"), offer("self")) == "changed"


@given(st.sampled_from(["limit", "strength", "for", "level", "when", "items"]), st.data())
def test_any_two_rules_mirror(key, data):
    values = {
        "limit": st.builds(lambda op, n: {**LIMIT, "op": op, "value": n}, OPS, st.integers(0, 3)),
        "strength": st.sampled_from(["must", "principle", "prefer", "encourage", "may", "focus", "does"]),
        "for": st.lists(st.sampled_from(["factory", "park"]), unique=True, min_size=1),
        "level": st.sampled_from(["national", "province", "city"]),
        "when": st.sampled_from(["甲", "乙", "丙的"]),
        "items": st.lists(st.sampled_from(["甲", "乙", "丙"]), unique=True, min_size=1),
    }
    say = "配备{items}，占比{limit}"
    base = {"say": say, "limit": LIMIT, "items": ["甲"]}
    left, right = (
        rule(**base | {key: data.draw(values[key])} | {"strength": data.draw(values["strength"])}) for _ in "ab"
    )
    assert verdict(left, left) == "same"
    found = verdict(left, right)
    assume(left.facts["conditions.it"].raw != right.facts["conditions.it"].raw)
    assert found in {"same", "changed", "stricter", "looser"}


def test_an_exclusion_of_one_side_says_what_it_means():
    head = {"subjects": "企业", "lookback": {"value": 3, "unit": "年"}, "bars": "申报"}
    a = one("exclusions", head | {"items": {}})
    b = one("exclusions", head | {"items": {"it": {"say": "失信被执行人"}}})
    found = diff.diff(a, b)[-1]
    assert (found.verdict, found.left) == ("only-right", None)
    assert "多列一种不得申报的情形" in found.reason
    back = diff.diff(b, a)[-1]
    assert back.verdict == "only-left"
    assert "严" not in back.reason, "another item may bar the same"


# the national line


def _province(workspace, exclusion):
    folder = workspace / "provinces" / "otherland"
    folder.mkdir()
    head = "id: otherland\nyear: 2024\nextends: national@2023\nauthority: {name: 其他省工业和信息化厅, region: 其他省, level: 省级}\n"
    head += "source: {title: 通知, checked: 2024-01-02}\npapers: {notice: {title: 通知, layout: plain}}\nactors: {province: 我厅}\n"
    path = folder / "2024.yaml"
    path.write_text(f"{head}exclusions:\n  items:\n    accident: {{{exclusion}}}\n", "utf-8")
    return path


def loaded(workspace, path):
    library = Library.at(workspace)
    return library, library.read(path)


def test_lint_asks_what_relaxes_a_national_rule_for_its_source(workspace):
    path = _province(workspace, "severity: major, cite: 二")
    (problem,) = problems_of(*loaded(workspace, path))
    assert (problem.key, problem.severity, problem.line) == ("exclusions.items.accident.relaxes", "warning", 10)
    assert "不分等级 → 重大及以上" in problem.message
    path.write_text(path.read_text("utf-8").replace("major,", "major, relaxes: 依据某某文件,"), "utf-8")
    assert problems_of(*loaded(workspace, path)) == []
    path.write_text(path.read_text("utf-8").replace("major,", "any,"), "utf-8")
    (idle,) = problems_of(*loaded(workspace, path))
    assert "没有放宽" in idle.message


def test_the_shipped_profiles_state_what_they_relax(library):
    relaxed = {name: Sides(library).relaxed(*Sides(library).sides([name])) for name in library.editions()}
    assert sum(map(len, relaxed.values())) >= 1
    assert [p for name in library.editions() for p in problems_of(library, library.load(name))] == []


def of(found, **changes):
    return replace(found, profile=found.profile.model_copy(update=changes))


def test_the_line_is_what_a_profile_answers_else_the_newest_not_younger(shelf, sides):
    by_name = {found.edition: found for found in sides}
    assert shelf.line(by_name["national@2023"]) is None
    assert shelf.line(by_name["guangxi@2024"]).edition == "national@2023"
    assert shelf.line(of(by_name["guangxi@2024"], extends=None, answers=None)).edition == "national@2023"
    assert shelf.line(by_name["guizhou@2024"]).edition == "national@2024", "the measures its clauses rest on"
    assert shelf.line(by_name["inner-mongolia@2022"]).edition == "national@2023"
    assert shelf.relaxed(by_name["inner-mongolia@2022"]) == {}, "an older edition relaxes nothing that came later"


def test_among_national_editions_the_newest_not_younger_is_the_line(workspace):
    for year in (2020, 2021, 2026):
        path = workspace / "provinces" / "national" / f"{year}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            (workspace / "provinces/testland/2024.yaml")
            .read_text("utf-8")
            .replace("testland", "national")
            .replace("2024", str(year)),
            "utf-8",
        )
    shutil.copytree(ROOT / "templates", workspace / "templates", dirs_exist_ok=True)
    shelf = Sides(Library((workspace,)))
    (found,) = shelf.sides(["testland"])
    assert shelf.line(found).edition == "national@2021"
    assert shelf.line(of(found, year=2019)).edition == "national@2020"
    assert shelf.line(of(found, answers="national@2026")).edition == "national@2026"
