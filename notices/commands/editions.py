"""``list``, ``show`` and ``lint``: what editions there are, what they say, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from notices.commands import common
from notices.errors import Exit, ProblemsError


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """列出发文机关、年度版本、文件和待定事项。"""
    from notices.app import listing

    records, problems = common.workspace(context).listing()
    click.echo(common.json_text(records) if as_json else listing.text(records))
    if problems:
        raise ProblemsError(problems)


@click.command()
@click.argument("edition")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def show(context: click.Context, edition: str, *, as_json: bool) -> None:
    """显示一个版本的全部事实，及其原文条款。EDITION 如 guangxi 或 guangxi@2024。"""
    from notices.app import report

    found = common.workspace(context).edition(edition)
    records = found.facts()
    head = {"edition": found.name, "authority": found.profile.authority.named}
    whole = head | {"facts": records, "pending": found.pendings()}
    click.echo(common.json_text(whole) if as_json else report.facts_text(found.loaded, records))


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--read-since", callback=common.day, help="来源要在这一天以后核对过，如 2026-01-01。")
@click.pass_context
def lint(context: click.Context, paths: tuple[Path, ...], *, read_since: dt.date | None) -> None:
    """检查配置和模板，一次列出全部问题。PATH 是文件、文件夹或版本名；不写则检查全部。"""
    files, problems = common.workspace(context).lint(*paths, since=read_since)
    for problem in problems:
        click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(f"检查了 {len(files)} 个文件：{errors} 个错误，{len(problems) - errors} 个提醒", err=True)
    if errors:
        context.exit(Exit.PROBLEMS)
