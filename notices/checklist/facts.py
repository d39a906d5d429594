"""What is known of an applicant, from a filled form ``applicant-<category>``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from notices.checklist.places import NOWHERE
from notices.forms.data.records import Record
from notices.forms.values import Value
from notices.wording.words import SEVERITY_WORDS

SEVERITY_NAMES = {words.removesuffix("及以上"): grade for grade, words in SEVERITY_WORDS.items() if words}
"""Grades of accident as they are filled in, mildest first: 一般, 较大, 重大, 特别重大."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and the last day it holds; None where that was not filled in."""

    kind: str
    expires: dt.date | None


@dataclass(frozen=True, slots=True)
class Incident:
    """An entry on the applicant's record; ``resolved`` None while it still stands, ``severity`` empty when unknown."""

    kind: str
    date: dt.date | None
    severity: str
    resolved: dt.date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """One applicant. A fact that is not there is not known.

    ``checked`` is the day the record was looked up everywhere; without it an empty record proves nothing.
    ``certified`` says that all certificates are listed; without it one that is not listed may still be there.
    """

    name: str
    code: str
    values: Mapping[str, Value]
    certificates: tuple[Certificate, ...] = ()
    incidents: tuple[Incident, ...] = ()
    checked: dt.date | None = None
    certified: bool = False
    places: Mapping[str, str] = field(default_factory=lambda: NOWHERE, compare=False)
    """Where each answer stands in the data, by the form's field; see :mod:`notices.checklist.places`."""

    def at(self, field: str) -> str:
        """Where an answer stands, as it reads after its name: （u.xlsx 基本信息!C5）; empty where nobody knows."""
        place = self.places.get(field, "")
        return f"（{place}）" if place else ""


def facts(record: Record, places: Mapping[str, str] = NOWHERE) -> Facts:
    """An applicant's facts from a filled form. Names of facts have ``_`` where the form's fields have ``-``."""
    values = {fact_name(name): value for name, value in record.values.items()}
    certificates = tuple(
        Certificate(str(row.get("certificate", "")), _day(row.get("expires")))
        for row in record.tables.get("certificates", ())
    )
    incidents = tuple(
        Incident(
            str(row.get("record-kind", "")),
            _day(row.get("record-date")),
            SEVERITY_NAMES.get(str(row.get("severity", "")), ""),
            _day(row.get("resolved")),
        )
        for row in record.tables.get("records", ())
    )
    return Facts(
        name=str(values.get("name", "")),
        code=str(values.get("code", "")),
        values=values,
        certificates=certificates,
        incidents=incidents,
        checked=_day(values.get("records_checked")),
        certified=values.get("certificates_listed") == "是",
        places=places,
    )


def fact_name(field: str) -> str:
    """What rules call a form's field: ``_`` where its id has ``-``."""
    return field.replace("-", "_")


def _day(value: Value | None) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
