"""The reference of the command line and its help: made from the commands, in Chinese, kept current."""

import re

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT

from notices.cli import cli
from notices.commands import chinese
from notices.commands.reference import page
from notices.wording.columns import cells


def test_the_page_is_current():
    made = page(cli)
    assert (ROOT / "docs/commands.md").read_text("utf-8") == made, "notices commands -o docs/commands.md"
    assert CliRunner().invoke(cli, ["commands"]).stdout == made


def test_the_page_has_every_command_with_every_option():
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    assert len(cli.commands) >= 20
    for name, command in cli.commands.items():
        part = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert f"notices {name} [选项]" in part, name
        for option in command.params:
            if isinstance(option, click.Option):
                assert all(flag in part for flag in option.opts), (name, option.opts)


@pytest.mark.parametrize("name", ["", *sorted(cli.commands)])
def test_help_is_in_chinese(name):
    text = CliRunner().invoke(cli, [*([name] if name else []), "-h"]).stdout
    assert text.startswith("用法：")
    assert "选项：" in text
    assert "显示这段说明。" in text
    for word in (
        "Usage",
        "Options",
        "Commands",
        "Arguments",
        "Show this",
        "required",
        "default",
        "x>=",
    ):
        assert word not in text, word
    assert not re.search(r"--[a-z-]+ [A-Z]", text), "the kind of value an option takes"


def test_columns_of_help_are_aligned_where_chinese_is_two_wide():
    text = CliRunner().invoke(cli, ["checklist", "-h"]).stdout
    rows = re.findall(r"^(  -.*?\S {2,})\S", text, re.MULTILINE)
    assert len(rows) >= 8
    assert len({cells(row) for row in rows}) == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("年。  [2016<=x<=2100; required]", "年。  ［不小于 2016，不大于 2100；必填］"),
        ("几个。  [x>=1]", "几个。  ［不小于 1］"),
        ("格式。  [default: docx,pdf]", "格式。  ［不写则为 docx,pdf］"),
        ("[默认]的写法", "[默认]的写法"),
    ],
)
def test_marks_of_options(said, meant):
    assert chinese.told(said) == meant
