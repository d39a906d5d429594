"""One edition: its pages beside its facts; values changed, drafts rolled, files kept."""

from __future__ import annotations

from notices.workbench.desk import Page
from notices.workbench.views.edition import changing, faces, files, page

PAGES: tuple[Page, ...] = (*page.PAGES, *changing.PAGES, *faces.PAGES, *files.PAGES)
