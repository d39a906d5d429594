"""What a PDF tells readers who do not see it: everything is tagged or an artifact, in the order of the document."""

from __future__ import annotations

import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from conftest import ROOT
from papers import LETTER, NOTICE, RULES, paper, para, squeezed
from PIL import Image, ImageCms
from pypdf import PdfReader
from pypdf.generic import ContentStream

from notices.document.blocks import Cell, Heading, Table, TableRow, Title, spans, text_lines
from notices.papers.compose import compose
from notices.typeset.fonts import find_fonts
from notices.writers import pdf
from notices.writers.pdf_colours import srgb

FONTS = find_fonts((ROOT / ".fonts",))
ARTIFACTS, SHOWING = "/Artifact", (b"Tj", b"f")


def row(*texts, **how):
    return TableRow(tuple(Cell((spans(text),) if text else (), **how) for text in texts))


def table(count=2, *, ruled=True):
    return Table((1, 1), tuple(row(f"甲{n}", "") for n in range(count)), (row("序号", "名称"),), ruled=ruled)


def kids(element):
    found = element.get("/K", [])
    return [each.get_object() for each in (found if isinstance(found, list) else [found])]


def walk(element):
    yield element
    for each in kids(element):
        if not isinstance(each, int) and each.get("/S"):
            yield from walk(each)


