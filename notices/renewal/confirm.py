"""Confirming one value of an edition in its file; nothing else of the file changes."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from notices.app import listing
from notices.checks.wording import binds_in
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.library import Library
from notices.profile.yamlfile import Key, Tree
from notices.renewal import edit
from notices.renewal.own import OwnFile
from notices.wording.words import day_of_week
from notices.wording.workdays import add_workdays, is_workday, known_years, workday_before

_MAIN = {"attachments": "title", "forms": "title", "references": "title"}
"""What a confirmed text is the text of, by section; elsewhere the rule's phrase."""


@dataclass(frozen=True)
class Confirmed:
    """A settled value, where it stands, and what is still open."""

    edition: str
    key: str
    value: str
    path: Path
    open: tuple[dict[str, Any], ...]
    remarks: tuple[str, ...] = ()
    """What whoever confirmed it should know: a rest day, a value that was confirmed before."""


def waiting(library: Library, wanted: str) -> tuple[str, list[dict[str, Any]]]:
    """The edition's name and its values to be confirmed, as :func:`notices.app.listing.pendings` gives them.

    Raises:
        NotFoundError: no such edition. ProblemsError: the file cannot be read.
    """
    name = library.resolve(wanted)
    return name, listing.pendings(library.tree(library.find(name))[0])


def confirm(library: Library, wanted: str, key: str, value: str | None, workspace: Path) -> Confirmed:
    """Write ``value`` (none: the suggestion) where ``key`` is to be confirmed.

    Raises:
        NotFoundError: no such edition, or nothing of that key is to be confirmed.
        ProblemsError: the value does not fit, or the file is not the user's to change.
    """
    file, item, value = settled(OwnFile.of(library, wanted), key, value, workspace)
    file.written()
    still = tuple(listing.pendings(file.whole))
    return Confirmed(file.edition, item["key"], value, file.path, still, tuple(remarks_of(item, value)))


def settled(file: OwnFile, key: str, value: str | None, workspace: Path) -> tuple[OwnFile, dict[str, Any], str]:
    """The file with a value settled, not written yet; what was settled, and the value.

    Raises:
        NotFoundError, ProblemsError: as :func:`confirm`, except that nothing is said yet of whether the value fits.
    """
    tree, own = file.whole, file.own
    item = _item(file, key, value)
    place = file.place(item["key"])
    assert place is not None  # noqa: S101 - what waits stands somewhere
    drafted = _text_at(tree, _main(place)) if place[-1] == "confirm" else None
    value = (value if value is not None else item["suggest"] or drafted) or ""
    file.belongs(workspace, item["key"])
    _own(own, place, item)
    if not value.strip():
        message, hint = "没有建议的值", f"写上值：notices confirm {file.edition} {item['key']} 值"
        raise ProblemsError([Problem(*tree.origins[place], item["key"], message, hint)])
    made = _changed(file.bare, own, place, value, None if value == drafted else value)
    return file.changed(_declared(file.changed(made), _main(place))), item, value


def remarks_of(item: dict[str, Any], value: str) -> Iterator[str]:
    """What whoever settled a value should know: a rest day, a value that was confirmed before."""
    if item.get("again"):
        yield f"{item['key']} 确认过，原来是 {item['was']}，改成 {value}"
    try:
        date = dt.date.fromisoformat(value)
    except ValueError:
        return
    if date.year in known_years() and not is_workday(date):
        yield f"{value} {of_rest(date)}；要改，再确认一次"
    elif date.year not in known_years():
        yield f"{value} {of_rest(date)}"


def of_rest(date: dt.date) -> str:
    """What whoever sets a day should know of it: which weekday, a rest day or not, the working days beside it."""
    weekday = f"星期{day_of_week(date)}"
    if date.year not in known_years():
        return f"是{weekday}；{date.year} 年放假调休安排还没有公布，是不是工作日待核"
    if is_workday(date):
        return f"是{weekday}，工作日"
    before = workday_before(date) if (date.year - 1 in known_years() or date.month > 1) else "（上一年的，未知）"
    after = f"，此后最近的是 {add_workdays(date, 1)}" if date.year + 1 in known_years() or date.month < 12 else ""
    return f"是休息日（{weekday}）；此前最近的工作日是 {before}{after}"


