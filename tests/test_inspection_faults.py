"""Faults planted one by one into a sound paper: each is found by its rule, at its place, and nothing else is."""

from __future__ import annotations

import copy
import re

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from planting import NS, Sheet, paper

from notices.inspection import catalog, inspect, word

FACE = '<w:rFonts w:eastAsia="{0}" w:ascii="{0}" w:hAnsi="{0}" w:hint="eastAsia"/>'
LEFT = '<w:jc w:val="left"/>'


def remove(roots, tag):
    for root in roots:
        for node in list(root.iter(qn(tag))):
            node.getparent().remove(node)


def feet_say(sheet, old, new):
    for root in sheet.feet():
        for node in root.iter(qn("w:t")):
            node.text = (node.text or "").replace(old, new)


def odd_even_off(sheet):
    remove([sheet.settings()], "w:evenAndOddHeaders")


def feet_align(sheet, value):
    for name in ("页码单页", "页码双页"):
        sheet.style(name, f'<w:jc w:val="{value}"/>')


def number_line(sheet, **values):
    border = next(sheet.para("〔2024〕8号").iterancestors(qn("w:body"))), values
    style = next(s for s in sheet.document.styles.element if s.get(qn("w:styleId")) == "Number")
    for node in style.iter(qn("w:bottom")):
        for name, value in border[1].items():
            node.set(qn(f"w:{name}"), str(value))


def imprint_borders(sheet, side=None, **values):
    for borders in sheet.body.iter(qn("w:tblBorders")):
        for node in list(borders):
            if side is None or node.tag == qn(f"w:{side}"):
                if values:
                    for name, value in values.items():
                        node.set(qn(f"w:{name}"), str(value))
                else:
                    borders.remove(node)


def comment(sheet):
    run = sheet.document.paragraphs[4].runs[0]
    sheet.document.add_comment([run], "再看", author="甲", initials="J")


def track(sheet):
    para = sheet.para("二、推荐程序")
    para.append(
        parse_xml(
            f'<w:ins {NS} w:id="9" w:author="甲"><w:r><w:rPr><w:rFonts w:eastAsia="黑体" w:hint="eastAsia"/></w:rPr><w:t>等</w:t></w:r></w:ins>'
        )
    )


def last_mark(sheet, new):
    """Another text for 附件2 at its attachment's head, which is the last paragraph with it."""
    found = [p for p in sheet.body.iter(qn("w:p")) if "".join(p.itertext(qn("w:t"))) == "附件2"]
    next(found[-1].iter(qn("w:t"))).text = new


def _alone(sheet, words):
    return next(p for p in sheet.body.iter(qn("w:p")) if "".join(p.itertext(qn("w:t"))) == words)


def date(sheet, new):
    next(_alone(sheet, "2024年4月3日").iter(qn("w:t"))).text = new


def sign(sheet, new):
    next(_alone(sheet, "测试省工业和信息化厅").iter(qn("w:t"))).text = new


def date_place(sheet):
    own = _alone(sheet, "2024年4月3日").get_or_add_pPr()
    for node in own.findall(qn("w:ind")):
        own.remove(node)
    own.append(parse_xml(f'<w:ind {NS} w:left="632"/>'))


def title(sheet, *lines):
    """Other lines of the title, with breaks by hand."""
    para = sheet.para("关于开展")
    first = next(para.iter(qn("w:r")))
    for run in list(para.iter(qn("w:r")))[1:]:
        run.getparent().remove(run)
    look = copy.deepcopy(first.find(qn("w:rPr")))
    para.remove(first)
    for at, line in enumerate(lines):
        run = parse_xml(f"<w:r {NS}>{'<w:br/>' if at else ''}<w:t>{line}</w:t></w:r>")
        run.insert(0, copy.deepcopy(look))
        para.append(run)


def no_second_attachment(sheet):
    for words in ("附件2", "节水型企业评价要求"):
        para = [p for p in sheet.body.iter(qn("w:p")) if "".join(p.itertext(qn("w:t"))) == words][-1]
        para.getparent().remove(para)


def swap_imprint(sheet):
    table = next(sheet.para("抄送：").iterancestors(qn("w:tbl")))
    rows = table.findall(qn("w:tr"))
    rows[1].addnext(rows[0])


