"""``notices checklist`` and ``applicant-template`` as their users meet them."""

import html
import io
import re

import docx
import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from conftest import ROOT

from applicants import code, desk, record, sheet
from notices import cli as command_line
from notices.checklist import pages
from notices.cli import cli
from notices.marks import unmarked

EXAMPLE = ROOT / "applicants" / "02-park-at-the-limit.yaml"


def run(*arguments):
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def fails(capsys, *arguments):
    """The exit code and what was said by the one boundary of all errors."""
    result = command_line._run([str(one) for one in arguments])
    return result, capsys.readouterr().err


def squeezed(text):
    return "".join(text.split())


def text_of(path):
    match path.suffix:
        case ".docx":
            made = docx.Document(str(path))
            body = [paragraph.text for paragraph in made.paragraphs]
            return "".join(body + [cell.text for table in made.tables for row in table.rows for cell in row.cells])
        case ".xlsx":
            book = openpyxl.load_workbook(path)
            return "".join(str(cell.value or "") for page in book for row in page.iter_rows() for cell in row)
        case ".pdf":
            return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        case ".html":
            return html.unescape(re.sub("<[^>]*>", "", path.read_text("utf-8")))
        case _:
            return path.read_text("utf-8").replace("\\", "")


def page_of(made):
    return pages.report(made.checklist, made.advice, made.lore, today=made.order.as_of)


def test_a_blank_checklist_says_the_same_in_every_format(tmp_path):
    done = run(
        *("checklist", "guizhou", "--category", "绿色工厂", "--as-of", "2024-09-01", "--out", tmp_path),
        *("--format", "docx,pdf,html,md,xlsx"),
    )
    assert done.exit_code == 0, done.output
    made = desk()
    cells = [cell for table in page_of(made).tables for row in table.rows for cell in row.cells]
    wanted = [unmarked(cell.text) for cell in cells if not cell.text.startswith("□") and cell.value is None]
    assert len(wanted) > 150
    folder = tmp_path / "guizhou-2024" / "checklist-factory"
    files = sorted(folder.iterdir())
    assert [path.suffix for path in files] == [".docx", ".html", ".md", ".pdf", ".xlsx"]
    for path in files:
        text = squeezed(text_of(path))
        if path.suffix == ".pdf":  # cells side by side are read line by line: their characters are all there
            assert set("".join(map(squeezed, wanted))) <= set(text)
            continue
        missing = [one for one in wanted if squeezed(one) not in text]
        assert missing == [], path.name


def test_the_same_checklist_is_the_same_bytes(tmp_path):
    for name in "ab":
        run("checklist", "guangxi", "--category", "park", "--format", "docx,xlsx,html", "--out", tmp_path / name)
    first, second = (sorted((tmp_path / name).rglob("*.*")) for name in "ab")
    assert len(first) == 3
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


STRONG = str(ROOT / "applicants" / "01-strong-factory.yaml")


def test_a_blank_checklist_needs_no_day(tmp_path):
    """Where the last day is still open it says from when the look-back counts, and prints no date of its own."""
    done = run("checklist", "guizhou", "--category", "factory", "--out", tmp_path, "--format", "md")
    assert done.exit_code == 0, done.output
    (file,) = tmp_path.rglob("*.md")
    text = file.read_text("utf-8")
    assert "从申报截止日（原文没有写起算日）往前三年" in text
    assert "判断日" not in text.partition("## ")[0]
    assert "12月31日" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("guangxi", "--category", "factry"), "是不是 factory？"),
        (("guangxi", "--category", "product"), "开展的有：factory（绿色工厂，2024 年起）"),
        (("inner-mongolia", "--category", "spaceship"), "product（绿色设计产品，2022 年起）"),
        (("guangxi", "--category", "factory", "--level", "village"), "没有 village 名单的规定；有：province（省级）"),
        (("guizhou", "--category", "factory", "--applicant", STRONG), "用 --as-of 写明日期"),
        (("guangxi", "--category", "factory", "--as-of", "31.5.2024"), "日期写成 2024-05-31 的样子"),
        (("guangxi", "--category", "factory", "--explain", "x"), "--explain 要和 --applicant 一起用"),
        (("guanxi", "--category", "factory"), "guangxi"),
    ],
)
def test_a_slip_on_the_command_line_is_answered_with_what_there_is(capsys, arguments, said):
    code_, told = fails(capsys, "checklist", *arguments)
    assert code_ == 2
    assert said in told


