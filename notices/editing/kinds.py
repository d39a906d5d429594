"""The kind of field each value of a profile is changed in, derived from the models: nothing is listed fact by fact."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from notices.app.keys import PARTS
from notices.profile.facts import Url
from notices.profile.people import Email, Person, Phone, Postcode
from notices.profile.values import CHOICES, Duration, Limit, MonthDay, Op, Pending, Test, Time
from notices.wording.words import BOUNDS

FieldKind: TypeAlias = Literal[
    "text", "date", "annual", "time", "number", "whole", "flag", "choice",
    "phone", "email", "url", "postcode",
    "limit", "duration", "person", "table", "confirm",
    "list", "map",
]  # fmt: skip
"""What a field holds. ``limit`` and ``duration`` are a bound, a number and a unit; ``table`` is named parts; ``list``
and ``map`` hold many of ``item``."""


@dataclass(frozen=True)
class Kind:
    """How one value is asked for. ``name`` is its key in the file, ``label`` and ``hint`` are the reader's.

    ``names`` are the values it may have (the keys of a map), each as it is called. Otherwise they are ``among`` the
    entries of a section (``actors``), or what the programme knows (``known``: ``categories``, ``units``).
    """

    kind: FieldKind
    name: str = ""
    label: str = ""
    hint: str = ""
    required: bool = False
    waits: bool = False
    """It may be left to be confirmed."""
    alone: bool = False
    """A list of one may stand without brackets."""
    technical: bool = False
    """It holds ids that no reader of a notice meets."""
    names: Mapping[str, str] | None = None
    among: str | None = None
    known: str | None = None
    item: Kind | None = None
    parts: tuple[Kind, ...] = ()
    model: type[BaseModel] | None = None
    default: Any = None

    def part(self, name: str) -> Kind | None:
        """The kind of what stands at one part of a key below it."""
        if self.kind in {"list", "map"}:
            return self.item
        return next((one for one in self.parts if one.name == name), None)


@cache
def kinds_of(model: type[BaseModel]) -> tuple[Kind, ...]:
    """The fields of a model, in its order."""
    return tuple(_field(field.alias or name, field) for name, field in model.model_fields.items())


def _field(name: str, field: FieldInfo) -> Kind:
    found = _kind(field.annotation, (*field.metadata, field))
    text = field.description or ""
    label = field.title or re.split("[，；：。（]", text)[0]
    among = re.search(r"（([a-z]+) 里的编号）", text)
    default = None if field.is_required() or field.default is None else _plain(field.default)
    found = replace(
        found,
        name=name,
        label=label,
        hint=text,
        required=field.is_required(),
        default=default,
        technical=found.model is Test or name in _IDS,
    )
    if among and found.kind == "list" and found.item:
        return replace(found, item=replace(found.item, kind="choice", among=among[1]))
    return replace(found, kind="choice", among=among[1]) if among else found


_IDS: Final = frozenset({"fact", "forms", "any_of", "binds"})
"""Keys of values the program reads, besides a whole ``test``."""


def _plain(value: object) -> Any:  # noqa: ANN401 - YAML data
    if isinstance(value, tuple):
        return list(value)
    return value.model_dump() if isinstance(value, BaseModel) else value


_TEXTS: Final[tuple[tuple[Any, FieldKind], ...]] = (
    (MonthDay, "annual"),
    (Time, "time"),
    (Url, "url"),
    (Phone, "phone"),
    (Email, "email"),
    (Postcode, "postcode"),
)
"""Texts of a form of their own."""
_CLASSES: Final[dict[type, FieldKind]] = {
    bool: "flag",
    int: "whole",
    Decimal: "number",
    dt.date: "date",
    Limit: "limit",
    Duration: "duration",
    Person: "person",
}


def _kind(annotation: Any, metadata: tuple[Any, ...] = ()) -> Kind:  # noqa: ANN401 - an annotation
    """The kind of what an annotation allows; a text where nobody foresaw it."""
    members = list(_members(annotation, metadata))
    waits = any(one is Pending for one, _ in members)
    kept = [(one, marks) for one, marks in members if one not in {Pending, NoneType}]
    found = _one(*kept[0]) if len(kept) == 1 else Kind("text" if kept else "confirm")
    return replace(found, waits=waits or found.waits)


def _members(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:  # noqa: ANN401
    """What a value may be, each with the marks pydantic reads."""
    if hasattr(annotation, "__metadata__"):
        yield from _members(annotation.__origin__, (*metadata, *annotation.__metadata__))
    elif get_origin(annotation) in {Union, UnionType}:
        for one in get_args(annotation):
            yield from _members(one, metadata)
    else:
        yield annotation, metadata


def _one(annotation: Any, marks: tuple[Any, ...]) -> Kind:  # noqa: ANN401 - an annotation
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        alone = any(getattr(getattr(mark, "func", None), "__name__", "") in {"_words", "one_or_more"} for mark in marks)
        return Kind("list", alone=alone, item=_kind(arguments[0]))
    if origin is dict:
        keys = _named(get_args(arguments[0])) if get_origin(arguments[0]) is Literal else None
        return Kind("map", item=_kind(arguments[1]), known=_known(_marks(arguments[0])), names=keys)
    if origin is Literal:
        return Kind("choice", names=_named(arguments))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Kind(_CLASSES.get(annotation, "table"), model=annotation, parts=kinds_of(annotation))
    if annotation in _CLASSES:
        return Kind(_CLASSES[annotation])
    if known := _known(marks):
        return Kind("choice", known=known)
    return Kind(next((kind for alias, kind in _TEXTS if any(one in marks for one in _marks(alias))), "text"))


def _marks(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401 - an annotation
    return getattr(annotation, "__metadata__", ())


def _known(marks: tuple[Any, ...]) -> str | None:
    """Which values of the programme a text may be."""
    extra = [getattr(mark, "json_schema_extra", None) for mark in marks]
    return next((one[CHOICES] for one in extra if isinstance(one, dict) and CHOICES in one), None)


@cache
def _named(values: tuple[str, ...]) -> Mapping[str, str]:
    """What each of some values is called: as a description names them all, wherever the models ask for them."""
    if values == get_args(Op):
        return {op: bound.written or "等于" for op, bound in BOUNDS.items()}
    described = [field.description or "" for _, model in PARTS for field in model.model_fields.values()]
    for text in described:
        found = {value: match[1] for value in values if (match := re.search(rf"\b{value} ([^、，；。\s]+)", text))}
        if len(found) == len(values):
            return found
    return {value: value or "不加" for value in values}
