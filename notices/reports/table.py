"""The table of reports: what a report can be written as. Formats without a line here are those of a document."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from notices.writers import table

if TYPE_CHECKING:  # as in the table of writers
    from notices.document.blocks import Format
    from notices.reports.model import Report
    from notices.writers.table import Means


class _Module(Protocol):
    """What a report writer's module has to have."""

    def made(self, report: Report, means: Means) -> bytes:
        """The file's bytes."""


WRITERS: dict[Format, str] = {"md": "md", "html": "html", "pdf": "pdf", "xlsx": "xlsx"}
"""Formats that take the report as it is, each with the module beside this one."""

FORMATS: tuple[Format, ...] = (*WRITERS, *(form for form in table.FORMATS if form not in WRITERS))
"""Every format of a report."""


def written(report: Report, form: Format, means: Means) -> bytes:
    """A report in one of :data:`FORMATS`.

    Raises:
        MissingPartError: a library the format needs is not there. ProblemsError: texts the format cannot hold.
    """
    if form in WRITERS:
        return cast("_Module", import_module(f"{__package__}.{WRITERS[form]}")).made(report, means)
    from notices.reports import pages  # noqa: PLC0415 - it cuts titles by the dictionary

    return table.written(pages.document(report.narrow()), form, means)
