"""Applicants and what the sources say of them: every rule that facts decide, met, not met and not known."""

import re
from functools import cache

import pytest
from conftest import ROOT

from notices.checklist.contradictions import rules_of
from notices.checklist.facts import facts
from notices.checklist.hints import lore
from notices.checklist.items import JUDGED, checklist
from notices.checklist.outcome import judged
from notices.checklist.pages import report
from notices.checklist.questions import facts_of
from notices.checklist.verdict import judge, left
from notices.forms.catalogue import Catalogue
from notices.forms.data.documents import YamlReader
from notices.forms.wording import spreads
from notices.library import Library
from notices.profile import Exclusion, Rule, yamlfile
from notices.profile.values import _date
from notices.profile.yamlfile import Tree
from notices.reports import md

FOLDER = ROOT / "tests" / "data" / "cases"
KEYS = {
    "because",
    "edition",
    "category",
    "as_of",
    "level",
    "applicant",
    "expect",
    "reason",
    "standing",
    "says",
    "absent",
}
VERDICTS = {"met", "not-met", "unknown", "authority", "none"}
LIBRARY = Library.at(None)
SHELF = Catalogue(LIBRARY)


def cases():
    for path in sorted(FOLDER.glob("*.yaml")):
        tree = yamlfile.read_many(path, path.name)
        for number, case in enumerate(tree.data[""]):
            yield pytest.param(tree, number, case, id=f"{path.stem}:{tree.origins['', number].line}")


CASES = list(cases())


@cache
def edition(name):
    return LIBRARY.load(name)


@cache
def clashes():
    known = lore(LIBRARY, edition("guizhou@2024").profile.programme)
    return known.contradictions, known.divisions


@cache
def form(category):
    return SHELF.form(f"applicant-{category}")


@cache
def asked(name, category, as_of, level):
    names = {fact: field.label for fact, field in facts_of(form(category)).items()}
    return checklist(edition(name), category, names, as_of=_date(as_of), level=level), names


def applicant(tree, number, case):
    """The case's applicant, read as a filled form is read."""
    at = ("", number, "applicant")
    origins = {("", 0, *key[3:]): origin for key, origin in tree.origins.items() if key[:3] == at}
    data = {"name": "某单位", **case["applicant"]}
    wanted = spreads(form(case["category"]), edition(case["edition"]).profile)
    reader = YamlReader(tree.origins[at].file, wanted, single=False)
    (record,) = reader.records(Tree({"": [data]}, {**origins, ("", 0): tree.origins[at]}))
    assert reader.problems == []
    return facts(record)


def judges(case):
    """What judges each rule: the checklist's own item, or the rule itself where the checklist gives no verdict."""
    listed, names = asked(case["edition"], case["category"], case["as_of"], case.get("level"))
    found = {item.key: item.judge for item in listed.items if item.group in JUDGED and item.judge}
    rules = dict(edition(case["edition"]).profile.facts())

    def of(key):
        return found.get(key) or judge(rules[key], names.__getitem__, listed.period)

    return of


@pytest.mark.parametrize(("tree", "number", "case"), CASES)
def test_an_applicant_is_judged_as_the_source_says(tree, number, case):
    assert set(case) <= KEYS
    assert case["expect"]
    assert set(case["expect"].values()) <= VERDICTS
    own = applicant(tree, number, case)
    if case.keys() & {"reason", "standing", "says", "absent"}:
        found = told(case, own)
    else:
        of = judges(case)
        found = {key: of(key)(own) for key in case["expect"]}
    wrong = {key: found[key] for key, verdict in case["expect"].items() if found[key].verdict != verdict}
    assert wrong == {}, case["because"]
    assert all(finding.reason for finding in found.values())


