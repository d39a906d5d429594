"""Which keys a model takes at a place of its data."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from notices.profile.yamlfile import Key


def keys_at(kind: type[BaseModel], place: Key) -> tuple[str, ...]:
    """Every key of every model that may stand at a place, in order."""
    types: list[Any] = [kind]
    for part in place:
        types = [found for one in types for found in _below(one, part)]
    models = [one for one in types if inspect.isclass(one) and issubclass(one, BaseModel)]
    return tuple(dict.fromkeys(field.alias or name for one in models for name, field in one.model_fields.items()))


def _below(one: Any, part: str | int) -> Iterator[Any]:  # noqa: ANN401 - an annotation
    """The types of what stands at one part of a key."""
    if inspect.isclass(one) and issubclass(one, BaseModel):
        fields = (field for name, field in one.model_fields.items() if part in {name, field.alias})
        yield from (found for field in fields for found in _members(field.annotation))
    elif (origin := get_origin(one)) is not None and inspect.isclass(origin):
        arguments = get_args(one)
        if issubclass(origin, Mapping) == isinstance(part, str) and arguments:
            yield from _members(arguments[-1 if issubclass(origin, Mapping) else 0])


def _members(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - an annotation
    """What a value may be: the members of unions, without the marks pydantic reads."""
    if isinstance(annotation, type) or get_origin(annotation) in {dict, tuple, list}:
        yield annotation
    else:
        for argument in get_args(annotation)[: 1 if hasattr(annotation, "__metadata__") else None]:
            yield from _members(argument)
