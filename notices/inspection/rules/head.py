"""版头: 份号, 密级, 紧急程度, 发文机关标志, 发文字号, 签发人, the red line (GB/T 9704-2012, 7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notices.inspection.case import Case, lead, size_of, span
from notices.inspection.faces import family
from notices.inspection.finding import Flaw, rule
from notices.inspection.model import Edge, Para
from notices.inspection.signs import solid
from notices.typeset.page import PAGE, mm

_YEAR: Final = re.compile(
    r"(?P<open>[〔（(【［\[﹝])(?P<year>[^〕）)】］\]﹞]{1,6})(?P<close>[〕）)】］\]﹞])(?P<rest>.*)"
)
_NUMBER: Final = re.compile(r"^[\u4e00-\u9fff]{2,}[〔（(【［\[]\d{2,4}年?[〕）)】］\]]第?\d+号$")
"""What is meant for a number, however its year is written."""
_UPWARD: Final = re.compile("(?:请示|报告|议案)$")
_LINE: Final = 28.95
"""A line of the grid, in points."""


def red(colour: str) -> bool:
    """Whether a colour is a red."""
    if not re.fullmatch("[0-9A-F]{6}", colour):
        return False
    r, g, b = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return r >= 0xB0 and g <= 0x60 and b <= 0x60


def _number(case: Case) -> Para | None:
    """The paragraph of the document number, in the head of a letter's first page, too."""
    if found := case.in_main("number"):
        return found[0]
    titles = case.in_main("title")
    above = case.paper.paras[: titles[0].number - 1] if titles else ()
    return next((para for para in (*case.heads, *above) if _NUMBER.search("".join(para.text.split()))), None)


def _upward(case: Case) -> bool:
    """Whether a paper may go upwards: then it names who signs it off."""
    return not case.title or bool(_UPWARD.search(case.title)) or case.title.endswith("意见")


def _said(para: Para) -> str:
    """The number alone, without the signer on its line."""
    return re.split("签发人", "".join(para.text.split()))[0]


@rule("number-brackets", "must", "7.2.5")
def number_brackets(case: Case) -> Iterator[Flaw]:
    """发文字号的年份用六角括号“〔〕”括入，不用方括号、圆括号。"""
    para = _number(case)
    found = _YEAR.search(_said(para)) if para else None
    if para and found and found["open"] + found["close"] != "〔〕":
        words = f"{found['open']}{found['year']}{found['close']}"
        yield Flaw(f"〔{found['year']}〕", words, "改用六角括号", (para,), words)


@rule("number-year", "must", "7.2.5")
def number_year(case: Case) -> Iterator[Flaw]:
    """发文字号的年份标全称，四位数。"""
    para = _number(case)
    found = _YEAR.search(_said(para)) if para else None
    if para and found and not re.fullmatch(r"(?:19|20)(?:\d\d|[×xX]{2})", found["year"]):
        yield Flaw("四位年份，如〔2024〕", found["year"], "写全年份", (para,), found["year"])


@rule("number-order", "must", "7.2.5")
def number_order(case: Case) -> Iterator[Flaw]:
    """顺序号不加“第”字，不编虚位（1 不写作 01），后面加“号”字。"""
    para = _number(case)
    found = _YEAR.search(_said(para)) if para else None
    if para and found and not re.fullmatch(r"(?:[1-9]\d*|[×xX]+)号", found["rest"]):
        why = "加了“第”" if "第" in found["rest"] else "编了虚位" if found["rest"].startswith("0") else "写法不对"
        yield Flaw("如 268号", f"{found['rest']}（{why}）", "只写顺序号和“号”", (para,), found["rest"])


@rule("number-place", "must", "7.2.5")
def number_place(case: Case) -> Iterator[Flaw]:
    """发文字号居中；上行文居左空一字，同一行右边是签发人；信函格式顶格居版心右边缘。"""
    para = _number(case)
    if para is None or para.cell or para.boxed or case.form == "minutes":
        return
    upward = _upward(case) and (bool(case.in_main("signer")) or "签发人" in para.text)
    wanted = "right" if case.kind == "letter" else "left" if upward else "center"
    align = "left" if para.align in {"both", "distribute"} else para.align
    typed = lead(para)
    if wanted == "center" and align == "left" and typed > 2:
        where = span(para, _room(case, para))
        if where is not None and abs(where[0] + where[1] - 28) < 2:
            return
    if align != wanted or (wanted == "left" and abs(typed - 1) > 0.6):
        said = {"center": "居中", "left": "居左空一字", "right": "居右顶格"}
        found = f"居左空 {typed:.1f} 字" if align == "left" else said[align]
        clause = "10.2" if case.form == "order" else "10.1" if case.kind == "letter" else ""
        yield Flaw(said[wanted], found, f"改为{said[wanted]}", (para,), clause=clause)


