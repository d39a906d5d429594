"""The command line: parse, call one function, print, set the exit code. One boundary for every error."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notices import __version__
from notices.commands import forms
from notices.document import FORMATS
from notices.errors import EXIT_MEANING, Exit, NotFoundError, NoticesError, Problem, ProblemsError
from notices.library import Library

if TYPE_CHECKING:
    from notices import build as builder

_CODES = "；".join(f"{int(code)} {meaning}" for code, meaning in EXIT_MEANING.items())


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"退出码：{_CODES}。",
)
@click.version_option(__version__, "--version", prog_name="notices", help="显示版本号。")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    show_default="当前文件夹",
    help="自己的文件夹；其中的 provinces/ 和 templates/ 覆盖自带的。",
)
@click.pass_context
def cli(context: click.Context, workspace: Path) -> None:
    """绿色制造名单通知：由各省各年度的配置（YAML）生成公文（Word、PDF）。"""
    context.obj = workspace


def _library(context: click.Context) -> Library:
    workspace = context.obj
    assert isinstance(workspace, Path)  # noqa: S101 - set by the group
    return Library.at(workspace)


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """列出发文机关、年度版本、文件和待定事项。"""
    from notices import listing

    library = _library(context)
    records: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for name in library.editions():
        try:
            records.append(listing.record(name, library.tree(library.find(name))[0]))
        except ProblemsError as error:
            problems += error.problems
    click.echo(_json(records) if as_json else listing.text(records))
    if problems:
        raise ProblemsError(problems)


@cli.command()
@click.argument("edition")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def show(context: click.Context, edition: str, *, as_json: bool) -> None:
    """显示一个版本的全部事实，及其原文条款。EDITION 如 guangxi 或 guangxi@2024。"""
    from notices import listing, report

    library = _library(context)
    path = library.find(edition)
    found = library.read(path)
    records = report.facts(found)
    head = {"edition": found.profile.edition, "authority": found.profile.authority.name}
    whole = head | {"facts": records, "pending": listing.pendings(library.tree(path)[0])}
    click.echo(_json(whole) if as_json else report.facts_text(found, records))


_OUTPUTS = (*FORMATS, "xlsx")
_KINDS = {"papers": ("notice", "rules"), "all": ("notice", "rules", "forms")}


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(part.strip() for part in value.lower().replace("，", ",").split(",") if part.strip())
    unknown = [part for part in wanted if part not in _OUTPUTS]
    if unknown or not wanted:
        raise click.BadParameter(f"不认识的格式 {'、'.join(unknown) or '（空）'}；可用：{','.join(_OUTPUTS)}")
    return wanted


@cli.command()
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
    callback=_formats,
    help="docx,pdf,html,md；xlsx 只用于汇总表一类的附件。",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True, help="写到哪个文件夹。"
)
@click.option("--sealed", is_flag=True, help="署名处留出盖章的位置（不画印章）。")
@click.pass_context
def build(
    context: click.Context,
    profiles: tuple[str, ...],
    *,
    everything: bool,
    kind: str,
    bundle: bool,
    formats: tuple[builder.Output, ...],
    out: Path,
    sealed: bool,
) -> None:
    """生成公文和附件，写到 OUT/<id>-<year>/（附件在其中的 forms/），并写 OUT/manifest.json。"""
    from notices import build as builder

    if not profiles and not everything:
        raise click.UsageError("要生成哪个版本？写上名称（notices list 列出全部），或用 --all")
    library = _library(context)
    kinds: list[Any] = [*_KINDS.get(kind, (kind,)), *(["bundle"] if bundle else [])]
    wanted = builder.jobs(library, () if everything else profiles, kinds)
    if not any(job.outputs(formats) for job in wanted):
        raise click.UsageError(f"{'、'.join(formats)} 只用于汇总表一类的附件；加 --kind forms，或用 docx、pdf")
    press = builder.Press(library, formats, _font_folders(library))
    with _progress(len(wanted)) as step:
        made = [step(one) for one in builder.build(press, wanted, out, sealed=sealed)]
    for one in made:
        for path in one.files:
            click.echo(path)
    for name, waiting in builder.waiting(made).items():
        listing = "、".join(f"{what}（{count} 处）" if count > 1 else what for what, count in waiting.items())
        click.echo(f"{name} 有 {sum(waiting.values())} 项待定：{listing}", err=True)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.pass_context
def lint(context: click.Context, paths: tuple[Path, ...]) -> None:
    """检查配置和模板，一次列出全部问题。PATH 是文件、文件夹或版本名；不写则检查全部。"""
    from notices.linting import lint_files, profile_files, strays

    library = _library(context)
    files = profile_files(library, paths)
    problems = [*([] if paths else strays(library)), *lint_files(library, files)]
    for problem in sorted(problems):
        click.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    click.echo(f"检查了 {len(files)} 个文件：{errors} 个错误，{len(problems) - errors} 个提醒", err=True)
    if errors:
        context.exit(Exit.PROBLEMS)


@cli.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到文件；不写则打印。")
def schema(output: Path | None) -> None:
    """输出配置的 JSON Schema，及让编辑器据此补全、检查的文件头。"""
    from notices import files
    from notices.schema import HEADER
    from notices.schema import schema as made

    text = _json(made())
    if output is None:
        click.echo(text)
    else:
        files.write(output, f"{text}\n".encode())
    click.echo(f"写在 YAML 第一行：{HEADER.format(path=output or '../schema.json')}", err=True)


@cli.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """检查程序库和字体：每种字体用的是哪一个，缺什么、用什么代替。"""
    from notices.doctor import examine

    report, healthy = examine(_font_folders(_library(context)))
    click.echo(report)
    if not healthy:
        context.exit(Exit.ENVIRONMENT)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--year", type=click.IntRange(2016, 2100), help="年度；不写则取自带配置中最近的一年。")
@click.pass_context
def init(context: click.Context, folder: Path, year: int | None) -> None:
    """新建自己的文件夹：一份带注释的配置，和放模板的地方。"""
    from notices.workspace import create

    library = _library(context)
    latest = max(int(name.partition("@")[2]) for name in library.editions())
    for path in create(folder, library, year or latest):
        click.echo(path)
    click.echo(f"接着：编辑 provinces/ 里的 YAML，再运行 notices --workspace {folder} lint", err=True)


def _font_folders(library: Library) -> tuple[Path, ...]:
    from notices.library import SHIPPED

    return (*(root / "fonts" for root in library.roots), SHIPPED / ".fonts")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


class _progress:  # noqa: N801 - used as a function
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self.bar: Any = None
        if sys.stderr.isatty() and total > 1:
            from rich.console import Console
            from rich.progress import Progress

            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.task = self.bar.add_task("生成", total=total)

    def __enter__(self) -> Any:  # noqa: ANN401 - a step function that gives back what it is given
        if self.bar:
            self.bar.start()

        def step(item: Any) -> Any:  # noqa: ANN401
            if self.bar:
                self.bar.advance(self.task)
            return item

        return step

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()


for _command in forms.commands(_library, _font_folders, _formats):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, and turn whatever goes wrong into one clear message and an exit code."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return cli.main(args=list(arguments) if arguments is not None else None, standalone_mode=False) or Exit.DONE
    except click.ClickException as error:
        click.echo(f"用法不对：{_usage(error)}\n    → 加 --help 看用法", err=True)
        return Exit.USAGE
    except ProblemsError as error:
        _complain(error.problems)
        return error.exit_code
    except NoticesError as error:
        click.echo(f"错误：{error}", err=True)
        return Exit.USAGE if isinstance(error, NotFoundError) else error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断；没有写完的文件不会留下", err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return Exit.DONE
    except OSError as error:
        _close_stdout()
        click.echo(f"错误：读写失败：{error.strerror or error}", err=True)
        return Exit.OUTPUT
    except Exception as error:  # the boundary: a traceback never reaches a user
        if os.environ.get("NOTICES_DEBUG"):
            raise
        click.echo(f"程序内部错误：{type(error).__name__}：{error}", err=True)
        click.echo("    → 请把这一行和所用的命令反馈给我们；设 NOTICES_DEBUG=1 再运行可看到详情", err=True)
        return Exit.BUG


def _close_stdout() -> None:
    """Let what is still buffered go nowhere: Python would try once more to write it on its way out, and fail again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: click.ClickException) -> str:
    """What was wrong with the command line, in Chinese where click says it in English."""
    match error:
        case click.NoSuchOption():
            near = f"；是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}"
        case click.MissingParameter():
            return f"缺少 {error.param.human_readable_name if error.param else '参数'}"
        case click.BadParameter(param=param) if param is not None and isinstance(param.type, click.Choice):
            return f"{param.opts[0]} 的值不对；可用：{'、'.join(param.type.choices)}"
        case click.BadParameter(param=param) if param is not None and isinstance(param.type, click.Path):
            return f"{param.opts[0]} 指的文件夹不存在，或不是文件夹"
        case _ if error.format_message().startswith("No such command"):
            return f"没有这个命令；现有：{'、'.join(cli.commands)}"
        case _:
            return error.format_message()


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


if __name__ == "__main__":
    main()
