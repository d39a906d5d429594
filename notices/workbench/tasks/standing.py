"""What stays in a worker from one task to the next, for as long as no file of the workspace changes."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from notices.library import SHIPPED

Stamp: TypeAlias = tuple[tuple[str, int, int], ...]
_KINDS = ("provinces/*/*.yaml", "templates/**/*")


def stamp(folder: Path | None) -> Stamp:
    """What the profiles and templates of a workspace and of the program are: path, time and size of each.

    A task that keeps what it made takes it as an argument: another stamp is another thing to keep.
    """
    roots = [root for root in (folder, SHIPPED) if root is not None]
    files = (path for root in roots for kind in _KINDS for path in root.glob(kind) if path.is_file())
    return tuple(sorted((str(path), (status := path.stat()).st_mtime_ns, status.st_size) for path in files))
