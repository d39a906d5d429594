"""A checklist to choose, to fill in and to judge: questions, verdicts and files of one applicant."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import notices
from notices.app import judging
from notices.checklist import offers
from notices.checklist.batch.job import Desk
from notices.checklist.filling import TABLE_FACTS, Filling, Typed, filling, taken
from notices.checklist.intake import VOUCHED
from notices.checklist.items import GROUP_WORDS, Item, closing, own_level
from notices.checklist.mixed import COLUMN
from notices.checklist.outcome import STANDING_WORDS, Outcome, word
from notices.checklist.pages import grouped, headed
from notices.checklist.phrases import noted
from notices.checklist.sections import conclusion, rests_on, title
from notices.errors import Problem, ProblemsError
from notices.forms.entry import advice
from notices.forms.model import Field
from notices.forms.values import BadValueError, parsed
from notices.forms.wording import LINK, SheetColumn, Spread, spreads
from notices.marks import unmarked
from notices.profile.values import suggested
from notices.wording.clauses import clauses
from notices.wording.words import day as chinese_day

_DAY = Field(label="判断日期", type="date")
_WHO = frozenset({"text", "code", "industry", "phone", "date"})
"""Kinds of fields that say who somebody is, where no item asks for them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose checklist, of what, by which day; ``as_of`` as typed, empty for the edition's own."""

    edition: str
    category: str
    level: str = ""
    as_of: str = ""


def offered(folder: Path | None) -> dict[str, Any]:
    """What can be chosen: ``authorities`` with ``id, name, years``, each year with ``edition, year, draft``.

    Then ``categories`` (id, name), ``levels`` (id, name), ``level`` (its own) and ``closing``, the last day materials
    are taken. ``problems``: of editions that cannot be read.
    """
    return _offered(folder, _mark(folder))


@lru_cache(maxsize=4)
def _offered(folder: Path | None, _: object) -> dict[str, Any]:
    library = notices.open(folder).library
    found: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for name in library.editions():
        try:
            edition = library.load(name)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        profile = edition.profile
        own = found.setdefault(profile.id, {"id": profile.id, "name": profile.authority.named, "years": []})
        own["years"].append(
            {
                "edition": name,
                "year": name.partition("@")[2],
                "draft": profile.status != "in-force",
                "categories": [(key, suggested(profile.categories[key].name)) for key in profile.offered],
                "levels": [(key, offers.LEVEL_WORDS[key]) for key in offers.levels(profile)],
                "own": own_level(profile),
                "closing": closing(profile),
            }
        )
    for one in found.values():
        one["years"].sort(key=lambda year: year["year"], reverse=True)
    return {"authorities": list(found.values()), "problems": problems}


