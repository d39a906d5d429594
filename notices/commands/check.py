"""``notices check FILE...``: what is wrong with the page of any official paper; ``check-rules``: all rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from notices.commands import common
from notices.errors import Exit

if TYPE_CHECKING:
    from notices.app.inspecting import Checked, InspectionShape
    from notices.inspection.finding import FindingLevel

FORMATS = ("text", "json", "html", "docx")
LEVELS = ("must", "should", "note")


def _ids(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").replace("，", ",").split(",") if part.strip())


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "wanted",
    type=click.Choice(FORMATS, case_sensitive=False),
    help="docx 是在原文件的副本里逐处加批注。不写则看 -o 的扩展名，再不然显示在终端（text）。",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写到哪个文件；docx 不写则是 build/check-原文件名.docx。",
)
@click.option("--only", callback=_ids, help="只查哪几条，逗号分开，如 margin-top,title-break。")
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="note",
    show_default=True,
    help="最轻看到哪一级：must 必须改，should 应当改，note 供参考。",
)
@click.option("--rules", type=click.Path(path_type=Path), help="本机关自己的规定（YAML）：字体、边距，不查的规则。")
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    *,
    wanted: str | None,
    output: Path | None,
    only: tuple[str, ...],
    level: str,
    rules: Path | None,
) -> None:
    """检查公文的格式：哪一段，标准怎样规定，现在怎样，怎么改。

    FILE 是 .docx 或 .pdf；.doc、.wps、.rtf、.odt 要装有 LibreOffice。
    按 GB/T 9704-2012 查页面、行字、字体字号、版头、标题、层次、附件、署名日期、版记、页码，和标点、日期、数字的写法。
    有必须改的，退出码是 1。
    """
    from notices.app import inspecting

    shelves = common.library(context)
    form = _form(wanted, output, len(paths))
    found = [
        inspecting.checked(
            shelves, path.name, inspecting.content(path), rules=rules, only=only, level=cast("FindingLevel", level)
        )
        for path in paths
    ]
    if form == "docx":
        for path, one in zip(paths, found, strict=True):
            _comment(path, one, output)
    else:
        common.tell(inspecting.written(shelves, found, form).decode(), output)
    if not all(one.sound for one in found):
        context.exit(Exit.PROBLEMS)


def _form(wanted: str | None, output: Path | None, files: int) -> InspectionShape:
    form = cast("InspectionShape", common.shape(wanted, output, FORMATS))
    if form == "docx" and output is not None and files > 1:
        raise click.UsageError("几份文件各写一份批注本，不能用 -o 指定一个文件名；去掉 -o，写到 build/")
    return form


def _comment(path: Path, one: Checked, output: Path | None) -> None:
    from notices import files
    from notices.errors import Problem, ProblemsError

    target = output or Path("build") / f"check-{path.stem}.docx"
    if target.exists() and path.exists() and target.samefile(path):
        raise ProblemsError([Problem(str(target), 0, 0, "", "结果会盖掉要检查的文件，没有写", "用 -o 换一个文件名")])
    files.write(target, one.commented())
    click.echo(target)


@click.command("check-rules")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到文件；不写则打印。")
def check_rules(output: Path | None) -> None:
    """输出公文格式检查的规则，即 docs/check-rules.md。"""
    from notices.inspection.page import page

    common.tell(page(), output)
