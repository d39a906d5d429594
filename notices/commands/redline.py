"""``notices redline OLD NEW``: two editions, or two Word files, as one with tracked changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notices.commands import common
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.library import Library
from notices.profile.yamlfile import content

if TYPE_CHECKING:
    from notices.redline.make import Redline
    from notices.redline.resolve import Verdict

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
@click.option("--date", default=None, callback=common.day, help="修订的日期；不写则用新版本的成文日期。")
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
    existing: Verdict | None,
) -> None:
    """比对两个版本或两份 Word 文件，生成带修订标记的 Word，或花脸稿。

    OLD、NEW 是版本名（如 guangxi@2024）或 .docx 文件的路径。写出之前逐段核对：全部接受即新稿，全部拒绝即旧稿。
    """
    from notices import files
    from notices.redline import make

    form = wanted or _form(output)
    library = Library.at(context.obj)
    sides = [_side(library, name, kind) for name in (old, new)]
    path = output or Path("build") / f"redline-{_stem(old)}-{_stem(new)}.{form}"
    _spare_the_inputs(path, (old, new))
    made = make.redline(
        sides[0][1],
        sides[1][1],
        names=(sides[0][0], sides[1][0]),
        author=author or make.AUTHOR,
        date=str(date or sides[1][2] or make.DATE),
        existing=existing,
        front=summary,
    )
    files.write(path, _content(made, form, library, (sides[0][0], sides[1][0]), front=summary))
    click.echo(path)
    _tell(made)


def _form(output: Path | None) -> str:
    suffix = output.suffix.lower().lstrip(".") if output else "docx"
    if suffix not in FORMATS:
        raise click.BadParameter(f"-o 的扩展名要是 {'、'.join(FORMATS)} 之一，或用 --format 写明")
    return suffix


def _side(library: Library, name: str, kind: str) -> tuple[str, bytes, str]:
    """What a side is called, its bytes, and the day it was issued where that is known."""
    path = Path(name)
    if path.suffix.lower() in {".docx", ".doc", ".wps", ".docm", ".dotx"} or path.is_file():
        return _printable(path.name), content(path, _printable(path.name), MOST), ""
    return _edition(library, name, kind)


def _printable(name: str) -> str:
    """A file's name as it can be printed: a name need not be text."""
    return "".join(char if char.isprintable() or char == "\u3000" else "?" for char in name)


def _edition(library: Library, name: str, kind: str) -> tuple[str, bytes, str]:
    from notices.papers.coverage import checked
    from notices.rendering.renderer import Press

    edition = library.load(name)
    documents = {str(key): one.document for key, one in checked(library, edition).items()}
    said = edition.profile.edition
    if kind not in documents:
        raise NotFoundError(f"{said} 没有 {kind} 这种文件；现有：{'、'.join(documents)}（用 --kind 指定）")
    issued = next((paper.issued for key, paper in edition.profile.papers.items() if key == kind), None)
    day = issued.isoformat() if isinstance(issued, dt.date) else ""
    return f"{said} {kind}", Press(library, ("docx",)).bytes_of(documents[kind], "docx"), day


def _stem(name: str) -> str:
    return Path(name).stem if Path(name).suffix.lower() == ".docx" else name.replace("/", "-")


def _spare_the_inputs(path: Path, inputs: tuple[str, str]) -> None:
    if any(Path(name).exists() and path.exists() and path.samefile(name) for name in inputs):
        message, hint = "结果会盖掉要比对的文件，没有写", "用 -o 换一个文件名"
        raise ProblemsError([Problem(str(path), 0, 0, "", message, hint)])


def _content(made: Redline, form: str, library: Library, names: tuple[str, str], *, front: bool) -> bytes:
    if form == "docx":
        return made.content
    if form == "html":
        from notices.redline.page import page

        return page(made.view, made.summary, names, front=front)
    from notices.library import SHIPPED
    from notices.redline.paper import paper
    from notices.typeset.fonts import find_fonts

    folders = (*(root / "fonts" for root in library.roots), SHIPPED / ".fonts")
    return paper(made.view, made.summary, names, find_fonts(folders), front=front)


def _tell(made: Redline) -> None:
    """What changed, what the proof covered and what was not compared; on standard error, the path alone is output."""
    from notices.redline.summary import counted

    click.echo(f"{counted(made.tally)}；已核对 {made.proven} 段：全部接受即新稿，全部拒绝即旧稿", err=True)
    if made.remarks:
        click.echo("没有逐词比对的部分：", err=True)
        for remark in made.remarks:
            click.echo(f"  {remark}", err=True)
