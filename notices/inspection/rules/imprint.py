"""版记 (GB/T 9704-2012, 7.4), letters (10.1), tables (8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notices.inspection import signs
from notices.inspection.case import Case, lead
from notices.inspection.finding import Flaw, rule
from notices.inspection.model import Edge, Para, Table
from notices.inspection.rules.head import red
from notices.inspection.signs import solid
from notices.typeset.page import mm

_PRINTED: Final = re.compile(r"[12]\d{3}年(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日印发$")
_LONG: Final = 30
"""Rows a page holds; a longer table goes over pages."""


def _imprint(case: Case) -> list[Para]:
    return case.of("copies", "printed")


def _table(case: Case) -> Table | None:
    """The table an imprint stands in."""
    cells = [para.cell for para in _imprint(case) if para.cell]
    return case.paper.tables[cells[0][0] - 1] if cells else None


def _bars(case: Case) -> list[Edge]:
    """The lines of an imprint: of its table, or of its paragraphs and those beside it."""
    paras = _imprint(case)
    if not paras:
        return []
    table = _table(case)
    near = case.paper.paras[max(0, paras[0].number - 2) : paras[-1].number + 1]
    edges = [edge for para in near for edge in para.edges if edge.side in {"top", "bottom", "drawn"}]
    return [*(table.bars if table else ()), *edges]


@rule("imprint-lines", "must", "7.4.1")
def imprint_lines(case: Case) -> Iterator[Flaw]:
    """版记有首条和末条分隔线，与版心等宽；信函格式的版记没有线。"""
    paras = _imprint(case)
    if paras and case.kind == "document" and not case.measured and not any(p.pictures for p in case.paper.paras[-6:]):
        sides = {"top" if edge.side == "drawn" else edge.side for edge in _bars(case)}
        drawn = sum(edge.side == "drawn" for edge in _bars(case))
        if drawn < 2 and not {"top", "bottom"} <= sides:
            missing = "没有分隔线" if not sides else "缺首条线" if "top" not in sides else "缺末条线"
            yield Flaw("首条、末条分隔线", missing, "给版记的表格（或段落）加上、下边框", tuple(paras[:1]))


@rule("imprint-widths", "note", "7.4.1")
def imprint_widths(case: Case) -> Iterator[Flaw]:
    """首条、末条分隔线推荐粗 0.35 毫米（约 1 磅），中间的推荐 0.25 毫米（约 0.75 磅）。"""
    thick = [edge for edge in _bars(case) if edge.side in {"top", "bottom"}]
    off = [edge for edge in thick if not 0.6 <= edge.width <= 1.6]
    if off and case.kind == "document" and not case.measured:
        yield Flaw("首条、末条约 1 磅", f"{off[0].width:g} 磅", "改线的粗细", tuple(_imprint(case)[:1]))


@rule("copies-form", "must", "7.4.2")
def copies_form(case: Case) -> Iterator[Flaw]:
    """抄送以“抄送”加全角冒号起头，最后一个名称后标句号。"""
    paras = case.of("copies")
    if not paras:
        return
    first, last = paras[0].text.strip(), paras[-1].text.strip()
    if re.match(r"(?:抄送|主送)\s*:", first) or re.match("(?:抄送|主送)[^：:]", first):
        yield Flaw("抄送：", first[:4], "用全角冒号", (paras[0],), first[:4])
    if not last.endswith("。"):
        yield Flaw("末尾标句号", last[-4:], "加句号", (paras[-1],), last[-6:])


@rule("printed-form", "must", "7.4.3")
def printed_form(case: Case) -> Iterator[Flaw]:
    """印发日期用阿拉伯数字标全年月日，不编虚位，后加“印发”二字。"""
    paras = [p for p in case.of("printed") if re.search("年|印", p.text) and "【待定" not in p.text]
    for para in paras[-1:]:
        text = solid(para.text)
        if re.search(r"\d|〇|印", text) and not _PRINTED.search(text):
            yield Flaw("如 2024年5月8日印发", text[-14:], "改日期的写法", (para,), text[-14:])


@rule("printed-sides", "must", "7.4.3", suite="7.3.3")
def printed_sides(case: Case) -> Iterator[Flaw]:
    """印发机关左空一字，印发日期右空一字，两项在同一行。"""
    for para in case.of("printed"):
        if case.measured or "\t" in para.text or not re.search("印发$", para.text.strip()):
            continue
        issuer = re.sub(r"[12]\d{3}年.*$", "", para.text.strip())
        wide = re.search(r"[\u3000 ]{4,}", para.text.strip())
        one_cell = para.cell is None or case.paper.tables[para.cell[0] - 1].columns == 1
        if issuer and not wide and para.align != "distribute" and one_cell:
            yield Flaw("机关居左、日期居右", "连在一起", "中间用右对齐的制表位隔开", (para,))


@rule("imprint-indent", "should", "7.4.2", suite="7.3.2")
def imprint_indent(case: Case) -> Iterator[Flaw]:
    """抄送机关、印发机关左空一字，右边也空一字。"""
    off = []
    for para in case.of("copies", "printed")[:1]:
        start = lead(para)
        if not case.measured and para.align != "right" and not 0.6 <= start <= 1.6:
            off.append((para, start))
    if off:
        yield Flaw("左空一字", f"左空 {off[0][1]:.1f} 字", "左缩进改为 1 字符", (off[0][0],))


@rule("imprint-order", "must", "7.4")
def imprint_order(case: Case) -> Iterator[Flaw]:
    """抄送在上，印发机关和印发日期在下。"""
    printed = case.of("printed")
    below = case.paper.paras[printed[-1].number :] if printed else ()
    copies = [para for para in below if signs.COPIES.match(solid(para.text))]
    if copies:
        yield Flaw("抄送在印发行之上", "抄送在印发行之下", "调换上下次序", (copies[0],))


@rule("imprint-last", "must", "7.4")
def imprint_last(case: Case) -> Iterator[Flaw]:
    """版记在公文最后一面，其后没有别的内容；附件在版记之前。"""
    paras = _imprint(case)
    if not paras:
        return
    rest = [one.para for one in case.placed[paras[-1].number :] if one.para.text.strip()]
    rest = [para for para in rest if para.cell is None or not paras[-1].cell or para.cell[0] != paras[-1].cell[0]]
    if rest:
        yield Flaw("版记在最后", "版记之后还有内容", "把版记移到全文最后（附件之后）", (rest[0],))


@rule("letter-mark", "must", "10.1")
def letter_mark(case: Case) -> Iterator[Flaw]:
    """信函格式的发文机关标志是全称或规范化简称，不加“文件”二字。"""
    marks = [*case.heads, *case.in_main("mark")] if case.kind == "letter" else []
    found = [para for para in marks if re.search("文件$", "".join(para.text.split()))]
    if found:
        yield Flaw("不加“文件”", found[0].text.strip(), "删去“文件”二字", (found[0],))


@rule("letter-lines", "must", "10.1", suite="9.1")
def letter_lines(case: Case) -> Iterator[Flaw]:
    """信函首页有两条红色双线：上面一条上粗下细，下面一条上细下粗。"""
    if case.kind != "letter" or case.measured:
        return
    lines = [edge for _, edge in case.letter_lines]
    feet = [edge for foot in case.paper.sheets[0].feet if foot.pages == "first" for p in foot.paras for edge in p.edges]
    drawn = sum(edge.side == "drawn" for edge in lines)
    if any(not red(edge.colour) for edge in (*lines, *feet)):
        yield Flaw("红色", "双线不是红色", "把双线改为红色", at="首页的双线")
    if not feet and drawn < 2:
        yield Flaw("距下页边 20 毫米处有第二条双线", "没有", "在首页页脚加第二条红双线", at="首页页脚")
    if any(edge.kind.startswith("thinThick") for edge in lines) or any(e.kind.startswith("thickThin") for e in feet):
        yield Flaw("上面一条上粗下细，下面一条上细下粗", "粗细反了", "调换双线的样式", at="首页的双线")


@rule("letter-width", "must", "10.1", suite="9.1")
def letter_width(case: Case) -> Iterator[Flaw]:
    """信函的红双线长 170 毫米，居中。"""
    for para, edge in case.letter_lines[:1] if case.kind == "letter" else []:
        sheet = case.paper.sheets[0]
        long = sheet.width - (sheet.left or 0) - (sheet.right or 0) - para.left - para.right
        long = edge.length or long
        if abs(long - mm(170)) > mm(1.5):
            yield Flaw("170 毫米", f"{long / mm(1):.0f} 毫米", "把双线左右各伸出版心 7 毫米", at="首页的双线")


@rule("letter-page-number", "must", "10.1")
def letter_page_number(case: Case) -> Iterator[Flaw]:
    """信函首页不显示页码。"""
    first = [foot for foot in case.paper.sheets[0].feet if foot.pages == "first"]
    if case.kind == "letter" and not case.measured and (not first or first[0].field):
        yield Flaw("首页不显示页码", "首页有页码", "设“首页不同”，删去首页页脚的页码", at="首页页脚")


@rule("letter-imprint", "must", "10.1")
def letter_imprint(case: Case) -> Iterator[Flaw]:
    """信函的版记不加印发机关和印发日期，不加分隔线。"""
    if case.kind == "letter" and (printed := case.of("printed")):
        yield Flaw("不加印发机关和印发日期", printed[-1].text.strip(), "删去", tuple(printed))
    if case.kind == "letter" and case.of("copies") and _bars(case):
        yield Flaw("不加分隔线", "有分隔线", "去掉版记的线", tuple(case.of("copies")[:1]))


@rule("table-width", "should", "5.2.1")
def table_width(case: Case) -> Iterator[Flaw]:
    """表格不超出版心；列多的用横排页。"""
    for table in case.paper.tables:
        sheet = case.paper.sheets[min(table.sheet, len(case.paper.sheets) - 1)]
        turned = mm(225) if sheet.landscape else case.office.width
        room = max(turned, sheet.width - (sheet.left or 0) - (sheet.right or 0))
        if table.width and sheet.left is not None and table.width > room + mm(3) and not table.floats:
            found = f"宽 {table.width / mm(1):.0f} 毫米"
            inside = tuple(p for p in case.paper.paras if p.cell and p.cell[0] == table.number)[:1]
            yield Flaw(f"不超过版心的 {room / mm(1):.0f} 毫米", found, "缩小列宽，或把这一页改为横排", inside)


@rule("table-head", "note", "惯例")
def table_head(case: Case) -> Iterator[Flaw]:
    """跨页的表格，表头在每一页重复。"""
    for table in case.paper.tables:
        if table.rows > _LONG and not table.repeated and table.columns > 1 and not case.measured:
            inside = tuple(p for p in case.paper.paras if p.cell and p.cell[0] == table.number)[:1]
            remedy = "选中表头行，在表格属性里勾选“在各页顶端以标题行形式重复出现”"
            yield Flaw("表头每页重复", f"{table.rows} 行的表没有设重复表头", remedy, inside)


RULES: Final = (
    *(imprint_lines, imprint_widths, copies_form, printed_form, printed_sides, imprint_indent, imprint_order),
    *(imprint_last, letter_mark, letter_lines, letter_width, letter_page_number, letter_imprint),
    *(table_width, table_head),
)
