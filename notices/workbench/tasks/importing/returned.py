"""A paper that went round the office and came back: its changes, chosen one by one, and taken into the edition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

import notices
from notices.editing import changing
from notices.editing.checking import Checks
from notices.editing.entries import Entries
from notices.editing.shown import reads
from notices.errors import ProblemsError
from notices.history.log import Hand
from notices.importing.whose import authorities
from notices.library import Library
from notices.renewal.own import OwnFile
from notices.taking.reasons import COUNTED
from notices.taking.run import PlacedWrite, TakenChange
from notices.taking.take import KINDS, Taken
from notices.workbench.tasks.importing.boxes import Box, Record, for_a_page, trouble

Outcome = Literal["written", "again"]

_AROUND: Final = 18
"""Characters of a line shown on either side of a change."""
_LONGEST: Final = 120
"""Characters of a value shown."""
PAPERS: Final = {"notice": "通知", "rules": "细则"}
"""What the papers of an edition are called."""


def take_in(box: Box, called: str, content: bytes, told: Record) -> str:
    """Read a file that came back and keep what it says otherwise; its id. ``told``: ``at, edition, paper``.

    Raises:
        NotFoundError: no such edition or paper. ProblemsError: no Word file, or not this edition's paper.
    """
    record = box.begin("returned", called, content, told)
    try:
        box.write(record, shown(box, _taken(box, record)))
    except BaseException:
        box.delete(record["id"])
        raise
    return str(record["id"])


def account(box: Box, identity: str) -> dict[str, Any]:
    """What came back, for its page: ``record``, and ``made`` (none where reading was cut off).

    Raises:
        NotFoundError: no such import. ProblemsError: its record cannot be read.
    """
    record = box.record(identity, "returned")
    library = notices.open(box.workspace).library
    whose = authorities(library).get(record["edition"].partition("@")[0], "")
    try:
        made: Record | None = box.made(identity)
    except ProblemsError:
        made = None
    return {"record": record, "made": made, "authority": whose, "paper": PAPERS.get(record["paper"], "")}


def look(box: Box, identity: str) -> None:
    """Hold it against the edition as it is now. Raises as :func:`take_in`."""
    with box.held(identity, "returned") as record:
        box.write(record, shown(box, _taken(box, record)))


def take(box: Box, identity: str, chosen: Collection[int], hand: Hand) -> Outcome:
    """Write the chosen changes, by number; ``again``: without the others they come out otherwise, nothing is written.

    Raises:
        NotFoundError: no such import. ProblemsError: the edition cannot be changed so, or was changed meanwhile.
    """
    library = notices.open(box.workspace).library
    with box.held(identity, "returned") as record:
        seen = box.made(identity)["changes"]
        wanted = [one for one in seen if one["number"] in chosen]
        if not wanted:
            raise trouble(record["called"], "一处也没有选", "选上要写进去的，再写")
        declined = [_tuple(one["name"]) for one in seen if one["number"] not in chosen]
        with changing.held(library, box.workspace, record["edition"], hand) as (file, journal):
            done = _taken(box, record, declined)
            now = shown(box, done)
            if [_said(one) for one in now["changes"]] != [_said(one) for one in wanted]:
                box.write(record, now | {"again": True})
                return "again"
            changing.written(Checks(file), _text(file, done), journal, hand)
        record["result"] = {
            "written": len(now["changes"]),
            "declined": len(declined),
            "weighty": [one for one in now["changes"] if one["weight"]],
        }
        box.write(record, now)
    return "written"


def _text(file: OwnFile, done: Taken) -> OwnFile:
    """The file with what was taken.

    Raises:
        ProblemsError: somebody changed it since it was looked at.
    """
    if file.text != done.own.was:
        raise trouble(file.name, "这一版刚被别人改过，没有写", "再写一次：先照现在的内容重新核对")
    return done.own


def _said(one: Record) -> tuple[Any, ...]:
    return one["name"], one["writes"]


def _tuple(name: Sequence[Any]) -> tuple[object, ...]:
    """A change's name as it was before it was kept as JSON."""
    return tuple(tuple(one) if isinstance(one, list) else one for one in name)


def _taken(box: Box, record: Record, declined: Collection[tuple[object, ...]] = ()) -> Taken:
    office = notices.open(box.workspace)
    try:
        return office.take(
            box.source(record), record["edition"], record["paper"], name=record["called"], declined=declined
        )
    except ProblemsError as error:
        problems = for_a_page(error, record["called"]).problems
        raise ProblemsError([_named(office.library, one) for one in problems]) from None