def told(case, own):
    """The findings as the page has them: contradictions looked at, and the page's own lines read."""
    listed, names = asked(case["edition"], case["category"], case["as_of"], case.get("level"))
    known = lore(LIBRARY, listed.edition.profile.programme)
    outcome = judged(listed, own, tuple(rules_of(*clashes(), names)), known.undone)
    page = md.write(report(listed, lambda _: "", known, outcome))
    for key, text in case.get("reason", {}).items():
        assert text in outcome.findings[key].reason, case["because"]
        assert outcome.findings[key].reason in page.replace("<br>", "\n"), case["because"]
    assert outcome.standing == case.get("standing", outcome.standing), case["because"]
    assert [text for text in words(case, "says") if not said(text, page)] == [], (case["because"], page)
    assert not set(words(case, "absent")) & {item.key for item in listed.items}, case["because"]
    return outcome.findings


def said(text, page):
    """Whether a line of the page says it; between its parts may stand numbers and other items."""
    parts = [part for part in re.split("[：、。]", text) if part]
    return any(all(part in line for part in parts) for line in page.splitlines())


def words(case, key):
    """One text, or several."""
    value = case.get(key, ())
    return (value,) if isinstance(value, str) else tuple(value)


def test_there_are_cases_enough_and_each_is_told_apart():
    expectations = [(case.values[2]["edition"], key) for case in CASES for key in case.values[2]["expect"]]
    assert len(expectations) >= 700
    told = [str({name: case.values[2].get(name) for name in KEYS - {"because"}}) for case in CASES]
    assert len(told) == len(set(told))


JUDGING = [
    one for one in LIBRARY.editions() if edition(one).profile.status != "draft" and edition(one).profile.exclusions
]


@pytest.mark.parametrize("name", JUDGING)
def test_every_rule_that_facts_decide_is_tried_with_every_verdict(name):
    """Of a list that ends in 等 nobody can say that another is not meant: there not met never comes."""
    seen = {}
    for case in CASES:
        if case.values[2]["edition"] == name:
            for key, verdict in case.values[2]["expect"].items():
                seen.setdefault(key, set()).add(verdict)
    decided = {
        key: rule
        for key, rule in edition(name).profile.facts()
        if isinstance(rule, Rule | Exclusion)
        and key.partition(".")[0] in {*JUDGED, "evaluation"}
        and (rule.test or getattr(rule, "limit", None))
    }
    assert len(decided) >= 10
    for key, rule in decided.items():
        closed = not (isinstance(rule, Rule) and rule.open_ended and set(rule.test.answers) <= set(rule.items))
        least = {"met", "unknown", "not-met"} if closed else {"met", "unknown"}
        claimed = rule.test is not None and rule.test.claimed
        least = least - {"met"} | {"authority"} if claimed or (rule.test and left(rule)) else least
        always = claimed and rule.test.fact == "own_factory_levels"  # whatever is answered, it may be about to be one
        least = least - {"not-met"} if left(rule) and (not claimed or always) else least
        least |= {"none"} if rule.test and (rule.test.only or rule.test.concerns) else set()
        assert least <= seen.get(key, set()), key
        assert closed or "not-met" not in seen[key], key


def test_every_fact_of_the_forms_is_asked_by_a_rule():
    """A field nobody judges by is either who the applicant is, or to be left out."""
    who = {
        "name",
        "code",
        "applied_category",
        "area",
        "industry",
        "industry_code",
        "contact",
        "phone",
        "product_name",
        "product_model",
    }
    who |= {"records_checked", "certificates_listed"}
    used = {fact for rule in rules_of(*clashes(), {}) for fact in rule.facts}
    for name in LIBRARY.editions():
        for _, rule in edition(name).profile.facts():
            test, limit = getattr(rule, "test", None), getattr(rule, "limit", None)
            used |= {limit.fact} if limit else set()
            used |= {test.fact, test.months, test.only and test.only.fact} if test else set()
    for category in ("factory", "park", "supply-chain", "product"):
        asked_for = set(facts_of(form(category))) - who
        assert len(asked_for) >= 5
        assert asked_for <= used, category
