"""Two editions, fact by fact, paired by id: what is the same, what changed, and which way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from notices.compare.facets import findings
from notices.compare.facts import ComparedFact, Side
from notices.compare.meaning import Same
from notices.compare.order import Comparison, Differing
from notices.compare.pair import Pair
from notices.compare.spelling import folded
from notices.compare.topics import Group
from notices.profile import Contact, Deadline, Exclusion, Paper, Programme
from notices.profile.facts import Reference


@dataclass(frozen=True)
class Half:
    """A fact as one edition has it, by the id it has there.

    ``waiting`` says that some of it is to be confirmed; ``relaxes`` is how it relaxes a national rule, in words, and
    ``ground`` on what ground, empty when it does not.
    """

    id: str
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
    brief: str = ""
    """The reason beside both texts: it does not repeat them."""
    contested: bool = False
    """Whether one side's text can be read in two ways."""


def diff(left: Side, right: Side, same: Same | None = None) -> tuple[Change, ...]:
    """Every fact of both editions, in the left one's order, then what only the right one has.

    ``diff(b, a)`` mirrors ``diff(a, b)``; ``diff(a, a)`` holds nothing but ``same``.
    """
    here, there = left.facts, right.facts
    met = _met(left, right)
    taken = {host for host, merged in met.values() if merged}
    keys = [key for key in (*here, *(key for key in there if key not in here)) if key not in taken]
    both = _Both(left, right, same or {}, {key: host for key, (host, _) in met.items()})
    found: list[Change] = []
    for key in keys:
        host, _ = met.get(key, (key, False))
        mine, other = (key, host) if key in here else (host, key)
        found.append(_change(both, key, here.get(mine), there.get(other)))
    return tuple(found)


def _met(left: Side, right: Side) -> dict[str, tuple[str, bool]]:
    """What one edition lists and the other states within a fact of its own: the key of that fact, by the former's.

    ``True`` where that fact, too, has no other counterpart: the two are one row.
    """
    alone = {key: (left, right) for key in left.facts if key not in right.facts}
    alone |= {key: (right, left) for key in right.facts if key not in left.facts}
    met: dict[str, tuple[str, bool]] = {}
    taken: set[str] = set()
    for near in left.concepts.near:
        if near.id not in alone or near.id in taken:
            continue
        _, other = alone[near.id]
        for host in near.within:
            entry = other.facts.get(host)
            if entry is not None and (near.holds is None or near.holds in other.text(entry)):
                merged = host in alone and host not in taken and host not in met
                met[near.id] = host, merged
                taken |= {host} if merged else set()
                break
    return met


class _Both(NamedTuple):
    """Two editions, the phrases a person has read as the same, and where one states what only the other lists."""

    here: Side
    there: Side
    same: Same
    met: Mapping[str, str]


def _change(both: _Both, key: str, left: ComparedFact | None, right: ComparedFact | None) -> Change:
    here, there = both.here, both.there
    known = left or right
    assert known is not None  # noqa: S101 - a key comes from one of the two
    shown = here if left else there
    programme = shown.profile.programme
    topic = programme.sections[key.partition(".")[0]].topic
    label = shown.words.title(next((e.label for e in (left, right) if e and e.label), None) or _named(known))
    change = Change(
        id=key,
        topic=topic,
        group=programme.topics[topic].group,
        label=_of_category(programme, key, label) if label in here.repeated | there.repeated else label,
        verdict="same",
        reason="",
        left=half(left, here) if left else None,
        right=half(right, there) if right else None,
    )
    if left is None or right is None:
        return _alone(change, known, right_only=left is None)
    if key not in here.facts or key not in there.facts:
        return _within(change, both, left, right)
    if type(left.fact) is not type(right.fact) or left.part != right.part:
        told = (f"{programme.sections[one.section].label}“{one.label or _named(one)}”" for one in (left, right))
        return replace(change, verdict="changed", reason=f"同一条规定，写法不同：{' → '.join(told)}；不比宽严")
    pair = Pair(key, left, right, *both)
    found = findings(pair)
    if not found:
        return _same(change, pair)
    verdict = _verdict(found)
    reason = "；".join(finding.reason for finding in _told(found, verdict))
    brief = "；".join(finding.brief or finding.reason for finding in _told(found, verdict))
    contested = any(finding.part == "reading" for finding in found)
    return replace(change, verdict=verdict, reason=reason, brief=brief, contested=contested)


