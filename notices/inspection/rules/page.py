"""Paper, margins, grid, page numbers (GB/T 9704-2012, 5 and 7.5) of a Word file as it is set up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notices.inspection.case import Case, blanks, size_of
from notices.inspection.finding import Flaw, rule
from notices.inspection.model import Foot, Para, Sheet
from notices.inspection.office import Side, size_name
from notices.inspection.paging import place
from notices.typeset.page import PAGE, mm

_NAMES: Final[dict[Side, str]] = {"top": "上", "bottom": "下", "left": "左", "right": "右"}
_ALLOWED: Final = 1.05
"""Millimetres a margin may be off (5.2.2), and the rounding of a word processor."""
_TOLD: Final = 8
"""Sections that are named one by one."""
_HALF: Final = 2.42
"""Millimetres: half the room between two lines, which a word processor leaves above the first and below the last."""
_DASHES: Final = re.compile(r"^[—–―一]\s?\d*\s?[—–―一]$")
_FOOT: Final = (20.0, 30.0)
"""Millimetres a footer's lower edge stands over the paper's where its dash is 7 mm under the type area."""


def _upright(case: Case) -> list[tuple[int, Sheet]]:
    """Upright page set-ups that have text, by their number from 1."""
    used = {para.sheet for para in case.paper.paras if para.text.strip()}
    return [(n + 1, one) for n, one in enumerate(case.paper.sheets) if n in used and not one.landscape]


def _at(case: Case, *numbers: int) -> str:
    told = "、".join(map(str, sorted(numbers)[:_TOLD])) + ("等" if len(numbers) > _TOLD else "")
    return f"第 {told} 节的页面设置" if len(case.paper.sheets) > 1 else "页面设置"


@rule("paper-size", "must", "5.1", suite="6.1")
def paper_size(case: Case) -> Iterator[Flaw]:
    """公文用 A4 纸：210 毫米×297 毫米，横排表格的页也是 A4。"""
    off: dict[str, list[int]] = {}
    for number, sheet in enumerate(case.paper.sheets, 1):
        short, long = sorted((sheet.width, sheet.height))
        if abs(short - PAGE.width) > mm(1.5) or abs(long - PAGE.height) > mm(1.5):
            off.setdefault(f"{_mm(sheet.width)}×{_mm(sheet.height)} 毫米", []).append(number)
    if off:
        at = "页面" if case.measured else _at(case, *(number for numbers in off.values() for number in numbers))
        yield Flaw("A4，210×297 毫米", "、".join(off), "在页面设置里把纸张改为 A4", at=at)


def _margins(case: Case, side: Side) -> Iterator[Flaw]:
    for number, sheet in _upright(case) if not case.measured else []:
        found = getattr(sheet, side)
        if found is None or (side == "bottom" and case.kind == "letter"):
            continue
        wanted = _wanted(case, side)
        if min(abs(found - mm(one)) for one in wanted) > mm(_ALLOWED):
            other = f"（软件里设 {wanted[1]:g} 毫米也对）" if len(wanted) > 1 else ""
            expected = f"{_NAMES[side]}边距 {wanted[0]:g}±1 毫米{other}"
            remedy = f"在页面设置里把{_NAMES[side]}边距改为 {wanted[0]:g} 毫米"
            yield Flaw(expected, f"{_mm(found)} 毫米", remedy, at=_at(case, number))
            return


def _wanted(case: Case, side: Side) -> list[float]:
    """A margin as stated; as a word processor is set, half the room between two lines goes off the standard's."""
    margin = case.office.margin(side)
    halved = side in {"top", "bottom"} and side not in case.office.margins
    return [margin, margin - _HALF] if halved else [margin]


def _nearest(case: Case, side: Side, found: float | None) -> float:
    """The right margin that is nearest to the one set, in points."""
    wanted = list(map(mm, _wanted(case, side)))
    return wanted[0] if found is None else min(wanted, key=lambda one: abs(one - found))


@rule("margin-top", "must", "5.2.1", suite="6.2")
def margin_top(case: Case) -> Iterator[Flaw]:
    """天头（上白边）37±1 毫米。

    软件里上下边距设 34.58 和 32.58 毫米的也对：软件把行间的空分在字的上下，字的上沿还在 37 毫米处。
    """
    return _margins(case, "top")


@rule("margin-left", "must", "5.2.1", suite="6.2")
def margin_left(case: Case) -> Iterator[Flaw]:
    """订口（左白边）28±1 毫米，装订线的宽度算在内。"""
    return _margins(case, "left")


@rule("margin-right", "must", "5.2.1", suite="6.2")
def margin_right(case: Case) -> Iterator[Flaw]:
    """版心宽 156 毫米，右边距因此是 26 毫米。"""
    return _margins(case, "right")