_AGAIN = frozenset({"answers", "papers", "references", "quotas", "deadlines", "contacts", "attachments"})
"""Sections whose values are confirmed, and may be again."""


def _item(file: OwnFile, key: str, value: str | None) -> dict[str, Any]:
    name, tree = file.edition, file.whole
    waiting = listing.pendings(tree)
    found = next((one for one in waiting if one["key"] in {key, f"{key}.confirm"}), None)
    if found is not None:
        return dict(found)
    at = file.place(key)
    was = _text_at(tree, at) if at else None
    if at is not None and at[0] in _AGAIN and was is not None and value is not None:
        origin = tree.origins[at]
        place = {"file": origin.file, "line": origin.line}
        return {"key": key, "what": key, "was": was, "suggest": None, "why": None, "again": True, **place}
    if at is not None:
        origin = tree.origins[at]
        raise NotFoundError(
            f"{name} 的 {key} 没有待定（{origin.file}:{origin.line}）；要改，写明新的值，或直接编辑文件"
        )
    keys = [one["key"] for one in waiting]
    near = difflib.get_close_matches(key, keys, n=3, cutoff=0.4) or keys[:5]
    offer = f"待定的有：{'、'.join(near)}" if keys else "已经没有待定的值"
    raise NotFoundError(f"{name} 没有待定的 {key}；{offer}。用 notices confirm {name} 列出全部")


def _own(own: Tree, place: Key, item: dict[str, Any]) -> None:
    """The value stands in the edition's own file."""
    if place not in own.origins:
        message = f"这一项写在它继承的 {item['file']}:{item['line']}，本文件里没有"
        hint = f"在本文件里写上 {item['key']} 和它的值"
        raise ProblemsError([Problem(own.origins[()].file, 0, 0, item["key"], message, hint)])


def _main(place: Key) -> Key:
    """The text a ``confirm`` is about."""
    return (*place[:-1], _MAIN.get(str(place[0]), "say"))


def _text_at(tree: Tree, place: Key) -> str | None:
    at: Any = tree.data
    for part in place:
        at = at.get(part) if isinstance(at, dict) else None
    return at if isinstance(at, str) else None


def _changed(text: str, own: Tree, place: Key, value: str, reworded: str | None) -> str:
    """The text with the value settled; ``reworded`` is the text a confirmed fact is to have instead of its draft."""
    try:
        if place[-1] != "confirm":
            return edit.settled(text, place, value)
        if reworded is None:
            return edit.removed(text, place)
        main = _main(place)
        if main in own.origins:
            return edit.removed(edit.settled(text, main, reworded), place)
        return edit.renamed(edit.settled(text, place, reworded), place, str(main[-1]))
    except ProblemsError as error:
        at = own.origins[place]
        raise ProblemsError(
            [replace(p, file=at.file, line=p.line or at.line, column=p.column or at.column) for p in error.problems]
        ) from None


def _declared(file: OwnFile, place: Key) -> str:
    """The text with the words that bind in a confirmed phrase declared: who confirms it has read them."""
    made = file.bare
    phrase = _text_at(file.own, place)
    if place[-1] != "say" or phrase is None:
        return made
    fact = _at(file.whole.data, place[:-1])
    words = binds_in((fact.get("when") or "") + phrase, fact.get("strength", "must") if len(place) == 3 else "")
    declared = fact.get("binds") or []
    if words == tuple([declared] if isinstance(declared, str) else declared):
        return made
    if "binds" in _at(file.own.data, place[:-1]):
        made = edit.removed(made, (*place[:-1], "binds"))
    return edit.added(made, place, "binds", words)


def _at(data: Any, place: Key) -> dict[str, Any]:  # noqa: ANN401 - plain YAML data
    for part in place:
        data = data[part]
    return dict(data)
