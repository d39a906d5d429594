"""An entry added to a section of an edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from notices.editing import placing
from notices.editing.changing import Changed, Given, held, unasked, written
from notices.editing.checking import Checks
from notices.editing.entries import Entries
from notices.editing.kinds import Kind
from notices.editing.reading import MisreadError, read
from notices.editing.writing import put
from notices.errors import NotFoundError, Problem, ProblemsError, near
from notices.history.log import Hand
from notices.library import Library
from notices.profile.facts import Deadline
from notices.profile.people import Contact
from notices.taking.sentences import STEM

_ID: Final = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_ONE_OF: Final = {Deadline: ("date", "annual", "span"), Contact: ("person", "phone", "people")}
"""Of which one must be there, the first where none is given."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A new entry: its section, what is given of it by the name of the part, and its id (empty: the next free one)."""

    section: str
    values: Mapping[str, Given]
    name: str = ""


def add(library: Library, workspace: Path, wanted: str, new: Addition, hand: Hand) -> Changed:
    """Add an entry to a section: what is given, and what must be there besides waits to be confirmed.

    Where the outlines of the edition's papers list the section's entries one by one, it stands behind the last of them.

    Raises:
        NotFoundError: no such edition or section. ProblemsError: what cannot be read, or the errors it would make.
        OutputError: it cannot be written.
    """
    section = new.section
    with held(library, workspace, wanted, hand) as (file, journal):
        entries = Entries(file)
        sections = entries.sections()
        if section not in sections:
            raise NotFoundError(f"没有 {section} 这一类；{near(section, sections)}可以添加的：{'、'.join(sections)}")
        kind = sections[section][1]
        name = new.name or _free(entries, section)
        key = f"{section}.{name}"
        if not _ID.fullmatch(name) or key in entries.by_key:
            message = "已经有这个编号" if key in entries.by_key else f"编号不能是 {name}"
            raise ProblemsError(
                [Problem(file.name, 0, 0, key, message, "不写编号，由程序取；或用小写字母、数字和短横")]
            )
        made = put(file, (*section.split("."), name), kind, _entry(entries, key, kind, new))
        checks = Checks(file)
        made = placing.placed(checks, made, section, key)
        unasked(checks, made, (entries, Entries(made)), [key])
        return replace(written(checks, made, journal, hand), key=key)


def _free(entries: Entries, section: str) -> str:
    return next(f"{STEM}{n}" for n in range(1, 10_000) if f"{section}.{STEM}{n}" not in entries.by_key)


def _entry(entries: Entries, key: str, kind: Kind, new: Addition) -> dict[str, Any]:
    """What is given, and what must be there besides: open where it may be, else as in the entry before."""
    file, section, values = entries.file, new.section, new.values
    beside = [one.data for one in entries.by_key.values() if one.place[:-1] == tuple(section.split("."))]
    made, problems = dict[str, Any](), list[Problem]()
    for part in kind.parts:
        try:
            value = read(part, values.get(part.name), None, entries.around)
        except MisreadError as error:
            problems.append(Problem(file.name, 0, 0, f"{key}.{part.name}", error.message, error.hint))
            continue
        if value is None and part.required:
            value = _awaited(part, beside, entries)
        if value is not None:
            made[part.name] = value
    known = {part.name for part in kind.parts}
    problems += (
        Problem(file.name, 0, 0, f"{key}.{one}", "没有这一项", near(one, known) or "删去它")
        for one in values
        if one not in known
    )
    if problems:
        raise ProblemsError(problems)
    one_of = next((names for model, names in _ONE_OF.items() if kind.model and issubclass(kind.model, model)), ())
    if one_of and not any(one in made for one in one_of):
        first = kind.part(one_of[0])
        made[one_of[0]] = {"pending": first.label if first else one_of[0]}
    return made


def _awaited(part: Kind, beside: list[Mapping[str, Any]], entries: Entries) -> Any:  # noqa: ANN401 - YAML data
    if part.waits:
        return {"pending": part.label}
    last = next((one[part.name] for one in reversed(beside) if part.name in one), None)
    return last if last is not None else next(iter(entries.around.choices(part)), None)
