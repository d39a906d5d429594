import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
LAYOUTS = ("document", "letter", "plain")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MM = 1440 / 25.4

FACES = {
    "公文正文": "仿宋_GB2312",
    "公文标题": "方正小标宋简体",
    "公文副标题": "楷体_GB2312",
    "一级标题": "黑体",
    "二级标题": "楷体_GB2312",
    "三级标题": "仿宋_GB2312",
    "四级标题": "仿宋_GB2312",
    "章标题": "黑体",
    "附件标识": "黑体",
    "附件说明": "仿宋_GB2312",
    "发文机关署名": "仿宋_GB2312",
    "成文日期": "仿宋_GB2312",
    "附注": "仿宋_GB2312",
    "主送机关": "仿宋_GB2312",
    "一级层次": "黑体",
    "二级层次": "楷体_GB2312",
    "页码单页": "宋体",
    "页码双页": "宋体",
}
SIZES = {"公文标题": 44, "公文正文": 32, "页码单页": 28, "页码双页": 28, "章标题": 32, "主送机关": 32}


def part(layout, name):
    with zipfile.ZipFile(ROOT / f"templates/word/{layout}.docx") as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def styles(layout):
    """Styles by our names: an alias where Word has a name of its own for the style."""
    found = part(layout, "styles").iter(W + "style")
    return {
        (one.find(W + "aliases") if one.find(W + "aliases") is not None else one.find(W + "name")).get(W + "val"): one
        for one in found
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headings_and_title_are_words_own_styles(layout):
    own = {name: one.find(W + "name").get(W + "val") for name, one in styles(layout).items()}
    names = ("公文标题", "公文副标题", "一级标题", "二级标题", "三级标题", "四级标题")
    assert [own[name] for name in names] == ["Title", "Subtitle", *(f"heading {n}" for n in range(1, 5))]
    for name in names:
        assert styles(layout)[name].get(W + "styleId") == own[name].title().replace(" ", "")
        assert styles(layout)[name].get(W + "customStyle") is None
    for name in ("章标题", "附件标识"):
        assert value(styles(layout)[name].find(W + "basedOn")) == "Heading1"
        assert inherited(layout, name, f"{W}pPr/{W}ind").get(W + "firstLineChars") == "0"


def inherited(layout, name, path):
    """The first element at ``path`` in a style, the styles it is based on and the document defaults."""
    by_id = {one.get(W + "styleId"): one for one in part(layout, "styles").iter(W + "style")}
    style = styles(layout)[name]
    while style is not None:
        if (found := style.find(path)) is not None:
            return found
        above = style.find(W + "basedOn")
        style = None if above is None else by_id[above.get(W + "val")]
    return part(layout, "styles").find(f"{W}docDefaults/{W}rPrDefault/{path}")


def value(element):
    return element.get(W + "val")


def test_bases_are_what_the_script_makes(tmp_path):
    code = (
        "import sys, pathlib; sys.path[:0] = [sys.argv[1], sys.argv[1] + '/scripts']\n"
        "import word_bases; word_bases.HERE = pathlib.Path(sys.argv[2]); word_bases.main()"
    )
    subprocess.run([sys.executable, "-c", code, str(ROOT), str(tmp_path)], check=True, capture_output=True)
    kept = sorted((ROOT / "templates/word").glob("*.docx"))
    assert [path.name for path in kept] == sorted(path.name for path in tmp_path.iterdir())
    for path in kept:
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), f"{path.name}: run scripts/word_bases.py"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_page_is_that_of_the_standard(layout):
    section = part(layout, "document").find(f"{W}body/{W}sectPr")
    page = {key.removeprefix(W): int(number) for key, number in section.find(W + "pgSz").attrib.items()}
    assert page == {"w": 11906, "h": 16838}
    margins = {key.removeprefix(W): int(number) for key, number in section.find(W + "pgMar").attrib.items()}
    foot = 35
    if layout == "letter":  # its first page ends 7/8 of a character over the double rule, 20 mm and 4 pt off the edge
        foot = 20 + (4 + 14 - (28.95 - 16) / 2) * 20 / MM
        pt = {
            p: inherited("letter", p, f"{W}pPr/{W}spacing").get(W + "line")
            for p in ("版心垫高", "页码单页", "页码垫高")
        }
        assert margins["footer"] + sum(map(int, pt.values())) == pytest.approx(35 * MM, abs=1), "of the other pages"
    for side, mm in {"top": 37, "bottom": foot, "left": 28, "right": 26}.items():
        assert margins[side] == pytest.approx(mm * MM, abs=1)
    grid = {key.removeprefix(W): text for key, text in section.find(W + "docGrid").attrib.items()}
    assert grid == {"type": "linesAndChars", "linePitch": "579", "charSpace": "-842"}
    height = page["h"] - margins["top"] - 35 * MM
    assert 22 * 579 <= height < 23 * 579
    width = page["w"] - margins["left"] - margins["right"]
    cell = (16 - 842 / 4096) * 20
    assert 28 * cell <= width + 1
    assert 29 * cell > width


