"""A text set on the official page: the right block for each part, no character lost, everything else named."""

import contextlib
import io
import json
import shutil
import subprocess
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from notices.app.recasting import typeset
from notices.cli import main
from notices.document.blocks import (
    AttachmentLabel,
    AttachmentList,
    Figure,
    Heading,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Salutation,
    Section,
    Signature,
    Table,
    Title,
    lines_of,
    plain,
)
from notices.document.mentions import merged_block
from notices.errors import ProblemsError
from notices.inspection import inspect, reader
from notices.library import Library
from notices.papers.coverage import checked
from notices.recast import account
from notices.recast.build import Given
from notices.recast.make import Wishes, recast
from notices.recast.proof import LossError, applied
from notices.recast.source import Edit, inked
from notices.rendering.renderer import Press
from notices.typeset.page import PAGE, mm

LIBRARY = Library.at(None)
NOTICE = """甲省工业和信息化厅文件
甲工信节〔2024〕12号
甲省工业和信息化厅关于开展2024年度
绿色工厂推荐工作的通知
各市工业和信息化局，
各有关单位：
为推进绿色制造，现将有关事项通知如下。
一、总体要求
（一）统筹推进。各市要认真组织，按时报送。
（二）推荐范围
1.企业应当依法设立；
附件：1.推荐汇总表
　　　2.评价要求
甲省工业和信息化厅
2024年5月8日
（此件公开发布）
附件1
推荐汇总表

单位：万元
抄送：省发展改革委。
甲省工业和信息化厅办公室　　　　2024年5月9日印发"""


def made(name, content, **wishes):
    content = content.encode() if isinstance(content, str) else content
    return typeset(LIBRARY, name, content, wishes=Wishes(**wishes))


def kinds(result):
    return [type(block).__name__ for block in result.recast.built.document.blocks]


def word(*paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xml(text):
    return parse_xml(text.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1))


def picture(form="PNG", size=(80, 50)):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form)
    out.seek(0)
    return out


def told(error):
    return [problem.message for problem in error.value.problems]


# ---- what each part becomes


def test_a_plain_text_becomes_the_page():
    result = made("甲.txt", NOTICE)
    blocks = result.recast.built.document.blocks
    assert kinds(result) == [
        *["Masthead", "Title", "Salutation", "Paragraph", "Heading", "Paragraph", "Heading", "Paragraph"],
        *["AttachmentList", "Signature", "Note", "AttachmentLabel", "Title", "Paragraph", "Imprint"],
    ]
    by = {type(block): block for block in blocks}
    assert by[Masthead].mark == ("甲省工业和信息化厅文件",)
    assert plain(by[Salutation].text) == "各市工业和信息化局，各有关单位："
    assert [plain(name) for name in by[AttachmentList].names] == ["推荐汇总表", "评价要求"]
    assert (plain(by[Signature].issuers[0]), plain(by[Signature].date)) == ("甲省工业和信息化厅", "2024年5月8日")
    assert plain(by[Note].text) == "（此件公开发布）"
    assert by[AttachmentLabel].text == "附件1"
    assert plain(by[Imprint].issuer) == "甲省工业和信息化厅办公室"
    title = next(block for block in blocks if isinstance(block, Title))
    assert "".join(title.lines) == "甲省工业和信息化厅关于开展2024年度绿色工厂推荐工作的通知"
    assert result.recast.built.document.layout == "document"
    assert result.recast.built.marked == {}
    assert result.proven == len(inked(NOTICE))


def test_levels_have_their_faces():
    result = made("甲.txt", NOTICE)
    run_in = next(b for b in result.recast.built.document.blocks if isinstance(b, Paragraph) and len(b.text) == 2)
    assert [(span.face, span.text[:8]) for span in run_in.text] == [
        ("kai", "（一）统筹推进。"),
        ("body", "各市要认真组织，"),
    ]
    heads = [b for b in result.recast.built.document.blocks if isinstance(b, Heading)]
    assert [(head.level, head.text[0].face) for head in heads[:2]] == [(1, "hei"), (2, "kai")]


def test_every_paper_of_the_product_comes_back_as_it_was(editions):
    """Written as Word, read as anybody's file, set anew: the same blocks with the same lines."""
    press = Press(LIBRARY, ("docx",))
    seen = 0
    for edition in editions.values():
        for paper in checked(LIBRARY, edition).values():
            again = recast("paper.docx", press.bytes_of(paper.document, "docx"), Wishes(leave_out=True))
            wanted = [(type(b).__name__, lines_of(merged_block(b))) for b in paper.document.blocks]
            got = [(type(b).__name__, lines_of(b)) for b in again.built.document.blocks]
            assert got == wanted
            assert again.built.document.layout == paper.document.layout
            seen += len(got)
    assert seen > 400


def test_nothing_is_invented():
    """No mark, no number, no date, no imprint that the text has not."""
    result = made("甲.txt", "关于开会的通知\n各科室：\n定于明日开会。\n综合办公室")
    assert result.recast.built.document.layout == "plain"
    assert kinds(result) == ["Title", "Salutation", "Paragraph", "Signature"]
    assert plain(result.recast.built.document.blocks[-1].date) == ""
    number = made("甲.txt", "关于开会的通知\n甲办〔2024〕1号\n各科室：\n定于明日开会。")
    assert "Masthead" not in kinds(number)
    assert "没有发文机关标志" in number.recast.built.marked[2]


