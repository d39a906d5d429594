"""Strict YAML: one reading, every value with its place, all problems at once.

Plain ``yaml.safe_load`` keeps the last of two equal keys and reads ``no`` as False, ``12:30`` as 750, ``0755`` as 493
and ``1.10`` as 1.1. Here only ``true``/``false``, whole numbers and ``null`` are typed; dates and decimals stay text
until the profile parses them.
"""

from __future__ import annotations

import errno
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from notices.errors import Problem, ProblemsError

try:
    from yaml import CSafeLoader as _Fast
except ImportError:  # PyYAML without libyaml: slower, same nodes
    from yaml import SafeLoader as _Fast  # type: ignore[assignment]

_UNTYPED: Final = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class LOADER(_Fast):
    """What reads YAML here: with libyaml where there is one, and no guess at what a bare text might be."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:  # noqa: ANN401, ARG002 - YAML's own
        """The tag of a node that has none: a profile types its texts itself."""
        return _UNTYPED[kind]

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:  # noqa: ANN401 - YAML's own
        """Nothing: no tag depends on a path."""

    def ascend_resolver(self) -> None:
        """Nothing, as above."""


Key: TypeAlias = tuple[str | int, ...]
"""A path inside a file: ``("deadlines", "city-to-province", "date")``."""


class Origin(NamedTuple):
    """Where a value stands; lines and columns count from 1."""

    file: str
    line: int
    column: int


class Tree(NamedTuple):
    """Plain data (dict, list, str, int, bool, None) and the origin of every value in it, by path."""

    data: dict[str, Any]
    origins: dict[Key, Origin]


_TYPED = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
MAX_BYTES = 2_000_000
MAX_DEPTH = 30
MAX_DIGITS = 18
"""Digits of a whole number: no figure of a notice has more, and a long one costs quadratic time to read."""
_PARSED_DEPTH = 5 * MAX_DEPTH
"""Depth the parser beneath may be given: far below what its recursion can bear."""


def read(path: Path, name: str) -> Tree:
    """Read one YAML mapping; ``name`` is how problems call the file.

    Raises:
        ProblemsError: unreadable, not UTF-8, not YAML, duplicate keys, anchors, tags, control characters ...
    """
    return parse(_text(path, name), name)


def told(path: Path, name: str, key: str) -> str | None:
    """The text of one key of the outermost mapping, the file read only as far as it stands; None where there is none.

    Raises:
        ProblemsError: the file cannot be read, or has the key in it and what stands before it is no YAML.
    """
    text = _text(path, name)
    if key not in text and "\\" not in text:  # no key can be written otherwise but with a backslash
        return None
    depth, named, expected = 0, True, False
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if depth == 1 and isinstance(event, yaml.NodeEvent):
                if expected:
                    return str(event.value) if isinstance(event, yaml.ScalarEvent) else None
                expected = named and isinstance(event, yaml.ScalarEvent) and event.value == key
                named = not named
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
    except (yaml.YAMLError, RecursionError):
        raise ProblemsError([Problem(name, 0, 0, "", "YAML 读不出来", f"运行 notices lint {name}")]) from None
    return None


def read_many(path: Path, name: str) -> Tree:
    """A file of one mapping or a list of mappings, as ``{"": [...]}``: every entry's path begins with ``""``."""
    return parse(_text(path, name), name, many=True)


