"""Texts as lines: what differs, making the difference, and finding again the lines a change once made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from notices.history.record import Edit, Record

Mark: TypeAlias = tuple[int, int, int]
"""Which line it is: the number of the change that made it (0: it stood from the beginning), the edit, the line."""


def cut(text: str) -> list[str]:
    """The lines of a text, parted by line feeds alone: joined they are the text again, whatever else it holds."""
    return text.split("\n")


def edits(old: str, new: str) -> tuple[Edit, ...]:
    """What turns one text into another, from the top down."""
    one, two = cut(old), cut(new)
    head = _alike(one, two)
    tail = _alike(one[head:][::-1], two[head:][::-1])
    left, right = one[head : len(one) - tail], two[head : len(two) - tail]
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return tuple(Edit(head + a, tuple(left[a:b]), tuple(right[c:d])) for tag, a, b, c, d in steps if tag != "equal")


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    """How many lines two texts begin alike with."""
    count = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        count += 1
    return count


def applied(text: str, changes: Iterable[Edit]) -> str:
    """The text after some edits.

    Raises:
        ValueError: it does not hold the lines that are to go.
    """
    lines = cut(text)
    for edit in sorted(changes, key=lambda one: -one.at):
        end = edit.at + len(edit.gone)
        if edit.at < 0 or tuple(lines[edit.at : end]) != edit.gone:
            raise ValueError("the lines do not stand")
        lines[edit.at : end] = edit.come
    return "\n".join(lines)


class Standing:
    """Where the lines of every change stand now: each line is known by the change that made it.

    A change that is taken back gives its lines back as those they were, so that what was changed before it can be
    taken back in turn.
    """

    def __init__(self, text: str) -> None:
        self.lines = cut(text)
        self.marks: list[Mark] = [(0, 0, n) for n in range(len(self.lines))]
        self._gone: dict[int, list[list[Mark]]] = {}
        self._come: dict[int, list[list[Mark]]] = {}
        self._beside: dict[int, list[tuple[Mark | None, Mark | None]]] = {}

    @property
    def text(self) -> str:
        """The text as it stands."""
        return "\n".join(self.lines)

    def take(self, record: Record) -> None:
        """Go on by one change.

        Raises:
            ValueError: the lines it replaces do not stand.
        """
        back = self._gone.get(record.undoes or -1, [])
        gone, come, beside = [], [], []
        for number, edit in reversed(list(enumerate(record.edits))):
            end = edit.at + len(edit.gone)
            if tuple(self.lines[edit.at : end]) != edit.gone:
                raise ValueError("the lines do not stand")
            made: list[Mark] = [(record.number, number, n) for n in range(len(edit.come))]
            if record.undoes and number < len(back) and len(back[number]) == len(made):
                made = back[number]
            gone.append(self.marks[edit.at : end])
            come.append(made)
            beside.append((self._mark(edit.at - 1), self._mark(end)))
            self.lines[edit.at : end] = edit.come
            self.marks[edit.at : end] = made
        for held, found in ((self._gone, gone), (self._come, come)):
            held[record.number] = found[::-1]
        self._beside[record.number] = beside[::-1]

    def _mark(self, at: int) -> Mark | None:
        return self.marks[at] if 0 <= at < len(self.marks) else None

    def undoing(self, record: Record) -> tuple[Edit, ...] | None:
        """The edits that take a change back, one for each of its own; None where its lines do not stand any more."""
        places = {mark: at for at, mark in enumerate(self.marks)}
        found = []
        for edit, come, beside in zip(
            record.edits, self._come[record.number], self._beside[record.number], strict=True
        ):
            at = self._place(places, come, beside)
            if at is None:
                return None
            found.append(Edit(at, edit.come, edit.gone))
        return tuple(found)

    def _place(
        self, places: dict[Mark, int], come: Sequence[Mark], beside: tuple[Mark | None, Mark | None]
    ) -> int | None:
        if come:
            at = places.get(come[0])
            return at if at is not None and self.marks[at : at + len(come)] == list(come) else None
        before, behind = beside  # nothing came: where the lines stood that went
        if before is None or before in places:
            return 0 if before is None else places[before] + 1
        if behind is None or behind in places:
            return len(self.lines) if behind is None else places[behind]
        return None

    def gone_with(self, record: Record) -> frozenset[Mark]:
        """The lines a change made, or stood beside, by which a later one that touched them is found."""
        come = [mark for marks in self._come[record.number] for mark in marks]
        beside = [mark for pair in self._beside[record.number] for mark in pair if mark and not come]
        return frozenset((*come, *beside))

    def touched(self, record: Record) -> frozenset[Mark]:
        """The lines a change took away."""
        return frozenset(mark for marks in self._gone[record.number] for mark in marks)
