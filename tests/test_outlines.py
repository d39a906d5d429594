"""A paper from its outline: what an outline may say, what becomes of it, and what is told where it cannot be."""

import pytest

from notices import outlines
from notices.document.blocks import Heading, Paragraph, plain
from notices.errors import ProblemsError
from notices.library import Library
from notices.papers.compose import compose
from notices.papers.coverage import checked
from notices.profile.outline import OutlinePlace, pieces

PROFILE = """
id: testland
year: 2024
source: {title: 测试省的通知, checked: 2026-11-20}
authority: {name: 测试省工业和信息化厅, region: 测试省, level: 省级}
papers:
  notice: {title: 通知, number: 测工信〔2024〕1号, issued: 2024-04-03, layout: letter, addressees: [各市工业和信息化局]}
actors: {city: 各市工业和信息化局, province: 我厅, applicant: 申报单位}
categories:
  factory: {name: 绿色工厂}
  park: {name: 绿色工业园区, offered: false}
conditions:
  factory.legal: {say: 具有独立法人资格, for: [factory]}
  factory.running: {say: 正常生产, for: [factory]}
  park.rank: {say: 为省级园区, for: [park]}
procedure:
  review: {say: 审核申报材料, by: city}
  report: {say: 报送推荐名单, by: city}
  later: {say: 另行报告, by: city, when: 有变化的}
  publish: {say: 公布名单, by: province, strength: does}
deadlines:
  city-to-province: {say: 报送申报材料, by: city, to: province, date: 2024-05-31}
contacts:
  office: {person: 张三, phone: 0531-12345678}
"""
OUTLINE = """
outlines:
  notice:
    - 现组织开展{year}年度{categories.*}申报工作：
    - heading: 条件
      parts:
        - heading: "{categories.factory}"
          parts:
            - {lead: "申报单位{ought:conditions.factory.*}符合下列条件：", items: conditions.factory.*}
        - heading: "{categories.park}"
          parts: [[conditions.park.*]]
    - heading: 程序
      parts:
        - [procedure.*]
        - 请{deadlines.city-to-province}。
    - heading: 空的一节
      parts: [[review.*]]
    - [contacts.*]
"""


@pytest.fixture
def written(tmp_path):
    """``written(outline)``: a library with one edition that has this outline, and the edition."""

    def make(outline=OUTLINE, profile=PROFILE):
        folder = tmp_path / "office" / "provinces" / "testland"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "2024.yaml").write_text(profile + outline, "utf-8")
        library = Library.at(tmp_path / "office")
        return library, library.load("testland@2024")

    return make


def body(library, edition):
    blocks = compose(edition, "notice", library).document.blocks
    return [plain(block.text) for block in blocks if isinstance(block, Heading | Paragraph)]


def test_a_notice_is_made_in_the_outlines_order(written):
    assert body(*written()) == [
        "现组织开展2024年度绿色工厂申报工作：",
        "一、条件",
        "（一）绿色工厂",
        "申报单位应当符合下列条件：",
        "1.具有独立法人资格；",
        "2.正常生产。",
        "二、程序",
        "各市工业和信息化局审核申报材料，报送推荐名单。有变化的，各市工业和信息化局另行报告。我厅公布名单。",
        "请各市工业和信息化局于2024年5月31日前报送申报材料。",
        "联系人及电话：张三，0531-12345678",
    ]


def test_it_states_every_fact_of_it(written):
    library, edition = written()
    assert checked(library, edition).keys() == {"notice"}


def test_articles_count_through_chapters(written):
    profile = PROFILE.replace("papers:\n", "papers:\n  rules: {title: 细则, layout: plain, cite: 一}\n", 1)
    outline = """
outlines:
  rules:
    - {heading: 总则, parts: [{article: [[procedure.review], [procedure.report]]}]}
    - {heading: 附则, parts: [{article: ["{procedure.publish}。"]}]}
"""
    library, edition = written(outline, profile)
    made = compose(edition, "rules", library).document
    assert [plain(block.text) for block in made.blocks if isinstance(block, Paragraph)] == [
        "第一条　各市工业和信息化局审核申报材料。",
        "各市工业和信息化局报送推荐名单。",
        "第二条　我厅公布名单。",
    ]


def test_an_actor_is_named_in_full_once(written):
    profile = PROFILE.replace("layout: letter,", "layout: letter, introduces: {city: 各市工业和信息化主管部门},")
    texts = [text for text in body(*written(profile=profile)) if "各市" in text]
    assert texts[0].startswith("各市工业和信息化主管部门（以下统称“各市工业和信息化局”）审核")
    assert "主管部门" not in "".join(texts)[20:]


