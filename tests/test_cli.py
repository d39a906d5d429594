"""The command line as its users meet it: output, exit codes, bad input, broken folders, Ctrl-C."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from click.testing import CliRunner

from notices.cli import cli, main
from notices.errors import EXIT_MEANING, Exit


def run(*arguments, cwd=None):
    """A command through the boundary every command goes through, in this process: most of a cold start is imports."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err), chdir(cwd or Path()), pytest.raises(SystemExit) as end:
        main([str(one) for one in arguments])
    out.seek(0), err.seek(0)
    done = subprocess.CompletedProcess(arguments, end.value.code or 0, out.read(), err.read())
    assert "Traceback" not in done.stderr
    return done


def run_apart(*arguments, cwd=None, env=None):
    """A command as a process of its own: where its start, its surroundings or its end is what is asked about."""
    command = [sys.executable, "-m", "notices", *map(str, arguments)]
    full = {**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})}
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=full, check=False, encoding="utf-8")
    assert "Traceback" not in done.stderr
    return done


def test_list_names_every_edition_and_what_is_to_be_confirmed(editions):
    done = run_apart("list")
    assert done.returncode == Exit.DONE
    for name in editions:
        assert name in done.stdout
    assert "发文字号" in done.stdout
    assert "（papers.notice.number，provinces/inner-mongolia/2022.yaml:" in done.stdout


def test_list_json(editions):
    records = json.loads(run("list", "--json").stdout)
    assert [record["edition"] for record in records] == list(editions)
    (guangxi,) = [record for record in records if record["edition"] == "guangxi@2024"]
    (notice,) = guangxi["documents"]
    assert notice["number"] == "桂工信能源〔2024〕268号"
    assert [item["what"] for item in guangxi["pending"]] == ["印发机关", "印发日期"]
    assert guangxi["source"] == "自治区工业和信息化厅关于开展2024年度自治区绿色制造名单申报工作的通知"


def test_list_says_what_each_was_read_from_and_which_is_a_draft():
    (line,) = [line for line in run("list").stdout.splitlines() if line.endswith("进行复核的通知（副本不全）")]
    assert line.split()[:2] == ["henan@2023", "草稿"]


@pytest.mark.parametrize("name", ["guangxi", "guangxi@2024"])
def test_show_gives_facts_with_clauses_and_places(name):
    done = run("show", name, "--json")
    facts = {fact["id"]: fact for fact in json.loads(done.stdout)["facts"]}
    share = facts["conditions.park.industrial-share"]
    assert share["value"]["limit"] == {"fact": "industrial_added_value_share", "op": ">", "value": "50", "unit": "%"}
    assert share["cite"] == ["一（二）"]
    assert share["source"] == "guangxi@2024"
    assert facts["deadlines.city-to-province"]["value"]["date"] == "2024-05-31"
    text = run("show", name).stdout
    assert "工业增加值占比超过50%" in text
    assert "〔guangxi@2024 一（二）〕" in text


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("guanxi", "guangxi"),
        ("guangxi@2031", "guangxi@2024"),
        ("inner-mongolai", "inner-mongolia"),
        ("zzz", "national"),
    ],
)
def test_unknown_editions_name_the_nearest(wanted, near, tmp_path):
    done = run("build", wanted, "--out", tmp_path)
    assert done.returncode == Exit.USAGE
    assert near in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "guangxi", "--format", "doc"],
        ["build", "guangxi", "--kind", "rules"],
        ["nothing"],
        ["show"],
    ],
)
def test_wrong_usage_exits_2_with_a_message(arguments, tmp_path):
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == Exit.USAGE
    assert "用法不对" in done.stderr or "没有 rules" in done.stderr
    assert "Usage" not in done.stderr


