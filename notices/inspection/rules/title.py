"""标题 and 主送机关 (GB/T 9704-2012, 7.3.1 and 7.3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from notices.inspection import signs
from notices.inspection.case import Case, lead
from notices.inspection.finding import Flaw, rule
from notices.inspection.model import Para
from notices.inspection.signs import solid
from notices.wording.titles import NEVER_FIRST, width, words

_CAPACITY: Final = 20
"""Characters of 2号 a line of 156 mm has room for."""
_LINE: Final = 28.95
_KINDS: Final = "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
_ENDS: Final = {
    "通知": "通知",
    "通告": "通告",
    "公告": "公告",
    "通报": "通报",
    "函告": "函",
    "函复": "函",
    "函达": "函",
    "报告": "报告",
    "请示": "请示",
    "批复": "批复",
}
_LONGEST: Final = 4
"""Characters of a word a dictionary is sure of; longer ones are names."""
_CLOSING: Final = "[。，；：！？、,.;:]+$"


def _title(case: Case) -> list[Para]:
    return case.in_main("title")


def _lines(case: Case) -> list[str]:
    """The title's lines, as broken by hand."""
    lines = [line for para in _title(case) for each in para.text.split("\n") if (line := solid(each))]
    return [*lines[:-1], re.sub(_CLOSING, "", lines[-1])] if lines else []


@rule("title-place", "must", "7.3.1")
def title_place(case: Case) -> Iterator[Flaw]:
    """标题居中排布，不带缩进；附件的标题也居中。"""
    for paras in (_title(case), case.of("attachment-title")):
        off = [p for p in paras if p.align != "center" or abs(p.left + p.first - p.right) > 8]
        if off:
            left = off[0].align != "center"
            found = "没有居中" if left else "居中，但有缩进，偏在一边"
            yield Flaw("居中", found, "改为居中，首行缩进、左右缩进都改为 0", tuple(off))


@rule("title-break", "should", "7.3.1")
def title_break(case: Case) -> Iterator[Flaw]:
    """标题回行词意完整：一个词不拆在两行。词按词典分，四字以上的名称不判断。"""
    lines = _lines(case)
    whole = "".join(lines)
    inside: set[int] = set()
    end = 0
    for word in words(whole):
        end += len(word)
        inside |= set(range(end - len(word) + 1, end)) if len(word) <= _LONGEST else set()
    at = 0
    for above, below in pairwise(lines):
        at += len(above)
        if at in inside and not _inside_long(whole, at) and below[0] not in NEVER_FIRST:
            found = f"{above[-4:]}｜{below[:4]}"
            yield Flaw("在词与词之间回行", found, "把换行移到词的前后", tuple(_title(case)), found)
            return


@rule("title-first-word", "note", "惯例")
def title_first_word(case: Case) -> Iterator[Flaw]:
    """标题回行时，“的、和、与”等不排在行首。"""
    for above, below in pairwise(_lines(case)):
        if below[0] in NEVER_FIRST:
            found = f"{above[-4:]}｜{below[:4]}"
            yield Flaw(f"“{below[0]}”不在行首", found, "把换行移到它的后面", tuple(_title(case)), found)


def _inside_long(text: str, at: int) -> bool:
    """Whether a place lies in a name in brackets or quotes, a word to the dictionary and none to the eye."""
    return any(found.start() < at < found.end() for found in re.finditer("《[^》]+》|（[^）]+）|“[^”]+”", text))


@rule("title-lines", "should", "7.3.1")
def title_lines(case: Case) -> Iterator[Flaw]:
    """标题超过一行的，自己分行：2 号字一行最多 20 字，任由软件折行会拆开词、排成矩形。"""
    longest = max(map(width, _lines(case)), default=0)
    if longest > _CAPACITY and not case.measured:
        found, remedy = f"一行有 {longest:g} 字", "在词意完整处换行（Shift+Enter），排成梯形或菱形"
        yield Flaw("每行不超过 20 字，自己分行", found, remedy, tuple(_title(case)))


