"""Where one of two ways is enough, a figure that fails settles nothing while the other is not answered."""

from __future__ import annotations

import pytest

from notices.checklist.combine import unless
from notices.checklist.facts import Facts
from notices.checklist.finding import ItemFinding, Verdict


@pytest.mark.parametrize(
    ("figure", "answer", "verdict", "reason"),
    [
        ("not-met", "unknown", "unknown", "answer"),
        ("not-met", "not-met", "not-met", "figure"),
        ("not-met", "met", "met", "answer"),
        ("met", "unknown", "met", "figure"),
        ("unknown", "not-met", "unknown", "figure"),
    ],
)
def test_a_failing_figure_waits_for_the_other_answer(
    figure: Verdict, answer: Verdict, verdict: Verdict, reason: str
) -> None:
    decide = unless(lambda _: ItemFinding(figure, "figure"), lambda _: ItemFinding(answer, "answer"))
    found = decide(Facts("某厂", "", {}))
    assert (found.verdict, found.reason) == (verdict, reason)
