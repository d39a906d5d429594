"""The side file: what each paragraph was taken for, as YAML to be corrected by hand and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml

from notices.errors import Problem, ProblemsError, near
from notices.inspection.parts import NAMES, Part, Placed
from notices.profile import yamlfile
from notices.profile.yamlfile import Origin, Tree
from notices.recast.source import inked, shown

_PARTS: Final[dict[str, Part]] = {name: part for part, name in NAMES.items() if part != "empty"}
_HEAD: Final = """\
# 每一段是公文的哪个要素（notices typeset --parts）。认错了的，改“要素”后面的名称，保存，再运行同一个命令。
# 段号和文字用来核对，不要改；没有列出的段照程序认的排。可用的要素：
#   {names}
"""


def written(name: str, placed: Sequence[Placed]) -> bytes:
    """The side file of a text."""
    names = "、".join(_PARTS)
    lines = [_HEAD.format(names=names), f"文件: {_quoted(name)}\n", "段落:\n"]
    for one in placed:
        if inked(one.para.text) and one.part != "table":
            lines += (
                f"  - 段: {one.para.number}\n    要素: {NAMES[one.part]}\n",
                f"    文字: {_quoted(_beginning(one.para.text))}\n",
            )
    return "".join(lines).encode()


def _quoted(text: str) -> str:
    return str(yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10_000)).strip()


def _beginning(text: str) -> str:
    return shown(text, 20)


def corrected(path: Path, name: str, placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """The parts as a side file has them.

    Raises:
        ProblemsError: every entry that names no part, no paragraph, or another paragraph than there is.
    """
    tree = yamlfile.read(path, name)
    known = {one.para.number: one for one in placed}
    problems: list[Problem] = []
    wanted: dict[int, Part] = {}
    for at, entry in _entries(tree, problems, name):
        where = tree.origins.get(("段落", at), Origin(name, 1, 1))
        problem = _wrong(entry, known, wanted)
        if problem:
            problems.append(Problem(*where, f"段落[{at}]", *problem))
        else:
            wanted[entry["段"]] = _PARTS[entry["要素"]]
    if problems:
        raise ProblemsError(problems)
    return tuple(_put(one, wanted, path.name) for one in placed)


def _put(one: Placed, wanted: Mapping[int, Part], name: str) -> Placed:
    part = wanted.get(one.para.number, one.part)
    return one if part == one.part else replace(one, part=part, sure=1.0, why=f"照 {name}")


def _entries(tree: Tree, problems: list[Problem], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for key in tree.data:
        if key not in {"文件", "段落"}:
            hint = near(key, ("文件", "段落")) or "只有“文件”和“段落”两项"
            problems.append(Problem(*tree.origins[key,], key, f"没有这一项：{key}", hint))
    listed = tree.data.get("段落")
    if not isinstance(listed, list):
        problems.append(Problem(name, 1, 1, "段落", "应是一列段落", "删去这个文件，重新运行，让程序再写一份"))
        return
    yield from enumerate(listed)


def _wrong(entry: Any, known: Mapping[int, Placed], wanted: Mapping[int, Part]) -> tuple[str, str] | None:  # noqa: ANN401
    """What is wrong with an entry, and what to do; None where nothing is."""
    if not isinstance(entry, dict) or not {"段", "要素"} <= entry.keys() <= {"段", "要素", "文字"}:
        return "每一段要写“段”“要素”，可以写“文字”", "照程序写出的样子改"
    number, part = entry["段"], entry["要素"]
    if not isinstance(number, int) or number not in known:
        return f"没有第 {number} 段", f"段号是 1 到 {max(known, default=0)}；原文件改过的，删去这个文件重新写一份"
    if number in wanted:
        return f"第 {number} 段写了两次", "留下一处"
    if part not in _PARTS:
        return f"没有“{part}”这种要素", f"{near(str(part), _PARTS)}可用：{'、'.join(_PARTS)}"
    text = _beginning(known[number].para.text)
    if "文字" in entry and entry["文字"] != text:
        return f"第 {number} 段是“{text}”，不是“{entry['文字']}”", "原文件改过了：删去这个文件，重新写一份"
    return None
