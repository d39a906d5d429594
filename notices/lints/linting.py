"""Lint: every problem of profiles and the templates they use, at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from notices import renamed
from notices.checklist import hints, questions
from notices.checks import problems_of
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.forms.catalogue import FOLDER, Catalogue
from notices.library import Edition, Library
from notices.lints import catalog
from notices.papers.compose import Composed
from notices.papers.coverage import checked
from notices.profile import PaperKind


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


def lint_files(library: Library, files: Sequence[Path], since: dt.date | None = None) -> list[Problem]:
    """All problems of the files, errors and warnings; ``since``: sources must have been read again since that day."""
    found = [problem for path in files for problem in _lint(library, path, since)]
    return list(dict.fromkeys([*found, *old_templates(library), *hints.problems_of(library)]))


def old_templates(library: Library) -> list[Problem]:
    """Names of an earlier version in the user's own templates."""
    own = library.roots[0] / "templates"
    if len(library.roots) < 2 or not own.is_dir():
        return []
    return renamed.in_templates((path, library.name_of(path)) for path in sorted(own.rglob("*.j2")))


def strays(library: Library) -> list[Problem]:
    """Profiles and Word forms whose place or name keeps them from being found."""
    hint = "放到 provinces/<id>/<四位年份>.yaml；id 用小写字母和短横"
    return [
        Problem(library.name_of(path), 0, 0, "", "放错了地方或名字不对，不会被用到", hint)
        for path in library.misplaced()
    ] + _stray_word_forms(library)


def _lint(library: Library, path: Path, since: dt.date | None) -> list[Problem]:
    try:
        edition = library.read(path)
    except ProblemsError as error:
        return list(error.problems)
    problems = [*library.renamed(edition.sources), *_shadowed(library, edition)]
    problems += [p for p in problems_of(edition.profile, edition.origins, edition.file) if p.severity == "warning"]
    problems += questions.problems_of(library, edition)
    papers: dict[PaperKind, Composed] = {}
    try:
        papers = checked(library, edition)
    except ProblemsError as error:
        problems += error.problems
    problems += catalog.problems_of(library, edition, papers, since)
    return problems + _word_forms(library, edition)


def _shadowed(library: Library, edition: Edition) -> list[Problem]:
    """Outlines that are not used, because the office has a template of its own for the paper."""
    found = []
    for kind in edition.profile.outlines:
        name = f"{edition.profile.id}/{kind}.md.j2"
        path = library.template(name)
        if path is not None:
            at = edition.origin(f"outlines.{kind}")
            message = f"有自己的模板，{at.file}:{at.line} 的提纲 outlines.{kind} 没有用"
            hint = "模板是旧版留下的，删去它就按提纲印；模板要用的，不用改"
            found.append(Problem(library.name_of(path), 0, 0, "", message, hint, "warning", renamed.RULE))
    return found


_WORD = frozenset({".doc", ".docm", ".docx", ".dot", ".dotm", ".dotx", ".rtf", ".wps"})


def _own_word_files(library: Library) -> list[Path]:
    """Word files under ``templates/forms/`` of the user's own folder, less those Word keeps while one is open."""
    files = (library.template_folders[0] / FOLDER).rglob("*")
    return sorted(path for path in files if path.suffix.lower() in _WORD and not path.name.startswith("~$"))


def _word_forms(library: Library, edition: Edition) -> list[Problem]:
    """Problems of the office's own Word forms that an edition uses."""
    own = _own_word_files(library)
    if not own:
        return []
    from notices.forms.word import filling, lint  # noqa: PLC0415 - docxtpl is slow to import, and most have no forms

    try:
        sheets = Catalogue(library).sheets(edition)
    except ProblemsError as error:
        return list(error.problems)
    problems: list[Problem] = []
    for whole in sheets:
        for number, form in enumerate(whole.forms, 1):
            sheet = replace(whole, forms=(form,), part=number if len(whole.forms) > 1 else 0)
            path = filling.find(library, sheet)
            if path is not None and path in own:
                problems += lint.lint(filling.content(library, path), sheet, library.name_of(path))
    return problems


def _stray_word_forms(library: Library) -> list[Problem]:
    own = _own_word_files(library)
    if not own:
        return []
    forms = Catalogue(library).names()
    folders = {"", *(f"{name.partition('@')[0]}/" for name in library.editions())}
    used = {library.template_folders[0] / FOLDER / f"{folder}{form}.docx" for folder in folders for form in forms}
    place = f"templates/{FOLDER}/<表的名称>.docx 或 templates/{FOLDER}/<id>/<表的名称>.docx"
    hint = f"放到 {place}；表的名称：{'、'.join(forms)}"
    return [
        Problem(library.name_of(path), 0, 0, "", "放错了地方或名字不对，不会被用到", hint)
        for path in own
        if path not in used
    ]
