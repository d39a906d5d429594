"""An edition of one's own: next year's from this one, or a copy of one that came with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import notices


def rolled(folder: Path, name: str, to: int) -> dict[str, Any]:
    """Next year's edition written into the workspace: its ``edition``, how many values are ``open``, and ``notes``."""
    made = notices.open(folder).roll(name, to)
    return {"edition": made.edition, "open": len(made.items), "notes": [text for _, text in made.notes]}


def adopted(folder: Path, name: str) -> None:
    """A copy of a shipped edition in the workspace."""
    notices.open(folder).adopt(name)
