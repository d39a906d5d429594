"""Changing values of an edition: read, put in their places, checked, and written down with who and when; or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from notices.editing import placing, stale, writing
from notices.editing.checking import Checks
from notices.editing.entries import Entries, Slot, at
from notices.editing.reading import MisreadError, read
from notices.editing.shown import is_day, typed
from notices.editing.telling import told
from notices.errors import NoticesError, Problem, ProblemsError, near
from notices.history import log
from notices.history.log import Back, Hand, Journal, hash_of
from notices.history.record import Record, Told
from notices.inherited import undecided
from notices.library import Library
from notices.profile.yamlfile import dotted
from notices.renewal import accept, confirm
from notices.renewal.own import OwnFile

How: TypeAlias = Literal["accept", "drop", "inherit", "confirm"]


@dataclass(frozen=True, slots=True)
class Decide:
    """What becomes of an entry instead of a value.

    ``accept`` takes over what is inherited at a key, or all below it; ``drop`` leaves the entry out; ``inherit`` goes
    back to what is inherited; ``confirm`` takes what is suggested, or a text as it is drafted.
    """

    how: How
    why: str | None = None


Given: TypeAlias = Any
"""What somebody wrote in a field: a text, a list, parts by name, yes or no, None for nothing; or a :class:`Decide`."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change came to: the new revision, its record (None: nothing differed), and what to know of it, by key."""

    edition: str
    revision: str
    record: Record | None
    remarks: tuple[tuple[str, str], ...] = ()
    key: str = ""
    """Of an entry that was added."""

    @property
    def told(self) -> tuple[Told, ...]:
        """The values that changed, in the reader's words."""
        return self.record.told if self.record else ()


Step: TypeAlias = Callable[[OwnFile], OwnFile]


def change(  # noqa: PLR0913 - what a change is made of
    library: Library,
    workspace: Path,
    wanted: str,
    values: Mapping[str, Given],
    *,
    revision: str,
    hand: Hand,
    seen: Mapping[str, Any] | None = None,
) -> Changed:
    """Change values of an edition by their keys: all of them, or none.

    Args:
        library: where the edition is.
        workspace: the office's own folder; its history is kept there.
        wanted: the edition, ``guangxi@2025``.
        values: what was written, by the key of the field; or a decision, by the key of a fact.
        revision: that of the file its author saw.
        hand: who changes it, and when.
        seen: what its author saw, by key, as ``Field.text`` or ``Field.value``; without it the history tells.

    Raises:
        NotFoundError: no such edition.
        ProblemsError: everything wrong, each problem with the key it belongs to; or the file is not the office's.
        StaleError: somebody else changed the same value since. OutputError: it cannot be written.
    """
    with held(library, workspace, wanted, hand) as (file, journal):
        entries = Entries(file)
        if revision != hash_of(file.text):
            stale.refuse(entries, journal, values, revision, seen or {})
        checks, made = Checks(file), _made(entries, values, workspace, hand)
        unasked(checks, made, (entries, Entries(made)), values)
        return written(checks, made, journal, hand)


@contextlib.contextmanager
def held(library: Library, workspace: Path, wanted: str, hand: Hand) -> Iterator[tuple[OwnFile, Journal]]:
    """An edition's own file and its history, held by nobody else meanwhile; settled, and what came from outside seen.

    Raises:
        NotFoundError: no such edition. ProblemsError: it is not the office's own, or no text, or its history is none.
        OutputError: somebody else has held it for a minute, or the history cannot be written.
    """
    file = OwnFile.of(library, wanted)
    file.belongs(workspace, "")
    with log.held(workspace, file.edition, file.path, telling_of(file), hand.when) as journal:
        yield OwnFile.of(library, file.edition), journal


def telling_of(file: OwnFile) -> log.Telling:
    """What two texts of an edition's file say differently."""

    def telling(before: str, after: str) -> tuple[Told, ...]:
        return told(replace(file, text=before, was=before), replace(file, text=after, was=after))

    return telling


def written(checks: Checks, made: OwnFile, journal: Journal, hand: Hand, back: Back | None = None) -> Changed:
    """The change of a file checked and written; ``back`` says what it takes back.

    Raises:
        ProblemsError: the errors it makes, or an editor wrote the file meanwhile. OutputError: it cannot be written.
    """
    file = checks.file
    if made.text == file.text:
        return Changed(file.edition, hash_of(file.text), None)
    if problems := checks.new(made):
        raise ProblemsError(problems)
    if log.text_of(file.path) != journal.text or file.text != journal.text:  # an editor knows of no lock
        message, hint = "文件刚被别人改过，没有写", "看看改了什么，再做一次"
        raise ProblemsError([Problem(file.name, 0, 0, "", message, hint)])
    record = journal.write(made.text, told(file, made), hand, back)
    return Changed(file.edition, record.now, record, tuple(_remarks(made, record)))


