"""The imprint on an even page, where that is asked: PDF and Word alike, with a blank page before it where need be."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from conftest import ROOT
from lxml import etree
from papers import LETTER, paper, para
from pypdf import PdfReader
from tagged import checked

from notices.document.blocks import Imprint, Salutation, Signature, Title, spans
from notices.papers.bundle import imprint_even
from notices.typeset.fonts import find_fonts
from notices.typeset.pages import typeset
from notices.writers import docx
from notices.writers.table import Means, written

FONTS = find_fonts((ROOT / ".fonts",))
MEANS = Means(lambda name: (ROOT / "templates" / name).read_bytes(), lambda: FONTS)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IMPRINT = Imprint(spans("某某厅办公室"), spans("2024年4月3日"), (spans("某某局"),))


def long(lines):
    """A paper without masthead of so many lines, the signature not counted, and an imprint on an even page."""
    text = [para("这一段正好是一行的文字") for _ in range(lines)]
    sign = Signature((spans("某某省工业和信息化厅"),), spans("2024年4月3日"))
    head = (Title(("关于测试的通知",)), Salutation(spans("各市：")))
    return imprint_even(paper(*head, *text, sign, IMPRINT, layout="document"))


def numbers(pages):
    """The page number of each page; None where it has none."""
    found = ("".join(f.text for line in page.lines if line.furniture for f in line.fragments) for page in pages)
    return [int(match[1]) if (match := re.search(r"— (\d+) —", text)) else None for text in found]


def imprinted(pages, document):
    """On which page the imprint stands, from 1, and whether it is alone there."""
    at = document.blocks.index(replace(IMPRINT, even=True))
    here = [{line.source.block for line in page.lines if not line.furniture} for page in pages]
    (number,) = [n for n, blocks in enumerate(here, 1) if at in blocks]
    return number, here[number - 1] == {at}


CASES = {
    "on the even page the text ends on": (26, 2, False, [1, 2]),
    "overleaf, where the text ends on an odd page": (5, 2, True, [1, 2]),
    "overleaf, where an odd page is full": (15, 2, True, [1, 2]),
    "after a blank page, where an even page is full": (37, 4, True, [1, 2, None, None]),
}


@pytest.mark.parametrize("name", CASES)
def test_the_imprint_stands_on_an_even_page(name):
    lines, page, alone, numbered = CASES[name]
    document = long(lines)
    pages = typeset(document, FONTS)
    assert (imprinted(pages, document), numbers(pages)) == ((page, alone), numbered)
    assert len(pages) == page
    plain = replace(document, blocks=(*document.blocks[:-1], IMPRINT))
    assert len(typeset(plain, FONTS)) <= page, "what nobody asked for"


@pytest.mark.parametrize("name", CASES)
def test_word_has_it_on_a_section_that_begins_on_even_pages(name):
    _, _, alone, numbered = CASES[name]
    with zipfile.ZipFile(io.BytesIO(written(long(CASES[name][0]), "docx", MEANS))) as package:
        *before, last = etree.fromstring(package.read("word/document.xml")).iter(f"{W}sectPr")
        kind = last.find(f"{W}type")
        assert [one.find(f"{W}type") for one in before] == [None] * len(before)
        assert (None if kind is None else kind.get(f"{W}val")) == ("evenPage" if alone else None)
        names = {reference.values()[-1] for reference in last.iter(f"{W}footerReference")}
        assert (names == {"footer-blank"}) == (None in numbered)
        assert ("word/footer-blank.xml" in package.namelist()) == (None in numbered)
        if None in numbered:
            assert b"PAGE" not in package.read("word/footer-blank.xml")


def test_a_page_left_blank_does_no_harm_to_the_tags():
    content = written(long(37), "pdf", MEANS)
    checked(content)
    assert not PdfReader(io.BytesIO(content)).pages[2].extract_text().strip()


def test_a_letter_has_its_copies_so_too():
    document = imprint_even(LETTER)
    pages = typeset(document, FONTS)
    assert len(pages) % 2 == 0
    assert docx.overleaf.wanted(document, lambda: FONTS) is not None


def test_word_needs_no_fonts_where_it_is_not_asked():
    def none():
        raise AssertionError

    assert docx.made(LETTER, Means(MEANS.template, none))
