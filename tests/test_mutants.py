"""What a slip of the pen may do to a profile, a template or a table of words, and that each is stopped by name.

Every change is made to a copy of one shipped file, in a workspace of its own, or to a table of the program; then the
edition is linted, proven and, for facts, held against a source. One that passes fails the test.
"""

import shutil
from pathlib import Path

import pytest

from notices.errors import ProblemsError
from notices.library import Library
from notices.lints.linting import lint_files
from notices.papers.coverage import checked
from notices.verify.check import verify
from notices.verify.readers import read
from notices.wording import speaker, words

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(__file__).with_name("data") / "verify"

TEMPLATES = [
    ("national@2024", "clauses.md.j2", "{{ barred(ex) }}：", "近三年有下列情形之一的{{ ex.subjects }}，可以{{ ex.bars[0] }}："),
    ("national@2024", "clauses.md.j2", "{{ barred(ex) }}：", "{{ barred(ex) | replace('不得', '可以') }}："),
    ("national@2024", "clauses.md.j2", "{{ barred(ex) }}：", "{{ barred(ex) | replace('三', '五') }}："),
    ("national@2024", "clauses.md.j2", "{{ barred(ex) }}：", ""),
    ("national@2024", "clauses.md.j2", "{{ exclusion(item) }}", "{{ exclusion(item) | truncate(12) }}"),
    ("national@2024", "clauses.md.j2", "ex.refusals.values()", "ex.refusals.values() | list | reject('equalto', ex.refusals.removed)"),
    ("national@2024", "clauses.md.j2", "(ought(needed) if needed)", "'可以'"),
    ("national@2024", "clauses.md.j2", "(ought(needed) if needed)", "'不必'"),
    ("national@2024", "clauses.md.j2", '符合下列条件", needed', '符合下列条件之一", needed'),
]  # fmt: skip
"""(authority, template, what stands there, what stands there instead)."""

OUTLINES = [
    ("national", "{review.consult}，{deadlines.province-to-ministry}。", "{review.consult}，{say:deadlines.province-to-ministry}。"),
    ("national", '"{quotas.factory}；{quotas.open}。"', "推荐名额不限。"),
    ("national", "{time:deadlines.third-party-return}", "5月15日前"),
    ("national", 'lead: "{exclusions}："', 'lead: "{exclusions}，原则上不受理："'),
    ("national", "{ought:conditions.park.*}", "可以"),
    ("national", "{ought:conditions.park.*}", "不必"),
    ("national", "符合下列条件：", "符合下列条件之一："),
    ("national", "items: exclusions.items.*", "items: [exclusions.items.accident, exclusions.items.removed]"),
    ("national", "- [third-party.*]", "- [third-party.conduct, third-party.cap]"),
    ("guangxi", "请{deadlines.city-to-province}", "各市于2024年5月31日后{say:deadlines.city-to-province}"),
    ("guangxi", "请{deadlines.city-to-province}", "请申报单位于{time:deadlines.city-to-province}{say:deadlines.city-to-province}"),
    ("guangxi", "{manner:materials.application}", "{materials.application.name}一式三份"),
    ("guangxi", "{manner:materials.application}", "{materials.application.name}"),
    ("guangxi", "- [contacts.office]", "- 联系人及电话：{contacts.office.person}，0771-8095257"),
    ("guangxi", "- [third-party.*]", "- [third-party.conduct]"),
    ("guangxi", "{management.removal-unfiled}。", "拒不填报的予以保留。"),
    ("guangxi", "- [incentives.*]", "- 激励：{incentives.national-recommendation}，{incentives.award}，最高100万元。"),
    ("jilin", "{also:conditions.factory.*}", "或者"),
    ("jilin", "申报单位{should:conditions.factory.*}", "申报单位可"),
    ("jilin", "{either:priorities.supply-chain.*}", "同时"),
    ("jilin", "{lead:priorities.supply-chain.*}", "推荐"),
    ("jilin", "{carrying:deadlines.city-to-province materials.*}", "{deadlines.city-to-province}"),
    ("jilin", "{carrying:deadlines.city-to-province materials.*}", "{carrying:deadlines.city-to-province}"),
    ("jilin", "- [levels.listed-in-province, priorities.diagnosis]", "- [levels.listed-in-province]"),
    ("inner-mongolia", "{following:deadlines.city-to-province materials.*}", "{deadlines.city-to-province}（不用附电子版）"),
    ("inner-mongolia", "{following:deadlines.city-to-province materials.*}", "{deadlines.city-to-province}"),
    ("inner-mongolia", "满足以下基本条件", "满足以下基本条件之一"),
    ("inner-mongolia", 'heading: "{duties.quality}"', "heading: 可以严格把关"),
    ("inner-mongolia", "{also:conditions.factory.benchmarking", "{either:conditions.factory.benchmarking"),
    ("inner-mongolia", "{management.recheck.sampling}。", ""),
    ("inner-mongolia", "items: management.recheck.content.*", "items: management.recheck.contents.*"),
    ("guizhou", "{either:conditions.park.units.*}", "并且"),
    ("guizhou", "{occasion:management.removal-listed}，{say:management.removal-listed}：", "{say:management.removal-listed}："),
    ("guizhou", "时间{time:deadlines.city-publicity}", "时间不少于5个工作日"),
    ("guizhou", "{ought:conditions.manufacturer", "鼓励{articles:conditions.manufacturer"),
    ("guizhou", "{should:conditions.park.rank}", "可"),
    ("guizhou", "- [supplementary.effective]", "- 本实施细则自印发之日起施行。"),
    ("guizhou", "[duties.province, duties.province-list, ", "[duties.province, "),
    ("guizhou", "procedure.platform-submission]", "procedure.platform-upload]"),
]  # fmt: skip
"""(authority, what stands in its outlines, what stands there instead)."""

