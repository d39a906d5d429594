"""``build``: papers, attachments and bundles to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notices.commands import common

if TYPE_CHECKING:
    from notices.document.blocks import Format

_KINDS = {"papers": ("notice", "rules"), "all": ("notice", "rules", "forms")}


@click.command()
@click.argument("profiles", nargs=-1, metavar="[PROFILE]...")
@click.option("--all", "everything", is_flag=True, help="全部版本。")
@click.option(
    "--kind",
    type=click.Choice(["papers", "notice", "rules", "forms", "all"], case_sensitive=False),
    default="papers",
    show_default="papers：通知和细则",
    help="哪种文件：通知、细则、附件（forms），或全部。",
)
@click.option("--bundle", is_flag=True, help="另把通知和全部附件合订成一份。")
@click.option(
    "--format",
    "formats",
    default="docx,pdf,xlsx",
    show_default=True,
    callback=common.formats,
    help=common.PRINTED,
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="写到哪个文件夹。"
)
@click.option("--final", is_flag=True, help="定稿：还有待定的值或检查错误就不生成，并逐项列出。")
@click.option("--sealed", is_flag=True, help="署名处留出盖章的位置（不画印章）。")
@click.option("--imprint-even", "even", is_flag=True, help="双面印刷：版记放在偶数页；因此空出的一页和版记页不编页码。")
@click.option("--annotated", is_flag=True, help="另附一份 Word 批注本：每一段出自哪条事实、原文哪一条款、配置哪一行。")
@click.pass_context
def build(
    context: click.Context,
    profiles: tuple[str, ...],
    *,
    everything: bool,
    kind: str,
    bundle: bool,
    formats: tuple[Format, ...],
    out: Path,
    sealed: bool,
    even: bool,
    final: bool,
    annotated: bool,
) -> None:
    """生成公文和附件，写到 OUT/<id>-<year>/（附件在其中的 forms/），并写 OUT/manifest.json。"""
    from notices.app import build as builder
    from notices.rendering.renderer import Press

    if not profiles and not everything:
        raise click.UsageError("要生成哪个版本？写上名称（notices list 列出全部），或用 --all")
    library = common.library(context)
    kinds: list[Any] = [*_KINDS.get(kind, (kind,)), *(["bundle"] if bundle else [])]
    wanted = builder.jobs(library, () if everything else profiles, kinds, even=even)
    if not any(job.outputs(formats, library) for job in wanted):
        raise click.UsageError(f"{'、'.join(formats)} 只用于汇总表一类的附件；加 --kind forms，或用 docx、pdf")
    if final:
        from notices.app.final import assure

        assure(library, wanted)
    press = Press(library, formats, library.font_folders)
    with common.progress(len(wanted)) as step:
        made = [step(one) for one in builder.build(press, wanted, out, sealed=sealed, notes=annotated)]
    for one in made:
        for path in one.files:
            click.echo(path)
    for warning in (note for one in made for note in one.warnings):
        click.echo(str(warning), err=True)
    common.tell_renamed(library, *{job.edition.profile.edition: job.edition for job in wanted}.values())
    for name, waiting in builder.waiting(made).items():
        listing = "、".join(f"{what}（{count} 处）" if count > 1 else what for what, count in waiting.items())
        click.echo(f"{name} 有 {sum(waiting.values())} 项待定：{listing}", err=True)
