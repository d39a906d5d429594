"""A file with applicants of several categories, as each of the categories reads it: its own rows, its own columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from notices.forms.catalogue import Sheet
from notices.forms.data.checking import plain
from notices.forms.wording import spreads
from notices.profile import Category, Profile
from notices.profile.values import suggested

COLUMN = "applied-category"
"""The field that says what an applicant applies for."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """What one category takes of such a file.

    ``called`` are the words the categories judged in this run may be called by. The category that takes the ``rest``
    has the rows of none of them, too, to refuse them by name. ``columns`` are the heads of the other categories'
    forms, by table and head, each with its field: a sheet of all of them has those as well.
    """

    category: Category
    called: Mapping[str, Category]
    rest: bool
    columns: Mapping[tuple[str, str], str]

    def takes(self, said: object) -> bool:
        """Whether a row is read here, by what it says it applies for."""
        found = self.called.get(plain(str(said or "")))
        return found == self.category or (found is None and self.rest)


def category_names(profile: Profile, category: Category) -> frozenset[str]:
    """What a category may be called in a sheet: its id, what the edition calls it, what the programme does."""
    named = (category, suggested(profile.categories[category].name), profile.programme.categories[category].name)
    return frozenset(map(plain, named))


def mixed(sheets: Mapping[Category, Sheet]) -> tuple[Mixed, ...]:
    """How each of several categories reads a file they share; ``sheets`` are their forms, the first takes the rest."""
    called = {
        name: category for category, sheet in sheets.items() for name in category_names(sheet.edition.profile, category)
    }
    return tuple(
        Mixed(
            category,
            called,
            number == 0,
            dict(_heads([sheet for other, sheet in sheets.items() if other != category])),
        )
        for number, category in enumerate(sheets)
    )


def _heads(sheets: Sequence[Sheet]) -> Iterator[tuple[tuple[str, str], str]]:
    for sheet in sheets:
        for spread in spreads(sheet.only(), sheet.edition.profile):
            for column in spread.columns:
                for name in (column.heading, column.field.label):
                    yield (spread.key, plain(name)), column.key
