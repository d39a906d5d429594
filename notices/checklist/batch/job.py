"""Where checklists are made: everything an edition and category need is read once, then applicant after applicant.

An :class:`Order` is all a process on this or another machine is told; :func:`work` is what it does with a handful of
applicants. Nothing is written here, so that whoever asked can be anywhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from notices import __version__
from notices.checklist import pages, questions
from notices.checklist.advice import advice
from notices.checklist.changes import earlier
from notices.checklist.complete import left_out
from notices.checklist.contradictions import rules_of
from notices.checklist.facts import facts
from notices.checklist.hints import lore
from notices.checklist.intake import Applicant
from notices.checklist.items import JUDGED, Level, checklist
from notices.checklist.outcome import Outcome, Standing, judged
from notices.checklist.verdict import Verdict
from notices.document.blocks import Format
from notices.errors import NoticesError, Problem, ProblemsError
from notices.forms.catalogue import Catalogue, Sheet
from notices.library import Edition, Library
from notices.profile import Attachment, Category
from notices.programmes import COMMON, FOLDER
from notices.rendering.renderer import Press
from notices.reports import table

CODES: dict[Verdict, str] = {"met": "m", "not-met": "n", "unknown": "u", "authority": "a", "none": "x"}
"""A verdict as one letter, so that ten thousand outcomes stay small."""

STEM = "checklist"
"""What a checklist's files are called."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made. ``stamp`` tells whether another machine reads the same rules and words."""

    workspace: Path | None
    edition: str
    category: Category
    as_of: dt.date | None = None
    level: Level | None = None
    formats: tuple[Format, ...] = ()
    fonts: tuple[Path, ...] = ()
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class MadeChecklist:
    """One applicant's checklist: its files by name, and what it came to.

    ``verdicts`` is a letter an item that gets a verdict, in order; ``problems`` are why there are no files.
    """

    name: str
    code: str
    standing: Standing
    verdicts: str
    files: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()
    area: str = ""
    """Where it is, as it was filled in."""
    contradictions: tuple[str, ...] = ()
    """Its answers that cannot both be so, each with where it stands."""


class Desk:
    """An order with everything it needs at hand."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.library = Library.at(order.workspace)
        self.edition = self.library.load(order.edition)
        self.sheet = form_sheet(self.edition, self.library, order.category)
        self.names = {name: field.label for name, field in questions.facts_of(self.sheet.only()).items()}
        self.checklist = checklist(self.edition, order.category, self.names, as_of=order.as_of, level=order.level)
        if problems := left_out(self.checklist):
            raise ProblemsError(problems)
        self.judged = tuple(item for item in self.checklist.items if item.group in JUDGED)
        self.lore = lore(self.library, self.edition.profile.programme)
        self.contradictions = tuple(rules_of(self.lore.contradictions, self.lore.divisions, self.names))
        self.advice = advice(self.checklist, self.lore)
        self.earlier = earlier(self.checklist, self.library)
        self.press = Press(self.library, order.formats, order.fonts)

    @property
    def folder(self) -> str:
        """The name of the folder the checklists of its category go to."""
        return f"{STEM}-{self.order.category}"

    def outcome(self, applicant: Applicant, unread: frozenset[str] = frozenset()) -> Outcome:
        """One applicant judged; ``unread`` are facts whose answers could not be read."""
        own = facts(applicant.record, applicant.places)
        return judged(self.checklist, own, self.contradictions, self.lore.undone, unread)

    def contradicted(self, applicant: Applicant) -> tuple[str, ...]:
        """An applicant's answers that cannot both be so, as :meth:`outcome` has them."""
        own = facts(applicant.record, applicant.places)
        return tuple(text for rule in self.contradictions if (text := rule.told(own)))

    def files(self, outcome: Outcome | None = None) -> tuple[tuple[str, bytes], ...]:
        """The checklist in every format wanted, blank or with an applicant's verdicts.

        Raises:
            ProblemsError: texts that cannot be printed.
        """
        if not self.press.formats:
            return ()  # only the summary is wanted
        made = pages.report(
            self.checklist, self.advice, self.lore, outcome, earlier=self.earlier, today=self.order.as_of
        )
        return tuple((f"{STEM}.{one}", table.written(made, one, self.press.means)) for one in self.press.formats)

    def make(self, applicant: Applicant) -> MadeChecklist:
        """One applicant judged and printed; what cannot be printed is told, not raised."""
        outcome = self.outcome(applicant)
        codes = "".join(CODES[outcome.findings[item.key].verdict] for item in self.judged)
        made = MadeChecklist(
            *(applicant.name, applicant.code, outcome.standing, codes),
            area=applicant.area,
            contradictions=outcome.contradictions,
        )
        try:
            return replace(made, files=self.files(outcome))
        except ProblemsError as error:
            return replace(made, problems=error.problems)

    def stamp(self) -> str:
        """A digest of all that decides what is made, but the applicants."""
        order, form = self.order, self.sheet.only()
        programme = self.edition.profile.programme
        own = (f"{FOLDER}/{programme.key}.yaml", f"{FOLDER}/{COMMON}.yaml")
        names = (programme.checklist, *own, "word/report.docx")
        templates = [path for name in names if (path := self.library.template(name))]
        told = {
            "version": __version__,
            "what": [self.edition.profile.edition, order.category, str(self.checklist.day), self.checklist.level],
            "formats": self.press.formats,
            "basis": self.checklist.period.basis,
            "form": repr(form),
            "fonts": self.press.fonts.families() if self.press.fonts else {},
            "files": [hashlib.sha256(path.read_bytes()).hexdigest() for path in (*self.edition.sources, *templates)],
        }
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def form_sheet(edition: Edition, library: Library, category: Category) -> Sheet:
    """The form an applicant of a category fills, in the words of an edition."""
    form = questions.form_of(Catalogue(library), edition.profile.programme, category)
    return Sheet(edition, form.key, "", 0, Attachment(title=form.name, kind="table"), (form,))


@lru_cache(maxsize=4)
def _desk(order: Order) -> Desk:
    desk = Desk(order)
    if order.stamp and order.stamp != desk.stamp():
        message = "这台机器上的程序、配置、模板或字体与发起的机器不同，结果会不一样，所以没有做"
        raise NoticesError(f"{message}\n    → 各台机器装同一版本，自己的文件夹放在同一路径")
    return desk


def work(order: Order, applicants: Sequence[Applicant]) -> list[MadeChecklist]:
    """What a process does: some applicants, one after the other."""
    desk = _desk(order)
    return [desk.make(applicant) for applicant in applicants]
