import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from math import ceil
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from notices.document.blocks import (
    AttachmentLabel,
    AttachmentList,
    Chapter,
    Document,
    Heading,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Salutation,
    Signature,
    Span,
    Title,
    spans,
    text_lines,
)
from notices.errors import ProblemsError
from notices.marks import waiting
from notices.typeset.page import PAGE
from notices.writers.docx import write

ROOT = Path(__file__).resolve().parent.parent
BASES = {name: (ROOT / f"templates/word/{name}.docx").read_bytes() for name in ("document", "letter", "plain")}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# The schema's order, written down a second time on purpose: the writer sorts by its own table.
SCHEMA = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left start bottom right end insideH insideV",
    "pBdr": "top left bottom right between bar",
    "tblCellMar": "top left start bottom right end",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "zoom mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop "
    "evenAndOddHeaders drawingGridVerticalSpacing characterSpacingControl compat rsids themeFontLang",
    "compat": "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace "
    "doNotExpandShiftReturn adjustLineHeightInTable doNotBreakWrappedTables useFELayout compatSetting",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "p": "pPr r fldSimple",
    "r": "rPr t br tab",
}
SPACING = {
    "rPr": {"val"},
    "pPr": {
        "before",
        "beforeLines",
        "beforeAutospacing",
        "after",
        "afterLines",
        "afterAutospacing",
        "line",
        "lineRule",
    },
}
"""The two elements of one name: of characters, and of lines."""
ONCE = {"pPr", "rPr", "tblPr", "tblBorders", "pBdr", "settings", "font"}

LONG = "为贯彻落实《通知》（工信厅节函〔2024〕162号）要求，“优中选优”——宁缺毋滥……面积<90㎡ & 容积率>1.0。"


def notice(**changes):
    blocks = (
        Masthead(("广西壮族自治区", "工业和信息化厅文件"), spans(f"桂工信能源〔2024〕{waiting('序号')}号")),
        Title(("广西壮族自治区工业和信息化厅", "关于推荐绿色制造名单的通知"), spans("（征求意见稿）")),
        Salutation(spans("各市工业和信息化局：")),
        Paragraph(spans(LONG)),
        Heading(1, spans("一、推荐条件", "hei")),
        Paragraph((Span("（一）加强领导。", "kai"), *spans(LONG))),
        Heading(2, spans("（一）条件", "kai")),
        Heading(3, spans("1.基本")),
        Heading(4, spans("（1）要求")),
        Paragraph(spans(f"截止日期为{waiting('报送日期')}。")),
        AttachmentList((spans("绿色工厂推荐汇总表"), spans("绿色园区推荐汇总表"))),
        Signature((spans("广西壮族自治区工业和信息化厅"),), spans("2024年4月3日")),
        Note(spans("（此件公开发布）")),
        AttachmentLabel("附件1"),
        Title(("绿色工厂推荐汇总表",)),
        Chapter("第一章　总则"),
        Paragraph(spans(LONG)),
        Imprint(
            spans("自治区工业和信息化厅办公室"),
            spans("2024年4月3日"),
            (spans("自治区党委办公厅"), spans("自治区政府办公厅")),
        ),
    )
    made = Document("notice", "关于推荐绿色制造名单的通知", "广西壮族自治区工业和信息化厅", "document", blocks)
    return replace(made, **changes)


def letter(**changes):
    return replace(notice(layout="letter"), **changes)


def rules(*blocks, **changes):
    blocks = blocks or (Title(("细则",)), Chapter("第一章　总则"), Paragraph(spans(LONG)), Chapter("第二章　附则"))
    return Document("rules", "细则", "厅", "plain", blocks, **changes)


def render(document):
    return write(document, BASES[document.layout])


def parts(package):
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(package, name="word/document.xml"):
    return etree.fromstring(parts(package)[name])


def style_names(package):
    found = xml(package, "word/styles.xml").iter(W + "style")
    return {
        one.get(W + "styleId"): (one.findall(W + "aliases") or one.findall(W + "name"))[0].get(W + "val")
        for one in found
    }


def paragraphs(package):
    """(style name, text) of the paragraphs of the main part, without empty ones."""
    names = style_names(package)
    found = []
    for one in xml(package).iter(W + "p"):
        text = "".join({W + "t": e.text or "", W + "tab": "\t", W + "br": "\n"}.get(e.tag, "") for e in one.iter())
        if text:
            found.append((names[one.find(f"{W}pPr/{W}pStyle").get(W + "val")], text))
    return found


