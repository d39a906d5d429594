"""What becomes of each block: kept (and changed inside), struck, inserted or moved. Pure; nothing is written here.

The last paragraph of a body or cell has a mark Word can neither insert nor strike. So a plan always ends with a pair,
or says that the mark before stands for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal, TypeAlias

from notices.redline import align
from notices.redline.story import Group, Other, Story, StoryBlock, StoryPara, StoryRow, StoryTable

Fate: TypeAlias = Literal["pair", "del", "ins", "from", "to"]

_RARE = 3
"""A style this rare has one job (发文字号, 成文日期): its paragraphs belong together however they differ."""
_ALONE = 0.15
"""Likeness that is enough for two paragraphs between the same neighbours."""
_MOVED_FROM = 6
"""Characters a paragraph needs to be followed when it moves; shorter ones are struck and inserted."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One block's fate. ``name`` is a move's number.

    ``mark`` is for the end of a story: a kept paragraph's mark is inserted or struck, and that of the last one stays.
    """

    fate: Fate
    old: StoryBlock | None = None
    new: StoryBlock | None = None
    mark: Literal["", "ins", "del", "stays"] = ""
    name: int = 0


def plan(old: Story, new: Story) -> list[PlanStep]:
    """The steps from one story to the other, in reading order: what is struck before what replaces it."""
    return _ended(_steps(old.blocks, new.blocks, _paired(old.blocks, new.blocks)))


def moves(steps: list[PlanStep]) -> list[PlanStep]:
    """The same steps with whole paragraphs that were struck here and inserted there as moved."""
    struck, inserted = _lone(steps, "del"), _lone(steps, "ins")
    found = {key: at for key, at in struck.items() if key in inserted}
    result = list(steps)
    name, before = 0, (-2, -2)
    for key, at in sorted(found.items(), key=lambda each: each[1]):
        to = inserted[key]
        if (at, to) != (before[0] + 1, before[1] + 1):  # neighbours move together
            name += 1
        before = (at, to)
        result[at] = replace(steps[at], fate="from", name=name)
        result[to] = replace(steps[to], fate="to", name=name)
    return result


def rows(old: StoryTable, new: StoryTable) -> list[tuple[StoryRow | None, StoryRow | None]]:
    """The rows of two tables side by side; only rows of one shape are paired."""
    pairs = align.equal([row.key for row in old.rows], [row.key for row in new.rows])
    pairs = _filled(
        pairs,
        [row.text for row in old.rows],
        [row.text for row in new.rows],
        lambda i, j: old.rows[i].shape == new.rows[j].shape,
    )
    found: list[tuple[StoryRow | None, StoryRow | None]] = []
    for a, b, c, d in align.between(pairs, len(old.rows), len(new.rows)):
        even = b - a == d - c and all(old.rows[a + n].shape == new.rows[c + n].shape for n in range(b - a))
        if even:
            found += [(old.rows[a + n], new.rows[c + n]) for n in range(b - a)]
        else:
            found += [(row, None) for row in old.rows[a:b]] + [(None, row) for row in new.rows[c:d]]
        if b < len(old.rows):
            found.append((old.rows[b], new.rows[d]))
    return found


def _lone(steps: Sequence[PlanStep], fate: Fate) -> dict[object, int]:
    """Where paragraphs of a fate stand, those that are the only one with their text."""
    places: dict[object, list[int]] = {}
    for at, step in enumerate(steps):
        block = step.old or step.new
        if (
            step.fate == fate
            and not step.mark
            and isinstance(block, StoryPara)
            and not any(piece.kind == "edge" for piece in block.pieces)
            and len("".join(block.text.split())) >= _MOVED_FROM
        ):
            places.setdefault(block.key, []).append(at)
    return {key: found[0] for key, found in places.items() if len(found) == 1}


def _paired(old: Sequence[StoryBlock], new: Sequence[StoryBlock]) -> align.Pairs:
    """The heaviest chain of equal and similar blocks; then what is equal, similar or of one job between its links.

    Weight is text: a long table that changed a little is not given up for a short paragraph that passed it by.
    """
    keys = [block.key for block in old], [block.key for block in new]
    texts = [block.text for block in old], [block.text for block in new]
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*keys, strict=False)))
    rest = min(map(len, keys)) - first
    last = sum(1 for n in takewhile(lambda n: keys[0][-n] == keys[1][-n], range(1, rest + 1)))
    inner = [each[first : len(each) - last] for each in texts]
    near = [
        (first + i, first + j, weight)
        for i, j, weight in align.candidates(*inner)
        if _match(old[first + i], new[first + j])
    ]
    same = [(i, j, 2.0 + len(texts[0][i])) for i, j in align.unique(*keys) if first <= i < len(old) - last]
    edges = [(n, n) for n in range(first)] + [(len(old) - n, len(new) - n) for n in range(last, 0, -1)]
    pairs = sorted([*edges, *align.heaviest([*near, *same])])
    for a, b, c, d in list(align.between(pairs, len(old), len(new))):
        pairs += [(a + i, c + j) for i, j in align.equal(keys[0][a:b], keys[1][c:d])]
    pairs = _filled(sorted(pairs), *texts, lambda i, j: _match(old[i], new[j]))
    for a, b, c, d in list(align.between(pairs, len(old), len(new))):
        if b - a == d - c == 1 and _cousins(old[a], new[c]):
            pairs.append((a, c))
    return _with_one_job(old, new, sorted(pairs))


def _cousins(old: StoryBlock, new: StoryBlock) -> bool:
    """Whether two paragraphs, alone with each other between what stays, can be taken for versions of one."""
    alone = isinstance(old, StoryPara) and isinstance(new, StoryPara) and old.style == new.style
    return alone and align.likeness(old.text, new.text) >= _ALONE


def _with_one_job(old: Sequence[StoryBlock], new: Sequence[StoryBlock], pairs: align.Pairs) -> align.Pairs:
    """The pairs, and between them blocks of a kind there are few of: styles with one job, tables of like columns."""
    count = (
        Counter(b.style for b in old if isinstance(b, StoryPara)),
        Counter(b.style for b in new if isinstance(b, StoryPara)),
    )

    def job(block: StoryBlock) -> object:
        if isinstance(block, StoryPara):
            rare = block.pieces and block.style and max(each[block.style] for each in count) <= _RARE
            return ("p", block.style) if rare else None
        return ("t", block.columns) if isinstance(block, StoryTable) else getattr(block, "name", None)

    more = []
    for a, b, c, d in align.between(pairs, len(old), len(new)):
        ours, theirs = [job(block) for block in old[a:b]], [job(block) for block in new[c:d]]
        alike = align.equal(ours, theirs, anchored=False)
        more += [(a + i, c + j) for i, j in alike if ours[i] is not None]
    return sorted([*pairs, *more])


def _filled(
    pairs: align.Pairs, old: Sequence[str], new: Sequence[str], match: Callable[[int, int], bool]
) -> align.Pairs:
    """The pairs, and between them those of similar texts."""
    more = []
    for a, b, c, d in align.between(pairs, len(old), len(new)):
        if a < b and c < d:
            near = align.similar(old[a:b], new[c:d])
            more += [(a + i, c + j) for i, j in near if match(a + i, c + j)]
    return sorted([*pairs, *more])


def _match(old: StoryBlock, new: StoryBlock) -> bool:
    """Whether two blocks can be one block with changes inside."""
    if isinstance(old, StoryTable) and isinstance(new, StoryTable):
        return old.columns == new.columns
    if isinstance(old, Group) and isinstance(new, Group):
        return old.name == new.name
    return isinstance(old, StoryPara) and isinstance(new, StoryPara)


def _steps(old: Sequence[StoryBlock], new: Sequence[StoryBlock], pairs: align.Pairs) -> list[PlanStep]:
    steps: list[PlanStep] = []
    for a, b, c, d in align.between(pairs, len(old), len(new)):
        steps += [PlanStep("del", old=block) for block in old[a:b]]
        steps += [PlanStep("ins", new=block) for block in new[c:d]]
        if b < len(old):
            steps.append(PlanStep("pair", old[b], new[d]))
    return [step for step in steps if not (step.fate == "del" and isinstance(step.old, Other))]


def _ended(steps: list[PlanStep]) -> list[PlanStep]:
    """The same steps, with a paragraph that stays at the end, and before every table that stays wherever possible.

    A mark before a table is no safer than the last one: some programs leave an empty paragraph when it goes.
    """
    result: list[PlanStep] = []
    for step in steps:
        if step.fate == "pair" and not isinstance(step.new, StoryPara):
            _close(result, final=False)
        result.append(step)
    _close(result, final=True)
    return result


def _close(steps: list[PlanStep], *, final: bool) -> None:
    """Let a stretch of steps end with a paragraph's mark that stays; the last of all has to."""
    tail = list(takewhile(lambda step: step.fate != "pair", reversed(steps)))[::-1]
    struck = [step for step in tail if step.fate == "del"]
    inserted = [step for step in tail if step.fate == "ins"]
    if not tail or not isinstance(tail[-1].old or tail[-1].new, StoryPara):
        return
    if struck and inserted:
        if isinstance(struck[-1].old, StoryPara) and isinstance(inserted[-1].new, StoryPara):
            steps[-len(tail) :] = [*struck[:-1], *inserted[:-1], _joined(struck[-1], inserted[-1])]
        return
    last = steps[-len(tail) - 1] if len(steps) > len(tail) else None
    if last is None or not isinstance(last.old, StoryPara) or not isinstance(last.new, StoryPara):
        return
    blocks = [block for step in (last, *tail) for block in (step.old, step.new) if block is not None]
    # Which paragraph's format survives a joined mark is not the same everywhere: so only where it is one format.
    if len({block.format if isinstance(block, StoryPara) else None for block in blocks}) == 1:
        mark: Literal["ins", "del"] = "ins" if inserted else "del"
        steps[-len(tail) - 1 :] = [replace(last, mark=mark), *tail[:-1], replace(tail[-1], mark="stays")]
    elif final:
        steps[-len(tail) - 1 :] = _anew(last, tail)


def _anew(last: PlanStep, tail: list[PlanStep]) -> list[PlanStep]:
    """Strike the last paragraph and insert it anew, each as a whole: what follows then ends with a pair."""
    if tail[-1].fate == "ins":
        return [PlanStep("ins", new=last.new), *tail[:-1], _joined(last, tail[-1])]
    return [PlanStep("del", old=last.old), *tail[:-1], _joined(tail[-1], last)]


def _joined(old: PlanStep, new: PlanStep) -> PlanStep:
    return PlanStep("pair", old.old, new.new)
