"""What waits to be decided on: one folder an import, within the office's own, until it is kept or deleted.

``workbench/inbox/<user>/<id>/`` holds ``record.json`` (what it is, what was decided), ``made.json`` (what was made of
the file) and ``source.<ending>``. No name of the folders or files comes from a request: the user's is a hash, an id is
one of those that are listed, an ending one of a few.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any, Final, TypeAlias

from notices import files
from notices.errors import NotFoundError, OutputError, Problem, ProblemsError

Record: TypeAlias = dict[str, Any]
"""Plain data: ``id, kind, called, ending``, and what :data:`_NEW` says."""

MOST: Final = 40
"""Imports of one user that may wait at once."""
_RECORD, _MADE = "record.json", "made.json"
_WORD: Final = (".docx", ".doc", ".wps", ".rtf", ".odt")
_NEW: Final[Record] = {
    "at": "", "name": "", "year": "", "identity": "", "edition": "", "kept": "", "result": None, "decisions": {},
}  # fmt: skip
"""What every record has: when it came (ISO), whose notice of which year, what was decided, what came of it."""
_NONE: Final = "没有这一份导入：已经删除，或者是别人的"
ENDINGS: Final = {"notice": (*_WORD, ".pdf", ".html", ".htm", ".txt", ".md"), "returned": _WORD}
"""The endings of files that are taken, by the kind of import."""


@dataclass(frozen=True)
class Box:
    """Whose imports: of an office's folder, and a user (empty: the one there is)."""

    workspace: Path
    user: str = ""

    @property
    def folder(self) -> Path:
        """Where they are."""
        name = hashlib.sha256(self.user.encode()).hexdigest()[:24] if self.user else "own"
        return self.workspace / "workbench" / "inbox" / name

    def begin(self, kind: str, called: str, content: bytes, told: Record) -> Record:
        """Put a file in.

        Raises:
            ProblemsError: an ending that is not read, an empty file, too many waiting. OutputError: no place.
        """
        ending = PurePath(called).suffix.lower()
        if ending not in ENDINGS[kind]:
            shown = "、".join(ENDINGS[kind])
            raise trouble(called, f"这种文件读不了：{ending or '没有扩展名'}", f"用 {shown}；别的先另存为 .docx")
        if not content:
            raise trouble(called, "文件是空的", "换一份完整的文件")
        if len(self._ids()) >= MOST:
            raise trouble(called, f"还有 {MOST} 份没有处理完", "先在下面留下或删除几份")
        record = {**_NEW, "id": secrets.token_hex(8), "kind": kind, "called": called, "ending": ending, **told}
        self.write(record)  # first: what is listed can be deleted
        files.write(self.folder / record["id"] / f"source{ending}", content)
        return record

    def listed(self) -> list[Record]:
        """Every import, the newest first; one whose record cannot be read is ``broken``."""
        found = []
        for name in self._ids():
            try:
                found.append(self._read(name, _RECORD))
            except ProblemsError:
                found.append({**_NEW, "id": name, "kind": "broken", "called": "读不出来的一份"})
        return sorted(found, key=lambda one: (one["at"], one["id"]), reverse=True)

    def record(self, identity: str, kind: str) -> Record:
        """One import of a kind.

        Raises:
            NotFoundError: there is none. ProblemsError: it cannot be read.
        """
        found = self._read(self._known(identity), _RECORD)
        if found["kind"] != kind:
            raise NotFoundError(_NONE)
        return found

    def made(self, identity: str) -> Record:
        """What was made of its file. Raises as :meth:`record`."""
        return self._read(self._known(identity), _MADE)

    def source(self, record: Record) -> bytes:
        """Its file. Raises ProblemsError: it is gone."""
        path = self.folder / str(record["id"]) / f"source{record['ending']}"
        if not path.is_file():
            raise trouble(record["called"], "这一份的原件不在了", "删除它，再导入一次")
        return path.read_bytes()

    def write(self, record: Record, made: Record | None = None) -> None:
        """Keep what was decided, and what was made."""
        place = self.folder / record["id"]
        if made is not None:
            files.write(place / _MADE, _json(made))
        files.write(place / _RECORD, _json(record))

    @contextlib.contextmanager
    def held(self, identity: str, kind: str) -> Iterator[Record]:
        """One import while it is changed; whoever else changes it waits. It is written when nothing was raised."""
        place = self.folder / self._known(identity)
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(files.alone(place))
            except OutputError:
                raise trouble("这一份", "正在别的页面上处理，没有改", "等它做完，再做一次") from None
            record = self.record(identity, kind)
            yield record
            self.write(record)

    def delete(self, identity: str) -> None:
        """Its file and all that was made of it. Raises NotFoundError: there is none."""
        name = self._known(identity)
        aside = self.folder / f"-{name}"  # none is listed while half of it is gone
        (self.folder / name).rename(aside)
        shutil.rmtree(aside, ignore_errors=True)

    def _ids(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        for stray in self.folder.glob("-*"):
            shutil.rmtree(stray, ignore_errors=True)
        return [one.name for one in self.folder.iterdir() if one.is_dir() and (one / _RECORD).is_file()]

    def _known(self, identity: str) -> str:
        for name in self._ids():
            if name == identity:
                return name
        raise NotFoundError(_NONE)

    def _read(self, name: str, file: str) -> Record:
        try:
            found = json.loads((self.folder / name / file).read_bytes())
        except (OSError, ValueError, RecursionError):
            raise trouble(file, "这一份导入的记录读不出来", "删除它，再导入一次") from None
        if not isinstance(found, dict):
            raise trouble(file, "这一份导入的记录读不出来", "删除它，再导入一次")
        return {**_NEW, **found} if file == _RECORD else found


def listed(box: Box) -> list[Record]:
    """The imports of a box."""
    return box.listed()


def delete(box: Box, identity: str) -> None:
    """Delete an import. Raises NotFoundError: there is none."""
    box.delete(identity)


def trouble(called: str, message: str, hint: str) -> ProblemsError:
    """One problem of a whole file."""
    return ProblemsError([Problem(called, 0, 0, "", message, hint)])


def for_a_page(error: ProblemsError, called: str) -> ProblemsError:
    """Problems for somebody without a shell: of the file as it was called, no options of commands, no lines of ours."""
    return ProblemsError([_for_a_page(one, called) for one in error.problems])


def _for_a_page(problem: Problem, called: str) -> Problem:
    hint = "在“年度”里填上，如 2025，再导入" if "--year" in problem.hint else problem.hint
    hint = "" if "--" in hint or "notices " in hint else hint
    ours = problem.file.startswith(("source.", "provinces/"))
    message = re.sub("（[A-Za-z]+）", "", problem.message)  # what a library calls its trouble
    made = replace(problem, message=message, hint=hint)
    return replace(made, file=called, line=0) if ours else made


def _json(data: Record) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
