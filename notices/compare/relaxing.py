"""A profile that relaxes a national rule says on what ground; ``lint`` asks for it."""

from __future__ import annotations

from notices.compare.editions import Sides
from notices.compare.facts import ComparedFact, Side
from notices.errors import Problem, ProblemsError
from notices.library import Edition, Library
from notices.profile import Exclusion, Rule


def problems_of(library: Library, edition: Edition) -> list[Problem]:
    """What an edition relaxes of the national one it answers or extends without ``relaxes``, and the reverse.

    Of a national edition that cannot be read: what is wrong with it.
    """
    shelf = Sides(library)
    side = shelf.hold(edition)
    if not any(_nation(name, side) for name in (side.profile.answers, side.profile.extends)):
        return []
    try:
        relaxed = shelf.relaxed(side)
    except ProblemsError as error:
        return list(error.problems)
    return [
        *(_unfounded(side, key, relaxed[key]) for key in relaxed if _open(side, key)),
        *(_idle(library, edition, entry) for key, entry in side.own.items() if entry.relaxes and key not in relaxed),
    ]


def _nation(name: object, side: Side) -> bool:
    return str(name).replace("/", "@").startswith(f"{side.profile.programme.national}@")


def _open(side: Side, key: str) -> bool:
    entry = side.own[key]
    return isinstance(entry.fact, Rule | Exclusion) and not entry.part and entry.relaxes is None


def _unfounded(side: Side, key: str, told: str) -> Problem:
    at = side.own[key].origin
    hint = "写上 relaxes，说明依据；不是有意放宽的，核对数值"
    return Problem(*at, f"{key}.relaxes", f"比国家规定放宽：{told}", hint, "warning", "relaxes")


def _idle(library: Library, edition: Edition, entry: ComparedFact) -> Problem:
    """What is inherited is taken back in the edition's own file: the file of another year stays as it was right."""
    message, hint, own = (
        "写了放宽的依据，却没有放宽国家规定",
        "删去 relaxes，或核对数值",
        library.name_of(edition.sources[0]),
    )
    if entry.origin[0] != own:
        hint = f"{entry.origin[0]} 是另一版，不要改；在 {own} 里给这一条写上 relaxes: null，或核对数值"
    return Problem(*entry.origin, f"{entry.id}.relaxes", message, hint, "warning", "relaxes")
