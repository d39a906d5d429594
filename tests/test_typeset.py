"""The line composer and our own pagination, checked on their geometry alone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from papers import AIM, LETTER, NOTICE, PURE, RULES, TASK, paper, para, squeezed

from notices.document.blocks import (
    AttachmentLabel,
    AttachmentList,
    Chapter,
    Heading,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Salutation,
    Signature,
    Span,
    Title,
    attachment_lines,
    imprint_lines,
    plain,
    spans,
    text_lines,
)
from notices.marks import waiting
from notices.typeset.atoms import AtomPiece, Gauge, pieces
from notices.typeset.breaks import NO_END, NO_START
from notices.typeset.fonts import find_fonts
from notices.typeset.lines import Measure, Style, compose, natural
from notices.typeset.page import PAGE, Page, mm
from notices.typeset.pages import typeset

FONTS = find_fonts((ROOT / ".fonts",))
GAUGE = Gauge(FONTS)
STYLE = Style(PAGE.size, PAGE.cell)
WIDTH = PAGE.text_width
INDENTED = Measure(2 * PAGE.cell, 0, WIDTH)

CHINESE = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多"
MARKS = "，。、；：？！“”‘’（）《》〈〉【】〔〕…—％·"
TEXTS = st.lists(
    st.one_of(
        st.text(CHINESE, min_size=1, max_size=12),
        st.text(MARKS, min_size=1, max_size=3),
        st.text("abcXYZ0123456789./@-_:?=&%()", min_size=1, max_size=40),
        st.sampled_from([" ", "  ", "　", "——", "……", "2024年", "15%", "https://green.miit.gov.cn/a/b?c=d&e=f"]),
    ),
    min_size=1,
    max_size=40,
).map("".join)


def composed(text, measure=INDENTED):
    return compose([AtomPiece(text, "body")], GAUGE, STYLE, measure)


def end(line):
    """The right edge of the last visible character, measured from the fragments anew."""
    last = [fragment for fragment in line.fragments if fragment.text.strip(" ")][-1]
    text = last.text.rstrip(" ")
    return last.x + sum(GAUGE("body", char)[1] * last.size + last.spacing for char in text) - last.spacing


@given(TEXTS)
def test_no_character_is_lost_or_moved(text):
    assert "".join(line.text for line in composed(text)) == text


@given(TEXTS)
def test_every_line_but_the_last_is_flush_at_both_edges(text):
    lines = composed(text)
    for n, line in enumerate(lines):
        assert line.start == pytest.approx(2 * PAGE.cell if n == 0 else 0)
        visible = line.text.strip(" ")
        if not visible:
            continue
        short = WIDTH - end(line)
        if n < len(lines) - 1 and len(visible) > 1 and short > 0.01:
            # Short for one reason only: filled, it would gape, every place in it a quarter of a character or more,
            # since what follows may not be divided and has no room on it.
            places = len(re.findall(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])", visible.replace("附件", "附")))
            assert short > places * PAGE.size / 4
            following = re.split(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lines[n + 1].text)[0]
            assert len(following) > 1
            assert natural([AtomPiece(following, "body")], GAUGE, STYLE).width > short - 0.0625 * PAGE.size * len(
                visible
            )
        assert end(line) <= WIDTH + 0.01 or len(visible) == 1


@given(TEXTS)
def test_fragments_stand_side_by_side_in_order(text):
    for line in composed(text):
        for before, after in pairwise(line.fragments):
            assert after.x > before.end - 0.0625 * PAGE.size - 0.21
            assert after.text


ORDINARY = st.lists(
    st.one_of(
        st.text(CHINESE, min_size=2, max_size=20),
        st.sampled_from(
            ["，", "。", "；", "：“", "”，", "《", "》", "（", "）", "、", "——", "……", "2024年", "268号", "95.5%"]
        ),
    ),
    min_size=10,
    max_size=60,
).map(lambda parts: "".join(re.sub(r"^[，。；、：”》）]+", "", "".join(parts))))


@given(ORDINARY)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text):
    # Marks in long rows leave no other choice; in ordinary text they follow words.
    if re.search(r"[^\w]{4,}", text):
        return
    lines = composed(text)
    for line in lines[1:]:
        assert line.text[0] not in NO_START, line.text
    for line in lines[:-1]:
        assert line.text[-1] not in NO_END, line.text


@pytest.mark.parametrize("before", range(20, 32))
@pytest.mark.parametrize("marks", ["《绿》", "（绿）", "“绿”，", "〔2024〕", "”。", "》、《", "……", "——"])
def test_marks_at_the_end_of_a_line(before, marks):
    lines = composed("的" * before + marks + "的" * 40, Measure(0, 0, WIDTH))
    assert lines[1].text[0] not in NO_START
    assert lines[0].text[-1] not in NO_END


@pytest.mark.parametrize("before", range(10, 20))
def test_a_pair_of_dashes_is_never_torn(before):
    line = composed("的" * before + "——" + "的" * 8 + "example@example.gov.cn。", Measure(0, 0, WIDTH))[0]
    dashes = next(fragment for fragment in line.fragments if "——" in fragment.text)
    assert dashes.spacing <= 0


@given(ORDINARY)
def test_dashes_dots_and_numbers_with_their_units_stay_whole(text):
    lines = composed(text)
    for before, after in pairwise(line.text for line in lines):
        joint = before[-6:] + "|" + after[:6]
        assert not re.search(r"—\|—|…\|…", joint) or re.search(r"—{3}|…{3}", before + after)
        assert not re.search(r"\d\|[年号\d.%]|\.\|\d", joint), joint


@given(st.text(CHINESE, min_size=100, max_size=300))
def test_a_full_line_of_chinese_has_28_characters(text):
    first, *middle, _ = composed(text)
    assert len(first.text) == 26
    assert {len(line.text) for line in middle} == {28}


def test_a_mark_at_the_end_takes_the_smaller_change():
    text = "的" * 28 + "，" + "的" * 40
    first = composed(text, Measure(0, 0, WIDTH))[0]
    assert first.text == text[:29]
    assert end(first) == pytest.approx(WIDTH)


def test_the_last_line_keeps_the_grid():
    line = composed("的" * 40)[-1]
    (fragment,) = line.fragments
    assert fragment.spacing == pytest.approx(PAGE.cell - PAGE.size)
    assert PAGE.cell == pytest.approx(15.79, abs=0.005)


def test_words_and_addresses_are_whole_where_they_fit():
    text = "联系邮箱" + "的" * 10 + "nengyuan@example.gov.cn，请及时" + "的" * 30
    assert any("nengyuan@example.gov.cn" in line.text for line in composed(text))


def test_an_address_longer_than_a_line_is_divided_after_its_marks_and_still_flush():
    address = "https://green.miit.gov.cn/" + "/".join(["portal"] * 20)
    lines = composed(address + "。")
    assert len(lines) > 2
    for line in lines[:-1]:
        assert line.text[-1] in "/."
        assert end(line) == pytest.approx(WIDTH, abs=0.01)


def test_a_word_longer_than_a_line_is_divided_rather_than_let_out_of_the_page():
    lines = composed("X" * 100)
    assert len(lines) == 3
    assert all(end(line) <= WIDTH + 0.01 for line in lines)


@pytest.mark.parametrize("before", range(16, 30))
def test_the_number_of_a_standard_stays_with_its_letters(before):
    lines = composed("的" * before + "按照GB/T 36132-2018执行" + "的" * 30, Measure(0, 0, WIDTH))
    assert any("36132-2018" in line.text for line in lines), "the number itself is never cut"
    (letters,) = (n for n, line in enumerate(lines) if "GB/T" in line.text)
    if "36132" not in lines[letters].text:
        assert lines[letters].text.endswith("GB/T "), "only at the blank, and only where the line would gape"
        assert end(lines[letters]) == pytest.approx(WIDTH, abs=0.01)
    else:
        assert "GB/T 36132-2018" in lines[letters].text


def test_a_line_before_what_may_not_be_divided_is_left_short_rather_than_torn_wide():
    first, second, *_ = composed("联系人及电话：" + "X" * 33 + "，" + "的" * 30)
    assert first.text == "联系人及电话："
    assert max(fragment.spacing for fragment in first.fragments) <= 0
    assert end(first) < WIDTH / 2
    assert second.start == 0


@pytest.mark.parametrize("before", range(20, 29))
def test_an_attachment_keeps_its_number(before):
    lines = composed("的" * before + "见附件4，按附件10填写" + "的" * 30, Measure(0, 0, WIDTH))
    text = "|".join(line.text for line in lines)
    assert "附件4" in text
    assert "附件10" in text


def test_blanks_hang_past_the_margin():
    lines = composed("word " * 60)
    for line in lines[:-1]:
        assert line.text.endswith("word ")
        assert end(line) == pytest.approx(WIDTH, abs=0.01)


def test_digits_are_latin_chinese_marks_are_not_and_a_lacking_character_falls_back():
    (line,) = compose(pieces(spans("在“2024”年")), GAUGE, STYLE, INDENTED)
    faces = {char: fragment.face.family for fragment in line.fragments for char in fragment.text}
    assert faces["2"] == FONTS.chosen("latin").family
    assert faces["“"] == faces["年"] == FONTS.chosen("body").family
    title = compose([AtomPiece("2024年", "title")], GAUGE, Style(22, 22), INDENTED)[0]
    assert {fragment.face for fragment in title.fragments} == {FONTS.chosen("title")}


def test_pending_text_is_marked_and_nothing_else():
    (line, *_) = compose(pieces(spans(f"截止{waiting('日期')}止")), GAUGE, STYLE, INDENTED)
    assert [(f.text, f.marked) for f in line.fragments] == [("截止", False), ("【待定：日期】", True), ("止", False)]


# Pages


def body(sheet):
    return [line for line in sheet.lines if not line.furniture]


def row(line, page=PAGE):
    """The number of the grid line a placed line stands on, from 0."""
    place = (line.baseline - page.grid_top - (page.line - 16) / 2 - 0.88 * 16) / page.line
    assert place == pytest.approx(round(place), abs=0.001), line.text
    return round(place)


def left(line):
    return line.fragments[0].x - PAGE.left


def right(line):
    return max(fragment.end for fragment in line.fragments) - PAGE.left


def find(sheets, text):
    """(page number, line) of the first line that holds the text."""
    return next((n, line) for n, sheet in enumerate(sheets) for line in body(sheet) if text in line.text)


@pytest.mark.parametrize("document", [NOTICE, RULES], ids=lambda d: d.kind)
def test_the_pages_hold_the_documents_text_in_order(document):
    text = "".join(line.text for sheet in typeset(document, FONTS) for line in body(sheet))
    assert squeezed(text) == squeezed("".join(text_lines(document)))


def test_a_page_has_22_lines_and_no_more():
    sheets = typeset(paper(para(PURE * 6)), FONTS)
    assert [len(body(sheet)) for sheet in sheets[:-1]] == [22] * (len(sheets) - 1)
    assert [row(line) for line in body(sheets[0])] == list(range(22))
    first, last = body(sheets[0])[0], body(sheets[0])[-1]
    assert first.baseline - 0.88 * 16 >= PAGE.top
    assert last.baseline + 0.12 * 16 <= PAGE.bottom


def test_the_other_reading_of_22_lines_is_one_number_away():
    page = replace(PAGE, line=29.6)
    assert page.grid_top == pytest.approx(mm(34.6), abs=0.2)
    sheets = typeset(paper(para(PURE * 6)), FONTS, page)
    lines = body(sheets[0])
    assert len(lines) == 22
    assert lines[0].baseline - 0.88 * 16 == pytest.approx(page.top, abs=0.3)
    assert lines[-1].baseline + 0.12 * 16 == pytest.approx(page.bottom, abs=0.3)
    assert Page() == PAGE


@pytest.mark.parametrize("before", range(18, 24))
def test_a_heading_is_never_the_last_line_of_a_page(before):
    filler = [para("字") for _ in range(before)]
    sheets = typeset(paper(*filler, Heading(1, spans("一、总则")), para("正文")), FONTS)
    page, _ = find(sheets, "一、总则")
    assert body(sheets[page])[-1].text == "正文"
    chapters = typeset(paper(*filler, Chapter("第一章　总则"), para("正文")), FONTS)
    page, _ = find(chapters, "第一章")
    assert body(chapters[page])[-1].text == "正文"


@pytest.mark.parametrize("before", range(14, 26))
@pytest.mark.parametrize("sealed", [False, True])
def test_a_signature_takes_two_lines_of_text_with_it(before, sealed):
    signed = Signature((spans("某某市工业和信息化局"),), spans("2024年4月3日"), sealed)
    sheets = typeset(paper(*(para(f"第{n}段") for n in range(before)), signed), FONTS)
    page, name = find(sheets, "某某市")
    texts = [line.text for line in body(sheets[page])]
    assert texts[-2:] == ["某某市工业和信息化局", "2024年4月3日"]
    assert len(texts) >= 4
    above = body(sheets[page])[-3]
    assert row(name) - row(above) == (3 if sealed else 2)


@pytest.mark.parametrize("before", range(16, 23))
def test_an_introduction_stays_with_what_it_introduces(before):
    filler = [para("字") for _ in range(before)]
    introduction = para("的" * 30 + "条件如下：")
    sheets = typeset(paper(*filler, introduction, para("1.甲；"), para("2.乙。")), FONTS)
    page, _ = find(sheets, "下：")
    texts = [line.text for line in body(sheets[page])]
    at = next(n for n, text in enumerate(texts) if text.endswith("："))
    assert texts[at + 1] == "1.甲；"
    assert texts[at - 1].startswith("的")


@pytest.mark.parametrize("before", range(18, 24))
def test_a_last_page_is_never_one_line(before):
    sheets = typeset(paper(*(para("字") for _ in range(before)), para("本细则自发布之日起实施。")), FONTS)
    assert len(body(sheets[-1])) >= 3


@pytest.mark.parametrize("before", range(10, 23))
def test_attachments_stay_in_one_with_the_signature_and_text(before):
    listed = AttachmentList(tuple(spans(f"名单{n}") for n in range(4)))
    signed = Signature((spans("某某局"),), spans("2024年4月3日"))
    sheets = typeset(paper(*(para("字") for _ in range(before)), listed, signed), FONTS)
    last = [line.text for line in body(sheets[-1])]
    assert last[-8:-6] == ["字", "字"]
    assert last[-6].startswith("附件：1.")
    assert last[-2:] == ["某某局", "2024年4月3日"]


def test_nothing_blank_stands_at_the_top_of_a_page():
    sheets = typeset(paper(*(para("字") for _ in range(22)), AttachmentList((spans("名单"),))), FONTS)
    assert len(sheets) == 2
    assert row(body(sheets[1])[0]) == 0


def test_an_attachment_begins_a_page_its_title_stands_on_the_third_line():
    sheets = typeset(paper(para("字"), AttachmentLabel("附件1"), Title(("汇总表",)), para("表")), FONTS)
    label, title, text = body(sheets[1])
    assert row(label) == 0
    assert left(label) == 0
    assert title.baseline == pytest.approx(PAGE.grid_top + 2 * PAGE.line + (PAGE.line - 22) / 2 + 0.88 * 22)
    assert row(text) == 4
    assert label.fragments[0].face == FONTS.chosen("hei")
    assert title.fragments[0].size == 22


def test_a_title_is_centred_its_lines_36_points_apart_a_subtitle_in_kai_under_it():
    sheet = typeset(RULES, FONTS)[0]
    first, second, under, chapter, *_ = body(sheet)
    assert second.baseline - first.baseline == pytest.approx(36)
    for line in (first, second, under, chapter):
        assert left(line) == pytest.approx(WIDTH - right(line), abs=0.01)
    assert under.fragments[0].face == FONTS.chosen("kai")
    assert chapter.fragments[0].face == FONTS.chosen("hei")
    assert row(chapter) - row(under) == 2
    assert row(body(sheet)[4]) - row(chapter) == 2


def test_a_title_too_long_for_its_line_stays_in_the_text_area():
    sheet = typeset(paper(Title(("关于" + "非常" * 15 + "长的标题",)), para("字")), FONTS)[0]
    for line in body(sheet):
        assert left(line) >= -0.01
        assert right(line) <= WIDTH + 0.01


def test_headings_paragraphs_and_salutation_are_indented_as_they_should():
    blocks = (
        Salutation(spans("各" * 40 + "：")),
        Heading(1, spans("一、甲")),
        Heading(2, spans("（一）乙")),
        para(TASK),
    )
    first, second, one, two, text, turn, *_ = body(typeset(paper(*blocks), FONTS)[0])
    assert left(first) == left(second) == left(turn) == 0
    assert [left(line) for line in (one, two, text)] == [pytest.approx(2 * PAGE.cell)] * 3
    assert one.fragments[0].face == FONTS.chosen("hei")
    assert two.fragments[0].face == FONTS.chosen("kai")


def test_attachments_are_numbered_under_one_another_and_turn_over_under_the_name():
    names = ("甲" * 5, "乙" * 40, *("丙" for _ in range(8)))
    lines = body(typeset(paper(para("字"), AttachmentList(tuple(map(spans, names)))), FONTS)[0])[1:]
    assert "".join(line.text for line in lines) == "".join(map(plain, attachment_lines(tuple(map(spans, names)))))
    label, number, name = lines[0].fragments[:3]
    assert label.x - PAGE.left == pytest.approx(2 * PAGE.cell)
    assert number.x - PAGE.left == pytest.approx(5 * PAGE.cell)
    assert left(lines[1]) == pytest.approx(number.x - PAGE.left)
    assert name.x >= lines[-1].fragments[0].end, "room for the widest number"
    assert lines[-1].fragments[0].text == "10."
    assert left(lines[2]) == pytest.approx(name.x - PAGE.left)
    assert [line.fragments[-1].x for line in lines[3:]] == [pytest.approx(name.x)] * 8
    assert right(lines[1]) == pytest.approx(WIDTH)


def signature(issuers, date="2024年4月3日", *, sealed=False):
    block = Signature(tuple(map(spans, issuers)), spans(date), sealed)
    return body(typeset(paper(para("字"), block), FONTS)[0])[1:]


def test_an_unsealed_date_stands_two_characters_right_of_the_name():
    name, date = signature(["某某自治区工业和信息化厅"])
    assert right(name) == pytest.approx(WIDTH - 2 * PAGE.cell)
    assert left(date) - left(name) == pytest.approx(2 * PAGE.cell)


def test_a_date_longer_than_the_name_is_two_characters_from_the_edge():
    name, date = signature(["市局"], "2024年12月31日")
    assert right(date) == pytest.approx(WIDTH - 2 * PAGE.cell)
    assert left(date) - left(name) == pytest.approx(2 * PAGE.cell)


def test_a_sealed_date_is_four_characters_from_the_edge_the_name_centred_on_it():
    name, date = signature(["某某自治区工业和信息化厅"], sealed=True)
    assert right(date) == pytest.approx(WIDTH - 4 * PAGE.cell)
    assert left(name) + right(name) == pytest.approx(left(date) + right(date))


@pytest.mark.parametrize("sealed", [False, True])
def test_long_and_several_issuers_stay_in_the_text_area(sealed):
    lines = signature(
        ["某某" * 20, waiting("署名机关"), "厅"], waiting("成文日期，由办公室在印发时填写"), sealed=sealed
    )
    for line in lines:
        assert left(line) >= -0.01
        assert right(line) <= WIDTH + 0.01


def test_a_note_is_indented_under_the_date():
    signed = Signature((spans("某某局"),), spans("2024年4月3日"))
    *_, date, note = body(typeset(paper(para("字"), signed, Note(spans("（公开）"))), FONTS)[0])
    assert row(note) == row(date) + 1
    assert left(note) == pytest.approx(2 * PAGE.cell)


# Imprint, numbers, heads


@pytest.mark.parametrize("before", range(14, 24))
def test_the_imprint_ends_with_the_text_area_and_never_meets_the_text(before):
    imprint = Imprint(spans("某某厅办公室"), spans("2024年4月3日"), (spans("甲" * 20), spans("乙" * 20)))
    sheets = typeset(paper(*(para("字") for _ in range(before)), imprint), FONTS)
    last = sheets[-1]
    bars = sorted(last.bars, key=lambda bar: bar.y)
    assert [bar.height for bar in bars] == [pytest.approx(mm(h)) for h in (0.35, 0.25, 0.35)]
    assert bars[-1].y + bars[-1].height == pytest.approx(mm(262))
    assert {(bar.x, bar.width) for bar in bars} == {(PAGE.left, PAGE.text_width)}
    text = [line for line in body(last) if line.fragments[0].size == 16]
    assert all(line.baseline + 0.12 * 16 <= bars[0].y for line in text)
    assert len(sheets) == (1 if before <= 19 else 2)


def test_the_imprint_is_in_small_type_one_character_in_copies_turn_over_under_the_first():
    imprint = Imprint(spans("某某厅办公室"), spans("2024年4月3日"), (spans("甲" * 20), spans("乙" * 20)))
    first, turned, printed = body(typeset(paper(para("字"), imprint), FONTS)[0])[1:]
    assert "".join(line.text for line in (first, turned, printed)) == "".join(imprint_lines(imprint)).replace("　", "")
    assert {f.size for line in (first, turned, printed) for f in line.fragments} == {14}
    assert left(first) == left(printed) == 14
    assert left(turned) == 14 + 3 * 14
    assert right(first) == pytest.approx(WIDTH - 14)
    assert right(printed) == pytest.approx(WIDTH - 14)


def test_page_numbers_are_right_on_odd_and_left_on_even_pages():
    sheets = typeset(paper(para(PURE * 6)), FONTS)
    numbers = [next(line for line in sheet.lines if line.furniture) for sheet in sheets]
    assert [line.text for line in numbers] == [f"— {n} —" for n in range(1, len(sheets) + 1)]
    assert right(numbers[0]) == pytest.approx(WIDTH - 14)
    assert left(numbers[1]) == pytest.approx(14)
    assert {line.fragments[0].face for line in numbers} == {FONTS.chosen("song")}


def test_a_draft_says_so_on_every_page_and_nothing_else_does():
    for sheet in typeset(NOTICE, FONTS):
        assert next(line.text for line in sheet.lines if line.furniture) == "草稿·尚有待定事项"
    assert all("草稿" not in line.text for sheet in typeset(RULES, FONTS) for line in sheet.lines)


def test_the_masthead_of_a_document():
    sheet = typeset(NOTICE, FONTS)[0]
    first, second, number, title, *_ = body(sheet)
    (rule,) = sheet.bars
    assert (rule.x, rule.width, rule.colour) == (PAGE.left, PAGE.text_width, "#f00")
    assert rule.y - (number.baseline + 0.12 * 16) == pytest.approx(mm(4))
    assert left(number) == pytest.approx(WIDTH - right(number))
    assert {f.size for line in (first, second) for f in line.fragments} == {second.fragments[0].size}
    assert right(second) - left(second) == pytest.approx(mm(150))
    assert right(first) - left(first) == pytest.approx(mm(150)), "the shorter line is spaced to the longer"
    above = title.baseline - 0.88 * 22 - (36 - 22) / 2 - (rule.y + rule.height)
    assert 2 * PAGE.line - 0.01 <= above < 3 * PAGE.line, "what is left of a grid line goes above the title"
    salutation = find([sheet], "各市、县")[1]
    row(salutation)
    assert salutation.baseline - body(sheet)[5].baseline == pytest.approx(mm(20.87), abs=0.05), "one blank line"


def test_a_short_mark_is_at_most_22_millimetres_high():
    head = Masthead(("省厅",), spans("某〔2024〕1号"))
    mark = body(typeset(paper(head, layout="document"), FONTS)[0])[0]
    assert mark.fragments[0].size == pytest.approx(mm(22))


def test_the_head_of_a_letter():
    sheet = typeset(LETTER, FONTS)[0]
    mark, number, title, *_ = body(sheet)
    thick, thin, upper, lower = sheet.bars
    assert thick.height > thin.height
    assert upper.height < lower.height
    assert [(bar.x, bar.width) for bar in sheet.bars] == [(pytest.approx(mm(20)), mm(170))] * 4
    assert lower.y + lower.height == pytest.approx(mm(277))
    assert right(number) == pytest.approx(WIDTH)
    assert number.baseline - 0.88 * 16 - (thin.y + thin.height) == pytest.approx(14)
    assert mark.fragments[0].colour == "#f00"
    assert len(typeset(LETTER, FONTS)[1].bars) == 0
    last = body(sheet)[-1]
    assert upper.y - (last.baseline + 0.12 * 16) == pytest.approx(14), "the page is full and ends 7/8 above the rule"
    assert title.fragments[0].size == 22


def test_a_letter_numbers_its_pages_from_the_second_and_prints_copies_only():
    sheets = typeset(LETTER, FONTS)
    assert [[line.text for line in sheet.lines if line.furniture] for sheet in sheets[:2]] == [[], ["— 2 —"]]
    last = body(sheets[-1])[-1]
    assert last.text == "抄送：生态环境部，市场监管总局。"
    assert "不印" not in "".join(line.text for sheet in sheets for line in sheet.lines)
    none = replace(LETTER, blocks=(*LETTER.blocks[:-1], Imprint(spans("不印"), spans("2024年"))))
    assert "抄送" not in "".join(line.text for sheet in typeset(none, FONTS) for line in sheet.lines)


def test_bookmarks_are_the_title_the_headings_and_each_attachment_with_its_title():
    marks = [line.bookmark for sheet in typeset(NOTICE, FONTS) for line in sheet.lines if line.bookmark]
    labels = [(mark.level, mark.label) for mark in marks]
    assert labels[0] == (1, "广西壮族自治区工业和信息化厅关于组织开展2024年度绿色制造名单推荐工作的通知")
    assert (2, "一、总体要求") in labels
    assert (3, "（一）推荐范围") in labels
    assert (1, "附件1　绿色工厂推荐汇总表") in labels
    assert len(labels) == len(set(labels)) == 7


BLOCKS = st.lists(
    st.one_of(
        TEXTS.filter(str.strip).map(para),
        st.sampled_from(
            [
                Heading(1, spans("一、甲")),
                Chapter("第一章　总则"),
                Title(("甲" * 12, "乙" * 10)),
                AttachmentLabel("附件"),
                AttachmentList((spans("甲" * 30), spans("乙"))),
                Signature((spans("某厅"),), spans("2024年4月3日")),
                Signature((spans("某厅"),), spans("2024年4月3日"), sealed=True),
                Note(spans("（公开）")),
                para(AIM),
                Paragraph((Span("第一条　", "hei"), *spans(TASK))),
            ]
        ),
    ),
    min_size=1,
    max_size=25,
)


@given(BLOCKS)
def test_any_order_of_blocks_keeps_its_text_and_the_page(blocks):
    document = paper(*blocks, Imprint(spans("某厅"), spans("2024年4月3日"), (spans("甲"),)))
    sheets = typeset(document, FONTS)
    lines = [line for sheet in sheets for line in body(sheet)]
    assert squeezed("".join(line.text for line in lines)) == squeezed("".join(text_lines(document)))
    for sheet in sheets:
        baselines = [line.baseline for line in body(sheet)]
        assert baselines == sorted(baselines)
        assert baselines[-1] < PAGE.bottom
        assert len(set(baselines)) == len(baselines)
