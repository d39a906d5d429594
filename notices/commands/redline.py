"""``notices redline OLD NEW``: two editions, or two Word files, as one with tracked changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from notices.commands import common
from notices.errors import Problem, ProblemsError
from notices.library import Library
from notices.profile.yamlfile import content

if TYPE_CHECKING:
    from notices.app.redlining import RedlineShape, RedlineSide
    from notices.redline.make import Redline
    from notices.redline.resolve import Resolution

FORMATS = ("docx", "pdf", "html")
MOST = 100_000_000
"""Bytes of a file to compare."""


def _author(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not (value.strip() and value.replace("\u3000", "").isprintable()):
        raise click.BadParameter("作者不能为空，也不能有换行等不能打印的字符")
    return value


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件。")
@click.option(
    "--format",
    "wanted",
    type=click.Choice(FORMATS, case_sensitive=False),
    help="docx 带修订标记；pdf、html 为花脸稿。不写则看 -o 的扩展名，再不然是 docx。",
)
@click.option("--kind", default="notice", show_default=True, help="比对版本的哪种文件（notice、rules）。")
@click.option("--summary", is_flag=True, help="在前面加一页修改情况摘要。")
@click.option("--author", default=None, callback=_author, help="修订的作者。")
@click.option(
    "--date", default=None, callback=common.day, help="修订的日期；不写则用新版本的成文日期；比对 Word 文件时不写日期。"
)
@click.option(
    "--existing",
    type=click.Choice(("accept", "reject"), case_sensitive=False),
    help="文件里已有修订时：先全部接受，还是先全部拒绝。",
)
@click.pass_context
def redline(
    context: click.Context,
    old: str,
    new: str,
    *,
    output: Path | None,
    wanted: str | None,
    kind: str,
    summary: bool,
    author: str | None,
    date: dt.date | None,
    existing: Resolution | None,
) -> None:
    """比对两个版本或两份 Word 文件，生成带修订标记的 Word，或花脸稿。

    OLD、NEW 是版本名（如 guangxi@2024）或 .docx 文件的路径。
    写出之前逐段核对：全部接受得新稿的正文，全部拒绝得旧稿的正文。
    页眉页脚、页面设置、批注等不标修订，以新稿为准；哪些有不同，写完后列出。
    """
    from notices import files
    from notices.app import redlining

    form = cast("RedlineShape", wanted or _form(output))
    shelves = common.library(context)
    before, after = (_side(shelves, name, kind) for name in (old, new))
    path = output or Path("build") / f"redline-{_stem(old)}-{_stem(new)}.{form}"
    _spare_the_inputs(path, (old, new))
    made = redlining.compared(shelves, before, after, author=author, date=date, existing=existing, front=summary)
    files.write(path, made.write(form))
    click.echo(path)
    _tell(made.redline)


def _form(output: Path | None) -> str:
    suffix = output.suffix.lower().lstrip(".") if output else "docx"
    if suffix not in FORMATS:
        raise click.BadParameter(f"-o 的扩展名要是 {'、'.join(FORMATS)} 之一，或用 --format 写明")
    return suffix


def _side(library: Library, name: str, kind: str) -> RedlineSide:
    """A file of that name, else the paper of an edition of that name."""
    from notices.app import redlining

    path = Path(name)
    if path.suffix.lower() in {".docx", ".doc", ".wps", ".docm", ".dotx"} or path.is_file():
        return redlining.RedlineSide(_printable(path.name), content(path, _printable(path.name), MOST))
    return redlining.of_edition(library, name, kind)


def _printable(name: str) -> str:
    """A file's name as it can be printed: a name need not be text."""
    return "".join(char if char.isprintable() or char == "\u3000" else "?" for char in name)


def _stem(name: str) -> str:
    return Path(name).stem if Path(name).suffix.lower() == ".docx" else name.replace("/", "-")


def _spare_the_inputs(path: Path, inputs: tuple[str, str]) -> None:
    if any(Path(name).exists() and path.exists() and path.samefile(name) for name in inputs):
        message, hint = "结果会盖掉要比对的文件，没有写", "用 -o 换一个文件名"
        raise ProblemsError([Problem(str(path), 0, 0, "", message, hint)])


def _tell(made: Redline) -> None:
    """What changed, what the proof covered and what was not compared; on standard error, the path alone is output."""
    proven = (
        f"已核对 {made.proven} 段：全部接受得新稿的正文，全部拒绝得旧稿的正文（文字、段落样式、表格、注、域、图片）"
    )
    click.echo(f"{made.said}；{proven}", err=True)
    if made.remarks:
        others = [remark for remark in made.remarks if remark.differs]
        click.echo(
            "没有逐词比对、两件不同的部分（全部拒绝也不回到旧稿）：" if others else "没有逐词比对的部分：", err=True
        )
        for remark in others:
            click.echo(f"  {remark}", err=True)
        for remark in made.remarks:
            if not remark.differs:
                click.echo(f"  {remark}", err=True)
