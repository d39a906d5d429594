"""Every edition, for the first page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import notices
from notices.errors import NoticesError
from notices.inherited import undecided


def listed(folder: Path | None, today: dt.date) -> dict[str, Any]:
    """Every edition with what is open and which dates come next; ``problems`` of files that cannot be read.

    An edition is a record of ``app.listing`` with ``year``, ``own`` (in the office's folder), ``draft`` (its day
    of issue is open, or it says of itself that it is one), ``undecided`` (inherited rules nobody took over), ``errors``
    (how many keep it from being built) and ``next``, its coming days: ``date, label, left`` (days from ``today``).
    """
    workspace = notices.open(folder)
    records, problems = workspace.listing()
    for record in records:
        name = record["edition"]
        record["year"] = name.partition("@")[2]
        record["own"] = folder is not None and workspace.library.find(name).is_relative_to(folder)
        papers = record["documents"]
        record["draft"] = record["status"] == "draft" or any("待定" in (paper["issued"] or "") for paper in papers)
        record.update(_looked_into(workspace, name, today))
    return {"editions": records, "problems": problems}


def _looked_into(workspace: notices.Workspace, name: str, today: dt.date) -> dict[str, Any]:
    edition = workspace.edition(name)
    try:
        waiting, entries = undecided(workspace.library, edition.loaded), edition.calendar(as_of=today).plan.dated
    except NoticesError as error:  # the page of the edition says what is wrong with it
        return {"undecided": 0, "errors": len(getattr(error, "problems", "1")), "next": []}
    coming = [
        {"date": entry.date, "label": entry.name, "left": (entry.date - today).days}
        for entry in entries
        if entry.date is not None and entry.date >= today
    ]
    return {"undecided": len(waiting), "errors": 0, "next": coming}