WORDS = [
    ("guangxi", words.BOUNDS, ">", words.BOUNDS[">"]._replace(written="低于")),
    ("guangxi", words.BOUNDS, ">", words.BOUNDS[">"]._replace(written="不低于")),
    ("guizhou", words.SEVERITY_WORDS, "major", "较大及以上"),
    ("inner-mongolia", words.SEVERITY_WORDS, "larger", "重大及以上"),
]
"""(authority, a table of words, its entry, another entry)."""

PHRASES = [
    ("national", "不得超过", "可以超过"),
    ("national", "应在充分征求", "可在充分征求"),
    ("national", "原则上应纳入", "应纳入"),
    ("guangxi", "要及时上报", "可以及时上报"),
    ("jilin", "原则上应从省级", "应从省级"),
    ("guizhou", "可自动视为", "不可自动视为"),
    ("guizhou", "应符合下列条件之一", "应符合下列条件"),
    ("guizhou", "年综合能源消费量{value}以上", "年综合能源消费量{value}以下"),
    ("guizhou", "when: 征求意见后", "when: 征求意见前"),
    ("inner-mongolia", "不应参与编写", "可以参与编写"),
    ("inner-mongolia", "可优先推荐", "应推荐"),
]
"""(authority, words of its own profile, other words)."""

FACTS = [
    ("value: 50", "value: 60"),
    ("value: 15", "value: 25"),
    ('op: ">="', 'op: ">"'),
    ("date: 2024-05-31", "date: 2024-05-30"),
    ("annual: 04-15", "annual: 04-16"),
    ("copies: 2", "copies: 3"),
    ("severity: larger", "severity: major"),
    ("17号", "18号"),
    ("strength: principle", "strength: must"),
    ("应通过能源管理体系认证", "应取得质量管理体系认证"),
]
"""(a fact of the profile in ``data/verify``, another one): its source says otherwise."""


def test_there_are_enough():
    assert len(TEMPLATES) + len(OUTLINES) + len(WORDS) + len(PHRASES) + len(FACTS) >= 60


def stopped(library, authority):
    """What lint and build say of an authority's newest own edition, rule by rule; empty when both let it pass."""
    name = next(one for one in library.editions() if one.startswith(authority))
    try:
        checked(library, library.load(name))
    except ProblemsError as error:
        return [problem for problem in error.problems if problem.severity == "error"]
    return []


