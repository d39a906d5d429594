"""The body's template language: numbering, run-in headings, references, and values that no markup can touch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.document.blocks import Chapter, Heading, Paragraph, plain
from notices.document.mentions import runs
from notices.outlines.markdown import blocks
from notices.outlines.numbering import UnknownBlockError, UnknownReferenceError, protect, reveal

legal = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1)


def lines(source, scheme="notice"):
    return [b.text if isinstance(b, Chapter) else plain(b.text) for b in blocks(source, scheme)]


def test_headings_and_items_number_themselves():
    source = "# 甲\n\n## 乙\n\n1. 丙\n1. 丁\n\n## 戊\n\n### 己\n\n1. 庚\n\n#### 辛\n\n# 壬\n\n## 癸"
    expected = ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "（1）庚", "（1）辛", "二、壬", "（一）癸"]
    assert lines(source) == expected


def test_articles_run_on_through_chapters():
    source = "# 总则\n\n## 为了甲。\n\n## 所称乙。\n\n另一款。\n\n# 附则\n\n## 本细则施行。"
    assert lines(source, "rules") == [
        "第一章　总则", "第一条　为了甲。", "第二条　所称乙。", "另一款。", "第二章　附则", "第三条　本细则施行。",
    ]  # fmt: skip


def test_a_heading_that_ends_with_a_full_stop_runs_in():
    (block,) = blocks("# 总\n\n## 绿色工厂。\n\n应当合规。", "notice")[1:]
    assert block == Paragraph(block.text)
    assert [(s.text, s.face) for s in runs(block.text)] == [("（一）绿色工厂。", "kai"), ("应当合规。", "body")]


def test_faces_follow_the_level():
    faces = [b.text[0].face for b in blocks("# 一\n\n## 二\n\n### 三\n\n#### 四", "notice") if isinstance(b, Heading)]
    assert faces == ["hei", "kai", "body", "body"]


def test_references_are_computed_and_a_missing_one_is_refused():
    source = "# 甲 {#first}\n\n见\ue100second\ue101和\ue100first\ue101。\n\n# 乙 {#second}"
    assert lines(source) == ["一、甲", "见二和一。", "二、乙"]
    assert lines("## 甲。 {#a}\n\n## 依照\ue100a\ue101。", "rules")[1] == "第二条　依照第一条。"
    with pytest.raises(UnknownReferenceError, match="third"):
        blocks("见\ue100third\ue101", "notice")


@pytest.mark.parametrize(
    "source", ["> 引用", "- 点", "    代码", "---", "##### 五级", "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"]
)
def test_what_the_page_has_no_form_for_is_refused(source):
    with pytest.raises(UnknownBlockError):
        blocks(source, "notice")


def test_a_line_like_a_link_definition_is_text():
    assert lines("[甲]: 乙\n\n丙") == ["[甲]: 乙", "丙"]


def test_angle_brackets_in_a_template_are_text():
    assert lines("<b>甲</b>\n\n乙<br>丙 &amp; 丁") == ["<b>甲</b>", "乙<br>丙 & 丁"]


@given(legal)
def test_any_value_survives_as_a_paragraph(text):
    """No value is read as Markdown or HTML, wherever it stands; only outer white space and line ends are the reader's."""
    (block,) = blocks("前" + protect(text) + "后", "notice")
    assert plain(block.text) == "前" + text + "后"


@given(legal.filter(lambda text: not text[0].isspace() and not text[-1].isspace()))
def test_any_value_survives_as_a_heading_and_an_item(text):
    heading, item = blocks(f"# {protect(text)}甲\n\n1. 乙{protect(text)}", "notice")
    assert plain(heading.text) == f"一、{text}甲"
    assert plain(item.text) == f"1.乙{text}"


@given(legal)
def test_protect_and_reveal_are_inverse(text):
    assert reveal(protect(text)) == text
