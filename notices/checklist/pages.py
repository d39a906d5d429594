"""The checklist as a report for the desk: the conclusion, the days, what to hand in, then item by item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from notices.checklist import sections as parts
from notices.checklist.bundle import Bundle, Piece, bundle, ordinals
from notices.checklist.combine import among
from notices.checklist.dates import Due, dues, speaker_of
from notices.checklist.facts import fact_name
from notices.checklist.finding import Verdict
from notices.checklist.hints import Lore
from notices.checklist.items import GROUP_WORDS, JUDGED, THEIRS, Checklist, Item, ItemGroup
from notices.checklist.outcome import CONTRADICTED, Outcome, word
from notices.checklist.phrases import GUESS, noted
from notices.profile import Rule
from notices.reports.model import (
    Part,
    Report,
    ReportBlock,
    ReportCell,
    ReportHeading,
    ReportRow,
    ReportTable,
    ReportText,
)
from notices.wording.clauses import clauses
from notices.wording.titles import balanced
from notices.wording.words import chinese
from notices.wording.words import day as chinese_day

_NOTE = f"{GUESS} 是按惯例的估计，来源文件没有规定，以当地要求为准。"
_FORMS = "“有空表”的，空白表可由本工具的“附件空表”按附件序号生成。"
_TOLD: tuple[ItemGroup, ...] = ("scope", "steps", "third-party", "listed")


def report(  # noqa: PLR0913 - what the page shows, by name
    checklist: Checklist,
    advice: parts.Advice,
    lore: Lore,
    outcome: Outcome | None = None,
    *,
    earlier: parts.ChecklistSection | None = None,
    today: dt.date | None = None,
) -> Report:
    """The checklist, blank or with an applicant's verdicts. ``today`` is the judging day somebody named."""
    page = _Page(checklist, advice, lore, outcome, today)
    title = parts.title(checklist)
    profile = checklist.edition.profile
    words = profile.programme.terms
    lines = balanced(title, tuple(filter(None, [profile.authority.level])), wide=False, words=words)
    blocks = tuple(page.blocks(earlier))
    whose = profile.authority.named
    return Report("checklist", title, page.head(), blocks, whose, terms=words, lines=lines, typeset=True)


