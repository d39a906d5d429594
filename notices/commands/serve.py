"""``notices serve``: the workbench in the browser; ``notices user``: who may come in."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from notices.library import SHIPPED


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="在哪个地址上开；别的机器要能打开就写本机的地址。")
@click.option("--port", type=click.IntRange(0, 65535), help="端口；不写则用 8765，被占用则往后找。")
@click.option("--users", type=click.Path(path_type=Path, dir_okay=False), help="账号文件；用 notices user 建立。")
@click.option(
    "--certificate", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="HTTPS 的证书（PEM）。"
)
@click.option(
    "--private-key", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="HTTPS 的私钥（PEM）。"
)
@click.option("--name", "names", multiple=True, help="这台机器的名称，如 gongzuotai.local；可写几次。")
@click.option("--workers", type=click.IntRange(1, 64), help="几个进程干活；不写则每个处理器一个。")
@click.option("--browser/--no-browser", default=True, show_default=True, help="启动后打开浏览器。")
@click.pass_context
def serve(
    context: click.Context,
    *,
    host: str,
    port: int | None,
    users: Path | None,
    certificate: Path | None,
    private_key: Path | None,
    names: tuple[str, ...],
    workers: int | None,
    browser: bool,
) -> None:
    """工作台：在浏览器里拟通知、核对申报、比较各地规定。

    在自己的机器上直接用；一个处室合用一台机器时，用 --host 写这台机器的地址，用 --users 写账号文件。
    改动写进当前文件夹（--workspace）；没有 provinces/ 的文件夹先用 notices init 建。
    """
    from notices.workbench.serve import Wanted
    from notices.workbench.serve import serve as run

    folder = context.obj.resolve()
    own = folder if folder != SHIPPED else None
    wanted = Wanted(own, host, port, users, certificate, private_key, names, workers)
    run(wanted, click.echo, _shown if users is None and browser else None)


def _shown(address: str) -> None:
    """Open the browser; where there is none the address on the terminal will do."""
    webbrowser.open(address)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(("reads", "drafts", "issues")),
    default="reads",
    show_default=True,
    help="查看（reads）、拟稿（drafts）、签发（issues）。",
)
@click.option("--remove", is_flag=True, help="删去这个账号。")
def user(file: Path, name: str, *, role: str, remove: bool) -> None:
    """工作台的账号：写入或删去一个，密码在终端上问。"""
    from notices.workbench.guard import users

    if remove:
        users.strike(file, name)
        click.echo(f"{file}：删去 {name}")
        return
    password = click.prompt("密码", hide_input=True, confirmation_prompt="再写一次")
    users.put(file, name, role, password)  # type: ignore[arg-type]
    click.echo(f"{file}：{name}（{users.ROLES[role]}）")  # type: ignore[index]
