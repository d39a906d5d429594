"""A user's own folder: a commented profile to edit, and a place for templates. Never overwrites."""

from __future__ import annotations

import re
import string
from pathlib import Path

from notices import files
from notices.errors import Exit, NoticesError
from notices.library import Library


class WorkspaceError(NoticesError):
    """The folder cannot become a workspace."""

    exit_code = Exit.USAGE


def create(folder: Path, library: Library, year: int) -> list[Path]:
    """Make ``folder`` a workspace for one authority and year, and name the files made.

    The authority's id is the folder's name, as far as it is one (lower-case letters and hyphens), else ``my-office``.

    Raises:
        WorkspaceError: something of that name is already there. OutputError: it cannot be written.
    """
    identity = folder.resolve().name if re.fullmatch(r"[a-z]+(-[a-z]+)*", folder.resolve().name) else "my-office"
    if any(name.startswith(f"{identity}@") for name in Library.at(None).editions()):
        raise WorkspaceError(f"{identity} 是自带的发文机关，会被盖住\n    → 换一个文件夹名")
    values = {"id": identity, "year": str(year)}
    wanted = {
        folder / "provinces" / identity / f"{year}.yaml": "init/profile.yaml",
        folder / "provinces" / "schema.json": "../provinces/schema.json",
        folder / "templates" / "README.md": "init/templates.md",
        folder / "README.md": "init/README.md",
    }
    standing = [path for path in wanted if path.exists()]
    if standing:
        raise WorkspaceError(f"已经有 {'、'.join(map(str, standing))}，没有覆盖\n    → 换一个文件夹名")
    for path, source in wanted.items():
        files.write(path, _filled(library, source, values).encode())
    return list(wanted)


def _filled(library: Library, source: str, values: dict[str, str]) -> str:
    path = library.roots[-1] / "templates" / source
    text = path.read_text(encoding="utf-8")
    return text if path.suffix == ".json" else string.Template(text).safe_substitute(values)
