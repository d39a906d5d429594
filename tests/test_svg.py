"""The pages in a browser: the PDF's own characters at the PDF's own places, each stretch knowing its facts."""

import base64
import io
import re
from dataclasses import replace

import pytest
import uharfbuzz
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

import notices
from notices.document import blocks as doc
from notices.document.mentions import merged
from notices.forms import layout
from notices.forms.catalogue import Catalogue
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
    """The same as the typesetter has it: a character, where it begins and ends, its baseline."""
    for line in sheet.lines:
        for fragment in line.fragments:
            x = fragment.x
            for char in fragment.text:
                wide = glyphs(fragment.face).advance(char) * fragment.size
                yield char, x, x + wide, line.baseline
                x += wide + fragment.spacing


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
        assert [one[0] for one in there] == [one[0] for one in expected]
        pairs = zip(there, expected, strict=True)
        assert all(abs(a - x) < 0.006 and abs(b - y) < 0.006 for (_, a, b), (_, x, _, y) in pairs)


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
    labels = [one.get("aria-label") for page in made for one in page.iterfind(".//s:g[@data-part='number']", SPACE)]
    assert labels == ["桂工信能源〔2024〕268号"]


@pytest.mark.parametrize(("name", "kind"), PAPERS)
def test_a_mention_is_one_button_that_says_all_its_words(fonts, name, kind):
    made = trees(svg.pages(paper(name, kind), fonts, f"papers.{kind}"))
    begun = {}
    for number, page in enumerate(made):
        for one in page.iterfind(".//s:g[@data-mention]", SPACE):
            mention, button = one.get("data-mention"), one.get("role") == "button"
            assert button is (one.get("tabindex") == "0") is (mention not in begun)
            assert (one.get("aria-label") is None) is not button
            begun.setdefault(mention, number)
            assert (one.get("aria-hidden") == "true") is (not button and begun[mention] == number)
    assert len(begun) >= 10


def test_cells_tell_their_facts_on_every_page_they_stand_on(fonts):
    def cell(text, *facts):
        return doc.Cell(((doc.Span("甲："), doc.Span(text, facts=facts)),))

    head, row = doc.Mention("head.key", "抬头", 0), doc.Mention("row.key", "内容", 1)
    rows = (*(doc.TableRow((cell("空"), cell("空"))) for _ in range(60)), doc.TableRow((cell("空"), cell("内容", row))))
    table = doc.Table((1, 1), rows, (doc.TableRow((cell("抬头", head), cell("空"))),))
    pages = trees(svg.pages(doc.Document("试", "表", "", "plain", (table,)), fonts))
    told = [[(one.get("data-fact"), "".join(one.itertext())) for one in page.iterfind(".//s:g[@data-fact]", SPACE)]
            for page in pages]  # fmt: skip
    assert len(pages) > 2
    assert told[:-1] == [[("head.key", "抬头")]] * (len(pages) - 1)
    assert told[-1] == [("head.key", "抬头"), ("row.key", "内容")]


def test_what_waits_is_told_where_no_fact_is(fonts):
    waits = (doc.Span("另行"), doc.waiting("【待定：牵头处室】"))
    [page] = trees(svg.pages(doc.Document("试", "试", "", "plain", (doc.Paragraph(waits),)), fonts))
    told = [(one.get("data-pending"), "".join(one.itertext())) for one in page.iterfind(".//s:g[@class='open']", SPACE)]
    assert told == [("牵头处室", "【待定：牵头处室】")]
    opened = [one for sheet in trees(svg.pages(paper("national@2025"), fonts, "papers.notice"))
              for one in sheet.iterfind(".//s:g[@class='fact open']", SPACE)]  # fmt: skip
    assert len(opened) >= 10
    assert all(one.get("data-pending") and one.get("data-fact") for one in opened)


def test_a_picture_is_named_by_its_bytes_and_served_apart(fonts):
    content = picture()
    figure = doc.Figure(content, 200, 100, '一张"图"&<')
    made = svg.pages(doc.Document("试", "图", "", "plain", (figure, figure)), fonts, pictures="/figures/")
    [(name, held)] = made.figures.items()
    assert held == content
    shown = [one for page in trees(made) for one in page.iterfind(".//s:image", SPACE)]
    assert [(one.get("href"), one.get("aria-label")) for one in shown] == [(f"/figures/{name}", '一张"图"&<')] * 2
    assert [(one.get("width"), one.get("height")) for one in shown] == [("200", "100")] * 2
    assert "base64" not in "".join(made.pages)


def picture():
    file = io.BytesIO()
    Image.new("RGB", (4, 2), "red").save(file, "PNG")
    return file.getvalue()


def test_what_may_be_clicked_hides_nothing_where_no_style_is(fonts):
    pages = trees(svg.pages(paper("guangxi@2024"), fonts))
    grounds = [one for page in pages for one in page.iterfind(".//s:rect[@class='ground']", SPACE)]
    assert {(one.get("fill"), one.get("pointer-events")) for one in grounds} == {("none", "all")}


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


MEASURED = """() => [...document.querySelectorAll('svg text')].map(text => {
  const chars = [...text.textContent], found = []
  let at = 0
  for (const char of chars) {
    if (at < text.getNumberOfChars())
      found.push([text.getStartPositionOfChar(at).x, text.getEndPositionOfChar(at + char.length - 1).x])
    at += char.length
  }
  return [text.textContent, found]
})"""


@pytest.mark.parametrize("wanted", ["notice", "form", "odd"])
def test_the_browser_draws_every_character_where_the_pdf_has_it(fonts, chromium, wanted):
    library = notices.open().library
    document = {
        "notice": lambda: paper("guangxi@2024"),
        "form": lambda: layout.document(Catalogue(library).sheets(library.load("guangxi@2024"))[2], library),
        "odd": lambda: doc.Document(
            "试",
            "试",
            "",
            "plain",
            (doc.Paragraph((doc.Span(" 按 GB/T  2589 的𠮷𠂇甲𠮷乙“引”（一）——fi ffi &<b>AVA"),)),),
        ),
    }[wanted]()
    expected = [one for sheet in typeset(merged(document), fonts) for one in placed(sheet)]
    made = svg.pages(document, fonts)
    faces = "".join(
        f"@font-face{{font-family:{name};src:url(data:font/otf;base64,{base64.b64encode(held).decode()})}}"
        for name, held in made.faces.items()
    )
    opened = chromium.new_page()
    try:
        sized = "svg{width:595.28pt}" if wanted == "notice" else ""
        opened.set_content(f"<!doctype html><style>{faces}{sized}</style>{''.join(made.pages)}")
        states = opened.evaluate("document.fonts.ready.then(all => [...all].map(one => one.status))")
        drawn = opened.evaluate(MEASURED)
    finally:
        opened.close()
    assert set(states) == {"loaded"}
    assert [char for text, _ in drawn for char in text] == [one[0] for one in expected]
    places = [place for _, found in drawn for place in found]
    assert len(places) == len(expected), "blanks have their places too"
    wrong = [(one, place) for one, place in zip(expected, places, strict=True)
             if abs(one[1] - place[0]) > 0.02 or abs(one[2] - place[1]) > 0.1]  # fmt: skip
    assert wrong == []
