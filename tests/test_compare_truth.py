"""Known differences of the five sources, each read in both texts: the comparison finds every one with its verdict."""

import re

import pytest

from notices.compare.editions import Sides

# left, right, id, verdict of the right seen from the left, what the reason must say
KNOWN = (
    # 负面清单：等级、记录、对象、事项、期限、列举
    ("guizhou", "inner-mongolia", "exclusions.items.accident", "changed", "重大及以上 → 较大及以上，从严"),
    ("guizhou", "guangxi", "exclusions.items.accident", "stricter", "重大及以上 → 不分等级"),
    ("guangxi", "inner-mongolia", "exclusions.items.accident", "looser", "不分等级 → 较大及以上"),
    ("national", "guizhou", "exclusions.items.accident", "looser", "不分等级 → 重大及以上"),
    ("jilin", "guizhou", "exclusions.items.accident", "looser", "不分等级 → 重大及以上"),
    ("national", "guangxi", "exclusions.items.accident", "same", ""),
    ("national", "jilin", "exclusions.items.accident", "changed", "以…为准 → 参照…"),
    ("guangxi", "jilin", "exclusions.items.accident", "changed", "以…为准 → 参照…"),
    ("national", "guangxi", "exclusions.lookback", "same", ""),
    ("guangxi", "inner-mongolia", "exclusions.lookback", "same", ""),
    ("jilin", "guizhou", "exclusions.lookback", "same", ""),
    ("national", "jilin", "exclusions.subjects", "stricter", "含园区内企业"),
    ("jilin", "inner-mongolia", "exclusions.subjects", "changed", "单位"),
    ("jilin", "guizhou", "exclusions.subjects", "same", ""),
    ("jilin", "guizhou", "exclusions.bars", "stricter", "申请、推荐、列入"),
    ("national", "jilin", "exclusions.bars", "same", ""),
    ("national", "guangxi", "exclusions.bars", "changed", "不得推荐"),
    ("national", "jilin", "exclusions.items.not-operating", "changed", "12个月"),
    ("jilin", "guizhou", "exclusions.items.not-operating", "same", ""),
    ("guangxi", "inner-mongolia", "exclusions.items.not-operating", "same", ""),
    ("national", "inner-mongolia", "exclusions.items.penalty-unrectified", "changed", "较宽"),
    ("guizhou", "inner-mongolia", "exclusions.items.penalty-unrectified", "changed", "较宽"),
    ("national", "guizhou", "exclusions.items.dynamic-table", "only-right", "移出名单"),
    ("national", "guizhou", "exclusions.items.falsified", "only-right", "移出名单"),
    ("national", "guizhou", "exclusions.items.accident.removes", "only-right", "移出名单"),
    ("jilin", "inner-mongolia", "exclusions.items.inspection", "changed", "中央环保督查"),
    ("national", "guangxi", "exclusions.items.inspection", "same", ""),
    ("guangxi", "inner-mongolia", "exclusions.items.energy-inspection", "same", ""),
    ("national", "guizhou", "exclusions.items.energy-inspection", "same", ""),
    ("national", "jilin", "exclusions.items.dishonest", "same", ""),
    ("national", "jilin", "exclusions.open_ended", "changed", "是 → 否"),
    # 条件和门槛
    ("guangxi", "inner-mongolia", "conditions.park.industrial-share", "looser", "超过50% → 不低于50%"),
    ("inner-mongolia", "jilin", "conditions.park.industrial-share", "stricter", "不低于50% → 超过50%"),
    ("national", "jilin", "conditions.park.industrial-share", "same", ""),
    ("national", "guizhou", "conditions.park.industrial-share", "same", ""),
    ("national", "guangxi", "conditions.park.industrial-share", "changed", "两种读法"),
    ("national", "guizhou", "conditions.park.rank", "same", ""),
    ("guangxi", "inner-mongolia", "conditions.park.rank", "only-left", "只有左边"),
    ("guangxi", "inner-mongolia", "conditions.park.function", "changed", "主导产业"),
    ("guangxi", "jilin", "conditions.factory.legal-entity", "only-right", "只有右边"),
    ("jilin", "guizhou", "conditions.factory.legal-entity", "same", ""),
    ("national", "guizhou", "conditions.factory.energy-system-certificate", "only-right", "只有右边"),
    ("national", "inner-mongolia", "conditions.factory.outdated-equipment", "only-right", "只有右边"),
    ("jilin", "guizhou", "conditions.park.units.province", "only-right", "只有右边"),
    # 类别和评价
    ("national", "jilin", "categories.factory", "changed", "第三方评价 → 自评价"),
    ("national", "guizhou", "categories.factory", "looser", "自评价或第三方评价"),
    ("guizhou", "inner-mongolia", "categories.park", "stricter", "自评价和第三方评价"),
    ("national", "inner-mongolia", "categories.product", "only-right", "只有右边"),
    ("national", "jilin", "evaluation.factory.general-standard", "changed", "参照"),
    ("national", "jilin", "evaluation.factory.sector-standard", "same", ""),
    ("national", "guangxi", "evaluation.park.requirements", "changed", "参照"),
    # 优先、层级；同一内容一边是优先、一边是条件的，互相指明
    ("national", "guizhou", "priorities.factory.benchmark", "changed", "优先 → 原则上"),
    ("guangxi", "guizhou", "priorities.factory.advanced", "changed", "优先 → 原则上"),
    ("national", "jilin", "priorities.park.factories", "changed", "占比高"),
    ("national", "jilin", "priorities.factory.advanced", "changed", "1级"),
    ("national", "guangxi", "priorities.factory.benchmark", "same", ""),
    ("guangxi", "jilin", "priorities.supply-chain.factories", "same", ""),
    ("guangxi", "jilin", "priorities.park.low-carbon-pilot", "only-left", "只有左边"),
    ("guangxi", "jilin", "priorities.diagnosis", "only-right", "只有右边"),
    ("national", "guizhou", "levels.listed-in-province", "same", ""),
    ("national", "inner-mongolia", "levels.listed-in-province", "only-left", "只有左边"),
    ("guizhou", "inner-mongolia", "levels.listed-in-city", "changed", "逐步形成"),
    ("jilin", "guizhou", "references.province-peaking-plan", "changed", "贵州省工业领域碳达峰实施方案"),
    ("guangxi", "guizhou", "references.interim-measures", "same", ""),
    ("guangxi", "jilin", "exclusions.items.removed", "same", ""),
    # 程序、时限、材料
    ("national", "jilin", "review.consult", "changed", "省级工业和信息化主管部门 → 市（州）工业和信息化主管部门"),
    ("jilin", "guizhou", "review.consult", "changed", "税务"),
    ("guangxi", "jilin", "deadlines.city-to-province", "looser", "晚 10 天"),
    ("guangxi", "inner-mongolia", "deadlines.city-to-province", "changed", "年份不同"),
    ("national", "guangxi", "deadlines.city-to-province", "only-right", "只有右边"),
    ("guangxi", "guizhou", "deadlines.city-to-province", "changed", "待定"),
    ("national", "guizhou", "deadlines.province-to-ministry", "stricter", "7月31日"),
    ("guangxi", "guizhou", "deadlines.dynamic-table", "looser", "4月15日"),
    ("national", "guizhou", "deadlines.third-party-return", "stricter", "4月30日"),
    ("jilin", "guizhou", "deadlines.publicity", "only-right", "只有右边"),
    ("guangxi", "inner-mongolia", "materials.report", "stricter", "1份 → 3份"),
    ("jilin", "guizhou", "materials.report", "changed", "平台提交"),
    # 第三方评价机构、管理、激励
    ("national", "guangxi", "third-party.cap", "same", ""),
    ("national", "guizhou", "third-party.cap", "changed", "每年度"),
    ("guangxi", "jilin", "third-party.cap", "only-left", "只有左边"),
    ("guangxi", "inner-mongolia", "third-party.staff", "only-right", "只有右边"),
    ("national", "guangxi", "third-party.blacklist", "same", ""),
    ("guangxi", "inner-mongolia", "third-party.blacklist", "changed", "右边没有写明"),
    ("guangxi", "guizhou", "third-party.report-removal", "only-right", "只有右边"),
    ("national", "guangxi", "incentives.award", "only-right", "只有右边"),
    ("guangxi", "guizhou", "incentives.award", "changed", "国家层面名单"),
    ("guangxi", "jilin", "duties.quality", "same", ""),
    # 文件
    ("national", "jilin", "references.gb36132", "changed", "GB/T 36132-2018 → GB/T 36132"),
    ("national", "guizhou", "references.interim-measures", "only-right", "只有右边"),
    ("guangxi", "jilin", "contacts.office", "changed", "0771-8095256 → 0431-88914475"),
)


