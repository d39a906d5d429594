"""Two editions, or two Word files, as one with tracked changes: values and bytes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from notices import programmes
from notices.errors import NotFoundError
from notices.library import Library
from notices.papers.coverage import checked
from notices.redline import make
from notices.redline.make import Redline
from notices.redline.resolve import Resolution
from notices.rendering.renderer import Press

RedlineShape: TypeAlias = Literal["docx", "pdf", "html"]
SHAPES: tuple[RedlineShape, ...] = get_args(RedlineShape)


@dataclass(frozen=True, slots=True)
class RedlineSide:
    """One of the two: what messages call it, its bytes (``.docx``), the day it was issued where that is known."""

    name: str
    content: bytes
    issued: str = ""


@dataclass(frozen=True)
class Compared:
    """What came of it: ``redline`` says what changed, how much was proven and what was not compared."""

    library: Library
    names: tuple[str, str]
    redline: Redline
    front: bool = False

    def write(self, shape: RedlineShape = "docx") -> bytes:
        """Word with tracked changes, or the 花脸稿 as pdf or html.

        Raises:
            MissingPartError, ProblemsError: what a PDF needs is missing, or a character no face has.
        """
        made = self.redline
        if shape == "docx":
            return made.content
        if shape == "html":
            from notices.redline.page import page  # noqa: PLC0415 - one writer is wanted, the others stay out

            return page(made.view, made.summary, self.names, front=self.front)
        from notices.redline.paper import paper  # noqa: PLC0415 - as above
        from notices.typeset.fonts import find_fonts  # noqa: PLC0415 - as above

        return paper(made.view, made.summary, self.names, find_fonts(self.library.font_folders), front=self.front)


def of_edition(library: Library, name: str, kind: str) -> RedlineSide:
    """A paper of an edition as Word, by its title: a key is nothing to print on a paper.

    Raises:
        NotFoundError: no such edition, or no such paper. ProblemsError: everything wrong with it.
    """
    edition = library.load(name)
    documents = {str(key): one.document for key, one in checked(library, edition).items()}
    said = edition.profile.edition
    if kind not in documents:
        raise NotFoundError(f"{said} 没有 {kind} 这种文件；现有：{'、'.join(documents)}（用 --kind 指定）")
    issued = next((paper.issued for key, paper in edition.profile.papers.items() if key == kind), None)
    day = issued.isoformat() if isinstance(issued, dt.date) else ""
    title = documents[kind].title
    shown = f"{issued.year}年{issued.month}月{issued.day}日" if isinstance(issued, dt.date) else ""
    return RedlineSide(
        f"{shown}《{title}》",
        Press(library, ("docx",)).bytes_of(documents[kind], "docx"),
        day,
    )


def compared(  # noqa: PLR0913 - as the engine beneath
    library: Library,
    old: RedlineSide,
    new: RedlineSide,
    *,
    author: str | None = None,
    date: dt.date | None = None,
    existing: Resolution | None = None,
    front: bool = False,
) -> Compared:
    """The new one with every difference from the old one as a tracked change.

    Args:
        library: where fonts are looked for.
        old: what there was.
        new: what there is.
        author: who the changes are by.
        date: when they were made; without it the new one's own day, if that is known.
        existing: what to do with tracked changes the files already have; without a verdict they are refused.
        front: a page in front that sums the changes up.

    Raises:
        ProblemsError: a file cannot be compared. ProofError: the result would not give back both texts.
    """
    names = (old.name, new.name)
    made = make.redline(
        old.content,
        new.content,
        names=names,
        author=author or make.AUTHOR,
        date=str(date or new.issued or "") or None,
        existing=existing,
        front=front,
        terms=_terms(library),
    )
    return Compared(library, names, made, front)


def _terms(library: Library) -> tuple[str, ...]:
    """The words of all programmes: a Word file does not say which it belongs to."""
    kinds = (kind.PROGRAMME for kind in programmes.every(library))
    return tuple(dict.fromkeys(term for programme in kinds if programme for term in programme.terms))
