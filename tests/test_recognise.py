"""The parts of a paper: told by words and order, on papers of every kind, with right looks, wrong looks and none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.document.blocks import (
    AttachmentLabel,
    AttachmentList,
    Heading,
    Imprint,
    Masthead,
    Paragraph,
    Signature,
    Table,
    Title,
    lines_of,
)
from notices.inspection.model import Para, Run
from notices.inspection.recognise import of_texts, official, recognise
from notices.papers.coverage import checked

PARTS = dict(
    [
        *[("y", "copy-number"), ("x", "secrecy"), ("u", "urgency"), ("m", "mark"), ("n", "number"), ("g", "signer")],
        *[("t", "title"), ("S", "subtitle"), ("a", "addressee"), ("b", "body"), ("h", "chapter"), ("r", "article")],
        *[("1", "level-1"), ("2", "level-2"), ("3", "level-3"), ("4", "level-4"), ("l", "attachment-note")],
        *[("s", "signature"), ("d", "date"), ("o", "note"), ("M", "attachment-mark"), ("T", "attachment-title")],
        *[("c", "copies"), ("p", "printed"), ("P", "page-number"), ("A", "attendance"), ("e", "empty"), ("?", "other")],
    ]
)
PAPERS = {
    "a notice without any format": """
        t|关于做好冬季安全生产工作的通知
        a|各科室、各直属单位：
        b|近日气温骤降，现将有关事项通知如下：
        1|一、提高认识
        b|各单位要高度重视，落实责任。
        2|（一）检查范围。各车间、仓库。
        3|1.检查消防设施；
        4|（1）灭火器；
        s|某某县应急管理局
        d|2024年12月3日""",
    "a title in three paragraphs, addressees in two": """
        t|某某省生态环境厅
        t|关于印发《某某省碳达峰试点
        t|建设方案》的通知
        e|
        a|各市生态环境局，
        a|各有关单位：
        b|现将方案印发给你们，请认真贯彻执行。
        e|
        s|某某省生态环境厅
        d|2024 年 1 月 5 日
        o|（此件公开发布）
        M|附件
        T|某某省碳达峰试点建设方案
        e|
        b|为做好试点，制定本方案。
        1|一、总体要求""",
    "two addressees, each with its colon": """
        t|关于报送总结的通知
        a|各市工业和信息化局：
        a|各有关单位：
        b|请按时报送。
        s|甲省工业和信息化厅
        d|2024年1月5日""",
    "a joint paper with everything a masthead has": """
        y|000001
        x|机密★1年
        u|特急
        m|甲省财政厅
        m|甲省工业和信息化厅文件
        n|甲财建〔2024〕12号
        t|甲省财政厅 甲省工业和信息化厅关于下达
        t|2024年绿色发展资金的通知
        a|各市财政局、工业和信息化局：
        b|根据有关规定，现下达资金。
        l|附件：1.资金分配表
        l|　　　2.2024年绩效目标表
        s|甲省财政厅
        s|甲省工业和信息化厅
        d|2024年6月7日
        o|（联系人：张三，电话：0100-1234567）
        M|附件1
        T|资金分配表
        e|
        b|单位：万元
        M|附件2
        T|绩效目标表
        c|抄送：省审计厅。
        p|甲省财政厅办公室　　　　2024年6月8日印发""",
    "names side by side": """
        t|关于联合开展检查的通知
        a|各有关单位：
        b|经研究，决定开展检查。
        s|甲市财政局　　　　甲市审计局
        d|2024年5月1日""",
    "a letter": """
        m|甲市人民政府办公室
        n|甲政办函〔2024〕5号
        t|甲市人民政府办公室关于商请支持
        t|电网建设的函
        a|某某电力公司：
        b|贵公司来函收悉。现就有关事项函复如下。
        b|特此函复。
        s|甲市人民政府办公室
        d|2024年3月1日
        c|抄送：市发展改革委。""",
    "minutes": """
        m|甲县人民政府常务会议纪要
        n|第3期
        b|2024年3月5日，县长张三主持召开县政府常务会议，纪要如下：
        1|一、研究春耕工作
        b|会议强调，要抓好落实。
        A|出席：张三、李四。
        A|列席：王五。""",
    "minutes that begin with who was there": """
        t|甲局关于春耕工作的会议纪要
        b|时间：2024年3月5日
        b|出席：张三、李四。
        1|一、研究春耕工作
        b|会议强调，要抓好落实。""",
    "an order, the rules right under it": """
        m|甲省人民政府令
        n|第12号
        b|《甲省绿色制造促进办法》已经省人民政府常务会议通过，自2024年5月1日起施行。
        s|省长　张三
        d|2024年3月10日
        T|甲省绿色制造促进办法
        h|第一章　总则
        r|第一条　为了促进绿色制造，制定本办法。
        r|第二条　本省行政区域内适用本办法。""",
    "a paper to a higher authority": """
        m|甲市工业和信息化局文件
        n|甲工信〔2024〕8号　　　　签发人：李四
        t|关于报送2024年度绿色工厂推荐名单的请示
        a|省工业和信息化厅：
        b|按照要求，我局组织开展了推荐。妥否，请批示。
        l|附件：推荐汇总表
        s|甲市工业和信息化局
        d|二〇二四年六月一日
        o|（联系人：王五，12345678）""",
    "no date": """
        t|关于召开座谈会的通知
        a|各部门：
        b|定于下周一召开座谈会，请准时参加。
        s|综合管理办公室""",
    "who signs and the day on one line, half-width marks": """
        t|关于放假的通知
        a|全体员工:
        b|根据安排,放假三天.
        s|某某有限公司  2024年9月30日""",
    "a list to the public, without addressee": """
        t|关于2024年度绿色工厂名单的公示
        b|经评审，现将名单予以公示。
        l|附件：名单
        s|甲市工业和信息化局
        d|2024年4月30日
        M|附件
        T|2024年度绿色工厂名单
        e|
        b|1　甲公司""",
    "a web page with the attachments after the date": """
        t|甲厅关于开展申报的通知
        a|各市局：
        b|请按要求申报。
        s|甲省工业和信息化厅
        d|2024年4月30日
        l|附件：1.申报表.docx
        l|2.汇总表.xlsx""",
    "names of attachments under 附件： without numbers, heads of columns as text": """
        t|关于对火灾事故的通报
        a|各县（区）安委会：
        b|现将有关情况通报如下。
        l|附件：
        l|隐患排查表
        l|整改台账
        s|甲市安全生产委员会办公室
        d|2024年3月15日
        M|附件
        T|隐患排查表
        b|单位 姓名 职务 电话""",
    "an attachment by itself, with places to sign": """
        M|附件3
        T|真实性承诺书
        e|
        b|我单位承诺材料真实。
        s|法定代表人（签字）：
        s|（公章）
        d|　　年　　月　　日
        P|— 3 —""",
    "what is still to be confirmed": """
        m|甲省工业和信息化厅文件
        n|【待定：发文字号】
        t|关于组织申报的通知
        a|各市局：
        b|请按时申报。
        s|甲省工业和信息化厅
        d|【待定：成文日期】
        p|【待定：印发机关】　【待定：印发日期】印发""",
}


def rows_of(paper):
    rows = [line.strip(" ").split("|", 1) for line in PAPERS[paper].strip().splitlines()]
    return [PARTS[key] for key, _ in rows], [text for _, text in rows]


def wrong(placed, wanted):
    return [(one.para.text, part, one.part) for one, part in zip(placed, wanted, strict=True) if one.part != part]


@pytest.mark.parametrize("paper", PAPERS)
def test_parts_by_their_words_alone(paper):
    parts, texts = rows_of(paper)
    placed = of_texts(texts)
    assert wrong(placed, parts) == []
    assert all(0 < one.sure <= 1 and one.why for one in placed)


@pytest.mark.parametrize("paper", PAPERS)
def test_wrong_looks_change_nothing(paper):
    """Everything in one size, centred or indented as it should not be: the words still say what it is."""
    parts, texts = rows_of(paper)
    looks = [{"align": "left"}, {"align": "right", "first": 32.0}, {"align": "both", "style": "Normal"}]
    paras = [
        Para(n, (Run(text, "宋体", "Arial", 12.0, bold=True),), **looks[n % 3])  # type: ignore[arg-type]
        for n, text in enumerate(texts, 1)
    ]
    assert wrong(recognise(paras), parts) == []


def test_an_official_paper_is_told_from_another_text():
    assert all(official(of_texts(rows_of(paper)[1])) for paper in PAPERS)
    story = ["红烧肉的做法", "先把肉切成块，焯水。", "再放糖炒色。", "1. 大火收汁", "2. 装盘"]
    assert not official(of_texts(story))
    assert not official(of_texts(["Quarterly report", "Revenue grew.", "1. Outlook"]))
    assert not official(of_texts([]))


def test_headings_without_numerals_are_told_by_their_style():
    paras = [Para(1, (Run("关于开展检查的通知"),)), Para(2, (Run("各单位："),)), Para(3, (Run("请认真检查。"),))]
    paras += [Para(4, (Run("检查范围"),), outline=1), Para(5, (Run("车间"),), outline=2), Para(6, (Run("库房。"),))]
    placed = recognise(paras)
    assert [one.part for one in placed[3:]] == ["level-1", "level-2", "body"]
    assert max(one.sure for one in placed[3:5]) < 0.7


def truth(block, attached):
    """The parts a block's lines are; a paragraph with a run-in heading begins as its level does."""
    match block:
        case Masthead(mark):
            return ["mark"] * len(mark) + ["number"]
        case Title(subtitle=subtitle):
            return ["attachment-title" if attached else "title"] + ["subtitle"] * bool(subtitle)
        case Heading(level):
            return [f"level-{level}"]
        case AttachmentList(names):
            return ["attachment-note"] * len(names)
        case Signature(issuers):
            return ["signature"] * len(issuers) + ["date"]
        case Imprint(copies=copies):
            return ["copies"] * bool(copies) + ["printed"]
        case Paragraph():
            return ["text"]
    names = {"Salutation": "addressee", "Chapter": "chapter", "Note": "note", "AttachmentLabel": "attachment-mark"}
    return [names[type(block).__name__]]