def test_a_mark_and_a_number_may_be_given():
    text = "关于开会的通知\n各科室：\n定于明日开会。"
    result = made("甲.txt", text, given=Given(("甲市财政局", "甲市审计局文件"), "甲财〔2024〕3号"))
    masthead = result.recast.built.document.blocks[0]
    assert isinstance(masthead, Masthead)
    assert (masthead.mark, plain(masthead.number)) == (("甲市财政局", "甲市审计局文件"), "甲财〔2024〕3号")
    assert result.proven == len(inked(text)), "what is given is no part of the file"
    alone = made("甲.txt", text, given=Given(number="甲财〔2024〕3号"))
    assert kinds(alone)[0] == "Title"
    assert any("文号没有印" in line for line in account.lines(alone.recast))


def test_a_letter_is_told_by_its_number_and_mark():
    text = "甲市人民政府办公室\n甲政办函〔2024〕5号\n甲市人民政府办公室关于支持电网建设的函\n某某电力公司：\n特此函告。"
    text += "\n甲市人民政府办公室\n2024年3月1日\n抄送：市发展改革委。"
    result = made("函.txt", text)
    assert result.recast.built.document.layout == "letter"
    assert result.proven == len(inked(text))
    again = made("函.docx", result.files["docx"])
    assert again.recast.built.document.blocks == result.recast.built.document.blocks


def test_a_list_that_the_page_would_print_otherwise_stays_text():
    text = "关于开会的通知\n各科室：\n请准时。\n附件：1、名单\n　　　2、议程\n甲市财政局\n2024年5月1日"
    as_it_is = made("甲.txt", text)
    assert "AttachmentList" not in kinds(as_it_is)
    assert {4, 5} <= as_it_is.recast.built.marked.keys()
    right = made("甲.txt", text, punctuation=True)
    assert "AttachmentList" in kinds(right)
    assert [(edit.old, edit.new) for edit in right.recast.punctuation] == [("、", "."), ("、", ".")]


def test_names_of_attachments_without_numbers_stay_as_they_are():
    result = made("甲.txt", "关于开会的通知\n各科室：\n请准时。\n附件：\n名单\n议程\n甲市财政局\n2024年5月1日")
    assert kinds(result)[3:] == ["Paragraph", "Paragraph", "Paragraph", "Signature"]
    one = made("甲.txt", "关于开会的通知\n各科室：\n请准时。\n附件：\n名单\n甲市财政局\n2024年5月1日")
    assert kinds(one)[3:] == ["AttachmentList", "Signature"]


# ---- Markdown


def test_markdown_without_its_marks():
    text = "# 关于开会的通知\n\n各科室：\n\n## 一、时间\n\n**下周一**，见[安排](http://x.cn)。\n\n- 带笔\n\n"
    text += "| 项 | 数 |\n|---|---|\n| 甲 | 1\\|2 |\n\n甲市财政局\n\n2024年5月1日\n"
    result = made("甲.md", text)
    assert kinds(result) == ["Title", "Salutation", "Heading", "Paragraph", "Paragraph", "Table", "Signature"]
    table = next(b for b in result.recast.built.document.blocks if isinstance(b, Table))
    assert lines_of(table) == ("项", "数", "甲", "1|2")
    lines = list(account.lines(result.recast))
    assert any("Markdown 记号" in line for line in lines)


def test_lines_between_fences_stay_as_they_are():
    long = "notices list                # 有哪些发文机关、年度、文件，还有什么待定，逐个列出"
    result = made("甲.md", f"# 用法说明\n\n先看：\n\n```sh\n{long}\n{long}\n```\n\n## 完\n")
    assert [lines_of(block)[0] for block in result.recast.built.document.blocks[-3:]] == [long, long, "完"]


def test_a_picture_in_markdown_is_named():
    with pytest.raises(ProblemsError) as error:
        made("甲.md", "# 关于开会的通知\n\n各科室：\n\n请看图。\n\n![平面图](a.png)\n")
    assert told(error) == ["第 7 行：图片 平面图，版面上放不下"]


def test_long_lines_that_break_off_are_one_paragraph():
    whole = "为贯彻落实有关要求，加快构建绿色制造和服务体系，推动工业绿色低碳发展，经研究，决定开展推荐工作。"
    result = made("甲.txt", f"关于开展推荐的通知\n各市局：\n{whole[:35]}\n{whole[35:]}\n甲市财政局\n2024年5月1日")
    texts = [lines_of(b)[0] for b in result.recast.built.document.blocks if isinstance(b, Paragraph)]
    assert texts == [whole]
    assert "断在句中的长行接回一段 1 处" in result.recast.source.told


# ---- Word


