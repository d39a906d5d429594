"""Several categories of one edition summed up together: by category, by city and category, then each by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from notices.checklist.batch.areas import areas
from notices.checklist.batch.chart import Stack
from notices.checklist.batch.job import Desk
from notices.checklist.batch.run import Result
from notices.checklist.batch.summary import SHORT, RunSummary, others, refused
from notices.checklist.intake import Intake
from notices.checklist.outcome import STANDING_WORDS, Standing
from notices.checklist.sections import ChecklistSection, rests_on
from notices.wording.words import said

ALL = "合计"


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """One category of a run over several: what it was judged by, its data without its applicants, what it came to."""

    desk: Desk
    data: Intake
    result: Result
    told: RunSummary


@dataclass(frozen=True)
class JointSummary:
    """A run over several categories in figures; ``parts`` are the sums of each, in the edition's order."""

    title: str
    author: str
    lines: tuple[str, ...]
    parts: tuple[RunSummary, ...]
    counted: tuple[tuple[str, str, tuple[tuple[Standing, int], ...]], ...]
    """City, category and how many came to what: first those of all cities, then city by city."""
    problems: tuple[ChecklistSection, ...]

    @property
    def total(self) -> int:
        """How many were judged."""
        return sum(part.total for part in self.parts)

    @property
    def kinds(self) -> tuple[Standing, ...]:
        """What applicants came to, best first; 已过截止日 where there are any."""
        return tuple(key for key in SHORT if key != "late" or any(key in part.numbers for part in self.parts))

    def stacks(self) -> tuple[Stack, ...]:
        """A bar a category."""
        return tuple(
            Stack(part.name, {key: len(part.numbers.get(key, ())) for key in self.kinds}) for part in self.parts
        )

    def rows(self) -> Iterator[tuple[str | int, ...]]:
        """City, category, how many, how many of each standing."""
        for city, category, counts in self.counted:
            found = dict(counts)
            yield (city, category, sum(found.values()), *(found.get(key, 0) for key in self.kinds))

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands over :meth:`rows`."""
        return ("所在地区", "类别", "家数", *(SHORT[key] for key in self.kinds))

    def section(self) -> ChecklistSection:
        """The rows as a table of a page."""
        rows = tuple(tuple(map(str, row)) for row in self.rows())
        widths = (9.0, 9.0, 4.0, *(6.0 for _ in self.kinds))
        return ChecklistSection("areas", "各地各类别情况", "", self.heads, widths, rows)


def joint(parts: Sequence[JudgedPart]) -> JointSummary:
    """The sum of the runs of several categories of an edition over their data."""
    first = parts[0]
    profile = first.desk.edition.profile
    files = "、".join(dict.fromkeys(part.data.file for part in parts))
    judged = sum(part.told.total for part in parts)
    left = [one for part in parts for one in part.result.refused]
    loose = tuple(dict.fromkeys(chain.from_iterable(part.data.loose for part in parts)))
    warned = tuple(dict.fromkeys(chain.from_iterable(part.data.warnings for part in parts)))
    lines = [f"数据：{files}，共 {judged + len(left)} 家；判断了 {judged} 家。"]
    if left:
        lines.append(f"数据有误、没有判断的 {len(left)} 家，列在“没有判断的”。")
    for part in parts:
        counts = "，".join(
            f"{word} {len(part.told.numbers[key])} 家"
            for key, word in STANDING_WORDS.items()
            if key in part.told.numbers
        )
        lines.append(f"{part.told.name}：判断了 {part.told.total} 家{f'：{counts}' if counts else ''}。")
    lines += rests_on(first.desk.checklist)
    if loose:
        lines.append(f"另有 {len(loose)} 处问题不属于哪一家，列在“其他问题”。")
    problems = (refused(left), others((*loose, *warned)))
    return JointSummary(
        f"{profile.year}年度{profile.authority.level or ''}{profile.programme.list_name}申报核对汇总",
        profile.authority.named,
        tuple(lines),
        tuple(part.told for part in parts),
        tuple(_counted(parts, said(profile.authority.region))),
        tuple(section for section in problems if section.rows),
    )


def _counted(parts: Sequence[JudgedPart], region: str) -> Iterator[tuple[str, str, tuple[tuple[Standing, int], ...]]]:
    """All of them, each category; then each city, with its categories where it has several."""
    own = {part.told.name: {one.known: dict(one.counts) for one in part.told.areas} for part in parts}
    whole = {
        name: sum((Counter(counts) for counts in cities.values()), Counter[Standing]()) for name, cities in own.items()
    }
    yield from _city(ALL, whole)
    for one in areas(list(chain.from_iterable(part.result.done for part in parts)), region):
        yield from _city(one.name, {name: cities[one.known] for name, cities in own.items() if one.known in cities})


def _city(
    city: str, found: Mapping[str, Mapping[Standing, int]]
) -> Iterator[tuple[str, str, tuple[tuple[Standing, int], ...]]]:
    if len(found) > 1:
        total = sum((Counter(counts) for counts in found.values()), Counter[Standing]())
        yield city, ALL, tuple(total.items())
    for name, counts in found.items():
        yield city, name, tuple(counts.items())
