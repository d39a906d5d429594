"""One edition: its pages beside its facts; values changed, drafts rolled, files kept."""

from __future__ import annotations

from notices.workbench.desk import Page

PAGES: tuple[Page, ...] = ()
