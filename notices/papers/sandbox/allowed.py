"""What a template may name: a list of what is allowed, never of what is not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.runtime import LoopContext

from notices.errors import ProblemsError
from notices.profile.yamlfile import content, illegal_character

MOST_SOURCE: Final = 8_000_000
"""Bytes of one template's file."""

EVERY_ENTRY: Final = frozenset(
    {
        "dictsort",
        "groupby",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "select",
        "selectattr",
        "slice",
        "batch",
        "sort",
        "sum",
        "unique",
    }
)
"""Filters that look at every entry of a list, one step each."""
FILTERS: Final = EVERY_ENTRY | frozenset(
    {
        "capitalize",
        "center",
        "count",
        "d",
        "default",
        "e",
        "escape",
        "first",
        "float",
        "forceescape",
        "format",
        "indent",
        "int",
        "items",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "replace",
        "reverse",
        "round",
        "safe",
        "string",
        "title",
        "tojson",
        "trim",
        "truncate",
        "upper",
        "wordcount",
        "wordwrap",
    }
)
_TEXT: Final = frozenset(
    {
        "capitalize",
        "casefold",
        "center",
        "count",
        "endswith",
        "expandtabs",
        "find",
        "format",
        "format_map",
        "isalnum",
        "isalpha",
        "isascii",
        "isdecimal",
        "isdigit",
        "islower",
        "isnumeric",
        "isspace",
        "isupper",
        "join",
        "ljust",
        "lower",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rfind",
        "rjust",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "swapcase",
        "title",
        "upper",
        "zfill",
    }
)
MEMBERS: Final[tuple[tuple[type, frozenset[str]], ...]] = (
    (str, _TEXT),
    (dict, frozenset({"get", "items", "keys", "values"})),
    (list, frozenset({"count", "index"})),
    (tuple, frozenset({"count", "index"})),
    (date, frozenset({"year", "month", "day"})),
    (
        LoopContext,
        frozenset(
            {
                "cycle",
                "changed",
                "depth",
                "depth0",
                "first",
                "index",
                "index0",
                "last",
                "length",
                "nextitem",
                "previtem",
                "revindex",
                "revindex0",
            }
        ),
    ),
)
"""What may be asked of a value, by its type. What is not here is not there."""


class Function:
    """Something a template may call, by the name it has there. It cannot be printed or looked into."""

    __slots__ = ("call", "name", "owner")

    def __init__(self, name: str, call: Callable[..., Any], owner: object = None) -> None:
        self.name, self.call, self.owner = name, call, owner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as what it calls
        """Call it."""
        return self.call(*args, **kwargs)

    def __str__(self) -> str:
        raise SecurityError(f"{self.name} 是函数，后面要写括号")

    __repr__ = __str__
    __format__ = None  # type: ignore[assignment]


class ReadOnly:
    """A fact, or a whole profile, as a template sees it: values by name, nothing else.

    Two views of equal facts are equal, so that ``reject("equalto", rule)`` does what it says.
    """

    __slots__ = ("_names", "_of", "_value")

    def __init__(self, of: object, names: frozenset[str], value: Callable[[Any], Any]) -> None:
        """Show ``names`` of an object, each as ``value`` makes it of what stands there."""
        self._of, self._names, self._value = of, names, value

    def has(self, name: str) -> bool:
        """Whether there is a value of this name."""
        return name in self._names

    def value(self, name: str) -> Any:  # noqa: ANN401 - whatever stands there
        """The value of a name.

        Raises:
            KeyError: none of this name.
        """
        if not self.has(name):
            raise KeyError(name)
        return self._value(getattr(self._of, name))

    def opened(self) -> Any:  # noqa: ANN401 - whatever it shows
        """What it shows, for functions of ours; a template cannot ask for it."""
        return self._of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReadOnly) and bool(self._of == other.opened())

    def __hash__(self) -> int:
        raise SecurityError("一组值不能用来去重、做键")

    def __str__(self) -> str:
        raise SecurityError("要印的是一组值，不是一个值：写明要印它的哪一项")

    __repr__ = __str__
    __format__ = None  # type: ignore[assignment]


class Folders(BaseLoader):
    """Templates of some folders, the first that has one; never a file outside them, however it is linked."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)

    def get_source(self, _: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Source, file and whether it still is so.

        Raises:
            TemplateNotFound: no folder has it. TemplateSyntaxError: too large, outside its folder, not UTF-8.
        """
        for folder in self.folders:
            path = folder.joinpath(*split_template_path(template))
            if os.path.lexists(path):
                return _text_of(path, folder, template), str(path), lambda: True
        raise TemplateNotFound(template)


def _text_of(path: Path, folder: Path, name: str) -> str:
    if path.is_file() and not path.resolve().is_relative_to(folder.resolve()):
        raise TemplateSyntaxError("模板链接到了文件夹以外", 1, name, str(path))
    try:
        text = content(path, name, MOST_SOURCE).decode("utf-8-sig").replace("\r\n", "\n")
    except ProblemsError as error:
        raise TemplateSyntaxError(error.problems[0].message, 1, name, str(path)) from None
    except UnicodeDecodeError:
        raise TemplateSyntaxError("模板不是 UTF-8 编码", 1, name, str(path)) from None
    for number, line in enumerate(text.split("\n"), 1):
        if (char := illegal_character(line.replace("\t", ""))) is not None:
            raise TemplateSyntaxError(f"含有不能印刷的字符 U+{ord(char):04X}，请删除", number, name, str(path))
    return text
