"""A typed value of the profile in one form for all its spellings, and on its own in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from notices.compare.spelling import folded
from notices.profile import Duration, Limit, Pending
from notices.profile.values import Model, Op
from notices.wording.words import COUNTED, bound, day, joined, pending


class CanonicalMeasure(NamedTuple):
    """A limit or a span in one form for all its spellings; ``size`` is what is awaited while it is to be confirmed."""

    op: Op
    size: Decimal | str
    unit: str
    fact: str
    basis: str


def measure(value: Limit | Duration) -> CanonicalMeasure:
    """One form for one amount: years as months, 超过9人 as 不少于10人; spelling of the basis folded."""
    op, unit = value.op, str(value.unit)
    fact, basis = (value.fact, value.basis) if isinstance(value, Limit) else ("", value.since)
    if isinstance(value.value, Pending):
        return CanonicalMeasure(op, value.value.pending, unit, fact, folded(basis or ""))
    size = value.value.normalize()
    if unit == "年":
        size, unit = (size * 12).normalize(), "个月"
    if unit in COUNTED and size == int(size) and op in {">", "<"}:
        size, op = (size + 1, ">=") if op == ">" else (size - 1, "<=")
    return CanonicalMeasure(op, size, unit, fact, folded(basis or ""))


def canonical(value: object) -> object:
    """A typed value in one form for all its spellings: equal forms are equal values."""
    match value:
        case str():
            return folded(value).rstrip("/")
        case tuple():
            return frozenset(canonical(one) for one in value)
        case Limit() | Duration():
            return measure(value)
        case Pending():
            return ("pending", value.pending)
        case Model():
            return frozenset((name, canonical(one)) for name, one in value)
        case Mapping():
            return frozenset((name, canonical(one)) for name, one in value.items())
        case _:
            return value


def plain(value: object) -> str:
    """Any value on its own, in words."""
    match value:
        case None | ():
            return "未写"
        case bool():
            return "是" if value else "否"
        case tuple():
            return joined(map(plain, value))
        case Limit() | Duration():
            return bound(value)
        case Pending():
            return pending(value)
        case dt.date():
            return day(value)
        case Model():
            return "，".join(plain(one) for _, one in value if one is not None and one != ())
        case _:
            return str(value)
