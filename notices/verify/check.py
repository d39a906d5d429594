"""A profile held against its source, fact by fact and clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from notices.errors import ProblemsError
from notices.library import Edition, Library
from notices.profile import Fact
from notices.profile.facts import OwnForm
from notices.verify.clauses import Clause, Clauses, Unit, parse
from notices.verify.demands import Demanded, demand, given
from notices.verify.match import Judgement, Passage, judge
from notices.verify.paper import compared
from notices.verify.printed import PrintedFact, printed
from notices.verify.terms import Demand
from notices.verify.texts import ReadText
from notices.verify.unstated import Surplus, said, surplus
from notices.wording.words import shown

Status: TypeAlias = Literal["found", "elsewhere", "missing", "pending"]


@dataclass(frozen=True, slots=True)
class FactCheck:
    """One fact: what the clauses it cites say of it. ``elsewhere`` names the clause that does state it."""

    key: str
    label: str
    cite: tuple[str, ...]
    status: Status
    judgement: Judgement
    elsewhere: str = ""
    file: str = ""
    line: int = 0
    """Where the fact stands in the profile."""
    source_line: int = 0
    """Where in the source the first clause it cites begins; 0 when there is none."""


@dataclass(frozen=True)
class Verification:
    """What came of it all."""

    edition: str
    title: str
    source: str
    verdicts: tuple[FactCheck, ...]
    missed: tuple[Unit, ...]
    """Paragraphs of the source no fact cites."""
    surplus: tuple[Surplus, ...]
    """What a cited clause says and none of the facts citing it."""
    absent: tuple[str, ...]
    """Clauses the profile lists, and the source has not."""
    inherited: tuple[tuple[str, str], ...]
    """Facts whose clause is another source's: id and file."""
    uncited: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Every fact stands in its clause, and every clause has a fact."""
        held = all(one.status in {"found", "pending"} for one in self.verdicts)
        return (
            held
            and bool(self.verdicts)
            and not self.missed
            and not self.absent
            and not any(one.sure for one in self.surplus)
        )


def verify(edition: Edition, text: ReadText, library: Library | None = None) -> Verification:
    """Hold an edition's own facts against the text of its source; with a library, what its papers print, too."""
    profile = edition.profile
    papers, unmade = _papers(edition, library)
    clauses = parse(text.paras)
    names = given(profile, "".join(para.text for para in text.paras))
    sides = _Sides(clauses, names, papers)
    verdicts: list[FactCheck] = []
    inherited: list[tuple[str, str]] = []
    uncited: list[str] = []
    for key, fact in profile.facts():
        file = edition.origin(f"{key}.cite").file if fact.cite else edition.file
        if not fact.cite:
            uncited += [] if isinstance(fact, OwnForm) else [key]
        elif file != edition.file:
            inherited.append((key, file))
        else:
            verdicts.append(_verdict(edition, key, fact, sides))
    own = edition.origin("source.clauses").file == edition.file
    listed = profile.source.clauses if own else ()
    cited = [name for one in verdicts for name in one.cite]
    absent = tuple(name for name in dict.fromkeys((*listed, *cited)) if clauses.find(name) is None)
    missed = tuple(_missed(clauses, cited, listed))
    facts = dict(profile.facts())
    have = said(profile, clauses, [(one.cite, demand(profile, facts[one.key], names)) for one in verdicts])
    more = tuple(surplus(tuple(clauses.units()), have))
    notes = (*text.notes, *unmade, *_left(clauses))
    title = shown(profile.source.title)
    return Verification(
        profile.edition, title, text.name, tuple(verdicts), missed, more, absent, tuple(inherited),
        tuple(uncited), notes,
    )  # fmt: skip


def _papers(edition: Edition, library: Library | None) -> tuple[dict[str, tuple[PrintedFact, ...]], tuple[str, ...]]:
    """What the papers print by fact, and why they could not be read."""
    if library is None:
        return {}, ()
    try:
        return printed(edition, library), ()
    except ProblemsError as error:
        return {}, (f"文件排不出来，没有核对印出的文字，先运行 notices build：{error.problems[0].message}",)


