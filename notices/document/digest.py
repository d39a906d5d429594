"""A document as a text a person can review: what the golden files hold."""

from __future__ import annotations

from notices.document.blocks import Block, Cell, Document, Section, Table, Title, lines_of, plain
from notices.document.mentions import merged_block


def outline(document: Document) -> str:
    """The document as a reviewable text: a line a paragraph, with the block's name. Golden tests compare it."""
    head = f"{document.kind} {document.layout}{' draft' if document.draft else ''}: {document.title}"
    body = (f"{type(block).__name__:<16}{' ⏎ '.join(_marked(merged_block(block)))}" for block in document.blocks)
    return "\n".join((head, *body)) + "\n"


def _marked(block: Block) -> tuple[str, ...]:
    if isinstance(block, Section):
        return ("landscape" if block.landscape else "upright",)
    if isinstance(block, Table):
        rows = (*(("head", row) for row in block.head), *(("", row) for row in block.rows))
        return ("", *(f"\n  {kind:<6}" + " | ".join(map(_cell, row.cells)) for kind, row in rows))
    if isinstance(block, Title):
        return (*block.lines, *((plain(block.subtitle),) if block.subtitle else ()))
    text = getattr(block, "text", None)
    if isinstance(text, tuple):
        return ("".join(s.text if s.face == "body" else f"[{s.face}]{s.text}[/]" for s in text),)
    return lines_of(block)


def _cell(cell: Cell) -> str:
    size = f"[{cell.across}x{cell.down}]" if (cell.across, cell.down) != (1, 1) else ""
    return size + " ⏎ ".join(
        "".join(s.text if s.face == "body" else f"[{s.face}]{s.text}[/]" for s in line) for line in cell.lines
    )