@pytest.mark.parametrize("layout", LAYOUTS)
def test_text_keeps_22_lines_of_28_characters_without_the_grid(layout):
    assert inherited(layout, "公文正文", f"{W}pPr/{W}spacing").get(W + "line") == "579"
    closer = int(value(inherited(layout, "公文正文", f"{W}rPr/{W}spacing")))
    assert 28 * (320 + closer) <= 8844 < 29 * (320 + closer)
    cells = 441 * 20  # what LibreOffice leaves of the text area: whole cells of its grid
    assert 632 + 26 * (320 + closer) <= cells  # a first line, two characters in, too
    assert 8844 - 28 * (320 + closer) < 56  # less than two twips a character are left to justification


@pytest.mark.parametrize("layout", LAYOUTS)
def test_faces_are_named_and_no_theme_is_asked(layout):
    for name, face in FACES.items():
        assert inherited(layout, name, f"{W}rPr/{W}rFonts").get(W + "eastAsia") == face, name
    for name, half_points in SIZES.items():
        assert value(inherited(layout, name, f"{W}rPr/{W}sz")) == str(half_points), name
    for name in ("公文正文", "公文标题", "一级标题"):
        fonts = inherited(layout, name, f"{W}rPr/{W}rFonts")
        latin = "方正小标宋简体" if fonts.get(W + "eastAsia") == "方正小标宋简体" else "Times New Roman"
        assert fonts.get(W + "ascii") == fonts.get(W + "hAnsi") == latin
    assert inherited(layout, "页码单页", f"{W}rPr/{W}rFonts").get(W + "ascii") == "宋体"
    with zipfile.ZipFile(ROOT / f"templates/word/{layout}.docx") as archive:
        for name in archive.namelist():
            assert "theme" not in name
            assert "Theme=" not in archive.read(name).decode()
    assert value_of_lang(layout) == "zh-CN"


def value_of_lang(layout):
    return inherited(layout, "公文正文", f"{W}rPr/{W}lang").get(W + "eastAsia")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_paragraph_figures(layout):
    assert inherited(layout, "公文正文", f"{W}pPr/{W}ind").get(W + "firstLineChars") == "200"
    assert value(inherited(layout, "公文正文", f"{W}pPr/{W}jc")) == "both"
    assert inherited(layout, "公文标题", f"{W}pPr/{W}spacing").get(W + "line") == "720"
    for level, name in enumerate(("一级标题", "二级标题", "三级标题", "四级标题")):
        assert value(inherited(layout, name, f"{W}pPr/{W}outlineLvl")) == str(level)
        assert inherited(layout, name, f"{W}pPr/{W}keepNext") is not None
    assert inherited(layout, "附件标识", f"{W}pPr/{W}pageBreakBefore") is not None
    assert inherited(layout, "附件说明", f"{W}pPr/{W}spacing").get(W + "beforeLines") == "100"
    assert value(inherited(layout, "公文正文", f"{W}pPr/{W}widowControl")) == "0"


