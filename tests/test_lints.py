"""Lint rules: every example in a docstring runs, the page is made of them, and what the examples do not show."""

import datetime as dt
import json
import re

import pytest
from conftest import ROOT

from notices import programmes
from notices.checklist.items import due
from notices.compare.editions import Sides
from notices.library import Edition, Library
from notices.lints.case import Case
from notices.lints.catalog import LINTS, problems_of
from notices.lints.linting import lint_files
from notices.lints.page import page
from notices.papers.compose import compose
from notices.profile import yamlfile
from notices.profile.values import in_year

BASE = (ROOT / "tests/data/testland.yaml").read_text("utf-8")
RULES = {rule.id: rule for rule in LINTS}


def laid(base, patch):
    """``patch`` over ``base``, mapping by mapping."""
    if not (isinstance(base, dict) and isinstance(patch, dict)):
        return patch
    return {**base, **{key: laid(base.get(key), value) for key, value in patch.items()}}


def case(folder, patch, since=None):
    """A workspace with testland as an example says, and its 2024 edition as a case, whatever else is wrong with it."""
    patches = yamlfile.parse(patch, "example").data if patch.strip() else {}
    others = {key: patches.pop(key) for key in list(patches) if re.fullmatch(r"[a-z-]+/\d{4}", key)}
    for name, own in {**others, "testland/2024": patches}.items():
        path = folder / "provinces" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        year = int(path.stem)
        base = yamlfile.parse(BASE.replace("2024", str(year)), "base").data
        if "extends" in own:
            base = {
                "id": "testland",
                "year": year,
                "source": {"title": "测试省的通知", "checked": "2026-11-20"},
                "authority": base["authority"],
                "papers": {"notice": base["papers"]["notice"]},
                "deadlines": base["deadlines"],
            }
        path.write_text(json.dumps(laid(base, own), ensure_ascii=False), "utf-8")
    library = Library.at(folder)
    path = folder / "provinces/testland/2024.yaml"
    tree, sources = library.tree(path)
    edition = Edition(
        programmes.of(library, tree, path.name).model_validate(tree.data), tree.origins, library.name_of(path), sources
    )
    return Case(library, edition, {"notice": compose(edition, "notice", library)}, since)


def found(rule, one):
    return list(RULES[rule].check(one))


SINCE = {"source-unread": dt.date(2026, 1, 1)}


@pytest.mark.parametrize("rule", LINTS, ids=lambda rule: rule.id)
def test_every_rule_is_documented_with_two_examples(rule):
    assert list(rule.examples) == ["通过", "不通过"]
    assert rule.doc.partition("\n")[0].endswith("。") or "：" in rule.doc.partition("\n")[0]
    assert rule.examples["通过"] != rule.examples["不通过"]


@pytest.mark.parametrize("rule", LINTS, ids=lambda rule: rule.id)
def test_the_passing_example_passes(rule, tmp_path):
    assert found(rule.id, case(tmp_path, rule.examples["通过"], SINCE.get(rule.id))) == []


@pytest.mark.parametrize("rule", LINTS, ids=lambda rule: rule.id)
def test_the_failing_example_fails(rule, tmp_path):
    assert found(rule.id, case(tmp_path, rule.examples["不通过"], SINCE.get(rule.id))) != []


def test_ids_are_unique_and_the_page_is_current():
    assert len(RULES) == len(LINTS) >= 16
    made = page()
    assert (ROOT / "docs/lint-rules.md").read_text("utf-8") == made, "notices lint-rules -o docs/lint-rules.md"
    assert all(f"## {name}\n" in made for name in RULES)


def test_lint_runs_the_rules_and_says_where(workspace, profile_file):
    text = profile_file.read_text("utf-8").replace("date: 2024-05-31", "date: 2024-06-01")
    profile_file.write_text(text, "utf-8")
    problems = [p for p in lint_files(Library.at(workspace), [profile_file]) if p.rule == "deadline-rest-day"]
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "2024-06-01" in one)
    assert [(p.line, p.key, p.severity) for p in problems] == [(line, "deadlines.city-to-province.date", "warning")]


