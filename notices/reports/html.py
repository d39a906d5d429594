"""A report as one HTML file that needs nothing else. Printed, it is the report's PDF (:mod:`notices.reports.pdf`)."""

from __future__ import annotations

from notices.document.blocks import plain, texts_of
from notices.reports.model import Report
from notices.reports.pages import more
from notices.writers import web
from notices.writers.table import Means

_SCREEN = "sans-serif"
"""What pictures are lettered in where a browser has the faces."""


def made(report: Report, means: Means) -> bytes:
    """The page for a browser."""
    return page(report, means).encode()


def page(report: Report, means: Means, faces: str = "", lettering: str = _SCREEN) -> str:
    """The page; one whose rows can be chosen has a form, with the style and script of ``templates/compare/page.*``.

    Args:
        report: what to show.
        means: where style and script are taken from.
        faces: more style, as the faces of a PDF.
        lettering: the families pictures are lettered in.
    """
    answers = bool(report.topics)
    used = {mark for table in report.tables for row in table.rows for mark in row.marks} if answers else set()
    css, script = ("page.css", "page.js") if answers else ("", "")
    return web.page(
        "report.html",
        title=report.title,
        report=report,
        chosen=[(mark.text, mark.text) for mark in report.marks if mark in used],
        groups=[(name, name) for table in report.tables for name, _ in table.grouped() if name and table.chosen],
        columns=[
            (n, head)
            for table in report.tables
            if table.chosen
            for n, head in enumerate(table.heads)
            if n >= table.still
        ],
        css=_text(means, css),
        script=_text(means, script),
        faces=faces,
        lettering=lettering,
        more=more,
        plain=plain,
        texts_of=texts_of,
    )


def _text(means: Means, name: str) -> str:
    return means.template(f"compare/{name}").decode() if name else ""
