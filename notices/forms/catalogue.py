"""The shelf of forms: reads them, checks them, and says which of them an edition uses under which number."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from notices import programmes
from notices.checks.validation import translated
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.forms.editions import suited
from notices.forms.model import CoverPart, Form, GridPart, LinePart, ProsePart, TablePart
from notices.library import Edition, Library, parsed
from notices.profile import Attachment
from notices.profile.inherit import merged
from notices.profile.yamlfile import Tree, dotted
from notices.wording.speaker import Speaker

FOLDER = "forms"
_VOCABULARY = "fields"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MODEL = re.compile("（?(?:模板|样式|格式|样表)）?$")
"""What the title of an attachment calls itself."""
_EVERYTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """An attachment of an edition with its forms. ``label`` is 附件 or 附件n, empty for one used separately."""

    edition: Edition
    key: str
    label: str
    number: int
    attachment: Attachment
    forms: tuple[Form, ...]
    part: int = 0

    @property
    def name(self) -> str:
        """The name of its files: ``01-summary``; ``05-1-factory-self-report`` for one form of several."""
        return f"{self.number:02}-{self.part}-{self.forms[0].key}" if self.part else f"{self.number:02}-{self.key}"

    @property
    def title(self) -> str:
        """What is printed at its head; may hold {year}."""
        return self.forms[0].name if self.part else self.attachment.drafted

    def headed(self, *, filled: bool) -> str:
        """The title as printed: what somebody sends in is a report, no model of one."""
        title = Speaker(self.edition.profile).title(self.title)
        return _MODEL.sub("", title) if filled else title

    @property
    def only_listed(self) -> bool:
        """Whether it is a table or a list under its notice's number, not a report somebody makes in its own name."""
        return self.attachment.kind in {"table", "list"} and all(form.single for form in self.forms)

    def only(self) -> Form:
        """Its one form.

        Raises:
            NotFoundError: it has several; the message says how to name one.
        """
        if len(self.forms) > 1:
            listing = "、".join(f"{self.number}.{n} {form.name}" for n, form in enumerate(self.forms, 1))
            raise NotFoundError(f"附件 {self.number} 由几张表组成，要写明哪一张：{listing}")
        return self.forms[0]


@dataclass(frozen=True)
class _Place:
    """Where an attachment stands among an edition's, before its forms are read."""

    number: int
    key: str
    label: str
    attachment: Attachment

    @property
    def forms(self) -> tuple[str, ...]:
        return self.attachment.forms or (self.key,)

    @property
    def name(self) -> str:
        return f"{self.number:02}-{self.key}"


def _places(edition: Edition) -> tuple[_Place, ...]:
    profile = edition.profile
    apart = {key: ("", form) for key, form in profile.forms.items() if profile.applies(form.applies)}
    listed = enumerate((profile.attached() | apart).items(), 1)
    return tuple(_Place(number, key, label, item) for number, (key, (label, item)) in listed if item.printed)


def supplied(edition: Edition) -> tuple[tuple[str, str], ...]:
    """(附件3, title) of each attachment the office adds itself: a document, no form of ours."""
    listed = edition.profile.attached().values()
    return tuple((label, item.drafted) for label, item in listed if not item.printed)