@rule("margin-bottom", "must", "5.2.1", suite="6.2")
def margin_bottom(case: Case) -> Iterator[Flaw]:
    """版心高 225 毫米，下边距因此是 35 毫米；信函格式首页另有规定，不查。"""
    return _margins(case, "bottom")


@rule("grid-lines", "should", "5.2.3")
def grid_lines(case: Case) -> Iterator[Flaw]:
    """每面 22 行，撑满版心；特定情况可以调整。

    看正文多数段落的行距（固定值，或文档网格的行距）：版心高除以它。页边距不对的另有规则，不在这里再说。
    """
    for number, sheet in _upright(case)[:1]:
        paras = [para for para in case.flowing if para.sheet == number - 1]
        if not paras or sheet.top is None or case.measured:
            return
        heights = [round(case.height(para), 2) for para in paras]
        pitch = max(set(heights), key=lambda one: (heights.count(one), one))
        tall = PAGE.height - _nearest(case, "top", sheet.top) - _nearest(case, "bottom", sheet.bottom)
        lines = int(tall / pitch + 0.05)
        if lines != case.office.lines:
            remedy = "在页面设置的“文档网格”里指定每页 22 行，正文行距用 28.95 磅（或 29 磅）固定值"
            grid = _set(lines, tall / sheet.pitch if sheet.pitch else None, "页", "行")
            found = f"行距 {pitch:g} 磅，一面约 {lines} 行{grid}"
            yield Flaw(f"每面 {case.office.lines} 行", found, remedy, at="正文的行距")


def _set(measured: int, grid: float | None, of: str, unit: str) -> str:
    """What the grid is set to, where the text comes to something else."""
    here = None if grid is None else int(grid + 0.1)
    return "" if here in {None, measured} else f"（文档网格设的是每{of} {here} {unit}）"


@rule("grid-chars", "should", "5.2.3")
def grid_chars(case: Case) -> Iterator[Flaw]:
    """每行 28 字，撑满版心；特定情况可以调整。

    看正文一个字占的宽：字号、字距、缩放，和文档网格加减的字距；16 磅的字不缩字距，一行只排得下 27 个。
    """
    for number, sheet in _upright(case)[:1]:
        paras = [para for para in case.flowing if para.sheet == number - 1]
        if not paras or sheet.left is None or sheet.right is None or case.measured:
            return
        places = [place(para, sheet) - size_of(para) for para in paras]  # another size is told as such
        wide = case.office.width
        chars = int(wide / (case.office.size("text") + max(set(places), key=places.count)) + 0.1)
        if chars != case.office.chars:
            grid = None if sheet.chars is None else sheet.chars * wide / (sheet.width - sheet.left - sheet.right)
            remedy = f"在页面设置的“文档网格”里选“指定行和字符网格”，每行 {case.office.chars} 字"
            found = f"一行排 {chars} 字{_set(chars, grid, '行', '字')}"
            yield Flaw(f"每行 {case.office.chars} 字", found, remedy, at=_at(case, number))


@rule("columns", "note", "惯例")
def columns(case: Case) -> Iterator[Flaw]:
    """公文从左至右横排，通栏，不分栏。"""
    off = {number: sheet.columns for number, sheet in _upright(case) if sheet.columns > 1}
    if off:
        counts = "、".join(map(str, sorted(set(off.values()))))
        yield Flaw("通栏", f"分 {counts} 栏", "取消分栏", at=_at(case, *off))


def _feet(case: Case) -> Iterator[tuple[Sheet, Foot]]:
    """Footers with a page number on upright pages, each once."""
    seen = set()
    for _, sheet in _upright(case):
        for foot in sheet.feet:
            if foot.field and foot.pages != "first" and id(foot) not in seen:
                seen.add(id(foot))
                yield sheet, foot


def _numbers(foot: Foot) -> list[Para]:
    """The paragraphs of a footer that hold the number."""
    return [para for para in foot.paras if re.search(r"\d", para.text)] or [para for para in foot.paras if para.text][
        :1
    ]


@rule("page-number", "must", "7.5")
def page_number(case: Case) -> Iterator[Flaw]:
    """公文编页码，排在版心下边缘之下，由页码域自动编排。"""
    pages = [para for para in case.of("page-number") if not case.measured]
    if pages:
        yield Flaw("页码放在页脚", "页码打在正文里", "删去，在页脚插入页码", tuple(pages))
    elif not case.measured and not any(foot.field for _, sheet in _upright(case) for foot in sheet.feet):
        tops = any("PAGE" in para.text for _, sheet in _upright(case) for foot in sheet.heads for para in foot.paras)
        tops = tops or any(foot.field for _, sheet in _upright(case) for foot in sheet.heads)
        found = "页码在页眉里" if tops else "页脚里没有页码"
        if _upright(case):
            yield Flaw("版心下边缘之下编排页码", found, "在页脚插入页码", at="页脚")