@pytest.fixture(scope="module")
def found(library):
    shelf = Sides(library)
    pairs = {(left, right) for left, right, *_ in KNOWN}
    return {pair: {change.id: change for change in shelf.diff(*shelf.sides(pair))} for pair in pairs}


def test_the_list_is_long_and_has_every_verdict():
    assert len(KNOWN) >= 80
    assert {verdict for *_, verdict, _ in KNOWN} == {"same", "changed", "only-left", "only-right", "stricter", "looser"}


@pytest.mark.parametrize(("left", "right", "key", "verdict", "reason"), KNOWN)
def test_known_difference(found, left, right, key, verdict, reason):
    change = found[left, right][key]
    assert change.verdict == verdict, change.reason
    assert reason in change.reason


def test_every_change_has_its_reason_and_every_same_none(found):
    changes = [change for by_id in found.values() for change in by_id.values()]
    assert len(changes) > 500
    for change in changes:
        if change.verdict != "same":
            assert change.reason, change.id
        elif change.reason:
            assert re.search("待定|附件的内容没有比对", change.reason), change.id


def test_both_sides_carry_their_own_clause(found):
    change = found["guizhou", "inner-mongolia"]["exclusions.items.accident"]
    assert (change.left.cite, change.right.cite) == (("第二十七条3",), ("二（一）2",))
    assert change.left.value["severity"] == "major"
    assert (change.left.source, change.right.source) == ("guizhou@2024", "inner-mongolia@2022")


def test_a_relaxation_of_a_national_rule_shows_whichever_edition_is_beside_it(found):
    change = found["guizhou", "inner-mongolia"]["exclusions.items.accident"]
    assert change.verdict == "changed"
    assert "不分等级 → 重大及以上" in change.left.relaxes
    assert "没有写明" in change.left.ground
    assert not change.right.relaxes, "the edition of 2022 is older than the national one"
