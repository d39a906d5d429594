"""``roll``, ``confirm`` and ``lint-rules``: next year's edition, its open values, and what lint looks for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from notices.commands import common


@click.command()
@click.argument("edition")
@click.option("--to", required=True, type=click.IntRange(2016, 2100), help="续写成哪一年。")
@click.pass_context
def roll(context: click.Context, edition: str, to: int) -> None:
    """续写下一年的配置。

    继承上一版，列出不能照搬的每一项（日期、文号、联系人、依据、附件……），等待确认。
    EDITION 如 guangxi（取最近的一版）或 guangxi@2024。写到自己文件夹的 provinces/<id>/<年度>.yaml，从不覆盖。
    """
    made = common.workspace(context).roll(edition, to)
    click.echo(made.path)
    click.echo(f"{made.edition} 继承 {made.base.profile.edition}，有 {len(made.items)} 项待确认", err=True)
    for key, text in made.notes:
        click.echo(f"  另请核对：{key}：{text}", err=True)
    click.echo(f"接着：notices confirm {made.edition} 列出各项", err=True)


@click.command()
@click.argument("edition")
@click.argument("key", required=False)
@click.argument("value", required=False)
@click.option("--suggested", is_flag=True, help="采用建议的值。")
@click.pass_context
def confirm(context: click.Context, edition: str, key: str | None, value: str | None, *, suggested: bool) -> None:
    """确认一项待定的值。

    只改这一处，注释、次序、缩进都不动。不写 KEY 则列出全部待定的项。
    EDITION 如 guangxi@2025；KEY 如 papers.notice.number；VALUE 是确认的值。
    """
    from notices.renewal import confirm as confirming

    workspace = common.workspace(context)
    if key is None:
        name, items = confirming.waiting(workspace.library, edition)
        click.echo("\n".join(_listed(items)) if items else f"{name} 没有待定的值")
        return
    if (value is None) != suggested:
        raise click.UsageError("写上值，或用 --suggested 采用建议的值，两者取一")
    done = workspace.confirm(edition, key, value)
    for remark in done.remarks:
        click.echo(f"请注意：{remark}", err=True)
    click.echo(f"{done.path}: {done.key} = {done.value}")
    click.echo(f"{done.edition} 还有 {len(done.open)} 项待定", err=True)


def _listed(items: Iterable[dict[str, Any]]) -> Iterable[str]:
    words = {"was": "上一版", "suggest": "建议", "why": "原因"}
    for item in items:
        yield f"{item['key']}  {item['what']}  （{item['file']}:{item['line']}）"
        yield from (f"    {word}：{item[name]}" for name, word in words.items() if item[name])


@click.command("lint-rules")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到文件；不写则打印。")
def lint_rules(output: Path | None) -> None:
    """输出检查规则的说明。

    Markdown：编号、轻重、通过和不通过的例子。
    """
    from notices.lints.page import page

    common.tell(page(), output)
