"""A folder, or an authority in one, begun: what ``notices init`` asks, for somebody who has no shell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import notices
from notices.app import workspace
from notices.app.workspace import Office
from notices.errors import NoticesError
from notices.importing.whose import authorities, identity_of
from notices.library import Library

FIELDS = (
    "name",
    "identity",
    "year",
    "region",
    "level",
    "whole",
    "itself",
    "area",
    "area_codes",
    "addressees",
    "verb",
    "layout",
)
"""What the form asks."""
_LISTS = {"area_codes": "[、，, ;；\\s]+", "addressees": "[；;\\n]+"}
_OFFICE = ("name", "region", "level", "whole", "itself", "area")


def told(folder: Path | None, given: Mapping[str, str]) -> dict[str, Any]:
    """What the name tells, while it is typed: ``derived`` (region, level …), ``identity``, ``year``, ``taken``.

    ``taken`` is the authority that has the wanted id already, empty where none has.
    """
    library = notices.open(folder).library
    name = given.get("name", "").strip()
    identity = given.get("identity", "").strip() or identity_of(library, name)
    return {
        "derived": workspace.derived(name),
        "identity": identity,
        "year": given.get("year", "").strip() or str(_latest(library)),
        "taken": authorities(library).get(identity, ""),
    }


def begin(folder: Path, given: Mapping[str, str]) -> str:
    """Make the folder a workspace with an authority's first draft, or add one to it; the edition.

    Raises:
        WorkspaceError, ProblemsError, OutputError: as :func:`notices.app.workspace.create`; nothing is overwritten.
    """
    library = Library.at(folder)
    found = told(folder, given)
    if not re.fullmatch(r"20\d{2}", found["year"]):
        raise NoticesError(f"年度 {found['year']} 不对：写四位数字，如 2026")
    if not found["identity"]:
        raise NoticesError("编号没有写，从名称里也看不出来：写一个，只用小写拼音字母和短横，如 jia-sheng")
    said = {key: given[key].strip() for key in _OFFICE if given.get(key, "").strip()}
    lists = {key: tuple(filter(None, re.split(mark, given.get(key, "").strip()))) for key, mark in _LISTS.items()}
    chosen: dict[str, Any] = {"verb": given.get("verb") or "申报", "layout": given.get("layout") or "document"}
    office = Office(found["identity"], **{**found["derived"], **said, **lists, **chosen})
    workspace.create(folder, library, int(found["year"]), office)
    return f"{office.identity}@{found['year']}"


def _latest(library: Library) -> int:
    """The newest year there is an edition of that is no draft."""
    identities = {name.partition("@")[0] for name in library.editions()}
    return max(int(library.settled(one)[-1].partition("@")[2]) for one in identities)
