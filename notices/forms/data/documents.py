"""Filled data in YAML to records. Keys are ids of fields and tables; Chinese column names will do as well."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from notices.forms.data.checking import Reader
from notices.forms.data.records import Record, Row
from notices.forms.values import Value
from notices.forms.wording import LINK, SheetColumn, Spread
from notices.profile.yamlfile import Tree, dotted


class YamlReader(Reader):
    """Reads mappings."""

    def records(self, tree: Tree) -> list[Record]:
        """Mappings of field and table ids; Chinese column names will do as well."""
        found = []
        for number, entry in enumerate(tree.data[""]):
            if not isinstance(entry, dict):
                self._at(tree, ("", number), "应是“键: 值”的组", "每个单位一组")
                continue
            found.append(self._record(tree, entry, ("", number)))
        if self.single and len(found) > 1:
            self.problem("", f"有 {len(found)} 组数据，这张表只填一份", "合成一组，各行写在表的列表里")
        return found

    def _record(self, tree: Tree, entry: dict[str, object], key: tuple[str | int, ...]) -> Record:
        tables = {spread.key: spread for spread in self.wanted if spread.key}
        own = next((spread.columns for spread in self.wanted if not spread.key), ())
        values = {name: raw for name, raw in entry.items() if name not in tables}
        return Record(
            self._row(tree, values, own, key, also=tuple(tables)),
            {
                name: self._table(tree, entry[name], spread, (*key, name))
                for name, spread in tables.items()
                if name in entry
            },
        )

    def _table(self, tree: Tree, rows: object, spread: Spread, key: tuple[str | int, ...]) -> tuple[Row, ...]:
        if rows is None:
            return ()
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._at(tree, key, "应是列表，每行一组“键: 值”", "每行以“- ”开头")
            return ()
        columns = tuple(column for column in spread.columns if column is not LINK)
        if not spread.rows:
            made = [(self._row(tree, row, columns, (*key, n)), dotted((*key, n)[2:])) for n, row in enumerate(rows)]
            self.doubled(spread, made)
            return tuple(row for row, _ in made)
        entries = []
        for number, row in enumerate(rows):
            names = {column.key for column in columns if column.given}
            cells = {name: str(value) for name, value in row.items() if name in names and name in spread.rows[0]}
            if not cells and len(rows) == len(spread.rows):
                cells = dict(spread.rows[number])
            rest = {name: value for name, value in row.items() if name not in cells}
            values = self._row(tree, rest, columns, (*key, number))
            entries.append((cells, values, dotted((*key, number)[2:])))
        return self.given(spread, entries)

    def _row(
        self,
        tree: Tree,
        entry: Mapping[str, object],
        columns: Sequence[SheetColumn],
        key: tuple[str | int, ...],
        also: tuple[str, ...] = (),
    ) -> Row:
        names = {name: column for column in columns for name in (column.key, column.heading, column.field.label)}
        found: dict[str, Value] = {}
        for name in entry:
            if name not in names:
                near = difflib.get_close_matches(name, [*names, *also], n=1, cutoff=0.5)
                hint = f"是不是 {near[0]}" if near else f"可用：{'、'.join([*(c.key for c in columns), *also][:30])}"
                self._at(tree, (*key, name), "没有这一栏", hint)
        given: dict[str, tuple[str, object]] = {}
        for name, raw in entry.items():
            if name in names and (twin := given.setdefault(names[name].key, (name, raw))[0]) != name:
                self._at(tree, (*key, name), f"与 {twin} 是同一栏，写了两次", "只留一个")
        for column in columns:
            name, raw = given.get(column.key, (column.key, None))
            place = tree.origins.get((*key, name)) or tree.origins[key]
            shown = dotted((*key, name)[2:])
            value = self.value(column, raw, shown, place.line, place.column)  # type: ignore[arg-type]
            if value is not None:
                found[column.key] = value
        origin = tree.origins[key]
        self.row_read(dotted(key[2:]), origin.line, origin.column)
        return found

    def _at(self, tree: Tree, key: tuple[str | int, ...], message: str, hint: str) -> None:
        origin = tree.origins.get(key) or tree.origins[key[:-1]]
        self.problem(dotted(key[2:]), message, hint, origin.line, origin.column)
