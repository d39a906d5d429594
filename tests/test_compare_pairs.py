"""What belongs together is one row: the pairs a person has read in the five sources, and how they are declared."""

import itertools

import pytest
import yaml
from conftest import ROOT

from notices.compare.concepts import concepts_from
from notices.compare.editions import Sides
from notices.errors import ProblemsError
from notices.library import Library
from notices.profile.yamlfile import parse

EDITIONS = ("national@2023", "guangxi@2024", "jilin@2024", "guizhou@2024", "inner-mongolia@2022")
EXPECTED = yaml.safe_load((ROOT / "tests/data/compare-pairs.yaml").read_text("utf-8"))
DUPLICATE_CONCEPTS = (
    ("management.removal-unfiled", "management.removal-listed"),
    ("management.linkage", "management.filing-guidance"),
    ("duties.upgrading", "duties.training"),
    ("duties.experience", "duties.standards-teaching"),
)


@pytest.fixture(scope="module")
def shelf():
    return Sides(Library.at(None))


@pytest.fixture(scope="module")
def found(shelf):
    sides = shelf.sides(EDITIONS)
    return {
        (left.profile.id, right.profile.id): shelf.diff(left, right) for left, right in itertools.combinations(sides, 2)
    }


def test_rules_of_one_concept_meet_and_no_others(found):
    for (left, right), changes in found.items():
        met = [[c.left.id, c.right.id] for c in changes if c.left and c.right and c.left.id != c.right.id]
        assert sorted(met) == sorted(EXPECTED["met"][f"{left}-{right}"]), (left, right)


def read(pair, key):
    """What a reader of both sources found, for rules of one concept."""
    alike = any(set(pair) <= set(group) for group in EXPECTED["same"].get(key, ()))
    return "same" if alike else EXPECTED["ordered"].get(key, {}).get("-".join(pair), "changed")


def test_every_verdict_is_the_one_a_reader_of_the_sources_gave(found, shelf):
    asked = set()
    for pair, changes in found.items():
        for change in (one for one in changes if one.left and one.right):
            met = shelf.concepts.key(change.left.id) == shelf.concepts.key(change.right.id)
            expected = read(pair, change.id) if met else "changed"
            assert change.verdict == expected, (pair, change.id, change.reason)
            assert change.contested == ("-".join(pair) in EXPECTED["contested"].get(change.id, ())), (pair, change.id)
            asked.add(change.id)
    assert set().union(*(EXPECTED[name] for name in ("same", "ordered", "contested"))) <= asked


def test_no_concept_stands_one_sided_on_both_sides(shelf, found):
    groups = [{near.id, host} for near in shelf.concepts.near if near.holds is None for host in near.within]
    for pair, changes in found.items():
        alone = {verdict: {c.id for c in changes if c.verdict == verdict} for verdict in ("only-left", "only-right")}
        for group in groups:
            assert not (group & alone["only-left"] and group & alone["only-right"]), (pair, group)
        assert not alone["only-left"] & alone["only-right"]


@pytest.mark.parametrize("ids", DUPLICATE_CONCEPTS)
def test_two_rules_are_not_one_for_a_name(found, ids):
    for changes in found.values():
        assert not any(c.left and c.right and {c.left.id, c.right.id} == set(ids) for c in changes)


def told(found, left, right, key):
    return next(change for change in found[left, right] if change.id == key)


def test_what_an_edition_lists_apart_counts_where_the_other_states_it_within(found):
    assert "形式" not in told(found, "guangxi", "jilin", "materials.report").reason, "both ask for paper and a file"
    assert "电子邮箱：gx21308@163.com → " in told(found, "guangxi", "jilin", "contacts.office").reason
    assert told(found, "guangxi", "inner-mongolia", "contacts.submission").verdict == "only-left", "it has no address"
    assert "gx21308" not in told(found, "guangxi", "inner-mongolia", "contacts.office").reason, "that row tells it"


def test_words_alone_are_said_to_be_so(found):
    for pair, key in (("guizhou", "priorities.supply-chain.factories"), ("inner-mongolia", "duties.quality")):
        assert told(found, "jilin", pair, key).wording == "仅表述不同"


