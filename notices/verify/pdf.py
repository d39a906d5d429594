"""PDF to paragraphs. Lines are put together again by where they begin and end; a scan has no text, and is refused."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pypdf import PdfReader
from pypdf.errors import DependencyError

from notices.errors import ProblemsError
from notices.verify.texts import ReadText, trouble
from notices.verify.zones import SourceText
from notices.wording.columns import cells

_NUMBER = re.compile(r"[—–-]\s*\d+\s*[—–-]|\d{1,3}")
"""A page number on a line of its own."""
_SCANNED = "先用文字识别（OCR）软件转成可以选中文字的 PDF 或 Word，或用政府网站上的网页"


def read(name: str, content: bytes) -> ReadText:
    """The text of a PDF.

    Raises:
        ProblemsError: not a PDF, locked, or a scan without text.
    """
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        pages = _pages(name, content)
    except DependencyError:
        raise trouble(
            name, "PDF 加了密，这里没有解密要用的程序库", "去掉密码后再试，或先运行 pip install cryptography"
        ) from None
    except RecursionError:
        raise trouble(name, "PDF 的结构一层套一层，太深了", "用浏览器打开后另存") from None
    except ProblemsError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file makes the library fail in any way
        raise trouble(name, f"PDF 读不出来（{type(error).__name__}）", "重新下载，或用浏览器打开后另存") from None
    empty = [number for number, text in enumerate(pages, 1) if len(re.sub(r"\s", "", text)) < 5]
    if len(empty) == len(pages):
        raise trouble(name, f"{len(pages)} 页都没有文字，是扫描件或图片", _SCANNED)
    notes = (f"第 {'、'.join(map(str, empty))} 页没有文字（空白页、扫描页或图片），没有核对到",) if empty else ()
    return ReadText(name, tuple(_paragraphs(pages)), notes)


def _pages(name: str, content: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise trouble(name, "PDF 有密码，打不开", "去掉密码后再试")
    return [page.extract_text(extraction_mode="layout") for page in reader.pages]


def _paragraphs(pages: Sequence[str]) -> Iterator[SourceText]:
    """Lines joined where one goes on in the next: the next is not indented, and this one is full or breaks off."""
    lines = [line for page in _without_heads(pages) for line in page]
    long = [line for line in lines if cells(line.strip()) >= 40]
    edge = min((indent for indent, count in Counter(map(_indent, long)).items() if count * 5 >= len(long)), default=0)
    full = max(map(cells, lines), default=0) - 8
    held, began, last, indented = "", 0, "", False
    for number, line in enumerate(lines, 1):
        goes_on = cells(last) >= full or (indented and last[-1:] not in "。；：;:")
        if held and line and last and _indent(line) <= edge and goes_on:
            held, last = held + line.strip(), line
            continue
        if held:
            yield SourceText(held, began, whole=True)
        held, began, last, indented = line.strip(), number, line, 0 < _indent(line) - edge <= 6
    if held:
        yield SourceText(held, began, whole=True)


def _without_heads(pages: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each page, blank ones between as well where they part something; running heads are left out."""
    cut = [[line.rstrip() for line in page.splitlines() if not _NUMBER.fullmatch(line.strip())] for page in pages]
    filled = [[line for line in page if line] for page in cut]
    heads = Counter(page[0].strip() for page in filled if page)
    touching = sum(bool(a and b) for page in cut for a, b in pairwise(page))
    spaced = touching * 3 < sum(map(len, filled))  # a blank line after every line parts nothing
    for page, kept in zip(cut, filled, strict=True):
        skip = bool(kept) and heads[kept[0].strip()] > 1
        if spaced:
            yield kept[skip:]
        else:
            rest = page[page.index(kept[0]) + skip :] if kept else []
            while rest and not rest[0]:
                rest.pop(0)
            while rest and not rest[-1]:
                rest.pop()
            yield rest


def _indent(line: str) -> int:
    return cells(line) - cells(line.lstrip())
