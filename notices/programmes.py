"""Reading the programmes an office has: ``templates/programmes/<id>.yaml``, over what all have in ``common.yaml``.

A profile's class is made of its programme, once as long as the files stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from pydantic import ValidationError

from notices.checks.validation import translated
from notices.errors import NotFoundError, Problem, ProblemsError, near
from notices.profile import Fact, Profile, Programme, yamlfile
from notices.profile.inherit import merged
from notices.profile.yamlfile import Tree, dotted

if TYPE_CHECKING:
    from notices.library import Library

FOLDER: Final = "programmes"
COMMON: Final = "common"
"""The file of what all programmes have; it is none itself."""


def names(library: Library) -> tuple[str, ...]:
    """Every programme there is, by name."""
    found = {path.stem for folder in library.template_folders for path in (folder / FOLDER).glob("*.yaml")}
    return tuple(sorted(found - {COMMON}))


def shipped(library: Library) -> type[Profile]:
    """The class of profiles of the programme that comes with the program: the first, should there be several.

    Raises:
        NotFoundError: there is none. ProblemsError: everything wrong with it.
    """
    found = sorted(path.stem for path in (library.template_folders[-1] / FOLDER).glob("*.yaml"))
    return load(library, next((name for name in found if name != COMMON), ""))


def every(library: Library) -> tuple[type[Profile], ...]:
    """The classes of all programmes.

    Raises:
        ProblemsError: everything wrong with any of them.
    """
    return tuple(load(library, name) for name in names(library))


def of(library: Library, tree: Tree, name: str) -> type[Profile]:
    """The class a profile's data is an object of: of the programme it names, else of the only one there is.

    Raises:
        ProblemsError: it names none of several, or one that is not there; or everything wrong with the programme.
    """
    known, wanted = names(library), tree.data.get("programme")
    if wanted is None and len(known) == 1:
        return load(library, known[0])
    if isinstance(wanted, str) and wanted in known:
        return load(library, wanted)
    origin = tree.origins.get(("programme",)) or tree.origins[()]
    file = origin.file if ("programme",) in tree.origins else name
    message = f"没有名为 {wanted} 的项目" if isinstance(wanted, str) else "没有写属于哪个项目"
    hint = f"{near(str(wanted or ''), known)}写 templates/{FOLDER}/ 里的：{'、'.join(known) or '（没有）'}"
    raise ProblemsError([Problem(file, origin.line, origin.column, "programme", message, hint)])


def load(library: Library, name: str) -> type[Profile]:
    """The class of a programme's profiles.

    Raises:
        NotFoundError: no such programme. ProblemsError: everything wrong with its file.
    """
    paths = [library.template(f"{FOLDER}/{one}.yaml") for one in (COMMON, name)]
    states = tuple((path, library.name_of(path), *_state(path)) for path in paths if path)
    if len(states) < len(paths):
        known = "、".join(names(library))
        raise NotFoundError(f"没有名为 {name} 的项目（templates/{FOLDER}/{name}.yaml）；现有：{known}")
    made, tree = _made(name, *states)
    if problems := list(_astray(made.PROGRAMME, tree, library)):
        raise ProblemsError(problems)
    return made


def files(library: Library, programme: Programme) -> tuple[Path, ...]:
    """The files a programme stands in: what all have, and its own."""
    found = (library.template(f"{FOLDER}/{name}.yaml") for name in (COMMON, programme.key))
    return tuple(path for path in found if path)


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:  # who reads it says why
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=32)
def _made(name: str, *files: tuple[Path, str, int, int]) -> tuple[type[Profile], Tree]:
    """The class made of the files in which a programme stands, what all have first; and their data, for places."""
    common, own = (yamlfile.read(path, shown) for path, shown, *_ in files)
    tree = merged(common, own, frozenset())
    try:
        programme = Programme.model_validate(tree.data | {"key": name})
    except ValidationError as error:
        raise ProblemsError(translated(error, tree, files[-1][1])) from None
    if problems := list(_inconsistent(programme, tree)):
        raise ProblemsError(problems)
    return Profile.under(programme), tree


def _inconsistent(programme: Programme, tree: Tree) -> Iterator[Problem]:
    """Sections and topics that lead nowhere."""
    own, held = programme.own, _sections()
    for key, section in programme.sections.items():
        if section.topic not in programme.topics:
            hint = f"{near(section.topic, programme.topics)}可用：{'、'.join(programme.topics)}"
            yield _problem(tree, ("sections", key, "topic"), f"没有主题 {section.topic}", hint)
        if key in own and key in Profile.named():
            hint = "删去 after；自己的一节换一个编号"
            yield _problem(tree, ("sections", key, "after"), f"{key} 是各项目都有的键", hint)
        elif key in own and section.after not in held:
            hint = f"{near(str(section.after), held)}可用：{'、'.join(held)}"
            yield _problem(tree, ("sections", key, "after"), f"没有 {section.after} 这一节", hint)
        elif key not in own and key not in held:
            hint = f"{near(key, held)}本项目自己的一节，写上 after：排在哪一节之后"
            yield _problem(tree, ("sections", key), f"配置里没有 {key} 这一节", hint)
    if missing := [key for key in held if key not in programme.sections]:
        yield _problem(tree, ("sections",), f"没有写这几节：{'、'.join(missing)}", "照随程序提供的 common.yaml 补上")


def _sections() -> tuple[str, ...]:
    """The sections every profile may have: those that hold facts."""
    fields = Profile.model_fields.items()
    return tuple(field.alias or name for name, field in fields if any(map(_factual, get_args(field.annotation))))


def _factual(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Fact)


def _astray(programme: Programme | None, tree: Tree, library: Library) -> Iterator[Problem]:
    """Files a programme names that are not there."""
    assert programme is not None  # noqa: S101 - the class was made of one
    forms = _forms(library)
    for category, kind in programme.categories.items():
        name = programme.form_of(category)
        if name not in forms:
            key = ("categories", category, "applicant") if kind.applicant else ("categories", category)
            wanted = f"templates/forms/{name}.yaml"
            message = f"没有申报单位情况表 {name}（{wanted}），类别 {category} 无从核对"
            yield _problem(tree, key, message, f"{near(name, forms)}写上 applicant: 用哪张表，或者新建这个文件")
    if programme.applicant not in forms:
        message = f"没有名为 {programme.applicant} 的表"
        yield _problem(tree, ("applicant",), message, f"{near(programme.applicant, forms)}写 templates/forms/ 里的名称")
    for named, file in (("checklist", programme.checklist), ("calendar", programme.calendar)):
        if library.template(file) is None:
            yield _problem(tree, (named,), f"没有文件 templates/{file}", "核对路径，从 templates/ 后面写起")


def _forms(library: Library) -> Collection[str]:
    return sorted({path.stem for folder in library.template_folders for path in (folder / "forms").glob("*.yaml")})


def _problem(tree: Tree, key: tuple[str, ...], message: str, hint: str) -> Problem:
    origin = next(tree.origins[key[:size]] for size in range(len(key), -1, -1) if key[:size] in tree.origins)
    return Problem(origin.file, origin.line, origin.column, dotted(key), message, hint, rule="programme")
