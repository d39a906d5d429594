"""What a run came to: how many may apply, what fails most, who was not judged and why."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from notices.checklist.batch.areas import Area, areas
from notices.checklist.batch.chart import Bar
from notices.checklist.batch.gaps import Gaps
from notices.checklist.batch.job import CODES, Desk
from notices.checklist.batch.journal import Done
from notices.checklist.batch.run import Result
from notices.checklist.intake import Intake, Refused
from notices.checklist.items import GROUP_WORDS, Item
from notices.checklist.lazy import Lazy
from notices.checklist.outcome import CONTRADICTED, STANDING_WORDS, Standing, counted
from notices.checklist.sections import ChecklistSection, rests_on, title
from notices.checklist.verdict import VERDICT_WORDS, Verdict
from notices.errors import Problem
from notices.profile.values import suggested
from notices.wording.words import said

MOST_BARS = 15
_WEIGHTS = {
    "decides": "不符合的，不能申报",
    "principle": "原则上应符合",
    "focus": "推荐的重点",
    "advantage": "符合的优先",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many have each verdict for an item."""

    item: Item
    met: int
    failed: int
    unknown: int
    authority: int = 0
    none: int = 0


SHORT: dict[Standing, str] = {
    "may": "初步符合",
    "doubtful": "由主管部门决定",
    "open": "尚不能确定",
    "late": "已过截止日",
    "may-not": "不能申报",
}
"""What an applicant came to, as a column or a bar is headed."""


@dataclass(frozen=True)
class RunSummary:
    """A run in figures, of the category ``name``.

    ``lines`` stand at its head; ``numbers`` are the applicants of each standing, by place.
    """

    name: str
    title: str
    author: str
    lines: tuple[str, ...]
    tallies: tuple[Tally, ...]
    done: Sequence[Done]
    numbers: Mapping[Standing, Sequence[int]]
    areas: tuple[Area, ...]
    gaps: Gaps
    problems: tuple[ChecklistSection, ...]
    folder: str
    """The name of the folder its checklists are in."""

    @property
    def total(self) -> int:
        """How many were judged."""
        return len(self.done)

    @property
    def counts(self) -> tuple[tuple[Standing, str, int], ...]:
        """How many came to what, best first; 已过截止日 where there are any."""
        counted = ((key, word, len(self.numbers.get(key, ()))) for key, word in SHORT.items())
        return tuple(one for one in counted if one[2] or one[0] != "late")

    def bars(self) -> tuple[Bar, ...]:
        """Items that bar an application, or may, and are not met by some: those that most fail first."""
        weighty = [one for one in self.tallies if one.failed and counted(one.item) and one.item.group != "priorities"]
        ordered = sorted(weighty, key=lambda one: -one.failed)[:MOST_BARS]
        return tuple(Bar(one.item.label, one.failed, one.unknown) for one in ordered)

    @property
    def sections(self) -> tuple[ChecklistSection, ...]:
        """What pages list: cities, the applicants of each standing, items; :attr:`problems` come last."""
        made = (self._by_area(), *map(self._standing, self.numbers), items(self.tallies))
        return tuple(section for section in made if section.rows)

    def _by_area(self) -> ChecklistSection:
        kinds = [key for key, _, _ in self.counts]
        rows = [(one.name, str(one.total), *(str(dict(one.counts)[key]) for key in kinds)) for one in self.areas]
        whole = ("合计", str(self.total), *(str(count) for _, _, count in self.counts))
        heads = ("所在地区", "家数", *(SHORT[key] for key in kinds))
        widths = (9.0, 4.0, *(6.0 for _ in kinds))
        return ChecklistSection("areas", "各地情况", "", heads, widths, (whole, *rows) if rows else ())

    def _standing(self, standing: Standing) -> ChecklistSection:
        """The applicants of one standing: what bars them, or what is still open."""
        numbers, more = self.numbers[standing], _MORE[standing]

        def row(place: int) -> tuple[str, ...]:
            one = self.done[numbers[place]]
            made = one.made
            told = (self._lacking(one, verdict, decisive=only) for _, verdict, only in more)
            return (str(place + 1), made.name, made.code, made.area, *told)

        heads = ("序号", "单位名称", "统一社会信用代码", "所在地区", *(head for head, _, _ in more))
        widths = (2.6, 9.0, 8.0, 5.0, *_SHARES[len(more)])
        title = f"{STANDING_WORDS[standing]}：{len(numbers):,} 家"
        return ChecklistSection(standing, title, "", heads, widths, Lazy(len(numbers), row))

    def _lacking(self, one: Done, verdict: Verdict, *, decisive: bool) -> str:
        """What an applicant has a verdict on; beside what is not known, the answers that contradict each other."""
        labels = self.gaps.labels(one.made.verdicts, verdict, decisive=decisive)
        clashes = (f"{CONTRADICTED}：{text}" for text in one.made.contradictions if verdict == "unknown")
        return "；".join(filter(None, (labels, *clashes)))


