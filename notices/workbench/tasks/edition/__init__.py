"""One edition: what it says, its pages, its values changed, its files kept."""

from notices.workbench.tasks.edition import changing, days, files, news, rolling, seen, sheets

__all__ = ["changing", "days", "files", "news", "rolling", "seen", "sheets"]