def numbered_document():
    document = word("关于开会的通知", "各科室：", "请准时。")
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shape}"/></w:lvl>'
        for n, (form, shape) in enumerate([("chineseCounting", "%1、"), ("decimalEnclosedCircle", "%2")])
    )
    numbering.insert(0, xml(f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(xml('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for text, level in (("时间", 0), ("上午", 1), ("下午", 1), ("地点", 0)):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(xml(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))
    return document


def test_automatic_numbers_are_written_out_and_told():
    result = made("甲.docx", saved(numbered_document()))
    texts = [lines_of(block)[0] for block in result.recast.built.document.blocks[3:]]
    assert texts == ["一、时间", "①　上午", "②　下午", "二、地点"]
    assert "自动编号写成文字 4 处：一、、①、②、二、" in list(account.lines(result.recast))
    assert result.proven == len(inked("关于开会的通知各科室：请准时。一、时间①上午②下午二、地点"))


def test_tables_keep_their_cells_and_lying_pages_lie():
    document = word("关于开会的通知", "各科室：", "见下表。")
    table = document.add_table(3, 3)
    for n, cell in enumerate(table._cells):
        cell.text = f"格{n}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    section = document.add_section()
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    document.add_paragraph("附件")
    document.add_paragraph("汇总表")
    section = document.add_section()
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    document.add_paragraph("完。")
    result = made("甲.docx", saved(document))
    blocks = result.recast.built.document.blocks
    found = next(block for block in blocks if isinstance(block, Table))
    assert [[(cell.across, cell.down) for cell in row.cells] for row in found.rows] == [
        [(2, 1), (1, 1)],
        [(1, 1), (1, 1), (1, 2)],
        [(1, 1), (1, 1)],
    ]
    assert sorted(lines_of(found)) == sorted(f"格{n}" for n in range(9))
    assert [block.landscape for block in blocks if isinstance(block, Section)] == [True, False]
    places = [n for n, block in enumerate(blocks) if isinstance(block, Section)]
    assert isinstance(blocks[places[0] + 1], AttachmentLabel)


@pytest.mark.parametrize(("style", "ruled"), [("Table Grid", True), ("Normal Table", False)])
def test_a_table_without_lines_gets_none(style, ruled):
    document = word("关于开会的通知", "各科室：", "见下表。")
    document.add_table(1, 2, style=style).cell(0, 0).text = "甲"
    result = made("甲.docx", saved(document))
    assert next(b for b in result.recast.built.document.blocks if isinstance(b, Table)).ruled is ruled


def test_a_file_that_lies_as_a_whole_stays_so_unless_it_has_a_masthead():
    def lying(*paragraphs):
        document = word(*paragraphs)
        section = document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        return made("甲.docx", saved(document))

    assert kinds(lying("附件1", "汇总表", "", "单位：万元")) == ["Section", "AttachmentLabel", "Title", "Paragraph"]
    headed = lying(*NOTICE.splitlines())
    assert "Section" not in kinds(headed)
    assert any("改为竖排" in line for line in account.lines(headed.recast))


def test_pictures_stand_where_they_stood_in_word_and_pdf():
    document = word("关于开会的通知", "各科室：", "见图：")
    document.add_picture(picture(), width=Mm(300))
    document.add_picture(picture("JPEG", (60, 90)), width=Mm(40))
    document.add_paragraph("完。")
    result = typeset(LIBRARY, "甲.docx", saved(document), formats=("docx", "pdf"))
    figures = [block for block in result.recast.built.document.blocks if isinstance(block, Figure)]
    assert [round(figure.width / Mm(1).pt) for figure in figures] == [300, 40]
    images = [image.data for page in PdfReader(io.BytesIO(result.files["pdf"])).pages for image in page.images]
    assert len(images) == 2
    written = docx.Document(io.BytesIO(result.files["docx"]))
    widths = [round(shape.width.mm) for shape in written.inline_shapes]
    assert widths == [156, 40], "none is wider than the type area"
    again = typeset(LIBRARY, "甲.docx", result.files["docx"])
    assert [b.content for b in again.recast.built.document.blocks if isinstance(b, Figure)] == [
        figure.content for figure in figures
    ]


def test_a_text_in_a_merged_cell_that_nobody_saw_stays_in_its_place():
    document = word("关于开会的通知", "各科室：")
    table = document.add_table(3, 2)
    for at, row in enumerate(table.rows):
        row.cells[0].text, row.cells[1].text = ("甲", "乙", "")[at], ("丙", "丁", "戊")[at]
    for at, kind in enumerate(("restart", "continue", "continue")):
        table.rows[at].cells[0]._tc.get_or_add_tcPr().append(parse_xml(f'<w:vMerge {nsdecls("w")} w:val="{kind}"/>'))
    result = made("甲.docx", saved(document))
    (block,) = [block for block in result.recast.built.document.blocks if isinstance(block, Table)]
    assert "".join(line for line in lines_of(block)) == "甲丙乙丁戊"
    assert [cell.down for row in block.rows for cell in row.cells if cell.down > 1] == [2], "the empty one goes on"


@pytest.mark.parametrize("form", ["TIFF", "BMP", "GIF"])
def test_pictures_of_other_kinds_become_png_dot_by_dot(form):
    document = word("关于开会的通知", "各科室：", "见图：")
    document.add_picture(picture(form), width=Mm(40))
    result = made("甲.docx", saved(document))
    (figure,) = [block for block in result.recast.built.document.blocks if isinstance(block, Figure)]
    with Image.open(io.BytesIO(figure.content)) as made_, Image.open(picture(form)) as given_:
        assert made_.format == "PNG"
        assert made_.convert("RGB").tobytes() == given_.convert("RGB").tobytes()
    assert round(figure.width / Mm(1).pt) == 40
    assert f"1 幅 {form} 图片转成了 PNG，大小不变" in result.recast.source.told


def test_a_picture_that_moves_is_named():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    document = word("关于开会的通知", "各科室：")
    document.add_picture(io.BytesIO(out.getvalue()))
    with pytest.raises(ProblemsError) as error:
        made("甲.docx", saved(document))
    assert "图片（GIF" in told(error)[0]


def test_pictures_of_a_table_stand_under_it_and_it_is_told():
    document = word("关于开会的通知", "各科室：")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "照片"
    table.cell(0, 1).paragraphs[0].add_run().add_picture(picture())
    document.add_paragraph("完。")
    result = made("甲.docx", saved(document))
    assert kinds(result)[-3:] == ["Table", "Figure", "Paragraph"]
    assert "表格里的 1 幅图片排在它的表格之下：格子里放不下图片" in result.recast.source.told


def test_equal_input_gives_equal_bytes():
    document = numbered_document()
    document.add_picture(picture())
    content = saved(document)
    one, two = (typeset(LIBRARY, "甲.docx", content, formats=("docx", "pdf")).files for _ in range(2))
    assert one == two


LEFT = {
    "公式 x+y": '<w:r/><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
    "<m:r><m:t>x+y</m:t></m:r></m:oMath>",
    "嵌入的对象（OLE，没有打开）": "<w:r><w:object/></w:r>",
    "隐藏的文字“密”": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>",
    "“旧”上的删除线": "<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r>",
    "上标“注”的位置": '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>注</w:t></w:r>',
    "注音 pīn": "<w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    "符号字体“Webdings”的字 U+F041": '<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>',
    "自动生成的目录": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>一、3</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "画的图形": '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:r>',
    "图表": '<w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    "</w:drawing></w:r>",
}


def with_inside(inner):
    document = word("关于开会的通知", "各科室：")
    document.element.body.insert(2, xml(f"<w:p><w:r><w:t>请准时</w:t></w:r>{inner}<w:r><w:t>到会。</w:t></w:r></w:p>"))
    return saved(document)


@pytest.mark.parametrize("what", LEFT)
def test_what_has_no_place_is_named_and_nothing_is_made(what):
    content = with_inside(LEFT[what])
    with pytest.raises(ProblemsError) as error:
        made("甲.docx", content)
    (message,) = told(error)
    assert message.startswith("第 3 段“请准时")
    assert what in message
    result = made("甲.docx", content, leave_out=True)
    assert what in [one.what for one in result.recast.leavings]


def test_signs_that_a_page_has_otherwise_are_told():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>'
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    result = made("甲.docx", with_inside(raised + symbol))
    assert [(edit.old, edit.new) for edit in result.recast.read.source.edits] == [("3", "³"), ("", "☑")]
    assert lines_of(result.recast.built.document.blocks[-1]) == ("请准时³☑到会。",)


def test_text_boxes_and_notes_go_into_the_text():
    box = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    box += "<w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    result = made("甲.docx", with_inside(box))
    assert [lines_of(b)[0] for b in result.recast.built.document.blocks[-2:]] == ["请准时到会。", "框里的话。"]
    assert "1 个文本框里的文字排进了正文" in result.recast.source.told


def test_footnotes_become_remarks_in_brackets():
    content = with_inside('<w:r><w:footnoteReference w:id="2"/></w:r>')
    parts = {
        name: zipfile.ZipFile(io.BytesIO(content)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    }
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>见办法。</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    ).encode()
    rels = parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    parts["word/_rels/document.xml.rels"] = rels.replace(
        "</Relationships>", f'<Relationship Id="rIdF" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    result = made("甲.docx", out.getvalue())
    assert lines_of(result.recast.built.document.blocks[-1]) == ("请准时（注：见办法。）到会。",)
    assert any("脚注" in line for line in account.lines(result.recast))


def test_headers_and_comments_are_named():
    document = word("关于开会的通知", "各科室：", "请准时。")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "—  —"  # a page number that was not counted yet
    document.add_comment(document.paragraphs[2].runs, "改一下", "张三", "张")
    with pytest.raises(ProblemsError) as error:
        made("甲.docx", saved(document))
    assert told(error) == ["页眉：页眉里的文字“内部资料”，版面上放不下"]
    result = made("甲.docx", saved(document), leave_out=True)
    assert [one.what for one in result.recast.leavings] == ["页眉里的文字“内部资料”", "批注（张三）“改一下”"]


def test_tracked_changes_want_a_verdict():
    content = with_inside('<w:ins w:id="1" w:author="a"><w:r><w:t>务必</w:t></w:r></w:ins>')
    with pytest.raises(ProblemsError, match="没有处理的修订（插入 1 处）"):
        made("甲.docx", content)
    texts = {
        verdict: lines_of(made("甲.docx", content, existing=verdict).recast.built.document.blocks[-1])[0]
        for verdict in ("accept", "reject")
    }
    assert texts == {"accept": "请准时务必到会。", "reject": "请准时到会。"}


# ---- bad input


def test_what_cannot_be_set_is_refused_with_what_to_do():
    scan = docx.Document()
    scan.add_picture(picture())
    out = io.BytesIO()
    macro = zipfile.ZipFile(io.BytesIO(saved(word("甲"))))
    with zipfile.ZipFile(out, "w") as archive:
        for name in macro.namelist():
            data = macro.read(name)
            archive.writestr(name, data.replace(b"wordprocessingml.document.main", b"ms-word.macroEnabled.main"))
    bad = {
        "a.pdf": (b"%PDF-1.7", "PDF 里没有段落"),
        "b.docx": (b"%PDF-1.7", "PDF 里没有段落"),
        "c.docx": (b"PK\x03\x04broken", "打不开压缩包"),
        "d.docx": ("EncryptedPackage".encode("utf-16-le").join([b"\xd0\xcf\x11\xe0", b""]), "文件有打开密码"),
        "e.docx": (saved(scan), "像是扫描件"),
        "f.docx": (saved(docx.Document()), "文件里没有文字"),
        "g.txt": (b"\n \n", "文件里没有文字"),
        "h.xlsx": (b"", "不认识的文件类型 .xlsx"),
        "i.docm": (out.getvalue().replace(b"ms-word.macroEnabled", b"ms-word.macroEnabled"), "带宏的文件或模板"),
    }
    for name, (content, message) in bad.items():
        with pytest.raises(ProblemsError, match=message) as error:
            made(name, content)
        assert all(problem.hint for problem in error.value.problems), name


def test_what_is_no_official_paper_is_said_once_and_set_all_the_same():
    result = made("菜.txt", "红烧肉的做法\n先把肉切成块，焯水。\n再放糖炒色。")
    lines = list(account.lines(result.recast))
    assert sum("看不出这是公文" in line for line in lines) == 1
    assert not any("看不出这是公文" in line for line in account.lines(made("甲.txt", NOTICE).recast))


def test_characters_nobody_sees_go_and_are_told():
    result = made("甲.txt", "关于开会的通知\n各科室：\n请\u200b准时\U000f0001。")
    assert [edit.why for edit in result.recast.read.source.edits] == ["看不见的字符 U+200B", "看不见的字符 U+F0001"]
    assert lines_of(result.recast.built.document.blocks[-1]) == ("请准时。",)


# ---- the proof


def test_the_proof_fails_when_a_character_is_lost():
    content = saved(numbered_document())
    result = recast("甲.docx", content, Wishes())
    right = Press(LIBRARY, ("docx",)).bytes_of(result.built.document, "docx")
    assert result.prove(right) > 0
    archive = zipfile.ZipFile(io.BytesIO(right))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace("请准时".encode(), "请时".encode()))
    with pytest.raises(LossError, match="写出时第 13 字不同：应为“准时"):
        result.prove(out.getvalue())


def test_a_change_that_does_not_fit_the_file_fails():
    assert applied([(("", 1), "甲 乙丙")], [Edit(("", 1), 1, "乙", "丁", "")]) == "甲丁丙"
    with pytest.raises(LossError, match="应有“戊”"):
        applied([(("", 1), "甲乙丙")], [Edit(("", 1), 1, "戊", "", "改")])


ODD = """# 标题|**粗**字|- 项|第一章 总则|第一条 为了|— 3 —|签发人：李四|特急|a\u00a0b|\u202e反|𠮷野家|“引”|"quoted"
|说:是(的),|附件:1、甲|抄送:省厅|\t"""
PARTS = st.sampled_from([*NOTICE.splitlines(), *ODD.replace("\n", "").split("|"), "|甲|乙|", "|---|---|"])
LINES = st.lists(PARTS | st.text(max_size=15), max_size=20)


def survives(name, content, punctuation):
    """A loss is another error: what is refused here has no text, or bytes that are none."""
    with contextlib.suppress(ProblemsError):
        made(name, content, leave_out=True, punctuation=punctuation)


@settings(max_examples=60)
@given(LINES, st.sampled_from(["甲.txt", "甲.md"]), st.booleans())
def test_no_text_loses_a_character(lines, name, punctuation):
    survives(name, "\n".join(lines).encode("utf-8", "ignore"), punctuation)


LOOKS = st.sampled_from(["", "superscript", "subscript", "bold", "hidden", "strike"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.tuples(PARTS, LOOKS), max_size=3), max_size=10), LINES, st.booleans())
def test_no_word_file_loses_a_character(paragraphs, cells, punctuation):
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, look in runs:
            run = paragraph.add_run(text)
            if look:
                setattr(run.font, look, True)
    kept = ["".join(char for char in text if char.isprintable()) for text in cells[:6]]
    if kept:
        table = document.add_table(len(kept), 2)
        for row, text in zip(table.rows, kept, strict=True):
            row.cells[0].text = text
        table.cell(0, 0).merge(table.cell(len(kept) - 1, 0))
    survives("甲.docx", saved(document), punctuation)


def test_punctuation_is_put_right_only_where_it_is_asked_and_each_change_is_told():
    text = (
        '关于开会的通知\n各科室:\n请于5月1日前报送(见甲工信[2024]3号),逾期"不候". 网址:http://a.cn/b?c=1,电话:010-1234.'
    )
    as_it_is = made("甲.txt", text)
    assert as_it_is.recast.punctuation == ()
    right = made("甲.txt", text, punctuation=True)
    assert [lines_of(b)[0] for b in right.recast.built.document.blocks[1:]] == [
        "各科室：",
        "请于5月1日前报送（见甲工信〔2024〕3号），逾期“不候”。 网址：http://a.cn/b?c=1,电话：010-1234.",
    ]
    told_ = [line for line in account.lines(right.recast) if "标点" in line]
    assert len(told_) == len(right.recast.punctuation) == 11


# ---- the command


def run(*arguments):
    with pytest.raises(SystemExit) as done:
        main([str(one) for one in arguments])
    return done.value.code


def test_the_command_writes_beside_the_file_and_tells(tmp_path, capsys):
    source = tmp_path / "通知.txt"
    source.write_text(NOTICE, encoding="utf-8")
    assert run("typeset", source, "--format", "docx,pdf") == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [str(tmp_path / f"通知-公文.{form}") for form in ("docx", "pdf")]
    assert all(p.exists() for p in map(type(tmp_path), out.splitlines()))
    assert "发文机关标志" in err
    assert "95%" in err
    assert f"原文共 {len(inked(NOTICE))} 字" in err
    assert "一字不少，次序不变" in err
    assert source.read_text("utf-8") == NOTICE


def test_the_name_of_the_output_says_its_format(tmp_path):
    source = tmp_path / "通知.txt"
    source.write_text(NOTICE, encoding="utf-8")
    assert run("typeset", source, "-o", tmp_path / "一.pdf") == 0
    assert run("typeset", source, "-o", tmp_path / "二.v2", "--format", "pdf,docx") == 0
    assert run("typeset", source, "-o", tmp_path / "三.docx", "--format", "xlsx") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["一.pdf", "二.v2.docx", "二.v2.pdf", "通知.txt"]
    assert (tmp_path / "一.pdf").read_bytes().startswith(b"%PDF")


def test_the_command_never_writes_over_its_source(tmp_path, capsys):
    source = tmp_path / "通知.docx"
    source.write_bytes(saved(word("关于开会的通知", "各科室：", "请准时。")))
    before = source.read_bytes()
    assert run("typeset", source, "-o", source) == 1
    assert "盖掉原文件" in capsys.readouterr().err
    assert source.read_bytes() == before


def test_what_has_no_place_is_exit_one_and_no_file(tmp_path, capsys):
    source = tmp_path / "通知.docx"
    source.write_bytes(with_inside(LEFT["图表"]))
    assert run("typeset", source) == 1
    assert "--leave-out" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [source]
    assert run("typeset", source, "--leave-out") == 0


def test_the_side_file_is_written_corrected_and_read_back(tmp_path, capsys):
    source, parts = tmp_path / "通知.txt", tmp_path / "要素.yaml"
    source.write_text("会议安排\n各科室：\n请准时。\n收到请回复", encoding="utf-8")
    assert run("typeset", source, "--parts", parts) == 0
    text = parts.read_text("utf-8")
    assert '- 段: 4\n    要素: 正文\n    文字: "收到请回复"' in text
    parts.write_text(text.replace("段: 4\n    要素: 正文", "段: 4\n    要素: 附注"), encoding="utf-8")
    capsys.readouterr()
    assert run("typeset", source, "--parts", parts) == 0
    assert "照 要素.yaml" not in capsys.readouterr().out
    written = docx.Document(io.BytesIO((tmp_path / "通知-公文.docx").read_bytes()))
    assert [p.style.name for p in written.paragraphs if p.text == "收到请回复"] == ["附注"]


def test_a_side_file_that_does_not_fit_says_where(tmp_path, capsys):
    source, parts = tmp_path / "通知.txt", tmp_path / "要素.yaml"
    source.write_text("会议安排\n各科室：\n请准时。", encoding="utf-8")
    parts.write_text(
        "段落:\n  - 段: 1\n    要素: 标提\n  - 段: 9\n    要素: 标题\n  - 段: 2\n    要素: 正文\n    文字: 别的话\n"
        "  - 段: 3\n    要素: 正文\n  - 段: 3\n    要素: 附注\n其他: 1\n",
        encoding="utf-8",
    )
    assert run("typeset", source, "--parts", parts) == 1
    err = capsys.readouterr().err
    for line, message in (
        (2, "没有“标提”这种要素"),
        (4, "没有第 9 段"),
        (6, "第 2 段是“各科室：”，不是“别的话”"),
        (11, "第 3 段写了两次"),
        (13, "没有这一项：其他"),
    ):
        assert f"要素.yaml:{line}:" in err
        assert message in err


def test_the_account_is_plain_data():
    record = account.record(made("甲.txt", NOTICE).recast)
    again = json.loads(json.dumps(record, ensure_ascii=False))
    assert again["paragraphs"][0] == {
        "number": 1,
        "part": "mark",
        "name": "发文机关标志",
        "sure": 0.95,
        "as_text": "",
        "why": "以“文件”“令”“纪要”结尾，在标题之上",
        "text": "甲省工业和信息化厅文件",
    }
    assert (again["official"], again["layout"], again["left_out"]) == (True, "document", [])


@pytest.mark.slow
def test_older_files_by_way_of_libreoffice(tmp_path):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice here")
    source = tmp_path / "通知.docx"
    source.write_bytes(saved(word(*NOTICE.splitlines())))
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation=file://{tmp_path}/p", "--convert-to", "doc", str(source)],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=100,
    )
    result = made("通知.doc", (tmp_path / "通知.doc").read_bytes())
    assert kinds(result) == kinds(made("甲.txt", NOTICE))


def test_what_a_paper_lacks_is_not_missed_by_a_writer():
    """No date, a mark without a number, a number without a mark: every format is written."""
    text = "关于开会的通知\n各科室：\n定于明日开会。\n综合办公室"
    for besides in (
        Given(),
        Given(mark=("甲市财政局文件",)),
        Given(layout="letter", mark=("甲市财政局",), sealed=True),
    ):
        result = typeset(
            LIBRARY, "甲.txt", text.encode(), formats=("docx", "pdf", "md", "html"), wishes=Wishes(given=besides)
        )
        printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(result.files["pdf"])).pages)
        assert inked("定于明日开会。综合办公室") in inked(printed)
        assert [
            p.text for p in docx.Document(io.BytesIO(result.files["docx"])).paragraphs if p.style.name == "成文日期"
        ] == []


