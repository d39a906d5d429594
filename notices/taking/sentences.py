"""What is new in a paper as worded rules: a sentence in a paragraph, a paragraph, an item, a section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from notices.outlines.reading import selected
from notices.profile import Exclusion, Rule
from notices.profile.yamlfile import Key
from notices.taking import outline
from notices.taking.changes import Change
from notices.taking.draft import Draft, Proposal
from notices.taking.numbers import ARTICLE, ITEM, heading_level, number_of, unnumbered
from notices.taking.state import Line, State, bare
from notices.wording.binding import DUTIES, binding, weighty
from notices.wording.words import said

STEM: Final = "added-"
"""What new facts are called, with a number behind."""
_OTHER: Final = "duties"
"""Where a rule goes that has no rule beside it."""
_SHORT: Final = 12
"""A sentence of so many characters that binds nobody is words of the outline, as 特此通知 is."""
_LABEL: Final = 14
_SAID: Final = (*(name for name, duty in DUTIES.items() if duty.said), "must")
"""Strengths a phrase may say; 原则上应 says the first."""
_OUGHT: Final = re.compile("应|须|要|不得|必须")
"""How a sentence says that something is to be done."""


def strengths(held: str, before: str, after: str) -> Iterator[str]:
    """How strongly a phrase may bind that was worded anew, the likeliest first; empty: as it did.

    What it says now and did not say counts before what it is held to, unless it says that as before.
    """
    said_now = [name for name in _SAID if _said_by(name, after)]
    news = [name for name in said_now if not _said_by(name, before)] if not _said_by(held, after) else []
    yield from (name for name in dict.fromkeys([*news, "", *said_now, "must", "does"]) if name != held)


def _said_by(strength: str, text: str) -> bool:
    """Whether a phrase says how strongly it binds with the words of a strength."""
    duty = DUTIES[strength]
    if strength == "must":
        return any(word in duty.backs for _, word in binding(text))
    return bool(duty.said and re.search(duty.said, text))


def sentence_in(state: State, line: Line, change: Change) -> Iterator[Proposal]:
    """A whole sentence that came into a paragraph."""
    at, text = _turned(line.text, change.start, change.after)
    if not text.endswith("。") or (at and line.text[at - 1] not in "。；"):
        return
    sentences = [one for one in text.split("。") if one]
    near = _near(state, line, at)
    for named in (True, False):
        draft = Draft(state)
        parts = draft.outline() if state.desk.kind in state.edition.profile.outlines else None
        if parts is None:
            return
        place = outline.place_of(parts, state.edition.profile, line, at)
        if place is None:
            return
        ids = [one for text in sentences for one in stated(draft, near, text, named=named)]
        if _sentence_placed(draft, parts, place, (line, at), ids):
            yield draft.placed()


def _turned(text: str, at: int, new: str) -> tuple[int, str]:
    """A sentence that came in, from its beginning to its full stop: 。甲 before a 。 is 甲。 behind it."""
    while new and not new.endswith("。") and at and new[0] == text[at : at + 1]:
        new, at = new[1:] + new[0], at + 1
    while new.startswith("。") and text[at : at + 1] == "。":
        new, at = new[1:] + "。", at + 1
    while at and not new.endswith("。") and text[at - 1] == new[-1]:
        new, at = new[-1] + new[:-1], at - 1
    return at, new


class Near(NamedTuple):
    """The fact a new one stands beside, by its key, and which categories what stands there is for."""

    key: str
    applies: tuple[str, ...]


def _near(state: State, line: Line, at: int) -> Near:
    """The fact in front of a place in a line, else the first behind it."""
    before = [one.key for one in line.facts if one.end <= at]
    key = before[-1] if before else next((one.key for one in line.facts), "")
    return _beside(state, state.probed.index(line), key) if key else _near_line(state, line)


def _near_line(state: State, line: Line, *, last: bool = False) -> Near:
    """The nearest rule above a line; ``last``: the line itself counts."""
    index = state.probed.index(line) + last
    facts = state.edition.profile.by_id
    above = (one.key for other in reversed(state.lines[:index]) for one in reversed(other.facts))
    return _beside(state, index, next((key for key in above if isinstance(facts.get(key), Rule | Exclusion)), ""))


def _beside(state: State, index: int, key: str) -> Near:
    """A fact near a line; one for several categories stands there for those the heading above names."""
    fact = state.edition.profile.by_id.get(key)
    applies = tuple(fact.applies) if isinstance(fact, Rule) else ()
    if len(applies) > 1:
        above = (
            [one.key for one in line.facts if one.key.startswith("categories.")] for line in state.lines[index::-1]
        )
        named = next(filter(None, above), [])
        applies = tuple(one for one in applies if f"categories.{one}" in named) or applies
    return Near(key, applies)


def _sentence_placed(
    draft: Draft, parts: list[Any], place: outline.Place, spot: tuple[Line, int], ids: list[str]
) -> bool:
    """Put sentences into the part a line comes from, at a place in the line; whether it can be."""
    line, at = spot
    if place.role == "facts":
        held = outline.at(parts, place.path)
        listed = [key for one in held for key in selected(draft.state.edition.profile, str(one))]
        before = [one.key for one in line.facts if one.end <= at]
        index = listed.index(before[-1]) + 1 if before and before[-1] in listed else 0
        made = [*listed[:index], *ids, *listed[index:]]
        outline.at(parts, place.path[:-1])[place.path[-1]] = made
        draft.outlined(place.path, list(held), made)
        return True
    if place.role == "heading":
        return False
    text, words = outline.text_at(parts, place), "".join(f"{{{one}}}。" for one in ids)
    for atom in line.atoms:
        if atom.fixed and atom.at is not None and atom.start <= at <= atom.end and (atom.end > atom.start or not at):
            cut = atom.at + at - atom.start
            made_text = text[:cut] + words + text[cut:]
            draft.outlined(outline.put_text(parts, place, made_text), text, made_text)
            return True
    return False


def stated(draft: Draft, near: Near, text: str, *, named: bool) -> list[str]:
    """The facts a sentence states: those that say it already, else a new rule of its words."""
    if known := draft.state.sayings.get(bare(text)):
        draft.known = True
        return list(known)
    return [worded(draft, near, text, named=named)]


def worded(draft: Draft, near: Near, text: str, *, named: bool) -> str:
    """A new rule of these words in the section of the fact near it; its id. ``named``: who does it is told apart."""
    profile = draft.state.edition.profile
    section, stem = _OTHER, STEM
    if isinstance(profile.by_id.get(near.key), Rule):
        section, _, rest = near.key.partition(".")
        stem = f"{rest.rpartition('.')[0]}.{STEM}".lstrip(".")
    rule: dict[str, Any] = {"label": ""}
    if near.applies:
        rule["for"] = list(near.applies)
    phrase = text
    if named:
        names = sorted(((said(name), key) for key, name in profile.actors.items()), key=lambda one: -len(one[0]))
        actor = next(((name, key) for name, key in names if name and text.startswith(name)), None)
        if actor and len(text) > len(actor[0]):
            rule["by"], phrase = actor[1], text[len(actor[0]) :]
    clause = re.split("[，；：（]", phrase)[0]
    rule["label"] = clause if len(clause) <= _LABEL else f"{clause[:_LABEL]}…"
    strength = next((name for name in _SAID if _said_by(name, phrase)), "must" if _OUGHT.search(text) else "does")
    if strength != "must":
        rule["strength"] = strength
    rule["say"] = phrase
    words = [word for _, word in binding(phrase) if word not in DUTIES[strength].backs]
    if words:
        rule["binds"] = words
    name = draft.add((section,), stem, rule, near.key.partition(".")[2])
    return f"{section}.{name}"


def paragraphs_in(state: State, at: int, texts: list[str]) -> Iterator[Proposal]:
    """Paragraphs that came in front of line ``at``: with the first, those below it where it is a heading."""
    if state.desk.kind not in state.edition.profile.outlines:
        return
    before = next((n for n in range(at - 1, -1, -1) if state.lines[n].body), None)
    line = state.probed[before] if before is not None else None
    near = _near_line(state, line, last=True) if line else Near("", ())
    if heading_level(texts[0]):
        sizes: tuple[int, ...] = tuple(range(len(texts), 1, -1))
    else:
        sizes = (1,)
    for size in sizes:
        for named in (True, False):
            yield from _placed(state, line, near, texts[:size], named=named)


def _placed(state: State, line: Line | None, near: Near, texts: list[str], *, named: bool) -> Iterator[Proposal]:
    for inside in (True, False):
        draft = Draft(state)
        parts = draft.outline()
        place = outline.place_of(parts, state.edition.profile, line, len(line.text)) if line is not None else None
        if line is not None and place is None:
            return
        if place is not None and place.role in {"item", "lead"} and number_of(texts[0], ITEM):
            _item(draft, parts, place, (near, texts[0]), named=named)
            yield draft.placed()
            return
        where = _where(place, texts[0], inside=inside)
        if where is not None:
            level = heading_level(texts[0])
            made = _section(draft, near, texts, named=named) if level else _part(draft, near, texts[0], named=named)
            draft.outlined(outline.insert(parts, where, made), None, made)
            yield draft.placed()


def _where(place: outline.Place | None, text: str, *, inside: bool) -> tuple[Key, int] | None:
    """The list of parts, and the place in it, for a text that came behind another; ``inside``: in the same listing."""
    if level := heading_level(text):
        return _section_place(place, level) if place is not None else ((), 0)
    if number_of(text) and not number_of(text, ARTICLE):
        return None  # a number is no word of a rule
    if place is None:
        return (), 0
    if number_of(text, ARTICLE):
        return outline.behind_article(place)
    return None if place.role == "item" and inside else outline.behind(place)


def _section_place(place: outline.Place, level: int) -> tuple[Key, int] | None:
    lists = outline.sections(place.path)
    if place.role == "heading" and len(lists) == level - 1:
        return outline.behind(place)
    if len(lists) < level:
        return None
    path, index = lists[level - 1]
    return path, index + 1


def _section(draft: Draft, near: Near, texts: list[str], *, named: bool) -> dict[str, Any]:
    """A heading with the paragraphs under it; headings of the next level take those below them."""
    level = heading_level(texts[0])
    heading = unnumbered(texts[0])
    parts: list[Any] = []
    rest = texts[1:]
    while rest:
        if heading_level(rest[0]) > level:
            end = next((n for n in range(1, len(rest)) if heading_level(rest[n])), len(rest))
            parts.append(_section(draft, near, rest[:end], named=named))
            rest = rest[end:]
        else:
            parts.append(_part(draft, near, rest.pop(0), named=named))
    return {"heading": heading, "parts": parts}


def _part(draft: Draft, near: Near, text: str, *, named: bool) -> Any:  # noqa: ANN401 - a part of an outline
    """A paragraph as a part: rules of its sentences, or its words where they bind nobody."""
    if number_of(text, ARTICLE):
        return {"article": [_part(draft, near, unnumbered(text), named=named)]}
    parties = map(said, draft.state.edition.profile.actors.values())
    if len(text) <= _SHORT and not weighty(text) and not any(name and name in text for name in parties):
        return text
    if text.endswith("。"):
        return [key for one in text.split("。") if one for key in stated(draft, near, one, named=named)]
    body = text.rstrip("；：，")
    return f"{{{worded(draft, near, body, named=named)}}}{text[len(body) :]}"


def _item(draft: Draft, parts: list[Any], place: outline.Place, beside: tuple[Near, str], *, named: bool) -> None:
    """An item behind one of a listing, or its first: a fact of the group it takes, or one it names.

    ``beside`` is the fact near it, and its own text.
    """
    near, text = beside
    body = unnumbered(text).rstrip("；。")
    profile = draft.state.edition.profile
    listing = outline.at(parts, place.path)
    items = outline.items_of(listing)
    if known := draft.state.sayings.get(bare(body)):
        draft.known = True
        _item_moved(draft, place, listing, ("" if place.role == "lead" else near.key, known[0]))
        return
    if isinstance(profile.by_id.get(near.key), Exclusion):
        if profile.exclusions is not None and profile.exclusions.open_ended:
            body = body.removesuffix("等")
        words = [word for _, word in binding(body)]
        value = {"say": body, **({"binds": words} if words else {})}
        name = draft.add(("exclusions", "items"), STEM, value, near.key.removeprefix("exclusions.items."))
        key = f"exclusions.items.{name}"
    else:
        key = worded(draft, near, body, named=named)
    after = place.index + 1 if place.role == "item" else 0
    selector = items[max(0, after - 1)]
    if selector.endswith(".*") and key.startswith(selector[:-1]):
        return
    items.insert(after, key)
    old, listing["items"] = listing["items"], items
    draft.outlined((*place.path, "items"), old, items)


def _item_moved(draft: Draft, place: outline.Place, listing: dict[str, Any], keys: tuple[str, str]) -> None:
    """A fact to its new place among the items: behind the fact near it; a group is named one by one from here on."""
    near, key = keys
    old = listing["items"]
    each = [
        one
        for item in outline.items_of(listing)
        for one in (selected(draft.state.edition.profile, item) if item.endswith(".*") else [item])
        if one != key
    ]
    each.insert(each.index(near) + 1 if near in each else 0, key)
    listing["items"] = each
    draft.outlined((*place.path, "items"), old, each)
