"""A YAML text changed to hold other data: only what differs is written anew, comments and order stay.

The text is cut at the marks of the parser's nodes, one difference after another; what comes out is read back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

import yaml

from notices.errors import Problem, ProblemsError
from notices.profile.scalars import flow
from notices.profile.yamlfile import LOADER, Key, dotted, parse
from notices.renewal.edit import comments_in, last_of, line_end, newline_of, without_block

_MOST: Final = 2_000
"""Differences one text may have."""
_WIDE: Final = 110
"""Columns of a list on one line."""


class PatchError(Exception):
    """A place that cannot be changed without touching something else; ``key`` says which."""

    def __init__(self, key: Key) -> None:
        super().__init__(dotted(key))
        self.key = key


def patched(text: str, wanted: dict[str, Any], name: str) -> str:
    """``text`` holding ``wanted``.

    Raises:
        ProblemsError: a place is written so that it cannot be changed by itself.
    """
    made = text
    try:
        for _ in range(_MOST):
            data = parse(made, name).data
            if data == wanted:
                break
            node = yaml.compose(made, Loader=LOADER)
            made = _Patch(made).mapping(node, data, wanted, ())
        held = parse(made, name).data
    except PatchError as error:
        raise _refused(name, dotted(error.key)) from None
    except ProblemsError:
        raise _refused(name, "") from None
    if held != wanted or list(held) != list(wanted) or sorted(comments_in(made)) != sorted(comments_in(text)):
        raise _refused(name, "")
    return made


def _refused(name: str, key: str) -> ProblemsError:
    message = "这一处的写法特殊，自动改会牵动别处，没有改动"
    return ProblemsError([Problem(name, 0, 0, key, message, "用编辑器打开文件，照清单里写的改")])


class _Patch:
    """One difference, mended."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = newline_of(text)

    def mapping(self, node: Any, data: dict[str, Any], wanted: dict[str, Any], key: Key) -> str:  # noqa: ANN401
        """The first difference of two mappings mended."""
        pairs = {one.value: (one, value) for one, value in node.value}
        for name in data:
            if name not in wanted:
                return self._without(node, pairs[name], (*key, name))
        for name, value in wanted.items():
            place = (*key, name)
            if name not in data:
                return self._with(node, pairs, wanted, name, place)
            if data[name] != value or _order(data[name]) != _order(value):
                return self._value(pairs[name], data[name], value, place)
        raise PatchError(key)

    def _value(self, pair: tuple[Any, Any], data: Any, wanted: Any, key: Key) -> str:  # noqa: ANN401
        name, node = pair
        if isinstance(data, dict) and isinstance(wanted, dict) and data and set(data) & set(wanted):
            return self.mapping(node, data, wanted, key)
        if isinstance(data, list) and isinstance(wanted, list) and data and wanted:
            return self._sequence(node, data, wanted, key)
        inside = _bracketed(node) or self._inside_flow(node.start_mark.index)
        if isinstance(node, yaml.ScalarNode) or inside:
            return self._replaced(node, wanted, key, name.start_mark.column)
        colon = self.text.index(":", name.end_mark.index) + 1
        spelled = _led(_block(wanted, name.start_mark.column + 2, self.newline))
        return without_block(self.text, name, node, self.text[:colon] + spelled, colon)

    def _replaced(self, node: Any, wanted: Any, key: Key, column: int, *, listed: bool = False) -> str:  # noqa: ANN401
        """A text, or a value in brackets, written anew."""
        start, end = node.start_mark.index, last_of(node)
        inside = _bracketed(node) or self._inside_flow(start)
        block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
        gone = self.text[start:end]
        spelled = flow(wanted) if inside else None
        if spelled is None:
            spelled = _block(wanted, column + 2, self.newline, listed=listed)
        if comments_in(gone):
            raise PatchError(key)
        head = self.text[:start]
        if spelled.startswith(self.newline):
            head = head.rstrip(" ")
        elif start == end and not head.endswith(" "):
            head += " "
        return head + spelled + (self.newline if block else "") + self.text[end:]

    def _inside_flow(self, at: int) -> bool:
        """Whether a place stands inside brackets."""
        depth = 0
        for token in yaml.scan(self.text, Loader=LOADER):
            if token.start_mark.index >= at:
                break
            depth += isinstance(token, yaml.FlowMappingStartToken | yaml.FlowSequenceStartToken)
            depth -= isinstance(token, yaml.FlowMappingEndToken | yaml.FlowSequenceEndToken)
        return depth > 0

    def _without(self, node: Any, pair: tuple[Any, Any], key: Key) -> str:  # noqa: ANN401
        name, value = pair
        if _bracketed(node):
            kept = [one for one in node.value if one[0] is not name]
            return self._around(node, "{" + ", ".join(map(self._pair, kept)) + "}", key)
        line = self.text.rfind("\n", 0, name.start_mark.index) + 1
        if self.text[line : name.start_mark.index].strip() or len(node.value) == 1:
            raise PatchError(key)
        return self._cut(line, value, name.start_mark.column)

    def _cut(self, line: int, value: Any, column: int) -> str:  # noqa: ANN401
        """The text without whole lines; their comments stay."""
        end = last_of(value)
        if self.text[end - 1 : end] != "\n":
            end = line_end(self.text, end)
            end += len(self.newline) if self.text.startswith(self.newline, end) else 0
        kept = "".join(f"{' ' * column}{one}{self.newline}" for one in comments_in(self.text[line:end]))
        return self.text[:line] + kept + self.text[end:]

    def _with(self, node: Any, pairs: dict[str, Any], wanted: dict[str, Any], name: str, key: Key) -> str:  # noqa: ANN401
        value = wanted[name]
        if _bracketed(node):
            spelled = [self._pair(one) for one in node.value]
            at = self._place(list(pairs), list(wanted), name)
            spelled.insert(at, f"{name}: {flow(value)}")
            return self._around(node, "{" + ", ".join(spelled) + "}", key)
        column = node.start_mark.column
        at = self._place(list(pairs), list(wanted), name)
        spelled_block = f"{name}:" + _led(_block(value, column + 2, self.newline))
        gap = self.newline if column == 0 and self.newline in spelled_block else ""
        if at == 0:
            start = node.start_mark.index
            return f"{self.text[:start]}{spelled_block}{self.newline}{' ' * column}{self.text[start:]}"
        before = node.value[at - 1][1]
        return self._below(before, gap + " " * column + spelled_block)

    def _below(self, before: Any, line: str) -> str:  # noqa: ANN401
        """The text with lines right below a value."""
        end = last_of(before)
        if self.text[end - 1 : end] == "\n":  # a literal block ends behind its line
            return f"{self.text[:end]}{line}{self.newline}{self.text[end:]}"
        end = line_end(self.text, end)
        return f"{self.text[:end]}{self.newline}{line}{self.text[end:]}"

    @staticmethod
    def _place(there: Sequence[str], wanted: Sequence[str], name: str) -> int:
        """Behind which of the keys that are there a new one stands."""
        for one in reversed(wanted[: wanted.index(name)]):
            if one in there:
                return there.index(one) + 1
        return 0

    def _sequence(self, node: Any, data: list[Any], wanted: list[Any], key: Key) -> str:  # noqa: ANN401
        spelt = [[json.dumps(one, ensure_ascii=False) for one in side] for side in (data, wanted)]
        steps = SequenceMatcher(None, spelt[0], spelt[1], autojunk=False).get_opcodes()
        tag, a, b, c, d = next(step for step in steps if step[0] != "equal")
        if _bracketed(node):
            kept = [self.text[one.start_mark.index : one.end_mark.index] for one in node.value]
            kept[a:b] = [flow(one) for one in wanted[c:d]]
            return self._around(node, f"[{', '.join(kept)}]", key)
        if tag == "replace":
            return self._item(node.value[a], data[a], wanted[c], (*key, a), node.start_mark.column)
        column = node.start_mark.column
        if tag == "delete":
            return self._cut(self._dash(node.value[a], column), node.value[a], column)
        line = f"{' ' * column}-" + _led(_block(wanted[c], column + 2, self.newline, listed=True))
        if a == 0:
            start = self._dash(node.value[0], column)
            return f"{self.text[:start]}{line}{self.newline}{self.text[start:]}"
        return self._below(node.value[a - 1], line)

    def _item(self, node: Any, data: Any, wanted: Any, key: Key, column: int) -> str:  # noqa: ANN401
        if isinstance(data, dict) and isinstance(wanted, dict) and set(data) == set(wanted):
            return self.mapping(node, data, wanted, key)
        if isinstance(data, list) and isinstance(wanted, list):
            return self._sequence(node, data, wanted, key)
        if isinstance(node, yaml.ScalarNode) or _bracketed(node):
            return self._replaced(node, wanted, key, column, listed=True)
        line = self._dash(node, column)
        made = f"{' ' * column}-" + _led(_block(wanted, column + 2, self.newline, listed=True))
        rest = self._cut(line, node, column)
        return rest[:line] + made + self.newline + rest[line:]

    def _dash(self, node: Any, column: int) -> int:  # noqa: ANN401
        """Where the line of an item's dash begins; the item itself may begin below it."""
        line = self.text.rfind("\n", 0, node.start_mark.index) + 1
        while self.text[line : line + column].strip() or self.text[line + column : line + column + 1] != "-":
            if line == 0:
                raise PatchError(())
            line = self.text.rfind("\n", 0, line - 1) + 1
        return line

    def _around(self, node: Any, spelled: str, key: Key) -> str:  # noqa: ANN401
        start, end = node.start_mark.index, node.end_mark.index
        if comments_in(self.text[start:end]):
            raise PatchError(key)
        return self.text[:start] + spelled + self.text[end:]

    def _pair(self, pair: tuple[Any, Any]) -> str:
        return self.text[pair[0].start_mark.index : pair[1].end_mark.index]


