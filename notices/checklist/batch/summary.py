"""What a run came to: how many may apply, what fails most, who was not judged and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from notices.checklist.batch.chart import Bar
from notices.checklist.batch.job import CODES, Desk
from notices.checklist.batch.journal import Done
from notices.checklist.batch.run import Result
from notices.checklist.intake import Intake
from notices.checklist.items import GROUP_WORDS, Item
from notices.checklist.lazy import Lazy
from notices.checklist.outcome import STANDING_WORDS
from notices.checklist.sections import ChecklistSection, lead, title
from notices.checklist.verdict import VERDICT_WORDS
from notices.errors import Problem

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


@dataclass(frozen=True)
class RunSummary:
    """A run in figures. ``lines`` stand at its head."""

    title: str
    author: str
    lines: tuple[str, ...]
    tallies: tuple[Tally, ...]
    total: int
    sections: tuple[ChecklistSection, ...]

    def bars(self) -> tuple[Bar, ...]:
        """Items that bar an application, or may, and are not met by some: those that most fail first."""
        weighty = [one for one in self.tallies if one.failed and one.item.weight != "advantage"]
        ordered = sorted(weighty, key=lambda one: -one.failed)[:MOST_BARS]
        return tuple(Bar(one.item.label, one.failed, one.unknown) for one in ordered)


def summary(desk: Desk, intake: Intake, result: Result) -> RunSummary:
    """The sum of a run."""
    total = len(result.done)
    tallies = tuple(_tallies(desk, result.done))
    standings = Counter(one.made.standing for one in result.done)
    counts = "，".join(f"{word} {standings[key]} 家" for key, word in STANDING_WORDS.items())
    all_of = total + len(result.refused)
    lines = [
        f"数据：{intake.file}，共 {all_of} 家；判断了 {total} 家：{counts}。",
        *lead(desk.checklist, None),
    ]
    if result.refused:
        lines.insert(1, f"数据有误、没有判断的 {len(result.refused)} 家，列在“没有判断的”。")
    if intake.loose:
        lines.append(f"另有 {len(intake.loose)} 处问题不属于哪一家，列在“其他问题”。")
    made = (_standings(desk, result.done), _items(tallies), _refused(result), _others(intake))
    sections = tuple(section for section in made if section.rows)
    head = title(desk.checklist).replace("核对清单", "核对汇总")
    return RunSummary(head, desk.edition.profile.authority.named, tuple(lines), tallies, total, sections)


def _tallies(desk: Desk, done: Sequence[Done]) -> Iterator[Tally]:
    columns = [Counter[str]() for _ in desk.judged] if done else []
    for verdicts, count in Counter(one.made.verdicts for one in done).items():
        for counted, letter in zip(columns, verdicts, strict=True):
            counted[letter] += count
    for item, counted in zip(desk.judged, columns, strict=bool(done)):
        if item.judge is not None:
            yield Tally(item, *(counted[CODES[verdict]] for verdict in VERDICT_WORDS))


def _standings(desk: Desk, done: Sequence[Done]) -> ChecklistSection:
    weighty = [(number, item) for number, item in enumerate(desk.judged) if item.judge and item.weight != "advantage"]

    @lru_cache(maxsize=1024)
    def labels(verdicts: str, verdict: str) -> str:
        return "、".join(item.label for number, item in weighty if verdicts[number] == verdict)

    def row(number: int) -> tuple[str, ...]:
        one = done[number]
        made = one.made
        return (
            str(number + 1),
            made.name,
            made.code,
            STANDING_WORDS[made.standing],
            labels(made.verdicts, CODES["not-met"]),
            labels(made.verdicts, CODES["unknown"]),
            one.folder if one.files else "",
        )

    rows = Lazy(len(done), row)
    heads = ("序号", "单位名称", "统一社会信用代码", "结论", "不符合的", "待核的", "文件夹")
    return ChecklistSection("standings", "各单位结论", "", heads, (2.6, 9.0, 8.0, 5.0, 9.0, 9.0, 8.0), rows)


def _items(tallies: Sequence[Tally]) -> ChecklistSection:
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


def _refused(result: Result) -> ChecklistSection:
    told = [(one, problem) for one in result.refused for problem in one.problems]
    rows = tuple(
        (str(number), one.name or "（未填名称）", one.code, *_told(problem, one.place))
        for number, (one, problem) in enumerate(told, 1)
    )
    heads = ("序号", "单位名称", "统一社会信用代码", "文件", "位置", "问题", "怎么改")
    return ChecklistSection("refused", "没有判断的", "", heads, (2.6, 8.0, 8.0, 6.0, 8.0, 10.0, 9.0), rows)


def _others(intake: Intake) -> ChecklistSection:
    problems = (*intake.loose, *intake.warnings)
    rows = tuple((str(number), *_told(problem, "")) for number, problem in enumerate(problems, 1))
    heads = ("序号", "文件", "位置", "问题", "怎么改")
    return ChecklistSection("others", "其他问题", "", heads, (2.6, 8.0, 10.0, 16.0, 14.0), rows)


def _told(problem: Problem, place: str) -> tuple[str, str, str, str]:
    line = f"第{problem.line}行 " if problem.line else ""
    return problem.file, f"{line}{problem.key}".strip() or place, problem.message, problem.hint
