"""What makes a source no whole notice of this programme: refused where a draft would be wrong, else told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from notices.importing.head import NUMBER, Head
from notices.importing.sentences import SourceSentence
from notices.verify.texts import ReadText, trouble
from notices.wording.spelling import tidy

ANOTHERS: Final = "检查是不是别的项目的通知，或者放错了文件"
YEARS: Final = range(2016, 2101)
"""Years a profile may have."""
_SALUTATION: Final = re.compile(
    r"各[^。;!?]{1,80}(?:局|委|厅|部门|单位|企业|公司|政府|管委会|办事处|中心)[^。;!?]{0,20}:"
)
_ASKS: Final = re.compile("要|应|请|按照|如下|下列|以下|报送|提供")
_CUT: Final = re.compile(
    r"…{1,2}|\.{6}|[(（](?:略|下略|以下略|节选|部分)[)）]|(?:点击|阅读|查看|展开)(?:阅读|查看)?(?:原文|全文)|未完待续"
)


def refuse_several(name: str, lines: Iterable[tuple[int, str]]) -> None:
    """One notice a file; ``lines`` are its paragraphs with their numbers.

    Raises:
        ProblemsError: two numbers of documents, or two salutations, stand on lines of their own.
    """
    numbers: dict[str, int] = {}
    greeted: dict[str, int] = {}
    for line, text in lines:
        plain = tidy(text)
        if NUMBER.fullmatch(plain):
            numbers.setdefault(plain, line)
        elif _SALUTATION.fullmatch(plain) and not _ASKS.search(plain):
            greeted.setdefault(plain, line)
    for found in (numbers, greeted):
        if len(found) > 1:
            told = "、".join(f"第 {line} 行 {words}" for words, line in found.items())
            raise trouble(name, f"像是有几份文件：{told}", "分成几个文件，一次读一份")


def year(text: ReadText, found: int | None) -> int:
    """The year of a notice.

    Raises:
        ProblemsError: it says none, or one that cannot be.
    """
    if not found:
        raise trouble(text.name, "标题和成文日期里都没有年度", "加上 --year，如 --year 2025")
    if found not in YEARS:
        raise trouble(text.name, f"读到的年度是 {found}，像是写错", "对照原件，加上 --year 写明年度")
    return found


def refuse_another(
    text: ReadText, title: str, source: Sequence[SourceSentence], opening: str, words: Collection[str]
) -> None:
    """A notice of this programme names it in its title, or in its introduction (the clause called ``opening``).

    Raises:
        ProblemsError: it is another programme's, and names this one by the way.
    """
    naming = [one for one in source if any(word in one.text for word in words)]
    if title and not any(word in title for word in words) and all(one.node != opening for one in naming):
        where = "、".join(dict.fromkeys(f"第 {one.line} 行" for one in naming))
        raise trouble(text.name, f"像是别的项目的通知：《{title}》，只有{where}提到本项目", ANOTHERS)


def oddities(text: ReadText, found: Head, source: Sequence[SourceSentence]) -> Iterator[str]:
    """What somebody who reads the draft must know of its source."""
    parts = {"标题": found.title, "发文字号": found.number, "主送机关": found.addressees, "成文日期": found.issued}
    missing = [part for part, has in parts.items() if not has]
    if found.kind == "notice" and len(missing) > 1:
        yield f"没有读到{'、'.join(missing)}：像是新闻稿或节选，缺的印成待定，对照原件补上"
    if not found.name:
        yield "没有读到发文机关：加 --name 全称 重来（已有的草稿加 --force），辖区、级别、自称、标志跟着定"
    cut = [(para.line, match[0]) for para in text.paras for match in _CUT.finditer(para.text)]
    if cut:
        told = "、".join(f"第 {line} 行“{words}”" for line, words in dict(cut).items())
        yield f"原文有省略（{told}）：省去的没有读到，对照原件补上"
    if found.issued and found.year and abs(int(found.issued[:4]) - found.year) > 1:
        yield f"标题的年度是 {found.year}，成文日期是 {found.issued}，核对是不是原文写错"
    if not source:
        yield "没有读到正文"


def open_days(data: object, key: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The values of a draft that the source has, and that cannot be: the key of each, and why it is asked for."""
    if isinstance(data, dict):
        if "pending" in data and "was" in data and "why" in data:
            yield ".".join(key), str(data["why"])
        else:
            yield from chain.from_iterable(open_days(child, (*key, str(name))) for name, child in data.items())
