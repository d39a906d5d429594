"""The 花脸稿 as one HTML file that stands alone: inserted underlined, struck crossed out, moved marked, with a legend.

Marks can be told apart without colour, too: on a black-and-white print and by a reader who does not see red and blue.
"""

from __future__ import annotations

from notices.redline.summary import TITLE, ChangeSummary
from notices.redline.view import RedlineView, ViewLine, ViewTable
from notices.writers import web

_PLACES = {"center": "center", "right": "right", "end": "right"}


def page(
    seen: RedlineView, told: ChangeSummary, names: tuple[str, str], *, front: bool = False, faces: str = ""
) -> bytes:
    """The HTML file.

    Args:
        seen: the redline.
        told: its summary.
        names: what the two files are called.
        front: put the summary in front.
        faces: more style, as the faces of a PDF.
    """
    return web.page(
        "redline.html",
        title=f"{names[0]} → {names[1]} 花脸稿",
        names=names,
        summary=tuple(told.lines()) if front else (),
        summary_title=TITLE,
        view=seen,
        numbered=any(line.numbered for line in seen.lines()),
        faces=faces,
        is_table=_is_table,
        looks=_looks,
    ).encode()


def _is_table(block: ViewLine | ViewTable) -> bool:
    return isinstance(block, ViewTable)


def _looks(line: ViewLine) -> str:
    """The classes of a paragraph."""
    place = _PLACES.get(line.align, "body")
    return " ".join(filter(None, (place, "heading" if line.heading else "", "changed" if line.changed else "")))