def checked(content):
    """The elements of a file in order, once everything that holds for every file was looked at."""
    reader = PdfReader(io.BytesIO(content))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalog["/Lang"] == "zh-CN"
    assert reader.outline
    assert reader.metadata.title
    assert len(reader.trailer["/ID"]) == 2
    ET.fromstring(catalog["/Metadata"].get_object().get_data().decode("utf-8"))  # noqa: S314 - our own
    assert catalog["/OutputIntents"][0]["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"
    tree = catalog["/StructTreeRoot"]
    (root,) = kids(tree)
    numbers = tree["/ParentTree"]["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    pages = {page.indirect_reference.idnum: page for page in reader.pages}
    drawn = set()
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        open_ = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                assert not open_, "one stretch inside another"
                open_.append(operands)
                if operands[0] != ARTIFACTS:
                    number = operands[1]["/MCID"]
                    assert owners[page["/StructParents"]][number].get_object()["/S"] == operands[0]
                    drawn.add((page.indirect_reference.idnum, number))
            elif operator == b"EMC":
                open_.pop()
            assert operator not in SHOWING or open_, "drawn, and neither tagged nor an artifact"
    elements = list(walk(root))
    told = set()
    for element in elements:
        for each in kids(element):
            if isinstance(each, int) or "/MCID" in each:
                inside = isinstance(each, int)
                place = (element if inside else each).raw_get("/Pg").idnum, each if inside else each["/MCID"]
                assert place not in told
                assert owners[pages[place[0]]["/StructParents"]][place[1]].get_object() == element
                told.add(place)
            else:
                assert each["/P"].get_object() == element
    assert told == drawn
    ranks = [int(element["/S"][2:]) for element in elements if element["/S"][1:2] == "H"]
    assert all(after <= before + 1 for before, after in zip([0, *ranks], ranks, strict=False))
    for grid in (element for element in elements if element["/S"] == "/Table"):
        reach = [
            sum(cell.get("/A", {}).get("/ColSpan", 1) * cell.get("/A", {}).get("/RowSpan", 1) for cell in kids(line))
            for line in kids(grid)
        ]
        assert sum(reach) % len(reach) == 0, "rows of unequal length"
    return reader, elements


def words(reader, elements):
    """The text in the order of the tree, each stretch as pypdf reads it between its operators."""
    shown = {}
    for page in reader.pages:
        number, font = None, None
        fonts = {name: unicode(each.get_object()) for name, each in page["/Resources"]["/Font"].items()}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"BDC":
                number = operands[1].get("/MCID")
            elif operator == b"Tf":
                font = fonts[operands[0]]
            elif operator == b"Tj" and number is not None:
                codes = operands[0].original_bytes
                text = "".join(font[codes[n : n + 2]] for n in range(0, len(codes), 2))
                key = page.indirect_reference.idnum, number
                shown[key] = shown.get(key, "") + text
    for element in elements:
        for each in kids(element):
            if isinstance(each, int):
                yield shown[element.raw_get("/Pg").idnum, each]
            elif "/MCID" in each:
                yield shown[each.raw_get("/Pg").idnum, each["/MCID"]]


def unicode(font):
    """The character of every code of a font."""
    lines = font["/ToUnicode"].get_data().decode().splitlines()
    pairs = [line[1:-1].split("> <") for line in lines if "> <" in line and line != "<0000> <ffff>"]
    return {bytes.fromhex(code): bytes.fromhex(char).decode("utf-16-be") for code, char in pairs}


@pytest.mark.parametrize("document", [NOTICE, LETTER, RULES], ids=lambda d: d.kind)
def test_all_that_is_drawn_is_told_in_the_order_of_the_document(document):
    reader, elements = checked(pdf.write(document, FONTS))
    wanted = [*text_lines(document)][: -1 if document is LETTER else None]  # no letter prints its last line (10.1)
    assert squeezed("".join(words(reader, elements))) == squeezed("".join(wanted))


@pytest.mark.parametrize("number", range(2))
def test_the_papers_of_editions_are_told_whole(number, editions, library):
    edition = list(editions.values())[number]
    document = compose(edition, next(iter(edition.profile.papers)), library).document
    reader, elements = checked(pdf.write(document, FONTS))
    assert squeezed("".join(words(reader, elements))) == squeezed("".join(text_lines(document)))


def test_a_tables_head_is_told_once_and_every_row_has_all_its_cells():
    document = paper(Title(("表",)), table(120))
    reader, elements = checked(pdf.write(document, FONTS))
    assert len(reader.pages) > 1
    tags = [element["/S"] for element in elements]
    assert (tags.count("/TH"), tags.count("/TD"), tags.count("/TR")) == (2, 240, 121)
    assert {element["/A"]["/Scope"] for element in elements if element["/S"] == "/TH"} == {"/Column"}
    assert squeezed("".join(words(reader, elements))) == squeezed("".join(text_lines(document)))


LABELLED = tuple(
    TableRow((Cell((spans("名称"),), label=True), Cell((spans(text),) if text else ()))) for text in ("甲", "")
)
OVER = TableRow((Cell((spans("基本情况"),), across=2, label=True),))


@pytest.mark.parametrize(
    ("head", "rows", "scopes"),
    [
        ((), table().rows, None),
        ((), (*LABELLED, row("无", "")), None),
        ((row("序号", "名称"),), table().rows, ["/Column", "/Column"]),
        ((), (OVER, *LABELLED), ["/Column", "/Row", "/Row"]),
    ],
)
def test_a_file_calls_itself_accessible_only_where_its_tables_say_what_names_a_cell(head, rows, scopes):
    reader, elements = checked(pdf.write(paper(replace(table(), head=head, rows=rows)), FONTS))
    about = reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert (b"<pdfuaid:part>1<" in about) == bool(scopes)
    assert not scopes or [each["/A"]["/Scope"] for each in elements if each["/S"] == "/TH"] == scopes


def test_a_table_without_rules_is_texts_beside_each_other():
    _, elements = checked(pdf.write(paper(table(ruled=False)), FONTS))
    assert {element["/S"] for element in elements} == {"/Document", "/P"}


def test_no_rank_of_headings_is_left_out():
    headings = [Heading(level, spans(f"标题{n}")) for n, level in enumerate((3, 3, 1, 4, 4, 2))]
    _, elements = checked(pdf.write(paper(Title(("题",)), *headings, para("文")), FONTS))
    assert [each["/S"] for each in elements[1:-1]] == ["/H1", "/H2", "/H2", "/H2", "/H3", "/H3", "/H3"]


def test_a_file_has_the_date_of_its_document_or_none():
    for day, told in ((dt.date(2024, 5, 3), ["2024-05-03"] * 2), (None, [])):
        reader, _ = checked(pdf.write(replace(NOTICE, dated=day), FONTS))
        about = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
        assert re.findall("<xmp:(?:Create|Modify)Date>(.*?)<", about) == told
        dates = [reader.metadata.get(name) for name in ("/CreationDate", "/ModDate")]
        assert dates == (["D:20240503"] * 2 if day else [None, None])


def test_the_colours_of_a_file_are_those_of_srgb():
    ours, theirs = io.BytesIO(srgb()), ImageCms.createProfile("sRGB")
    sample = Image.frombytes("RGB", (256, 3), bytes(n * 7 % 256 for n in range(256 * 9)))
    lab = ImageCms.createProfile("LAB")
    made = [ImageCms.buildTransform(each, lab, "RGB", "LAB") for each in (ours, theirs)]
    seen = [ImageCms.applyTransform(sample, each).tobytes() for each in made]
    assert all((a - b) % 256 in (0, 1, 255) for a, b in zip(*seen, strict=True))
    assert len(srgb()) == int.from_bytes(srgb()[:4])