WRONG = {
    "no such fact": ("[procedure.*]", "[procedure.*, procedure.nothing]", "没有指向任何内容", "outlines.notice[2]"),
    "no such group": ("[contacts.*]", "[contact.*]", "没有指向任何内容", "outlines.notice[4]"),
    "no such view": ("{ought:", "{must:", "没有 must 这种写法", "outlines.notice[1]"),
    "a view of another kind": ("请{deadlines", "请{ought:deadlines", "不能用于这种事实", "outlines.notice[2]"),
    "one fact only": ("请{deadlines.city-to-province}", "请{say:procedure.*}", "后面只写一条", "outlines.notice[2]"),
    "no such actor": ("申报单位{ought", "{actor:nobody}{ought", "没有编号为 nobody 的参与方", "outlines.notice[1]"),
    "no place": ("请{deadlines.city-to-province}", "请{时限}", "看不懂的占位", "outlines.notice[2]"),
    "materials wanted": ("请{deadlines", "请{carrying:deadlines", "后面还要写材料", "outlines.notice[2]"),
    "not offered": ("请{deadlines", "请{conditions.park.rank}。请{deadlines", "没有开展的类别", "outlines.notice[2]"),
    "a paper": ("请{deadlines", "请{papers.notice}请{deadlines", "不能直接印", "outlines.notice[2]"),
    "a word that binds": ("heading: 程序", "heading: 不得申报的程序", "“不得”", "outlines.notice[2]"),
    "a figure": ("现组织", "现用30天组织", "“30”", "outlines.notice[0]"),
    "no such paper": ("  notice:", "  rules:", "没有 rules 这份文件", "outlines.rules"),
}


@pytest.mark.parametrize(("old", "new", "said", "key"), WRONG.values(), ids=WRONG)
def test_what_an_outline_cannot_say_is_told_where_it_stands(written, old, new, said, key):
    assert old in OUTLINE
    with pytest.raises(ProblemsError) as caught:
        written(OUTLINE.replace(old, new, 1))
    problem = next(one for one in caught.value.problems if said in one.message)
    assert problem.key.startswith(key)
    assert problem.line > PROFILE.count("\n")
    assert problem.hint


SHAPES = {
    "no part": ("[contacts.*]", "{hedding: 一, parts: [二]}"),
    "no parts": ("parts: [[review.*]]", "parts: []"),
    "a number": ("[contacts.*]", "3"),
}


@pytest.mark.parametrize(("old", "new"), SHAPES.values(), ids=SHAPES)
def test_what_is_no_part_is_told(written, old, new):
    with pytest.raises(ProblemsError) as caught:
        written(OUTLINE.replace(old, new, 1))
    assert all(one.key.startswith("outlines.notice") for one in caught.value.problems)


def test_a_fact_left_out_is_told_with_what_to_write(written):
    library, edition = written(OUTLINE.replace("请{deadlines.city-to-province}。", "材料按时报送。"))
    with pytest.raises(ProblemsError) as caught:
        checked(library, edition)
    (problem,) = caught.value.problems
    assert (problem.key, problem.rule) == ("deadlines.city-to-province", "unstated")
    assert "{deadlines.city-to-province}" in problem.hint


def test_of_two_facts_with_the_same_words_the_one_left_out_is_told(written):
    twin = "  again: {say: 审核申报材料, by: city}\n"
    outline = OUTLINE.replace(
        "[procedure.*]", "[procedure.review, procedure.report, procedure.later, procedure.publish]"
    )
    library, edition = written(outline, PROFILE.replace("  report: {say", f"{twin}  report: {{say"))
    assert "审核申报材料" in "".join(body(library, edition))
    with pytest.raises(ProblemsError) as caught:
        checked(library, edition)
    assert [(one.key, one.rule) for one in caught.value.problems] == [("procedure.again", "unstated")]


def test_what_facts_do_not_allow_is_told(written):
    with pytest.raises(ProblemsError) as caught:
        compose(*_either(written))
    (problem,) = caught.value.problems
    assert (problem.rule, problem.key) == ("outline", "outlines.notice")
    assert "{either:conditions.factory.*}" in problem.message


def _either(written):
    library, edition = written(OUTLINE.replace("{ought:", "{either:"))
    return edition, "notice", library


def test_an_offices_own_template_goes_before_the_outline(written, tmp_path):
    library, edition = written()
    own = tmp_path / "office" / "templates" / "testland"
    own.mkdir(parents=True)
    (own / "notice.md.j2").write_text("本厅自己的写法。\n", "utf-8")
    assert body(library, edition) == ["本厅自己的写法。"]


def test_an_outline_does_not_pass_to_another_authority(written, tmp_path):
    library, _ = written()
    other = tmp_path / "office" / "provinces" / "otherland"
    other.mkdir()
    (other / "2024.yaml").write_text(
        PROFILE.replace("id: testland\nyear: 2024\n", "id: otherland\nyear: 2024\nextends: testland/2024\n"), "utf-8"
    )
    assert library.load("otherland@2024").profile.outlines == {}


def test_a_text_is_cut_into_words_and_places():
    text = "请{deadlines.a}，{also:conditions.park.* b.c}符合{year}年{ 坏的}"
    assert list(pieces(text)) == [
        "请",
        OutlinePlace("", ("deadlines.a",)),
        "，",
        OutlinePlace("also", ("conditions.park.*", "b.c")),
        "符合",
        OutlinePlace("", ("year",)),
        "年{ 坏的}",
    ]


def test_every_view_is_documented():
    assert outlines.VIEWS
    assert all(view.said and view.takes for view in outlines.VIEWS.values())


def test_headings_go_four_levels_deep_and_no_further(written):
    deep = """
outlines:
  notice:
    - heading: 一
      parts:
        - heading: 二
          parts:
            - heading: 三
              parts:
                - heading: 四
                  parts:
                    - heading: 五
                      parts: [[procedure.*]]
"""
    library, edition = written(deep)
    with pytest.raises(ProblemsError) as caught:
        compose(edition, "notice", library)
    assert "最多四级" in caught.value.problems[0].message
