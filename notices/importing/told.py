"""What no known rule states: words of the source, each in the section it belongs to, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from notices.importing import acting, placing, sections
from notices.importing.known import KnownFact
from notices.importing.provisions import acts, leads, provisions
from notices.importing.sentences import SourcePart, SourceSentence
from notices.importing.state import WORDS, Drafting
from notices.wording.spelling import tidy

_LEAD = re.compile(r"如下(?:工作)?(?:要求|事项|通知|安排)?[:：]?$|特此(?:通知|公告)|^[^。；]{0,40}[:：]$")
"""What leads to a list or ends a notice, and states nothing of its own."""
_LEAST = 4
"""Characters that can state something."""


def told(draft: Drafting) -> None:
    """Every part that is left, under the id of the rule it is like, or under one of its own."""
    for n, sentence in enumerate(draft.source):
        for run in _runs(sentence):
            _run(draft, n, run)


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


def _run(draft: Drafting, n: int, run: Sequence[SourcePart]) -> None:
    near = placing.nearest(run, draft.rules, draft.about(draft.source[n]), draft.ids())
    if near is None or not (near.sure or _parted(run, near)):
        whole = near is not None and near.last - near.first + 1 == len(run)
        if whole:
            _worded(draft, n, run, near)
        else:
            _provisions(draft, n, run)
        return
    if near.first:
        _run(draft, n, run[: near.first])
    _worded(draft, n, run[near.first : near.last + 1], near)
    if near.last + 1 < len(run):
        _run(draft, n, run[near.last + 1 :])


def _provisions(draft: Drafting, n: int, run: Sequence[SourcePart]) -> None:
    """A run as a rule, or as one of each section its provisions surely belong to, of the party the run begins with."""
    by = _by(draft, n, _text(run))
    groups: list[list[SourcePart]] = []
    last = ""
    for one in provisions(run):
        found = _section(draft, n, _text(one), by, ())
        if groups and (not found.sure or found.section in {last, "conditions", "duties"}):
            groups[-1] += one
        else:
            groups.append(list(one))
            last = found.section
    keys = [_worded(draft, n, group, by=by) for group in groups]
    said = [key for key in keys if key and key not in draft.asked.dropped]
    if len(said) > 1 and len(keys) == len(said):
        draft.whole[said[0]] = f"{{{said[0]}}}，" + "，".join(f"{{say:{key}}}" for key in said[1:]) + "。"
        for key in said[1:]:
            draft.stated[n].remove(key)


def _text(run: Sequence[SourcePart]) -> str:
    return re.sub(r"\s+", "", "".join(part.text for part in run))


def _by(draft: Drafting, n: int, text: str) -> str:
    """Who does what words say: whom they name, the one their paragraph speaks of, those who are asked."""
    sentence, profile = draft.source[n], draft.profile
    if named := placing.doer(text, profile):
        return named
    if (asked := re.match("并?[请望]", text)) and acts(text[asked.end() :]):
        return acting.addressed(profile) or ""
    if not acts(text):
        return ""
    around = "".join(one.text for one in draft.source[: n + 1] if one.clause == sentence.clause)
    return acting.doer([text], around, profile) or ""


def _parted(run: Sequence[SourcePart], near: placing.Near) -> bool:
    """Whether a run can be cut around a known rule: no cut behind a condition, none that leaves a few words."""
    first, rest = run[: near.first], run[near.last + 1 :]
    pieces = ["".join(part.text for part in piece) for piece in (first, rest) if piece]
    ends = [part.text for part in (run[near.first - 1 : near.first] if first else ())] + (
        [run[near.last].text] if rest else []
    )
    return not any(re.search("[的后时][，,]$", end) for end in ends) and all(len(tidy(one)) > _FEW for one in pieces)


_FEW = 8
"""Characters that are no rule of their own."""


def _worded(
    draft: Drafting,
    n: int,
    run: Sequence[SourcePart],
    near: placing.Near | None = None,
    by: str = "",
) -> str:
    """A run as one rule under its id; empty where it states nothing. ``by`` acts where the run names nobody."""
    sentence = draft.source[n]
    text = _text(run)
    if _LEAD.search(tidy(text)) or len(tidy(text)) < _LEAST:
        for part in run:
            part.fate = "frame"
        return ""
    about = draft.about(sentence)
    found = sections.Placed(near.known.section, near.sure) if near else _section(draft, n, text, by)
    section = found.section
    table = draft.data.setdefault(section, {})
    name = near.known.name if near else f"{about[0] + '.' if about else ''}words-{len(table) + 1}"
    made = placing.rule(text, draft.profile, draft.names, _label(sentence), by)
    if near:
        made["label"] = near.known.data.get("label", made["label"])
    key = f"{section}.{name}"
    if (
        (key, WORDS) not in draft.asked.refused
        and _plain(made, found, near)
        and not leads(text)
        and not _cut(sentence, run)
    ):
        made.pop("confirm")
        draft.taken[key] = WORDS
    table[name] = {"label": made.pop("label"), **({"for": about} if about else {}), **made, "cite": sentence.clause}
    for part in run:
        part.fate, part.keys = "worded" if "confirm" in made else "typed", [key]
    draft.state(n, key, _order(draft, n, run))
    return key


def _cut(sentence: SourceSentence, run: Sequence[SourcePart]) -> bool:
    """Whether a run breaks off before a day by which it must be done: who it names must do that."""
    at = next(n for n, part in enumerate(sentence.parts) if part is run[-1])
    following = sentence.parts[at + 1].keys if at + 1 < len(sentence.parts) else ()
    return any(key.startswith("deadlines.") for key in following)


def _section(draft: Drafting, n: int, text: str, by: str, known: Sequence[KnownFact] | None = None) -> sections.Placed:
    """Where words belong; ``known`` are the rules they may be like, all of them where nothing is said."""
    sentence, profile = draft.source[n], draft.profile
    by = placing.doer(text, profile) or by
    acts = "own" if by == acting.own_key(profile) else "office" if by in acting.OFFICES else by
    before = next(
        (key for key in reversed(draft.stated.get(n - 1, ())) if draft.source[n - 1].node == sentence.node), ""
    )
    around = sections.Around(sentence.heads, acts, bool(draft.about(sentence)), before.partition(".")[0])
    own = tuple((key, section.label) for key, section in draft.programme.own.items())
    return sections.placed(text, around, draft.rules if known is None else known, own)


def _plain(made: dict[str, Any], found: sections.Placed, near: placing.Near | None) -> bool:
    """Whether nothing need be asked: a known rule nearly word for word, or words with nothing to measure."""
    if near and near.sure and _same(made, near.known):
        return True
    return found.sure and placing.settled(made, found.section)


def _same(made: dict[str, Any], known: KnownFact) -> bool:
    """Whether words bind as a known rule does, and hold no figure of their own."""
    return made.get("strength", "must") == known.data.get("strength", "must") and not re.search(r"\d", made["say"])


def _order(draft: Drafting, n: int, run: Sequence[SourcePart]) -> int:
    """Where among what the sentence states a run of its parts stands."""
    parts = draft.source[n].parts
    before = {key for part in parts[: parts.index(run[0])] for key in part.keys}
    return max((at + 1 for at, key in enumerate(draft.stated.get(n, [])) if key in before), default=0)


def _label(sentence: SourceSentence) -> str:
    """The heading over a sentence; empty where it has none."""
    return re.sub(r"\s", "", sentence.heads[-1]).strip("。：:")[:12] if sentence.heads else ""
