"""A report as PDF. Equal reports and faces give equal bytes.

What is made by the thousand, texts and tables only, is set by our own typesetter: it takes a few hundredths of a second
and no library of the system. Pictures and coloured marks are for a page of HTML, printed and tagged by WeasyPrint.
"""

from __future__ import annotations

from contextlib import redirect_stdout
from hashlib import md5
from io import StringIO

from notices.errors import MissingPartError
from notices.reports import html
from notices.reports.faces import Faces
from notices.reports.model import Report
from notices.reports.tagged import finish
from notices.typeset.fonts import Role
from notices.writers import table
from notices.writers.table import Means

_PLACES: tuple[tuple[str, Role], ...] = (("*", "body"), ("h1", "title"), ("h2, th, .mark", "hei"))


def made(report: Report, means: Means) -> bytes:
    """The file.

    Raises:
        MissingPartError: the libraries WeasyPrint needs are not there.
        ProblemsError: a character no face has, in what we set ourselves; WeasyPrint's page prints its code.
    """
    if report.typeset:
        from notices.reports import pages  # noqa: PLC0415 - it cuts titles by the dictionary

        return table.written(pages.document(report.narrow()), "pdf", means)
    return printed(page(report, means))


def page(report: Report, means: Means) -> str:
    """The page as it is printed: a character no face has stands as its code, never as an empty box."""
    faces = Faces(means.fonts())
    text = html.page(report.narrow(), means, faces.style(_PLACES), faces.stack("body"))
    codes = {ord(char): f"〔U+{ord(char):04X}〕" for char in faces.lacking(text)}
    return text.translate(codes)


def printed(page: str) -> bytes:
    """A page that fetches nothing but its faces, printed.

    Raises:
        MissingPartError: WeasyPrint, or a library it needs, is not there.
    """
    try:
        with redirect_stdout(StringIO()):  # it prints advice of its own, in English, before it fails
            from weasyprint import HTML  # noqa: PLC0415 - slow, and may not be installed in full
    except (ImportError, OSError) as error:
        hint = "运行 notices doctor 看缺什么；用 --format 要网页（html）或 Word（docx）不受影响"
        raise MissingPartError(f"报表的 PDF 需要的 WeasyPrint 不能用：{error}\n    → {hint}") from None
    digest = md5(page.encode(), usedforsecurity=False).hexdigest()
    return bytes(HTML(string=page).write_pdf(finisher=finish, pdf_variant="pdf/ua-1", pdf_identifier=digest))
