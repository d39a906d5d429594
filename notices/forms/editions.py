"""A form as one edition uses it: rows that are facts of the edition, and its own words in given rows."""

from __future__ import annotations

from notices.forms.model import AnyPart, Form, Given, TablePart
from notices.forms.wording import Wording
from notices.profile import Pending, Profile
from notices.wording.speaker import Speaker

_COUNTED = ("number",)
"""The column of numbers, which no fact fills."""


def suited(form: Form, profile: Profile) -> Form:
    """The form with the edition's rows in its tables, and places such as {province-level} filled in given rows."""
    wording = Wording(form, profile)
    parts = tuple(_suited(part, wording) if isinstance(part, TablePart) else part for part in form.parts)
    return form.model_copy(update={"parts": parts})


def _suited(part: TablePart, wording: Wording) -> AnyPart:
    rows = _stated(part, wording.profile) if part.facts else tuple(_worded(row, wording) for row in part.rows)
    return part.model_copy(update={"rows": rows})


def _stated(part: TablePart, profile: Profile) -> tuple[Given, ...]:
    """What the edition states, each item in its own words and order; nothing where it states nothing of the kind."""
    column = next(column.field for column in part.cells() if column.field not in _COUNTED)
    speaker = Speaker(profile)
    match part.facts:
        case "third-party":
            rules = [profile.third_party[key] for key in part.keys if key in profile.third_party]
            complete = part.keys[0] in profile.third_party
            return tuple({column: speaker.say(rule)} for rule in rules if complete)
        case "management":
            rules = [rule for name, rule in profile.management.items() if any(key in name for key in part.keys)]
            if rules:
                return tuple({column: speaker.say(rule)} for rule in rules)
    return tuple({column: text} for text in _barred(part, profile, speaker))


def _barred(part: TablePart, profile: Profile, speaker: Speaker) -> tuple[str, ...]:
    """The items of the negative list; none when the edition has no such list."""
    if profile.exclusions is None:
        return ()
    listed = profile.exclusions.items if part.facts == "exclusions" else profile.exclusions.refusals
    if not listed:
        return ()
    *texts, last = map(speaker.exclusion, listed.values())
    return (*texts, last + speaker.etc(profile.exclusions))


def _worded(row: Given, wording: Wording) -> Given:
    return {name: value if isinstance(value, Pending) else wording.named(value) for name, value in row.items()}
