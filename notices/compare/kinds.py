"""The kinds of fact and what each key of theirs holds. A test keeps this table and the profile's models one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from notices.compare import values as v
from notices.compare.values import Parser, Value

KindName: TypeAlias = Literal[
    "rule",
    "offer",
    "exclusion",
    "head",
    "deadline",
    "material",
    "contact",
    "channel",
    "reference",
    "attachment",
    "paper",
]

_ATTACHMENT_KINDS = ("table", "requirements", "report", "list")
_TEXT_OR_PENDING = v.or_pending(v.text)


@dataclass(frozen=True)
class Kind:
    """What a fact of one kind holds.

    ``keys`` are compared; ``aside`` are known and not compared: they say how a rule is printed, checked or explained.
    """

    keys: dict[str, Parser]
    needed: tuple[str, ...] = ()
    defaults: dict[str, Value] = field(default_factory=dict)
    aside: frozenset[str] = frozenset({"label", "cite", "note"})


_RULE = Kind(
    {
        "for": v.categories,
        "when": v.text,
        "strength": v.choice(*v.STRENGTHS),
        "by": v.text,
        "say": v.text,
        "limit": v.limit,
        "span": v.span,
        "severity": v.choice(*v.SEVERITIES),
        "level": v.choice("national", "province", "city"),
        "items": v.words,
        "open_ended": v.flag,
        "any_of": v.text,
        "confirm": v.or_pending(v.text),
    },
    ("say",),
    {"strength": "must", "open_ended": False, "items": (), "for": ()},
    frozenset({"label", "cite", "note", "binds", "test", "relaxes"}),
)

KINDS: dict[KindName, Kind] = {
    "rule": _RULE,
    "offer": Kind(
        {"name": v.text, "offered": v.flag, "evidence": v.choice("self", "third-party", "either", "both")},
        ("name",),
        {"offered": True},
    ),
    "exclusion": Kind(
        {
            "say": v.text,
            "severity": v.choice(*v.SEVERITIES),
            "span": v.span,
            "evidence": v.words,
            "evidence_role": v.choice("decides", "refers"),
            "refuses": v.flag,
            "removes": v.flag,
        },
        ("say",),
        {"refuses": True, "removes": False, "evidence": ()},
        frozenset({"label", "cite", "note", "binds", "test", "relaxes"}),
    ),
    "head": Kind(
        {"lookback": v.span, "subjects": v.text, "bars": v.words, "open_ended": v.flag},
        ("lookback", "subjects", "bars"),
        {"open_ended": False},
        frozenset({"label", "cite", "note", "items"}),
    ),
    "deadline": Kind(
        {
            "by": v.text,
            "to": v.text,
            "say": v.text,
            "date": v.or_pending(v.date),
            "annual": v.month_day,
            "span": v.span,
            "confirm": v.or_pending(v.text),
        },
        ("by", "say"),
        {},
        frozenset({"label", "cite", "note", "binds"}),
    ),
    "material": Kind(
        {
            "for": v.categories,
            "name": v.text,
            "by": v.text,
            "form": v.words,
            "copies": v.count,
            "attachments": v.words,
        },
        ("name",),
        {"form": (), "attachments": (), "for": ()},
        frozenset({"label", "cite", "note", "otherwise"}),
    ),
    "contact": Kind(
        dict.fromkeys(("office", "person", "phone", "fax", "address", "postcode", "email"), _TEXT_OR_PENDING)
    ),
    "channel": Kind({"name": v.text, "url": v.text, "column": v.text, "alias": v.text}, ("name",)),
    "reference": Kind(
        {
            "title": v.text,
            "number": _TEXT_OR_PENDING,
            "kind": v.choice("document", "standard", "list", "dataset"),
            "dated": v.date,
            "part": v.text,
            "ends": v.date,
            "replaced_by": v.text,
            "confirm": v.or_pending(v.text),
        },
        ("title",),
        {"kind": "document"},
        frozenset({"label", "cite", "note", "alias", "quotes"}),
    ),
    "attachment": Kind(
        {"title": v.text, "for": v.categories, "kind": v.choice(*_ATTACHMENT_KINDS), "confirm": v.or_pending(v.text)},
        ("title",),
        {"kind": "requirements", "for": ()},
        frozenset({"label", "cite", "note", "forms"}),
    ),
    "paper": Kind(
        {"title": _TEXT_OR_PENDING, "number": _TEXT_OR_PENDING, "issued": v.or_pending(v.date)},
        ("title",),
        {},
        frozenset(
            {"label", "cite", "note", "subtitle", "layout", "mark", "addressees", "disclosure", "called"}
            | {"attachment_label"}
            | {"imprint"}
        ),
    ),
}

SECTIONS: dict[str, KindName] = {
    "papers": "paper",
    "channels": "channel",
    "references": "reference",
    "categories": "offer",
    "implements": "rule",
    "aims": "rule",
    "basis": "rule",
    "definitions": "rule",
    "levels": "rule",
    "scope": "rule",
    "conditions": "rule",
    "evaluation": "rule",
    "priorities": "rule",
    "exclusions": "head",
    "procedure": "rule",
    "review": "rule",
    "quotas": "rule",
    "materials": "material",
    "deadlines": "deadline",
    "third-party": "rule",
    "management": "rule",
    "green-code": "rule",
    "incentives": "rule",
    "duties": "rule",
    "supplementary": "rule",
    "contacts": "contact",
    "attachments": "attachment",
    "forms": "attachment",
}
"""The sections of a profile, in its order, and the kind of their facts."""

OTHER_KEYS = frozenset({"id", "year", "extends", "answers", "status", "authority", "source", "actors"})
"""Keys of a profile that hold no facts."""
