"""``roll``, ``confirm`` and ``lint-rules``: next year's edition, its open values, and what lint looks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notices.commands import common
from notices.errors import ProblemsError

if TYPE_CHECKING:
    from notices.api import Workspace


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
@click.option(
    "--accept", is_flag=True, help="确认沿用别的机关的这一条，或这一级（如 conditions）的全部；要写 --by 和 --on。"
)
@click.option("--by", help="谁确认沿用的。")
@click.option("--on", callback=common.day, help="哪天确认沿用的，如 2026-03-01。")
@click.option("--why", help="为什么沿用。")
@click.option(
    "--sheet", type=click.Path(path_type=Path, dir_okay=False), help="把没有定的各项写成一张 Excel 表，从不覆盖。"
)
@click.option("--from", "filled", type=click.Path(path_type=Path, dir_okay=False), help="读回填好的表，一次写进配置。")
@click.pass_context
def confirm(context: click.Context, /, edition: str, key: str | None, value: str | None, **options: Any) -> None:  # noqa: ANN401 - as click gives them
    """确认一项待定的值，或沿用别的机关的规定。

    只改这一处，注释、次序、缩进都不动。不写 KEY 则列出全部待定的值和没有确认的沿用。
    EDITION 如 guangxi@2025；KEY 如 papers.notice.number；VALUE 是确认的值。
    不写 YAML 的，用 --sheet 生成表，填好用 --from 读回：先全部核对，有一格不对就都不写。
    """
    workspace = common.workspace(context)
    signed = {name: options[name] for name in ("by", "on", "why") if options[name] is not None}
    alone = [name for name in ("sheet", "filled") if options[name]]
    if alone and (len(alone) > 1 or key or options["suggested"] or options["accept"] or signed):
        raise click.UsageError("--sheet 和 --from 只写一个，不和 KEY、别的选项一起写")
    if signed and not options["accept"]:
        raise click.UsageError("--by、--on、--why 和 --accept 一起写")
    if options["sheet"]:
        _sheet(workspace, edition, options["sheet"])
    elif options["filled"]:
        _filled(workspace, edition, options["filled"])
    elif options["accept"]:
        _accept(workspace, edition, key, value, suggested=options["suggested"], **signed)
    elif key is None:
        _open(workspace, edition)
    else:
        _settle(workspace, edition, key, value, suggested=options["suggested"])


def _open(workspace: Workspace, edition: str) -> None:
    from notices.renewal import accept
    from notices.renewal import confirm as confirming

    name, items = confirming.waiting(workspace.library, edition)
    try:
        taken = accept.undecided(workspace.library, name)
    except ProblemsError:
        taken = ()
        click.echo(f"{name} 还有错误，看不出沿用了什么：先运行 notices lint {name}", err=True)
    click.echo("\n".join(_listed(items)) if items else f"{name} 没有待定的值")
    if taken:
        click.echo(f"\n沿用 {taken[0].base}、没有人确认的 {len(taken)} 条：")
        for one in taken:
            click.echo(f"{one.key}  {one.what}  （{one.file}:{one.line}）\n    {one.text}")
        click.echo(
            f"原文有的补 cite，没有的写 null；沿用的：notices confirm {name} 编号 --accept --by 姓名 --on 日期",
            err=True,
        )


def _settle(workspace: Workspace, edition: str, key: str, value: str | None, *, suggested: bool) -> None:
    if (value is None) != suggested:
        raise click.UsageError("写上值，或用 --suggested 采用建议的值，两者取一；沿用别的机关的，用 --accept")
    done = workspace.confirm(edition, key, value)
    for remark in done.remarks:
        click.echo(f"请注意：{remark}", err=True)
    click.echo(f"{done.path}: {done.key} = {done.value}")
    click.echo(f"{done.edition} 还有 {len(done.open)} 项待定", err=True)


def _accept(
    workspace: Workspace,
    edition: str,
    key: str | None,
    value: str | None,
    *,
    suggested: bool,
    by: str = "",
    on: dt.date | None = None,
    why: str | None = None,
) -> None:
    if key is None or value is not None or suggested or not by.strip() or on is None:
        raise click.UsageError("确认沿用写成：notices confirm 版本 编号 --accept --by 姓名 --on 日期")
    done = workspace.accept(edition, key, by=by.strip(), on=on, why=why)
    for one in done.covered:
        click.echo(one)
    told = f"确认沿用 {len(done.covered)} 条，写进 {done.path}" if done.covered else f"{done.key} 早已确认，没有改动"
    click.echo(f"{told}；{done.edition} 还有 {len(done.open)} 条沿用没有确认", err=True)


def _sheet(workspace: Workspace, edition: str, path: Path) -> None:
    from notices import files

    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{path} 不是 .xlsx")
    if path.exists():
        raise click.UsageError(f"已经有 {path}，没有覆盖；填好的用 --from 读回，要新的换一个名字")
    files.write(path, workspace.open_sheet(edition))
    click.echo(path)


def _filled(workspace: Workspace, edition: str, path: Path) -> None:
    done = workspace.confirm_sheet(edition, path)
    for remark in done.remarks:
        click.echo(f"请注意：{remark}", err=True)
    for key in done.settled:
        click.echo(key)
    before = f"，{len(done.before)} 项早已如此" if done.before else ""
    told = f"写进 {done.path} {len(done.settled)} 项" if done.settled else "没有要改的"
    click.echo(f"{told}{before}，{done.empty} 行没有填；{done.edition} 还有 {done.open} 项没有定", err=True)


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