def after_imprint(sheet):
    anchor = parse_xml(
        f'<w:p {NS}><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>另附说明材料。</w:t></w:r></w:p>'
    )
    sheet.body.find(qn("w:sectPr")).addprevious(anchor)


def close_up(sheet):
    para = _alone(sheet, "附件1").get_or_add_pPr()
    for node in para.findall(qn("w:spacing")):
        para.remove(node)
    para.append(parse_xml(f'<w:spacing {NS} w:before="0" w:after="0" w:afterLines="0"/>'))


def blanks_typed(sheet):
    sheet.set("优先推荐", '<w:ind w:firstLineChars="0" w:firstLine="0"/>')
    sheet.say("已经建成", "　　已经建成")


def pages_by_blanks(sheet):
    for _ in range(9):
        _alone(sheet, "附件1").addprevious(parse_xml(f"<w:p {NS}/>"))


def long_name(sheet):
    """A name that goes over the line, in both places, whose second line does not stand under its first."""
    for para in [p for p in sheet.body.iter(qn("w:p")) if "节水型企业评价要求" in "".join(p.itertext(qn("w:t")))][-2:]:
        node = next(para.iter(qn("w:t")))
        node.text = node.text.replace("评价要求", "评价要求和计分办法以及现场核查的具体要求")
    sheet.set("2.节水型企业评价", '<w:ind w:left="1580" w:leftChars="0" w:firstLine="0" w:firstLineChars="0"/>')


def no_tab(sheet):
    for node in list(sheet.para("日印发").iter(qn("w:tab"))):
        node.getparent().remove(node)


def wide_table(sheet):
    table = next(sheet.para("企业名称").iterancestors(qn("w:tbl")))
    next(table.iter(qn("w:gridCol"))).set(qn("w:w"), "6000")


def long_table(sheet):
    table = next(sheet.para("企业名称").iterancestors(qn("w:tbl")))
    remove([table], "w:tblHeader")
    row = table.findall(qn("w:tr"))[-1]
    for _ in range(40):
        row.addnext(copy.deepcopy(row))


def gone(sheet, words):
    para = _alone(sheet, words)
    para.getparent().remove(para)


