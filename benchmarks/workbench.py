"""Figures for the workbench's checklists: people at once, and a long sheet through the browser beside the command.

Run with ``python benchmarks/workbench.py [PEOPLE [APPLICANTS]]`` (50 and 10,000). PEOPLE fill in a checklist at the
same time, each change of theirs kept on the disk and judged, first as fast as answers come, then with a second
between them as people type. Nothing here decides a test: a slow machine is not a fault.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from checklists import CATEGORY, DAY, EDITION, applicants
from measure import ROOT, _machine

from notices.checklist.batch.job import Desk, Order
from notices.forms import workbook
from notices.workbench.guard import users

PASSWORD = "one good sentence"  # noqa: S105 - of accounts that last as long as the run
WANTED = {"edition": EDITION, "category": CATEGORY, "level": "province", "as_of": DAY.isoformat()}
TYPED = yaml.load((ROOT / "applicants" / "01-strong-factory.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts alone


@dataclass
class Person:
    """A browser that has come in, over one connection."""

    host: str
    name: str
    cookie: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        self.last = time.monotonic()
        self.line = http.client.HTTPConnection(self.host, timeout=600)
        answer, _ = self.post("/enter", {"name": self.name, "password": PASSWORD})
        self.cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        page = self.get("/checklist")[1].decode()
        self.token = re.search(r'name="token" value="([^"]+)"', page)[1]

    def get(self, address: str) -> tuple[http.client.HTTPResponse, bytes]:
        """A page."""
        return self._asked("GET", address, None, {"X-Live": "1"} if "/many/" in address else {})

    def post(self, address: str, fields: dict[str, str], **more: str) -> tuple[http.client.HTTPResponse, bytes]:
        """A form; keywords are headers."""
        body = urllib.parse.urlencode(fields | ({"token": self.token} if self.token else {})).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._asked("POST", address, body, kind | {name.replace("_", "-"): text for name, text in more.items()})

    def upload(self, address: str, fields: dict[str, str], name: str, content: bytes) -> http.client.HTTPResponse:
        """A form with a file."""
        mark = "a-mark-between-the-parts"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n'.encode()
            for key, text in (fields | {"token": self.token}).items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, content, f"\r\n--{mark}--\r\n".encode()])
        return self._asked("POST", address, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})[0]

    def _asked(self, how: str, address: str, body: bytes | None, headers: dict[str, str]):
        if time.monotonic() - self.last > 10:  # a server lets a line go that is not used
            self.line.close()
        self.last = time.monotonic()
        self.line.request(how, address, body, {"Cookie": self.cookie, **headers})
        answer = self.line.getresponse()
        return answer, answer.read()


@contextlib.contextmanager
def serving(folder: Path, names: list[str]) -> Iterator[tuple[str, int]]:
    """A workbench with these accounts; its host and its process."""
    accounts = folder / "users.yaml"
    for name in names:
        users.put(accounts, name, "reads", PASSWORD)
    (folder / "provinces").mkdir()
    command = [sys.executable, "-m", "notices", "--workspace", str(folder), "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen([*command, "--users", str(accounts)], stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    try:
        yield re.search(r"http://([^/]+)/", line)[1], process.pid
    finally:
        process.terminate()
        process.wait()


def memory(process: int) -> tuple[float, float]:
    """Megabytes of a process, and of those it has started; pages they share are counted once."""
    return _held(process), sum(_held(one) for one in _family(process) - {process})


def spent(process: int) -> tuple[float, float]:
    """Seconds of a processor a process has used, and those it has started: whatever else the machine does."""
    return _used(process), sum(_used(one) for one in _family(process) - {process})


def _family(process: int) -> set[int]:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    family = {process}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _used(process: int) -> float:
    """Its own, and that of those it started which have ended."""
    with contextlib.suppress(OSError):
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _held(process: int) -> float:
    with contextlib.suppress(OSError, AttributeError):
        return (
            int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)[1]) / 1024
        )
    return 0.0


def fields(number: int) -> dict[str, str]:
    """What a form holds at a person's nth change."""
    own = {f"v.{key}": text for key, text in TYPED.items() if isinstance(text, str)}
    own |= {"v.green-list-levels": "、".join(TYPED["green-list-levels"])}
    for row, entry in enumerate(TYPED["certificates"]):
        own |= {f"r.certificates.{row}.{key}": text for key, text in entry.items()}
    return own | {"v.annual-energy-consumption": str(1000 + number), "by": "x", "as_of": DAY.isoformat()}


