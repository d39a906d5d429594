"""The summary as a workbook: an overview, every item, a row an applicant, what each lacks, and rows that were not read.

Rows are written as they are made and never held; a list longer than a sheet goes on in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import quote

from notices.checklist.batch.gaps import Gap
from notices.checklist.batch.joint import JointSummary
from notices.checklist.batch.journal import Done
from notices.checklist.batch.summary import SHORT, RunSummary, items
from notices.checklist.outcome import STANDING_WORDS
from notices.checklist.sections import ChecklistSection
from notices.writers.xlsx import (
    A3,
    MOST_LINKS,
    MOST_ROWS,
    Above,
    Book,
    BookColumn,
    BookSheet,
    CellValue,
    Link,
    Look,
    row_height,
)

_COLOURS = {
    "符合": "D4EDDA",
    "无此情形": "D4EDDA",
    "具备": "D4EDDA",
    "不符合": "F8D7DA",
    "有此情形": "F8D7DA",
    "待核": "FFE699",
    "由主管部门判断": "D9ECF7",
    SHORT["may"]: "D4EDDA",
    SHORT["may-not"]: "F8D7DA",
    SHORT["open"]: "FFE699",
    SHORT["doubtful"]: "FFF3CD",
}
"""Verdicts and conclusions, each with its colour; the words tell as much without it."""
_WHO = (
    BookColumn("序号", 7, "数字"),
    BookColumn("单位名称", 30),
    BookColumn("统一社会信用代码", 22, "居中"),
    BookColumn("所在地区", 14, "居中"),
    BookColumn("结论", 16, "居中"),
)
_ORDER = ("docx", "pdf", "html", "xlsx", "md")
"""Which of an applicant's files a link opens: the first there is."""
_BAND = 76.0

Row = tuple[Sequence[CellValue], float]


def written(told: RunSummary) -> bytes:
    """The file.

    Raises:
        ProblemsError: texts longer than Excel keeps in a cell.
    """
    book = Book(told.title, told.author)
    kinds = [key for key, _, _ in told.counts]
    rows: list[tuple[CellValue, ...]] = [("合计", told.total, *(count for _, _, count in told.counts))]
    rows += [(one.name, one.total, *(dict(one.counts)[key] for key in kinds)) for one in told.areas]
    worst = _worst(told)
    texts = [*told.lines, *([f"不符合最多的：{worst}。"] if worst else [])]
    _overview(book, told.title, texts, ("所在地区", "家数", *(SHORT[key] for key in kinds)), rows)
    _category(book, told)
    for section in told.problems:
        _section(book, section)
    return book.saved()


def joint(told: JointSummary) -> bytes:
    """The file of several categories: an overview by city and category, then the sheets of each.

    Raises:
        ProblemsError: as :func:`written`.
    """
    book = Book(told.title, told.author)
    worst = [f"{part.name}不符合最多的：{found}。" for part in told.parts if (found := _worst(part))]
    _overview(book, told.title, [*told.lines, *worst], told.heads, list(told.rows()), still=2)
    for part in told.parts:
        _category(book, part, part.name, f"../{part.folder}/")
    for section in told.problems:
        _section(book, section)
    return book.saved()


def _category(book: Book, told: RunSummary, of: str = "", base: str = "") -> None:
    """The items, a row an applicant, what each lacks; ``of`` says whose, ``base`` where its checklists are."""
    _section(book, items(told.tallies), of)
    _people(book, told, of, base)
    _lacking(book, told, of)


def _worst(told: RunSummary) -> str:
    return "；".join(f"{bar.label} {bar.failed} 家" for bar in told.bars()[:5])


def _overview(  # noqa: PLR0913 - a sheet, by name
    book: Book,
    title: str,
    texts: Sequence[str],
    heads: Sequence[str],
    rows: Sequence[Sequence[CellValue]],
    *,
    still: int = 1,
) -> None:
    """What the run came to, and the cities; the first ``still`` columns are words."""
    columns = [
        BookColumn(head, 30 if n < still else 18, "正文" if n < still else "数字") for n, head in enumerate(heads)
    ]
    width = sum(column.width for column in columns)
    above = [Above((title,), "标题", 28), *(Above((one,), "说明", row_height((one,), (width,))) for one in texts)]
    page = BookSheet(book, "概览", columns, len(rows), Look(tuple(above), still=still, filtered=True))
    for row in rows:
        page.add(row, row_height((str(row[0]),), (30,)))


