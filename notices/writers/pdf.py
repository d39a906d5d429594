"""Document to PDF. The typesetter says where every character stands; WeasyPrint only draws.

Equal documents and fonts give equal bytes: no dates, no identifiers, no paths.
"""

from __future__ import annotations

import atexit
import logging
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from notices.document import Document, text_lines
from notices.errors import MissingPartError, Problem, ProblemsError
from notices.fonts import FontFace, FontSet, font_bytes
from notices.typeset.markup import CSS as SHARED_CSS
from notices.typeset.markup import Family, Markup
from notices.typeset.pages import typeset

_SCHEME = "notices-font:"


def write(document: Document, fonts: FontSet) -> bytes:
    """The document as a PDF file.

    Args:
        document: what to print.
        fonts: the faces to print it in.

    Raises:
        ProblemsError: a character no face has, or that cannot be printed; the message names each with its paragraph.
        MissingPartError: a font file cannot be read, or the drawing engine is not complete.
    """
    problems = unprintable(document, fonts)
    if problems:
        raise ProblemsError(problems)
    sheets = typeset(document, fonts)
    press = _press(fonts)
    with press.lock, _warnings_are_errors():
        markup = Markup(fonts.chosen("latin"))
        return press.print(markup.html(document, sheets), markup)


def unprintable(document: Document, fonts: FontSet) -> tuple[Problem, ...]:
    """Every character no face can print, once a paragraph."""
    lines = tuple(text_lines(document))
    reasons = {char: reason for char in set("".join(lines)) if (reason := _reason(char, fonts))}
    problems = []
    for number, line in enumerate(lines if reasons else (), 1):
        for char in dict.fromkeys(char for char in line if char in reasons):
            shown = f"“{char}”" if char.isprintable() else ""
            code = " ".join(filter(None, (f"U+{ord(char):04X}", unicodedata.name(char, ""))))
            message = f"字符{shown}（{code}）{reasons[char]}"
            hint = f"出处：“{line[:30]}{'…' if line[30:] else ''}”；请改用通用字，或安装有这个字的字体"
            problems.append(Problem(document.kind, 0, 0, f"第 {number} 段", message, hint))
    return tuple(problems)


def _reason(char: str, fonts: FontSet) -> str:
    # Control, private and combining characters have no shape of their own: they would vanish or move others.
    if unicodedata.category(char)[0] in "CM" or unicodedata.category(char) in ("Zl", "Zp"):
        return "是不能单独印出的字符"
    if unicodedata.bidirectional(char) in ("R", "AL"):
        return "属于从右向左书写的文字，不能排在公文里"
    return "" if fonts.face_for("body", char) else "在所有可用字体里都没有"


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    """Raise what WeasyPrint only logs: a page it complains about is not a page to send out."""
    messages: list[str] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    handler = Gather(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if messages:
        raise MissingPartError("PDF 没有生成，绘图引擎 WeasyPrint 报告：\n  " + "\n  ".join(dict.fromkeys(messages)))


class _FontFetcher(URLFetcher):  # type: ignore[misc]
    """Hands out the chosen faces by name and nothing else: no network, no other file."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self.faces: dict[str, FontFace] = {}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        del headers
        return URLFetcherResponse(url, font_bytes(self.faces[url.removeprefix(_SCHEME)]))


class _Press:
    """WeasyPrint with the faces of one font set loaded; loading them takes longer than drawing a page."""

    def __init__(self) -> None:
        self.lock = Lock()
        self._fetcher = _FontFetcher()
        self._config = FontConfiguration()
        self._sheet = CSS(string=SHARED_CSS, font_config=self._config, url_fetcher=self._fetcher)
        self._faces: dict[str, CSS] = {}

    def print(self, html: str, markup: Markup) -> bytes:
        """The page as PDF, in the faces its markup names."""
        for family in markup.families:
            self._load(family)
        classes = CSS(string=markup.css, font_config=self._config, url_fetcher=self._fetcher)
        pdf: bytes = HTML(string=html, url_fetcher=self._fetcher).write_pdf(
            stylesheets=[self._sheet, classes], font_config=self._config
        )
        return pdf

    def _load(self, family: Family) -> None:
        name = family.name
        if name not in self._faces:
            self._fetcher.faces[name] = family.face
            limit = "; unicode-range: U+20-7E" if family.ascii else ""
            rule = f'@font-face {{ font-family: "{name}"; src: url("{_SCHEME}{name}"){limit} }}'
            self._faces[name] = CSS(string=rule, font_config=self._config, url_fetcher=self._fetcher)


@lru_cache(maxsize=4)
def _press(fonts: FontSet) -> _Press:
    del fonts  # one press each: a face's name is only unique within its font set
    return _Press()


# A font configuration keeps copies of the faces in a temporary folder until it goes.
atexit.register(_press.cache_clear)
