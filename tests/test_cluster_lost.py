"""A cluster that loses a worker or its scheduler in the middle of a run: the same bytes at the end, or a way to go on."""

import os
import signal
import socket
import subprocess
import sys
import warnings
from contextlib import contextmanager

import pytest

from applicants import applicant, desk
from notices.checklist.batch import executor
from notices.checklist.batch.run import How, run
from notices.checklist.intake import Intake

distributed = pytest.importorskip("distributed")
PEOPLE = tuple(applicant(number) for number in range(24))
MADE = desk(("md",))


pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _small_handfuls(monkeypatch):
    monkeypatch.setattr("notices.checklist.batch.run._LIGHT", 1)
    monkeypatch.setattr(executor, "_AHEAD", 2)
    monkeypatch.setattr(executor, "_PULSE", 0.5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The run of one process."""
    folder = tmp_path_factory.mktemp("alone")
    run(MADE, Intake("u", PEOPLE), folder, How())
    return tree(folder)


def broken_off(folder, address, loss):
    """A run on a cluster; after the third applicant something is lost."""
    done = []

    def step(count):
        done.extend([None] * count)
        if count and len(done) == 3:
            loss()

    return run(MADE, Intake("u", PEOPLE), folder, How(1, address), step)


def spawned(kind, *words):
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words, "--no-dashboard"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Machines:
    """A scheduler and a worker without a nanny, each a process, that can be killed and started again."""

    def __init__(self):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.running = []

    def start(self):
        self.running = [spawned("scheduler", "--host", "127.0.0.1", "--port", str(self.port)), self.worker()]

    def worker(self):
        return spawned("worker", self.address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")

    def wait(self):
        with distributed.Client(self.address, timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)

    def kill(self):
        for one in self.running:
            one.send_signal(signal.SIGKILL)
            one.wait(20)


@contextmanager
def machines():
    made = Machines()
    made.start()
    try:
        made.wait()
        yield made
    finally:
        made.kill()


def test_a_worker_that_is_killed_costs_nothing(tmp_path, alone):
    with distributed.LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        victim = next(iter(cluster.workers.values())).pid
        broken_off(tmp_path, cluster.scheduler_address, lambda: os.kill(victim, signal.SIGKILL))
    assert tree(tmp_path) == alone


def test_the_only_worker_is_killed_and_another_comes(tmp_path, alone):
    with machines() as made:

        def loss():
            made.running[1].kill()
            made.running.append(made.worker())

        broken_off(tmp_path, made.address, loss)
    assert tree(tmp_path) == alone


def test_a_scheduler_that_is_restarted_is_asked_again(tmp_path, alone, monkeypatch):
    monkeypatch.setattr(executor, "_CONNECT", "60s")
    with machines() as made:

        def loss():
            made.kill()
            made.start()

        broken_off(tmp_path, made.address, loss)
    assert tree(tmp_path) == alone


def test_a_scheduler_that_forgets_its_work_is_asked_again(tmp_path, alone):
    with distributed.LocalCluster(1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:

        def loss():
            with distributed.Client(cluster, set_as_default=False) as other:
                other.restart(wait_for_workers=False)

        broken_off(tmp_path, cluster.scheduler_address, loss)
    assert tree(tmp_path) == alone


def test_a_scheduler_that_is_gone_for_good_is_said_and_the_run_goes_on_without(tmp_path, alone, monkeypatch):
    with machines() as made:

        def loss():
            monkeypatch.setattr(executor, "_CONNECT", "0.5s")
            made.kill()

        with pytest.raises(executor.CrewError, match="加 --resume 接着做"):
            broken_off(tmp_path, made.address, loss)
    result = run(MADE, Intake("u", PEOPLE), tmp_path, How(resume=True))
    assert result.resumed >= 3
    assert tree(tmp_path) == alone


def test_workers_that_are_gone_for_good_are_said(tmp_path, monkeypatch):
    with machines() as made:

        def loss():
            monkeypatch.setattr(executor, "_CONNECT", "3s")
            made.running[1].kill()

        with pytest.raises(executor.CrewError, match="下面的工作进程都没有了"):
            broken_off(tmp_path, made.address, loss)