def test_what_stands_beside_the_mark_has_its_place():
    """份号, 密级, 紧急程度 at the upper left, 签发人 in the number's line, in both formats."""
    text = "000012\n机密★1年\n特急\n甲市财政局文件\n甲财〔2024〕8号　　签发人：李四\n关于报送名单的请示\n省财政厅：\n请批示。"
    result = typeset(LIBRARY, "甲.txt", text.encode(), formats=("docx", "pdf"))
    masthead = result.recast.built.document.blocks[0]
    assert isinstance(masthead, Masthead)
    assert [(plain(line), line[0].face) for line in masthead.upper] == [
        ("000012", "body"),
        ("机密★1年", "hei"),
        ("特急", "hei"),
    ]
    assert [(span.text, span.face) for span in masthead.signers] == [("签发人：", "body"), ("李四", "kai")]
    assert result.recast.built.marked == {}
    assert result.moved == 0
    sheet = next(iter(PdfReader(io.BytesIO(result.files["pdf"])).pages)).extract_text()
    assert inked(sheet).startswith("000012机密★1年特急甲市财政局文件甲财〔2024〕8号签发人：李四")
    (number,) = [p for p in docx.Document(io.BytesIO(result.files["docx"])).paragraphs if "〔2024〕8号" in p.text]
    assert (number.paragraph_format.left_indent, number.paragraph_format.first_line_indent.pt > 15) == (0, True), (
        "a character in, and the rule under it as wide as the text area"
    )
    again = made("甲.docx", result.files["docx"])
    assert again.recast.built.document.blocks == result.recast.built.document.blocks


