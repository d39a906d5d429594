"""Where in the outline a line of the paper comes from, and the outline with a paragraph placed, moved or taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from notices.document.blocks import Paragraph
from notices.outlines.reading import selected
from notices.profile import Profile
from notices.profile.outline import PLACE
from notices.profile.yamlfile import Key
from notices.taking.state import Line

ID: Final = re.compile(r"[a-z0-9]+(?:[.-](?:[a-z0-9]+|\*))*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line comes from: the path of a part in an outline, and what of the part it is.

    ``role`` is ``text``, ``facts`` (a list of ids), ``heading``, ``lead`` or ``item``; ``path`` is that of the part
    itself, of an item that of the listing.
    """

    path: Key
    role: str
    index: int = 0
    """Which item."""
    start: int = 0
    """Where in the line its text begins: behind a number, or a heading that runs into its paragraph."""


def at(parts: Any, path: Key) -> Any:  # noqa: ANN401 - plain YAML data
    """What stands at a path of an outline."""
    for part in path:
        parts = parts[part]
    return parts


def place_of(parts: list[Any], profile: Profile, line: Line, char: int = 0) -> Place | None:
    """Where a line comes from, or the character of it; None for one that no outline puts."""
    atom = next((one for one in line.atoms if one.fixed), None)
    if atom is not None:
        place = replace(_of_text(atom.key[2:]), start=atom.start)
        end = max(one.end for one in line.atoms if one.key == atom.key) + 1
        if place.role != "heading" or line.block is not Paragraph or char < end:
            return place
        below = (*place.path, "parts", 0)  # the heading runs into its first paragraph
        return Place(below, "facts" if isinstance(at(parts, below), list) else "text", start=end)
    keys = {one.key for one in line.facts}
    held = [found for path, value in walk(parts, ()) if (found := _holds(profile, path, value, keys))]
    return min(held, key=lambda one: one[0], default=(0, None))[1]


def _of_text(key: Key) -> Place:
    match key:
        case (*path, "heading"):
            return Place(tuple(path), "heading")
        case (*path, "lead"):
            return Place(tuple(path), "lead")
        case (*path, "items", int(index)):
            return Place(tuple(path), "item", index)
        case _:
            return Place(key, "text")


def walk(value: Any, path: Key = ()) -> Iterator[tuple[Key, Any]]:  # noqa: ANN401
    """Every part, the outer first."""
    if isinstance(value, list):
        for n, one in enumerate(value):
            yield (*path, n), one
            if isinstance(one, dict):
                for name in ("parts", "article"):
                    yield from walk(one.get(name, []), (*path, n, name))


def _holds(profile: Profile, path: Key, part: Any, keys: set[str]) -> tuple[int, Place] | None:  # noqa: ANN401
    """The place of facts in a part, and how many other facts it holds or lacks: a fact may stand in several."""
    if isinstance(part, list):
        held = {key for one in part for key in selected(profile, str(one))}
        return (len(held ^ keys), Place(path, "facts")) if held & keys else None
    if isinstance(part, dict) and "items" in part:
        for n, one in enumerate(items_of(part)):
            if ID.fullmatch(one) and set(selected(profile, one)) & keys:
                return 0, Place(path, "item", n)
    return None


def items_of(part: dict[str, Any]) -> list[str]:
    """The items of a listing; one alone is a list of it."""
    items = part["items"]
    return [items] if isinstance(items, str) else list(items)


def behind(place: Place) -> tuple[Key, int]:
    """The list of parts, and the place in it, for a paragraph right behind one."""
    *path, last = place.path
    if place.role == "heading":
        return (*place.path, "parts"), 0
    assert isinstance(last, int)  # noqa: S101 - a part stands in a list
    return tuple(path), last + 1


def behind_article(place: Place) -> tuple[Key, int] | None:
    """The list of parts, and the place in it, right behind the article a part stands in."""
    if "article" not in place.path:
        return None
    depth = place.path.index("article")
    number = place.path[depth - 1]
    assert isinstance(number, int)  # noqa: S101 - an article stands in a list
    return place.path[: depth - 1], number + 1


