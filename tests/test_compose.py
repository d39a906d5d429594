"""Templates: strict, sandboxed, and proven to state every fact."""

import io
import re

import docx
import pytest
from conftest import ROOT

from notices.app.names import FUNCTIONS, VALUES, page
from notices.document.blocks import Heading, Masthead, Paragraph, Signature, Title, lines_of, plain, text_lines
from notices.document.digest import outline
from notices.document.mentions import merged
from notices.errors import ProblemsError
from notices.library import Library
from notices.papers.annotate import annotated
from notices.papers.compose import compose
from notices.papers.context import context
from notices.papers.coverage import checked, regions, unstated
from notices.rendering.renderer import Press
from notices.wording.speaker import Speaker
from notices.writers import md


def composed(workspace, **options):
    library = Library.at(workspace)
    return compose(library.load("testland"), "notice", library, **options)


def own_template(workspace, text):
    path = workspace / "templates/testland/notice.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_province_without_a_template_gets_the_generic_notice(workspace):
    library = Library.at(workspace)
    made = checked(library, library.load("testland"))["notice"]
    text = "\n".join(text_lines(made.document))
    assert made.templates == ("notice.md.j2",)
    assert not made.document.draft
    for fact in ("年综合能源消费量3000吨标准煤以上（含3000吨标准煤）", "工业增加值占比超过50%", "近三年", "较大及以上",
                 "2024年5月31日", "张三，0771-1234567", "附件：推荐汇总表", "《推荐汇总表》（附件）", "《测试规划》（测政发〔2023〕9号）"):  # fmt: skip
        assert fact in text


def test_an_authoritys_own_template_comes_first(workspace):
    own_template(workspace, '{% extends "notice.md.j2" %}{% block preamble %}本省自己的话。{% endblock %}')
    assert composed(workspace).templates == ("testland/notice.md.j2",)
    assert "本省自己的话。" in list(text_lines(composed(workspace).document))


def test_a_dropped_rule_is_found(workspace):
    own_template(workspace, '{% extends "notice.md.j2" %}{% block exclusions %}{% endblock %}')
    library = Library.at(workspace)
    with pytest.raises(ProblemsError) as caught:
        checked(library, library.load("testland"))
    assert [p.key for p in caught.value.problems] == ["exclusions", "exclusions.items.accident"]
    assert all(p.file == "provinces/testland/2024.yaml" and p.line for p in caught.value.problems)


def test_a_rule_without_its_figure_is_found(workspace):
    own_template(workspace, "年综合能源消费量很大以上（含），工业增加值占比高")
    library = Library.at(workspace)
    edition = library.load("testland")
    missing = {p.key: p.message for p in unstated(edition, [compose(edition, "notice", library).document])}
    assert "3000吨标准煤" in missing["conditions.factory.energy"]
    assert "50%" in missing["conditions.park.industrial-share"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("第一行\n\n{{ nothing }}", 3, "没有 nothing 这个名称"),
        ("{{ p.nothing }}", 1, "nothing"),
        ("甲\n{% if %}", 2, "语法错误"),
        ("{{ ''.__class__.__mro__ }}", 1, "__class__"),
        ("{{ p.source.slips.__class__.__base__.__subclasses__() }}", 1, "__class__"),
        ("{% include '../../pyproject.toml' %}", 0, "找不到模板"),
        ("{% include '/etc/passwd' %}", 0, "找不到模板"),
        ("{% for i in range(10 ** 5 + 1) %}{% endfor %}", 1, "不用 ** 运算"),
        ("{% for i in range(999999) %}{% endfor %}", 1, "循环次数太多"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", 1, "循环次数太多"),
        ("{{ lipsum(10) }}", 1, "没有 lipsum 这个名称"),
        ("{{ '甲' * p.year }}", 1, "不用 * 运算"),
        ("{{ 2 ** p.year }}", 1, "不用 ** 运算"),
        ("{{ p.relaxes }}{{ none }}", 1, "relaxes"),
        ("{{ p.extends }}", 1, "空"),
        ("{{ clause('nowhere') }}", 0, "nowhere 不存在"),
        ("> 引用", 0, "没有 blockquote"),
        ("{{ attachment('nothing') }}", 1, "nothing"),
    ],
)
def test_bad_templates_give_one_clear_message(workspace, text, line, message):
    own_template(workspace, text)
    with pytest.raises(ProblemsError) as caught:
        composed(workspace)
    (problem,) = caught.value.problems
    assert problem.file == "templates/testland/notice.md.j2"
    assert problem.line == line
    assert message in problem.message
    assert problem.hint