def test_what_is_shipped_is_clean_and_what_was_accepted_is_true(library, editions):
    found, accepted = {}, {}
    for name, edition in editions.items():
        every = papers(library, edition)
        assert problems_of(library, edition, every) == []
        one = Case(library, edition, every)
        found[name] = {f"{rule.id} {finding.key}" for rule in LINTS for finding in rule.check(one)}
        accepted[name] = set(edition.profile.source.accepted)
    assert found == accepted
    assert found["guangxi@2024"] == {"notice-period deadlines.dynamic-table.date"}, "3 April to 10 April"
    assert found["jilin@2024"] == {"deadline-rest-day deadlines.city-to-province.date"}, (
        "the Dragon Boat Festival of 2024"
    )


def test_an_idle_acceptance_and_an_accepted_error_are_said(workspace, profile_file):
    text = profile_file.read_text("utf-8").replace("date: 2024-05-31", "date: 2024-06-01")
    text = text.replace("level: 省级", 'level: 省级\n  area_codes: ["0431"]')
    names = "[deadline-rest-day deadlines.city-to-province.date, notice-period deadlines.x.date, phone-area-code contacts.office.phone]"
    profile_file.write_text(text.replace("  clauses:", f"  accepted: {names}\n  clauses:"), "utf-8")
    problems = lint_files(Library.at(workspace), [profile_file])
    mine = [(p.rule, p.severity) for p in problems if p.rule in {*RULES, "accepted"}]
    assert sorted(mine) == [("accepted", "warning"), ("accepted", "warning"), ("phone-area-code", "error")]


def test_acceptance_is_not_inherited(library):
    assert library.load("national@2023").profile.source.accepted
    assert library.load("guizhou@2024").profile.source.accepted == ()


def test_a_draft_counts_only_where_it_is_named(library):
    assert library.resolve("national") == "national@2023"
    assert library.resolve("national@2025") == "national@2025"
    assert library.settled("national") == ("national@2023",)
    drafts = [library.load(f"national@{year}").profile for year in (2024, 2025)]
    assert [profile.status for profile in drafts] == ["draft", "draft"]
    assert [profile.offered for profile in drafts] == [("factory", "park", "supply-chain"), ("factory", "park")]


def test_the_national_milestones(library):
    """Only what two sources agree on is stated plainly; the rest is open, and says why."""
    profile = library.load("national@2024").profile
    assert profile.references["interim-measures"].number == "工信部节〔2024〕13号"
    assert (profile.deadlines["province-to-ministry"].annual, profile.deadlines["dynamic-table"].annual) == (
        "07-31",
        "04-15",
    )
    assert (profile.review["publish"].span.value, profile.third_party["cap"].limit.value) == (15, 15)
    for year in (2024, 2025):
        waiting = list(library.load(f"national@{year}").profile.pendings())
        assert len(waiting) >= 10
        assert all(value.why for _, value in waiting)
    assert library.load("national@2025").profile.papers["notice"].number == "工信厅节函〔2025〕390号"


def papers(library, edition):
    return {kind: compose(edition, kind, library) for kind in edition.profile.papers}


def test_a_deadline_in_an_unknown_year_is_said_not_guessed(tmp_path):
    (one,) = found("deadline-rest-day", case(tmp_path, "deadlines: {city-to-province: {date: 2099-05-29}}"))
    assert "没有核对" in one.message


def test_a_day_of_every_year_is_looked_at_in_the_editions_year(tmp_path):
    (one,) = found("deadline-rest-day", case(tmp_path, "deadlines: {city-to-province: {date: null, annual: 06-01}}"))
    assert (one.key, "2024-06-01" in one.message) == ("deadlines.city-to-province.annual", True)


def test_the_national_deadline_bounds_the_provinces(tmp_path):
    patch = "answers: national@2024\ndeadlines: {city-to-province: {date: %s}}"
    assert found("deadline-order", case(tmp_path / "late", patch % "2024-08-01"))
    assert not found("deadline-order", case(tmp_path / "in-time", patch % "2024-07-31"))


def test_mobile_numbers_have_no_area_code(tmp_path):
    patch = 'authority: {area_codes: ["0771"]}\ncontacts: {office: {phone: "13800001111"}}'
    assert not found("phone-area-code", case(tmp_path, patch))


@pytest.mark.parametrize(
    "number", ["测政发〔2023〕09号", "测政发(2023)9号", "测政发【2023】9号", "测政发〔2023〕第9号", "测政发［2023］9号"]
)
def test_wrong_document_numbers(tmp_path, number):
    assert found("document-number", case(tmp_path, f'references: {{plan: {{number: "{number}"}}}}'))


