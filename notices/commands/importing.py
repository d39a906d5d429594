"""``notices import SOURCE``: a notice nobody has seen becomes the draft of an edition."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from notices.commands import common
from notices.errors import Exit


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--id", "identity", required=True, help="发文机关的编号：小写字母和短横，如 jia-sheng。")
@click.option("--year", type=click.IntRange(2016, 2100), help="年度；不写则从标题和日期里读。")
@click.option("--name", default="", help="发文机关全称；不写则从落款和标题里读。")
@click.option("--checked", callback=common.day, help="核对原文的日期，如 2026-01-05；不写则是今天。")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="逐句去处写到文件：.html、.docx、.pdf、.xlsx、.md 或 .json。",
)
@click.option("--force", is_flag=True, help="已有同名的配置时，用新的草稿替换。")
@click.pass_context
def import_(
    context: click.Context,
    source: Path,
    *,
    identity: str,
    year: int | None,
    name: str,
    checked: dt.date | None,
    report: Path | None,
    force: bool,
) -> None:
    """把一份通知读成一个版本的草稿：写进 provinces/ID/年度.yaml，逐句说明去处。

    SOURCE 是 .docx、.pdf、.html 或 .txt；.doc、.wps 要装有 LibreOffice。不联网，不改原文件。
    """
    from notices import files
    from notices.importing import account
    from notices.importing.edition import Order, imported
    from notices.importing.state import Asked

    shelves = common.library(context)
    order = Order(identity, checked or dt.datetime.now(tz=dt.UTC).date(), Asked(year, name))
    made = imported(shelves, source, context.obj, order, force=force)
    for line in account.lines(made):
        click.echo(line)
    click.echo(made.path)
    if report is not None:
        files.write(report, account.written(shelves, made, report.suffix))
        click.echo(report)
    click.echo(f"接着：notices confirm {made.edition} 看待核对的；notices build {made.edition} 看样子", err=True)
    if made.verification.missed:
        context.exit(Exit.PROBLEMS)
