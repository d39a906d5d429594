"""A notice read into a draft, and a paper that came back from the office."""

from __future__ import annotations

from notices.workbench.desk import Page

PAGES: tuple[Page, ...] = ()
