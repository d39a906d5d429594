"""Which part of an official paper each of its paragraphs is, and how sure that is.

Words and order decide, looks only where words do not: a paper that needs this has the wrong looks. Texts alone do.
A paper is read as it is laid out: what stands over the text (版头, 标题, 主送机关), the text with its levels, what
stands under it (附件说明, 署名, 日期, 附注), the attachments, the imprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, cast

from notices.inspection import signs
from notices.inspection.draft import Draft, Lines
from notices.inspection.foot import Foot
from notices.inspection.head import Head
from notices.inspection.model import Para, Run
from notices.inspection.parts import Part, Placed

_NAMES: Final = 10
"""Lines among which a list of attachments without numbers has an end."""
_LISTED: Final = 100
"""Paragraphs among which a list of attachments has an end."""
_LEVELS: Final[dict[str, tuple[Part, str]]] = {
    "level-1": ("level-1", "以“一、”起头"),
    "level-2": ("level-2", "以“（一）”起头"),
    "level-3": ("level-3", "以“1.”起头"),
    "level-4": ("level-4", "以“（1）”起头"),
    "chapter": ("chapter", "以“第×章”起头"),
    "article": ("article", "以“第×条”起头"),
}


def of_texts(texts: Iterable[str]) -> tuple[Placed, ...]:
    """The parts of a paper of which only the words are known, a paragraph a text."""
    return recognise([Para(number, (Run(text),) if text else ()) for number, text in enumerate(texts, 1)])


def recognise(paras: Sequence[Para]) -> tuple[Placed, ...]:
    """What each paragraph is, one by one and in order."""
    draft = Draft(paras)
    _plain(draft)
    imprint = Foot(draft).imprint()
    marks = list(_attachments(draft, imprint))
    main = draft.lines(0, marks[0] if marks else imprint)
    after = _main(draft, main)
    starts = [*([after] if after else []), *marks]
    for start, end in zip(starts, [*starts[1:], imprint], strict=False):
        marked = draft.part(start) == "attachment-mark"
        _attachment(draft, draft.lines(start, end), marked=marked)
    return draft.settled()


def official(placed: Sequence[Placed]) -> bool:
    """Whether it is an official paper at all: one sign alone may be chance, three are not."""
    weights: dict[Part, int] = {"number": 2, "addressee": 2, "title": 1, "mark": 1, "date": 1, "signature": 1}
    weights |= {"level-1": 1, "article": 1, "chapter": 1, "attachment-mark": 1, "attachment-note": 1}
    weights |= {"copies": 1, "printed": 1}
    sure = {one.part for one in placed if one.sure >= 0.7}
    title = "".join(signs.solid(one.para.text) for one in placed if one.part == "title")
    return sum(weights.get(part, 0) for part in sure) + bool(signs.STRONG_TITLE.search(title)) >= 3


def _plain(draft: Draft) -> None:
    """What needs no neighbours: blank lines, cells of tables, page numbers typed into the text."""
    heads = _head_tables(draft)
    for n, para in enumerate(draft.paras):
        if para.cell is not None and (para.cell[0] not in heads or not draft.texts[n]):
            draft.put(n, "table", 1.0, "在表格里")
        elif not draft.texts[n]:
            draft.put(n, "empty", 1.0, "没有文字")
        elif signs.PAGE_NUMBER.fullmatch(draft.texts[n]) and draft.texts[n][0] in "-—–－第":
            draft.put(n, "page-number", 0.8, "像是打在正文里的页码")


def _head_tables(draft: Draft) -> set[int]:
    """Tables before all text that hold a masthead and nothing else: whoever made them wanted places, no table."""
    found: dict[int, list[str]] = {}
    for para, text in zip(draft.paras, draft.texts, strict=True):
        if text and para.cell is None:
            break
        if text and para.cell is not None:
            found.setdefault(para.cell[0], []).append(text)
    held: dict[int, list[str]] = {}
    for table, texts in found.items():
        if not all(map(signs.in_head, texts)):
            break
        held[table] = texts
    told = [text for texts in held.values() for text in texts]
    return set(held) if any(map(signs.heads, told)) else set()


def _attachments(draft: Draft, end: int) -> Iterator[int]:
    """Where an attachment begins: 附件1 alone on a line; with a colon and a list under it, it is 附件说明."""
    lines = draft.lines(0, end)
    for place, n in enumerate(lines):
        text = draft.texts[n]
        if not signs.ATTACHMENT.fullmatch(text):
            continue
        following = draft.texts[lines[place + 1]] if place + 1 < len(lines) else ""
        if not following and n + 1 >= end:
            continue
        if text.endswith("：") and _signed_soon(draft, lines[place + 1 : place + _NAMES]):
            continue
        if signs.ITEM.match(following) and (
            text.endswith("：") or _signed_below(draft, lines[place + 1 : place + _LISTED])
        ):
            continue
        draft.put(n, "attachment-mark", 0.95 if not text.endswith("：") else 0.8, "单独一行的“附件”")
        yield n


def _signed_soon(draft: Draft, lines: Lines) -> bool:
    """Whether names without numbers run on to a date: 附件说明 that somebody broke behind its colon."""
    rest = [draft.texts[n] for n in lines]
    day = next((n for n, text in enumerate(rest) if signs.DATE.search(text)), 0)
    return day > 0 and not any(signs.ended(text) or signs.level(text) for text in rest[:day])


def _signed_below(draft: Draft, lines: Lines) -> bool:
    """Whether items run on to a signature and a date: then they are 附件说明, and the attachments come after."""
    rest = [draft.texts[n] for n in lines]
    listed = next((n for n, text in enumerate(rest) if not signs.ITEM.match(text)), len(rest))
    return any(signs.DATE.search(text) for text in rest[listed : listed + 3])


def _main(draft: Draft, lines: Lines) -> int:
    """The paper itself; the number of the first paragraph after its date that begins another text, 0 without one."""
    body = Head(draft, lines).read()
    foot = Foot(draft)
    end, after = foot.read(draft.lines(body, lines[-1] + 1) if lines else [])
    told = draft.lines(body, end)
    if any(draft.part(n) in {"mark", "title"} and signs.MINUTES.search(draft.texts[n]) for n in lines):
        _attendance(draft, [n for n in told if draft.free(n)])
    _body(draft, told)
    rest = [n for n in draft.lines(after, lines[-1] + 1) if draft.free(n)] if lines and after else []
    if rest and _titled(draft, rest):
        return rest[0]
    for n in rest:
        draft.put(n, "other", 0.4, "在成文日期之后，认不出是什么")
    return 0


def _attendance(draft: Draft, lines: Lines) -> None:
    """出席, 请假 and 列席, where minutes end with them; at their beginning they are text."""
    for n in reversed(lines):
        if not signs.ATTENDANCE.match(draft.texts[n]):
            return
        draft.put(n, "attendance", 0.9, "以“出席”“请假”“列席”起头，在纪要的末尾")


def _titled(draft: Draft, lines: Lines) -> bool:
    """Whether what follows a date is another text with a title: an attachment nobody marked as one."""
    first = [draft.texts[n] for n in lines[:3]]
    whole = any(signs.TITLE.search("".join(first[:n])) and not signs.ended(first[n - 1]) for n in (1, 2, 3))
    return len(lines) > 2 and whole and not any(map(signs.META.match, first))


def _attachment(draft: Draft, lines: Lines, *, marked: bool) -> None:
    """An attachment: its title, its text, perhaps a date of its own."""
    rest = [n for n in lines if draft.free(n)]
    title = _title_lines(draft, rest)
    for n in title:
        draft.put(n, "attachment-title", 0.9 if marked else 0.7, "在“附件”之下" if marked else "成文日期之后另起的标题")
    body = [n for n in rest if n not in title]
    while title and body and re.fullmatch("（.{2,30}）", draft.texts[body[0]]) and body[0] - title[-1] <= 2:
        draft.put(body[0], "subtitle", 0.8, "附件标题下括号里的说明")
        body = body[1:]
    end, after = Foot(draft, strict=True).read(body)
    _body(draft, [n for n in body if n < end or n >= after])


def _title_lines(draft: Draft, lines: Lines) -> list[int]:
    """The lines of an attachment's title: up to four, closed by a blank line, a level, or a word titles end with."""
    found: list[int] = []
    for n in lines[:4]:
        text = draft.texts[n]
        apart = bool(found) and (n - found[-1] > 1 or len(draft.paras[n].text.split()) > 2)  # heads of columns
        if apart or signs.ended(text) or signs.level(text) or len(text) > 45 or re.search("[。：]|^（.*）$", text):
            break
        found.append(n)
        if signs.TITLE.search(text):
            break
    return found


