"""Make the Word base documents (底稿) of the four layouts: ``python scripts/word_bases.py``, the package installed.

The bases are ordinary Word files an office may restyle; this script is where the shipped ones come from, so every
figure of GB/T 9704-2012 stands once, here or in ``word_styles.py``. The same script gives the same bytes every time.
"""

from __future__ import annotations

from pathlib import Path

from word_styles import (
    CHAR_SPACE,
    FANG,
    FOOTER,
    GRID_LINE,
    HEADER,
    HEI,
    KAI,
    LATIN,
    LETTER_FOOT,
    MARGINS,
    NUMBER,
    REPORT_MARGIN,
    SECOND_RULE,
    SONG,
    TEXT_WIDTH,
    TITLE,
    on,
    styles,
)

from notices.ooxml.xml import Element, core_properties, pack, serialise, text, w

HERE = Path(__file__).resolve().parent.parent / "templates" / "word"


def paragraph(style: str, *runs: Element | str) -> Element:
    """A paragraph in a style; a string is a run of text, with tags perhaps."""
    made = [w("r", _hinted(one), text(one)) if isinstance(one, str) else one for one in runs]
    return w("p", w("pPr", w("pStyle", val=style)), *made)


def _hinted(value: str) -> Element:
    return w("rPr", *([] if value.isascii() else [w("rFonts", hint="eastAsia")]))


def page_number(style: str) -> Element:
    """— 1 — with the number as a field."""
    return paragraph(style, "— ", w("fldSimple", w("r", text("1")), instr="PAGE"), " —")


def draft() -> Element:
    """The first line of every header; empty unless the document is a draft."""
    return paragraph("DraftMark", "{% if draft %}草稿·尚有待定事项{% endif %}")


def mark() -> list[Element]:
    """The issuer mark, a paragraph a line."""
    return [paragraph("Mark", tag) for tag in ("{%p for line in masthead.mark %}", "{{ line }}", "{%p endfor %}")]


def imprint(layout: str) -> list[Element]:
    """版记 (7.4): a table that hangs at the foot of the text area of the page its anchor comes to stand on."""
    copies = w("tr", _cell(paragraph("Copies", "抄送：{{ imprint.copies }}。")))
    issuer = paragraph("Printed", "{{ imprint.issuer }}", w("r", w("tab")), "{{ imprint.printed }}印发")
    if layout == "letter":
        test, rows, borders = "imprint and imprint.copies", [copies], []
    else:
        test = "imprint"
        ask = [w("tr", _cell(paragraph("Copies", tag))) for tag in ("{%tr if imprint.copies %}", "{%tr endif %}")]
        rows = [ask[0], copies, ask[1], w("tr", _cell(issuer))]
        edges = (("top", 8), ("bottom", 8), ("insideH", 6))  # 0.35 mm, and 0.25 mm between
        borders = [w("tblBorders", *(w(s, val="single", sz=e, space=0, color="000000") for s, e in edges))]
    place = w(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="margin",
        horzAnchor="page",
        tblpX=MARGINS["left"],
        tblpYSpec="bottom",
    )
    bare = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    width = [w("tblW", w=TEXT_WIDTH, type="dxa"), w("tblLayout", type="fixed")]
    properties = w("tblPr", place, w("tblOverlap", val="never"), *width, *borders, bare)
    table = w("tbl", properties, w("tblGrid", w("gridCol", w=TEXT_WIDTH)), *rows)
    tags = [paragraph("ImprintAnchor", tag) for tag in (f"{{%p if {test} %}}", "{%p endif %}")]
    return [tags[0], table, paragraph("ImprintAnchor"), tags[1]]


def _cell(content: Element) -> Element:
    return w("tc", w("tcPr", w("tcW", w=TEXT_WIDTH, type="dxa")), content)


def aside(style: str) -> Element:
    """The page number of a landscape page, turned, where it stands on upright ones when the sheets are bound (8)."""
    place = w(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="page",
        horzAnchor="page",
        tblpX=MARGINS["left"] - NUMBER // 2,  # the dash 28 mm off the edge: 35 mm of foot margin less 7 mm
        tblpY=MARGINS["left"],
    )
    bare = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    width = [w("tblW", w=NUMBER, type="dxa"), w("tblLayout", type="fixed")]
    turned = w("tcPr", w("tcW", w=NUMBER, type="dxa"), w("textDirection", val="tbRl"))
    row = w("tr", w("trPr", w("trHeight", val=TEXT_WIDTH, hRule="exact")), w("tc", turned, page_number(style)))
    properties = w("tblPr", place, w("tblOverlap", val="never"), *width, bare)
    return w("tbl", properties, w("tblGrid", w("gridCol", w=NUMBER)), row)


def counted() -> Element:
    """1/4: the number of a report's page, and of all of them."""
    fields = [w("fldSimple", w("r", text("1")), instr=name) for name in ("PAGE", "NUMPAGES")]
    return paragraph("PageOdd", fields[0], "/", fields[1])


def headers_and_footers(layout: str) -> dict[str, Element]:
    """Headers and footers by part name; the first page's only in a letter."""
    if layout == "report":
        return {name: w("ftr", counted()) for name in ("footer1", "footer2")}
    odd, even = [page_number("PageOdd")], [page_number("PageEven")]
    if layout == "letter":
        # The footer reaches down to the second rule's place, so that the first page can have it, and up to the text
        # area: the bottom margin is the first page's, which is smaller, and a high footer lifts the text of the others.
        odd, even = ([paragraph("Lift"), *one, paragraph("Raise")] for one in (odd, even))
    parts = {
        "header1": w("hdr", draft()),
        "header2": w("hdr", draft()),
        "footer1": w("ftr", *odd),
        "footer2": w("ftr", *even),
        "footer4": w("ftr", aside("PageOdd"), paragraph("ImprintAnchor")),
        "footer5": w("ftr", aside("PageEven"), paragraph("ImprintAnchor")),
    }
    if layout == "letter":
        tests = [paragraph("Number", tag) for tag in ("{%p if masthead %}", "{%p endif %}")]
        number = paragraph("Number", "{{ masthead.number }}")
        parts["header3"] = w("hdr", draft(), tests[0], *mark(), number, paragraph("Fill"), tests[1])
        parts["footer3"] = w("ftr", paragraph("SecondRule"))
    return parts


