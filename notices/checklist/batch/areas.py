"""Applicants by the city they say they are in: 贵阳, 贵阳市 and 贵州省贵阳市 are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from notices.checklist.batch.journal import Done
from notices.checklist.outcome import STANDING_WORDS, Standing

_KIND = re.compile(r"(?<=..)(?:市|盟|州|地区)$")
NOT_SAID = "（未填所在地区）"


@dataclass(frozen=True, slots=True)
class Area:
    """A city and how many of its applicants came to what."""

    name: str
    counts: tuple[tuple[Standing, int], ...]
    known: str = ""
    """The city by its name alone, without 市 or 州, the same however it was written."""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _, count in self.counts)


def areas(done: Sequence[Done], region: str) -> tuple[Area, ...]:
    """The cities with most applicants first; those that say none are last. ``region`` stands before no city's name."""
    written = Counter((one.made.area, one.made.standing) for one in done)
    spelled: dict[str, Counter[str]] = {}
    counted: dict[str, Counter[Standing]] = {}
    for (area, standing), count in written.items():
        name = _plain(area, region)
        known = _KIND.sub("", name)
        spelled.setdefault(known, Counter())[name] += count
        counted.setdefault(known, Counter())[standing] += count
    made = [
        Area(_told(spelled[known], short=known) or NOT_SAID, tuple((key, counts[key]) for key in STANDING_WORDS), known)
        for known, counts in counted.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.name == NOT_SAID, -one.total, one.name)))


def _plain(area: str, region: str) -> str:
    name = re.sub(r"\s", "", area)
    return name.removeprefix(region) or name


def _told(spellings: Counter[str], short: str) -> str:
    """The name in full where anybody wrote it so: the one written most often, the first of equals."""
    full = {name: count for name, count in spellings.items() if name != short} or spellings
    return min(full, key=lambda name: (-full[name], name))
