"""A value of a file as it is written in a field, and as it reads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from notices.editing.kinds import Kind
from notices.marks import unmarked, waiting
from notices.profile.values import Duration
from notices.wording.words import bound, day, month_day

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIGURE: Final = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Around:
    """What a field is read beside: the edition's year, and the values a choice has (by value, what it is called)."""

    year: int
    choices: Callable[[Kind], Mapping[str, str]]


def waits(value: object) -> bool:
    """Whether a value is still to be confirmed."""
    return isinstance(value, Mapping) and isinstance(value.get("pending"), str)


def typed(kind: Kind, value: Any, around: Around) -> str:  # noqa: ANN401 - YAML data
    """A value as it is written in its field; empty for none, and for one of parts or to be confirmed."""
    if value is None or waits(value):
        return ""
    if kind.kind == "list":
        return "\n".join(reads(kind.item or kind, one, around) for one in listed(value))
    open_ = kind.kind in {"limit", "duration"} and isinstance(value, Mapping) and waits(value.get("value"))
    return "" if open_ or kind.kind in {"table", "map", "confirm"} else reads(kind, value, around)


def reads(kind: Kind, value: Any, around: Around) -> str:  # noqa: ANN401, C901 - one case a kind
    """A value as it reads."""
    if value is None:
        return ""
    if waits(value):
        return unmarked(waiting(value["pending"]))
    match kind.kind:
        case "date" if isinstance(value, str) and _DAY.fullmatch(value):
            return day(dt.date.fromisoformat(value)) if is_day(value) else value
        case "annual" if isinstance(value, str) and re.fullmatch(r"\d{2}-\d{2}", value):
            return month_day(value)
        case "flag":
            return "是" if value is True else "否" if value is False else str(value)
        case "choice":
            return around.choices(kind).get(str(value), str(value))
        case "limit" | "duration" if isinstance(value, Mapping):
            return _measure(value)
        case "person" if isinstance(value, Mapping):
            phones = listed(value.get("phone"))
            told = [value.get("person"), *phones, value.get("email")]
            return " ".join(reads(Kind("text"), one, around) for one in told if one)
        case "list" if kind.item:
            return "、".join(reads(kind.item, one, around) for one in listed(value))
        case "map" | "table" if isinstance(value, Mapping):
            shown = ((kind.part(str(name)), name, one) for name, one in value.items())
            return "；".join(
                f"{_called(part, name)}：{reads(part or Kind('text'), one, around)}" for part, name, one in shown
            )
    return str(value)


def _called(part: Kind | None, name: object) -> str:
    return (part.label if part else "") or str(name)


def is_day(value: str) -> bool:
    """Whether there is such a day: 2024-02-30 is none."""
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _measure(value: Mapping[str, Any]) -> str:
    """不低于60%; what its number waits for, should it be open."""
    number, unit, op = value.get("value"), value.get("unit"), value.get("op", "==")
    if waits(number):
        return unmarked(waiting(str(number and number["pending"]))) + str(unit or "")
    if not _FIGURE.fullmatch(str(number)) or not isinstance(unit, str):
        return f"{op} {number} {unit or ''}".strip()
    try:
        return bound(Duration.model_construct(value=Decimal(str(number)), unit=unit, op=op))
    except KeyError:
        return f"{op} {number}{unit}"


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - YAML data
    """A list, or what stands alone, or nothing, as a list."""
    return list(value) if isinstance(value, list) else [] if value is None else [value]
