"""The pages of an edition as they will print, each stretch of text with its fact: SVG, and the faces it is set in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import notices
from notices.errors import MissingPartError, Problem, ProblemsError
from notices.forms import layout
from notices.forms.catalogue import Catalogue
from notices.papers.coverage import checked
from notices.typeset.fonts import find_fonts
from notices.workbench.tasks.edition.files import PAPERS
from notices.writers import svg


@dataclass(frozen=True)
class Printed:
    """One paper or attachment of an edition, page by page.

    ``name`` is its place in an address; ``choices`` are all there are, by name; those
    ``attached`` are no papers. ``faces`` are those the server has
    not got yet, by name; ``families`` all that the pages need. ``problems`` are told instead where it cannot be set.
    """

    name: str
    choices: tuple[tuple[str, str], ...] = ()
    attached: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    faces: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()


def printed(folder: Path | None, name: str, wanted: str, known: Collection[str]) -> Printed:
    """The pages of a paper, or of an attachment, by its place in the address; the first paper for none there is.

    Args:
        folder: the office's own.
        name: the edition.
        wanted: ``notice``, ``rules``, ``form-1``.
        known: names of faces that need not be given again.

    Raises:
        NotFoundError: no such edition.
    """
    library = notices.open(folder).library
    try:
        edition = library.load(name)
        sheets = {f"form-{sheet.number}": sheet for sheet in Catalogue(library).sheets(edition)}
        choices = [(str(kind), PAPERS[kind]) for kind in edition.profile.papers]
        choices += [(key, f"{sheet.label} {sheet.headed(filled=False)}".strip()) for key, sheet in sheets.items()]
        chosen = wanted if wanted in dict(choices) else choices[0][0]
        if chosen in sheets:
            document = layout.document(sheets[chosen], library)
        else:
            document = next(one.document for kind, one in checked(library, edition).items() if kind == chosen)
        paper = "" if chosen in sheets else f"papers.{chosen}"
        made = svg.pages(document, find_fonts(library.font_folders), paper)
    except ProblemsError as error:
        return Printed(wanted, problems=error.problems)
    except MissingPartError as error:
        return Printed(wanted, problems=(Problem("", 0, 0, "", str(error)),))
    return Printed(
        chosen,
        tuple(choices),
        tuple(sheets),
        made.pages,
        tuple(made.faces),
        tuple((face, content) for face, content in made.faces.items() if face not in known),
    )
