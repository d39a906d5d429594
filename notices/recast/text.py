"""Plain text and Markdown to a source: a line a paragraph, long lines that break off joined; marks of Markdown go."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from notices.inspection import signs
from notices.inspection.model import Para, Run
from notices.recast.source import (
    Edit,
    Leaving,
    Origin,
    Piece,
    Source,
    SourceCell,
    SourceItem,
    SourceTable,
    inked,
    settable,
    shown,
    unseen,
)
from notices.wording.columns import cells

_WRAPPED: Final = 60
"""Half-width cells of a line that may have been broken because it was full."""
_BREAKS_OFF: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9，、（“《—％%]\s*$")
_BEGINS: Final = re.compile(r"\s|```|~~~|#|[-*+>|] ?|\d+[.．、]|附件|抄送|出席|请假|列席|（|\(")
MARKUP: Final = "Markdown 记号"
UNSEEN: Final = "看不见的字符"


def read(name: str, text: str, *, marked: bool) -> Source:
    """A text file.

    Args:
        name: what messages call it.
        text: its characters.
        marked: whether it is Markdown.
    """
    reading = _Reading(name, marked)
    reading.lines(text.split("\n"))
    told = [f"断在句中的长行接回一段 {reading.joined} 处"] if reading.joined else []
    return Source(name, tuple(reading.items), tuple(reading.edits), tuple(reading.leavings), tuple(told))


@dataclass
class _Reading:
    """What was read so far. ``wrapped`` are paragraphs that take several lines of the file."""

    name: str
    marked: bool
    items: list[SourceItem] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    leavings: list[Leaving] = field(default_factory=list)
    count: int = 0
    joined: int = 0
    titled: bool = False
    fenced: bool = False

    def lines(self, lines: Sequence[str]) -> None:
        """Read the lines of the file; a paragraph's origin is its first line."""
        lines = [self._clean((self.name, number), line) for number, line in enumerate(lines, 1)]
        at = 0
        while at < len(lines):
            if self.marked and not self.fenced and (rows := _table(lines[at:])):
                self._table(at + 1, lines[at : at + rows])
                at += rows
                continue
            whole = self._whole(lines, at)
            self._line((self.name, at + 1), lines[at : at + whole])
            at += whole

    def _whole(self, lines: Sequence[str], at: int) -> int:
        """How many lines a paragraph takes: full ones that break off go on in the next."""
        taken = 1
        if self.fenced or re.match(r"\s*(```|~~~)", lines[at]):
            return taken
        while at + taken < len(lines):
            line, following = lines[at + taken - 1], lines[at + taken]
            goes_on = cells(line.strip()) >= _WRAPPED and _BREAKS_OFF.search(line)
            if not goes_on or not following.strip() or _BEGINS.match(following) or signs.level(signs.solid(following)):
                break
            taken += 1
        self.joined += taken - 1
        return taken

    def _line(self, origin: Origin, lines: Sequence[str]) -> None:
        between = [" " if _latin(one, two) else "" for one, two in pairwise(lines)]
        text = "".join(line.strip("\r") + gap for line, gap in zip(lines, [*between, ""], strict=True))
        if self.marked and re.match(r"\s*(```|~~~)", text):
            self.fenced = not self.fenced
            self._strip(origin, 0, inked(text))
            return
        outline = None
        if self.marked and not self.fenced:
            text, outline = self._unmarked(origin, text)
        for line in text.split("\n"):
            self._put(origin, line, outline)

    def _put(self, origin: Origin, text: str, outline: int | None) -> None:
        self.count += 1
        title = outline == 0 and not self.titled
        self.titled = self.titled or title
        runs = (Run(text),) if text.strip() else ()
        para = Para(self.count, runs, style="标题" if title else "", outline=None if title else outline)
        self.items.append(Piece(self.count, origin, para))

    def _clean(self, origin: Origin, text: str) -> str:
        """Without what nobody sees; a tab is a blank."""
        made, at = "", 0
        for char in text:
            if unseen(char):
                self.edits.append(Edit(origin, at, char, "", f"{UNSEEN} U+{ord(char):04X}", first=True))
            made += "" if unseen(char) else settable(char)
            at += not char.isspace()
        return made

    def _strip(self, origin: Origin, at: int, old: str, new: str = "") -> None:
        if old:
            self.edits.append(Edit(origin, at, old, new, MARKUP, quiet=True))

    def _unmarked(self, origin: Origin, text: str) -> tuple[str, int | None]:
        """A line without its marks, and the level of a heading."""
        outline = None
        if re.fullmatch(r"\s*([-*_])(?:\s*\1){2,}\s*", text):
            self._strip(origin, 0, inked(text))
            return "", None
        lead = re.match(r"\s*(?:(?P<head>#{1,6})\s+|(?P<mark>[-*+]\s+|>\s*))", text)
        at = 0
        if lead:
            self._strip(origin, 0, inked(lead[0]))
            outline = len(lead["head"]) - 1 if lead["head"] else None
            at, text = len(inked(lead[0])), text[lead.end() :]
            if outline is not None and (tail := re.search(r"\s+#+\s*$", text)):
                self._strip(origin, at + len(inked(text[: tail.start()])), inked(tail[0]))
                text = text[: tail.start()]
        return "".join(self._inline(origin, text, at)), outline

    def _inline(self, origin: Origin, text: str, start: int) -> Iterator[str]:
        """The text of a line without marks inside it, each noted where it stood."""
        last, at = 0, start
        for match in _INLINE.finditer(text):
            at += len(inked(text[last : match.start()]))
            yield text[last : match.start()]
            last = match.end()
            if match["image"]:
                what = f"图片 {shown(match['image'])}"
                self.leavings.append(Leaving(what, f"第 {origin[1]} 行", "在 Word 里插入这幅图，再用 typeset"))
                self._strip(origin, at, inked(match[0]))
            elif match["link"] is not None:
                self._strip(origin, at, inked(match[0]), inked(match["link"]))
                yield match["link"]
            elif match["strong"] is not None or match["code"] is not None:
                inner = match["strong"] if match["strong"] is not None else match["code"]
                self._strip(origin, at, inked(match[0]), inked(inner))
                yield inner
            else:
                new = "\n" if match["br"] else match["escaped"] or html.unescape(match[0])
                self._strip(origin, at, inked(match[0]), inked(new))
                yield new
            at += len(inked(match[0]))
        yield text[last:]

    def _table(self, line: int, lines: Sequence[str]) -> None:
        """A table of pipes: its first row is its head; the row of dashes goes."""
        self._strip((self.name, line + 1), 0, inked(lines[1]))
        rows = [self._row((self.name, line + n), text) for n, text in enumerate(lines) if n != 1]
        width = max(map(len, rows))
        full = tuple((*row, *(SourceCell(()) for _ in range(width - len(row)))) for row in rows)
        self.items.append(SourceTable((1.0,) * width, full, head=1))

    def _row(self, origin: Origin, text: str) -> tuple[SourceCell, ...]:
        found: list[SourceCell] = []
        at = 0
        for part in re.split(r"(?<!\\)(\|)", text):
            if part == "|":
                self._strip(origin, at, "|")
            elif at and (part.strip() or not found or found):
                inner = "".join(self._inline(origin, part, at)).strip()
                pieces = []
                for one in filter(None, inner.split("\n")):
                    self.count += 1
                    pieces.append(Piece(self.count, origin, Para(self.count, (Run(one),), cell=(1, 1, 1))))
                found.append(SourceCell(tuple(pieces), "center"))
            at += len(inked(part))
        return tuple(found[:-1])


_INLINE: Final = re.compile(
    r"!\[(?P<image>[^\[\]]{0,300})\]\([^()]{0,2000}\)|\[(?P<link>[^\[\]]{0,300})\]\([^()]{0,2000}\)"
    r"|\*\*(?P<strong>[^*]+)\*\*|`(?P<code>[^`]+)`"
    r"|(?P<br><br ?/?>)|\\(?P<escaped>[\\`*_{}\[\]()#+.!|>~-])|&(?:#\d+|#x[0-9a-fA-F]+|[a-z]+);"
)


def _table(lines: Sequence[str]) -> int:
    """How many lines a table of pipes at the beginning takes, 0 where there is none."""
    if len(lines) < 2 or not lines[0].strip().startswith("|"):
        return 0
    if not re.fullmatch(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*", lines[1]):
        return 0
    return next((n for n, line in enumerate(lines) if not line.strip().startswith("|")), len(lines))


def _latin(one: str, two: str) -> bool:
    """Whether words of letters meet where two lines are joined."""
    return bool(re.search(r"[A-Za-z0-9,.]\s*$", one) and re.match(r"\s*[A-Za-z0-9]", two))
