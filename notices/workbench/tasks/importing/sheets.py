"""What is open in an office's edition as an Excel sheet: made, and read back."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import notices
from notices.editing import changing
from notices.editing.checking import Checks
from notices.errors import ProblemsError
from notices.history.log import Hand
from notices.renewal import sheet
from notices.workbench.tasks.importing.boxes import trouble


def own(workspace: Path) -> list[dict[str, Any]]:
    """The office's own editions: ``edition, authority, year``, and its ``papers`` (``kind, title``)."""
    office = notices.open(workspace)
    records, _ = office.listing()
    return [
        {
            "edition": one["edition"],
            "authority": one["authority"] or one["edition"],
            "year": one["edition"].partition("@")[2],
            "papers": [{"kind": paper["kind"], "title": paper["title"]} for paper in one["documents"]],
        }
        for one in records
        if office.library.find(one["edition"]).is_relative_to(workspace.resolve())
    ]


def made(workspace: Path, edition: str) -> bytes:
    """The workbook. Raises NotFoundError, ProblemsError: as ``Workspace.open_sheet``."""
    return notices.open(workspace).open_sheet(edition)


def applied(workspace: Path, edition: str, called: str, content: bytes, hand: Hand) -> dict[str, Any]:
    """Settle what a sheet has filled in: how many were ``settled``, were so ``before``, ``empty``, are ``open``.

    Raises:
        NotFoundError: no such edition. ProblemsError: every bad cell by its address; nothing is written then.
    """
    if not called.lower().endswith(".xlsx"):
        raise trouble(called, "不是 .xlsx 文件", "用上面下载的那张表，填好存回 .xlsx")
    library = notices.open(workspace).library
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sheet.xlsx")
        path.write_bytes(content)
        try:
            with changing.held(library, workspace, edition, hand) as (file, journal):
                done = sheet.apply(
                    library, edition, path, workspace, lambda made: changing.written(Checks(file), made, journal, hand)
                )
        except ProblemsError as error:
            raise ProblemsError(
                [replace(one, file=called) if one.file == path.name else one for one in error.problems]
            ) from None
    counts = {"settled": len(done.settled), "before": len(done.before), "empty": done.empty, "open": done.open}
    return {**counts, "edition": done.edition, "remarks": list(done.remarks)}
