"""What the tags of a Word form may name, in English ids and in the Chinese the form itself prints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from notices.forms.catalogue import Sheet
from notices.forms.model import GridPart, LinePart, ProsePart, TablePart
from notices.forms.wording import Wording

FIXED = {"title": "标题", "label": "附件序号", "year": "年度", "authority": "发文机关", "number": "发文字号"}
"""Names of the attachment itself, with their Chinese; a field of the form of the same name comes first."""

_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table a tag may go through: its columns by every name a tag may use."""

    part: TablePart
    said: str
    columns: Mapping[str, str]
    labels: Mapping[str, str]
    """Columns by id with their labels, less those the form itself fills."""


@dataclass(frozen=True, slots=True)
class Names:
    """Everything by every name a tag may use: ids of fields and fixed names, and tables."""

    texts: Mapping[str, str]
    grids: Mapping[str, NamedTable]
    labels: Mapping[str, str]
    """The fields a unit fills in, by id, with their labels."""
    offered: tuple[NamedTable, ...]
    """Tables of categories the edition offers."""

    @property
    def all(self) -> tuple[str, ...]:
        """Every name."""
        return (*self.texts, *self.grids)


def identifier(name: str) -> str:
    """``supply-chain`` as a tag writes it."""
    return name.replace("-", "_")


def names(sheet: Sheet) -> Names:
    """The names of an attachment's one form.

    Raises:
        NotFoundError: it has several forms.
    """
    form, profile = sheet.only(), sheet.edition.profile
    wording = Wording(form, profile)
    labels = {name: wording.field(name).label for name in form.record() if name in form.fields}
    grids = {table.table: _grid(table, wording) for table in form.tables()}
    said = labels | {f"[{key}]": grid.part.name or "" for key, grid in grids.items()}
    own = [(identifier(key.strip("[]")), key) for key in said]
    known = _known(
        own,
        [(name, f":{name}") for name in FIXED],
        [(_word(label), key) for key, label in said.items()],
        [(_word(_BRACKETS.sub("", label)), key) for key, label in said.items()],
        [(label, f":{name}") for name, label in FIXED.items()],
    )
    return Names(
        {name: key for name, key in known.items() if not key.startswith("[")},
        {name: grids[key.strip("[]")] for name, key in known.items() if key.startswith("[")},
        {name: label for name, label in labels.items() if name in _asked(wording)},
        tuple(grids[table.table] for table in wording.tables()),
    )


def _grid(table: TablePart, wording: Wording) -> NamedTable:
    fields = {column.field: wording.field(column.field) for column in table.cells()}
    heads = {c.field: wording.named(c.label) if c.label else fields[c.field].label for c in table.cells()}
    known = _known(
        [(identifier(key), key) for key in fields],
        [(_word(head), key) for key, head in heads.items()],
        [(_word(field.label), key) for key, field in fields.items()],
        [(_word(_BRACKETS.sub("", head)), key) for key, head in heads.items()],
    )
    asked = {k: head for k, head in heads.items() if fields[k].type != "index" and k not in table.given}
    return NamedTable(table, table.name or table.table, known, asked)


def _asked(wording: Wording) -> set[str]:
    """Fields of the parts that apply to the edition."""
    found: set[str] = set()
    for part in wording.form.parts:
        if not wording.profile.applies(part.applies):
            continue
        match part:
            case LinePart(line=fields):
                found.update(fields)
            case GridPart(grid=rows):
                found.update(name for row in rows for name in row)
            case ProsePart(prose=name):
                found.add(name)
            case _:
                pass
    return found


def _known(*tiers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names with what they mean: an earlier tier comes first, and a name with two meanings in its tier has none."""
    found: dict[str, str] = {}
    dead: set[str] = set()
    for tier in tiers:
        here = defaultdict[str, set[str]](set)
        for name, key in tier:
            if name.isidentifier() and name not in found and name not in dead:
                here[name].add(key)
        found |= {name: next(iter(keys)) for name, keys in here.items() if len(keys) == 1}
        dead |= {name for name, keys in here.items() if len(keys) > 1}
    return found


def _word(label: str) -> str:
    """A label as an identifier: without punctuation, spaces and signs."""
    return "".join(char for char in label if f"a{char}".isidentifier())
