"""``checklist`` and ``applicant-template``: what an applicant must have, for one and for ten thousand."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notices.commands import common
from notices.errors import Exit, MissingPartError, Problem

if TYPE_CHECKING:
    from notices.app.judging import Files
    from notices.checklist.batch.job import Desk
    from notices.checklist.batch.joint import JointSummary, JudgedPart
    from notices.checklist.batch.run import Result
    from notices.checklist.batch.summary import RunSummary
    from notices.checklist.intake import Intake
    from notices.document.blocks import Format

_MOST_TOLD = 50
"""Problems told one by one on the terminal; the summary has them all."""


@click.command()
@click.argument("edition")
@click.option(
    "--category",
    "categories",
    multiple=True,
    help="类别的编号或名称，可以写几次；不写则是本版本开展的全部类别。写错时列出可用的。",
)
@click.option("--level", help="名单的层级：national、province、city；不写则是发文机关自己的。")
@click.option("--as-of", "as_of", callback=common.day, help="按哪一天判断，如 2024-05-31；不写则按申报截止日。")
@click.option(
    "--applicant",
    "applicants",
    multiple=True,
    type=click.Path(path_type=Path),
    help="申报单位的情况：.yaml、.xlsx 或 .csv，一家或许多家；几个类别的，一个类别一个，或者一个文件、填了申报类别。",
)
@click.option("--explain", "item", metavar="ITEM", help="说明某一项为什么这样判断（编号或名称）；不写文件。")
@click.option(
    "--format",
    "wanted",
    default="docx,pdf",
    show_default=True,
    callback=common.formats,
    help=common.PRINTED,
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="写到哪个文件夹。"
)
@click.option("--summary-only", is_flag=True, help="许多家时只做汇总，不给每家做清单。")
@click.option("--jobs", type=click.IntRange(1), help="用几个进程；不写则用全部处理器。")
@click.option("--scheduler", metavar="ADDRESS", help="在 Dask 集群上做，如 tcp://10.0.0.5:8786。")
@click.option("--resume", is_flag=True, help="接着上次没做完的做；数据改了的单位重做。")
@click.pass_context
def checklist(
    context: click.Context,
    edition: str,
    *,
    categories: tuple[str, ...],
    level: str | None,
    as_of: dt.date | None,
    applicants: tuple[Path, ...],
    item: str | None,
    wanted: tuple[Format, ...],
    out: Path,
    summary_only: bool,
    jobs: int | None,
    scheduler: str | None,
    resume: bool,
) -> None:
    """申报核对清单：空白的，或按申报单位的情况逐项判断。EDITION 如 guangxi 或 guangxi@2024。

    只有一家时写一份清单；许多家时每家一个文件夹，另有汇总（summary.xlsx、.html、.pdf）。没有填写的一律待核，不当作符合。

    几个类别的，每个类别照只做这一个类别那样做；另有一份合在一起、按地区和类别的汇总，在 checklist 文件夹。
    """
    from notices.app import judging

    _fitting(categories, applicants, item)
    formats = () if item or (summary_only and applicants) else wanted
    desks = judging.desks(
        common.library(context), context.obj, edition, categories, as_of=as_of, level=level, formats=formats
    )
    common.tell_renamed(desks[0].library, desks[0].edition)
    common.tell_undecided(desks[0].library, desks[0].edition)
    work = _Work(out, "pdf" in wanted, jobs, scheduler, resume)
    if not applicants:
        for desk in desks:
            _write(_place(desk, out), desk.files())
        return
    if item:
        data, whole = [judging.read(desks[0], applicants[0])], True
        click.echo("\n\n".join(judging.explained(desks[0], data[0], item)))
    elif len(desks) > 1:
        data, whole = work.several(desks, applicants)
    else:
        data, whole = work.alone(desks[0], judging.read(desks[0], applicants[0]), summary_only=summary_only)
    _complain(data)
    if any(one.problems for one in data):
        context.exit(Exit.PROBLEMS)
    if not whole:
        context.exit(Exit.ENVIRONMENT)


def _fitting(categories: tuple[str, ...], applicants: tuple[Path, ...], item: str | None) -> None:
    """See that what is asked for fits together.

    Raises:
        click.UsageError: it does not; the message says how it would.
    """
    if item and not applicants:
        raise click.UsageError("--explain 要和 --applicant 一起用：说明哪一家的")
    if item and len(categories) != 1:
        raise click.UsageError("--explain 要写明一个 --category：同一编号在各类别里说的不同")
    if len(applicants) > 1 and len(applicants) != len(categories):
        message = (
            "几个 --applicant 的，各写一个 --category，次序相同；收在一个文件里的，每行填申报类别，只写一个 --applicant"
        )
        raise click.UsageError(message)


@dataclass(frozen=True)
class _Work:
    """How a run over applicants is done, and where to."""

    out: Path
    pdf: bool
    jobs: int | None
    scheduler: str | None
    resume: bool

    def alone(self, desk: Desk, data: Intake, *, summary_only: bool) -> tuple[list[Intake], bool]:
        """One category: a checklist where there is one applicant, else a run; whether every file could be made."""
        if len(data.applicants) + len(data.refused) == 1 and not summary_only:
            _one(desk, data, self.out)
            return [data], True
        part, whole = self._part(desk, data)
        return [part.data], whole

    def several(self, desks: Sequence[Desk], paths: Sequence[Path]) -> tuple[list[Intake], bool]:
        """Categories one after another, of a file each or of one they share; then the sum of them all."""
        from notices.app import judging

        given = (
            judging.shared(desks, paths[0])
            if len(paths) == 1
            else ((desk, judging.read(desk, path)) for desk, path in zip(desks, paths, strict=True))
        )
        done = [self._part(desk, data) for desk, data in given]
        parts = [part for part, _ in done]
        told, made, lacking = judging.joined(parts, pdf=self.pdf)
        whole = _sum(_place(parts[0].desk, self.out).with_name("checklist"), told, made, lacking)
        return [part.data for part in parts], whole and all(one for _, one in done)

    def _part(self, desk: Desk, data: Intake) -> tuple[JudgedPart, bool]:
        from notices.app import judging
        from notices.checklist.batch.joint import JudgedPart

        result = self._run(desk, data)
        data = replace(data, applicants=())  # they are judged, and take room
        told, made, lacking = judging.summed(desk, data, result, pdf=self.pdf)
        whole = _sum(_place(desk, self.out), told, made, lacking)
        _remarks(result, len(data.refused))
        return JudgedPart(desk, data, result, told), whole

    def _run(self, desk: Desk, data: Intake) -> Result:
        from notices.checklist.batch import executor
        from notices.checklist.batch.run import How, run

        folder = _place(desk, self.out)
        if not self.resume and (folder / "journal.jsonl").exists():
            click.echo("上次做过的全部重做；要接着做、只做改动的，加 --resume", err=True)
        alone = 0 if desk.press.formats else 1  # judging takes less time than handing it to another process
        how = How(self.jobs or alone or executor.cores(), self.scheduler, self.resume)
        with _progress(len(data.applicants)) as step:
            return run(desk, data, folder, how, step)


def _place(desk: Desk, out: Path) -> Path:
    from notices.checklist.batch.run import place

    return place(desk, out)


def _write(folder: Path, made: Files) -> None:
    from notices import files

    for name, content in made:
        files.write(folder / name, content)
        click.echo(folder / name)


def _one(desk: Desk, data: Intake, out: Path) -> None:
    from notices.app import judging
    from notices.checklist.batch.run import folders
    from notices.checklist.sections import conclusion

    for one, name in zip(judging.judged(desk, data.applicants), folders(data.applicants), strict=True):
        _write(_place(desk, out) / name, one.files)
        click.echo(conclusion(desk.checklist, one.outcome), err=True)


def _sum(folder: Path, told: RunSummary | JointSummary, made: Files, lacking: MissingPartError | None) -> bool:
    """Write a sum; whether every file wanted could be made."""
    _write(folder, made)
    click.echo(told.lines[0], err=True)
    if lacking is None:
        return True
    click.echo(f"没有做 summary.pdf，其余都做好了：{lacking}", err=True)
    return False


def _remarks(result: Result, known: int) -> None:
    if result.resumed:
        click.echo(f"其中 {result.resumed} 家是上次做好的，数据和规定都没有变，没有重做", err=True)
    if result.strangers:
        names = "、".join(result.strangers[:5]) + ("等" if len(result.strangers) > 5 else "")
        click.echo(f"还有 {len(result.strangers)} 个以前留下的文件夹不在这次的数据里，没有动：{names}", err=True)
    _tell([problem for one in result.refused[known:] for problem in one.problems])


def _complain(data: Sequence[Intake]) -> None:
    """What was wrong in the data, once where several categories read the same."""
    warnings = (one for each in data for one in each.warnings)
    _tell(list(dict.fromkeys([*warnings, *(one for each in data for one in each.problems)])))


def _tell(problems: list[Problem]) -> None:
    for problem in problems[:_MOST_TOLD]:
        click.echo(str(problem), err=True)
    if len(problems) > _MOST_TOLD:
        click.echo(f"另有 {len(problems) - _MOST_TOLD} 处问题，见汇总里的“没有判断的”“其他问题”", err=True)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """On a terminal: how many are done, how fast, how long it will still take. Nothing elsewhere."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f} 家/秒" if task.speed else "")

    columns = (TextColumn("核对"), BarColumn(), MofNCompleteColumn(), Rate(), TextColumn("剩余"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("核对", total=total)
        yield lambda count: bar.advance(task, count)


@click.command("applicant-template")
@click.option("--category", required=True, help="类别的编号或名称；写错时列出可用的。")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写到哪个 .xlsx 文件。"
)
@click.option("--programme", help="哪个项目（templates/programmes/ 里的文件名）；几个项目有同名的类别时才要写。")
@click.option("--one", is_flag=True, help="只填一个单位的，逐项向下排；不写则一个单位一行。")
@click.pass_context
def applicant_template(
    context: click.Context, category: str, output: Path, programme: str | None, *, one: bool
) -> None:
    """生成收集申报单位情况的 Excel 空表，各版本通用；填好后用 notices checklist --applicant 读入。"""
    from notices import files

    if output.suffix.lower() != ".xlsx":
        raise click.UsageError("空表是 Excel 文件，-o 要以 .xlsx 结尾")
    files.write(output, common.workspace(context).facts_sheet(category, programme, many=not one))
    click.echo(output)