def _room(case: Case, para: Para) -> float:
    sheet = case.sheet(para)
    return sheet.width - (sheet.left or 0) - (sheet.right or 0)


@rule("number-gap", "should", "7.2.5", suite="7.1.2")
def number_gap(case: Case) -> Iterator[Flaw]:
    """发文字号在发文机关标志之下空二行。"""
    marks, numbers = case.in_main("mark"), case.in_main("number")
    headed = case.kind == "document" and case.form == "file"
    placed = not any(para.cell for para in (*marks[-1:], *numbers[:1]))
    if marks and numbers and placed and case.between(marks[-1], numbers[0]) and headed and not case.measured:
        gap = case.gap(marks[-1], numbers[0])
        if abs(gap / _LINE - 2) > 0.75:
            yield Flaw("空二行", f"空约 {gap / _LINE:.1f} 行", "在字号之前空二行", (numbers[0],))


def _lines(case: Case) -> list[tuple[Para, Edge]]:
    """Horizontal lines between the mark and the title: borders of paragraphs or a table, and lines drawn there."""
    titles, numbers = case.in_main("title"), case.in_main("number", "mark")
    if not titles or not numbers:
        return []
    if numbers[-1].cell:
        bars = case.paper.tables[numbers[-1].cell[0] - 1].bars
        if lines := [(numbers[-1], edge) for edge in bars if edge.side == "bottom"]:
            return lines
    near = case.paper.paras[numbers[0].number - 1 : titles[0].number]
    last = case.paper.paras[titles[0].number - 1]
    return [
        (para, edge)
        for para in near
        for edge in para.edges
        if edge.side == "drawn"
        or (edge.side == "bottom" and para is not last)
        or (edge.side == "top" and para is not near[0])
    ]


def _headed(case: Case) -> bool:
    """Whether the paper has a head of its own that a line closes: a mark and a number, and nothing in pictures."""
    pictures = case.special or any(one.para.pictures for one in case.main[:12])
    return case.kind == "document" and bool(case.in_main("mark") and case.in_main("number")) and not pictures


@rule("red-line", "must", "7.2.7")
def red_line(case: Case) -> Iterator[Flaw]:
    """发文字号之下有红色分隔线。版头里有图片的不查：线可能在图片里。"""
    if _headed(case) and not case.measured and not _lines(case):
        remedy = "给发文字号段加下边框（红色，距文字约 9 磅），或画一条线"
        yield Flaw("字号之下 4 毫米处印一条红线", "没有分隔线", remedy, tuple(case.in_main("number")[:1]))


@rule("red-line-colour", "must", "7.2.7")
def red_line_colour(case: Case) -> Iterator[Flaw]:
    """版头的分隔线是红色。"""
    for para, edge in _lines(case)[:1] if case.kind == "document" else []:
        if not red(edge.colour):
            yield Flaw("红色", f"#{edge.colour}", "把线改为红色", (para,))


@rule("red-line-width", "must", "7.2.7")
def red_line_width(case: Case) -> Iterator[Flaw]:
    """红色分隔线居中，与版心等宽，156 毫米。"""
    for para, edge in _lines(case)[:1] if case.kind == "document" else []:
        if para.cell:
            continue  # a table's line is as wide as the table
        sheet = case.sheet(para)
        room = sheet.width - (sheet.left or 0) - (sheet.right or 0)
        long = edge.length if edge.side == "drawn" else room - para.left - para.right
        if long is not None and abs(long - room) > mm(1.5):
            found = f"{long / mm(1):.0f} 毫米"
            yield Flaw(f"与版心等宽，{room / mm(1):.0f} 毫米", found, "把线调到版心宽，左右不留缩进", (para,))


@rule("red-line-gap", "should", "7.2.7", suite="7.1.4")
def red_line_gap(case: Case) -> Iterator[Flaw]:
    """红色分隔线在发文字号之下 4 毫米：段落下边框距文字约 9 磅（6～14 磅都算）。"""
    for para, edge in _lines(case)[:1] if case.kind == "document" else []:
        if edge.side == "bottom" and case.part(para) == "number" and not para.cell and not 6 <= edge.space <= 14:
            yield Flaw("4 毫米", f"边框距文字 {edge.space:g} 磅", "在“边框—选项”里把下边距改为 9 磅", (para,))


@rule("mark-colour", "must", "7.2.4")
def mark_colour(case: Case) -> Iterator[Flaw]:
    """发文机关标志用红色。"""
    marks = [p for p in case.in_main("mark") if any(r.text.strip() and not red(r.colour) for r in p.runs)]
    if marks:
        colours = sorted({run.colour for para in marks for run in para.runs if not red(run.colour)})
        yield Flaw("红色", "、".join(f"#{one}" for one in colours), "改为红色", tuple(marks))


