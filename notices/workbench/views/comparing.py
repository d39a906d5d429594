"""Two editions beside each other, all of them as a map, two Word files as one."""

from __future__ import annotations

from notices.workbench.desk import Page

PAGES: tuple[Page, ...] = ()
