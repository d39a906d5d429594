"""Filled data in Excel or CSV to records: heads found, columns told, rows given to the record they name."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import NamedTuple

from notices.forms.data.checking import Reader, plain
from notices.forms.data.down import turned
from notices.forms.data.records import Record, Row
from notices.forms.data.rows import HEAD, RawCell, RawRow, RawSheet
from notices.forms.entry import advice
from notices.forms.values import Value
from notices.forms.wording import CONTENT, LINK, SheetColumn, Spread
from notices.forms.workbook import link_of, sheet_name
from notices.ooxml.packed import packed, same

ABOVE = "在表头上面，没有读"
LACKING = ("没有列", "没有行")
"""How it begins when a field a form may lack is not in the file."""
_NUMBERS = frozenset({"序号", "编号", "no", "no."})


class SheetEntry(NamedTuple):
    """A row as read: its values, the given cells as they stand in the file, its place, the record it names."""

    values: Row
    cells: Mapping[str, str]
    place: str
    link: str


@dataclass
class SheetReader(Reader):
    """Reads sheets of rows. ``along``: what a field is in the sheet being read, 列, or 行 where they stand down it."""

    along: str = "列"

    def records(self, pages: Sequence[RawSheet], table: str | None) -> list[Record]:
        """Records of a workbook or a CSV file."""
        found: dict[str, Sequence[SheetEntry]] = {}
        for spread, page in self._paired(pages, table):
            found[spread.key] = packed(self._sheet(spread, page), same)
        own = [row for row, *_ in found.get("", [])]
        if self.single:
            self._head_of_all(found)
            if len(own) > 1:
                self.problem("基本信息", f"有 {len(own)} 行，这张表只填一份", "只留一行")
            return [Record(own[0] if own else {}, {key: self._table(key, rows) for key, rows in found.items() if key})]
        return self._linked([Record(row) for row in own], found)

    def _head_of_all(self, found: Mapping[str, Sequence[SheetEntry]]) -> None:
        """What stands once over a summary: required where the file has a place for it, else missed aloud."""
        head = next((spread for spread in self.wanted if not spread.key), None)
        if head is None or found.get(""):
            return
        names = "、".join(column.heading for column in head.columns)
        if "" not in found:
            self.warn("", f"没有{head.name}，这些栏印出来是空的：{names}", "要填就改用 .xlsx 或 .yaml")
        elif head.required:
            self.problem(head.name, f"没有填写：{names}", "填在列名下面的一行")

    def _linked(self, records: list[Record], found: Mapping[str, Sequence[SheetEntry]]) -> list[Record]:
        """Rows of the tables to the records their first column names; to the only one where it names none."""
        names = [plain(link_of(record)) for record in records]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            self.problem("基本信息", f"第一列“{twice}”重复", "每个单位一行，第一列要能区分")
        sorted_rows: list[dict[str, list[SheetEntry]]] = [{} for _ in records]
        for key, rows in found.items():
            for entry in rows if key else ():
                alone = not entry.link and len(records) == 1
                index = names.index(entry.link) if entry.link in names else 0 if alone else None
                if index is None and not entry.link and not entry.values:
                    continue  # a row the form gives, in a file nobody has filled in
                if index is None:
                    said = f"填报单位“{entry.link}”不在基本信息表里" if entry.link else "不知道是哪个单位的"
                    self.problem(entry.place, said, "先填基本信息；填报单位与它的第一列写成一样")
                else:
                    sorted_rows[index].setdefault(key, []).append(entry)
        return [
            Record(record.values, {key: self._table(key, rows) for key, rows in here.items()})
            for record, here in zip(records, sorted_rows, strict=True)
        ]

    def _table(self, key: str, rows: Sequence[SheetEntry]) -> Sequence[Row]:
        spread = next(one for one in self.wanted if one.key == key)
        if spread.rows:
            return self.given(spread, [(cells, values, place) for values, cells, place, _ in rows])
        self.doubled(spread, ((values, place) for values, _, place, _ in rows))
        return packed((values for values, *_ in rows), same)

    def _paired(self, pages: Sequence[RawSheet], table: str | None) -> Iterator[tuple[Spread, RawSheet]]:
        """Which sheet holds which of the form's tables."""
        names = {sheet_name(spread) for spread in self.wanted}
        if len(pages) == 1 and (table or len(self.wanted) == 1 or pages[0].name not in names):
            spread = self._chosen(table)
            if spread is not None:
                yield spread, pages[0]
            return
        by_name = {page.name: page for page in pages}
        for spread in self.wanted:
            page = by_name.pop(sheet_name(spread), None)
            if page is not None:
                yield spread, page
            else:
                others = "、".join(by_name) or "没有"
                hint = f"没有内容也请保留空表；隐藏的不算；文件里另有：{others}"
                self.problem(sheet_name(spread), "缺少这张工作表", hint)
        for name, page in by_name.items():
            if page.rows:
                expected = "、".join(sheet_name(one) for one in self.wanted)
                self.problem(name, "不认识的工作表", f"删去，或改名为：{expected}")

    def _chosen(self, table: str | None) -> Spread | None:
        growing = [one for one in self.wanted if one.key and not one.rows]
        main = [one for one in self.wanted if not one.key]
        options = growing if self.single else main
        if table is not None:
            options = [one for one in self.wanted if table in {one.key, one.name}]
        if len(options) == 1:
            return options[0]
        listing = "、".join(f"{one.key}（{one.name}）" for one in self.wanted if one.key)
        asked = f"没有表 {table}" if table is not None else "这张表由几部分组成，看不出填的是哪一部分"
        self.problem("", asked, f"用 --table 指明：{listing}")
        return None

    def _sheet(self, spread: Spread, page: RawSheet) -> Iterator[SheetEntry]:
        """(values, given cells, place, link) of each row."""
        where = f"{page.name}!" if page.name else ""
        if page.hidden:
            rows = "、".join(page.hidden[:20]) + ("等" if len(page.hidden) > 20 else "")
            message = f"有 {len(page.hidden)} 行是隐藏的，也读进来了：{rows}"
            self.warn(where.rstrip("!"), message, "不报的行删去；要报的取消隐藏（或清除筛选）再核对一遍")
        self.along = "列"
        page = page if spread.key else self._turned(spread, page, where)
        head, columns = self._head(spread, page, where)
        if head is None:
            return
        for row in islice(page.rows, head + 1, None):
            if self._passed(spread, row, columns):
                continue
            yield self._row(row, columns, where)
            for index, cell in enumerate(row.cells):
                if index not in columns and cell.value is not None:
                    self.problem(f"{where}{cell.place}", "没有列名的格里有内容", "删去，或移到对应的列")

    def _passed(
        self,
        spread: Spread,  # noqa: ARG002 - a reader of part of a file says which part by it
        row: RawRow,  # noqa: ARG002
        columns: Mapping[int, SheetColumn | None],  # noqa: ARG002
    ) -> bool:
        """Whether a row is passed over, being another reader's."""
        return False

    def _others(
        self,
        spread: Spread,  # noqa: ARG002 - as above
        names: Mapping[str, SheetColumn],  # noqa: ARG002
    ) -> Mapping[str, SheetColumn | None]:
        """Heads of another form this reader knows: the column of its own they stand for, or None to pass them over."""
        return {}

    def _turned(self, spread: Spread, page: RawSheet, where: str) -> RawSheet:
        """A record's sheet as a row under column names, however it stands in the file."""
        known = {plain(name) for c in spread.columns for name in (c.heading, c.field.label, c.key)}
        found = turned(page, known | {plain("；".join(advice(column.field))) for column in spread.columns})
        if found is None:
            return page
        self.along = "行"
        for cell in found.strange:
            hint = f"内容写在“{CONTENT}”一列，左边是表里的栏目；别的删去"
            self.problem(f"{where}{cell.place}", "这一格有内容，看不出是哪一栏的", hint)
        return found.page

    def _row(self, row: RawRow, columns: Mapping[int, SheetColumn | None], where: str) -> SheetEntry:
        values: dict[str, Value] = {}
        cells: dict[str, str] = {}
        link = ""
        for index, column in columns.items():
            cell = row.cells[index] if index < len(row.cells) else RawCell(None, f"第{row.number}行")
            if column is None:
                continue
            place = f"{where}{cell.place}"
            if cell.problem:
                self.problem(f"{place} {column.heading}", cell.problem, cell.hint)
            elif column is LINK:
                link = plain(str(cell.value or ""))
            elif column.given:
                cells[column.key] = str(cell.value or "")
            else:
                value = self.value(column, cell.value, place, 0, 0)
                if value is not None:
                    values[column.key] = value
        self.row_read(f"{where}第{row.number}行", each=self.along == "行")
        return SheetEntry(values, cells, f"{where}第{row.number}行", link)

    def _head(self, spread: Spread, page: RawSheet, where: str) -> tuple[int | None, dict[int, SheetColumn | None]]:
        """Which row has the column names, and which column is which."""
        names = {plain(name): c for c in spread.columns for name in (c.heading, c.field.label, c.key) if name}
        best, score = None, 0
        for number, row in enumerate(islice(page.rows, HEAD)):
            hits = sum(plain(str(cell.value)) in names for cell in row.cells if cell.value is not None)
            if hits > score:
                best, score = number, hits
        expected = "、".join(column.heading for column in spread.columns)
        if best is None or score < min(2, len(spread.columns)):
            if page.rows or not spread.key:
                self.problem(where.rstrip("!"), "找不到表头", f"前 {HEAD} 行里要有列名：{expected}")
            return None, {}
        self._above(spread, page.rows[:best], score, where)
        best += self._second(page, best, names)
        return best, self._columns(spread, _joined(page, best, names), names, where)

    def _above(self, spread: Spread, rows: Sequence[RawRow], hits: int, where: str) -> None:
        """A row above the column names that is filled like one below them is told: it is not read."""
        known = {plain("；".join(advice(column.field))) for column in spread.columns} | {plain(LINK.field.note or "")}
        known |= {plain(name).lower() for column in spread.columns for name in (column.heading, column.field.label)}
        for row in rows:
            texts = [plain(str(cell.value)) for cell in row.cells if cell.value is not None]
            strange = sum(text not in known and text.lower() not in known | _NUMBERS for text in texts)
            if strange >= max(min(3, hits), hits / 2):
                self.warn(f"{where}第{row.number}行", ABOVE, "是填报的内容，就移到表头下面")

    @staticmethod
    def _second(page: RawSheet, head: int, names: Collection[str]) -> int:
        """1 where a second row of column names follows the first, else 0."""
        following = page.rows[head + 1 : head + 2]
        texts = [plain(str(cell.value)) for row in following for cell in row.cells if cell.value is not None]
        return int(bool(texts) and all(text in names for text in texts))

    def _columns(
        self, spread: Spread, row: RawRow, names: Mapping[str, SheetColumn], where: str
    ) -> dict[int, SheetColumn | None]:
        found: dict[int, SheetColumn | None] = {}
        others = self._others(spread, names)
        heads = [plain(str(cell.value)) if cell.value is not None else "" for cell in row.cells]
        own = {names[text].key for text in heads if text in names}
        for index, (cell, text) in enumerate(zip(row.cells, heads, strict=True)):
            column = names.get(text)
            if column is None and text in others:
                other = others[text]
                found[index] = other if other and other.key not in own else None
                continue
            if not text and (cell.value is not None or not cell.problem or "合并" in cell.problem):
                continue
            if cell.problem and column is None and text.lower() not in _NUMBERS:
                self.problem(f"{where}{cell.place}", cell.problem, cell.hint)
            elif column is None and text.lower() not in _NUMBERS:
                near = difflib.get_close_matches(text, list(names), n=1, cutoff=0.5)
                hint = f"是不是“{names[near[0]].heading}”" if near else f"删去，或改成表里的{self.along}名"
                self.problem(f"{where}{cell.place}", f"多出一{self.along}“{cell.value}”", hint)
            elif column is not None and column in found.values():
                self.problem(f"{where}{cell.place}", f"{self.along}“{column.heading}”出现两次", f"只留一{self.along}")
            else:
                found[index] = column
        for column in spread.columns:
            if column not in found.values() and column is not LINK:
                self._missing(column, where)
        return found

    def _missing(self, column: SheetColumn, where: str) -> None:
        place, name = where.rstrip("!"), f"{self.along}“{column.heading}”"
        if column.field.required or column.given:
            self.problem(place, f"缺少{name}", f"补上这一{self.along}；用 notices form-template 生成空表")
        else:
            self.warn(place, f"没有{name}，这一栏印出来是空的", f"有内容就补上这一{self.along}")


def _joined(page: RawSheet, head: int, names: Collection[str]) -> RawRow:
    """The row of column names; where its cell is empty, the name in the row above it that reaches down to it."""
    lower, upper = page.rows[head], page.rows[head - 1] if head else page.rows[head]
    known = {*names, *_NUMBERS}
    cells = [
        over if over and (cell is None or cell.value is None) and plain(str(over.value)).lower() in known else cell
        for cell, over in zip_longest(lower.cells, upper.cells)
    ]
    cells = [cell or RawCell(None, "") for cell in cells]
    return RawRow(lower.number, tuple(cells))
