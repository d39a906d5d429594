"""A file set anew: read, recognised, corrected, built; and the proof, once it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from notices.errors import Problem, ProblemsError
from notices.inspection.parts import Placed
from notices.inspection.recognise import official, recognise
from notices.ooxml import package as packages
from notices.ooxml.xml import Element, q
from notices.recast import word
from notices.recast.build import Built, Given, build
from notices.recast.proof import LossError, applied, prove
from notices.recast.punctuation import punctuated
from notices.recast.reading import Read, read
from notices.recast.runs import NOTE
from notices.recast.source import Edit, Leaving, Source, SourceFigure, inked
from notices.redline.resolve import Resolution

Correction = Callable[[Sequence[Placed]], tuple[Placed, ...]]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be set: what is given besides it, and what may be done to it.

    ``existing``: its tracked changes accepted or rejected; ``punctuation``: put right; ``leave_out``: what has no place
    on the page may be missing from it.
    """

    given: Given = field(default_factory=Given)
    existing: Resolution | None = None
    punctuation: bool = False
    leave_out: bool = False


@dataclass(frozen=True)
class Recast:
    """What came of it: ``source`` as it is set, ``placed`` every piece with its part, ``edits`` all changes."""

    read: Read
    source: Source
    placed: tuple[Placed, ...]
    built: Built
    punctuation: tuple[Edit, ...]

    @property
    def official(self) -> bool:
        """Whether it is an official paper at all."""
        return official(self.placed)

    @property
    def leavings(self) -> tuple[Leaving, ...]:
        """What of the file is not on the page."""
        return self.source.leavings

    @property
    def figures(self) -> int:
        """How many pictures are set."""
        return sum(isinstance(item, SourceFigure) for item in self.source.items)

    def prove(self, written: bytes) -> int:
        """How many characters of the file stand in the Word file that was written of it.

        Raises:
            LossError: one is lost or changed.
        """
        dropped = {piece.number for piece in self.built.dropped}
        pieces = {
            piece.number: piece.text
            for piece in self.source.pieces()
            if inked(piece.text) and piece.number not in dropped
        }
        before = [(("", piece.number), piece.text) for piece in self.read.source.pieces()]
        noted = [
            edit.new.removeprefix("（注：").removesuffix("）") for edit in self.read.source.edits if edit.why == NOTE
        ]
        if sorted(noted) != sorted(inked(text) for text in self.read.notes if inked(text)):
            raise LossError("自检没有通过，没有写出文件：脚注的文字对不上\n    → 请把这份文件和所用的命令反馈给我们")
        put_right = applied(before, self.punctuation)
        if put_right != "".join(inked(piece.text) for piece in self.source.pieces()):
            raise AssertionError("a change of punctuation that is not told")
        return prove(self.read.source, self.read.again, pieces, self.built.printed, _text_of(written))


def recast(name: str, content: bytes, wishes: Wishes, correct: Correction = tuple) -> Recast:
    """A file as a document on the official page.

    Args:
        name: the file's name.
        content: its bytes.
        wishes: how it is to be set.
        correct: puts right what paragraphs were taken for.

    Raises:
        ProblemsError: a file that cannot be set, or something in it that has no place on the page.
    """
    found = read(name, content, wishes.existing)
    placed = correct(recognise([piece.para for piece in found.source.pieces()]))
    by_number = {one.para.number: one for one in placed}
    source, changes = punctuated(found.source, by_number) if wishes.punctuation else (found.source, ())
    built = build(source, by_number, wishes.given)
    lost = [one for one in source.leavings if one.lost]
    if lost and not wishes.leave_out:
        raise ProblemsError(_lost(name, one, number) for number, one in enumerate(lost, 1))
    texts = {piece.number: piece.para for piece in source.pieces()}
    shown = tuple(replace(one, para=texts[one.para.number]) for one in placed)
    return Recast(found, source, shown, built, changes)


def _lost(name: str, one: Leaving, number: int) -> Problem:
    hint = "；".join(filter(None, (one.hint, "确实可以不要的，加 --leave-out")))
    return Problem(name, 0, 0, f"({number})", f"{one.where}：{one.what}，版面上放不下", hint, rule="left-out")


def _text_of(written: bytes) -> str:
    """The text of a Word file of ours; a letter's masthead stands in the header of its first page."""
    package = packages.read(written, "排好的文件")
    heads = [package.xml(name) for name in sorted(package.parts) if name.startswith("word/header")]
    body = "".join(text for _, text in word.flat(package))
    return "".join(map(_leaves, heads)) + body


def _leaves(part: Element) -> str:
    return "".join(leaf.text or "" for leaf in part.iter(q("t")))
