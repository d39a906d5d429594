"""The library's face: ``notices.open()`` gives a workspace, a workspace gives editions, and they give values and bytes.

Nothing here prints; ``roll``, ``adopt``, ``confirm``, ``confirm_sheet``, ``accept``, ``apply``, ``change``, ``add`` and
``take_back`` write. What goes wrong is a :class:`~notices.errors.NoticesError`, of the input a
:class:`~notices.errors.ProblemsError`, whose ``problems`` say file, line, column, key, what is wrong and what to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notices.errors import NotFoundError, Problem, ProblemsError
from notices.library import Library

if TYPE_CHECKING:
    from notices.app.comparison import Difference, Overview
    from notices.app.edition import EditionHandle
    from notices.app.inspecting import Checked
    from notices.app.recasting import Typeset
    from notices.app.redlining import Compared
    from notices.document.blocks import Format
    from notices.editing.changing import Changed, Given
    from notices.editing.fields import FieldSheet
    from notices.history.record import Record
    from notices.inspection.finding import FindingLevel
    from notices.profile import PaperKind
    from notices.recast.make import Correction, Wishes
    from notices.redline.resolve import Resolution
    from notices.renewal.accept import Accepted
    from notices.renewal.confirm import Confirmed
    from notices.renewal.roll import Rolled
    from notices.renewal.sheet import Applied
    from notices.taking.take import Taken


def open(path: str | Path | None = None) -> Workspace:  # noqa: A001 - read as notices.open
    """A workspace: a folder whose ``provinces/`` and ``templates/`` overlay the shipped ones; None: the shipped alone.

    Raises:
        NotFoundError: there is no such folder.
    """
    folder = None if path is None else Path(path)
    if folder is not None and not folder.is_dir():
        raise NotFoundError(f"没有文件夹 {folder}")
    return Workspace(folder)


@dataclass(frozen=True)
class Workspace:
    """A folder of an office, or the shipped profiles alone. Profiles are read when they are asked for."""

    path: Path | None = None

    @cached_property
    def library(self) -> Library:
        """Where profiles, templates and fonts are looked up."""
        return Library.at(self.path)

    def editions(self) -> tuple[str, ...]:
        """Every edition by name, ``guangxi@2024``: the national line first."""
        return self.library.editions()

    def edition(self, name: str) -> EditionHandle:
        """An edition by name: ``guangxi@2024``, or ``guangxi`` for its newest that is no draft.

        Raises:
            NotFoundError: there is none; the message names the nearest.
        """
        from notices.app.edition import EditionHandle

        return EditionHandle(self.library, self.path, self.library.resolve(name))

    def listing(self) -> tuple[tuple[dict[str, Any], ...], tuple[Problem, ...]]:
        """A record an edition (``edition, authority, status, file, documents, pending``), and what cannot be read."""
        from notices.app import listing

        records: list[dict[str, Any]] = []
        problems: list[Problem] = []
        for name in self.library.editions():
            try:
                records.append(listing.record(name, self.library.tree(self.library.find(name))[0]))
            except ProblemsError as error:
                problems += error.problems
        return tuple(records), tuple(problems)

    def problems(self, *paths: str | Path, since: dt.date | None = None) -> tuple[Problem, ...]:
        """What lint finds in files, folders or editions (none: in everything), sorted by place; warnings as well.

        ``since``: sources must have been read again since that day.

        Raises:
            NotFoundError: a path that is neither there nor an edition.
        """
        return self.lint(*paths, since=since)[1]

    def lint(self, *paths: str | Path, since: dt.date | None = None) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
        """The files that were looked at, and what :meth:`problems` gives."""
        from notices.lints.linting import lint_files, profile_files, strays

        files = profile_files(self.library, [Path(path) for path in paths])
        found = [*([] if paths else strays(self.library)), *lint_files(self.library, files, since)]
        return tuple(files), tuple(sorted(found))

    def diff(self, left: str, right: str, topics: Sequence[str] = (), *, everything: bool = False) -> Difference:
        """Two editions rule by rule: ``.changes`` (``verdict, reason, left, right``), ``.write("xlsx")``.

        Args:
            left: an edition.
            right: an edition; verdicts are of it, seen from the left one.
            topics: which to compare, none for all.
            everything: show in tables what is the same, too.

        Raises:
            NotFoundError: no such edition or topic. ProblemsError: everything wrong with either.
        """
        from notices.app import comparison

        return comparison.difference(self.library, left, right, topics, everything=everything)

    def matrix(self, *names: str, topics: Sequence[str] = ()) -> Overview:
        """Editions beside each other (none: every authority's newest): ``.matrix.rows``, ``.write("html")``.

        Raises:
            NotFoundError: no such edition or topic. ProblemsError: everything wrong with any of them.
        """
        from notices.app import comparison

        return comparison.overview(self.library, names, topics)

    def redline(
        self,
        old: bytes | str,
        new: bytes | str,
        *,
        kind: str = "notice",
        author: str | None = None,
        date: dt.date | None = None,
        existing: Resolution | None = None,
        front: bool = False,
    ) -> Compared:
        """Two Word files (bytes), or two editions (names), as one with tracked changes, proven; ``.write("docx")``.

        Args:
            old: what there was.
            new: what there is.
            kind: which paper of an edition, ``notice`` or ``rules``.
            author: who the changes are by.
            date: when they were made.
            existing: ``accept`` or ``reject`` what is tracked in the files already; without it they are refused.
            front: a page in front that sums the changes up.

        Raises:
            NotFoundError: no such edition or paper. ProblemsError: a file cannot be compared.
        """
        from notices.app import redlining

        called = (("旧件", old), ("新件", new))
        one, two = (
            redlining.RedlineSide(name, side)
            if isinstance(side, bytes)
            else redlining.of_edition(self.library, side, kind)
            for name, side in called
        )
        return redlining.compared(self.library, one, two, author=author, date=date, existing=existing, front=front)

    def check(
        self,
        paper: bytes | str | Path,
        *,
        name: str = "文件.docx",
        rules: str | Path | None = None,
        only: Sequence[str] = (),
        level: FindingLevel = "note",
    ) -> Checked:
        """Anybody's paper held against GB/T 9704-2012: ``.inspection.findings``, ``.sound``, ``.write("docx")``.

        Args:
            paper: a path, or the bytes of a file; ``name`` then says by its ending what it is.
            name: what messages call bytes.
            rules: an office's own figures, a YAML file.
            only: ids of rules, none for all.
            level: the lowest level wanted.

        Raises:
            NotFoundError: no such rule. ProblemsError: a file cannot be read.
        """
        from notices.app import inspecting

        called, content = (
            (name, paper) if isinstance(paper, bytes) else (Path(paper).name, inspecting.content(Path(paper)))
        )
        own = None if rules is None else Path(rules)
        return inspecting.checked(self.library, called, content, rules=own, only=only, level=level)

    def typeset(
        self,
        name: str,
        content: bytes,
        formats: Sequence[Format] = ("docx",),
        *,
        wishes: Wishes | None = None,
        correct: Correction = tuple,
    ) -> Typeset:
        """Any text on the official page: ``.files`` by format, ``.recast`` with every part, ``.proven`` characters.

        ``name`` says by its ending what the bytes are; ``correct`` may change what paragraphs were taken for.

        Raises:
            ProblemsError: it cannot be set, and why. LossError: a character would be lost. MissingPartError: fonts.
        """
        from notices.app import recasting

        return recasting.typeset(self.library, name, content, formats=formats, wishes=wishes, correct=correct)

    def roll(self, edition: str, to: int) -> Rolled:
        """Write next year's edition into the workspace: ``.path``, and ``.items``, all that is to be confirmed.

        Raises:
            NotFoundError, RollError, ProblemsError, OutputError: see :func:`notices.renewal.roll.roll`.
        """
        from notices.renewal.roll import roll

        return roll(self.library, edition, to, self._own())

    def adopt(self, edition: str) -> Path:
        """Copy an edition that came with the program into the workspace, to change it there; the path of the copy.

        Raises:
            NotFoundError: no such edition. ProblemsError: the workspace has it. OutputError: it cannot be written.
        """
        from notices.renewal.adopt import adopt

        return adopt(self.library, edition, self._own())

    def confirm(self, edition: str, key: str, value: str | None = None) -> Confirmed:
        """Settle one open value in the workspace's own file; None takes what is suggested.

        Raises:
            NotFoundError: no such open value. ProblemsError: the value does not fit, or the file is not the office's.
        """
        from notices.renewal.confirm import confirm

        return confirm(self.library, edition, key, value, self._own())

    def accept(self, edition: str, key: str, *, by: str, on: dt.date, why: str | None = None) -> Accepted:
        """Take over what is inherited from another authority at a key, or all below it: ``.covered``, ``.open``.

        Raises:
            NotFoundError: nothing undecided there. ProblemsError: the file is not sound, or not the office's.
        """
        from notices.renewal.accept import Signature, accept

        return accept(self.library, edition, key, Signature(by, on, why), self._own())

    def open_sheet(self, edition: str) -> bytes:
        """An Excel sheet with a row for everything that is open in an edition, to be filled in.

        Raises:
            NotFoundError: no such edition. ProblemsError: everything wrong with its file.
        """
        from notices.renewal import sheet

        return sheet.made(self.library, edition)

    def confirm_sheet(self, edition: str, path: str | Path) -> Applied:
        """Settle all that such a sheet has filled in, or nothing: ``.settled``, ``.before``, ``.open``.

        Raises:
            NotFoundError: no such edition. ProblemsError: every bad cell by its address.
        """
        from notices.renewal import sheet

        return sheet.apply(self.library, edition, Path(path), self._own())

    def take(
        self,
        returned: bytes,
        edition: str,
        kind: PaperKind = "notice",
        *,
        name: str = "改稿",
        declined: Collection[tuple[object, ...]] = (),
    ) -> Taken:
        """A Word file that went round and came back changed, against its edition: ``.taken``, ``.listed``, ``.text``.

        Nothing is written; :meth:`apply` writes it. ``name`` is what messages call the file; ``declined`` are names of
        changes that are not wanted.

        Raises:
            NotFoundError: no such edition or paper. ProblemsError: no Word file, or not this edition's paper.
        """
        from notices.taking.office import read
        from notices.taking.take import take

        return take(self.library, edition, read(name, returned), kind, declined)

    def apply(self, taken: Taken) -> None:
        """Write what was taken into the workspace's own file.

        Raises:
            ProblemsError: the file is not the office's, or was changed meanwhile. OutputError: it cannot be written.
        """
        from notices.taking.take import apply

        apply(taken, self._own())

    def fields(self, edition: str) -> FieldSheet:
        """Every value as a field of its kind: ``.groups`` of ``.fields``, ``.revision``; also of one with errors.

        Raises:
            NotFoundError: no such edition. ProblemsError: its file cannot be read.
        """
        from notices.editing.fields import fields

        return fields(self.library, edition)

    def change(
        self,
        edition: str,
        values: Mapping[str, Given],
        *,
        revision: str,
        who: str,
        when: dt.datetime,
        seen: Mapping[str, Any] | None = None,
    ) -> Changed:
        """Change values by the keys of their fields, all or none, in the workspace's file: ``.record``, ``.revision``.

        Args:
            edition: whose.
            values: what was written, by key: a text as in the field, or the value; None takes it away; or a
                :class:`notices.Decide` by the key of a fact.
            revision: ``FieldSheet.revision`` as it was seen.
            who: who changes it.
            when: now, with its time zone.
            seen: what was seen, by key, where it is known.

        Raises:
            NotFoundError: no such edition. StaleError: somebody else changed the same values since.
            ProblemsError: everything wrong, by key; or the file is not the office's. OutputError: not written.
        """
        from notices.editing.changing import change
        from notices.history.log import Hand

        hand = Hand(who, when)
        return change(self.library, self._own(), edition, values, revision=revision, hand=hand, seen=seen)

    def add(
        self, edition: str, section: str, values: Mapping[str, Given], *, who: str, when: dt.datetime, name: str = ""
    ) -> Changed:
        """Add an entry to a section (``contacts``, ``exclusions.items``), by the names of its parts: ``.key``.

        Raises:
            NotFoundError: no such edition or section. ProblemsError: everything wrong. OutputError: not written.
        """
        from notices.editing.adding import Addition, add
        from notices.history.log import Hand

        return add(self.library, self._own(), edition, Addition(section, values, name), Hand(who, when))

    def history(self, edition: str) -> tuple[Record, ...]:
        """Every change of an edition in the workspace, newest first: ``number, who, when, told, undone``.

        Raises:
            NotFoundError: no such edition. ProblemsError: the history is damaged.
        """
        from notices.editing.backing import history

        return history(self.library, self._own(), edition)

    def take_back(self, edition: str, number: int, *, who: str, when: dt.datetime) -> Changed:
        """Take one change back, by its number; a change of its own.

        Raises:
            NotFoundError: no such edition or change. ProblemsError: why it cannot be. OutputError: not written.
        """
        from notices.editing.backing import take_back
        from notices.history.log import Hand

        return take_back(self.library, self._own(), edition, number, Hand(who, when))

    def facts_sheet(self, category: str, programme: str | None = None, *, many: bool = True) -> bytes:
        """The Excel sheet to collect applicants' facts with, for every edition of a programme: a row each, or of one.

        Raises:
            NotFoundError: no such category, or several programmes have it.
        """
        from notices.app import judging

        return judging.facts_sheet(self.library, category, programme, many=many)

    def _own(self) -> Path:
        if self.path is None:
            raise NotFoundError("自带的配置不能改；用 notices.open(自己的文件夹)")
        return self.path
