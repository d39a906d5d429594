"""Every edition, for the first page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import notices
from notices.errors import NoticesError


def listed(folder: Path | None, today: dt.date) -> dict[str, Any]:
    """Every edition with what is open and which dates come next; ``problems`` of files that cannot be read.

    An edition is a record of ``app.listing`` with ``year``, ``draft`` (not issued yet, or a draft for the library's
    own purposes), ``own`` (it lies in the office's folder) and ``next``, its coming days: ``date, label, left`` (days
    from ``today``).
    """
    workspace = notices.open(folder)
    records, problems = workspace.listing()
    for record in records:
        name = record["edition"]
        record["year"] = name.partition("@")[2]
        record["draft"] = record["status"] == "draft" or any(
            "待定" in (paper["issued"] or "") for paper in record["documents"]
        )
        record["own"] = folder is not None and workspace.library.find(name).is_relative_to(folder)
        record["next"] = _coming(workspace, name, today)
    return {"editions": records, "problems": problems}


def _coming(workspace: notices.Workspace, name: str, today: dt.date) -> list[dict[str, Any]]:
    try:
        entries = workspace.edition(name).calendar(as_of=today).plan.dated
    except NoticesError:  # the page of the edition says what is wrong with it
        return []
    return [
        {"date": entry.date, "label": entry.name, "left": (entry.date - today).days}
        for entry in entries
        if entry.date is not None and entry.date >= today
    ]
