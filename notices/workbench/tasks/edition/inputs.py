"""A field of an edition as it stands in a form: which control, what stands in it, what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from notices.editing.fields import Field, Waiting
from notices.errors import Problem
from notices.workbench.tasks.edition.saying import Saying

Control: TypeAlias = Literal["line", "lines", "date", "select", "ticks", "people", "parts", "settle"]
_LONG: Final = 26
"""Characters that fit a line of the panel; a longer text gets several."""
_MODES: Final = {"number": "decimal", "whole": "numeric", "phone": "tel", "postcode": "numeric", "email": "email"}
_LAST: Final = ("label", "cite", "note")
"""What stands behind what a fact says."""
_ANSWERS: Final = "answers"
"""The one text that names an edition: the national notice an edition rests on."""
_PLACES: Final = "花括号里的由程序填写，照样留着"
_FLAG: Final = (("是", "是"), ("否", "否"))


@dataclass(frozen=True)
class Input:
    """One control. ``held`` is what stands in it now, ``seen`` what stood there when it was made."""

    key: str
    label: str
    control: Control
    held: str = ""
    seen: str = ""
    options: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()
    """Name, telephones, mail of each, and one more to be filled in."""
    parts: tuple[Input, ...] = ()
    mode: str = "text"
    required: bool = False
    several: bool = False
    """A line an item."""
    beside: bool = False
    """Its parts stand in one row: a bound, a number, a unit."""
    filled: bool = True
    technical: bool = False
    note: str = ""
    pending: Waiting | None = None
    wrong: tuple[Problem, ...] = ()
    suggested: bool = False
    """What stands in it is what is suggested."""


@dataclass(frozen=True)
class Making:
    """What controls are made with: the reader's words, what was ``typed`` by key, what was wrong with it.

    ``suggesting``: what is suggested for an open value stands in its control already, to be confirmed.
    """

    saying: Saying
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    suggesting: bool = False


def inputs(fields: Iterable[Field], making: Making) -> tuple[Input, ...]:
    """The controls of some fields, what a fact says first."""
    made = [_input(one, making) for one in fields]
    return tuple(sorted(made, key=lambda one: one.key.rpartition(".")[2] in _LAST))


def told_at(controls: Iterable[Input]) -> set[str]:
    """The keys of problems that are told at some controls."""
    return {problem.key for one in controls for problem in one.wrong} | {
        key for one in controls if one.parts for key in told_at(one.parts)
    }


def _input(one: Field, making: Making) -> Input:
    control, seen = _control(one), _seen(one)
    suggested = (one.pending.suggest if one.pending and making.suggesting else None) or seen
    held = making.typed.get(one.key, suggested)
    parts = [part for part in one.parts if part.value is not None or part.required or one.kind in {"limit", "duration"}]
    shown = making.saying.said(one.day) or (_PLACES if "{" in held else "")
    return Input(
        one.key,
        one.label,
        control,
        held,
        seen,
        _options(one, making),
        tuple(_person(line) for line in (*held.split("\n"), "")) if control == "people" else (),
        tuple(_input(part, making) for part in parts if not part.technical) if control == "parts" else (),
        _MODES.get(one.kind, "text"),
        one.required,
        one.kind == "list",
        one.kind in {"limit", "duration"},
        one.value is not None or one.key in making.typed,
        one.technical,
        shown,
        _waiting(one, making),
        tuple(_wrong(one.key, control, making.problems)),
        making.suggesting and suggested != seen,
    )


def _options(one: Field, making: Making) -> tuple[tuple[str, str], ...]:
    if one.key == _ANSWERS:
        return making.saying.national()
    return _FLAG if one.kind == "flag" else one.choices


def _waiting(one: Field, making: Making) -> Waiting | None:
    said = making.saying.said
    if one.pending is None:
        return None
    was, suggest, why = (said(text) or None for text in (one.pending.was, one.pending.suggest, one.pending.why))
    return Waiting(one.pending.what, was, suggest, why)


def _wrong(key: str, control: Control, problems: Sequence[Problem]) -> Iterator[Problem]:
    """What is wrong with a field; with what is below it, too, where that has no control of its own."""
    below = () if control == "parts" else (f"{key}.", f"{key}[")
    return (one for one in problems if one.key == key or one.key.startswith(below))


def _control(one: Field) -> Control:
    if one.kind == "confirm":
        return "settle"
    if "person" in {one.kind, one.many}:
        return "people"
    if one.many == "choice":
        return "ticks"
    if one.parts and one.value is not None:
        return "parts"
    if one.kind in {"choice", "flag"} or one.key == _ANSWERS:
        return "select"
    if one.kind == "date":
        return "date"
    return "lines" if one.kind == "list" or "\n" in one.text or len(one.text) > _LONG else "line"


def _seen(one: Field) -> str:
    """What stands in its control: a value chosen, or a day, as the file has it, else as it is written."""
    if one.kind in {"choice", "date"} and one.many is None:
        return str(one.value) if isinstance(one.value, str) else ""
    return one.text


def _person(line: str) -> tuple[str, str, str]:
    """Name, telephones, mail of a line 张三 0771-1234567 z@example.com."""
    words = line.split()
    mail = next((word for word in words if "@" in word), "")
    name = next((word for word in words if word != mail and not any(char.isdigit() for char in word)), "")
    return name, " ".join(word for word in words if word not in {mail, name}), mail
