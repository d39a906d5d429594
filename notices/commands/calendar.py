"""``notices calendar EDITION``: the whole chain of a year, on the terminal, for a calendar program, as a picture."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from notices.commands import common
from notices.reports import table as reports

if TYPE_CHECKING:
    from notices.app.yearplan import PlanShape

FORMATS = ("text", "json", "ics", *reports.FORMATS)


def _given(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, dt.date]:
    found: dict[str, dt.date] = {}
    for value in values:
        key, equals, date = value.partition("=")
        if not equals:
            raise click.BadParameter(f"写成 环节编号=日期 的样子（county=2025-05-20），不是 {value}")
        if key in found:
            raise click.BadParameter(f"{key} 写了两次")
        found[key] = common.date(date)
    return found


@click.command()
@click.argument("edition")
@click.argument("given", nargs=-1, metavar="[KEY=DATE]...", callback=_given)
@click.option(
    "--submission",
    callback=common.day,
    metavar="DATE",
    help="市级报送省级的日期（国家版本：省级报送国家）。",
)
@click.option("--as-of", callback=common.day, metavar="DATE", help="从哪一天看：还有多少个工作日。")
@click.option(
    "--format",
    "wanted",
    type=click.Choice(FORMATS, case_sensitive=False),
    help="不写则看 -o 的扩展名，再不然显示在终端（text）。",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件。")
@click.pass_context
def calendar(
    context: click.Context,
    edition: str,
    given: dict[str, dt.date],
    *,
    submission: dt.date | None,
    as_of: dt.date | None,
    wanted: str | None,
    output: Path | None,
) -> None:
    """全年日程：第三方、企业、县、市、省、工信部、公示、动态管理表；没有规定的日期按工作日倒排。

    EDITION 如 guangxi；KEY=DATE 指定一个环节的日期（编号见表），其余的重排。没有规定、推算出来的标（建议）。
    """
    from notices import files
    from notices.app import yearplan

    form = cast("PlanShape", common.shape(wanted, output, FORMATS))
    found = common.workspace(context).edition(edition)
    if submission:
        key = yearplan.own_step(found.loaded)
        if key in given:
            raise click.BadParameter(f"--submission 和 {key}=… 是同一个环节，只写一个")
        given[key] = submission
    made = found.calendar(given, as_of)
    common.tell_renamed(found.library, found.loaded)
    common.tell_undecided(found.library, found.loaded)
    if output is None and form in yearplan.PRINTED:
        click.echo(made.shown(form))
        return
    path = output or Path("build") / f"{made.name}.{form}"
    files.write(path, made.write(form))
    click.echo(path)
    for warning in made.plan.warnings:
        click.echo(f"请注意：{warning}", err=True)
