"""The summary of changes: what was compared, how much changed, the changes one by one, and what was not compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notices.redline.uncompared import Remark
from notices.redline.view import RedlineView, ViewLine, ViewRow, ViewTable, Words
from notices.wording.titles import width

TITLE = "修改情况摘要"
ROOM = 40
"""Lines of one page, the title's two taken off."""
MEASURE = 44.0
"""Characters a line."""

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
    """Lines for one page: ``facts`` above, ``changes`` one by one, ``remarks`` below; ``more`` changes have no room."""

    facts: tuple[str, ...]
    changes: tuple[str, ...]
    remarks: tuple[str, ...]
    more: int = 0

    def lines(self) -> Iterator[str]:
        """All of it, a line each."""
        yield from self.facts
        yield from ("", "主要修改：") if self.changes else ()
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
    found = list(changes(seen))
    room = ROOM - len(facts) - 3 - (len(below) + 2 if below else 0)
    shown = found if len(found) <= room else found[: room - 1]
    listed = tuple(_fitted(f"{number}. {said}") for number, said in enumerate(shown, 1))
    return ChangeSummary(facts, listed, tuple(below), len(found) - len(shown))


def changes(seen: RedlineView) -> Iterator[str]:
    """The changes of every paragraph and row in words, with the heading they stand under."""
    under = ""
    for line in _flat((*seen.blocks, *(block for note in seen.notes for block in note))):
        if isinstance(line, ViewRow):
            text = " ".join(each.text for _, cell in line.cells for each in _flat(cell) if isinstance(each, ViewLine))
            yield f"{under}{'增加' if line.mark == 'ins' else '删去'}表格一行：{_quoted(text)}"
            continue
        if line.heading and line.mark not in {"del", "from"}:
            kept = "".join(words.text for words in line.words if words.mark not in {"del", "from"})
            under = f"〔{_short(kept.strip(), 14)}〕"
        said = "；".join(_said(line)) if line.changed else ""
        if said:
            yield f"{under}{said}"


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


def _said(line: ViewLine) -> Iterator[str]:
    text = _quoted(line.text)
    if line.mark and line.text.strip():
        if line.mark == "to":
            return
        yield {"ins": f"增加一段：{text}", "del": f"删去一段：{text}", "from": f"移动一段：{text}"}[line.mark]
        return
    held: Words | None = None
    for words in (*line.words, Words("")):
        if held and words.mark == "ins":
            yield f"{_quoted(held.text)}改为{_quoted(words.text)}"
            held = None
            continue
        if held:
            yield f"删去{_quoted(held.text)}"
            held = None
        if words.mark == "del" and words.text:
            held = words
        elif words.mark == "ins" and words.text:
            yield f"增加{_quoted(words.text)}"


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
