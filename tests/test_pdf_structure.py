"""What a PDF tells readers who do not see it: everything is tagged or an artifact, in the order of the document."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from conftest import ROOT
from papers import LETTER, NOTICE, RULES, paper, para, squeezed
from PIL import Image, ImageCms
from tagged import checked, words
from test_forms_every import SEEN, filled, sheets

from notices.document.blocks import (
    AttachmentLabel,
    AttachmentList,
    Cell,
    Heading,
    Table,
    TableRow,
    Title,
    spans,
    text_lines,
)
from notices.forms import layout
from notices.papers.compose import compose
from notices.typeset.fonts import find_fonts
from notices.writers import pdf
from notices.writers.pdf_colours import srgb

FONTS = find_fonts((ROOT / ".fonts",))


def row(*texts, **how):
    return TableRow(tuple(Cell((spans(text),) if text else (), **how) for text in texts))


def table(count=2, *, ruled=True):
    return Table((1, 1), tuple(row(f"甲{n}", "") for n in range(count)), (row("序号", "名称"),), ruled=ruled)


@pytest.mark.parametrize("document", [NOTICE, LETTER, RULES], ids=lambda d: d.kind)
def test_all_that_is_drawn_is_told_in_the_order_of_the_document(document):
    reader, elements = checked(pdf.write(document, FONTS))
    wanted = [*text_lines(document)][: -1 if document is LETTER else None]  # no letter prints its last line (10.1)
    assert squeezed("".join(words(reader, elements))) == squeezed("".join(wanted))


@pytest.mark.parametrize("number", range(2))
def test_a_paper_of_an_edition_is_told_whole(number, editions, library):
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


@pytest.mark.slow
def test_every_paper_and_every_form_blank_and_filled_is_told_whole(editions, library):
    """Filled, each kind of form once."""
    documents = [
        compose(edition, paper, library).document for edition in editions.values() for paper in edition.profile.papers
    ]
    documents += [layout.document(sheet, library) for sheet, _ in sheets(library)]
    documents += [layout.document(sheet, library, filled(sheet)) for sheet in SEEN.values()]
    assert len(documents) > 70
    for document in documents:
        reader, elements = checked(pdf.write(document, FONTS))
        assert squeezed("".join(words(reader, elements))) == squeezed("".join(text_lines(document))), document.title
        about = reader.trailer["/Root"]["/Metadata"].get_object().get_data()
        assert b"<pdfuaid:part>1<" in about, document.title


def leads(reader):
    """What each sensitive area says and leads to."""
    for page in reader.pages:
        for each in page.get("/Annots", ()):
            area = each.get_object()
            yield area["/Contents"], area["/A"]["/URI"] if "/A" in area else area["/Dest"]


ADDRESSES = "网址https://a.example/b?c=1（邮箱a.b@c.example.cn），同https://a.example/b?c=1。半个http://和a@b不是。"


def test_addresses_are_links_where_they_stand_whole():
    tall = Table((1, 1), (row("网站", "https://a.example/d/"),), (row("甲", "乙"),))
    reader, elements = checked(pdf.write(paper(para(ADDRESSES), tall), FONTS))
    web = ("打开 https://a.example/b?c=1", "https://a.example/b?c=1")
    mail = ("发邮件到 a.b@c.example.cn", "mailto:a.b@c.example.cn")
    assert sorted(set(leads(reader))) == sorted({web, mail, ("打开 https://a.example/d/", "https://a.example/d/")})
    assert [each["/S"] for each in elements].count("/Link") == 4
    assert squeezed("".join(words(reader, elements))).startswith(squeezed(ADDRESSES))


def test_an_address_cut_by_the_end_of_a_page_is_no_link():
    address = "https://a.example/" + "abcdefghij/" * 16
    lines = [squeezed(f"第{n}段{'文' * 20}。") for n in range(20)]
    reader, elements = checked(pdf.write(paper(*map(para, lines), para(f"见{address}。"), para("完")), FONTS))
    assert len(reader.pages) == 2
    assert not list(leads(reader))
    assert squeezed(address) in squeezed("".join(words(reader, elements)))


def test_a_notice_leads_to_the_attachments_that_are_bound_to_it():
    text = para("填写推荐表（附件2），见附件1；《某办法》附件2和（附件3）不是。")
    names = AttachmentList((spans("甲"), spans("乙"), spans("丙")))
    pages = [each for n in (1, 2) for each in (AttachmentLabel(f"附件{n}"), Title((f"表{n}",)), para("见附件1。"))]
    reader, elements = checked(pdf.write(paper(Title(("通知",)), text, names, *pages), FONTS))
    found = [(told, reader.get_page_number(target[0].get_object())) for told, target in leads(reader)]
    assert found == [(f"转到附件{n}", n) for n in (2, 1, 1, 2)]
    assert [each["/S"] for each in elements].count("/Link") == 4
    assert not list(leads(checked(pdf.write(paper(text, names), FONTS))[0]))
