"""``notices verify EDITION --source FILE``: does the source say what the profile says, and is anything left out?"""

from __future__ import annotations

from pathlib import Path

import click

from notices.commands import common
from notices.errors import Exit


@click.command()
@click.argument("edition")
@click.option(
    "--source",
    required=True,
    type=click.Path(path_type=Path),
    help="来源文件：.txt、.html、.docx 或 .pdf（要有文字，不能是扫描件）。",
)
@click.option("--all", "everything", is_flag=True, help="找到的事实也逐条列出（json 总是全列）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def verify(context: click.Context, edition: str, *, source: Path, everything: bool, as_json: bool) -> None:
    """逐条核对：配置里注明条款的事实，原文那一条款是不是这样写的；原文有没有漏掉的条款。

    EDITION 如 guangxi。数值、日期、名称、用语、否定一字不差才算找到，其余文字按重合的比例。有不符的，退出码是 1。
    """
    from notices.verify import tables

    report = common.workspace(context).edition(edition).verify(source)
    click.echo(common.json_text(tables.record(report)) if as_json else tables.text(report, everything=everything))
    if not report.sound:
        context.exit(Exit.PROBLEMS)
