"""A folder, or an authority in one, begun: what ``notices init`` asks, for somebody who has no shell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import notices
from notices.app import workspace
from notices.app.workspace import Office, WorkspaceError
from notices.editing import changing
from notices.errors import NoticesError
from notices.history.log import Hand
from notices.history.record import Told
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


def begin(folder: Path, given: Mapping[str, str], hand: Hand) -> str:
    """Make the folder a workspace with an authority's first draft, or add one to it; the edition.

    Raises:
        NoticesError: what was given makes no draft, or there is one; nothing is overwritten.
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
    edition = f"{office.identity}@{found['year']}"
    if (folder / "provinces" / office.identity / f"{found['year']}.yaml").exists():
        raise NoticesError(
            f"已经有 {found['taken'] or office.identity} {found['year']} 年的一版，没有覆盖：换编号或年度"
        )
    try:
        workspace.create(folder, library, int(found["year"]), office)
    except WorkspaceError as error:  # it speaks of options and paths
        told_ = str(error).partition("\n")[0].replace(f"{folder}/", "")
        raise NoticesError(f"{told_}：换一个编号，或换一个文件夹启动") from None
    with changing.held(Library.at(folder), folder, edition, hand) as (file, journal):
        journal.write(file.text, [Told("", "新建", None, "第一份草稿")], hand)
    return edition


def _latest(library: Library) -> int:
    """The newest year there is an edition of that is no draft."""
    identities = {name.partition("@")[0] for name in library.editions()}
    return max(int(library.settled(one)[-1].partition("@")[2]) for one in identities)
