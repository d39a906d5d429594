"""Texts of a checklist as a page has room for them: an estimate has its footnote's mark, nothing is said twice."""

from __future__ import annotations

from notices.checklist.hints import ESTIMATE

GUESS = "※"
"""The footnote mark of what is known by custom or by guess only."""


def noted(text: str) -> str:
    """Estimates with their footnote's mark, each part once."""
    return "；".join(dict.fromkeys(text.replace(ESTIMATE, GUESS).split("；")))