FAULTS = (
    (
        "head-order",
        lambda s: (
            s.add("工业和信息化厅文件", "特急", style="附件标识"),
            s.add("工业和信息化厅文件", "机密★1年", style="附件标识"),
        ),
        "特急",
    ),
    ("title-kind", lambda s: title(s, "测试省工业和信息化厅关于开展", "2024年度节水型企业推荐工作"), "关于开展"),
    ("addressee-absent", lambda s: s.drop("各有关单位："), "关于开展"),
    ("body-blanks", blanks_typed, "优先推荐"),
    ("manual-page", pages_by_blanks, "附件1"),
    ("attachment-note-hanging", long_name, "2.节水型"),
    ("attachment-note-absent", lambda s: (s.drop("附件：1."), s.drop("2.节水型企业评价")), "附件1"),
    (
        "date-absent",
        lambda s: [gone(s, one) for one in ("测试省工业和信息化厅", "2024年4月3日", "（此件公开发布）")],
        "",
    ),
    ("signature-absent", lambda s: gone(s, "测试省工业和信息化厅"), "2024年4月3日"),
    (
        "signature-gap",
        lambda s: s.style("发文机关署名", '<w:spacing w:before="0" w:beforeLines="0"/>'),
        "测试省工业和信息化厅",
    ),
    ("printed-sides", no_tab, "日印发"),
    ("table-width", wide_table, "序号"),
    ("table-head", long_table, "序号"),
    ("title-first-word", lambda s: title(s, "测试省工业和信息化厅关于节水", "和节能型企业推荐工作的通知"), "关于节水"),
    # rule, how it is planted, words of the paragraph it is told at ("" for the whole file)
    ("paper-size", lambda s: s.section("pgSz", w=10318, h=14570), ""),
    ("margin-top", lambda s: s.section("pgMar", top=1440), ""),
    ("margin-left", lambda s: s.section("pgMar", left=1800), ""),
    ("margin-right", lambda s: s.section("pgMar", right=1800), ""),
    ("margin-bottom", lambda s: s.section("pgMar", bottom=1440), ""),
    ("grid-lines", lambda s: s.style("Normal", '<w:spacing w:line="480" w:lineRule="exact"/>'), ""),
    ("grid-chars", lambda s: s.style("Normal", '<w:spacing w:val="0"/>', "rPr"), ""),
    ("grid-chars", lambda s: s.style("公文正文", '<w:spacing w:val="10"/>', "rPr"), ""),
    ("columns", lambda s: s.section("cols", num=2), ""),
    ("page-number", lambda s: remove(s.feet(), "w:fldSimple"), ""),
    ("page-number-dashes", lambda s: (feet_say(s, "— ", ""), feet_say(s, " —", "")), ""),
    ("page-number-face", lambda s: s.style("页码单页", FACE.format("黑体"), "rPr"), ""),
    ("page-number-sides", odd_even_off, ""),
    ("page-number-sides", lambda s: feet_align(s, "center"), ""),
    ("page-number-indent", lambda s: s.style("页码单页", '<w:ind w:right="0" w:rightChars="0"/>'), ""),
    ("page-number-place", lambda s: s.section("pgMar", footer=600), ""),
    ("number-brackets", lambda s: s.say("〔2024〕", "[2024]"), "测工信"),
    ("number-brackets", lambda s: s.say("〔2024〕", "（2024）"), "测工信"),
    ("number-year", lambda s: s.say("〔2024〕8号", "〔24〕8号"), "测工信"),
    ("number-order", lambda s: s.say("〕8号", "〕08号"), "测工信"),
    ("number-order", lambda s: s.say("〕8号", "〕第8号"), "测工信"),
    ("number-place", lambda s: s.set("测工信〔2024〕8号", LEFT), "测工信"),
    (
        "number-gap",
        lambda s: s.style("发文字号", '<w:spacing w:before="0" w:after="1158" w:line="384" w:lineRule="exact"/>'),
        "测工信",
    ),
    ("red-line", lambda s: s.set("测工信〔2024〕8号", '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'), "测工信"),
    ("red-line-colour", lambda s: number_line(s, color="000000"), "测工信"),
    ("red-line-width", lambda s: s.set("测工信〔2024〕8号", '<w:ind w:left="1000" w:right="1000"/>'), "测工信"),
    ("red-line-gap", lambda s: number_line(s, space=0), "测工信"),
    ("mark-colour", lambda s: s.look("工业和信息化厅文件", '<w:color w:val="000000"/>'), "厅文件"),
    ("mark-place", lambda s: s.set("工业和信息化厅文件", LEFT), "厅文件"),
    ("mark-face", lambda s: s.look("工业和信息化厅文件", FACE.format("宋体")), "厅文件"),
    ("signer-upward", lambda s: s.add("测工信〔2024〕8号", "签发人：李四", style="主送机关"), "签发人"),
    ("secrecy-form", lambda s: s.add("工业和信息化厅文件", "机密★一年", style="附件标识"), "机密"),
    ("head-left", lambda s: s.add("工业和信息化厅文件", "特急", style="一级标题"), "特急"),
    ("head-face", lambda s: s.add("工业和信息化厅文件", "特急", style="主送机关"), "特急"),
    ("title-place", lambda s: s.set("关于开展", LEFT), "关于开展"),
    ("title-place", lambda s: s.set("关于开展", '<w:ind w:firstLine="880"/>'), "关于开展"),
    (
        "title-mark",
        lambda s: title(s, "测试省工业和信息化厅关于开展", "2024年度节水型企业推荐工作的通知。"),
        "关于开展",
    ),
    ("title-size", lambda s: s.look("关于开展", '<w:sz w:val="36"/>'), "关于开展"),
    ("title-face", lambda s: s.look("关于开展", FACE.format("宋体")), "关于开展"),
    (
        "title-gap",
        lambda s: s.style("发文字号", '<w:spacing w:before="1158" w:after="0" w:line="384" w:lineRule="exact"/>'),
        "关于开展",
    ),
    ("title-ending", lambda s: s.say("逾期不再受理。", "特此公告。"), "特此公告"),
    ("title-opening", lambda s: s.say("通知如下", "通报如下"), "通报如下"),
    (
        "addressee-place",
        lambda s: s.set("各有关单位：", '<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
        "各有关单位",
    ),
    ("addressee-colon", lambda s: s.say("各有关单位：", "各有关单位:"), "各有关单位"),
    (
        "addressee-gap",
        lambda s: s.style("公文标题", '<w:spacing w:after="0" w:line="720" w:lineRule="exact"/>'),
        "各有关单位",
    ),
    ("text-face", lambda s: s.style("公文正文", FACE.format("宋体"), "rPr"), "为做好"),
    ("text-face", lambda s: s.look("优先推荐", FACE.format("楷体")), "优先推荐"),
    ("text-size", lambda s: s.look("优先推荐", '<w:sz w:val="28"/>'), "优先推荐"),
    ("level-1-face", lambda s: s.look("二、推荐程序", FACE.format("仿宋")), "二、推荐程序"),
    ("level-1-size", lambda s: s.look("二、推荐程序", '<w:sz w:val="36"/>'), "二、推荐程序"),
    ("level-2-face", lambda s: s.look("（一）基本条件", FACE.format("黑体")), "（一）基本条件"),
    ("level-2-size", lambda s: s.look("（一）基本条件", '<w:sz w:val="28"/>'), "（一）基本条件"),
    ("attachment-mark-face", lambda s: s.style("附件标识", FACE.format("仿宋"), "rPr"), "附件1"),
    ("attachment-mark-size", lambda s: s.style("附件标识", '<w:sz w:val="28"/>', "rPr"), "附件1"),
    ("imprint-face", lambda s: s.look("省水利厅", FACE.format("宋体")), "省水利厅"),
    ("imprint-size", lambda s: s.look("省水利厅", '<w:sz w:val="32"/>'), "省水利厅"),
    ("text-colour", lambda s: s.look("优先推荐", '<w:color w:val="0000FF"/>'), "优先推荐"),
    ("text-italic", lambda s: s.look("优先推荐", "<w:i/>"), "优先推荐"),
    ("text-underline", lambda s: s.look("优先推荐", '<w:u w:val="single"/>'), "优先推荐"),
    ("text-bold", lambda s: s.look("优先推荐", "<w:b/>"), "优先推荐"),
    ("text-scale", lambda s: s.look("优先推荐", '<w:w w:val="80"/>'), "优先推荐"),
    (
        "quotes-face",
        lambda s: (s.say("优先推荐", "“优先”推荐"), s.look("“优先”推荐", '<w:rFonts w:hint="default"/>')),
        "“优先”",
    ),
    ("body-indent", lambda s: s.style("公文正文", '<w:ind w:firstLineChars="0" w:firstLine="0"/>'), "为做好"),
    ("body-indent", lambda s: s.set("优先推荐", '<w:ind w:firstLineChars="400" w:firstLine="1280"/>'), "优先推荐"),
    (
        "body-hanging",
        lambda s: s.set("优先推荐", '<w:ind w:left="640" w:firstLineChars="0" w:firstLine="0"/>'),
        "优先推荐",
    ),
    (
        "body-right",
        lambda s: s.set("优先推荐", '<w:ind w:right="640" w:firstLineChars="200" w:firstLine="632"/>'),
        "优先推荐",
    ),
    ("body-align", lambda s: s.set("优先推荐", '<w:jc w:val="center"/>'), "优先推荐"),
    (
        "body-spacing",
        lambda s: s.set("优先推荐", '<w:spacing w:after="200" w:line="579" w:lineRule="exact"/>'),
        "优先推荐",
    ),
    ("body-lines", lambda s: s.set("优先推荐", '<w:spacing w:line="480" w:lineRule="exact"/>'), "优先推荐"),
    ("body-empty", lambda s: s.blank("（二）优先条件"), ""),
    ("level-marks", lambda s: s.say("二、推荐程序", "二.推荐程序"), "二."),
    ("level-marks", lambda s: s.say("（一）基本条件", "（一）、基本条件"), "（一）、"),
    ("level-marks", lambda s: s.say("2.单位产品", "2、单位产品"), "2、"),
    ("level-order", lambda s: s.say("三、其他事项", "四、其他事项"), "四、其他"),
    ("level-order", lambda s: s.say("（二）优先条件", "（三）优先条件"), "（三）优先"),
    ("level-order", lambda s: s.say("2.单位产品", "3.单位产品"), "3.单位"),
    ("level-period", lambda s: s.say("二、推荐程序", "二、推荐程序。"), "二、推荐程序"),
    ("no-text-page", lambda s: s.add("附件：1.", "（此页无正文）", style="公文正文"), "此页无正文"),
    ("repeated-text", lambda s: s.again("优先推荐"), "优先推荐"),
    ("tracked-changes", track, ""),
    ("comments", comment, ""),
    ("unfilled", lambda s: s.say("8号", "×号"), "测工信"),
    ("attachment-note-colon", lambda s: s.say("附件：1.", "附件:1."), "附件:1."),
    (
        "attachment-note-indent",
        lambda s: s.set("附件：1.", '<w:ind w:left="0" w:firstLine="0" w:leftChars="0" w:firstLineChars="0"/>'),
        "附件：1.",
    ),
    ("attachment-note-mark", lambda s: s.say("1.节水型企业推荐汇总表", "1.节水型企业推荐汇总表；"), "附件：1."),
    ("attachment-note-number", lambda s: s.say("2.节水型企业评价要求", "2、节水型企业评价要求"), "2、节水"),
    ("attachment-note-gap", lambda s: s.style("附件说明", '<w:spacing w:before="0" w:beforeLines="0"/>'), "附件：1."),
    ("attachment-note-quotes", lambda s: s.say("2.节水型企业评价要求", "2.《节水型企业评价要求》"), "2.《"),
    ("attachment-titles", lambda s: s.say("2.节水型企业评价要求", "2.节水型企业评价细则"), "附件2"),
    ("attachment-order", lambda s: last_mark(s, "附件3"), "附件3"),
    ("attachment-order", lambda s: last_mark(s, "附件二"), "附件二"),
    ("attachment-mark-form", lambda s: last_mark(s, "附件2："), "附件2："),
    ("attachment-mark-left", lambda s: s.style("附件标识", '<w:jc w:val="center"/>'), "附件1"),
    ("attachment-page", lambda s: s.style("附件标识", '<w:pageBreakBefore w:val="0"/>'), "附件1"),
    ("attachment-reference", lambda s: s.say("（附件2）", "（附件5）"), "附件5"),
    ("date-form", lambda s: date(s, "2024年04月03日"), "2024年04月"),
    ("date-form", lambda s: date(s, "二〇二四年四月三日"), "二〇二四年"),
    ("date-real", lambda s: date(s, "2024年4月31日"), "2024年4月31日"),
    ("signature-place", date_place, "测试省工业和信息化厅"),
    ("signature-mark", lambda s: sign(s, "别省工业和信息化厅"), "别省"),
    ("number-date-year", lambda s: s.say("〔2024〕8号", "〔2023〕8号"), "测工信"),
    ("note-brackets", lambda s: s.say("（此件公开发布）", "(此件公开发布)"), "此件公开"),
    ("note-indent", lambda s: s.set("此件公开发布", '<w:ind w:firstLineChars="0" w:firstLine="0"/>'), "此件公开"),
    ("imprint-lines", imprint_borders, "抄送"),
    ("imprint-widths", lambda s: imprint_borders(s, "top", sz=24), "抄送"),
    ("copies-form", lambda s: s.say("省统计局。", "省统计局"), "抄送"),
    ("printed-form", lambda s: s.say("2024年4月3日印发", "2024年04月03日印发"), "印发"),
    ("imprint-indent", lambda s: s.set("抄送：", '<w:ind w:left="0" w:firstLine="0"/>'), "抄送"),
    ("half-width-marks", lambda s: s.say("逾期不再受理。", "逾期不再受理;"), "逾期"),
    ("unpaired-marks", lambda s: s.say("推荐汇总表（附件1）", "推荐汇总表（附件1"), "推荐汇总表"),
    ("book-marks-nested", lambda s: s.say("《节水行动方案》", "《关于印发《节水方案》的通知》"), "为做好"),
    ("book-marks-comma", lambda s: s.say("《节水行动方案》", "《节水法》、《节水行动方案》"), "为做好"),
    ("straight-quotes", lambda s: s.say("优先推荐", '"优先"推荐'), "优先"),
    ("doubled-marks", lambda s: s.say("逾期不再受理。", "逾期不再受理。。"), "逾期"),
    ("dash-form", lambda s: s.say("逾期不再受理", "截至当日--逾期不再受理"), "逾期"),
    ("ellipsis-form", lambda s: s.say("逾期不再受理。", "逾期不再受理..."), "逾期"),
    ("level-comma", lambda s: s.say("已经建成", "第一、已经建成"), "第一、"),
    ("and-so-on", lambda s: s.say("缴纳水资源税", "缴纳水资源税、水费、等"), "水费"),
    ("inner-spaces", lambda s: s.say("逾期不再受理", "逾期的 一律不再受理"), "逾期"),
    ("empty-brackets", lambda s: s.say("逾期不再受理", "逾期（）不再受理"), "逾期"),
    ("doubled-words", lambda s: s.say("近三年没有", "近三年的的企业没有"), "近三年"),
    ("cited-brackets", lambda s: s.say("国发〔2023〕12号", "国发[2023]12号"), "为做好"),
    ("impossible-date", lambda s: s.say("2024年5月31日前", "2024年6月31日前"), "请各市"),
    ("deadline-past", lambda s: s.say("2024年5月31日前", "2023年5月31日前"), "请各市"),
    ("text-date-zero", lambda s: s.say("2024年5月31日前", "2024年05月31日前"), "请各市"),
    ("text-date-short", lambda s: s.say("2024年5月31日前", "24年5月31日前"), "请各市"),
    ("text-date-points", lambda s: s.say("2024年5月31日前", "2024.5.31前"), "请各市"),
    ("text-date-mixed", lambda s: s.say("2024年5月31日前", "二〇二四年5月31日前"), "请各市"),
    ("full-width-figures", lambda s: s.say("不超过5家", "不超过５家"), "请各市"),
    ("range-percent", lambda s: s.say("不低于90%", "为80～90%"), "2.单位"),
    ("range-mark", lambda s: s.say("不超过5家", "为3~5家"), "请各市"),
    ("mixed-amount", lambda s: s.say("不超过5家", "用水1亿3000万立方米"), "请各市"),
    ("approximate-twice", lambda s: s.say("不超过5家", "约5家左右"), "请各市"),
    ("until-word", lambda s: s.say("请各市于2024年5月31日前", "请各市截止2024年5月31日，"), "请各市"),
    ("percent-width", lambda s: s.say("90%", "90％"), "2.单位"),
    ("title-break", lambda s: title(s, "测试省工业和信息化厅关于开", "展2024年度节水型企业推荐工作的通知"), "关于开"),
    ("title-lines", lambda s: title(s, "测试省工业和信息化厅关于开展2024年度节水型企业推荐工作的通知"), "关于开展"),
    ("title-shape", lambda s: title(s, "测试省厅关于开展年度推荐", "节水型企业推荐工作的通知"), "关于开展"),
    ("title-shape", lambda s: title(s, "测试省工业和信息化厅", "关于开展", "节水型企业推荐工作的通知"), "关于开展"),
    ("title-twice", lambda s: title(s, "测试省工业和信息化厅关于转发", "节水型企业推荐工作的通知的通知"), "关于转发"),
    ("title-year", lambda s: title(s, "测试省工业和信息化厅关于开展", "2021年度节水型企业推荐工作的通知"), "关于开展"),
    ("attachment-count", no_second_attachment, "附件1"),
    ("attachment-gap", close_up, "节水型企业推荐汇总表"),
    ("imprint-order", swap_imprint, "抄送"),
    ("imprint-last", after_imprint, "另附说明"),
    (
        "level-skip",
        lambda s: (
            s.say("一、推荐范围", "推荐范围："),
            s.say("二、推荐程序", "推荐程序："),
            s.say("三、其他事项", "其他事项："),
            [s.look(w, FACE.format("仿宋_GB2312")) for w in ("推荐范围：", "推荐程序：", "其他事项：")],
        ),
        "（一）",
    ),
    ("body-year", lambda s: s.say("节水型企业的推荐工作", "2023年度节水型企业推荐工作"), "为做好"),
)


def found(content, only=()):
    return inspect.inspected(word.read("件.docx", content), only=only).findings


def test_the_paper_itself_gives_no_finding(press, sound):
    assert found(sound) == ()
    assert found(press.bytes_of(paper("letter"), "docx")) == ()
    assert found(press.bytes_of(paper(sealed=True), "docx")) == ()
    assert found(press.bytes_of(paper(attachments=False), "docx"))[0].rule == "attachment-reference"


@pytest.mark.parametrize(("rule", "plant", "words"), FAULTS, ids=[f"{n}-{one[0]}" for n, one in enumerate(FAULTS)])
def test_a_planted_fault_is_found_at_its_place_and_nothing_else(sound, rule, plant, words):
    sheet = Sheet(sound)
    plant(sheet)
    told = found(sheet.bytes())
    assert {one.rule for one in told} == {rule}
    whole = [at for one in told for at in one.places]
    if words:
        solid = re.sub(r"\s", "", words)
        paper_ = word.read("件.docx", sheet.bytes())
        assert any(solid in re.sub(r"\s", "", paper_.paras[at.para - 1].text) for at in whole)
    assert all(one.expected and one.found and one.remedy and one.clause for one in told)


def test_there_are_eighty_kinds_at_least():
    assert len({one[0] for one in FAULTS}) >= 80
    assert {one[0] for one in FAULTS} <= catalog.IDS


@pytest.mark.parametrize("line", [579, 589, 592])
def test_margins_a_word_processor_is_given_for_the_page_are_right(sound, line):
    """34.58 and 32.58 mm: half the room between two lines stands over the first and under the last."""
    sheet = Sheet(sound)
    sheet.section("pgMar", top=1960, bottom=1847)
    sheet.section("docGrid", linePitch=line)
    for style in ("Normal", "公文正文"):
        sheet.style(style, f'<w:spacing w:line="{line}" w:lineRule="exact"/>')
    assert {one.rule for one in found(sheet.bytes())} <= {"body-lines"}


def test_what_is_wrong_in_every_section_is_told_once(sound):
    sheet = Sheet(sound)
    for words in ("二、推荐程序", "三、其他事项"):
        mark = copy.deepcopy(sheet.body.find(qn("w:sectPr")))
        sheet.para(words).getprevious().get_or_add_pPr().append(mark)
    sheet.section("pgSz", w=10318, h=14570)
    sheet.section("cols", num=2)
    told = [one for one in found(sheet.bytes()) if one.rule in {"paper-size", "columns"}]
    assert [(one.rule, one.at) for one in told] == [
        ("paper-size", "第 1、2、3 节的页面设置"),
        ("columns", "第 1、2、3 节的页面设置"),
    ]


def test_a_margin_between_the_two_right_ones_is_wrong(sound):
    sheet = Sheet(sound)
    sheet.section("pgMar", top=2035)
    (told,) = found(sheet.bytes())
    assert (told.rule, told.source) == ("margin-top", "GB/T 9704-2012 5.2.1；GB/T 33476.2-2016 6.2")
    assert "34.58" in told.expected


def test_a_page_may_be_turned_in_a_blank_paragraph_before_an_attachment(sound):
    sheet = Sheet(sound)
    sheet.style("附件标识", '<w:pageBreakBefore w:val="0"/>')
    for words in ("附件1", "附件2"):
        mark = [p for p in sheet.body.iter(qn("w:p")) if "".join(p.itertext(qn("w:t"))) == words][-1]
        mark.addprevious(parse_xml(f'<w:p {NS}><w:r><w:br w:type="page"/></w:r></w:p>'))
        mark.addprevious(parse_xml(f"<w:p {NS}/>"))
    assert found(sheet.bytes()) == ()


def letter_head(sheet, change):
    for rel in sheet.document.part.rels.values():
        if rel.reltype.endswith(("/header", "/footer")):
            change(rel.target_part.element)


def every(tag, **values):
    def change(root):
        for node in root.iter(qn(tag)):
            for name, value in values.items():
                node.set(qn(name), value)

    return change


def style_border(sheet, **values):
    for node in sheet.document.styles.element.iter(qn("w:pBdr")):
        for edge in node:
            for name, value in values.items():
                edge.set(qn(f"w:{name}"), value)


def mark_says_file(sheet):
    def change(root):
        for node in root.iter(qn("w:t")):
            node.text = re.sub("信息化厅$", "信息化厅文件", node.text or "")

    letter_head(sheet, change)


def number_in_first_foot(sheet):
    def change(root):
        if root.tag == qn("w:ftr") and not list(root.iter(qn("w:fldSimple"))):
            root.append(parse_xml(f'<w:p {NS}><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'))

    letter_head(sheet, change)


def printed_in_letter(sheet):
    sheet.say("省统计局。", "省统计局。")
    sheet.para("抄送：").addnext(
        parse_xml(
            f'<w:p {NS}><w:pPr><w:pStyle w:val="Printed"/></w:pPr><w:r><w:t>测试省工业和信息化厅办公室</w:t><w:tab/><w:t>2024年4月3日印发</w:t></w:r></w:p>'
        )
    )


def upward(sheet):
    """The same paper as a 请示: number at the left, who signs it off beside it, one addressee, a contact."""
    title(sheet, "测试省工业和信息化厅关于开展", "2024年度节水型企业推荐工作的请示")
    sheet.set("〔2024〕8号", LEFT)
    sheet.say("测工信〔2024〕8号", "　测工信〔2024〕8号　　　　　　签发人：")
    para = sheet.para("签发人")
    run = copy.deepcopy(next(para.iter(qn("w:r"))))
    para.append(run)
    next(run.iter(qn("w:t"))).text = "李四"
    look = run.get_or_add_rPr()
    for node in look.findall(qn("w:rFonts")):
        look.remove(node)
    look.insert(0, parse_xml(f'<w:rFonts {NS} w:eastAsia="楷体_GB2312" w:hint="eastAsia"/>'))
    sheet.say("各市工业和信息化局，各有关单位：", "测试省人民政府：")
    sheet.say("通知如下", "请示如下")
    sheet.say("（此件公开发布）", "（联系人：张三，电话：0771-1234567）")


UPWARD = (
    ("signer-face", lambda s: s.look("签发人", FACE.format("仿宋_GB2312"))),
    ("note-contact", lambda s: s.say("（联系人：张三，电话：0771-1234567）", "（此件公开发布）")),
    ("addressee-single", lambda s: s.say("测试省人民政府：", "测试省人民政府、测试省财政厅：")),
    ("signer-upward", lambda s: s.say("　　　　　　签发人：", "") or s.say("李四", "")),
)


def test_a_paper_that_goes_upwards_gives_no_finding(sound):
    sheet = Sheet(sound)
    upward(sheet)
    assert found(sheet.bytes()) == ()


@pytest.mark.parametrize(("rule", "plant"), UPWARD, ids=[one[0] for one in UPWARD])
def test_a_fault_planted_into_a_paper_that_goes_upwards_is_found(sound, rule, plant):
    sheet = Sheet(sound)
    upward(sheet)
    plant(sheet)
    assert {one.rule for one in found(sheet.bytes())} - {"number-place"} == {rule}


LETTER = (
    ("letter-mark", mark_says_file),
    ("letter-lines", lambda s: style_border(s, color="000000")),
    ("letter-width", lambda s: s.style("发文机关标志", '<w:ind w:left="0" w:right="0"/>')),
    ("letter-page-number", number_in_first_foot),
    ("letter-imprint", printed_in_letter),
)


@pytest.mark.parametrize(("rule", "plant"), LETTER, ids=[one[0] for one in LETTER])
def test_a_fault_planted_into_a_letter_is_found(press, rule, plant):
    sheet = Sheet(press.bytes_of(paper("letter"), "docx"))
    plant(sheet)
    assert {one.rule for one in found(sheet.bytes())} == {rule}