_OPEN: tuple[tuple[str, Verdict, bool], ...] = (
    ("要补填、核实的", "unknown", False),
    ("由主管部门判断的", "authority", False),
    ("不符合的", "not-met", False),
)
_MORE: Mapping[Standing, tuple[tuple[str, Verdict, bool], ...]] = {
    "may": (),
    "doubtful": (("不符合的", "not-met", False),),
    "open": _OPEN,
    "late": _OPEN,
    "may-not": (("不能申报的原因", "not-met", True), ("另外要补填、核实的", "unknown", False)),
}
"""What a list of a standing says of each applicant: head, verdict, and whether only what bars."""
_SHARES: Mapping[int, tuple[float, ...]] = {0: (), 1: (24.0,), 2: (10.0, 14.0), 3: (14.0, 5.0, 5.0)}
"""How these columns share the page: what is to be filled in is the longest."""


def summary(desk: Desk, intake: Intake, result: Result) -> RunSummary:
    """The sum of a run."""
    total = len(result.done)
    tallies = tuple(_tallies(desk, result.done))
    numbers: dict[Standing, array[int]] = {key: array("i") for key in STANDING_WORDS}
    for number, one in enumerate(result.done):
        numbers[one.made.standing].append(number)
    counts = "，".join(f"{word} {len(numbers[key])} 家" for key, word in STANDING_WORDS.items() if numbers[key])
    all_of = total + len(result.refused)
    lines = [
        f"数据：{intake.file}，共 {all_of} 家；判断了 {total} 家{f'：{counts}' if counts else ''}。",
        *rests_on(desk.checklist),
    ]
    if result.refused:
        lines.insert(1, f"数据有误、没有判断的 {len(result.refused)} 家，列在“没有判断的”。")
    if intake.loose:
        lines.append(f"另有 {len(intake.loose)} 处问题不属于哪一家，列在“其他问题”。")
    profile = desk.edition.profile
    return RunSummary(
        suggested(profile.categories[desk.order.category].name),
        title(desk.checklist).replace("核对清单", "核对汇总"),
        profile.authority.named,
        tuple(lines),
        tallies,
        result.done,
        {key: found for key, found in numbers.items() if found},
        areas(result.done, said(profile.authority.region)),
        Gaps(desk),
        tuple(
            section for section in (refused(result.refused), others((*intake.loose, *intake.warnings))) if section.rows
        ),
        desk.folder,
    )


def _tallies(desk: Desk, done: Sequence[Done]) -> Iterator[Tally]:
    columns = [Counter[str]() for _ in desk.judged] if done else []
    for verdicts, count in Counter(one.made.verdicts for one in done).items():
        for column, letter in zip(columns, verdicts, strict=True):
            column[letter] += count
    for item, column in zip(desk.judged, columns, strict=bool(done)):
        if item.judge is not None:
            yield Tally(item, *(column[CODES[verdict]] for verdict in VERDICT_WORDS))


def items(tallies: Sequence[Tally]) -> ChecklistSection:
    """How the applicants stand, item by item."""
    rows = tuple(
        (
            str(number),
            GROUP_WORDS[one.item.group],
            one.item.label,
            _WEIGHTS.get(one.item.weight, ""),
            "、".join(one.item.cite) or "—",
            *(str(count) for count in (one.met, one.failed, one.unknown, one.authority, one.none)),
        )
        for number, one in enumerate(tallies, 1)
    )
    heads = ("序号", "类别", "事项", "作用", "依据", *VERDICT_WORDS.values())
    return ChecklistSection("items", "各项情况", "", heads, (2.6, 6.0, 11.0, 8.0, 6.0, 3.4, 3.4, 3.4, 4.6, 3.4), rows)


def refused(left: Sequence[Refused]) -> ChecklistSection:
    """Who was not judged, and what is wrong with each."""
    told = [(one, problem) for one in left for problem in one.problems]
    rows = tuple(
        (str(number), one.name or "（未填名称）", one.code, *_told(problem, one.place))
        for number, (one, problem) in enumerate(told, 1)
    )
    heads = ("序号", "单位名称", "统一社会信用代码", "文件", "位置", "问题", "怎么改")
    return ChecklistSection("refused", "没有判断的", "", heads, (2.6, 8.0, 8.0, 6.0, 8.0, 10.0, 9.0), rows)


def others(problems: Sequence[Problem]) -> ChecklistSection:
    """Problems that are no applicant's, and what stops nothing."""
    rows = tuple((str(number), *_told(problem, "")) for number, problem in enumerate(problems, 1))
    heads = ("序号", "文件", "位置", "问题", "怎么改")
    return ChecklistSection("others", "其他问题", "", heads, (2.6, 8.0, 10.0, 16.0, 14.0), rows)


def _told(problem: Problem, place: str) -> tuple[str, str, str, str]:
    line = f"第{problem.line}行 " if problem.line else ""
    return problem.file, f"{line}{problem.key}".strip() or place, problem.message, problem.hint
