"""The shipped applicants come out as they say; what rules ask and what forms offer stay one."""

import datetime as dt
import shutil

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from notices.checklist import advice, hints, questions
from notices.checklist.facts import Facts, Incident, facts
from notices.checklist.items import checklist
from notices.checklist.outcome import judged
from notices.checklist.questions import facts_of, form_of
from notices.errors import ProblemsError
from notices.forms.catalogue import Catalogue
from notices.forms.data.documents import YamlReader
from notices.forms.wording import spreads
from notices.library import Library
from notices.profile import yamlfile
from notices.profile.values import _date

FOLDER = ROOT / "applicants"
GUANGXI, MONGOLIA = (Library.at(None).load(name) for name in ("guangxi@2024", "inner-mongolia@2022"))
EXPECTED = {
    "01-strong-factory": ("guizhou@2024", "factory", "2024-09-01", "may", set()),
    "02-park-at-the-limit": ("jilin@2024", "park", "2024-06-10", "may-not", {"conditions.park.industrial-share"}),
    "03-excluded-factory": (
        "inner-mongolia@2022",
        "factory",
        "2022-06-30",
        "may-not",
        {"exclusions.items.accident", "exclusions.items.penalty-unrectified"},
    ),
    "04-strong-park": ("national@2023", "park", "2023-09-05", "may", set()),
    "05-supply-chain-lead": ("guangxi@2024", "supply-chain", "2024-05-31", "may", set()),
}


def outcome(stem, name, category, day):
    """What a shipped applicant comes to, read as a filled form is read."""
    library = Library.at(None)
    edition = library.load(name)
    form = form_of(Catalogue(library), edition.profile.programme, category)
    path = FOLDER / f"{stem}.yaml"
    reader = YamlReader(path.name, spreads(form, edition.profile), single=False)
    (record,) = reader.records(yamlfile.read_many(path, path.name))
    assert reader.problems == []
    names = {fact: field.label for fact, field in facts_of(form).items()}
    return judged(checklist(edition, category, names, as_of=_date(day)), facts(record))


def test_every_shipped_applicant_is_expected_and_says_its_edition():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(EXPECTED)
    for stem, (name, category, day, *_) in EXPECTED.items():
        head = (FOLDER / f"{stem}.yaml").read_text("utf-8")[:200]
        assert f"{name}（类别 {category}，判断日 {day}）" in head


@pytest.mark.parametrize("stem", EXPECTED)
def test_a_shipped_applicant_comes_out_as_it_says(stem):
    name, category, day, standing, barred = EXPECTED[stem]
    found = outcome(stem, name, category, day)
    assert found.standing == standing
    not_met = {key for key, finding in found.findings.items() if finding.verdict == "not-met"}
    assert {key for key in not_met if not key.startswith("priorities.")} == barred


def test_fifty_per_cent_is_enough_where_the_source_says_reached():
    found = outcome("02-park-at-the-limit", "inner-mongolia@2022", "park", "2022-06-30")
    assert found.findings["conditions.park.industrial-share"].verdict == "met"


@pytest.fixture
def office(tmp_path):
    """The shipped profiles and templates, to be broken."""
    for name in ("provinces", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "message"),
    [
        ("provinces/guizhou/2024.yaml", "fact: factory_plan", "fact: plan_of_factories", "test.fact", "plan_of_factories"),
        ("provinces/guizhou/2024.yaml", "certificate: 能源管理体系", "certificate: 能源体系", "test.certificate", "能源体系"),
        ("provinces/guizhou/2024.yaml", "fact: own_factory_levels, is: 国家级", "fact: own_factory_levels, is: 全国",
         "test.is", "全国"),
        ("provinces/guizhou/2024.yaml", "fact: own_factory_levels, is: 国家级",
         "fact: own_factory_levels, is: [国家级, 国家级]", "test.is", "写了两遍"),
        ("provinces/guizhou/2024.yaml", "records: [材料或数据造假]", "records: [造假]", "test.records", "造假"),
        ("provinces/guizhou/2024.yaml", "months: standstill_months", "months: route", "test.months", "不是数"),
        ("provinces/guizhou/2024.yaml", "only: {fact: energy_level, is: 非重点领域有限额标准}",
         "only: {fact: energy_level, is: 其他行业}", "test.only.is", "其他行业"),
        ("templates/forms/applicant-factory.yaml", "unit: 吨标准煤", "unit: 万吨标准煤", "limit.fact", "单位"),
        ("templates/forms/applicant-park.yaml", "industrial-added-value-share", "added-value-percent", "limit.fact",
         "只能列为待核"),
        ("templates/forms/applicant.yaml", "- 失信被执行人", "- 失信", "test.records", "失信被执行人"),
    ],
)  # fmt: skip
def test_a_rule_that_asks_what_no_form_offers_is_named(office, file, old, new, key, message):
    edit(office / file, old, new)
    library = Library.at(office)
    found = questions.problems_of(library, library.load("guizhou@2024"))
    assert found
    assert all(problem.key.endswith(key) and message in problem.message and problem.hint for problem in found)
    assert all(problem.line > 1 for problem in found), "each at its place"


