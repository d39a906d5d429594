"""Records to files: one document for a summary, one an applicant for anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from notices import files
from notices.document.blocks import Format
from notices.errors import Problem, ProblemsError
from notices.forms import layout
from notices.forms.catalogue import Sheet
from notices.forms.data.records import Record
from notices.forms.word import filling
from notices.forms.wording import OFFICE
from notices.profile import Pending
from notices.rendering.naming import plain
from notices.rendering.renderer import Press, attachment, own_form, withheld
from notices.writers.table import TABLES


def write(press: Press, sheet: Sheet, records: Sequence[Record], out: Path) -> Iterator[Path]:
    """Render and write the filled form; gives the path of each file as it is written.

    Files go to ``<id>-<year>/filled/`` in the folder ``out``; for the rest see :func:`made`.

    Raises:
        ProblemsError: texts that cannot be printed; every other record is written all the same, the workbook is not.
    """
    profile = sheet.edition.profile
    folder = out / f"{profile.id}-{profile.year}" / "filled"
    for name, content in made(press, sheet, records):
        files.write(folder / name, content)
        yield folder / name


def made(press: Press, sheet: Sheet, records: Sequence[Record]) -> Iterator[tuple[str, bytes]]:
    """Render the filled form; gives each file's name and bytes: one file a form, or one an applicant in a folder.

    Args:
        press: the formats wanted, the library and the fonts.
        sheet: the attachment, of one form.
        records: what to fill it with, as :func:`notices.forms.data.reading.read` gives it.

    Raises:
        ProblemsError: at the end, texts that cannot be printed; every other record is given, the workbook is not.
    """
    own = own_form(press.library, sheet)
    printed: list[Format] = [one for one in press.formats if one == "docx" or (one != TABLES and own is None)]
    problems: list[Problem] = []
    texts = layout.texts(sheet, press.library)
    for number, record in enumerate(records, 1):
        name = _file_name(number, record, records)
        stem = sheet.name if sheet.only().single else f"{sheet.name}/{name}"
        try:
            document = layout.document(sheet, press.library, record, known=texts)
            contents = [(output, attachment(press, sheet, document, output, record)) for output in printed]
        except ProblemsError as error:  # a document's own problems are known by its file
            kinds = {"form": stem.rpartition("/")[2]}
            problems += (replace(one, file=kinds.get(one.file, one.file)) for one in error.problems)
            continue
        for output, content in contents:  # all of them or none: no file of an earlier run beside them
            yield f"{stem}.{output}", content
    if problems:
        raise ProblemsError(problems)
    if TABLES in press.formats:
        from notices.forms import workbook  # noqa: PLC0415 - openpyxl is slow to import

        yield f"{sheet.name}.{TABLES}", workbook.write(sheet, records)


def warnings(press: Press, sheet: Sheet, records: Sequence[Record]) -> list[Problem]:
    """What to look at though it stops nothing: values the office's own Word form has no place for, formats not made."""
    own = own_form(press.library, sheet)
    if own is None:
        return list(_awaited(sheet))
    name, template = press.library.name_of(own), filling.content(press.library, own)
    lost = [problem for record in records for problem in filling.lost(template, sheet, record, name)]
    return [*withheld(press.library, sheet, press.formats), *dict.fromkeys(lost)]


def _awaited(sheet: Sheet) -> Iterator[Problem]:
    """What the form gives and the office has still to publish: what is filled in carries no draft mark of it."""
    for form in sheet.forms:
        for part in form.tables():
            names = [
                value.suggest or value.pending
                for row in part.rows
                for value in row.values()
                if isinstance(value, Pending)
            ]
            if names:
                message = (
                    f"有 {len(names)} 格主管部门还没有发布（{'、'.join(dict.fromkeys(names))[:60]}），印作“{OFFICE}”"
                )
                hint = "发布后补进表的定义再印"
                key = part.name or part.table
                yield Problem(f"templates/forms/{form.key}.yaml", 0, 0, key, message, hint, severity="warning")


def _file_name(number: int, record: Record, records: Sequence[Record]) -> str:
    """``03-某某有限公司``: in the order of the data, by its first value; see :mod:`notices.rendering.naming`."""
    name = next((str(value) for value in record.values.values()), "")
    return f"{number:0{len(str(len(records)))}}-{plain(name)}".rstrip("-")