class _Page:
    """One checklist being laid out; items are numbered through, so that every part can name them."""

    def __init__(
        self, checklist: Checklist, advice: parts.Advice, lore: Lore, outcome: Outcome | None, today: dt.date | None
    ) -> None:
        self.checklist, self.advice, self.outcome, self.today = checklist, advice, outcome, today
        self.lore = lore
        self.groups = grouped(checklist)
        self.judged = [item for items in self.groups.values() for item in items]
        self.numbers: Mapping[str, int] = {item.key: number for number, item in enumerate(self.judged, 1)}
        self.bundle: Bundle = bundle(checklist, lore, self.numbers)
        self.next, self.past = dues(checklist, today)

    def head(self) -> tuple[str, ...]:
        """Whose it is, and above all how final the source is."""
        profile, outcome = self.checklist.edition.profile, self.outcome
        status = {
            "consultation": "来源状态：征求意见稿，还没有定稿印发，一切以正式印发的文件为准。",
            "draft": "来源状态：草稿，一切以正式印发的文件为准。",
        }
        whose = (
            f"申报单位：{outcome.facts.name or '（未填名称）'}　{outcome.facts.code}".rstrip("　") if outcome else ""
        )
        return tuple(filter(None, (status.get(profile.status, ""), whose)))

    def blocks(self, earlier: parts.ChecklistSection | None) -> Iterator[ReportBlock]:
        """Everything under the head, in the order of the work."""
        yield _table("结论", ("要点", "内容"), (3.2, 24.0), [("", self._first())])
        made: list[tuple[str, list[ReportBlock]]] = [
            ("接下来的日期", [self._days(), *self._around()]),
            ("申报材料（按装订次序）", self._materials()),
            ("逐项核对", [self._items()]),
            ("与你有关的程序和其他规定", self._told()),
        ]
        if earlier and earlier.rows:
            made.append((earlier.title, [ReportText(earlier.lead), replace(parts.table(earlier), lead="")]))
        for number, (title, blocks) in enumerate((one for one in made if one[1]), 1):
            yield ReportHeading(f"{chinese(number)}、{title}")
            yield from blocks
        yield ReportText(_NOTE)

    def _first(self) -> list[tuple[str, ...]]:
        return [(told, text) for told, text in (self._blank() if self.outcome is None else self._concluded()) if text]

    def _blank(self) -> Iterator[tuple[str, str]]:
        yield "怎样用", "逐项核对，打勾；材料按装订次序备齐。结论由各项得出，最后由主管部门认定。"
        bars = [item for item in self.judged if item.weight == "decides"]
        yield "不能申报的", self._listed([item for item in bars if item.group == "exclusions"], "有一项的，不能申报")
        yield (
            "必须符合的",
            self._listed([item for item in bars if item.group != "exclusions"], "有一项不符合的，不能申报"),
        )
        yield "原则上要符合的", self._listed([item for item in self.judged if item.weight == "principle"], "")

    def _listed(self, items: Sequence[Item], then: str) -> str:
        if not items:
            return ""
        labels = "、".join(dict.fromkeys(item.label for item in items))
        return f"{ordinals([self.numbers[item.key] for item in items])}（{labels}）{'，' + then if then else ''}。"

    def _concluded(self) -> Iterator[tuple[str, str]]:
        assert self.outcome is not None  # noqa: S101 - the caller has asked
        outcome, checklist = self.outcome, self.checklist
        yield "结论", parts.conclusion(checklist, outcome).removeprefix("结论：")
        if checklist.late and checklist.until:
            last = chinese_day(checklist.until)
            yield "已过期", f"判断日在申报截止日（{last}）之后，本年度是否还受理，向主管部门询问。"
        failed = [self._why(item) for item in self._of("not-met")]
        yield "不符合、有此情形的", "\n".join(failed) or "没有。"
        yield CONTRADICTED, "\n".join(f"{noted(text)}。有关各项待核。" for text in outcome.contradictions)
        yield "下一步要补填、要证明的", "\n".join(map(self._todo, self._of("unknown"))) or "没有。"
        yield "由主管部门判断的", self._listed(outcome.of(checklist, "authority"), "")
        yield "没有用上的记录", self._unused()
        lost = [item for item in checklist.items if item.removes and outcome.findings[item.key].verdict == "not-met"]
        listed = lost and not self._unlisted()
        yield "已列入名单的注意", f"有移出名单的情形：{self._listed(lost, '')}" if listed else ""

    def _unused(self) -> str:
        """Records of a kind no item speaks of: nobody shall think that they were looked at."""
        assert self.outcome is not None  # noqa: S101 - as above
        kinds = {kind for item in self.checklist.items for kind in item.kinds}
        others = [one for one in self.outcome.facts.incidents if one.kind not in kinds]
        told = "、".join(f"{chinese_day(one.date) if one.date else '日期不明'}的{one.kind}" for one in others)
        return f"{told}：依据没有写明这种情形，没有计入结论；种类填错了的，改正。" if told else ""

    def _unlisted(self) -> bool:
        """Whether the applicant says that it is on no list."""
        told = self.lore.unlisted
        value = self.outcome.facts.values.get(fact_name(told.fact)) if told and self.outcome else None
        return told is not None and value is not None and among(value, told.answers)

    def _of(self, verdict: Verdict) -> list[Item]:
        """Items with a verdict, in the order of their numbers: as the page has them."""
        assert self.outcome is not None  # noqa: S101 - as above
        return sorted(self.outcome.of(self.checklist, verdict), key=lambda item: self.numbers[item.key])

    def _why(self, item: Item) -> str:
        assert self.outcome is not None  # noqa: S101 - as above
        reason = self.outcome.findings[item.key].reason
        return f"第{self.numbers[item.key]}项　{item.label}：{reason}（{clauses(item.cite)}）"

    def _todo(self, item: Item) -> str:
        assert self.outcome is not None  # noqa: S101 - as above
        reason = self.outcome.findings[item.key].reason
        for told in self.outcome.contradictions:  # they have a row of their own above
            reason = reason.replace(f"：{told}", "（见上）")
        needs = "；".join(dict.fromkeys(one for one in (reason, noted(self.advice(item))) if one))
        return f"第{self.numbers[item.key]}项　{item.label}：{needs}"

    def _days(self) -> ReportTable:
        heads = ("日期", "谁办", "办什么", "还有多久", "依据")
        rows = tuple(ReportRow(self._day(one)) for one in self.next)
        return _of("接下来的日期", heads, (6, 7.5, 12, 8, 4), (Part("", rows),))

    @staticmethod
    def _day(one: Due) -> tuple[ReportCell, ...]:
        first = ReportCell(one.when, value=one.date)
        return (first, *map(ReportCell, (one.who, one.what, one.left or "—", one.cite or "—")))

    def _around(self) -> Iterator[ReportText]:
        if self.past:
            yield ReportText(f"已过的：{'、'.join(f'{one.when}{one.who}{one.what}' for one in self.past)}。")
        profile = self.checklist.edition.profile
        speaker = speaker_of(profile)
        called = (
            f"{one.label}：{speaker.contact(one)}" if one.label else speaker.contact(one)
            for one in profile.contacts.values()
        )
        yield ReportText(f"向谁咨询：{'；'.join(called) or '来源文件没有写'}。")
        yield from map(ReportText, parts.rests_on(self.checklist))

    def _materials(self) -> list[ReportBlock]:
        heads = ("序号", "材料", "由谁准备", "份数和形式", "签字盖章、怎样编排", "格式", "依据", "办好")
        rows = tuple(
            ReportRow((ReportCell(str(n), value=n), *map(ReportCell, (*_piece(one), "□"))))
            for n, one in enumerate(self.bundle.pieces, 1)
        )
        widths = (2, 12, 6, 5.5, 12, 9, 4.5, 2.2)
        made = _of("申报材料", heads, widths, (Part("", rows),), ("未办", "已办"))
        lead = "" if self.bundle.stated else "来源文件没有列出申报单位的材料，下面是通常要的。"
        added = f"主管部门另附（不用申报单位准备）：{'、'.join(self.bundle.added)}。" if self.bundle.added else ""
        sheets = _FORMS if any(one.sheet.endswith("有空表") for one in self.bundle.pieces) else ""
        told = [ReportText(text) for text in (f"{added}{sheets}",) if text]
        return [*([ReportText(lead)] if lead else []), made, *told]

    def _items(self) -> ReportTable:
        own = ("怎样证明、在哪里查", "核对") if self.outcome is None else ("结论", "理由", "办好")
        heads = ("序号", "事项", "要求", "依据", *own)
        widths = (2, 6, 15.4, 5.6, 14, 4.5) if self.outcome is None else (2, 6, 15.4, 5.6, 4.2, 14, 2.2)
        ticks = ("未核", "是", "否", "无", "有") if self.outcome is None else ("未办", "已办")
        return _of("逐项核对", heads, widths, tuple(self._parts()), ticks)

    def _parts(self) -> Iterator[Part]:
        for (group, then), items in self.groups.items():
            yield Part(headed(group, then), tuple(ReportRow(tuple(self._item(item))) for item in items))

    def _item(self, item: Item) -> Iterator[ReportCell]:
        number = self.numbers[item.key]
        yield ReportCell(str(number), value=number)
        yield from map(ReportCell, (item.label, item.text, clauses(item.cite) or "—"))
        if self.outcome is None:
            yield ReportCell(noted("；".join(filter(None, (item.question, self.advice(item))))))
            yield ReportCell("□无　□有" if item.group in {"exclusions", "removals"} else "□是　□否")
            return
        finding = self.outcome.findings[item.key]
        yield ReportCell(word(item.group, finding.verdict))
        yield ReportCell(finding.reason)
        yield ReportCell("□" if finding.verdict in {"not-met", "unknown", "authority"} else "—")

    def _told(self) -> list[ReportBlock]:
        """What the applicant does, or lives with, besides: no authority's internal steps."""
        facts = self.checklist.edition.profile.by_id
        rows: list[tuple[str, ...]] = [
            (GROUP_WORDS[group], item.label, item.text, clauses(item.cite) or "—")
            for group in _TOLD
            if group not in JUDGED
            for item in self.checklist.of(group)
            if isinstance(fact := facts[item.key], Rule) and (fact.by is None or fact.by in THEIRS)
        ]
        rows.extend(self._yearly())
        return [_table("其他规定", ("类别", "事项", "内容", "依据"), (6, 6, 26, 5), [("", rows)])] if rows else []

    def _yearly(self) -> Iterator[tuple[str, ...]]:
        """What a unit on the list does every year."""
        profile = self.checklist.edition.profile
        speaker = speaker_of(profile)
        for key, one in profile.deadlines.items():
            if one.by == "listed-unit":
                text = f"{speaker.when(one)}，{speaker.say(one)}"
                yield GROUP_WORDS["listed"], one.label or key, text, clauses(one.cite) or "—"


