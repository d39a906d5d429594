"""Editions read for comparing, each once, and each against the national line it stands under."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from notices.compare import diff
from notices.compare.concepts import Concepts, concepts_from
from notices.compare.diff import Change, Half
from notices.compare.facts import Side, side_of
from notices.compare.matters import Matters, matters_from
from notices.compare.meaning import Same, same_from
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.library import Edition, Library
from notices.profile import Programme, yamlfile
from notices.profile.yamlfile import Tree

_Made = TypeVar("_Made")
_READ_AS_SAME, _CONCEPTS, _MATTERS = "compare/same.yaml", "compare/concepts.yaml", "compare/matters.yaml"


@dataclass
class Sides:
    """What has been read in one run. The library's files do not change while it lives."""

    library: Library
    _sides: dict[str, Side] = field(default_factory=dict)
    _lines: dict[str, dict[str, str]] = field(default_factory=dict)
    _diffs: dict[tuple[str, str], tuple[Change, ...]] = field(default_factory=dict)

    def sides(self, wanted: Iterable[str]) -> list[Side]:
        """Editions by name.

        Raises:
            NotFoundError: no such edition. ProblemsError: everything wrong with any of them.
        """
        names = [self.resolve(name) for name in wanted]
        problems: list[Problem] = []
        for name in dict.fromkeys(names):
            try:
                self._read(name)
            except ProblemsError as error:
                problems += error.problems
        if problems:
            raise ProblemsError(problems)
        return [self._sides[name] for name in names]

    @cached_property
    def _standing(self) -> Library:
        return self.library.standing()

    @property
    def editions(self) -> tuple[str, ...]:
        """Every edition there is."""
        return self._standing.editions()

    def resolve(self, wanted: str) -> str:
        """The full name of an edition.

        Raises:
            NotFoundError: no such edition.
        """
        return wanted if wanted in self.editions else self._standing.resolve(wanted)

    def hold(self, edition: Edition) -> Side:
        """An edition that is loaded already."""
        side = side_of(edition, self.concepts)
        return self._sides.setdefault(side.edition, side)

    def _read(self, name: str) -> Side:
        return self._sides.get(name) or self.hold(self._standing.load(name))

    def line(self, side: Side) -> Side | None:
        """The national edition a province's stands under (:meth:`notices.library.Library.national_line`)."""
        profile = side.profile
        named = (profile.answers, profile.extends)
        wanted = self._standing.national_line(side.edition, *named, nation=profile.programme.national)
        return None if wanted is None or wanted == side.edition else self._read(wanted)

    @cached_property
    def same(self) -> Same:
        """Phrases a person has read as the same."""
        return self._read_file(_READ_AS_SAME, lambda tree, _: same_from(tree), {})

    @cached_property
    def concepts(self) -> Concepts:
        """Which ids state one rule."""
        return self._read_file(_CONCEPTS, concepts_from, Concepts())

    @cached_property
    def matters(self) -> Matters:
        """Which differences come first."""
        return self._read_file(_MATTERS, matters_from, Matters())

    def _read_file(self, wanted: str, made: Callable[[Tree, str], _Made], none: _Made) -> _Made:
        path, name = self.library.template(wanted), f"templates/{wanted}"
        return made(yamlfile.read(path, name), name) if path else none

    def warnings(self, left: Side, right: Side) -> tuple[str, ...]:
        """Where one is a national edition, and the other rests on another of them; where one is a draft."""
        found = [
            f"注意：{side.heading}没有列出的规定，可能是没有读到，不等于原文没有。"
            for side in (left, right)
            if side.profile.status == "draft"
        ]
        for nation, side in ((left, right), (right, left)):
            line = self.line(side)
            if line and nation.profile.id == line.profile.id and nation.edition != line.edition:
                told = f"注意：{side.heading}依据的国家规定是{line.year}年版，这里对照的是{nation.year}年版"
                found.append(f"{told}；是否放宽国家规定，按所依据的{line.year}年版判断。")
        return tuple(found)

    def diff(self, left: Side, right: Side) -> tuple[Change, ...]:
        """Two editions of one programme, and for each fact whether either relaxes a national rule.

        Raises:
            NotFoundError: they are of two programmes.
        """
        self.programme((left, right))
        here, there = self.relaxed(left), self.relaxed(right)
        return tuple(
            replace(
                change,
                left=_told(change.left, left, here),
                right=_told(change.right, right, there),
            )
            for change in self._plain(left, right)
        )

    def programme(self, sides: Sequence[Side]) -> Programme:
        """The one programme all of these belong to.

        Raises:
            NotFoundError: they belong to several, whose rules are not of one kind.
        """
        named = {side.edition: side.profile.programme for side in sides}
        keys = {one.key for one in named.values()}
        if len(keys) > 1:
            told = "，".join(f"{edition} 是{one.name}（{one.key}）" for edition, one in named.items())
            raise NotFoundError(f"不是同一个项目的规定，不能逐条比较：{told}\n    → 写明同一个项目的几个版本")
        return next(iter(named.values()))

    def _plain(self, left: Side, right: Side) -> tuple[Change, ...]:
        pair = (left.edition, right.edition)
        if pair not in self._diffs:
            self._diffs[pair] = diff.diff(left, right, self.same)
        return self._diffs[pair]

    def relaxed(self, side: Side) -> Mapping[str, str]:
        """The national rules an edition relaxes: by its own id, how, seen from the national edition."""
        if side.edition not in self._lines:
            line = self.line(side)
            changes = self._plain(line, side) if line and line.year <= side.year else ()
            self._lines[side.edition] = {
                change.right.id: diff.seen_from_above(change.reason)
                for change in changes
                if change.verdict == "looser" and change.right is not None
            }
        return self._lines[side.edition]


def _told(half: Half | None, side: Side, relaxed: Mapping[str, str]) -> Half | None:
    if half is None or half.id not in relaxed:
        return half
    ground = side.own[half.id].relaxes
    return replace(half, relaxes=relaxed[half.id], ground=ground or "配置没有写依据")
