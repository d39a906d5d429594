"""Orders and minutes (10.2, 10.3): ours give no finding, a fault planted into one is found by its rule alone."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn
from planting import Sheet, spans

from notices.document import blocks as b
from notices.inspection import inspect, word

ORDER = (
    b.Masthead(("测试省人民政府令",), spans("第12号"), form="order"),
    b.Paragraph(spans("《测试省节约用水办法》已经2024年3月1日测试省人民政府第30次常务会议通过，现予公布。")),
    b.Signature((spans("省长　　李四"),), spans("2024年3月5日"), signed=True),
)
NAMES = "、".join(["张三"] * 20)
MINUTES = (
    b.Masthead(("测试省工业和信息化厅会议纪要",), spans("第3期"), form="minutes"),
    b.Paragraph(spans("会议研究了节水型企业推荐工作。现将会议议定的事项纪要如下。")),
    b.Heading(1, spans("一、关于推荐范围")),
    b.Paragraph(spans("会议同意推荐的范围，要求各处室按照分工抓好落实。")),
    b.Attendance(((b.Span("出席：", "hei"), b.Span(NAMES)), (b.Span("列席：", "hei"), b.Span("王五")))),
)
SONG = '<w:rFonts w:eastAsia="宋体" w:hint="eastAsia"/>'
GAP = '<w:spacing w:before="0" w:beforeLines="0" w:line="579" w:lineRule="exact"/>'


def printed(press, blocks):
    return press.bytes_of(b.Document("paper", "件", "测试省", "document", blocks), "docx")


def found(content):
    return inspect.inspected(word.read("件.docx", content)).findings


def names_bold(sheet):
    """The first run, which is the word and its colon, in the face of the names."""
    runs = sheet.para("出席：").iter(qn("w:r"))
    for node in list(next(runs).iter(qn("w:rStyle"))):
        node.getparent().remove(node)


FAULTS = (
    ("order-gap", ORDER, lambda s: s.set("第12号", '<w:spacing w:before="0" w:after="1158"/>'), "10.2", "第12号"),
    ("order-gap", ORDER, lambda s: s.set("第12号", '<w:spacing w:before="1158" w:after="0"/>'), "10.2", "《测试省"),
    ("order-signature", ORDER, lambda s: s.set("省长", '<w:ind w:right="0" w:rightChars="0"/>'), "7.3.5.3", "省长"),
    ("order-signature", ORDER, lambda s: s.set("3月5日", '<w:jc w:val="left"/>'), "7.3.5.3", "3月5日"),
    ("number-place", ORDER, lambda s: s.set("第12号", '<w:jc w:val="left"/>'), "10.2", "第12号"),
    ("mark-colour", ORDER, lambda s: s.look("人民政府令", '<w:color w:val="000000"/>'), "7.2.4", "人民政府令"),
    ("attendance-face", MINUTES, names_bold, "10.3", "出席"),
    ("attendance-face", MINUTES, lambda s: s.look("王五", SONG), "10.3", "王五"),
    ("attendance-place", MINUTES, lambda s: s.set("王五", '<w:ind w:left="0" w:leftChars="0"/>'), "10.3", "王五"),
    (
        "attendance-place",
        MINUTES,
        lambda s: s.set("出席：", '<w:ind w:left="0" w:leftChars="0" w:firstLine="632" w:firstLineChars="200"/>'),
        "10.3",
        "出席",
    ),
    ("attendance-place", MINUTES, lambda s: s.style("附件说明", GAP), "10.3", "出席"),
)


@pytest.mark.parametrize("blocks", [ORDER, MINUTES], ids=["order", "minutes"])
def test_the_papers_themselves_give_no_finding(press, blocks):
    assert found(printed(press, blocks)) == ()


@pytest.mark.parametrize(
    ("rule", "blocks", "plant", "clause", "words"), FAULTS, ids=[f"{n}-{one[0]}" for n, one in enumerate(FAULTS)]
)
def test_a_planted_fault_is_found_at_its_place_and_nothing_else(press, rule, blocks, plant, clause, words):
    sheet = Sheet(printed(press, blocks))
    plant(sheet)
    (told,) = found(sheet.bytes())
    assert (told.rule, told.clause) == (rule, clause)
    assert words in word.read("件.docx", sheet.bytes()).paras[told.places[0].para - 1].text


def test_minutes_may_be_numbered_as_an_office_does_it(press):
    sheet = Sheet(printed(press, MINUTES))
    sheet.set("第3期", '<w:jc w:val="left"/><w:spacing w:before="0" w:after="0"/>')
    assert found(sheet.bytes()) == ()
