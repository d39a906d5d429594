"""绿色制造名单通知：one YAML profile an authority and year, rendered as official documents (GB/T 9704-2012).

``notices.open(folder)`` is where a program begins; see ``docs/library.md``. The names are looked up when they are first
asked for, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from notices.api import Workspace, open  # noqa: A004 - read as notices.open
    from notices.app.edition import EditionHandle, Filled
    from notices.editing.changing import Decide
    from notices.editing.stale import StaleError
    from notices.errors import MissingPartError, NotFoundError, NoticesError, OutputError, Problem, ProblemsError

__version__ = "0.1.0"

_HOME = {
    "Decide": "notices.editing.changing",
    "EditionHandle": "notices.app.edition",
    "Filled": "notices.app.edition",
    "MissingPartError": "notices.errors",
    "NotFoundError": "notices.errors",
    "NoticesError": "notices.errors",
    "OutputError": "notices.errors",
    "Problem": "notices.errors",
    "ProblemsError": "notices.errors",
    "StaleError": "notices.editing.stale",
    "Workspace": "notices.api",
    "open": "notices.api",
}
"""Where each name of the library's face is made."""

__all__ = [
    "Decide",
    "EditionHandle",
    "Filled",
    "MissingPartError",
    "NotFoundError",
    "NoticesError",
    "OutputError",
    "Problem",
    "ProblemsError",
    "StaleError",
    "Workspace",
    "__version__",
    "open",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """A name of the face, from where it is made."""
    if name not in _HOME:
        raise AttributeError(f"module 'notices' has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The face, and what modules have besides."""
    return sorted({*globals(), *__all__})
