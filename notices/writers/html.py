"""Document to one HTML file for reading and printing in a browser: style inside, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from notices.document import blocks as doc
from notices.document.mentions import merged
from notices.typeset.page import DRAFT

_TAGS = {"hei": "strong", "kai": "em", "pending": "mark"}


def write(document: doc.Document, css: str) -> bytes:
    """The document as HTML.

    Args:
        document: what to print.
        css: the text of ``templates/web.css``.
    """
    document = merged(document)
    author = f'<meta name="author" content="{escape(document.author)}">\n' if document.author else ""
    draft = f'<p class="draft">{DRAFT}</p>\n' if document.draft else ""
    body = "\n".join(_body(document))
    return (
        f"{page_head(document.title, f'{chr(10)}{css}', author)}"
        f'<body class="{document.layout}">\n<article>\n{draft}{body}\n</article>\n</body>\n</html>\n'
    ).encode()


def page_head(title: str, style: str, more: str = "") -> str:
    """The beginning of a page that fetches nothing, up to its body; ``more`` elements stand after the title."""
    # A style sheet is not parsed as text: only its own end tag could leave it.
    closed = style.replace("</", "<\\/")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{more}<style>{closed}</style>\n</head>\n"
    )


def _body(document: doc.Document) -> Iterator[str]:
    """Elements of the blocks; every attachment is a section, its headings one step lower."""
    inside = 0
    for block in document.blocks:
        if inside and isinstance(block, doc.AttachmentLabel | doc.Imprint):
            inside = 0
            yield "</section>"
        if isinstance(block, doc.AttachmentLabel):
            inside = 1
            yield f'<section class="attachment">\n<p class="label">{escape(block.text)}</p>'
            continue
        yield from _element(block, document.layout, inside)
    if inside:
        yield "</section>"


def _element(block: doc.Block, layout: doc.Layout, inside: int) -> Iterator[str]:
    match block:
        case doc.Masthead(mark, number):
            yield f'<header class="masthead">\n<p class="mark">{_lines(mark)}</p>'
            yield f'<p class="number">{_text(number)}</p>\n</header>'
        case doc.Title(lines, subtitle):
            yield f"<h{1 + inside}>{_lines(lines)}</h{1 + inside}>"
            yield from (f'<p class="subtitle">{_text(text)}</p>' for text in (subtitle,) if text)
        case doc.Heading(level, text):
            rank = min(level + 1 + inside, 6)
            yield f'<h{rank} class="level{level}">{_text(text, heading=True)}</h{rank}>'
        case doc.Chapter(name):
            yield f'<h{2 + inside} class="chapter">{escape(name)}</h{2 + inside}>'
        case doc.AttachmentList(names):
            yield from _group("attachments", map(_text, doc.attachment_lines(names)))
        case doc.Signature(issuers, date):
            yield from _group("signature", map(_text, (*issuers, date)))
        case doc.Table():
            yield from _table(block)
        case doc.Imprint():
            yield from _group("imprint", map(escape, imprint_text(block, layout)), "footer")
        case doc.Salutation() | doc.Paragraph() | doc.Note():
            yield f'<p class="{type(block).__name__.lower()}">{_text(block.text)}</p>'


def _table(block: doc.Table) -> Iterator[str]:
    kinds = [name for name, on in (("ruled", block.ruled), ("small", block.small)) if on]
    yield f'<table class="{" ".join(kinds)}">' if kinds else "<table>"
    columns = (f'<col style="width:{100 * width / sum(block.widths):.2f}%">' for width in block.widths)
    yield f"<colgroup>{''.join(columns)}</colgroup>"
    for part, tag, rows in (("thead", "th", block.head), ("tbody", "td", block.rows)):
        if rows:
            yield f"<{part}>"
            yield from (_row(row, tag) for row in rows)
            yield f"</{part}>"
    yield "</table>"


def _row(row: doc.TableRow, tag: str) -> str:
    height = f' style="height:{row.height:g}pt"' if row.height else ""
    return f"<tr{height}>{''.join(_cell(cell, tag) for cell in row.cells)}</tr>"


def _cell(cell: doc.Cell, tag: str) -> str:
    spans = (("colspan", cell.across), ("rowspan", cell.down))
    attributes = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
    align = "" if cell.align == "center" else f' class="{cell.align}"'
    return f"<{tag}{attributes}{align}>{'<br>'.join(map(_text, cell.lines))}</{tag}>"


def imprint_text(block: doc.Imprint, layout: doc.Layout) -> tuple[str, ...]:
    """The lines of an imprint; of a letter only the copies (10.1)."""
    lines = doc.imprint_lines(block)
    return lines[: len(lines) - 1] if layout == "letter" else lines


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(map(escape, lines))


def _group(name: str, lines: Iterable[str], tag: str = "div") -> Iterator[str]:
    paragraphs = [f"<p>{line}</p>" for line in lines]
    if paragraphs:
        yield "\n".join((f'<{tag} class="{name}">', *paragraphs, f"</{tag}>"))


def _text(text: doc.Text, *, heading: bool = False) -> str:
    """Spans as elements: 黑体 and 楷体 are emphasis, what is still to be confirmed is marked."""
    parts = []
    for span in text:
        tag = "" if heading and span.face != "pending" else _TAGS.get(span.face, "")
        content = escape(span.text)
        parts.append(f"<{tag}>{content}</{tag}>" if tag else content)
    return "".join(parts)
