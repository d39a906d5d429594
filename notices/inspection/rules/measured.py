"""Places on the pages as they are: of a PDF, where every line is measured (GB/T 9704-2012, 5.2, 7 and 10.1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from notices.inspection.case import FLOW, LEVELS_OF_TEXT, Case
from notices.inspection.finding import SUITE, Flaw, rule
from notices.inspection.model import Line, Para, Rule
from notices.inspection.rules.head import red
from notices.typeset.page import ASCENT, PAGE, mm

_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_BOTTOM: Final = PAGE.top + PAGE.text_height
"""The lower edge of the type area."""
_DESCENT: Final = 0.12
"""The part of a Chinese character's square under its base line."""


def _body_lines(case: Case) -> list[Line]:
    """Lines of running text on upright pages, in order."""
    return [line for para in case.flowing for line in para.lines if abs(line.size - PAGE.size) < 0.6]


@rule("area-left", "must", "5.2.1")
def area_left(case: Case) -> Iterator[Flaw]:
    """量得的版心左边缘距纸边 28±1 毫米（PDF）。"""
    lines = [line for line in _body_lines(case) if line.right - line.left > mm(140)]
    if len(lines) >= 3:
        found = case.paper.sheets[0].left or 0.0
        wanted = case.office.margin("left")
        if abs(found - mm(wanted)) > mm(1.5):
            yield Flaw(f"{wanted:g}±1 毫米", f"量得 {found / mm(1):.1f} 毫米", "改左边距", at="版心左边缘")


@rule("area-width", "must", "5.2.1")
def area_width(case: Case) -> Iterator[Flaw]:
    """量得的一行宽 156 毫米（PDF）；不两端对齐的，差不到一个字都算。"""
    lines = [line for line in _body_lines(case) if line.right - line.left > mm(130)]
    sheet = case.paper.sheets[0]
    if len(lines) >= 5 and sheet.left is not None and sheet.right is not None:
        wide = sheet.width - sheet.left - sheet.right
        wanted = PAGE.width - mm(case.office.margin("left") + case.office.margin("right"))
        if not -mm(5.6) <= wide - wanted <= mm(1.5):
            yield Flaw(f"{wanted / mm(1):.0f} 毫米", f"量得 {wide / mm(1):.0f} 毫米", "改右边距，两端对齐", at="版心宽")


