"""What the commands share: the library of the workspace, fonts, formats, a progress bar."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notices.library import Library
from notices.writers.table import FORMATS, OUTPUTS, TABLES

if TYPE_CHECKING:
    from notices.api import Workspace
    from notices.library import Edition

PRINTED = f"{','.join(FORMATS)}；{TABLES} 只用于表格。"
"""What ``--format`` takes, for the help of the commands that print papers."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def workspace(context: click.Context) -> Workspace:
    """The workspace the command line named."""
    from notices.api import Workspace

    assert isinstance(context.obj, Path)  # noqa: S101 - set by the group
    return Workspace(context.obj)


def library(context: click.Context) -> Library:
    """Its library."""
    return Library.at(context.obj)


def tell_renamed(shelves: Library, *editions: Edition) -> None:
    """Old ids in the profiles used, on standard error: what an old id states, the program no longer finds."""
    for edition in editions:
        for problem in shelves.renamed(edition.sources):
            click.echo(str(problem), err=True)


def tell_undecided(shelves: Library, *editions: Edition) -> None:
    """How many rules of the editions used nobody has decided, on standard error: they may not be the authority's."""
    from notices.inherited import undecided

    for edition in editions:
        if found := undecided(shelves, edition):
            name = edition.profile.edition
            told = f"{name} 有 {len(found)} 条规定沿用 {found[0].base}，没有人确认，未必是本机关的规定"
            click.echo(f"请注意：{told}；notices confirm {name} 列出全部", err=True)


def json_text(value: object) -> str:
    """JSON for people: indented, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def tell(text: str, output: Path | None) -> None:
    """A page of text to a file, else to the terminal."""
    from notices import files

    if output is None:
        click.echo(text.rstrip("\n"))
        return
    files.write(output, text.encode())
    click.echo(output)


def date(value: str) -> dt.date:
    """A date of the command line, written as a profile writes it: 2024-05-31.

    Raises:
        click.BadParameter: anything else.
    """
    try:
        if _DATE.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise click.BadParameter(f"日期写成 2024-05-31 的样子，不是 {value}")


def day(_: click.Context, __: click.Parameter, value: str | None) -> dt.date | None:
    """The same for an option that may be left out."""
    return date(value) if value is not None else None


def formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """``docx,pdf`` as a tuple; commas may be Chinese."""
    wanted = tuple(part.strip() for part in value.lower().replace("，", ",").split(",") if part.strip())
    unknown = [part for part in wanted if part not in OUTPUTS]
    if unknown or not wanted:
        raise click.BadParameter(f"不认识的格式 {'、'.join(unknown) or '（空）'}；可用：{','.join(OUTPUTS)}")
    return wanted


def shape(wanted: str | None, output: Path | None, forms: Sequence[str]) -> str:
    """What ``--format`` says, else the ending of ``-o``, else the first of the forms: text on the terminal.

    Raises:
        UsageError: an ending that is none of them.
    """
    suffix = output.suffix.lower().lstrip(".") if output else forms[0]
    form = wanted or {"txt": "text"}.get(suffix, suffix)
    if form not in forms:
        endings = ("txt" if one == "text" else one for one in forms)
        raise click.UsageError(f"-o 的扩展名要是 {'、'.join(endings)} 之一，或用 --format 写明")
    return form


class progress:  # noqa: N801 - used as a function
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