def test_a_letter_has_the_same_at_its_left_and_no_signer():
    text = "000012\n机密★1年\n特急\n甲市财政局\n甲财函〔2024〕8号\n关于商请支持的函\n省财政厅：\n请予支持。\n甲市财政局\n2024年4月3日"
    result = typeset(LIBRARY, "函.txt", text.encode(), formats=("docx", "pdf"))
    head = result.recast.built.document.blocks[0]
    assert (result.recast.built.document.layout, list(map(plain, head.upper))) == (
        "letter",
        ["000012", "机密★1年", "特急"],
    )
    assert result.recast.built.marked == {}
    measured = reader.read("函.pdf", result.files["pdf"])[0]
    first, second, third, number = (
        next(line for para in (*measured.paras,) for line in para.lines if words in line.text)
        for words in ("000012", "机密", "特急", "〔2024〕8号")
    )
    assert abs(first.base - number.base) < 1, "the first in the number's line"
    assert [round(two.base - one.base) for one, two in ((first, second), (second, third))] == [29, 29]
    assert all(abs(line.left - PAGE.left) < 1 for line in (first, second, third))
    again = made("函.docx", result.files["docx"])
    assert again.recast.built.document.blocks == result.recast.built.document.blocks
    signed = made("函.txt", text.replace("8号\n", "8号　　签发人：李四\n"), given=Given(layout="letter"))
    assert signed.recast.built.marked == {} or "没有签发人的位置" in "".join(signed.recast.built.marked.values())


