"""A workbench for tests: asked without a browser (``bench``), or running and opened in Debian's Chromium (``page``)."""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from notices.workbench.app import application
from notices.workbench.desk import Bench
from notices.workbench.guard.sessions import Key, Sessions, Throttle
from notices.workbench.guard.users import Accounts
from notices.workbench.pool import Pool

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2025, 3, 3)
HOST = "bench.test"


@pytest.fixture(scope="session")
def workers():
    """Worker processes for all tests of a run."""
    pool = Pool(2)
    yield pool
    pool.close()


class Standing:
    """A pool that outlives the application."""

    def __init__(self, pool):
        self.run = pool.run

    def close(self):
        """Others need it."""


@dataclass
class Asked:
    """A workbench asked without a browser; ``client`` has come in."""

    client: TestClient
    bench: Bench
    keys: list

    def token(self):
        """What the forms of its session carry."""
        name = self.client.cookies.get(self.bench.cookie)
        return self.bench.sessions.find(name).token

    def post(self, address, data=None, **more):
        """A form of one of its pages."""
        return self.client.post(address, data={"token": self.token(), **(data or {})}, **more)


def asked(pool, folder=None, users=None, today=TODAY):
    """A workbench over a folder, nobody in yet."""
    keys = []
    accounts = Accounts(users) if users else None
    key = None if accounts else Key(keys.append)
    bench = Bench(
        folder, Standing(pool), Sessions(), Throttle(), Throttle(20), key, accounts, "notices-test", lambda: today
    )
    client = TestClient(application(bench, [HOST]), base_url=f"http://{HOST}", follow_redirects=False)
    return Asked(client, bench, keys)


@pytest.fixture
def bench(workers):
    """The shipped editions, and a browser that has come in."""
    made = asked(workers)
    assert made.client.get("/enter", params={"key": made.bench.key.current}).status_code == 303
    return made


def office(folder):
    """A workspace of an office: one edition of its own, copied from a shipped one."""
    place = folder / "provinces" / "guangxi"
    place.mkdir(parents=True)
    shutil.copy(ROOT / "provinces" / "guangxi" / "2024.yaml", place / "2024.yaml")
    return folder


@pytest.fixture
def own_bench(workers, tmp_path):
    """An office's folder, and a browser that has come in."""
    made = asked(workers, office(tmp_path / "office"))
    assert made.client.get("/enter", params={"key": made.bench.key.current}).status_code == 303
    return made


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass
class Running:
    """A workbench in a process of its own."""

    process: subprocess.Popen
    address: str
    """With its key; good for one browser."""

    def another(self):
        """The address for one more browser, printed when the last one was used."""
        line = self.process.stdout.readline()
        return re.search(r"http\S+", line).group()

    @property
    def root(self):
        """The address without a path."""
        return self.address.partition("/enter")[0]

    def kill(self):
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait(10)
        self.process.stdout.close()


def running(folder, *options):
    """Start ``notices serve`` over a folder and wait until it answers."""
    command = [sys.executable, "-m", "notices", "--workspace", str(folder), "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seen = []
    for line in process.stdout:
        seen.append(line)
        if found := re.search(r"在这里：(http\S+)", line):
            if "--users" not in options:
                process.stdout.readline()
            return Running(process, found.group(1))
    raise AssertionError("".join(seen))


@pytest.fixture
def served(tmp_path):
    """A running workbench over an office's folder."""
    made = running(office(tmp_path / "office"))
    yield made
    made.kill()


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; without it the tests of pages are left out, but never on CI."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("没有 Chromium：make setup 用 apt 安装它，工作台各页的测试要用")
        pytest.skip("没有 Chromium，工作台各页没有在浏览器里试：apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, served):
    """A page of a browser that has come in at 1366 x 768; what goes wrong in its scripts fails the test."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    opened = context.new_page()
    wrong = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "load resource" not in said.text else None,
    )
    opened.goto(served.address)
    yield opened
    context.close()
    assert wrong == []


def audited(page):
    """Serious findings of axe-core on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


def wide(page):
    """How many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
