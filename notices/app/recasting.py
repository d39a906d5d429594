"""Any text on the official page: values and bytes, and the proof that nothing of it was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from notices.document.blocks import Format
from notices.library import Library
from notices.recast.make import Correction, Recast, Wishes, recast
from notices.rendering.renderer import Press


@dataclass(frozen=True)
class Typeset:
    """The files by format, what was made of the text, and how many of its characters the proof counted."""

    recast: Recast
    files: dict[Format, bytes]
    proven: int

    @property
    def moved(self) -> int:
        """How many paragraphs stand on the page before one they come after in the file."""
        numbers = [one for one in self.recast.built.printed if isinstance(one, int)]
        return sum(one > two for one, two in pairwise(numbers))


def typeset(  # noqa: PLR0913 - as the engine beneath
    library: Library,
    name: str,
    content: bytes,
    *,
    formats: Sequence[Format] = ("docx",),
    wishes: Wishes | None = None,
    correct: Correction = tuple,
) -> Typeset:
    """A file set on the official page, in some formats.

    Args:
        library: where templates and fonts are looked for.
        name: the file's name.
        content: its bytes.
        formats: what is wanted.
        wishes: how it is to be set.
        correct: puts right what paragraphs were taken for.

    Raises:
        ProblemsError: a file that cannot be set, what has no place on the page, characters no face has.
        LossError: a character would be lost. MissingPartError: fonts or a library are missing.
    """
    made = recast(name, content, wishes or Wishes(), correct)
    press = Press(library, (*formats, "docx"), library.font_folders)
    document = made.built.document
    word = press.bytes_of(document, "docx")
    proven = made.prove(word)
    files = {form: word if form == "docx" else press.bytes_of(document, form) for form in formats}
    return Typeset(made, files, proven)