def headed(group: ItemGroup, then: str) -> str:
    """What stands over items that mean the same for the application: 不得申报的情形：有一项的，不能申报."""
    consequence = "有一项的，不能申报" if group == "exclusions" else then
    return "：".join(filter(None, (GROUP_WORDS[group], consequence)))


def grouped(checklist: Checklist) -> dict[tuple[ItemGroup, str], list[Item]]:
    """What gets a verdict: items of a group that mean the same for the application stand together."""
    found: dict[tuple[ItemGroup, str], list[Item]] = {}
    for group in JUDGED:
        for item in checklist.of(group):
            found.setdefault((group, parts.CONSEQUENCE[item.weight]), []).append(item)
    return found


def _piece(one: Piece) -> tuple[str, ...]:
    names = ("name", "who", "form", "seal", "sheet", "cite")
    return tuple(getattr(one, name) or "—" for name in names)


def _table(
    name: str,
    heads: tuple[str, ...],
    widths: tuple[float, ...],
    groups: Sequence[tuple[str, Sequence[tuple[str, ...]]]],
) -> ReportTable:
    found = tuple(Part(title, tuple(ReportRow(tuple(map(ReportCell, row))) for row in rows)) for title, rows in groups)
    return _of(name, heads, widths, found)


_CENTRED = frozenset({"序号", "结论", "核对", "办好", "依据"})


def _of(
    name: str, heads: tuple[str, ...], widths: tuple[float, ...], found: tuple[Part, ...], ticks: tuple[str, ...] = ()
) -> ReportTable:
    centred = tuple(n for n, head in enumerate(heads) if head in _CENTRED)
    return ReportTable(name, heads, widths, found, centred=centred, ticks=ticks, cards=True)
