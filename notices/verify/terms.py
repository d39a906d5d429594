"""What a clause must say for a fact to stand in it: terms, figures, dates, and words around them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from notices.profile.values import Op, Strength


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand there as they are, in one of these forms; ``clause`` is where, when not in any cited."""

    forms: tuple[str, ...]
    clause: str = ""
    soft: bool = False
    """Only remarked on when it is not there."""
    attachment: str = ""
    """The number of the attachment it is, looked for where the clauses mention numbers."""
    named: bool = False
    """A place of a phrase filled with a name: the source may use its short name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and bound; ``times`` it must stand there. ``strict``: the bound counts."""

    value: Decimal
    unit: str
    op: Op
    shown: str
    times: int = 1
    strict: bool = True


@dataclass(frozen=True, slots=True)
class When:
    """A date: one day, or a month and day of every year. ``before``: it is a time limit."""

    shown: str
    date: dt.date | None = None
    annual: str | None = None
    before: bool = True
    clause: str = ""


@dataclass(frozen=True)
class Demand:
    """All a fact asks of the clauses it cites."""

    terms: tuple[Term, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[When, ...] = ()
    phrase: tuple[str, ...] = ()
    """The fixed parts of its phrase, compared by overlap."""
    loose: bool = False
    """Words of our own: only the share counts."""
    members: tuple[str, ...] = ()
    """What a fact lists, all of it; ``open_ended`` where the source says 等 behind it."""
    open_ended: bool = False
    strength: Strength | None = None
    severity: str | None = None
    """The grade named in the fact; empty: the source names none."""
    pending: tuple[str, ...] = ()
