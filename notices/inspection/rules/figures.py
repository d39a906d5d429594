"""Dates, numbers and document numbers in the running text (GB/T 9704-2012, 9, which leaves them to GB/T 15835)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from notices.inspection.case import Case
from notices.inspection.finding import Flaw, rule
from notices.inspection.rules.marks import pattern_rule, texts
from notices.inspection.rules.signed import day_of

_FIGURES: Final = "GB/T 15835-2011"
_CITED: Final = re.compile(
    r"[\u4e00-\u9fff]{2,}(?P<number>(?P<open>[\[（(【［〔])(?P<year>(?:19|20)\d{2})(?P<close>[\]）)】］〕])\s*(?P<rest>第?\s*\d{1,5}(?:-\d+)?号))"
)
_UNTIL: Final = re.compile(r"(?P<day>[12]\d{3}年\d{1,2}月\d{1,2}日)(?:下班)?(?:之?前|以前)")
_PAST: Final = 400
"""Days before its own date a paper may ask for nothing; further back is history, as in 2020年底以前."""


@rule("cited-brackets", "should", "7.2.5")
def cited_brackets(case: Case) -> Iterator[Flaw]:
    """正文里引的发文字号，年份也用六角括号“〔〕”，序号不加“第”、不编虚位。"""
    met, paras = [], {}
    for para in texts(case):
        for found in _CITED.finditer(para.text):
            right = found["open"] + found["close"] == "〔〕" and re.fullmatch(r"[1-9]\d*(?:-\d+)?号", found["rest"])
            if not right:
                met.append(found["number"])
                paras[para.number] = para
    if met:
        shown = "、".join(dict.fromkeys(met[:3]))
        remedy = "改为六角括号，只写顺序号和“号”"
        yield Flaw("如 〔2024〕13号", f"{shown}（{len(met)} 处）", remedy, tuple(paras.values()), met[0])


@rule("impossible-date", "must", "惯例")
def impossible_date(case: Case) -> Iterator[Flaw]:
    """正文里的日期是日历上有的一天。"""
    for para in texts(case):
        for found in re.finditer(r"[12]\d{3}年\d{1,2}月\d{1,2}日", para.text):
            if day_of(found[0]) is None:
                yield Flaw("日历上有的一天", found[0], "核对月、日", (para,), found[0])


@rule("deadline-past", "should", "惯例")
def deadline_past(case: Case) -> Iterator[Flaw]:
    """要求办理的期限在成文日期之后：多半是沿用去年的稿子没有改年份。"""
    dates = [day for para in case.in_main("date") if (day := day_of("".join(para.text.split())))]
    if not dates:
        return
    for para in case.in_main("body", "level-1", "level-2", "level-3", "level-4"):
        for found in _UNTIL.finditer(para.text):
            day = day_of(found["day"])
            if day is not None and dt.timedelta() < dates[-1] - day < dt.timedelta(_PAST):
                yield Flaw(f"在成文日期 {dates[-1]} 之后", found[0], "核对年、月、日", (para,), found[0])


@rule("title-year", "note", "惯例")
def title_year(case: Case) -> Iterator[Flaw]:
    """标题里的年份与成文日期相近，正文说到的“本年度”与标题一致：差两年以上多半没有改。"""
    title = re.search(r"((?:19|20)\d{2})年", case.title)
    dates = [day for para in case.in_main("date") if (day := day_of("".join(para.text.split())))]
    if title and dates and abs(int(title[1]) - dates[-1].year) > 1:
        yield Flaw(
            f"成文日期是 {dates[-1].year} 年", f"标题是 {title[1]} 年", "核对年份", tuple(case.in_main("title")[:1])
        )


@rule("body-year", "should", "惯例")
def body_year(case: Case) -> Iterator[Flaw]:
    """正文里说的“××年度”的同一件事，与标题的年度一致。"""
    title = re.search(r"((?:19|20)\d{2})年度?([\u4e00-\u9fff]{4,})", case.title)
    if not title:
        return
    matter = title[2][:6]
    for para in case.in_main("body", "level-1", "level-2", "level-3"):
        for found in re.finditer(rf"((?:19|20)\d{{2}})年度?{matter}", re.sub("《[^》]*》", "", para.text)):
            if abs(int(found[1]) - int(title[1])) == 1 and not re.search("上年|去年|往年|以来|已|总结", para.text):
                yield Flaw(f"{title[1]}年", found[0], "核对年份", (para,), found[0])


_PATTERNS: Final = (
    pattern_rule(
        "text-date-zero",
        "should",
        "正文里的月、日也不编虚位：2024年5月8日，不写 2024年05月08日。",
        pattern=r"年0\d月(?:\d{1,2}日)?|月0\d日",
        expected="年5月8日",
        remedy="删去月、日前的 0",
        clause="惯例",
    ),
    pattern_rule(
        "text-date-short",
        "should",
        "年份写四位：2024年，不写 24年。",
        pattern=r"(?<![\d〔第])(?:2\d|1\d)年(?=(?:1[0-2]|[1-9])月)",
        expected="2024年",
        remedy="写全年份",
        clause="惯例",
    ),
    pattern_rule(
        "text-date-points",
        "note",
        "正文里的日期写“年月日”，不写 2024.5.8、2024-05-08。",
        pattern=r"(?<![\d.\-/A-Za-z])(?:19|20)\d{2}[./\-](?:0?[1-9]|1[0-2])[./\-](?:0?[1-9]|[12]\d|3[01])(?![\d.\-/])",
        expected="2024年5月8日",
        remedy="改为年月日",
        clause="惯例",
    ),
    pattern_rule(
        "text-date-mixed",
        "should",
        "一个日期里不混用汉字和阿拉伯数字：二〇二四年5月。",
        pattern=r"[一二三四五六七八九〇○零]{4}年\d{1,2}月|(?:19|20)\d{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?",
        expected="2024年5月",
        remedy="都改为阿拉伯数字",
        clause="惯例",
    ),
    pattern_rule(
        "full-width-figures",
        "should",
        "阿拉伯数字和字母用半角。",
        pattern="[０-９Ａ-Ｚａ-ｚ]+",
        expected="半角",
        remedy="改为半角",
        clause="惯例",
    ),
    pattern_rule(
        "range-percent",
        "should",
        "数值范围的百分号前后都写：5%～10%，不写 5～10%。",
        pattern=r"(?<![\d.])\d+(?:\.\d+)?[～~—－-]\d+(?:\.\d+)?[%％]",
        expected="5%～10%",
        remedy="前一个数也写上 %",
        clause=_FIGURES,
    ),
    pattern_rule(
        "range-mark",
        "note",
        "数值范围用浪纹“～”或一字线“—”，不用半角的 ~ 和 -。",
        pattern=r"(?<![\d.\-A-Za-z])\d+(?:\.\d+)?[%％万亿元年月日]?~\d+(?:\.\d+)?",
        expected="5～10",
        remedy="改为“～”",
        clause=_FIGURES,
    ),
    pattern_rule(
        "mixed-amount",
        "should",
        "大数不分段混写：5.34亿，不写 5亿3400万。",
        pattern=r"\d+亿\d+(?:千|百)?万|\d+亿[一二三四五六七八九\d]千",
        expected="5.34亿",
        remedy="改为小数加“亿”或“万”",
        clause=_FIGURES,
    ),
    pattern_rule(
        "approximate-twice",
        "note",
        "概数的词不重复：“约”“近”和“左右”“上下”“以上”只用一个。",
        pattern=r"(?:约|大约|近|将近)\d[\d.]*[万亿]?[\u4e00-\u9fff%]{0,3}(?:左右|上下|以上)",
        expected="约100家，或100家左右",
        remedy="删去一个",
        clause="惯例",
    ),
    pattern_rule(
        "until-word",
        "note",
        "“截至”某一时间，“截止”用在时间之后：截至5月31日。",
        pattern=r"截止(?=(?:到|至)?\d)",
        expected="截至",
        remedy="“截止”改为“截至”",
        clause="惯例",
    ),
    pattern_rule(
        "percent-width",
        "note",
        "百分号用半角 %，同一份文件前后一致。",
        pattern=r"\d％",
        expected="%",
        remedy="改为半角",
        clause="惯例",
    ),
)
RULES: Final = (cited_brackets, impossible_date, deadline_past, title_year, body_year, *_PATTERNS)
