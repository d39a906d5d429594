"""A sound paper of our own, as bundles are made, and ways to plant one fault into its Word file."""

from __future__ import annotations

import copy
import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from notices.document import blocks as b
from notices.ooxml.xml import W

NS = f'xmlns:w="{W}"'


def spans(text):
    return (b.Span(text),) if text else ()


def paper(layout="document", *, attachments=True, sealed=False):
    """A notice with all there may be: head, levels, a run-in heading, attachments, signature, note, imprint."""
    say = lambda text: b.Paragraph(spans(text))  # noqa: E731 - as short as what it stands for
    body = [
        b.Masthead(("测试省工业和信息化厅" + ("" if layout == "letter" else "文件"),), spans("测工信〔2024〕8号")),
        b.Title(("测试省工业和信息化厅关于开展", "2024年度节水型企业推荐工作的通知")),
        b.Salutation(spans("各市工业和信息化局，各有关单位：")),
        say("为做好节水型企业的推荐工作，根据《节水行动方案》（国发〔2023〕12号）的要求，现将有关事项通知如下。"),
        b.Heading(1, spans("一、推荐范围")),
        b.Heading(2, spans("（一）基本条件")),
        say("推荐的企业应当在本省登记，近三年没有发生重大事故，用水计量器具齐备，内部管理制度健全并且有效运行。"),
        say("1.依法办理取水许可，按时足额缴纳水资源税；"),
        say("2.单位产品取水量达到行业先进水平，重复利用率不低于90%。"),
        b.Heading(2, spans("（二）优先条件")),
        say("已经建成能源管理中心的企业优先推荐，具体要求见《节水型企业评价要求》（附件2）。"),
        b.Heading(1, spans("二、推荐程序")),
        say("请各市于2024年5月31日前将推荐汇总表（附件1）报送我厅，逾期不再受理。各市推荐的数量不超过5家。"),
        b.Heading(1, spans("三、其他事项")),
        say("联系人及电话：张三，0771-1234567"),
    ]
    if attachments:
        body.append(b.AttachmentList((spans("节水型企业推荐汇总表"), spans("节水型企业评价要求"))))
    body += [
        b.Signature((spans("测试省工业和信息化厅"),), spans("2024年4月3日"), sealed=sealed),
        b.Note(spans("（此件公开发布）")),
    ]
    if attachments:
        cells = tuple(b.Cell((spans(text),)) for text in ("序号", "企业名称", "备注"))
        rows = tuple(b.TableRow(tuple(b.Cell((spans(text),)) for text in (str(n), "", ""))) for n in range(1, 5))
        body += [
            b.AttachmentLabel("附件1"),
            b.Title(("节水型企业推荐汇总表",)),
            b.Table((1, 4, 2), rows, (b.TableRow(cells),)),
            b.AttachmentLabel("附件2"),
            b.Title(("节水型企业评价要求",)),
            say("节水型企业的评价采用计分的办法，总分为一百分，八十分以上的为合格，由评价机构逐项核对后给出结论。"),
        ]
    body.append(
        b.Imprint(spans("测试省工业和信息化厅办公室"), spans("2024年4月3日"), (spans("省水利厅"), spans("省统计局")))
    )
    return b.Document("notice", "节水型企业", "测试省工业和信息化厅", layout, tuple(body))