def _within(change: Change, both: _Both, left: ComparedFact, right: ComparedFact) -> Change:
    """What one side lists and the other states in another rule."""
    here = both.here
    near = next(one for one in here.concepts.near if one.id == change.id)
    side, host = ("右", right) if change.id in here.facts else ("左", left)
    named = f"“{host.label or _named(host)}”"
    reason = f"{side}边没有单列，写在{named}一条里"
    if type(left.fact) is type(right.fact) and left.part == right.part == "" and near.holds is None:
        reason = f"{side}边与此对应的是{named}"
        found = findings(Pair(change.id, left, right, *both))
        told = [one.reason for one in found if not one.brief]
        reason = "；".join([reason, *told])
    return replace(change, verdict="changed", reason="；".join(filter(None, (reason, near.note))))


def _of_category(programme: Programme, key: str, label: str) -> str:
    """A label with the category its id names, where several categories may have one alike: 法人资格（绿色工厂）."""
    part = key.split(".")[1] if key.count(".") > 1 else ""
    category = programme.categories.get(part)
    return f"{label}（{category.name}）" if category and category.name not in label else label


def seen_from_above(reason: str) -> str:
    """A reason as it reads where the left is the nation's and the right an edition's own."""
    return reason.replace("左边", "国家").replace("右边", "本版")


def half(entry: ComparedFact, side: Side) -> Half:
    """An entry as it is shown and given on."""
    place = f"{entry.origin.file}:{entry.origin.line}"
    read = entry.value("reading")
    text = side.text(entry)
    if entry.value("strength") == "focus" and "重点" not in text:  # the phrase alone reads as if it were required
        text += "（列为重点；是否必备，有两种读法）" if read else "（作为重点，不是必备）"
    return Half(entry.id, entry.raw, text, entry.fact.cite, entry.source, entry.inherited, place, entry.waiting)


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
            meant = "，多列一种不得申报的情形"
    verdict: Comparison = "only-right" if right_only else "only-left"
    return replace(change, verdict=verdict, reason=f"只有{side}边有{meant}")


def _same(change: Change, pair: Pair) -> Change:
    raw = [tuple(entry.raw.get(name) for name in _WORDS) for entry in (pair.left, pair.right)]
    said = [folded(text) for text in pair.texts()]
    worded = raw[0] != raw[1] and said[0] != said[1]
    waiting = (pair.left.waiting, pair.right.waiting)
    reason = _WAITING.get(waiting, "")
    if isinstance(pair.left.fact, Reference) and all(_attached(entry, side) for entry, side in pair.each):
        return replace(change, reason="标题相同；两边各附在自己的文件后面，附件的内容没有比对")
    if isinstance(pair.left.fact, Deadline) and pair.left.value("annual") != pair.right.value("annual"):
        return replace(change, reason=reason, wording="当年是同一天；一边写的是每年，一边只写当年")
    return replace(change, reason=reason, wording="仅表述不同" if worded else "")


def _attached(entry: ComparedFact, side: Side) -> bool:
    """Whether a document is one of the edition's own attachments."""
    return entry.id.partition(".")[2] in side.profile.attachments


_WAITING = {
    (True, True): "两边都待定，还没有值可比",
    (True, False): "左边还待定，以后可能不同",
    (False, True): "右边还待定，以后可能不同",
}
_WORDS = ("say", "when", "by", "items", "name", "title", "number", "part", "subjects", "bars")
"""The keys whose words are compared by what they say."""


def _verdict(found: Sequence[Differing]) -> Comparison:
    """The way all that can be ordered agrees on; ``changed`` when it does not, or when a frame differs."""
    if any(finding.part == "frame" for finding in found):
        return "changed"
    ways = {finding.verdict for finding in found if finding.part == "measure"}
    return ways.pop() if len(ways) == 1 else "changed"


def _told(found: Sequence[Differing], verdict: Comparison) -> Iterator[Differing]:
    """The findings, those that decide first; under ``changed`` why what looks ordered is not."""
    yield from sorted(found, key=lambda finding: ("measure", "reading", "frame", "side").index(finding.part))
    ways = {finding.verdict for finding in found}
    if verdict == "changed" and ways & {"stricter", "looser"}:
        frame = any(finding.part == "frame" for finding in found)
        yield Differing("changed", "对象或内容不同，整条不比宽严" if frame else "有严有宽，整条不比宽严")
