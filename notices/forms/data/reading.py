"""Filled data to records: YAML, CSV or Excel, every value checked, every problem with its place, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from notices.errors import Problem
from notices.forms.catalogue import Sheet
from notices.forms.data import tables
from notices.forms.data.checking import DataError, Reader
from notices.forms.data.documents import YamlReader
from notices.forms.data.records import Record
from notices.forms.data.sheets import SheetReader
from notices.forms.wording import spreads
from notices.profile.yamlfile import MAX_BYTES, Tree, read_many

MOST_SHOWN = 200
"""Problems of one file that are told one by one."""


@dataclass
class FilledData:
    """The records of a file, and what should be looked at though it stops nothing."""

    records: tuple[Record, ...]
    warnings: tuple[Problem, ...] = ()


def read(path: Path, sheet: Sheet, table: str | None = None, tree: Tree | None = None) -> FilledData:
    """The records a file fills a form with.

    Args:
        path: ``.yaml``, ``.csv`` or ``.xlsx``.
        sheet: the attachment, of one form.
        table: the id of the table a CSV file holds, where the form has several.
        tree: the data itself where it is no file's, as :func:`notices.profile.yamlfile.read_many` gives
            it; ``path`` names it.

    Raises:
        ProblemsError: every problem of the file, up to :data:`MOST_SHOWN` one by one. NotFoundError: several forms.
    """
    form = sheet.only()
    wanted = spreads(form, sheet.edition.profile)
    reader: Reader
    if tree is not None or path.suffix.lower() in {".yaml", ".yml"}:
        _not_too_large(path)
        reader = from_yaml = YamlReader(path.name, wanted, single=form.single)
        records = from_yaml.records(tree or read_many(path, path.name))
    else:
        reader = from_sheets = SheetReader(path.name, wanted, single=form.single)
        records = from_sheets.records(tables.read(path), table)
    reader.unfilled(records)
    problems = [one for one in reader.problems if one.severity == "error"]
    if not problems and not any(record.values or any(record.tables.values()) for record in records):
        problems = [Problem(path.name, 0, 0, "", "没有数据", "填写后再试；空白的表用 notices build --kind forms")]
    if problems:
        raise DataError(_shortened(path.name, problems))
    return FilledData(tuple(records), tuple(one for one in reader.problems if one.severity == "warning"))


def _not_too_large(path: Path) -> None:
    """YAML is for one or a few: every value of it is kept with its place."""
    size = path.stat().st_size if path.is_file() else 0
    if size > MAX_BYTES:
        message = f"YAML 数据有 {size / 1_000_000:.1f} MB，最多 {MAX_BYTES // 1_000_000} MB"
        raise DataError([Problem(path.name, 0, 0, "", message, "行多的改用 .xlsx 或 .csv")])


def _shortened(name: str, problems: Sequence[Problem]) -> list[Problem]:
    rest = len(problems) - MOST_SHOWN
    more = [Problem(name, 0, 0, "", f"另有 {rest} 处问题没有列出", "改正以上各处后再试")] if rest > 0 else []
    return [*problems[:MOST_SHOWN], *more]
