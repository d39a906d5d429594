"""What the facts of a profile must say of each other. Each check is one small function; :data:`CHECKS` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from notices.checks.cites import check_cites, check_uncited_clauses, check_uncited_facts
from notices.checks.finding import Check, Finding, said
from notices.checks.outlines import check_outline_places, check_outline_words
from notices.checks.relations import (
    check_actors,
    check_categories,
    check_copies,
    check_dates,
    check_documents,
    check_evidence,
    check_material_attachments,
    check_papers,
    check_supplied,
)
from notices.checks.wording import (
    check_binding_words,
    check_bound_words,
    check_braces,
    check_places,
    check_said,
    check_strength_words,
    check_text,
    check_unsaid_values,
)
from notices.errors import Problem
from notices.profile import Profile
from notices.profile.yamlfile import Key, Origin, dotted

__all__ = ["CHECKS", "Finding", "problems_of", "said"]

CHECKS: tuple[Check, ...] = (
    check_places,
    check_braces,
    check_said,
    check_unsaid_values,
    check_bound_words,
    check_strength_words,
    check_binding_words,
    check_actors,
    check_copies,
    check_evidence,
    check_material_attachments,
    check_documents,
    check_supplied,
    check_categories,
    check_papers,
    check_dates,
    check_cites,
    check_uncited_clauses,
    check_uncited_facts,
    check_outline_places,
    check_outline_words,
    check_text,
)


def problems_of(profile: Profile, origins: dict[Key, Origin], name: str) -> list[Problem]:
    """All findings of all checks, each at the place its key stands."""
    by_key = {dotted(key): origin for key, origin in origins.items()}
    return [_placed(check, finding, by_key, name) for check in CHECKS for finding in check(profile, by_key)]


def _placed(check: Check, finding: Finding, origins: Mapping[str, Origin], name: str) -> Problem:
    key, at = finding.key, None
    while key and (at := origins.get(key)) is None:
        key = re.sub(r"(\[\d+\]|\.?[^.\[]+)$", "", key)
    at = at or Origin(name, 1, 1)
    rule = check.__name__.removeprefix("check_").replace("_", "-")
    return Problem(*at, finding.key, finding.message, finding.hint, finding.severity, rule)
