"""A notice and its attachments as one document (GB/T 9704-2012 7.3.7): attachments before the imprint, pages run on.

And where the imprint is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from notices.document.blocks import Block, Document, Imprint


def bound(notice: Document, attachments: Iterable[tuple[Block, ...]]) -> Document:
    """The notice with its attachments' pages between its text and its imprint; a draft when any of them is one."""
    text = tuple(block for block in notice.blocks if not isinstance(block, Imprint))
    imprint = tuple(block for block in notice.blocks if isinstance(block, Imprint))
    pages = tuple(block for attachment in attachments for block in attachment)
    return replace(notice, kind="bundle", blocks=(*text, *pages, *imprint))


def imprint_even(document: Document) -> Document:
    """The document with its imprint on an even page."""
    blocks = (replace(block, even=True) if isinstance(block, Imprint) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))