def _named(library: Library, problem: Any) -> Any:  # noqa: ANN401 - a problem
    """A problem with editions by what they are called: guangxi@2024 的 notice is nothing for a page."""
    names = authorities(library)

    def called(match: re.Match[str]) -> str:
        paper = f"的{PAPERS[match['paper']]}" if match["paper"] else ""
        return f"{names.get(match['id']) or match['id']} {match['year']} 年{paper}"

    pattern = r"(?P<id>[a-z]+(?:-[a-z]+)*)@(?P<year>\d{4})(?: 的 (?P<paper>notice|rules))?\s?"
    return replace(problem, message=re.sub(pattern, called, problem.message))


def shown(box: Box, done: Taken) -> Record:
    """Plain data of what came back: ``changes, listed, remarks, notes``, and whether that is ``whole``."""
    entries = Entries(done.own)
    before = Entries(OwnFile.of(notices.open(box.workspace).library, done.edition))
    remarks = [{"author": one.author, "date": one.date[:10], "on": one.on, "text": one.text} for one in done.remarks]
    return {
        "changes": [_change(one, n, (entries, before)) for n, one in enumerate(done.taken, 1)],
        "listed": list(_listed(done.listed, before)),
        "remarks": remarks,
        "notes": list(done.notes),
        "whole": done.whole,
        "again": False,
    }


def _change(one: TakenChange, number: int, entries: tuple[Entries, Entries]) -> Record:
    return {
        **_sides(one),
        "number": number,
        "name": [list(each) if isinstance(each, tuple) else each for each in one.name],  # as JSON has it
        "kind": KINDS[one.kind],
        "writes": [_write(write, entries) for write in one.writes],
        "along": list(one.along),
    }


def _sides(one: TakenChange) -> Record:
    """Where, what there was with the words around it, what came."""
    start, end = one.change.start, one.change.end
    edit = one.change.kind == "edit"
    left, right = (one.context[max(0, start - _AROUND) : start], one.context[end : end + _AROUND]) if edit else ("", "")
    return {
        "where": one.where,
        "left": ("…" if edit and start > _AROUND else "") + left,
        "right": right + ("…" if edit and end + _AROUND < len(one.context) else ""),
        "before": one.before,
        "after": one.after,
        "moved": one.kind == "moved",
        "weight": one.weight,
        "tracked": [str(each) for each in one.tracked],
    }


def _write(placed: PlacedWrite, entries: tuple[Entries, Entries]) -> Record:
    """What would be written, in words: ``label, old, new``; empty where there is nothing."""
    write = placed.write
    slot = next((slot for one in entries if (slot := one.slot(write.key))), None)
    label = slot.label if slot else "提纲里的次序和引出的话"
    old, new = (
        "" if value is None else reads(slot.kind, value, entries[0].around) if slot else _plain(value)
        for value in (write.old, write.new)
    )
    kept = write.inherited and write.old is not None
    return {"label": label, "old": old[:_LONGEST], "new": new[:_LONGEST], "inherited": kept}


def _plain(value: object) -> str:
    """A text of an outline; what else stands there is named by its label only."""
    return value if isinstance(value, str) and not re.search("[a-z]", value) else ""


def _listed(changes: Sequence[TakenChange], entries: Entries) -> Iterator[Record]:
    """What is not taken and why; where numbers alone differ, one for all."""
    numbers = [one for one in changes if one.reason == COUNTED]
    for one in changes:
        if one.reason != COUNTED or len(numbers) == 1:
            key = one.near.partition(" ")[2]
            slot = entries.slot(key) if key else None
            yield {**_sides(one), "reason": _worded(one.reason), "near": slot.label if slot else ""}
    if len(numbers) > 1:
        told = f"{COUNTED}，有 {len(numbers)} 处：{'、'.join(one.where for one in numbers)}"
        nothing = {"left": "", "right": "", "before": "", "after": "", "moved": False, "weight": "", "tracked": []}
        yield {"where": "编号", **nothing, "reason": told, "near": ""}


def _worded(reason: str) -> str:
    """A reason without the key of the profile that stands in brackets at its end."""
    return re.sub(r"（[a-z][\w.\[\]-]*）$", "", reason)