def test_build_writes_files_and_a_manifest(tmp_path):
    done = run("build", "guangxi", "national", "--format", "docx,pdf,html,md", "--out", tmp_path)
    assert done.returncode == Exit.DONE, done.stderr
    made = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file())
    formats = ("docx", "html", "md", "pdf")
    names = [f"{name}/notice.{ext}" for name in ("guangxi-2024", "national-2023") for ext in formats]
    assert made == sorted([*names, "manifest.json"])
    entry = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]["guangxi-2024/notice.pdf"]
    assert [source["file"] for source in entry["programme"]] == [
        "templates/programmes/common.yaml",
        "templates/programmes/green-manufacturing.yaml",
    ]
    assert [source["file"] for source in entry["profile"]] == [
        "provinces/guangxi/2024.yaml", "provinces/national/2023.yaml", "provinces/national/common.yaml",
    ]  # fmt: skip
    assert entry["templates"] == []  # the outline of the profile makes it
    assert set(entry["fonts"]) == {"body", "hei", "kai", "title", "song", "latin"}


@pytest.mark.slow
def test_equal_input_gives_equal_bytes_in_two_processes(tmp_path):
    for name in ("a", "b"):
        seed = {"PYTHONHASHSEED": "1" if name == "a" else "2"}
        assert (
            run_apart("build", "guizhou", "--format", "docx,pdf,html,md", "--out", tmp_path / name, env=seed).returncode
            == 0
        )
    first = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    second = {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file()}
    assert len(first) == 9
    assert first == second


def test_the_manifest_keeps_what_is_still_there(tmp_path):
    run("build", "guangxi", "--format", "md", "--out", tmp_path)
    run("build", "jilin", "--format", "md", "--out", tmp_path)
    files = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert list(files) == ["guangxi-2024/notice.md", "jilin-2024/notice.md"]


def test_a_profile_with_problems_stops_before_anything_is_written(workspace, profile_file, tmp_path):
    profile_file.write_text(profile_file.read_text("utf-8").replace("2024-05-31", "2024-02-31"), "utf-8")
    done = run("--workspace", workspace, "build", "guangxi", "testland", "--format", "md", "--out", tmp_path / "out")
    assert done.returncode == Exit.PROBLEMS
    assert "没有这一天" in done.stderr
    assert not (tmp_path / "out").exists()


def test_lint_names_all_problems_and_counts_them(workspace, profile_file):
    text = (
        profile_file.read_text("utf-8")
        .replace("2024-05-31", "2024-02-31")
        .replace("level: 省级", "level: 省级\n  x: 1")
    )
    profile_file.write_text(text, "utf-8")
    done = run("--workspace", workspace, "lint", profile_file)
    assert done.returncode == Exit.PROBLEMS
    assert "provinces/testland/2024.yaml:13:" in done.stdout
    assert "2 个错误" in done.stderr


def test_lint_of_a_missing_path_and_an_empty_folder(tmp_path):
    assert run("lint", tmp_path / "no.yaml").returncode == Exit.PROBLEMS
    assert run("lint", tmp_path).returncode == Exit.USAGE


def test_lint_of_everything_shipped_is_clean():
    done = run("lint")
    assert done.returncode == Exit.DONE, done.stdout
    assert "0 个错误" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise there")
