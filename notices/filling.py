"""Records to files: one document for a summary, one an applicant for anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from notices import files
from notices.build import Output, Press
from notices.errors import Problem, ProblemsError
from notices.forms import layout
from notices.forms.records import Record
from notices.forms.shelf import Sheet


def write(press: Press, sheet: Sheet, records: Sequence[Record], out: Path) -> Iterator[Path]:
    """Render and write the filled form; gives the path of each file as it is written.

    Args:
        press: the formats wanted, the library and the fonts.
        sheet: the attachment, of one form.
        records: what to fill it with, as :func:`notices.forms.reading.read` gives it.
        out: the folder; files go to ``<id>-<year>/filled/`` in it.

    Raises:
        ProblemsError: texts that cannot be printed; every record that can be is written all the same.
    """
    profile = sheet.edition.profile
    folder = out / f"{profile.id}-{profile.year}" / "filled"
    outputs: tuple[Output, ...] = press.formats
    problems: list[Problem] = []
    if "xlsx" in outputs:
        from notices.forms import workbook  # noqa: PLC0415 - openpyxl is slow to import

        yield _written(folder / f"{sheet.name}.xlsx", workbook.write(sheet, records))
    for number, record in enumerate(records, 1):
        path = folder / sheet.name if sheet.only().single else folder / sheet.name / _file_name(number, record, records)
        try:
            document = layout.document(sheet, press.library, record)
            for output in outputs:
                if output != "xlsx":
                    yield _written(path.with_name(f"{path.name}.{output}"), press.bytes_of(document, output))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)


def _written(path: Path, content: bytes) -> Path:
    files.write(path, content)
    return path


def _file_name(number: int, record: Record, records: Sequence[Record]) -> str:
    """``03-某某有限公司``: in the order of the data, by its first value, with what no file name may hold left out."""
    name = next((str(value) for value in record.values.values()), "")
    safe = re.sub(r'[\\/:*?"<>|\s.]+', "", name)[:40]
    return f"{number:0{len(str(len(records)))}}-{safe}".rstrip("-")
