"""Which differences come first: declared in ``templates/compare/matters.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pydantic import Field, ValidationError

from notices.compare.diff import Change, Half
from notices.errors import Problem, ProblemsError
from notices.profile.values import Listed, Model, Str, Words

_ORDER = ("stricter", "looser", "only-left", "only-right", "changed")
_SIDES = {"only-left": "only", "only-right": "only", "stricter": "ordered", "looser": "ordered"}


class Matter(Model):
    """One kind of difference: rules whose ids begin so and, where ``values`` are named, that have one of them."""

    name: Str
    ids: Words = Field(min_length=1)
    values: Words = ()

    def takes(self, change: Change) -> bool:
        """Whether a difference is of this kind."""
        return self.covers(change.id, [half for half in (change.left, change.right) if half])

    def covers(self, key: str, halves: Sequence[Half]) -> bool:
        """Whether a rule is of this kind; ``halves`` is what editions say of it."""
        begun = any(key == one or key.startswith(f"{one}.") for one in self.ids)
        return begun and (not self.values or any(value in half.value for value in self.values for half in halves))


class Matters(Model):
    """The kinds in their order, how many differences are told at most, and of each kind before others get more."""

    most: int = Field(default=10, ge=0)
    each: int = Field(default=2, ge=1)
    first: Listed[Matter] = ()

    def ranked(self, changes: Sequence[Change]) -> tuple[tuple[Matter, Change], ...]:
        """The differences that matter most; equal for both ways of looking at them."""
        kinds: list[list[tuple[Matter, Change]]] = []
        taken: set[str] = set()
        for matter in self.first:
            found = [c for c in changes if c.verdict != "same" and c.id not in taken and matter.takes(c)]
            taken |= {change.id for change in found}
            ways = tuple(dict.fromkeys(_SIDES.get(verdict, verdict) for verdict in _ORDER))
            found.sort(key=lambda c: (ways.index(_SIDES.get(c.verdict, c.verdict)), c.id))
            kinds.append([(matter, change) for change in found])
        chosen = set(islice((change.id for _, change in _dealt(kinds, self.each)), self.most))
        return tuple(pair for kind in kinds for pair in kind if pair[1].id in chosen)


def _dealt(kinds: Sequence[Sequence[tuple[Matter, Change]]], each: int) -> Iterator[tuple[Matter, Change]]:
    for start in range(0, max(map(len, kinds), default=0), each):
        for kind in kinds:
            yield from kind[start : start + each]


def matters_from(data: Mapping[str, object], file: str) -> Matters:
    """From plain data.

    Raises:
        ProblemsError: what does not fit the file's form.
    """
    try:
        return Matters.model_validate(data)
    except ValidationError as error:
        told = ((".".join(map(str, one["loc"])), one["msg"]) for one in error.errors())
        hint = "对照随附的 templates/compare/matters.yaml 改"
        raise ProblemsError(Problem(file, 0, 0, key, f"写法不对：{message}", hint) for key, message in told) from None