@rule("page-number-dashes", "must", "7.5")
def page_number_dashes(case: Case) -> Iterator[Flaw]:
    """页码左右各放一条一字线：— 1 —。"""
    for _, foot in _feet(case):
        for para in _numbers(foot)[:1]:
            if not _DASHES.match(para.text.strip()):
                found = para.text.strip() or "只有页码域"
                yield Flaw("— 1 —", found, "在数字左右各加一条一字线，不写“第、页”", at="页脚")
                return


@rule("page-number-face", "should", "7.5")
def page_number_face(case: Case) -> Iterator[Flaw]:
    """页码一般用 4 号半角宋体阿拉伯数字。"""
    office = case.office
    for _, foot in _feet(case):
        for para in _numbers(foot)[:1]:
            figures = [run for run in para.runs if re.search(r"\d", run.text)] or list(para.runs)
            run = figures[0] if figures else None
            if run is None:
                continue
            wrong = [] if office.fits("page-number", run.west or run.east) else [run.west or run.east]
            if run.size and abs(run.size - office.size("page-number")) > 0.3:
                wrong.append(size_name(run.size))
            if wrong:
                expected = f"{office.size_name('page-number')}{office.face('page-number')}"
                yield Flaw(expected, "、".join(wrong), "选中页脚里的页码，改字体和字号", at="页脚")
                return


@rule("page-number-sides", "must", "7.5", suite="8")
def page_number_sides(case: Case) -> Iterator[Flaw]:
    """单页码居右空一字，双页码居左空一字。

    要在页脚里打开“奇偶页不同”，两个页脚分别设置；放在文本框里的页码看不出位置，不查。
    """
    for sheet, foot in _feet(case) if not case.measured else []:
        paras = [para for para in _numbers(foot)[:1] if not para.boxed]
        if not sheet.odd_even and paras:
            found = {"center": "各页页码都居中", "right": "各页页码都居右"}.get(paras[0].align, "各页页码都居左")
            remedy = "打开“奇偶页不同”，单页码居右、双页码居左，各空一字"
            yield Flaw("单页居右、双页居左", found, remedy, at="页脚")
            return
        wanted = {"odd": "right", "even": "left"}.get(foot.pages, "")
        for para in paras:
            align = "left" if para.align in {"both", "distribute"} else para.align
            if wanted and align != wanted:
                side = {"odd": "单页居右", "even": "双页居左"}[foot.pages]
                found = {"center": "居中", "right": "居右"}.get(align, "居左")
                yield Flaw(side, found, "改页脚里页码的对齐", at=f"{'单' if foot.pages == 'odd' else '双'}页页脚")


@rule("page-number-indent", "should", "7.5", suite="8")
def page_number_indent(case: Case) -> Iterator[Flaw]:
    """页码离版心边缘一个字：单页右空一字，双页左空一字。"""
    for sheet, foot in _feet(case):
        for para in _numbers(foot)[:1]:
            if not sheet.odd_even or para.boxed or "\t" in para.text:
                continue
            size, text = size_of(para), para.text
            ends = text[len(text.rstrip()) :] if foot.pages == "odd" else text[: len(text) - len(text.lstrip())]
            away = (para.right if foot.pages == "odd" else para.left + para.first) / size + blanks(ends)
            if para.align in {"right", "left", "both"} and abs(away - 1) > 0.35:
                side = "右" if foot.pages == "odd" else "左"
                yield Flaw(f"{side}空一字", f"{side}空 {away:.1f} 字", f"把{side}缩进设为 1 字符", at="页脚")


@rule("page-number-place", "should", "7.5", suite="8")
def page_number_place(case: Case) -> Iterator[Flaw]:
    """一字线上距版心下边缘 7 毫米：页脚下沿距纸边约 25 毫米（20～30 毫米都算）。"""
    for sheet, _ in _feet(case):
        if sheet.foot is not None and case.kind != "letter" and not _FOOT[0] <= sheet.foot / mm(1) <= _FOOT[1]:
            found = f"页脚距下边 {_mm(sheet.foot)} 毫米"
            yield Flaw("页脚距下边约 25 毫米", found, "在页面设置的“版式”里把页脚距边界改为 25 毫米", at="页脚")
            return


def _mm(points: float) -> str:
    return f"{points / mm(1):.1f}".removesuffix(".0")


RULES: Final = (
    *(paper_size, margin_top, margin_left, margin_right, margin_bottom, grid_lines, grid_chars, columns),
    *(page_number, page_number_dashes, page_number_face, page_number_sides, page_number_indent, page_number_place),
)