def _section(book: Book, section: ChecklistSection, of: str = "") -> None:
    """A section whose counts are numbers; widths are as its shares."""
    if not section.rows:
        return
    total = sum(section.widths)
    widths = [max(7.0, round(150 * width / total, 1)) for width in section.widths]
    numeric = {place for place, text in enumerate(section.rows[0]) if text.isdecimal() and len(text) < 12}
    numeric &= {0, *range(5, len(section.heads))} if section.key == "items" else {0}
    columns = [
        BookColumn(head, width, "数字" if place in numeric else "正文")
        for place, (head, width) in enumerate(zip(section.heads, widths, strict=True))
    ]

    def rows() -> Iterator[Row]:
        for texts in section.rows:
            yield (
                [int(text) if place in numeric else text for place, text in enumerate(texts)],
                row_height(texts, widths),
            )

    _sheets(book, f"{of}{section.title}", columns, len(section.rows), rows(), still=3)


def _people(book: Book, told: RunSummary, of: str, base: str) -> None:
    """A row an applicant, a column an item: its verdict in words and colours, and its own checklist a click away."""
    judged = told.gaps.desk.judged
    columns = (*_WHO, BookColumn("核对清单", 12, "链接"), *(BookColumn(item.label, 14, "居中") for item in judged))
    first = len(columns) - len(judged)

    @lru_cache(4096)
    def tall(verdicts: str) -> float:
        return row_height(told.gaps.words(verdicts) or ("",), [14.0] * max(len(judged), 1))

    def rows() -> Iterator[Row]:
        for number, one in enumerate(told.done, 1):
            made = one.made
            height = max(tall(made.verdicts), row_height((made.name, made.area), (30, 14)))
            link = _link(one, number, base)
            who = (number, made.name, made.code, made.area, SHORT[made.standing])
            yield (*who, link, *told.gaps.words(made.verdicts)), height

    coloured = (4, *range(first, len(columns)))
    words = "；".join(f"{SHORT[key]}：{word}" for key, word in STANDING_WORDS.items() if SHORT[key] != word)
    _sheets(book, f"{of}各单位", columns, told.total, rows(), still=2, coloured=coloured, words=words, head=_BAND)


def _lacking(book: Book, told: RunSummary, of: str) -> None:
    """What each applicant lacks, an item a row, and what to do about it."""
    widths = {"事项": 26, "情况": 12, "有什么影响": 30, "依据": 14, "要做什么": 60}
    columns = (*_WHO, *(BookColumn(head, width) for head, width in widths.items()))

    def line(gap: Gap) -> tuple[tuple[str, ...], float]:
        texts = (gap.label, gap.word, gap.means, gap.cite, gap.todo)
        return texts, row_height(texts, [*widths.values()])

    @lru_cache(4096)
    def rest(verdicts: str) -> tuple[tuple[tuple[str, ...], float], ...]:
        return tuple(map(line, told.gaps.gaps(verdicts)))

    def rows() -> Iterator[Row]:
        number = 0
        for one in told.done:
            made = one.made
            tall = row_height((made.name, made.area), (30, 14))
            for texts, height in (*map(line, told.gaps.contradicted(one)), *rest(made.verdicts)):
                number += 1
                yield (number, made.name, made.code, made.area, SHORT[made.standing], *texts), max(height, tall)

    _sheets(book, f"{of}还缺什么", columns, told.gaps.count(told.done), rows(), still=2, coloured=(4, 6))


def _link(one: Done, number: int, base: str) -> Link:
    """The applicant's own checklist; past what Excel takes, the name of its folder."""
    name = next((f"checklist.{form}" for form in _ORDER for name, _ in one.files if name == f"checklist.{form}"), "")
    if not name:
        return Link("未制作", "")
    if number > MOST_LINKS:
        return Link(one.folder, "")
    return Link("打开", quote(f"{base}{one.folder}/{name}"))


def _sheets(  # noqa: PLR0913 - how a list is shown, by name
    book: Book,
    name: str,
    columns: Sequence[BookColumn],
    count: int,
    rows: Iterator[Row],
    *,
    still: int,
    coloured: Sequence[int] = (),
    words: str = "",
    head: float = 0,
) -> None:
    """A list on as many sheets as it takes: 各单位, 各单位-2."""
    for part, start in enumerate(range(0, count, MOST_ROWS), 1):
        held = min(MOST_ROWS, count - start)
        above = (Above((name,), "标题", 28), *((Above((words,), "说明", 20),) if words else ()))
        look = Look(above, still=still, filtered=True, paper=A3, head=head)
        page = BookSheet(book, name if part == 1 else f"{name}-{part}", columns, held, look)
        for place in coloured:
            page.coloured(_COLOURS, (place,), held)
        add: Callable[..., None] = page.add
        for _ in range(held):
            values, height = next(rows)
            add(values, height)
