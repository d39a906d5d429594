"""Whether the phrases of a profile say what its typed values say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from notices.checks.finding import Finding, said
from notices.profile import Duration, Exclusion, Limit, Profile, Rule
from notices.profile.facts import Deadline
from notices.profile.values import Fact
from notices.profile.yamlfile import Key, Origin, dotted
from notices.wording.binding import DUTIES, binding
from notices.wording.words import BOUNDS, PLACEHOLDER

_PLACES = {"limit", "value", "basis", "span", "years", "severity", "items", "date", "year", "removals"}
_TABLES = {"ref": "references", "attachment": "attachments", "actor": "actors", "channel": "channels"}
_BOUND_WORDS = {op: "|".join(filter(None, (one.before, one.grade, one.after))) for op, one in BOUNDS.items()}


def check_places(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """Every ``{place}`` in ``when`` or ``say`` names a value the fact has, or a reference, attachment, actor, channel.

    The text that has the place is named: one of the two may be inherited, and the other not.
    """
    for key, fact in profile.facts():
        for field in ("when", "say"):
            text = getattr(fact, field, None)
            for match in PLACEHOLDER.finditer(text) if isinstance(text, str) else ():
                yield from _misplaced(profile, f"{key}.{field}", fact, match)


def _misplaced(profile: Profile, key: str, fact: Fact, match: re.Match[str]) -> Iterator[Finding]:
    name, arg = match["name"], match["arg"]
    if name in _TABLES:
        table = profile.attached() if name == "attachment" else getattr(profile, _TABLES[name])
        if arg not in table:
            known = "、".join(table) or "无"
            yield Finding(key, f"{match[0]} 没有指向任何内容", f"{_TABLES[name]} 里现有：{known}")
    elif name not in _PLACES:
        yield Finding(key, f"不认识的占位 {match[0]}", f"可用：{'、'.join(sorted(_PLACES | set(_TABLES)))}")
    elif not _has(fact, name):
        field = key.rpartition(".")[2]
        hint = f"补上 {_source_of(name)}，或在自己的配置里改写 {field}（继承来的不要了，写 {field}: null）"
        yield Finding(key, f"{match[0]} 没有对应的值", hint)


def check_braces(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """Braces stand only where places are filled in: ``say`` and ``when``, and {year} in a title."""
    for path, text in _odd(profile):
        if "{" not in text and "}" not in text:
            continue
        key = dotted(path)
        if "{{" in text or "{%" in text or "{#" in text or key.startswith("outlines."):
            continue  # template code: check_text says so; an outline's places: check_outlines
        if key.endswith((".say", ".when", ".confirm.was", ".confirm.suggest")):
            rest = PLACEHOLDER.sub("", text)
        else:
            rest = text.replace("{year}", "") if key.endswith((".title", ".title.was", ".title.suggest")) else text
        if re.search(r"[{}]", rest):
            yield Finding(
                key, "花括号里的内容不会被替换，将原样印出", "标题里只能用 {year}；say 和 when 里用 {limit} 这样的占位"
            )


def check_said(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A rule says something."""
    for key, fact in profile.facts():
        if isinstance(fact, Rule) and fact.say is None:
            yield Finding(key, "这条规定没有内容", "写上 say；不要这一条，就把整条写成 null")


