"""Document to Markdown: headings and paragraphs, every other character as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from notices.document import blocks as doc
from notices.document.placement import columns_of
from notices.typeset.page import DRAFT
from notices.writers.html import imprint_text, inline
from notices.writers.table import Means

_SPECIAL = re.compile(r"[\\`*_\[\]{}#]")
_START = re.compile(r"(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)|(?P<bullet>[-+])")


def made(document: doc.Document, _: Means) -> bytes:
    """The document as Markdown, which needs nothing besides."""
    return write(document)


def write(document: doc.Document) -> bytes:
    """The document as Markdown. Read again, every paragraph has the same characters."""
    parts = [f"> {DRAFT}"] if document.draft else []
    parts += [part for block in document.blocks for part in paragraphs(block, document.layout)]
    return ("\n\n".join(parts) + "\n").encode()


def paragraphs(block: doc.Block, layout: doc.Layout = "plain") -> Iterator[str]:
    """A block as paragraphs of Markdown: what stands between them is an empty line."""
    match block:
        case doc.Title(lines, subtitle):
            yield f"# {escape(''.join(lines))}"
            if subtitle:
                yield escape(doc.plain(subtitle))
        case doc.Chapter(text):
            yield f"## {escape(text)}"
        case doc.Heading(level, text):
            yield f"{'#' * min(level + 1, 6)} {escape(doc.plain(text))}"
        case doc.AttachmentLabel(text):
            yield "---"
            yield escape(text)
        case doc.Imprint():
            yield from map(escape, imprint_text(block, layout))
        case doc.Table():
            yield _table(block)
        case doc.Figure(content=content, alt=alt):
            yield f"![{escape(alt or '图')}]({inline(content)})"
        case _:
            yield from map(escape, doc.lines_of(block))


def _table(block: doc.Table) -> str:
    """A pipe table. Markdown has no cells over several rows or columns: their text stands in the first of them."""
    width = len(block.widths)
    rows = _grid(block.head, width) or [[""] * width]
    return piped(rows[0], [*rows[1:], *_grid(block.rows, width)])


def piped(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table of cells that are Markdown already."""
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows))


def cell(text: str) -> str:
    """A text of one or more lines, safe in a cell of a table."""
    return "<br>".join(escape(line).replace("|", "\\|") for line in text.split("\n"))


def _grid(rows: Sequence[doc.TableRow], width: int) -> list[list[str]]:
    texts = [[""] * width for _ in rows]
    for placed in columns_of(rows, width):
        texts[placed.row][placed.column] = "<br>".join(cell(doc.plain(line)) for line in placed.cell.lines)
    return texts


def escape(text: str) -> str:
    """A paragraph's text, safe from being read as Markdown or HTML.

    Backslashes are used where every dialect knows them, character references for the rest.
    """
    text = _SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;"))
    text = text.replace("<", "&lt;").replace(">", "&gt;").replace("~", "&#126;")
    return _START.sub(_shielded, text, count=1) if _START.match(text) else text


def _shielded(match: re.Match[str]) -> str:
    return f"\\{match['bullet']}" if match["bullet"] else f"{match['number']}\\{match['dot']}"
