"""``notices diff`` and ``notices matrix``: how the rules of two editions differ, and many beside each other."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notices.commands import common
from notices.compare.topics import TOPICS
from notices.library import Library
from notices.profile.yamlfile import content

if TYPE_CHECKING:
    from notices.compare.grid import Grid

FORMATS = ("text", "json", "md", "html", "docx", "pdf", "xlsx")
_PRINTED = frozenset({"text", "json", "md", "html"})
"""What goes to standard output when no file is named; the others are files."""
_WIDTH = 160
"""Columns where there is no terminal to ask."""


def _topics(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    wanted = tuple(part.strip() for part in (value or "").lower().replace("，", ",").split(",") if part.strip())
    if unknown := [part for part in wanted if part not in TOPICS]:
        known = "，".join(f"{key}（{name}）" for key, (name, _) in TOPICS.items())
        raise click.BadParameter(f"没有主题 {'、'.join(unknown)}；可用：{known}")
    return wanted


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options both commands have."""
    for option in (
        click.option("--topic", "topics", callback=_topics, help=f"只看哪些主题，逗号分开：{','.join(TOPICS)}。"),
        click.option(
            "--format",
            "wanted",
            type=click.Choice(FORMATS, case_sensitive=False),
            help="不写则看 -o 的扩展名，再不然显示在终端（text）。",
        ),
        click.option(
            "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件；不写则打印。"
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("left")
@click.argument("right")
@_options
@click.option("--all", "everything", is_flag=True, help="相同的规定也列出来（json 总是全列）。")
@click.pass_context
def diff(
    context: click.Context,
    left: str,
    right: str,
    *,
    topics: tuple[str, ...],
    wanted: str | None,
    output: Path | None,
    everything: bool,
) -> None:
    """逐条比较两个版本的规定：相同、有变化、从严、放宽、仅一边有。

    LEFT、RIGHT 如 guangxi jilin，或 guangxi@2024 guangxi@2025。按编号配对；结论从左看右。
    """
    from notices.compare import grid, records
    from notices.compare.editions import Shelf
    from notices.compare.topics import concerns

    form = _form(wanted, output)
    shelf = Shelf(common.library(context))
    here, there = shelf.sides((left, right))
    chosen = frozenset(topics)
    found = [
        change
        for change in shelf.diff(here, there)
        if any(concerns(side.facts[change.id], chosen) for side in (here, there) if change.id in side.facts)
    ]
    name = f"diff-{here.edition}-{there.edition}".replace("@", "-")
    _give(
        shelf.library,
        form,
        output or (None if form in _PRINTED else Path("build") / f"{name}.{form}"),
        lambda: records.changes(found),
        lambda: grid.of_diff(here, there, found, everything=everything),
    )


@click.command()
@click.argument("profiles", nargs=-1, metavar="[PROFILE]...")
@_options
@click.pass_context
def matrix(
    context: click.Context,
    profiles: tuple[str, ...],
    *,
    topics: tuple[str, ...],
    wanted: str | None,
    output: Path | None,
) -> None:
    """各地规定对照表：规定在行，发文机关在列，对照国家规定作标记。

    PROFILE 如 guangxi 或 guangxi@2024；不写则是每个发文机关最新的一版。
    """
    from notices.compare import grid, records
    from notices.compare.editions import Shelf
    from notices.compare.matrix import matrix as made

    form = _form(wanted, output)
    shelf = Shelf(common.library(context))
    names = profiles or tuple(dict.fromkeys(name.partition("@")[0] for name in shelf.editions))
    found = made(shelf, names, topics)
    _give(
        shelf.library,
        form,
        output or (None if form in _PRINTED else Path("build") / f"matrix.{form}"),
        lambda: records.matrix(found),
        lambda: grid.of_matrix(found),
    )


def _form(wanted: str | None, output: Path | None) -> str:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if wanted is None and output is not None and suffix not in FORMATS:
        raise click.UsageError(f"-o 的扩展名要是 {'、'.join(FORMATS[1:])} 之一，或用 --format 写明")
    return wanted or suffix or "text"


def _give(
    library: Library, form: str, path: Path | None, data: Callable[[], object], table: Callable[[], Grid]
) -> None:
    """Print the comparison, or write it to a file and print where."""
    if path is None:
        click.echo(_shown(library, form, data, table))
        return
    from notices import files

    content = _content(library, form, table) if form not in _PRINTED else f"{_shown(library, form, data, table)}\n"
    files.write(path, content.encode() if isinstance(content, str) else content)
    click.echo(path)


def _shown(library: Library, form: str, data: Callable[[], object], table: Callable[[], Grid]) -> str:
    if form == "json":
        return common.json_text(data())
    if form == "md":
        from notices.compare import markup

        return markup.write(table()).rstrip("\n")
    if form == "html":
        from notices.compare import web

        css, script = (_template(library, name).decode() for name in ("page.css", "page.js"))
        return web.write(table(), css, script).decode().rstrip("\n")
    from notices.compare import terminal

    there = sys.stdout.isatty()
    width = shutil.get_terminal_size((_WIDTH, 24)).columns if there else _WIDTH
    return terminal.text(table(), width, colour=there and not os.environ.get("NO_COLOR"))


def _content(library: Library, form: str, table: Callable[[], Grid]) -> bytes:
    if form == "xlsx":
        from notices.compare import sheet

        return sheet.write(table())
    from notices.compare import paper
    from notices.rendering.renderer import Press

    press = Press(library, (form,), common.font_folders(library))  # type: ignore[arg-type]
    return press.bytes_of(paper.document(table()), form)  # type: ignore[arg-type]


def _template(library: Library, name: str) -> bytes:
    from notices.errors import Problem, ProblemsError

    path = library.template(f"compare/{name}")
    if path is None:
        problem = Problem(f"templates/compare/{name}", 0, 0, "", "缺少这个模板", "重新安装，或从原处复制一份")
        raise ProblemsError([problem])
    return content(path, library.name_of(path))
