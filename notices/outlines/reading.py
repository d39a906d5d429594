"""The body of a paper from its outline: facts joined in the outline's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notices.errors import WordingError
from notices.outlines.numbering import BodyPart, protect
from notices.outlines.views import NAMES, VIEWS, usual
from notices.profile import Deadline, Fact, Pending, Profile, Rule
from notices.profile.facts import Offer
from notices.profile.outline import Article, Listing, OutlinePart, OutlinePlace, OutlineSection, Parts, pieces, placed
from notices.wording.speaker import Speaker
from notices.wording.words import joined, pending


def body(speaker: Speaker, outline: Parts) -> list[BodyPart]:
    """The parts of a body, with the marks of its facts.

    Raises:
        WordingError: facts that cannot be put as the outline puts them; the message says where.
    """
    return list(_Reader(speaker).parts(outline, 1))


def selected(profile: Profile, selector: str) -> dict[str, Fact]:
    """The facts of an id, or of a group ``section.*``: those that concern this edition, in order."""
    if not selector.endswith(".*"):
        fact = profile.by_id.get(selector)
        return {selector: fact} if fact is not None else {}
    start = selector.removesuffix("*")
    return {key: fact for key, fact in profile.facts() if key.startswith(start) and _concerns(profile, fact)}


def _concerns(profile: Profile, fact: Fact) -> bool:
    """Whether a fact concerns what the edition offers this year."""
    return fact.offered if isinstance(fact, Offer) else profile.applies(getattr(fact, "applies", ()))


def field(profile: Profile, path: str) -> tuple[str, object] | None:
    """The key of the fact a path such as ``contacts.office.phone`` leads into, and the value it leads to."""
    key, _, name = path.rpartition(".")
    if key == "authority":
        return ("", getattr(profile.authority, name)) if name in type(profile.authority).model_fields else None
    fact = profile.by_id.get(key)
    if fact is None or name not in type(fact).model_fields:
        return None
    return key, getattr(fact, name)


def concerned(profile: Profile, part: OutlineSection) -> bool:
    """Whether a section is printed this year: one headed by categories, where any of them is offered."""
    named = [one for place in pieces(part.heading) if isinstance(place, OutlinePlace) for one in place.ids]
    heads = [one.removeprefix("categories.") for one in named if one.startswith("categories.")]
    return not heads or any(key in profile.offered for key in heads)


def _doer(fact: Fact) -> Rule | Deadline | None:
    """A fact somebody does, after which who need not be said again."""
    return fact if isinstance(fact, Rule | Deadline) else None


_DEEPEST = 4
"""Levels of heading an official paper has: 一、（一）1.（1）."""


class _Reader:
    """Reads one outline out; an actor named once in a sentence is not named again."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._profile = speaker.profile
        self._before: Rule | Deadline | None = None

    def parts(self, parts: Sequence[OutlinePart], level: int) -> Iterator[BodyPart]:
        """Some parts of the outline as parts of the body."""
        for part in parts:
            match part:
                case OutlineSection() if not concerned(self._profile, part):
                    continue
                case OutlineSection():
                    yield from self._section(part, level)
                case Article():
                    first, *rest = self.parts(part.article, level)
                    yield BodyPart(2, first.text)
                    yield from rest
                case Listing():
                    yield from self._listing(part)
                case str():
                    yield BodyPart(0, self._paragraph(part))
                case _:
                    yield from self._prose(part)

    def _section(self, part: OutlineSection, level: int) -> Iterator[BodyPart]:
        if level > _DEEPEST:
            raise WordingError(f"“{part.heading}”在第 {level} 级标题，公文里的标题最多四级")
        below = list(self.parts(part.parts, level + 1))
        if below:
            yield BodyPart(level, self._paragraph(part.heading))
            yield from below

    def _listing(self, part: Listing) -> Iterator[BodyPart]:
        lead = self._paragraph(part.lead) if part.lead else ""
        items = [text for item in part.items for text in self._items(item)]
        if items and lead:
            yield BodyPart(0, lead)
        if items:
            *most, last = items
            yield from (BodyPart(-1, f"{text}；") for text in most)
            yield BodyPart(-1, f"{last}。")

    def _items(self, item: str) -> Iterator[str]:
        if "{" in item or not item.endswith(".*"):
            yield self._paragraph(placed(item))
            return
        *most, last = selected(self._profile, item) or [""]
        yield from (self._paragraph(placed(key)) for key in most)
        if last:
            listed = self._profile.exclusions if last.startswith("exclusions.") else None
            yield self._paragraph(placed(last)) + protect(self._speaker.etc(listed) if listed else "")

    def _prose(self, ids: Sequence[str]) -> Iterator[BodyPart]:
        """One paragraph; contacts have a line each."""
        self._before = None
        keys = [key for one in ids for key in selected(self._profile, one)]
        contacts = [key for key in keys if key.startswith("contacts.")]
        text = self._joined([key for key in keys if key not in contacts])
        if text:
            yield BodyPart(0, f"{text}。")
        for key in contacts:
            lines = self._speaker.contact_lines(self._profile.contacts[key.partition(".")[2]])
            yield from (BodyPart(0, protect(f"{label}：{line}")) for label, line in lines)

    def _paragraph(self, text: str) -> str:
        self._before = None
        return "".join(map(self._piece, pieces(text)))

    def _piece(self, piece: str | OutlinePlace) -> str:
        if isinstance(piece, OutlinePlace):
            return self._place(piece)
        if "。" in piece:
            self._before = None
        return protect(piece)

    def _place(self, place: OutlinePlace) -> str:
        if place.view == "actor":
            return protect(self._speaker.actor(place.ids[0]))
        if place.ids == ("year",):
            return str(self._profile.year)
        if not place.view and len(place.ids) == 1 and (inside := field(self._profile, place.ids[0])):
            return self._value(*inside)
        keys = [key for one in place.ids for key in selected(self._profile, one)]
        if not place.view:
            return self._joined(keys)
        facts = self._profile.by_id
        view = VIEWS[place.view]
        self._before = _doer(facts[keys[0]]) if len(keys) == 1 else None
        try:
            return protect(view.read(self._speaker, [facts[key] for key in keys]))
        except WordingError as error:
            raise WordingError(f"{{{place.view}:{' '.join(place.ids)}}}：{error}") from None

    def _value(self, key: str, value: object) -> str:
        text = pending(value) if isinstance(value, Pending) else str(value or "")
        return protect(self._speaker.stated(key, text))

    def _joined(self, keys: Sequence[str]) -> str:
        """Facts as sentences: a comma where the same one goes on, else a full stop; names are listed."""
        facts = self._profile.by_id
        if len(keys) > 1 and all(isinstance(facts[key], NAMES) for key in keys):
            return joined(self._joined([key]) for key in keys)
        text = ""
        for key in keys:
            fact = facts[key]
            by, before = getattr(fact, "by", None), self._before
            if text:
                goes_on = by and before is not None and by == before.by and not getattr(fact, "when", None)
                text += "，" if goes_on else "。"
            text += protect(usual(self._speaker, key, fact, before))
            self._before = _doer(fact) or self._before
        return text