@pytest.mark.parametrize("number", ["GB/T 36132-2018", "测政发〔2023〕9号", "工信部联节函〔2023〕123号"])
def test_right_document_numbers(tmp_path, number):
    assert not found("document-number", case(tmp_path, f'references: {{plan: {{number: "{number}"}}}}'))


@pytest.mark.parametrize("email", ["a@b", "a b@c.cn", "a@-b.cn", "ａ@b.cn", "a.@b.cn"])
def test_wrong_mailboxes_are_refused_somewhere(tmp_path, email):
    try:
        one = case(tmp_path, f'contacts: {{office: {{email: "{email}"}}}}')
    except ValueError:
        return  # the type says so already
    assert found("email-form", one)


def test_an_undated_standard_means_the_newest(tmp_path):
    patch = 'references: {plan: {number: "%s", kind: standard, ends: 2024-01-01, replaced_by: GB/T 36132-2025}}'
    assert found("superseded", case(tmp_path / "a", patch % "GB/T 36132-2018"))
    assert not found("superseded", case(tmp_path / "b", patch % "GB/T 36132"))
    assert not found("superseded", case(tmp_path / "c", patch % "GB/T 36132-2025"))


def test_the_general_rules_of_2018_ended_with_2025(library):
    item = library.load("national@2023").profile.references["gb36132"]
    assert (item.number, item.ends, item.replaced_by) == ("GB/T 36132-2018", dt.date(2025, 12, 31), "GB/T 36132-2025")


def test_what_another_documents_attachment_is_called_is_not_ours(tmp_path):
    ours = 'duties: {x: {label: x, say: "按照{ref:plan}填写", cite: 二}}\nreferences: {plan: {part: 附件2}}'
    assert not found("attachment-absent", case(tmp_path, ours))


def test_a_source_is_asked_about_only_on_request(tmp_path):
    patch = "source: {checked: 2024-05-01}"
    assert not found("source-unread", case(tmp_path / "a", patch))
    assert not found("source-unread", case(tmp_path / "b", patch, dt.date(2024, 5, 1)))
    assert found("source-unread", case(tmp_path / "c", patch, dt.date(2024, 5, 2)))


def test_two_editions_with_one_contact_are_no_matter(tmp_path):
    patch = "testland/2023: {}\ncontacts: {office: {person: 张三}}"
    assert not found("contact-unchanged", case(tmp_path, patch))


def test_a_year_this_edition_writes_itself_is_meant(tmp_path):
    patch = "testland/2023: {}\nduties: {x: {label: x, say: 复核2023年列入名单的单位, cite: 二}}"
    assert not found("leftover-year", case(tmp_path, patch))


def test_every_use_stands_under_the_same_national_edition(library, editions):
    """Comparing, linting and planning ask one function; a draft counts only where it is named."""
    shelf, answers = Sides(library), {}
    for name, edition in editions.items():
        (side,) = shelf.sides([name])
        line = library.national_line(name, edition.profile.answers, edition.profile.extends)
        compared, linted = shelf.line(side), Case(library, edition).national
        assert (compared and compared.edition) == line
        assert (linted and linted.profile.edition) == line
        answers[name] = line
    assert answers["guangxi@2024"] == "national@2023"
    assert answers["national@2024"] is None
    assert library.national_line("nowhere@2026") == "national@2023", "2024 and 2025 are drafts nobody named"


def test_a_day_that_a_year_does_not_have_is_no_error(workspace, profile_file):
    text = (
        profile_file.read_text("utf-8").replace("year: 2024", "year: 2025").replace("date: 2024-05-31", "annual: 02-29")
    )
    profile_file.with_name("2025.yaml").write_text(text, "utf-8")
    profile = Library.at(workspace).load("testland@2025").profile
    assert due(profile, profile.deadlines["city-to-province"]) is None
    every = profile.deadlines["city-to-province"].model_copy(update={"annual": "04-15"})
    assert due(profile, every) == dt.date(2025, 4, 15)
    assert in_year("02-29", 2024) == dt.date(2024, 2, 29)
    assert in_year("02-29", 2025) is None


def test_a_telephone_of_elsewhere_says_where_the_codes_stand(tmp_path):
    (finding,) = found("phone-area-code", case(tmp_path, RULES["phone-area-code"].examples["不通过"]))
    assert "authority.area_codes" in finding.hint