def read_back(package, layout):
    """All lines of text as python-docx reads them, in reading order."""
    opened = docx.Document(io.BytesIO(package))
    lines = [p.text for p in opened.paragraphs]
    if layout == "letter":
        lines = [p.text for p in opened.sections[0].first_page_header.paragraphs] + lines
    lines += [p.text for table in opened.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [line.replace("\n", "").replace("\t", "　") for line in lines if line]


def indent(package, text):
    (paragraph,) = (p for p in xml(package).iter(W + "p") if "".join(p.itertext()) == text)
    found = paragraph.find(f"{W}pPr/{W}ind")
    return {key.removeprefix(W): int(value) for key, value in found.attrib.items()}


ANY = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), min_size=1)
NASTY = st.sampled_from(
    ["{{ title }}", "{% if x %}", "{_{", "}_}", "{_%", "%_}", "{#", "<w:t>", "&amp;", "]]>", "“‘’”"]
)
NASTY_SPACES = st.sampled_from(
    [" 前后 ", "　全角　", "  ", "\ue0000\ue001", "\ue000\ue001", "{{p body }}", "{%p endif %}", "&#9;"]
)
TEXT = st.one_of(ANY, NASTY, NASTY_SPACES, st.lists(NASTY | ANY, min_size=1).map("".join))
TEXTS = st.lists(st.builds(Span, TEXT, st.sampled_from(["body", "hei", "kai", "pending"])), min_size=1, max_size=3).map(
    tuple
)
BLOCKS = st.lists(
    st.one_of(
        st.builds(AttachmentLabel, TEXT),
        st.builds(Title, st.lists(TEXT, min_size=1, max_size=3).map(tuple), st.just(()) | TEXTS),
        st.builds(Salutation, TEXTS),
        st.builds(Heading, st.integers(1, 4), TEXTS),
        st.builds(Chapter, TEXT),
        st.builds(Paragraph, TEXTS),
        st.builds(AttachmentList, st.lists(TEXTS, min_size=1, max_size=12).map(tuple)),
        st.builds(Signature, st.lists(TEXTS, min_size=1, max_size=3).map(tuple), TEXTS, st.booleans()),
        st.builds(Note, TEXTS),
    ),
    max_size=6,
)
MASTHEADS = st.builds(Masthead, st.lists(TEXT, min_size=1, max_size=2).map(tuple), TEXTS)
IMPRINTS = st.builds(Imprint, TEXTS, TEXTS, st.lists(TEXTS, max_size=2).map(tuple))


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["document", "letter", "plain"]), MASTHEADS, BLOCKS, IMPRINTS, TEXT)
def test_every_character_survives(layout, masthead, blocks, imprint, title):
    if layout == "letter":
        imprint = replace(imprint, copies=imprint.copies or (spans("抄"),))
    whole = blocks if layout == "plain" else [masthead, *blocks, imprint]
    document = Document("notice", title, title, layout, tuple(whole))
    package = render(document)
    got = read_back(package, layout)
    want = [line for line in text_lines(document) if line]
    assert got == (want[:-1] if layout == "letter" else want)
    properties = docx.Document(io.BytesIO(package)).core_properties
    assert (properties.title, properties.author) == (title, title)


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\t", "\n", "\r", "\x7f", "\x85", "\u2028", "\ud800", "\ufffe"])
@pytest.mark.parametrize(
    "place",
    [
        lambda t: notice(title=t),
        lambda t: notice(author=t),
        lambda t: rules(Paragraph(spans(t))),
        lambda t: notice(blocks=(Masthead((t,), spans("号")),)),
        lambda t: notice(blocks=(Imprint(spans("某"), spans("日"), (spans(t),)),)),
    ],
)
def test_control_characters_are_refused(char, place):
    with pytest.raises(ProblemsError, match=rf"U\+{ord(char):04X}：.*前.后"):
        render(place(f"前{char}后"))