def together(people: list[Person], rounds: int, pause: float, process: int) -> None:
    """Everybody changes a field so many times; print rate, waits, errors and memory."""
    addresses = [one.post("/checklist/one", WANTED)[0].getheader("location") for one in people]
    waits: list[float] = []
    errors: list[int] = []

    def fill(one: Person, address: str, place: int) -> None:
        time.sleep(pause * place / len(people))
        for number in range(rounds):
            began = time.perf_counter()
            answer, text = one.post(address, fields(number), X_Live="1")
            waits.append(time.perf_counter() - began)
            if answer.status != 200 or "初步符合".encode() not in text:
                errors.append(answer.status)
            time.sleep(pause)

    threads = [
        threading.Thread(target=fill, args=(one, address, place))
        for place, (one, address) in enumerate(zip(people, addresses, strict=True))
    ]
    before, began = spent(process), time.perf_counter()
    for thread in threads:
        thread.start()
    most = (0.0, 0.0)
    while any(thread.is_alive() for thread in threads):
        most = max(most, memory(process), key=sum)
        time.sleep(0.2)
    took, after = time.perf_counter() - began, spent(process)
    own, theirs = (1000 * (late - early) / len(waits) for early, late in zip(before, after, strict=True))
    centiles = statistics.quantiles(waits, n=100)
    how = f"每人两次之间停 {pause:g} 秒" if pause else "答了就再问"
    print(
        f"{len(people)} 人同时填、每改一处都存盘并判断（{how}）：{len(waits)} 次，每秒 {len(waits) / took:.0f} 次；"
        f"等待中位 {centiles[49] * 1000:.0f} ms，95% 在 {centiles[94] * 1000:.0f} ms 内；错误 {len(errors)} 次；"
        f"一次用处理器 服务 {own:.1f} ms、工作进程 {theirs:.1f} ms；"
        f"内存 服务 {most[0]:.0f} MB、工作进程合计 {most[1]:.0f} MB"
    )


def sheet(count: int) -> bytes:
    """A sheet of invented applicants."""
    desk = Desk(Order(None, EDITION, CATEGORY, DAY))
    return workbook.write(desk.sheet, [one.record for one in applicants(count)], many=True)


def through(person: Person, content: bytes, count: int, process: int, folder: Path) -> None:
    """A sheet from upload to archive, beside the command over the same sheet."""
    path = folder / "applicants.xlsx"
    path.write_bytes(content)
    options = ["--category", CATEGORY, "--as-of", DAY.isoformat(), "--level", "province", "--format", "html"]
    began = time.perf_counter()
    command = [sys.executable, "-m", "notices", "--workspace", str(folder), "checklist", EDITION, *options]
    subprocess.run([*command, "--applicant", str(path), "--out", str(folder / "out")], check=True, capture_output=True)
    alone = time.perf_counter() - began
    began = time.perf_counter()
    answer = person.upload("/checklist/many", WANTED | {"each": "html"}, "applicants.xlsx", content)
    address = answer.getheader("location")
    sent, most = time.perf_counter() - began, (0.0, 0.0)
    while b"data-poll" in (page := person.get(address)[1]):
        most = max(most, memory(process), key=sum)
        time.sleep(1)
    judged = time.perf_counter() - began
    if "做好了".encode() not in page:
        sys.exit(page.decode())
    before = memory(process)[0]
    made = folder / "made.zip"
    made.write_bytes(person.get(f"{address}/archive")[1])
    whole, after = time.perf_counter() - began, memory(process)[0]
    with zipfile.ZipFile(made) as package:
        files = sum(name.endswith("checklist.html") for name in package.namelist())
    print(
        f"{count} 家的情况表（{len(content) / 1e6:.1f} MB）经网页：上传 {sent:.1f} 秒，判断、每家一份网页、汇总、打包共 "
        f"{judged:.0f} 秒，下载 {made.stat().st_size / 1e6:.0f} MB 后 {whole:.0f} 秒，清单 {files} 份；"
        f"命令行（没有汇总 PDF，不打包）{alone:.0f} 秒，网页是它的 {whole / alone:.2f} 倍；"
        f"内存 服务 {most[0]:.0f} MB（下载前后 {before:.0f}、{after:.0f}）、其他进程合计 {most[1]:.0f} MB"
    )


def main() -> None:
    """Print the machine and every figure."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    load = os.getloadavg()[0]
    print(f"机器：{_machine()}；开始时负载 {load:.1f}\n版本 {EDITION}，类别 {CATEGORY}\n")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        names = [f"用户{number}" for number in range(people)]
        with serving(folder, names) as (host, process):
            everybody = [Person(host, name) for name in names]
            started = memory(process)
            print(f"{people} 人登录以后：服务 {started[0]:.0f} MB、工作进程合计 {started[1]:.0f} MB")
            together(everybody[:1], 100, 0, process)
            together(everybody, 20, 0, process)
            together(everybody, 20, 1, process)
            through(everybody[0], sheet(count), count, process, folder)


if __name__ == "__main__":
    main()