def tabled(*rows):
    """A Word file that begins with tables, a row of cells each, then a notice."""
    document = word()
    for row in rows:
        table = document.add_table(1, len(row))
        for cell, text in zip(table.rows[0].cells, row, strict=True):
            cell.text = text
    for text in (
        "关于报送节水名单的请示",
        "省人民政府：",
        "现将名单报上。",
        "妥否，请批示。",
        "甲省财政厅",
        "2024年4月3日",
    ):
        document.add_paragraph(text)
    return saved(document)


def test_a_masthead_in_a_table_is_a_masthead():
    result = made("表头.docx", tabled(["甲省财政厅文件"], ["甲财〔2024〕12号", "签发人：李四"]))
    head = result.recast.built.document.blocks[0]
    assert (head.mark, plain(head.number), plain(head.signers)) == (
        ("甲省财政厅文件",),
        "甲财〔2024〕12号",
        "签发人：李四",
    )
    assert not any(isinstance(block, Table) for block in result.recast.built.document.blocks)


def test_wenjian_beside_several_issuers_goes_behind_the_last():
    result = made("联合.docx", tabled(["甲省财政厅\n甲省水利厅", "文件"], ["甲财〔2024〕12号"]))
    assert result.recast.built.document.blocks[0].mark == ("甲省财政厅", "甲省水利厅文件")
    assert "联合行文" in "".join(result.recast.built.told)