@pytest.mark.parametrize(
    "document", [notice(), notice(draft=True), letter(), letter(draft=True), rules(), rules(Paragraph(()))]
)
def test_properties_stand_in_schema_order(document):
    seen = set()
    for name, content in parts(render(document)).items():
        root = etree.fromstring(content)  # every part is well formed
        for element in root.iter(etree.Element):
            tag = element.tag.removeprefix(W)
            if tag not in SCHEMA or not element.tag.startswith(W):
                continue
            seen.add(tag)
            order = SCHEMA[tag].split()
            children = [order.index(child.tag.removeprefix(W)) for child in element]
            assert children == sorted(children) or tag == "p", (name, etree.tostring(element))
            for spacing in element.iterfind(f"{W}spacing"):
                assert {name.removeprefix(W) for name in spacing.attrib} <= SPACING[tag], etree.tostring(element)
            if tag in ONCE:
                assert len(children) == len(set(children)), (name, etree.tostring(element))
    assert {"pPr", "rPr", "sectPr", "tblPr", "settings", "style", "font"} <= seen
    assert ("tblBorders" in seen) == (document.layout == "document")


@pytest.mark.parametrize("document", [notice(), letter(), rules()])
def test_package_is_whole(document):
    found = parts(render(document))
    types = etree.fromstring(found["[Content_Types].xml"])
    named = {one.get("PartName").lstrip("/") for one in types if one.get("PartName")}
    assert named <= set(found)
    assert {name for name in found if not name.endswith(".rels")} == named | {"[Content_Types].xml"}
    links = {one.get("Id"): one.get("Target") for one in etree.fromstring(found["word/_rels/document.xml.rels"])}
    assert {f"word/{target}" for target in links.values()} <= set(found)
    used = re.findall(rb'r:id="([^"]+)"', found["word/document.xml"])
    assert used
    assert {one.decode() for one in used} <= set(links)
    ids = style_names(render(document))
    for name, content in found.items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(content)
            for tag in ("pStyle", "rStyle", "basedOn"):
                assert {one.get(W + "val") for one in root.iter(W + tag)} <= set(ids), name
            assert not re.search(rb"\{[{%]|[%}]\}|\xee\x80[\x80\x81]", content), name
            for cell in root.iter(W + "tc", W + "hdr", W + "ftr"):
                assert cell[-1].tag == W + "p", name


def test_paragraphs_have_the_styles_of_their_blocks():
    assert paragraphs(render(notice())) == [
        ("发文机关标志", "广西壮族自治区"),
        ("发文机关标志", "工业和信息化厅文件"),
        ("发文字号", "桂工信能源〔2024〕【待定：序号】号"),
        ("公文标题", "广西壮族自治区工业和信息化厅\n关于推荐绿色制造名单的通知"),
        ("公文副标题", "（征求意见稿）"),
        ("主送机关", "各市工业和信息化局："),
        ("公文正文", LONG),
        ("一级标题", "一、推荐条件"),
        ("公文正文", "（一）加强领导。" + LONG),
        ("二级标题", "（一）条件"),
        ("三级标题", "1.基本"),
        ("四级标题", "（1）要求"),
        ("公文正文", "截止日期为【待定：报送日期】。"),
        ("附件说明", "附件：1.绿色工厂推荐汇总表"),
        ("附件说明", "2.绿色园区推荐汇总表"),
        ("发文机关署名", "广西壮族自治区工业和信息化厅"),
        ("成文日期", "2024年4月3日"),
        ("附注", "（此件公开发布）"),
        ("附件标识", "附件1"),
        ("公文标题", "绿色工厂推荐汇总表"),
        ("章标题", "第一章　总则"),
        ("公文正文", LONG),
        ("版记抄送", "抄送：自治区党委办公厅，自治区政府办公厅。"),
        ("版记印发", "自治区工业和信息化厅办公室\t2024年4月3日印发"),
    ]


def test_body_names_no_fonts_and_marks_chinese_runs():
    package = render(notice())
    names = style_names(package)
    faces = {}
    for run in xml(package).iter(W + "r"):
        properties = run.find(W + "rPr")
        text = "".join(run.itertext())
        if properties is None:
            assert text.isascii()
            continue
        for child in properties:
            assert child.tag in (W + "rStyle", W + "rFonts")
            if child.tag == W + "rFonts":
                assert child.attrib == {W + "hint": "eastAsia"}
            else:
                faces[text] = names[child.get(W + "val")]
        assert text.isascii() or properties.find(W + "rFonts") is not None, text
    assert faces == {
        "【待定：序号】": "待定",
        "一、推荐条件": "一级层次",
        "（一）加强领导。": "二级层次",
        "（一）条件": "二级层次",
        "【待定：报送日期】": "待定",
    }


