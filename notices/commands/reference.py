"""``commands``: the reference of the command line, ``docs/commands.md``, made from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

from notices.commands import common
from notices.commands.chinese import told, value
from notices.errors import EXIT_MEANING

_HEAD = """# 命令

由 `notices commands -o docs/commands.md` 生成，不要手工修改。每个命令加 `-h` 显示同样的内容。

写在命令前面的选项：`notices --workspace 文件夹 命令`。
版本写 `编号`（取最近的、不是草稿的一版）或 `编号@年度`，`notices list` 列出全部。
"""


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到文件；不写则打印。")
@click.pass_context
def commands(context: click.Context, output: Path | None) -> None:
    """输出命令的说明，即 docs/commands.md。"""
    root = context.find_root().command
    assert isinstance(root, click.Group)  # noqa: S101 - the command line itself
    common.tell(page(root), output)


def page(root: click.Group) -> str:
    """``docs/commands.md``: every command with what it does, how it is called and its options."""
    listed = "\n".join(
        f"| [`{name}`](#{name}) | {_text(command)[0]} |" for name, command in sorted(root.commands.items())
    )
    exits = "\n".join(f"| {int(code)} | {meaning} |" for code, meaning in EXIT_MEANING.items())
    parts = [
        _HEAD,
        f"| 命令 | 做什么 |\n|---|---|\n{listed}\n",
        f"## 退出码\n\n| 退出码 | 意思 |\n|---|---|\n{exits}\n",
        f"## 写在命令前面的选项\n\n{_options(root, 'notices')}\n",
        *(_section(name, command) for name, command in sorted(root.commands.items())),
    ]
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    usage = " ".join(("notices", name, "[选项]", *_arguments(command)))
    said = "\n\n".join(_text(command))
    return f"## {name}\n\n{said}\n\n```\n{usage}\n```\n\n{_options(command, f'notices {name}')}\n"


def _text(command: click.Command) -> list[str]:
    """What a command says of itself, paragraph by paragraph, each on one line."""
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    return ["".join(_escaped(line) for line in paragraph.split("\n")) for paragraph in paragraphs]


def _arguments(command: click.Command) -> Iterator[str]:
    with click.Context(command) as context:
        yield from (one.make_metavar(context) for one in command.params if isinstance(one, click.Argument))


def _options(command: click.Command, name: str) -> str:
    rows = []
    with click.Context(command, info_name=name) as context:
        for one in command.params:
            record = one.get_help_record(context) if isinstance(one, click.Option) else None
            if record:
                rows.append(f"| `{value(record[0]).replace('|', chr(92) + '|')}` | {_escaped(told(record[1]))} |")
    return "\n".join(("| 选项 | 意思 |", "|---|---|", *rows)) if rows else "没有选项。"


def _escaped(text: str) -> str:
    """Text of help as Markdown means it."""
    return text.replace("|", r"\|").replace("<", r"\<").replace("*", r"\*")
