"""Figures for the workbench's pages: the first one after the start, and a value changed to the page that shows it.

Run with ``python benchmarks/workbench_pages.py``; the change is timed in turn with ``notices build`` of the same edition,
and in Chromium where there is one. Nothing here decides a test: a slow machine is not a fault.
"""

from __future__ import annotations

import http.cookiejar
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from measure import ROOT, _command, pairs
from measure import _machine as machine

EDITION = "guangxi@2024"
KEY = "deadlines.city-to-province.date"
DAYS = ("2024年5月30日", "2024年5月31日")


class Browser:
    """What a browser sends, without what it draws."""

    def __init__(self, address: str) -> None:
        self._root = address.partition("/enter")[0]
        jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open
        self._open(address).read()

    def get(self, path: str) -> str:
        """A page."""
        return str(self._open(self._root + path).read().decode())

    def post(self, path: str, fields: dict[str, str]) -> str:
        """What the page's script gets for a form."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            self._root + path, urllib.parse.urlencode(fields).encode(), {"X-Live": "1", "Origin": self._root}
        )
        return str(self._open(request).read().decode())


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A workbench over a folder; its address with the key."""
    command = [sys.executable, "-m", "notices", "--workspace", str(folder), "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = next(found[1] for line in process.stdout if (found := re.search(r"(http\S+key=\S+)", line)))
        try:
            yield address
        finally:
            process.terminate()


def main() -> None:
    """Print the machine and every figure."""
    print(f"机器：{machine()}；Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = folder / "provinces" / "guangxi"
        place.mkdir(parents=True)
        shutil.copy(ROOT / "provinces" / "guangxi" / "2024.yaml", place)
        print(f"启动到第一页：{statistics.median(_first(folder) for _ in range(5)):.2f} 秒（五次的中位数）")
        with served(folder) as address:
            _changes(folder, Browser(address), Path(name) / "out")
        _drawn(folder)


def _first(folder: Path) -> float:
    began = time.perf_counter()
    with served(folder) as address:
        assert "接下来的日期" in Browser(address).get("/")
        return time.perf_counter() - began


def _changes(folder: Path, browser: Browser, out: Path) -> None:
    days = cycle(DAYS)

    def changed() -> None:
        page = browser.get(f"/edition/{EDITION}?{urllib.parse.urlencode({'fact': KEY.rpartition('.')[0]})}")
        fields = {name: _value(page, name) for name in ("token", "revision", f"s:{KEY}")}
        day = next(days)
        timed(browser, {**fields, f"v:{KEY}": day, "fact": KEY.rpartition(".")[0]}, day)

    times: list[float] = []

    def timed(browser: Browser, fields: dict[str, str], day: str) -> None:
        began = time.perf_counter()
        answer = browser.post(f"/edition/{EDITION}/change", fields)
        times.append(time.perf_counter() - began)
        assert day[5:] in re.sub(r"<[^>]*>", "", answer), "the page shows the new day"

    build = _command([sys.executable, "-m", "notices", "--workspace", str(folder), "build", EDITION, "--out", str(out)])
    _, cold, _ = pairs(changed, build, 15)
    own = statistics.median(times[1:])
    print(
        f"改一个日期到页面换好（已启动）：{own * 1000:.0f} ms；notices build（从头启动）：{cold * 1000:.0f} ms", end=""
    )
    print(f"，后者是前者的 {cold / own:.1f} 倍")


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def _drawn(folder: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("没有 Chromium，没有量画出来的时间")
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - where there is a browser

    with served(folder) as address, sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
        page.goto(address)
        page.goto(f"{address.partition('/enter')[0]}/edition/{EDITION}?fact={KEY.rpartition('.')[0]}")
        field = page.locator(f'[name="v:{KEY}"]')
        times = [
            _typed(page.evaluate, field.fill, day)
            for _, day in zip(range(9), cycle(("2024-05-30", "2024-05-31")), strict=False)
        ]
    print(f"同一改动，从保存到浏览器里的版面换好：{statistics.median(times[1:]):.0f} ms（八次的中位数）")


def _typed(evaluate: Callable[[str], float], fill: Callable[[str], None], day: str) -> float:
    """Milliseconds from the button to the frame that shows the day, as the browser counts them."""
    fill(day)
    shown = f"{int(day[5:7])}月{int(day[8:])}日"
    return float(
        evaluate(
            f"""() => new Promise((done) => {{
              const began = performance.now();
              const look = () => [...document.querySelectorAll('svg.paper')].some((one) => one.textContent.includes('{shown}'))
                ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look);
              document.querySelector('[name="v:{KEY}"]').form.requestSubmit();
              look();
            }})"""
        )
    )


if __name__ == "__main__":
    main()
