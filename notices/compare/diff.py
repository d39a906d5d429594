"""Two editions, fact by fact, paired by id: what is the same, what changed, and which way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from notices.compare.facets import Pair, findings
from notices.compare.facts import ComparedFact, Side
from notices.compare.meaning import Same
from notices.compare.order import MIRROR, Comparison, Differing
from notices.compare.spelling import folded
from notices.compare.topics import Group, topic_of
from notices.profile import Contact, Exclusion, Paper


@dataclass(frozen=True)
class Half:
    """A fact as one edition has it.

    ``waiting`` says that some of it is to be confirmed; ``relaxes`` is how it relaxes a national rule, in words, and
    ``ground`` on what ground, empty when it does not.
    """

    value: Mapping[str, Any]
    text: str
    cite: tuple[str, ...]
    source: str
    inherited: bool
    place: str
    waiting: bool = False
    relaxes: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Change:
    """One fact in two editions; ``verdict`` is of the right seen from the left.

    ``group`` is the list it stands in: rules, dates, contacts, papers. ``wording`` says that words differ where the
    rule does not.
    """

    id: str
    topic: str
    group: Group
    label: str
    verdict: Comparison
    reason: str
    left: Half | None
    right: Half | None
    wording: str = ""

    @property
    def relaxed(self) -> bool:
        """Whether either side relaxes a national rule here."""
        return any(half is not None and half.relaxes for half in (self.left, self.right))


def diff(left: Side, right: Side, same: Same | None = None) -> tuple[Change, ...]:
    """Every fact of both editions, in the left one's order, then what only the right one has.

    ``diff(b, a)`` mirrors ``diff(a, b)``; ``diff(a, a)`` holds nothing but ``same``.
    """
    ids = [*left.facts, *(key for key in right.facts if key not in left.facts)]
    found = [_change(left, right, left.facts.get(key), right.facts.get(key), same or {}) for key in ids]
    return tuple(_pointed(found))


def _pointed(found: Sequence[Change]) -> Iterator[Change]:
    """The changes, each of one side only pointing to its namesake in another section of the other side.

    What one edition prefers another may require: priorities.factory.benchmark, conditions.factory.benchmark.
    """
    alone = [change for change in found if change.verdict in {"only-left", "only-right"}]
    names: dict[tuple[str, str], list[str]] = {}
    for change in alone:
        names.setdefault((change.verdict, _inside(change.id)), []).append(change.id)
    for change in found:
        others = names.get((MIRROR[change.verdict], _inside(change.id)), []) if "." in _inside(change.id) else []
        if not others or change.verdict not in {"only-left", "only-right"}:
            yield change
            continue
        side = "右" if change.verdict == "only-left" else "左"
        yield replace(change, reason=f"{change.reason}；{side}边另有 {'、'.join(others)}，可以对照")


def _inside(key: str) -> str:
    """The id of a fact in its section."""
    return key.partition(".")[2]


def applied(changes: Sequence[Change]) -> dict[str, Mapping[str, Any]]:
    """The right edition's values by id, from the changes alone."""
    return {change.id: change.right.value for change in changes if change.right is not None}


def _change(here: Side, there: Side, left: ComparedFact | None, right: ComparedFact | None, same: Same) -> Change:
    known = left or right
    assert known is not None  # noqa: S101 - an id comes from one of the two
    shown = here if left else there
    programme = shown.profile.programme
    topic = topic_of(programme, known)
    label = next((entry.label for entry in (left, right) if entry and entry.label), None)
    change = Change(
        id=known.id,
        topic=topic,
        group=programme.topics[topic].group,
        label=shown.words.title(label or _named(known)),
        verdict="same",
        reason="",
        left=half(left, here) if left else None,
        right=half(right, there) if right else None,
    )
    if left is None or right is None:
        return _alone(change, known, right_only=left is None)
    pair = Pair(left, right, here, there, same)
    found = findings(pair)
    if not found:
        return _same(change, pair)
    verdict = _verdict(found)
    return replace(change, verdict=verdict, reason="；".join(finding.reason for finding in _told(found, verdict)))


def seen_from_above(reason: str) -> str:
    """A reason as it reads where the left is the nation's and the right an edition's own."""
    return reason.replace("左边", "国家").replace("右边", "本版")


def half(entry: ComparedFact, side: Side) -> Half:
    """An entry as it is shown and given on."""
    place = f"{entry.origin.file}:{entry.origin.line}"
    text = side.text(entry)
    if entry.value("strength") == "focus" and "重点" not in text:  # the phrase alone reads as if it were required
        text += "（作为重点，不是必备）"
    return Half(entry.raw, text, entry.fact.cite, entry.source, entry.inherited, place, entry.waiting)


def _named(entry: ComparedFact) -> str:
    """What a fact without a label is called."""
    if isinstance(entry.fact, Paper):
        return entry.fact.drafted
    name = entry.said("name") or entry.said("title")
    return name or ("联系方式" if isinstance(entry.fact, Contact) else entry.id.rpartition(".")[2])


def _alone(change: Change, entry: ComparedFact, *, right_only: bool) -> Change:
    side = "右" if right_only else "左"
    meant = ""
    if isinstance(entry.fact, Exclusion):
        meant = "，是移出名单的情形"
        if not entry.part and entry.fact.refuses:
            meant = "，多一种不得申报的情形" + ("，右边因此更严" if right_only else "，右边因此更宽")
    verdict: Comparison = "only-right" if right_only else "only-left"
    return replace(change, verdict=verdict, reason=f"只有{side}边有{meant}")


def _same(change: Change, pair: Pair) -> Change:
    raw = [tuple(entry.raw.get(name) for name in _WORDS) for entry in (pair.left, pair.right)]
    said = [folded(text) for text in pair.texts()]
    worded = raw[0] != raw[1] and said[0] != said[1]
    waiting = (pair.left.waiting, pair.right.waiting)
    reason = _WAITING.get(waiting, "")
    return replace(change, reason=reason, wording="规定相同，措辞不同" if worded else "")


_WAITING = {
    (True, True): "两边都待定，还没有值可比",
    (True, False): "左边还待定，以后可能不同",
    (False, True): "右边还待定，以后可能不同",
}
_WORDS = ("say", "when", "name", "title", "number", "part", "subjects", "bars")
"""The keys whose words are compared by what they say."""


def _verdict(found: Sequence[Differing]) -> Comparison:
    """The way all that can be ordered agrees on; ``changed`` when it does not, or when a frame differs."""
    if any(finding.part == "frame" for finding in found):
        return "changed"
    ways = {finding.verdict for finding in found if finding.part == "measure"}
    return ways.pop() if len(ways) == 1 else "changed"


def _told(found: Sequence[Differing], verdict: Comparison) -> Iterator[Differing]:
    """The findings, those that decide first; under ``changed`` why what looks ordered is not."""
    yield from sorted(found, key=lambda finding: ("measure", "frame", "side").index(finding.part))
    ways = {finding.verdict for finding in found}
    if verdict == "changed" and ways & {"stricter", "looser"}:
        frame = any(finding.part == "frame" for finding in found)
        yield Differing("changed", "对象或内容不同，整条不比宽严" if frame else "有严有宽，整条不比宽严")