def _mark(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """What changes as soon as a file of the workspace does; the shipped ones do not while the workbench runs."""
    if folder is None:
        return ()
    found = []
    for part in ("provinces", "templates"):
        for path in sorted((folder / part).rglob("*")):
            with contextlib.suppress(OSError):  # gone, or moved into place, in this very moment
                status = path.stat()
                found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


def _day(wanted: Wanted) -> tuple[dt.date | None, str]:
    """The day somebody typed, and what is wrong with it."""
    try:
        found = parsed(_DAY, wanted.as_of)
    except BadValueError as error:
        return None, f"{error}；{error.hint}"
    return (found if isinstance(found, dt.date) else None), ""


def _desk(folder: Path | None, wanted: Wanted, today: dt.date, *formats: str) -> Desk:
    """By the day that was typed, else the edition's own, else, where that is still open, today."""
    day, _ = _day(wanted)
    mark = _mark(folder)
    made = _made(folder, wanted.edition, wanted.category, wanted.level, day, formats, mark)
    if made.checklist.day is None:
        return _made(folder, wanted.edition, wanted.category, wanted.level, today, formats, mark)
    return made


@lru_cache(maxsize=24)
def _made(  # noqa: PLR0913, PLR0917 - what a desk depends on
    folder: Path | None,
    edition: str,
    category: str,
    level: str,
    as_of: dt.date | None,
    formats: Any,  # noqa: ANN401 - formats, as a request names them
    _: object,
) -> Desk:
    library = notices.open(folder).library
    return judging.desk(library, folder, edition, category, as_of=as_of, level=level or None, formats=formats)


def sheet(folder: Path | None, wanted: Wanted, typed: Typed, today: dt.date) -> dict[str, Any]:
    """Everything of the page: the questions in groups, and what :func:`judged` gives.

    Raises:
        NotFoundError: no such edition, category or level. ProblemsError: everything wrong with the edition.
    """
    desk = _desk(folder, wanted, today)
    profile = desk.edition.profile
    asked = _Asked(desk)
    return {
        "title": title(desk.checklist),
        "authority": profile.authority.named,
        "category": suggested(profile.categories[desk.order.category].name),
        "level": offers.LEVEL_WORDS[desk.checklist.level],
        "draft": profile.status != "in-force",
        "until": desk.checklist.until,
        "parts": list(asked.parts()),
        **judged(folder, wanted, typed, today),
    }


def judged(folder: Path | None, wanted: Wanted, typed: Typed, today: dt.date) -> dict[str, Any]:
    """What comes of what is typed: ``conclusion``, ``groups`` of verdicts, ``faults`` and ``notes`` by field.

    ``fields`` are the names of all fields that may have a fault, those of tables for as many rows as were typed.
    """
    desk = _desk(folder, wanted, today)
    found = filling(typed, desk.sheet, desk.checklist.settled())
    outcome = desk.outcome(found.applicant, found.unread)
    _, wrong = _day(wanted)
    faults = {_dotted(name): text for name, text in found.faults.items()} | ({"as_of": wrong} if wrong else {})
    clashes = list(_clashes(desk, found))
    return {
        "standing": outcome.standing,
        "word": STANDING_WORDS[outcome.standing],
        "conclusion": conclusion(desk.checklist, outcome).removeprefix("结论："),
        "rests": [unmarked(line) for line in rests_on(desk.checklist)],
        "day": chinese_day(desk.checklist.settled()),
        "open_day": desk.checklist.until is None,
        "late": desk.checklist.late,
        "clashes": clashes,
        "clashing": sorted({one["id"] for clash in clashes for one in clash["fields"]}),
        "faults": faults,
        "notes": {_dotted(name): text for name, text in found.notes.items()},
        "groups": list(_groups(desk, found, outcome)),
    }


def _dotted(name: str) -> str:
    """records[0].severity as the page calls it: records.0.severity."""
    return name.replace("[", ".").replace("]", "")


def _groups(desk: Desk, found: Filling, outcome: Outcome) -> Iterator[dict[str, Any]]:
    number = 0
    answered = set(found.applicant.record.values)
    where = _Asked(desk)
    for (group, then), items in grouped(desk.checklist).items():
        listed = []
        for item in items:
            number += 1
            finding = outcome.findings[item.key]
            done = finding.verdict in {"met", "none"}
            listed.append(
                {
                    "number": number,
                    "label": unmarked(item.label),
                    "text": unmarked(item.text),
                    "cite": clauses(item.cite),
                    "verdict": finding.verdict,
                    "word": word(item.group, finding.verdict),
                    "reason": unmarked(finding.reason),
                    "todo": "" if done else unmarked(noted(desk.advice(item))),
                    "at": "" if done else where.place(item, answered),
                }
            )
        yield {"title": headed(group, then), "items": listed}


def _clashes(desk: Desk, found: Filling) -> Iterator[dict[str, Any]]:
    """Answers that cannot both be so, each with the fields they stand in."""
    from notices.checklist.facts import facts  # noqa: PLC0415 - its name is a word of this module, too

    own = facts(found.applicant.record)
    labels = {column.key: column.heading for spread in _spreads(desk) for column in spread.columns}
    for rule in desk.contradictions:
        if text := rule.told(own):
            names = [name.replace("_", "-") for name in sorted(rule.facts)]
            fields = [{"id": f"v.{name}", "label": labels[name]} for name in names if name in labels]
            yield {"text": text, "fields": [one for one in fields if one["id"][2:] in found.applicant.record.values]}


def _spreads(desk: Desk) -> tuple[Spread, ...]:
    return spreads(desk.sheet.only(), desk.edition.profile)


class _Asked:
    """The fields of a form as a page asks for them: in the groups of the checklist, what no item looks at last."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        own, *tables = _spreads(desk)
        self.own = own
        self.tables = {spread.key: spread for spread in tables}
        self.columns = {column.key: column for column in own.columns if column.key != COLUMN}
        self.facts = {name.replace("-", "_"): name for name in self.columns}

    def parts(self) -> Iterator[dict[str, Any]]:
        """Each part with its title, fields, and tables with the field that vouches for them."""
        left = dict(self.columns)
        tables = dict(self.tables)
        first = next(iter(self.own.headings.values()), "")
        items = [item for group in grouped(self.desk.checklist).values() for item in group]
        wanted = {self.facts[fact] for item in items for fact in item.asks if fact in self.facts} | set(
            VOUCHED.values()
        )
        who = [
            name
            for name, column in left.items()
            if name not in wanted and self.own.headings.get(name) == first and column.field.type in _WHO
        ]
        yield self._part(first, who, [], left, tables)
        for group in dict.fromkeys(item.group for item in items):
            asking = frozenset(fact for item in items if item.group == group for fact in item.asks)
            names = [name for fact, name in self.facts.items() if fact in asking]
            made = self._part(
                GROUP_WORDS[group], names, [key for key, fact in TABLE_FACTS.items() if fact in asking], left, tables
            )
            if made["fields"] or made["tables"]:
                yield made
        rest = self._part("这一版的各项没有用到的", list(left), list(tables), left, tables)
        if rest["fields"] or rest["tables"]:
            yield rest | {"spare": True}

    def _part(
        self,
        name: str,
        names: Sequence[str],
        keys: Sequence[str],
        left: dict[str, SheetColumn],
        tables: dict[str, Spread],
    ) -> dict[str, Any]:
        """A part of these fields and tables, which are then no longer left; a table takes its field along."""
        vouching = {VOUCHED[key] for key in self.tables if key in VOUCHED}
        listed = []
        for key in (key for key in keys if key in tables):
            spread, vouched = tables.pop(key), left.pop(VOUCHED.get(key, ""), None)
            columns = [_field(one) for one in spread.columns if one is not LINK and not one.given]
            listed.append(
                {
                    "key": key,
                    "name": spread.name,
                    "columns": columns,
                    "vouching": [_field(vouched)] if vouched else [],
                }
            )
        fields = [_field(left.pop(one)) for one in names if one in left and one not in vouching]
        return {"title": name, "fields": fields, "tables": listed, "spare": False}

    def place(self, item: Item, answered: set[str]) -> str:
        """Where on the page the answer to an item is given: the first field of it that is empty, else its first."""
        names = [name for fact, name in self.facts.items() if fact in item.asks]
        empty = [name for name in names if name not in answered]
        tables = [key for key, fact in TABLE_FACTS.items() if fact in item.asks]
        if empty or (names and not tables):
            return f"v.{(empty or names)[0]}"
        return f"t.{tables[0]}" if tables else ""


def _field(column: SheetColumn) -> dict[str, Any]:
    """One field: its name, what it is called, what may stand in it, what to write."""
    field = column.field
    choices = ("是", "否") if field.type == "yesno" else field.choices
    told = [part for part in advice(field) if part != "必填" and not part.startswith(("可多选", "单位：", "日期，如"))]
    return {
        "name": column.key,
        "label": field.label,
        "unit": "%" if field.type == "percent" else field.unit or "",
        "kind": field.type,
        "choices": list(choices),
        "required": field.required,
        "advice": "；".join(told),
    }


def checked(folder: Path | None, wanted: Wanted, today: dt.date) -> tuple[dt.date | None, str]:
    """The day somebody typed for many applicants (None: the edition's own), and what they are judged by, in words.

    Without a category it is all the edition offers.

    Raises:
        NotFoundError: not offered. ProblemsError: the day is none; everything wrong with the edition.
    """
    day, wrong = _day(wanted)
    if wrong:
        raise ProblemsError([Problem("判断日期", 0, 0, "", wrong, "")])
    profile = notices.open(folder).library.load(wanted.edition).profile
    first = wanted.category or next(iter(profile.offered))
    desk = _desk(folder, replace(wanted, category=first), today)
    called = suggested(profile.categories[desk.order.category].name) if wanted.category else "全部类别"
    level = offers.LEVEL_WORDS[desk.checklist.level]
    by = chinese_day(desk.checklist.settled())
    return day, f"{profile.authority.named} {profile.year} 年 {called}（{level}），按 {by}判断"


def made(folder: Path | None, wanted: Wanted, typed: Typed | None, today: dt.date, output: str) -> tuple[str, bytes]:
    """The checklist as a file, blank or judged, and what to call it.

    Raises:
        NotFoundError, ProblemsError: as :func:`sheet`; texts that cannot be printed. MissingPartError: no fonts.
    """
    if typed is None:
        day, _ = _day(wanted)
        desk = _made(folder, wanted.edition, wanted.category, wanted.level, day, (output,), _mark(folder))
        ((_, content),) = desk.files()
        return f"{title(desk.checklist)}.{output}", content
    desk = _desk(folder, wanted, today, output)
    found = filling(typed, desk.sheet, desk.checklist.settled())
    ((_, content),) = desk.files(desk.outcome(found.applicant, found.unread))
    whose = found.applicant.name or "未填名称"
    return f"{title(desk.checklist)}（{whose}）.{output}", content


def blank(folder: Path | None, wanted: Wanted, *, many: bool) -> tuple[str, bytes]:
    """The Excel sheet to collect facts with: one below another for one, a row each for many."""
    from notices.forms import workbook  # noqa: PLC0415 - openpyxl is slow to import

    desk = _made(folder, wanted.edition, wanted.category, wanted.level, None, (), _mark(folder))
    return f"{desk.sheet.only().name}{'' if many else '（一家）'}.xlsx", workbook.write(desk.sheet, many=many)


def read(folder: Path | None, wanted: Wanted, path: Path) -> tuple[Typed, list[Problem]]:
    """What a file of one applicant fills in, and the problems of cells that could not be read.

    Raises:
        ProblemsError: it cannot be read at all.
    """
    desk = _made(folder, wanted.edition, wanted.category, wanted.level, None, (), _mark(folder))
    typed, problems = taken(path, desk.sheet)
    return typed, list(problems)


def merged(old: Typed, new: Typed) -> Typed:
    """What a file fills in over what was typed: its own values and tables, the rest as it was."""
    tables: Mapping[str, Sequence[Mapping[str, str]]] = {
        **old.tables,
        **{name: rows for name, rows in new.tables.items() if rows},
    }
    return Typed({**old.values, **new.values}, tables)
