"""What the page of an edition says beside its pages: its head, the chosen fact, the lists to work through."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import notices
from notices.app import listing
from notices.editing.fields import Addable, Field, FieldGroup, FieldSheet
from notices.errors import Problem, ProblemsError
from notices.history.record import Record
from notices.renewal import accept
from notices.workbench.tasks.edition.changing import Saved
from notices.workbench.tasks.edition.files import PAPERS, KeptFile, earlier
from notices.workbench.tasks.edition.files import listed as files_listed
from notices.workbench.tasks.edition.inputs import Input, Making, inputs, told_at
from notices.workbench.tasks.edition.saying import Saying

if TYPE_CHECKING:
    from notices.api import Workspace
    from notices.renewal.accept import Undecided


@dataclass(frozen=True)
class Wanted:
    """What is to be shown: the list of a ``tab``, the facts with ``query`` in them, a ``fact`` beside it."""

    tab: str = "facts"
    fact: str = ""
    query: str = ""
    saved: Saved | None = None
    """What came of the form that was sent just now."""


@dataclass(frozen=True)
class Head:
    """Whose edition it is, and what stands above everything else."""

    edition: str
    authority: str
    year: int
    status: str
    own: bool
    """Its file lies in the office's folder."""
    revision: str
    papers: tuple[tuple[str, str], ...]
    """The kinds it has, and what they are called."""
    earlier: str | None
    later: str | None
    open: int
    undecided: int
    problems: tuple[Problem, ...]
    """Why it cannot be printed, if so."""


@dataclass(frozen=True)
class Chosen:
    """A fact in the panel."""

    group: FieldGroup
    cited: str
    """Of which paper the clause is."""
    origin: str
    inputs: tuple[Input, ...]
    shown: tuple[Field, ...]
    changes: tuple[Told, ...]


@dataclass(frozen=True)
class Told:
    """A change for the reader."""

    record: Record
    when: str
    at: str


@dataclass(frozen=True)
class OpenValue:
    """A value to be confirmed: its fact, what it is called, and the control it is settled in."""

    group: str
    label: str
    input: Input


@dataclass(frozen=True)
class FactLine:
    """A fact in the list."""

    key: str
    label: str
    text: str
    cite: tuple[str, ...]
    source: str
    open: bool
    undecided: bool


@dataclass(frozen=True)
class Section:
    """What the list has of one section; ``key`` of it, ``lines`` that differ by list."""

    key: str
    label: str
    lines: tuple[Any, ...]


@dataclass(frozen=True)
class Shown:
    """Everything of the page but its pages."""

    head: Head
    chosen: Chosen | None
    listing: Sequence[Any]
    """Of the tab: sections of facts, open values, sections of undecided rules, changes, or files; checks take longer
    and are made apart."""
    saved: Saved | None
    """What came of the form, in the reader's words."""
    addable: tuple[Addable, ...]
    """Sections an entry may be added to."""
    loose: tuple[Problem, ...]
    """What is wrong with the form that was sent and is told at none of its fields."""


EDITION = "edition"
"""In an address, what is said of the edition as a whole: its group of fields has no key."""


def shown(folder: Path | None, name: str, wanted: Wanted) -> Shown:
    """What the page says.

    Raises:
        NotFoundError: no such edition. ProblemsError: its file is no YAML.
    """
    desk = _Desk(folder, name)
    lists: dict[str, Callable[[], Iterable[Any]]] = {
        "facts": lambda: desk.facts(wanted.query),
        "open": lambda: desk.open(wanted.saved),
        "inherited": desk.undecided,
        "history": desk.history,
        "files": desk.files,
        "checks": tuple,
    }
    chosen = desk.chosen(wanted.fact, wanted.saved)
    listing: tuple[Any, ...] = ()
    with contextlib.suppress(ProblemsError):  # the head says what is wrong with it
        listing = tuple(lists[wanted.tab]())
    controls = [*(chosen.inputs if chosen else ()), *(one.input for one in listing if isinstance(one, OpenValue))]
    problems = wanted.saved.problems if wanted.saved else ()
    placed = told_at(controls)
    loose = tuple(one for one in problems if one.key not in placed)
    return Shown(desk.head(), chosen, listing, desk.saved(wanted.saved), desk.sheet.addable, loose)


