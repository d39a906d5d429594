"""Many applicants: a folder each, what was done kept track of, and the sum of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from notices.batch import crew, journal
from notices.batch.desk import Desk, Made, Order
from notices.batch.journal import Done
from notices.checklist.intake import Applicant, Intake, Refused
from notices.naming import Apart, plain

_LIGHT, _HEAVY = 64, 4
"""Applicants handed over at once: many where one takes no time, few where it takes a tenth of a second."""
_SLOW = frozenset({"docx", "pdf", "xlsx"})


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run: those judged in the order of the data, those that were not, and folders of earlier runs."""

    done: tuple[Done, ...]
    refused: tuple[Refused, ...]
    resumed: int = 0
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class How:
    """How a run is done; the files are the same.

    ``jobs`` is the number of processes, ``scheduler`` the address of a Dask scheduler in their place. ``resume`` keeps
    what an earlier run made of the same facts by the same rules.
    """

    jobs: int = 1
    scheduler: str | None = None
    resume: bool = False


def place(desk: Desk, out: Path) -> Path:
    """Where the checklists of an edition and category go."""
    profile = desk.edition.profile
    return out / f"{profile.id}-{profile.year}" / f"checklist-{desk.order.category}"


def run(
    desk: Desk,
    intake: Intake,
    folder: Path,
    how: How,
    step: Callable[[int], None] = lambda _: None,
) -> Result:
    """Judge and print every applicant of a file.

    Args:
        desk: what to make.
        intake: the applicants.
        folder: where each gets a folder of its own.
        how: on how many processes or which cluster, and whether to go on where an earlier run was.
        step: told how many more are done.

    Raises:
        OutputError: a file that could not be written. CrewError, MissingPartError: see :func:`crew.made`.
    """
    stamp = desk.stamp()
    named = list(zip(folders(intake.applicants), intake.applicants, strict=True))
    keys = {name: journal.key_of(stamp, name, one.record) for name, one in named}
    known = journal.earlier(folder) if how.resume else {}
    kept = {
        name: done
        for name, key in keys.items()
        if (done := known.get(key)) and done.folder == name and journal.stands(done, folder)
    }
    log = journal.Journal(folder, kept.values())
    step(len(kept))
    todo = [(name, one) for name, one in named if name not in kept]
    found = dict(kept)
    for name, made in _made(replace(desk.order, stamp=stamp), todo, how):
        found[name] = log.add(keys[name], name, made)
        step(1)
    every = tuple(found[name] for name, _ in named)
    places = {name: one.place for name, one in named}
    return Result(
        tuple(one for one in every if not one.made.problems),
        (*intake.refused, *(_unprinted(one, places[one.folder]) for one in every if one.made.problems)),
        len(kept),
        journal.strangers(folder, set(keys)),
    )


def _made(order: Order, todo: Sequence[tuple[str, Applicant]], how: How) -> Iterator[tuple[str, Made]]:
    size = _HEAVY if _SLOW & set(order.formats) else _LIGHT
    jobs = how.jobs if len(todo) > size else 1  # a few are not worth starting a process for
    results = crew.made(order, _chunks([one for _, one in todo], size), jobs, how.scheduler)
    made = (one for chunk in results for one in chunk)
    yield from zip((name for name, _ in todo), made, strict=True)


def _chunks(applicants: Sequence[Applicant], size: int) -> Iterator[Sequence[Applicant]]:
    rest = iter(applicants)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def _unprinted(done: Done, place: str) -> Refused:
    made = done.made
    return Refused(made.name, made.code, place, made.problems)


def folders(applicants: Iterable[Applicant]) -> tuple[str, ...]:
    """A folder's name an applicant: code and name, as :mod:`notices.naming` makes them; never twice the same."""
    apart = Apart()
    parts = ((plain(one.code), plain(one.name)) for one in applicants)
    return tuple(apart.name("-".join(filter(None, both))) for both in parts)
