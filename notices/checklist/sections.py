"""What is said of a checklist as a whole, and sections of rows of text that reports print as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from notices.checklist.items import Checklist, Item
from notices.checklist.lazy import Lazy
from notices.checklist.outcome import STANDING_WORDS, Outcome
from notices.checklist.verdict import VERDICT_WORDS, Verdict
from notices.profile import Profile
from notices.reports.model import Part, ReportCell, ReportRow, ReportTable
from notices.wording.speaker import Speaker
from notices.wording.words import day as _day
from notices.wording.words import said, years

Advice = Callable[[Item], str]
"""What an item needs: where to look it up, what proves it, how long it takes. Empty when nothing is known."""

CONSEQUENCE: dict[str, str] = {
    "decides": "不符合的，不能申报",
    "principle": "原则上应符合；不符合的，能否申报由主管部门决定",
    "focus": "推荐的重点，原文没有写成必要条件",
    "advantage": "不是必要条件；符合的优先",
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
    return f"{profile.year}年度{profile.authority.level}{name}申报核对清单"


def lead(checklist: Checklist, outcome: Outcome | None) -> tuple[str, ...]:
    """What an applicant's facts come to and what to do next, then what the checklist rests on."""
    profile = checklist.edition.profile
    on = f"判断日：{_day(checklist.day)}。" if checklist.day else "申报截止日待定。"
    rests = (_basis(profile), *_asked_at(profile), f"{on}{_lookback(checklist)}")
    return rests if outcome is None else (*_concluded(checklist, outcome), *rests)


def _concluded(checklist: Checklist, outcome: Outcome) -> Iterator[str]:
    """Who it is, the conclusion, what bars, what to prove next, and what somebody else decides."""
    yield f"申报单位：{outcome.facts.name or '（未填名称）'}　{outcome.facts.code}".rstrip("　")
    yield conclusion(checklist, outcome)
    if checklist.late and checklist.until:
        yield f"判断日在申报截止日（{_day(checklist.until)}）之后，本年度是否还受理，向主管部门询问。"
    yield from (f"填报前后不一致：{text}。有关各项待核。" for text in outcome.contradictions)
    for verdict, told in _NEXT.items():
        found = outcome.of(checklist, verdict)
        if found:
            yield f"{told}：{'、'.join(item.label for item in found)}。"
    lost = [item.label for item in checklist.of("removals") if outcome.findings[item.key].verdict == "not-met"]
    if lost:
        yield f"已列入名单的单位，有移出名单的情形：{'、'.join(lost)}。"


_NEXT: dict[Verdict, str] = {
    "not-met": "不符合的",
    "unknown": "要补填、核实的",
    "authority": "由主管部门或评价机构判断的",
}
"""What an applicant looks at first, in this order."""


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


def _asked_at(profile: Profile) -> Iterator[str]:
    """Whom to ask, and that the company's own day is earlier where the edition states only the city's."""
    speaker = Speaker(profile, marked=True)
    called = [speaker.contact(contact) for key, contact in profile.contacts.items() if key != "submission"]
    if called:
        yield f"咨询：{'；'.join(called)}。"
    if "applicant-to-city" not in profile.deadlines and "city-to-province" in profile.deadlines:
        yield "通知写明的是市级报送的期限；申报单位交材料的日期更早，以所在地主管部门的通知为准。"


def _basis(profile: Profile) -> str:
    """The paper the items are cited from; that it is no final one yet is said."""
    if profile.status == "consultation":
        title = profile.source.title.removesuffix("（征求意见稿）")
        return f"依据：《{title}》（征求意见稿）。各项所注的条款是它的条款；它还没有定稿印发，以正式印发的文件为准。"
    if profile.status == "draft":
        return f"依据：{profile.source.title}。这一版是草稿，以正式印发的文件为准。"
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
