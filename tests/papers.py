"""Realistic papers that several tests set: a notice of some pages, a letter, a set of rules."""

from __future__ import annotations

from dataclasses import replace

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
)
from notices.marks import waiting

AIM = (
    "为深入贯彻落实《“十四五”工业绿色发展规划》和《工业和信息化部办公厅关于开展2024年度绿色制造名单推荐工作的通知》"
    "（工信厅节函〔2024〕16号）精神，加快构建绿色制造体系，现就组织开展2024年度绿色制造名单推荐工作有关事项通知如下。"
)
TASK = (
    "各市工业和信息化主管部门要高度重视，认真组织辖区内符合条件的企业和园区对照评价标准开展自评价，并委托符合要求的第三方评价机构"
    "开展现场评价。申报单位应当于2024年5月31日前登录“绿色制造公共服务平台”（https://green.miit.gov.cn）填报，逾期不再受理；"
    "万元产值综合能耗应低于0.35tce，固体废物综合利用率不低于95.5%，规模以上工业增加值占比大于50%。"
)
PURE = "绿色制造体系建设是推动工业绿色低碳转型的重要抓手各地要统筹谋划分类指导有序推进" * 12


def para(text):
    return Paragraph(spans(text))


NOTICE = Document(
    "notice",
    "关于组织开展2024年度绿色制造名单推荐工作的通知",
    "广西壮族自治区工业和信息化厅",
    "document",
    (
        Masthead(("广西壮族自治区", "工业和信息化厅文件"), spans("桂工信能源〔2024〕268号")),
        Title(("广西壮族自治区工业和信息化厅", "关于组织开展2024年度绿色制造名单", "推荐工作的通知")),
        Salutation(spans("各市、县工业和信息化主管部门，各有关单位：")),
        para(AIM),
        Heading(1, spans("一、总体要求")),
        para(PURE),
        Heading(2, spans("（一）推荐范围")),
        para(TASK),
        para(PURE),
        Paragraph((Span("（二）推荐程序。", "kai"), *spans(TASK))),
        Heading(3, spans("1.企业自评")),
        para(f"本项截止日期为{waiting('推荐截止日期')}，请各单位及早准备。" + TASK),
        Heading(1, spans("二、工作要求")),
        para(TASK),
        para(TASK),
        para("联系人：张三、李四；电话：0771-8095035；电子邮箱：nengyuan@example.gov.cn。"),
        AttachmentList(
            tuple(
                map(
                    spans,
                    (
                        "绿色工厂推荐汇总表",
                        "绿色工业园区评价要求及第三方评价机构现场评价报告编制大纲和有关说明",
                        "名单",
                    ),
                )
            )
        ),
        Signature((spans("广西壮族自治区工业和信息化厅"),), spans("2024年4月3日")),
        Note(spans("（此件公开发布）")),
        AttachmentLabel("附件1"),
        Title(("绿色工厂推荐汇总表",)),
        para(TASK),
        AttachmentLabel("附件2"),
        Title(("绿色工业园区评价要求及第三方评价机构", "现场评价报告编制大纲")),
        para(TASK),
        Imprint(
            spans("广西壮族自治区工业和信息化厅办公室"),
            spans("2024年4月3日"),
            tuple(
                map(
                    spans,
                    (
                        "工业和信息化部节能与综合利用司",
                        "自治区党委办公厅",
                        "自治区人大常委会办公厅",
                        "自治区发展改革委",
                    ),
                )
            ),
        ),
    ),
    draft=True,
)

LETTER = Document(
    "letter",
    "关于开展2024年度绿色制造名单推荐工作的通知",
    "工业和信息化部办公厅",
    "letter",
    (
        Masthead(("工业和信息化部办公厅",), spans("工信厅节函〔2024〕16号")),
        Title(("工业和信息化部办公厅关于开展2024年度", "绿色制造名单推荐工作的通知")),
        Salutation(spans("各省、自治区、直辖市及计划单列市、新疆生产建设兵团工业和信息化主管部门：")),
        para(AIM),
        Heading(1, spans("一、推荐要求")),
        para(PURE),
        para(PURE),
        AttachmentList((spans("绿色工厂评价要求"),)),
        Signature((spans("工业和信息化部办公厅"),), spans("2024年1月23日"), sealed=True),
        Note(spans("（联系电话：010-68205368）")),
        Imprint(spans("不印"), spans("2024年1月23日"), (spans("生态环境部"), spans("市场监管总局"))),
    ),
)

RULES = Document(
    "rules",
    "绿色工厂梯度培育及管理实施细则",
    "",
    "plain",
    (
        Title(("绿色工厂梯度培育及", "管理实施细则"), spans("（征求意见稿）")),
        Chapter("第一章　总则"),
        Paragraph((Span("第一条　", "hei"), *spans(TASK))),
        Paragraph((Span("第二条　", "hei"), *spans(PURE))),
        Chapter("第二章　培育要求"),
        Paragraph((Span("第三条　", "hei"), *spans(TASK))),
    ),
)


def paper(*blocks, layout="plain", **changes):
    """A document of these blocks."""
    return replace(Document("test", "测试", "", layout, blocks), **changes)


def squeezed(text):
    """A text without white space, as the comparison with what a PDF gives back needs it."""
    return "".join(text.split())