@pytest.mark.parametrize(
    "row", [["甲省财政厅", "甲省水利厅"], ["甲省财政厅文件", "数量"], ["甲财〔2024〕12号", "关于节水的通知"]], ids=str
)
def test_a_table_with_anything_else_stays_a_table(row):
    assert kinds(made("表.docx", tabled(row)))[0] == "Table"


ORDER = "甲省人民政府令\n第12号\n《甲省促进办法》已经通过，现予公布。\n省长　张三\n2024年3月10日"


def inks(content):
    """Lines of the first page of a PDF by their words, and its red lines."""
    measured = reader.read("件.pdf", content)[0]
    lines = {line.text: line for para in measured.paras for line in para.lines if line.page == 1}
    return lines, [one for one in measured.rules if one.colour == "FF0000"]


def test_an_order_has_a_head_of_its_own():
    """10.2: the mark 20 mm under the text area's edge, two blank lines to the number and to the text, no rule."""
    result = typeset(LIBRARY, "令.txt", ORDER.encode(), formats=("docx", "pdf", "html", "md"))
    head, _, signature = result.recast.built.document.blocks
    assert (head.form, signature.signed, plain(signature.issuers[0])) == ("order", True, "省长　　张三")
    lines, red = inks(result.files["pdf"])
    mark, number, text, name, day = lines.values()
    assert red == []
    assert abs(mark.base - 0.77 * mark.size - mm(57)) < 3
    place = number.base - 0.88 * 16 - (PAGE.line - 16) / 2
    assert abs(place - (mark.base + 0.12 * mark.size) - 2 * PAGE.line) < 4
    assert abs(text.base - number.base - 3 * PAGE.line) < PAGE.line
    assert abs(PAGE.right - 4 * PAGE.cell - name.right) < 1
    assert abs(PAGE.right - 4 * PAGE.cell - day.right) < 1
    assert round((name.base - text.base) / PAGE.line, 2) == 3
    assert round((day.base - name.base) / PAGE.line, 2) == 2
    for form in ("docx", "pdf"):
        found = inspect.inspected(reader.read(f"令.{form}", result.files[form])[0]).findings
        assert {one.rule for one in found} <= {"mark-face"}
    again = made("令.docx", result.files["docx"])
    assert again.recast.built.document.blocks == result.recast.built.document.blocks
    assert b'class="masthead bare"' in result.files["html"]


