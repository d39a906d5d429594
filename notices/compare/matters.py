"""Which differences come first: declared in ``templates/compare/matters.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pydantic import Field, ValidationError

from notices.checks.validation import translated
from notices.compare.diff import Change, Half
from notices.errors import ProblemsError
from notices.profile.values import Listed, Model, Str, Words
from notices.profile.yamlfile import Tree

_RANK = {"stricter": 0, "looser": 0, "only-left": 1, "only-right": 1, "changed": 2}
"""Of one kind the ordered come first; equal for both ways of looking."""


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
            found.sort(key=lambda change: (_RANK[change.verdict], change.id))
            kinds.append([(matter, change) for change in found])
        chosen = set(islice((change.id for _, change in _dealt(kinds, self.each)), self.most))
        return tuple(pair for kind in kinds for pair in kind if pair[1].id in chosen)


def _dealt(kinds: Sequence[Sequence[tuple[Matter, Change]]], each: int) -> Iterator[tuple[Matter, Change]]:
    for start in range(0, max(map(len, kinds), default=0), each):
        for kind in kinds:
            yield from kind[start : start + each]


def matters_from(tree: Tree, file: str) -> Matters:
    """From what a file holds; ``file`` is how problems call it.

    Raises:
        ProblemsError: what does not fit the file's form.
    """
    try:
        return Matters.model_validate(tree.data)
    except ValidationError as error:
        raise ProblemsError(translated(error, tree, file, Matters)) from None
