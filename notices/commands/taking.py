"""``notices take FILE EDITION``: what a Word file that went round the office says otherwise, into the profile."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from notices.commands import common
from notices.errors import Exit
from notices.profile.yamlfile import content

if TYPE_CHECKING:
    from notices.api import Workspace
    from notices.profile import PaperKind
    from notices.taking.take import Taken

FORMATS = ("text", "json", "html")
_WIDTH = 140
"""Columns of a text."""


@click.command()
@click.argument("returned", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("edition")
@click.option("--apply", "applied", is_flag=True, help="写进配置；不写这一项，在终端上逐处问，别处只列出。")
@click.option("--kind", default="notice", show_default=True, help="改的是哪种文件（notice、rules）。")
@click.option(
    "--format",
    "wanted",
    type=click.Choice(FORMATS, case_sensitive=False),
    help="不写则看 -o 的扩展名，再不然显示在终端（text）。",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="清单写到哪个文件；不写则打印。")
@click.pass_context
def take(
    context: click.Context,
    returned: Path,
    edition: str,
    *,
    applied: bool,
    kind: str,
    wanted: str | None,
    output: Path | None,
) -> None:
    """改稿取回：把传阅改过的 Word 文件里的改动，写回生成它的配置。

    FILE 是改过的 .docx（.doc、.wps 要装有 LibreOffice），EDITION 如 guangxi@2025。逐处列出原来、改成、写进配置哪里；
    每一处都重新生成文件核对过。改了约束的话（不得、应当、前……）的另外标出。取不回的列出原因，退出码是 1。
    只写自己文件夹里的配置；注释、次序不动。
    """
    workspace = common.workspace(context)
    form = common.shape(wanted, output, FORMATS)
    name = "".join(char if char.isprintable() else "?" for char in returned.name)
    data = content(returned, name)
    done = workspace.take(data, edition, cast("PaperKind", kind), name=name)
    asking = not applied and form == "text" and output is None and done.taken and _terminal()
    _give(workspace, done, form, output)
    if asking:
        done = _chosen(workspace, done, data)
    if (applied or asking) and done.taken:
        workspace.apply(done)
        click.echo(f"已写进 {done.own.name}（{len(done.taken)} 处）", err=True)
        for one in done.weighty:
            click.echo(f"请核对约束的话：{one.where} {one.weight}", err=True)
    elif applied or asking:
        click.echo("没有要写的", err=True)
    elif done.taken:
        click.echo("还没有写；加 --apply 写进配置", err=True)
    if not done.whole:
        context.exit(Exit.PROBLEMS)


def _terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _give(workspace: Workspace, done: Taken, form: str, output: Path | None) -> None:
    from notices import files
    from notices.reports import table, terminal
    from notices.taking import page

    if form == "json":
        made = common.json_text(page.records(done))
    elif form == "text":
        made = terminal.text(page.report(done), _WIDTH)
    else:
        from notices.rendering.renderer import Press

        means = Press(workspace.library, ("html",), workspace.library.font_folders).means
        made = table.written(page.report(done), "html", means).decode()
    if output is None:
        click.echo(made.rstrip("\n"))
        return
    files.write(output, f"{made.rstrip(chr(10))}\n".encode())
    click.echo(output)


def _chosen(workspace: Workspace, done: Taken, data: bytes) -> Taken:
    """Ask of each change; what is declined is left out, the rest proven again and, where it differs, asked again."""
    declined: list[tuple[object, ...]] = []
    while refused := list(_refused(done)):
        shown = {(one.name, one.writes) for one in done.taken}
        declined += refused
        done = workspace.take(data, done.edition, done.kind, name=done.source, declined=declined)
        if {(one.name, one.writes) for one in done.taken} <= shown:
            break
        click.echo("\n余下的要换一种写法，再逐处问一遍：")
    return done


def _refused(done: Taken) -> Iterator[tuple[object, ...]]:
    """The names of the changes somebody does not want; those that change what binds are asked about in any case."""
    from notices.taking import page

    rest = ""
    for number, change in enumerate(done.taken, 1):
        if rest == "q":
            yield change.name
        if rest == "q" or (rest == "a" and not change.weight):
            continue
        click.echo(f"\n{number}/{len(done.taken)} {change.where}：{change.change}")
        if change.weight:
            click.echo(f"    约束的话变了：{change.weight}")
        for one in change.writes:
            click.echo(f"    {page.told(one)}")
        question = "写进配置？y 写、n 不写、a 余下的都写（改约束的仍逐处问）、q 到此为止"
        answer = click.prompt(question, type=click.Choice(list("ynaq")), default="y")
        if answer in {"n", "q"}:
            yield change.name
        rest = answer if answer in {"a", "q"} else rest