def test_spaces_at_the_ends_are_kept_by_word():
    texts = list(xml(render(rules(Paragraph((Span(" 甲 "), Span("　乙", "hei"))), draft=True))).iter(W + "t"))
    assert [one.text for one in texts] == [" 甲 ", "　乙"]
    assert {one.get("{http://www.w3.org/XML/1998/namespace}space") for one in texts} == {"preserve"}


def test_title_lines_break_and_the_subtitle_follows_without_a_blank_line():
    title, subtitle, single = (
        one
        for one in xml(render(notice())).iter(W + "p")
        if style_names(render(notice()))[one.find(f"{W}pPr/{W}pStyle").get(W + "val")] in ("公文标题", "公文副标题")
    )
    assert len(list(title.iter(W + "br"))) == 1
    assert title.find(f"{W}pPr/{W}spacing").attrib == {W + "afterLines": "0", W + "after": "0"}
    assert subtitle.find(f"{W}pPr/{W}spacing") is None
    assert int(single.find(f"{W}pPr/{W}spacing").get(W + "after")) > 0


@pytest.mark.parametrize(("length", "kept"), [(10, True), (54, True), (55, False), (200, False)])
def test_a_long_opening_does_not_leave_its_page_for_what_it_introduces(length, kept):
    """Word would take all of it along, and leave a first page with the addressee alone."""
    text = "文" * (length - 1) + "："
    package = render(rules(Paragraph(spans(text)), Heading(1, spans("一、标题"))))
    (found,) = (one for one in xml(package).iter(W + "p") if "".join(one.itertext()) == text)
    assert (found.find(f"{W}pPr/{W}keepNext") is not None) == kept


@pytest.mark.parametrize("length", [20, 280, 281, 500])
def test_a_long_last_paragraph_does_not_leave_its_page_for_the_signature(length):
    package = render(rules(Paragraph(spans("文" * length)), Signature((spans("厅"),), spans("2024年4月3日"))))
    (found,) = (one for one in xml(package).iter(W + "p") if "文文" in "".join(one.itertext()))
    assert (found.find(f"{W}pPr/{W}keepNext") is not None) == (length <= 280)


def test_a_spread_mark_has_room_to_spare():
    styles = etree.fromstring(parts(render(notice()))["word/styles.xml"])
    (mark,) = (one for one in styles.iter(W + "style") if one.find(W + "name").get(W + "val") == "发文机关标志")
    ind, size = mark.find(f"{W}pPr/{W}ind"), int(mark.find(f"{W}rPr/{W}sz").get(W + "val"))
    room = 8844 - int(ind.get(W + "left")) - int(ind.get(W + "right"))
    assert 60 <= room - len("工业和信息化厅文件") * size * 10 <= 400


