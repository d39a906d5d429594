"""Document to Word: a base document (底稿) gives the page, the styles, masthead, imprint and footers.

An office restyles the base in Word. Tags in it say where texts go; the names a tag may use are the keys of
:func:`_context`. Equal documents on equal bases give equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

from notices.document.blocks import Block, Document, Imprint, Masthead, Section, Table, joined, text_lines
from notices.document.mentions import merged
from notices.errors import Problem, ProblemsError
from notices.ooxml.xml import core_properties, pack, parse, q, serialise
from notices.writers.table import Means
from notices.writers.word import masthead, overleaf
from notices.writers.word.body import FACE_STYLES, PARAGRAPH_STYLES, body, landscape_at_end
from notices.writers.word.figures import Figures
from notices.writers.word.fill import BODY, Slots, fit_mark, style_ids
from notices.writers.word.letter import hang
from notices.writers.word.overleaf import Overleaf
from notices.writers.word.tables import TABLE_STYLES, Strips, settle
from notices.writers.word.template import problem, shared

_STYLES = "word/styles.xml"
_MAIN = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_HEADER = re.compile(r"word/header\d*\.xml")


def made(document: Document, means: Means) -> bytes:
    """The Word file on the base of the document's layout."""
    return write(document, means.template(f"word/{document.layout}.docx"), overleaf.wanted(document, means.fonts))


def write(document: Document, base: bytes, imprint: Overleaf | None = None) -> bytes:
    """The Word file of a document.

    Args:
        document: what to print.
        base: bytes of a ``.docx`` with tags, see ``templates/word/``.
        imprint: the even page of its own that the imprint has, if so.

    Raises:
        ProblemsError: a text holds a character Word cannot keep, or the base is not usable; every problem is listed.
    """
    document = merged(document)
    _refuse_control_characters(document)
    slots, strips, figures = Slots(), Strips(), Figures()
    context = _context(document, slots)
    parts = shared(base, context)
    styles = parse(parts[_STYLES])
    ids = style_ids(styles)
    tabled = any(isinstance(block, Table | Section) for block in document.blocks)
    _require_styles(ids, TABLE_STYLES if tabled else ())
    fit_mark(styles, [line for block in document.blocks if isinstance(block, Masthead) for line in block.mark])
    top = 0
    if document.layout == "letter":
        top = hang(styles, next(parse(parts[_MAIN]).iter(q("sectPr"))), document.blocks)
    blocks = _upright_imprint(document, apart=imprint is not None)
    parts |= slots.fill(parts, body(blocks, ids, strips, figures, report=document.layout == "report"), ids)
    if figures:
        figures.put(parts, _RELATIONS)
    if tabled or imprint:
        parts[_MAIN] = settle(parts[_MAIN], parts[_RELATIONS], landscape=landscape_at_end(blocks))
    for block in (block for block in blocks if isinstance(block, Masthead)):
        if top and block.upper:
            parts |= {
                name: masthead.in_letter(parts[name], block, ids, top) for name in parts if _HEADER.fullmatch(name)
            }
        elif block.upper or block.signers or block.form != "file":
            parts[_MAIN] = masthead.beside(parts[_MAIN], block, ids)
        if block.form == "order":
            masthead.raised(styles)
    if imprint:
        parts |= imprint.placed(parts)
    parts[_STYLES] = serialise(styles)
    parts["docProps/core.xml"] = core_properties(document.title, document.author, document.dated)
    return pack({**parts, _MAIN: strips.laid(parts[_MAIN])})


def _context(document: Document, slots: Slots) -> dict[str, Any]:
    """Everything a base may name. Texts are slots: they can be placed and asked for, not taken apart."""
    head, imprint = _only(document, Masthead), _only(document, Imprint)
    context: dict[str, Any] = {"body": BODY, "draft": document.draft, "masthead": None, "imprint": None}
    if head:
        context["masthead"] = {
            "mark": [slots.keep("masthead.mark", line) for line in head.mark],
            "number": slots.keep("masthead.number", head.number),
        }
    if imprint:
        context["imprint"] = {"copies": slots.keep("imprint.copies", joined(imprint.copies, "，"))}
        if document.layout != "letter":  # a letter's imprint has copies only (10.1)
            context["imprint"] |= {
                "issuer": slots.keep("imprint.issuer", imprint.issuer),
                "printed": slots.keep("imprint.printed", imprint.printed),
            }
    return context


def _only(document: Document, kind: type[Any]) -> Any:  # noqa: ANN401 - the block of the type given
    found = [block for block in document.blocks if isinstance(block, kind)]
    if len(found) > 1:
        name = {Masthead: "版头", Imprint: "版记"}[kind]
        raise ProblemsError([Problem(document.kind, 0, 0, "", f"{name}只能有一个，这里有 {len(found)} 个")])
    return found[0] if found else None


def _upright_imprint(document: Document, *, apart: bool) -> tuple[Block, ...]:
    """The blocks with an upright page for an imprint that stands apart, or follows landscape pages."""
    imprinted = any(isinstance(block, Imprint) for block in document.blocks)
    turn = (Section(),) if imprinted and (apart or landscape_at_end(document.blocks)) else ()
    return (*document.blocks, *turn)


def _require_styles(ids: Mapping[str, str], tables: tuple[str, ...]) -> None:
    missing = [name for name in (*PARAGRAPH_STYLES, *FACE_STYLES.values(), *tables) if name not in ids]
    if missing:
        raise problem(f"缺少样式：{'、'.join(missing)}", "从自带的底稿复制这些样式，名称不要改")


def _refuse_control_characters(document: Document) -> None:
    """Refuse what XML or Word would drop or turn into something else: controls, line ends, lone surrogates."""
    problems = [
        Problem(document.kind, 0, 0, "", f"文字里有不能打印的字符 U+{ord(char):04X}：{_visible(text)}", "删去这个字符")
        for text in chain((document.title, document.author), text_lines(document))
        for char in dict.fromkeys(_UNKEPT.findall(text))
    ]
    if problems:
        raise ProblemsError(problems)


_UNKEPT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Characters of the categories Cc, Cs, Zl and Zp, and two that are none."""


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() or char == "\u3000" else "�" for char in text)[:40]
