"""A source file to paragraphs: txt, html, docx, pdf. What cannot be read is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from notices.ooxml import package
from notices.profile import yamlfile
from notices.verify import office
from notices.verify.texts import ReadText, plain, trouble

MOST_PARAGRAPHS = 30_000
"""Paragraphs a source may have, blank ones not counted: some thousand pages."""
MOST_CHARACTERS = 3_000_000
"""Characters a source may have: some five thousand pages."""


def read(path: Path) -> ReadText:
    """The text of a source file.

    Raises:
        ProblemsError: no such file, a kind that is not read, no text in it, more than a source can have.
    """
    content = yamlfile.content(path, path.name)
    reader = _reader(path.suffix.lower(), content)
    if reader is None:
        kind = path.suffix or "（没有扩展名）"
        raise trouble(
            path.name, f"不认识的文件类型 {kind}", "用 .txt、.html、.docx 或 .pdf；.doc、.wps 要装有 LibreOffice"
        )
    text = reader(path.name, content)
    count = sum(1 for para in text.paras if para.text.strip())
    length = sum(len(para.text) for para in text.paras)
    if not count:
        noted = f"（{'；'.join(text.notes)}）" if text.notes else ""
        hint = "字在图片里的，先用文字识别（OCR）软件转成文字；再不然，检查是否放错了文件"
        raise trouble(path.name, f"文件里没有文字{noted}", hint)
    if count > MOST_PARAGRAPHS or length > MOST_CHARACTERS:
        most = f"不超过 {MOST_PARAGRAPHS:,} 段、{MOST_CHARACTERS:,} 字"
        raise trouble(path.name, f"文件有 {count:,} 段、{length:,} 字，太长", f"一份来源{most}；检查是否放错了文件")
    return text


def _reader(suffix: str, content: bytes) -> Callable[[str, bytes], ReadText] | None:
    """The reader of a kind of file; what the bytes say counts before what the name says."""
    if content.startswith(b"%PDF-") or suffix == ".pdf":
        from notices.verify.pdf import read as read_pdf  # noqa: PLC0415 - pypdf is slow to import

        return read_pdf
    if suffix in office.SUFFIXES or (suffix == ".docx" and package.is_older(content)):  # only its name was changed
        return office.read
    if suffix == ".docx":
        from notices.verify.word import read as read_word  # noqa: PLC0415 - python-docx is slow to import

        return read_word
    if suffix in {".html", ".htm"}:
        from notices.verify.web import read as read_web  # noqa: PLC0415 - only where it is needed

        return read_web
    return plain if suffix in {".txt", ".md", ".text"} else None
