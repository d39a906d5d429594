"""The dates of a year."""

from __future__ import annotations

from notices.workbench.desk import Page

PAGES: tuple[Page, ...] = ()
