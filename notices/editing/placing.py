"""The place of an entry in the outlines of an edition's papers: put there when it is added, taken out when it goes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from notices.editing.checking import Checks
from notices.editing.entries import Entries
from notices.editing.kinds import Kind
from notices.editing.writing import put
from notices.profile.yamlfile import Key
from notices.renewal.own import OwnFile
from notices.taking import outline

_TRIED: Final = 8
"""Places in an outline tried for one entry."""


def placed(checks: Checks, made: OwnFile, section: str, key: str) -> OwnFile:
    """The file with a new entry in the outlines, where a paper would not state it otherwise."""
    if not _unstated(checks, made, key):
        return made
    places = ((kind, parts) for one in _beside(made, section, key) for kind, parts in _with(made, one, key))
    for kind, parts in islice(places, _TRIED):
        candidate = put(made, ("outlines", kind), Kind("list"), parts)
        if not checks.new(candidate):
            return candidate
    return made


def _beside(file: OwnFile, section: str, key: str) -> list[str]:
    """The entries it may stand behind: those of its section, the last first, then those of the sections before it."""
    entries = Entries(file).by_key
    before = [one for one in entries if one != key][: list(entries).index(key)]
    own = [one for one in before if one.startswith(f"{section}.")]
    return [*reversed(own), *(one for one in reversed(before) if one not in own)]


def _unstated(checks: Checks, made: OwnFile, key: str) -> bool:
    """Whether the only errors are of the entry: the papers do not state it."""
    errors = checks.new(made)
    return bool(errors) and all(one.key == key or one.key.startswith(f"{key}.") for one in errors)


def _outlines(file: OwnFile) -> Iterator[tuple[str, list[Any]]]:
    found = file.whole.data.get("outlines")
    for kind, parts in (found if isinstance(found, dict) else {}).items():
        if isinstance(parts, list):
            yield kind, parts


def _with(file: OwnFile, beside: str, key: str) -> Iterator[tuple[str, list[Any]]]:
    """The outlines with an entry behind another: in the same list, else as a paragraph of its own behind its."""
    place = re.compile(rf"\{{(?:[a-z]+:)?{re.escape(beside)}\}}")
    for kind, parts in _outlines(file):
        for path, part in outline.walk(parts):
            made = copy.deepcopy(parts)
            if isinstance(part, list) and beside in part:
                listed = outline.at(made, path)
                listed.insert(listed.index(beside) + 1, key)
            elif isinstance(part, dict) and "items" in part and beside in outline.items_of(part):
                items = outline.items_of(part)
                items.insert(items.index(beside) + 1, key)
                outline.at(made, path)["items"] = items
            elif isinstance(part, str) and place.search(part):
                outline.insert(made, outline.behind(outline.Place(path, "text")), [key])
            else:
                continue
            yield kind, made


def without(file: OwnFile, key: str) -> OwnFile:
    """The file whose outlines name an entry no more where they list it, or print it as a paragraph of its own."""
    alone = re.compile(rf"\{{(?:[a-z]+:)?{re.escape(key)}\}}[。；]?")
    for kind, parts in _outlines(file):
        made = copy.deepcopy(parts)
        while (path := _holding(made, key, alone)) is not None:
            part = outline.at(made, path)
            if isinstance(part, list) and len(part) > 1:
                part.remove(key)
            elif isinstance(part, dict) and len(items := outline.items_of(part)) > 1:
                part["items"] = [one for one in items if one != key]
            else:
                outline.take_out(made, path)
        if made != parts:
            file = put(file, ("outlines", kind), Kind("list"), made)
    return file


def _holding(parts: list[Any], key: str, alone: re.Pattern[str]) -> Key | None:
    for path, part in outline.walk(parts):
        listed = part if isinstance(part, list) else outline.items_of(part) if _listing(part) else []
        if key in listed or (isinstance(part, str) and alone.fullmatch(part)):
            return path
    return None


def _listing(part: object) -> bool:
    return isinstance(part, dict) and "items" in part
