"""The styles of the Word base documents and the figures of GB/T 9704-2012 behind them; see ``word_bases.py``.

Lengths are in twips (1/20 pt; 1 mm is 56.69) unless a name says otherwise.
"""

from __future__ import annotations

from notices.ooxml.xml import Element, q, w
from notices.typeset.page import REPORT
from notices.typeset.reports import HEADING, TEXT, Sort
from notices.typeset.reports import NUMBER as REPORT_NUMBER
from notices.typeset.reports import TITLE as REPORT_TITLE

FANG, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
RED = "FF0000"
PENDING = "FFF1A0"  # behind what is still to be confirmed, as in the PDF
PRIORITIES = {"Title": 10, "Subtitle": 11}  # where Word lists its own styles; headings are 9

TEXT_SIZE = 32  # half points
GRID_LINE = 579  # 28.95 pt; 22 of them fill 12738 of the text area's 12756
CLOSER = -6  # 16 pt less 0.3 pt: 28 characters take 439.6 pt, and justification gives back the rest. The text area is
# 442.25 pt wide, but LibreOffice keeps to whole cells of the grid and has 441; 29 characters, 455.3, fit nowhere.
CHAR_SPACE = -842  # 1/4096 pt: (442.25 pt / 28 - 16 pt), so that 28 characters of 16 pt fill 156 mm
MARGINS = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1588, "gutter": 0}  # 37, 26, 35, 28 mm
REPORT_MARGIN = round(20 * REPORT.left)  # 15 mm on every side of a report's page
TEXT_WIDTH = 8844  # 156 mm
HEADER = 851  # 15 mm
DRAFT_LINE = 240
NUMBER = 336  # 16.8 pt, the line of a page number; its dash is 8.4 pt over the line's foot
FOOTER = 1419  # the dash of the page number, 8.4 pt over the line's foot, is then 28 mm over the paper's edge
LETTER_FOOT = 1364  # 68.2 pt: a full first page's last line ends 7/8 of a character above the second double rule
SECOND_RULE = 1134  # 20 mm: foot of the letter's second double rule over the paper's edge
WIDER = {"left": -454, "right": -340}  # a letter's rules, 170 mm, stand in the middle of the paper: 20 mm off its edges
LETTER_BLANK = 993  # to the title: two lines, less what the lines over and under the gap leave of their own
MARK = 124  # half points: 62 pt, 21.9 mm, the most a mark may have
INK = (
    0.14  # of the size: from the top of a line 1.2 sizes high to the ink; the faces of the standard have 0.86 over the
)
# base line, and a fixed line puts four fifths of itself there. As much is left under the ink.
MARK_INK = round(INK * MARK * 10)


def fonts(east: str, latin: str = LATIN) -> Element:
    """Faces by name; no theme attributes, which would win over the names."""
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin)


def size(half_points: int) -> list[Element]:
    """A size for Chinese and complex scripts. The grid is for the text's own size: others have their natural width."""
    natural = [] if half_points == TEXT_SIZE else [w("spacing", val=0)]
    return [*natural, w("sz", val=half_points), w("szCs", val=half_points)]


def on(*tags: str) -> list[Element]:
    """Switches turned on."""
    return [w(tag) for tag in tags]


def off(*tags: str) -> list[Element]:
    """Switches turned off."""
    return [w(tag, val=0) for tag in tags]


def lines(before: int = 0, after: int = 0) -> Element:
    """Blank grid lines before and after; in grid lines for Word and WPS, in twips for the others."""
    given = {"before": before, "after": after}
    attributes = {f"{side}Lines": 100 * count for side, count in given.items() if count}
    return w("spacing", **attributes, **{side: GRID_LINE * count for side, count in given.items() if count})


def exact(line: int, before: int = 0, after: int = 0) -> Element:
    """A line of fixed height, off the grid."""
    return w("spacing", before=before, after=after, line=line, lineRule="exact")


def first_line() -> Element:
    """Two characters in."""
    return w("ind", firstLineChars=200, firstLine=632)


def no_indent() -> Element:
    """Flush, although the style it is based on is not."""
    return w("ind", firstLineChars=0, firstLine=0)


