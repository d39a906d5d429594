"""Changing one value in a YAML text and nothing else: comments, order, indentation and quoting stay as they are.

The text is cut at the marks of the parser's nodes; it is never written anew. What comes out is read back and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import yaml

from notices.errors import Problem, ProblemsError
from notices.profile.scalars import flow
from notices.profile.yamlfile import LOADER, Key, dotted, parse

Entry: TypeAlias = str | Mapping[str, str] | None
"""What is written at a key: a text, nothing (``null``), or texts by name, in braces."""


def settled(text: str, key: Key, value: Entry) -> str:
    """``text`` with the value at ``key`` replaced.

    Raises:
        ProblemsError: the text is not YAML, or the key cannot be changed without touching something else.
    """
    key_node, node = _pair(text, key)
    spelled = flow(value)
    if _inline(node):
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
            made = text[:start] + spelled + "\n" + text[end:]
        elif start == end:  # an empty value: after the colon
            made = text[:end] + ("" if text[end - 1 : end] == " " else " ") + spelled + text[end:]
        else:
            made = _with_comments(text, key_node, text[start:end], text[:start] + spelled, text[end:])
    else:
        colon = text.index(":", key_node.end_mark.index)
        made = without_block(text, key_node, node, text[: colon + 1] + " " + spelled, colon + 1)
    return _proven(text, made, key, value)


def entered(text: str, key: Key, value: Entry) -> str:
    """``text`` with a value at ``key``, put behind its neighbours; mappings on the way are made as they are needed.

    Raises:
        ProblemsError: as :func:`settled`.
    """
    node, depth = _deepest(text, key)
    if depth == len(key):
        return settled(text, key, value)
    names, spelled = [str(part) for part in key[depth:]], flow(value)
    if not isinstance(node, yaml.MappingNode) or (not node.value and depth == 0):
        raise _refused(key, "这一处不是一组键，没有改动")
    if _inline(node):
        opened, closed = ": {".join(names), "}" * (len(names) - 1)
        end = int(node.value[-1][1].end_mark.index) if node.value else int(node.start_mark.index) + 1
        made = f"{text[:end]}{', ' if node.value else ''}{opened}: {spelled}{closed}{text[end:]}"
        return _proven(text, made, key, value)
    pad, newline = int(node.value[0][0].start_mark.column), newline_of(text)
    lines = [f"{' ' * (pad + 2 * step)}{name}:" for step, name in enumerate(names)]
    added_lines = newline.join(lines) + f" {spelled}"
    end = last_of(node)
    if text[end - 1 : end] == "\n":  # a literal block ends behind its line
        return _proven(text, f"{text[:end]}{added_lines}{newline}{text[end:]}", key, value)
    end = line_end(text, end)
    return _proven(text, f"{text[:end]}{newline}{added_lines}{text[end:]}", key, value)


def _deepest(text: str, key: Key) -> tuple[yaml.Node | None, int]:
    """The node of as much of a key as there is, and how much that is."""
    node = yaml.compose(text, Loader=LOADER)
    for depth, part in enumerate(key):
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        found = next((value for name, value in pairs if name.value == part), None)
        if found is None:
            return node, depth
        node = found
    return node, len(key)


def removed(text: str, key: Key) -> str:
    """``text`` without the pair at ``key``; inside ``{…}`` its value becomes ``null``.

    Raises:
        ProblemsError: as :func:`settled`.
    """
    key_node, node = _pair(text, key)
    start = text.rfind("\n", 0, key_node.start_mark.index) + 1
    if _inline(node) or text[start : key_node.start_mark.index].strip():
        made = text[: node.start_mark.index] + "null" + text[node.end_mark.index :]
        return _proven(text, made, key, None)
    made = without_block(text, key_node, node, text[:start], text.index(":", key_node.end_mark.index) + 1)
    return _proven(text, made, key, _GONE)


def renamed(text: str, key: Key, name: str) -> str:
    """``text`` with the key of a pair called ``name``.

    Raises:
        ProblemsError: as :func:`settled`.
    """
    key_node, _ = _pair(text, key)
    made = text[: key_node.start_mark.index] + name + text[key_node.end_mark.index :]
    return _proven(text, made, key, _Renamed(name))


class _Renamed(str):
    """What a key is called now."""

    __slots__ = ()


_GONE = object()


def added(text: str, key: Key, name: str, words: Sequence[str]) -> str:
    """``text`` with a list of words called ``name`` right behind the pair at ``key``.

    Raises:
        ProblemsError: as :func:`settled`.
    """
    key_node, node = _pair(text, key)
    spelled = f"{name}: [{', '.join(words)}]"
    start = text.rfind("\n", 0, key_node.start_mark.index) + 1
    if text[start : key_node.start_mark.index].strip():
        made = f"{text[: node.end_mark.index]}, {spelled}{text[node.end_mark.index :]}"
    else:
        end = line_end(text, last_of(node))
        made = f"{text[:end]}{newline_of(text)}{' ' * key_node.start_mark.column}{spelled}{text[end:]}"
    return _proven(text, made, (*key[:-1], name), list(words))


def _inline(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) or bool(getattr(node, "flow_style", True))


def _pair(text: str, key: Key) -> tuple[yaml.Node, yaml.Node]:
    """The nodes of a key and its value."""
    node = yaml.compose(text, Loader=LOADER)
    found: tuple[yaml.Node, yaml.Node] | None = None
    for part in key:
        found = next((pair for name, pair in _children(node) if name == part), None)
        if found is None:
            raise _refused(key, "文件里没有这个键")
        node = found[1]
    if isinstance(key[-1], int) and node is not None and not _inline(node):
        raise _refused(key, "列表里的这一项分几行写，没有改动")
    assert found is not None  # noqa: S101 - a key has parts
    return found


def _children(node: yaml.Node | None) -> Iterator[tuple[str | int, tuple[yaml.Node, yaml.Node]]]:
    """What stands in a node, by key or number; an item of a list is its own key."""
    if isinstance(node, yaml.MappingNode):
        yield from ((name.value, (name, value)) for name, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((number, (item, item)) for number, item in enumerate(node.value))


def _with_comments(text: str, key_node: yaml.Node, gone: str, before: str, after: str) -> str:
    """``before`` + ``after``, with the comments of what is gone on lines of their own above the key's line."""
    comments = comments_in(gone)
    start = before.rfind("\n", 0, key_node.start_mark.index) + 1
    pad = re.match(r"[ ]*", before[start:])
    above = "".join(f"{pad[0] if pad else ''}{comment}{newline_of(text)}" for comment in comments)
    return before[:start] + above + before[start:] + after


