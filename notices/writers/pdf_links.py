"""What of a document leads somewhere: addresses, and references to attachments that are bound to it.

Only what is sure becomes a link: an address that stands whole on one page, and of the references to attachments those
a notice makes to its own, in its list of them or as （附件1） and 见附件1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notices.document import blocks as doc
from notices.typeset.fonts import glyphs
from notices.typeset.model import Fragment, PlacedLine, Source

_ADDRESS = re.compile(
    r"(?P<uri>https?://[A-Za-z0-9\-._~:/?#@!$&*+,;=%]*[A-Za-z0-9/=_\-])"
    r"|(?P<mail>[A-Za-z0-9][A-Za-z0-9._%+\-]*@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,})"
)
_REFERENCE = re.compile(r"(?<=[（见])附件(\d*)(?!\d)")
_LABEL = re.compile(r"附件(\d*)")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: to an address, or to the attachment whose label is a ``block``; ``told`` says so in words."""

    told: str
    uri: str = ""
    block: int = -1


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters of a text that are a link."""

    start: int
    end: int
    target: Target


class Links:
    """The links of one document."""

    def __init__(self, document: doc.Document) -> None:
        self._blocks = document.blocks
        self._addresses = frozenset(
            found[0] for line in doc.text_lines(document) if _likely(line) for found in _ADDRESS.finditer(line)
        )
        self._labels: dict[str, int] = {}
        for number, block in enumerate(document.blocks):
            found = _LABEL.fullmatch(block.text) if isinstance(block, doc.AttachmentLabel) else None
            if found:
                self._labels.setdefault(found[1], number)
        self._first = min(self._labels.values(), default=0)

    def __bool__(self) -> bool:
        """Whether there may be any."""
        return bool(self._addresses or self._labels)

    def of(self, source: Source, lines: Sequence[PlacedLine]) -> tuple[Cut, ...]:
        """The links of a text as far as it stands on one page, in their order."""
        if any(line.sideways for line in lines):
            return ()
        text = "".join(line.text for line in lines)
        block = self._blocks[source.block]
        if isinstance(block, doc.AttachmentList):
            target = self._attachment(str(source.text + 1) if len(block.names) > 1 else "")
            return (Cut(0, len(text), target),) if target else ()
        return tuple(sorted((*self._mentioned(source, text), *self._addressed(text)), key=lambda cut: cut.start))

    def _attachment(self, number: str) -> Target | None:
        block = self._labels.get(number)
        return None if block is None else Target(f"转到附件{number}", block=block)

    def _mentioned(self, source: Source, text: str) -> Iterator[Cut]:
        for found in _REFERENCE.finditer(text) if source.block < self._first else ():
            target = self._attachment(found[1])
            if target:
                yield Cut(found.start(), found.end(), target)

    def _addressed(self, text: str) -> Iterator[Cut]:
        for found in _ADDRESS.finditer(text) if _likely(text) else ():
            if found[0] in self._addresses:
                mail = found["mail"] is not None
                uri = f"mailto:{found[0].replace('%', '%25')}" if mail else found[0]
                yield Cut(found.start(), found.end(), Target(f"{'发邮件到' if mail else '打开'} {found[0]}", uri))


def _likely(text: str) -> bool:
    return "://" in text or "@" in text


def divided(lines: Sequence[PlacedLine], cuts: Sequence[Cut]) -> Iterator[tuple[Target | None, list[PlacedLine]]]:
    """Lines in stretches, each with where it leads; a line with a link in it becomes several."""
    ends = sum(len(line.text) for line in lines)
    start = 0
    for cut in (*cuts, None):
        end = cut.start if cut else ends
        if end > start:
            yield None, list(_between(lines, start, end))
        if cut:
            yield cut.target, list(_between(lines, cut.start, cut.end))
            start = cut.end


def _between(lines: Sequence[PlacedLine], start: int, end: int) -> Iterator[PlacedLine]:
    at = 0
    for line in lines:
        kept: list[Fragment] = []
        for fragment in line.fragments:
            first, last = max(start - at, 0), min(end - at, len(fragment.text))
            if first < last:
                kept.append(_part(fragment, first, last))
            at += len(fragment.text)
        if kept:
            yield replace(line, fragments=tuple(kept))


def _part(fragment: Fragment, first: int, last: int) -> Fragment:
    if (first, last) == (0, len(fragment.text)):
        return fragment
    text = fragment.text[first:last]
    advance = _advance(fragment, text)
    return replace(
        fragment,
        x=fragment.x + _advance(fragment, fragment.text[:first]),
        text=text,
        width=advance - fragment.spacing,
        advance=advance,
    )


def _advance(fragment: Fragment, text: str) -> float:
    measures = glyphs(fragment.face)
    return sum(measures.advance(char) * fragment.size + fragment.spacing for char in text)
