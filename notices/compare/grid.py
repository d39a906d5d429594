"""A comparison as a report: parts of rows, each cell a few lines and its marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from notices.compare import glance
from notices.compare.diff import Change, Half, seen_from_above
from notices.compare.facts import Side
from notices.compare.matrix import MARKS, Matrix
from notices.compare.matrix import MatrixCell as Found
from notices.compare.matters import Matters
from notices.compare.records import VERDICTS
from notices.compare.tones import CONTESTED, RELAXED, RELAXED_BY, WORDED, marks
from notices.compare.topics import GROUPS, topics
from notices.profile import Programme
from notices.reports.model import Mark, Part, Report, ReportCell, ReportRow, ReportTable
from notices.wording.clauses import clauses

_ACROSS = 5
"""Editions that stand beside each other on a page of paper; more go on in a further table, the national one in each."""
_BRIEF = 18
"""Characters of a rule on the first page: a line with its clause, so that the summary stays on one page."""


def of_diff(
    left: Side,
    right: Side,
    changes: Sequence[Change],
    *,
    everything: bool = False,
    matters: Matters | None = None,
) -> Report:
    """What matters most and which way first; then what both have and differs, then what one side has.

    Rules come before dates, contacts and papers; words that differ alone come last.
    """
    programme = left.profile.programme
    names = topics(programme)
    both = [c for c in changes if c.left and c.right and (everything or c.verdict != "same")]
    worded = [change for change in changes if change.wording and not everything]
    heads = (f"左：{left.heading}", f"右：{right.heading}")
    tables = (
        *_first(changes, matters, heads),
        *_ways(changes, names),
        *_table("对照", ("事项", "结论", *heads, "说明"), (12, 7, 28, 28, 25), _by_group(both, names, _change_line)),
        *(
            table
            for side, verdict in zip(heads, ("only-left", "only-right"), strict=True)
            for table in _table(
                f"仅{side[0]}边有",
                ("事项", f"仅{side}"),
                (18, 82),
                _by_group([c for c in changes if c.verdict == verdict], names, _alone_line),
            )
        ),
        *_table("仅表述不同", ("事项", *heads), (14, 43, 43), _part("", map(_worded_line, worded))),
    )
    return _report(
        programme,
        f"{left.heading}与{right.heading}规定对照",
        (
            _count(changes),
            f"左：{_full(left)}；右：{_full(right)}。",
            "结论从左看右。“从严”是右边更严；不能比较宽严的只列为有变化；“仅左边有”“仅右边有”是另一边没有这条规定。",
            "“两种读法”是原文读得通两种，如可以读作必备、也可以读作重点，不作宽严判断。",
        ),
        tables or (ReportTable("对照", ("事项", "结论", *heads, "说明"), (12, 7, 28, 28, 25), ()),),
        (*VERDICTS.values(), CONTESTED, WORDED, *RELAXED_BY.values()),
    )


def _table(name: str, heads: tuple[str, ...], widths: tuple[float, ...], parts: Iterable[Part]) -> list[ReportTable]:
    found = tuple(parts)
    return [ReportTable(name, heads, widths, found, lead=_LEADS.get(name, ""), across=_ACROSS)] if found else []


_LEADS = {
    "要点": "最要紧的差别（全文见后）：",
    "宽严": "哪一边更严：",
    "对照": "两边都有规定、内容不同的：",
    "仅左边有": "只有左边有的规定：",
    "仅右边有": "只有右边有的规定：",
    "仅表述不同": "规定相同、仅表述不同的：",
}


def _first(changes: Sequence[Change], matters: Matters | None, heads: tuple[str, str]) -> list[ReportTable]:
    """The differences that matter most."""
    found = matters.ranked(changes) if matters else ()
    lines = [
        ReportRow((ReportCell(matter.name), ReportCell(change.label, "", _told_marks(change)), *_halves(change)))
        for matter, change in found
    ]
    return _table("要点", ("方面", "最要紧的差别", *heads), (10, 18, 36, 36), _part("", lines))


def _halves(change: Change) -> tuple[ReportCell, ReportCell]:
    """Both sides, no longer than a first page can hold; the whole stands further on."""
    left, right = (replace(one, text=_brief(one.text)) for one in (_said(change.left), _said(change.right)))
    return left, right


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1]}…"


def _ways(changes: Sequence[Change], names: Mapping[str, str]) -> list[ReportTable]:
    """On what which side is the stricter."""
    lines: list[ReportRow] = []
    for topic, name in names.items():
        told = [
            "、".join(c.label for c in changes if c.topic == topic and c.verdict == way)
            for way in ("looser", "stricter")
        ]
        if any(told):
            lines.append(ReportRow((ReportCell(name), *(ReportCell(text or "—") for text in told))))
    return _table("宽严", ("在哪方面", "左边更严的", "右边更严的"), (16, 42, 42), _part("", lines))


def of_matrix(found: Matrix, matters: Matters | None = None) -> Report:
    """Who is stricter on what; then rules by topic, a column an edition."""
    programme = found.sides[0].profile.programme
    names = topics(programme)
    lines = [
        ReportRow((ReportCell(row.label), *map(_matrix_cell, row.cells)), row.id, row.topic)
        for row in found.rows
        if row.cells
    ]
    parts = [
        part for topic, name in names.items() for part in _part(name, (line for line in lines if line.topic == topic))
    ]
    return _report(
        programme,
        "各地规定对照表",
        (
            "标记：" + "、".join(MARKS.values()) + "，均对照国家规定；无标记的是国家规定本身。",
            "“未规定”是国家有这条规定而本版没有；“—”是国家和本版都没有这条规定；“待定”是本版或所对照的国家规定还待确认。",
            "“未见”是本版为草稿，读到的原文里没有这条规定，不等于没有规定。纸上的分表不印分表里各机关都没有的规定。",
            *_against(found),
        ),
        (
            *(glance.tables(found, matters) if matters else ()),
            ReportTable(
                "对照",
                ("事项", *(side.heading for side in found.sides)),
                (14, *([86 / len(found.sides)] * len(found.sides))),
                tuple(parts),
                across=_ACROSS,
                still=2 if found.lines[0] is None else 1,
                chosen=True,
                groups=("", *found.ranks),
            ),
        ),
        tuple(MARKS.values()),
    )


def _report(
    programme: Programme, title: str, notes: tuple[str, ...], tables: Sequence[ReportTable], words: Iterable[str]
) -> Report:
    """The whole, with what its rows can be chosen by: the topics that occur, in their order, and the marks."""
    used = {row.topic for table in tables for row in table.rows if row.key}
    told = tuple((topic, name) for topic, name in topics(programme).items() if topic in used)
    return Report("compare", title, notes, tuple(tables), topics=told, marks=marks(words), terms=programme.terms)


def _against(found: Matrix) -> Iterator[str]:
    """Against which national edition each is marked: a sentence a year, those older than it told apart."""
    years: dict[int, list[Side]] = {}
    for side, line in zip(found.sides, found.lines, strict=True):
        if line:
            years.setdefault(_year(line), []).append(side)
    for year, sides in sorted(years.items()):
        later = "、".join(side.heading for side in sides if year > side.year)
        aside = f"；其中{later}早于它，仅供参照" if later else ""
        yield f"对照国家{year}年版的：{'、'.join(side.heading for side in sides)}{aside}。"


def _year(edition: str) -> int:
    return int(edition.partition("@")[2])


def _by_group(
    changes: Sequence[Change], topics: Mapping[str, str], line: Callable[[Change], ReportRow]
) -> Iterator[Part]:
    for group, name in GROUPS.items():
        for topic, told in topics.items():
            title = f"{name}·{told}" if group == "rules" else name
            yield from _part(title, (line(c) for c in changes if c.group == group and c.topic == topic))


def _part(title: str, lines: Iterable[ReportRow]) -> list[Part]:
    found = tuple(lines)
    return [Part(title, found)] if found else []


def _told_marks(change: Change) -> tuple[Mark, ...]:
    relaxed = (
        RELAXED_BY[side] for side, half in (("left", change.left), ("right", change.right)) if half and half.relaxes
    )
    return marks((VERDICTS[change.verdict], *((CONTESTED,) if change.contested else ()), *relaxed))


def _change_line(change: Change) -> ReportRow:
    cells = (
        ReportCell(change.label),
        ReportCell(marks=_told_marks(change)),
        _said(change.left),
        _said(change.right),
        ReportCell("\n".join(_reasons(change))),
    )
    return ReportRow(cells, change.id, change.topic)


def _alone_line(change: Change) -> ReportRow:
    half = change.left or change.right
    assert half is not None  # noqa: S101 - a fact is one of the two editions'
    why = change.reason.partition("，")[2]
    told = replace(_said(half), marks=_told_marks(change), why=why)
    return ReportRow((ReportCell(change.label), told), change.id, change.topic)


def _worded_line(change: Change) -> ReportRow:
    cells = (ReportCell(change.label, "", marks((WORDED,))), _said(change.left), _said(change.right))
    return ReportRow(cells, change.id, change.topic)


def _reasons(change: Change) -> Iterator[str]:
    yield from (text for text in (change.brief or change.reason, change.wording) if text)
    for side, half in (("左", change.left), ("右", change.right)):
        if half and half.relaxes:
            how = "" if half.relaxes == seen_from_above(change.reason) else f"：{half.relaxes.partition('；')[0]}"
            yield f"{side}边{RELAXED}{how}（依据：{half.ground}）"


def _said(half: Half | None) -> ReportCell:
    return ReportCell(half.text, cited(half)) if half else ReportCell("—")


def _matrix_cell(cell: Found) -> ReportCell:
    shown = marks(MARKS[mark] for mark in cell.marks)
    if cell.half is None:
        return ReportCell("—", "", shown, cell.reason)
    relaxes = f"{RELAXED}：{cell.half.relaxes}（依据：{cell.half.ground}）" if cell.half.relaxes else ""
    return ReportCell(cell.half.text, cited(cell.half), shown, relaxes or cell.reason)


def cited(half: Half) -> str:
    """〔二（一）〕; with the year of the edition when the clause is another's: 〔沿用上级2023年版 二（一）〕."""
    if not half.cite:
        return ""
    source = f"沿用上级{half.source.partition('@')[2]}年版 " if half.inherited else ""
    return f"〔{source}{clauses(half.cite)}〕"


def _count(changes: Sequence[Change]) -> str:
    counts: Counter[str] = Counter(change.verdict for change in changes)
    told = "，".join(f"{name} {counts[verdict]}" for verdict, name in VERDICTS.items() if counts[verdict])
    worded = sum(bool(change.wording) for change in changes)
    return f"共 {len(changes)} 项：{told or '无'}" + (f"；相同的里有 {worded} 项仅表述不同" if worded else "") + "。"


def _full(side: Side) -> str:
    return f"{side.heading}，{side.authority}"
