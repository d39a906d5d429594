"""Whether outlines name what there is, put it as it can be put, and add no word that binds."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from notices.checks.finding import Finding
from notices.outlines import VIEWS, View, field, selected
from notices.outlines.reading import concerned
from notices.outlines.views import USUAL
from notices.profile import Fact, Profile
from notices.profile.outline import OutlinePlace, pieces, texts
from notices.profile.yamlfile import Origin
from notices.wording.binding import weighty

_ALONE = ("year",)
"""Places that name a value of the profile itself."""


def check_outline_places(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """Every place of an outline names facts there are, and puts them as such facts can be put."""
    for kind, parts in profile.outlines.items():
        key = f"outlines.{kind}"
        if kind not in profile.papers:
            yield Finding(key, f"没有 {kind} 这份文件", f"papers 里现有：{'、'.join(profile.papers)}")
        for at, text in texts(parts, key, lambda section: concerned(profile, section)):
            for piece in pieces(text):
                if isinstance(piece, OutlinePlace):
                    yield from _place(profile, at, piece)
                elif "{" in piece or "}" in piece:
                    hint = "花括号里写编号，如 {review.experts}、{conditions.park.*}、{ought:conditions.park.*}"
                    yield Finding(at, f"看不懂的占位：{piece.strip()[:40]}", hint)


def check_outline_words(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """The fixed words of an outline bind nobody and hold no figure."""
    for kind, parts in profile.outlines.items():
        for at, text in texts(parts, f"outlines.{kind}"):
            for fixed in pieces(text):
                for _at, word in weighty(fixed) if isinstance(fixed, str) else ():
                    hint = "约束词、数字和日期由事实印出：写进配置，提纲里用 {编号}、{ought:…}、{either:…} 等"
                    yield Finding(at, f"提纲的固定文字里有“{word}”", hint)


def _place(profile: Profile, at: str, place: OutlinePlace) -> Iterator[Finding]:
    if place.view == "actor":
        if place.ids[0] not in profile.actors or len(place.ids) > 1:
            yield Finding(at, f"没有编号为 {' '.join(place.ids)} 的参与方", f"现有：{'、'.join(profile.actors)}")
        return
    if place.view and place.view not in VIEWS:
        yield Finding(at, f"没有 {place.view} 这种写法", f"可用：actor、{'、'.join(VIEWS)}")
        return
    if not place.view and (place.ids == _ALONE or (len(place.ids) == 1 and field(profile, place.ids[0]))):
        return
    found: list[tuple[str, Fact]] = []
    for one in place.ids:
        some = selected(profile, one)
        found += some.items()
        if not some and not _may_be_empty(profile, one):
            yield Finding(at, f"{{{one}}} 没有指向任何内容", _nearest(profile, one))
        for name, fact in some.items():
            if not profile.applies(getattr(fact, "applies", ())):
                yield Finding(at, f"{name} 只用于本年度没有开展的类别", "放在以 {categories.…} 为标题的一节里，或删去")
    if found and place.view:
        yield from _put(at, place.view, VIEWS[place.view], [fact for _, fact in found])
    yield from (
        Finding(at, f"{{{name}}} 不能直接印", "写明印它的哪一个值，如 {papers.notice.number}")
        for name, fact in found
        if not place.view and type(fact) not in USUAL
    )


def _put(at: str, name: str, view: View, facts: Sequence[Fact]) -> Iterator[Finding]:
    first, rest = facts[:1] if view.then else facts, facts[1:] if view.then else ()
    if not all(isinstance(one, view.takes) for one in first) or not all(isinstance(one, view.then) for one in rest):
        yield Finding(at, f"{name} 不能用于这种事实", f"{name}：{view.said}")
    elif len(facts) > 1 and not view.many:
        yield Finding(at, f"{name} 后面只写一条", "几条分开写，各写各的 {…}")
    elif view.then and not rest:
        yield Finding(at, f"{name} 后面还要写材料", "写成 {carrying:deadlines.city-to-province materials.*} 的样子")


def _may_be_empty(profile: Profile, selector: str) -> bool:
    """Whether a group may select nothing: a whole section, or one whose facts do not concern this year."""
    section, dot, rest = selector.removesuffix(".*").partition(".")
    if not selector.endswith(".*"):
        return False
    known = set(profile.named())
    return any(key.startswith(selector[:-1]) for key, _ in profile.facts()) if dot and rest else section in known


def _nearest(profile: Profile, wanted: str) -> str:
    known = [key for key, _ in profile.facts()]
    near = difflib.get_close_matches(wanted.removesuffix(".*"), known, n=3, cutoff=0.5)
    section = [key for key in known if key.startswith(f"{wanted.partition('.')[0]}.")]
    shown = near or section[:8]
    return f"是不是：{'、'.join(shown)}；不再有这一条的，从提纲里删去" if shown else "从提纲里删去，或在配置里补上"
