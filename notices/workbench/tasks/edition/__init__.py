"""One edition: what it says, its pages, its values changed, its files kept."""

from notices.workbench.tasks.edition import changing, days, files, rolling, seen

__all__ = ["changing", "days", "files", "rolling", "seen"]
