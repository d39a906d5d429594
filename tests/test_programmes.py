"""A programme is data: a second one is built from YAML alone, and a wrong programme file is told what is wrong."""

import json
import shutil
import subprocess
import sys

import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT

from notices import cli as command_line
from notices import programmes
from notices.app import schema
from notices.checklist import offers
from notices.cli import cli
from notices.compare.editions import Sides
from notices.compare.matrix import matrix
from notices.document.blocks import lines_of
from notices.errors import NotFoundError, ProblemsError
from notices.forms.catalogue import Catalogue as Forms
from notices.library import Library
from notices.marks import unmarked
from notices.papers.compose import compose
from notices.redline.words import cut
from notices.wording.titles import balanced

OFFICE = ROOT / "tests/data/programmes/quality-smes"
OLD, NEW = "testland-sme@2023", "testland-sme@2024"


@pytest.fixture(scope="module")
def library():
    return Library.at(OFFICE)


@pytest.fixture
def office(tmp_path):
    """The second programme's folder, to break."""
    return shutil.copytree(OFFICE, tmp_path / "office")


def text_of(library, name):
    made = compose(library.load(name), "notice", library).document
    return made, [unmarked(line) for block in made.blocks for line in lines_of(block)]


def run(folder, *arguments):
    done = CliRunner().invoke(cli, ["--workspace", str(folder), *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.output


def fails(capsys, folder, *arguments):
    """What the one boundary of all errors says."""
    assert command_line._run(["--workspace", str(folder), *map(str, arguments)]) != 0
    return capsys.readouterr().err


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def faults(folder, name=OLD):
    """Every problem of an edition, as it is told."""
    with pytest.raises(ProblemsError) as raised:
        Library.at(folder).load(name)
    return raised.value.problems


# the second programme, from YAML alone


def test_its_notice_is_built_by_an_outline_and_by_the_general_template(library):
    made, lines = text_of(library, OLD)
    assert made.draft, "what is not known of it is to be confirmed"
    assert "3.从事特定细分市场的时间不低于2年；" in lines
    assert "我厅公示拟认定的企业，公示期不少于【待定：公示天数】个工作日。" in lines
    assert any(line.startswith("并应符合下列条件之一：评价得分不低于60分；") for line in lines)
    _, lines = text_of(library, NEW)
    text = "\n".join(lines)
    assert "本年度申报类别为专精特新中小企业。" in lines
    assert "5.上年度研发费用占营业收入总额的比重不低于5%；" in lines
    managed = text[text.index("动态管理") :]
    assert "认定的有效期为三年" in managed, "the programme's own section is printed behind the one it stands after"
    assert "绿色" not in text


def test_it_is_linted_without_a_word():
    assert "0 个错误，0 个提醒" in CliRunner().invoke(cli, ["--workspace", str(OFFICE), "lint", OLD, NEW]).stderr


def test_its_checklist_judges_an_applicant(tmp_path):
    said = {"market-years": 2, "research-expense": 120, "research-share": 4, "revenue": 3000, "score": 50}
    said |= {"legal-entity": "是", "small-medium": "是", "research-mean": 1200, "contest": "否"}
    said |= {"name": "测试机械有限公司", "records-checked": "2023-06-01", "certificates-listed": "是", "records": []}
    path = tmp_path / "one.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    rows = {}
    for name in (OLD, NEW):
        folder = tmp_path / name
        arguments = ("--category", "专精特新中小企业", "--applicant", path, "--format", "md", "--out", folder)
        run(OFFICE, "checklist", name, *arguments)
        (made,) = folder.rglob("checklist.md")
        cells = [line.split(" | ") for line in made.read_text("utf-8").splitlines() if line.startswith("| ")]
        rows[name] = {row[1]: row[4] for row in cells if len(row) > 6}
    assert rows[OLD]["研发费用占比"] == "符合"
    assert rows[NEW]["研发费用占比"] == "不符合", "the figure rose from 3 to 5 per cent"
    assert rows[OLD]["评价得分"] == "不适用", "one of several is enough"
    assert rows[NEW]["评价得分"] == "不符合", "it stands alone in the later edition"
    assert rows[OLD]["事故"] == "无此情形"


def test_a_blank_checklist_has_its_own_words_and_no_others(tmp_path):
    run(OFFICE, "checklist", OLD, "--category", "specialised", "--format", "md", "--out", tmp_path)
    (made,) = tmp_path.rglob("checklist.md")
    text = made.read_text("utf-8")
    assert "2023年度省级专精特新中小企业申报核对清单" in text
    assert "上年度审计报告、研发费用专项说明※" in text
    assert "绿色" not in text


def test_its_two_editions_are_compared(library):
    shelf = Sides(library)
    changes = {change.id: change for change in shelf.diff(*shelf.sides((OLD, NEW)))}
    share = changes["conditions.specialised.research-share"]
    assert (share.verdict, share.topic, share.group) == ("stricter", "thresholds", "rules")
    assert "不低于3% → 不低于5%" in share.reason
    own = changes["validity.merger"]
    assert (own.verdict, own.topic) == ("only-right", "validity")
    assert changes["deadlines.city-to-province"].group == "dates"
    shown = run(OFFICE, "diff", OLD, NEW)
    assert "【规定·有效期和复核】" in shown
    told = json.loads(run(OFFICE, "diff", OLD, NEW, "--topic", "validity", "--format", "json"))
    assert {one["topic"] for one in told} == {"validity"}


def test_its_calendar_sections_and_applicants_sheet_are_its_own(library, tmp_path):
    shown = run(OFFICE, "calendar", NEW)
    assert "2024年度专精特新中小企业名单工作日程" in shown
    assert "templates/programmes/quality-smes/calendar.yaml" in shown
    assert "【有效期和复核】" in run(OFFICE, "show", NEW)
    run(OFFICE, "applicant-template", "--category", "专精特新中小企业", "-o", tmp_path / "a.xlsx")
    kind, key = offers.named(library, "little-giant")
    assert (kind.PROGRAMME.form_of(key), kind.PROGRAMME.key) == ("applicant-sme", "quality-smes")


def test_its_words_stay_whole_in_a_title(library):
    terms = library.load(NEW).profile.programme.terms
    title = "某某省工业和信息化厅关于组织开展某年某批次专精特新中小企业认定工作的通知"
    assert any("专精特新" in line for line in balanced(title, words=terms))


def test_its_schema_offers_its_categories_and_units(library):
    made = json.dumps(schema.schema(programmes.load(library, "quality-smes")), ensure_ascii=False)
    assert '["innovative", "specialised", "little-giant"]' in made
    assert "万元" in made
    assert "factory" not in made
    assert '"validity"' in made
    assert schema.schema(programmes.shipped(library))["title"] == "绿色制造名单年度配置"


def test_the_schemas_kept_are_those_of_the_program(library):
    kind = programmes.shipped(library)
    kept = {
        "provinces": schema.schema(kind),
        "templates/forms": schema.form_schema(kind),
        "templates/programmes": schema.programme_schema(),
    }
    for folder, made in kept.items():
        assert json.loads((ROOT / folder / "schema.json").read_text("utf-8")) == made, folder


def test_editions_of_two_programmes_are_not_compared(library, capsys):
    shelf = Sides(library)
    with pytest.raises(NotFoundError, match=r"guangxi@2024 是绿色制造"):
        shelf.diff(*shelf.sides((OLD, "guangxi@2024")))
    with pytest.raises(NotFoundError, match="不是同一个项目"):
        matrix(shelf, [OLD, "guangxi@2024"])
    assert "不是同一个项目" in fails(capsys, OFFICE, "matrix")


def test_it_stands_under_no_national_edition(library):
    profile = library.load(NEW).profile
    assert library.national_line(NEW, profile.answers, nation=profile.programme.national) is None
    assert Sides(library).line(*Sides(library).sides([NEW])) is None


def test_the_list_of_editions_builds_no_model():
    code = "import sys; from notices.cli import cli; cli(['list'], standalone_mode=False)"
    code += "; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "False"


# what a profile may not write


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "hint"),
    [
        ("for: [specialised]\n    say: 在境内", "for: [specialized]\n    say: 在境内", "conditions.specialised.legal-entity.for[0]",
         "没有这个类别 specialized", "是不是 specialised？可用：innovative、specialised、little-giant"),
        ("  innovative: {", "  inovative: {", "categories.inovative", "没有这个类别 inovative", "是不是 innovative？"),
        ("unit: 万元", "unit: 万美元", "conditions.specialised.research.limit.unit", "没有这个单位 万美元", "是不是 万元？可用：%、万元"),
        ("severity: major", "severity: mayor", "exclusions.items.accident.severity", "不能是 mayor", "是不是 major？可用的值：any"),
        ("programme: quality-smes", "programme: quality-smes\nthird_party: {}", "third_party", "不认识的键", "写作 third-party"),
        ("validity:\n", "green-code:\n", "green-code", "不认识的键", "notices schema"),
        ("programme: quality-smes", "programme: quality-sme", "programme", "没有名为 quality-sme 的项目", "是不是 quality-smes？"),
        ("programme: quality-smes", "programme: [quality-smes]", "programme", "没有写属于哪个项目", "quality-smes"),
        ("programme: quality-smes\n", "", "programme", "没有写属于哪个项目", "green-manufacturing、quality-smes"),
    ],
)  # fmt: skip
def test_a_value_the_programme_does_not_know_is_refused_with_its_place(office, old, new, key, message, hint):
    path = office / "provinces/testland-sme/2023.yaml"
    line = path.read_text("utf-8")[: path.read_text("utf-8").index(old)].count("\n")
    edit(path, old, new)
    found = next(problem for problem in faults(office) if problem.key == key)
    assert found.file == "provinces/testland-sme/2023.yaml"
    assert message in found.message
    assert hint in found.hint
    if new:
        assert line <= found.line - 1 <= line + 1


