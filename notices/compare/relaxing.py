"""A profile that relaxes a national rule says on what ground; ``lint`` asks for it."""

from __future__ import annotations

from pathlib import Path

from notices.compare.facts import Fact, Side
from notices.compare.shelf import Shelf
from notices.errors import Problem, ProblemsError
from notices.library import NATIONAL, Library

_KINDS = frozenset({"rule", "exclusion"})
"""The kinds of fact that have a key ``relaxes``."""


def problems_of(library: Library, path: Path) -> list[Problem]:
    """What a profile relaxes of the national edition it answers or extends without ``relaxes``, and the reverse.

    Of a profile, or a national edition, that cannot be compared: what is malformed in it.
    """
    shelf = Shelf(library)
    try:
        side = shelf.file(path)
        if not any(str(name).startswith(f"{NATIONAL}@") for name in (side.answers, side.extends)):
            return []
        relaxed = shelf.relaxed(side)
    except ProblemsError as error:
        return list(error.problems)
    return [
        *(_unfounded(side, key, relaxed[key]) for key in relaxed if _open(side, key)),
        *(_idle(fact) for key, fact in side.facts.items() if fact.relaxes and key not in relaxed),
    ]


def _open(side: Side, key: str) -> bool:
    fact = side.facts[key]
    return fact.kind in _KINDS and fact.relaxes is None


def _unfounded(side: Side, key: str, told: str) -> Problem:
    at = side.facts[key].origin
    hint = "写上 relaxes，说明依据；不是有意放宽的，核对数值"
    return Problem(*at, f"{key}.relaxes", f"比国家规定放宽：{told}", hint, "warning", "relaxes")


def _idle(fact: Fact) -> Problem:
    message = "写了放宽的依据，却没有放宽国家规定"
    return Problem(*fact.origin, f"{fact.id}.relaxes", message, "删去 relaxes，或核对数值", "warning", "relaxes")