def test_one_applicant_gets_its_verdicts(tmp_path):
    done = run(
        *("checklist", "jilin", "--category", "park", "--as-of", "2024-06-10", "--applicant", EXAMPLE),
        *("--format", "md", "--out", tmp_path),
    )
    assert done.exit_code == 0, done.output
    (path,) = tmp_path.rglob("*.md")
    assert path.parent.name == "12229900MB1A34020P-临江滨水工业园区"
    text = text_of(path)
    assert "不能申报。共" in text
    assert "50%，未超过50%" in text
    assert "回看期：2021年6月10日至2024年6月10日" in text


def test_bad_data_is_told_and_the_rest_is_done(tmp_path, capsys):
    units = [record(number) for number in range(5)]
    path = sheet(tmp_path / "u.xlsx", [*units[:4], record(4, code=code(3))])
    result, told = fails(
        capsys,
        *("checklist", "guizhou", "--category", "factory", "--as-of", "2024-09-01", "--applicant", path),
        *("--format", "md", "--out", tmp_path / "out", "--jobs", "1"),
    )
    assert result == 1
    assert "u.xlsx: 错误 基本信息!第7行" in told
    folder = tmp_path / "out" / "guizhou-2024" / "checklist-factory"
    assert len([one for one in folder.iterdir() if one.is_dir()]) == 3
    assert "没有判断的 2 家" in (folder / "summary.html").read_text("utf-8")


def test_only_the_summary(tmp_path):
    path = sheet(tmp_path / "u.xlsx", [record(number) for number in range(3)])
    done = run(
        *("checklist", "guizhou", "--category", "factory", "--as-of", "2024-09-01", "--applicant", path),
        *("--summary-only", "--format", "md", "--out", tmp_path / "out"),
    )
    assert done.exit_code == 0, done.output
    folder = tmp_path / "out" / "guizhou-2024" / "checklist-factory"
    assert sorted(one.name for one in folder.iterdir()) == ["journal.jsonl", "summary.html", "summary.xlsx"]


def test_the_template_is_the_sheet_that_is_read(tmp_path, capsys):
    path = tmp_path / "t.xlsx"
    assert run("applicant-template", "--category", "factory", "-o", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["基本信息", "证书", "记录"]
    columns = {cell.value: cell.column for cell in book["基本信息"][3]}
    book["基本信息"].cell(4, columns["单位名称"]).value = "甲厂"
    book["基本信息"].cell(4, columns["从事实际生产的制造型企业"]).value = "否"
    book.save(path)
    done = run(
        *("checklist", "guizhou", "--category", "factory", "--as-of", "2024-09-01", "--applicant", path),
        *("--explain", "manufacturing"),
    )
    assert done.exit_code == 0, done.output
    assert "从事实际生产的制造型企业 否　〔t.xlsx 基本信息!" in done.output
    assert "结论：不符合" in done.output
    result, told = fails(capsys, "applicant-template", "--category", "fctory", "-o", path)
    assert (result, "是不是 factory" in told) == (2, True)
    result, told = fails(capsys, "applicant-template", "--category", "factory", "-o", tmp_path / "t.csv")
    assert (result, ".xlsx" in told) == (2, True)


def test_the_printed_checklist_is_landscape(tmp_path):
    run("checklist", "guangxi", "--category", "factory", "--format", "pdf", "--out", tmp_path)
    (path,) = tmp_path.rglob("*.pdf")
    box = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages[0].mediabox
    assert box.width > box.height