class Sheet:
    """A Word file being changed; every way of changing returns nothing and finds its paragraph by its words."""

    def __init__(self, content):
        self.document = docx.Document(io.BytesIO(content))
        self.body = self.document.element.body

    def bytes(self):
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def para(self, words):
        """The element of the first paragraph with words, in tables, too."""
        return next(p for p in self.body.iter(qn("w:p")) if words in "".join(p.itertext(qn("w:t"))))

    def say(self, old, new):
        """Other words in the place of some, in the face of the first."""
        para = self.para(old)
        texts = list(para.iter(qn("w:t")))
        whole = "".join(one.text or "" for one in texts)
        texts[0].text = whole.replace(old, new)
        texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for one in texts[1:]:
            one.text = ""

    def look(self, words, xml):
        """Properties of all runs of a paragraph, over what they have."""
        for run in self.para(words).iter(qn("w:r")):
            own = run.get_or_add_rPr()
            for node in parse_xml(f"<w:rPr {NS}>{xml}</w:rPr>"):
                for old in own.findall(node.tag):
                    own.remove(old)
                own.append(node)

    def set(self, words, xml):
        """Properties of a paragraph, over what it has."""
        own = self.para(words).get_or_add_pPr()
        for node in parse_xml(f"<w:pPr {NS}>{xml}</w:pPr>"):
            for old in own.findall(node.tag):
                own.remove(old)
            own.append(node)

    def style(self, name, xml, kind="pPr"):
        """Properties of a style, over what it has."""
        found = next(s for s in self.document.styles.element if _called(s) == name)
        own = found.find(qn(f"w:{kind}"))
        if own is None:
            own = parse_xml(f"<w:{kind} {NS}/>")
            found.append(own)
        for node in parse_xml(f"<w:{kind} {NS}>{xml}</w:{kind}>"):
            for old in own.findall(node.tag):
                own.remove(old)
            own.append(node)

    def add(self, words, text, *, after=False, style=None):
        """A new paragraph before the one with words, or after it, in a style by its name."""
        at = self.para(words)
        new = parse_xml(f'<w:p {NS}><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text}</w:t></w:r></w:p>')
        if style:
            found = next(s for s in self.document.styles.element if _called(s) == style)
            identity = found.get(qn("w:styleId"))
            new.insert(0, parse_xml(f'<w:pPr {NS}><w:pStyle w:val="{identity}"/></w:pPr>'))
        (at.addnext if after else at.addprevious)(new)

    def blank(self, words, count=1):
        """Empty paragraphs before one."""
        for _ in range(count):
            self.para(words).addprevious(parse_xml(f"<w:p {NS}/>"))

    def drop(self, words):
        para = self.para(words)
        para.getparent().remove(para)

    def move(self, words, before):
        self.para(before).addprevious(self.para(words))

    def again(self, words):
        self.para(words).addnext(copy.deepcopy(self.para(words)))

    def section(self, tag, **values):
        """Attributes of a child of every section."""
        for mark in self.body.iter(qn("w:sectPr")):
            for node in mark.findall(qn(f"w:{tag}")):
                for name, value in values.items():
                    node.set(qn(f"w:{name}"), str(value))

    def feet(self):
        """The roots of the footers."""
        return [part.element for rel, part in _parts(self.document) if rel.endswith("/footer")]

    def settings(self):
        return self.document.settings.element


def _parts(document):
    return [(rel.reltype, rel.target_part) for rel in document.part.rels.values() if not rel.is_external]


def _called(style):
    for tag in ("w:aliases", "w:name"):
        node = style.find(qn(tag))
        if node is not None:
            return node.get(qn("w:val"))
    return None


