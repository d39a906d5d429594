"""Titles in balanced lines, broken between words (GB/T 9704 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from notices.wording.columns import cells
from notices.wording.segmenter import Segmenter

CAPACITY = 19.0
"""The most characters of 2号 (22 pt) on a line of 156 mm: it has room for 20, but a title does not touch the edges."""
WIDE_CAPACITY = 28.0
"""The same on a line of 225 mm."""

_WHOLE = re.compile(r"\d+年度?|《[^》]{1,18}》|（[^）]{1,12}）|“[^”]{1,12}”")
NEVER_FIRST = "的和与及等、，》）”"
"""What no line may begin with."""
_NEVER_LAST = ("和", "与", "及", "《", "（", "“", "关于", "、")
TERMS = (
    "示范单位", "梯度培育", "工业和信息化", "信息化厅", "信息化部", "办公厅", "自治区级", "省级", "省层面",
    "实施细则", "暂行办法", "工作的通知", "动态管理表", "汇总表",
    "自评价报告", "第三方评价报告",
)  # fmt: skip
"""Words of official papers a general dictionary would cut."""


def balanced(
    title: str, terms: Sequence[str] = (), *, wide: bool = False, words: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The title's lines: as few as fit, near equal, the upper of two not the shorter, no line led by a particle.

    ``terms`` are names that may not be cut (an authority, a list), unless one is longer than a line; ``words`` are
    the programme's, which a general dictionary would cut. A title that fits a landscape page (``wide``) stays on one
    line there.
    """
    if width(title) <= (WIDE_CAPACITY if wide else CAPACITY):
        return (title,)
    pieces = [piece for word in _words(title, tuple(terms), words) for piece in _fitting(word)]
    for count in range(2, len(pieces) + 1):
        layouts = _layouts(pieces, count)
        if layouts:
            return min(layouts, key=_cost)
    return tuple(pieces)


def _fitting(word: str) -> list[str]:
    """A word, or its pieces when it is longer than a line."""
    if width(word) <= CAPACITY:
        return [word]
    size = int(CAPACITY) if not word.isascii() else int(2 * CAPACITY)
    return [word[at : at + size] for at in range(0, len(word), size)]


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """A short text in its words, a bracketed addition whole: where the head of a column may be divided."""
    return _words(text, (), ())


def width(text: str) -> float:
    """Width in characters: one for a Chinese character, a half for a Latin letter or digit."""
    return cells(text) / 2


def _layouts(words: Sequence[str], count: int) -> list[tuple[str, ...]]:
    """The best few ways to set the words in so many lines: kept short at every word, so that no title takes long."""
    mean = width("".join(words)) / count
    best: list[list[list[tuple[float, tuple[str, ...]]]]] = [
        [[] for _ in range(count + 1)] for _ in range(len(words) + 1)
    ]
    best[0][0] = [(0.0, ())]
    for end in range(1, len(words) + 1):
        for start in range(end - 1, -1, -1):
            line = "".join(words[start:end])
            if width(line) > CAPACITY:
                break
            cost = (width(line) - mean) ** 2 + _breaks(line, first=start == 0, last=end == len(words))
            for lines in range(1, count + 1):
                best[end][lines] += [(so_far + cost, (*above, line)) for so_far, above in best[start][lines - 1]]
        best[end] = [sorted(found)[:_KEPT] for found in best[end]]
    return [lines for _, lines in best[len(words)][count]]


_KEPT = 8


def _breaks(line: str, *, first: bool, last: bool) -> float:
    return 40.0 * ((not first and line[0] in NEVER_FIRST) + (not last and line.endswith(_NEVER_LAST)))


def _cost(lines: tuple[str, ...]) -> float:
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    cost = sum((w - mean) ** 2 for w in widths)
    cost += sum(_breaks(line, first=line is lines[0], last=line is lines[-1]) for line in lines)
    if len(lines) == 2 and widths[0] < widths[1]:
        cost += 4
    hourglass = any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
    return cost + (30 if hourglass else 0) + (6 if len(set(widths)) == 1 else 0)


@lru_cache(maxsize=20_000)
def _words(title: str, terms: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    names = sorted(terms, key=len, reverse=True)  # the longest name first: a name may hold another
    whole = re.compile("|".join([*map(re.escape, names), _WHOLE.pattern]))
    found: list[str] = []
    cutter, at = _cutter(own), 0
    for match in whole.finditer(title):
        found += cutter.lcut(title[at : match.start()])
        found.append(match[0])
        at = match.end()
    found += cutter.lcut(title[at:])
    return tuple(_joined(found))


def _joined(words: Iterable[str]) -> Iterable[str]:
    """Particles go with the word before them, so that no line starts with one."""
    held = ""
    for word in words:
        if held and word[0] in NEVER_FIRST:
            held += word
        else:
            if held:
                yield held
            held = word
    if held:
        yield held


@cache
def _cutter(own: tuple[str, ...]) -> Segmenter:
    return Segmenter((*TERMS, *own), 10**7)
