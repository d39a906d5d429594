"""What a change makes wrong: everything lint and the papers' coverage find, less what was wrong before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from notices.editing.entries import at
from notices.errors import Problem, ProblemsError
from notices.profile.yamlfile import Key
from notices.renewal.own import OwnFile, lint_errors

_BESIDE = frozenset({"cite", "binds"})
"""What of a fact follows from its other values."""


@dataclass(frozen=True)
class Checks:
    """An edition's file as it stands, to hold against what it would be."""

    file: OwnFile

    @cached_property
    def _errors(self) -> frozenset[Problem]:
        return lint_errors(self.file)

    @cached_property
    def _sound(self) -> bool:
        """Whether the profile could be read at all: else its papers have never been looked at."""
        try:
            self.file.library.sound(self.file.whole, self.file.path, self.file.name)
        except ProblemsError:
            return False
        return True

    def new(self, made: OwnFile) -> tuple[Problem, ...]:
        """The errors of the new text that the old one has not; what was wrong before stops nothing.

        They have no line: it would be that of a text nobody has.
        """
        found = lint_errors(made)
        if not found:
            return ()
        if self._sound:
            return tuple(sorted(found - self._errors))
        problems = replace(made, was=self.file.text).new_problems
        return tuple(replace(one, line=0, column=0) for one in problems)

    def others(self, made: OwnFile, paths: tuple[Key, ...]) -> tuple[Key, ...]:
        """Where the edition, what it inherits counted, would say something else than at the paths that are changed.

        What hangs on them is theirs: the clause of a fact, and its words that bind.
        """
        found = differing(self.file.whole.data, made.whole.data)
        return tuple(one for one in found if not any(_near(one, path) for path in paths))


def _near(one: Key, path: Key) -> bool:
    size = min(len(one), len(path))
    return one[:size] == path[:size] or (one[-1] in _BESIDE and path[: len(one) - 1] == one[:-1])


def differing(one: object, two: object, path: Key = ()) -> tuple[Key, ...]:
    """The paths at which two data of YAML differ, a list counted as one value."""
    if isinstance(one, dict) and isinstance(two, dict):
        names = {**one, **two}
        return tuple(key for name in names for key in differing(at(one, (name,)), at(two, (name,)), (*path, name)))
    return (path,) if one != two or type(one) is not type(two) else ()
