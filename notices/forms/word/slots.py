"""Values in a Word form as marks the template engine has no rule for, and the texts in their places afterwards."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping

from notices.errors import Problem, ProblemsError
from notices.forms.word.tags import TAG, TagLine
from notices.ooxml.xml import XML, Element, local, parse, q, serialise, w
from notices.papers.sandbox import ReadOnly
from notices.profile.yamlfile import illegal_character

_SLOT = re.compile("\ue000(\\d+)\ue001")
_NOT_AS_IS = re.compile("[{}%#\t\n\a\f\ue000\ue001]")
"""What docxtpl might take for a part of a tag, or rewrite."""


class Printed:
    """A value in a tag: printed it is a slot, compared and asked for it is its text."""

    def __init__(self, text: str, slot: str) -> None:
        self.text, self._slot = text, slot

    def __str__(self) -> str:
        return self._slot

    def __html__(self) -> str:
        return self._slot

    def __bool__(self) -> bool:
        return bool(self.text)

    def __eq__(self, other: object) -> bool:
        return self.text == (other.text if isinstance(other, Printed) else other)

    def __hash__(self) -> int:
        return hash(self.text)

    def __contains__(self, other: object) -> bool:
        return (other.text if isinstance(other, Printed) else str(other)) in self.text


class PrintedRow(ReadOnly):
    """A row in a tag: its columns by name, and nothing else to be reached."""

    def __init__(self, cells: Mapping[str, Printed]) -> None:
        super().__init__(cells, frozenset(cells), lambda cell: cell)
        self._cells = cells

    def value(self, name: str) -> Printed:
        """The cell of a column.

        Raises:
            KeyError: no such column.
        """
        return self._cells[name]


class FormSlots:
    """Texts that pass the engine as marks, and take the marks' places afterwards."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._texts: list[str] = []
        self._values: list[str] = []

    def keep(self, text: str) -> Printed:
        """A value for a tag."""
        self._values.append(text)
        return Printed(text, self.mark(text) if text else "")

    def mark(self, text: str) -> str:
        """The mark that stands for a text."""
        self._texts.append(text)
        return f"\ue000{len(self._texts) - 1}\ue001"

    def check(self) -> None:
        """Refuse what neither XML nor Word can keep.

        Raises:
            ProblemsError: a text holds such a character.
        """
        message = "含有不能印刷的字符 U+{:04X}：{!a}"
        bad = [
            Problem(self._file, 0, 0, "", message.format(ord(char), text[:20]), "删除这个看不见的字符")
            for text in self._values
            if (char := illegal_character(text))
        ]
        if bad:
            raise ProblemsError(bad)

    def filled(self, part: bytes) -> bytes:
        """A part with the texts in place of their marks."""
        root = parse(part)
        # All places are found before any is filled, and no text is looked at again.
        for leaf in [leaf for leaf in root.iter(q("t")) if _SLOT.search(leaf.text or "")]:
            text = _SLOT.sub(lambda match: self._texts[int(match[1])], leaf.text)
            whole = _SLOT.fullmatch(leaf.text) and _own_paragraph(leaf)
            first, *others = text.split("\n") if whole else [text]
            for line in reversed(others):
                self._below(leaf, line)
            _put(leaf, first)
        _distinct(root)
        return serialise(root)

    @staticmethod
    def _below(leaf: Element, line: str) -> None:
        """A line as a paragraph after the leaf's, of the same look."""
        paragraph = leaf.getparent().getparent()
        more = copy.deepcopy(paragraph)
        paragraph.addnext(more)
        _put(next(more.iter(q("t"))), line)


def _distinct(root: Element) -> None:
    """Paragraphs and rows that a loop has repeated lose the identity Word gave the first."""
    seen: set[tuple[str, str]] = set()
    for element in root.iter(q("p"), q("tr")):
        for name, value in element.attrib.items():
            if name.endswith(("}paraId", "}textId")):
                if (name, value) in seen:
                    del element.attrib[name]
                seen.add((name, value))


def _own_paragraph(leaf: Element) -> bool:
    """Whether a paragraph holds nothing but this piece of text."""
    run = leaf.getparent()
    paragraph = run.getparent()
    return (
        local(paragraph) == "p"
        and [local(child) for child in run if local(child) != "rPr"] == ["t"]
        and [local(child) for child in paragraph if local(child) not in {"pPr", "proofErr"}] == ["r"]
        and paragraph.find(f"{q('pPr')}/{q('sectPr')}") is None
    )


def _put(leaf: Element, text: str) -> None:
    """A text in the place of a leaf: line breaks and tabs as Word has them, in the East Asian face where it is."""
    run = leaf.getparent()
    for piece in re.split("([\n\t])", text):
        if piece in {"\n", "\t"}:
            leaf.addprevious(w("br" if piece == "\n" else "tab"))
        elif piece:
            made = w("t")
            made.text = piece
            made.set(f"{{{XML}}}space", "preserve")
            leaf.addprevious(made)
    run.remove(leaf)
    if text.isascii() or local(run) != "r":
        return
    properties = run.find(q("rPr"))
    if properties is None:
        run.insert(0, properties := w("rPr"))
    if (fonts := properties.find(q("rFonts"))) is None:
        properties.insert(int(len(properties) > 0 and local(properties[0]) == "rStyle"), fonts := w("rFonts"))
    fonts.set(q("hint"), "eastAsia")


def protect(line: TagLine, slots: FormSlots) -> None:
    """The form's own braces and the like out of the engine's way."""
    for leaf in line.leaves:
        pieces = re.split(f"({TAG.pattern})", leaf.text or "", flags=re.DOTALL)
        kept = [
            p if n % 2 or not _NOT_AS_IS.search(p) else slots.mark(p.replace("\n", " ")) for n, p in enumerate(pieces)
        ]
        leaf.text = "".join(kept)