def test_every_paper_the_product_builds(library, editions):
    """Their blocks say what each line is: on 500 paragraphs there is no mistake."""
    seen = 0
    for edition in editions.values():
        for paper in checked(library, edition).values():
            texts, wanted, attached = [], [], False
            for block in paper.document.blocks:
                assert not isinstance(block, Table)
                attached = attached or isinstance(block, AttachmentLabel)
                lines = [line for line in lines_of(block) if line]  # a title that is to be confirmed has no line
                texts += lines
                wanted += truth(block, attached)[-len(lines) :]
            placed = of_texts(texts)
            text = {"body", "article", *(f"level-{n}" for n in range(1, 5))}
            mistaken = [
                (one.para.text, part, one.part)
                for one, part in zip(placed, wanted, strict=True)
                if one.part not in (text if part == "text" else {part, *(["title"] if part == "subtitle" else [])})
            ]
            assert mistaken == []
            seen += len(placed)
    assert seen > 400


PIECES = st.sampled_from(
    [text for paper in PAPERS for text in rows_of(paper)[1]] + ["附件：", "附件1：甲", "抄送", "（"]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
def test_any_text_has_a_part_for_each_paragraph(texts):
    placed = of_texts(texts)
    assert [one.para.text for one in placed] == texts
    assert {one.part == "empty" for one in placed if not one.para.text.strip()} <= {True}


def test_cells_of_tables_stay_cells_but_an_imprint_in_a_table_is_one():
    parts, texts = rows_of("a joint paper with everything a masthead has")
    paras = [Para(n, (Run(text),)) for n, text in enumerate(texts, 1)]
    paras[-2:] = [replace(para, cell=(1, row, 1)) for row, para in enumerate(paras[-2:], 1)]
    paras.insert(10, Para(99, (Run("一、甲"),), cell=(1, 1, 1)))
    assert wrong(recognise(paras), [*parts[:10], "table", *parts[10:]]) == []
