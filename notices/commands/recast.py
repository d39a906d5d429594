"""``notices typeset FILE``: any text on the official page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from notices.commands import common
from notices.errors import Problem, ProblemsError
from notices.writers.table import FORMATS, TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notices.document.blocks import Format
    from notices.inspection.parts import Placed
    from notices.recast.build import LayoutWish
    from notices.redline.resolve import Resolution


def _formats(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[Format, ...]:
    """The formats that were asked for; none where the name of the output says it."""
    if value is None:
        return ()
    wanted = common.formats(context, parameter, value)
    if TABLES in wanted:
        raise click.BadParameter(f"{TABLES} 只用于表格；用 docx、pdf")
    return wanted


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件；不写则在原文件旁。"
)
@click.option(
    "--format",
    "formats",
    callback=_formats,
    help="docx、pdf，可写几种，用逗号隔开；不写则看 -o 的扩展名，再不然是 docx。",
)
@click.option(
    "--parts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="各段是哪个要素：没有这个文件就写一份，有就照它排；改好再运行一次。",
)
@click.option("--mark", multiple=True, help="原文没有的发文机关标志；联合行文写几次，每次一行。")
@click.option("--number", default="", help="原文没有的发文字号。")
@click.option(
    "--layout",
    type=click.Choice(("document", "letter", "plain"), case_sensitive=False),
    help="版式：文件、信函，或没有版头和版记；不写则看原文。",
)
@click.option("--sealed", is_flag=True, help="署名处留出盖章的位置（不画印章）。")
@click.option("--punctuation", is_flag=True, help="半角标点改全角，文号用〔〕，逐处列出；不写则一个标点也不改。")
@click.option(
    "--existing",
    type=click.Choice(("accept", "reject"), case_sensitive=False),
    help="文件里已有修订时：先全部接受，还是先全部拒绝。",
)
@click.option("--leave-out", is_flag=True, help="版面放不下的（公式、图表、页眉文字等）不要了；不写则列出，不生成。")
@click.pass_context
def typeset(
    context: click.Context,
    source: Path,
    *,
    output: Path | None,
    formats: tuple[Format, ...],
    parts: Path | None,
    mark: tuple[str, ...],
    number: str,
    layout: LayoutWish | None,
    sealed: bool,
    punctuation: bool,
    existing: Resolution | None,
    leave_out: bool,
) -> None:
    """把一份现成的文字排成 GB/T 9704-2012 的公文。

    FILE 是 .docx、.md 或 .txt；.doc、.wps 要装有 LibreOffice。先认出每一段是哪个要素，列出把握有多大，再排版；
    写出之前逐字核对，一个字也不会少。不改原文件，不运行其中的宏，不联网。
    """
    from notices import files
    from notices.app import recasting
    from notices.profile.yamlfile import content
    from notices.recast import account, sidefile
    from notices.recast.build import Given
    from notices.recast.make import Wishes

    name = "".join(char if char.isprintable() else "?" for char in source.name)
    paths = _paths(source, output, formats)
    wishes = Wishes(Given(mark, number.strip(), layout, sealed), existing, punctuation, leave_out)
    seen: list[Placed] = []

    def correct(placed: Sequence[Placed]) -> tuple[Placed, ...]:
        seen.extend(placed)
        return sidefile.corrected(parts, parts.name, placed) if parts and parts.exists() else tuple(placed)

    try:
        shelves, data = common.library(context), content(source, name)
        made = recasting.typeset(shelves, name, data, formats=tuple(paths), wishes=wishes, correct=correct)
    finally:
        if parts and seen and not parts.exists():
            files.write(parts, sidefile.written(name, seen))
            click.echo(f"各段的要素写在 {parts}，改好再运行一次", err=True)
    for form, path in paths.items():
        files.write(path, made.files[form])
        click.echo(path)
    click.echo(account.paragraphs(made.recast), err=True)
    for line in account.lines(made.recast):
        click.echo(line, err=True)
    order = f"版头、版记的 {made.moved} 段移到了各自的位置" if made.moved else "次序不变"
    whole = "除上面没有排入的，其余" if any(one.lost for one in made.recast.leavings) else "原文共"
    click.echo(f"已核对：{whole} {made.proven:,} 字（空格、空行不计），一字不少，{order}", err=True)


def _paths(source: Path, output: Path | None, formats: Sequence[Format]) -> dict[Format, Path]:
    """Where each format goes; never over the file it is made of. Without formats the output's name says which."""
    ending = output.suffix.lower().lstrip(".") if output else ""
    formats = formats or ((ending,) if ending in FORMATS else ("docx",))
    base = output or source.with_name(f"{source.stem}-公文.docx")
    named = output is not None and output.suffix.lower().lstrip(".") in formats
    stem = base.with_suffix("") if named or output is None else base
    paths = {form: stem.with_name(f"{stem.name}.{form}") for form in formats}
    if any(path.exists() and path.samefile(source) for path in paths.values()):
        raise ProblemsError([Problem(str(source), 0, 0, "", "结果会盖掉原文件，没有写", "用 -o 换一个文件名")])
    return paths
