"""Whether every fact names its clause, and every clause of the source has its fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from notices.checks.finding import Finding
from notices.profile import Profile
from notices.profile.facts import OwnForm
from notices.profile.yamlfile import Origin

_CN = "[一二三四五六七八九十]"
CITE = re.compile(
    rf"(?:标题|发文字号|主送机关|引言|联系人|附件|附注|落款|成文日期"
    rf"|第{_CN}+章|第{_CN}+条\d*|{_CN}+(?:（{_CN}+）)?\d*|（{_CN}+）\d*|\d+)(?:第\d+段)?"
)
"""A clause of a source, for lint and verify: 引言, 二（一）2, 五第2段, 第二十七条3.

（一）2 stands in a paper without 一、, and 2 in one that has 1. 2. 3. alone."""


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


def _cites(profile: Profile) -> Iterator[tuple[str, str]]:
    for key, fact in profile.facts():
        yield from ((f"{key}.cite[{n}]" if len(fact.cite) > 1 else f"{key}.cite", c) for n, c in enumerate(fact.cite))


def _own_clauses(profile: Profile, origins: Mapping[str, Origin]) -> tuple[str, ...]:
    """The clauses of this edition's own source; those of the edition it extends are that one's business."""
    at = origins.get("source.clauses")
    return profile.source.clauses if at and at.file == origins["id"].file else ()
