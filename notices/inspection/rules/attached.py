"""附件说明 and 附件 (GB/T 9704-2012, 7.3.4 and 7.3.7), and what the text says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from notices.inspection.case import Case, lead
from notices.inspection.finding import FindingLevel, Flaw, rule
from notices.inspection.model import Para
from notices.inspection.signs import solid
from notices.wording.titles import width
from notices.wording.words import figure

_CHINESE: Final = "一二三四五六七八九十"
_NAME: Final = re.compile(
    rf"^(?:附件?：?)?(?P<number>\d{{1,2}}(?![\d年])|[{_CHINESE}]{{1,3}}(?=[.．、：:]))?(?P<mark>[.．、：:]?)(?P<name>.*)$"
)
_REFERENCE: Final = re.compile(rf"附件\s?(\d{{1,2}}|[{_CHINESE}]{{1,3}})(?![年月日])")
_OTHERS: Final = re.compile(r"(?:号|》)[，,]?(?:的|中|里|之)?附件\s?[\d一二三四五六七八九十]*")
"""An attachment of another paper: （工信部节〔2024〕13号，附件2）."""
_LINE: Final = 28.95


def _notes(case: Case) -> list[Para]:
    return [para for para in case.of("attachment-note") if solid(para.text) not in {"附件：", "附："}]


def _marks(case: Case) -> list[Para]:
    return case.of("attachment-mark")


def _name(para: Para) -> str:
    found = _NAME.match(solid(para.text))
    return re.sub(r"[，。；：、,.;]+$", "", found["name"] if found else "").strip("《》")


def _order(para: Para) -> int | None:
    """The number of a name in the note; None without one."""
    found = _NAME.match(solid(para.text))
    number = figure(found["number"]) if found and found["number"] and found["mark"] else None
    return None if number is None else int(number)


def _mark_order(para: Para) -> int | None:
    found = re.search(rf"附件?(\d+|[{_CHINESE}]+)：?$", solid(para.text))
    number = figure(found[1]) if found else None
    return None if number is None else int(number)


@rule("attachment-note-colon", "must", "7.3.4")
def note_colon(case: Case) -> Iterator[Flaw]:
    """附件说明以“附件”加全角冒号起头。"""
    first = case.of("attachment-note")[:1]
    if first and not re.match("附件：", first[0].text.strip()):
        found = first[0].text.strip()[:4]
        yield Flaw("附件：", found, "改为“附件”加全角冒号", tuple(first), found)


@rule("attachment-note-indent", "must", "7.3.4")
def note_indent(case: Case) -> Iterator[Flaw]:
    """附件说明左空二字；第二个以后的名称，序号与第一个的对齐。"""
    notes = case.of("attachment-note")
    if notes and not case.measured and abs(lead(notes[0]) - 2) > 0.35:
        yield Flaw("左空二字", f"空 {lead(notes[0]):.1f} 字", "使“附件”二字左空二字", (notes[0],))
    numbered = [para for para in notes[1:] if _order(para) is not None and "附件" not in para.text[:4]]
    off = [para for para in numbered if abs(lead(para) - 5) > 0.6 and "\t" not in para.text]
    if off and not case.measured and _order(notes[0]) is not None:
        yield Flaw("序号左空五字，上下对齐", f"空 {lead(off[0]):.1f} 字", "使各序号上下对齐", tuple(off))


@rule("attachment-note-hanging", "should", "7.3.4", suite="7.2.4")
def note_hanging(case: Case) -> Iterator[Flaw]:
    """附件名称较长需要回行的，与上一行附件名称的首字对齐。"""
    if case.measured:
        return
    off = []
    for para in _notes(case):
        found = _NAME.match(solid(para.text))
        long = width(solid(para.text)) + lead(para) > 28
        if found and long and "\n" not in para.text:
            label = width(solid(para.text)) - width(found["name"])
            if abs(para.first / 16 + label) > 0.9 and not para.text.startswith(" "):
                off.append(para)
    if off:
        yield Flaw("回行与名称首字对齐", "回行没有对齐", "设悬挂缩进：单个附件 3 字，多个 4.5 字", tuple(off))


@rule("attachment-note-mark", "must", "7.3.4")
def note_mark(case: Case) -> Iterator[Flaw]:
    """附件名称后不加标点。"""
    off = [para for para in _notes(case) if re.search("[，。；、,.;]$", para.text.strip())]
    if off:
        marks = "、".join(sorted({para.text.strip()[-1] for para in off}))
        yield Flaw("不加标点", marks, "删去名称后的标点", tuple(off), off[0].text.strip()[-6:] if len(off) == 1 else "")


@rule("attachment-note-number", "must", "7.3.4")
def note_number(case: Case) -> Iterator[Flaw]:
    """多个附件用阿拉伯数字加点编序号，从 1 连续；只有一个附件的不编。"""
    notes = _notes(case)
    if len(notes) == 1 and _order(notes[0]) is not None:
        yield Flaw("一个附件不编序号", notes[0].text.strip()[:8], "删去序号", tuple(notes))
    if len(notes) < 2:
        return
    for at, para in enumerate(notes, 1):
        found = _NAME.match(solid(para.text))
        shown = f"{found['number'] or ''}{found['mark']}" if found else ""
        if not found or not found["number"] or not found["number"].isdigit() or found["mark"] not in {".", "．"}:
            yield Flaw(f"{at}.", shown or "没有序号", "改为阿拉伯数字加点", (para,))
        elif int(found["number"]) != at:
            yield Flaw(f"{at}.", shown, "序号从 1 连续编", (para,))


@rule("attachment-note-gap", "should", "7.3.4", suite="7.2.4")
def note_gap(case: Case) -> Iterator[Flaw]:
    """附件说明在正文下空一行。"""
    notes = case.in_main("attachment-note")
    above = [one.para for one in case.main if one.part in {"body", "level-1", "level-2", "level-3", "level-4"}]
    above = [para for para in above if notes and para.number < notes[0].number]
    if notes and above and case.between(above[-1], notes[0]) and not case.measured:
        gap = case.gap(above[-1], notes[0]) / _LINE
        if abs(gap - 1) > 0.6:
            yield Flaw("正文下空一行", f"空约 {gap:.1f} 行", "在附件说明之前空一行", (notes[0],))


@rule("attachment-note-quotes", "note", "惯例")
def note_quotes(case: Case) -> Iterator[Flaw]:
    """附件说明里的名称一般不加书名号。"""
    off = [para for para in _notes(case) if re.search("(?:[.．：]|^)《[^》]*》$", para.text.strip())]
    if off:
        yield Flaw("不加书名号", "加了书名号", "删去书名号", tuple(off))


@rule("attachment-note-absent", "must", "7.3.4")
def note_absent(case: Case) -> Iterator[Flaw]:
    """有附件的公文，正文之下写附件说明。只是附件的文件不查。"""
    marks = _marks(case)
    if marks and case.kind == "document" and not case.of("attachment-note") and case.in_main("addressee", "date"):
        yield Flaw("正文下空一行写附件说明", "没有附件说明", "在正文之下写“附件：”和名称", (marks[0],))


def _pairs(case: Case) -> list[tuple[Para, str]]:
    """Each attachment's mark with its title, as one line."""
    found: list[tuple[Para, str]] = []
    for one in case.placed:
        if one.part == "attachment-mark":
            found.append((one.para, ""))
        elif one.part == "attachment-title" and found:
            found[-1] = (found[-1][0], found[-1][1] + solid(one.para.text))
    return found