@pytest.mark.parametrize("mark", [("工业和信息化部办公厅",), ("某某省工业和信息化厅", "某某省财政厅"), ("某省厅",)])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_lines_of_a_letters_first_page_hang_from_the_rule_at_its_foot(mark, count):
    title = Title(tuple("标题" * n for n in range(1, count + 1)))
    package = render(letter(blocks=(Masthead(mark, spans("某函〔2024〕1号")), title, Paragraph(spans("文。")))))
    found = etree.fromstring(parts(package)["word/styles.xml"])
    spacing = {
        one.find(W + "name").get(W + "val"): {
            k.removeprefix(W): v for k, v in one.find(f".//{W}spacing").attrib.items()
        }
        for one in found.iter(W + "style")
        if one.find(f".//{W}spacing") is not None
    }
    margins = xml(package).find(f".//{W}pgMar")
    rule = next(one for one in found.iter(W + "bottom") if one.get(W + "val") == "thickThinSmallGap")
    height = {
        name: int(spacing[name].get("before", 0)) + int(spacing[name]["line"]) for name in ("草稿标记", "发文字号")
    }
    head = int(margins.get(W + "header")) + sum(height.values()) + int(spacing["发文机关标志"]["before"])
    head += len(mark) * int(spacing["发文机关标志"]["line"]) + 20 * int(rule.get(W + "space")) + 90
    area = 16838 - int(margins.get(W + "bottom")) - head - int(spacing["版头垫高"]["line"])
    assert area % 579 in (0, 578), "whole lines under the header"
    above = int(spacing["空二行"]["line"])
    assert (above + 720 * count) % 579 == 0, "the text on the grid"
    assert 993 <= above + int(spacing["版头垫高"]["line"]) < 993 + 579, "two lines, and what is left of one"


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("subtitle", ["", "（试行）"])
@pytest.mark.parametrize("label", [True, False])
def test_a_title_takes_whole_lines_of_the_grid(count, subtitle, label):
    """With the blank lines around it, and as many as in the PDF: a page that has one holds its 22 lines, too."""
    title = Title(tuple("标题" * n for n in range(1, count + 1)), spans(subtitle))
    blocks = ((AttachmentLabel("附件1"), title) if label else (title,)) + (Paragraph(spans("文。")),)
    package = render(Document("rules", "标题", "厅", "plain", blocks))
    heights = {"公文标题": 720 * count, "公文副标题": 579, "附件标识": 579}
    taken = 0
    for one in xml(package).iter(W + "p"):
        name = style_names(package)[one.find(f"{W}pPr/{W}pStyle").get(W + "val")]
        if name in heights:
            taken += heights[name] + int(one.find(f"{W}pPr/{W}spacing").get(W + "after"))
    lines = ceil(((count - 1) * PAGE.title_line + PAGE.line) / PAGE.line - 0.01)
    assert taken == 579 * (lines + 1 + 2 * label + bool(subtitle))


def test_signature_without_seal_lets_the_date_begin_two_characters_after_the_name():
    name, date = "某某自治区工业和信息化厅", "2024年4月3日"  # 12 and 6 cells
    package = render(rules(Paragraph(spans("文。")), Signature((spans(name),), spans(date))))
    assert (indent(package, name)["leftChars"], indent(package, date)["leftChars"]) == (1400, 1600)
    assert indent(package, date)["left"] == round(16 * 8845 / 28)


def test_signature_without_seal_and_a_longer_date_moves_the_name_left():
    package = render(rules(Signature((spans("某厅"),), spans("2024年12月31日"))))  # date of 7 cells ends at 26
    assert (indent(package, "某厅")["leftChars"], indent(package, "2024年12月31日")["leftChars"]) == (1700, 1900)


def test_sealed_signature_leaves_room_and_centres_the_name_on_the_date():
    package = render(rules(Signature((spans("工业和信息化部办公厅"),), spans("2024年4月3日"), sealed=True)))
    name, date = (list(xml(package).iter(W + "p"))[i].find(W + "pPr") for i in (0, 1))
    assert (name.find(W + "jc").get(W + "val"), date.find(W + "jc").get(W + "val")) == ("center", "right")
    assert name.find(W + "spacing").get(W + "beforeLines") == "200"
    assert indent(package, "2024年4月3日")["rightChars"] == 400  # the date's centre is 28 - 4 - 3 = 21 = (14 + 28) / 2
    assert [indent(package, "工业和信息化部办公厅")[side] for side in ("leftChars", "rightChars")] == [1350, -50]


def test_a_long_sealed_name_stays_inside_the_text_area():
    name = "甲" * 20
    package = render(rules(Signature((spans(name),), spans("2024年4月3日"), sealed=True)))
    assert [indent(package, name)[side] for side in ("leftChars", "rightChars")] == [750, -50]
    assert indent(package, "2024年4月3日")["rightChars"] == 700


def test_attachment_names_hang_under_their_first_character():
    one = render(rules(AttachmentList((spans("甲"),))))
    assert indent(one, "附件：甲") == {"leftChars": 500, "hangingChars": 300, "left": 1579, "hanging": 948}
    many = render(rules(AttachmentList(tuple(map(spans, "甲乙丙丁戊己庚辛壬癸")))))
    assert (indent(many, "附件：1.甲")["leftChars"], indent(many, "附件：1.甲")["hangingChars"]) == (575, 375)
    assert (indent(many, "2.乙")["leftChars"], indent(many, "2.乙")["hangingChars"]) == (575, 75)
    assert (indent(many, "10.癸")["leftChars"], indent(many, "10.癸")["hangingChars"]) == (625, 125)