def check_unsaid_values(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A typed value stands in the phrase that is printed; else the notice would drop it."""
    for key, fact in profile.facts():
        if not isinstance(fact, Rule | Exclusion) or not isinstance(fact.say, str):
            continue
        named = {match["name"] for match in PLACEHOLDER.finditer(said(fact))}
        for field, places in (("limit", {"limit", "value"}), ("span", {"span", "years"}), ("severity", {"severity"})):
            value = getattr(fact, field, None)
            if value is not None and value != "any" and not named & places:
                options = " 或 ".join(f"{{{p}}}" for p in sorted(places))
                yield Finding(f"{key}.say", f"{field} 的值没有写进 say，印出来会丢失", f"在 say 里写 {options}")
        if getattr(fact, "items", ()) and "items" not in named:
            yield Finding(f"{key}.say", "items 没有写进 say，印出来会丢失", "在 say 里写 {items}")


def check_bound_words(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """The words around ``{value}`` say the same as ``op``: 超过 is >, 以上（含）is >=."""
    for key, fact in profile.facts():
        limit: Limit | Duration | None = getattr(fact, "limit", None)
        say = str(getattr(fact, "say", None) or "")
        if limit is None or "{value}" not in say:
            continue
        words = [op for op, pattern in _BOUND_WORDS.items() if pattern and re.search(pattern, say)]
        if limit.op not in words and limit.op != "==":
            yield Finding(f"{key}.say", f"文字没有体现 {limit.op}", "用 {limit} 代替 {value}，或改写成相符的说法")


def check_strength_words(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """The phrase says how strongly the rule binds: 原则上, 优先, 鼓励 or 可 where ``strength`` says so, else not."""
    for key, fact in profile.facts():
        if not isinstance(fact, Rule) or fact.say is None:
            continue
        wanted = DUTIES[fact.strength].said if isinstance(fact.say, str) else None
        if wanted and not re.search(wanted, str(fact.say)):
            yield Finding(
                f"{key}.say", f"强度是 {fact.strength}，文字却没有体现", f"say 里应有：{wanted.replace('|', ' 或 ')}"
            )
        if fact.strength == "must" and "原则上" in said(fact):
            yield Finding(f"{key}.strength", "文字是“原则上”，强度却是 must", "写 strength: principle")


def binds_in(phrase: str, strength: str) -> tuple[str, ...]:
    """The words that bind in a phrase, in order, less those its strength and its typed values account for."""
    backed = DUTIES[strength].backs if strength in DUTIES else frozenset[str]()
    return tuple(word for _, word in binding(PLACEHOLDER.sub("\x00", phrase)) if word not in backed)


def check_binding_words(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A word that binds stands in a phrase only where the fact declares it: nobody turns 不得 into 可以 in passing."""
    for key, fact in profile.facts():
        if not isinstance(fact, Rule | Exclusion | Deadline):
            continue
        found = binds_in(said(fact), getattr(fact, "strength", ""))
        if found != fact.binds:
            shown = "、".join(found) or "没有"
            message = f"say 里的约束词是 {shown}，binds 写的是 {'、'.join(fact.binds) or '没有'}"
            yield Finding(f"{key}.say", message, f"对照原文；say 无误的，写 binds: [{', '.join(found)}]")


def check_text(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """No template code in a value; bare < and & are printed as they stand, and asked about."""
    for path, text in _odd(profile):
        key = dotted(path)
        if re.search(r"\{\{|\{%|\{#|\}\}|%\}", text):
            yield Finding(key, "值里有模板代码", "模板写在 templates/ 里，值只写内容")
        if "【待定" in text:
            yield Finding(key, "值里手写了【待定】，没有人会知道它待定", "把值写成 {pending: 名称}，或给整条加 confirm")
        if "某某" in text and key.startswith(("authority.", "papers.", "actors.")):
            yield Finding(key, "还是样例里的“某某”", "改成本单位的；还没定的写 {pending: 名称}")
        if "\n" in text and not key.endswith("note"):
            yield Finding(key, "值里有换行", "写成一行；要分段，就写成几条")
        if re.search(r"[<>&]", text) and not key.endswith(".op"):
            yield Finding(key, "含有 <、> 或 &，将原样印出", "公文宜写“低于”“超过”“和”", "warning")


def _has(fact: Fact, place: str) -> bool:
    if place in {"year", "removals"}:
        return True
    if place == "date" and isinstance(fact, Deadline):
        return fact.date is not None or fact.annual is not None
    return bool(getattr(fact, _source_of(place), None))


def _source_of(place: str) -> str:
    return {"value": "limit", "basis": "limit", "years": "span"}.get(place, place)


_ODD = re.compile(r"[{}<>&\n]|%\}|【待定|某某")
"""What any of the questions of :func:`check_text` and :func:`check_braces` begins with; most texts hold none of it."""


def _odd(profile: Profile) -> list[tuple[Key, str]]:
    """The texts that hold anything of :data:`_ODD`, in the model's order."""
    found: list[tuple[Key, str]] = []
    _look(profile.model_dump(mode="python", by_alias=True), (), found)
    return found


def _look(value: object, key: Key, found: list[tuple[Key, str]]) -> None:
    if isinstance(value, str):
        if _ODD.search(value):
            found.append((key, value))
    elif isinstance(value, dict):
        for name, child in value.items():
            _look(child, (*key, str(name)), found)
    elif isinstance(value, list | tuple):
        for index, child in enumerate(value):
            _look(child, (*key, index), found)
