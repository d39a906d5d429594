"""The calendar on the workbench: an edition's dates, other dates tried, days of rest, files to keep."""

import re

import pytest
from playwright.sync_api import expect
from workbenches import audited, wide

import notices
from notices.workbench.tasks.calendar import SHAPES

HEADS = {"ics": b"BEGIN:VCALENDAR", "docx": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE", "json": b"{"}
WANTED = {"edition": "guangxi@2024"}


def test_every_step_is_there_with_its_date(bench):
    text = bench.client.get("/calendar", params=WANTED).text
    plan = notices.open().edition("guangxi@2024").calendar().plan
    assert len(plan.entries) >= 8
    for one in plan.entries:
        assert one.name in text
        assert one.shown in text


def test_another_date_is_tried_and_the_rest_follows(bench):
    moved = bench.client.get("/calendar", params={**WANTED, "date-city": "2024-06-15"}).text
    assert "2024年6月15日" in moved
    assert "周六，休息日" in moved
    assert "2024年5月17日" not in moved, "the step before it moved"


def test_a_date_that_is_none_is_said(bench):
    answer = bench.client.get("/calendar", params={**WANTED, "date-city": "2024-02-31"})
    assert answer.status_code == 422
    assert "2024-02-31 不是日期" in answer.text
    assert bench.client.get("/calendar", params={**WANTED, "date-nobody": "2024-06-15"}).status_code == 404
    assert bench.client.get("/calendar", params={"edition": "nowhere"}).status_code == 404


@pytest.mark.parametrize("shape", SHAPES)
def test_a_calendar_can_be_kept(bench, shape):
    answer = bench.client.get(f"/calendar/{shape}", params=WANTED)
    assert answer.status_code == 200
    assert answer.content.startswith(HEADS[shape])
    assert f"calendar-guangxi-2024.{shape}" in answer.headers["content-disposition"]
    assert bench.client.get("/calendar/exe", params=WANTED).status_code == 404


def test_the_calendar_of_every_edition(bench):
    for name in notices.open().editions():
        assert bench.client.get("/calendar", params={"edition": name}).status_code == 200, name


def test_the_calendar_in_a_browser(page):
    page.get_by_role("link", name="日程").click()
    page.get_by_label("版本").select_option("guangxi@2024")
    page.get_by_label("版本").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#found h2").first).to_contain_text("工作日程")
    page.get_by_label("市级审核后报送省级：试另一个日期").fill("2024-06-14")
    expect(page.locator("#dates")).to_contain_text("2024年6月14日")
    expect(page.get_by_label("市级审核后报送省级：试另一个日期")).to_be_focused()
    assert re.search(r"date-city=2024-06-14", page.url)
    assert audited(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