@rule("title-shape", "should", "7.3.1")
def title_shape(case: Case) -> Iterator[Flaw]:
    """多行标题排成梯形或菱形：各行不等长，中间不短于两边。"""
    paras, lines = _title(case), _lines(case)
    long = [width(line) for line in lines]
    if len(long) < 2 or max(long) > _CAPACITY:
        return
    if len(set(long)) == 1 and len(long) > 1:
        yield Flaw("梯形或菱形", f"{len(long)} 行一样长，成了矩形", "调整换行，使各行长短有别", tuple(paras))
    elif any(a > b < c for a, b, c in zip(long, long[1:], long[2:], strict=False)):
        yield Flaw("梯形或菱形", "中间短，成了沙漏形", "调整换行，中间一行不短于上下", tuple(paras))


@rule("title-gap", "should", "7.3.1", suite="7.2.1")
def title_gap(case: Case) -> Iterator[Flaw]:
    """标题在红色分隔线之下空二行。"""
    titles, numbers = _title(case), case.in_main("number")
    above = [one for one in [*numbers, *case.in_main("signer")] if titles and one.number < titles[0].number]
    ruled = case.kind == "document" and case.form == "file" and not any(para.cell for para in above)
    if above and ruled and case.between(above[-1], titles[0]) and not case.measured:
        gap = case.gap(above[-1], titles[0]) / _LINE
        if abs(gap - 2) > 0.75:
            yield Flaw("空二行", f"空约 {gap:.1f} 行", "在标题之前空二行", (titles[0],))


@rule("title-mark", "note", "惯例")
def title_mark(case: Case) -> Iterator[Flaw]:
    """标题末尾不加标点；书名号、引号、括号等必要的除外。"""
    titles = _title(case)
    if titles and re.search("[。，；：！？、,.;:]$", titles[-1].text.strip()):
        mark = titles[-1].text.strip()[-1]
        yield Flaw("末尾不加标点", mark, "删去", (titles[-1],), titles[-1].text.strip()[-6:])


@rule("title-kind", "should", "《党政机关公文处理工作条例》第九条")
def title_kind(case: Case) -> Iterator[Flaw]:
    """标题由发文机关名称、事由和文种组成，以文种结尾。有主送机关的公文才查。"""
    titles = _title(case)
    if titles and case.in_main("addressee") and not signs.TITLE.search(re.sub(_CLOSING, "", case.title)):
        yield Flaw("以文种结尾，如 ……的通知", case.title[-8:], "补上文种", tuple(titles))


@rule("title-twice", "note", "惯例")
def title_twice(case: Case) -> Iterator[Flaw]:
    """转发、印发的标题里，文种不重复：“……的通知的通知”只留一个。"""
    found = re.search(rf"({_KINDS})》?的\1$", case.title)
    if found and "》" not in found[0]:
        yield Flaw(f"……的{found[1]}", found[0], f"只留一个“{found[1]}”", tuple(_title(case)), found[0])


@rule("title-ending", "should", "惯例")
def title_ending(case: Case) -> Iterator[Flaw]:
    """结束语与文种相符：“特此通知”用于通知，“妥否，请批示”用于请示。"""
    kind = next(iter(re.findall(f"({_KINDS})(?:（[^（）]*）)*$", case.title)), "")
    for para in case.in_main("body", "level-1", "level-2", "level-3"):
        said = re.search("特此(通知|通告|公告|通报|函告|函复|函达|报告|请示|批复)", para.text)
        wanted = (
            _ENDS[said[1]]
            if said
            else "请示"
            if re.search("(?:妥|当|可)否，?请(?:予)?(?:批示|批准|审批)", para.text)
            else ""
        )
        if kind and wanted and wanted != kind:
            words_ = said[0] if said else "请批示"
            yield Flaw(f"与文种“{kind}”相符", words_, f"改结束语，或核对标题的文种是不是“{wanted}”", (para,), words_)