KINDS = {"1": "default", "2": "even", "3": "first"}


def section(layout: str, names: list[str]) -> Element:
    """Page set-up (5.2). Margins are not mirrored: the text area stands at the same place on every page."""
    references = [
        w(f"{name[:6]}Reference", type=KINDS[name[6]], r_id=f"rId{name}") for name in names if name[6] in KINDS
    ]
    if layout == "report":
        edges = w("pgMar", **dict.fromkeys(MARGINS, REPORT_MARGIN) | {"gutter": 0}, header=425, footer=425)
        return w("sectPr", *references, w("pgSz", w=16838, h=11906, orient="landscape"), edges, w("cols", space=425))
    footer = SECOND_RULE if layout == "letter" else FOOTER
    margins = MARGINS | ({"bottom": LETTER_FOOT} if layout == "letter" else {})
    return w(
        "sectPr",
        *references,
        w("pgSz", w=11906, h=16838),
        w("pgMar", **margins, header=HEADER, footer=footer),
        w("cols", space=425),
        *(on("titlePg") if layout == "letter" else []),
        w("docGrid", type="linesAndChars", linePitch=GRID_LINE, charSpace=CHAR_SPACE),
    )


def document(layout: str, names: list[str]) -> Element:
    """The main part."""
    content = [paragraph("BodyText", "{{p body }}")]
    if layout == "document":
        tests = [paragraph("Number", tag) for tag in ("{%p if masthead %}", "{%p endif %}")]
        content = [tests[0], *mark(), paragraph("Number", "{{ masthead.number }}"), tests[1], *content]
    if layout == "letter":
        content = [paragraph("TwoLines"), *content]
    if layout not in {"plain", "report"}:
        content += imprint(layout)
    return w("document", w("body", *content, section(layout, names)))


def settings() -> Element:
    """Settings, in schema order; compatibility as Word 2013 and later write it for Chinese."""
    compat = on(
        *("balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone", "ulTrailSpace", "doNotExpandShiftReturn"),
        *("adjustLineHeightInTable", "doNotBreakWrappedTables", "useFELayout"),
    )
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    return w(
        "settings",
        w("zoom", percent=100),
        w("bordersDoNotSurroundHeader"),
        w("bordersDoNotSurroundFooter"),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders"),
        w("drawingGridVerticalSpacing", val=GRID_LINE),
        w("characterSpacingControl", val="compressPunctuation"),
        w("compat", *compat, w("compatSetting", **mode)),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def font_table() -> Element:
    """Faces with the names they have where the office's own are missing."""
    others = {FANG: "仿宋", HEI: "SimHei", KAI: "楷体", SONG: "SimSun", TITLE: "方正小标宋_GBK"}
    chinese = [
        w(
            "font",
            w("altName", val=other),
            w("charset", val="86"),
            w("family", val="auto"),
            w("pitch", val="default"),
            name=face,
        )
        for face, other in others.items()
    ]
    latin = w("font", w("charset", val="00"), w("family", val="roman"), w("pitch", val="variable"), name=LATIN)
    return w("fonts", *chinese, latin)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def relationships(targets: dict[str, tuple[str, str]]) -> bytes:
    """A relationships part: id to type and target."""
    rows = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{to}"/>' for i, (kind, to) in targets.items())
    return HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'.encode()


def content_types(names: list[str]) -> bytes:
    """The list of parts and their types."""
    kinds = {"document": f"{WORD}.document.main+xml", "fontTable": f"{WORD}.fontTable+xml"}
    kinds |= {"settings": f"{WORD}.settings+xml", "styles": f"{WORD}.styles+xml"}
    kinds |= {name: f"{WORD}.{name[:6]}+xml" for name in names}
    rows = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds.items())
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        HEAD
        + (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'{rows}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
        ).encode()
    )


def base(layout: str) -> bytes:
    """The base document of a layout."""
    edges = headers_and_footers(layout)
    names = sorted(edges)
    parts = {"styles": styles(layout), "settings": settings(), "fontTable": font_table()}
    links = {f"rId{name}": (f"{OFFICE}/{name}", f"{name}.xml") for name in parts}
    links |= {f"rId{name}": (f"{OFFICE}/{name[:6]}", f"{name}.xml") for name in names}
    parts |= edges | {"document": document(layout, names)}
    return pack(
        {f"word/{name}.xml": serialise(root) for name, root in parts.items()}
        | {
            "[Content_Types].xml": content_types(names),
            "_rels/.rels": relationships(
                {
                    "rId1": (f"{OFFICE}/officeDocument", "word/document.xml"),
                    "rId2": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                }
            ),
            "word/_rels/document.xml.rels": relationships(links),
            "docProps/core.xml": core_properties("公文底稿", ""),
        }
    )


LAYOUTS = ("document", "letter", "plain", "report")


def main() -> None:
    """Write the four bases."""
    HERE.mkdir(parents=True, exist_ok=True)
    for layout in LAYOUTS:
        path = HERE / f"{layout}.docx"
        path.write_bytes(base(layout))
        print(f"{path.name} {path.stat().st_size} 字节")


if __name__ == "__main__":
    main()
