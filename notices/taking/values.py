"""What a changed stretch of a paper says as a value: a day, an hour, a figure with its bound, copies, a name."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from notices.profile import Duration, Limit, Profile
from notices.profile.values import Op
from notices.profile.yamlfile import Key
from notices.wording.spelling import amounts, days, tidy
from notices.wording.words import BOUNDS, figure

Values = tuple[tuple[Key, object], ...]
"""Keys with what is to be written there; None takes it out."""

_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
DAYS: Final = frozenset({"date", "issued", "printed"})
"""Keys whose values are days."""


def reread(profile: Profile, key: Key, text: str) -> Iterator[Values]:
    """The values a text may say where the value at ``key`` stood; none where it is half of one to be confirmed."""
    if not set("【】{}") & set(text):
        yield from _reread(profile, key, text)


def _reread(profile: Profile, key: Key, text: str) -> Iterator[Values]:
    name = key[-1]
    if name == "confirm":
        if not text.strip():
            yield ((key, None),)
    elif name in DAYS:
        yield from _day(profile, key, text)
    elif name == "annual":
        yield from (((key, day),) for day in annual_days(text))
    elif name == "time":
        hour = clock(text)
        if hour or not text.strip():
            yield ((key, hour),)
    elif name in {"value", "copies"}:
        number = figure(tidy(text))
        if number is not None:
            yield ((key, written(number)),)
    elif text.strip():
        yield ((key, text.strip()),)


def _day(profile: Profile, key: Key, text: str) -> Iterator[Values]:
    match = re.fullmatch(rf"(.*?)\s*({_CLOCK.pattern})?", text.strip())
    if match is None:
        return
    for day in dates(match[1], profile.year):
        values: Values = ((key, day.isoformat()),)
        if match[2] and key[0] == "deadlines":
            values += (((*key[:-1], "time"), f"{int(match[3]):02}:{match[4]}"),)
        if key[0] == "deadlines" or not match[2]:
            yield values


def dates(text: str, year: int) -> Iterator[dt.date]:
    """The day a text is, in ``year`` where it names none; none where there is no such day."""
    for one in _only(text):
        with contextlib.suppress(ValueError):
            yield dt.date(one.year or year, one.month, one.day)


def annual_days(text: str) -> Iterator[str]:
    """The day of every year a text is: ``04-15``."""
    yield from (f"{one.month:02}-{one.day:02}" for one in _only(text))


def clock(text: str) -> str | None:
    """The hour a text is: ``09:30``."""
    match = _CLOCK.fullmatch(text.strip())
    return f"{int(match[1]):02}:{match[2]}" if match else None


def _only(text: str) -> Iterator[Any]:
    """The one day a text is."""
    plain = tidy(text)
    found = days(plain)
    if len(found) == 1 and found[0].shown == plain:
        yield found[0]


def bounded(held: Limit | Duration, key: Key, text: str) -> Iterator[Values]:
    """The bound and the figure a text says where a whole limit stood: 不低于60%."""
    plain = tidy(text)
    for unit in dict.fromkeys((held.unit, held.unit.replace("个月", "月"))):
        for one in amounts(plain, unit):
            before, behind = plain[: one.start], plain[one.end :]
            if len(before) > 5 or len(behind) > 4:
                continue
            changed = [((*key, "value"), written(one.value))] if one.value != held.value else []
            changed += [((*key, "op"), one.op)] if one.op != held.op else []
            if changed:
                yield tuple(changed)


def measured(text: str, units: Iterable[str]) -> tuple[Op | None, Decimal, str] | None:
    """The bound (None: it says none), the figure and the unit a text is and nothing else: 不低于60%, 7个工作日以上."""
    plain = tidy(text).removeprefix("近")
    for unit in units:
        for one in amounts(plain, unit):
            before, behind = plain[: one.start], plain[one.end :]
            if not before and not behind:
                return None, one.value, unit
            for op, word in BOUNDS.items():
                heads = "|".join(filter(None, (word.before, word.grade, word.written, "等于" if op == "==" else "")))
                if (not behind and re.fullmatch(heads, before)) or (
                    not before and word.after and re.fullmatch(word.after, behind)
                ):
                    return op, one.value, unit
    return None


def written(number: Decimal) -> int | str:
    """A figure as YAML has it: a whole one, else its text."""
    return int(number) if number == int(number) else f"{number.normalize():f}"
