"""What a run has done so far, a line an applicant, so that a stopped run goes on where it was.

A line counts only while its files are there as they were written and the applicant, the rules and the words are the
same; anything else is made anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from notices.checklist.batch.job import MadeChecklist
from notices.checklist.outcome import STANDING_WORDS
from notices.files import refused, write
from notices.forms.data.records import Record

NAME = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Done:
    """An applicant's outcome without its files; ``files`` are their digests by name."""

    key: str
    folder: str
    made: MadeChecklist
    files: tuple[tuple[str, str], ...]


def key_of(stamp: str, folder: str, record: Record, contradictions: Sequence[str] = ()) -> str:
    """A digest of all that decides an applicant's files: rules and words, its folder, its facts.

    Where its rows stand decides nothing but the cells ``contradictions`` name.
    """
    values = sorted(record.values.items())
    tables = sorted((name, [sorted(row.items()) for row in rows]) for name, rows in record.tables.items())
    return _sha(repr((stamp, folder, values, tables, *contradictions)).encode())


def earlier(folder: Path) -> dict[str, Done]:
    """What an earlier run noted, by key; broken lines, as of a run that was killed, are left out."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {done.key: done for line in lines if (done := _read(line))}


def stands(done: Done, folder: Path) -> bool:
    """Whether every file of an outcome is there as it was written."""
    return all(_same(folder / done.folder / name, sha) for name, sha in done.files)


class Journal:
    """The journal of a run, begun with what stands of an earlier one."""

    def __init__(self, folder: Path, kept: Iterable[Done]) -> None:
        self.folder = folder
        self.path = folder / NAME
        write(self.path, "".join(map(_line, kept)).encode())

    def add(self, key: str, folder: str, made: MadeChecklist) -> Done:
        """Write an applicant's files, then note them: what is noted is there."""
        for name, content in made.files:
            write(self.folder / folder / name, content)
        files = tuple((name, _sha(content)) for name, content in made.files)
        verdicts = sys.intern(made.verdicts)  # one of a few that many have
        kept = replace(made, verdicts=verdicts, files=(), area=sys.intern(made.area))
        done = Done(key, folder, kept, files)
        if not made.problems:
            self._append(_line(done))
        return done

    def _append(self, line: str) -> None:
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise refused(self.path, error) from None


def _line(done: Done) -> str:
    made = done.made
    told = {
        "key": done.key,
        "folder": done.folder,
        "name": made.name,
        "code": made.code,
        "area": made.area,
        "standing": made.standing,
        "verdicts": made.verdicts,
        "contradictions": made.contradictions,
        "files": dict(done.files),
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def _read(line: str) -> Done | None:
    try:
        told: dict[str, Any] = json.loads(line)
        files = tuple((str(name), str(sha)) for name, sha in told["files"].items())
        texts = [told[name] for name in ("key", "folder", "name", "code", "area", "standing", "verdicts")]
        texts += (clashes := tuple(told["contradictions"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    key, folder, name, code, area, standing, verdicts, *_ = texts
    if not all(isinstance(text, str) for text in texts) or standing not in STANDING_WORDS:
        return None
    made = MadeChecklist(*(name, code, standing, sys.intern(verdicts)), area=sys.intern(area), contradictions=clashes)
    return Done(key, folder, made, files)


def _same(path: Path, sha: str) -> bool:
    try:
        return _sha(path.read_bytes()) == sha
    except OSError:
        return False


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def strangers(folder: Path, own: set[str]) -> tuple[str, ...]:
    """Folders in the place of the run that are not of this run: an earlier one left them."""
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name not in own))
