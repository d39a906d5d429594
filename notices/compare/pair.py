"""One fact as two editions have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notices.compare import meaning, order
from notices.compare.facts import ComparedFact, Side
from notices.compare.meaning import Same
from notices.profile import Contact, Material


@dataclass(frozen=True)
class Pair:
    """One fact as two editions have it, and the phrases a person has read as the same."""

    key: str
    left: ComparedFact
    right: ComparedFact
    here: Side
    there: Side
    same: Same
    met: Mapping[str, str]
    """By the key of a rule that only one side lists: the key of the rule in which the other states it."""

    @property
    def each(self) -> tuple[tuple[ComparedFact, Side], tuple[ComparedFact, Side]]:
        """Both entries, each with its edition."""
        return (self.left, self.here), (self.right, self.there)

    def both(self, name: str) -> tuple[Any, Any]:
        """A typed value on both sides; with what an edition lists apart and the other states within this fact."""
        left, right = (self._lent(entry, side, name) for entry, side in self.each)
        return left, right

    def _lent(self, entry: ComparedFact, side: Side, name: str) -> object:
        value = entry.value(name)
        listed = (side.facts.get(key) for key, host in self.met.items() if host == self.key)
        lent = [one.value(name) for one in listed if one is not None and type(one.fact) is type(entry.fact)]
        if isinstance(entry.fact, Material) and name == "form":
            return tuple(dict.fromkeys(one for forms in (value, *lent) for one in order.plain_list(forms)))
        if isinstance(entry.fact, Contact) and value is None:
            return next((one for one in lent if one is not None), None)
        return value

    def read_as_one(self, *texts: str) -> bool:
        """Whether a person has read these two phrases, left and right, as stating one rule."""
        read = {meaning.spoken(text, side) for text, side in zip(texts, (self.here, self.there), strict=True)}
        return any(read <= group for group in self.same.get(self.key, ()))

    def texts(self) -> tuple[str, str]:
        """The fact in words on both sides."""
        return self.here.text(self.left), self.there.text(self.right)
