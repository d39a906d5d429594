"""Which ids of different editions state one rule: read by a person, told in ``templates/compare/concepts.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import Field, ValidationError

from notices.checks.validation import translated
from notices.errors import Problem, ProblemsError
from notices.profile.values import Listed, Model, Str, Words
from notices.profile.yamlfile import Key, Tree, dotted


class Near(Model):
    """A rule one edition lists and another states within a rule of its own."""

    id: Str = Field(description="单列的编号")
    within: Words = Field(alias="in", min_length=1, description="另一边可能写在哪几条里，先写的先看")
    holds: Str | None = Field(default=None, description="那一条里必须有的字")
    note: Str | None = Field(default=None, description="怎样看这两条，不分左右")


class _File(Model):
    one: Listed[Words] = ()
    near: Listed[Near] = ()
    route: Str | None = None


@dataclass(frozen=True)
class Concepts:
    """``keys``: by id, the one it is compared as; ``near`` in their order; ``route`` compares how one is evaluated."""

    keys: Mapping[str, str] = field(default_factory=dict)
    near: tuple[Near, ...] = ()
    route: str | None = None

    def key(self, own: str) -> str:
        """What a fact is compared as."""
        return self.keys.get(own, own)


NONE = Concepts()
"""Every id is a concept of its own."""


def concepts_from(tree: Tree, file: str) -> Concepts:
    """From what a file holds; ``file`` is how problems call it.

    Raises:
        ProblemsError: what does not fit the file's form, or an id that stands in two groups.
    """
    try:
        found = _File.model_validate(tree.data)
    except ValidationError as error:
        raise ProblemsError(translated(error, tree, file, _File)) from None
    keys: dict[str, str] = {}
    twice: list[Problem] = []
    for number, group in enumerate(found.one):
        for place, own in enumerate(group):
            if own in keys:
                key: Key = ("one", number, place)
                message = f"编号 {own} 写在两组里，另一组以 {keys[own]} 开头"
                twice.append(Problem(*tree.origins[key], dotted(key), message, "一个编号只归一组"))
        keys |= dict.fromkeys(group, group[0])
    if twice:
        raise ProblemsError(twice)
    return Concepts(keys, found.near, found.route)
