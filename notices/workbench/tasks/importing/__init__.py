"""A notice read into a draft, a paper that came back from the office, a folder and an authority begun."""

from notices.workbench.tasks.importing import beginning, boxes, notice, returned, sheets

__all__ = ["beginning", "boxes", "notice", "returned", "sheets"]
