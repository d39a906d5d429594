"""A few hundred mutated inputs of every kind: each ends in a clear message or a whole result. The long run: make fuzz."""

import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow
SEED, EACH = "7", "20"


def run(*arguments):
    command = [sys.executable, "-m", "benchmarks.fuzz", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def ends():
    done = run("--seed", SEED, "--each", EACH, "--json")
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_nothing_crashes_hangs_or_is_lost(ends):
    assert ends["found"] == []
    assert ends["seed"] == int(SEED)


def test_every_area_was_run_and_both_ends_were_met(ends):
    assert set(ends["areas"]) == {
        *("profiles", "templates", "forms", "data", "applicants", "sources", "wordforms", "redlines", "inspections"),
        *("recasts", "builds"),
    }
    for name, counts in ends["areas"].items():
        assert sum(counts.values()) >= 5, name
        assert counts.get("error"), name
        assert counts.get("success"), name


def test_an_input_is_the_same_whenever_it_is_made(tmp_path):
    made = []
    for name in ("one", "other"):
        done = run("--seed", SEED, "--only", "data", "--input", "3", "--keep", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        made.append([(path.name, path.read_bytes()) for path in files])
    assert made[0] == made[1] != []


def _endless(_):
    while True:
        pass


PLANTED = {
    "fine": (lambda _: 0, "success"),
    "refused": (lambda _: sys.stderr.write("错误：看不懂") and 1, "error"),
    "refused without a word": (lambda _: 1, "silent"),
    "an internal error": (lambda _: 70, "crash"),
    "something raised": (lambda _: 1 // 0, "crash"),
    "a worker that dies": (lambda _: os._exit(3), "crash"),
    "no end": (_endless, "hang"),
    "something lost": (lambda command: command.append("lost") or 0, "silent"),
}


def test_whatever_goes_wrong_is_recognised_and_the_next_input_runs(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks.fuzz import areas, pool  # noqa: PLC0415 - the root is on the path only now

    monkeypatch.setattr(pool, "SECONDS", 0.2)
    monkeypatch.setattr(pool.cli, "_run", lambda command: PLANTED[command[0]][0](command))

    def planted(name):
        command = [name]
        made = areas.Case({}, command, lambda _: "gone" if len(command) > 1 else "")
        return areas.Area(name, 1, {}, lambda _: made)

    known = {name: planted(name) for name in PLANTED}
    wanted = [(name, number) for number in range(2) for name in known]
    found = list(pool.run(known, wanted, 1, tmp_path, 1))
    assert [(one.area, one.number) for one in found] == wanted
    assert [one.kind for one in found] == [PLANTED[name][1] for name, _ in wanted]