def test_an_output_folder_that_is_a_file_or_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x")
    done = run("build", "guangxi", "--format", "md", "--out", tmp_path / "file")
    assert done.returncode == Exit.OUTPUT
    assert "写不了" in done.stderr
    done = run("build", "guangxi", "--format", "md", "--out", "/proc/nothing")
    assert done.returncode == Exit.OUTPUT


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
def test_a_full_disk_keeps_the_good_file(tmp_path, monkeypatch):
    from notices import files  # noqa: PLC0415
    from notices.errors import OutputError  # noqa: PLC0415

    good = tmp_path / "notice.md"
    good.write_text("good")

    def full(**_):
        (tmp_path / ".t").touch()
        return os.open("/dev/full", os.O_WRONLY), str(tmp_path / ".t")

    monkeypatch.setattr(files.tempfile, "mkstemp", full)
    with pytest.raises(OutputError, match="磁盘已满"):
        files.write(good, b"x" * 100_000)
    assert good.read_text() == "good"
    assert [p.name for p in tmp_path.iterdir()] == ["notice.md"]


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise there")
@pytest.mark.parametrize("seconds", [0.8, 1.6, 2.4, 3.2])
def test_ctrl_c_leaves_what_was_good(tmp_path, seconds):
    """Wherever it comes: while loading, rendering, writing or ending."""
    out = tmp_path / "out"
    assert run("build", "guangxi", "--out", out).returncode == Exit.DONE
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert len(before) == 3
    process = subprocess.Popen(
        [sys.executable, "-m", "notices", "build", "guangxi", "--out", str(out)],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, encoding="utf-8",
    )  # fmt: skip
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert process.returncode in {Exit.INTERRUPTED, Exit.DONE, -signal.SIGINT}  # the last: Python was ending already
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_with_every_stream_closed_files_are_whole(workspace, tmp_path):
    """What is said has no place to go, and must not go into a file that got its number."""
    command = f"{sys.executable} -m notices --workspace {workspace} build testland --format md --out {tmp_path / 'a'}"
    done = subprocess.run(["bash", "-c", f"{command} <&- >&- 2>&-"], check=False)
    assert done.returncode == Exit.DONE
    assert run("--workspace", workspace, "build", "testland", "--format", "md", "--out", tmp_path / "b").returncode == 0
    made, same = ((tmp_path / out / "testland-2024" / "notice.md").read_bytes() for out in "ab")
    assert made == same


def test_a_broken_pipe_is_no_error():
    command = f"{sys.executable} -m notices show guizhou | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.stderr == ""


def test_a_failing_format_leaves_the_files_of_the_run_before(workspace, profile_file, tmp_path):
    out = tmp_path / "out"
    assert run("--workspace", workspace, "build", "testland", "--out", out).returncode == Exit.DONE
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    profile_file.write_text(profile_file.read_text("utf-8").replace("张三", "张😀三"), "utf-8")
    done = run("--workspace", workspace, "build", "testland", "--out", out)
    assert done.returncode == Exit.PROBLEMS
    assert "U+1F600" in done.stderr
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_misplaced_profiles_and_a_mistyped_workspace_are_named(workspace, profile_file, tmp_path):
    profile_file.with_suffix(".yml").write_text("id: testland\n", "utf-8")
    profile_file.with_name("20245.yaml").write_text("id: testland\n", "utf-8")
    done = run("--workspace", workspace, "lint")
    assert done.returncode == Exit.PROBLEMS
    assert "2024.yml" in done.stdout
    assert "20245.yaml" in done.stdout
    assert run("--workspace", tmp_path / "nowhere", "list").returncode == Exit.USAGE


def test_a_full_terminal_file_is_no_fault_of_the_program():
    if not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("needs /dev/full")
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m notices list > /dev/full"],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == Exit.OUTPUT
    assert "Traceback" not in done.stderr


def test_one_way_from_the_ending_of_a_file_to_its_form(tmp_path):
    for command in (("calendar", "guangxi"), ("diff", "guangxi", "jilin")):
        done = run(*command, "-o", tmp_path / "a.txt")
        assert (done.returncode, done.stderr.count("扩展名")) == (Exit.DONE, 0)
        assert (tmp_path / "a.txt").read_text("utf-8").endswith("\n")
        done = run(*command, "-o", tmp_path / "a.odt")
        assert (done.returncode, "-o 的扩展名要是 txt、json、" in done.stderr) == (Exit.USAGE, True)


def test_init_does_not_cover_a_shipped_authority(tmp_path):
    done = run("init", tmp_path / "guangxi", "--year", "2025")
    assert done.returncode == Exit.USAGE
    assert "自带的发文机关" in done.stderr


