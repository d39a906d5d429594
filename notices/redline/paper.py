"""The 花脸稿 as PDF: the same page, printed. It is a working paper, not an official one: no grid of 22 by 28."""

from __future__ import annotations

from collections.abc import Iterator

from notices.errors import Problem, ProblemsError
from notices.redline.page import page
from notices.redline.summary import ChangeSummary
from notices.redline.view import RedlineView
from notices.reports import pdf
from notices.reports.faces import Faces
from notices.typeset.fonts import FontSet, Role

_PLACES: tuple[tuple[str, Role], ...] = (("html", "body"), (".heading", "hei"), (".legend, .summary", "song"))


def paper(
    seen: RedlineView, told: ChangeSummary, names: tuple[str, str], fonts: FontSet, *, front: bool = False
) -> bytes:
    """The PDF file.

    Raises:
        MissingPartError: the system libraries WeasyPrint needs are not there.
        ProblemsError: characters no face has; a code in their place would read as a change.
    """
    faces = Faces(fonts)
    problems = list(_unprintable(seen, faces))
    if problems:
        raise ProblemsError(problems)
    return pdf.printed(page(seen, told, names, front=front, faces=faces.style(_PLACES)).decode())


def _unprintable(seen: RedlineView, faces: Faces) -> Iterator[Problem]:
    hint = "安装有这个字的字体，或改用 --format docx、html"
    lines = [line.text for line in seen.lines()]
    for char in filter(str.isprintable, faces.lacking("".join(lines))):
        where = next(line for line in lines if char in line)[:30]
        message = f"字符“{char}”（U+{ord(char):04X}）在所有可用字体里都没有：“{where}”"
        yield Problem("花脸稿", 0, 0, "", message, hint)