def _body(draft: Draft, lines: Lines) -> None:
    """The text: its levels by their numerals, headings without one by what the file says they are."""
    _signed_places(draft, lines)
    outlined = [para.outline for n in lines if (para := draft.paras[n]).outline is not None and draft.free(n)]
    top = min((level for level in outlined if level is not None), default=0)
    for n in lines:
        if not draft.free(n):
            continue
        text, outline = draft.texts[n], draft.paras[n].outline
        if name := signs.level(text):
            part, why = _LEVELS[name]
            draft.put(n, part, 0.95, why)
        elif outline is not None and len(text) <= 40 and not signs.ended(text):
            part = cast("Part", f"level-{min(4, outline - top + 1)}")
            draft.put(n, part, 0.6, "没有序号，文件里的样式是标题")
        elif draft.paras[n].align == "center" and len(text) <= 30 and not signs.ended(text):
            draft.put(n, "chapter", 0.55, "没有序号，居中的短行")
        else:
            draft.put(n, "body", 0.9 if signs.ended(text) else 0.7, "不是别的要素")


def _signed_places(draft: Draft, lines: Lines) -> None:
    """Places to sign in a form: 法定代表人（签字）：, （公章）, with 年月日 under them."""
    for place, n in enumerate(lines):
        if not signs.FILLED_DATE.fullmatch(draft.texts[n]):
            continue
        above = place
        while above and signs.FILLED_NAME.search(draft.texts[lines[above - 1]]) and draft.free(lines[above - 1]):
            above -= 1
        if above < place:
            draft.put_all(lines[above:place], "signature", 0.8, "签字、盖章的地方，下面是年月日")
            draft.put(n, "date", 0.8, "留着填写的年月日")
