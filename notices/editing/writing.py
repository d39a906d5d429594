"""Values put into an edition's own file, in their places: what is inherited stays where it is stated."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final

from notices.checks.wording import binds_in
from notices.editing.entries import Entries, at
from notices.editing.kinds import Kind
from notices.editing.shown import listed, waits
from notices.errors import ProblemsError
from notices.profile.yamlfile import Key, Tree, dotted
from notices.renewal import edit
from notices.renewal.own import OwnFile
from notices.taking.patch import patched
from notices.taking.state import origins_for

_LAST: Final = ("cite", "note", "confirm")
"""Keys that stand behind all others of a fact."""
_SPOKEN: Final = frozenset({"say", "when", "strength"})
"""Keys whose words may bind."""


def put(file: OwnFile, path: Key, kind: Kind, value: Any) -> OwnFile:  # noqa: ANN401 - YAML data
    """The file with a value at a path, not written yet; None takes it away, also where it is inherited.

    Of a value of several parts only those that differ are written, so that the others stay inherited.

    Raises:
        ProblemsError: the place is written so that it cannot be changed by itself.
    """
    held = at(file.whole.data, path)
    if _has_parts(held) and _has_parts(value):
        for name in {**held, **value}:
            if held.get(name) != value.get(name):
                file = put(file, (*path, name), kind.part(str(name)) or kind, value.get(name))
        return file
    made = _with(file, path, value)
    return _declared(made, path[:-1]) if path[-1] in _SPOKEN else made


def _declared(file: OwnFile, fact: Key) -> OwnFile:
    """The file with the words that bind in a fact's text declared: who wrote it has read them."""
    held, slot = at(file.whole.data, fact), Entries(file).slot(dotted(fact))
    if slot is None or slot.kind.part("binds") is None or not isinstance(held, dict):
        return file
    texts = [held.get(name) for name in ("when", "say")]
    strength = held.get("strength", "must") if slot.kind.part("strength") else ""
    words = list(binds_in("".join(one for one in texts if isinstance(one, str)), strength))
    if words == listed(held.get("binds")) or not isinstance(strength, str):
        return file
    return _with(file, (*fact, "binds"), words or None)


def _has_parts(value: object) -> bool:
    return isinstance(value, Mapping) and not waits(value)


def _with(file: OwnFile, path: Key, value: Any) -> OwnFile:  # noqa: ANN401
    wanted = copy.deepcopy(file.own.data)
    if (number := next((n for n, part in enumerate(path) if isinstance(part, int)), None)) is not None:
        path, value = path[:number], _item(at(file.whole.data, path[:number]), path[number:], value)
    if value is None:
        _away(file, wanted, path)
    else:
        _set(wanted, path, value, Entries(file))
        _cite(file, wanted, path)
    return _patched(file, wanted, path)


def _item(held: Any, path: Key, value: Any) -> Any:  # noqa: ANN401
    """A list with a value put at a path below it; the list is written whole."""
    made = copy.deepcopy(held) if isinstance(held, list) else [held]
    first, *rest = path
    assert isinstance(first, int)  # noqa: S101 - it is an item of a list
    if rest and first < len(made) and isinstance(made[first], dict):
        if value is None:
            made[first].pop(rest[0], None)
        elif len(rest) > 1:
            made[first][rest[0]] = _item(made[first].get(rest[0]) or [], tuple(rest[1:]), value)
        else:
            made[first][rest[0]] = value
    elif value is None:
        del made[first : first + 1]
    else:
        made[first : first + 1] = [value]
    return made or None


def _set(data: dict[str, Any], path: Key, value: Any, entries: Entries) -> None:  # noqa: ANN401
    _revive(data, path, entries.file)
    for number, part in enumerate(path[:-1]):
        if not isinstance(data.get(str(part)), dict) or waits(data[str(part)]):
            _insert(data, str(part), {}, path[:number], entries)
        data = data[str(part)]
    if path[-1] in data:
        data[str(path[-1])] = value
    else:
        _insert(data, str(path[-1]), value, path[:-1], entries)