@rule("title-opening", "should", "惯例")
def title_opening(case: Case) -> Iterator[Flaw]:
    """引出正文的话与文种相符：通知说“现将……通知如下”，不说“通报如下”。"""
    kind = next(iter(re.findall(f"({_KINDS})(?:（[^（）]*）)*$", case.title)), "")
    for para in case.in_main("body")[:6]:
        said = re.search("(通知|通告|公告|通报|报告|请示|批复|函复|函告)如下", para.text)
        wanted = {"函复": "函", "函告": "函"}.get(said[1], said[1]) if said else ""
        if said and kind in _ENDS and wanted != kind and not (kind == "函" and wanted in {"批复", "通知"}):
            yield Flaw(f"{kind}如下", said[0], "改正，或核对标题的文种", (para,), said[0])


@rule("addressee-place", "must", "7.3.2")
def addressee_place(case: Case) -> Iterator[Flaw]:
    """主送机关居左顶格，回行时仍顶格。"""
    off = [p for p in case.in_main("addressee") if p.align in {"center", "right"} or abs(lead(p)) > 0.3 or p.left > 4]
    if off:
        yield Flaw("居左顶格", f"空 {lead(off[0]):.1f} 字", "去掉缩进和空格", tuple(off))


@rule("addressee-colon", "must", "7.3.2")
def addressee_colon(case: Case) -> Iterator[Flaw]:
    """最后一个主送机关名称后标全角冒号。"""
    paras = case.in_main("addressee")
    if paras and not paras[-1].text.strip().endswith("："):
        last = paras[-1].text.strip()[-1:]
        found = "半角冒号" if last == ":" else f"末尾是“{last}”"
        yield Flaw("末尾用全角冒号", found, "改为“：”", (paras[-1],), paras[-1].text.strip()[-8:])


@rule("addressee-gap", "should", "7.3.2", suite="7.2.2")
def addressee_gap(case: Case) -> Iterator[Flaw]:
    """主送机关编排于标题下空一行位置。"""
    titles, paras = case.in_main("title", "subtitle"), case.in_main("addressee")
    if titles and paras and case.between(titles[-1], paras[0]) and not case.measured:
        gap = case.gap(titles[-1], paras[0]) / _LINE
        if abs(gap - 1) > 0.6:
            yield Flaw("标题下空一行", f"空约 {gap:.1f} 行", "标题和主送机关之间空一行", (paras[0],))


@rule("addressee-absent", "note", "7.3.2")
def addressee_absent(case: Case) -> Iterator[Flaw]:
    """通知、请示、报告、函、批复一般有主送机关；公告、通告等没有。"""
    if case.kind != "document" or case.in_main("addressee") or not case.in_main("title"):
        return
    if re.search("(?:通知|请示|报告|函|批复)$", case.title) and case.in_main("date", "signature"):
        yield Flaw("有主送机关", "没有找到", "在标题下空一行顶格写主送机关，末尾用“：”", tuple(_title(case)))


@rule("addressee-single", "note", "《党政机关公文处理工作条例》第十五条")
def addressee_single(case: Case) -> Iterator[Flaw]:
    """请示一般只写一个主送机关，需要同时送其他机关的用抄送。"""
    paras = case.in_main("addressee")
    if paras and case.title.endswith("请示") and re.search("[、，]", paras[-1].text):
        yield Flaw("一个主送机关", paras[-1].text.strip(), "留一个，其余改为抄送", tuple(paras))


RULES: Final = (
    *(
        title_place,
        title_break,
        title_first_word,
        title_lines,
        title_shape,
        title_gap,
        title_mark,
        title_kind,
        title_twice,
    ),
    *(title_ending, title_opening),
    *(addressee_place, addressee_colon, addressee_gap, addressee_absent, addressee_single),
)
