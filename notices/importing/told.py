"""What no known rule states: words of the source, each in the section it belongs to, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from notices.importing import placing
from notices.importing.known import KnownFact
from notices.importing.sentences import SourcePart, SourceSentence
from notices.importing.state import Drafting
from notices.profile.facts import Rule
from notices.wording.spelling import tidy

_LEAD = re.compile(r"如下[:：]?$|特此(?:通知|公告)|^[^。；]{0,40}[:：]$")
"""What leads to a list or ends a notice, and states nothing of its own."""
_LEAST = 4
"""Characters that can state something."""


def told(draft: Drafting) -> None:
    """Every part that is left, under the id of the rule it is like, or under one of its own."""
    known = list(draft.known.of(Rule))
    for n, sentence in enumerate(draft.source):
        for run in _runs(sentence):
            _run(draft, n, run, known)


def _runs(sentence: SourceSentence) -> Iterator[list[SourcePart]]:
    """Parts in a row nothing has been made of."""
    run: list[SourcePart] = []
    for part in sentence.parts:
        if part.fate == "left":
            run.append(part)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _run(draft: Drafting, n: int, run: Sequence[SourcePart], known: Sequence[KnownFact]) -> None:
    near = placing.nearest(run, known, draft.about(draft.source[n]), draft.ids())
    if near is None:
        _worded(draft, n, run, known)
        return
    if near.first:
        _run(draft, n, run[: near.first], known)
    _worded(draft, n, run[near.first : near.last + 1], known, near)
    if near.last + 1 < len(run):
        _run(draft, n, run[near.last + 1 :], known)


def _worded(
    draft: Drafting, n: int, run: Sequence[SourcePart], known: Sequence[KnownFact], near: placing.Near | None = None
) -> None:
    sentence = draft.source[n]
    text = re.sub(r"\s+", "", "".join(part.text for part in run))
    if _LEAD.search(tidy(text)) or len(tidy(text)) < _LEAST:
        for part in run:
            part.fate = "frame"
        return
    about = draft.about(sentence)
    section = near.known.section if near else placing.section(text, sentence.heads, known, about)
    table = draft.data.setdefault(section, {})
    name = near.known.name if near else f"{about[0] + '.' if about else ''}words-{len(table) + 1}"
    made = placing.rule(text, draft.profile, draft.names, _label(sentence, text))
    if near:
        made["label"] = near.known.data.get("label", made["label"])
        if near.sure and _same(made, near.known):
            made.pop("confirm")
    table[name] = {"label": made.pop("label"), **({"for": about} if about else {}), **made, "cite": sentence.clause}
    for part in run:
        part.fate, part.keys = "worded" if "confirm" in made else "typed", [f"{section}.{name}"]
    draft.state(n, f"{section}.{name}", _order(draft, n, run))


def _same(made: dict[str, Any], known: KnownFact) -> bool:
    """Whether words bind as a known rule does, and hold no figure of their own."""
    return made.get("strength", "must") == known.data.get("strength", "must") and not re.search(r"\d", made["say"])


def _order(draft: Drafting, n: int, run: Sequence[SourcePart]) -> int:
    """Where among what the sentence states a run of its parts stands."""
    parts = draft.source[n].parts
    before = {key for part in parts[: parts.index(run[0])] for key in part.keys}
    return max((at + 1 for at, key in enumerate(draft.stated.get(n, [])) if key in before), default=0)


def _label(sentence: SourceSentence, text: str) -> str:
    head = sentence.heads[-1] if sentence.heads else ""
    return re.sub(r"\s", "", head)[:12] or re.split("[，,（(]", text)[0][:12]
