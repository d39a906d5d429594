"""What the checks find in an edition, each with the fact it is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import notices
from notices.errors import Problem
from notices.workbench.tasks.edition.seen import EDITION


@dataclass(frozen=True)
class Finding:
    """A finding: its fact, by key and by what it is called; both empty where it is about the file."""

    problem: Problem
    key: str
    label: str


def findings(folder: Path | None, name: str, key: str = "") -> tuple[Finding, ...]:
    """Everything lint finds, errors first; with ``key`` what it finds in that fact.

    Raises:
        NotFoundError: no such edition. ProblemsError: its file is no YAML.
    """
    workspace = notices.open(folder)
    sheet = workspace.fields(name)
    found = []
    for problem in sorted(workspace.edition(name).problems(), key=lambda one: one.severity != "error"):
        group = sheet.group(problem.key) if problem.key else None
        fact = (group.key or EDITION) if group else ""
        if key in {"", fact}:
            found.append(Finding(problem, fact, group.label if group else ""))
    return tuple(found)