def references(layout, kind):
    """The part behind each header or footer, by type."""
    with zipfile.ZipFile(ROOT / f"templates/word/{layout}.docx") as archive:
        links = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    targets = {one.get("Id"): one.get("Target").removesuffix(".xml") for one in links}
    found = part(layout, "document").iter(f"{W}{kind}Reference")
    return {one.get(W + "type"): part(layout, targets[one.get(R + "id")]) for one in found}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_page_numbers_alternate(layout):
    assert part(layout, "settings").find(W + "evenAndOddHeaders") is not None
    assert part(layout, "settings").find(W + "mirrorMargins") is None
    assert value(part(layout, "settings").find(W + "characterSpacingControl")) == "compressPunctuation"
    found = references(layout, "footer")
    names = {one.get(W + "styleId"): name for name, one in styles(layout).items()}
    for kind, style, side, jc in (
        ("default", "页码单页", "rightChars", "right"),
        ("even", "页码双页", "leftChars", "left"),
    ):
        paragraph = found[kind][layout == "letter"]  # a letter's is lifted
        assert "".join(paragraph.itertext()) == "— 1 —"
        assert names[value(paragraph.find(f"{W}pPr/{W}pStyle"))] == style
        assert inherited(layout, style, f"{W}pPr/{W}ind").get(W + side) == "100"
        assert value(inherited(layout, style, f"{W}pPr/{W}jc")) == jc
        assert paragraph.find(W + "fldSimple").get(W + "instr") == "PAGE"


def foot(layout):
    """Height of the page number's line foot over the paper's edge, in twips."""
    edge = int(part(layout, "document").find(f".//{W}pgMar").get(W + "footer"))
    return edge + (1419 - 1134 if layout == "letter" else 0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_dash_of_the_page_number_is_7_mm_under_the_text_area(layout):
    # 14 pt on a line of 16.8 pt: base line at 4/5, the dash 0.36 of the size over it
    dash = 16.8 * 20 - (0.8 * 16.8 - 0.36 * 14) * 20
    assert (16838 - foot(layout) - dash) / MM == pytest.approx(269, abs=0.1)


def test_masthead_of_a_document():
    mark, number = (styles("document")[name] for name in ("发文机关标志", "发文字号"))
    assert mark.find(f"{W}rPr/{W}color").get(W + "val") == "FF0000"
    assert mark.find(f"{W}rPr/{W}rFonts").get(W + "eastAsia") == "方正小标宋简体"
    rule = number.find(f"{W}pPr/{W}pBdr/{W}bottom")
    assert {key.removeprefix(W): text for key, text in rule.attrib.items()} == {
        "val": "single",
        "sz": "12",
        "space": "9",
        "color": "FF0000",
    }
    spacing = number.find(f"{W}pPr/{W}spacing")
    assert (spacing.get(W + "before"), spacing.get(W + "after")) == ("1158", "1158")
    assert styles("document")["发文字号"].find(f"{W}pPr/{W}jc").get(W + "val") == "center"


def test_letter_has_its_two_rules_on_the_first_page_only():
    section = part("letter", "document").find(f"{W}body/{W}sectPr")
    assert section.find(W + "titlePg") is not None
    for name, kind in (("发文机关标志", "thickThinSmallGap"), ("第二条红双线", "thinThickSmallGap")):
        rule = styles("letter")[name].find(f"{W}pPr/{W}pBdr/{W}bottom")
        assert (rule.get(W + "val"), rule.get(W + "color")) == (kind, "FF0000")
        sides = styles("letter")[name].find(f"{W}pPr/{W}ind")
        width = 8844 - int(sides.get(W + "left")) - int(sides.get(W + "right"))
        assert width / MM == pytest.approx(170, abs=0.1)
        assert (1588 + int(sides.get(W + "left"))) / MM == pytest.approx(20, abs=0.05), "in the middle of the paper"
    assert int(section.find(W + "pgMar").get(W + "footer")) / MM == pytest.approx(20, abs=0.1)
    first = references("letter", "footer")["first"]
    assert "".join(first.itertext()) == ""
    assert "masthead.number" in "".join(references("letter", "header")["first"].itertext())
    assert "masthead" not in "".join(references("letter", "header")["default"].itertext())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_bases_open_with_the_library_and_hold_the_tag_of_the_body(layout):
    docx = pytest.importorskip("docx")
    opened = docx.Document(io.BytesIO((ROOT / f"templates/word/{layout}.docx").read_bytes()))
    assert [p.text for p in opened.paragraphs].count("{{p body }}") == 1
    assert opened.core_properties.created.year == 2012
