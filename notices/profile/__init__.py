"""The typed profile. Public: :class:`Profile` and the facts it holds, each loaded when it is first asked for.

``notices list`` reads YAML and needs no model.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notices.profile.facts import Attachment, Deadline, Exclusion, Exclusions, Material, Rule
    from notices.profile.model import Paper, PaperKind, Profile
    from notices.profile.people import Contact, Person
    from notices.profile.programme import Programme
    from notices.profile.values import Category, Duration, Fact, Grade, Limit, Pending

_HOME = {
    "Attachment": "notices.profile.facts",
    "Category": "notices.profile.values",
    "Contact": "notices.profile.people",
    "Deadline": "notices.profile.facts",
    "Exclusion": "notices.profile.facts",
    "Exclusions": "notices.profile.facts",
    "Fact": "notices.profile.values",
    "Limit": "notices.profile.values",
    "Material": "notices.profile.facts",
    "Paper": "notices.profile.model",
    "PaperKind": "notices.profile.model",
    "Pending": "notices.profile.values",
    "Person": "notices.profile.people",
    "Profile": "notices.profile.model",
    "Programme": "notices.profile.programme",
    "Rule": "notices.profile.facts",
    "Grade": "notices.profile.values",
    "Duration": "notices.profile.values",
}
"""Where each name is made."""

__all__ = [
    "Attachment",
    "Category",
    "Contact",
    "Deadline",
    "Duration",
    "Exclusion",
    "Exclusions",
    "Fact",
    "Grade",
    "Limit",
    "Material",
    "Paper",
    "PaperKind",
    "Pending",
    "Person",
    "Profile",
    "Programme",
    "Rule",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found
