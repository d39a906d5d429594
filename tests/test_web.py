"""The HTML and Markdown writers: the same text as every other writer, whatever characters it holds."""

from __future__ import annotations

import html as entities
import re

import markdown
import pytest
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from papers import LETTER, NOTICE, RULES, paper, para, squeezed

from notices.document.blocks import Heading, Title, spans, text_lines
from notices.writers import html, md

CSS = (ROOT / "templates" / "web.css").read_text("utf-8")

TEXTS = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]()<>#+-.!|~&=:\"'/0123456789 绿色制造，。“”〔〕①"),
        st.characters(categories=("L", "N", "P", "S")),
    ),
    min_size=1,
    max_size=60,
).filter(str.strip)
NASTY = [
    "<b>&amp;</b>",
    "1. 甲",
    "- 乙",
    "# 丙 #",
    "*丁*",
    "___",
    "===",
    "> 戊",
    "    己",
    "[a](b)",
    "![a](b)",
    "~~~",
    "| - |",
]


def expected(document):
    lines = list(text_lines(document))
    if document.layout == "letter":  # a letter's imprint has copies only (10.1)
        lines.pop()
    return squeezed("".join(lines))


def visible(page):
    """The text of an HTML page's body, tags taken out and references resolved."""
    body = re.search(r"<article>(.*)</article>", page, re.DOTALL)[1]
    return squeezed(entities.unescape(re.sub(r"<[^>]*>", "", body)).replace("草稿·尚有待定事项", ""))


@pytest.mark.parametrize("document", [NOTICE, LETTER, RULES], ids=lambda d: d.kind)
def test_html_has_the_documents_text_once_in_order(document):
    assert visible(html.write(document, CSS).decode()) == expected(document)


def test_html_is_one_file_in_chinese_with_a_structure():
    page = html.write(NOTICE, CSS).decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert f"<title>{NOTICE.title}</title>" in page
    assert "<h2" in page
    assert '<h2 class="level1">一、总体要求</h2>' in page
    assert page.count('<section class="attachment">') == page.count("</section>") == 2
    assert "<mark>【待定：推荐截止日期】</mark>" in page
    assert '<p class="draft">草稿·尚有待定事项</p>' in page
    assert "草稿" not in html.write(RULES, "").decode()
    assert not re.search(r"""(src|href)=|url\(|@import""", page)


def test_html_escapes_titles_and_a_style_sheet_cannot_leave_its_element():
    page = html.write(paper(para("<b>"), title='</title>"&', author='"><script>'), "</style><script>").decode()
    assert "<script>" not in page.split("<style>")[0]
    assert "</style><script>" not in page
    assert "&lt;b&gt;" in page


@given(st.lists(TEXTS, min_size=1, max_size=4))
@example(NASTY)
def test_html_keeps_any_text(texts):
    document = paper(Title((texts[0],)), *map(para, texts), Heading(1, spans(texts[-1])))
    assert visible(html.write(document, CSS).decode()) == expected(document)


def read_again(data):
    return squeezed(entities.unescape(re.sub(r"<[^>]*>", "", markdown.markdown(data.decode()))))


@pytest.mark.parametrize("document", [NOTICE, LETTER, RULES], ids=lambda d: d.kind)
def test_markdown_has_the_documents_text_once_in_order(document):
    assert read_again(md.write(document)).replace("草稿·尚有待定事项", "") == expected(document)


def test_markdown_headings_and_draft_mark():
    text = md.write(NOTICE).decode()
    assert text.startswith("> 草稿·尚有待定事项\n\n")
    assert "\n\n## 一、总体要求\n\n" in text
    assert "\n\n### （一）推荐范围\n\n" in text
    assert "草稿" not in md.write(RULES).decode()


@given(st.lists(TEXTS, min_size=1, max_size=4))
@example(NASTY)
def test_markdown_reads_again_as_the_same_text(texts):
    document = paper(Title((texts[0],)), *map(para, texts), Heading(1, spans(texts[-1])))
    assert read_again(md.write(document)) == expected(document)
    assert len(md.write(document).decode().strip().split("\n\n")) == len(texts) + 2
