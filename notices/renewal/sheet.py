"""Everything open in an edition as an Excel sheet to fill in, and the sheet read back: all of it, or nothing.

A row is known by its key. What it says of its value must still be so when it is read; what has been settled as the
sheet says is left alone, so that a sheet can be applied twice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl.worksheet.datavalidation import DataValidation

from notices.app import listing
from notices.checks.cites import CITE
from notices.errors import NoticesError, Problem, ProblemsError
from notices.forms.data import tables
from notices.forms.data.rows import RawCell, RawRow, RawSheet
from notices.inherited import above
from notices.library import Library
from notices.profile.yamlfile import illegal_character
from notices.renewal import accept, confirm
from notices.renewal.accept import Signature, Undecided
from notices.renewal.own import OwnFile
from notices.writers import xlsx

HEADS = ("编号", "事项", "现在的值（上一版）", "建议", "为什么", "决定", "填写", "谁", "哪天")
_WIDTHS = (30, 18, 34, 24, 30, 11, 26, 10, 13)
KEY, WHAT, NOW, SUGGEST, WHY, CHOICE, FILL, BY, ON = range(len(HEADS))
_TITLE = "{edition} 待定的值和没有确认的沿用"
_NAMED = re.compile(r"(?P<edition>[a-z]+(?:-[a-z]+)*@\d{4}) 待定的值和没有确认的沿用")
_NOTE = (
    "待定的值：在“填写”里写上值，或在“决定”里选“采用建议”。沿用别的机关的：选“沿用”（写上谁、哪天）或“删去”；"
    "本机关原文有这一条的，在“填写”里写原文的条款，如 二（一）。不填的行照旧。前五列不要改。"
)
TAKE_SUGGESTED, TAKE_OVER, LEAVE_OUT = "采用建议", "沿用", "删去"
_DATES = frozenset({"date", "issued", "printed", "checked", "dated"})
_NUMBERS = frozenset({"value", "copies"})
"""Keys of values that are days, and numbers."""


@dataclass(frozen=True, slots=True)
class SheetItem:
    """A row: its key, what stands in its grey cells, and what may be decided of it."""

    key: str
    given: tuple[str, str, str, str]
    taken: bool
    """It is taken over from another authority; else it waits for a value."""
    base: str = ""


@dataclass(frozen=True)
class Applied:
    """What a sheet settled, by key; what had been settled so before; how many rows were left empty."""

    edition: str
    path: Path
    settled: tuple[str, ...]
    before: tuple[str, ...]
    empty: int
    open: int
    """How much is open after it."""
    remarks: tuple[str, ...] = ()
    """What whoever filled it in should know: a day that is a rest day."""


def items(library: Library, wanted: str) -> tuple[str, tuple[SheetItem, ...]]:
    """The edition's name, and a row for everything that is open in it.

    Raises:
        NotFoundError: no such edition. ProblemsError: everything wrong with its file.
    """
    name, waiting = confirm.waiting(library, wanted)
    pending = [SheetItem(one["key"], _given(one), taken=False) for one in waiting]
    return name, (*pending, *(_inherited(one) for one in accept.undecided(library, name)))


def _given(one: Mapping[str, Any]) -> tuple[str, str, str, str]:
    return one["what"], one["was"] or "", one["suggest"] or "", one["why"] or ""


def _inherited(one: Undecided) -> SheetItem:
    why = f"沿用 {one.base}，没有人确认"
    return SheetItem(one.key, (one.what, one.text, "", why), taken=True, base=one.base)


def made(library: Library, wanted: str) -> bytes:
    """The workbook.

    Raises:
        NotFoundError, ProblemsError: as :func:`items`.
    """
    name, rows = items(library, wanted)
    title = _TITLE.format(edition=name)
    profile = library.load(name).profile
    book = xlsx.Book(title, profile.authority.named)
    styles = ("给定", "正文", "正文", "正文", "正文", *(xlsx.to_fill_in(kind) for kind in ("", "", "", "date")))
    columns = [xlsx.BookColumn(*one) for one in zip(HEADS, _WIDTHS, styles, strict=True)]
    above = (xlsx.Above((title,), "标题", 30), xlsx.Above((_NOTE,), "填表说明", 32))
    page = xlsx.BookSheet(
        book, "待定和沿用", columns, len(rows), xlsx.Look(above, still=2, filtered=True, paper=xlsx.A3)
    )
    nation = [one for one in library.editions() if one.partition("@")[0] == profile.programme.national]
    for row in rows:
        texts = (row.key, *row.given)
        page.add((*texts, *[None] * 4), xlsx.row_height(texts, _WIDTHS[: len(texts)]), ways=_ways(row, nation))
    return book.saved()


def _ways(row: SheetItem, nation: Sequence[str]) -> dict[int, tuple[str, DataValidation | None]]:
    """How the two cells of a decision look, and what they offer."""
    last = row.key.rpartition(".")[2]
    if row.taken:
        return {CHOICE: (xlsx.to_fill_in(""), _list(TAKE_OVER, LEAVE_OUT))}
    ways: dict[int, tuple[str, DataValidation | None]] = {}
    if row.given[SUGGEST - 1]:
        ways[CHOICE] = (xlsx.to_fill_in(""), _list(TAKE_SUGGESTED))
    if last in _DATES:
        ways[FILL] = (xlsx.to_fill_in("date"), None)
    elif last in _NUMBERS:
        ways[FILL] = (xlsx.to_fill_in("number"), None)
    elif row.key == "answers" and nation:
        ways[FILL] = (xlsx.to_fill_in(""), _list(*nation))
    return ways


def _list(*choices: str) -> DataValidation:
    return DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True)


# Read back


Step: TypeAlias = Callable[[OwnFile], OwnFile]


@dataclass
class _Reading:
    """A sheet being read: what is wrong with it, and what it asks for."""

    library: Library
    file: OwnFile
    sheet: str
    workspace: Path
    open: dict[str, SheetItem]
    problems: list[Problem] = field(default_factory=list)
    steps: list[tuple[str, str, Step]] = field(default_factory=list)
    """The key, the cell that asks, and what is to be done."""
    before: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    empty: int = 0

    def problem(self, cell: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.sheet, 0, 0, cell, message, hint))

    def row(self, row: RawRow) -> None:
        """One row: nothing filled in, done before, or a step."""
        cells = [
            row.cells[at] if at < len(row.cells) else RawCell(None, f"第{row.number}行") for at in range(len(HEADS))
        ]
        if not self._readable(cells):
            return
        key, choice, fill = _text(cells[KEY]), _text(cells[CHOICE]), _text(cells[FILL])
        item = self.open.get(key)
        if not choice and not fill:
            self.empty += 1
        elif item is None:
            self._settled_before(cells, key, choice, fill)
        elif tuple(map(_text, cells[WHAT : WHY + 1])) != tuple(one.strip() for one in item.given):
            self.problem(cells[KEY].place, f"{key} 在配置里已经改过，和表里写的不同", "表是旧的，用 --sheet 重新生成")
        elif item.taken:
            self._taken(cells, item, choice, fill)
        else:
            self._value(cells, item, choice, fill)

    def _readable(self, cells: Sequence[RawCell]) -> bool:
        """Whether every cell can be read, and the row says which value it is about."""
        before = len(self.problems)
        for cell in cells:
            if cell.problem:
                self.problem(cell.place, cell.problem, cell.hint)
            elif (char := illegal_character(_text(cell))) is not None:
                self.problem(cell.place, f"有印不出来的字符 U+{ord(char):04X}", "删去，重新输入")
        if not _text(cells[KEY]) and not cells[KEY].problem:
            self.problem(cells[KEY].place, "没有编号，看不出是哪一项", "重新生成表，不要改“编号”")
        return len(self.problems) == before

    def _value(self, cells: Sequence[RawCell], item: SheetItem, choice: str, fill: str) -> None:
        suggest = item.given[SUGGEST - 1]
        if choice and choice != TAKE_SUGGESTED:
            self.problem(cells[CHOICE].place, f"不认识“{choice}”", f"选“{TAKE_SUGGESTED}”，或清空，在“填写”里写值")
        elif choice and not suggest:
            self.problem(cells[CHOICE].place, "这一项没有建议的值", "在“填写”里写值")
        elif choice and fill and fill != suggest:
            self.problem(cells[FILL].place, "选了采用建议，又填了别的值", "只留一样")
        else:
            value, cell = (None, cells[CHOICE]) if choice else (fill, cells[FILL])
            self.steps.append((item.key, cell.place, lambda file: self._settled(file, item.key, value)))

    def _settled(self, file: OwnFile, key: str, value: str | None) -> OwnFile:
        made, item, settled = confirm.settled(file, key, value, self.workspace)
        self.remarks += (f"{key}：{told}" for told in confirm.remarks_of(item, settled))
        return made

    def _taken(self, cells: Sequence[RawCell], item: SheetItem, choice: str, fill: str) -> None:
        key = item.key
        if choice and fill:
            self.problem(cells[FILL].place, f"选了“{choice}”，又填了条款", "只留一样")
        elif fill and not CITE.fullmatch(fill):
            hint = "写原文的条款，如 二（一）2、引言；原文没有的，在“决定”里选“沿用”或“删去”"
            self.problem(cells[FILL].place, f"条款写法不对：{fill}", hint)
        elif fill and key.startswith("actors."):
            self.problem(cells[FILL].place, "参与方的称呼不注条款", "在“决定”里选“沿用”或“删去”")
        elif fill:
            self.steps.append((key, cells[FILL].place, lambda file: accept.cited(file, key, fill)))
        elif choice == LEAVE_OUT:
            self.steps.append((key, cells[CHOICE].place, lambda file: accept.dropped(file, key)))
        elif choice != TAKE_OVER:
            self.problem(cells[CHOICE].place, f"不认识“{choice}”", f"选“{TAKE_OVER}”或“{LEAVE_OUT}”")
        elif signature := self._signature(cells):
            self.steps.append((key, cells[CHOICE].place, lambda file: accept.accepted(file, key, signature, item.base)))

    def _signature(self, cells: Sequence[RawCell]) -> Signature | None:
        by, on = _text(cells[BY]), _text(cells[ON])
        if not by:
            self.problem(cells[BY].place, "沿用要写明谁确认的", "在“谁”里写姓名")
        day = _day(on)
        if day is None:
            told = f"“{on}”不是日期" if on else "沿用要写明哪天确认的"
            self.problem(cells[ON].place, told, "在“哪天”里写日期，如 2026-03-01")
        return Signature(by, day) if by and day else None

    def _settled_before(self, cells: Sequence[RawCell], key: str, choice: str, fill: str) -> None:
        """A row of what is not open any more: settled as it says, or otherwise since."""
        suggest, now = _text(cells[SUGGEST]), _now(self.file, key)
        wanted = suggest if choice == TAKE_SUGGESTED else fill
        same = {
            TAKE_OVER: any(("source", "taken", one) in self.file.own.origins for one in (key, *above(key))),
            LEAVE_OUT: now is None,
        }
        if same.get(choice, now is not None and wanted in now):
            self.before.append(key)
        else:
            told = f"现在是“{'、'.join(now)}”" if now else "已经没有这一项"
            self.problem(cells[KEY].place, f"{key} 不再待定，{told}，与表里填的不同", "表是旧的，用 --sheet 重新生成")


def _now(file: OwnFile, key: str) -> tuple[str, ...] | None:
    """The texts a settled key may have been settled to: its own, its phrase or title, its clause; None: it is gone."""
    at = file.place(key.removesuffix(".confirm"))
    if at is None:
        return None
    value: Any = file.whole.data
    for part in at:
        value = value[part]
    if isinstance(value, dict):
        held = [value.get(part) for part in ("say", "title", "cite")]
        return tuple(
            text for one in held for text in (one if isinstance(one, list) else [one]) if isinstance(text, str)
        )
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def apply(
    library: Library, wanted: str, path: Path, workspace: Path, write: Callable[[OwnFile], object] = OwnFile.written
) -> Applied:
    """Settle everything a sheet has filled in, or nothing; ``write`` is how the file is written.

    Raises:
        NotFoundError: no such edition.
        ProblemsError: every bad cell by its address, what does not fit the profile, or whose sheet it is not.
    """
    file = OwnFile.of(library, wanted)
    file.belongs(workspace, "")
    pages = tables.read(path)
    rows = _rows(path.name, pages, file.edition)
    _, open_ = items(library, file.edition)
    reading = _Reading(library, file, path.name, workspace, {one.key: one for one in open_})
    seen: dict[str, str] = {}
    for row in rows:
        key = _text(row.cells[KEY]) if row.cells else ""
        if key and key in seen:
            reading.problem(row.cells[KEY].place, f"{key} 在 {seen[key]} 已经有一行", "每项只留一行")
        elif key:
            seen[key] = row.cells[KEY].place
        reading.row(row)
    for key, cell, step in reading.steps:
        try:
            file = step(file)
        except NoticesError as error:
            told = error.problems if isinstance(error, ProblemsError) else (Problem("", 0, 0, key, str(error)),)
            reading.problems += [_at_cell(one, path.name, cell, key) for one in told]
    if not reading.problems:
        cells = {key: cell for key, cell, _ in reading.steps}
        reading.problems += [_placed(one, path.name, cells) for one in file.new_problems]
    if reading.problems:
        raise ProblemsError(reading.problems)
    if reading.steps:
        write(file)
    left = len(listing.pendings(file.whole)) + len(accept.undecided(library, file.edition))
    done = tuple(key for key, *_ in reading.steps)
    return Applied(file.edition, file.path, done, tuple(reading.before), reading.empty, left, tuple(reading.remarks))


def _rows(name: str, pages: Sequence[RawSheet], edition: str) -> list[RawRow]:
    """The rows below the heads of the one sheet that has them.

    Raises:
        ProblemsError: there is none, or it is another edition's.
    """
    for page in pages:
        rows = list(page.rows)
        head = next((at for at, row in enumerate(rows) if tuple(map(_text, row.cells[: len(HEADS)])) == HEADS), None)
        if head is None:
            continue
        titles = [
            match["edition"] for row in rows[:head] for c in row.cells if (match := _NAMED.fullmatch(str(c.value)))
        ]
        if titles != [edition]:
            whose = f"是 {titles[0]} 的" if titles else "看不出是哪一版的"
            hint = f"第一行写着版本；用 notices confirm {edition} --sheet 生成这一版的表"
            raise ProblemsError([Problem(name, 0, 0, page.name, f"这张表{whose}，不是 {edition} 的", hint)])
        return rows[head + 1 :]
    hint = f"用 notices confirm {edition} --sheet 生成；列名不要改：{'、'.join(HEADS)}"
    raise ProblemsError([Problem(name, 0, 0, "", "找不到表头", hint)])


def _text(cell: RawCell) -> str:
    """A cell as the profile would have it: days and numbers as they are written there."""
    value = cell.value
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}').normalize():f}"
    return "" if value is None else str(value).strip()


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def _at_cell(problem: Problem, sheet: str, cell: str, key: str) -> Problem:
    return replace(problem, file=sheet, line=0, column=0, key=f"{cell} {key}")


def _placed(problem: Problem, sheet: str, cells: Mapping[str, str]) -> Problem:
    """A problem of the profile at the cell that made it, where one did."""
    fits = [key for key in cells if problem.key == key or problem.key.startswith((f"{key}.", f"{key}["))]
    fits += [key for key in cells if key.startswith(f"{problem.key}.") or key == f"source.taken.{problem.key}"]
    return _at_cell(problem, sheet, cells[fits[0]], problem.key) if fits else problem
