"""Importing in a browser: end to end, by keyboard alone, narrow, with the line lost, two at once, the server killed."""

import re

import pytest
from playwright.sync_api import expect
from returned import changed, swap
from test_importing import NOTICE
from workbenches import audited, running, wide

import notices
from notices.profile.yamlfile import parse


@pytest.fixture
def source(tmp_path):
    """The notice of a made-up authority."""
    path = tmp_path / "来源.txt"
    path.write_text(NOTICE, "utf-8")
    return path


@pytest.fixture
def alone(chromium, served):
    """A page whose browser may note that an answer was no success: what is refused, an edition without a page."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    opened = context.new_page()
    wrong = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(served.address)
    yield opened
    context.close()
    assert wrong == []


@pytest.fixture
def opened(page, served, source):
    """The page of an import."""
    return imported(page, served, source)


def imported(page, served, source):
    page.goto(f"{served.root}/import")
    page.set_input_files("#file", source)
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_url("**/import/notice/*", timeout=60_000)
    return page


def row(page, words):
    return page.locator(".piece", has_text=words)


def folder_of(tmp_path):
    return tmp_path / "office"


def test_a_notice_is_decided_on_and_kept(opened, tmp_path):
    page = opened
    assert audited(page) == []
    row(page, "近一年每名职工").get_by_role("button", name="对", exact=True).click()
    expect(row(page, "近一年每名职工").get_by_role("button", name="对", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    three = row(page, "三次以上拒绝")
    three.locator("summary").click()
    three.get_by_label("不收的原因").fill("与上一项重复")
    three.get_by_role("button", name="不收").click()
    expect(three.locator(".tag.bad")).to_have_text("不收：与上一项重复")
    expect(page.locator("#sums")).to_contain_text("已经决定 2")
    assert audited(page) == []
    page.get_by_role("link", name=re.compile("^照原文，待核对")).click()
    expect(row(page, "园区应具备统一管理机构")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
    page.get_by_role("button", name=re.compile("^留下")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "已留下：甲省工业和信息化厅 2026 年的草稿", timeout=30_000
    )
    assert (audited(page), wide(page) <= 0) == ([], True)
    data = parse((folder_of(tmp_path) / "provinces/jia/2026.yaml").read_text("utf-8"), "").data
    assert "拒绝节能监察" not in str(data["exclusions"])
    assert page.get_by_role("link", name="看排好的第一页").get_attribute("href") == "/edition/jia@2026"


def test_all_of_it_by_keyboard_alone(page, served, source):
    page.goto(f"{served.root}/import")

    def to(what):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("what => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"nothing leads to {what}")

    to("#file")
    page.set_input_files("#file", source)  # the chooser is the browser's own
    to("#dropping button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/import/notice/*", timeout=60_000)
    to(".piece.worded .decide button")
    held = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{held}")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"#{held}")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("问清楚")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#look{held.removeprefix('right')}")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"#look{held.removeprefix('right')}")).to_be_focused()
    page.locator("#keeping button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已留下", timeout=30_000)


def test_a_file_that_cannot_be_read_is_told_and_what_was_written_stays(alone, served, tmp_path):
    page = alone
    bad = tmp_path / "扫描.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    page.goto(f"{served.root}/import")
    page.set_input_files("#file", bad)
    page.locator("details summary").click()
    page.get_by_label("年度").fill("2026")
    with page.expect_response("**/import/file") as answer:
        page.get_by_role("button", name="导入", exact=True).click()
    assert answer.value.status == 422
    expect(page.locator("#problem")).to_contain_text("扫描.pdf")
    expect(page.get_by_label("年度")).to_have_value("2026")
    assert page.evaluate("document.getElementById('file').files[0].name") == "扫描.pdf"
    assert audited(page) == []


def test_a_lost_line_keeps_what_was_typed_and_goes_on(alone, served, source):
    page = imported(alone, served, source)
    three = row(page, "三次以上拒绝")
    three.locator("summary").click()
    three.get_by_label("要看什么").fill("和处里对一遍")
    page.context.set_offline(True)
    three.get_by_role("button", name="要看").click()
    expect(page.locator("#line")).to_be_visible()
    expect(three.get_by_label("要看什么")).to_have_value("和处里对一遍")
    page.context.set_offline(False)
    expect(three.get_by_role("button", name="要看")).to_have_attribute("aria-pressed", "true", timeout=20_000)
    expect(page.locator("#line")).to_be_hidden()


def test_a_file_may_be_dropped_anywhere_on_the_page(page, served):
    page.goto(f"{served.root}/import")
    page.evaluate(
        """text => {
            const held = new DataTransfer();
            held.items.add(new File([text], "来源.txt", { type: "text/plain" }));
            for (const kind of ["dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: held, bubbles: true, cancelable: true }));
        }""",
        NOTICE,
    )
    assert page.evaluate("document.getElementById('file').files[0].name") == "来源.txt"
    page.get_by_role("button", name="导入", exact=True).click()
    page.wait_for_url("**/import/notice/*", timeout=60_000)
    expect(row(page, "近一年每名职工")).to_be_visible()


def test_an_empty_folder_is_begun_in_the_browser(chromium, tmp_path):
    folder = tmp_path / "空"
    folder.mkdir()
    served = running(folder)
    page = chromium.new_context(locale="zh-CN").new_page()
    page.goto(served.address)
    page.goto(f"{served.root}/import")
    page.get_by_role("link", name="新建机关").click()
    page.get_by_label("发文机关全称").fill("乙省工业和信息化厅")
    with page.expect_response("**/import/new/begin"):
        page.get_by_role("button", name="写出第一份草稿").click()
    assert len(list((folder / "provinces/yi").glob("20*.yaml"))) == 1
    page.context.close()
    served.kill()


def test_two_browsers_decide_at_once_and_neither_loses(opened, served, chromium):
    other = chromium.new_context(locale="zh-CN").new_page()
    other.goto(served.another())
    other.goto(opened.url)
    for page, words in ((opened, "近一年每名职工"), (other, "三次以上拒绝")):
        row(page, words).get_by_role("button", name="对", exact=True).click()
        expect(row(page, words).get_by_role("button", name="对", exact=True)).to_have_attribute("aria-pressed", "true")
    opened.reload()
    expect(opened.locator("#sums")).to_contain_text("已经决定 2")
    other.context.close()


def test_a_killed_server_loses_no_decision(opened, served, chromium, tmp_path):
    row(opened, "近一年每名职工").get_by_role("button", name="对", exact=True).click()
    expect(row(opened, "近一年每名职工").get_by_role("button", name="对", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    place = opened.url.removeprefix(served.root)
    served.process.kill()
    again = running(folder_of(tmp_path))
    page = chromium.new_context(locale="zh-CN").new_page()
    page.goto(again.address)
    page.goto(f"{again.root}{place}")
    expect(row(page, "近一年每名职工").get_by_role("button", name="对", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.context.close()
    again.kill()


def test_a_paper_that_came_back_is_taken(page, served, tmp_path):
    folder = folder_of(tmp_path)
    built = notices.open(folder).edition("guangxi@2024").write("notice", "docx")
    back = tmp_path / "改稿.docx"
    back.write_bytes(
        changed(built, swap("2024年5月31日", "2024年6月14日"), swap("要严格把控推荐质量", "可严格把控推荐质量"))
    )
    page.goto(f"{served.root}/import/returned")
    assert audited(page) == []
    page.set_input_files("#file", back)
    page.get_by_role("button", name="逐处对照").click()
    page.wait_for_url("**/import/returned/*", timeout=90_000)
    assert audited(page) == []
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    assert sorted(box.is_checked() for box in boxes.all()) == [False, True]
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
    page.get_by_role("button", name="把选上的写进这一版").click()
    expect(page.get_by_text("写进了 1 处")).to_be_visible(timeout=90_000)
    assert audited(page) == []
    assert "date: 2024-06-14" in (folder / "provinces/guangxi/2024.yaml").read_text("utf-8")


def test_an_authority_begins_while_its_name_is_typed(alone, served, tmp_path):
    page = alone
    page.goto(f"{served.root}/import/new")
    page.get_by_label("发文机关全称").press_sequentially("乙省工业和信息化厅")
    expect(page.locator("#told")).to_contain_text("辖区 乙省，级别 省级")
    expect(page.locator("#told")).to_contain_text("编号 yi")
    expect(page.get_by_label("发文机关全称")).to_be_focused()
    page.get_by_label("年度").fill("2026")
    assert audited(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
    with page.expect_response("**/import/new/begin") as answer:
        page.get_by_role("button", name="写出第一份草稿").click()
    assert answer.value.status == 303
    assert (folder_of(tmp_path) / "provinces/yi/2026.yaml").is_file()


@pytest.mark.parametrize("address", ["/import", "/import/sheet", "/import/new", "/import/returned"])
def test_every_page_is_narrow_and_sound(page, served, address):
    page.goto(f"{served.root}{address}")
    assert audited(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
