"""An edition's own file while it is changed: one text, one change or many, written once when all of them fit."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from notices import files
from notices.errors import Problem, ProblemsError
from notices.library import Library
from notices.lints.linting import lint_files
from notices.profile import yamlfile
from notices.profile.yamlfile import Key, Tree, dotted

_MARK = "\ufeff"


@dataclass(frozen=True)
class OwnFile:
    """The file of an edition, and the text it is to have; nothing of it changes but what is asked for."""

    library: Library
    edition: str
    path: Path
    text: str
    was: str
    """The text as it stands on the disk."""

    @classmethod
    def of(cls, library: Library, wanted: str) -> OwnFile:
        """The file of an edition as it stands.

        Raises:
            NotFoundError: no such edition. ProblemsError: the file cannot be read.
        """
        name = library.resolve(wanted)
        path = library.find(name)
        yamlfile.read(path, library.name_of(path))  # it says why, where it is no text
        text = path.read_bytes().decode("utf-8")
        return cls(library, name, path, text, text)

    @property
    def name(self) -> str:
        """The file's name in messages."""
        return self.library.name_of(self.path)

    @cached_property
    def own(self) -> Tree:
        """What it says itself."""
        return yamlfile.parse(self.bare, self.name)

    @cached_property
    def whole(self) -> Tree:
        """What it says with what it extends."""
        return self.library.whole(self.own, self.path)

    @property
    def bare(self) -> str:
        """The text without a byte order mark."""
        return self.text.removeprefix(_MARK)

    def place(self, name: str) -> Key | None:
        """The path of a key as it is shown, in the file or what it extends; None where there is none."""
        return next((key for key in self.whole.origins if dotted(key) == name), None)

    def changed(self, bare: str) -> OwnFile:
        """The same file with another text; a byte order mark stays."""
        return replace(self, text=(_MARK if self.was.startswith(_MARK) else "") + bare)

    def belongs(self, workspace: Path, key: str) -> None:
        """It lies in the user's own folder.

        Raises:
            ProblemsError: it came with the program.
        """
        if not self.path.resolve().is_relative_to(workspace.resolve()):
            message = "这一版在程序自带的文件夹里，不能改"
            hint = "先用 notices roll 续写下一年；或把文件复制到自己的 provinces/ 里再改"
            raise ProblemsError([Problem(str(self.path), 0, 0, key, message, hint)])

    @cached_property
    def new_problems(self) -> tuple[Problem, ...]:
        """The errors the new text has and the old one did not have."""
        before = {_same(problem) for problem in _errors(replace(self, text=self.was))}
        return tuple(one for one in _errors(self) if _same(one) not in before)

    def written(self) -> None:
        """Write it, when it fits.

        Raises:
            ProblemsError: the new errors, or somebody changed the file meanwhile. OutputError: it cannot be written.
        """
        if yamlfile.content(self.path, self.name) != self.was.encode():
            message, hint = "文件刚被别人改过，没有写", "看看改了什么，再做一次"
            raise ProblemsError([Problem(self.name, 0, 0, "", message, hint)])
        if self.new_problems:
            raise ProblemsError(self.new_problems)
        files.write(self.path, self.text.encode())


def _errors(file: OwnFile) -> tuple[Problem, ...]:
    try:
        file.library.sound(file.whole, file.path, file.name)
    except ProblemsError as error:
        return error.problems
    return ()


def _same(problem: Problem) -> Problem:
    return replace(problem, line=0, column=0)


def lint_errors(file: OwnFile) -> frozenset[Problem]:
    """Errors lint finds in an edition's file as it would be, without their lines."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        place = root / "provinces" / file.path.parent.name / file.path.name
        place.parent.mkdir(parents=True)
        place.write_text(file.bare, "utf-8")
        found = lint_files(Library((root, *file.library.roots)), [place])
    return frozenset(_same(one) for one in found if one.severity == "error")
