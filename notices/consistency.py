"""What the facts of a profile must say of each other. Each check is one small function; :data:`CHECKS` lists them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from notices.errors import Problem, Severity
from notices.profile import Exclusion, Limit, Paper, Profile, Rule, Span
from notices.profile.facts import Deadline, Fact, Material, OwnForm
from notices.words import PLACEHOLDER
from notices.yamlfile import Key, Origin, dotted


class Finding(NamedTuple):
    """What a check found: the dotted key, what is wrong, what to do."""

    key: str
    message: str
    hint: str
    severity: Severity = "error"


Check: TypeAlias = Callable[[Profile, Mapping[str, Origin]], Iterator[Finding]]

_CN = "[一二三四五六七八九十]"
CITE = re.compile(
    rf"(?:标题|发文字号|主送机关|引言|联系人|附件|附注|落款|成文日期"
    rf"|第{_CN}+章|第{_CN}+条\d*|{_CN}+(?:（{_CN}+）)?\d*)(?:第\d+段)?"
)
"""A clause of a source: 引言, 二（一）2, 五第2段, 第二十七条3."""

_LONGEST_MARK = 24
"""Characters in one line of the issuer mark: 150 mm over 6 mm a character."""

_PLACES = {"limit", "value", "basis", "span", "years", "severity", "items", "date", "year"}
_TABLES = {"ref": "references", "attachment": "attachments", "actor": "actors", "channel": "channels"}
_BOUND_WORDS = {
    ">": r"超过|大于|高于|多于|优于",
    ">=": r"不低于|不少于|至少|达到|以上|优于或等于|不小于",
    "<": r"低于|不足|小于|少于|不满",
    "<=": r"不超过|不得超过|以内|以下|不高于|不大于|不多于|最多",
    "==": r"",
}
_STRENGTH_WORDS = {
    "principle": "原则上",
    "prefer": "优先|择优|重点",
    "encourage": "鼓励|引导|支持|倡导",
    "may": "可|自愿|自主",
}


def check_places(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """Every ``{place}`` in a ``say`` names a value the fact has, or a reference, attachment, actor or channel."""
    for key, fact in profile.facts():
        for match in PLACEHOLDER.finditer(said(fact)):
            name, arg = match["name"], match["arg"]
            if name in _TABLES:
                table = profile.attached() if name == "attachment" else getattr(profile, _TABLES[name])
                if arg not in table:
                    known = "、".join(table) or "无"
                    yield Finding(f"{key}.say", f"{match[0]} 没有指向任何内容", f"{_TABLES[name]} 里现有：{known}")
            elif name not in _PLACES:
                yield Finding(
                    f"{key}.say", f"不认识的占位 {match[0]}", f"可用：{'、'.join(sorted(_PLACES | set(_TABLES)))}"
                )
            elif not _has(fact, name):
                yield Finding(f"{key}.say", f"{match[0]} 没有对应的值", f"补上 {_source_of(name)}，或改写 say")


def check_braces(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """Braces stand only where places are filled in: ``say`` and ``when``, and {year} in a title."""
    for key, text in _texts(profile.model_dump(mode="python", by_alias=True), ()):
        if "{{" in text or "{%" in text or "{#" in text:
            continue  # template code: check_text says so
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
        if not isinstance(fact, Rule | Exclusion) or fact.say is None:
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
        limit: Limit | Span | None = getattr(fact, "limit", None)
        say = getattr(fact, "say", None) or ""
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
        wanted = _STRENGTH_WORDS.get(fact.strength)
        if wanted and not re.search(wanted, fact.say):
            yield Finding(
                f"{key}.say", f"强度是 {fact.strength}，文字却没有体现", f"say 里应有：{wanted.replace('|', ' 或 ')}"
            )
        if fact.strength == "must" and "原则上" in fact.say:
            yield Finding(f"{key}.strength", "文字是“原则上”，强度却是 must", "写 strength: principle")


def check_actors(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """``by`` and ``to`` name actors."""
    for key, fact in profile.facts():
        for field in ("by", "to"):
            value = getattr(fact, field, None)
            if value is not None and value not in profile.actors:
                yield Finding(f"{key}.{field}", f"没有编号为 {value} 的参与方", f"现有：{'、'.join(profile.actors)}")


def check_material_attachments(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A material's attachments exist."""
    for key, fact in profile.facts():
        for name in fact.attachments if isinstance(fact, Material) else ():
            if name not in profile.attachments:
                known = "、".join(profile.attachments) or "无"
                yield Finding(f"{key}.attachments", f"没有编号为 {name} 的附件", f"现有：{known}")


