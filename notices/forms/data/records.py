"""What a form is filled with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from notices.forms.values import Value

Row = Mapping[str, Value]
"""Values by field id; a field left empty is not there."""

NOTHING: Row = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """One filled form: the record's values, and the rows of its tables by table id."""

    values: Row = field(default_factory=lambda: NOTHING)
    tables: Mapping[str, Sequence[Row]] = field(default_factory=lambda: MappingProxyType({}))


BLANK = Record()
