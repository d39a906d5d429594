"""An office's own Word form: a docx with tags, edited in Word, used in place of our layout.

It lies at ``templates/forms/<authority>/<form>.docx`` or ``templates/forms/<form>.docx``. What is printed passes the
engine as *slots*, as in :mod:`notices.writers.word.fill`: no value, and no brace in the form's own text, is ever read
as a tag or as XML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from notices.errors import Problem, ProblemsError
from notices.forms.catalogue import FOLDER, Sheet
from notices.forms.data.records import NOTHING, Record, Row
from notices.forms.model import TablePart
from notices.forms.values import shown
from notices.forms.word import names
from notices.forms.word.lint import used_names
from notices.forms.word.names import Names
from notices.forms.word.slots import FormSlots, Printed, PrintedRow, protect
from notices.forms.word.tags import lines, mend, opened, trees
from notices.forms.wording import Wording, given
from notices.library import Library
from notices.marks import unmarked
from notices.ooxml.xml import core_properties, pack, serialise, text_parts
from notices.profile import Pending, yamlfile
from notices.wording.speaker import Speaker
from notices.wording.words import pending
from notices.writers.word.template import render

_CORE = re.compile(rb'(docProps/core\d*\.xml)"')


def find(library: Library, sheet: Sheet) -> Path | None:
    """The office's own file for an attachment of one form: its authority's, else one for all, else none."""
    if len(sheet.forms) != 1:
        return None
    own = f"{FOLDER}/{sheet.edition.profile.id}/{sheet.forms[0].key}.docx"
    return library.template(own) or library.template(f"{FOLDER}/{sheet.forms[0].key}.docx")


def content(library: Library, path: Path) -> bytes:
    """The bytes of an office's own file.

    Raises:
        ProblemsError: it is no regular file, too large, or cannot be read.
    """
    return yamlfile.content(path, library.name_of(path))


def fill(template: bytes, sheet: Sheet, record: Record, file: str = "Word 表") -> bytes:
    """The office's Word form with a record in it. Equal input gives equal bytes.

    Args:
        template: bytes of the ``.docx``.
        sheet: the attachment; one with a single form.
        record: what to fill in; blank for an empty form.
        file: the template's name in messages.

    Raises:
        ProblemsError: every error of the template, a character Word cannot keep, or rows the template has no place for.
    """
    used = used_names(template, sheet, file)
    homeless = [p for p in _homeless(sheet, record, used, file) if p.key.startswith("[")]
    if homeless:
        raise ProblemsError([replace(problem, severity="error") for problem in homeless])
    slots = FormSlots(file)
    context = _context(sheet, record, slots.keep)
    parts = opened(template, file)
    roots = trees(parts)
    for name, root in roots.items():
        for line in lines(name, root):
            mend(line)
            protect(line, slots)
    core = _core(parts)
    parts |= {name: serialise(root) for name, root in roots.items()} | {core: core_properties("", "")}
    slots.check()
    made = _rendered(pack(parts), context, file)
    made |= {name: slots.filled(made[name]) for name in text_parts(made)}
    profile = sheet.edition.profile
    made[_core(made)] = core_properties(Speaker(profile).title(sheet.title), profile.authority.named)
    return pack(made)


def lost(template: bytes, sheet: Sheet, record: Record, file: str = "Word 表") -> list[Problem]:
    """Warnings for values of a record that the template never prints.

    Raises:
        ProblemsError: the errors of the template.
    """
    return [replace(problem, key="") for problem in _homeless(sheet, record, used_names(template, sheet, file), file)]


def _homeless(sheet: Sheet, record: Record, used: set[str], file: str) -> Iterator[Problem]:
    def problem(key: str, said: str) -> Problem:
        return Problem(
            file, 0, 0, key, f"Word 表里没有印{said}，填的内容没有印出", "在 Word 表里加上它的标签", "warning", "word"
        )

    wording = Wording(sheet.only(), sheet.edition.profile)
    for name in record.values:
        if name not in used and name in wording.form.fields:
            yield problem(name, f"栏目“{wording.field(name).label}”")
    for table in wording.form.tables():
        key, rows = f"[{table.table}]", record.tables.get(table.table, ())
        if rows and key not in used:
            yield problem(key, f"表“{table.name or table.table}”")
            continue
        for name in dict.fromkeys(name for row in rows for name in row if name not in table.given):
            if key + name not in used and name in wording.form.fields:
                yield problem(key[1:-1] + name, f"表“{table.name or table.table}”的列“{wording.field(name).label}”")


def _rendered(base: bytes, context: Mapping[str, Any], file: str) -> dict[str, bytes]:
    try:
        return render(base, context)
    except ProblemsError as error:
        raise ProblemsError([replace(p, file=file, rule="word") for p in error.problems]) from error


def _context(sheet: Sheet, record: Record, keep: Callable[[str], Printed]) -> dict[str, Any]:
    """Everything a tag may name, by every name of it."""
    form, profile = sheet.only(), sheet.edition.profile
    wording, known = Wording(form, profile), names.names(sheet)
    number = next((paper.number for paper in profile.papers.values() if paper.number), "")
    texts = {
        ":title": Speaker(profile).title(sheet.title),
        ":label": sheet.label,
        ":year": str(profile.year),
        ":authority": profile.authority.named,
        ":number": unmarked(pending(number)) if isinstance(number, Pending) else str(number),
    }
    texts |= {n: shown(wording.field(n), record.values.get(n)) for n in form.record() if n in form.fields}
    kept = {key: keep(text) for key, text in texts.items()}
    offered = {table.table for table in wording.tables()}
    tables = {
        table.table: [_row(row, known, table.table, keep) for row in _rows(table, wording, record)]
        for table in form.tables()
        if table.table in offered
    }
    return {name: kept[key] for name, key in known.texts.items()} | {
        name: tables.get(grid.part.table, []) for name, grid in known.grids.items()
    }


def _row(texts: Mapping[str, str], known: Names, table: str, keep: Callable[[str], Printed]) -> PrintedRow:
    columns = next(grid.columns for grid in known.grids.values() if grid.part.table == table)
    kept = {key: keep(text) for key, text in texts.items()}
    return PrintedRow({name: kept[key] for name, key in columns.items()})


def _rows(part: TablePart, wording: Wording, record: Record) -> Iterator[dict[str, str]]:
    """The rows of a table as they are printed: those given by the form, those filled in, or empty ones."""
    entries = record.tables.get(part.table, ())
    numbered = bool(part.rows or entries)
    fields = {column.field: wording.field(column.field) for column in part.cells()}
    for number in range(max(len(part.rows), len(entries)) or part.blank):
        row: Row = entries[number] if number < len(entries) else NOTHING
        fixed = part.rows[number] if number < len(part.rows) else {}
        texts = {name: shown(field, row.get(name)) for name, field in fields.items()}
        indexes = {name: str(number + 1) for name, field in fields.items() if field.type == "index" and numbered}
        yield texts | indexes | {name: unmarked(given(value)) for name, value in fixed.items()}


def _core(parts: Mapping[str, bytes]) -> str:
    """The name of the part that holds the file's properties."""
    found = _CORE.search(parts.get("_rels/.rels", b""))
    return found[1].decode() if found else "docProps/core.xml"