@rule("mark-place", "must", "7.2.4")
def mark_place(case: Case) -> Iterator[Flaw]:
    """发文机关标志居中排布。"""
    marks = [p for p in case.in_main("mark") if not p.cell and not p.boxed]
    off = [p for p in marks if p.align not in {"center", "distribute"} or abs(p.left + p.first - p.right) > 8]
    if off and not case.measured:
        yield Flaw("居中", "没有居中", "改为居中，去掉缩进", tuple(off))


@rule("mark-face", "note", "7.2.4")
def mark_face(case: Case) -> Iterator[Flaw]:
    """发文机关标志推荐用小标宋体字，以醒目、美观、庄重为原则。"""
    marks = [p for p in case.in_main("mark") if any(r.east and family(r.east) != "title" for r in p.runs)]
    if marks:
        faces = sorted({run.east for para in marks for run in para.runs})
        yield Flaw("推荐小标宋", "、".join(faces), "可改为小标宋", tuple(marks))


@rule("signer-upward", "must", "7.2.6")
def signer_upward(case: Case) -> Iterator[Flaw]:
    """上行文（请示、报告、议案）标签发人，别的文种不标。"""
    signed = [*case.in_main("signer"), *(p for p in case.in_main("number") if "签发人" in p.text)]
    upward = bool(_UPWARD.search(case.title))
    if signed and case.title and not _upward(case):
        yield Flaw("上行文才标签发人", f"文种是“{case.title[-2:]}”", "删去签发人", tuple(signed[:1]))
    elif upward and not signed and _headed(case):
        yield Flaw(
            "标注签发人姓名", "没有签发人", "在字号同一行右边标“签发人：”和姓名", tuple(case.in_main("number")[:1])
        )


@rule("signer-face", "should", "7.2.6")
def signer_face(case: Case) -> Iterator[Flaw]:
    """“签发人”用 3 号仿宋加全角冒号，姓名用 3 号楷体。"""
    signed = [*case.in_main("signer"), *(p for p in case.in_main("number") if "签发人" in p.text)]
    for para in signed if _upward(case) else []:
        if re.search("签发人:", para.text):
            yield Flaw("签发人：", "签发人:", "改用全角冒号", (para,), "签发人:")
        at = para.text.find("签发人")
        done = 0
        for run in para.runs:
            name = re.sub(r"[\s：:]", "", run.text[max(0, at + 4 - done) :]) if done + len(run.text) > at + 4 else ""
            done += len(run.text)
            if name and run.east and family(run.east) != "kai":
                yield Flaw("姓名用楷体", run.east, "把姓名改为 3 号楷体", (para,), name)
                break


@rule("secrecy-form", "must", "7.2.2")
def secrecy_form(case: Case) -> Iterator[Flaw]:
    """密级和保密期限之间用“★”隔开，期限用阿拉伯数字：机密★1年。"""
    for para in case.in_main("secrecy"):
        text = solid(para.text)
        if not re.fullmatch(r"(?:绝密|机密|秘密)(?:★(?:\d+(?:年|个月)|长期))?", text):
            yield Flaw("如 机密★1年", text, "按“密级★期限”写", (para,))


@rule("head-left", "must", "7.2.1")
def head_left(case: Case) -> Iterator[Flaw]:
    """份号、密级、紧急程度顶格编排在版心左上角。"""
    paras = case.in_main("copy-number", "secrecy", "urgency")
    off = [p for p in paras if p.align in {"center", "right"} or lead(p) > 0.3]
    if off:
        yield Flaw("居左顶格", "没有顶格", "改为左对齐，去掉缩进和空格", tuple(off))


@rule("head-order", "must", "7.2.3")
def head_order(case: Case) -> Iterator[Flaw]:
    """份号、密级和保密期限、紧急程度自上而下分行排列。"""
    order = ("copy-number", "secrecy", "urgency")
    found = [one for one in case.main if one.part in order]
    ranks = [order.index(one.part) for one in found]
    if ranks != sorted(ranks):
        yield Flaw("份号、密级、紧急程度", "次序不对", "调换上下次序", tuple(one.para for one in found))


@rule("head-face", "should", "7.2.2")
def head_face(case: Case) -> Iterator[Flaw]:
    """密级、保密期限和紧急程度一般用 3 号黑体字。"""
    paras = case.in_main("secrecy", "urgency")
    off = [
        p for p in paras if any(r.east and family(r.east) != "hei" for r in p.runs) or abs(size_of(p) - PAGE.size) > 0.3
    ]
    if off:
        faces = sorted({run.east for para in off for run in para.runs})
        yield Flaw("三号黑体", f"{'、'.join(faces)} {size_of(off[0]):g} 磅", "改为 3 号黑体", tuple(off))


RULES: Final = (
    *(number_brackets, number_year, number_order, number_place, number_gap),
    *(red_line, red_line_colour, red_line_width, red_line_gap, mark_colour, mark_place, mark_face),
    *(signer_upward, signer_face, secrecy_form, head_left, head_order, head_face),
)