@pytest.fixture
def copied(tmp_path):
    """``copied(file, old, new)``: a workspace with that one file changed."""

    def make(file, old, new):
        text = (ROOT / file).read_text("utf-8")
        assert old in text, f"{file} has no {old}: choose another change"
        path = tmp_path / "office" / file
        path.parent.mkdir(parents=True)
        path.write_text(text.replace(old, new), "utf-8")
        return Library.at(tmp_path / "office")

    return make


def unoutlined(office, edition):
    """An edition without its outline, which the generic template makes."""
    path = f"provinces/{edition.replace('@', '/')}.yaml"
    (office / path).parent.mkdir(parents=True)
    text, outline, _ = (ROOT / path).read_text("utf-8").partition("\noutlines:\n")
    assert outline
    (office / path).write_text(f"{text}\n", "utf-8")


def test_the_generic_template_makes_an_edition_without_an_outline(tmp_path):
    edition = TEMPLATES[0][0]
    unoutlined(tmp_path, edition)
    assert stopped(Library.at(tmp_path), edition) == []


@pytest.mark.parametrize(("authority", "file", "old", "new"), TEMPLATES)
def test_a_change_of_a_template_is_stopped(copied, authority, file, old, new):
    library = copied(f"templates/{file}", old, new)
    unoutlined(library.roots[0], authority)
    problems = stopped(library, authority)
    assert problems
    assert all(problem.message and problem.hint for problem in problems)


@pytest.mark.parametrize(("authority", "old", "new"), OUTLINES)
def test_a_change_of_an_outline_is_stopped(copied, authority, old, new):
    name = next(one for one in Library.at(None).editions() if one.startswith(authority))
    problems = stopped(copied(f"provinces/{name.replace('@', '/')}.yaml", old, new), authority)
    assert problems
    assert all(problem.message and problem.hint for problem in problems)


@pytest.mark.parametrize(("authority", "table", "entry", "other"), WORDS)
def test_a_change_of_a_table_of_words_is_stopped(monkeypatch, authority, table, entry, other):
    monkeypatch.setitem(table, entry, other)
    assert "misread" in {problem.rule for problem in stopped(Library.at(None), authority)}


@pytest.mark.parametrize("name", ["day", "month_day", "copies", "bound", "years"])
def test_a_change_of_how_a_value_reads_is_stopped(monkeypatch, name):
    own = getattr(words, name)

    def other(value):
        return (
            own(value)
            .replace("5", "6")
            .replace("4", "6")
            .replace("两", "三")
            .replace("三", "四")
            .replace("不少于", "不多于")
        )

    monkeypatch.setattr(speaker, name, other)
    monkeypatch.setattr(words, name, other)
    found = [stopped(Library.at(None), authority) for authority in ("inner-mongolia", "guangxi", "guizhou")]
    assert "misread" in {problem.rule for problems in found for problem in problems}


@pytest.mark.parametrize(("authority", "old", "new"), PHRASES)
def test_a_change_of_a_phrase_is_stopped(copied, authority, old, new):
    name = next(one for one in Library.at(None).editions() if one.startswith(authority))
    file = f"provinces/{name.replace('@', '/')}.yaml"
    library = copied(file, old, new)
    rules = {problem.rule for problem in lint_files(library, [library.find(name)]) if problem.severity == "error"}
    assert rules & {"binding-words", "strength-words", "bound-words"}
    with pytest.raises(ProblemsError):
        library.load(name)


@pytest.mark.parametrize(("old", "new"), FACTS)
def test_a_change_of_a_fact_is_told_by_its_source(tmp_path, old, new):
    folder = tmp_path / "office" / "provinces" / "testland"
    folder.mkdir(parents=True)
    text = (DATA / "profile.yaml").read_text("utf-8")
    assert old in text
    (folder / "2024.yaml").write_text(text.replace(old, new, 1), "utf-8")
    shutil.copyfile(DATA / "source.txt", tmp_path / "source.txt")
    library = Library.at(tmp_path / "office")
    try:
        edition = library.load("testland@2024")
    except ProblemsError:
        return  # told before it can be held against anything
    report = verify(edition, read(tmp_path / "source.txt"))
    assert not report.sound