TITLE, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
MIDDLE, LEFT, BOTH = 1, 0, 3
IN = 32  # points: two characters
TYPED = (
    # text, face, size, alignment, first line in points
    *(("测试省水利厅文件", TITLE, 45, MIDDLE, 0), ("", FANG, 16, BOTH, 0), ("", FANG, 16, BOTH, 0)),
    *(("测水〔2024〕8号", FANG, 16, MIDDLE, 0), ("", FANG, 16, BOTH, 0), ("", FANG, 16, BOTH, 0)),
    *(("测试省水利厅关于开展2024年度", TITLE, 22, MIDDLE, 0), ("节水型企业推荐工作的通知", TITLE, 22, MIDDLE, 0)),
    *(("", FANG, 16, BOTH, 0), ("各市水利局：", FANG, 16, BOTH, 0)),
    ("为做好节水型企业的推荐工作，现将有关事项通知如下。", FANG, 16, BOTH, IN),
    ("一、推荐范围", HEI, 16, BOTH, IN),
    ("（一）基本条件", KAI, 16, BOTH, IN),
    ("推荐的企业应当在本省登记，近三年没有发生重大事故。", FANG, 16, BOTH, IN),
    *(("1.依法办理取水许可；", FANG, 16, BOTH, IN), ("2.用水计量器具齐备。", FANG, 16, BOTH, IN)),
    ("二、推荐程序", HEI, 16, BOTH, IN),
    ("请各市于2024年5月31日前报送推荐汇总表（附件1）。", FANG, 16, BOTH, IN),
    *(("特此通知。", FANG, 16, BOTH, IN), ("", FANG, 16, BOTH, 0)),
    *(
        ("　　附件：1.推荐汇总表", FANG, 16, LEFT, 0),
        ("　　　　　2.评价要求", FANG, 16, LEFT, 0),
        ("", FANG, 16, BOTH, 0),
    ),
    *(("　" * 18 + "测试省水利厅", FANG, 16, LEFT, 0), ("　" * 20 + "2024年4月3日", FANG, 16, LEFT, 0)),
    ("（此件公开发布）", FANG, 16, BOTH, IN),
)


def typed():
    """A sound notice as an officer types it in Word: blank paragraphs, blanks typed, numbers in the footer by hand."""
    document = docx.Document()
    _set_page(document)
    for text, face, size, align, first in TYPED:
        para = document.add_paragraph()
        para.alignment = align
        para.paragraph_format.first_line_indent = Pt(first)
        if text:
            _set_look(para.add_run(text), face, size)
        if "文件" in text:
            para.paragraph_format.space_before = Pt(80)
            para.runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)
        if "〔2024〕" in text:
            border = '<w:bottom w:val="single" w:sz="12" w:space="9" w:color="FF0000"/>'
            para._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {NS}>{border}</w:pBdr>"))
    _add_imprint(document)
    _add_numbers(document.sections[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document):
    section = document.sections[0]
    section.page_width, section.page_height, section.footer_distance = Mm(210), Mm(297), Mm(25)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, (37, 35, 28, 26))
    document.settings.odd_and_even_pages_header_footer = True
    for name, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-842")):
        document.element.body.sectPr.find(qn("w:docGrid")).set(qn(f"w:{name}"), value)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    _set_look(normal, FANG, 16)


def _add_imprint(document):
    table = document.add_table(2, 1)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {NS}>{edges}</w:tblBorders>"))
    texts = ("　抄送：省统计局，省税务局。", "　测试省水利厅办公室\t2024年4月3日印发")
    for cell, text in zip(table.columns[0].cells, texts, strict=True):
        _set_look(cell.paragraphs[0].add_run(text), FANG, 14)


def _add_numbers(section):
    for footer, (before, after), align in (
        (section.footer, ("— ", " —　"), 2),
        (section.even_page_footer, ("　— ", " —"), 0),
    ):
        para = footer.paragraphs[0]
        para.alignment = align
        for part in (before, "", after):
            run = para.add_run(part)
            _set_look(run, "宋体", 14)
            for kind in () if part else ("begin", "code", "separate", "1", "end"):
                run._r.append(_field(kind))


def _set_look(holder, face, size):
    holder.font.size = Pt(size)
    fonts = holder._element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("eastAsia", "ascii", "hAnsi"):
        fonts.set(qn(f"w:{name}"), face if name == "eastAsia" or face == "宋体" else "Times New Roman")
    fonts.set(qn("w:hint"), "eastAsia")


def _field(kind):
    if kind == "code":
        return parse_xml(f'<w:instrText {NS} xml:space="preserve"> PAGE </w:instrText>')
    if kind == "1":
        return parse_xml(f"<w:t {NS}>1</w:t>")
    return parse_xml(f'<w:fldChar {NS} w:fldCharType="{kind}"/>')
