"""``schema``, ``doctor`` and ``init``: what an office sets up once."""

from __future__ import annotations

from pathlib import Path

import click

from notices.commands import common
from notices.errors import Exit


@click.command()
@click.option("--form", is_flag=True, help="附件表格（templates/forms/*.yaml）的，不是配置的。")
@click.option("--programme-file", "of_programme", is_flag=True, help="项目文件（templates/programmes/*.yaml）的。")
@click.option("--programme", help="哪个项目的配置（templates/programmes/ 里的文件名）；不写则是随程序提供的。")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到文件；不写则打印。")
@click.pass_context
def schema(
    context: click.Context, output: Path | None, programme: str | None, *, form: bool, of_programme: bool
) -> None:
    """输出配置、附件表格或项目文件的 JSON Schema，及让编辑器据此补全、检查的文件头。"""
    from notices import files, programmes
    from notices.app import schema as schemas
    from notices.app.schema import HEADER

    if form and of_programme:
        raise click.UsageError("--form 和 --programme-file 只写一个")
    library = common.library(context)
    kind = programmes.load(library, programme) if programme else programmes.shipped(library)
    made = schemas.form_schema(kind) if form else schemas.schema(kind)
    text = common.json_text(schemas.programme_schema() if of_programme else made)
    if output is None:
        click.echo(text)
    else:
        files.write(output, f"{text}\n".encode())
    path = output or ("schema.json" if form or of_programme else "../schema.json")
    click.echo(f"写在 YAML 第一行：{HEADER.format(path=path)}", err=True)


@click.command("template-names")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到文件；不写则打印。")
def template_names(output: Path | None) -> None:
    """输出模板里可以用的名称：值和函数，各印出什么。"""
    from notices.app.names import page

    common.tell(page(), output)


@click.command("profile-keys")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到文件；不写则打印。")
@click.pass_context
def profile_keys(context: click.Context, output: Path | None) -> None:
    """输出配置里每一个键的说明和例子。"""
    from notices.app.keys import page

    common.tell(page(common.library(context)), output)


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """检查程序库和字体：每种字体用的是哪一个，缺什么、用什么代替。"""
    from notices.app.doctor import examine

    report, healthy = examine(common.library(context).font_folders)
    click.echo(report)
    if not healthy:
        context.exit(Exit.ENVIRONMENT)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--year", type=click.IntRange(2016, 2100), help="年度；不写则取自带配置中最近的一年。")
@click.pass_context
def init(context: click.Context, folder: Path, year: int | None) -> None:
    """新建自己的文件夹：一份带注释的配置，和放模板的地方。"""
    from notices.app.workspace import create

    library = common.library(context)
    identities = {name.partition("@")[0] for name in library.editions()}
    latest = max(int(library.settled(identity)[-1].partition("@")[2]) for identity in identities)
    for path in create(folder, library, year or latest):
        click.echo(path)
    click.echo(f"接着：编辑 provinces/ 里的 YAML，再运行 notices --workspace {folder} lint", err=True)
