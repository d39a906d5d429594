"""Names an earlier version had: ids of facts, functions of templates. Who still writes the old one is told the new one.

The names stand in ``templates/renamed.yaml``; nothing is renamed by itself, for only a person knows which of two
meanings an old id had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from notices.errors import Problem, ProblemsError
from notices.profile import yamlfile
from notices.profile.yamlfile import Tree, dotted
from notices.shipped import SHIPPED

FILE = "renamed.yaml"
RULE = "renamed"


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """What was renamed: ``ids``, ``functions``, ``options``, each by its old name."""
    return yamlfile.read(SHIPPED / "templates" / FILE, f"templates/{FILE}").data


def ids_of(tree: Tree) -> list[Problem]:
    """Old ids a file gives its facts; ``tree`` is the file's own, without what it extends."""
    found = []
    for key, origin in tree.origins.items():
        old = dotted(key)
        if len(key) == 2 and old in table()["ids"]:
            found.append(_renamed(origin, old, old))
    return found


def mentions_of(tree: Tree) -> list[Problem]:
    """Old ids in the texts of a file: places of an outline, names of what is accepted."""
    return [
        _renamed(tree.origins[key], dotted(key), old)
        for key, text in _texts(tree.data, ())
        for old in dict.fromkeys(_mention().findall(text))
    ]


def in_templates(paths: Iterable[tuple[Path, str]]) -> list[Problem]:
    """Old names in templates, each with the line it stands in; a template that cannot be read says so where it is used.

    Args:
        paths: files, and how problems call them.
    """
    found: list[Problem] = []
    for path, name in paths:
        try:
            lines = yamlfile.content(path, name).decode("utf-8", "replace").splitlines()
        except ProblemsError:
            continue
        for number, line in enumerate(lines, 1):
            found += _in_line(line, name, number)
    return found


def hint_for(message: str) -> str:
    """How to go on where a template cannot be rendered for the sake of a name that is gone; empty for any other."""
    gone = re.search(r"'(\w+)' is undefined", message)
    return str(table()["functions"].get(gone[1], "")) if gone else ""


def _renamed(origin: yamlfile.Origin, key: str, old: str) -> Problem:
    new = table()["ids"][old]
    names = new.items() if isinstance(new, Mapping) else [(new, "")]
    told = "、".join(f"{name}（{meaning}）" if meaning else str(name) for name, meaning in names)
    hint = f"把 {old} 改成{'所指的那一个' if len(names) > 1 else f' {told}'}；内容不用动"
    return Problem(
        *origin, key, f"旧编号 {old} 已改为 {told}；继承、核对清单、日程和比较只认新的", hint, "warning", RULE
    )


def _texts(value: object, key: yamlfile.Key) -> Iterator[tuple[yamlfile.Key, str]]:
    if isinstance(value, str):
        yield key, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield from _texts(child, (*key, name))


@cache
def _mention() -> re.Pattern[str]:
    longest = sorted(table()["ids"], key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9.-])({'|'.join(map(re.escape, longest))})(?![a-z0-9-])")


@cache
def _in_template() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """By old id, how a template asks a profile for it: ``p.deadlines.submission``, ``p.deadlines['submission']``."""
    patterns = []
    for old in table()["ids"]:
        section, _, name = old.partition(".")
        plain = rf"\.{name}(?![\w.-])|" if "." not in name and "-" not in name else ""
        patterns.append((old, re.compile(rf"\b{section}(?:{plain}\[\s*['\"]{re.escape(name)}['\"]\s*\])")))
    return tuple(patterns)


def _in_line(line: str, name: str, number: int) -> Iterator[Problem]:
    for old, pattern in _in_template():
        for match in pattern.finditer(line):
            yield _renamed(yamlfile.Origin(name, number, match.start() + 1), "", old)
    for what, hint in table()["functions"].items():
        for match in re.finditer(rf"\b{what}\s*\(", line):
            yield _gone(name, number, match, f"函数 {what} 已经取消", hint)
    for option, hint in table()["options"].items():
        function, _, what = option.partition(".")
        for match in re.finditer(rf"\b{function}\s*\([^{{}}]*?\b{what}\s*=", line):
            yield _gone(name, number, match, f"{function} 的 {what} 已经取消", hint)


def _gone(name: str, number: int, match: re.Match[str], message: str, hint: str) -> Problem:
    return Problem(name, number, match.start() + 1, "", message, hint, "warning", RULE)
