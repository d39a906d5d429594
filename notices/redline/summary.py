"""The summary of changes: what was compared, how much changed, the changes one by one, and what was not compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notices.redline.uncompared import Remark
from notices.redline.view import RedlineView, ViewLine, ViewRow, ViewTable, Words
from notices.wording.titles import width

TITLE = "修改情况摘要"
ROOM = 40
"""Lines of one page, the title's two taken off."""
MEASURE = 44.0
"""Characters a line."""

_MANY = 3
"""More changes in one paragraph than this are told as a rewriting."""
_SHORT = 16
_FIGURE = re.compile("[0-9０-９]|百分之|一式.份|[一二三四五六七八九十百千万两〇]+[年月日天个项家份次元]")
_COUNTED = {
    "改动的段": "改动 {} 段",
    "增加的段": "增加 {} 段",
    "删去的段": "删去 {} 段",
    "移动的段": "移动 {} 段",
    "增加的行": "增加表格 {} 行",
    "删去的行": "删去表格 {} 行",
    "段落格式": "改段落格式 {} 处",
    "格式": "改文字格式 {} 处",
}


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """Lines for one page: ``facts`` above, then ``figures`` (numbers and dates that changed) and the other ``changes``.

    ``remarks`` stand below; ``more`` changes have no room.
    """

    facts: tuple[str, ...]
    figures: tuple[str, ...]
    changes: tuple[str, ...]
    remarks: tuple[str, ...]
    more: int = 0

    def lines(self) -> Iterator[str]:
        """All of it, a line each."""
        yield from self.facts
        yield from ("", "数字和日期：") if self.figures else ()
        yield from self.figures
        yield from ("", "其他修改：") if self.changes else ()
        yield from self.changes
        yield from (f"另有 {self.more} 处修改，见正文。",) if self.more else ()
        yield from ("", "没有逐词比对的部分：") if self.remarks else ()
        yield from self.remarks


def summary(seen: RedlineView, tally: Counter[str], names: tuple[str, str], remarks: Sequence[Remark]) -> ChangeSummary:
    """The summary of a redline, cut to one page."""
    facts = (
        _fitted(f"原稿：{names[0]}"),
        _fitted(f"新稿：{names[1]}"),
        _fitted(f"合计：{counted(tally, remarks)}"),
    )
    told = [_fitted(str(remark)) for remark in remarks]
    below = told if len(told) <= 12 else [*told[:11], f"等 {len(told)} 项。"]
    found = sorted(changes(seen), key=lambda change: not change.figures)
    room = ROOM - len(facts) - 5 - (len(below) + 2 if below else 0)
    shown = found if len(found) <= room else found[: room - 1]
    listed = [(change, _fitted(f"{number}. {change.said}")) for number, change in enumerate(shown, 1)]
    first, rest = (tuple(line for each, line in listed if each.figures == wanted) for wanted in (True, False))
    return ChangeSummary(facts, first, rest, tuple(below), len(found) - len(shown))


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one place, in words; ``figures`` says that a number or a date did."""

    said: str
    figures: bool = False


def changes(seen: RedlineView) -> Iterator[Change]:
    """The changes of every paragraph and row in words, with the heading they stand under.

    Numbers and dates that changed in a paragraph are told by themselves; of a paragraph with many other changes it is
    told that it was rewritten, and how it begins.
    """
    under = ""
    for line in _flat((*seen.blocks, *(block for note in seen.notes for block in note))):
        if isinstance(line, ViewRow):
            text = " ".join(each.text for _, cell in line.cells for each in _flat(cell) if isinstance(each, ViewLine))
            yield Change(f"{under}{'增加' if line.mark == 'ins' else '删去'}表格一行：{_quoted(text)}")
            continue
        if line.heading and line.mark not in {"del", "from"}:
            kept = "".join(words.text for words in line.words if words.mark not in {"del", "from"})
            under = f"〔{_short(kept.strip(), 14)}〕"
        if line.changed:
            yield from (replace(change, said=f"{under}{change.said}") for change in _told(line))


def _told(line: ViewLine) -> Iterator[Change]:
    """The changes of a paragraph: one of its numbers and dates, one of the rest."""
    told = list(_said(line))
    figures = "；".join(change.said for change in told if change.figures)
    others = [change.said for change in told if not change.figures]
    if figures:
        yield Change(figures, figures=True)
    if len(others) > _MANY:
        struck, added = (sum(len(w.text) for w in line.words if w.mark == mark) for mark in ("del", "ins"))
        kept = "".join(words.text for words in line.words if words.mark != "del")
        yield Change(f"改写{_quoted(kept)}一段：删 {struck} 字，增 {added} 字")
    elif others:
        yield Change("；".join(others))


def _flat(blocks: tuple[ViewLine | ViewTable, ...]) -> Iterator[ViewLine | ViewRow]:
    """Paragraphs, and the rows that came or went as a whole."""
    for block in blocks:
        if isinstance(block, ViewLine):
            yield block
            continue
        for row in block.rows:
            if row.mark:
                yield row
            else:
                yield from (each for _, cell in row.cells for each in _flat(cell))


def _said(line: ViewLine) -> Iterator[Change]:
    text = _quoted(line.text)
    if line.mark and line.text.strip():
        if line.mark == "to":
            return
        yield Change({"ins": f"增加一段：{text}", "del": f"删去一段：{text}", "from": f"移动一段：{text}"}[line.mark])
        return
    held: Words | None = None
    for words in (*line.words, Words("")):
        if held and words.mark == "ins":
            yield Change(f"{_quoted(held.text)}改为{_quoted(words.text)}", _counts(held.text) or _counts(words.text))
            held = None
            continue
        if held:
            yield Change(f"删去{_quoted(held.text)}", _counts(held.text))
            held = None
        if words.mark == "del" and words.text:
            held = words
        elif words.mark == "ins" and words.text:
            yield Change(f"增加{_quoted(words.text)}", _counts(words.text))


def _counts(text: str) -> bool:
    """Whether words are a number, a date or a count: not a sentence that also holds one."""
    return len(text) <= _SHORT and bool(_FIGURE.search(text))


def counted(tally: Counter[str], remarks: Sequence[Remark]) -> str:
    """What changed, in figures; where the text is the same, whether all is."""
    if said := "，".join(said.format(tally[kind]) for kind, said in _COUNTED.items() if tally[kind]):
        return said
    others = [remark.what for remark in remarks if remark.differs]
    return f"正文没有差别；不同的是{'、'.join(dict.fromkeys(others))}，没有标修订" if others else "两件没有差别"


def _quoted(text: str) -> str:
    if not text.strip():
        return "换行" if "\n" in text else "空格"
    return f"“{_short(' '.join(text.split()), 16)}”"


def _short(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _fitted(text: str) -> str:
    """A text cut to one line."""
    if width(text) <= MEASURE:
        return text
    kept, room = [], MEASURE - 1
    for char, wide in ((char, width(char)) for char in text):
        if wide > room:
            break
        kept.append(char)
        room -= wide
    return "".join(kept) + "…"
