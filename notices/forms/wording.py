"""Labels of a form in the words of one edition, and its tables as a spreadsheet has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from notices.forms.model import (
    ChapterPart,
    Column,
    Field,
    Form,
    GridPart,
    LinePart,
    ProsePart,
    TablePart,
    TextPart,
)
from notices.marks import unmarked
from notices.profile import Pending, Profile
from notices.wording.words import pending, said

_NATIONAL, _PROVINCE, _CITY = "国家级", "省级", "市级"
"""Levels as they are called where the edition has no name of its own for them."""
_CITIES = re.compile("[市州盟地]")
"""How the level of an authority below the province begins: 市级, 州级, 盟市级."""
_BRACKETED = re.compile("（.*）")


@dataclass(frozen=True, slots=True)
class Wording:
    """A form's fields and labels with the edition's words in their places."""

    form: Form
    profile: Profile

    def field(self, name: str) -> Field:
        """A field with its label's places filled."""
        found = self.form.fields[name]
        note = self.named(found.note) if found.note else None
        choices = tuple(dict.fromkeys(map(self.named, found.choices)))  # two levels may bear one name
        return found.model_copy(update={"label": self.named(found.label), "choices": choices, "note": note})

    def heading(self, column: Column) -> str:
        """The head of a column, with its unit."""
        return self.named(column.label) if column.label else self.field(column.field).heading

    def named(self, text: str) -> str:
        """A label with the edition's words in its places."""
        for place, word in places(self.profile).items():
            text = text.replace(f"{{{place}}}", word)
        return text

    def tables(self) -> tuple[TablePart, ...]:
        """The tables of the categories the edition offers."""
        return tuple(table for table in self.form.tables() if self.profile.applies(table.applies))


def places(profile: Profile) -> dict[str, str]:
    """The edition's words a label may hold: {area}, {year}, {level}, {authority}, and the levels of lists and places.

    {province-level}, {city-level} are what the edition calls those levels (自治区级, 盟市级); {lower-level} the list
    below its own; {district} the column of places, 地市 in a table the provinces fill in.
    """
    authority = profile.authority
    area, level = said(authority.area), said(authority.level)
    below = f"{_BRACKETED.sub('', area)}级"
    if level == _NATIONAL:
        levels = {"province-level": _PROVINCE, "city-level": _CITY, "lower-level": _PROVINCE, "district": "地市"}
    elif _CITIES.match(level):
        levels = {"province-level": _PROVINCE, "city-level": level, "lower-level": below}
    else:
        levels = {"province-level": level, "city-level": below, "lower-level": below}
    own = {"area": area, "level": level, "authority": said(authority.name), "year": str(profile.year)}
    return {"district": area, **levels, **own}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a spreadsheet; ``given`` when the form fills its cells, not the applicant.

    ``under``: the head it shares with its neighbours.
    """

    key: str
    heading: str
    field: Field
    given: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """A form's record (``key`` empty) or one of its tables, as a spreadsheet has it.

    ``rows`` are the given rows as printed. ``linked``: each row says which record it belongs to in a first column.
    ``headings``: by column of a record, the heading it stands under on the page.
    """

    key: str
    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[Mapping[str, str], ...] = ()
    linked: bool = False
    blank: int = 1
    numbered: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)

    def unlinked(self) -> Spread:
        """The same in a file of one unit, where no row need say whose it is."""
        return replace(self, columns=tuple(column for column in self.columns if column is not LINK), linked=False)

    @property
    def required(self) -> tuple[str, ...]:
        """Headings of what has to be filled in."""
        return tuple(column.heading for column in self.columns if column.field.required and not column.given)


LINK = SheetColumn("", "填报单位", Field(label="填报单位", note="与“基本信息”表第一列一致；只有一家时可不填", width=6))
"""The column that says which record a row belongs to."""
NUMBER = SheetColumn("序号", "序号", Field(label="序号", type="index", width=2))
"""The column that counts the rows of a filled table."""
NAMED, CONTENT, ABOUT = "栏目", "填写内容", "填写说明"
"""The heads of a sheet that has a record's fields one below another."""


def spreads(form: Form, profile: Profile) -> tuple[Spread, ...]:
    """The spreadsheets of a form: its record first, then its tables in order."""
    wording = Wording(form, profile)
    names = [name for name in form.record() if name in form.fields]
    columns = tuple(SheetColumn(name, field.heading, field) for name in names for field in [wording.field(name)])
    own = Spread("", "基本信息", columns, blank=1 if form.single else 8, headings=_headings_above(wording))
    record = (own,) if columns else ()
    return (*record, *(_spread(table, wording) for table in wording.tables()))


_TOLD = "报告正文"
"""The heading over what a form has as running text, each under a heading that says what its label says."""
_HEADING = re.compile(r"^#+ +([^{}\n]+)$", re.MULTILINE)


def _headings_above(wording: Wording) -> dict[str, str]:
    """By field of the record, the heading nearest above it; what a cover shows first stands where it is asked for."""
    found: dict[str, str] = {}
    heading = ""
    for part in wording.form.parts:
        match part:
            case TextPart(text=text):
                heading = wording.named([heading, *_HEADING.findall(text)][-1])
            case ChapterPart(chapter=name):
                heading = wording.named(name)
            case GridPart(grid=rows, title=title):
                heading = wording.named(title or heading)
                found |= dict.fromkeys((name for row in rows for name in row), heading)
            case LinePart(line=names):
                found |= dict.fromkeys(names, heading)
            case ProsePart(prose=name):
                found[name] = _TOLD
            case _:
                pass
    return found


def _spread(table: TablePart, wording: Wording) -> Spread:
    columns = [
        SheetColumn(c.field, heading, wording.field(c.field), c.field in table.given, wording.named(c.under or ""))
        for c, heading in zip(table.cells(), _headings(table, wording), strict=True)
        if wording.form.fields[c.field].type != "index"
    ]
    linked = not wording.form.single
    rows = tuple({name: unmarked(given(value)) for name, value in row.items()} for row in table.rows)
    return Spread(
        table.table,
        table.name or table.table,
        tuple([LINK, *columns] if linked else columns),
        rows,
        linked,
        table.blank,
        numbered=any(wording.form.fields[c.field].type == "index" for c in table.cells()),
    )


def _headings(table: TablePart, wording: Wording) -> list[str]:
    """One row of column names; where two are the same, each with the head above it."""
    names = [wording.heading(column) for column in table.cells()]
    return [
        f"{wording.named(column.under)}{name}" if column.under and names.count(name) > 1 else name
        for column, name in zip(table.cells(), names, strict=True)
    ]


def given(value: str | Pending) -> str:
    """A given cell as a document prints it; one still to be confirmed shows what is suggested, marked."""
    if isinstance(value, Pending):
        suggested: dict[str, Any] = {"pending": value.suggest or value.pending}
        return pending(value.model_copy(update=suggested))
    return value


OFFICE = "按发布的为准"
"""What a filled form has in place of what the office has still to publish."""


def released(value: Pending) -> str:
    """A given cell still to be confirmed, in what somebody has filled in: words as suggested, figures not at all."""
    suggested = value.suggest or ""
    name = bool(suggested) and not any(char.isdecimal() for char in suggested)
    return f"{suggested}（{OFFICE}）" if name and suggested not in {"—", "%"} else OFFICE
