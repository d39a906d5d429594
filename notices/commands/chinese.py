"""click's own words in Chinese: headings, marks of options, kinds of values. What we write ourselves already is."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from notices.wording.columns import cells

HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数", "Positional arguments": "参数"}
"""Also what click calls arguments from version to version."""
VALUES = {
    "DIRECTORY": "文件夹",
    "FILE": "文件",
    "PATH": "路径",
    "TEXT": "文字",
    "INTEGER RANGE": "整数",
    "INTEGER": "整数",
    "DATE": "日期",
    "ADDRESS": "地址",
    "ITEM": "项目",
}
"""Kinds of values, as they stand behind an option."""
_SHOW_HELP = "显示这段说明。"
_OPTIONS, _COMMAND = "[选项]", "命令 [参数]..."
_WORD = re.compile("|".join(map(re.escape, sorted(VALUES, key=len, reverse=True))))
_MARKS = re.compile(r"\[(?P<marks>(?:default: |required|[0-9x]*<?=?x[<>]=?)[^\[\]]*)\]$")


class Formatter(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """``用法：notices build [选项] …``."""
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """``选项：``."""
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options and what they are for, aligned where a Chinese character is two wide."""
        known = [(value(term), told(text)) for term, text in rows]
        first = min(max((cells(term) for term, _ in known), default=0), col_max) + col_spacing
        room = max(self.width - self.current_indent - first, 20)
        for term, text in known:
            head = f"{'':>{self.current_indent}}{term}"
            beside = cells(term) + col_spacing <= first
            lines = _wrapped(text, room)
            pad = " " * (self.current_indent + first)
            if beside:
                self.write(f"{head}{' ' * (first - cells(term))}{lines.pop(0)}".rstrip() + "\n")
            else:
                self.write(f"{head}\n")
            self.write("".join(f"{pad}{line}\n" for line in lines))


def _wrapped(text: str, width: int) -> list[str]:
    """Lines no wider than ``width``; words of letters are not cut, and no line begins with a closing mark."""
    lines = [""]
    for piece in re.findall(r"[!-~]+ ?|.[，。、；：）］]*", text):
        if lines[-1] and cells(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


class Context(click.Context):
    """A command's run, whose help is set by :class:`Formatter`."""

    formatter_class = Formatter


def speak(command: click.Command) -> None:
    """Have a command, and those below it, speak Chinese."""
    command.context_class = Context
    command.options_metavar = _OPTIONS
    if isinstance(command, click.Group):
        command.subcommand_metavar = _COMMAND
        for below in command.commands.values():
            speak(below)


def value(term: str) -> str:
    """``--out PATH`` as ``--out 路径``; names of arguments and commands stay."""
    option, space, kind = term.partition(" ") if term.startswith("-") and "[" not in term else (term, "", "")
    while kind.startswith("-"):  # -o, --output PATH
        more, _, kind = kind.partition(" ")
        option += f" {more}"
    return f"{option}{space}{_WORD.sub(lambda match: VALUES[match[0]], kind)}"


def told(text: str) -> str:
    """What an option is for, with its default and what it must be in Chinese."""
    if text == "Show this message and exit.":
        return _SHOW_HELP
    return _MARKS.sub(lambda match: f"［{'；'.join(map(_mark, match['marks'].split('; ')))}］", text)


def _mark(mark: str) -> str:
    """``default: build``, ``required``, ``2016<=x<=2100``, ``x>=1``."""
    if mark == "required":
        return "必填"
    if mark.startswith("default: "):
        return f"不写则为 {mark.removeprefix('default: ').strip('()')}"
    low, high = re.search(r"(\d+)<=x|x>=(\d+)", mark), re.search(r"x<=(\d+)", mark)
    parts = (f"不小于 {next(filter(None, low.groups()))}" if low else "", f"不大于 {high[1]}" if high else "")
    return "，".join(filter(None, parts)) or mark
