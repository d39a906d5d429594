"""The data an edition's own file would hold: values set, facts added and taken out, the outline changed.

What is inherited is written into the own file, with the clause it cites; nothing of another file is touched.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from notices.checks.wording import binds_in
from notices.profile import Deadline, Exclusion, Rule
from notices.profile.yamlfile import Key, dotted
from notices.taking.state import State

TakenKind: TypeAlias = Literal["value", "words", "placed", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Write:
    """One thing that would be written: the key, what it was, what it is to be (None: taken out)."""

    key: str
    old: object
    new: object
    inherited: bool = False


@dataclass(frozen=True)
class Proposal:
    """One way to take a change: the own file's data, and what of it is written."""

    kind: TakenKind
    data: dict[str, Any]
    writes: tuple[Write, ...]


class Draft:
    """Changes to one state's data, gathered."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.data: dict[str, Any] = copy.deepcopy(state.own.data)
        self.writes: list[Write] = []
        self.known = False
        """Whether a fact that was there is put somewhere."""

    def placed(self) -> Proposal:
        """What has been gathered of words put into the paper: new ones, or only such as facts said already."""
        new = any(one.old is None and isinstance(one.new, dict) and "say" in one.new for one in self.writes)
        return self.proposal("placed" if new or not self.known else "moved")

    def proposal(self, kind: TakenKind) -> Proposal:
        """What has been gathered; what was written twice is told once."""
        told: dict[str, Write] = {}
        for one in self.writes:
            told[one.key] = replace(one, old=told[one.key].old) if one.key in told else one
        writes = tuple(one for one in told.values() if (one.old or None) != (one.new or None))
        return Proposal(kind, self.data, writes)

    def merged(self, key: Key) -> Any:  # noqa: ANN401 - plain YAML data
        """What the edition holds at a key before any change; None where it holds nothing."""
        at: Any = self.state.tree.data
        for part in key:
            if isinstance(at, str) and part == 0:
                continue  # a text alone stands for a list of it
            if isinstance(at, dict) and part in at:  # noqa: SIM114 - the types differ
                at = at[part]
            elif isinstance(at, list) and isinstance(part, int) and part < len(at):
                at = at[part]
            else:
                return None
        return at

    def put(self, key: Key, value: object) -> Draft:
        """Set a value; one in a list is set with its list."""
        depth = next((n for n, part in enumerate(key) if isinstance(part, int)), len(key))
        base, inside = key[:depth], key[depth:]
        self.writes.append(Write(dotted(key), self.merged(key), value, self._inherited(base)))
        if inside:
            value = _within(self._now(base), inside, value)
        self._write(base, value)
        if key[-1] in {"say", "when"}:
            self._declare(key[:-1])
        return self

    def _now(self, base: Key) -> Any:  # noqa: ANN401
        """What is held at a key with the changes so far."""
        at: Any = self.data
        for part in base:
            at = at.get(part) if isinstance(at, dict) else None
        return copy.deepcopy(at if at is not None else self.merged(base))

    def _inherited(self, base: Key) -> bool:
        at: Any = self.state.own.data
        for part in base:
            if not isinstance(at, dict) or part not in at:
                return True
            at = at[part]
        return False

    def _write(self, base: Key, value: object) -> None:
        at: dict[str, Any] = self.data
        for depth, part in enumerate(base[:-1], 1):
            if str(part) not in at:
                _put_behind(at, str(part), {}, self._before(base[:depth]))
            elif not isinstance(at[str(part)], dict) or "pending" in at[str(part)]:
                at[str(part)] = {}
            at = at[str(part)]
            if depth == len(self._fact(base)):
                self._cite(at, base[:depth], base[-1])
        if value is None and base[-1] in at and not self._passed_on(base):
            del at[str(base[-1])]
        elif str(base[-1]) in at:
            at[str(base[-1])] = value
        else:
            _put_behind(at, str(base[-1]), value, self._before(base))

    def _before(self, base: Key) -> list[str] | None:
        """The keys in front of one, as the edition has them: where a file lists all, its order counts."""
        order = list(self.merged(base[:-1]) or {})
        return order[: order.index(str(base[-1]))] if base[-1] in order else None

    def _passed_on(self, base: Key) -> bool:
        at: Any = self.state.desk.inherited
        for part in base:
            if not isinstance(at, dict) or part not in at:
                return False
            at = at[part]
        return at is not None

    @staticmethod
    def _fact(base: Key) -> Key:
        """The fact a key is of: its section and id."""
        return base[:3] if base[:2] == ("exclusions", "items") else base[:2]

    def _cite(self, own: dict[str, Any], fact: Key, name: object) -> None:
        """An edition that writes part of a fact says its clause anew; another authority's clause is not its own."""
        cite, edition = (self.merged(fact) or {}).get("cite"), self.state.edition
        if cite and Path(edition.origin(dotted((*fact, "cite"))).file).parent.name != edition.profile.id:
            return
        if cite and "cite" not in own and name != "cite":
            own["cite"] = copy.deepcopy(cite)

    def _declare(self, fact: Key, **told: str) -> None:
        """The words that bind in a changed phrase, declared; ``told`` is what holds though no key says it."""
        held = {**(self.merged(fact) or {}), **(self._now(fact) or {}), **told}
        kind = self.state.edition.profile.by_id.get(dotted(fact))
        strength = held.get("strength", "must") if isinstance(kind, Rule) or kind is None else ""
        phrase = f"{_text(held.get('when'))}{_text(held.get('say'))}"
        words = list(binds_in(phrase, strength))
        declared = held.get("binds") or []
        if words != ([declared] if isinstance(declared, str) else declared) and isinstance(
            kind, Rule | Exclusion | Deadline | None
        ):
            self.writes.append(Write(dotted((*fact, "binds")), declared, words))
            self._write((*fact, "binds"), words)

    def strength(self, fact: Key, strength: str) -> Draft:
        """How strongly a rule binds, and its words that bind declared for it."""
        key = (*fact, "strength")
        unsaid = strength == "must" and not self._passed_on(key)  # what no strength says is what ought to be
        self.put(key, None if unsaid else strength)
        self._declare(fact, strength=strength)
        return self

    def drop(self, name: str) -> Draft:
        """Take a fact out."""
        section, _, rest = name.partition(".")
        key: Key = ("exclusions", "items", rest.removeprefix("items.")) if section == "exclusions" else (section, rest)
        self.writes.append(Write(dotted(key), self._told(name), None, self._inherited(key)))
        self._write(key, None)
        return self

    def _told(self, name: str) -> str:
        fact = self.state.edition.profile.by_id.get(name)
        return str(next((found for field in ("say", "title", "name") if (found := getattr(fact, field, None))), name))

    def add(self, section: Key, stem: str, value: dict[str, Any], after: str = "") -> str:
        """A new fact in a section, right behind another where that stands in the own file; its id."""
        at: dict[str, Any] = self.data
        for part in section:
            if not isinstance(at.get(str(part)), dict):
                at[str(part)] = {}
            at = at[str(part)]
        held = set(at) | set(self.merged(section) or {})
        number = next(n for n in range(1, 10_000) if f"{stem}{n}" not in held)
        name = f"{stem}{number}"
        _put_behind(at, name, value, [after] if after in at else None)
        self.writes.append(Write(dotted((*section, name)), None, value))
        return name

    def outline(self) -> list[Any]:
        """The outline, to be changed in place; in the own file from here on."""
        base: Key = ("outlines", self.state.desk.kind)
        found = self._now(base)
        self._write(base, found)
        own: list[Any] = self.data["outlines"][self.state.desk.kind]
        return own

    def outlined(self, key: Key, old: object, new: object) -> Draft:
        """Note a change of the outline that was made in place."""
        base: Key = ("outlines", self.state.desk.kind)
        self.writes.append(Write(dotted((*base, *key)), old, new, self._inherited(base)))
        return self


def _put_behind(at: dict[str, Any], name: str, value: object, before: list[str] | None) -> None:
    """Put a pair behind the last of the keys before it that are there; None: at the end."""
    held = dict(at)
    after = (
        next((one for one in reversed(before) if one in held), None)
        if before is not None
        else next(reversed(held), None)
    )
    at.clear()
    if after is None:
        at[name] = value
    for one, child in held.items():
        at[one] = child
        if one == after:
            at[name] = value


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _within(held: Any, inside: Key, value: object) -> Any:  # noqa: ANN401 - plain YAML data
    """What is held, with the value at a path inside it changed; a text alone stands for a list of it."""
    if not inside or (isinstance(held, str) and inside == (0,)):
        return value
    made = copy.copy(held)
    made[inside[0]] = _within(made[inside[0]], inside[1:], value)
    return made
