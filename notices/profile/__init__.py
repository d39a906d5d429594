"""The typed profile. Public: :class:`Profile` and the facts it holds."""

from notices.profile.facts import Attachment, Category, Deadline, Exclusion, Exclusions, Material, Rule
from notices.profile.model import Paper, PaperKind, Profile
from notices.profile.people import Contact, Person
from notices.profile.values import Fact, Limit, Pending, Severity, Span

__all__ = [
    "Attachment",
    "Category",
    "Contact",
    "Deadline",
    "Exclusion",
    "Exclusions",
    "Fact",
    "Limit",
    "Material",
    "Paper",
    "PaperKind",
    "Pending",
    "Person",
    "Profile",
    "Rule",
    "Severity",
    "Span",
]
