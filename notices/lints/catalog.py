"""All lint rules in the order of their documentation, and running them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from notices.checks import Finding
from notices.errors import Problem
from notices.library import Edition, Library
from notices.lints.attached import attachment_absent, attachment_unnamed
from notices.lints.case import Case, Lint
from notices.lints.dates import deadline_order, deadline_rest_day, notice_period
from notices.lints.inheritance import taken, undecided
from notices.lints.leftovers import contact_unchanged, leftover_value, leftover_year
from notices.lints.sources import answers, category_withdrawn, relaxes, source_unread, superseded
from notices.lints.spelling import document_number, doubled, email_form, mark_name, phone_area_code
from notices.papers.compose import Composed
from notices.profile import PaperKind
from notices.profile.yamlfile import Origin, dotted

LINTS: tuple[Lint, ...] = (
    deadline_rest_day,
    deadline_order,
    notice_period,
    document_number,
    mark_name,
    phone_area_code,
    doubled,
    email_form,
    attachment_absent,
    attachment_unnamed,
    superseded,
    answers,
    category_withdrawn,
    relaxes,
    source_unread,
    undecided,
    taken,
    contact_unchanged,
    leftover_year,
    leftover_value,
)


def problems_of(
    library: Library, edition: Edition, composed: Mapping[PaperKind, Composed], since: dt.date | None = None
) -> list[Problem]:
    """All findings of all rules about one edition.

    Args:
        library: where its other editions and the national ones are.
        edition: the edition.
        composed: its papers; empty when they cannot be composed, and then nothing is said of their text.
        since: the day since which sources must have been read again; None asks nothing.
    """
    case = Case(library, edition, composed, since)
    found = [_placed(rule, finding, edition) for rule in LINTS for finding in rule.check(case)]
    accepted = edition.profile.source.accepted
    kept = [problem for problem in found if problem.severity == "error" or _named(problem) not in accepted]
    used = {_named(problem) for problem in found if problem.severity == "warning"}
    idle = [name for name in accepted if name not in used] if composed else []
    return kept + [_idle(edition, name) for name in idle]


def _named(problem: Problem) -> str:
    """As ``source.accepted`` names a finding: the rule's id and the key."""
    return f"{problem.rule} {problem.key}"


def _idle(edition: Edition, name: str) -> Problem:
    message, hint = f"没有这一项提醒，不用接受：{name}", "删去；写法是：规则编号 键，错误不能接受"
    return Problem(*edition.origin("source.accepted"), "source.accepted", message, hint, "warning", "accepted")


def _placed(rule: Lint, finding: Finding, edition: Edition) -> Problem:
    places = {dotted(key) for key in edition.origins}
    key = finding.key
    while key and key not in places:
        key = re.sub(r"(\[\d+\]|\.?[^.\[]+)$", "", key)
    at = edition.origin(key) if key else Origin(edition.file, 1, 1)
    return Problem(*at, finding.key, finding.message, finding.hint, rule.severity, rule.id)
