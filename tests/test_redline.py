"""The redline's one promise: accepting everything gives the new file, rejecting everything the old one."""

import io
import re

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from redlines import W, document_xml, docx, p, t, tbl

from notices.ooxml import package
from notices.redline import proof
from notices.redline.make import redline
from notices.redline.words import cut

WORDS = (
    "绿色工厂",
    "应当于",
    "2024年5月31日",
    "前报送",
    "，",
    "。",
    "50%",
    "3,000吨",
    "GB/T 36132-2018",
    "近三年",
    "AI",
    " ",
    "的",
)
sentence = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)
bold = st.sampled_from(["", "<w:b/>", '<w:color w:val="FF0000"/>'])
runs = st.lists(st.tuples(sentence, bold), max_size=3).map(lambda parts: "".join(t(*part) for part in parts))
paragraph = st.builds(p, runs, st.sampled_from(["", "1", "2"]))
cell = st.lists(paragraph, min_size=1, max_size=2).map("".join)
table = st.integers(1, 3).flatmap(
    lambda n: st.lists(st.lists(cell, min_size=n, max_size=n), min_size=1, max_size=3).map(lambda rows: tbl(*rows))
)
nested = st.builds(lambda inner, after: tbl([inner + after]), table, paragraph)
block = st.one_of(paragraph, paragraph, paragraph, table, nested)
blocks = st.lists(block, max_size=7)


@st.composite
def versions(draw):
    """Two documents, the second made from the first by leaving out, adding and changing places."""
    old = draw(blocks)
    new = [each for each in old if draw(st.integers(0, 4))]
    for _ in range(draw(st.integers(0, 3))):
        new.insert(draw(st.integers(0, len(new))), draw(block))
    if len(new) > 1 and draw(st.booleans()):
        new.insert(draw(st.integers(0, len(new) - 1)), new.pop())
    return docx(*old), docx(*new)


def plain(content, verdict=None):
    """Place, style and text of every paragraph, in order."""
    return [(line.place, line.style, line.text) for line in proof.lines(package.read(content, "x"), verdict)]


def raw(content):
    tree = etree.fromstring(document_xml(content).encode())
    return ["".join(n.text or "" for n in each.iter(f"{{{W}}}t")) for each in tree.iter(f"{{{W}}}p")]


@pytest.mark.slow
@settings(max_examples=150)
@given(versions())
def test_accept_gives_new_and_reject_gives_old(pair):
    old, new = pair
    made = redline(old, new).content
    assert plain(made, "accept") == plain(new)
    assert plain(made, "reject") == plain(old)
    assert len(plain(old)) > 0


@pytest.mark.slow
@settings(max_examples=60)
@given(blocks, blocks)
def test_documents_that_share_nothing_are_given_back_too(one, two):
    old, new = docx(*one), docx(*two)
    made = redline(old, new).content
    assert (plain(made, "accept"), plain(made, "reject")) == (plain(new), plain(old))


@pytest.mark.slow
@settings(max_examples=60)
@given(blocks)
def test_a_document_against_itself_has_no_changes(one):
    made = redline(docx(*one), docx(*one))
    assert not made.changed
    assert not re.search(r"<w:(ins|del|move|rPrChange|pPrChange)", document_xml(made.content))


@pytest.mark.slow
@settings(max_examples=40)
@given(versions())
def test_equal_input_gives_equal_bytes_and_python_docx_opens_it(pair):
    made = redline(*pair).content
    assert made == redline(*pair).content
    assert python_docx.Document(io.BytesIO(made)).element.body is not None


@given(st.text(alphabet="绿色工厂近三年〔〕2024年度号第AB./-%％，。GB 36132万元吨二十", max_size=60))
def test_units_joined_are_the_text(text):
    assert "".join(cut(text)) == text


@pytest.mark.parametrize(
    "whole",
    [
        "2024年5月31日",
        "5月31日",
        "工信厅节函〔2024〕16号",
        "50%",
        "95.5％",
        "3,000吨",
        "1.5万元",
        "GB/T 36132-2018",
        "0771-8095256",
        "gx21308@163.com",
        "https://green.miit.gov.cn",
        "二〇二四年五月八日",
        "百分之五十",
        "-3.5%",
        "0.35tce",
        "2024年度",
        "ISO14001",
    ],
)
def test_what_is_never_cut(whole):
    assert whole in cut(f"，{whole}，前后都有字")


def marked(old, new, **options):
    return document_xml(redline(docx(*old), docx(*new), **options).content)


def texts(xml, tag):
    inner = {"del": "delText", "ins": "t", "moveFrom": "t", "moveTo": "t"}[tag]
    tree = etree.fromstring(xml.encode())
    return [
        "".join(n.text or "" for n in each.iter(f"{{{W}}}{inner}")) for each in tree.iter(f"{{{W}}}{tag}") if len(each)
    ]


def test_a_changed_date_is_struck_whole():
    xml = marked([p("请于2024年5月31日前报送。")], [p("请于2025年5月31日前报送。")])
    assert texts(xml, "del") == ["2024年5月31日"]
    assert texts(xml, "ins") == ["2025年5月31日"]


def test_an_inserted_paragraph_has_its_mark_inserted():
    xml = marked([p("甲甲甲"), p("乙乙乙")], [p("甲甲甲"), p("丙丙丙丙"), p("乙乙乙")])
    assert xml.count("<w:ins ") == 2  # the mark and the text
    assert re.search(r"<w:pPr><w:rPr><w:ins [^>]*/></w:rPr></w:pPr><w:ins [^>]*><w:r><w:t[^>]*>丙丙丙丙", xml)
    assert "<w:del " not in xml