def parse(text: str, name: str, *, many: bool = False) -> Tree:
    """As :func:`read`, or with ``many`` as :func:`read_many`, from text."""
    if deep := _too_deep(text):
        raise ProblemsError([Problem(name, deep, 1, "", "嵌套过深", "检查括号和缩进")])
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ProblemsError([_syntax(name, line, column, text, error)]) from None
    except yaml.YAMLError as error:
        found = list(_forbidden_characters(text, name))
        raise ProblemsError(
            found or [Problem(name, 1, 1, "", f"YAML 读不出来（{error}）", "另存为 UTF-8 编码")]
        ) from None
    if not isinstance(node, yaml.MappingNode) and not (many and isinstance(node, yaml.SequenceNode)):
        message = "文件是空的" if node is None else "文件最外层应是“键: 值”"
        raise ProblemsError([Problem(name, 1, 1, "", message, "参照 notices init 生成的样例")])
    walk = _Walk(name)
    listed = isinstance(node, yaml.SequenceNode)
    data = walk.value(node, () if not many else ("",) if listed else ("", 0))
    if walk.problems:
        raise ProblemsError(walk.problems)
    if many:
        walk.origins |= {(): Origin(name, 1, 1), ("",): Origin(name, 1, 1)}
        return Tree({"": data if listed else [data]}, walk.origins)
    return Tree(data, walk.origins)


_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def dotted(key: Key) -> str:
    """A path as it is shown: ``deadlines.city-to-province.date``, ``channels[0]``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")


LARGEST = 50_000_000
"""Bytes a file of an office may have: a Word file with pictures, a source, a list of what was made."""


def content(path: Path, name: str, most: int = LARGEST) -> bytes:
    """The bytes of a regular file, its size looked at before it is read; ``most`` in bytes.

    Raises:
        ProblemsError: a pipe, a device or a folder; too large; unreadable.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            kind = "文件夹" if stat.S_ISDIR(state.st_mode) else "管道或设备"
            raise ProblemsError([Problem(name, 0, 0, "", f"这是{kind}，不是文件", "写文件的路径")])
        if state.st_size > most:
            raise ProblemsError([Problem(name, 0, 0, "", f"文件超过 {most} 字节", "检查是否放错了文件")])
        return path.read_bytes()
    except OSError as error:
        raise ProblemsError([Problem(name, 0, 0, "", f"读不到文件（{cause(error)}）", "检查路径和权限")]) from None


def cause(error: OSError) -> str:
    """Why the system would not, in the reader's language."""
    said = {
        errno.ENOENT: "没有这个文件",
        errno.EACCES: "没有读取权限",
        errno.EPERM: "没有读取权限",
        errno.ELOOP: "链接绕成了圈",
        errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
        errno.EISDIR: "这是文件夹，不是文件",
        errno.ENAMETOOLONG: "文件名太长",
        errno.EIO: "磁盘读取出错",
        errno.ENOSPC: "磁盘已满",
    }
    return said.get(error.errno or 0, f"系统错误 {error.errno}")


def illegal_character(text: str) -> str | None:
    """The first character that no document may hold: control, lone surrogate, private use, non-character."""
    if text.isprintable():  # of a long table's cells nearly every one
        return None
    return next((char for char in text if char != "\n" and unicodedata.category(char) in _UNPRINTABLE), None)


def _text(path: Path, name: str) -> str:
    raw = content(path, name, MAX_BYTES)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "用记事本打开，另存为 UTF-8 编码（原文件可能是 GBK）"
        raise ProblemsError([Problem(name, line, 1, "", "文件不是 UTF-8 编码", hint)]) from None


def _syntax(name: str, line: int, column: int, text: str, error: yaml.MarkedYAMLError) -> Problem:
    lines = text.splitlines()
    near = lines[line - 1] if 0 < line <= len(lines) else ""
    before = lines[line - 2] if 1 < line <= len(lines) + 1 else ""
    if "\t" in near[: len(near) - len(near.lstrip())]:
        hint = "缩进只能用空格，不能用 Tab"
    elif re.search(r"^\s*[\w.-]+：", near) or re.search(r"^\s*[\w.-]+：", before):
        hint = "键后面要用半角冒号加一个空格：“键: 值”"
    else:
        hint = "检查缩进、冒号后的空格和引号是否成对；值里有 { } [ ] , 时用引号括起来"
    return Problem(name, line, column, "", f"YAML 语法错误（{error.problem}）", hint)


