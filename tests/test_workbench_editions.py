"""The first page: own editions first, what is open counted, the next dates, files that cannot be read."""

import datetime as dt
import pickle
import re

import pytest
from workbenches import asked, audited, office, wide

from notices.workbench.tasks import editions


def come_in(made):
    assert made.client.get("/enter", params={"key": made.bench.key.current}).status_code == 303
    return made


def headings(text):
    return re.findall(r'<h2 id="[^"]*">([^<\s]+)', text)


def test_an_office_sees_its_own_first(own_bench):
    text = own_bench.client.get("/").text
    assert headings(text) == [
        "接下来的日期",
        "本机关在拟",
        "本机关已定",
        "各机关已发布",
        "只作参考：副本不全，或还在征求意见",
    ]
    own = text.partition("本机关已定")[2].partition("各机关已发布")[0]
    assert own.count('<li class="card">') == 1
    assert "/edition/guangxi@2024" in own
    assert "导入一份通知" in text, "nothing is being drafted yet"


def test_every_edition_is_there_once(bench):
    text = bench.client.get("/").text
    found = re.findall(r'<h3><a href="/edition/([^"]+)"', text)
    assert len(found) == len(set(found)) >= 17


def test_the_next_dates_come_in_order(workers, tmp_path):
    made = come_in(asked(workers, office(tmp_path / "office"), today=dt.date(2024, 4, 10)))
    text = made.client.get("/").text
    dates = re.findall(r'<time datetime="([^"]+)"', text)
    assert len(dates) >= 3
    assert dates == sorted(dates)
    assert dates[0] >= "2024-04-10"
    first = text[text.index("<time") :]
    assert "还有" in first[:200]


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_there(workers, tmp_path):
    folder = office(tmp_path / "office")
    (folder / "provinces/guangxi/2025.yaml").write_text("id: [\n", "utf-8")
    text = come_in(asked(workers, folder)).client.get("/").text
    assert "读不了的文件" in text
    assert "2025.yaml" in text
    assert "/edition/jilin@2024" in text


def test_an_edition_that_cannot_be_built_says_so(workers, tmp_path):
    folder = office(tmp_path / "office")
    file = folder / "provinces/guangxi/2024.yaml"
    file.write_text(file.read_text("utf-8").replace("issued: 2024-04-03", "issued: 2024-02-31"), "utf-8")
    assert "要改 1 处" in come_in(asked(workers, folder)).client.get("/").text


def test_hostile_names_are_escaped(workers, tmp_path):
    folder = office(tmp_path / "office")
    file = folder / "provinces/guangxi/2024.yaml"
    text, changed = re.subn(r"(?m)^(  name: ).*$", r"\1'<script>alert(1)</script>'", file.read_text("utf-8"), count=1)
    assert changed == 1
    file.write_text(text, "utf-8")
    assert "<script>alert" not in come_in(asked(workers, folder)).client.get("/").text


@pytest.mark.parametrize("folder", [None, "office"])
def test_the_task_gives_plain_values(tmp_path, folder):
    place = office(tmp_path / folder) if folder else None
    found = editions.listed(place, dt.date(2024, 4, 10))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own
    assert sum(one["own"] for one in found["editions"]) == (1 if folder else 0)


def test_the_first_page_in_a_browser(page):
    assert page.title() == "版本 · 绿色制造名单工作台"
    page.get_by_role("heading", name="本机关已定").wait_for()
    assert audited(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
