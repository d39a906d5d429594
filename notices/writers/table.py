"""The table of writers: what a document can be written as, and by whom. A new format is one module, one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from notices.errors import MissingPartError

if TYPE_CHECKING:  # a command that only lists its formats needs none of it
    from notices.document.blocks import Document, Format
    from notices.typeset.fonts import FontSet


@dataclass(frozen=True)
class Means:
    """What a writer may ask for: a file of ``templates/`` by its name there, and the faces."""

    template: Callable[[str], bytes]
    fonts: Callable[[], FontSet]


class _Module(Protocol):
    """What a writer's module has to have."""

    def made(self, document: Document, means: Means) -> bytes:
        """The file's bytes: equal for equal documents and means."""


@dataclass(frozen=True)
class Writer:
    """A line of the table: the module beside this one, and whether faces are set in the file itself.

    Those that are set are named in the manifest and looked for before any work is done.
    """

    module: str
    sets_faces: bool = False


WRITERS: dict[Format, Writer] = {
    "docx": Writer("docx"),
    "pdf": Writer("pdf", sets_faces=True),
    "html": Writer("html"),
    "md": Writer("md"),
}
"""Every format of a document."""

FORMATS: tuple[Format, ...] = tuple(WRITERS)
TABLES: Format = "xlsx"
"""What only tables are written as: sheets for a calculating program."""
OUTPUTS: tuple[Format, ...] = (*FORMATS, TABLES)
"""Every format a file can be asked for in."""


def sets_faces(form: Format) -> bool:
    """Whether files of a format hold the faces they are set in."""
    return form in WRITERS and WRITERS[form].sets_faces


def written(document: Document, form: Format, means: Means) -> bytes:
    """A document in one of :data:`FORMATS`.

    Raises:
        MissingPartError: a library the writer needs is not there.
        ProblemsError: texts that cannot be printed.
    """
    return _module(form).made(document, means)


@cache
def _module(form: Format) -> _Module:
    """The writer, imported when it is first wanted: a Word file needs no library of the PDF's."""
    try:
        return cast("_Module", import_module(f"{__package__}.{WRITERS[form].module}"))
    except (ImportError, OSError) as error:
        rest = "、".join(other for other in FORMATS if other != form)
        hint = f"运行 notices doctor 看缺什么；用 --format 只要别的格式（{rest}）不受影响"
        raise MissingPartError(f"{form.upper()} 需要的程序库不能用：{error}\n    → {hint}") from None
