"""A few hundred mutated inputs of every kind: each ends in a clear message or a whole result. The long run: make fuzz."""

import json
import subprocess
import sys

import pytest
from conftest import ROOT

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
        *("profiles", "templates", "forms", "data", "applicants", "sources", "wordforms", "redlines", "builds")
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