def rule(side: str, kind: str, eighths: int, space: int = 0) -> Element:
    """A red paragraph border: width in 1/8 pt, distance in pt."""
    return w("pBdr", w(side, val=kind, sz=eighths, space=space, color=RED))


def paragraph_style(sid: str, name: str, ppr: list[Element], rpr: list[Element] = [], base: str = "Normal") -> Element:  # noqa: B006
    """A paragraph style based on Normal."""
    parts = [w("name", val=name), w("basedOn", val=base), w("qFormat"), w("pPr", *ppr)]
    return w("style", *parts, *([w("rPr", *rpr)] if rpr else []), type="paragraph", customStyle=1, styleId=sid)


def built_in_style(name: str, alias: str, following: str, ppr: list[Element], rpr: list[Element]) -> Element:
    """A style Word has itself, with our name for it beside its own.

    By Word's names navigation, tables of contents and converters know headings and a title for what they are.
    """
    names = [w("name", val=name), w("aliases", val=alias), w("basedOn", val="Normal"), w("next", val=following)]
    parts = [*names, w("uiPriority", val=PRIORITIES.get(name, 9)), w("qFormat"), w("pPr", *ppr), w("rPr", *rpr)]
    return w("style", *parts, type="paragraph", styleId=name.title().replace(" ", ""))


def character_style(sid: str, name: str, *rpr: Element) -> Element:
    """A character style."""
    parts = [w("name", val=name), w("basedOn", val="DefaultParagraphFont"), w("qFormat"), w("rPr", *rpr)]
    return w("style", *parts, type="character", customStyle=1, styleId=sid)