def _revive(data: dict[str, Any], path: Key, file: OwnFile) -> None:
    """Where all of a section is left out by ``null``, leave out each of its entries instead: none comes back."""
    for size in range(1, len(path)):
        held = at(data, path[: size - 1])
        if isinstance(held, dict) and path[size - 1] in held and held[path[size - 1]] is None:
            unsaid = copy.deepcopy(data)
            del at(unsaid, path[: size - 1])[path[size - 1]]
            theirs = _base(file, unsaid, path[:size])
            held[path[size - 1]] = dict.fromkeys(theirs) if isinstance(theirs, dict) else {}


def _cite(file: OwnFile, data: dict[str, Any], path: Key) -> None:
    """What restates a part of an inherited fact says its clause anew; another authority's clause is not its own."""
    for size in range(1, len(path)):
        fact, place = at(data, path[:size]), (*path[:size], "cite")
        cite = at(file.whole.data, place)
        if cite is None or not isinstance(fact, dict) or "cite" in fact or path[size] in {"label", "note", "items"}:
            continue
        if file.whole.origins[place].file.split("/")[-2:-1] == [file.path.parent.name]:
            _insert(fact, "cite", cite, path[:size], Entries(file))


def _insert(data: dict[str, Any], name: str, value: Any, place: Key, entries: Entries) -> None:  # noqa: ANN401
    """A new key in its place among its neighbours, as the models have them; an id goes last."""
    if name in data:
        data[name] = value
        return
    order = _order(place, entries)
    before = [key for key in data if name in order and key in order and order.index(key) < order.index(name)]
    behind = list(data)[list(data).index(before[-1]) + 1 :] if before else list(data) if name in order else []
    kept = {key: data.pop(key) for key in behind}
    data[name] = value
    data.update(kept)


def _order(place: Key, entries: Entries) -> list[str]:
    if not place:
        return list(entries.model.named())
    slot = entries.slot(dotted(place))
    names = [part.name for part in slot.kind.parts] if slot else []
    return [*(n for n in names if n not in _LAST), *(n for n in _LAST if n in names)]


def _away(file: OwnFile, data: dict[str, Any], path: Key) -> None:
    """Take a value away: out of the own file, or by ``null`` where it is inherited."""
    *above, last = path
    held = at(data, tuple(above))
    if isinstance(held, dict) and last in held:
        del held[last]
    if _base(file, data, path) is not None:
        _set(data, path, None, Entries(file))
        return
    while above and at(data, tuple(above)) == {}:
        *above, last = above
        del at(data, tuple(above))[last]


def _base(file: OwnFile, data: dict[str, Any], path: Key) -> Any:  # noqa: ANN401 - YAML data
    """What is inherited at a path of which the own file says nothing."""
    if "extends" not in data:
        return None
    return at(file.library.whole(Tree(data, origins_for(data, file.own)), file.path).data, path)


def back_to_inherited(file: OwnFile, path: Key) -> OwnFile:
    """The file without its own word for a value or a whole fact: what it inherits counts again.

    Raises:
        ProblemsError: as :func:`put`.
    """
    wanted = copy.deepcopy(file.own.data)
    *above, last = path
    held = at(wanted, tuple(above))
    if isinstance(held, dict):
        held.pop(last, None)
    while above and at(wanted, tuple(above)) == {}:
        *above, last = above
        del at(wanted, tuple(above))[last]
    return _patched(file, wanted, path)


def _patched(file: OwnFile, wanted: dict[str, Any], path: Key) -> OwnFile:
    if wanted == file.own.data:
        return file
    try:
        return file.changed(patched(file.bare, wanted, file.name))
    except ProblemsError:  # perhaps as a value by itself, its comments on lines of their own
        value = at(wanted, path)
        gone = isinstance(at(wanted, path[:-1]), dict) and path[-1] not in at(wanted, path[:-1])
        made = edit.removed(file.bare, path) if gone else edit.entered(file.bare, path, value)
        changed = file.changed(made)
        if changed.own.data != wanted:
            raise
        return changed
