"""One edition as the comparison sees it: every fact with its typed values, its clause and where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from notices.compare.kinds import KINDS, OTHER_KEYS, SECTIONS, KindName
from notices.compare.values import MalformedError, Value, words
from notices.errors import Problem, ProblemsError
from notices.yamlfile import Key, Origin, Tree, dotted


@dataclass(frozen=True)
class Fact:
    """One fact. ``fields`` holds its typed values, with what is understood when a key is not written."""

    id: str
    kind: KindName
    label: str | None
    fields: Mapping[str, Value]
    raw: Mapping[str, Any]
    cite: tuple[str, ...]
    source: str
    """The edition whose clause ``cite`` is."""
    inherited: bool
    origin: Origin
    relaxes: str | None = None
    concerns: bool = False
    """Whether its limit says whom it is about, not what is required."""

    @property
    def section(self) -> str:
        """The section of the profile it stands in."""
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class Side:
    """One edition: its facts by id, and the words it uses of itself."""

    edition: str
    year: int
    authority: str
    region: str
    itself: str
    status: str
    actors: Mapping[str, str]
    facts: Mapping[str, Fact]
    answers: str | None = None
    extends: str | None = None
    names: tuple[str, ...] = ()
    """What it may call its own authority."""
    offered: tuple[str, ...] = field(default=())

    @property
    def heading(self) -> str:
        """What it is called over a column: its region and year, and what it is when it is not in force."""
        return f"{self.region}{self.year}年{_STATUS.get(self.status, '')}"


def read(tree: Tree, edition: str) -> Side:
    """An edition from its merged tree.

    Raises:
        ProblemsError: everything malformed in it, each at its place.
    """
    reader = _Reader(tree, edition)
    side = reader.side()
    if reader.problems:
        raise ProblemsError(reader.problems)
    return side


class _Reader:
    """One reading: facts are gathered, and everything that is wrong with them."""

    def __init__(self, tree: Tree, edition: str) -> None:
        self.data, self.origins, self.edition = tree.data, tree.origins, edition
        self.file = tree.origins[("id",)].file if ("id",) in tree.origins else edition
        self.problems: list[Problem] = []

    def side(self) -> Side:
        for name in self.data:
            if name not in SECTIONS and name not in OTHER_KEYS:
                self.refuse((name,), "不认识的键")
        authority = self.group(("authority",))
        actors = self.group(("actors",))
        name = self.text_at(authority, ("authority", "name"))
        itself = authority.get("itself", "我厅")
        short = authority.get("short")
        identity, _, year = self.edition.partition("@")
        facts = {fact.id: fact for section in SECTIONS for fact in self.section(section)}
        offers = [fact for fact in facts.values() if fact.kind == "offer"]
        return Side(
            edition=self.edition,
            year=int(year) if year.isdigit() else 0,
            authority=name or identity,
            region=str(authority.get("region") or name or identity),
            itself=str(itself),
            status=str(self.data.get("status") or "in-force"),
            actors={str(key): str(value) for key, value in actors.items() if isinstance(value, str)},
            facts=facts,
            answers=self.link("answers"),
            extends=self.link("extends"),
            names=tuple(str(part) for part in (name, short) if part),
            offered=tuple(fact.id.partition(".")[2] for fact in offers if fact.fields.get("offered")),
        )

    def link(self, key: str) -> str | None:
        value = self.data.get(key)
        return value.replace("/", "@") if isinstance(value, str) else None

    def section(self, name: str) -> Iterator[Fact]:
        if self.data.get(name) is None:
            return
        group = self.group((name,))
        if SECTIONS[name] == "head":
            yield from self.exclusions(name, group)
            return
        for key, value in group.items():
            fact = self.fact((name, key), value, SECTIONS[name])
            if fact:
                yield fact

    def exclusions(self, name: str, group: Mapping[str, Any]) -> Iterator[Fact]:
        """The head as one fact a value: how far back, who, from what; then the items."""
        head = self.fact((name,), group, "head")
        for key, value in head.fields.items() if head else ():
            yield self.made((name, key), group, "head", {key: value}, {key: group.get(key)}, label=_HEADS[key])
        items = self.group((name, "items"))
        for key, value in items.items():
            fact = self.fact((name, "items", key), value, "exclusion")
            if fact:
                yield fact
            if fact and fact.fields["removes"]:  # another consequence, with a verdict of its own
                yield replace(
                    fact,
                    id=f"{fact.id}.removes",
                    kind="head",
                    label=f"{fact.label or key}（移出名单）",
                    fields={"removes": True},
                    raw={"removes": True},
                    relaxes=None,
                )

    def fact(self, key: Key, value: object, kind: KindName) -> Fact | None:
        if not isinstance(value, Mapping):
            self.refuse(key, "应是“键: 值”的组")
            return None
        table = KINDS[kind]
        before = len(self.problems)
        fields = dict(table.defaults)
        for name, found in value.items():
            if name in table.keys and found is not None:
                self.field(fields, (*key, name), found, kind)
            elif name not in table.keys and name not in table.aside:
                self.refuse((*key, name), "不认识的键")
        for name in table.needed:
            if value.get(name) is None:
                self.refuse(key, f"缺少 {name}")
        if kind == "deadline" and sum(fields.get(name) is not None for name in ("date", "annual", "span")) != 1:
            self.refuse(key, "date、annual、span 要写一个，且只写一个")
        if len(self.problems) > before:
            return None
        raw = {name: value[name] for name in table.keys if value.get(name) is not None}
        return self.made(key, value, kind, fields, raw)

    def field(self, fields: dict[str, Value], key: Key, value: object, kind: KindName) -> None:
        name = str(key[-1])
        try:
            fields[name] = KINDS[kind].keys[name](value)
        except MalformedError as error:
            self.refuse(key, str(error))

    def made(  # noqa: PLR0913, PLR0917 - the parts of a fact
        self,
        key: Key,
        group: Mapping[str, Any],
        kind: KindName,
        fields: Mapping[str, Value],
        raw: Mapping[str, Any],
        label: str | None = None,
    ) -> Fact:
        above = key[:-1] if kind == "head" and len(key) > 1 else key
        cited = self.origins.get((*above, "cite")) or self.origins[above]
        cite: tuple[str, ...] = ()
        if group.get("cite") is not None:
            try:
                cite = words(group["cite"]) if group["cite"] != [] else ()
            except MalformedError as error:
                self.refuse((*above, "cite"), str(error))
        written = label or group.get("label")
        relaxes, test = group.get("relaxes"), group.get("test")
        return Fact(
            id=dotted(key),
            kind=kind,
            label=written if isinstance(written, str) else None,
            fields=fields,
            raw={name: value for name, value in raw.items() if value is not None},
            cite=cite,
            source=_edition_of(cited.file),
            inherited=cited.file != self.file,
            origin=self.origins.get(key) or self.origins[above],
            relaxes=relaxes if isinstance(relaxes, str) else None,
            concerns=isinstance(test, Mapping) and test.get("concerns") is True,
        )

    def group(self, key: Key) -> Mapping[str, Any]:
        value: object = self.data
        for part in key:
            value = value.get(part) if isinstance(value, Mapping) else None
        if isinstance(value, Mapping):
            return value
        self.refuse(key, "应是“键: 值”的组" if value is not None else "缺少必填的键")
        return {}

    def text_at(self, group: Mapping[str, Any], key: Key) -> str:
        value = group.get(str(key[-1]))
        if group and not isinstance(value, str):
            self.refuse(key, "应是文字")
        return value if isinstance(value, str) else ""

    def refuse(self, key: Key, message: str) -> None:
        at = next((self.origins[key[:n]] for n in range(len(key), -1, -1) if key[:n] in self.origins), None)
        at = at or Origin(self.file, 1, 1)
        self.problems.append(Problem(*at, dotted(key), message, "改正后再比较；用 notices lint 检查全部"))


_STATUS = {"consultation": "（征求意见稿）", "draft": "（草稿）"}
_HEADS = {"lookback": "回溯期限", "subjects": "限制对象", "bars": "限制事项", "open_ended": "列举未尽（“等”）"}


def _edition_of(file: str) -> str:
    identity, _, year = file.removesuffix(".yaml").rpartition("/")
    return f"{identity.rpartition('/')[2]}@{year}"