class Catalogue:
    """Forms by name, from ``templates/forms/`` of the user's folder or the shipped one."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, Form] = {}

    def sheets(self, edition: Edition) -> tuple[Sheet, ...]:
        """Every attachment of an edition: those of its notice by number, then the forms used apart from it.

        Raises:
            ProblemsError: every problem of every form.
        """
        found: list[Sheet] = []
        problems: list[Problem] = []
        for place in _places(edition):
            try:
                found.append(self._sheet(edition, place))
            except ProblemsError as error:
                problems += error.problems
        if problems:
            raise ProblemsError(list(dict.fromkeys(problems)))
        return tuple(found)

    def sheet(self, edition: Edition, wanted: str) -> Sheet:
        """One attachment of an edition, by its number, its id, 附件n, or one form of several (5.1, or its name).

        Raises:
            NotFoundError: there is none; the message lists what there is. ProblemsError: its form has problems.
        """
        places = _places(edition)
        for place in places:
            if wanted in {str(place.number), f"{place.number:02}", place.key, place.label, place.name}:
                return self._sheet(edition, place)
            for part, name in enumerate(place.forms, 1):
                if len(place.forms) > 1 and wanted in {f"{place.number}.{part}", name}:
                    whole = self._sheet(edition, place)
                    return replace(whole, forms=(whole.forms[part - 1],), part=part)
        for key, (label, item) in edition.profile.attached().items():
            if wanted in {key, label, label.removeprefix("附件")} and not item.printed:
                raise NotFoundError(f"{label}《{item.drafted}》是本单位另附的文件，程序不生成")
        listing = "、".join(f"{place.number} {place.key}" for place in places) or "没有附件"
        raise NotFoundError(f"{edition.profile.edition} 没有附件 {wanted}；现有：{listing}")

    def _sheet(self, edition: Edition, place: _Place) -> Sheet:
        where = f"{'attachments' if place.label else 'forms'}.{place.key}"
        forms: list[Form] = []
        problems: list[Problem] = []
        for name in place.forms:
            try:
                forms.append(suited(self.form(name), edition.profile))
            except NotFoundError as error:
                hint = "写上 forms: 表的名称"
                problems.append(Problem(*edition.origin(where), where, str(error), hint, rule="form"))
            except ProblemsError as error:
                problems += error.problems
        if problems:
            raise ProblemsError(problems)
        return Sheet(edition, place.key, place.label, place.number, place.attachment, tuple(forms))

    def form(self, name: str) -> Form:
        """A form with what it extends, checked.

        Raises:
            NotFoundError: no such form. ProblemsError: all its problems.
        """
        if name not in self._known:
            self._known[name] = self._checked(name)
        return self._known[name]

    def names(self) -> tuple[str, ...]:
        """Every form there is."""
        folders = (folder / FOLDER for folder in self._library.template_folders)
        found = {path.stem for folder in folders for path in folder.glob("*.yaml")}
        return tuple(sorted(found - {_VOCABULARY}))

    def _checked(self, name: str) -> Form:
        tree = self._tree(name, ())
        place = f"templates/{FOLDER}/{name}.yaml"
        try:
            form = Form.model_validate(_tuples(tree.data) | {"key": name}, context=self._known_to_programmes)
        except ValidationError as error:
            raise ProblemsError(translated(error, tree, place)) from None
        problems = list(_inconsistent(form, tree, place))
        if problems:
            raise ProblemsError(problems)
        return form

    @cached_property
    def _known_to_programmes(self) -> Mapping[str, tuple[str, ...]]:
        """The categories of all programmes: a form does not say which it belongs to."""
        kinds = (kind.PROGRAMME for kind in programmes.every(self._library))
        return {"categories": tuple(dict.fromkeys(key for one in kinds if one for key in one.categories))}

    def _tree(self, name: str, chain: tuple[str, ...]) -> Tree:
        own = self._read(name)
        extends = own.data.get("extends")
        if extends is None:
            return own if name == _VOCABULARY else merged(self._tree(_VOCABULARY, ()), own, _EVERYTHING)
        if not isinstance(extends, str) or extends in {*chain, name}:
            origin = own.origins[("extends",)]
            message, hint = f"extends 不对：{extends}", "写另一张表的名称，不能绕成圈"
            raise ProblemsError([Problem(origin.file, origin.line, origin.column, "extends", message, hint)])
        return merged(self._tree(extends, (*chain, name)), own, _EVERYTHING)

    def _read(self, name: str) -> Tree:
        path = self._library.template(f"{FOLDER}/{name}.yaml") if _NAME.fullmatch(name) else None
        if path is None:
            near = difflib.get_close_matches(name, self.names(), n=3, cutoff=0.4)
            offer = f"；是不是 {'、'.join(near)}" if near else ""
            raise NotFoundError(f"没有名为 {name} 的表（templates/{FOLDER}/{name}.yaml）{offer}")
        return parsed(path, f"templates/{FOLDER}/{name}.yaml")


def _tuples(value: Any) -> Any:  # noqa: ANN401 - plain YAML data
    if isinstance(value, dict):
        return {name: _tuples(child) for name, child in value.items()}
    return tuple(_tuples(child) for child in value) if isinstance(value, list) else value


def _inconsistent(form: Form, tree: Tree, place: str) -> Iterator[Problem]:
    """Names that lead nowhere, and tables that cannot be told apart."""
    yield from _written_by_hand(tree, place)
    seen: set[str] = set()
    record = set(form.record())
    labels = [form.fields[name].heading for name in form.record() if name in form.fields]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield Problem(place, *tree.origins[()][1:], "fields", f"两个栏目都叫“{label}”", "Excel 按列名读，改一个名称")
    for number, part in enumerate(form.parts):
        origin = tree.origins.get(("parts", number)) or tree.origins[()]

        def problem(
            message: str, hint: str, key: str = f"parts[{number}]", at: tuple[int, int] = origin[1:]
        ) -> Problem:
            return Problem(place, *at, key, message, hint)

        for name in _named(part):
            if name not in form.fields:
                yield problem(f"没有栏目 {name}", "在 fields 里写上它，或改用 fields.yaml 里有的")
        if not isinstance(part, TablePart):
            continue
        if part.table in seen or part.table in record:
            yield problem(f"表的编号 {part.table} 重复，或与栏目同名", "换一个编号")
        seen.add(part.table)
        columns = [column.field for column in part.cells()]
        if len(set(columns)) < len(columns):
            yield problem(f"表 {part.table} 有重复的列", "每列一个栏目")
        unknown = sorted(part.given - set(columns))
        if unknown:
            yield problem(f"给定的行里有不是列的键：{'、'.join(unknown)}", f"可用：{'、'.join(columns)}")


def _written_by_hand(tree: Tree, place: str) -> Iterator[Problem]:
    """【待定：…】 typed into a text: the form would not know that it waits for anything."""
    for key, origin in tree.origins.items():
        at: Any = tree.data
        for name in key:
            at = at[name]
        if isinstance(at, str) and "【待定" in at:
            hint = '在 text 里写 {{ waiting("什么") }}；给定的格写 {pending: 什么}'
            yield Problem(place, origin.line, origin.column, dotted(key), "手写了【待定】，没有人会知道它待定", hint)


def _named(part: object) -> tuple[str, ...]:
    match part:
        case LinePart(line=names) | CoverPart(cover=names):
            return names
        case GridPart(grid=rows):
            return tuple(name for row in rows for name in row)
        case ProsePart(prose=name):
            return (name,)
        case TablePart():
            return tuple(column.field for column in part.cells())
        case _:
            return ()
