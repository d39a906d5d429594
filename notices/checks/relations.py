"""Whether facts fit each other: parties, materials, categories, papers, days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from notices.checks.finding import Finding, said
from notices.marks import unmarked
from notices.profile import Attachment, Exclusion, Paper, Pending, Profile, Rule
from notices.profile.facts import Material, OwnForm
from notices.profile.yamlfile import Origin

_LONGEST_MARK = 24
"""Characters in one line of the issuer mark: 150 mm over 6 mm a character."""


def check_actors(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """``by`` and ``to`` name actors."""
    for key, fact in profile.facts():
        for field in ("by", "to"):
            value = getattr(fact, field, None)
            if value is not None and value not in profile.actors:
                yield Finding(f"{key}.{field}", f"没有编号为 {value} 的参与方", f"现有：{'、'.join(profile.actors)}")
    for kind, paper in profile.papers.items():
        for name in paper.introduces.keys() - profile.actors.keys():
            key = f"papers.{kind}.introduces.{name}"
            yield Finding(key, f"没有编号为 {name} 的参与方", f"现有：{'、'.join(profile.actors)}")


def check_evidence(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """以…为准 and 参照… name a record, and a named record has its role: no bracket is printed empty."""
    for key, fact in profile.facts():
        if isinstance(fact, Exclusion) and bool(fact.evidence) != bool(fact.evidence_role):
            lacking, has = ("evidence", "evidence_role") if fact.evidence_role else ("evidence_role", "evidence")
            hint = f"补上 {lacking}；不要这个括号，就把 {has} 也写成 null"
            yield Finding(f"{key}.{has}", f"写了 {has}，没有 {lacking}，括号会印成空的", hint)


def check_copies(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """Copies are of paper: a material with copies is handed in on paper, too."""
    for key, fact in profile.facts():
        if (
            isinstance(fact, Material)
            and fact.copies
            and not any(isinstance(form, Pending) or form.startswith("纸质") for form in fact.form)
        ):
            yield Finding(f"{key}.form", "写了 copies（纸质份数），form 里却没有纸质", "form 写成 [纸质, 电子] 的样子")


def check_documents(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A rule whose conditions stand in a document names one of the references, and says so."""
    for key, fact in profile.facts():
        if not isinstance(fact, Rule) or fact.document is None:
            continue
        if fact.document not in profile.references:
            known = "、".join(profile.references) or "无"
            yield Finding(f"{key}.document", f"没有编号为 {fact.document} 的引用文件", f"现有：{known}")
        elif f"{{ref:{fact.document}}}" not in said(fact):
            hint = f"say 里写 {{ref:{fact.document}}}，如：符合{{ref:{fact.document}}}规定的条件"
            yield Finding(f"{key}.say", "条件写在另一个文件里，say 却没有提到它", hint)


def check_supplied(profile: Profile, _: Mapping[str, Origin]) -> Iterator[Finding]:
    """A document the office attaches itself has no form here; a form used apart is a form."""
    for key, fact in profile.facts():
        if isinstance(fact, Attachment) and not fact.printed and (fact.forms or isinstance(fact, OwnForm)):
            where = f"{key}.kind" if isinstance(fact, OwnForm) else f"{key}.forms"
            yield Finding(where, "kind: document 是本单位另附的文件，没有表", "删去 forms，或改成 table、report 等")


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
        if max((len(unmarked(str(line))) for line in paper.mark), default=0) > _LONGEST_MARK:
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
