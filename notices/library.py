"""Finding profiles and templates, and resolving what a profile extends.

A user's own folder with ``provinces/`` or ``templates/`` in it overlays the shipped ones, file by file.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from notices.errors import NotFoundError, Problem, ProblemsError
from notices.profile import yamlfile
from notices.profile.inherit import merged, passed_on
from notices.profile.yamlfile import Key, Origin, Tree
from notices.shipped import SHIPPED

if TYPE_CHECKING:
    from notices.profile import Profile

__all__ = ["ID", "NATIONAL", "SHIPPED", "Edition", "Library", "merged", "parsed", "stands"]

ID = re.compile(r"[a-z]+(-[a-z]+)*")
"""The id of an authority: the name of its folder."""
_NAME = re.compile(r"\d{4}|[a-z]+(-[a-z]+)*")
_EXTENDS = re.compile(r"(?P<id>[a-z]+(?:-[a-z]+)*)[@/](?P<name>\d{4}|[a-z-]+)")

NATIONAL = "national"
"""The id under which national editions are listed first."""


@dataclass(frozen=True)
class Edition:
    """A profile with where each of its values stands, in its own file or one it extends."""

    profile: Profile
    origins: dict[Key, Origin]
    file: str
    sources: tuple[Path, ...]
    """The file itself, then those it extends, nearest first."""

    def origin(self, dotted_key: str) -> Origin:
        """Where the value of a dotted fact id stands; the nearest parent's place when it has none of its own."""
        found = None
        while dotted_key and (found := self._by_dotted.get(dotted_key)) is None:
            dotted_key = re.sub(r"(\[\d+\]|(^|\.)[^.\[]+)$", "", dotted_key)
        return found or Origin(self.file, 1, 1)

    def cited_from(self, dotted_key: str) -> str:
        """The edition whose clause a fact cites: ``national@2023`` for one that is inherited."""
        identity, _, year = self._clause(dotted_key).file.removesuffix(".yaml").rpartition("/")
        return f"{identity.rpartition('/')[2]}@{year}"

    def inherits(self, dotted_key: str) -> bool:
        """Whether the clause a fact cites is that of an edition this one extends."""
        return self._clause(dotted_key).file != self.file

    def _clause(self, dotted_key: str) -> Origin:
        return self.origin(f"{dotted_key}.cite")

    def parts(self, dotted_key: str) -> dict[str, Origin]:
        """Where each part of a fact stands, by the part's key: some in its own file, some in one it extends."""
        return self._parts.get(dotted_key, {})

    @cached_property
    def _parts(self) -> dict[str, dict[str, Origin]]:
        found: dict[str, dict[str, Origin]] = {}
        for key, origin in self.origins.items():
            if len(key) > 1:
                found.setdefault(yamlfile.dotted(key[:-1]), {})[str(key[-1])] = origin
        return found

    @cached_property
    def _by_dotted(self) -> dict[str, Origin]:
        return {yamlfile.dotted(key): origin for key, origin in self.origins.items()}