def kept(package):
    return {"".join(p.itertext()) for p in xml(package).iter(W + "p") if p.find(f"{W}pPr/{W}keepNext") is not None}


def test_signature_shares_its_page_with_text():
    assert kept(render(notice())) == {
        "广西壮族自治区工业和信息化厅关于推荐绿色制造名单的通知",
        "截止日期为【待定：报送日期】。",
        "附件：1.绿色工厂推荐汇总表",
        "2.绿色园区推荐汇总表",
        "广西壮族自治区工业和信息化厅",
        "2024年4月3日",
    }
    plain = rules(Paragraph(spans("一。")), Paragraph(spans("二。")), Signature((spans("某厅"),), spans("某日")))
    assert kept(render(plain)) == {"二。", "某厅"}


def test_chapter_after_the_title_has_no_blank_line():
    found = [p.find(f"{W}pPr/{W}spacing") for p in xml(render(rules())).iter(W + "p")]
    assert found[1].attrib == {W + "beforeLines": "0", W + "before": "0"}
    assert found[3] is None


@pytest.mark.parametrize(("mark", "half_points"), [("某省", 124), ("工业和信息化厅文件", 94), ("甲" * 20, 42)])
def test_mark_is_fitted_to_150_mm(mark, half_points):
    styles = xml(render(notice(blocks=(Masthead((mark, "某"), spans("号")),))), "word/styles.xml")
    (style,) = (
        one
        for one in styles
        if one.find(W + "name") is not None and one.find(W + "name").get(W + "val") == "发文机关标志"
    )
    assert {one.get(W + "val") for one in style.iter(W + "sz", W + "szCs")} == {str(half_points)}
    spacing = style.find(f"{W}pPr/{W}spacing")
    assert int(spacing.get(W + "line")) == 12 * half_points
    assert half_points / 2 <= 22 / 25.4 * 72
    # 35 mm from the text area's top to the ink, which begins 0.14 of the size under the line's top
    assert int(spacing.get(W + "before")) + 1.4 * half_points == pytest.approx(1984, abs=1)


def test_draft_is_marked_on_every_page():
    for document, headers in ((notice(draft=True), 2), (letter(draft=True), 3), (rules(draft=True), 2)):
        found = [content.decode() for name, content in parts(render(document)).items() if "/header" in name]
        assert len(found) == headers
        assert all("草稿·尚有待定事项" in one for one in found)
    assert "草稿·" not in "".join(content.decode() for content in parts(render(letter())).values())


def test_letter_prints_copies_only_and_no_empty_imprint():
    lines = read_back(render(letter()), "letter")
    assert lines[-1] == "抄送：自治区党委办公厅，自治区政府办公厅。"
    bare = letter(blocks=(*letter().blocks[:-1], Imprint(spans("某"), spans("日"))))
    assert xml(render(bare)).find(f".//{W}tbl") is None


def test_imprint_hangs_at_the_foot_of_the_text_area():
    package = render(notice())
    place = xml(package).find(f".//{W}tblpPr")
    assert (place.get(W + "vertAnchor"), place.get(W + "tblpYSpec")) == ("margin", "bottom")
    widths = {one.tag.removeprefix(W): one.get(W + "sz") for one in xml(package).find(f".//{W}tblBorders")}
    assert widths == {"top": "8", "bottom": "8", "insideH": "6"}
    bare = notice(blocks=(Imprint(spans("某"), spans("日")),))
    assert len(list(xml(render(bare)).iter(W + "tr"))) == 1


def test_two_mastheads_are_a_problem():
    with pytest.raises(ProblemsError, match="版头只能有一个"):
        render(notice(blocks=notice().blocks[:1] * 2))


def test_a_base_without_a_place_for_a_text_is_a_problem():
    with pytest.raises(ProblemsError) as caught:
        write(replace(notice(), layout="plain"), BASES["plain"])
    said = str(caught.value)
    assert all(
        f"{{{{ {tag} }}}}" in said for tag in ("masthead.mark", "masthead.number", "imprint.copies", "imprint.issuer")
    )


