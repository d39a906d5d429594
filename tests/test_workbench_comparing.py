"""Comparing on the workbench: two editions, all of them, filters in the address, files to keep."""

import html
import re

import pytest
from playwright.sync_api import expect
from workbenches import audited, wide

from notices.workbench.tasks import comparing
from notices.workbench.views.comparing import SHAPES
from notices.workbench.views.reports import Chosen, shown

PAIR = {"left": "guangxi@2024", "right": "jilin@2024"}
HEADS = {"xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE", "json": b"["}


def rows(text):
    """The labels of the rows of a comparison."""
    return [
        html.unescape(re.sub(r"<[^>]*>", "", one)).strip()
        for one in re.findall(r'(?s)<th scope="row"[^>]*>(.*?)</th>', text)
    ]


def test_every_difference_is_on_the_page(bench):
    report = comparing.two(None, PAIR["left"], PAIR["right"], everything=False)
    expected = [row.cells[0].text for table in report.tables for row in table.rows if row.key]
    found = rows(bench.client.get("/compare/two", params=PAIR).text)
    assert len(found) == len(expected) >= 80
    assert [one.split()[-1] for one in found] == [one.split()[-1] for one in expected]


def test_the_address_chooses_rows(bench):
    every = rows(bench.client.get("/compare/two", params=PAIR).text)
    stricter = bench.client.get("/compare/two", params={**PAIR, "mark": "从严"}).text
    assert 0 < len(rows(stricter)) < len(every)
    words = bench.client.get("/compare/two", params={**PAIR, "words": "停产"}).text
    assert 0 < len(rows(words)) < len(every)
    assert "停产" in words.partition('id="found"')[2]
    none = bench.client.get("/compare/two", params={**PAIR, "words": "没有这样的词"}).text
    assert rows(none) == []
    assert "没有符合所选条件的" in none


def test_what_is_chosen_is_all_that_fits_and_nothing_else():
    report = comparing.two(None, PAIR["left"], PAIR["right"], everything=True)
    chosen = Chosen(marks=frozenset({"从严", "放宽"}), words="日")
    found = shown(report, chosen)
    kept = {row.key for table in found.report.tables for row in table.rows}
    fit = {row.key for table in report.tables for row in table.rows if row.key and chosen.takes(row)}
    assert kept == fit
    assert 0 < found.rows < found.every
    assert shown(report, Chosen()).report == report


def test_what_is_typed_comes_back_escaped(bench):
    text = bench.client.get("/compare/two", params={**PAIR, "words": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text


@pytest.mark.parametrize("shape", SHAPES)
def test_a_comparison_can_be_kept(bench, shape):
    answer = bench.client.get(f"/compare/two/{shape}", params=PAIR)
    assert answer.status_code == 200
    assert answer.content.startswith(HEADS[shape])
    assert f"diff-guangxi-2024-jilin-2024.{shape}" in answer.headers["content-disposition"]
    assert answer.headers["content-disposition"].startswith("attachment")


def test_what_there_is_not_is_said(bench):
    assert bench.client.get("/compare/two", params={"left": "guangxi@1999", "right": "jilin"}).status_code == 404
    assert bench.client.get("/compare/two/exe", params=PAIR).status_code == 404
    assert bench.client.get("/compare/two", params={"left": "../../etc", "right": "x"}).status_code == 404


def test_all_authorities_and_some(bench):
    every = bench.client.get("/compare/many").text
    assert len(rows(every)) >= 300
    some = bench.client.get("/compare/many", params={"edition": ["national@2023", "guangxi@2024"]}).text
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', some.rpartition("report many")[2])
    assert heads == ["事项", "全国2023年", "广西壮族自治区2024年"]
    limited = bench.client.get("/compare/many", params={"topic": "deadlines", "mark": "从严"})
    assert limited.status_code == 200


def test_a_changed_profile_is_compared_anew(own_bench):
    before = own_bench.client.get("/compare/two", params=PAIR).text
    file = own_bench.bench.folder / "provinces/guangxi/2024.yaml"
    text = file.read_text("utf-8")
    assert "2024-05-31" in text
    file.write_text(text.replace("2024-05-31", "2024-05-27"), "utf-8")
    after = own_bench.client.get("/compare/two", params=PAIR).text
    assert "2024年5月27日" in after
    assert "2024年5月27日" not in before


def test_comparing_in_a_browser(page):
    page.get_by_role("link", name="对照", exact=True).click()
    page.get_by_label("左").select_option("guangxi@2024")
    page.get_by_label("右").select_option("jilin@2024")
    page.get_by_role("button", name="对照", exact=True).click()
    expect(page.locator("#found h2.title")).to_contain_text("规定对照")
    every = page.locator("#found th[scope=row]").count()
    page.get_by_label("从严").check()
    expect(page.locator("#found")).to_contain_text("全部列出")
    assert 0 < page.locator("#found th[scope=row]").count() < every
    assert "mark=" in page.url, "the address can be sent on"
    page.get_by_label("词语").press_sequentially("日")
    expect(page.get_by_label("词语")).to_be_focused()
    assert audited(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
    page.goto(page.url.partition("/compare")[0] + "/compare/many?edition=national@2023&edition=guangxi@2024")
    assert audited(page) == []
    assert wide(page) <= 0


def test_a_lost_connection_keeps_what_was_chosen(page):
    page.goto(page.url + "compare/two?left=guangxi@2024&right=jilin@2024")
    page.context.set_offline(True)
    page.get_by_label("词语").fill("能耗")
    expect(page.locator("#line")).to_be_visible()
    assert page.get_by_label("词语").input_value() == "能耗"
    page.context.set_offline(False)
    expect(page.locator("#line")).to_be_hidden(timeout=15_000)
    expect(page.locator("#found")).to_contain_text("全部列出")


def test_an_edition_with_errors_is_named_and_others_can_be_chosen(own_bench):
    spoilt = own_bench.bench.folder / "provinces" / "guangxi" / "2025.yaml"
    spoilt.write_text("edition: [", "utf-8")
    for address in ("/compare/many", "/compare/two?left=guangxi@2025&right=guangxi@2024"):
        answer = own_bench.client.get(address)
        assert answer.status_code == 422
        assert "guangxi/2025.yaml" in answer.text
        assert 'id="choice"' in answer.text
    assert own_bench.client.get("/compare/many?edition=guangxi@2024&edition=beijing@2021").status_code == 200
