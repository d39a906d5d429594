"""What an item needs, in words: what proves it, where it is looked up, how long that takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notices.checklist.hints import ESTIMATE, Lookup, Lore
from notices.checklist.items import Checklist
from notices.checklist.sections import Advice
from notices.profile import Exclusion, Rule
from notices.profile.values import Fact


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
    known = {item.key: _text(facts[item.key], lore) for item in checklist.items}
    return lambda item: known[item.key]


def _text(fact: Fact, lore: Lore) -> str:
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
