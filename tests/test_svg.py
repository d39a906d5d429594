"""The pages in a browser: the PDF's own characters at the PDF's own places, each stretch knowing its facts."""

import re
from dataclasses import replace

import pytest
import uharfbuzz
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import notices
from notices.document import blocks as doc
from notices.document.mentions import merged
from notices.typeset.fonts import find_fonts, glyphs
from notices.typeset.pages import typeset
from notices.writers import svg

SPACE = {"s": "http://www.w3.org/2000/svg"}
PAPERS = [(name, kind) for name in notices.open().editions() for kind in notices.open().edition(name).profile.papers]


@pytest.fixture(scope="module")
def fonts():
    return find_fonts((ROOT / ".fonts",))


def trees(made):
    return [etree.fromstring(page.encode()) for page in made.pages]


def drawn(page):
    """Every character of a page with where it begins, as the browser is told."""
    found = []
    for text in page.iterfind(".//s:text", SPACE):
        xs = text.get("x").split()
        assert len(xs) == len(text.text), "every character has a place"
        found += [(char, float(x), float(text.get("y"))) for char, x in zip(text.text, xs, strict=True)]
    return found


def placed(sheet):
    """The same as the typesetter has it."""
    for line in sheet.lines:
        for fragment in line.fragments:
            x = fragment.x
            for char in fragment.text:
                yield char, x, line.baseline
                x += glyphs(fragment.face).advance(char) * fragment.size + fragment.spacing


def paper(name, kind="notice"):
    return notices.open().edition(name).papers()[kind]


@pytest.mark.parametrize(("name", "kind"), PAPERS)
def test_every_character_stands_where_the_typesetter_put_it(fonts, name, kind):
    document = paper(name, kind)
    sheets = list(typeset(merged(document), fonts))
    made = trees(svg.pages(document, fonts, f"papers.{kind}"))
    assert len(made) == len(sheets) > 0
    for page, sheet in zip(made, sheets, strict=True):
        there, expected = drawn(page), list(placed(sheet))
        assert [char for char, _, _ in there] == [char for char, _, _ in expected]
        assert all(
            abs(a - c) < 0.006 and abs(b - d) < 0.006 for (_, a, b), (_, c, d) in zip(there, expected, strict=True)
        )


@pytest.mark.parametrize(("name", "kind"), PAPERS)
def test_every_mention_is_on_a_page_with_its_key_and_its_words(fonts, name, kind):
    document = paper(name, kind)
    wanted = {
        (fact.key, fact.number)
        for block in document.blocks
        for text in doc.texts_of(block)
        for span in text
        for fact in span.facts[-1:]
        if fact.key
    }
    assert len(wanted) >= 10
    told = {}
    for page in trees(svg.pages(document, fonts, f"papers.{kind}")):
        for stretch in page.iterfind(".//s:g[@data-mention]", SPACE):
            key = stretch.get("data-fact"), int(stretch.get("data-mention"))
            told[key] = told.get(key, "") + "".join(stretch.itertext())
    assert wanted <= set(told)
    words = {
        (fact.key, fact.number): fact.words
        for block in document.blocks
        for text in doc.texts_of(block)
        for span in text
        for fact in span.facts[-1:]
        if fact.key
    }
    bare = {key: re.sub(r"\s", "", text) for key, text in told.items()}
    assert [key for key in wanted if not set(bare[key]) <= set(words[key])] == []


def test_the_paper_itself_is_told_by_its_parts(fonts):
    made = trees(svg.pages(paper("guangxi@2024"), fonts, "papers.notice"))
    parts = {
        part.get("data-part"): "".join(part.itertext())
        for page in made
        for part in page.iterfind(".//s:g[@data-part]", SPACE)
    }
    assert set(parts) == {"mark", "number", "title", "addressees", "issued", "disclosure", "imprint"}
    assert "268号" in parts["number"]


def test_a_mention_takes_the_focus_once(fonts):
    made = trees(svg.pages(paper("guangxi@2024"), fonts, "papers.notice"))
    buttons = [one.get("data-mention") for page in made for one in page.iterfind(".//s:g[@tabindex]", SPACE)]
    stated = {one.get("data-mention") for page in made for one in page.iterfind(".//s:g[@data-mention]", SPACE)}
    named = [one for one in buttons if one is not None]
    assert len(named) == len(set(named)) == len(stated) > 50


def test_there_is_no_style_and_nothing_from_elsewhere(fonts):
    for name, kind in PAPERS[:4]:
        text = "".join(svg.pages(paper(name, kind), fonts, "papers.notice").pages)
        assert " style=" not in text
        assert "href" not in text
        assert "<script" not in text


def test_every_face_holds_its_characters_and_is_named_by_its_bytes(fonts):
    made = svg.pages(paper("guangxi@2024"), fonts)
    used = {}
    for page in trees(made):
        for text in page.iterfind(".//s:text", SPACE):
            used.setdefault(text.get("font-family"), set()).update(text.text)
    assert set(used) == set(made.faces)
    for family, chars in used.items():
        font = uharfbuzz.Font(uharfbuzz.Face(made.faces[family]))
        assert [char for char in chars if not font.get_nominal_glyph(ord(char))] == []
    assert made.mark == svg.pages(paper("guangxi@2024"), fonts).mark
    assert made.mark != svg.pages(paper("jilin@2024"), fonts).mark


def test_equal_documents_give_equal_pages(fonts):
    one, two = (svg.pages(paper("guizhou@2024", "rules"), fonts) for _ in range(2))
    assert one == two


@given(st.text(st.sampled_from("<>&\"'一二三 {}%甲"), min_size=1, max_size=60))
def test_any_text_is_shown_as_it_is(text):
    fonts = find_fonts((ROOT / ".fonts",))
    fact = doc.Mention('a"b<c>', text, 0)
    document = doc.Document(
        "试", "<标题>", "", "plain", (doc.Paragraph((doc.Span("甲"), doc.Span(text, facts=(fact,)), doc.Span("乙"))),)
    )
    pages = trees(svg.pages(document, fonts))
    shown = "".join(char for page in pages for char, _, _ in drawn(page) if char not in " \u3000—1")
    assert shown == f"甲{text}乙".replace(" ", "")
    stated = "".join(
        "".join(one.itertext()) for page in pages for one in page.iterfind(".//s:g[@data-fact]", SPACE)
    ).replace(" ", "")
    assert stated in ("", text.replace(" ", "")) if not text.strip() else stated == text.replace(" ", "")


def test_a_landscape_page_is_turned_as_its_paper_is(fonts):
    upright = paper("guangxi@2024")
    turned = replace(
        upright, blocks=(*upright.blocks[:-1], doc.Section(landscape=True), doc.Paragraph((doc.Span("横排"),)))
    )
    pages = trees(svg.pages(turned, fonts))
    box = [page.get("viewBox").split()[2:] for page in pages]
    assert box[0] == ["595.28", "841.89"]
    assert ["841.89", "595.28"] in box
    assert any(group.get("transform") for page in pages for group in page.iterfind(".//s:g", SPACE))
