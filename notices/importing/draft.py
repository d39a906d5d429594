"""From the text of a notice to the data of a profile: everything it says is a fact, words to be confirmed, or told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from notices.importing import dated, handed, negatives, outline
from notices.importing.known import Knowledge
from notices.importing.opening import opening
from notices.importing.rules import rules
from notices.importing.sentences import SourceSentence
from notices.importing.state import Asked, Drafting
from notices.importing.told import told
from notices.profile import Deadline, Profile
from notices.profile.facts import Exclusion, Material
from notices.verify.clauses import Clauses
from notices.verify.texts import ReadText


@dataclass(frozen=True)
class Draft:
    """The data of a profile drafted from a source, and what became of every part of the source."""

    data: dict[str, Any]
    source: list[SourceSentence]
    clauses: Clauses
    taken: dict[str, str]
    """The edition each known rule was taken from, by its id here."""
    carrying: dict[str, str]
    """The deadline each material is handed in by."""
    notes: tuple[str, ...] = ()
    """What makes the source no whole notice, or more than one."""


def drafted(text: ReadText, kind: type[Profile], known: Knowledge, identity: str, asked: Asked) -> Draft:
    """Draft the profile a source states, of a programme's class, by what is ``known``.

    Raises:
        ProblemsError: the source does not say of which year it is.
    """
    made = Drafting(text, kind, known, identity, asked)
    _negative(made)
    _dated(made)
    _listed(made)
    rules(made)
    intro = opening(made)
    told(made)
    _dropped(made)
    _tables(made)
    shown = {key: made.category(key) for key in made.categories}
    parts = outline.outline(made.clauses, made.source, outline.Stated(made.stated, made.whole, shown, intro))
    made.data["outlines"] = {made.head.kind: parts}
    return Draft(made.data, made.source, made.clauses, made.taken, made.carrying, tuple(made.notes))


def _dropped(draft: Drafting) -> None:
    """Facts no profile may hold so are taken out; the parts they were made of are left, and told."""
    for key in draft.asked.dropped:
        section, _, name = key.partition(".")
        table = draft.data.get(section, {})
        (table.get("items", {}) if section == "exclusions" else table).pop(name.removeprefix("items."), None)
        draft.whole.pop(key, None)
        for keys in draft.stated.values():
            if key in keys:
                keys.remove(key)
    for sentence in draft.source:
        for part in sentence.parts:
            if part.keys and not set(part.keys) - draft.asked.dropped:
                part.fate, part.why = "left", "写成规定通不过检查，留给人处理"


def _negative(draft: Drafting) -> None:
    """The negative list."""
    words = draft.profile.programme.verify.applicants
    found = negatives.negative(draft.source, list(draft.known.of(Exclusion)), words)
    if found is None:
        return
    draft.data["exclusions"] = found.data
    owners = {id(part): n for n, one in enumerate(draft.source) for part in one.parts}
    for part, key in found.parts:
        item = found.data if key == "exclusions" else found.data["items"][key.removeprefix("exclusions.items.")]
        part.typed(key)
        part.fate = "worded" if "confirm" in item else "typed"
        part.why = str(item["confirm"]["why"]) if "confirm" in item else ""
    draft.taken |= found.taken
    draft.state(min((owners[id(part)] for part, _ in found.parts), default=0), "exclusions")
    draft.whole["exclusions"] = {"lead": "{exclusions}：", "items": "exclusions.items.*"}


def _dated(draft: Drafting) -> None:
    """The deadlines, and what is handed in by them."""
    left = [n for n, one in enumerate(draft.source) if one.open and not draft.opens(one)]
    means = dated.Means(
        draft.profile, draft.names, list(draft.known.of(Material)), list(draft.known.of(Deadline)), draft.year,
        draft.head.issued, draft.asked.refused,
    )  # fmt: skip
    for one in dated.dated([draft.source[n] for n in left], means):
        draft.data.setdefault("deadlines", {})[one.key.partition(".")[2]] = one.data
        draft.state(left[one.sentence], one.key)
        for key, item in one.materials.items():
            draft.data.setdefault("materials", {})[key.partition(".")[2]] = item
        for part in one.parts:
            for key in (one.key, *one.materials):
                part.typed(key)
            if "confirm" in one.data:
                part.fate, part.why = "worded", str(one.data["confirm"]["why"])
        draft.data["actors"] |= means.called
        if one.materials:
            draft.taken |= dict.fromkeys((one.key, *one.materials), dated.CARRIED)
            draft.carrying |= dict.fromkeys(one.materials, one.key)
            draft.whole[one.key] = f"{{carrying:{one.key} {' '.join(one.materials)}}}。"


def _listed(draft: Drafting) -> None:
    """Materials told one a paragraph under a heading that speaks of materials, with no day of their own."""
    known = list(draft.known.of(Material))
    for n, sentence in enumerate(draft.source):
        first = sentence.parts[0]
        if first.fate != "left" or not any(_MATERIALS.search(head) for head in sentence.heads[-2:]):
            continue
        name = re.sub("[，,。；;：:]$", "", first.text.strip())
        if len(name) > _LONGEST or not handed.listed(name):
            continue
        taken = {f"materials.{key}" for key in draft.data.get("materials", {})}
        found = handed.materials(name, handed.Place(sentence.clause, name), draft.names, known, taken)
        for key, item in found.items():
            draft.data.setdefault("materials", {})[key.partition(".")[2]] = item
            first.typed(key)
            draft.state(n, key)


_MATERIALS = re.compile("材料(?!审|初)|提交.{0,4}资料")
_LONGEST = 40
"""Characters of the longest name of a material."""


def _tables(draft: Drafting) -> None:
    """What the facts name: documents, platforms, attachments, contacts."""
    data = draft.data
    for section, place, table in (
        ("references", "ref", draft.names.references),
        ("channels", "channel", draft.names.channels),
    ):
        used = set(re.findall(rf"\{{{place}:([^}}]+)\}}", str(data)))
        data[section] = {key: item for key, item in table.items() if key in used}
    if draft.names.attachments:
        data["attachments"] = draft.names.attachments
    if draft.contact:
        data["contacts"] = {"office": draft.contact}
        draft.whole["contacts.office"] = ["contacts.office"]
