"""Reading somebody's Word file: what styles, themes, lists and sections really come to."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Pt

from notices.errors import ProblemsError
from notices.inspection import word
from notices.ooxml import package as packages
from notices.ooxml.xml import W, pack, q, unpack

_NS = f'xmlns:w="{W}"'
_THEME = """<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="t"><a:themeElements>
<a:fontScheme name="t"><a:majorFont><a:latin typeface="Cambria"/><a:ea typeface="方正小标宋简体"/></a:majorFont>
<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont>
</a:fontScheme></a:themeElements></a:theme>"""


def made(styles: str = "", body: str = "", **parts: str) -> bytes:
    """A Word file with styles and a body of our own, and other parts in the place of python-docx's."""
    document = docx.Document()
    document.core_properties.author = ""
    for style in parse_xml(f"<w:styles {_NS}>{styles}</w:styles>"):
        document.styles.element.append(style)
    body_element = document.element.body
    for node in reversed(parse_xml(f"<w:body {_NS}>{body}</w:body>")):
        body_element.insert(0, node)
    out = io.BytesIO()
    document.save(out)
    found = unpack(out.getvalue())
    theme = next(name for name in found if name.endswith("theme1.xml"))
    return pack(found | {theme: _THEME.encode()} | {name: text.encode() for name, text in parts.items()})


def read(content: bytes):
    return word.read("件.docx", content)


STYLES = """
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/>
 <w:spacing w:line="579" w:lineRule="exact"/></w:pPr>
 <w:rPr><w:rFonts w:eastAsiaTheme="majorEastAsia" w:ascii="Arial"/><w:sz w:val="32"/><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="乙"/><w:basedOn w:val="A"/><w:pPr><w:jc w:val="center"/></w:pPr>
 <w:rPr><w:sz w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="环"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="C"><w:name w:val="丙"/><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/></w:rPr></w:style>
"""


def one(body: str):
    """The first paragraph of a file with these styles."""
    return read(made(STYLES, body)).paras[0]


def test_a_style_has_what_it_is_based_on_and_the_theme_s_face():
    para = one('<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr><w:r><w:t>通知</w:t></w:r></w:p>')
    run = para.runs[0]
    assert (run.east, run.west, run.size, run.bold) == ("方正小标宋简体", "Arial", 22, True)
    assert (para.style, para.align, para.line, para.rule) == ("乙", "center", 28.95, "exact")
    assert para.first == 2 * 22  # two characters of its own size, whatever the points beside them say


def test_a_theme_without_a_chinese_face_has_that_of_its_script():
    para = one('<w:p><w:r><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr><w:t>文</w:t></w:r></w:p>')
    assert para.runs[0].east == "等线"


def test_a_name_of_its_own_wins_over_the_style_s_theme():
    own = '<w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/></w:rPr>'
    para = one(f'<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr><w:r>{own}<w:t>文</w:t></w:r></w:p>')
    assert para.runs[0].east == "仿宋_GB2312"


def test_bold_twice_by_style_is_not_bold_and_bold_by_itself_is():
    head = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>'
    para = one(f'{head}<w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>甲</w:t></w:r></w:p>')
    assert (para.runs[0].bold, para.runs[0].east) == (False, "黑体")
    para = one(f'{head}<w:r><w:rPr><w:rStyle w:val="C"/><w:b/></w:rPr><w:t>甲</w:t></w:r></w:p>')
    assert para.runs[0].bold is True


def test_a_style_based_on_itself_does_no_harm():
    assert one('<w:p><w:pPr><w:pStyle w:val="Loop"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>').text == "甲"


def test_an_indent_in_characters_of_none_leaves_the_one_in_points():
    para = one('<w:p><w:pPr><w:ind w:firstLineChars="0" w:firstLine="420"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>')
    assert para.first == 21
    para = one('<w:p><w:pPr><w:ind w:left="200" w:hanging="100"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>')
    assert (para.first, para.left) == (-5, 10)


def test_tracked_changes_hidden_text_and_breaks():
    paper = read(
        made(
            "",
            "<w:p><w:ins w:id='1'><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id='2'><w:r><w:delText>旧</w:delText></w:r></w:del>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>字</w:t><w:br/><w:t>行</w:t></w:r>"
            "<w:r><w:br w:type='page'/></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>",
        )
    )
    first, second = paper.paras[:2]
    assert (first.text, first.breaks, second.breaks) == ("新字\n行", False, True)
    assert paper.changes == 2
    assert any("1 个字设为隐藏" in remark for remark in paper.remarks)


def test_a_text_box_is_read_once_and_after_the_paragraph_it_hangs_on():
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
    inside = f"<mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    content = made(
        "",
        f"<w:p><w:r><w:t>甲</w:t></w:r><w:r>{inside}</mc:AlternateContent></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>",
    )
    paper = read(content)
    assert [(para.number, para.text, para.boxed) for para in paper.paras[:3]] == [
        (1, "甲", False),
        (2, "框里", True),
        (3, "乙", False),
    ]
    package = packages.read(content, "件.docx")
    root = package.xml(package.main)
    assert ["".join(node.itertext(f"{{{W}}}t")) for node in word.elements(root)][1:3] == ["框里", "乙"]


def test_tables_sections_and_feet():
    document = docx.Document()
    document.add_paragraph("前")
    table = document.add_table(2, 2)
    table.cell(1, 0).text = "格"
    document.add_section().footer.is_linked_to_previous = True
    document.add_paragraph("后")
    document.sections[0].footer.paragraphs[0].text = "脚"
    out = io.BytesIO()
    document.save(out)
    paper = read(out.getvalue())
    cell = next(para for para in paper.paras if para.text == "格")
    assert cell.cell == (1, 2, 1)
    assert [(one.rows, one.columns, one.floats) for one in paper.tables] == [(2, 2, False)]
    last = next(para for para in paper.paras if para.text == "后")
    assert (last.sheet, last.breaks) == (1, True)
    assert [[para.text for para in sheet.feet[0].paras] for sheet in paper.sheets] == [["脚"], ["脚"]]
    assert [sheet.feet[0].field for sheet in paper.sheets] == [False, False]


def test_space_in_lines_is_of_the_page_s_grid_and_left_out_between_neighbours_of_one_style():
    document = docx.Document()
    style = document.styles["Normal"]
    style.paragraph_format.space_before = Pt(6)
    style.element.get_or_add_pPr().append(parse_xml(f"<w:contextualSpacing {_NS}/>"))
    for text in "甲乙":
        document.add_paragraph(text)
    document.paragraphs[0]._p.get_or_add_pPr().append(parse_xml(f'<w:spacing {_NS} w:beforeLines="200"/>'))
    for name, value in (("type", "lines"), ("linePitch", "579")):
        document.element.body.sectPr.find(q("docGrid")).set(q(name), value)
    out = io.BytesIO()
    document.save(out)
    first, second = read(out.getvalue()).paras[:2]
    assert (first.before, second.before) == (2 * 28.95, 0)


def test_a_number_word_writes_by_itself_is_part_of_the_text():
    document = docx.Document()
    document.add_paragraph("项", style="List Number")
    out = io.BytesIO()
    document.save(out)
    para = read(out.getvalue()).paras[0]
    assert para.text == "1.项"
    assert para.left > 0  # as the list's level says


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_word_file_is_refused_with_a_word(content):
    with pytest.raises(ProblemsError) as caught:
        read(content)
    assert all(problem.hint for problem in caught.value.problems)
