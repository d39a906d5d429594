"""What an applicant's verdicts, a letter an item, say item by item: read once for the few patterns that many share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from notices.checklist.batch.job import CODES, Desk
from notices.checklist.batch.journal import Done
from notices.checklist.items import Item
from notices.checklist.outcome import CONTRADICTED, counted, word
from notices.checklist.sections import CONSEQUENCE
from notices.checklist.verdict import VERDICT_WORDS, Verdict

_VERDICTS: dict[str, Verdict] = {letter: verdict for verdict, letter in CODES.items()}
_LACKING: tuple[Verdict, ...] = ("not-met", "unknown")


@dataclass(frozen=True, slots=True)
class Gap:
    """An item an applicant lacks: what it is called, how it stands, what that means, its clause, what to do."""

    label: str
    word: str
    means: str
    cite: str
    todo: str


class Gaps:
    """The items of a desk against patterns of verdicts."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.words = lru_cache(4096)(self._words)
        self.gaps = lru_cache(4096)(self._gaps)
        self.labels = lru_cache(4096)(self._labels)

    def count(self, done: Iterable[Done]) -> int:
        """How many gaps there are in all, contradictions among them."""
        patterns, clashes = Counter[str](), 0
        for one in done:
            patterns[one.made.verdicts] += 1
            clashes += len(one.made.contradictions)
        return clashes + sum(times * len(self.gaps(verdicts)) for verdicts, times in patterns.items())

    @staticmethod
    def contradicted(one: Done) -> Iterator[Gap]:
        """An applicant's answers that cannot both be so, with the cells they stand in."""
        for text in one.made.contradictions:
            yield Gap(CONTRADICTED, VERDICT_WORDS["unknown"], "有关各项待核", "", f"核实后改正：{text}")

    def _words(self, verdicts: str) -> tuple[str, ...]:
        """The verdict on every item as it reads: 符合, 有此情形, 不具备."""
        return tuple(
            word(item.group, _VERDICTS[letter]) for item, letter in zip(self.desk.judged, verdicts, strict=True)
        )

    def _labels(self, verdicts: str, verdict: Verdict, *, decisive: bool = False) -> str:
        """The items with a verdict an application rests on; the ``decisive`` ones are those that bar it."""
        found = (item for item, own in self._weighty(verdicts) if own == verdict)
        return "、".join(item.label for item in found if not decisive or item.weight == "decides")

    def _gaps(self, verdicts: str) -> tuple[Gap, ...]:
        return tuple(
            Gap(
                item.label, word(item.group, own), CONSEQUENCE[item.weight], "、".join(item.cite), self._todo(item, own)
            )
            for item, own in self._weighty(verdicts)
            if own in _LACKING
        )

    def _weighty(self, verdicts: str) -> Iterable[tuple[Item, Verdict]]:
        """Items an application rests on, with their verdicts: those the page counts."""
        for item, letter in zip(self.desk.judged, verdicts, strict=True):
            if item.judge and counted(item) and item.group != "priorities":
                yield item, _VERDICTS[letter]

    def _todo(self, item: Item, verdict: Verdict) -> str:
        """What an applicant does about it: fill in, look up, prove."""
        facts = [name for fact in sorted(item.asks) if (name := self.desk.names.get(fact))]
        asked = f"补填、核实：{'、'.join(f'“{name}”' for name in facts)}" if facts else ""
        looked = f"逐项查询后填写：{'、'.join(item.kinds)}" if item.kinds and not asked else ""
        first = (asked or looked) if verdict == "unknown" else ""
        return "；".join(filter(None, (first, item.question, self.desk.advice(item)))) or "核对填报的情况"