def sections(path: Key) -> list[tuple[Key, int]]:
    """The lists of sections a part stands in, from the outermost: the list, and the section's place in it."""
    found: list[tuple[Key, int]] = []
    for n, part in enumerate(path):
        if isinstance(part, int):
            found.append((path[:n], part))
    return found


def insert(parts: list[Any], where: tuple[Key, int], made: Any) -> Key:  # noqa: ANN401
    """Put a part into a list of an outline; its path."""
    listed = at(parts, where[0])
    listed.insert(where[1], made)
    return (*where[0], where[1])


def take_out(parts: list[Any], path: Key) -> Any:  # noqa: ANN401
    """A part out of an outline, with the sections it leaves empty."""
    made = at(parts, path[:-1]).pop(path[-1])
    while len(path) > 2 and not at(parts, path[:-1]):
        path = path[:-2]
        at(parts, path[:-1]).pop(path[-1])
    return made


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of a paragraph an outline puts as one: a place (or an id), and what is printed of it."""

    place: str
    text: str
    keys: tuple[str, ...]


def text_at(parts: list[Any], place: Place) -> str:
    """The text a line comes from."""
    held = at(parts, place.path)
    if place.role == "item":
        return items_of(held)[place.index]
    return str(held if place.role == "text" else held[place.role])


def put_text(parts: list[Any], place: Place, text: str) -> Key:
    """Put another text there; the path of the text."""
    if place.role == "text":
        at(parts, place.path[:-1])[place.path[-1]] = text
        return place.path
    held = at(parts, place.path)
    if place.role == "item":
        items = items_of(held)
        items[place.index] = text
        held["items"] = items
        return (*place.path, "items", place.index)
    held[place.role] = text
    return (*place.path, place.role)


def units(parts: list[Any], profile: Profile, line: Line, place: Place) -> list[Unit]:
    """What the places of a line's part print, in order; places with no word between them are one."""
    if place.role == "facts":
        listed = {key for one in at(parts, place.path) for key in selected(profile, str(one))}
        return [
            Unit(f"{{{one.key}}}", line.text[one.start : one.end], (one.key,))
            for one in line.facts
            if one.key in listed
        ]
    text = text_at(parts, place)
    own = [
        atom
        for atom in line.atoms
        if atom.fixed and atom.start >= place.start and _of_text(atom.key[2:]).path == place.path
    ]
    fixed = [atom for atom in own if atom.end > atom.start]
    found: list[Unit] = []
    start = place.start
    literals = [(atom.start, atom.end) for atom in fixed]
    bounds = [start, *(edge for span in literals for edge in span), len(line.text)]
    gaps = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if b > a]
    runs = [one for one in re.split(r"(?<=\x00)(?!\x00)|(?<!\x00)(?=\x00)", PLACE.sub("\0", text)) if one]
    places = [match[0] for match in PLACE.finditer(text)]
    at_place = 0
    groups: list[str] = []
    for run in runs:
        if run[0] == "\0":
            groups.append("".join(places[at_place : at_place + len(run)]))
            at_place += len(run)
    if len(groups) != len(gaps):
        return []
    for name, (a, b) in zip(groups, gaps, strict=True):
        keys = tuple(dict.fromkeys(one.key for one in line.facts if one.start >= a and one.end <= b))
        found.append(Unit(name, line.text[a:b], keys))
    return found


def covered(text: str, known: Sequence[Unit]) -> tuple[str, list[Unit]]:
    """A text as an outline would put it, with the places it has words of; and these, in order."""
    made, found, at_char = "", list[Unit](), 0
    ordered = sorted((one for one in known if len(one.text) > 1), key=lambda one: -len(one.text))
    while at_char < len(text):
        unit = next((one for one in ordered if text.startswith(one.text, at_char)), None)
        if unit is None:
            made += text[at_char]
            at_char += 1
        else:
            made += unit.place
            found.append(unit)
            at_char += len(unit.text)
    return made, found


def as_ids(text: str) -> list[str] | None:
    """A text that only joins facts as sentences, as a list of their ids; None for any other."""
    if not re.fullmatch(r"(?:\{[a-z0-9.-]+\}[。，])*\{[a-z0-9.-]+\}。", text):
        return None
    return [match["ids"] for match in PLACE.finditer(text)]
