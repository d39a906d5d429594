"""Faults of measured places, planted into the PDF itself: set on another page, or its lines and rules moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import ROOT
from planting import paper, spans
from test_inspection_faults import FAULTS as WORD
from test_inspection_faults import LETTER as LETTERS
from test_inspection_faults import UPWARD
from test_inspection_special import FAULTS as SPECIAL

from notices.document import blocks as b
from notices.document.mentions import merged
from notices.inspection import catalog, inspect, pdf
from notices.typeset.fonts import find_fonts
from notices.typeset.page import PAGE, mm
from notices.typeset.pages import typeset
from notices.writers.drawing import draw

FONTS = find_fonts((ROOT / ".fonts",))
AGREED = {"title-face", "mark-face", "imprint-even"}
"""小标宋 that is not on this machine, and an imprint on an odd page, which is to be planted."""
PLAIN = (
    "各地要统筹谋划分类指导有序推进绿色制造体系建设并且把各项任务分解到每一个责任单位同时加强督促检查确保取得实效" * 3
)


def long(layout="document", sections=2):
    """The sound paper with more text, whose full lines have neither marks nor digits."""
    whole = paper(layout, attachments=False)
    body = [block for block in whole.blocks if "附件" not in "".join(b.lines_of(block))]
    at = next(n for n, block in enumerate(body) if isinstance(block, b.Signature))
    more = [b.Paragraph(spans(f"{text}{PLAIN}。")) for text in ("甲", "乙", "丙") * sections]
    return replace(whole, blocks=(*body[:at], *more, *body[at:]))


def printed(document, page=PAGE, change=None):
    """The PDF of a document as set on a page, the pages changed before they are drawn."""
    document = merged(document)
    pages = list(typeset(document, FONTS, page))
    return draw(document, change(document, pages) if change else pages)


def found(content):
    return inspect.inspected(pdf.read("件.pdf", content)).findings


def bars(test, **values):
    """Rules of some kind otherwise; without values they are gone."""

    def change(_, pages):
        return [
            replace(one, bars=tuple(replace(x, **values) if test(x) else x for x in one.bars if values or not test(x)))
            for one in pages
        ]

    return change


def red(bar):
    return bar.colour == "#f00"


def wide(bar):
    return bar.width > mm(120)


def numbers(across=0.0, down=0.0, without=()):
    """Page numbers moved, or missing from some pages."""

    def change(_, pages):
        def moved(line):
            fragments = tuple(one.moved(across) for one in line.fragments)
            return replace(line, fragments=fragments, baseline=line.baseline + down)

        return [
            replace(
                one,
                lines=tuple(moved(x) if x.furniture else x for x in one.lines if not (x.furniture and n in without)),
            )
            for n, one in enumerate(pages, 1)
        ]

    return change


def imprint_higher(document, pages):
    """The imprint 60 points further up, with its rules."""
    at = next(n for n, block in enumerate(document.blocks) if isinstance(block, b.Imprint))
    last = pages[-1]
    lines = tuple(replace(x, baseline=x.baseline - 60) if x.source and x.source.block == at else x for x in last.lines)
    return [*pages[:-1], replace(last, lines=lines, bars=tuple(replace(x, y=x.y - 60) for x in last.bars))]


def many_addressees():
    """Addressees that fill the first page."""
    whole = long()
    names = "，".join(f"第{n}市工业和信息化主管部门" for n in range(10, 32))
    blocks = [b.Salutation(spans(f"{names}：")) if isinstance(x, b.Salutation) else x for x in whole.blocks]
    return replace(whole, blocks=tuple(blocks))


def signed_alone():
    """Who signs and the day on a page of their own."""
    whole = long()
    at = next(n for n, block in enumerate(whole.blocks) if isinstance(block, b.Signature))
    return replace(whole, blocks=(*whole.blocks[:at], b.Section(), *whole.blocks[at:]))


LETTER = long("letter")
FAULTS = (
    # rule, the document, the page it is set on, what is changed on its pages
    ("area-left", long(), replace(PAGE, left=mm(32)), None),
    ("area-width", long(), replace(PAGE, text_width=mm(150)), bars(wide, width=PAGE.text_width)),
    ("area-top", long(sections=4), replace(PAGE, top=mm(44), text_height=mm(218), lines=21), None),
    ("measured-lines", long(), replace(PAGE, line=26.0), None),
    ("measured-chars", long(), replace(PAGE, cells=26), None),
    ("measured-red-line", long(), PAGE, bars(red)),
    ("measured-red-line", long(), PAGE, bars(red, width=mm(120))),
    ("measured-red-line", long(), replace(PAGE, rule_below=mm(11)), None),
    ("measured-mark", long(), replace(PAGE, mark_top=mm(60)), None),
    ("measured-mark", LETTER, replace(PAGE, letter_mark_top=mm(42)), None),
    ("measured-letter", LETTER, replace(PAGE, letter_rule_width=mm(165)), None),
    ("measured-letter", LETTER, replace(PAGE, letter_rule_foot=mm(27)), None),
    ("measured-letter", LETTER, PAGE, bars(red, colour="#000")),
    ("measured-page-number", long(), PAGE, numbers(without=(2,))),
    ("measured-number-sides", long(), PAGE, numbers(across=-200)),
    ("measured-number-place", long(), replace(PAGE, number_below=mm(13)), None),
    ("first-page-text", many_addressees(), PAGE, None),
    ("last-page-text", signed_alone(), PAGE, None),
    ("measured-imprint", long(), PAGE, imprint_higher),
    ("measured-imprint", long(), PAGE, bars(lambda bar: bar.colour == "#000")),
    ("imprint-even", long(sections=1), PAGE, None),
)


@pytest.mark.parametrize("layout", ["document", "letter"])
def test_the_paper_itself_gives_no_finding_but_of_a_face_that_is_not_there(layout):
    assert {one.rule for one in found(printed(long(layout)))} <= {"title-face", "mark-face"}


@pytest.mark.parametrize(
    ("rule", "document", "page", "change"), FAULTS, ids=[f"{n}-{one[0]}" for n, one in enumerate(FAULTS)]
)
def test_a_fault_of_a_measured_place_is_found_and_nothing_else(rule, document, page, change):
    told = found(printed(document, page, change))
    assert {one.rule for one in told} - (AGREED - {rule}) == {rule}
    assert all(one.expected and one.found and one.remedy for one in told)


def test_every_rule_of_a_measured_place_has_a_fault():
    measured = dict(catalog.GROUPS)["量得的位置（PDF）"]
    assert {one.id for one in measured} == {one[0] for one in FAULTS}


def test_an_order_s_mark_is_measured_against_its_own_place():
    blocks = (
        b.Masthead(("测试省人民政府令",), spans("第12号"), form="order"),
        b.Paragraph(spans(f"《办法》已经通过，现予公布。{PLAIN}。")),
        b.Signature((spans("省长　　李四"),), spans("2024年3月5日"), signed=True),
    )
    order = b.Document("paper", "令", "测试省", "document", blocks)
    assert {one.rule for one in found(printed(order))} <= {"mark-face"}
    (told,) = [x for x in found(printed(order, replace(PAGE, order_mark_top=mm(72)))) if x.rule != "mark-face"]
    assert (told.rule, told.source, told.expected) == ("measured-mark", "GB/T 9704-2012 10.2", "距纸上边 57 毫米")


def test_every_rule_there_is_has_a_planted_fault():
    planted = {one[0] for faults in (FAULTS, WORD, UPWARD, LETTERS, SPECIAL) for one in faults}
    assert planted == catalog.IDS
