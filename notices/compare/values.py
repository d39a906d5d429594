"""Typed values as the comparison holds them: light, frozen, and read strictly from plain YAML data.

The profile's own models check every file in ``lint`` and ``build`` but are slow to import; these are what a
comparison needs of them. What is malformed is refused with its reason, never compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

OPS = (">", ">=", "<", "<=", "==")
UNITS = ("%", "吨标准煤", "项", "家", "人", "份", "年", "个月", "工作日", "日", "级", "小时")
SPAN_UNITS = ("年", "个月", "工作日", "日")
SEVERITIES = ("any", "general", "larger", "major", "extraordinary")
STRENGTHS = ("must", "principle", "prefer", "encourage", "may", "focus", "does")
CATEGORIES = ("factory", "park", "supply-chain", "product")


class MalformedError(ValueError):
    """A value that is not what its key asks for; the text says what was expected."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A value nobody has decided yet."""

    what: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A threshold or a length of time: ``op value unit``. ``fact`` and ``basis`` say of what and how it is counted."""

    op: str
    value: Decimal | Pending
    unit: str
    fact: str = ""
    basis: str = ""


Value: TypeAlias = bool | int | str | tuple[str, ...] | dt.date | Pending | Amount | None
Parser: TypeAlias = Callable[[Any], Value]


def text(value: object) -> str:
    """A text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise MalformedError("应是文字")
    return value


def words(value: object) -> tuple[str, ...]:
    """One text, or a list of texts."""
    if isinstance(value, str):
        return (text(value),)
    if not isinstance(value, list):
        raise MalformedError("应是文字或文字的列表")
    return tuple(text(item) for item in value)


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise MalformedError("应是 true 或 false")
    return value


def count(value: object) -> int:
    """A whole number above nought."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise MalformedError("应是大于 0 的整数")
    return value


def choice(*allowed: str) -> Parser:
    """One of a few words."""

    def parse(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise MalformedError(f"不能是 {value}；可用：{'、'.join(allowed)}")
        return value

    return parse


def categories(value: object) -> tuple[str, ...]:
    """A list of categories."""
    one = choice(*CATEGORIES)
    return tuple(str(one(item)) for item in words(value))


def date(value: object) -> dt.date:
    """2024-05-31."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise MalformedError("日期应写成 2024-05-31 的样子")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise MalformedError(f"没有这一天：{value}") from None


def month_day(value: object) -> str:
    """04-15: a day of every year."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{2}-[0-9]{2}", value):
        raise MalformedError("每年的日期应写成 04-15 的样子")
    date(f"2024-{value}")  # a leap year: 02-29 is a day some years
    return value


def number(value: object) -> Decimal:
    """A figure without a unit."""
    if isinstance(value, bool) or not re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        raise MalformedError("应是数字，单位写在 unit 里")
    return Decimal(str(value))


def or_pending(parse: Parser) -> Parser:
    """A value, or the mark that it is still to be confirmed."""

    def parsed(value: object) -> Value:
        if isinstance(value, Mapping) and "pending" in value:
            _only(value, {"pending", "was", "suggest", "why"})
            return Pending(text(value["pending"]))
        return parse(value)

    return parsed


def limit(value: object) -> Amount:
    """A threshold: ``{fact, op, value, unit, basis}``."""
    found = _only(value, {"fact", "op", "value", "unit", "basis"}, {"fact", "op", "value", "unit"})
    basis = text(found["basis"]) if found.get("basis") is not None else ""
    return _amount(found, UNITS, fact=text(found["fact"]), basis=basis)


def span(value: object) -> Amount:
    """A length of time: ``{value, unit, op, since}``."""
    found = _only(value, {"value", "unit", "op", "since"}, {"value", "unit"})
    since = text(found["since"]) if found.get("since") is not None else ""
    return _amount({"op": "==", **found}, SPAN_UNITS, basis=since)


def _amount(found: Mapping[str, Any], units: tuple[str, ...], *, fact: str = "", basis: str = "") -> Amount:
    value = or_pending(number)(found["value"])  # type: ignore[arg-type]
    assert isinstance(value, Decimal | Pending)  # noqa: S101 - what the parser gives
    return Amount(str(choice(*OPS)(found["op"])), value, str(choice(*units)(found["unit"])), fact, basis)


def _only(value: object, known: set[str], needed: set[str] = frozenset()) -> Mapping[str, Any]:  # type: ignore[assignment]
    if not isinstance(value, Mapping):
        raise MalformedError("应是“键: 值”的组")
    if unknown := [str(name) for name in value if name not in known]:
        raise MalformedError(f"不认识的键 {'、'.join(unknown)}")
    if missing := [name for name in sorted(needed) if value.get(name) is None]:
        raise MalformedError(f"缺少 {'、'.join(missing)}")
    return value