def test_a_form_may_name_no_category_that_no_programme_has(office):
    path = office / "templates/forms/applicant-sme.yaml"
    edit(path, "    blank: 2\n", "    blank: 2\n    for: [sme]\n")
    with pytest.raises(ProblemsError, match="没有这个类别 sme") as raised:
        Forms(Library.at(office)).form("applicant-sme")
    assert "specialised" in str(raised.value)
    edit(path, "for: [sme]", "for: [factory, innovative]")
    assert Forms(Library.at(office)).form("applicant-sme")


# what a programme file may not write


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "hint"),
    [
        ("  specialised: {", "  startup: {name: 初创企业, noun: 企业}\n  specialised: {", "categories.startup",
         "没有申报单位情况表 applicant-startup", "写上 applicant: 用哪张表，或者新建这个文件"),
        ("applicant: applicant-sme}\n  spec", "applicant: aplicant-sme}\n  spec", "categories.innovative.applicant",
         "没有申报单位情况表 aplicant-sme", "是不是 applicant-sme？"),
        ("list: ", "lists: ", "lists", "不认识的键", "删去"),
        ("list: ", "lists: ", "list", "缺少必填的键", "补上"),
        ("noun: 企业}", "nuon: 企业}", "categories.specialised.nuon", "不认识的键", "删去"),
        ("topic: validity, after", "topic: validty, after", "sections.validity.topic", "没有主题 validty", "是不是 validity？"),
        ("after: management", "after: managment", "sections.validity.after", "没有 managment 这一节", "是不是 management？"),
        ("  validity: {label: 有效期和复核, topic: validity, after: management}",
         "  managements: {label: 动态, topic: validity}", "sections.managements", "配置里没有 managements 这一节", "写上 after"),
        ("  validity: {label: 有效期和复核, topic: validity, after: management}",
         "  review: {label: 审核, topic: validity, after: management}", "sections.review.after", "review 是各项目都有的键", "换一个编号"),
        ("calendar: programmes", "calendar: programme", "calendar", "没有文件 templates/programme/", "核对路径"),
        ("calendar: programmes/quality-smes/calendar.yaml", "calendar: ../../calendar.yaml", "calendar", "格式不对", "应符合"),
        ('units: ["%", 万元', 'units: ["%", 5', "units[1]", "应是文字", "引号"),
        ("  innovative: {", "  Innovative: {", "categories.Innovative", "格式不对", "应符合"),
        ("\napplicant: applicant-sme", "\napplicant: applicant-smes", "applicant", "没有名为 applicant-smes 的表", "是不是 applicant-sme？"),
    ],
)  # fmt: skip
def test_a_wrong_programme_file_is_told_where_and_what(office, old, new, key, message, hint):
    path = office / "templates/programmes/quality-smes.yaml"
    edit(path, old, new)
    found = next((problem for problem in faults(office) if problem.key == key), None)
    assert found, [str(problem) for problem in faults(office)]
    assert found.file == "templates/programmes/quality-smes.yaml"
    assert found.line > 1
    assert message in found.message
    assert hint in found.hint