def without_block(text: str, key_node: yaml.Node, node: yaml.Node, before: str, colon: int) -> str:
    """``before`` and what follows a block value; the value's comments stay, below.

    ``colon`` is where the value's key ends, behind its colon.
    """
    end = last_of(node)
    block = text[end - 1 : end] == "\n"  # a literal block ends behind its line
    stop = end if block else line_end(text, end)
    first = line_end(text, colon)
    beside = text[colon:first].rstrip()
    pad = " " * key_node.start_mark.column
    newline = newline_of(text)
    whole_lines = before.endswith("\n") or not before
    comments = comments_in(text[first:stop])
    if whole_lines:
        comments = (*((beside.strip(),) if beside.strip() else ()), *comments)
        kept = "".join(f"{pad}{comment}{newline}" for comment in comments)
        return before + kept + (text[stop:] if block else text[stop:].removeprefix("\r").removeprefix("\n"))
    kept = beside + "".join(f"{newline}{pad}{comment}" for comment in comments)
    return before + kept + (newline if block else "") + text[stop:]


def last_of(node: yaml.Node) -> int:
    """Where the last scalar or bracket of a value ends; a block mapping's own mark runs on to the next key."""
    if _inline(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return last_of(last[1] if isinstance(last, tuple) else last)


def line_end(text: str, at: int) -> int:
    """Where the line of a place ends, before its line break."""
    found = text.find("\n", at)
    found = len(text) if found < 0 else found
    return found - 1 if text[found - 1 : found] == "\r" and found > at else found


def newline_of(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


@lru_cache(2)  # what comes of one change is what the next begins with
def comments_in(part: str) -> tuple[str, ...]:
    """The comments in a piece of YAML: what stands between its tokens after a ``#``."""
    piece, found, at = f"{part}\n", [], 0
    for token in _tokens(piece):
        found += re.findall(r"(?:^|(?<=\s))#[^\r\n]*", piece[at : token.start_mark.index])
        at = max(at, token.end_mark.index)
    return (*found, *re.findall(r"(?:^|(?<=\s))#[^\r\n]*", piece[at:]))


def _tokens(piece: str) -> list[Any]:
    try:
        return list(yaml.scan(piece, Loader=LOADER))
    except yaml.YAMLError:  # a piece cut out of its place need not be YAML of its own
        return []


def _proven(old: str, new: str, key: Key, value: object) -> str:
    """``new``, when it holds what ``old`` held but for the one value, and every comment.

    Raises:
        ProblemsError: it does not; the file is to be edited by hand.
    """
    wanted = parse(old, "").data
    at: Any = wanted
    for part in key[:-1]:
        at = at[part] if isinstance(part, int) else at.setdefault(part, {})
    if isinstance(value, _Renamed):
        at[str(value)] = at.pop(key[-1])
    elif value is _GONE:
        del at[key[-1]]
        if not at:
            _set(wanted, key[:-1], None)
    else:
        at[key[-1]] = dict(value) if isinstance(value, Mapping) else value
    try:
        same = parse(new, "").data == wanted and sorted(comments_in(old)) == sorted(comments_in(new))
    except ProblemsError:
        same = False
    if not same:
        raise _refused(key, "这一处的写法特殊，自动改会牵动别处，没有改动")
    return new


def _set(data: Any, key: Key, value: object) -> None:  # noqa: ANN401 - plain YAML data
    for part in key[:-1]:
        data = data[part]
    if key:
        data[key[-1]] = value


def _refused(key: Key, message: str) -> ProblemsError:
    return ProblemsError([Problem("", 0, 0, dotted(key), message, "用编辑器打开文件，直接把 pending 改成值")])
