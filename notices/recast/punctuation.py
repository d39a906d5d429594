"""Half-width punctuation in Chinese text to full-width, and the brackets of a document number: each change is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from notices.inspection.parts import Placed
from notices.recast.source import Edit, Piece, Source, SourceCell, SourceItem, SourceTable, inked

_HAN: Final = "\u3400-\u9fff\uf900-\ufaff"
_NEAR: Final = rf"[{_HAN}，。；：！？、》”’）〕]"
_WIDE: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_NUMBER: Final = re.compile(rf"(?<=[{_HAN}])[\[(（【［﹝]((?:19|20)\d{{2}})[\])）】］﹞](?=第?\d+号)")
_BRACKETS: Final = re.compile(rf"(?P<near>(?<={_NEAR}))?\((?P<inner>[^()（）]{{0,300}})\)")
_MARKS: Final = re.compile(rf"(?<={_NEAR})[,;:?!](?!\d{{2}}(?!\d))|(?<={_NEAR})\.(?=\s*(?:$|[{_HAN}”）]))")
_LIST: Final = re.compile(r"(?:(?<=附件：)|^|(?<=\s))(\d{1,2})[．、](?=\S)")
WHY: Final = "标点"


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    old: str
    new: str


def punctuated(source: Source, placed: Mapping[int, Placed]) -> tuple[Source, tuple[Edit, ...]]:
    """The source with its punctuation put right, and every change; its origin names the piece by its number."""
    edits: list[Edit] = []

    def put(piece: Piece) -> Piece:
        made, found = _set(piece, placed)
        edits.extend(found)
        return made

    def item(one: SourceItem) -> SourceItem:
        if isinstance(one, Piece):
            return put(one)
        if isinstance(one, SourceTable):
            return replace(one, rows=tuple(tuple(cell(each) for each in row) for row in one.rows))
        return one

    def cell(one: SourceCell) -> SourceCell:
        return replace(one, pieces=tuple(map(put, one.pieces)))

    return replace(source, items=tuple(map(item, source.items))), tuple(edits)


def _set(piece: Piece, placed: Mapping[int, Placed]) -> tuple[Piece, list[Edit]]:
    """A piece put right. A character is only ever put for another, or added at the end."""
    part = placed[piece.number].part if piece.number in placed else "body"
    rules = [_numbers, _quotes, _brackets, _marks]
    rules += {"attachment-note": [_listed], "copies": [_ended], "level-4": [_levelled]}.get(part, [])
    text = piece.text
    for changes in rules:
        text = _put(text, changes(text))
    if text == piece.text:
        return piece, []
    old, new = inked(piece.text), inked(text)
    found = [
        Edit(("", piece.number), at, one, two, f"{WHY}：“{new[max(0, at - 4) : at + 5]}”")
        for at, (one, two) in enumerate(zip(old, new, strict=False))
        if one != two
    ]
    if len(new) > len(old):
        found.append(Edit(("", piece.number), len(old), "", new[len(old) :], f"{WHY}：句末"))
    return replace(piece, para=replace(piece.para, runs=(replace(piece.para.runs[0], text=text),))), found


def _put(text: str, changes: Iterable[_Change]) -> str:
    """A text after changes that come in their order."""
    made: list[str] = []
    at = 0
    for change in changes:
        made += (text[at : change.start], change.new)
        at = change.start + len(change.old)
    return "".join((*made, text[at:]))


def _numbers(text: str) -> Iterator[_Change]:
    """〔2024〕 in a document number."""
    for match in _NUMBER.finditer(text):
        yield _Change(match.start(), match[0], f"〔{match[1]}〕")


def _quotes(text: str) -> Iterator[_Change]:
    """Straight quotation marks in pairs; an odd one is left as it is."""
    places = [n for n, char in enumerate(text) if char == '"']
    if len(places) % 2 == 0 and re.search(f"[{_HAN}]", text):
        for count, n in enumerate(places):
            yield _Change(n, '"', "”" if count % 2 else "“")


def _brackets(text: str) -> Iterator[_Change]:
    """Brackets around Chinese text, or right behind it."""
    for match in _BRACKETS.finditer(text):
        if match["near"] is not None or re.search(f"[{_HAN}]", match["inner"]):
            yield _Change(match.start(), match[0], f"（{match['inner']}）")


def _marks(text: str) -> Iterator[_Change]:
    for match in _MARKS.finditer(text):
        yield _Change(match.start(), match[0], _WIDE.get(match[0], "。"))


def _listed(text: str) -> Iterator[_Change]:
    """附件：1.甲: the full point after a number (7.3.4)."""
    for match in _LIST.finditer(text):
        yield _Change(match.start(), match[0], f"{match[1]}.")


def _ended(text: str) -> Iterator[_Change]:
    """抄送 ends with a full stop (7.4.2)."""
    if re.match(r"\s*抄送[：:]", text) and not text.rstrip().endswith(("。", "，", "、", ".")):
        yield _Change(len(text.rstrip()), "", "。")


def _levelled(text: str) -> Iterator[_Change]:
    """（1） at the head of a fourth level (7.3.3)."""
    if match := re.match(r"\s*(\((\d{1,3})\))", text):
        yield _Change(match.start(1), match[1], f"（{match[2]}）")