def test_a_paragraph_added_at_the_end_takes_the_mark_before_it():
    xml = marked([p("甲甲甲")], [p("甲甲甲"), p("丙丙丙丙")])
    assert re.search(r"<w:rPr><w:ins [^>]*/></w:rPr></w:pPr><w:r><w:t[^>]*>甲甲甲", xml)
    assert texts(xml, "ins") == ["丙丙丙丙"]
    assert "<w:del " not in xml


def test_rows_are_tracked_as_rows():
    old, new = tbl(["甲一", "甲二"], ["乙一", "乙二"]), tbl(["甲一", "甲二"], ["新一", "新二"], ["乙一", "乙二"])
    xml = marked([old, p("末")], [new, p("末")])
    assert len(re.findall(r"<w:trPr><w:ins ", xml)) == 1
    assert texts(xml, "ins") == ["新一", "新二"]
    back = marked([new, p("末")], [old, p("末")])
    assert len(re.findall(r"<w:trPr><w:del ", back)) == 1
    assert texts(back, "del") == ["新一", "新二"]


def test_a_moved_paragraph_is_marked_as_moved():
    one, two, three = p("第一段说的是绿色工厂"), p("第二段说的是绿色供应链"), p("第三段说的是工业园区")
    xml = marked([one, two, three, p("末")], [two, three, one, p("末")])
    assert texts(xml, "moveFrom") == texts(xml, "moveTo") == ["第一段说的是绿色工厂"]
    names = re.findall(r"<w:move(?:From|To)RangeStart [^>]*w:name=\"(\w+)\"", xml)
    assert names == ["move1", "move1"]
    assert xml.count("RangeEnd") == 2
    assert "<w:ins " not in xml
    assert "<w:del " not in xml


def test_neighbours_that_move_together_are_one_move():
    five = [
        p(each)
        for each in (
            "绿色工厂的第一段话",
            "园区是另外一回事情",
            "供应链再说别的内容",
            "评价机构又是一节文",
            "名单管理在最后面讲",
        )
    ]
    xml = marked([*five, p("末")], [*five[2:], *five[:2], p("末")])
    assert re.findall(r"<w:move(?:From|To)RangeStart [^>]*w:name=\"(\w+)\"", xml) == ["move1", "move1"]
    assert texts(xml, "moveTo") == ["绿色工厂的第一段话", "园区是另外一回事情"]


def test_formats_are_the_new_ones_and_those_of_struck_text_the_old_ones():
    xml = marked([p(t("绿色制造名单", "<w:b/>"))], [p(t("绿色制造", "<w:i/>") + t("标准", "<w:u w:val='single'/>"))])
    struck = re.search(r"<w:del [^>]*><w:r><w:rPr>(.*?)</w:rPr><w:delText[^>]*>名单", xml)
    added = re.search(r"<w:ins [^>]*><w:r><w:rPr>(.*?)</w:rPr><w:t[^>]*>标准", xml)
    kept = re.search(
        r"<w:r><w:rPr><w:i/><w:rPrChange [^>]*><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t[^>]*>绿色制造", xml
    )
    assert (struck and struck[1], added and added[1]) == ("<w:b/>", '<w:u w:val="single"/>')
    assert kept


def test_a_changed_style_is_tracked():
    xml = marked([p("总体要求", "1"), p("末")], [p("总体要求", "2"), p("末")])
    assert re.search(r'<w:pStyle w:val="2"/><w:pPrChange [^>]*><w:pPr><w:pStyle w:val="1"/></w:pPr></w:pPrChange>', xml)


def test_author_and_date_are_inputs():
    xml = marked([p("甲甲甲甲")], [p("甲甲乙乙")], author="能源处", date="2025-01-02")
    assert set(re.findall(r'w:author="([^"]*)" w:date="([^"]*)"', xml)) == {("能源处", "2025-01-02T00:00:00Z")}


def test_a_style_the_new_file_lacks_comes_along():
    more = (
        '<w:style w:type="paragraph" w:styleId="9"><w:name w:val="旧样式"/><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    from redlines import STYLES  # noqa: PLC0415

    old = docx(p("只在旧件里的一段话", "9"), p("末"), styles=STYLES.replace("</w:styles>", more))
    made = redline(old, docx(p("末"))).content
    assert ("", "旧样式", "只在旧件里的一段话") in plain(made, "reject")


def test_same_style_id_other_name_is_not_the_same_style():
    swapped = docx(p("同一段话", "2"), p("末"), styles=docx_styles("2", "表格正文"))
    made = redline(swapped, docx(p("同一段话", "2"), p("末"))).content
    assert plain(made, "reject")[0] == ("", "表格正文", "同一段话")
    assert plain(made, "accept")[0] == ("", "公文正文", "同一段话")


def docx_styles(identity, name):
    from redlines import STYLES  # noqa: PLC0415

    return STYLES.replace(
        f'w:styleId="{identity}"><w:name w:val="公文正文"/>', f'w:styleId="{identity}"><w:name w:val="{name}"/>'
    )


@pytest.mark.slow
def test_every_pair_of_editions_is_proven(library, editions):
    from notices.papers.compose import compose  # noqa: PLC0415
    from notices.rendering.renderer import Press  # noqa: PLC0415

    press = Press(library, ("docx",))
    made = {
        (name, kind): press.bytes_of(compose(edition, kind, library).document, "docx")
        for name, edition in editions.items()
        for kind in edition.profile.papers
    }
    assert len(made) >= 5
    for one in made.values():
        for two in made.values():
            result = redline(one, two)
            assert result.proven > 0
            assert result.changed == (one != two)