def test_values_are_never_markup(workspace, profile_file):
    value = "# <b>*甲*</b> & [乙](x) 1. &lt; `c` _d_"
    text = profile_file.read_text("utf-8").replace("name: 绿色工厂,", f'name: "{value}",')
    profile_file.write_text(text, "utf-8")
    assert any(value in line for line in text_lines(composed(workspace).document))


def test_to_be_confirmed_is_visible_and_makes_a_draft(workspace, profile_file):
    text = profile_file.read_text("utf-8").replace("number: 测工信〔2024〕1号", "number: {pending: 发文字号}")
    profile_file.write_text(text, "utf-8")
    made = composed(workspace)
    (mast,) = [b for b in made.document.blocks if isinstance(b, Masthead)]
    assert plain(mast.number) == "【待定：发文字号】"
    assert mast.number[0].face == "pending"
    assert made.document.draft
    assert made.pendings == (("papers.notice.number", "发文字号"),)


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("{pending: 标题, suggest: 试验省的通知}", ("试验省的通知", "（征求意见稿）（标题是拟写的，【待定：标题】）")),
        ("{pending: 标题}", ("（还没有标题）", "（征求意见稿）（【待定：标题】）")),
        ("试验省的通知", ("试验省的通知", "（征求意见稿）")),
    ],
)
def test_a_title_to_be_confirmed_leaves_the_subtitle_and_is_none(workspace, profile_file, title, printed):
    text = re.sub(
        "    title: .*", f"    title: {title}\n    subtitle: （征求意见稿）", profile_file.read_text("utf-8"), count=1
    )
    profile_file.write_text(text, "utf-8")
    (block,) = (one for one in composed(workspace).document.blocks if isinstance(one, Title))
    assert lines_of(block) == printed


def test_room_for_a_seal_on_request(workspace):
    (signature,) = [b for b in composed(workspace, sealed=True).document.blocks if isinstance(b, Signature)]
    assert signature.sealed


# What a document knows of its facts


def annotated_texts(library, name, kind="notice"):
    edition = library.load(name)
    document = checked(library, edition)[kind].document
    content = Press(library, ("docx",)).bytes_of(document, "docx")
    made = annotated(content, document, edition)
    assert made == annotated(content, document, edition)
    paper = docx.Document(io.BytesIO(made))
    return document, paper, [comment.text for comment in paper.comments]


def test_the_annotated_copy_tells_where_every_paragraph_comes_from(library):
    document, paper, comments = annotated_texts(library, "guangxi")
    assert len(comments) == sum(isinstance(block, Heading | Paragraph) for block in document.blocks)
    deadline = next(text for text in comments if "deadlines.city-to-province" in text)
    assert (
        "市级报送申请材料（deadlines.city-to-province）；条款：二第1段；值：2024-05-31；出处：provinces/guangxi/2024.yaml:"
        in deadline
    )
    inherited = next(text for text in comments if "implements.plan-145" in text)
    assert "文字继承自 provinces/national/" in inherited
    printed = docx.Document(io.BytesIO(Press(library, ("docx",)).bytes_of(document, "docx")))
    assert [one.text for one in paper.paragraphs] == [one.text for one in printed.paragraphs]


def test_every_fact_of_a_body_leaves_its_key_and_its_own_words(library):
    document = compose(library.load("guangxi"), "notice", library).document
    found = {mention.key: mention.words for block in document.blocks for mention, _ in regions(block)}
    assert found["conditions.park.industrial-share"] == "工业增加值占比超过50%"
    assert found["contacts.office"] == "欧阳朋，0771-8095256"
    assert all(text == mention.words for block in document.blocks for mention, text in regions(block))


