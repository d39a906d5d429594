"""What a paper that came back says otherwise: words changed in a paragraph, paragraphs gone, and new ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

from notices.redline.words import cut
from notices.taking.numbers import number_of
from notices.taking.office import OfficePara, Tracked
from notices.taking.state import Line, bare, paired
from notices.wording.binding import binding

ChangeKind: TypeAlias = Literal["edit", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``line`` is ours (of what is new, the one it stands in front of), ``paras`` are theirs.

    ``start`` to ``end`` are characters of our line, ``begin`` to ``stop`` of their paragraph.
    """

    kind: ChangeKind
    line: int
    paras: tuple[int, ...]
    start: int
    end: int
    begin: int
    stop: int
    before: str
    after: str
    tracked: tuple[Tracked, ...] = ()

    def __str__(self) -> str:
        """旧的 → 新的."""
        return f"{self.before or '（没有）'} → {self.after or '（删去）'}"

    @property
    def name(self) -> tuple[object, ...]:
        """What it is known by, whatever else of the paper is taken meanwhile."""
        return (self.kind, self.paras, self.before, self.after, self.begin if self.kind == "edit" else 0)


def changes(lines: Sequence[Line], paras: Sequence[OfficePara]) -> list[Change]:
    """All differences, in the order of the paper."""
    pairs = paired(lines, paras)
    ours, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    found = [change for i, j in pairs for change in within(i, lines[i].text, j, paras[j])]
    for n, line in enumerate(lines):
        if n not in ours and bare(line.text):
            struck = tuple(
                one for p in paras for one in p.tracked if not one.comes and bare(one.text) == bare(line.text)
            )
            found.append(Change("gone", n, (), 0, len(line.text), 0, 0, line.text, "", struck))
    at, run = 0, list[int]()
    matched = {j: i for i, j in pairs}
    for n, para in enumerate(paras):
        if n in theirs:
            found += _new(run, at, paras)
            at, run = matched[n] + 1, []
        else:
            run.append(n)
            assert para.text  # noqa: S101 - blank paragraphs are not read
    found += _new(run, at, paras)
    return sorted(found, key=lambda one: (one.line, one.kind != "new", one.start))


def _new(run: list[int], at: int, paras: Sequence[OfficePara]) -> list[Change]:
    return [Change("new", at, (n,), 0, 0, 0, len(paras[n].text), "", paras[n].text, paras[n].tracked) for n in run]


def within(i: int, ours: str, j: int, para: OfficePara) -> Iterator[Change]:
    """The differences inside a text of ours and the paragraph it is paired with."""
    theirs = para.text
    if bare(ours) == bare(theirs):
        return
    one, two = _units(ours), _units(theirs)
    left, right = _starts(one), _starts(two)
    for tag, a, b, c, d in _steps(one, two):
        before, after = ours[left[a] : left[b]], theirs[right[c] : right[d]]
        if tag == "equal" or bare(before) == bare(after):
            continue
        yield Change(
            "edit", i, (j,), left[a], left[b], right[c], right[d], before, after, _tracked(para, before, after)
        )


_APART: Final = re.compile(r"(【待定：[^】]*】|\s+)")
"""What is one unit whatever stands around it: a value to be confirmed, and blanks, which are not compared."""


def _units(text: str) -> list[str]:
    """The units of a text, in order; joined they are the text."""
    pieces = [piece for piece in _APART.split(text) if piece]
    return [unit for piece in pieces for unit in ([piece] if _APART.fullmatch(piece) else cut(piece))]


def _steps(one: list[str], two: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The steps from one text to another; changes with no more than a mark between them are one."""
    held: tuple[int, int, int, int] | None = None
    left, right = ([unit if bare(unit) else " " for unit in side] for side in (one, two))
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            held = (held[0], b, held[2], d) if held else (a, b, c, d)
        elif held and b - a == 1 and re.fullmatch(r"\w", one[a]) and b < len(one) and d < len(two):
            held = (held[0], b, held[2], d)  # one character kept by chance
        elif held:
            yield ("replace", *held)
            held = None
    if held:
        yield ("replace", *held)


def _starts(units: Sequence[str]) -> list[int]:
    found = [0]
    for unit in units:
        found.append(found[-1] + len(unit))
    return found


def _tracked(para: OfficePara, before: str, after: str) -> tuple[Tracked, ...]:
    """The tracked changes of a paragraph that are of this one."""
    return tuple(
        one
        for one in para.tracked
        if bare(one.text)
        and (
            one.text in after or (after in one.text and after)
            if one.comes
            else one.text in before or (before in one.text and before)
        )
    )


def says(change: Change) -> bool:
    """Whether it is of more than blanks and marks between sentences."""
    return bool(bare(change.before + change.after).strip("。，、；："))


def same_sentence(one: Change, other: Change, paras: Sequence[OfficePara]) -> bool:
    """Whether two changes stand in one sentence of what came back."""
    if one.paras != other.paras:
        return False
    text = paras[one.paras[0]].text
    low, high = sorted((one, other), key=lambda each: each.begin)
    return not re.search("[。；]", text[low.stop : high.begin])


def weight(before: str, after: str) -> str:
    """Which words that bind go and come from one text to another, as 不得→可以; empty: none."""
    one, two = (Counter(word for _, word in binding(text)) for text in (before, after))
    gone, came = ("、".join(side) for side in (one - two, two - one))
    return f"{gone}→{came}" if gone and came else f"去掉 {gone}" if gone else f"新增 {came}" if came else ""


def counted(line: str, change: Change) -> bool:
    """Whether a change is of a number the paper counts, or of one it points to: 附件2."""
    number = len(number_of(line))
    numeral = re.fullmatch(r"[（）、.．附件：:第章条一二三四五六七八九十百\d]*", change.before + change.after)
    if change.kind == "edit" and number and numeral and change.end <= number and change.start < number:
        return True
    return bool(re.search("附件$", line[: change.start]) and re.fullmatch(r"\d*", change.before + change.after))
