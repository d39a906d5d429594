"""Known rules that a source states, under the ids they have everywhere, with this source's own names in them."""

from __future__ import annotations

import re
from typing import Any

from notices.checks.wording import binds_in
from notices.importing import acting, pairing
from notices.importing.known import KnownFact
from notices.importing.sentences import SourceSentence
from notices.importing.state import Drafting
from notices.profile.facts import Rule
from notices.verify.wording import pairs_of
from notices.wording.words import PLACEHOLDER

_OWN = frozenset({"cite", "note", "relaxes", "document"})
"""What a rule says of its own source only."""
_NEVER = frozenset({"implements", "basis", "definitions"})
"""Sections read in another way (:mod:`notices.importing.opening`)."""


def rules(draft: Drafting) -> None:
    """Every known rule that a sentence states."""
    known = [one for one in draft.known.of(Rule) if one.section not in _NEVER]
    listed = draft.clauses.find("附件")
    left = [n for n, one in enumerate(draft.source) if one.open]
    source = [draft.source[n] for n in left]
    about = [draft.about(one) for one in source]
    kept: list[pairing.Paired] = []
    for one in pairing.paired(source, known, about, listed.text if listed else ""):
        data = _own(draft, one.known, source[one.first])
        if data is None or not any(part.fate == "left" for part in one.parts) or _only_like(one):
            continue
        draft.data.setdefault(one.known.section, {})[one.known.name] = data
        draft.state(left[one.first], one.known.key)
        draft.taken[one.known.key] = one.known.edition
        kept.append(one)
    pairing.settled(kept)
    for one in kept:
        _occasion(draft, one, source[one.first])
    for one in kept:  # a rule no part of which it has enough of stands beside what is kept as words
        if not any(one.known.key in part.keys for part in one.parts):
            draft.data[one.known.section].pop(one.known.name)
            draft.stated[left[one.first]].remove(one.known.key)


_SHORT = frozenset({"aims"})
"""Sections of phrases too short to be told by half of their words."""


def _only_like(one: pairing.Paired) -> bool:
    """Whether a short phrase has too little of a source's words to be it: 加快推行…… is not 加快推动……."""
    words = pairs_of(one.known.text)
    there = pairs_of("".join(part.text for part in one.parts))
    return one.known.section in _SHORT and len(words & there) / max(len(words), 1) < _ENOUGH


_ENOUGH = 0.8
_OCCASION = re.compile("^[^，,：:（(]{2,40}(?:的|后|时)[，,]$")


def _occasion(draft: Drafting, one: pairing.Paired, sentence: SourceSentence) -> None:
    """A condition right before a known rule that has none is when it applies here."""
    data = draft.data[one.known.section][one.known.name]
    at = next((n for n, part in enumerate(sentence.parts) if one.known.key in part.keys), 0)
    before = sentence.parts[at - 1] if at else None
    if before is None or before.fate != "left" or "when" in data or not _OCCASION.match(before.text):
        return
    data["when"] = draft.names.placed(before.text.rstrip("，, "))
    if binds := [*binds_in(data["when"], data.get("strength", "must")), *data.get("binds", ())]:
        data["binds"] = binds
    before.typed(one.known.key)


def _own(draft: Drafting, known: KnownFact, sentence: SourceSentence) -> dict[str, Any] | None:
    """A known rule with this source's ids; None where it names something this source has not."""
    data = {name: value for name, value in known.data.items() if name not in _OWN}
    for name in ("say", "when"):
        if isinstance(data.get(name), str):
            data[name] = _translated(draft, data[name], known)
            if data[name] is None:
                return None
    if "by" in data:
        by = acting.doer(known.demand.phrase, sentence.text, draft.profile) or data["by"]
        by = by if by in draft.profile.actors else data["by"]
        data.pop("by")
        data |= {"by": by} if by in draft.profile.actors else {}
    if "for" in data:
        data["for"] = [key for key in data["for"] if key in draft.categories]
        if not data["for"]:
            return None
    if known.section == "conditions" and re.search("重点[是为]", sentence.text):
        data["strength"] = "focus"
    elif data.get("strength") == "focus":
        data.pop("strength")
    return {**data, "cite": sentence.clause}


_BRACKETED = re.compile(r"[（(]见?\{attachment:([^}]+)\}[）)]")


def _translated(draft: Drafting, text: str, known: KnownFact) -> str | None:
    """A rule's words with this source's ids in its places; None where this source has no such thing."""
    has = draft.names.attachments
    made = _BRACKETED.sub(lambda match: match[0] if match[1] in has else "", text)
    for match in list(PLACEHOLDER.finditer(made)):
        name, arg = match["name"], match["arg"] or ""
        if name == "ref":
            key = draft.names.reference(str(known.profile.references[arg].title))
        elif name == "channel":
            key = next(iter(draft.names.channels), None)
        elif name in {"actor", "attachment"}:
            key = arg if arg in (draft.data["actors"] if name == "actor" else has) else None
        else:
            continue
        if key is None:
            return None
        made = made.replace(match[0], f"{{{name}:{key}}}")
    return made
