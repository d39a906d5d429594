"""What an item needs, in words: what proves it, where it is looked up, how long that takes; and the merged package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from notices.checklist.hints import ESTIMATE, Lookup, Lore
from notices.checklist.items import Checklist, Item, ItemGroup
from notices.checklist.offers import evidence
from notices.checklist.sections import Advice, ChecklistSection
from notices.profile import Exclusion, Rule
from notices.profile.values import Fact

_TITLE = "合并成册的次序"
_LEAD = "全部材料合并成一份，按下列次序编排，连续编页码。"


def facts_of(rule: Rule | Exclusion) -> tuple[str, ...]:
    """The facts of an applicant a rule asks for."""
    limit = rule.limit if isinstance(rule, Rule) else None
    test = rule.test
    found = [limit.fact if limit else None]
    if test is not None:
        found += [test.fact, test.months, test.only.fact if test.only else None]
    return tuple(dict.fromkeys(name for name in found if name))


def certificates_of(rule: Rule | Exclusion) -> tuple[str, ...]:
    """The certificates one of which a rule asks for."""
    return rule.test.certificate if rule.test else ()


def records_of(rule: Rule | Exclusion) -> tuple[str, ...]:
    """The kinds of record a rule looks for."""
    test = rule.test
    return (*test.accidents, *test.records, *test.doubtful) if test else ()


def advice(checklist: Checklist, lore: Lore) -> Advice:
    """What each item of a checklist needs; each is worked out once."""
    facts = checklist.edition.profile.by_id
    known = {item.key: _text(item, facts[item.key], lore) for item in checklist.items}
    return lambda item: known[item.key]


def _text(item: Item, fact: Fact, lore: Lore) -> str:
    if item.material is not None:
        return lore.material(item.key.partition(".")[2])
    if isinstance(fact, Rule | Exclusion):
        return "；".join(dict.fromkeys(_needs(fact, lore)))
    return ""


def _needs(rule: Rule | Exclusion, lore: Lore) -> Iterator[str]:
    yield from (text for name in facts_of(rule) if (text := lore.proof(name)))
    yield from (f"{kind}：{text}" for kind in certificates_of(rule) if (text := lore.proof(kind)))
    places = where(records_of(rule), lore)
    if places:
        yield f"查：{places}"


def where(kinds: Sequence[str], lore: Lore) -> str:
    """Where kinds of record are looked up, each place once; an estimate as soon as one of them is."""
    known: list[Lookup] = [lore.lookups[kind] for kind in kinds if kind in lore.lookups]
    places = "、".join(dict.fromkeys(place for one in known for place in one.where))
    return places + (ESTIMATE if any(one.sure == "inferred" for one in known) else "")


def package(checklist: Checklist, lore: Lore) -> ChecklistSection:
    """The one merged package: its parts in order, and what of this checklist goes into each."""
    goes = _goes(checklist, lore)
    rows = [
        (str(number), part.title, part.marked(part.holds or ""), goes.get(part.part, ""), "□已放")
        for number, part in enumerate(lore.package, 1)
    ]
    heads = ("序号", "部分", "怎样编排", "本次放什么", "核对")
    return ChecklistSection("package", _TITLE, _LEAD if rows else "", heads, (2.6, 9.0, 14.0, 17.0, 3.0), tuple(rows))


def _goes(checklist: Checklist, lore: Lore) -> Mapping[str, str]:
    facts = checklist.edition.profile.by_id
    rules = {item.key: rule for item in checklist.items if isinstance(rule := facts[item.key], Rule | Exclusion)}
    kinds = dict.fromkeys(kind for rule in rules.values() for kind in certificates_of(rule))
    records = tuple(kind for item in checklist.of("exclusions") for kind in records_of(rules[item.key]))
    return {
        "application": "；".join(item.text for item in checklist.of("materials")) or "原文没有列出",
        "report": evidence(checklist.edition.profile, checklist.category),
        "conditions": _labels(checklist, "conditions", "levels") or "没有这类要求",
        "certificates": "、".join(kinds) or "没有要求证书",
        "records": f"查询结果：{where(records, lore)}" if records else "没有这类要求",
        "priorities": _labels(checklist, "priorities") or "没有这类要求",
    }


def _labels(checklist: Checklist, *groups: ItemGroup) -> str:
    return "、".join(dict.fromkeys(item.label for group in groups for item in checklist.of(group)))
