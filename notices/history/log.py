"""The history of one edition on the disk: JSON Lines, added to and never rewritten, the file itself its lock.

The first line holds the text as it stood when the history began. A change is written down before the edition's file is
replaced (``change``) and confirmed after it (``accepted``), so a kill at any moment leaves the old file or the new one,
and the next who opens the history sees by the hashes which: the change is confirmed then, or ``dropped``. A last line
that broke off is cut away; nothing had come of it yet. What changed the file from outside is found by the hash of the
file and written down as a change of its own.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from notices import files
from notices.errors import OutputError, Problem, ProblemsError
from notices.history import lines
from notices.history.lines import Standing
from notices.history.record import Edit, Record, RecordKind, Told, from_json, to_json

Telling: TypeAlias = Callable[[str, str], Sequence[Told]]
"""What two texts of an edition say differently, in the reader's words."""

FOLDER = "history"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone has it
_LOSSLESS = "surrogateescape"
"""Bytes that are no UTF-8 pass through unchanged."""


def hash_of(text: str) -> str:
    """The SHA-256 of a text's bytes: what a file's revision is."""
    return hashlib.sha256(text.encode("utf-8", _LOSSLESS)).hexdigest()


def text_of(path: Path) -> str:
    """The text of an edition's file, whatever its bytes."""
    return path.read_bytes().decode("utf-8", _LOSSLESS)


def path_of(workspace: Path, edition: str) -> Path:
    """Where the history of an edition is kept."""
    return workspace / FOLDER / f"{edition}.jsonl"


def _content(handle: int) -> bytes:
    """All that an open file holds."""
    os.lseek(handle, 0, os.SEEK_SET)
    return b"".join(iter(lambda: os.read(handle, 1 << 20), b""))


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changes something, and when (with a time zone)."""

    who: str
    when: dt.datetime

    def __post_init__(self) -> None:
        if self.when.tzinfo is None:
            raise ValueError("when has no time zone")


@dataclass(frozen=True, slots=True)
class Back:
    """The change that is taken back, by its number, and the edits that do it, one for each of its own."""

    number: int
    edits: tuple[Edit, ...]


@dataclass
class _Read:
    """What the lines say: the changes that happened, and one of which it is not known yet."""

    standing: Standing | None = None
    records: list[Record] = field(default_factory=list)
    open: Record | None = None
    number: int = 0
    """The highest number given out."""
    first: str = ""
    """The text the history began with."""

    def begin(self, text: str) -> None:
        """The text as it stood."""
        self.standing, self.first = Standing(text), text

    def line(self, data: dict[str, Any]) -> None:
        """Go on by one line.

        Raises:
            AttributeError, KeyError, TypeError, ValueError: it does not fit.
        """
        if ("begun" in data) == (self.standing is not None):  # it comes first, and once
            raise ValueError("not a history from its beginning")
        if "begun" in data:
            self.begin(data["text"])
        elif "change" in data:
            record = from_json(data["change"])
            if self.open is not None:  # how it ended was not written down
                self.end(taken=record.was == self.open.now)
            self.open, self.number = record, max(self.number, record.number)
        elif not data.keys() & {"accepted", "dropped"}:
            raise ValueError("no line of a history")
        elif self.open is not None:
            self.end(taken=data.get("accepted") == self.open.number)

    def end(self, *, taken: bool) -> None:
        """The open change happened, or did not."""
        record, self.open = self.open, None
        if taken and record is not None and self.standing is not None:
            self.standing.take(record)
            if hash_of(self.standing.text) != record.now:
                raise ValueError("the hash does not fit")
            self.records.append(record)


class Journal:
    """The history of an edition while it is held: nobody else changes the edition meanwhile."""

    def __init__(self, handle: int, log: Path, edition: str, file: Path) -> None:
        self._handle, self._log, self.edition, self.file = handle, log, edition, file
        self._read = _Read()
        self.text = text_of(file)
        """The edition's file as it stands."""
        self._whole = 0
        self._parse(_content(handle).decode("utf-8", _LOSSLESS))

    def _parse(self, content: str) -> None:
        whole, _, _ = content.rpartition("\n")
        self._whole = len(f"{whole}\n".encode("utf-8", _LOSSLESS)) if whole else 0
        for number, line in enumerate(whole.split("\n") if whole else (), 1):
            try:
                self._read.line(json.loads(line))
            except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
                hint = "把这个文件移到别处留底；以后的改动从现在的配置起重新记"
                raise ProblemsError(
                    [Problem(str(self._log), number, 1, "", "改动记录的这一行读不出来", hint)]
                ) from None

    @property
    def records(self) -> tuple[Record, ...]:
        """Every change that happened, in order, each with the one that took it back."""
        undone: dict[int, int] = {}
        for one in reversed(self._read.records):
            if one.undoes and one.number not in undone:  # what was taken back takes nothing back
                undone[one.undoes] = one.number
        return tuple(replace(one, undone=undone.get(one.number)) for one in self._read.records)

    def text_at(self, revision: str) -> str | None:
        """The text the file had at a revision; None for one the history does not know."""
        if revision == hash_of(self.text):
            return self.text
        text = self._read.first
        for record in self._read.records:
            if revision == hash_of(text):
                return text
            text = lines.applied(text, record.edits)
        return None

    def see(self, telling: Telling, when: dt.datetime | None) -> tuple[dict[str, Any], ...]:
        """Settle what a kill left open and take in what changed the file from outside; the lines that say so."""
        made: list[dict[str, Any]] = []
        read, now = self._read, hash_of(self.text)
        if read.standing is None:
            read.begin(self.text)
            return ({"begun": self.edition, "when": when.isoformat() if when else None, "text": self.text},)
        if (record := read.open) is not None:
            taken = now == record.now or (now != record.was and self._shows(record))
            read.end(taken=taken)
            made.append({"accepted" if taken else "dropped": record.number})
        before = read.standing.text
        if hash_of(before) != now:
            told = tuple(telling(before, self.text))
            edits = lines.edits(before, self.text)
            hashes = hash_of(before), now
            outside = Record(self._next(), "outside", self.edition, when, None, told, edits, *hashes)
            read.open = outside
            read.end(taken=True)
            made += [{"change": to_json(outside)}, {"accepted": outside.number}]
        return tuple(made)

    def _shows(self, record: Record) -> bool:
        """Whether a change was made before somebody changed the file again: its lines all stand."""
        held = {line for edit in record.edits for line in edit.come}
        gone = {line for edit in record.edits for line in edit.gone} - held
        there = set(lines.cut(self.text))
        return held <= there and not gone & there

    def _next(self) -> int:
        self._read.number += 1
        return self._read.number

    def write(self, text: str, told: Sequence[Told], hand: Hand, back: Back | None = None) -> Record:
        """Write the edition's file, and the change down: what it says otherwise, by whom, and what it takes back.

        Raises:
            OutputError: one of them could not be written; the file is as it was.
        """
        edits = lines.edits(self.text, text) if back is None else back.edits
        kind: RecordKind = "change" if back is None else "take-back"
        hashes, undoes = (hash_of(self.text), hash_of(text)), back.number if back else None
        record = Record(
            self._next(), kind, self.edition, hand.when, hand.who, tuple(told), edits, *hashes, undoes=undoes
        )
        self._add({"change": to_json(record)})
        try:
            files.write(self.file, text.encode("utf-8", _LOSSLESS))
        except OutputError:
            with contextlib.suppress(OutputError):
                self._add({"dropped": record.number})
            raise
        self.text = text
        with contextlib.suppress(OutputError):  # the hashes say so, too, to whoever opens it next
            self._add({"accepted": record.number})
        self._read.open = record
        self._read.end(taken=True)
        return record

    def add(self, made: Sequence[dict[str, Any]]) -> None:
        """Add lines, at once and on the disk; what broke off before is cut away.

        Raises:
            OutputError: they cannot be written.
        """
        if made:
            self._add(*made)

    def _add(self, *made: dict[str, Any]) -> None:
        text = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in made)
        content = text.encode("utf-8", _LOSSLESS)
        try:
            os.ftruncate(self._handle, self._whole)
            left = content
            while left:
                left = left[os.write(self._handle, left) :]
            os.fsync(self._handle)
        except OSError as error:
            raise files.refused(self._log, error) from None
        self._whole += len(content)

    def reason(self, record: Record) -> Record | None:
        """Which later change touched the lines of one that cannot be taken back."""
        standing = self._read.standing
        assert standing is not None  # noqa: S101 - there is a record
        marks = standing.gone_with(record)
        later = [one for one in self.records if one.number > record.number and standing.touched(one) & marks]
        return later[-1] if later else None

    def undoing(self, record: Record) -> tuple[Edit, ...] | None:
        """As :meth:`notices.history.lines.Standing.undoing`."""
        assert self._read.standing is not None  # noqa: S101 - there is a record
        return self._read.standing.undoing(record)


