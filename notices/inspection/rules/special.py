"""命令（令）and 纪要 (GB/T 9704-2012, 10.2 and 10.3): what they have otherwise than other papers.

Only what the standard says of them is asked; minutes are otherwise made as an office wants them (10.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from notices.inspection.case import FLOW, Case, lead, size_of, span, split
from notices.inspection.faces import family
from notices.inspection.finding import Flaw, rule
from notices.inspection.model import Para, Run
from notices.inspection.paging import width
from notices.typeset.page import PAGE

_LABEL: Final = re.compile(r"\s*(?:出席|请假|列席)[^：:]{0,6}[：:]")
_NEAR: Final = 0.8
"""Characters, or lines, a place may be off."""


@rule("order-gap", "should", "10.2", suite="9.2")
def order_gap(case: Case) -> Iterator[Flaw]:
    """命令（令）的标志下空二行居中编令号，令号下空二行编正文。"""
    marks, numbers, text = case.in_main("mark"), case.in_main("number"), case.in_main("title", *FLOW)
    if case.form != "order" or case.measured or not marks or not numbers:
        return
    told = (("标志", "令号", marks[-1], numbers[0]), *(("令号", "正文", numbers[-1], one) for one in text[:1]))
    for above, below, one, two in told:
        gap = case.gap(one, two) / PAGE.line if case.between(one, two) else 2.0
        if abs(gap - 2) > _NEAR:
            yield Flaw(f"{above}下空二行编{below}", f"空约 {gap:.1f} 行", f"在{below}之前空二行", (two,))


@rule("order-signature", "must", "7.3.5.3", suite="7.2.5.2")
def order_signature(case: Case) -> Iterator[Flaw]:
    """命令（令）署签发人职务和姓名（加盖签名章），右空四字；成文日期在下，也右空四字。"""
    if case.form != "order":
        return
    for para in [*case.in_main("signature"), *case.in_main("date")[-1:]]:
        room = width(case.sheet(para))
        where = None if para.cell or para.boxed else span(para, room)
        if where is not None and abs(room / PAGE.size - where[1] - 4) > _NEAR:
            yield Flaw("右空四字", f"右空 {room / PAGE.size - where[1]:.1f} 字", "用缩进调整，不打空格", (para,))


@rule("attendance-face", "should", "10.3")
def attendance_face(case: Case) -> Iterator[Flaw]:
    """纪要的“出席”“请假”“列席”用 3 号黑体，冒号后的单位、姓名用 3 号仿宋。"""
    for para in case.in_main("attendance"):
        label, names = _cut(para)
        faces = [run.east for run in label if run.east and run.text.strip() and family(run.east) != "hei"]
        faces += [run.east for run in names if run.east and run.text.strip() and family(run.east) != "fang"]
        if faces or abs(size_of(para) - PAGE.size) > 0.3:
            found = f"{'、'.join(dict.fromkeys(faces))} {size_of(para):g} 磅".strip()
            yield Flaw("“出席”三号黑体，姓名三号仿宋", found, "分别改字体", (para,))


@rule("attendance-place", "should", "10.3", suite="9.3")
def attendance_place(case: Case) -> Iterator[Flaw]:
    """纪要的“出席”在正文（或附件说明）下空一行、左空二字；名单回行与冒号后的首字对齐，“请假”“列席”另起一行。"""
    paras = case.in_main("attendance")
    for para in paras:
        if abs(lead(para) - 2) > _NEAR:
            yield Flaw("左空二字", f"空 {lead(para):.1f} 字", "左空二字", (para,))
        label = len("".join(run.text for run in _cut(para)[0]).strip())
        turned = para.left / size_of(para)
        if _runs_on(case, para) and abs(turned - 2 - label) > _NEAR:
            expected = f"回行左空 {2 + label} 字，与冒号后的首字对齐"
            yield Flaw(expected, f"左空 {turned:.1f} 字", "用悬挂缩进", (para,))
    above = [one.para for one in case.main if paras and one.part in {*FLOW, "attachment-note"}]
    before = [para for para in above if para.number < paras[0].number]
    if before and case.between(before[-1], paras[0]) and not case.measured:
        gap = case.gap(before[-1], paras[0]) / PAGE.line
        if abs(gap - 1) > _NEAR:
            yield Flaw("正文下空一行", f"空约 {gap:.1f} 行", "在“出席”之前空一行", (paras[0],))


def _runs_on(case: Case, para: Para) -> bool:
    """Whether it takes more lines than one."""
    if case.measured:
        return any(two.base > one.base for one, two in pairwise(para.lines))
    where = span(para, width(case.sheet(para)))
    return where is None or where[1] > width(case.sheet(para)) / size_of(para)


def _cut(para: Para) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs of the word it begins with, its colon too, and those of the names."""
    match = _LABEL.match(para.text)
    return split(para.runs, match.end() if match else 0)


RULES: Final = (order_gap, order_signature, attendance_face, attendance_place)