def test_all_that_is_wrong_with_a_programme_is_told_at_once_and_by_lint(office):
    path = office / "templates/programmes/quality-smes.yaml"
    edit(path, "topic: validity, after: management", "topic: validty, after: managment")
    assert {problem.key for problem in faults(office)} == {"sections.validity.topic", "sections.validity.after"}
    done = CliRunner().invoke(cli, ["--workspace", str(office), "lint"])
    assert done.exit_code == 1
    assert "quality-smes.yaml" in done.stdout
    assert "没有主题 validty" in done.stdout


def test_a_programme_file_that_is_no_yaml_is_told_with_its_line(office):
    path = office / "templates/programmes/quality-smes.yaml"
    line = path.read_text("utf-8").count("\n") + 1
    path.write_text(f"{path.read_text('utf-8')}terms: [一]\n", "utf-8")
    (found,) = faults(office)
    assert (found.file, found.line, found.key) == ("templates/programmes/quality-smes.yaml", line, "terms")
    assert "键重复" in found.message
    assert "testland-sme@2023" in run(office, "list"), "the list reads no programme"


def test_a_redline_keeps_the_words_of_every_programme_whole(library, programme):
    terms = {term for kind in programmes.every(library) for term in kind.PROGRAMME.terms}
    assert {"绿色工业园区", "专精特新"} <= terms
    assert "绿色工业园区" not in cut("关于绿色工业园区的通知")
    assert "绿色工业园区" in cut("关于绿色工业园区的通知", programme.terms)