@pytest.mark.parametrize(
    ("pair", "key", "verdict", "reason"),
    [
        ("guangxi guizhou", "management.report-accident", "changed", "重大 → 重大及以上"),
        ("guangxi guizhou", "incentives.award", "changed", "国家层面名单 → 国家层面名单、省层面名单"),
        ("jilin guizhou", "review.onsite", "same", ""),
        ("jilin guizhou", "priorities.supply-chain.sectors", "same", ""),
        ("jilin inner-mongolia", "duties.quality", "same", ""),
        ("national guizhou", "references.park-requirements", "changed", "不是同一份文件"),
        ("national jilin", "references.park-requirements", "same", "附件的内容没有比对"),
        ("national guizhou", "exclusions.subjects", "stricter", "含开发区内企业"),
        ("jilin guizhou", "evaluation.route", "looser", "自评价 → 自评价或第三方评价"),
        ("national inner-mongolia", "evaluation.route", "stricter", "自评价和第三方评价"),
        ("national guizhou", "priorities.supply-chain.epr-pilot", "changed", "优先支持"),
        ("national jilin", "exclusions.items.inspection", "changed", "有关部委"),
        (
            "guizhou inner-mongolia",
            "exclusions.items.accident",
            "changed",
            "右边这一条没有写网络安全、数据安全、偷漏税、违法违规行为",
        ),
        ("national guizhou", "deadlines.province-to-ministry", "stricter", "早 36 天，每年的规定出自2024年版"),
        ("national guizhou", "third-party.blacklist", "changed", "通报"),
        ("national inner-mongolia", "scope.supply-chain.selection", "changed", "应当 → 重点"),
        ("guangxi guizhou", "materials.report", "changed", "份数：1份 → 未写"),
        ("national inner-mongolia", "review.experts", "changed", "专家评审等，不能比较宽严（左边没有列举）"),
        ("national jilin", "scope.supply-chain.selection", "changed", "未列举，不能比较宽严（右边没有列举）"),
        ("guangxi guizhou", "management.linkage", "changed", "单列的一边还有政策衔接"),
    ],
)
def test_verdicts_and_reasons_read_in_the_sources(found, pair, key, verdict, reason):
    change = told(found, *pair.split(), key)
    assert change.verdict == verdict, change.reason
    assert reason in change.reason


def test_a_reason_says_nothing_that_a_source_states_otherwise(found):
    for other in ("guizhou", "jilin", "inner-mongolia"):
        route = told(found, "national", other, "evaluation.route")
        assert "由谁" not in route.reason, "the national notice names the enterprise or park, too"
    references = [change for changes in found.values() for change in changes if change.id.startswith("references.")]
    assert not [
        change.id for change in references if any(half and not half.cite for half in (change.left, change.right))
    ]
    assert not [
        change.id for change in references for half in (change.left, change.right) if half and "止" in half.text
    ]


def test_labels_alike_name_their_category(found):
    labels = [
        told(found, "national", "jilin", f"conditions.{of}.legal-entity").label for of in ("factory", "supply-chain")
    ]
    assert labels == ["法人资格（绿色工厂）", "法人资格（绿色供应链管理企业）"]


@pytest.mark.parametrize(
    ("text", "line", "key", "message"),
    [
        ("one:\n  - [a.b, a.c]\n  - [a.d, a.c]\n", 3, "one[1][1]", "编号 a.c 写在两组里，另一组以 a.b 开头"),
        ("near: []\none: a.b\n", 2, "one", "应是列表，实为 a.b"),
        ("near:\n  - {id: a.b}\n", 2, "near[0].in", "缺少必填的键"),
        ("near:\n  - {id: a.b, in: [a.c], hold: 字}\n", 2, "near[0].hold", "不认识的键"),
        ("many: []\n", 1, "many", "不认识的键"),
    ],
)
def test_a_wrong_list_of_concepts_is_refused_with_its_place_in_chinese(text, line, key, message):
    with pytest.raises(ProblemsError) as caught:
        concepts_from(parse(text, "concepts.yaml"), "concepts.yaml")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.key, problem.message) == ("concepts.yaml", line, key, message)
    assert "pending" not in problem.hint, "nothing of a file of ours can wait"


def test_every_declared_id_is_in_some_edition(shelf):
    sides = shelf.sides(shelf.editions)
    known = {key for side in sides for key in side.own} | {key for side in sides for key in side.facts}
    declared = {
        *shelf.concepts.keys,
        *(n.id for n in shelf.concepts.near),
        *(h for n in shelf.concepts.near for h in n.within),
    }
    assert declared <= known
