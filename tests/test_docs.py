"""What the documents show is tried: every command in them runs, every link leads somewhere, every message exists."""

import os
import re
import shlex

import pytest
import yaml
from conftest import ROOT

import notices
from docs import blocks, commands, pages
from notices import cli
from notices.checklist.batch.job import form_sheet
from notices.forms import workbook
from notices.forms.data import documents
from notices.forms.data.records import Record
from notices.forms.wording import spreads
from notices.profile.yamlfile import read_many

PAGES = pages()
TASKS = [path for path in PAGES if not path.stem.isascii()]
SLOW = {"附件.md", "对照.md", "核对清单.md"}
"""Pages that print everything there is in every format."""
COMES_TO = {
    "verify": {0, 1},  # what is held against it here is the notice we made, not the source
    "serve": {0, 4},  # the address of a machine of an office is not this machine's
    "lint": {0, 1},  # `--read-since` of a day to come
}


def shown(path):
    """The commands of a page, with the folder changes between them and the exit code a comment tells."""
    for text in blocks(path, "sh"):
        for line in text.splitlines():
            if line.startswith(("notices ", "cd ")):
                told = re.search(r"#.*退出码 (\d+)", line)
                yield line, int(told[1]) if told else 0


def summary():
    """附件1 of guangxi, filled."""
    data = yaml.safe_load((ROOT / "tests/data/forms/recommendation-summary.yaml").read_text("utf-8"))
    rows = {"factory": [data["factory"][0] | {"key-energy": "是"}], "park": [], "supply-chain": []}
    return notices.open().edition("guangxi").fill(1, data | rows, "xlsx").content


def applicants(category="factory", name="01-strong-factory", **more):
    """The sheet of a category with an applicant in it, and what else is filled in."""
    shelves = notices.open().library
    sheet = form_sheet(shelves.load("guangxi"), shelves, category)
    path = ROOT / f"applicants/{name}.yaml"
    reader = documents.YamlReader(path.name, spreads(sheet.only(), sheet.edition.profile), single=False)
    records = reader.records(read_many(path, path.name))
    return workbook.write(sheet, [Record({**one.values, **more}, one.tables) for one in records])


def returned():
    """The draft that came back unchanged."""
    return notices.open(".").edition("guangxi@2025").write("notice", "docx")


FILLED = {
    "汇总表.xlsx": summary,
    "情况表.xlsx": applicants,
    "工厂.xlsx": applicants,
    "园区.xlsx": lambda: applicants("park", "04-strong-park"),
    "改稿.docx": returned,
    "各类别.xlsx": lambda: applicants(**{"applied-category": "绿色工厂"}),
}
"""Files that a reader fills or is given back between two commands."""


def begun(bench, _, bound, ready):
    """The workbench begins and ends."""
    ready()
    bound.close()
    bench.pool.close()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with what a reader is said to have: a source, two drafts."""
    content = notices.open().edition("guangxi").write("notice", "docx")
    for name in ("原文.docx", "旧.docx", "新.docx"):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "规定.yaml").write_text(blocks(ROOT / "docs/检查公文.md", "yaml")[0], "utf-8")
    for name in ("证书.pem", "私钥.pem"):
        (tmp_path / name).touch()
    monkeypatch.setattr("click.prompt", lambda *_, **__: "one good sentence")
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    monkeypatch.setattr("notices.workbench.serve._run", begun)
    monkeypatch.setattr("notices.workbench.serve._certified", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NOTICES_DEBUG", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.slow] if path.name in SLOW else [], id=path.name) for path in PAGES],
)
def test_every_command_on_a_page_runs(path, desk, capfd):
    lines = list(shown(path))
    if path in TASKS or path.name.startswith("README"):
        assert lines, "a page without a command shows nobody how"
    for line, code in lines:
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            os.chdir(words[1])
            continue
        for name, filled in FILLED.items():
            if name in words and words[1] in {"fill", "checklist", "take"}:
                (desk / name).write_bytes(filled())
        got = cli._run(words[1:])
        told = capfd.readouterr()
        assert got in COMES_TO.get(words[1], {code}), f"{line}\n{told.err}"
        assert "程序内部错误" not in told.err


def test_every_command_is_shown_on_some_page():
    shown_somewhere = {words[0] for path in PAGES for words in commands(path)}
    assert set(cli.cli.commands) - shown_somewhere == set()


def test_links_lead_somewhere():
    links = [
        (path, target)
        for path in [*PAGES, ROOT / "CONTRIBUTING.md"]
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
        if "://" not in target
    ]
    assert len(links) >= 30
    assert [(path.name, target) for path, target in links if not (path.parent / target).exists()] == []


def test_every_page_is_reached_from_both_readmes():
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text("utf-8")
        assert [path.name for path in TASKS if f"docs/{path.name}" not in text] == []
        assert "docs/commands.md" in text
        assert "docs/library.md" in text


def test_a_readme_says_what_it_is_on_one_screen():
    for readme in ("README.md", "README.zh-CN.md"):
        before, table, _ = (ROOT / readme).read_text("utf-8").partition("\n|")
        assert table, "there are figures"
        assert len(before.splitlines()) <= 60
        assert 5 <= sum(line.startswith("notices ") for line in before.splitlines()) <= 8
        assert before.count("](docs/") >= 9


def test_messages_the_page_of_errors_explains_exist():
    rows = re.findall(r"^\| ([^`|…]+?) \| .+ \|$", (ROOT / "docs/出错怎么办.md").read_text("utf-8"), re.MULTILINE)
    phrases = [row for row in rows if row != "说明里有"]
    assert len(phrases) >= 10
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "notices").rglob("*.py"))
    assert [phrase for phrase in phrases if phrase not in code] == []