def test_minutes_have_their_mark_and_who_was_there():
    """10.3: the mark 35 mm under the text area's edge; 出席 two characters in, names under the first behind the colon."""
    names = "、".join(["张三甲"] * 12)
    text = f"甲厅会议纪要\n第3期\n会议研究了工作。现纪要如下。\n一、会议同意的事项\n出席：{names}\n列席：王五"
    result = typeset(LIBRARY, "纪要.txt", text.encode(), formats=("docx", "pdf", "html", "md"))
    blocks = result.recast.built.document.blocks
    assert (blocks[0].form, kinds(result)[-1]) == ("minutes", "Attendance")
    assert [[(span.text[:3], span.face) for span in line] for line in blocks[-1].names] == [
        [("出席：", "hei"), ("张三甲", "body")],
        [("列席：", "hei"), ("王五", "body")],
    ]
    lines, red = inks(result.files["pdf"])
    mark = lines["甲厅会议纪要"]
    first, second = (line for text, line in lines.items() if "张三甲" in text)
    assert red == []
    assert abs(mark.base - 0.77 * mark.size - mm(72)) < 3
    assert abs(first.left - PAGE.left - 2 * PAGE.cell) < 1
    assert abs(second.left - PAGE.left - 5 * PAGE.cell) < 2
    assert any("10.3" in one for one in result.recast.built.told)
    for form in ("docx", "pdf"):
        found = inspect.inspected(reader.read(f"纪要.{form}", result.files[form])[0]).findings
        assert {one.rule for one in found} <= {"mark-face"}, form
    again = made("纪要.docx", result.files["docx"])
    assert again.recast.built.document.blocks == blocks
    assert "出席：张三甲".encode() in result.files["md"]
    assert b'class="attendance"' in result.files["html"]


def test_rules_right_under_an_order_begin_a_page():
    text = "甲省人民政府令\n第12号\n《甲省促进办法》已经通过，现予公布。\n省长　张三\n2024年3月10日\n甲省促进办法\n第一条　为了促进，制定本办法。\n第二条　适用本办法。"
    result = made("令.txt", text)
    assert kinds(result) == ["Masthead", "Paragraph", "Signature", "Section", "Title", "Paragraph", "Paragraph"]
    assert result.recast.built.marked == {}


def test_numbers_of_an_unknown_format_are_no_numbers_of_ours():
    document = numbered_document()
    for form in document.part.numbering_part.element.iter(qn("w:numFmt")):
        if form.get(qn("w:val")) == "chineseCounting":
            form.set(qn("w:val"), "hebrew1")
    with pytest.raises(ProblemsError) as error:
        made("甲.docx", saved(document))
    assert "2 处自动编号的格式认不出" in told(error)[0]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimalZero", ["01", "02", "03"]),
        ("upperLetter", ["A", "B", "C"]),
        ("lowerRoman", ["i", "ii", "iii"]),
        ("decimalFullWidth", ["１", "２", "３"]),
        ("ideographTraditional", ["甲", "乙", "丙"]),
        ("ideographDigital", ["一", "二", "三"]),
    ],
)
def test_automatic_numbers_of_every_format(form, numbers):
    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/><w:lvlText w:val="%1)"/></w:lvl>'
    numbering.insert(0, xml(f'<w:abstractNum w:abstractNumId="90">{level}</w:abstractNum>'))
    numbering.append(xml('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering.append(xml(f'<w:num w:numId="91"><w:abstractNumId w:val="90"/>{restart}</w:num>'))
    for identity in (90, 90, 90, 91):
        properties = document.add_paragraph("项")._p.get_or_add_pPr()
        properties.append(xml(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{identity}"/></w:numPr>'))
    result = made("甲.docx", saved(document))
    texts = [lines_of(block)[0] for block in result.recast.built.document.blocks]
    assert texts == [f"{number})项" for number in [*numbers, numbers[0]]]