@contextlib.contextmanager
def held(workspace: Path, edition: str, file: Path, telling: Telling, when: dt.datetime) -> Iterator[Journal]:
    """The history of an edition, to be added to: settled, and with what came from outside in it.

    Args:
        workspace: the office's own folder.
        edition: ``guangxi@2024``.
        file: the edition's own file.
        telling: what a change from outside says.
        when: now, with its time zone.

    Raises:
        OutputError: somebody else has held it for a minute, or it cannot be written. ProblemsError: it is damaged.
    """
    log = path_of(workspace, edition)
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(log, os.O_RDWR | os.O_APPEND | os.O_CREAT | _BINARY, 0o644)
    except OSError as error:
        raise files.refused(log, error) from None
    try:
        files.wait_for(handle, _BUSY.format(edition=edition))
        files.settle(log.parent)
        journal = Journal(handle, log, edition, file)
        journal.add(journal.see(telling, when))
        yield journal
    finally:
        os.close(handle)


_BUSY = "别人正在改 {edition}\n    → 稍等片刻再做一次；没有改动"


def history(workspace: Path, edition: str, file: Path, telling: Telling) -> tuple[Record, ...]:
    """Every change of an edition, newest first; nothing is written.

    A change from outside that nobody has written down yet stands first, without a time.

    Raises:
        ProblemsError: the history is damaged. OutputError: somebody else has held it for a minute.
    """
    log = path_of(workspace, edition)
    try:
        handle = os.open(log, os.O_RDONLY | _BINARY)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise files.refused(log, error) from None
    try:
        files.wait_for(handle, _BUSY.format(edition=edition))
        journal = Journal(handle, log, edition, file)
        journal.see(telling, None)
        return journal.records[::-1]
    finally:
        os.close(handle)