def defaults() -> list[Element]:
    """Document defaults, Normal and the two styles Word expects to find."""
    rpr = w("rPr", fonts(FANG), *size(TEXT_SIZE), w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    # Widow control would take a line from a page of 22. Hanging punctuation would leave the text area, and the
    # automatic quarter space beside digits and letters would leave the character grid.
    switches = off("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid")
    # The grid of the page set-up is what an officer checks, but LibreOffice gives a 16 pt character on a 15.79 pt grid
    # two cells. So the text keeps the grid by itself: lines of 28.95 pt, characters of 15.75 pt, justified.
    ppr = w("pPr", *switches, w("spacing", line=GRID_LINE, lineRule="exact"), w("jc", val="both"))
    rpr_normal = w("rPr", *off("snapToGrid"), w("spacing", val=CLOSER), *size(TEXT_SIZE))
    normal = [w("name", val="Normal"), w("qFormat"), ppr, rpr_normal]
    cells = [w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")]
    table = w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *cells))
    return [
        w("docDefaults", w("rPrDefault", rpr), w("pPrDefault")),
        w("style", *normal, type="paragraph", default=1, styleId="Normal"),
        w(
            "style",
            *(w("name", val="Default Paragraph Font"), w("uiPriority", val=1), *on("semiHidden", "unhideWhenUsed")),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        w(
            "style",
            *(w("name", val="Normal Table"), w("uiPriority", val=99), *on("semiHidden", "unhideWhenUsed"), table),
            type="table",
            default=1,
            styleId="TableNormal",
        ),
    ]


def body_styles() -> list[Element]:
    """Styles of the flowing body (7.3)."""
    centre, left = w("jc", val="center"), w("jc", val="left")

    def heading(level: int, name: str, face: str) -> Element:
        ppr = [*on("keepNext"), first_line(), w("outlineLvl", val=level - 1)]
        return built_in_style(f"heading {level}", name, "BodyText", ppr, [fonts(face)])

    def centred(*more: Element) -> list[Element]:
        return [*on("keepNext", "keepLines"), *more, w("jc", val="center")]

    flush = [w("jc", val="left"), w("contextualSpacing")]
    return [
        paragraph_style("BodyText", "公文正文", [first_line()]),
        # 22 pt on a pitch of 36: a fixed line, since the grid would give every line of the title two grid lines.
        built_in_style(
            "Title",
            "公文标题",
            "Addressee",
            [
                *on("keepNext", "keepLines"),
                w("spacing", afterLines=100, after=GRID_LINE, line=720, lineRule="exact"),
                centre,
            ],
            [fonts(TITLE, TITLE), *size(44)],
        ),
        built_in_style("Subtitle", "公文副标题", "BodyText", centred(lines(after=1)), [fonts(KAI)]),
        paragraph_style("Addressee", "主送机关", [left]),
        heading(1, "一级标题", HEI),
        heading(2, "二级标题", KAI),
        heading(3, "三级标题", FANG),
        heading(4, "四级标题", FANG),
        paragraph_style(
            "Chapter",
            "章标题",
            centred(lines(before=1, after=1), no_indent(), w("outlineLvl", val=0)),
            [fonts(HEI)],
            "Heading1",
        ),
        paragraph_style(
            "AttachmentLabel",
            "附件标识",
            [
                *on("keepNext", "pageBreakBefore"),
                lines(after=1),
                no_indent(),
                w("jc", val="left"),
                w("outlineLvl", val=0),
            ],
            [fonts(HEI)],
            "Heading1",
        ),
        paragraph_style("AttachmentNames", "附件说明", [lines(before=1), w("contextualSpacing")]),
        paragraph_style("Issuer", "发文机关署名", [*on("keepNext", "keepLines"), lines(before=1), *flush]),
        paragraph_style("Date", "成文日期", [*on("keepLines"), w("jc", val="left")]),
        paragraph_style("Note", "附注", [first_line()]),
        character_style("FaceHei", "一级层次", fonts(HEI)),
        character_style("FaceKai", "二级层次", fonts(KAI)),
        character_style("Pending", "待定", w("shd", val="clear", color="auto", fill=PENDING)),
    ]


def page_styles() -> list[Element]:
    """Styles of what stands round the body: page number, imprint, draft mark."""
    number = [*off("snapToGrid"), exact(NUMBER)]
    small = [*off("snapToGrid"), w("spacing", line=GRID_LINE, lineRule="exact")]
    one_right = w("ind", rightChars=100, right=316)
    one_left = w("ind", leftChars=100, left=316)
    song = [fonts(SONG, SONG), *size(28)]
    grey = [fonts(HEI), *size(21), w("color", val="888888")]
    return [
        paragraph_style("PageOdd", "页码单页", [*number, one_right, w("jc", val="right")], song),
        paragraph_style("PageEven", "页码双页", [*number, one_left, w("jc", val="left")], song),
        paragraph_style("DraftMark", "草稿标记", [*off("snapToGrid"), exact(DRAFT_LINE), w("jc", val="right")], grey),
        # 14 pt: one character of its own in on both sides; copies hang after 抄送： (three characters).
        paragraph_style("Copies", "版记抄送", [*small, w("ind", left=1120, right=280, hanging=840)], size(28)),
        paragraph_style(
            "Printed",
            "版记印发",
            [*small, w("tabs", w("tab", val="right", pos=TEXT_WIDTH - 280)), w("ind", left=280), w("jc", val="left")],
            size(28),
        ),
        paragraph_style("ImprintAnchor", "版记定位", [*off("snapToGrid"), exact(20)], size(2)),
    ]


def table_styles() -> list[Element]:
    """Styles of tables: the standard leaves their size open, 12 pt and 10.5 pt are what offices use."""
    cell = off("snapToGrid", "autoSpaceDE", "autoSpaceDN")
    return [
        paragraph_style("Cell", "表格文字", [*cell, exact(360), w("jc", val="left")], size(24)),
        paragraph_style("CellSmall", "表格小字", [*cell, exact(300), w("jc", val="left")], size(21)),
        paragraph_style("Break", "分节", [*off("snapToGrid"), exact(20)], size(2)),
    ]


def masthead_styles(layout: str) -> list[Element]:
    """Styles of the masthead: of a document (7.2) or of a letter (10.1)."""
    centre, red = w("jc", val="center"), w("color", val=RED)
    mark = [*on("keepNext", "contextualSpacing"), *off("snapToGrid"), centre]
    number = [*on("keepNext"), *off("snapToGrid")]
    face = [fonts(TITLE, TITLE), *size(MARK), red]
    if layout == "document":
        # Upper edge of the ink 35 mm under the text area's; number two lines below; rule 4 mm under the number
        # (9 pt and the 2.2 pt a line 1.2 sizes high leaves under the ink); two lines to the title.
        return [
            paragraph_style("Mark", "发文机关标志", [*mark, exact(MARK * 12, before=1984 - MARK_INK)], face),
            paragraph_style(
                "Number",
                "发文字号",
                [
                    *number,
                    rule("bottom", "single", 12, 9),
                    exact(384, 2 * GRID_LINE, 2 * GRID_LINE),
                    w("jc", val="center"),
                ],
            ),
        ]
    # Upper edge of the ink 30 mm under the paper's; first rule 4 mm under the ink, of which the line itself leaves
    # 0.14 sizes; number 7/8 of a character under the rule, flush right; two lines to the title.
    before = 1701 - HEADER - DRAFT_LINE - MARK_INK
    wide = w("ind", **WIDER)
    return [
        paragraph_style(
            "Mark",
            "发文机关标志",
            [*mark, rule("bottom", "thickThinSmallGap", 24, 3), exact(MARK * 12, before), wide],
            face,
        ),
        paragraph_style("Number", "发文字号", [*number, exact(384, 242), w("jc", val="right")]),
        paragraph_style("TwoLines", "空二行", [*number, exact(LETTER_BLANK)]),
        paragraph_style("Fill", "版头垫高", [*off("snapToGrid"), exact(20)], size(2)),
        paragraph_style(
            "SecondRule",
            "第二条红双线",
            [*off("snapToGrid"), rule("bottom", "thinThickSmallGap", 24), exact(20), w("ind", **WIDER)],
            size(2),
        ),
        paragraph_style("Raise", "页码垫高", [*off("snapToGrid"), exact(FOOTER - SECOND_RULE)], size(2)),
        paragraph_style("Lift", "版心垫高", [*off("snapToGrid"), exact(MARGINS["bottom"] - FOOTER - NUMBER)], size(2)),
    ]


def report_styles() -> dict[str, tuple[list[Element], list[Element]]]:
    """What a report's page sets smaller and closer than an official paper does, by the names of the styles."""
    left, centre = w("jc", val="left"), w("jc", val="center")
    flush, cell = w("ind", firstLineChars=0, firstLine=0), off("snapToGrid", "autoSpaceDE", "autoSpaceDN")
    small, pitch = round(2 * REPORT.table_small), round(20 * REPORT.table_small_line)
    return {
        "公文正文": ([_set(TEXT), flush, left], size(2 * TEXT.size)),
        "公文标题": (
            [*on("keepNext"), _set(REPORT_TITLE), centre],
            [fonts(TITLE, TITLE), *size(2 * REPORT_TITLE.size)],
        ),
        "一级标题": (
            [*on("keepNext"), _set(HEADING), flush, w("outlineLvl", val=0)],
            [fonts(HEI), *size(2 * HEADING.size)],
        ),
        "表格小字": ([*cell, exact(pitch), left], size(small)),
        "页码单页": ([*off("snapToGrid"), exact(20 * REPORT_NUMBER.line), centre], size(2 * REPORT_NUMBER.size)),
    }


def _set(sort: Sort) -> Element:
    """How lines of a kind of text stand."""
    return exact(20 * sort.line, 20 * sort.above, 20 * sort.below)


def _called(style: Element) -> str:
    """Our name of a style, which one of Word's own has beside Word's."""
    own = style.find(q("aliases"))
    name = style.find(q("name")) if own is None else own
    return str(name.get(q("val")))


def _restyled(style: Element, ppr: list[Element], rpr: list[Element]) -> None:
    """Give a style other properties."""
    for tag, made in (("pPr", ppr), ("rPr", rpr)):
        for old in style.findall(q(tag)):
            style.remove(old)
        style.append(w(tag, *made))


def styles(layout: str) -> Element:
    """The styles part of a layout's base."""
    masthead = [] if layout in {"plain", "report"} else masthead_styles(layout)
    found = [*defaults(), *body_styles(), *page_styles(), *table_styles(), *masthead]
    own = report_styles() if layout == "report" else {}
    named = {_called(style): style for style in found if style.find(q("name")) is not None}
    for name, (ppr, rpr) in own.items():
        _restyled(named[name], ppr, rpr)
    return w("styles", *found)