def with_tag(tag, part="word/document.xml", base="plain"):
    """A base with a paragraph more before the body."""
    changed = parts(BASES[base])
    mark = b"<w:body>" if "document" in part else b"</w:hdr>"
    paragraph = f"<w:p><w:r><w:t>{tag.replace('<', '&lt;')}</w:t></w:r></w:p>".encode()
    both = mark + paragraph if mark == b"<w:body>" else paragraph + mark
    changed[part] = changed[part].replace(mark, both)
    assert changed[part] != parts(BASES[base])[part]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml"])
@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ ''.__class__.__mro__ }}", "不允许"),
        ("{{ draft.__class__ }}", "不允许"),
        ("{{ 'a' * 1000000000 }}", "不允许"),
        ("{{ 9 ** 9 ** 9 }}", "不允许"),
        ("{{ 'a'.center(1000000000) }}", "不允许"),
        ("{{ nobody }}", "没有的名字"),
        ("{{ range(9) }}", "不允许"),
        ("{{ range }}", "没有的名字"),
        ("{{ masthead.number }}", "没有的名字"),
        ("{% if nobody %}", "标签写得不对"),
        ("{{ draft|upper }}", "标签写得不对"),
        ("{{ draft }", "标签写得不对"),
        ("{% for %}", "标签写得不对"),
        ("{% endfor %}", "标签写得不对"),
    ],
)
def test_a_bad_tag_is_named(tag, said, part):
    with pytest.raises(ProblemsError) as caught:
        write(rules(), with_tag(tag, part))
    (problem,) = caught.value.problems
    assert said in problem.message
    assert tag in problem.message
    assert "Traceback" not in str(problem)


def test_a_base_may_ask_for_the_names_it_is_given():
    package = write(rules(), with_tag("{% if draft %}草{% else %}定{% endif %}"))
    assert "定" in [p.text for p in docx.Document(io.BytesIO(package)).paragraphs]


@pytest.mark.parametrize("tag", ["{{ body }}", "{{p body }}"])
def test_the_body_has_one_place(tag):
    with pytest.raises(ProblemsError, match="有且只有一处"):
        write(rules(), with_tag(tag)) if tag == "{{p body }}" else write(rules(), _without_place(tag))


def _without_place(tag):
    changed = parts(BASES["plain"])
    changed["word/document.xml"] = changed["word/document.xml"].replace(b"{{p body }}", tag.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("base", [b"", b"not a zip", b"PK\x03\x04 broken", "empty"])
def test_an_unreadable_base_is_a_problem(base):
    if base == "empty":
        out = io.BytesIO()
        zipfile.ZipFile(out, "w").close()
        base = out.getvalue()
    with pytest.raises(ProblemsError, match="Word 文件"):
        write(rules(), base)


def test_a_base_without_a_style_is_a_problem():
    changed = parts(BASES["plain"])
    changed["word/styles.xml"] = changed["word/styles.xml"].replace("章标题".encode(), "别的".encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    with pytest.raises(ProblemsError, match="缺少样式：章标题"):
        write(rules(), out.getvalue())


def test_a_base_saved_by_word_with_other_style_ids_still_works():
    changed = {name: content.replace(b'"Chapter"', b'"a7"') for name, content in parts(BASES["plain"]).items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    assert ("章标题", "第一章　总则") in paragraphs(write(rules(), out.getvalue()))


SCRIPT = """
import hashlib, sys
sys.path[:0] = {paths!r}
from test_docx import letter, notice, render, rules
print([hashlib.sha256(render(one)).hexdigest() for one in (notice(), letter(draft=True), rules())])
"""


def test_equal_input_gives_equal_bytes_in_another_process():
    here = [hashlib.sha256(render(one)).hexdigest() for one in (notice(), letter(draft=True), rules())]
    code = SCRIPT.format(paths=[str(ROOT), str(ROOT / "tests")])
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == str(here)


def test_the_package_has_no_clock():
    package = render(notice())
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert render(notice()) == package
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = archive.namelist()
        assert names == ["[Content_Types].xml", *sorted(names[1:])]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = parts(render(notice(dated=dt.date(2024, 4, 3))))["docProps/core.xml"].decode()
    assert properties.count("2024-04-03T00:00:00Z") == 2
    assert "<dc:language>zh-CN</dc:language>" in properties
    assert not re.search(rb"rsid", b"".join(parts(package).values()))
