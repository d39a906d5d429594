"""What an edition takes over from the one it extends: key by key, and nothing that belongs to another authority."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from notices.profile.yamlfile import Key, Origin, Tree

_OF_ONE_SOURCE = frozenset({"note", "slips", "clauses", "accepted"})
"""What a profile says of one source only."""


_OF_ONE_AUTHORITY = frozenset({"authority", "source", "papers", "contacts", "outlines"})
"""Sections that say who issues: its names, what it was read from, its papers as they look, whom to call."""


def passed_on(base: Tree, parent: Path, child: Path) -> Tree:
    """What an edition hands on: all of it from year to year, to another authority nothing that belongs to the first.

    That is its names and office, its papers, its contacts, what it calls its deadlines, and its own platforms. A
    platform stated in a base that is no edition (``national/common``) belongs to nobody, and passes.
    """
    if parent.parent.name == child.parent.name:
        return base
    data = {name: value for name, value in base.data.items() if name not in _OF_ONE_AUTHORITY}
    if isinstance(found := data.get("deadlines"), dict):
        data["deadlines"] = {name: _without(item, "label") for name, item in found.items()}
    if isinstance(found := data.get("channels"), dict):
        shared = {name: _shared(item, ("channels", name), base) for name, item in found.items()}
        data["channels"] = {name: item for name, item in shared.items() if item}
    return Tree(data, base.origins)


def _without(item: Any, name: str) -> Any:  # noqa: ANN401 - plain YAML data
    return {key: value for key, value in item.items() if key != name} if isinstance(item, dict) else item


def _shared(item: Any, key: Key, base: Tree) -> Any:  # noqa: ANN401 - plain YAML data
    """What of a platform stands in a base that is no edition."""
    if not isinstance(item, dict):
        return item
    return {name: value for name, value in item.items() if not Path(base.origins[*key, name].file).stem.isdigit()}


def merged(base: Tree, own: Tree, without: frozenset[str] = _OF_ONE_SOURCE) -> Tree:
    """``own`` over ``base``: mappings merge key by key, anything else replaces, ``null`` removes.

    The inherited order stays, unless ``own`` lists everything that is left: then its order counts. Keys ``without``
    are not inherited.
    """
    merge = _Merge(base, own)
    return Tree(merge.mappings(_heritable(base.data, without), own.data, ()), merge.origins)


def _heritable(value: Any, without: frozenset[str]) -> Any:  # noqa: ANN401 - plain YAML data
    if isinstance(value, dict):
        return {name: _heritable(child, without) for name, child in value.items() if name not in without}
    return value


class _Merge:
    """One merge: the result's origins are gathered while its data is built."""

    def __init__(self, base: Tree, own: Tree) -> None:
        self.base, self.own = base, own
        self.origins: dict[Key, Origin] = {}

    def mappings(self, theirs: dict[str, Any], ours: dict[str, Any], key: Key) -> dict[str, Any]:
        self.origins[key] = self.own.origins[key]
        if (
            "cite" not in ours
            and set(ours) & set(theirs) - {"label", "note"}
            and isinstance(theirs.get("cite"), str | list)
        ):
            theirs = {name: value for name, value in theirs.items() if name != "cite"}  # it stated what is replaced
        kept = [name for name in theirs if name not in ours or ours[name] is not None]
        added = [name for name in ours if name not in theirs and ours[name] is not None]
        relisted = all(name in ours for name in kept)
        names = [name for name in ours if ours[name] is not None] if relisted else [*kept, *added]
        return {name: self._one(name, theirs, ours, key) for name in names}

    def _one(self, name: str, theirs: dict[str, Any], ours: dict[str, Any], key: Key) -> object:
        place = (*key, name)
        mine, inherited = ours.get(name), theirs.get(name)
        if isinstance(mine, dict) and isinstance(inherited, dict) and not _replaces(mine, inherited):
            return self.mappings(inherited, mine, place)
        source, value = (self.own, mine) if name in ours else (self.base, inherited)
        self._carried(source, value, place)
        return value

    def _carried(self, source: Tree, value: object, place: Key) -> None:
        """What is taken whole keeps its places."""
        self.origins[place] = source.origins[place]
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, child in children:
            self._carried(source, child, (*place, name))


def _replaces(mine: dict[str, Any], inherited: dict[str, Any]) -> bool:
    """A value to be confirmed replaces what it stands for, and the reverse, as a whole."""
    return ("pending" in mine) != ("pending" in inherited)