def _too_deep(text: str) -> int:
    """The line where nesting gets out of hand, 0 for none: the parser beneath would take the program down."""
    if not _may_be_deep(text):
        return 0
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):  # event by event: no recursion
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _PARSED_DEPTH:
                return event.start_mark.line + 1 if event.start_mark else 1
    except yaml.YAMLError:  # whoever composes it says what is wrong, and gets no deeper than this
        return 0
    return 0


_INDENTED: Final = re.compile(rf"^[ \-?]{{{_PARSED_DEPTH + 1}}}", re.MULTILINE)
_BRACKETED: Final = re.compile(r"^[^\[{\]}\n]*[\[{\]}].*$", re.MULTILINE)


def _may_be_deep(text: str) -> bool:
    """Whether it might be: brackets that open counted, those that close only where no quote or comment can hide."""
    if _INDENTED.search(text):
        return True
    depth = 0
    for line in _BRACKETED.findall(text):
        opened = line.count("[") + line.count("{")
        hidden = "#" in line or "'" in line or '"' in line
        depth = depth + opened if hidden else max(0, depth + opened - line.count("]") - line.count("}"))
        if depth > _PARSED_DEPTH or opened > _PARSED_DEPTH:
            return True
    return False


def _forbidden_characters(text: str, name: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line, 1):
            if char not in "\t\r" and unicodedata.category(char) in _UNPRINTABLE:
                said = "控制字符" if unicodedata.category(char) in {"Cc", "Cs"} else "不能印刷的字符"
                yield Problem(name, number, column, "", f"含有{said} U+{ord(char):04X}", "删除这个看不见的字符")


class _Walk:
    """One pass over the node tree: plain values, origins, problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.origins: dict[Key, Origin] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, key: Key) -> Any:  # noqa: ANN401 - YAML data is untyped here
        mark = node.start_mark
        self.origins[key] = Origin(self.name, mark.line + 1, mark.column + 1)
        if id(node) in self.seen or len(key) > MAX_DEPTH:
            self._problem(key, "用了锚点引用（&、*）或嵌套过深", "把值直接写出来")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*key, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, key)

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            name = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            place = (*key, name)
            if name in found:
                first = self.origins[place].line
                value = self.value(value_node, place)
                self._problem(place, f"键重复，第 {first} 行附近已经写过", "只保留一个", at=key_node)
                continue
            value = self.value(value_node, place)
            found[name] = value
            if value is None or isinstance(value, dict | list):  # a block value starts below its key
                mark = key_node.start_mark
                self.origins[place] = Origin(self.name, mark.line + 1, mark.column + 1)
            if (char := illegal_character(name)) is not None:
                self._problem(place, f"键里有不能印刷的字符 U+{ord(char):04X}", "删除这个看不见的字符", at=key_node)
            if name in {"<<", "?"}:
                self._problem(place, "不支持合并键或复合键", "把内容直接写出来", at=key_node)
        return found

    def _scalar(self, node: yaml.Node, key: Key) -> str | int | bool | None:
        text = str(node.value)
        bare = not getattr(node, "style", None)
        if node.tag not in _PLAIN_TAGS:
            self._problem(key, f"不支持标签 {node.tag}", "删去以 ! 开头的标签")
        if (char := illegal_character(text)) is not None:
            self._problem(key, f"含有不能印刷的字符 U+{ord(char):04X}", "删除这个看不见的字符")
        if bare and text.lower() in _TYPED:
            return _TYPED[text.lower()]
        if not (bare and _WHOLE.fullmatch(text)):
            return text
        if len(text) > MAX_DIGITS:
            self._problem(key, f"整数有 {len(text)} 位，最多 {MAX_DIGITS} 位", "检查数字；要当文字用就加引号")
            return None
        return int(text)

    def _problem(self, key: Key, message: str, hint: str, at: yaml.Node | None = None) -> None:
        mark = at.start_mark if at else None
        line, column = (mark.line + 1, mark.column + 1) if mark else self.origins[key][1:]
        self.problems.append(Problem(self.name, line, column, dotted(key), message, hint))


_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)
