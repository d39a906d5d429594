"""Two editions beside each other, all of them as a map, two Word files as one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import notices
from notices.app.comparison import ComparisonShape, Difference, Overview
from notices.reports.model import Report
from notices.workbench.tasks.standing import Stamp, stamp


def choices(folder: Path | None) -> list[dict[str, Any]]:
    """Every edition that can be chosen: ``edition, authority, year, draft``."""
    return [
        {
            "edition": one["edition"],
            "authority": one["authority"] or one["edition"],
            "year": one["edition"].partition("@")[2],
            "draft": one["status"] == "draft",
        }
        for one in notices.open(folder).listing()[0]
    ]


def two(folder: Path | None, left: str, right: str, *, everything: bool) -> Report:
    """What differs between two editions, as a report.

    Raises:
        NotFoundError: no such edition. ProblemsError: everything wrong with either.
    """
    return _two(folder, left, right, everything, stamp(folder)).report()


def two_file(
    folder: Path | None, left: str, right: str, shape: ComparisonShape, *, everything: bool
) -> tuple[str, bytes]:
    """The same as a file: its name and its bytes."""
    made = _two(folder, left, right, everything, stamp(folder))
    return f"{made.name}.{shape}", made.write(shape)


def many(folder: Path | None, names: tuple[str, ...]) -> Report:
    """Editions beside each other (none: the newest of every authority), as a report.

    Raises:
        NotFoundError: no such edition. ProblemsError: everything wrong with any of them.
    """
    return _many(folder, names, stamp(folder)).report()


def many_file(folder: Path | None, names: tuple[str, ...], shape: ComparisonShape) -> tuple[str, bytes]:
    """The same as a file: its name and its bytes."""
    made = _many(folder, names, stamp(folder))
    return f"{made.name}.{shape}", made.write(shape)


@lru_cache(maxsize=16)
def _two(folder: Path | None, left: str, right: str, everything: bool, _: Stamp) -> Difference:  # noqa: FBT001 - a key
    return notices.open(folder).diff(left, right, everything=everything)


@lru_cache(maxsize=4)
def _many(folder: Path | None, names: tuple[str, ...], _: Stamp) -> Overview:
    return notices.open(folder).matrix(*names)