def unasked(checks: Checks, made: OwnFile, both: tuple[Entries, Entries], keys: Iterable[str]) -> None:
    """Nothing but what was asked for is changed; outlines follow the facts they print.

    Raises:
        ProblemsError: something else would be.
    """
    found = (entries.slot(key) for entries in both for key in keys)
    asked = (slot.entry.place if slot.kind.kind == "confirm" else slot.path for slot in found if slot)
    paths = (*asked, ("outlines",), ("source", "taken"))
    if others := checks.others(made, paths):
        message = f"这样改会牵动别的值（{'、'.join(map(dotted, others[:3]))}），没有改动"
        raise ProblemsError([Problem(made.name, 0, 0, next(iter(keys), ""), message, "用编辑器打开文件，直接改")])


def _made(entries: Entries, values: Mapping[str, Given], workspace: Path, hand: Hand) -> OwnFile:
    """The file with every value in its place.

    Raises:
        ProblemsError: everything that cannot be read, found, or put there.
    """
    problems: list[Problem] = []
    file = entries.file
    for key, given in values.items():
        try:
            file = _step(Entries(file), key, given, workspace, hand)(file)
        except MisreadError as error:
            at_key = f"{key}.{error.below}" if error.below else key
            problems.append(Problem(file.name, 0, 0, at_key, error.message, error.hint))
        except ProblemsError as error:
            problems += (replace(one, file=file.name, line=0, column=0, key=key) for one in error.problems)
        except NoticesError as error:
            problems.append(Problem(file.name, 0, 0, key, str(error), ""))
    if problems:
        raise ProblemsError(problems)
    return file


def _step(entries: Entries, key: str, given: Given, workspace: Path, hand: Hand) -> Step:
    if isinstance(given, Decide):
        return _decided(entries, key, given, workspace, hand)
    slot = entries.slot(key)
    if slot is None or slot.kind.kind == "confirm" or slot.path == slot.entry.place:
        keys = [one.key for entry in entries.by_key.values() for one in entries.slots(entry)]
        raise MisreadError("没有这一项", near(key, keys) or "刷新页面，看现在有哪些项")
    value = entries.at(slot.path)
    if unchanged(entries, slot, given):
        return lambda file: file
    found = read(slot.kind, given, value, entries.around)
    if found is None and slot.kind.required:
        hint = "写上值；还没定的，写成 【待定：名称】" if slot.kind.waits else "写上值"
        raise MisreadError("这一项一定要有", hint)
    return lambda file: writing.put(file, slot.path, slot.kind, found)


def unchanged(entries: Entries, slot: Slot, given: Given) -> bool:
    """Whether a field holds what it held: as it is written there, or as the file has it."""
    value = entries.at(slot.path)
    if isinstance(given, str):
        text = given.replace("\r\n", "\n").strip()
        waiting = not text and value is not None and not typed(slot.kind, value, entries.around)
        return waiting or (value is not None and text == typed(slot.kind, value, entries.around))
    return value is not None and bool(given == value)


def _decided(entries: Entries, key: str, given: Decide, workspace: Path, hand: Hand) -> Step:
    file = entries.file
    if given.how == "confirm" and key:
        return lambda file: confirm.settled(file, key, None, workspace)[0]
    if given.how == "accept":
        open_ = undecided(file.library, file.library.load(file.edition))
        found = next((one for one in open_ if one.key == key or one.key.startswith(f"{key}.")), None)
        if found is None:
            raise MisreadError("这一项不是沿用来的，或已经确认过", "不用再确认")
        signature = accept.Signature(hand.who, hand.when.date(), given.why or None)
        return lambda file: accept.accepted(file, key, signature, found.base)
    slot = entries.slot(key)
    if slot is None or (given.how == "drop" and slot.path != slot.entry.place) or not slot.path:
        raise MisreadError("没有这一项", "刷新页面，看现在有哪些项")
    if given.how == "drop":
        return lambda file: placing.without(writing.put(file, slot.path, slot.kind, None), key)
    if at(file.own.data, slot.path) is None:
        raise MisreadError("本版没有改过这一项，用的就是沿用的", "不用改回")
    return lambda file: writing.back_to_inherited(file, slot.path)


def _remarks(file: OwnFile, record: Record) -> Iterator[tuple[str, str]]:
    """Of the days that were set: rest days, and the working days beside them."""
    entries = Entries(file)
    for one in record.told:
        slot = entries.slot(one.key)
        value = entries.at(slot.path) if slot and slot.kind.kind == "date" else None
        if isinstance(value, str) and is_day(value) and one.after:
            yield one.key, f"{one.after}{confirm.of_rest(dt.date.fromisoformat(value))}"
