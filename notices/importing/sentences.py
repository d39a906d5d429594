"""A source cut into the parts each of which must be accounted for: sentence by sentence, comma by comma."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from notices.verify.clauses import Clauses
from notices.verify.ordinals import mark_of
from notices.wording.spelling import tidy

Fate: TypeAlias = Literal["typed", "worded", "frame", "heading", "left"]
"""What became of a part: a fact with values, words kept as a rule, words that lead, a heading, nothing."""


@dataclass
class SourcePart:
    """A part of a sentence between commas, and what became of it."""

    text: str
    fate: Fate = "left"
    keys: list[str] = field(default_factory=list)
    why: str = ""

    def typed(self, key: str) -> None:
        """It states a fact."""
        if self.fate not in {"typed", "worded"}:
            self.fate = "typed"
        if key not in self.keys:
            self.keys.append(key)


@dataclass
class SourceSentence:
    """One sentence with its clause, line, the headings over it and its parts."""

    clause: str
    node: str
    line: int
    text: str
    heads: tuple[str, ...]
    parts: list[SourcePart]

    @property
    def open(self) -> list[SourcePart]:
        """The parts nothing has been made of."""
        return [part for part in self.parts if part.fate == "left"]


def sentences(clauses: Clauses) -> list[SourceSentence]:
    """Every sentence of every clause, in order."""
    heads: dict[str, str] = {}
    found = list(_chapters(clauses))
    for name, node in clauses.nodes.items():
        if node.head and len(node.parts) > 1:
            heads[name] = unmarked(node.head[0].text)
            part = SourcePart(heads[name], "heading")
            found.append(SourceSentence(name, name, node.head[0].line, heads[name], (heads[name],), [part]))
    bare_head: dict[str, str] = {}
    for unit in sorted(clauses.units(), key=lambda one: one.para.line):
        node = clauses.nodes[unit.node]
        chapter = (unmarked(node.chapter.text),) if node.chapter else ()
        text, over = unit.para.text, (*chapter, *(heads[name] for name in _above(unit.node, heads)))
        mark = mark_of(text)
        if mark is None and _BARE_HEAD.fullmatch(tidy(text)) and node.level == 0:
            bare_head[unit.node] = text.strip("：: ")
            part = SourcePart(bare_head[unit.node], "heading")
            found.append(SourceSentence(unit.name, unit.node, unit.para.line, text, (*over, part.text), [part]))
            continue
        over = (*over, *([bare_head[unit.node]] if unit.node in bare_head else []))
        running = unmarked(text) if mark else text
        if first := _run_in(running) if mark and mark.level > 1 and not node.head else None:
            heads.setdefault(unit.node, first[1])
            over = (*over, first[1])
            running = running[first.end() :]
            part = SourcePart(first[1], "heading")
            found.append(SourceSentence(unit.name, unit.node, unit.para.line, first[1], over, [part]))
        texts = (
            sentence.strip() for sentence in re.findall(r"[^。；;\n]+[。；;]?", _beside(running)) if tidy(sentence)
        )
        found += [_sentence(unit.name, unit.node, unit.para.line, text, over) for text in texts]
    return sorted(found, key=lambda one: one.line)


_BARE_HEAD = re.compile(r"(?!特此|此件|如下|联系)[\u4e00-\u9fff、（）()]{2,14}[:：]?")
"""A heading without a number: a few words on a line of their own."""


def _beside(text: str) -> str:
    """A text whose brackets behind a full stop stand in the sentence they belong to: ……报送我厅。（一式两份）"""
    return re.sub(r"。\s*([（(][^（）()。]*[）)])。?\s*(?=$|[^，。；])", r"\1。", text)


def _chapters(clauses: Clauses) -> Iterator[SourceSentence]:
    """The headings of chapters, each under the first article below it."""
    told: set[int] = set()
    for name, node in clauses.nodes.items():
        if node.chapter and node.chapter.line not in told:
            told.add(node.chapter.line)
            text = unmarked(node.chapter.text)
            yield SourceSentence(name, "", node.chapter.line, text, (text,), [SourcePart(text, "heading")])


def _run_in(text: str) -> re.Match[str] | None:
    """A heading that text follows on the same line: a few words that state nothing."""
    found = re.match(r"\s*([^。；：，]{2,16})[。．.：:](?=\s*\S)", text)
    return found if found and not re.search("[要将请须]|(?<!供)应|不得", found[1]) else None


def _sentence(clause: str, node: str, line: int, text: str, heads: tuple[str, ...]) -> SourceSentence:
    return SourceSentence(clause, node, line, text, heads, [SourcePart(part) for part in commas(text)])


_WIDE = str.maketrans(",;:()?!", "，；：（）？！")
_YEARS = str.maketrans("﹝﹞", "〔〕")
"""Brackets around the year of a document's number, as some web pages have them."""


def wide(text: str) -> str:
    """A text with the marks of Chinese writing where half-width ones stand beside Chinese characters.

    Of a pair of brackets, both.
    """
    made = re.sub(
        r"(?<=[\u4e00-\u9fff》”）)〕])[,;:()?!]|[,;:()?!](?=[\u4e00-\u9fff《“（(〔])",
        lambda m: m[0].translate(_WIDE),
        text.translate(_YEARS),
    )
    made = re.sub(r"（([^（）()]*)\)", r"（\1）", made)
    return re.sub(r"\(([^（）()]*)）", r"（\1）", made)


_INSIDE = re.compile(r"\d[:：]\d\d|.:\/\/|^:\/\/")
"""A colon of an hour or an address parts nothing."""


_PAIRS = {"）": "（", ")": "(", "》": "《", "”": "“", "〕": "〔", "]": "["}


def commas(text: str) -> Iterator[str]:
    """The parts between commas and colons, those within brackets and quotes left whole.

    A bracket nobody closes ends with the one around it.
    """
    held, start = "", 0
    for n, char in enumerate(text):
        if char in _PAIRS.values():
            held += char
        elif (opener := _PAIRS.get(char)) and opener in held:
            held = held[: held.rindex(opener)]
        elif char in "，,：:" and not held and not _INSIDE.match(text, max(n - 1, 0)):
            if tidy(text[start : n + 1]):
                yield text[start : n + 1]
            start = n + 1
    if tidy(text[start:]):
        yield text[start:]


def _above(node: str, heads: dict[str, str]) -> Iterator[str]:
    return (
        name for name in heads if node == name or (node.startswith(name) and node[len(name) :][:1] in "（0123456789第")
    )


def unmarked(text: str) -> str:
    """A paragraph without the number it begins with."""
    return re.sub(
        r"^\s*(?:第[一二三四五六七八九十百]+[条章节编]\s*|[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}\s*[.．、]|[（(]\d{1,2}[）)]|[①-⑳])\s*",
        "",
        text,
    ).strip()
