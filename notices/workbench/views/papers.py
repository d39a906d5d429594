"""Any official document: what is wrong with its page, and a right one from it."""

from __future__ import annotations

from notices.workbench.desk import Page

PAGES: tuple[Page, ...] = ()
