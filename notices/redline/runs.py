"""The inside of a paragraph as Word writes it: runs, in hyperlinks, in marks of revision."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from notices.ooxml.xml import Element, local, parse, q, w
from notices.redline.paragraph import kept_controls, overlaid, stretches
from notices.redline.pieces import Piece, run_of
from notices.redline.revision import Pen
from notices.redline.story import StoryPara
from notices.redline.styles import canonical

RevisionMark: TypeAlias = Literal["", "ins", "del", "moveFrom", "moveTo"]

_DATA = {q("dataBinding")}
_NO_LOOK = (q("noProof"), q("lang"), q("rPrChange"), q("webHidden"))


@dataclass(frozen=True, slots=True)
class Stroke:
    """One piece and its mark. ``before`` is the old piece it was, where only its format may have changed."""

    piece: Piece
    mark: RevisionMark = ""
    before: Piece | None = None


def whole(para: StoryPara, mark: RevisionMark) -> Iterator[Stroke]:
    """Every piece of a paragraph under one mark; of an old one without bookmarks and comments."""
    for piece in para.pieces:
        if piece.kind in {"open", "close"} or (piece.kind == "rider" and mark in {"del", "moveFrom"}):
            continue
        yield Stroke(piece, mark)


def revised(old: StoryPara, new: StoryPara, pen: Pen) -> Iterator[Stroke]:
    """The pieces of two versions of a paragraph."""
    if old.key == new.key:
        yield from (Stroke(kept.new, "", kept.old) for kept in overlaid(old.pieces, new.pieces))
        return
    found = stretches(old.pieces, new.pieces, pen.terms)
    controls = kept_controls(found)
    for stretch in found:
        if stretch.equal:
            for theirs, ours in zip(stretch.old, stretch.new, strict=True):
                yield from (Stroke(rider) for rider in ours.riders)
                for kept in overlaid(theirs.pieces, ours.pieces):
                    if kept.new.kind not in {"open", "close"} or id(kept.new.element) in controls:
                        yield Stroke(kept.new, "", kept.old)
            continue
        struck = [piece for token in stretch.old for piece in token.pieces if piece.kind not in {"open", "close"}]
        yield from (Stroke(piece, "del") for piece in struck)
        for token in stretch.new:
            yield from (Stroke(rider) for rider in token.riders)
            yield from (Stroke(piece, "ins") for piece in token.pieces if piece.kind not in {"open", "close"})
        pen.tally["删去"] += bool(struck)
        pen.tally["增加"] += any(token.pieces for token in stretch.new)


class Filler:
    """Puts strokes into a paragraph, neighbours of one mark together."""

    def __init__(self, paragraph: Element, pen: Pen) -> None:
        self._pen = pen
        self._parents = [paragraph]
        self._at: Element | None = None
        self._state: tuple[object, ...] = ()
        self._last: Stroke | None = None
        self._held: list[str] = []

    def fill(self, strokes: Iterable[Stroke]) -> None:
        """All of them, in order."""
        for stroke in strokes:
            self._one(stroke)
        self._flush()

    def _one(self, stroke: Stroke) -> None:
        piece = stroke.piece
        if piece.kind == "open":
            self._close()
            shell = _shell(piece.element)
            self._parents[-1].append(shell)
            self._parents.append(shell.find(q("sdtContent")))
        elif piece.kind == "close":
            self._close()
            if len(self._parents) > 1:
                self._parents.pop()
        elif piece.kind == "rider" and (local(piece.element) != "r" or not stroke.mark):
            self._close()
            self._parents[-1].append(copy.deepcopy(piece.element))
        elif piece.kind == "text" and self._continues(stroke):
            self._held.append(piece.text)
        else:
            self._flush()
            self._last, self._held = stroke, [piece.text]

    def _continues(self, stroke: Stroke) -> bool:
        last = self._last
        return (
            last is not None
            and last.piece.kind == "text"
            and (last.mark, last.piece.rpr, last.piece.link) == (stroke.mark, stroke.piece.rpr, stroke.piece.link)
            and self._was(last) == self._was(stroke)
        )

    def _flush(self) -> None:
        """Write the run that is held."""
        stroke, self._last = self._last, None
        if stroke is None:
            return
        piece = stroke.piece
        if piece.kind == "text":
            piece = Piece("text", "".join(self._held), piece.key, piece.rpr, piece.link)
        riding = piece.kind == "rider"
        runs = [copy.deepcopy(piece.element)] if riding else run_of(piece, struck=stroke.mark == "del")
        if stroke.mark in {"del", "moveFrom"}:
            runs = [self._pen.brought(run) for run in runs]
        was = self._was(stroke)
        for run in runs:
            if was is not None and local(run) == "r":
                self._change(run, stroke.before)
        if stroke.before is not None and piece.kind == "child":
            self._pen.notes.pair(stroke.before.element, piece.element)
        self._place(stroke).extend(runs)

    def _was(self, stroke: Stroke) -> bytes | None:
        """The old format of a piece that stays, if it was another."""
        before = stroke.before
        if before is None or stroke.mark or before.kind not in {"text", "child"}:
            return None
        was = look(before.rpr)
        return None if was == look(stroke.piece.rpr) else was

    def _change(self, run: Element, before: Piece | None) -> None:
        """Track the change of a run's format."""
        properties = run.find(q("rPr"))
        if properties is None:
            run.insert(0, properties := w("rPr"))
        old = before.rpr if before is not None else None
        change = self._pen.mark("rPrChange")
        change.append(w("rPr") if old is None else copy.deepcopy(old))
        properties.append(change)
        self._pen.tally["格式"] += 1

    def _place(self, stroke: Stroke) -> Element:
        """Where the run goes: into the open hyperlink and mark, or into new ones."""
        link = stroke.piece.link
        state = (stroke.mark, id(link) if link is not None else None)
        if self._at is None or state != self._state:
            self._at = self._parents[-1]
            if link is not None:
                shell = _hyperlink(link)
                if stroke.mark in {"del", "moveFrom"}:
                    self._pen.adoption.translate(shell, self._pen.theirs, self._pen.ours)
                self._at.append(shell)
                self._at = shell
            if stroke.mark:
                mark = self._pen.mark(stroke.mark)
                self._at.append(mark)
                self._at = mark
            self._state = state
        return self._at

    def _close(self) -> None:
        self._flush()
        self._at = None


def look(properties: Element | None) -> bytes:
    """What a run's format looks like on paper: without language, spelling and what only helps an editor."""
    if properties is None or not len(properties):
        return b""
    return _look(bytes(etree.tostring(properties, with_tail=False)))


@lru_cache(maxsize=4096)
def _look(properties: bytes) -> bytes:
    root = parse(properties)
    for fonts in root.findall(q("rFonts")):
        fonts.attrib.pop(q("hint"), None)
        if not fonts.attrib:
            root.remove(fonts)
    return b"".join(canonical(child) for child in root if child.tag not in _NO_LOOK)


def _shell(control: Element) -> Element:
    """A content control without its content, not tied to data: Word would put the data in place of the changes."""
    shell = w("sdt")
    for child in control:
        if child.tag != q("sdtContent"):
            shell.append(copy.deepcopy(child))
    for node in [node for node in shell.iter() if node.tag in _DATA]:
        node.getparent().remove(node)
    shell.append(w("sdtContent"))
    return shell


def _hyperlink(link: Element) -> Element:
    shell = w("hyperlink")
    for name, value in link.attrib.items():
        shell.set(name, value)
    return shell
