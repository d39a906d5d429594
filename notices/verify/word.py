"""Word to paragraphs: tables and text boxes too, tracked changes as accepted, automatic numbers written out."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError

from notices.ooxml import package
from notices.verify.numbering import Numbers
from notices.verify.texts import ReadText, trouble
from notices.verify.zones import SourceText

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


BROKEN = (
    *(PackageNotFoundError, BadZipFile, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError),
    *(OSError, EOFError, NotImplementedError, zlib.error),
)
"""What a damaged package makes its readers raise."""


def read(name: str, content: bytes) -> ReadText:
    """The text of a Word file.

    Raises:
        ProblemsError: not a Word file.
    """
    package.refuse_unsafe(content, name)
    try:
        return _paragraphs(name, docx.Document(io.BytesIO(content)))
    except BROKEN as error:
        hint = "在 Word 或 WPS 里打开，另存为 .docx（加密的先去掉密码）"
        raise trouble(name, f"不是可以读的 Word 文件（{type(error).__name__}）", hint) from None


def _paragraphs(name: str, document: Any) -> ReadText:  # noqa: ANN401 - python-docx has no types
    body = document.element.body
    numbers = Numbers({style.style_id: style.element for style in document.styles}, _numbering(document))
    paras: list[SourceText] = []
    for count, element in enumerate(body.iter(f"{_W}p"), 1):
        if any(above.tag == _FALLBACK for above in element.iterancestors()):
            continue  # the same text box again, for readers that do not know the first
        lines = (numbers.of(element) + "".join(_text(element))).split("\n")
        paras += (SourceText(line, count, whole=len(lines) == 1) for line in lines if line.strip())
    notes = []
    if next(body.iter(f"{_W}ins", f"{_W}del", f"{_W}moveTo"), None) is not None:
        notes.append("文件里有修订，按全部接受后的文字核对")
    if pictures := sum(1 for _ in body.iter(f"{_W}drawing", f"{_W}pict")):
        notes.append(f"有 {pictures} 处图或文本框，图里的文字没有读")
    if numbers.unknown:
        notes.append(f"有 {numbers.unknown} 段的自动编号认不出格式，序号没有读到")
    return ReadText(name, tuple(paras), tuple(notes))


def _numbering(document: Any) -> Any:  # noqa: ANN401 - as above
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return None


def _text(paragraph: Any) -> Iterator[str]:  # noqa: ANN401 - lxml elements have no types
    """The characters of one paragraph, without those of paragraphs in text boxes inside it, or deleted ones."""
    for node in paragraph:
        if node.tag in {f"{_W}p", f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK}:
            continue
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in _BREAKS:
            yield _BREAKS[node.tag]
        else:
            yield from _text(node)
