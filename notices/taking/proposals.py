"""The ways a change may be taken, the likeliest first; :mod:`notices.taking.take` tries which makes the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from rapidfuzz.distance import Postfix, Prefix

from notices.profile import Pending, Rule
from notices.profile.facts import Deadline
from notices.profile.values import Duration, Limit, Model
from notices.profile.yamlfile import Key
from notices.taking import outline, values
from notices.taking.changes import Change, says
from notices.taking.draft import Draft, Proposal, TakenKind
from notices.taking.numbers import number_of
from notices.taking.office import OfficePara
from notices.taking.probe import Atom
from notices.taking.sentences import sentence_in, strengths
from notices.taking.state import Line, State, bare
from notices.wording.words import bound

_LISTS: Final = ("，", "、")
_SPLIT: Final = {"，": r"，", "、": r"、|(?<=》)(?=《)|(?<=”)(?=“)"}


def edits(state: State, change: Change, paras: Sequence[OfficePara]) -> Iterator[Proposal]:
    """The ways to take words changed inside a line: as whole words, else only the characters that differ."""
    yield from _edits(state, change, paras)
    trimmed = _trimmed(change)
    if trimmed != change:
        yield from _edits(state, trimmed, paras)


def _trimmed(change: Change) -> Change:
    """The change without the characters both sides begin or end with."""
    before, after = change.before, change.after
    head = Prefix.similarity(before, after)
    tail = Postfix.similarity(before[head:], after[head:])
    return replace(
        change,
        start=change.start + head,
        end=change.end - tail,
        begin=change.begin + head,
        stop=change.stop - tail,
        before=before[head : len(before) - tail],
        after=after[head : len(after) - tail],
    )


def _edits(state: State, change: Change, paras: Sequence[OfficePara]) -> Iterator[Proposal]:
    line = state.probed[change.line]
    theirs = paras[change.paras[0]].text
    yield from _whole_sentences(state, line, change, theirs)
    touching = [atom for atom in line.atoms if atom.start <= change.start and change.end <= atom.end]
    ordered = sorted(touching, key=lambda atom: (atom.end - atom.start, atom.fixed))
    if change.start == change.end:  # between two: the words of an outline give way to a fact's
        ordered = sorted(touching, key=lambda atom: (atom.at is None, atom.fixed, atom.end == change.start))
    for atom in ordered:
        if atom.at is None:
            yield from _revalued(state, line, atom, change)
    yield from _confirmed(state, line, change)
    yield from _bounds(state, line, change)
    yield from _lists(state, line, change)
    yield from _open_ended(state, line, change)
    if says(change) and change.after.count("。") > change.before.count("。"):
        return  # a sentence more is no word of what is there
    if not change.before and number_of(change.after) == change.after:
        return  # nor is a number
    for atom in ordered:
        if atom.at is not None:
            yield from _reworded(state, line, atom, change)
    yield from _solved(state, line, theirs, change)
    yield from _said_anew(state, line, change)
    if not any(one.start < change.end and change.start < one.end for one in line.facts):
        yield from _rewritten(state, line, _new_text(line, 0, len(line.text), change), change.start)


def _new_text(line: Line, start: int, end: int, change: Change) -> str:
    return line.text[start : change.start] + change.after + line.text[change.end : end]


def _whole_sentences(state: State, line: Line, change: Change, theirs: str) -> Iterator[Proposal]:
    """A sentence that came, went or moved."""
    gone = [one for one in line.facts if change.start <= one.start and one.end <= change.end]
    if _shuffled(line.text, theirs):
        yield from _rewritten(state, line, theirs, change.start)
    if gone and not bare(change.after).strip("，。；、"):
        yield from _rewritten(state, line, _new_text(line, 0, len(line.text), change), change.start)
    if "。" in change.after and change.start == change.end:
        yield from sentence_in(state, line, change)


def _shuffled(ours: str, theirs: str) -> bool:
    """Whether two texts are the same sentences in another order."""
    return sorted(re.split("[。；]", ours)) == sorted(re.split("[。；]", theirs))


def _revalued(state: State, line: Line, atom: Atom, change: Change) -> Iterator[Proposal]:
    for found in values.reread(state.edition.profile, atom.key, _new_text(line, atom.start, atom.end, change)):
        yield _put(state, found)


def _confirmed(state: State, line: Line, change: Change) -> Iterator[Proposal]:
    """A mark that something is to be confirmed struck, with the brackets around it."""
    for atom in line.atoms:
        if atom.key[-1] == "confirm" and change.start <= atom.start and atom.end <= change.end:
            around = line.text[change.start : atom.start] + line.text[atom.end : change.end] + change.after
            if not around.strip("（），"):
                yield Draft(state).put(atom.key, None).proposal("value")


def _open_ended(state: State, line: Line, change: Change) -> Iterator[Proposal]:
    """等 behind a list struck, or put there."""
    if {change.before, change.after} != {"等", ""}:
        return
    for one in line.facts:
        key: Key = ("exclusions",) if one.key.startswith("exclusions") else tuple(one.key.split(".", 1))
        if one.start <= change.end and change.start <= one.end:
            yield Draft(state).put((*key, "open_ended"), True if change.after else None).proposal("value")


def _put(state: State, found: values.Values) -> Proposal:
    draft = Draft(state)
    for key, value in found:
        draft.put(key, value)
    return draft.proposal("value")


def _bounds(state: State, line: Line, change: Change) -> Iterator[Proposal]:
    """A bound changed with its figure, or alone: 超过50% to 不低于60%."""
    for atom in line.atoms:
        held = _value_at(state, atom.key[:-1]) if atom.at is None and atom.key[-1] == "value" else None
        if not isinstance(held, Limit | Duration) or isinstance(held.value, Pending):
            continue
        whole = bound(held)
        size = len(whole)
        start = line.text.find(whole, max(0, atom.start - size), atom.end + size)
        if start >= 0 and start <= change.start and change.end <= start + size:
            text = _new_text(line, start, start + size, change)
            for found in values.bounded(held, atom.key[:-1], text):
                yield _put(state, found)


def _value_at(state: State, key: Key) -> Any:  # noqa: ANN401 - a profile's values are of many types
    at: Any = state.edition.profile
    for part in key:
        if isinstance(at, Model):
            fields = {info.alias or name: name for name, info in type(at).model_fields.items()}
            at = getattr(at, fields.get(str(part), str(part)), None)
        else:
            try:
                at = at[part]
            except (KeyError, IndexError, TypeError):
                return None
    return at


def _lists(state: State, line: Line, change: Change) -> Iterator[Proposal]:
    """Members of a list come, go or changed."""
    heads = dict.fromkeys(atom.key[:-1] for atom in line.atoms if not atom.fixed and isinstance(atom.key[-1], int))
    for head in heads:
        members = [atom for atom in line.atoms if atom.key[:-1] == head]
        start, end = members[0].start, max(one.end for one in members)
        if not (start <= change.start and change.end <= end):
            continue
        between = line.text[members[0].end : members[1].start] if len(members) > 1 else ""
        for sign in (between,) if between else _LISTS:
            parts = re.split(_SPLIT.get(sign, re.escape(sign)), _new_text(line, start, end, change))
            if all(parts) and len(parts) != len(members):
                yield Draft(state).put(head, parts).proposal("value")


_NAMED: Final = frozenset({"say", "when"})


def _reworded(state: State, line: Line, atom: Atom, change: Change) -> Iterator[Proposal]:
    """Words of a text changed: the text is kept but for these."""
    held = Draft(state).merged(atom.key)
    key = atom.key[:-1] if atom.key[-1] == "suggest" else atom.key
    if isinstance(held, dict) or not isinstance(held, str) or atom.at is None or set("{}") & set(change.after):
        return
    literal = held[atom.at : atom.at + atom.end - atom.start]
    if literal != line.text[atom.start : atom.end]:
        return  # printed by another name
    begin = atom.at + change.start - atom.start
    text = held[:begin] + change.after + held[begin + change.end - change.start :]
    joins = change.end == atom.start and re.match("[、，；和及]", change.after)
    if not text.strip() or joins or not _closed(text):  # 、县 behind 各市 is no part of what they are to do
        return
    yield from _text_put(state, key, text)


def _closed(text: str) -> bool:
    """Whether every quote and bracket opened in a text is closed in it: else it is a part of something else."""
    return all(text.count(left) == text.count(right) for left, right in ("“”", "《》", "（）"))


def _text_put(state: State, key: Key, text: str) -> Iterator[Proposal]:
    kind: TakenKind = "words" if key[-1] in _NAMED or key[0] == "outlines" else "value"
    rule = state.edition.profile.by_id.get(".".join(map(str, key[:-1])))
    ways: Iterable[str] = ("",)
    if key[-1] == "say" and isinstance(rule, Rule) and isinstance(rule.say, str):
        ways = strengths(rule.strength, rule.say, text)
    for strength in ways:
        draft = Draft(state)
        if key[0] == "outlines":
            draft.outline()
        draft.put(key, text)
        yield (draft.strength(key[:-1], strength) if strength else draft).proposal(kind)


def _solved(state: State, line: Line, theirs: str, change: Change) -> Iterator[Proposal]:
    """A change over several values: what each of them says now, all else of the line being as it was."""
    leaves = [atom for atom in line.atoms if not atom.fixed and atom.end > atom.start]
    inside = [atom for atom in leaves if atom.start < change.end and change.start < atom.end]
    near = [atom for atom in leaves if atom.start <= change.end and change.start <= atom.end]
    for some in (inside, near):
        yield from _solved_for(state, line, theirs, some)


_DAY: Final = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"


def _solved_for(state: State, line: Line, theirs: str, near: Sequence[Atom]) -> Iterator[Proposal]:
    pattern, at = "", 0
    for atom in near:
        if atom.start < at:
            return
        day = atom.at is None and atom.key[-1] in values.DAYS
        pattern += f"{re.escape(line.text[at : atom.start])}({_DAY if day else '.*?'})"
        at = atom.end
    loose = re.sub(r"(?:\\ |\u3000| )+", r"\\s*", pattern + re.escape(line.text[at:]))
    match = re.fullmatch(loose, theirs)
    if match is None:
        return
    drafts: list[values.Values] = []
    for atom, text in zip(near, match.groups(), strict=True):
        if text == line.text[atom.start : atom.end]:
            continue
        if atom.at is None:
            drafts.append(next(iter(values.reread(state.edition.profile, atom.key, text)), ()))
        elif isinstance(held := Draft(state).merged(atom.key), str) and text and _closed(text):
            drafts.append(((atom.key, held[: atom.at] + text + held[atom.at + atom.end - atom.start :]),))
    if drafts and all(drafts):
        yield _put(state, tuple(one for found in drafts for one in found))


def _said_anew(state: State, line: Line, change: Change) -> Iterator[Proposal]:
    """A whole phrase worded anew, its places kept where their words still stand."""
    for region in line.facts:
        fact = state.edition.profile.by_id.get(region.key)
        if not (region.start <= change.start and change.end <= region.end) or not isinstance(fact, Rule | Deadline):
            continue
        key = next((atom.key[:-1] for atom in line.atoms if _is_of(atom, region.key) and atom.key[-1] == "say"), None)
        pieces = [atom for atom in line.atoms if key and atom.key == (*key, "say")]
        if key is None or not isinstance(fact.say, str) or len(pieces) < 2:
            continue
        start, end = pieces[0].start, pieces[-1].end
        if not (start <= change.start and change.end <= end):
            continue
        made, at = "", start
        for before, behind in pairwise(pieces):
            made += _cut_in(line, at, before.end, change)
            held = fact.say[(before.at or 0) + before.end - before.start : behind.at]
            whole = not (before.end < change.end and change.start < behind.start)
            if not whole and re.search(r"\d", change.after):
                return  # a number that is counted is not written by hand
            made += held if whole else _cut_in(line, before.end, behind.start, change)
            at = behind.start
        made += _cut_in(line, at, end, change)
        if not set("{}") & set(change.after):
            yield from _text_put(state, (*key, "say"), made)


def _is_of(atom: Atom, key: str) -> bool:
    return ".".join(map(str, atom.key[:-1])) == key


def _cut_in(line: Line, start: int, end: int, change: Change) -> str:
    """Our words from ``start`` to ``end``, the change put in where it begins in them."""
    if (change.end <= start and not change.start == change.end == start) or change.start >= end:
        return line.text[start:end]
    head = line.text[start : max(start, change.start)]
    put = change.after if start <= change.start < end or change.start == start else ""
    return head + put + line.text[max(start, min(change.end, end)) : end]


def _rewritten(state: State, line: Line, theirs: str, char: int) -> Iterator[Proposal]:
    """The part of the outline put anew, with the places whose words still stand; facts that are gone taken out."""
    draft = Draft(state)
    profile, kind = state.edition.profile, state.desk.kind
    if kind not in profile.outlines or not line.body:
        return
    parts = draft.outline()
    place = outline.place_of(parts, profile, line, char)
    if place is None or place.role == "item" or not theirs.startswith(line.text[: place.start]):
        return
    known = outline.units(parts, profile, line, place)
    text, kept = outline.covered(theirs[place.start :], known)
    if not kept or set("{}") & set(theirs):
        return
    if place.role == "facts":
        old, made = outline.at(parts, place.path), outline.as_ids(text) or text
        outline.at(parts, place.path[:-1])[place.path[-1]] = made
        draft.outlined(place.path, old, made)
    else:
        old = outline.text_at(parts, place)
        draft.outlined(outline.put_text(parts, place, text), old, text)
    gone = {key for unit in known for key in unit.keys} - {key for unit in kept for key in unit.keys}
    for key in dropped(state, line, gone):
        draft.drop(key)
    order = [unit.place for unit in kept] != [unit.place for unit in known]
    lost = gone - stated_beside(state, line)
    yield draft.proposal("removed" if lost else "moved" if gone or order else "words")


def stated_beside(state: State, line: Line) -> set[str]:
    """The facts other lines of the paper state."""
    return {one.key for other in state.lines if other.text != line.text for one in other.facts}


def dropped(state: State, line: Line, keys: set[str]) -> list[str]:
    """Of the facts a line no longer states, those no other line of any paper states."""
    wanted = ("categories.", "references.", "attachments.", "channels.", "authority.", "source.")
    others = stated_beside(state, line) | {one.key for other in state.others for one in other.facts}
    return [
        key
        for key in sorted(keys)
        if key not in others and not key.startswith(wanted) and key != "exclusions" and bare(key)
    ]
