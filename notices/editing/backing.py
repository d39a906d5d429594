"""The history of an edition, and taking a change back: the last, or an earlier one whose lines still stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from notices.editing.changing import Changed, held, telling_of, written
from notices.editing.checking import Checks
from notices.editing.telling import touched
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.history import lines, log
from notices.history.log import Back, Hand, Journal
from notices.history.record import Edit, Record
from notices.library import Library
from notices.renewal.own import OwnFile
from notices.wording.words import day


def history(library: Library, workspace: Path, wanted: str) -> tuple[Record, ...]:
    """Every change of an edition, newest first; one from outside that nobody wrote down yet has no time.

    Raises:
        NotFoundError: no such edition. ProblemsError: the history is damaged.
    """
    file = OwnFile.of(library, wanted)
    return log.history(workspace, file.edition, file.path, telling_of(file))


def take_back(library: Library, workspace: Path, wanted: str, number: int, hand: Hand) -> Changed:
    """Take a change back, by its number: a change of its own, which may be taken back in turn.

    Raises:
        NotFoundError: no such edition, or no change of that number.
        ProblemsError: it has been taken back, its lines do not stand any more, or the edition would have new errors.
        OutputError: it cannot be written.
    """
    with held(library, workspace, wanted, hand) as (file, journal):
        record = next((one for one in journal.records if one.number == number), None)
        if record is None:
            raise NotFoundError(f"{file.edition} 没有第 {number} 次改动；共 {len(journal.records)} 次")
        edits = _edits(file, journal, record)
        made = replace(file, text=lines.applied(file.text, edits))
        _alone(file, made, journal, record)
        return written(Checks(file), made, journal, hand, Back(number, edits))


def _edits(file: OwnFile, journal: Journal, record: Record) -> tuple[Edit, ...]:
    if record.undone is not None:
        by = next(one for one in journal.records if one.number == record.undone)
        raise _refused(file, record, f"这次改动已经收回过了（{named(by)}）", "不用再收回")
    edits = journal.undoing(record)
    if edits is None:
        later = journal.reason(record)
        told = f"（{named(later)}）" if later else ""
        hint = "先收回后面那一次，再收回这一次；或直接填写要的值"
        raise _refused(file, record, f"这次改动收不回：后来又改过同一处{told}", hint)
    return edits


def _alone(file: OwnFile, made: OwnFile, journal: Journal, record: Record) -> None:
    """Taking it back changes no value but those it changed.

    Raises:
        ProblemsError: it would.
    """
    was, now = journal.text_at(record.was), journal.text_at(record.now)
    try:
        there = touched(file, made)
        here = touched(replace(file, text=was or ""), replace(file, text=now or "")) if was and now else there
    except ProblemsError:
        hint = "直接填写要的值"
        raise _refused(file, record, "收回以后配置读不出来，没有收回", hint) from None
    if not all(any(path[: len(one)] == one for one in here) for path in there):
        raise _refused(file, record, "收回会牵动别的值，没有收回", "直接填写要的值")


def _refused(file: OwnFile, record: Record, message: str, hint: str) -> ProblemsError:
    key = record.told[0].key if record.told else ""
    return ProblemsError([Problem(file.name, 0, 0, key, message, hint)])


def named(record: Record) -> str:
    """第3次，张三 2026年3月1日 9:05."""
    who = record.who or ("在别处改的" if record.kind == "outside" else "")
    when = f"{day(record.when.date())} {record.when:%H:%M}" if record.when else ""
    return f"第{record.number}次，{' '.join(filter(None, (who, when)))}"
