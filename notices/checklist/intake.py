"""Applicants out of a file: those that can be judged, and those whose data is wrong, each with what is wrong and where.

One bad row never stops the others. A row of a table that names no applicant may be anybody's: those it may belong to
are not judged, or, where that cannot be told, nobody's empty table counts as an answer.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from rapidfuzz import fuzz, process

from notices.checklist.impossible import impossible
from notices.checklist.lazy import Lazy
from notices.checklist.mixed import COLUMN, Mixed, category_names
from notices.checklist.places import NOWHERE
from notices.checklist.rows import FilledRow, ListedRows, SheetRows
from notices.errors import Problem
from notices.forms.catalogue import Sheet
from notices.forms.data import tables
from notices.forms.data.checking import DataError, plain
from notices.forms.data.records import Record
from notices.forms.data.rows import RawSheet
from notices.forms.values import Value
from notices.forms.wording import Spread, spreads
from notices.forms.workbook import sheet_name
from notices.profile.values import suggested
from notices.profile.yamlfile import Tree, read_many

MOST_SHOWN = 200
"""Problems of a file's shape that are told one by one."""

VOUCHED: Mapping[str, str] = MappingProxyType({"records": "records-checked", "certificates": "certificates-listed"})
"""By table: the field that says the table is complete, so that what is not in it is not there."""

