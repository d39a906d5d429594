"""Which of two sequences' items belong together: equal ones first, then similar ones, never crossing.

Near linear whatever the input: unique equal items anchor the rest (patience), what lies between is small or is
matched by a bounded method, and similar texts find each other through a few shingles each, not all with all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeAlias
from zlib import crc32

from rapidfuzz.distance import LCSseq

Pairs: TypeAlias = list[tuple[int, int]]
"""Index pairs, both rising."""

_GAP = 40_000_000
"""Cells of the longest-common-subsequence matrix taken on at once: 5 MB of bits."""
_SKETCH = 64
"""Shingles that stand for a text: those of the smallest check sums, whatever its length."""
_COMMON = 24
"""A shingle that more texts than this share says little about any of them."""
_ALIKE = 0.35
"""From this share of common shingles on, two texts are versions of one."""


def equal(old: Sequence[Hashable], new: Sequence[Hashable], *, anchored: bool = True) -> Pairs:
    """Pairs of equal items.

    Args:
        old: one sequence.
        new: the other.
        anchored: prefer items that occur once on both sides to sheer number; for paragraphs, not for words.
    """
    numbers: dict[Hashable, int] = {}
    one = [numbers.setdefault(item, len(numbers)) for item in old]
    two = [numbers.setdefault(item, len(numbers)) for item in new]
    pairs: Pairs = []
    gaps = [(0, len(one), 0, len(two))]
    while gaps:
        a, b, c, d = gaps.pop()
        while a < b and c < d and one[a] == two[c]:
            pairs.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and one[b - 1] == two[d - 1]:
            b, d = b - 1, d - 1
            pairs.append((b, d))
        if a == b or c == d:
            continue
        large = (b - a) * (d - c) > _GAP
        anchors = _anchors(one, two, (a, b, c, d)) if anchored or large else []
        if anchors:
            pairs += anchors
            gaps += _between(anchors, (a, b, c, d))
        elif not large:
            pairs += _longest(one[a:b], two[c:d], a, c)
    return sorted(pairs)


def similar(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pairs of similar texts: the chain that shares most text."""
    return heaviest(candidates(old, new))


def likeness(old: str, new: str) -> float:
    """Share of common shingles, 0 to 1."""
    one, two = _shingles(old), _shingles(new)
    return _dice(one, two)


def between(pairs: Pairs, rows: int, columns: int) -> Iterator[tuple[int, int, int, int]]:
    """The gaps that pairs leave in two sequences of these lengths, the last one too."""
    a = c = 0
    for i, j in [*pairs, (rows, columns)]:
        yield a, i, c, j
        a, c = i + 1, j + 1


def _between(pairs: Pairs, box: tuple[int, int, int, int]) -> Iterator[tuple[int, int, int, int]]:
    a, b, c, d = box
    for w, x, y, z in between([(i - a, j - c) for i, j in pairs], b - a, d - c):
        if w < x and y < z:
            yield a + w, a + x, c + y, c + z


def _anchors(one: list[int], two: list[int], box: tuple[int, int, int, int]) -> Pairs:
    """Items that stand once on each side, as many as do not cross."""
    a, b, c, d = box
    left, right = Counter(one[a:b]), Counter(two[c:d])
    places = {two[j]: j for j in range(c, d) if right[two[j]] == 1}
    found = [(i, places[one[i]]) for i in range(a, b) if left[one[i]] == 1 and one[i] in places]
    return _rising(found)


def _rising(pairs: Pairs) -> Pairs:
    """The longest part of the pairs (sorted by the first) whose second rises too."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before[at] = ends[place - 1] if place else -1
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [at]
    chain: Pairs = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _longest(one: list[int], two: list[int], a: int, c: int) -> Pairs:
    pairs: Pairs = []
    for step in LCSseq.opcodes(one, two):
        if step.tag == "equal":
            width = step.src_end - step.src_start
            pairs += [(a + step.src_start + n, c + step.dest_start + n) for n in range(width)]
    return pairs


def candidates(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs of similar texts with how much they share, found through common shingles."""
    ours, theirs = [_shingles(text) for text in old], [_shingles(text) for text in new]
    holders: dict[str, list[int]] = defaultdict(list)
    for j, shingles in enumerate(theirs):
        for shingle in _sketch(shingles):
            holders[shingle].append(j)
    found: list[tuple[int, int, float]] = []
    for i, shingles in enumerate(ours):
        shared: Counter[int] = Counter()
        for shingle in _sketch(shingles):
            if len(places := holders.get(shingle, ())) <= _COMMON:
                shared.update(places)
        near = {j for j, _ in shared.most_common(6)} | ({i} if i < len(theirs) else set())
        for j in sorted(near):
            alike = _dice(shingles, theirs[j])
            if alike >= _ALIKE:
                found.append((i, j, alike * min(len(old[i]), len(new[j]))))
    return found


def heaviest(found: list[tuple[int, int, float]]) -> Pairs:
    """The chain of pairs, both sides rising, that weighs most; a Fenwick tree holds the best chain so far."""
    size = max((j for _, j, _ in found), default=-1) + 2
    best: list[tuple[float, int]] = [(0.0, -1)] * size
    before: list[int] = []
    ordered = sorted(found, key=lambda each: (each[0], -each[1]))
    for at, (_, j, weight) in enumerate(ordered):
        so_far, link, step = 0.0, -1, j
        while step > 0:
            if best[step][0] > so_far:
                so_far, link = best[step]
            step -= step & -step
        before.append(link)
        step = j + 1
        while step < size:
            best[step] = max(best[step], (so_far + weight, at))
            step += step & -step
    at = max(best, default=(0.0, -1))[1]
    chain: Pairs = []
    while at >= 0:
        chain.append(ordered[at][:2])
        at = before[at]
    return chain[::-1]


def unique(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Pairs of equal items that occur once on each side; they may cross."""
    left, right = Counter(old), Counter(new)
    places = {item: j for j, item in enumerate(new) if right[item] == 1}
    return [(i, places[item]) for i, item in enumerate(old) if left[item] == 1 and item in places]


def _shingles(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters; a text of one character stands for itself."""
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1))) if text else frozenset()


def _sketch(shingles: frozenset[str]) -> list[str]:
    return sorted(shingles, key=lambda each: (crc32(each.encode("utf-8", "surrogatepass")), each))[:_SKETCH]


def _dice(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0
