"""署名, 成文日期 and 附注 (GB/T 9704-2012, 7.3.5 and 7.3.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from notices.inspection.case import Case, lead, span
from notices.inspection.finding import Flaw, rule
from notices.inspection.model import Para
from notices.inspection.signs import solid

_DATE: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_RIGHT: Final = re.compile(r"[12]\d{3}年(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日")
_WAITING: Final = re.compile(r"【待定|[×xX_]|年\s*月\s*日")
_NEAR: Final = 0.8
"""Characters a place may be off."""


def day_of(text: str) -> dt.date | None:
    """The day a text names; None where it names none, or one that is in no calendar."""
    found = _DATE.search(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _dates(case: Case) -> list[Para]:
    return [para for para in case.in_main("date") if not _WAITING.search(para.text)]


@rule("date-form", "must", "7.3.5.4")
def date_form(case: Case) -> Iterator[Flaw]:
    """成文日期用阿拉伯数字，年月日标全，年份四位，月、日不编虚位。"""
    for para in _dates(case):
        text = "".join(para.text.split())
        if not _RIGHT.fullmatch(text):
            yield Flaw("如 2024年5月8日", text, "改为阿拉伯数字全写，月、日前不补零", (para,))


@rule("date-real", "must", "7.3.5.4")
def date_real(case: Case) -> Iterator[Flaw]:
    """成文日期是日历上有的一天。"""
    for para in _dates(case):
        text = "".join(para.text.split())
        if _DATE.fullmatch(text) and day_of(text) is None:
            yield Flaw("日历上有的一天", text, "核对月、日", (para,))


@rule("date-absent", "should", "7.3.5")
def date_absent(case: Case) -> Iterator[Flaw]:
    """公文署会议通过或者负责人签发的日期。有标题、主送机关和正文而没有日期的才提。"""
    if case.kind == "document" and case.in_main("addressee") and case.in_main("title") and not case.in_main("date"):
        yield Flaw("有成文日期", "没有找到", "在署名之下写成文日期", at="正文之后")


@rule("signature-absent", "should", "7.3.5")
def signature_absent(case: Case) -> Iterator[Flaw]:
    """成文日期之上署发文机关名称。"""
    dates = case.in_main("date")
    if dates and case.kind in {"document", "letter"} and not case.in_main("signature") and case.in_main("addressee"):
        yield Flaw("日期上一行署发文机关名称", "没有署名", "补上署名", (dates[-1],))


@rule("signature-place", "must", "7.3.5", suite="7.2.5")
def signature_place(case: Case) -> Iterator[Flaw]:
    """署名和日期的位置。

    不盖章的：署名右空二字，日期首字比署名首字右移二字，日期更长的右空二字。盖章的：日期右空四字，署名以日期为准居中。
    两种之一就对；用制表位、文本框、表格排的看不出位置，不查；联合署名的不查。
    """
    dates, names = case.in_main("date"), case.in_main("signature")
    if len(names) != 1 or not dates or case.kind not in {"document", "letter"} or case.form == "order":
        return
    name, date = names[0], dates[-1]
    if date.number < name.number or not case.between(name, date) or any((p.cell or p.boxed) for p in (name, date)):
        return
    sheet = case.sheet(date)
    room = sheet.width - (sheet.left or 79.4) - (sheet.right or 73.7)
    one, two = span(name, room), span(date, room)
    if one is None or two is None:
        return
    wide = room / 16
    bare = abs(wide - one[1] - 2) <= _NEAR and abs(two[0] - one[0] - 2) <= _NEAR
    bare = bare or (abs(wide - two[1] - 2) <= _NEAR and abs(two[0] - one[0] - 2) <= _NEAR)
    sealed = abs(wide - two[1] - 4) <= _NEAR and abs(sum(one) - sum(two)) / 2 <= _NEAR
    sealed = sealed or (abs(sum(one) - sum(two)) / 2 <= _NEAR and wide - one[1] <= _NEAR + 0.5)
    if not bare and not sealed:
        found = f"署名右空 {wide - one[1]:.1f} 字，日期右空 {wide - two[1]:.1f} 字，两行首字差 {two[0] - one[0]:.1f} 字"
        expected = "不盖章：署名右空二字、日期首字右移二字；盖章：日期右空四字、署名对着日期居中"
        yield Flaw(expected, found, "用缩进调整这两行，不打空格", (name, date))


@rule("signature-gap", "should", "7.3.5.2", suite="7.2.5.3")
def signature_gap(case: Case) -> Iterator[Flaw]:
    """不盖章的，署名在正文（或附件说明）下空一行；盖章的留出印章的位置，空二至四行。"""
    names = case.in_main("signature")
    above = case.in_main("body", "level-1", "level-2", "level-3", "level-4", "attachment-note")
    above = [p for p in above if names and p.number < names[0].number]
    if names and above and case.between(above[-1], names[0]) and not case.measured:
        gap = case.gap(above[-1], names[0]) / 28.95
        if not 0.5 <= gap <= 4.5:
            yield Flaw("空一行（盖章的空二至四行）", f"空约 {gap:.1f} 行", "在署名之前空一行", (names[0],))


@rule("signature-mark", "note", "7.3.5")
def signature_mark(case: Case) -> Iterator[Flaw]:
    """署名与发文机关标志是同一机关，用全称或规范化简称。"""
    names, marks = case.in_main("signature"), case.in_main("mark")
    if len(names) == 1 and len(marks) in {1, 2} and not case.special and not _WAITING.search(names[0].text):
        mark = re.sub("(?:文件|公报|命令|令)$", "", "".join(solid(p.text) for p in marks))
        name = re.sub(r"[12]\d{3}年.*$", "", solid(names[0].text))
        if mark and name and name not in mark and mark not in name:
            yield Flaw(f"标志是“{mark}”", f"署名是“{name}”", "核对发文机关", (names[0],))


@rule("number-date-year", "should", "7.2.5")
def number_date_year(case: Case) -> Iterator[Flaw]:
    """发文字号的年份与成文日期的年份一致。"""
    numbers, dates = case.in_main("number"), _dates(case)
    year = re.search(r"[〔（(\[［【]([12]\d{3})", numbers[0].text) if numbers else None
    day = day_of("".join(dates[-1].text.split())) if dates else None
    if year and day and int(year[1]) != day.year:
        yield Flaw(f"同成文日期 {day.year} 年", f"字号是 {year[1]} 年", "核对字号和日期", (numbers[0],), year[1])


@rule("note-brackets", "must", "7.3.6")
def note_brackets(case: Case) -> Iterator[Flaw]:
    """附注加圆括号。"""
    notes = case.in_main("note")
    if notes:
        text = "".join("".join(p.text.split()) for p in notes)
        if not re.fullmatch("（.*）", text):
            yield Flaw("（……）", notes[0].text.strip(), "加全角圆括号", tuple(notes))


@rule("note-indent", "must", "7.3.6")
def note_indent(case: Case) -> Iterator[Flaw]:
    """附注居左空二字，在成文日期下一行。"""
    off = [p for p in case.in_main("note")[:1] if p.align in {"center", "right"} or abs(lead(p) - 2) > 0.35]
    if off:
        yield Flaw("居左空二字", f"空 {lead(off[0]):.1f} 字", "改为左对齐、首行缩进 2 字符", tuple(off))


@rule("note-contact", "note", "惯例")
def note_contact(case: Case) -> Iterator[Flaw]:
    """请示在附注处写明联系人姓名和电话。"""
    if case.title.endswith("请示") and case.in_main("date"):
        notes = case.in_main("note")
        if not any(re.search(r"联系|电话|\d{7,}", p.text) for p in notes):
            yield Flaw("（联系人：……，电话：……）", "没有联系人", "在日期下一行加附注", (case.in_main("date")[-1],))


RULES: Final = (
    *(date_form, date_real, date_absent, signature_absent, signature_place, signature_gap, signature_mark),
    *(number_date_year, note_brackets, note_indent, note_contact),
)