_GRAVE = frozenset({"records"})
"""Tables of which a row too few would clear somebody."""
_EACH = ("product-name", "product-model")
"""What a unit applies with several times: each is a row of its own."""
Identity: TypeAlias = tuple[Value | None, ...]
_NEAR, _CLOSE = 85, 5
"""How alike, of 100, a name must be to be taken for a slip of another, and how much less so than the likest."""
_MANY = 5
"""Names as alike as that tell nothing."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """One applicant that can be judged; ``place`` is its row, ``places`` where each value stands, by field."""

    record: Record
    place: str
    places: Mapping[str, str] = field(default_factory=lambda: NOWHERE, compare=False)

    @property
    def name(self) -> str:
        """What it is called, as far as that was filled in."""
        return str(self.record.values.get("name", ""))

    @property
    def code(self) -> str:
        """Its 统一社会信用代码, empty when it was not filled in."""
        return str(self.record.values.get("code", ""))

    @property
    def area(self) -> str:
        """The city it says it is in, empty when it was not filled in."""
        return str(self.record.values.get("area", ""))


@dataclass(frozen=True, slots=True)
class Refused:
    """An applicant that is not judged, and why."""

    name: str
    code: str
    place: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What a file holds. ``loose`` are rows that belong to nobody in it; ``warnings`` stop nothing.

    Applicants read from rows are made when they are asked for: a hundred thousand are never there at once.
    """

    file: str
    applicants: Sequence[Applicant]
    refused: tuple[Refused, ...] = ()
    loose: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was wrong, in the order of the data."""
        return (*(problem for one in self.refused for problem in one.problems), *self.loose)


def read(path: Path, sheet: Sheet, day: dt.date, *, tree: Tree | None = None, mixed: Mixed | None = None) -> Intake:
    """The applicants of a file.

    Args:
        path: ``.yaml`` (one, or a list), ``.xlsx`` or ``.csv`` (one a row); tables of a CSV file stand beside it,
            in ``<name>-证书.csv`` and ``<name>-记录.csv``.
        sheet: the form of the category.
        day: the day of judgement.
        tree: the data itself where it is no file's, as :func:`notices.profile.yamlfile.read_many` gives
            it; ``path`` names it.
        mixed: the rows of a file that are this category's, where it holds several. There may be none.

    Raises:
        DataError: the file has no shape that could be read row by row.
    """
    wanted = spreads(sheet.only(), sheet.edition.profile)
    reader, rows, missing = rows_of(path, wanted, tree, mixed)
    if mixed and not rows:
        return Intake(path.name, ())
    _refuse_shape(path.name, reader.shape, empty=not rows)
    if mixed and not reader.elsewhere:
        _refuse_unsorted(path.name, rows)
    labels = {column.key: column.heading for spread in wanted for column in spread.columns}
    called: list[str] = []
    coded: dict[str, list[Identity | None]] = {"code": [], "name": []}
    faults: list[tuple[Problem, ...]] = []
    for row in rows:
        called.append(str(row.record.values.get("name", "")))
        stray = tuple(map(reader.told, _elsewhere(row, sheet, path.name, mixed)))
        own = map(reader.told, _late(row, day, path.name, labels))
        faults.append(stray if mixed and stray else (*row.faults, *stray, *own))
        for column, found in coded.items():
            found.append(_identity(row.record, column))
    claims, loose, doubted = _claimed(called, reader.strays, sorted(reader.elsewhere))
    for number, more in claims.items():
        faults[number] = (*faults[number], *more)
    for number, told in _doubles(path.name, coded, rows):
        faults[number] = (*faults[number], reader.told(told))
    names = {spread.key: spread.name for spread in wanted}
    mute = missing | doubted

    def one(number: int) -> Applicant:
        row = rows[number]
        return Applicant(_without(row.record, mute), row.place, row.places)

    bad: list[Refused] = []
    good = array("i")
    for number, wrong in enumerate(faults):
        if not wrong:
            good.append(number)
            continue
        kept_back = one(number)
        problems = tuple(dict.fromkeys(wrong))
        bad.append(Refused(kept_back.name, kept_back.code, kept_back.place, problems))
    applicants = Lazy(len(good), lambda number: one(good[number]))
    warnings = (*reader.warnings, *_withdrawn(path, rows, missing, names))
    return Intake(path.name, applicants, tuple(bad), (*loose, *_open(path.name, doubted, names)), warnings)


def rows_of(
    path: Path, wanted: tuple[Spread, ...], tree: Tree | None = None, mixed: Mixed | None = None
) -> tuple[ListedRows | SheetRows, Sequence[FilledRow], frozenset[str]]:
    """The reader that suits a file, its rows, and the tables that are not there at all."""
    if tree is not None or path.suffix.lower() in {".yaml", ".yml"}:
        listed = ListedRows(path.name, wanted, single=False, mixed=mixed)
        return listed, listed.read(tree or read_many(path, path.name)), frozenset()
    pages, files = _pages(path, wanted)
    reader = SheetRows(path.name, wanted, single=False, files=files, mixed=mixed)
    rows = reader.read(pages)
    return reader, rows, frozenset(VOUCHED) - reader.found


def _pages(path: Path, wanted: Sequence[Spread]) -> tuple[tuple[RawSheet, ...], dict[str, str]]:
    """The sheets of a file, and by the name of a sheet the file it came from where that is another."""
    pages = tables.read(path)
    if path.suffix.lower() == ".xlsx":
        return pages, {}
    beside: dict[str, tuple[str, RawSheet]] = {}
    for spread in wanted:
        names = (f"{path.stem}-{part}{path.suffix}" for part in (sheet_name(spread), spread.key) if spread.key)
        found = next((other for name in names if (other := path.with_name(name)).is_file()), None)
        if found:
            beside[spread.key] = (found.name, RawSheet(sheet_name(spread), tables.read(found)[0].rows))
    if not beside:
        return pages, {}
    files = {page.name: name for name, page in beside.values()}
    sheets: list[RawSheet] = []
    for spread in wanted:
        name = sheet_name(spread)
        rows = beside[spread.key][1].rows if spread.key in beside else () if spread.key else pages[0].rows
        sheets.append(RawSheet(name, rows))
        files.setdefault(name, path.name)
    return tuple(sheets), files


def _refuse_shape(name: str, problems: Sequence[Problem], *, empty: bool) -> None:
    found = list(problems)
    if not found and empty:
        found = [Problem(name, 0, 0, "", "没有申报单位", "每个单位一行；空白的表用 notices applicant-template")]
    if not found:
        return
    rest = len(found) - MOST_SHOWN
    more = [Problem(name, 0, 0, "", f"另有 {rest} 处问题没有列出", "改正以上各处后再试")] if rest > 0 else []
    raise DataError([*found[:MOST_SHOWN], *more])


def _refuse_unsorted(name: str, rows: Iterable[FilledRow]) -> None:
    if not any(row.record.values.get(COLUMN) for row in rows):
        hint = "每行填上申报类别；一个文件只有一个类别的，用 --category 写明"
        raise DataError([Problem(name, 0, 0, "", "没有一家填写了申报类别，看不出各按哪一类核对", hint)])


def _claimed(
    names: Sequence[str], strays: Sequence[tuple[str, str, Problem]], elsewhere: Sequence[str]
) -> tuple[dict[int, tuple[Problem, ...]], tuple[Problem, ...], frozenset[str]]:
    """Rows that name no applicant: to those whose name is nearly the same; else the tables nobody can rely on.

    One that is nearly the name of an applicant read ``elsewhere`` is that one's.
    """
    claims: dict[int, tuple[Problem, ...]] = {}
    loose: list[Problem] = []
    doubted: set[str] = set()
    nameless = [(number, "没有填写名称的单位") for number, name in enumerate(names) if not name]
    for table, link, problem in strays:
        near = _near(link, [*names, *elsewhere])
        if not near and table not in _GRAVE:
            near = nameless
        for number, name in near:
            if number >= len(names):
                continue
            hint = f"可能是“{name}”的一行，所以没有判断这个单位；与基本信息表第一列写成一样"
            claims[number] = (*claims.get(number, ()), replace(problem, hint=hint))
        if not near:
            loose.append(problem)
            doubted.add(table)
    return claims, tuple(loose), frozenset(doubted & set(VOUCHED))


def _near(link: str, names: Sequence[str]) -> list[tuple[int, str]]:
    """The applicants a name that nobody has may be meant for; none where too many are as alike."""
    found = process.extract(link, names, scorer=fuzz.partial_ratio, score_cutoff=_NEAR, limit=50) if link else []
    best = [(number, name) for name, score, number in found if score >= found[0][1] - _CLOSE]
    return best if len(best) <= _MANY else []


def _open(name: str, doubted: frozenset[str], names: Mapping[str, str]) -> Iterator[Problem]:
    for table in sorted(doubted):
        message = f"“{names.get(table, table)}”表里有看不出是哪个单位的行，全部单位的这张表都不能当作完整"
        yield Problem(name, 0, 0, "", message, "改正以上各行后重做；这次凡要看这张表有没有遗漏的，都列为待核")


def _without(record: Record, tables: frozenset[str]) -> Record:
    """A record that does not vouch for tables it could not fill in."""
    mute = {VOUCHED[table] for table in tables}
    if not mute & record.values.keys():
        return record
    return replace(record, values={name: value for name, value in record.values.items() if name not in mute})


def _withdrawn(path: Path, rows: Sequence[object], missing: frozenset[str], names: Mapping[str, str]) -> list[Problem]:
    if not rows or not missing & names.keys():
        return []
    lacking = "、".join(names[table] for table in names if table in missing)
    csv = f"，或者放在 {path.stem}-记录.csv、{path.stem}-证书.csv 里" if path.suffix.lower() != ".xlsx" else ""
    message = f"没有{lacking}表，凡要看{lacking}有没有遗漏的都作待核"
    hint = f"用 notices applicant-template 的空表填（.xlsx）{csv}"
    return [Problem(path.name, 0, 0, "", message, hint, severity="warning")]


def _elsewhere(row: FilledRow, sheet: Sheet, file: str, mixed: Mixed | None) -> Iterator[Problem]:
    """An applicant who says they apply for another category than those judged; in a file of several, for none."""
    said = str(row.record.values.get(COLUMN, ""))
    profile = sheet.edition.profile
    category = next((key for key in profile.offered if profile.programme.form_of(key) == sheet.only().key), None)
    if mixed is not None:
        if plain(said) not in mixed.called:
            names = "、".join(suggested(profile.categories[key].name) for key in dict.fromkeys(mixed.called.values()))
            found = f"申报类别填的是“{said}”，这次核对的是{names}" if said else "没有填写申报类别，看不出按哪一类核对"
            yield Problem(file, 0, 0, row.place, found, f"申报类别写其中之一：{names}")
    elif said and category is not None and plain(said) not in category_names(profile, category):
        called = suggested(profile.categories[category].name)
        hint = f"按那一类别的情况表另核对；是{called}的，改正申报类别"
        yield Problem(file, 0, 0, row.place, f"申报类别填的是“{said}”，这次核对的是{called}", hint)


def _late(row: FilledRow, day: dt.date, file: str, labels: Mapping[str, str]) -> Iterator[Problem]:
    for one in impossible(row.record, day, labels):
        place = row.lines[one.table][one.number] if one.table else row.place
        hint = "核对日期；要按更晚的一天判断，改判断日（--as-of）" if one.later else "核对两个日期"
        yield Problem(file, 0, 0, f"{place} {labels[one.field]}", one.message, hint)


def _identity(record: Record, column: str) -> Identity | None:
    """What a row is told from others by: a code or a name, and which product of several it is."""
    value = record.values.get(column)
    return None if value is None else (value, *(record.values.get(name) for name in _EACH))


def _doubles(
    file: str, coded: Mapping[str, Sequence[Identity | None]], rows: Sequence[FilledRow]
) -> Iterator[tuple[int, Problem]]:
    """Rows that cannot be told from one another, each with what is to be said of it."""
    for column, what in (("code", "统一社会信用代码"), ("name", "单位名称")):
        for number, said in _doubled(coded[column], what, lambda other: rows[other].place):
            yield number, Problem(file, 0, 0, rows[number].place, said, "一个单位只留一行，或改正其中一行")


def _doubled(values: Sequence[Identity | None], what: str, place: Callable[[int], str]) -> Iterator[tuple[int, str]]:
    """Two rows with one code, or one name: neither can be told from the other. Gives (row, what to say of it)."""
    counts = Counter(value for value in values if value is not None)
    twice: dict[Identity | None, list[int]] = {value: [] for value, count in counts.items() if count > 1}
    del counts
    for number, value in enumerate(values):
        if value in twice:
            twice[value].append(number)
    for value, numbers in twice.items():
        for number in numbers:
            others = [place(other) for other in numbers[:4] if other != number][:3]
            more = f"等 {len(numbers) - 1} 行" if len(numbers) > 4 else ""
            yield number, f"{what} {value[0] if value else ''} 与{'、'.join(others)}{more}重复"