@dataclass(frozen=True)
class Library:
    """The folders profiles and templates are looked up in: the user's own first, the shipped last."""

    roots: tuple[Path, ...]

    @classmethod
    def at(cls, workspace: Path | None) -> Library:
        """The shipped library, overlaid by ``workspace`` when it holds ``provinces/`` or ``templates/``."""
        own = workspace.resolve() if workspace else None
        use = own and own != SHIPPED and any((own / name).is_dir() for name in ("provinces", "templates"))
        return cls((own, SHIPPED) if own and use else (SHIPPED,))

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Template folders, the user's own first."""
        return tuple(root / "templates" for root in self.roots)

    @property
    def font_folders(self) -> tuple[Path, ...]:
        """Where fonts are looked for besides the system's places."""
        return (*(root / "fonts" for root in self.roots), SHIPPED / ".fonts")

    def template(self, name: str) -> Path | None:
        """The file of a template, from the first folder that has it, be it one that cannot be read."""
        return next((path for folder in self.template_folders if stands(path := folder / name)), None)

    def file(self, identity: str, name: str) -> Path | None:
        """The file ``provinces/<identity>/<name>.yaml``, from the first root that has it, be it a broken link."""
        paths = (root / "provinces" / identity / f"{name}.yaml" for root in self.roots)
        return next((path for path in paths if stands(path)), None)

    def editions(self) -> tuple[str, ...]:
        """Every ``id@year`` there is: the national line first, then by id and year."""
        found = {
            f"{path.parent.name}@{path.stem}"
            for root in self.roots
            for path in (root / "provinces").glob("*/*.yaml")
            if ID.fullmatch(path.parent.name) and re.fullmatch(r"\d{4}", path.stem)
        }
        return tuple(sorted(found, key=lambda name: (not name.startswith(f"{NATIONAL}@"), name)))

    def misplaced(self) -> tuple[Path, ...]:
        """YAML files under ``provinces/`` of the user's own folder that no edition name reaches."""
        own = self.roots[0] / "provinces"
        reached = {
            path for path in own.glob("*/*.yaml") if ID.fullmatch(path.parent.name) and _NAME.fullmatch(path.stem)
        }
        return tuple(sorted(path for kind in ("yaml", "yml") for path in own.rglob(f"*.{kind}") if path not in reached))

    def resolve(self, wanted: str) -> str:
        """``guangxi`` -> ``guangxi@2024`` (its newest edition that is no draft); ``guangxi@2024`` as it is.

        Raises:
            NotFoundError: there is none; the message names the nearest.
        """
        identity, _, year = wanted.partition("@")
        if ID.fullmatch(identity) and re.fullmatch(r"\d{4}", year) and self.file(identity, year):
            return wanted
        editions = self.editions()
        years = [name.partition("@")[2] for name in editions if name.startswith(f"{identity}@")]
        if years and not year:
            return self.settled(identity)[-1]
        if years:
            raise NotFoundError(f"{identity} 没有 {year} 年的配置；现有：{'、'.join(f'{identity}@{y}' for y in years)}")
        identities = sorted({name.partition("@")[0] for name in editions})
        near = difflib.get_close_matches(identity, identities, n=3, cutoff=0.4)
        offer = f"是不是要找：{'、'.join(near)}" if near else f"现有：{'、'.join(identities)}"
        raise NotFoundError(f"没有名为 {wanted} 的配置；{offer}。用 notices list 查看全部")

    def settled(self, identity: str) -> tuple[str, ...]:
        """The editions of an authority by year, without those that say they are drafts, unless all do.

        A draft counts only where it is named.
        """
        every = tuple(name for name in self.editions() if name.partition("@")[0] == identity)
        return tuple(name for name in every if not self._draft(identity, name.partition("@")[2])) or every

    def national_line(self, edition: str, *named: object, nation: str | None = NATIONAL) -> str | None:
        """The national edition an edition stands under: the one answer for comparing, linting, rolling and planning.

        It is the first of ``named`` (what it answers, what it extends) that is one; else the newest that is no draft
        and not younger; else the oldest. None for a national edition, and where there is none. ``nation`` is the id
        of the national editions of its programme, None where that has none.
        """
        identity, _, year = edition.partition("@")
        if nation is None or identity == nation:
            return None
        written = (str(name).replace("/", "@") for name in named)
        wanted = next((name for name in written if name.startswith(f"{nation}@") and name in self.editions()), None)
        settled = sorted(self.settled(nation))
        before = [name for name in settled if name.partition("@")[2] <= year]
        return wanted or next(iter(before[-1:] or settled[:1]), None)

    def _draft(self, identity: str, name: str) -> bool:
        """Whether a file says of itself that it is a draft; its other keys are not built."""
        path = self.file(identity, name)
        try:
            return path is not None and yamlfile.told(path, name, "status") == "draft"
        except ProblemsError:  # whoever reads it for its own sake says why
            return False

    def standing(self) -> Library:
        """The same for one run, in which no file comes, goes or changes: what there is is looked up once."""
        return _Standing(self.roots)

    def load(self, wanted: str) -> Edition:
        """One edition, with everything it extends merged in and every value checked.

        Raises:
            NotFoundError: no such edition. ProblemsError: all problems of its file.
        """
        return self.read(self.find(wanted))

    def find(self, wanted: str) -> Path:
        """The file of an edition by name.

        Raises:
            NotFoundError: no such edition.
        """
        identity, _, year = self.resolve(wanted).partition("@")
        path = self.file(identity, year)
        if path is None:  # pragma: no cover - resolve() has just seen it
            raise NotFoundError(wanted)
        return path

    def read(self, path: Path) -> Edition:
        """The edition a file holds, wherever the file lies."""
        tree, sources = self.tree(path)
        name = self.name_of(path)
        try:
            profile = self.sound(tree, path, name)
        except ProblemsError as error:
            raise ProblemsError([*error.problems, *self.renamed(sources)]) from None
        return Edition(profile, tree.origins, name, sources)

    def sound(self, whole: Tree, path: Path, name: str) -> Profile:
        """The profile a file at ``path`` holds, or would hold; ``whole`` has what it extends merged in.

        Raises:
            ProblemsError: everything wrong with it.
        """
        from notices import programmes  # noqa: PLC0415 - the model is slow to import, and `list` needs none
        from notices.checks.validation import validated  # noqa: PLC0415 - as above

        return validated(whole, name, (path.parent.name, path.stem), programmes.of(self, whole, name))

    def renamed(self, files: Iterable[Path]) -> tuple[Problem, ...]:
        """Old ids in profiles, each with the new one: often why a profile of an earlier version cannot be read."""
        from notices import renamed  # noqa: PLC0415 - `list` needs none

        trees = (parsed(path, self.name_of(path)) for path in files)
        return tuple(problem for tree in trees for problem in (*renamed.ids_of(tree), *renamed.mentions_of(tree)))

    def tree(self, path: Path) -> tuple[Tree, tuple[Path, ...]]:
        """A file's data with what it extends merged in, unchecked, and the files it came from, nearest first."""
        return self._tree(path, ())

    def name_of(self, path: Path) -> str:
        """A file's name in messages: relative to the root it lies in."""
        for root in self.roots:
            if (real := Path(os.path.realpath(path))).is_relative_to(root):
                return real.relative_to(root).as_posix()
        return path.as_posix()

    def whole(self, own: Tree, path: Path) -> Tree:
        """A tree with what it extends merged in: what the file at ``path`` would hold if ``own`` stood there."""
        return self._whole(own, path, ())[0]

    def _tree(self, path: Path, chain: tuple[Path, ...]) -> tuple[Tree, tuple[Path, ...]]:
        return self._whole(parsed(path, self.name_of(path)), path, chain)

    def _whole(self, tree: Tree, path: Path, chain: tuple[Path, ...]) -> tuple[Tree, tuple[Path, ...]]:
        extends = tree.data.get("extends")
        if extends is None:
            return tree, (path,)
        parent = self._parent(tree, extends, path, (*chain, path))
        base, sources = self._tree(parent, (*chain, path))
        return merged(passed_on(base, parent, path), tree), (path, *sources)

    def _parent(self, tree: Tree, extends: object, path: Path, chain: tuple[Path, ...]) -> Path:
        origin = tree.origins[("extends",)]
        match = _EXTENDS.fullmatch(extends) if isinstance(extends, str) else None
        parent = self.file(match["id"], match["name"]) if match else None
        if parent is None:
            message, hint = (
                f"找不到要继承的配置 {extends!r}",
                f"写成 national@2023 的样子；现有：{'、'.join(self.editions())}",
            )
        elif os.path.realpath(parent) in {os.path.realpath(link) for link in chain}:
            message, hint = (
                "继承绕成了圈：" + " → ".join(self.name_of(link) for link in (*chain, parent)),
                "改继承别的版本",
            )
        else:
            return parent
        raise ProblemsError([Problem(self.name_of(path), origin.line, origin.column, "extends", message, hint)])


class _Standing(Library):
    """A library that answers from what it has found before."""

    def standing(self) -> Library:
        return self

    def editions(self) -> tuple[str, ...]:
        return self._editions

    @cached_property
    def _editions(self) -> tuple[str, ...]:
        return super().editions()

    def settled(self, identity: str) -> tuple[str, ...]:
        if identity not in self._settled:
            self._settled[identity] = super().settled(identity)
        return self._settled[identity]

    @cached_property
    def _settled(self) -> dict[str, tuple[str, ...]]:
        return {}


def stands(path: Path) -> bool:
    """Whether something has this name, also a link that leads nowhere: who reads it says so, nothing else is used."""
    return os.path.lexists(path)


def parsed(path: Path, name: str) -> Tree:
    """A file's data, not to be changed: what many extend is parsed once, as long as the file stays as it is.

    Raises:
        ProblemsError: as :func:`notices.profile.yamlfile.read`.
    """
    try:
        state = path.stat()
    except OSError:
        return yamlfile.read(path, name)  # it says why
    return _unchanged(path, name, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=128)
def _unchanged(path: Path, name: str, *_: int) -> Tree:
    return yamlfile.read(path, name)
