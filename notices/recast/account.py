"""What was made of a file, told: each paragraph with its part, every change, what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from notices.inspection.parts import NAMES, Placed
from notices.recast.make import Recast
from notices.recast.runs import NOTE
from notices.recast.source import Edit, Leaving, inked, shown
from notices.recast.word import AUTOMATIC
from notices.wording.columns import aligned

_DOUBTFUL: Final = 0.7
_LAYOUTS: Final = {"document": "文件格式", "letter": "信函格式", "plain": "没有版头、版记"}


def paragraphs(made: Recast) -> str:
    """Each paragraph in a line: its number, its part, how sure, its text; why where it is not sure."""
    rows = [
        (
            f"{one.para.number:>4}",
            NAMES[one.part],
            f"{one.sure:.0%}",
            shown(one.para.text, 30) + (f"  ？{one.why}" if one.sure < _DOUBTFUL else ""),
        )
        for one in _told(made)
    ]
    return aligned([("  段", "要素", "把握", "文字"), *rows])


def record(made: Recast) -> dict[str, Any]:
    """The account as plain data: ``file, official, layout, paragraphs, edits, left_out, told``."""
    return {
        "file": made.source.name,
        "official": made.official,
        "layout": made.built.document.layout,
        "paragraphs": [
            {**paragraph(one), "as_text": made.built.marked.get(one.para.number, "")} for one in _told(made)
        ],
        "edits": [
            {"paragraph": edit.origin[1], "old": edit.old, "new": edit.new, "why": edit.why} for edit in _edits(made)
        ],
        "left_out": [
            {"what": one.what, "where": one.where, "hint": one.hint, "lost": one.lost} for one in made.leavings
        ],
        "told": [*made.source.told, *made.built.told],
    }


def paragraph(one: Placed) -> dict[str, Any]:
    """What a paragraph was taken for: ``number, part, name, sure, why, text``."""
    return {
        "number": one.para.number,
        "part": one.part,
        "name": NAMES[one.part],
        "sure": one.sure,
        "why": one.why,
        "text": one.para.text,
    }


def _told(made: Recast) -> Iterator[Placed]:
    """Paragraphs with text that stand in no table, and those of a table that are something else than its cells."""
    return (one for one in made.placed if inked(one.para.text) and one.part != "table")


def _edits(made: Recast) -> tuple[Edit, ...]:
    return (*made.read.source.edits, *made.punctuation)


def lines(made: Recast) -> Iterator[str]:
    """The account in sentences, but for the paragraphs one by one."""
    if not made.official:
        yield "请注意：看不出这是公文（没有标题、主送机关、文号、落款这些要素），只是照公文的版面排了"
    yield f"版式：{_LAYOUTS[made.built.document.layout]}"
    doubtful = [one for one in _told(made) if one.sure < _DOUBTFUL]
    if doubtful:
        numbers = "、".join(str(one.para.number) for one in doubtful[:20]) + ("等" if len(doubtful) > 20 else "")
        yield f"把握不大的 {len(doubtful)} 段：{numbers}；用 --parts 文件 写出来改"
    for number, why in sorted(made.built.marked.items()):
        text = next((one.para.text for one in made.placed if one.para.number == number), "")
        yield f"第 {number} 段“{shown(text, 20)}”：{why}"
    yield from _changes(_edits(made))
    if made.figures:
        yield f"图片 {made.figures} 幅，居中排在原来的位置"
    for piece in made.built.dropped:
        yield f"第 {piece.number} 段“{shown(piece.text)}”是打在正文里的页码，没有排：页码由版面给"
    for one in made.leavings:
        yield _left(one)
    yield from (*made.source.told, *made.built.told)


def _changes(edits: tuple[Edit, ...]) -> Iterator[str]:
    """Every change; those that all mean the same are counted."""
    quiet = Counter(edit.why for edit in edits if edit.quiet)
    yield from (f"{why}：去掉 {count} 处" for why, count in quiet.items())
    numbers = [edit for edit in edits if edit.why == AUTOMATIC]
    if numbers:
        some = "、".join(edit.new for edit in numbers[:12]) + ("等" if len(numbers) > 12 else "")
        yield f"{AUTOMATIC} {len(numbers)} 处：{some}"
    for edit in edits:
        if edit.quiet or edit.why == AUTOMATIC:
            continue
        if edit.why == NOTE:
            yield f"第 {edit.origin[1]} 段：{NOTE}：{shown(edit.new, 40)}"
        else:
            yield f"第 {edit.origin[1]} 段：{edit.why}：{_sign(edit.old)} 改为 {_sign(edit.new)}"


def _sign(text: str) -> str:
    return f"“{text}”" if text.isprintable() and text else "（无）"


def _left(one: Leaving) -> str:
    hint = f"（{one.hint}）" if one.hint else ""
    return f"没有排入：{one.what}，{one.where}{hint}"
