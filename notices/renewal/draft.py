"""The text of next year's profile: it extends the edition before and lists what is to be confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notices.profile import Pending
from notices.profile.scalars import flow, scalar
from notices.renewal.carry import Open, Roll

_HEAD = """\
# yaml-language-server: $schema=../schema.json
# {name} {to} 年度，由 {base} 续写：没有写在这里的内容都与上一版相同。
# 标着 pending 的每一项都要确认：was 是上一版的值，suggest 是建议，why 是原因。
# 确认：notices confirm {edition} 键 值（或 --suggested 采用建议）；也可以直接把 pending 改成值。
# confirm 说的是整条：文字已按建议写好，核对后删去 confirm。不再要的一条，整条写成 null。
# cite 仍是上一版原文的条款，印发后按新的原文改。
"""


def text(roll: Roll, items: Sequence[Open]) -> str:
    """The file, ready to be written."""
    base = roll.profile
    edition = f"{base.id}@{roll.to}"
    head = _HEAD.format(name=base.authority.named, to=roll.to, base=base.edition, edition=edition)
    source: dict[str, Any] = {
        "title": f"{roll.to}年度拟稿（由 {base.edition} 续写，原文见该版）",
        "checked": _read(base.source.checked),
    }
    data: dict[str, Any] = {"id": base.id, "year": roll.to, "extends": f"{base.id}/{base.year}", "source": source}
    for item in items:
        _place(data, roll, item)
    return head + "\n" + "\n".join(_lines(data, 0)) + "\n"


def _read(checked: dt.date | Pending) -> Any:  # noqa: ANN401 - plain YAML data
    return checked.isoformat() if isinstance(checked, dt.date) else {"pending": checked.pending}


def _place(data: dict[str, Any], roll: Roll, item: Open) -> None:
    at = data
    for depth, part in enumerate(item.key[:-1]):
        fresh = part not in at
        at = at.setdefault(str(part), {})
        if fresh and depth == 1:
            at |= _cite(roll, item)
    if item.drafted:
        at[item.drafted[0]] = item.drafted[1]
    told = {"pending": item.what, "was": item.was, "suggest": item.suggest, "why": item.why}
    at[str(item.key[-1])] = {name: value for name, value in told.items() if value is not None}


def _cite(roll: Roll, item: Open) -> dict[str, Any]:
    """The clause a fact stands in: an edition that writes part of a fact says it anew."""
    section = ".".join(map(str, item.fact))
    fact = roll.profile.by_id.get(section)
    return {"cite": list(fact.cite)} if fact is not None and fact.cite else {}


def _lines(data: Mapping[str, Any], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for name, value in data.items():
        if depth == 0 and isinstance(value, Mapping):
            yield ""
        if isinstance(value, Mapping):
            yield f"{pad}{name}:"
            yield from _lines(value, depth + 1)
        elif isinstance(value, list):
            yield f"{pad}{name}: {flow(value[0] if len(value) == 1 else value)}"
        else:
            yield f"{pad}{name}: {value if isinstance(value, int) else scalar(value)}"
