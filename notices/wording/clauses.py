"""Where a source says something, in words: 二第2段 as 第二部分第2段, 第十条1 as 第十条第1项."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PLACE = re.compile(
    r"(?P<article>第[一二三四五六七八九十百零]+[章条])?(?P<part>[一二三四五六七八九十]+)?(?P<item>（[一二三四五六七八九十]+）)?"
    r"(?P<point>\d+)?(?P<paragraph>第\d+段)?"
)


def clause(place: str) -> str:
    """A clause as one says it; what is no number (引言, 联系人) stands as it is."""
    found = _PLACE.fullmatch(place)
    if not place or found is None:
        return place
    part, item, point = found["part"], found["item"], found["point"]
    parts = (
        found["article"],
        f"第{part}部分" if part else "",
        f"第{item}项" if item else "",
        f"第{point}{'点' if item else '项'}" if point else "",
        found["paragraph"],
    )
    return "".join(filter(None, parts))


def clauses(places: Sequence[str]) -> str:
    """Several clauses; empty when nothing is cited."""
    return "、".join(map(clause, places))
