"""``fill`` and ``form-template``: attachments filled from data, and the sheet to collect it with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from notices.commands import common

if TYPE_CHECKING:
    from notices.document.blocks import Format


@click.command()
@click.argument("edition")
@click.argument("attachment")
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path),
    help="填报的数据：.yaml、.csv 或 .xlsx。",
)
@click.option("--table", help="CSV 填的是哪一个分表（编号或表名）。")
@click.option(
    "--format",
    "wanted",
    default="docx,pdf,xlsx",
    show_default=True,
    callback=common.formats,
    help=common.PRINTED,
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="写到哪个文件夹。"
)
@click.pass_context
def fill(
    context: click.Context,
    edition: str,
    attachment: str,
    *,
    data: Path,
    table: str | None,
    wanted: tuple[Format, ...],
    out: Path,
) -> None:
    """用数据填一份附件，写到 OUT/<id>-<year>/filled/。EDITION 如 guangxi；ATTACHMENT 是附件的编号或名称。"""
    from notices.app import fill
    from notices.forms.catalogue import Catalogue
    from notices.forms.data import reading
    from notices.rendering.renderer import Press

    shelves = common.library(context)
    sheet = Catalogue(shelves).sheet(shelves.load(edition), attachment)
    filled = reading.read(data, sheet, table)
    press = Press(shelves, wanted, shelves.font_folders)
    for path in fill.write(press, sheet, filled.records, out):
        click.echo(path)
    for warning in (*filled.warnings, *fill.warnings(press, sheet, filled.records)):
        click.echo(str(warning), err=True)


@click.command("form-template")
@click.argument("edition")
@click.argument("attachment")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写到哪个 .xlsx 文件。"
)
@click.option("--many", is_flag=True, help="一个单位一份的表，也排成一个单位一行，收集许多单位时用。")
@click.pass_context
def form_template(context: click.Context, edition: str, attachment: str, output: Path, *, many: bool) -> None:
    """生成填报用的 Excel 空表（带下拉选项、单位和说明），填好后用 notices fill 读回。"""
    from notices import files

    if output.suffix.lower() != ".xlsx":
        raise click.UsageError("空表是 Excel 文件，-o 要以 .xlsx 结尾")
    files.write(output, common.workspace(context).edition(edition).form(attachment, "xlsx", many=many))
    click.echo(output)
