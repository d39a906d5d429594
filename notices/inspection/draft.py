"""The draft of a recognition: paragraphs with their solid texts, and what each was put down as so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from notices.inspection import signs
from notices.inspection.model import Para
from notices.inspection.parts import Part, Placed

Lines: TypeAlias = Sequence[int]
"""Paragraphs with text, by their place in the paper from 0, in order."""


class Draft:
    """What is known of a paper's paragraphs. What was put down first stays."""

    def __init__(self, paras: Sequence[Para]) -> None:
        self.paras = tuple(paras)
        self.texts = tuple(signs.solid(para.text) for para in self.paras)
        self._placed: list[Placed | None] = [None] * len(self.paras)

    def put(self, n: int, part: Part, sure: float, why: str) -> None:
        """Say what a paragraph is, unless that was said before."""
        if self._placed[n] is None:
            self._placed[n] = Placed(self.paras[n], part, sure, why)

    def replace(self, n: int, part: Part, sure: float, why: str) -> None:
        """Say what a paragraph is, whatever was said before."""
        self._placed[n] = Placed(self.paras[n], part, sure, why)

    def put_all(self, lines: Iterable[int], part: Part, sure: float, why: str) -> None:
        """Say the same of several paragraphs."""
        for n in lines:
            self.put(n, part, sure, why)

    def free(self, n: int) -> bool:
        """Whether nothing was said of a paragraph yet."""
        return self._placed[n] is None

    def part(self, n: int) -> Part | None:
        """What was said of it."""
        placed = self._placed[n]
        return placed.part if placed is not None else None

    def lines(self, start: int, end: int) -> list[int]:
        """The paragraphs of a stretch that have text and stand in no table."""
        return [n for n in range(start, end) if self.part(n) not in {"empty", "table", "page-number"}]

    def joined(self, lines: Iterable[int]) -> str:
        """Several paragraphs as one solid text."""
        return "".join(self.texts[n] for n in lines)

    def settled(self) -> tuple[Placed, ...]:
        """Every paragraph with its part; what nobody put down is ``other``."""
        return tuple(
            placed or Placed(para, "other", 0.3, "认不出是什么")
            for para, placed in zip(self.paras, self._placed, strict=True)
        )
