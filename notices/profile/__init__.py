"""The typed profile. Public: :class:`Profile` and the facts it holds."""

from notices.profile.facts import Attachment, Category, Contact, Deadline, Exclusion, Exclusions, Fact, Material, Rule
from notices.profile.model import Paper, PaperKind, Profile
from notices.profile.values import Limit, Pending, Severity, Span

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
    "Profile",
    "Rule",
    "Severity",
    "Span",
]
