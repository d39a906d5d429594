"""The parts of a paper around its clauses: title, number, whom it goes to; contacts, attachments, signature, note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from notices.verify.ordinals import cleaned, mark_of
from notices.wording.spelling import tidy


@dataclass(frozen=True, slots=True)
class SourceText:
    """A line or paragraph of a source; ``whole`` where the file says that it is a paragraph to its end."""

    text: str
    line: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Zones:
    """A text's parts. ``named`` are those with a name of their own; ``rest`` stands after the signature."""

    named: dict[str, tuple[SourceText, ...]]
    body: tuple[SourceText, ...]
    rest: tuple[SourceText, ...]
    before = ("附件", "标题", "发文字号", "主送机关")
    after = ("联系人", "附件", "落款", "成文日期", "附注")


_ABOUT = re.compile(
    r"(索引号|主题分类|分类|发文机关|发文单位|发布机构|发布单位|成文日期|发布日期|印发日期|标题|名称|发文字号|文号|主题词"
    r"|信息来源|来源|时间|效力状态|有效性|有效期)[:]"
)
_NUMBER = re.compile(r"[^\s]{1,20}[〔\[(]\d{4}[〕\])]\d+号")
_KINDS = re.compile(r"(通知|办法|细则|方案|意见|公告|通告|函|规定|条例|决定)(\(.*\))?$")
_CONTACT = re.compile(r"\(?(联系|电话|咨询电话|邮箱|电子邮箱|电子邮件|传真|地址|邮编)[^。]{0,14}[:]|\(?联系人")
_ATTACHED = re.compile(r"附件?[::]|附件\d+[.、:]|附件\d{1,2}[\u4e00-\u9fff《][^。，,;]{2,40}$")
_CN = "[〇零一二三四五六七八九十]"
_DATE = re.compile(rf"(\d{{4}}年\d{{1,2}}月\d{{1,2}}日|{_CN}{{4}}年{_CN}{{1,3}}月{_CN}{{1,3}}日)")
_ITEM = re.compile(r"\d{1,2}[.、]")


def zones(lines: Sequence[SourceText]) -> Zones:
    """The parts of a text. Nothing is dropped: a line is in a named part, in the body, or in the rest."""
    paras = [SourceText(text, para.line, para.whole) for para in lines if (text := cleaned(para.text))]
    paras, annexed = _annexed(paras)
    start, named = _head(paras)
    end, tail, rest = _tail(paras, start)
    body = tuple(paras[start:end])
    return Zones({**named, **{name: part for name, part in tail.items() if part}}, body, (*rest, *annexed))


def _annexed(paras: list[SourceText]) -> tuple[list[SourceText], list[SourceText]]:
    """A paper without the attachments that follow its date in the same file: from a line that says 附件 alone."""
    dated = next((n for n, para in enumerate(paras) if _DATE.fullmatch(tidy(para.text))), None)
    if dated is None:
        return paras, []
    cut = next((n for n in range(dated + 1, len(paras)) if re.fullmatch(r"附件\d{0,2}:?", tidy(paras[n].text))), None)
    return (paras, []) if cut is None else (paras[:cut], paras[cut:])


def _head(paras: Sequence[SourceText]) -> tuple[int, dict[str, tuple[SourceText, ...]]]:
    """Where the body begins, and what stands before it."""
    first = _first_clause(paras)
    to = next((n for n, para in enumerate(paras[:first]) if _addressed(para.text)), None)
    if to is None:
        to = next((n for n, para in enumerate(paras[:first]) if _introduces(tidy(para.text))), first)
        addressed: tuple[SourceText, ...] = ()
        start = to
    else:
        addressed, start = (paras[to],), to + 1
    head = paras[:to]
    labels = tuple(para for para in head if re.fullmatch(r"附件\d*:?", tidy(para.text)))
    numbers = tuple(para for para in head if _NUMBER.search(tidy(para.text)))
    title = tuple(para for para in head if para not in labels and not _NUMBER.fullmatch(tidy(para.text)))
    titled = any(_KINDS.search(tidy(para.text)) for para in title)
    return start, {"附件": labels, "标题": title if titled else (), "发文字号": numbers, "主送机关": addressed}


def _first_clause(paras: Sequence[SourceText]) -> int:
    """The first numbered paragraph: 一、 or 第一条; in a paper without these, （一）."""
    levels = [mark.level if (mark := mark_of(para.text)) else None for para in paras]
    for highest in (1, 2):
        found = next((n for n, level in enumerate(levels) if level is not None and level <= highest), None)
        if found is not None:
            return found
    return len(paras)


def _introduces(plain: str) -> bool:
    """Whether a paragraph before the first clause is the introduction already: a sentence, or one that ends 如下：."""
    return plain.endswith("。") or bool(re.search(r"如下:?$", plain)) or (len(plain) >= 40 and "," in plain)


def _addressed(text: str) -> bool:
    plain = tidy(text)
    return plain.endswith(":") and len(plain) >= 5 and not _ABOUT.match(plain) and not re.search("如下|附件", plain)


def _tail(
    paras: Sequence[SourceText], start: int
) -> tuple[int, dict[str, tuple[SourceText, ...]], tuple[SourceText, ...]]:
    """Where the body ends, and what stands after it."""
    plain = [tidy(para.text) for para in paras]
    body = range(start, len(paras))
    last = max((n for n in body if mark_of(paras[n].text) and not _ITEM.match(plain[n])), default=start)
    dated = next((n for n in range(last, len(paras)) if _DATE.fullmatch(plain[n])), None)
    limit = len(paras) if dated is None else dated
    sections = range(last + 1, limit)
    contact = next((n for n in sections if _CONTACT.match(plain[n])), limit)
    attached = next((n for n in sections if _ATTACHED.match(plain[n])), limit)
    listed = min(contact, attached)
    signed = _signature(plain, max(last, listed) if listed < limit else last, dated, attached)
    end = min(contact, attached, signed)
    note = dated is not None and dated + 1 < len(plain) and re.fullmatch(r"\(.*\)", plain[dated + 1])
    closed = limit if dated is None else dated + (2 if note else 1)
    tail: dict[str, tuple[SourceText, ...]] = {
        "联系人": tuple(paras[contact : min(attached if attached > contact else limit, signed)]),
        "附件": tuple(paras[attached : min(contact if contact > attached else limit, signed)]),
        "落款": tuple(paras[signed:limit]) + (tuple(paras[dated : dated + 1]) if dated is not None else ()),
        "成文日期": tuple(paras[dated : dated + 1]) if dated is not None else (),
        "附注": (paras[dated + 1],) if note and dated is not None else (),
    }
    if signed == limit:  # a date without a signature above it
        tail["落款"] = ()
    if not tail["联系人"] and any(_CONTACT.match(tidy(para.text)) for para in tail["附注"]):
        tail["联系人"] = tail["附注"]  # （联系人：…） under the date
    return end, tail, tuple(paras[max(closed, end) :])


def _signature(plain: Sequence[str], start: int, dated: int | None, attached: int) -> int:
    """Where the lines of the signature begin: those right above the date that are neither sentence nor list."""
    if dated is None:
        return len(plain)
    signed = dated
    while signed - 1 > start and signed - 1 != attached and len(plain[signed - 1]) <= 40:
        line = plain[signed - 1]
        if re.search(r"[。;:,]$", line) or _ITEM.match(line) or _CONTACT.match(line) or _ATTACHED.match(line):
            break
        signed -= 1
    return signed
