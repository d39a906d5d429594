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
    editions = library.editions()
    for path in paths:
        if str(path) in {*editions, *(name.partition("@")[0] for name in editions)}:
            found.append(library.find(str(path)))
        elif path.is_dir():
            inside = sorted(item for item in path.rglob("*.yaml") if item.stem.isdigit())
            if not inside:
                raise NotFoundError(f"{path} 里没有年度配置（<年度>.yaml）")
            found += inside
        elif path.exists() or path.suffix in {".yaml", ".yml"}:
            found.append(path)
        else:
            found.append(library.find(str(path)))
    return found


def lint_files(library: Library, files: Sequence[Path]) -> list[Problem]:
    """All problems of the files, errors and warnings."""
    return list(dict.fromkeys(problem for path in files for problem in _lint(library, path)))


def strays(library: Library) -> list[Problem]:
    """Profiles whose place or name keeps them from being found."""
    hint = "放到 provinces/<id>/<四位年份>.yaml；id 用小写字母和短横"
    return [
        Problem(library.name_of(path), 0, 0, "", "放错了地方或名字不对，不会被用到", hint)
        for path in library.misplaced()
    ]


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