def test_an_offices_own_common_file_has_every_section(office):
    common = office / "templates/programmes/common.yaml"
    shutil.copyfile(ROOT / "templates/programmes/common.yaml", common)
    edit(common, "  quotas: {label: 名额, topic: thresholds}\n", "")
    (found,) = (problem for problem in faults(office) if problem.key == "sections")
    assert found.message == "没有写这几节：quotas"


def test_a_programme_is_read_anew_when_its_file_changes(office):
    library = Library.at(office)
    assert library.load(NEW).profile.programme.list_name == "专精特新中小企业名单"
    edit(office / "templates/programmes/quality-smes.yaml", "list: 专精特新中小企业名单", "list: 优质企业名单")
    assert library.load(NEW).profile.programme.list_name == "优质企业名单"


def test_another_programme_under_the_same_id_is_no_earlier_edition(office):
    path = office / "provinces/testland-sme/2025.yaml"
    text = (ROOT / "tests/data/testland.yaml").read_text("utf-8").replace("id: testland\n", "id: testland-sme\n")
    path.write_text(text.replace("year: 2024", "year: 2025\nprogramme: green-manufacturing"), "utf-8")
    arguments = ("--category", "factory", "--format", "md", "--out", office / "build")
    run(office, "checklist", "testland-sme@2025", *arguments)
    (made,) = (office / "build").rglob("checklist.md")
    assert "与上一版的不同" not in made.read_text("utf-8")


def test_every_key_of_a_programme_file_is_documented():
    told = (ROOT / "docs/programmes.md").read_text("utf-8")
    made = schema.programme_schema()
    models = [made, *made["$defs"].values()]
    keys = {key for model in models for key in model.get("properties", {})}
    assert len(keys) > 15
    assert [key for key in sorted(keys) if f"`{key}`" not in told] == []