def test_init_makes_a_workspace_that_is_sound_and_is_never_overwritten(tmp_path):
    office = tmp_path / "my-office"
    assert run("init", office, "--year", "2025").returncode == Exit.DONE
    done = run("--workspace", office, "lint")
    assert (done.returncode, re.findall(r"(?:错误|提醒) \[(.*?)\]", done.stdout)) == (Exit.DONE, ["undecided"])
    built = run("--workspace", office, "build", "my-office", "--format", "md", "--out", tmp_path / "out")
    assert built.returncode == Exit.DONE, built.stderr
    text = next(tmp_path.glob("out/my-office-*/notice.md")).read_text("utf-8")
    assert "【待定：发文机关全称】" in text
    assert "【待定：报送截止日期】" in text
    again = run("init", office, "--year", "2025")
    assert again.returncode == Exit.USAGE
    assert "没有覆盖" in again.stderr


def test_a_workspace_overlays_what_is_shipped(tmp_path):
    template = tmp_path / "templates/guangxi/notice.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text('{% extends "notice.md.j2" %}{% block preamble %}本单位改写的引言。{% endblock %}', "utf-8")
    done = run("--workspace", tmp_path, "build", "guangxi", "--format", "md", "--out", tmp_path / "out")
    assert done.returncode == Exit.PROBLEMS  # the rewording drops what the shipped preamble states
    assert "《工业领域碳达峰实施方案》" not in done.stdout
    assert "文件里没有写出" in done.stderr


def test_schema_is_json_and_ships_beside_the_profiles():
    from conftest import ROOT  # noqa: PLC0415

    done = run("schema")
    assert json.loads(done.stdout) == json.loads((ROOT / "provinces/schema.json").read_text("utf-8"))
    assert "yaml-language-server" in done.stderr


def test_every_shipped_profile_names_the_schema_and_satisfies_it():
    jsonschema = __import__("jsonschema")
    from conftest import ROOT  # noqa: PLC0415

    from notices.profile.yamlfile import read  # noqa: PLC0415

    schema = json.loads((ROOT / "provinces/schema.json").read_text("utf-8"))
    files = sorted((ROOT / "provinces").glob("*/[0-9]*.yaml"))
    assert len(files) >= 5
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    for path in files:
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../schema.json")
        kind(schema).validate(read(path, path.name).data)


def test_doctor_tells_the_face_of_every_role():
    done = run("doctor")
    assert done.returncode == Exit.DONE
    for word in ("仿宋", "黑体", "楷体", "小标宋", "宋体", "weasyprint"):
        assert word in done.stdout


EACH = """
import sys
from notices.cli import main
for command in sys.argv[1:]:
    try:
        main(command.split())
    except SystemExit as end:
        print("ENDED", end.code, file=sys.stderr)
"""


@pytest.mark.slow
@pytest.mark.parametrize("lacking", ["OSError('cannot load library libpango')", "ModuleNotFoundError('No weasyprint')"])
def test_papers_and_checklists_need_no_weasyprint_and_doctor_says_what_does(tmp_path, lacking):
    (tmp_path / "weasyprint.py").write_text(f"raise {lacking}", "utf-8")
    env = {"PYTHONPATH": str(tmp_path)}
    out = tmp_path / "out"
    commands = (
        f"build guangxi --kind all --format pdf --out {out}",
        f"checklist guangxi --category factory --format pdf --out {out}",
    )
    done = subprocess.run(
        [sys.executable, "-c", EACH, *commands],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        check=False,
        encoding="utf-8",
    )
    assert done.stderr.count("ENDED 0") == len(commands), done.stderr
    made = list(out.rglob("*.pdf"))
    assert len(made) > 6
    assert all(path.read_bytes().startswith(b"%PDF") for path in made)
    done = run_apart("doctor", env=env)
    assert done.returncode == Exit.DONE, "what only reports need does not count"
    line, hint = done.stdout[done.stdout.index("PDF（报表") :].splitlines()[:2]
    assert "不能用" in line
    assert ("apt-get install" if "OSError" in lacking else "pip install weasyprint") in hint
    assert "不能用" not in done.stdout.replace(line, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("redline", "national@2023", "guangxi@2024"),
        ("diff", "national@2023", "guangxi@2024"),
        ("matrix", "national@2023", "guangxi@2024", "--topic", "deadlines"),
        ("calendar", "guangxi"),
    ],
)
def test_a_report_that_needs_weasyprint_says_so_and_other_formats_do_not(tmp_path, arguments):
    (tmp_path / "weasyprint.py").write_text("print('-----')\nraise OSError('cannot load library libpango')", "utf-8")
    env = {"PYTHONPATH": str(tmp_path)}
    done = run_apart(*arguments, "-o", tmp_path / "report.pdf", env=env)
    assert done.returncode == Exit.ENVIRONMENT
    assert "libpango" in done.stderr
    assert "notices doctor" in done.stderr
    assert "-----" not in done.stdout + done.stderr
    assert not (tmp_path / "report.pdf").exists()
    for form in ("html", "docx"):
        assert run_apart(*arguments, "-o", tmp_path / f"report.{form}", env=env).returncode == Exit.DONE


