"""Taking an edition that came with the program into one's own folder, as it is, to change it there."""

from __future__ import annotations

from pathlib import Path

from notices import files
from notices.errors import Problem, ProblemsError
from notices.library import Library
from notices.profile import yamlfile


def adopt(library: Library, wanted: str, workspace: Path) -> Path:
    """Copy an edition's file to ``provinces/<id>/<year>.yaml`` of the workspace; what it extends stays where it is.

    Raises:
        NotFoundError: no such edition. ProblemsError: it lies there already. OutputError: it cannot be written.
    """
    path = library.find(wanted)
    place = workspace / "provinces" / path.parent.name / path.name
    name = library.name_of(path)
    if place.exists():
        raise ProblemsError([Problem(name, 0, 0, "", "这一版已经在本文件夹里，没有覆盖", "直接改它")])
    files.write(place, yamlfile.content(path, name))
    return place
