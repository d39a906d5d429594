"""What an edition asks of an applicant: one on the page, many from a sheet."""

from __future__ import annotations

from notices.workbench.desk import Page
from notices.workbench.views.checklist import choosing, many, one

PAGES: tuple[Page, ...] = (*choosing.PAGES, *one.PAGES, *many.PAGES)
