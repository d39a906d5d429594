"""An outline as plain data, with facts taken out of it, under other ids, or put beside others."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from notices.profile.outline import PLACE

OutlineData: TypeAlias = Any
"""Parts of an outline as YAML has them: texts, lists of ids, mappings with ``heading``, ``items`` or ``article``."""
_CHILDREN = ("parts", "article", "items")


def without(parts: OutlineData, gone: Collection[str]) -> OutlineData:
    """The parts without some facts; what held nothing else goes with them."""
    made = []
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, str):
            kept: OutlineData = _text(part, gone)
        elif isinstance(part, list):
            kept = [one for one in (_item(item, gone) for item in part) if one]
        else:
            kept = _mapping(part, gone)
        if kept:
            made.append(kept)
    return made


def _mapping(part: Mapping[str, Any], gone: Collection[str]) -> Mapping[str, Any] | None:
    led = [one for match in PLACE.finditer(str(part.get("lead") or "")) for one in match["ids"].split()]
    if led and set(led) <= set(gone):
        return None  # what introduces the items is gone: the negative list as a whole
    name = next(name for name in _CHILDREN if name in part)
    if name != "items":
        kept = without(part[name], gone)
    elif isinstance(part[name], str):
        kept = _item(part[name], gone)
    else:
        kept = [one for one in (_item(item, gone) for item in part[name]) if one]
    return {**part, name: kept} if kept else None


def _item(item: str, gone: Collection[str]) -> str:
    return _text(item, gone) if "{" in item else ("" if item in gone else item)


def _text(text: str, gone: Collection[str]) -> str:
    """A text without places for some facts: a part between marks that has no other place goes whole."""
    if not any(set(match["ids"].split()) & set(gone) for match in PLACE.finditer(text)):
        return text
    made = ""
    for piece in re.findall(r"[^，。；：]+[，。；：]?|[，。；：]", text):
        ids = [one for match in PLACE.finditer(piece) for one in match["ids"].split()]
        if ids and set(ids) <= set(gone):
            continue
        made += re.sub("\0、|、?\0", "", PLACE.sub(lambda match: _place(match, gone), piece))
    end = text[-1:] if text[-1:] in "。：；" else ""
    return made.rstrip("，。；：") + end if end and made else made


def _place(match: re.Match[str], gone: Collection[str]) -> str:
    """A place without some facts; ``NUL`` where none is left."""
    kept = [one for one in match["ids"].split() if one not in gone]
    view = f"{match['view']}:" if match["view"] else ""
    return f"{{{view}{' '.join(kept)}}}" if kept else "\0"


def renamed(parts: OutlineData, ids: Mapping[str, str]) -> OutlineData:
    """The parts with facts under other ids."""
    if isinstance(parts, str):
        if "{" not in parts:
            return ids.get(parts, parts)
        return PLACE.sub(
            lambda match: match[0].replace(
                match["ids"], " ".join(ids.get(one, one) for one in match["ids"].split()), 1
            ),
            parts,
        )
    if isinstance(parts, list):
        return [renamed(part, ids) for part in parts]
    return {name: renamed(part, ids) if name in {*_CHILDREN, "lead"} else part for name, part in parts.items()}


def beside(parts: OutlineData, key: str, new: str) -> bool:
    """Put a fact behind another in the list that has it; whether there is one. ``parts`` is changed."""
    for part in parts:
        if isinstance(part, list) and key in part:
            part.insert(part.index(key) + 1, new)
            return True
        if isinstance(part, dict):
            name = next(name for name in _CHILDREN if name in part)
            held = part[name]
            if name == "items" and isinstance(held, list) and key in held:
                held.insert(held.index(key) + 1, new)
                return True
            if name != "items" and isinstance(held, list) and beside(held, key, new):
                return True
    return False