def _order(value: object) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def _bracketed(node: Any) -> bool:  # noqa: ANN401
    return bool(getattr(node, "flow_style", False))


def _line(value: object) -> str:
    """A value on a line of its own, where braces and commas inside a text mean nothing."""
    if not isinstance(value, str) or (value[:1] in "{[" or "\n" in value):
        return flow(value)
    try:
        same = parse(f"a:\n  b: {value}\nc:\n  - {value}\n", "").data == {"a": {"b": value}, "c": [value]}
    except ProblemsError:
        same = False
    return value if same else flow(value)


def _block(value: object, column: int, newline: str, *, listed: bool = False) -> str:
    """A value behind ``key:`` or a dash (``listed``): on the same line, or on lines of its own at ``column``."""
    if not isinstance(value, dict | list) or not value:
        return _line(value)
    if isinstance(value, dict) and value.keys() & {"pending", "value"} and len(flow(value)) <= _WIDE:
        return flow(value)  # to be confirmed, a limit, a length of time: one value
    if isinstance(value, list) and all(map(_short, value)) and len(flow(value)) <= _WIDE:
        return flow(value)
    lines = list(_lines(value, column, newline))
    if listed and isinstance(value, dict):
        return lines[0].lstrip() + "".join(newline + one for one in lines[1:])
    return "".join(newline + one for one in lines)


def _short(value: object) -> bool:
    """Whether a value may stand with others on one line: no mapping, no sentence of an outline."""
    return not isinstance(value, dict | list) and "{" not in str(value)


def _lines(value: dict[str, Any] | list[Any], column: int, newline: str) -> Iterator[str]:
    pad = " " * column
    if isinstance(value, dict):
        yield from (f"{pad}{name}:{_led(_block(one, column + 2, newline))}" for name, one in value.items())
    else:
        yield from (f"{pad}-{_led(_block(one, column + 2, newline, listed=True))}" for one in value)


def _led(spelled: str) -> str:
    return spelled if spelled.startswith(("\n", "\r")) else f" {spelled}"
