"""Sheets that are being filled in: in the workspace, a file each, seen by their owner alone, kept until it is deleted.

Without a workspace they are kept with the session, and end with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import yaml

from notices import files
from notices.checklist.filling import Typed
from notices.errors import NotFoundError
from notices.rendering.naming import plain
from notices.workbench.desk import Desk
from notices.workbench.tasks.checklist import Wanted

MOST = 200
"""Sheets one user keeps at once."""
_ID = re.compile(r"[0-9a-f]{16}")
_ENDING = ".yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""With libyaml, where there is one: a sheet is read and written at every change."""
_LOCKS = tuple(threading.Lock() for _ in range(64))
"""One for each sheet, or for a few: looked at and written is one step, and so is deleted."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet: what it is for, what was typed, when (as printed).

    ``mark`` tells who wrote it last, an opened page, and how often it was written: ``48300a354817.7``.
    """

    wanted: Wanted
    typed: Typed = field(default_factory=Typed)
    told: str = ""
    """What it is called in a list: 2024年度自治区级绿色工厂."""
    saved: str = ""
    mark: str = ""

    @property
    def name(self) -> str:
        """Whose it is, as far as that was typed."""
        return self.typed.values.get("name", "")


class Shelf(Protocol):
    """Where one user's sheets are."""

    def names(self) -> list[str]:
        """Their ids."""

    def get(self, name: str) -> Kept | None:
        """One; None where there is none, or it cannot be read."""

    def put(self, name: str, kept: Kept) -> None:
        """Write one."""

    def drop(self, name: str) -> None:
        """Delete one, at once."""


def own_folder(desk: Desk) -> Path | None:
    """The folder of what belongs to the one who asks alone; None without a workspace."""
    if desk.folder is None:
        return None
    name = desk.user.name if desk.bench.accounts is not None else ""  # one's own machine: whatever one is called
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return desk.folder / "workbench" / "desk" / (f"{plain(name)}-{digest}" if name else "local")


def shelf(desk: Desk) -> Shelf:
    """The sheets of the one who asks."""
    folder = own_folder(desk)
    return _Folder(folder) if folder else _Memory(desk.session.kept.setdefault("checklists", {}))


def found(desk: Desk, name: str) -> Kept:
    """A sheet of the one who asks.

    Raises:
        NotFoundError: they have none of that id.
    """
    kept = shelf(desk).get(name) if _ID.fullmatch(name) else None
    if kept is None:
        raise NotFoundError("没有这一份，可能已经删除")
    return kept


def begun(desk: Desk, kept: Kept) -> str:
    """A new sheet; its id.

    Raises:
        NotFoundError: there are too many already.
    """
    own = shelf(desk)
    if len(own.names()) >= MOST:
        raise NotFoundError(f"已经存了 {MOST} 份，先删去用不着的")
    name = secrets.token_hex(8)
    own.put(name, kept)
    return name


@dataclass(frozen=True, slots=True)
class Window:
    """A page that writes: which, the mark of what it was opened with, and whether it shall stand in any case."""

    by: str
    seen: str = ""
    over: bool = False


def wrote(desk: Desk, name: str, kept: Kept, window: Window) -> Kept | None:
    """Write what was typed on a page, unless another has written since it was opened; None where it has."""
    with _lock(name):
        before = found(desk, name)
        whose, _, times = before.mark.rpartition(".")
        if not window.over and before.mark != window.seen and whose != window.by:
            return None
        mark = f"{window.by}.{int(times) + 1 if times.isdecimal() else 1}"
        shelf(desk).put(name, written := replace(kept, told=before.told, mark=mark))
        return written


def dropped(desk: Desk, name: str) -> None:
    """Delete a sheet, at once.

    Raises:
        NotFoundError: they have none of that id.
    """
    with _lock(name):
        found(desk, name)
        shelf(desk).drop(name)


def _lock(name: str) -> threading.Lock:
    return _LOCKS[hash(name) % len(_LOCKS)]


@dataclass(frozen=True)
class _Folder:
    folder: Path

    def names(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        named = ((path.stat().st_mtime, path.stem) for path in self.folder.glob(f"*{_ENDING}") if path.is_file())
        return [name for _, name in sorted(named, reverse=True) if _ID.fullmatch(name)]

    def get(self, name: str) -> Kept | None:
        try:
            return _read((self.folder / f"{name}{_ENDING}").read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, name: str, kept: Kept) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.write(self.folder / f"{name}{_ENDING}", _written(kept).encode())

    def drop(self, name: str) -> None:
        (self.folder / f"{name}{_ENDING}").unlink(missing_ok=True)


@dataclass(frozen=True)
class _Memory:
    sheets: dict[str, Kept]

    def names(self) -> list[str]:
        return list(reversed(self.sheets))

    def get(self, name: str) -> Kept | None:
        return self.sheets.get(name)

    def put(self, name: str, kept: Kept) -> None:
        self.sheets[name] = kept

    def drop(self, name: str) -> None:
        self.sheets.pop(name, None)


_WANTED = ("edition", "category", "level", "as_of")
_ABOUT = ("told", "saved", "mark")


def _written(kept: Kept) -> str:
    told = {name: getattr(kept.wanted, name) for name in _WANTED} | {name: getattr(kept, name) for name in _ABOUT}
    told |= {
        "values": dict(kept.typed.values),
        "tables": {name: [dict(row) for row in rows] for name, rows in kept.typed.tables.items()},
    }
    return yaml.dump(told, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)


def _read(text: str) -> Kept | None:
    """A sheet out of its file; None where somebody has spoilt it."""
    with contextlib.suppress(yaml.YAMLError, ValueError, AttributeError, TypeError):
        told: Any = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe one
        wanted = Wanted(**{name: str(told[name]) for name in _WANTED if name in told})
        tables = {str(name): tuple(map(_row, rows)) for name, rows in told["tables"].items()}
        about = {name: str(told.get(name, "")) for name in _ABOUT}
        return Kept(wanted, Typed(_row(told["values"]), tables), **about)
    return None


def _row(texts: Mapping[str, object]) -> dict[str, str]:
    return {str(name): str(text) for name, text in texts.items()}


def listed(desk: Desk) -> Iterator[tuple[str, Kept]]:
    """The sheets of the one who asks, the newest first."""
    own = shelf(desk)
    for name in own.names():
        if kept := own.get(name):
            yield name, kept


def rows_of(texts: Mapping[int, Mapping[str, str]]) -> Sequence[Mapping[str, str]]:
    """Rows by their number on the page, empty ones kept between, that a fault finds its row."""
    last = max((number for number, row in texts.items() if row), default=-1)
    return [texts.get(number, {}) for number in range(last + 1)]
