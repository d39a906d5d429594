"""The checklist of an edition and category, blank or judged: values and bytes, applicant by applicant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notices.checklist import offers
from notices.checklist.batch.job import Desk, Order
from notices.checklist.items import Checklist
from notices.checklist.outcome import Outcome, Standing
from notices.document.blocks import Format
from notices.errors import MissingPartError, NotFoundError
from notices.library import Library

if TYPE_CHECKING:
    from notices.checklist.batch.joint import JointSummary, JudgedPart
    from notices.checklist.batch.run import Result
    from notices.checklist.batch.summary import RunSummary
    from notices.checklist.intake import Applicant, Intake, Refused
    from notices.checklist.mixed import Mixed
    from notices.errors import Problem
    from notices.profile.yamlfile import Tree

Files = tuple[tuple[str, bytes], ...]
"""Files by name, in order."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One applicant: ``outcome.findings`` has a verdict and its reason for every item, by the item's key."""

    name: str
    code: str
    place: str
    outcome: Outcome
    files: Files

    @property
    def standing(self) -> Standing:
        """What it comes to: ``may``, ``doubtful``, ``open`` or ``may-not``."""
        return self.outcome.standing

    @property
    def verdicts(self) -> dict[str, str]:
        """``met``, ``not-met`` or ``unknown`` for every item that is judged, by the item's key."""
        return {key: finding.verdict for key, finding in self.outcome.findings.items()}


