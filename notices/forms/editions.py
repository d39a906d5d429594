"""A form as one edition uses it: rows that are facts of the edition, and its own words in given rows."""

from __future__ import annotations

from notices.forms.model import AnyPart, Form, Given, TablePart
from notices.forms.wording import Wording
from notices.profile import Pending, Profile
from notices.wording.speaker import Speaker


def suited(form: Form, profile: Profile) -> Form:
    """The form with the edition's rows in its tables, and places such as {province-level} filled in given rows."""
    wording = Wording(form, profile)
    parts = tuple(_suited(part, wording) if isinstance(part, TablePart) else part for part in form.parts)
    return form.model_copy(update={"parts": parts})


def _suited(part: TablePart, wording: Wording) -> AnyPart:
    rows = _stated(part, wording.profile) if part.facts else tuple(_worded(row, wording) for row in part.rows)
    return part.model_copy(update={"rows": rows})


def _stated(part: TablePart, profile: Profile) -> tuple[Given, ...]:
    """Every item of the negative list, in its own words and order; none when the edition has no such list."""
    column = next(column.field for column in part.cells())
    if profile.exclusions is None:
        return ()
    speaker = Speaker(profile)
    *texts, last = map(speaker.exclusion, profile.exclusions.items.values())
    return tuple({column: text} for text in (*texts, last + speaker.etc(profile.exclusions)))


def _worded(row: Given, wording: Wording) -> Given:
    return {name: value if isinstance(value, Pending) else wording.named(value) for name, value in row.items()}
