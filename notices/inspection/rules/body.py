"""正文 and its levels (GB/T 9704-2012, 7.3.3), and what is left over in a draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from notices.inspection.case import FLOW, Case, lead, neighbours, size_of
from notices.inspection.finding import Flaw, rule
from notices.inspection.model import Para
from notices.inspection.parts import Part, Placed
from notices.wording.words import figure

_CHINESE: Final = "一二三四五六七八九十百"
_MARKS: Final = (
    (re.compile(rf"^[{_CHINESE}]+[.．，,]"), "一、"),
    (re.compile(rf"^[（(][{_CHINESE}]+[）)][、.．，,]"), "（一）后不加标点"),
    (re.compile(rf"^\([{_CHINESE}]+\)|^\(\d+\)"), "用全角括号"),
    (re.compile(r"^\d{1,2}、"), "1."),
    (re.compile(r"^[（(]\d+[）)][、.．，,]"), "（1）后不加标点"),
)
_ORDER: Final[tuple[Part, ...]] = ("level-1", "level-2", "level-3", "level-4")
_NUMERAL: Final = {
    "level-1": re.compile(rf"^([{_CHINESE}]+)[、.．，]"),
    "level-2": re.compile(rf"^[（(]([{_CHINESE}]+)[）)]"),
    "level-3": re.compile(r"^(\d{1,3})[.．、]"),
    "level-4": re.compile(r"^[（(](\d{1,3})[）)]"),
    "article": re.compile(rf"^第([{_CHINESE}]+|\d+)条"),
}
_NO_TEXT: Final = re.compile("[（(]?此页无正文[）)]?")


@rule("body-indent", "must", "7.3.3", suite="7.2.3")
def body_indent(case: Case) -> Iterator[Flaw]:
    """每个自然段左空二字，回行顶格。

    缩进和段首的空格合起来算；表格、文本框里的不查。
    """
    off = [p for p in case.flowing if abs(lead(p) - 2) > 0.3]
    if off:
        ways = Counter(f"空 {lead(p):.1f} 字".replace(".0 ", " ") for p in off)
        found = "、".join(f"{way}（{count} 段）" for way, count in ways.most_common(3))
        yield Flaw("段首空二字", found, "段落的特殊格式设为首行缩进 2 字符，左缩进设为 0", tuple(off))


@rule("body-hanging", "must", "7.3.3")
def body_hanging(case: Case) -> Iterator[Flaw]:
    """回行顶格：正文段落没有左缩进，也不悬挂。"""
    off = [p for p in case.flowing if p.left > 4 and abs(lead(p) - 2) <= 0.3]
    off = [p for p in off if len(p.text) > 24]
    if off:
        yield Flaw("回行顶格", f"回行缩进 {off[0].left / size_of(off[0]):.1f} 字", "左缩进改为 0", tuple(off))


@rule("body-right", "should", "5.2.3")
def body_right(case: Case) -> Iterator[Flaw]:
    """每行撑满版心：正文段落右边不缩进。"""
    off = [p for p in case.flowing if p.right > 8 and len(p.text) > 24]
    if off:
        yield Flaw("右边不缩进", f"右缩进 {off[0].right / size_of(off[0]):.1f} 字", "右缩进改为 0", tuple(off))


@rule("body-blanks", "note", "惯例")
def body_blanks(case: Case) -> Iterator[Flaw]:
    """段首空二字用首行缩进，不打空格：改一个字，空格排的版面就乱。"""
    typed = [p for p in case.flowing if re.match("[\u3000 ]{2,}", p.text)]
    if typed:
        yield Flaw("首行缩进 2 字符", "打的空格", "删去空格，设首行缩进 2 字符", tuple(typed))


@rule("body-align", "should", "7.3.3")
def body_align(case: Case) -> Iterator[Flaw]:
    """正文两端对齐（或左对齐），不居中、不居右。"""
    off = [p for p in case.in_main("body", *_ORDER) if not p.boxed and case.kind != "attachment"]
    off = [p for p in off if p.align in {"center", "right"} and len(p.text.strip()) > 12 and not p.pictures]
    if off:
        said = {"center": "居中", "right": "居右"}[off[0].align]
        yield Flaw("两端对齐", said, "改为两端对齐", tuple(off))


@rule("body-spacing", "should", "5.2.3")
def body_spacing(case: Case) -> Iterator[Flaw]:
    """正文各段之间不另加间距：加了就排不成每面 22 行。"""
    off = [p for p in case.flowing if (p.before > 1 or p.after > 1) and not case.measured]
    if off:
        first = off[0]
        found = f"段前 {first.before:g} 磅、段后 {first.after:g} 磅"
        yield Flaw("段前段后 0", found, "把段前、段后间距改为 0", tuple(off))


@rule("body-lines", "should", "5.2.3")
def body_lines(case: Case) -> Iterator[Flaw]:
    """正文行距前后一致。"""
    heights = {p.number: round(case.height(p), 1) for p in case.flowing}
    if case.measured or len(heights) < 3:
        return
    usual = Counter(heights.values()).most_common(1)[0][0]
    off = [p for p in case.flowing if abs(heights[p.number] - usual) > 0.6]
    if off:
        found = "、".join(f"{height:g} 磅" for height in sorted({heights[p.number] for p in off})[:3])
        yield Flaw(f"{usual:g} 磅，同多数段落一样", found, "改为同样的行距", tuple(off))


@rule("body-empty", "should", "5.2.3")
def body_empty(case: Case) -> Iterator[Flaw]:
    """正文段落之间不空行。"""
    empty = []
    for at, one in enumerate(case.placed[1:-1], 1):
        above, below = _filled(case.placed, at, -1), _filled(case.placed, at, 1)
        plain = one.part == "empty" and not one.para.pictures and not one.para.boxed and not one.para.breaks
        if plain and above in FLOW and below in FLOW:
            empty.append(one.para)
    if empty:
        yield Flaw("不空行", f"空了 {len(empty)} 行", "删去空行", tuple(empty))


def _filled(placed: tuple[Placed, ...], at: int, step: int) -> Part:
    """The next part that is not blank, on one side."""
    at += step
    while 0 <= at < len(placed) and placed[at].part == "empty":
        at += step
    return placed[at].part if 0 <= at < len(placed) else "empty"


@rule("level-marks", "should", "7.3.3", suite="7.2.3")
def level_marks(case: Case) -> Iterator[Flaw]:
    """结构层次序数依次用“一、”“（一）”“1.”“（1）”，标点不混用。"""
    for pattern, expected in _MARKS:
        off = [p for p in case.of(*FLOW) if pattern.match(p.text.strip())]
        if off:
            first = pattern.match(off[0].text.strip())
            found = first[0] if first else ""
            yield Flaw(expected, f"{found}（{len(off)} 处）", "改正序数的标点", tuple(off))


def _counted(case: Case) -> Iterator[tuple[Para, Part, int]]:
    """Numbered paragraphs with their level and number; a new text begins with 0."""
    for one in case.placed:
        if one.part in {"attachment-mark", "attachment-title", "title", "chapter"}:
            yield one.para, one.part, 0
        elif one.part in _NUMERAL and (match := _NUMERAL[one.part].match(one.para.text.strip())):
            number = figure(match[1])
            if number is not None:
                yield one.para, one.part, int(number)


@rule("level-order", "should", "7.3.3")
def level_order(case: Case) -> Iterator[Flaw]:
    """各层序数连续，不跳号、不重号；新的上一层之下从头编起。"""
    last: dict[Part, int] = {}
    for para, part, number in _counted(case):
        if not number:  # articles are counted through, whatever chapter they stand in
            last = {"article": last.get("article", 0)} if part == "chapter" else {}
            continue
        before = last.get(part, 0)
        if number not in {before + 1, 1} or (
            number == 1 and before == 1 and part in {"level-1", "level-2"} and not _restarts(last, part)
        ):
            why = "重号" if number == before else "跳号" if number > before + 1 else "次序不对"
            expected = f"接着应是第 {before + 1} 个" if before else "从头编起"
            yield Flaw(expected, f"{para.text.strip()[:6]}（{why}）", "核对是漏了一项，还是序号写错", (para,))
        last[part] = number
        if part in _ORDER:
            for below in _ORDER[_ORDER.index(part) + 1 :]:
                last.pop(below, None)


def _restarts(last: dict[Part, int], part: Part) -> bool:
    """Whether a level may begin anew: a level over it has, or it has no level over it in this text."""
    return part != "level-1" and not any(above in last for above in _ORDER[: _ORDER.index(part)])


@rule("level-skip", "note", "7.3.3")
def level_skip(case: Case) -> Iterator[Flaw]:
    """层次逐层用；只有两层时可以用“一、”和“1.”。"""
    first: dict[Part, Para] = {}
    for para, part, number in _counted(case):
        if number:
            first.setdefault(part, para)
    ruled = any(one.part in {"article", "chapter"} for one in case.placed)
    for deep, above, said in (("level-4", "level-3", ("（1）", "1.")), ("level-2", "level-1", ("（一）", "一、"))):
        if deep in first and above not in first and not ruled:
            found = f"没有“{said[1]}”，直接用“{said[0]}”"
            yield Flaw(f"“{said[0]}”在“{said[1]}”之下", found, "改用上一层的序数", (first[deep],))


@rule("level-period", "note", "惯例")
def level_period(case: Case) -> Iterator[Flaw]:
    """层次标题独占一行的，末尾不加句号；与正文接排的才加。"""
    lone = [p for p in case.of("level-1", "level-2") if re.fullmatch("[^。，]{1,19}。", p.text.strip())]
    if lone:
        yield Flaw("末尾不加标点", "有句号", "删去句号", tuple(lone))


@rule("no-text-page", "must", "7.3.5.5")
def no_text_page(case: Case) -> Iterator[Flaw]:
    """末页排不下署名和日期时，调整行距、字距，不标“此页无正文”。"""
    off = [p for p in case.paper.paras if _NO_TEXT.fullmatch("".join(p.text.split()))]
    if off:
        yield Flaw("署名、日期和正文同在一面", "此页无正文", "删去，调整行距或字距使正文延到末页", tuple(off))


@rule("repeated-text", "should", "惯例")
def repeated_text(case: Case) -> Iterator[Flaw]:
    """相邻两段不重复：多半是粘贴了两次。"""
    pairs = neighbours(case.of(*FLOW))
    again = [two for one, two in pairs if one.text.strip() == two.text.strip() and len(two.text.strip()) > 10]
    if again:
        yield Flaw("不重复", "和上一段一字不差", "删去多的", tuple(again))


@rule("tracked-changes", "should", "惯例")
def tracked_changes(case: Case) -> Iterator[Flaw]:
    """印发之前接受或拒绝全部修订。"""
    if case.paper.changes:
        yield Flaw("没有修订", f"还有 {case.paper.changes} 处修订", "逐处接受或拒绝（本次按全部接受检查）")


@rule("comments", "should", "惯例")
def comments(case: Case) -> Iterator[Flaw]:
    """印发之前删去批注。"""
    if case.paper.comments:
        yield Flaw("没有批注", f"还有 {case.paper.comments} 条批注", "看过之后删去")


@rule("unfilled", "should", "惯例")
def unfilled(case: Case) -> Iterator[Flaw]:
    """没有留着待填的内容：【待定：……】、××年×月×日、空着的字号。"""
    waiting = [p for p in case.paper.paras if "【待定" in p.text]
    blank = [p for p in case.in_main("number", "date", "printed") if re.search("[×xX_]{1,}", p.text)]
    off = {p.number: p for p in [*waiting, *blank]}
    if off:
        yield Flaw("都已填好", f"{len(off)} 处还没有填", "填好再印发", tuple(off[n] for n in sorted(off)))


@rule("manual-page", "note", "惯例")
def blank_pages(case: Case) -> Iterator[Flaw]:
    """换页用分页符，不连打空行。"""
    run: list[Para] = []
    for one in case.placed:
        if one.part == "empty" and not one.para.pictures:
            run.append(one.para)
            continue
        if len(run) >= 8 and one.part == "attachment-mark":
            yield Flaw("用“段前分页”换页", f"连打了 {len(run)} 个空行", "删去空行，给这一段设“段前分页”", (one.para,))
        run = []


RULES: Final = (
    *(body_indent, body_hanging, body_right, body_blanks, body_align, body_spacing, body_lines, body_empty),
    *(level_marks, level_order, level_skip, level_period),
    *(no_text_page, repeated_text, tracked_changes, comments, unfilled, blank_pages),
)
