"""Lint: every problem of profiles and the templates they use, at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from notices.consistency import problems_of
from notices.coverage import checked
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.library import Library


def profile_files(library: Library, paths: Sequence[Path]) -> list[Path]:
    """The profile files named by files, folders or edition names; all of the library's own root when none is named.

    Raises:
        NotFoundError: a path that is neither there nor an edition, or a folder without profiles.
    """
    if not paths:
        names = (name.partition("@") for name in library.editions())
        return [path for identity, _, year in names if (path := library.file(identity, year))]
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*.yaml") if item.stem.isdigit())
            if not inside:
                raise NotFoundError(f"{path} 里没有年度配置（<年度>.yaml）")
            found += inside
        elif path.exists() or path.suffix in {".yaml", ".yml"}:
            found.append(path)
        else:
            identity, _, year = library.resolve(str(path)).partition("@")
            found += [file for file in [library.file(identity, year)] if file]
    return found


def lint_files(library: Library, files: Sequence[Path]) -> list[Problem]:
    """All problems of the files, errors and warnings."""
    return list(dict.fromkeys(problem for path in files for problem in _lint(library, path)))


def _lint(library: Library, path: Path) -> list[Problem]:
    try:
        edition = library.read(path)
    except ProblemsError as error:
        return list(error.problems)
    problems = [p for p in problems_of(edition.profile, edition.origins, edition.file) if p.severity == "warning"]
    try:
        checked(library, edition)
    except ProblemsError as error:
        problems += error.problems
    return problems