def test_what_is_shipped_asks_only_what_forms_offer(editions):
    library = Library.at(None)
    assert [problem for edition in editions.values() for problem in questions.problems_of(library, edition)] == []
    assert hints.problems_of(library) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  失信被执行人:", "  失信执行人:", "没有这一项"),
        ("  失信被执行人:", "  失信执行人:", "没有写在哪里查：失信被执行人"),
        ("  能源管理体系: {proof", "  能源体系: {proof", "没有这一项"),
        ("is: 是, other: standstill-months", "is: 是, other: standstill-month", "没有这一项"),
        ("is: 是, other: standstill-months", "is: 对, other: standstill-months", "不会填“对”"),
        ("while: 清单内的产品标准", "while: 清单里的标准", "不会填“清单里的标准”"),
        ('op: ">", other: third-party-staff', 'op: ">", value: 3, other: third-party-staff', "没有写 is 的，只写 op"),
        ('op: ">=", value: 36}', 'op: ">="}', "op 和 value"),
        ('other: standstill-months, op: ">=", value: 36}', "other: standstill-months}", "while"),
        ("  supplier-plan: {about", "  supply-plan: {about", "没有这一项"),
        ("sure: stated}", "sure: 大概}", "不能是"),
        ("part: contents", "part: preface", "不能是"),
    ],
)
def test_a_renamed_kind_is_an_error_of_the_lore(office, old, new, message, programme):
    edit(office / "templates" / "checklist.yaml", old, new)
    with pytest.raises(ProblemsError) as raised:
        hints.lore(Library.at(office), programme)
    assert any(message in problem.message for problem in raised.value.problems)
    assert all(problem.line > 1 for problem in raised.value.problems)


def test_what_is_not_sure_is_marked_as_an_estimate(programme):
    known = hints.lore(Library.at(None), programme)
    assert known.proof("energy_level").endswith(hints.ESTIMATE)
    assert hints.ESTIMATE not in advice.where(["失信被执行人"], known)
    assert "中国执行信息公开网" in advice.where(["失信被执行人"], known)
    assert known.proof("no_such_fact") == ""
    estimates = [entry for entry in known.takes.values() if entry.sure != "inferred"]
    assert known.takes
    assert estimates == [], "no source states how long anything takes"


def test_every_fact_and_certificate_has_its_proof_and_every_material_its_meaning(editions, programme):
    library = Library.at(None)
    known, shelf = hints.lore(library, programme), Catalogue(library)
    for category in ("factory", "park", "supply-chain", "product"):
        form = form_of(shelf, programme, category)
        wanted = {name.replace("_", "-") for name in facts_of(form)}
        wanted -= {
            "area",
            "applied-category",
            "industry",
            "industry-code",
            "contact",
            "phone",
            "product-name",
            "product-model",
        }
        wanted |= set(questions.choices_of(form, questions.KINDS["certificate"])) - {"其他"}
        assert wanted - set(known.obtain) == set(), category
    materials = {key for edition in editions.values() for key in edition.profile.materials}
    assert materials
    assert materials == set(known.materials)


def test_one_of_a_group_that_only_a_person_can_judge_keeps_the_group_open(office):
    edit(
        office / "provinces/guizhou/2024.yaml",
        '    limit: {fact: national_green_units, op: ">=", value: 1, unit: 家}\n',
        "",
    )
    edit(office / "provinces/guizhou/2024.yaml", "已创建的国家级绿色制造单位{limit}", "区内绿色制造基础好")
    library = Library.at(office)
    listed = checklist(library.load("guizhou@2024"), "park", {}, as_of=_date("2024-09-01"))
    items = {item.key: item.judge for item in listed.items}
    few = Facts("", "", {"province_green_units": 2, "green_units_in_year": 0})
    enough = Facts("", "", {"province_green_units": 3})
    for key in ("park.units", "park.units.province", "park.units.national"):
        assert items[f"conditions.{key}"](few).verdict == ("not-met" if key.endswith("province") else "authority")
        assert items[f"conditions.{key}"](enough).verdict == ("none" if key.endswith("national") else "met")


DAYS = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2030, 12, 31))


@given(DAYS, st.integers(-1500, 400))
def test_an_accident_counts_from_the_same_day_three_years_before_to_the_day_itself(day, offset):
    happened = day + dt.timedelta(days=offset)
    leap = (day.month, day.day) == (2, 29)
    first = dt.date(day.year - 3, 2, 28) if leap else day.replace(year=day.year - 3)
    listed = checklist(GUANGXI, "factory", {}, as_of=day)
    (accident,) = [item.judge for item in listed.items if item.key == "exclusions.items.accident"]
    own = Facts("", "", {}, incidents=(Incident("质量事故", happened, "general", None),), checked=day)
    assert accident(own).verdict == ("not-met" if first <= happened <= day else "met")


@given(st.decimals(0, 100, places=4))
def test_half_is_not_more_than_half(share):
    own = Facts("", "", {"industrial_added_value_share": share})
    for edition, enough in ((GUANGXI, share > 50), (MONGOLIA, share >= 50)):
        listed = checklist(edition, "park", {}, as_of=_date("2024-05-31"))
        (judge,) = [item.judge for item in listed.items if item.key == "conditions.park.industrial-share"]
        assert judge(own).verdict == ("met" if enough else "not-met")