@dataclass(frozen=True, slots=True)
class Checked:
    """What one edition asks of one category, and how applicants stand.

    ``files`` are the blank checklist's, where no applicant was given. ``refused`` are applicants whose data is wrong:
    they are not judged. ``problems`` are everything that is wrong in the data, ``warnings`` what stops nothing.
    """

    checklist: Checklist
    files: Files = ()
    judged: tuple[Judged, ...] = ()
    refused: tuple[Refused, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def desk(  # noqa: PLR0913 - what a checklist depends on, by name
    library: Library,
    workspace: Path | None,
    edition: str,
    category: str,
    *,
    as_of: dt.date | None = None,
    level: str | None = None,
    formats: Sequence[Format] = (),
) -> Desk:
    """Everything an edition and category need, read once.

    Args:
        library: the library of the workspace.
        workspace: the folder; None for the shipped library alone.
        edition: its name.
        category: ``factory``, ``park``, ``supply-chain``, ``product``, or as the edition calls it.
        as_of: the day of judgement; without it the last day materials are taken.
        level: the list applied for, ``national``, ``province``, ``city``; without it the edition's own.
        formats: of the files.

    Raises:
        NotFoundError: no such edition, or it does not offer that. ProblemsError: everything wrong with it.
    """
    found = library.load(edition)
    order = Order(
        workspace=workspace.resolve() if workspace else None,
        edition=found.profile.edition,
        category=offers.category(library, found, category),
        as_of=as_of,
        level=offers.level(found.profile, level),
        formats=tuple(formats),
        fonts=library.font_folders,
    )
    return Desk(order)


def desks(  # noqa: PLR0913 - as desk
    library: Library,
    workspace: Path | None,
    edition: str,
    categories: Sequence[str] = (),
    *,
    as_of: dt.date | None = None,
    level: str | None = None,
    formats: Sequence[Format] = (),
) -> tuple[Desk, ...]:
    """A desk for each of several categories, for none given all the edition offers; see :func:`desk`.

    Raises:
        NotFoundError, ProblemsError: as :func:`desk`; a category named twice.
    """
    found = library.load(edition)
    wanted = [offers.category(library, found, one) for one in categories] or list(found.profile.offered)
    if len(set(wanted)) < len(wanted):
        raise NotFoundError(f"同一类别写了两次：{'、'.join(wanted)}\n    → 每个类别只写一次")
    return tuple(desk(library, workspace, edition, one, as_of=as_of, level=level, formats=formats) for one in wanted)


def read(desk: Desk, data: Path, *, tree: Tree | None = None, mixed: Mixed | None = None) -> Intake:
    """The applicants of a file, for this checklist; see :func:`notices.checklist.intake.read`."""
    from notices.checklist import intake  # noqa: PLC0415 - a blank checklist reads nothing

    return intake.read(data, desk.sheet, desk.checklist.settled(), tree=tree, mixed=mixed)


def shared(desks: Sequence[Desk], data: Path) -> Iterator[tuple[Desk, Intake]]:
    """The applicants of a file that several categories share, one category after another, each that has any.

    Raises:
        DataError: as :func:`notices.checklist.intake.read`; nobody in it.
    """
    from notices.checklist.mixed import mixed  # noqa: PLC0415 - as above

    found = False
    for one, part in zip(desks, mixed({desk.order.category: desk.sheet for desk in desks}), strict=True):
        own = read(one, data, mixed=part)
        if own.applicants or own.refused:
            found = True
            yield one, own
    if not found:
        read(desks[0], data)  # says what is wrong with a file of nobody


def judged(desk: Desk, applicants: Sequence[Applicant]) -> Iterator[Judged]:
    """One applicant after another, judged and printed.

    Raises:
        ProblemsError: texts that cannot be printed.
    """
    for one in applicants:
        outcome = desk.outcome(one)
        yield Judged(one.name, one.code, one.place, outcome, desk.files(outcome))


def checked(desk: Desk, data: Intake | None) -> Checked:
    """The blank checklist, or every applicant of the data judged.

    Raises:
        ProblemsError: texts that cannot be printed.
    """
    if data is None:
        return Checked(desk.checklist, desk.files())
    done = tuple(judged(desk, data.applicants))
    return Checked(desk.checklist, (), done, data.refused, data.problems, data.warnings)


def explained(desk: Desk, data: Intake, item: str) -> Iterator[str]:
    """Why an item got its verdict, an applicant at a time: the whole chain as lines, each with its file and place.

    Raises:
        NotFoundError: no such item.
    """
    from notices.checklist.explain import Explainer  # noqa: PLC0415 - only where it is asked for

    explainer = Explainer(desk.checklist, desk.sheet.only())
    wanted = explainer.item(item)
    for one in data.applicants:
        yield "\n".join(explainer.lines(wanted, one, desk.outcome(one)))


def summed(desk: Desk, data: Intake, result: Result, *, pdf: bool) -> tuple[RunSummary, Files, MissingPartError | None]:
    """The sum of a run; ``summary.xlsx``, ``summary.html`` and, where wanted, ``summary.pdf``; why one is not made.

    Each file is made, whatever becomes of the next.
    """
    from notices.checklist.batch.summary import summary  # noqa: PLC0415 - only many applicants are summed

    told = summary(desk, data, result)
    return told, *_printed(desk, told, pdf=pdf)


def joined(parts: Sequence[JudgedPart], *, pdf: bool) -> tuple[JointSummary, Files, MissingPartError | None]:
    """The sum of the runs of several categories; its files as :func:`summed`."""
    from notices.checklist.batch.joint import joint  # noqa: PLC0415 - as above

    told = joint(parts)
    return told, *_printed(parts[0].desk, told, pdf=pdf)


def _printed(desk: Desk, told: RunSummary | JointSummary, *, pdf: bool) -> tuple[Files, MissingPartError | None]:
    from notices.checklist.batch import page  # noqa: PLC0415 - as above

    formats: tuple[Format, ...] = ("xlsx", "html", "pdf") if pdf else ("xlsx", "html")
    made: list[tuple[str, bytes]] = []
    lacking: MissingPartError | None = None
    for form in formats:
        try:
            made.append((f"summary.{form}", page.written(told, form, desk.press.means)))
        except MissingPartError as error:
            lacking = error
    return tuple(made), lacking


def facts_sheet(library: Library, category: str, programme: str | None = None, *, many: bool = True) -> bytes:
    """The Excel sheet to collect applicants' facts with, the same for every edition of a programme.

    Many have a row each; one has its facts one below another.

    Raises:
        NotFoundError: no such category, or several programmes have it. ProblemsError: a programme's file is wrong.
    """
    from notices.checklist.batch.job import form_sheet  # noqa: PLC0415 - openpyxl is slow to import
    from notices.forms import workbook  # noqa: PLC0415

    kind, found = offers.named(library, category, programme)
    words = offers.words_for(library, offers.programme_of(kind))
    return workbook.write(form_sheet(words, library, found), many=many)