def test_what_is_printed_does_not_depend_on_what_it_states(library):
    document = compose(library.load("guangxi"), "notice", library).document
    assert md.write(document) == md.write(merged(document))
    assert outline(document) == outline(merged(document))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{{ number(p.conditions['park.industrial-share'].limit.value) }}%", "unfounded"),
        ("{{ bound(p.conditions['park.industrial-share'].limit) }}", "unfounded"),
        ("{{ day(p.deadlines['city-to-province'].date) }}前", "fixed-words"),
        ("{{ '不' ~ '得' }}申报", "unfounded"),
        ("{{ say(p.conditions['park.industrial-share']) | replace('工业', '') }}", "altered"),
        ("{{ say(p.conditions['park.industrial-share']) | truncate(6) }}", "template"),
        ("{{ ought(rules('nobody')) }}", "template"),
        ("{{ either(rules('conditions')) }}", "template"),
    ],
)
def test_a_value_beside_its_fact_is_refused(workspace, text, rule):
    folder = workspace / "templates" / "testland"
    folder.mkdir()
    (folder / "notice.md.j2").write_text(
        "{% extends 'notice.md.j2' %}{% block contacts %}{{ super() }}\n\n" + text + "\n{% endblock %}", "utf-8"
    )
    library = Library.at(workspace)
    with pytest.raises(ProblemsError) as caught:
        checked(library, library.load("testland"))
    assert rule in {problem.rule for problem in caught.value.problems}
    assert all(problem.hint for problem in caught.value.problems)


def test_every_name_of_a_template_is_told(library):
    speaker = Speaker(library.load("guangxi").profile)
    assert set(context(speaker)) == set(FUNCTIONS) | set(VALUES)
    assert (ROOT / "docs/templates.md").read_text("utf-8") == page(), "notices template-names -o docs/templates.md"


def test_a_contact_with_everything_and_a_platform_without_an_address(workspace, profile_file):
    text = profile_file.read_text("utf-8")
    whole = "phone: 0771-1234567, fax: 0771-7654321, address: 测试市和平路1号, postcode: '530000', email: a@example.com"
    text = re.sub(r"phone: 0771-1234567", whole, text)
    text += "\nchannels:\n  platform: {name: 申报平台, column: 省级专栏, cite: 一}\n"
    text = text.replace("say: 将《推荐汇总表》", "say: 通过{channel:platform}将《推荐汇总表》")
    profile_file.write_text(text, "utf-8")
    library = Library.at(workspace)
    printed = "\n".join(text_lines(checked(library, library.load("testland"))["notice"].document))
    assert "传真0771-7654321" in printed
    assert "地址：测试市和平路1号，邮编530000" in printed
    assert "电子邮箱：a@example.com" in printed
    assert "通过申报平台（省级专栏）将" in printed


def test_the_generic_notice_prints_no_empty_heading(workspace, profile_file):
    text = profile_file.read_text("utf-8")
    for section in ("deadlines", "materials", "exclusions", "conditions", "priorities"):
        text = re.sub(rf"(?m)^{section}:\n(?:[ #].*\n|\n)*", "", text)
    text = text.replace("clauses: [引言, 一, 二, 附件]", "clauses: []")
    profile_file.write_text(text, "utf-8")
    library = Library.at(workspace)
    blocks = compose(library.load("testland"), "notice", library).document.blocks
    headings = [n for n, block in enumerate(blocks) if isinstance(block, Heading)]
    assert headings
    assert all(isinstance(blocks[n + 1], Heading | Paragraph) for n in headings)
    assert not any("材料报送" in plain(block.text) for block in blocks if isinstance(block, Heading))
    last = [n for n in headings if not isinstance(blocks[n + 1], Paragraph)]
    assert last == []


@pytest.mark.parametrize(
    "call", ["month_day('x')", "chinese('x')", "years(p)", "day('x')", "either(rules('conditions'))"]
)
def test_what_a_function_cannot_do_is_said_in_chinese(workspace, call):
    own_template(workspace, "甲\n\n{{ " + call + " }}")
    with pytest.raises(ProblemsError) as caught:
        composed(workspace)
    (problem,) = caught.value.problems
    assert call.partition("(")[0] in problem.message
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", problem.message)
