"""The checklist as sections of rows of text: what every format prints, so that no two can disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from notices.checklist.items import GROUP_WORDS, Checklist, Item, ItemGroup
from notices.checklist.lazy import Lazy
from notices.checklist.outcome import STANDING_WORDS, Outcome, word
from notices.checklist.verdict import VERDICT_WORDS, Verdict
from notices.profile import Category, Profile
from notices.reports.model import Part, ReportCell, ReportRow, ReportTable
from notices.wording.speaker import Speaker
from notices.wording.words import day as _day
from notices.wording.words import forms_of, years
from notices.wording.words import shown as _shown

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
    return f"{profile.year}年度{profile.authority.level or ''}{name}申报核对清单"


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
        title = _shown(profile.source.title).removesuffix("（征求意见稿）")
        return f"依据：《{title}》（征求意见稿）。各项所注的条款是它的条款；它还没有定稿印发，以正式印发的文件为准。"
    if profile.status == "draft":
        return f"依据：{_shown(profile.source.title)}。这一版是草稿，以正式印发的文件为准。"
    paper = profile.papers.get("notice") or next(iter(profile.papers.values()))
    number = f"（{paper.number}）" if isinstance(paper.number, str) else "（发文字号待定）"
    return f"依据：{profile.authority.name}《{Speaker(profile).title(paper.drafted)}》{number}。"


def _lookback(checklist: Checklist) -> str:
    period = checklist.period
    bars = checklist.edition.profile.exclusions
    if bars is None:
        return ""
    if checklist.day is None:
        since = bars.lookback.since or "申报截止日（原文没有写起算日）"
        return f"回看期：从{since}往前{years(bars.lookback)}。"
    return f"回看期：{_day(period.start)}至{_day(period.end)}（{period.basis}）。"


def sections(
    checklist: Checklist,
    advice: Advice,
    outcome: Outcome | None = None,
    package: ChecklistSection | None = None,
    earlier: ChecklistSection | None = None,
) -> tuple[ChecklistSection, ...]:
    """All sections that have rows, in the order of the work.

    ``package`` stands after the materials it is made of, ``earlier`` (what the edition before asked) at the end.
    """
    profile = checklist.edition.profile
    made = (
        _stated(checklist, "scope"),
        _judged(checklist, "conditions", advice, outcome),
        _judged(checklist, "levels", advice, outcome),
        _judged(checklist, "exclusions", advice, outcome),
        _judged(checklist, "removals", advice, outcome),
        _judged(checklist, "evaluation", advice, outcome),
        _judged(checklist, "priorities", advice, outcome),
        _stated(checklist, "third-party") if _commissioned(profile, checklist.category) else None,
        _materials(checklist, advice),
        package,
        _stated(checklist, "steps"),
        _deadlines(checklist),
        _stated(checklist, "listed"),
        earlier,
    )
    return tuple(section for section in made if section and section.rows)


def _judged(checklist: Checklist, group: ItemGroup, advice: Advice, outcome: Outcome | None) -> ChecklistSection:
    if outcome is None:
        heads = ("序号", "事项", "要求", "依据", "不符合的后果", "怎样证明、在哪里查", "核对")
        widths = (2.6, 6.0, 14.4, 4.5, 6.0, 9.5, 5.0)
    else:
        heads = ("序号", "事项", "要求", "依据", "结论", "理由", "还要做什么")
        widths = (2.6, 5.5, 12.4, 4.5, 3.5, 11.0, 8.0)
    rows = tuple(
        (str(number), item.label, item.text, _cite(item), *_tail(item, advice, outcome))
        for number, item in enumerate(checklist.of(group), 1)
    )
    return ChecklistSection(group, GROUP_WORDS[group], _group_lead(checklist, group), heads, widths, rows)


def _tail(item: Item, advice: Advice, outcome: Outcome | None) -> tuple[str, str, str]:
    if outcome is None:
        ticks = "□无　□有" if item.group in {"exclusions", "removals"} else "□是　□否"
        return CONSEQUENCE[item.weight], _told(item, advice), ticks
    finding = outcome.findings[item.key]
    settled = finding.verdict in {"met", "none"} or (finding.verdict == "not-met" and item.group == "priorities")
    todo = "" if settled else "；".join(filter(None, (CONSEQUENCE[item.weight], _told(item, advice))))
    return word(item.group, finding.verdict), finding.reason, todo


def _told(item: Item, advice: Advice) -> str:
    return "；".join(filter(None, (item.question, advice(item))))


def _group_lead(checklist: Checklist, group: ItemGroup) -> str:
    bars = checklist.edition.profile.exclusions
    if group != "exclusions" or bars is None:
        return ""
    return f"{bars.subjects}近{years(bars.lookback)}有下列情形之一的，不得{'、'.join(bars.bars)}。"


def _stated(checklist: Checklist, group: ItemGroup) -> ChecklistSection:
    rows = tuple((str(n), item.label, item.text, _cite(item)) for n, item in enumerate(checklist.of(group), 1))
    return ChecklistSection(
        group, GROUP_WORDS[group], "", ("序号", "事项", "内容", "依据"), (2.6, 7.0, 30.0, 6.0), rows
    )


def _materials(checklist: Checklist, advice: Advice) -> ChecklistSection:
    heads = ("序号", "材料", "由谁准备", "份数和形式", "证明什么、谁签章", "依据", "核对")
    rows = []
    for number, item in enumerate(checklist.of("materials"), 1):
        material = item.material
        assert material is not None  # noqa: S101 - an item of this group has one
        form = "、".join(forms_of(material.form, material.copies)) or "原文没有写"
        rows.append((str(number), item.text, item.who or "原文没有写", form, advice(item), _cite(item), "□已备"))
    return ChecklistSection(
        "materials", GROUP_WORDS["materials"], "", heads, (2.6, 12.0, 6.0, 6.0, 12.0, 4.5, 3.0), tuple(rows)
    )


def _deadlines(checklist: Checklist) -> ChecklistSection:
    items = sorted(checklist.of("deadlines"), key=lambda item: (item.due is None, item.due or dt.date.max))
    rows = tuple(
        (
            str(n),
            item.label,
            item.who,
            _day(item.due) + item.time if item.due else "见内容",
            _left(checklist, item),
            item.text,
            _cite(item),
        )
        for n, item in enumerate(items, 1)
    )
    heads = ("序号", "事项", "谁做", "日期", "距判断日", "内容", "依据")
    return ChecklistSection(
        "deadlines", GROUP_WORDS["deadlines"], "", heads, (2.6, 6.0, 7.0, 6.0, 4.0, 16.0, 4.5), rows
    )


def _left(checklist: Checklist, item: Item) -> str:
    if item.due is None or checklist.day is None:
        return "—"
    days = (item.due - checklist.day).days
    return f"还有 {days} 天" if days > 0 else "当天" if days == 0 else f"已过 {-days} 天"


def _commissioned(profile: Profile, category: Category) -> bool:
    return profile.categories[category].evidence != "self"


def _cite(item: Item) -> str:
    return "、".join(item.cite) or "—"


def lines(found: Sequence[ChecklistSection]) -> Iterator[str]:
    """All text of the sections, a cell a line."""
    for section in found:
        yield from (section.title, section.lead, *section.heads, *(text for row in section.rows for text in row))


def table(section: ChecklistSection, most: int = 0, rest: str = "") -> ReportTable:
    """A section as a table of a report, of which pages show ``most`` rows (0: all); the others stand in ``rest``."""
    rows = section.rows
    made = Lazy(len(rows), lambda number: ReportRow(tuple(map(ReportCell, rows[number]))))
    parts = (Part("", made),)
    return ReportTable(section.title, section.heads, section.widths, parts, section.lead, most=most, rest=rest)