@rule("attachment-count", "must", "7.3.7")
def attachment_count(case: Case) -> Iterator[Flaw]:
    """附件说明里的每个附件都在正文之后，一个不多、一个不少。附件全不在这份文件里的不查。"""
    notes, marks = _notes(case), _marks(case)
    if notes and marks and len(notes) != len(marks) and case.kind == "document":
        yield Flaw(f"{len(notes)} 个附件", f"文件里有 {len(marks)} 个", "补上缺的附件，或改附件说明", tuple(marks))


@rule("attachment-titles", "must", "7.3.7")
def attachment_titles(case: Case) -> Iterator[Flaw]:
    """附件标题与附件说明里的名称一致。"""
    notes, pairs = _notes(case), _pairs(case)
    if len(notes) != len(pairs):
        return
    for note, (mark, title) in zip(notes, pairs, strict=True):
        named, there = _bare(_name(note)), _bare(title)
        if title and named != there:
            level: FindingLevel = "should" if named in there or there in named else "must"
            expected, found = f"附件说明里是“{_name(note)}”", f"附件标题是“{title}”"
            yield Flaw(expected, found, "改成一致", (mark,), title, level=level)


def _bare(name: str) -> str:
    return re.sub(r"[\s《》“”（）()\-—·]|模板$|样式$", "", name)


