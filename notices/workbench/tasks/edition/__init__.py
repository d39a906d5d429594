"""One edition: what it says, its pages, its values changed, its files kept."""

from notices.workbench.tasks.edition import changing, checking, days, files, news, rolling, seen, sheets

__all__ = ["changing", "checking", "days", "files", "news", "rolling", "seen", "sheets"]