def check_categories(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A fact limited to categories names offered ones; attachments may wait for a category to come back."""
    for key, fact in profile.facts():
        applies = getattr(fact, "applies", ())
        missing = [name for name in applies if name not in profile.categories]
        if missing:
            yield Finding(f"{key}.for", f"没有类别 {'、'.join(missing)}", f"现有：{'、'.join(profile.categories)}")


def check_papers(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A paper with a masthead has its number and dates, or says that they are to be confirmed; never a silent blank."""
    for kind, paper in profile.papers.items():
        if paper.layout == "plain":
            continue
        imprint = paper.imprint
        needed: dict[str, object] = {"number": paper.number, "issued": paper.issued}
        if paper.layout == "document":
            needed |= {"imprint.issuer": imprint and imprint.issuer, "imprint.printed": imprint and imprint.printed}
        if not paper.addressees:
            yield Finding(f"papers.{kind}.addressees", "没有主送机关", "写上主送机关", "warning")
        if max(map(len, paper.mark), default=0) > _LONGEST_MARK:
            yield Finding(f"papers.{kind}.mark", "发文机关标志一行太长，字会小得看不清", "分成几行，一行一项")
        for name, value in needed.items():
            if not value:
                hint = "写上值；来源没有给出的，写 {pending: 名称}"
                yield Finding(f"papers.{kind}.{name}", "公文缺少这一项", hint)


def check_dates(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A deadline is not before the day of issue."""
    for kind, paper in profile.papers.items():
        yield from _paper_dates(kind, paper, profile.year)
    issued = [paper.issued for paper in profile.papers.values() if isinstance(paper.issued, dt.date)]
    for key, fact in profile.deadlines.items():
        if isinstance(fact.date, dt.date) and issued and fact.date < min(issued):
            message = f"截止日期 {fact.date} 早于成文日期 {min(issued)}"
            yield Finding(f"deadlines.{key}.date", message, "核对两个日期")
        if isinstance(fact.date, dt.date) and fact.date.year > profile.year + 1:
            yield Finding(f"deadlines.{key}.date", f"截止日期 {fact.date} 远在 {profile.year} 年度之后", "核对年份")


def _paper_dates(kind: str, paper: Paper, year: int) -> Iterator[Finding]:
    issued, number = paper.issued, paper.number
    if not isinstance(issued, dt.date):
        return
    if abs(issued.year - year) > 1:
        yield Finding(f"papers.{kind}.issued", f"成文日期 {issued} 与年度 {year} 相差太远", "核对年份")
    if isinstance(number, str) and f"〔{issued.year}〕" not in number:
        yield Finding(f"papers.{kind}.number", f"发文字号的年份与成文日期 {issued} 不符", "核对两处的年份")
    printed = paper.imprint.printed if paper.imprint else None
    if isinstance(printed, dt.date) and printed < issued:
        yield Finding(f"papers.{kind}.imprint.printed", f"印发日期 {printed} 早于成文日期 {issued}", "核对两个日期")


def check_cites(profile: Profile, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """A clause is written in the one form, and is a clause of the source when the profile lists them."""
    own = origins["id"].file
    clauses = _own_clauses(profile, origins)
    for key, clause in _cites(profile):
        if not CITE.fullmatch(clause):
            yield Finding(key, f"条款写法不对：{clause}", "写成 二（一）2、第二十七条3、五第2段、引言 的样子")
        elif clauses and origins.get(key, origins["id"]).file == own and clause not in clauses:
            yield Finding(key, f"原文没有条款 {clause}", "核对原文；条款列在 source.clauses 里")


def check_uncited_clauses(profile: Profile, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """Every clause of the source is cited by a fact; else something was left out."""
    own = origins["id"].file
    cited = {clause for key, clause in _cites(profile) if origins.get(key, origins["id"]).file == own}
    for index, clause in enumerate(_own_clauses(profile, origins)):
        if clause not in cited:
            yield Finding(f"source.clauses[{index}]", f"原文 {clause} 没有任何一条事实引用", "补上这一条款的规定")


def check_uncited_facts(profile: Profile, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """In an edition that lists its source's clauses, every fact says which one states it, or is to be confirmed.

    A form used apart from the notice is the office's own: no clause states it.
    """
    if not _own_clauses(profile, origins):
        return
    waiting = {key for key, _ in profile.pendings()}
    for key, fact in profile.facts():
        if not fact.cite and not isinstance(fact, OwnForm) and not any(path.startswith(f"{key}.") for path in waiting):
            yield Finding(key, "没有注明原文条款", "补上 cite；原文没有的，删去或写 null", "warning")


def check_text(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """No template code in a value; bare < and & are printed as they stand, and asked about."""
    for key, text in _texts(profile.model_dump(mode="python", by_alias=True), ()):
        if re.search(r"\{\{|\{%|\{#|\}\}|%\}", text):
            yield Finding(key, "值里有模板代码", "模板写在 templates/ 里，值只写内容")
        if "\n" in text and not key.endswith("note"):
            yield Finding(key, "值里有换行", "写成一行；要分段，就写成几条")
        if re.search(r"[<>&]", text) and not key.endswith(".op"):
            yield Finding(key, "含有 <、> 或 &，将原样印出", "公文宜写“低于”“超过”“和”", "warning")


CHECKS: tuple[Check, ...] = (
    check_places,
    check_braces,
    check_said,
    check_unsaid_values,
    check_bound_words,
    check_strength_words,
    check_actors,
    check_material_attachments,
    check_categories,
    check_papers,
    check_dates,
    check_cites,
    check_uncited_clauses,
    check_uncited_facts,
    check_text,
)


def problems_of(profile: Profile, origins: dict[Key, Origin], name: str) -> list[Problem]:
    """All findings of all checks, each at the place its key stands."""
    by_key = {dotted(key): origin for key, origin in origins.items()}
    return [_placed(check, finding, by_key, name) for check in CHECKS for finding in check(profile, by_key)]


def _placed(check: Check, finding: Finding, origins: Mapping[str, Origin], name: str) -> Problem:
    key, at = finding.key, None
    while key and (at := origins.get(key)) is None:
        key = re.sub(r"(\[\d+\]|\.?[^.\[]+)$", "", key)
    at = at or Origin(name, 1, 1)
    rule = check.__name__.removeprefix("check_").replace("_", "-")
    return Problem(*at, finding.key, finding.message, finding.hint, finding.severity, rule)


def said(fact: Fact) -> str:
    """What a fact says, 适用情形 and all, with its places unfilled."""
    return (getattr(fact, "when", None) or "") + (getattr(fact, "say", None) or "")


def _cites(profile: Profile) -> Iterator[tuple[str, str]]:
    for key, fact in profile.facts():
        yield from ((f"{key}.cite[{n}]" if len(fact.cite) > 1 else f"{key}.cite", c) for n, c in enumerate(fact.cite))


def _own_clauses(profile: Profile, origins: Mapping[str, Origin]) -> tuple[str, ...]:
    """The clauses of this edition's own source; those of the edition it extends are that one's business."""
    at = origins.get("source.clauses")
    return profile.source.clauses if at and at.file == origins["id"].file else ()


def _has(fact: Fact, place: str) -> bool:
    if place == "year":
        return True
    if place == "date" and isinstance(fact, Deadline):
        return fact.date is not None or fact.annual is not None
    return bool(getattr(fact, _source_of(place), None))


def _source_of(place: str) -> str:
    return {"value": "limit", "basis": "limit", "years": "span"}.get(place, place)


def _texts(value: object, key: Key) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield dotted(key), value
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from _texts(child, (*key, str(name)))
    elif isinstance(value, list | tuple):
        for index, child in enumerate(value):
            yield from _texts(child, (*key, index))
