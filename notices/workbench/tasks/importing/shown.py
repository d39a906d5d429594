"""What a page shows of a draft: facts in words, what the source does not say of the nation's rules, likely slips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from notices.app import listing
from notices.errors import ProblemsError
from notices.importing.edition import Imported
from notices.library import Library
from notices.profile import Deadline, Exclusion, Fact, Profile, Rule
from notices.profile.yamlfile import parse
from notices.wording.describe import Describer

_OWN = frozenset({"implements", "basis", "aims", "definitions"})
"""Sections in which every authority speaks for itself: nothing is lacking where it says what another does not."""

_WAITS = re.compile("【待定：核对这一[条项]】")
"""What stands behind words that are to be confirmed: the page says so beside them."""


def shown(library: Library, made: Imported) -> dict[str, Any]:
    """Plain data: ``title, facts`` (by key: ``label, section, text``)``, doubts, missed, unwritten, slips, notes``."""
    keys = {key for sentence in made.draft.source for part in sentence.parts for key in part.keys}
    return {
        "title": made.profile.source.title,
        "authority": made.profile.authority.named,
        "facts": {key: _fact(made.profile, key) for key in sorted(keys)},
        "doubts": list(_doubts(made)),
        "missed": [{"clause": one.name, "line": one.para.line, "text": one.para.text} for one in _missed(made)],
        "unwritten": list(_unwritten(library, made)),
        "slips": list(_slips(made)),
        "notes": list(dict.fromkeys((*made.draft.notes, *made.verification.notes))),
    }


def _fact(profile: Profile, key: str) -> dict[str, str]:
    fact = profile.by_id.get(key)
    section = profile.programme.sections[key.partition(".")[0]].label
    if fact is None:
        return {"label": section, "section": section, "text": ""}
    return {"label": fact.label or section, "section": section, "text": words_of(profile, fact)}


def words_of(profile: Profile, fact: Fact) -> str:
    """A fact in words, without the mark that it is to be looked at."""
    return re.sub(_WAITS, "", Describer(profile).text(fact))


def worded(text: str) -> str:
    """What a reader of profiles is told, for somebody who sees none: without the keys to be written there."""
    return re.sub("，改 [a-z]+", "", text.replace("写上 test 才能", "说明用什么判断，才能"))


def _doubts(made: Imported) -> Iterator[dict[str, Any]]:
    """What of the draft the source does not bear out word for word, by its place in the source."""
    for one in made.verification.verdicts:
        if one.status not in {"found", "pending"}:
            what = _fact(made.profile, one.key)["label"]
            why = worded("；".join(one.judgement.lacking))
            yield {"what": what, "clause": "、".join(one.cite), "line": one.source_line, "why": why}
    for more in made.verification.surplus:
        if more.sure:
            yield {"what": "", "clause": more.clause, "line": 0, "why": f"原文还有{more.what}：{more.sentence}"}


def _missed(made: Imported) -> Any:  # noqa: ANN401 - units of a source
    return {one.name: one for one in made.verification.missed}.values()


def _unwritten(library: Library, made: Imported) -> Iterator[dict[str, str]]:
    """The rules of the national line that the draft refuses, because its source does not state them."""
    national = library.national_line(made.edition)
    if national is None:
        return
    try:
        base = library.load(national).profile
    except ProblemsError:  # whoever opens that edition is told
        return
    describer, now = Describer(base), made.profile.by_id
    for key, fact in base.facts():
        if isinstance(fact, Rule | Exclusion | Deadline) and key.partition(".")[0] not in _OWN and key not in now:
            section = base.programme.sections[key.partition(".")[0]].label
            yield {"section": section, "label": fact.label or section, "text": describer.text(fact)}


def _slips(made: Imported) -> Iterator[dict[str, str]]:
    """Values of the source that cannot be so: what it wrote, and why it was not taken."""
    labels = {key: fact.label or "" for key, fact in made.profile.facts()}
    for one in listing.pendings(parse(made.text, made.path.as_posix())):
        if one["why"] and not one["key"].endswith(".confirm"):
            of = next((label for key, label in labels.items() if one["key"].startswith(f"{key}.")), "")
            yield {"what": one["what"], "of": of, "was": one["was"] or "", "why": one["why"]}
