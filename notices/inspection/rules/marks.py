"""Punctuation in the running text (GB/T 9704-2012, 9, leaves it to GB/T 15834). Cells of tables are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notices.inspection.case import Case
from notices.inspection.finding import FindingLevel, Flaw, PaperRule, rule
from notices.inspection.model import Para
from notices.inspection.parts import Part

TEXT: Final[tuple[Part, ...]] = (
    *("title", "subtitle", "addressee", "level-1", "level-2", "level-3", "level-4", "chapter", "article", "body"),
    *("attachment-note", "note", "attachment-title"),
)
_PAIRS: Final = {"（": "）", "《": "》", "“": "”", "‘": "’", "〔": "〕", "【": "】", "〈": "〉", "「": "」"}
_CJK: Final = "\u3400-\u9fff"
_STANDARD: Final = "GB/T 15834-2011"
_HALF: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}


def texts(case: Case) -> list[Para]:
    """The paragraphs of running text."""
    return case.of(*TEXT)


def flaws(case: Case, pattern: str, expected: str, remedy: str, spare: str = "") -> Iterator[Flaw]:
    """One flaw a pattern: what was met, how often, and where. What ``spare`` fits is passed over."""
    met: list[str] = []
    paras: dict[int, Para] = {}
    for para in texts(case):
        for found in re.finditer(pattern, para.text):
            if not (spare and re.fullmatch(spare, found[0])):
                met.append(found[0])
                paras[para.number] = para
    if met:
        shown = "、".join(f"“{one}”" for one in dict.fromkeys(met[:3]))
        count = f"（{len(met)} 处）" if len(met) > 1 else ""
        yield Flaw(expected, f"{shown}{count}", remedy, tuple(paras.values()), met[0] if len(paras) == 1 else "")


def pattern_rule(  # noqa: PLR0913 - named, each a column of the tables below
    identity: str, level: FindingLevel, doc: str, *, pattern: str, expected: str, remedy: str, clause: str = _STANDARD
) -> PaperRule:
    """A rule that a pattern tells."""

    def check(case: Case) -> Iterator[Flaw]:
        return flaws(case, pattern, expected, remedy)

    check.__doc__ = doc
    return rule(identity, level, clause)(check)


@rule("half-width-marks", "should", _STANDARD)
def half_width(case: Case) -> Iterator[Flaw]:
    """中文里用全角标点：汉字旁边的 , ; : ? ! ( ) 都要改；英文、公式、网址里的除外。"""
    met: list[str] = []
    paras: dict[int, Para] = {}
    colon = case.in_main("addressee")[-1:] + case.of("attachment-note")[:1]  # rules of their own
    for para in texts(case):
        text = re.sub(r"[A-Za-z]+://\S+|[\w.]+@[\w.]+", " ", para.text)
        for found in re.finditer(rf"(?<=[{_CJK}》”）])[,;:?!()]|[(),](?=[{_CJK}《“])", text):
            own = found[0] == ":" and para in colon
            numbered = found[0] in "()" and re.match(r"\s*\(", text[: found.end()]) is not None
            closes = found[0] == ")" and re.match(rf"\s*\([{_CJK}\d]{{1,3}}\)$", text[: found.end()]) is not None
            if not own and not numbered and not closes:
                met.append(found[0])
                paras[para.number] = para
    if met:
        shown = "".join(dict.fromkeys(met))
        wanted = "".join(_HALF[one] for one in dict.fromkeys(met))
        yield Flaw(f"全角 {wanted}", f"半角 {shown}（{len(met)} 处）", "改为全角标点", tuple(paras.values()))


@rule("unpaired-marks", "should", _STANDARD)
def unpaired(case: Case) -> Iterator[Flaw]:
    """括号、引号、书名号成对。引文跨段的，每段开头都有上引号，末段才有下引号，不算。"""
    for para in texts(case):
        if bad := _unpaired(para.text):
            yield Flaw(
                "成对",
                f"“{bad}”没有另一半" if bad not in "“”" else f"{bad} 没有另一半",
                "补上，或删去多的",
                (para,),
                _around(para.text, bad),
            )


def _unpaired(text: str) -> str:
    """The first mark without its other half; a quotation that goes on in the next paragraph is none."""
    open_marks: list[str] = []
    text = re.sub(rf"^\s*[\d{_CJK}]{{1,3}}）", "", text)  # 1）: a number of a list
    for char in text:
        if char in _PAIRS:
            open_marks.append(char)
        elif char in _PAIRS.values():
            if not open_marks or _PAIRS[open_marks[-1]] != char:
                return char
            open_marks.pop()
    if open_marks == ["“"] and text.strip().startswith("“"):
        return ""
    return open_marks[-1] if open_marks else ""


def _around(text: str, mark: str) -> str:
    at = text.rfind(mark)
    return text[max(0, at - 6) : at + 7]


@rule("book-marks-nested", "should", _STANDARD)
def nested_titles(case: Case) -> Iterator[Flaw]:
    """书名号里再用书名号，外面用《》、里面用〈〉。"""
    return flaws(case, "《[^《》]*《[^《》]*》[^《》]*》", "《……〈……〉……》", "里面一层改为〈〉")


@rule("straight-quotes", "should", _STANDARD)
def straight_quotes(case: Case) -> Iterator[Flaw]:
    """引号用弯引号“”，不用直引号。"""
    return flaws(case, rf'(?<=[{_CJK}，。：；、（《])["\']|["\'](?=[{_CJK}])', "“”", "改为中文引号")


_PATTERNS: Final = (
    pattern_rule(
        "doubled-marks",
        "should",
        "标点不重复：“。。”“，，”“、，”这样的连用只留一个。",
        pattern="[，。、；：]{2,}|[，、；：][。！？]|。。+",
        expected="一个标点",
        remedy="删去多的",
    ),
    pattern_rule(
        "book-marks-comma",
        "should",
        "并列的书名号、引号之间不用顿号：《甲》《乙》。",
        pattern="》、《|”、“",
        expected="《甲》《乙》",
        remedy="删去顿号；其间有括注的保留",
    ),
    pattern_rule(
        "dash-form",
        "note",
        "破折号占两个字：——，不用“--”。",
        pattern=rf"(?<=[{_CJK}])--+(?=[{_CJK}])",
        expected="——",
        remedy="改为两个字长的破折号",
    ),
    pattern_rule(
        "ellipsis-form",
        "should",
        "省略号是六个点“……”，不用“...”“。。。”。",
        pattern=rf"(?<=[{_CJK}])\.{{3,}}|(?<!…)…(?!…)",
        expected="……",
        remedy="改为“……”",
    ),
    pattern_rule(
        "level-comma",
        "should",
        "“第一”“首先”之后用逗号，不用顿号。",
        pattern="(?:^|[。；])(?:第[一二三四五六七八九十]|首先|其次|再次|最后)、",
        expected="第一，",
        remedy="顿号改为逗号",
    ),
    pattern_rule(
        "and-so-on",
        "note",
        "“等”之前不用顿号，省略号之后不再用“等”。",
        pattern="、等(?!级|效|同|额|价|离)|……等",
        expected="……和……等",
        remedy="删去顿号或“等”",
        clause="惯例",
    ),
    pattern_rule(
        "inner-spaces",
        "note",
        "汉字之间不打空格；两字的姓名、标题里对齐用的除外。",
        pattern=rf"(?<![章节条编款])(?<=[{_CJK}]{{2}})[ ]+(?=[{_CJK}]{{2}})",
        expected="不空格",
        remedy="删去空格",
        clause="惯例",
    ),
    pattern_rule(
        "empty-brackets",
        "should",
        "没有空的括号、书名号。",
        pattern="（[ ]*）|《[ ]*》|“[ ]*”",
        expected="括号里有内容",
        remedy="填上，或删去；留着手填的空格改为下划线",
        clause="惯例",
    ),
    pattern_rule(
        "doubled-words",
        "should",
        "没有打重的字：“的的”“了了”“是是”；“目的的”“为了了解”不算。",
        pattern="(?<![目标靶])的的|(?<!为)了了(?!解|之)|(?<!于)是是(?!非)",  # 以营利为目的的、为了了解 are no slips
        expected="一个字",
        remedy="删去一个",
        clause="惯例",
    ),
)
RULES: Final = (half_width, unpaired, nested_titles, straight_quotes, *_PATTERNS)
