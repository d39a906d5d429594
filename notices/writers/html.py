"""Document to one HTML file for reading and printing in a browser: style inside, nothing fetched."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import partial

from notices.document import blocks as doc
from notices.document.mentions import merged
from notices.typeset.page import DRAFT
from notices.writers import web
from notices.writers.table import Means

_TAGS = {"body": "", "hei": "strong", "kai": "em", "pending": "mark"}
"""黑体 and 楷体 are emphasis, what is still to be confirmed is marked."""


def made(document: doc.Document, means: Means) -> bytes:
    """The page in the style of ``templates/web.css``."""
    return write(document, means.template("web.css").decode())


def write(document: doc.Document, css: str) -> bytes:
    """The document as HTML.

    Args:
        document: what to print.
        css: the text of ``templates/web.css``.
    """
    document = merged(document)
    return web.page(
        "document.html",
        title=document.title,
        document=document,
        parts=tuple(_parts(document.blocks)),
        css=css,
        draft=DRAFT,
        tags=_TAGS,
        attachment_lines=doc.attachment_lines,
        inline=inline,
        imprint_lines=partial(imprint_text, layout=document.layout),
    ).encode()


def inline(content: bytes) -> str:
    """A picture as an address that holds it."""
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _parts(blocks: tuple[doc.Block, ...]) -> Iterator[tuple[str, list[doc.Block]]]:
    """Stretches of blocks, each with the label of the attachment it is; an imprint ends an attachment."""
    label, held = "", list[doc.Block]()
    for block in blocks:
        if isinstance(block, doc.AttachmentLabel) or (label and isinstance(block, doc.Imprint)):
            yield label, held
            label, held = (block.text if isinstance(block, doc.AttachmentLabel) else ""), []
        if not isinstance(block, doc.AttachmentLabel):
            held.append(block)
    yield label, held


def imprint_text(block: doc.Imprint, layout: doc.Layout) -> tuple[str, ...]:
    """The lines of an imprint; of a letter only the copies (10.1)."""
    lines = doc.imprint_lines(block)
    return lines[: len(lines) - 1] if layout == "letter" else lines
