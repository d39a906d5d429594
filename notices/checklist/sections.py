"""What is said of a checklist as a whole, and sections of rows of text that reports print as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notices.checklist.items import Checklist, Item
from notices.checklist.lazy import Lazy
from notices.checklist.outcome import STANDING_WORDS, Outcome
from notices.checklist.verdict import VERDICT_WORDS
from notices.profile import Profile
from notices.reports.model import Part, ReportCell, ReportRow, ReportTable
from notices.wording.speaker import Speaker
from notices.wording.words import day as _day
from notices.wording.words import said, years
from notices.wording.words import shown as _shown

Advice = Callable[[Item], str]
"""What an item needs: where to look it up, what proves it, how long it takes. Empty when nothing is known."""

CONSEQUENCE: dict[str, str] = {
    "decides": "不符合的，不能申报",
    "principle": "原则上应符合；不符合的，能否申报由主管部门决定",
    "focus": "推荐的重点，原文没有写成必要条件",
    "advantage": "不是必要条件；符合的优先",
    "due": "提交申报前要办好",
    "evaluator": "不符合的，评价报告是否采信由主管部门决定",
    "alternative": "同组各项居其一即可",
    "states": "",
}


@dataclass(frozen=True, slots=True)
class ChecklistSection:
    """A heading, and a table under it: ``widths`` are shares of the page's width, ``heads`` and ``rows`` texts."""

    key: str
    title: str
    lead: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Sequence[tuple[str, ...]]


def title(checklist: Checklist) -> str:
    """2024年度自治区级绿色工厂申报核对清单."""
    profile = checklist.edition.profile
    name = profile.categories[checklist.category].name
    return f"{profile.year}年度{profile.authority.level or ''}{name}申报核对清单"


def rests_on(checklist: Checklist) -> tuple[str, ...]:
    """What the checklist rests on: the paper, the day it judges by, how far it looks back."""
    on = f"判断日：{_day(checklist.day)}。" if checklist.day else "申报截止日待定。"
    return _basis(checklist.edition.profile), f"{on}{_lookback(checklist)}"


def conclusion(checklist: Checklist, outcome: Outcome) -> str:
    """What it comes to, with the counts it follows from."""
    return f"结论：{STANDING_WORDS[outcome.standing]}。{_counts(checklist, outcome)}"


def _counts(checklist: Checklist, outcome: Outcome) -> str:
    """How many items got which verdict; they add up to all that were judged. Advantages are counted apart."""
    shown = {verdict: len(outcome.of(checklist, verdict)) for verdict in VERDICT_WORDS}
    counts = "，".join(f"{said} {shown[verdict]} 项" for verdict, said in VERDICT_WORDS.items() if shown[verdict])
    gained = len(outcome.of(checklist, "met", advantages=True))
    advantages = sum(item.group == "priorities" for item in checklist.items)
    more = f"优先和鼓励的情形 {advantages} 项，具备 {gained} 项，不影响能否申报。" if advantages else ""
    return f"共 {sum(shown.values())} 项：{counts}。{more}"


def _basis(profile: Profile) -> str:
    """The paper the items are cited from; that it is no final one yet is said."""
    if profile.status == "consultation":
        title = _shown(profile.source.title).removesuffix("（征求意见稿）")
        return f"依据：《{title}》（征求意见稿）。各项所注的条款是它的条款；它还没有定稿印发，以正式印发的文件为准。"
    if profile.status == "draft":
        return f"依据：{_shown(profile.source.title)}。这一版是草稿，以正式印发的文件为准。"
    paper = profile.papers.get("notice") or next(iter(profile.papers.values()))
    number = f"（{paper.number}）" if isinstance(paper.number, str) else "（发文字号待定）"
    named = Speaker(profile).title(paper.drafted)
    issuer = "" if named.startswith(said(profile.authority.name)) else profile.authority.name
    return f"依据：{issuer}《{named}》{number}。"


def _lookback(checklist: Checklist) -> str:
    period = checklist.period
    bars = checklist.edition.profile.exclusions
    if bars is None:
        return ""
    if checklist.day is None:
        since = bars.lookback.since or "申报截止日（原文没有写起算日）"
        return f"回看期：从{since}往前{years(bars.lookback)}。"
    return f"回看期：{_day(period.start)}至{_day(period.end)}（{period.basis}）。"


def table(section: ChecklistSection, most: int = 0, rest: str = "") -> ReportTable:
    """A section as a table of a report, of which pages show ``most`` rows (0: all); the others stand in ``rest``."""
    rows = section.rows
    made = Lazy(len(rows), lambda number: ReportRow(tuple(map(ReportCell, rows[number]))))
    parts = (Part("", made),)
    return ReportTable(section.title, section.heads, section.widths, parts, section.lead, most=most, rest=rest)