@rule("attachment-order", "must", "7.3.7")
def attachment_order(case: Case) -> Iterator[Flaw]:
    """附件的序号用阿拉伯数字，从 1 连续；一个附件只写“附件”。"""
    marks = _marks(case) if case.kind == "document" else []
    for at, para in enumerate(marks, 1):
        text, order = solid(para.text), _mark_order(para)
        if re.search(f"附件?[{_CHINESE}]", text):
            yield Flaw(f"附件{at}", text, "序号改为阿拉伯数字", (para,))
        elif len(marks) > 1 and order != at:
            yield Flaw(f"附件{at}", text, "序号从 1 连续编，与附件说明一致", (para,))
        elif len(marks) == 1 and order is not None and len(_notes(case)) == 1:
            yield Flaw("附件", text, "一个附件不编序号", (para,))


@rule("attachment-mark-form", "should", "7.3.7")
def mark_form(case: Case) -> Iterator[Flaw]:
    """“附件”和序号之后不加冒号等标点。"""
    off = [para for para in _marks(case) if re.search("[：:、.。]$", para.text.strip())]
    if off:
        yield Flaw("后面不加标点", off[0].text.strip(), "删去标点", tuple(off))


@rule("attachment-mark-left", "must", "7.3.7")
def mark_left(case: Case) -> Iterator[Flaw]:
    """“附件”二字和序号在版心左上角第一行顶格。"""
    off = [para for para in _marks(case) if para.align in {"center", "right"} or abs(lead(para)) > 0.3]
    if off:
        yield Flaw("居左顶格", "没有顶格", "改为左对齐，去掉缩进", tuple(off))


@rule("attachment-page", "must", "7.3.7")
def attachment_page(case: Case) -> Iterator[Flaw]:
    """每个附件另面编排。"""
    off = []
    for para in _marks(case):
        if para.number == 1 or (case.measured and _tops(case, para)):
            continue
        before = reversed(case.paper.paras[: para.number - 1])
        blank = takewhile(lambda one: not one.text.strip(), before)
        if not para.breaks and not any(one.breaks for one in blank):
            off.append(para)
    if off:
        yield Flaw("另面编排", "接排在前面的内容之下", "给“附件”段设“段前分页”", tuple(off))


def _tops(case: Case, para: Para) -> bool:
    """Whether a measured paragraph is the first of its page."""
    above = [one for one in case.paper.paras[: para.number - 1] if one.page == para.page]
    return not above


@rule("attachment-gap", "should", "7.3.7")
def attachment_gap(case: Case) -> Iterator[Flaw]:
    """附件标题在版心第三行：与“附件”之间空一行。"""
    marks, titles = _marks(case), case.of("attachment-title")
    off = []
    for mark in marks:
        title = next((one for one in titles if one.number > mark.number), None)
        if title is None or not case.between(mark, title) or case.measured:
            continue
        gap = case.gap(mark, title) / _LINE
        if abs(gap - 1) > 0.6:
            off.append((title, gap))
    if off:
        yield Flaw("空一行", f"空约 {off[0][1]:.1f} 行", "“附件”和标题之间空一行", tuple(title for title, _ in off))


@rule("attachment-reference", "must", "7.3.4")
def attachment_reference(case: Case) -> Iterator[Flaw]:
    """正文里说到的附件都有：“见附件5”要有第 5 个附件。"""
    notes = _notes(case)
    if case.kind != "document" or not (notes or case.in_main("date", "signature")):
        return
    counted = max(len(notes), len(_marks(case)))
    for para in case.in_main("body", "level-1", "level-2", "level-3", "level-4", "article"):
        for found in _REFERENCE.finditer(_OTHERS.sub("", para.text)):
            number = figure(found[1])
            if number is not None and int(number) > counted:
                have = f"只有 {counted} 个附件" if counted else "没有附件"
                yield Flaw(have, found[0], "改正文的序号，或补上附件", (para,), found[0])
            elif not found[1].isdigit() and counted:
                remedy = "改为阿拉伯数字，与附件的序号一致"
                yield Flaw("阿拉伯数字", found[0], remedy, (para,), found[0], level="should")


RULES: Final = (
    *(note_colon, note_indent, note_hanging, note_mark, note_number, note_gap, note_quotes, note_absent),
    *(attachment_count, attachment_titles, attachment_order, mark_form, mark_left),
    *(attachment_page, attachment_gap, attachment_reference),
)
