"""``schema``, ``doctor`` and ``init``: what an office sets up once."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notices.commands import common
from notices.errors import Exit

if TYPE_CHECKING:
    from notices.app.workspace import Office


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


_ASKED = {
    "name": "发文机关全称（如 某某省工业和信息化厅）",
    "region": "辖区全称",
    "level": "名单的级别（名单名称里没有级别的，写 无）",
    "area": "下一级行政区在表里的称呼（如 市、市（州）、盟市）",
    "area_codes": "本辖区的电话区号（几个用顿号分开）",
    "addressees": "主送机关（几类用分号分开）",
}
"""What is asked on a terminal, by the option it stands for."""
_CHOSEN = {
    "verb": ("组织申报还是推荐", {"申报": "申报", "推荐": "推荐"}),
    "layout": ("通知用文件格式还是信函格式（函）", {"文件": "document", "信函": "letter"}),
}
"""What is chosen on a terminal: the question, and the options' values by what they are called; the first is usual."""
_YEARS = click.IntRange(2016, 2100)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--year", type=_YEARS, help="年度；不写则在终端上询问，不在终端上必须写。")
@click.option("--id", "identity", help="编号，小写字母和短横；不写则取文件夹名。已有的文件夹里加一个机关，用它。")
@click.option("--name", help="发文机关全称；从名称看得出的（辖区、级别、自称）不用再写。")
@click.option("--region", help="辖区全称，如 某某省。")
@click.option("--level", help="名单的级别，如 省级；名单名称里没有级别的写 无。")
@click.option("--area", help="下一级行政区在表里的称呼，如 市（州）。")
@click.option("--area-code", "area_codes", multiple=True, help="本辖区的电话区号；可写几次。")
@click.option("--addressee", "addressees", multiple=True, help="主送机关，一类一次；可写几次。")
@click.option("--verb", type=click.Choice(["申报", "推荐"]), help="组织申报还是推荐；不写是申报。")
@click.option("--layout", type=click.Choice(["document", "letter"]), help="文件格式还是信函格式；不写是文件。")
@click.pass_context
def init(context: click.Context, /, folder: Path, year: int | None, identity: str | None, **told: Any) -> None:  # noqa: ANN401 - as click gives them
    """新建自己的文件夹：一份带注释的配置，和放模板的地方；已有的文件夹里加一个机关。

    在终端里，没有写的逐项询问，回车是先不定；不在终端里，没有写的印成【待定：…】，最后列出。
    """
    from notices.app import workspace

    library = common.library(context)
    if year is None and not _terminal():
        raise click.UsageError("没有写年度：加 --year，如 --year 2026")
    year = year or click.prompt("年度（如 2026）", type=_YEARS, err=True)
    office = _office(identity or workspace.default_id(folder), told)
    made = workspace.create(folder, library, year, office)
    for path in made:
        click.echo(path)
    if office.missing:
        click.echo(f"没有写的，先作待定或空着：{'、'.join(office.missing)}", err=True)
    name = f"{office.identity}@{year}"
    click.echo(f"接着：notices --workspace {folder} confirm {name} 列出要定的各项（--sheet 写成一张表）", err=True)


def _office(identity: str, told: dict[str, Any]) -> Office:
    """What was said, what the name tells, and on a terminal what is answered."""
    from notices.app.workspace import Office, derived

    said = {name: value for name, value in told.items() if value}
    asking = _terminal()
    if asking and "name" not in said:
        said |= _answer("name", None)
    found = derived(said.get("name", ""))
    if found:
        words = {"region": "辖区", "level": "级别", "whole": "全辖区", "itself": "自称"}
        seen = "、".join(f"{words[name]} {value}" for name, value in found.items() if name not in said)
        click.echo(f"从名称看出：{seen}；不对的改配置里的 authority", err=True)
    for name in _ASKED if asking else ():
        if name not in said:
            said |= _answer(name, found.get(name))
    for name, (question, values) in _CHOSEN.items() if asking else ():
        if name not in said:
            usual = next(iter(values))
            said[name] = values[click.prompt(question, type=click.Choice(list(values)), default=usual, err=True)]
    return Office(identity, **found | said)


def _terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _answer(name: str, default: str | None) -> dict[str, Any]:
    """What is answered to one question; nothing where it is left open."""
    answer = click.prompt(_ASKED[name], default=default or "", show_default=bool(default), err=True).strip()
    if not answer:
        return {}
    marks = {"area_codes": "[、，, ]+", "addressees": "[；;]+"}
    return {name: tuple(filter(None, re.split(marks[name], answer))) if name in marks else answer}
