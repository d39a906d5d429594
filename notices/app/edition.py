"""One edition of the library's face: what it says, what it prints, what it asks of whom; values and bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from notices.errors import NotFoundError, Problem
from notices.library import Edition, Library

if TYPE_CHECKING:
    from notices.app.build import JobKind
    from notices.app.judging import Checked
    from notices.app.yearplan import YearPlan
    from notices.document.blocks import Document, Format
    from notices.forms.catalogue import Sheet
    from notices.profile import PaperKind, Profile
    from notices.profile.yamlfile import Tree
    from notices.verify.check import Verification

Data: TypeAlias = str | Path | Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""What fills a form or describes applicants: a file (``.yaml``, ``.csv``, ``.xlsx``), or a mapping, or several."""


@dataclass(frozen=True)
class Filled:
    """An attachment filled from data: its files by name, and what to look at though it stops nothing."""

    files: tuple[tuple[str, bytes], ...]
    warnings: tuple[Problem, ...] = ()

    @property
    def content(self) -> bytes:
        """The bytes of the first file; the only one, unless several applicants fill a form of one applicant."""
        return self.files[0][1]


@dataclass(frozen=True)
class EditionHandle:
    """One authority's rules for one year. ``name`` is ``guangxi@2024``. What is read once is kept."""

    library: Library
    path: Path | None
    name: str

    @cached_property
    def loaded(self) -> Edition:
        """The profile with the place of every value.

        Raises:
            ProblemsError: everything wrong with the file.
        """
        return self.library.load(self.name)

    @property
    def profile(self) -> Profile:
        """The profile, every value typed: ``profile.deadlines["city-to-province"].date``.

        Raises:
            ProblemsError: everything wrong with the file.
        """
        return self.loaded.profile

    def facts(self) -> tuple[dict[str, Any], ...]:
        """A record a fact: ``id, section, label, text, value, cite, source, file, line, …``.

        Then ``inherited, undecided, parts, note``; see :func:`notices.app.report.facts`.

        Raises:
            ProblemsError: everything wrong with the file.
        """
        from notices.app import report

        return tuple(report.facts(self.library, self.loaded))

    def pendings(self) -> tuple[dict[str, Any], ...]:
        """What is to be confirmed: ``key, what, was, suggest, why, file, line``."""
        from notices.app import listing

        return tuple(listing.pendings(self.library.tree(self.library.find(self.name))[0]))

    def problems(self, since: dt.date | None = None) -> tuple[Problem, ...]:
        """What lint finds in it, sorted by place; one with errors cannot be built. A bad profile does not raise."""
        from notices.lints.linting import lint_files, profile_files

        files = profile_files(self.library, [Path(self.name)])
        return tuple(sorted(lint_files(self.library, files, since)))

    def papers(self, *, sealed: bool = False) -> dict[PaperKind, Document]:
        """Its papers as documents (blocks of text, tables …), proven to state every fact: ``{"notice": …}``.

        Args:
            sealed: leave room for a seal at the signature.

        Raises:
            ProblemsError: everything wrong with the profile or its outline.
        """
        from notices.papers.coverage import checked

        made = checked(self.library, self.loaded, sealed=sealed)
        return {kind: one.document for kind, one in made.items()}

    def write(
        self,
        kind: JobKind = "notice",
        output: Format = "docx",
        *,
        sealed: bool = False,
        even: bool = False,
        draft: bool = False,
    ) -> bytes:
        """A paper as a file: ``notice``, ``rules``, or ``bundle`` with all attachments; docx, pdf, html or md.

        Args:
            kind: which paper.
            output: docx, pdf, html or md.
            sealed: leave room for a seal at the signature.
            even: the imprint on an even page.
            draft: with the marks of a draft, though nothing in it is open.

        Raises:
            NotFoundError: it has no such paper. ProblemsError: everything wrong with it. MissingPartError: no fonts.
        """
        from notices.app import build
        from notices.rendering.renderer import Press

        library = self.library
        if kind == "forms":
            raise NotFoundError("附件用 form(附件, 格式)")
        (job,) = build.jobs(library, [self.name], [kind], even=even)
        press = Press(library, (output,), library.font_folders)
        return build.rendered(press, job, output, sealed=sealed, draft=draft)

    def forms(self) -> tuple[Sheet, ...]:
        """Its attachments: ``number, label`` (附件1; empty for one used apart), ``key, name, title, forms``.

        Raises:
            ProblemsError: every problem of every form.
        """
        from notices.forms.catalogue import Catalogue

        return Catalogue(self.library).sheets(self.loaded)

    def form(self, attachment: str | int, output: Format = "docx", *, many: bool = False) -> bytes:
        """A blank attachment, by number, id or name (``5.1`` for one form of several); xlsx is the sheet to fill.

        Args:
            attachment: its number, id or name.
            output: docx, pdf, html, md, xlsx.
            many: in the sheet to fill, a unit a row, also where a unit fills a form of its own.

        Raises:
            NotFoundError: no such attachment. ProblemsError: every problem of its form.
        """
        from notices.app import build
        from notices.forms import workbook
        from notices.rendering.renderer import Press

        library, sheet = self.library, self._sheet(attachment)
        if output == "xlsx":
            return workbook.write(sheet, many=many)
        return build.rendered(
            Press(library, (output,), library.font_folders), build.Job(self.loaded, "forms", sheet), output
        )

    def fill(self, attachment: str | int, data: Data, *outputs: Format, table: str | None = None) -> Filled:
        """An attachment filled from data and checked cell by cell, in the formats wanted (none: docx).

        Args:
            attachment: its number, id or name.
            data: a file, or mappings by field (ids or Chinese names).
            outputs: docx, pdf, html, md, xlsx.
            table: which table a CSV file holds, where the form has several.

        Raises:
            NotFoundError: no such attachment. ProblemsError: every bad cell, by file, sheet and cell.
        """
        from notices.app import fill
        from notices.forms.data import reading
        from notices.rendering.renderer import Press

        library, sheet = self.library, self._sheet(attachment)
        path, tree = _given(data)
        filled = reading.read(path, sheet, table, tree)
        press = Press(library, outputs or ("docx",), library.font_folders)
        files = tuple(fill.made(press, sheet, filled.records))
        return Filled(files, (*filled.warnings, *fill.warnings(press, sheet, filled.records)))

    def checklist(
        self,
        category: str,
        applicants: Data | None = None,
        *,
        as_of: dt.date | None = None,
        level: str | None = None,
        outputs: Sequence[Format] = (),
    ) -> Checked:
        """What it asks of a category, blank (``.files``), or judged (``.judged[0].verdicts``, ``.standing``).

        Args:
            category: ``factory``, ``park``, ``supply-chain``, ``product``, or as the edition calls it.
            applicants: their facts; without them the checklist is blank. What is not filled in is never met.
            as_of: the day of judgement; without it the last day materials are taken.
            level: the list applied for, ``national``, ``province``, ``city``; without it the edition's own.
            outputs: docx, pdf, html, md, xlsx; none makes no files.

        Raises:
            NotFoundError: it does not offer that. ProblemsError: everything wrong with it; rows that are wrong are
                ``.refused`` instead, with their ``.problems``.
        """
        from notices.app import judging

        desk = judging.desk(self.library, self.path, self.name, category, as_of=as_of, level=level, formats=outputs)
        if applicants is None:
            return judging.checked(desk, None)
        path, tree = _given(applicants)
        return judging.checked(desk, judging.read(desk, path, tree=tree))

    def verify(self, source: str | Path) -> Verification:
        """Held against its source (.txt, .html, .docx, .pdf): ``.sound``, ``.verdicts``, ``.missed``, ``.surplus``.

        Raises:
            ProblemsError: the file cannot be read; or everything wrong with the profile.
        """
        from notices.verify import check, readers

        return check.verify(self.loaded, readers.read(Path(source)), self.library)

    def calendar(self, given: Mapping[str, dt.date] | None = None, as_of: dt.date | None = None) -> YearPlan:
        """The dates of the year: ``.plan.entries``, ``.records()``, ``.write("ics")``.

        Args:
            given: dates by a step's key, which stand before stated ones: ``{"city": date(2025, 6, 10)}``.
            as_of: the day from which working days are counted.

        Raises:
            NotFoundError: no such step, or a year whose working days are not known.
        """
        from notices.app import yearplan

        return yearplan.yearplan(self.library, self.loaded, given, as_of)

    def _sheet(self, attachment: str | int) -> Sheet:
        from notices.forms.catalogue import Catalogue

        return Catalogue(self.library).sheet(self.loaded, str(attachment))


_VALUES = "数据"
"""What problems call values that are no file's; they have no line."""


def _given(data: Data) -> tuple[Path, Tree | None]:
    """A file; or a name for mappings, and what they hold as if it had been read from one."""
    from notices.profile import yamlfile

    if isinstance(data, str | Path):
        return Path(data), None
    import yaml

    listed = [data] if isinstance(data, Mapping) else data
    text = yaml.safe_dump([_plain(one) for one in listed], allow_unicode=True, sort_keys=False)
    tree = yamlfile.parse(text, _VALUES, many=True)
    return Path(_VALUES), tree._replace(origins=dict.fromkeys(tree.origins, yamlfile.Origin(_VALUES, 0, 0)))


def _plain(value: object) -> object:
    """Values of Python as a file would hold them: dates, decimals and the like as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(child) for child in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