@rule("area-top", "should", "5.2.1")
def area_top(case: Case) -> Iterator[Flaw]:
    """量得的第二页以后第一行字的上沿，距纸边 37～40 毫米（PDF）：行间空平均放在字上下时，比 37 毫米多 2.3 毫米。"""
    tops: dict[int, float] = {}
    for line in _body_lines(case):
        tops[line.page] = min(tops.get(line.page, line.base), line.base)
    firsts: dict[int, float] = {}
    for line in (line for para in case.paper.paras for line in para.lines):
        firsts[line.page] = min(firsts.get(line.page, line.base), line.base)
    edges = [base - ASCENT * PAGE.size for page, base in tops.items() if page > 1 and firsts[page] == base]
    if len(edges) >= 2:
        found = sorted(edges)[len(edges) // 2] / mm(1)
        if not 35.9 <= found <= 40.6:
            yield Flaw("37～40 毫米", f"量得 {found:.1f} 毫米", "改上边距", at="第一行字的上沿")


@rule("measured-lines", "should", "5.2.3")
def measured_lines(case: Case) -> Iterator[Flaw]:
    """量得的行距，一面排得下 22 行（PDF）；28.3～29.7 磅的都是 22 行。"""
    steps = [
        round(two.base - one.base, 1)
        for one, two in pairwise(_body_lines(case))
        if one.page == two.page and 15 < two.base - one.base < 50
    ]
    if len(steps) >= 8:
        pitch = Counter(steps).most_common(1)[0][0]
        counts = {int(PAGE.text_height / pitch + 0.06), int((PAGE.text_height - PAGE.size) / pitch + 1.05)}
        if case.office.lines not in counts:
            found = f"行距 {pitch:g} 磅，一面约 {min(counts)} 行"
            yield Flaw(f"每面 {case.office.lines} 行", found, "行距改为 28.95 磅（或 29 磅）固定值", at="正文的行距")


@rule("measured-chars", "should", "5.2.3")
def measured_chars(case: Case) -> Iterator[Flaw]:
    """量得的满行字数是 28（PDF）；标点挤压、数字和英文较多的行不算。"""
    right = case.paper.sheets[0].width - (case.paper.sheets[0].right or 0)
    full = [
        line
        for line in _body_lines(case)
        if line.right > right - 6 and line.left < (case.paper.sheets[0].left or 0) + 3
    ]
    plain = [line for line in full if not re.search("[0-9A-Za-z，。、；：“”（）《》]", line.text)]
    counts = Counter(len(line.text) for line in plain)
    if sum(counts.values()) >= 3:
        found, often = counts.most_common(1)[0]
        if found != case.office.chars and often * 2 > sum(counts.values()):
            remedy = "在“文档网格”里指定每行 28 字"
            yield Flaw(f"每行 {case.office.chars} 字", f"满行 {found} 字", remedy, at="正文的满行")


def _red_lines(case: Case) -> list[Rule]:
    """Red lines of the first page, from the upper edge down; those that touch are one double line."""
    found = sorted((r for r in case.paper.rules if r.page == 1 and red(r.colour)), key=lambda one: one.top)
    return [one for at, one in enumerate(found) if not at or one.top - found[at - 1].top > 6]


@rule("measured-red-line", "must", "7.2.7", suite="7.1.4")
def measured_red_line(case: Case) -> Iterator[Flaw]:
    """量得的红色分隔线：在发文字号之下 4 毫米，与版心等宽（PDF）。"""
    numbers = [para for para in case.in_main("number") if para.page == 1 and para.lines]
    if not case.measured or case.kind != "document" or case.special or not numbers or not case.in_main("mark"):
        return
    lines = [one for one in _red_lines(case) if one.top > numbers[0].lines[0].base - 2]
    if not lines:
        yield Flaw("字号之下 4 毫米处印一条红线", "没有红线", "加红色分隔线", (numbers[0],))
        return
    line, text = lines[0], numbers[0].lines[-1]
    wide = line.right - line.left
    if abs(wide - PAGE.text_width) > mm(2):
        yield Flaw("156 毫米", f"量得 {wide / mm(1):.0f} 毫米", "把线调到版心宽", (numbers[0],))
    gap = line.top - (text.base + _DESCENT * text.size)
    if not mm(2) <= gap <= mm(6.5):
        expected, found = "字号之下 4 毫米", f"量得 {gap / mm(1):.1f} 毫米"
        yield Flaw(expected, found, "调整线与字号的距离", (numbers[0],), level="should")


@rule("measured-mark", "should", "7.2.4", suite="7.1.1")
def measured_mark(case: Case) -> Iterator[Flaw]:
    """量得的发文机关标志上边缘：距版心上边缘 35 毫米，即距纸边 72 毫米（PDF）。

    命令（令）距版心上边缘 20 毫米（10.2），纪要同 35 毫米（10.3），信函距纸边 30 毫米（10.1）。
    """
    marks = [para for para in case.in_main("mark") if para.page == 1 and para.lines]
    if not case.measured or not marks or case.kind not in {"document", "letter"}:
        return
    line = marks[0].lines[0]
    top = (line.base - (ASCENT - 0.02) * line.size) / mm(1)
    clauses = {"letter": (30, "10.1"), "order": (57, "10.2"), "minutes": (72, "10.3"), "file": (72, "")}
    wanted, clause = clauses["letter" if case.kind == "letter" else case.form]
    if abs(top - wanted) > 4 and re.search("(?:文件|令|纪要|厅|局|委员会|政府|部|办公室)$", marks[-1].text.strip()):
        found = f"量得 {top:.0f} 毫米"
        yield Flaw(f"距纸上边 {wanted} 毫米", found, "调整标志之前的距离", (marks[0],), clause=clause)


@rule("measured-letter", "must", "10.1", suite="9.1")
def measured_letter(case: Case) -> Iterator[Flaw]:
    """量得的信函双线：两条都是红色，长 170 毫米，第二条距下页边 20 毫米（PDF）。"""
    if not case.measured or case.kind != "letter":
        return
    long = sorted((r for r in case.paper.rules if r.page == 1 and r.right - r.left > mm(140)), key=lambda one: one.top)
    lines = [one for at, one in enumerate(long) if not at or one.top - long[at - 1].top > 6]
    if any(not red(one.colour) for one in lines):
        yield Flaw("红色", "双线不是红色", "把双线改为红色", at="第 1 页")
    if any(abs(one.right - one.left - mm(170)) > mm(2) for one in lines):
        wide = "、".join(f"{(one.right - one.left) / mm(1):.0f}" for one in lines)
        yield Flaw("170 毫米", f"量得 {wide} 毫米", "改双线的长度", at="第 1 页")
    foot = (PAGE.height - lines[-1].top) / mm(1)
    if len(lines) < 2 or abs(foot - 20) > 3:
        found = "没有第二条双线" if len(lines) < 2 else f"量得 {foot:.0f} 毫米"
        yield Flaw("第二条双线距下页边 20 毫米", found, "在首页页脚加第二条红双线", at="第 1 页")


def _numbers(case: Case) -> dict[int, Line]:
    """The number of each page."""
    paras = [para for foot in case.paper.sheets[0].feet for para in foot.paras]
    return {line.page: line for para in paras for line in para.lines}


def _upright_pages(case: Case) -> list[int]:
    """Pages with text that are not landscape."""
    paras = [para for para in case.paper.paras if para.lines and not case.sheet(para).landscape]
    return sorted({line.page for para in paras for line in para.lines})


@rule("measured-page-number", "must", "7.5")
def measured_page_number(case: Case) -> Iterator[Flaw]:
    """各面都有页码（PDF）；信函的首页没有，横排的页不查。只有一面的附件不查。"""
    if not case.measured or (case.kind == "attachment" and (case.paper.pages or 0) < 2):
        return
    there = _numbers(case)
    missing = [page for page in _upright_pages(case) if page not in there and not (page == 1 and case.kind == "letter")]
    if case.kind == "letter" and 1 in there:
        yield Flaw("信函首页不显示页码", there[1].text, "设“首页不同”，删去首页的页码", at="第 1 页")
    if missing and not (case.kind == "letter" and case.paper.pages == 2):
        pages = "、".join(map(str, missing[:8]))
        yield Flaw("版心之下编页码", "没有页码", "在页脚插入页码", at=f"第 {pages} 页")


@rule("measured-number-sides", "must", "7.5", suite="8")
def measured_number_sides(case: Case) -> Iterator[Flaw]:
    """页码的左右：单页居右空一字，双页居左空一字（PDF）。"""
    if not case.measured:
        return
    off = []
    for page, line in _numbers(case).items():
        right = PAGE.left + PAGE.text_width - line.right
        left = line.left - PAGE.left
        away = right if page % 2 else left
        if not -2 <= away <= 2.6 * line.size:
            off.append(page)
    if off:
        pages = "、".join(map(str, off[:6]))
        yield Flaw("单页居右、双页居左，各空一字", "不在那里", "打开“奇偶页不同”，分别设置", at=f"第 {pages} 页的页码")


@rule("measured-number-place", "should", "7.5", suite="8")
def measured_number_place(case: Case) -> Iterator[Flaw]:
    """页码的高低：一字线上距版心下边缘 7 毫米（PDF），量数字的中线，差 3 毫米之内都算。"""
    lines = list(_numbers(case).values()) if case.measured else []
    if lines:
        middles = sorted(line.base - 0.36 * line.size for line in lines)
        found = (middles[len(middles) // 2] - _BOTTOM) / mm(1)
        if not 4 <= found <= 10.5:
            yield Flaw("版心下边缘之下 7 毫米", f"量得 {found:.1f} 毫米", "调整页脚距边界", at="页码")


@rule("first-page-text", "must", "7.3.3")
def first_page_text(case: Case) -> Iterator[Flaw]:
    """公文首页必须显示正文（PDF）。"""
    if case.measured and case.kind in {"document", "letter"} and (case.paper.pages or 0) > 1:
        shown = [para for para in case.in_main(*FLOW) if para.page == 1]
        later = [para for para in case.in_main(*FLOW) if para.page != 1]
        if later and not shown and case.in_main("title"):
            yield Flaw("首页有正文", "首页没有正文", "主送机关太多的移到版记，或缩小版头的空距", (later[0],))


@rule("last-page-text", "must", "7.3.5.5", suite="7.2.5.4")
def last_page_text(case: Case) -> Iterator[Flaw]:
    """署名、日期所在的一面有正文（PDF）：单独在一面的，调整行距、字距使正文延到这一面。"""
    if not case.measured:
        return
    paras = case.in_main(*LEVELS_OF_TEXT, "body", "article", "attachment-note")
    text = {line.page for para in paras for line in para.lines}
    alone = [para for para in case.in_main("date") if para.page not in text and para.lines]
    if alone and text:
        yield Flaw("与正文同在一面", "单独在一面", "调整行距、字距，使正文延到这一面", tuple(alone))


def _imprint_lines(case: Case) -> tuple[list[Para], list[Rule]]:
    paras = [para for para in case.of("copies", "printed") if para.lines]
    if not paras:
        return [], []
    page = paras[-1].lines[-1].page
    top = min(para.lines[0].base for para in paras if para.lines[0].page == page) - 40
    wide = [r for r in case.paper.rules if r.page == page and r.top > top and r.right - r.left > mm(120)]
    return paras, sorted(wide, key=lambda one: one.top)


@rule("measured-imprint", "must", "7.4.1", suite="7.3.1")
def measured_imprint(case: Case) -> Iterator[Flaw]:
    """版记的首条和末条分隔线，末条与最后一面的版心下边缘重合（PDF）。"""
    paras, lines = _imprint_lines(case)
    if not case.measured or not paras or case.kind != "document":
        return
    if len(lines) < 2:
        yield Flaw("首条、末条分隔线", f"{len(lines)} 条线", "给版记加分隔线", (paras[0],))
    elif abs(lines[-1].top - _BOTTOM) > mm(4):
        found = f"量得距纸上边 {lines[-1].top / mm(1):.0f} 毫米"
        yield Flaw("末条线在版心下边缘，距纸上边 262 毫米", found, "把版记移到最后一面的最下端", (paras[-1],))


@rule("imprint-even", "note", f"{SUITE} 7.3.1")
def imprint_even(case: Case) -> Iterator[Flaw]:
    """版记落在双页（PDF）。GB/T 9704-2012 只说在最后一面。"""
    paras, _ = _imprint_lines(case)
    if case.measured and paras and case.kind == "document" and paras[-1].lines[-1].page % 2:
        page = paras[-1].lines[-1].page
        if page > 1:
            remedy = "双面印刷的，前面加一个空白面，空白面和版记所在的面不编页码"
            yield Flaw("在双页", f"在第 {page} 页", remedy, (paras[-1],))


RULES: Final = (
    *(area_left, area_width, area_top, measured_lines, measured_chars),
    *(measured_red_line, measured_mark, measured_letter, measured_page_number),
    *(measured_number_sides, measured_number_place),
    *(first_page_text, last_page_text, measured_imprint, imprint_even),
)
