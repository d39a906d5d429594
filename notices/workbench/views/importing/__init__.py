"""A notice read into a draft, a paper that came back from the office, an authority begun, what is open as a sheet."""

from __future__ import annotations

from notices.workbench.desk import Page
from notices.workbench.views.importing import beginning, home, notice, returned, sheets

PAGES: tuple[Page, ...] = (*home.PAGES, *notice.PAGES, *returned.PAGES, *beginning.PAGES, *sheets.PAGES)