class _Desk:
    """One edition on the table: what several parts of the page need is read once."""

    def __init__(self, folder: Path | None, name: str) -> None:
        self.folder, self.workspace = folder, notices.open(folder)
        self.handle = self.workspace.edition(name)
        self.name = self.handle.name
        self.library = self.workspace.library
        self.saying = Saying(self.workspace)

    @cached_property
    def sheet(self) -> FieldSheet:
        """Its fields; the year stands where titles leave a place for it."""
        found = self.workspace.fields(self.name)
        year = self.name.partition("@")[2]
        groups = (replace(one, label=one.label.replace("{year}", year)) for one in found.groups)
        return replace(found, groups=tuple(groups))

    @cached_property
    def own(self) -> bool:
        """Whether its file lies in the office's folder."""
        return self.folder is not None and self.library.find(self.name).is_relative_to(self.folder.resolve())

    @cached_property
    def records(self) -> tuple[Record, ...]:
        return self.workspace.history(self.name) if self.own else ()

    @cached_property
    def open_rules(self) -> tuple[Undecided, ...]:
        """What nobody decided."""
        return accept.undecided(self.library, self.name)

    def saved(self, saved: Saved | None) -> Saved | None:
        """What came of a form, days and editions as they are read."""
        if saved is None:
            return None
        said = self.saying.said
        conflicts = (
            replace(one, seen=self._said(one.seen), now=said(one.now), yours=said(str(saved.typed.get(one.key, ""))))
            for one in saved.conflicts
        )
        return replace(saved, conflicts=tuple(conflicts), remarks=tuple(map(said, saved.remarks)))

    def head(self) -> Head:
        record = listing.record(self.name, self.library.tree(self.library.find(self.name))[0])
        problems: tuple[Problem, ...] = ()
        papers: tuple[tuple[str, str], ...] = ()
        undecided = 0
        try:
            papers = tuple((kind, PAPERS[kind]) for kind in self.handle.profile.papers)
            undecided = len(self.open_rules)
        except ProblemsError as error:
            problems = error.problems
        return Head(
            self.name,
            record["authority"] or self.name,
            int(self.name.partition("@")[2]),
            record["status"],
            self.own,
            self.sheet.revision,
            papers,
            earlier(self.workspace, self.name),
            _later(self.workspace, self.name),
            len(record["pending"]),
            undecided,
            problems,
        )

    def chosen(self, key: str, saved: Saved | None) -> Chosen | None:
        """The fact of a key, or of one that stands in it; None where there is none."""
        group = self.sheet.group("" if key == EDITION else key) if key else None
        if group is None:
            return None
        problems, typed = (saved.problems, saved.typed) if saved else ((), {})
        fields = [one for one in group.fields if one.value is not None and not one.technical]
        return Chosen(
            group,
            self._cited(group),
            self._origin(group),
            inputs(group.fields, Making(self.saying, typed, problems)),
            tuple(replace(one, shown=self.saying.said(one.shown)) for one in fields if one.shown != group.label),
            tuple(self.told(one) for one in self.records if any(_within(part.key, group.key) for part in one.told)),
        )

    def _cited(self, group: FieldGroup) -> str:
        cite = next((one for one in group.fields if one.key == f"{group.key}.cite"), None)
        if cite is None or not cite.source:
            return ""
        return "本版原文" if cite.source == self.name else f"{self.saying.called(cite.source)}的原文"

    def _origin(self, group: FieldGroup) -> str:
        how, sources = group.decision, {one.source for one in group.fields if one.value is not None and one.source}
        if how.how == "undecided":
            return f"沿用{self.saying.called(how.base or '')}，还没有人确认"
        if how.how == "accepted":
            signed = f"，{how.by} {how.on} 确认" if how.by else ""
            why = f"（{how.why}）" if how.why else ""
            return f"沿用{self.saying.called(how.base or '')}{signed}{why}"
        others = "、".join(dict.fromkeys(self.saying.called(one) for one in sorted(sources - {self.name})))
        if not others:
            return "本版写的"
        return f"本版引用，文字沿用{others}" if self.name in sources else f"沿用{others}"

    def facts(self, query: str) -> Iterator[Section]:
        """Everything it says, section by section, as far as ``query`` is in it."""
        wanted = query.strip().casefold()
        sections: dict[str, list[FactLine]] = {}
        labels = {one.section: one.section_label for one in self.sheet.groups}
        for group in self.sheet.groups:
            line = self._line(group)
            if wanted in " ".join((labels[group.section], line.label, line.text, *line.cite)).casefold():
                sections.setdefault(group.section, []).append(line)
        for key, lines in sections.items():
            yield Section(key, labels[key], tuple(lines))

    def _line(self, group: FieldGroup) -> FactLine:
        told = "；".join(one.shown for one in group.fields if one.value is not None and not one.technical)
        cite = next((one for one in group.fields if one.key == f"{group.key}.cite"), None)
        theirs = cite.source if cite and cite.source not in {None, self.name} else None
        return FactLine(
            group.key or EDITION,
            group.label if group.text != group.label else "",
            group.text or self.saying.said(told[:80]),
            group.cite if group.fact else (),
            self.saying.called(theirs) if theirs else "",
            any(True for _ in _waiting(group.fields)),
            group.decision.how == "undecided",
        )

    def open(self, saved: Saved | None) -> Iterator[OpenValue]:
        """Every value to be confirmed."""
        problems, typed = (saved.problems, saved.typed) if saved else ((), {})
        for group in self.sheet.groups:
            for one in _waiting(group.fields):
                label = one.label if one.label == group.label else f"{group.label}：{one.label}"
                made = inputs([one], Making(self.saying, typed, problems, suggesting=True))
                yield OpenValue(group.key or EDITION, label, made[0])

    def undecided(self) -> Iterator[Section]:
        """What it takes from another authority and nobody decided, section by section."""
        sections: dict[str, list[FactLine]] = {}
        labels = {one.section: one.section_label for one in self.sheet.groups}
        for one in self.open_rules:
            line = FactLine(one.key, one.what, one.text, (), self.saying.called(one.base), open=False, undecided=True)
            sections.setdefault(one.key.partition(".")[0], []).append(line)
        for key, lines in sections.items():
            yield Section(key, labels.get(key, key), tuple(lines))

    def history(self) -> Iterator[Told]:
        """Every change, newest first."""
        return map(self.told, self.records)

    def told(self, record: Record) -> Told:
        """A change as the reader is told of it."""
        when = record.when
        shown = f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}" if when else ""
        values = (replace(one, before=self._said(one.before), after=self._said(one.after)) for one in record.told)
        return Told(replace(record, told=tuple(values)), shown, when.isoformat() if when else "")

    def _said(self, text: str | None) -> str | None:
        return None if text is None else self.saying.said(text)

    def files(self) -> list[KeptFile]:
        """Every file there is to keep."""
        return files_listed(self.folder, self.name)


def _within(key: str, group: str) -> bool:
    """Whether what changed is a fact's, or the acceptance of it."""
    key = key.removeprefix("source.taken.")
    return key == group or key.startswith((f"{group}.", f"{group}[")) or group.startswith(f"{key}.")


def _waiting(fields: Sequence[Field]) -> Iterator[Field]:
    for one in fields:
        if one.pending is not None:
            yield one
        yield from _waiting(one.parts)


def _later(workspace: Workspace, name: str) -> str | None:
    """The next edition of the same authority; None where there is none."""
    identity, _, year = name.partition("@")
    after = [one for one in workspace.editions() if one.partition("@")[0] == identity and one.partition("@")[2] > year]
    return min(after, default=None)
