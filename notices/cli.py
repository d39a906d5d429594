"""The command line: parse, call one function, print, set the exit code. One boundary for every error."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from notices import __version__
from notices.commands import (
    calendar,
    check,
    checklist,
    chinese,
    compare,
    editions,
    forms,
    importing,
    papers,
    recast,
    redline,
    reference,
    renewal,
    serve,
    setup,
    taking,
    verify,
)
from notices.errors import EXIT_MEANING, Exit, NotFoundError, NoticesError, Problem, ProblemsError
from notices.marks import unmarked
from notices.profile.yamlfile import cause

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


for _command in (
    *(editions.list_, editions.show, papers.build, editions.lint),
    *(forms.fill, forms.form_template),
    *(checklist.checklist, checklist.applicant_template),
    *(compare.diff, compare.matrix, redline.redline),
    *(check.check, check.check_rules, recast.typeset),
    *(renewal.roll, renewal.confirm, taking.take, renewal.lint_rules),
    *(importing.import_, verify.verify, calendar.calendar),
    *(serve.serve, serve.user),
    *(setup.schema, setup.template_names, setup.profile_keys, setup.doctor, setup.init),
    reference.commands,
):
    cli.add_command(_command)
chinese.speak(cli)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, and turn whatever goes wrong into one clear message and an exit code."""
    _open_closed()
    sys.exit(_run(arguments))


def _open_closed() -> None:
    """Standard streams the caller closed lead nowhere: no file of ours may get their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - to the end


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
        click.echo(f"错误：{unmarked(str(error))}", err=True)
        return Exit.USAGE if isinstance(error, NotFoundError) else error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断；没有写完的文件不会留下", err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return Exit.DONE
    except OSError as error:
        _close_stdout()
        where = f"{error.filename}：" if error.filename else ""
        click.echo(f"错误：读写失败：{where}{cause(error)}\n    → 检查这个路径和权限", err=True)
        return Exit.OUTPUT if error.errno in _OF_OUTPUT else Exit.PROBLEMS
    except (RecursionError, MemoryError):
        click.echo("错误：输入一层套一层，或者太大，处理不了\n    → 检查是否放错了文件；分成几份再试", err=True)
        return Exit.PROBLEMS
    except Exception as error:  # the boundary: a traceback never reaches a user
        if os.environ.get("NOTICES_DEBUG"):
            raise
        click.echo(f"程序内部错误：{type(error).__name__}：{error}", err=True)
        click.echo("    → 请把这一行和所用的命令反馈给我们；设 NOTICES_DEBUG=1 再运行可看到详情", err=True)
        return Exit.BUG


_OF_OUTPUT = frozenset({errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EPIPE, errno.EIO, errno.EBADF})
"""What only writing meets."""


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
            kind = "文件" if param.type.file_okay else "文件夹"
            if "not readable" in error.message:
                return f"{param.opts[0]} 指的{kind}没有读取权限"
            return f"{param.opts[0]} 指的{kind}不存在，或不是{kind}"
        case click.BadParameter(param=param) if param is not None and isinstance(param.type, click.types.IntParamType):
            return f"{param.opts[0]} 应是规定范围内的整数"
        case click.BadParameter(param=param) if param is not None:
            return f"{param.opts[0]}：{error.message}"
        case _ if error.format_message().startswith("No such command"):
            return f"没有这个命令；现有：{'、'.join(cli.commands)}"
        case _:
            return error.format_message()


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


if __name__ == "__main__":
    main()
