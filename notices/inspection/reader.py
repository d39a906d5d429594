"""A file of any kind that can be inspected to a paper: docx, pdf; doc, wps, rtf and odt by way of LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from notices.inspection.model import Paper
from notices.inspection.paging import paged
from notices.verify import office
from notices.verify.texts import trouble

MOST: Final = 100_000_000
"""Bytes of a file."""
_MOST_PARAGRAPHS: Final = 60_000
"""Paragraphs of a file, some two thousand pages."""


def read(name: str, content: bytes) -> tuple[Paper, bytes]:
    """A paper, and the Word file it was read from; no bytes where it was none.

    Raises:
        ProblemsError: no such kind of file, a broken or a locked one, one without text, one that is too long.
    """
    suffix = Path(name).suffix.lower()
    if content.startswith(b"%PDF-") or suffix == ".pdf":
        from notices.inspection.pdf import read as read_pdf  # noqa: PLC0415 - pdfminer is slow to import

        return _bounded(read_pdf(name, content)), b""
    from notices.inspection.word import read as read_word  # noqa: PLC0415 - only the reader that is needed

    if suffix in office.SUFFIXES:
        made = office.as_docx(name, content)
        paper = read_word(name, made)
        return _paged(replace(paper, remarks=(*paper.remarks, office.CONVERTED))), made
    if suffix in {".txt", ".md", ".html", ".htm", ".xlsx", ".xls", ".pptx", ".ofd", ".jpg", ".png"}:
        raise trouble(name, f"{suffix} 没有公文的版面，不能检查", "用 Word 或 WPS 打开，另存为 .docx；或导出为 PDF")
    return _paged(read_word(name, content)), content


def _paged(paper: Paper) -> Paper:
    return paged(_bounded(paper))


def _bounded(paper: Paper) -> Paper:
    if len(paper.paras) > _MOST_PARAGRAPHS:
        most = f"不超过 {_MOST_PARAGRAPHS:,} 段；拆成几份再检查"
        raise trouble(paper.name, f"文件有 {len(paper.paras):,} 段，太长", most)
    return paper
