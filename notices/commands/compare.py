"""``notices diff`` and ``notices matrix``: how the rules of two editions differ, and many beside each other."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from notices.commands import common
from notices.reports import table as reports

if TYPE_CHECKING:
    from notices.app.comparison import ComparisonShape, Difference, Overview

FORMATS = ("text", "json", *reports.FORMATS)
_WIDTH = 160
"""Columns where there is no terminal to ask."""


def _topics(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").lower().replace("，", ",").split(",") if part.strip())


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options both commands have."""
    for option in (
        click.option(
            "--topic",
            "topics",
            callback=_topics,
            help="只看哪些主题，逗号分开，如 thresholds,deadlines；写错时列出全部。",
        ),
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
    form = cast("ComparisonShape", common.shape(wanted, output, FORMATS))
    found = common.workspace(context).diff(left, right, topics, everything=everything)
    for warning in found.warnings if form == "json" or output else ():
        click.echo(warning, err=True)
    _give(found, form, output)


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
    form = cast("ComparisonShape", common.shape(wanted, output, FORMATS))
    _give(common.workspace(context).matrix(*profiles, topics=topics), form, output)


def _give(found: Difference | Overview, form: ComparisonShape, output: Path | None) -> None:
    """Print the comparison, or write it to a file and print where."""
    from notices import files
    from notices.app.comparison import PRINTED

    path = output or (None if form in PRINTED else Path("build") / f"{found.name}.{form}")
    if path is None:
        click.echo(_on_terminal(found) if form == "text" else found.shown(form))
        return
    files.write(path, found.write(form))
    click.echo(path)


def _on_terminal(found: Difference | Overview) -> str:
    there = sys.stdout.isatty()
    width = shutil.get_terminal_size((_WIDTH, 24)).columns if there else _WIDTH
    return found.text(width, colour=there and not os.environ.get("NO_COLOR"))
