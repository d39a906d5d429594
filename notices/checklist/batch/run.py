"""Many applicants: a folder each, what was done kept track of, and the sum of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from notices.checklist.batch import executor, journal
from notices.checklist.batch.job import Desk, MadeChecklist, Order
from notices.checklist.batch.journal import Done
from notices.checklist.intake import Applicant, Intake, Refused
from notices.checklist.lazy import Lazy
from notices.rendering.naming import Apart, plain

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
    return out / f"{profile.id}-{profile.year}" / desk.folder


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
    stamp, applicants = desk.stamp(), intake.applicants
    names = folders(applicants)

    def key(number: int, contradictions: Sequence[str]) -> str:
        return journal.key_of(stamp, names[number], applicants[number].record, contradictions)

    def sought(number: int) -> str:
        return key(number, desk.contradicted(applicants[number]))

    kept = dict(_kept(folder, names, sought)) if how.resume else {}
    log = journal.Journal(folder, kept.values())
    step(len(kept))
    todo = Lazy(len(names), int) if not kept else [number for number in range(len(names)) if number not in kept]
    made = _made(replace(desk.order, stamp=stamp), Lazy(len(todo), lambda at: applicants[todo[at]]), how)
    done: list[Done] = []
    unprinted: list[Refused] = []
    for number, name in enumerate(names):
        one = kept.get(number)
        if one is None:
            fresh = next(made)
            one = log.add(key(number, fresh.contradictions), name, fresh)
            step(1)
        if one.made.problems:
            unprinted.append(_unprinted(one, applicants[number].place))
        else:
            done.append(replace(one, key=""))  # of use to the journal only, and long
    refused = (*intake.refused, *unprinted)
    return Result(tuple(done), refused, len(kept), journal.strangers(folder, set(names)))


def _kept(folder: Path, names: Sequence[str], key: Callable[[int], str]) -> Iterator[tuple[int, Done]]:
    """What an earlier run made of the same facts by the same rules, by the number of the applicant."""
    known = journal.earlier(folder)
    for number, name in enumerate(names) if known else ():
        done = known.get(key(number))
        if done and done.folder == name and journal.stands(done, folder):
            yield number, done


def _made(order: Order, todo: Sequence[Applicant], how: How) -> Iterator[MadeChecklist]:
    size = _HEAVY if _SLOW & set(order.formats) else _LIGHT
    jobs = how.jobs if len(todo) > size else 1  # a few are not worth starting a process for
    for chunk in executor.made(order, _chunks(todo, size), jobs, how.scheduler):
        yield from chunk


def _chunks(applicants: Sequence[Applicant], size: int) -> Iterator[Sequence[Applicant]]:
    rest = iter(applicants)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def _unprinted(done: Done, place: str) -> Refused:
    made = done.made
    return Refused(made.name, made.code, place, made.problems)


def folders(applicants: Iterable[Applicant]) -> tuple[str, ...]:
    """A folder's name an applicant: code and name, made by :mod:`notices.rendering.naming`; never twice the same."""
    apart = Apart()
    parts = ((plain(one.code), plain(one.name)) for one in applicants)
    return tuple(apart.name("-".join(filter(None, both))) for both in parts)
