"""Problems as values, the few exceptions, and the one table of exit codes.

A reader gathers :class:`Problem` values and raises once; only :mod:`notices.cli` turns an exception into text and
an exit code.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias

from notices.marks import unmarked

Severity: TypeAlias = Literal["error", "warning"]


class Exit(IntEnum):
    """Exit codes of the command line; :data:`EXIT_MEANING` says what each means."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    ENVIRONMENT = 3
    OUTPUT = 4
    BUG = 70
    INTERRUPTED = 130


EXIT_MEANING: dict[Exit, str] = {
    Exit.DONE: "完成",
    Exit.PROBLEMS: "输入有问题：配置、模板或数据需要修改",
    Exit.USAGE: "命令用法不对",
    Exit.ENVIRONMENT: "环境缺少字体或程序库",
    Exit.OUTPUT: "结果写不出去：只读、磁盘已满等",
    Exit.BUG: "程序自身的错误，请反馈",
    Exit.INTERRUPTED: "用户中断（Ctrl-C）",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with an input: where, what, what was expected and what to do next.

    ``line`` and ``column`` count from 1; 0 means the whole file. ``key`` is the dotted path inside the file.
    """

    file: str
    line: int
    column: int
    key: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    rule: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        key = f" {self.key}" if self.key else ""
        label = "错误" if self.severity == "error" else "提醒"
        rule = f" [{self.rule}]" if self.rule else ""
        hint = f"\n    → {self.hint}" if self.hint else ""
        return unmarked(f"{where}: {label}{rule}{key}: {self.message}{hint}")


def near(wanted: str, known: Iterable[str]) -> str:
    """是不是 park？ the value most like the one that was written; empty where none is."""
    found = difflib.get_close_matches(wanted, list(known), n=1, cutoff=0.5)
    return f"是不是 {found[0]}？" if found else ""


class NoticesError(Exception):
    """Base of everything a user can cause; ``exit_code`` is what the command line returns."""

    exit_code: Exit = Exit.PROBLEMS


class ProblemsError(NoticesError):
    """All problems found in the input, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        if not self.problems:  # whoever raises it without one would stop in silence
            raise AssertionError("ProblemsError without a problem")
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[object, ...]:
        """How it passes from one process to another: with its problems, not with what they come to in words."""
        return type(self), (self.problems,)


class NotFoundError(NoticesError):
    """An authority, edition or document nobody defined; the message names the nearest ones."""


class MissingPartError(NoticesError):
    """A font or library is missing; the message says which and how to get it."""

    exit_code = Exit.ENVIRONMENT


class OutputError(NoticesError):
    """A result could not be written; what was there before is untouched."""

    exit_code = Exit.OUTPUT


class WordingError(ValueError):
    """What is asked for cannot be said; the message is for the reader."""
