"""Files are whole or not there, on the disk before they are named, and one run's do not undo another's."""

import json
import multiprocessing
import os
import subprocess
import sys

import pytest

from notices import files
from notices.app import build
from notices.cli import main
from notices.errors import OutputError, ProblemsError
from notices.library import Library


def test_strays_of_a_killed_run_are_cleared_and_nobody_elses(tmp_path):
    path = tmp_path / "notice.md"
    strays = [tmp_path / ".notice.md.abc12345.notices-tmp", tmp_path / ".notice.md.zzz.notices-tmp"]
    others = [tmp_path / ".notice.md.swp", tmp_path / ".other.md.abc.notices-tmp", tmp_path / "notice.md.notices-tmp"]
    for each in (*strays, *others):
        each.write_text("x")
    files.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert not any(each.exists() for each in strays)
    assert all(each.exists() for each in others)


def test_what_another_run_is_writing_is_not_cleared(tmp_path):
    path = tmp_path / "notice.md"
    handle, name = files._temporary(path)
    files.write(path, b"new")
    assert os.path.lexists(name)
    os.close(handle)
    files.write(path, b"newer")
    assert not os.path.lexists(name)


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    real_sync, real_replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: done.append("sync") or real_sync(handle))
    monkeypatch.setattr(os, "replace", lambda *names: done.append("replace") or real_replace(*names))
    files.write(tmp_path / "a", b"x")
    assert done == ["sync", "replace", "sync"]


def _merge(out, name, count):
    for number in range(count):
        (out / f"{name}{number}").write_text("x")
        build._write_manifest(out, {f"{name}{number}": {"sha256": build._sha(b"x")}})


def test_overlapping_runs_keep_every_entry(tmp_path):
    context = multiprocessing.get_context("spawn" if os.name == "nt" else "fork")
    runs = [context.Process(target=_merge, args=(tmp_path, name, 40)) for name in "ab"]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
    found = json.loads((tmp_path / build.MANIFEST).read_bytes())["files"]
    assert len(found) == 80


def test_a_run_that_never_ends_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 2)
    with files.alone(tmp_path), pytest.raises(OutputError, match="另一个"), files.alone(tmp_path):
        pass


@pytest.mark.parametrize("junk", ["[" * 100_000, "{}", "[]", '{"files": 3}', "\0", ""])
def test_a_manifest_that_is_not_ours_is_written_anew(tmp_path, junk):
    (tmp_path / build.MANIFEST).write_text(junk)
    build._write_manifest(tmp_path, {"a": {"sha256": ""}})
    assert list(json.loads((tmp_path / build.MANIFEST).read_bytes())["files"]) == ["a"]


@pytest.mark.parametrize("kind", ["broken link", "loop", "pipe", "folder"])
@pytest.mark.parametrize("command", [["lint"], ["build", "guangxi"], ["build", "--all"], ["list"], ["show", "guangxi"]])
def test_an_own_profile_that_cannot_be_read_is_named(workspace, capsys, monkeypatch, kind, command):
    path = workspace / "provinces/guangxi/2024.yaml"
    path.parent.mkdir(parents=True)
    if kind == "broken link":
        path.symlink_to("/nonexistent/2024.yaml")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    monkeypatch.chdir(workspace)
    with pytest.raises(SystemExit) as caught:
        main([*command, *(["--format", "md", "--out", "o"] if command[0] == "build" else [])])
    assert caught.value.code not in {0, 70}
    said = capsys.readouterr()
    assert "provinces/guangxi/2024.yaml" in said.out + said.err


@pytest.mark.parametrize("kind", ["broken link", "loop", "pipe", "folder"])
def test_an_own_template_that_cannot_be_read_is_named(workspace, capsys, monkeypatch, kind):
    path = workspace / "templates/guangxi/notice.md.j2"
    path.parent.mkdir(parents=True)
    if kind == "broken link":
        path.symlink_to("/nonexistent.j2")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    monkeypatch.chdir(workspace)
    with pytest.raises(SystemExit) as caught:
        main(["lint", "guangxi"])
    assert caught.value.code == 1
    assert "templates/guangxi/notice.md.j2" in "".join(capsys.readouterr())


@pytest.mark.parametrize("char", ["\ufffe", "\uffff", "\u202e", "\x07"])
@pytest.mark.parametrize("command", [["lint"], ["build", "--all"], ["list"], ["matrix"], ["diff", "testland", "jilin"]])
def test_an_edition_is_never_dropped(workspace, profile_file, capsys, monkeypatch, char, command):
    profile_file.write_text(profile_file.read_text("utf-8").replace("测", f"测{char}", 1), "utf-8")
    monkeypatch.chdir(workspace)
    with pytest.raises(SystemExit) as caught:
        main([*command, *(["--format", "md", "--out", "o"] if command[0] == "build" else [])])
    said = capsys.readouterr()
    assert f"U+{ord(char):04X}" in said.out + said.err
    assert caught.value.code not in {0, 70}


def test_no_problem_is_no_error():
    with pytest.raises(AssertionError):
        ProblemsError([])


def test_a_user_without_a_home_can_build(tmp_path):
    code = (
        "import os, pathlib\n"
        "os.path.expanduser = lambda path: path\n"
        "from notices.typeset.fonts import _system_directories\n"
        "print(len(_system_directories()))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert int(run.stdout or 0) > 0, run.stderr


def test_an_unreadable_place_is_named_in_chinese(tmp_path, capsys, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", str(tmp_path / "x"))

    monkeypatch.setattr(Library, "editions", refuse)
    with pytest.raises(SystemExit) as caught:
        main(["list"])
    said = capsys.readouterr().err
    assert caught.value.code == 1
    assert str(tmp_path / "x") in said
    assert "没有读取权限" in said
    assert "Permission" not in said
