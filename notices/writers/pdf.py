"""Document to PDF. The typesetter says where every character stands; HarfBuzz cuts the fonts, pydyf writes the file.

Equal documents and fonts give equal bytes: no date but the document's own, an identifier made of the content, no paths.
"""

from __future__ import annotations

import unicodedata

from notices.document.blocks import Document, text_lines
from notices.document.mentions import merged
from notices.errors import Problem, ProblemsError
from notices.typeset.fonts import FontSet
from notices.typeset.pages import typeset
from notices.writers.drawing import draw
from notices.writers.table import Means


def made(document: Document, means: Means) -> bytes:
    """The PDF file in the faces that were found."""
    return write(document, means.fonts())


def write(document: Document, fonts: FontSet) -> bytes:
    """The document as a PDF file.

    Args:
        document: what to print.
        fonts: the faces to print it in.

    Raises:
        ProblemsError: a character no face has, or that cannot be printed; the message names each with its paragraph.
        MissingPartError: a font file cannot be read or embedded.
    """
    document = merged(document)
    problems = unprintable(document, fonts)
    if problems:
        raise ProblemsError(problems)
    return draw(document, typeset(document, fonts))


def unprintable(document: Document, fonts: FontSet) -> tuple[Problem, ...]:
    """Every character no face can print, once a paragraph."""
    chars = set[str]()
    for line in text_lines(document):
        chars.update(line)
    reasons = {char: reason for char in chars if (reason := _reason(char, fonts))}
    problems = []
    for number, line in enumerate(text_lines(document) if reasons else (), 1):
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