@pytest.mark.slow
@pytest.mark.parametrize("library", ["uharfbuzz", "pydyf"])
def test_a_missing_library_of_the_typesetter_is_no_fault_of_the_program(tmp_path, library):
    (tmp_path / f"{library}.py").write_text("raise ImportError('broken here')", "utf-8")
    env = {"PYTHONPATH": str(tmp_path)}
    done = run_apart("build", "guangxi", "--out", tmp_path / "out", env=env)
    assert done.returncode == Exit.ENVIRONMENT
    assert "broken here" in done.stderr
    assert run_apart("build", "guangxi", "--format", "docx", "--out", tmp_path / "out", env=env).returncode == Exit.DONE
    done = run_apart("doctor", env=env)
    assert done.returncode == Exit.ENVIRONMENT
    assert "pip install uharfbuzz pydyf" in done.stdout


def test_doctor_says_what_is_missing(tmp_path):
    """With no fonts anywhere the doctor names the roles and what would serve."""
    code = (
        "import sys; from pathlib import Path; from notices.typeset import fonts; from notices.app import doctor;"
        "fonts._system_directories = lambda: ();"
        "report, good = doctor.examine((Path(sys.argv[1]),)); print(report); sys.exit(0 if good else 3)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == Exit.ENVIRONMENT
    assert "缺少字体" in done.stdout


def test_every_command_has_help_in_chinese():
    assert len(cli.commands) >= 7
    for name, command in cli.commands.items():
        result = CliRunner().invoke(cli, [name, "--help"])
        assert result.exit_code == 0
        assert any("\u4e00" <= char <= "\u9fff" for char in command.get_short_help_str())


def test_every_exit_code_is_explained():
    assert set(EXIT_MEANING) == set(Exit)


@pytest.mark.parametrize("written", ["2024-5-31", "20240531", "2024-W22-5", "2024-02-30", "今天", ""])
@pytest.mark.parametrize(
    "command",
    [
        ("calendar", "guangxi", "--as-of"),
        ("checklist", "guangxi", "--category", "factory", "--as-of"),
        ("lint", "guangxi", "--read-since"),
        ("redline", "a.docx", "b.docx", "--date"),
    ],
    ids=lambda command: command[0],
)
def test_every_command_reads_a_date_in_one_way(command, written):
    result = CliRunner().invoke(cli, [*command, written])
    assert result.exit_code == Exit.USAGE
    assert f"日期写成 2024-05-31 的样子，不是 {written}" in result.stderr


def test_a_new_workspace_is_listed_with_its_authority_to_be_confirmed(tmp_path):
    folder = tmp_path / "my-office"
    assert run("init", folder, "--year", "2025").returncode == Exit.DONE
    done = run("--workspace", folder, "list")
    assert done.returncode == Exit.DONE, done.stderr
    assert "my-office@2025" in done.stdout
    records = {one["edition"]: one for one in json.loads(run("--workspace", folder, "list", "--json").stdout)}
    assert records["my-office@2025"]["authority"] == "【待定：发文机关全称】"
