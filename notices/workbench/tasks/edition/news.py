"""What others changed in an edition since a page of it was made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import notices
from notices.history.record import Record
from notices.profile import yamlfile


@dataclass(frozen=True)
class News:
    """The revision there is now, and the changes since the one that was asked about, newest first."""

    revision: str
    changes: tuple[Record, ...]


def since(folder: Path, name: str, revision: str) -> News | None:
    """What changed since a revision; None where nothing did.

    Raises:
        NotFoundError: no such edition. ProblemsError: its file or its history cannot be read.
    """
    workspace = notices.open(folder)
    path = workspace.library.find(name)
    now = hashlib.sha256(yamlfile.content(path, workspace.library.name_of(path))).hexdigest()
    if now == revision:
        return None
    return News(now, tuple(takewhile(lambda one: one.now != revision, workspace.history(name))))