@dataclass(frozen=True)
class _Sides:
    """What facts are held against: the clauses of the source, and what the papers print."""

    clauses: Clauses
    names: Demanded
    papers: Mapping[str, tuple[PrintedFact, ...]]


def _verdict(edition: Edition, key: str, fact: Fact, sides: _Sides) -> FactCheck:
    profile, clauses = edition.profile, sides.clauses
    wanted = demand(profile, fact, sides.names)
    label = fact.label or ""
    found = {name: clause for name in fact.cite if (clause := clauses.find(name))}
    cited = {name: clause.text for name, clause in found.items()}
    listed = clauses.find("附件")
    extra = Passage({"附件": listed.text}) if listed else None
    here = judge(wanted, Passage(cited, "\n".join(clause.body for clause in found.values())), extra)
    here = replace(here, lacking=(*here.lacking, *compared(profile, fact, sides.papers.get(key, ()), cited.values())))
    gone = [f"原文没有条款 {name}" for name in fact.cite if name not in cited]
    if gone or (cited and _empty(wanted)):
        status: Status = "missing" if gone else "pending"
        here = Judgement((*gone, *here.lacking), here.exact, here.score, here.passage, here.remarks)
    else:
        status = "found" if here.found else "missing"
    other = _elsewhere(wanted, clauses, fact.cite, extra) if status == "missing" else ""
    origin = edition.origin(key)
    lines = [clause.own[0].line for clause in found.values() if clause.own]
    return FactCheck(
        key,
        label,
        fact.cite,
        "elsewhere" if other else status,
        here,
        other,
        origin.file,
        origin.line,
        min(lines, default=0),
    )


def _empty(wanted: Demand) -> bool:
    return not (wanted.terms or wanted.figures or wanted.dates or wanted.phrase)


def _elsewhere(wanted: Demand, clauses: Clauses, cite: tuple[str, ...], extra: Passage | None) -> str:
    """The clause, not among the cited, that states the fact best."""
    best, most = "", 0.0
    for name in clauses.names():
        found = clauses.find(name)
        if name in cite or found is None:
            continue
        judgement = judge(wanted, Passage({name: found.text}, found.body), extra)
        if judgement.found and not _empty(wanted) and judgement.score > most:
            best, most = name, judgement.score
    return best


_CLOSING = re.compile("特此(?:通知|函告|公告|通告)[。.]?")
"""A paragraph that only ends the paper, and states nothing."""


def _missed(clauses: Clauses, cited: list[str], listed: tuple[str, ...]) -> Iterator[Unit]:
    """Paragraphs no cited clause holds. A clause that is cited as a whole holds what stands under it."""
    named = {*cited, *listed}
    held: set[tuple[str, int]] = set()
    for name in cited:
        found = clauses.find(name)
        if found:
            parts = found.own if _divided(found, clauses, named) else (*found.own, *found.under)
            held |= {(para.text, para.line) for para in parts}
    units = list(clauses.units())
    for unit in units:
        if (unit.para.text, unit.para.line) in held or _CLOSING.fullmatch(unit.para.text.strip()):
            continue
        leads = unit.para.text.endswith(("：", ":"))
        under = [one for one in units if one.node != unit.node and one.node.startswith(unit.node)] if leads else []
        if not under or not all((one.para.text, one.para.line) in held for one in under):
            yield unit


def _divided(found: Clause, clauses: Clauses, named: set[str]) -> bool:
    """Whether the profile cites clauses under this one by their own names."""
    return any(name != found.name and name.startswith(found.name) and clauses.find(name) for name in named)


def _left(clauses: Clauses) -> Iterator[str]:
    if clauses.left_out:
        first = clauses.left_out[0]
        yield f"落款之后还有 {len(clauses.left_out)} 行没有当作条款核对（第 {first.line} 行起：{first.text[:20]}）"
