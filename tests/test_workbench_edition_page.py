"""The page of one edition in a browser: the pages beside the facts, by mouse, by keyboard, by two, on a bad line."""

import re

import pytest
from playwright.sync_api import expect
from workbenches import audited, office, running, wide

expect.set_options(timeout=60_000)  # what is waited for comes; how soon is measured elsewhere
HERE = "/edition/guangxi@2024"
FACT = "deadlines.city-to-province"
DATE = f"{FACT}.date"


@pytest.fixture
def edition(page, served):
    """The edition's page."""
    page.goto(f"{served.root}{HERE}")
    return page


def own_file(tmp_path):
    return tmp_path / "office/provinces/guangxi/2024.yaml"


def sentence(page, key=FACT):
    """The first stretch of the pages that states a fact."""
    return page.locator(f'#pages [data-fact="{key}"]').first


def save(page):
    page.locator("#change > p button", has_text="保存").click()


def choose(page, key=FACT):
    sentence(page, key).click()
    expect(page.locator("#fact")).to_have_attribute("data-key", key)


def test_a_click_on_a_sentence_shows_its_fact_and_a_change_shows_on_the_page(edition, tmp_path):
    choose(edition)
    expect(edition.locator("#fact-name")).to_have_text("市级报送申请材料")
    lit = edition.locator(f'#pages .chosen[data-fact="{FACT}"]')
    assert lit.count() >= 2, "all lines of the sentence"
    edition.locator(f'[name="v:{DATE}"]').fill("2024-06-03")
    before = edition.evaluate("scrollY")
    edition.keyboard.press("Enter")
    expect(edition.locator("#pages .chosen", has_text="6月3日")).to_be_visible()
    expect(edition.locator("#fact .notice")).to_contain_text("2024年6月3日")
    assert edition.evaluate("scrollY") == before, "the page keeps its place"
    assert "date: 2024-06-03" in own_file(tmp_path).read_text("utf-8")
    edition.locator("#fact .log button").first.click()
    expect(edition.locator("#pages .chosen", has_text="5月31日")).to_be_visible()
    assert "date: 2024-05-31" in own_file(tmp_path).read_text("utf-8")


def test_the_text_of_the_pages_can_be_selected(edition):
    sentence(edition).scroll_into_view_if_needed()
    text = edition.evaluate(
        "key => { const found = document.querySelector(`#pages [data-fact='${key}']`);"
        " getSelection().selectAllChildren(found.closest('svg')); return String(getSelection()); }",
        FACT,
    )
    assert "2024年5月31日" in re.sub(r"\s", "", text)


def test_a_rest_day_is_told_while_one_chooses(edition):
    choose(edition)
    edition.locator(f'[name="v:{DATE}"]').fill("2024-06-10")
    note = edition.locator(f'[id="day-{DATE}"]')
    expect(note).to_contain_text("休息日")
    edition.get_by_role("button", name="2024年6月11日，星期二").click()
    expect(edition.locator(f'[name="v:{DATE}"]')).to_have_value("2024-06-11")
    expect(note).to_contain_text("工作日")


def test_by_keyboard_alone(edition):
    sentence(edition).focus()
    edition.keyboard.press("Enter")
    expect(edition.locator("#fact")).to_have_attribute("data-key", FACT)
    expect(edition.locator("#fact-name")).to_be_focused()
    say = f"v:{FACT}.say"
    for _ in range(12):
        edition.keyboard.press("Tab")
        if edition.evaluate("document.activeElement.name") == say:
            break
    assert edition.evaluate("document.activeElement.name") == say
    edition.keyboard.press("End")
    edition.keyboard.type("，逾期不予受理")
    edition.keyboard.press("Enter")
    expect(edition.locator("#fact [role=alert], #fact .notice")).to_be_visible()
    expect(edition.locator(f'[name="{say}"]')).to_be_focused()


@pytest.mark.parametrize("tab", ["全部规定", "待定", "沿用", "记录", "检查", "下载"])
def test_the_audit_finds_nothing_at_either_width(edition, tab):
    choose(edition)
    edition.locator("#tabs").get_by_role("link", name=tab).click()
    expect(edition.locator("#tabs [aria-current]")).to_contain_text(tab)
    assert audited(edition) == []
    edition.set_viewport_size({"width": 390, "height": 800})
    assert wide(edition) <= 0
    assert audited(edition) == []


def test_what_is_wrong_is_told_at_the_field(edition):
    choose(edition, "papers.notice")
    edition.locator('[name="v:papers.notice.number"]').fill("没有括号268号")
    save(edition)
    expect(edition.locator('[name="v:papers.notice.number"]')).to_have_attribute("aria-invalid", "true")
    expect(edition.locator('[name="v:papers.notice.number"]')).to_have_value("没有括号268号")
    assert audited(edition) == []


def test_a_lost_connection_keeps_what_was_typed_and_goes_through_later(edition, tmp_path):
    choose(edition)
    edition.context.set_offline(True)
    edition.locator(f'[name="v:{DATE}"]').fill("2024-06-04")
    save(edition)
    expect(edition.locator("#line")).to_be_visible()
    expect(edition.locator(f'[name="v:{DATE}"]')).to_have_value("2024-06-04")
    assert "2024-05-31" in own_file(tmp_path).read_text("utf-8")
    edition.context.set_offline(False)
    expect(edition.locator("#pages .chosen", has_text="6月4日")).to_be_visible(timeout=20000)
    expect(edition.locator("#line")).to_be_hidden()


def test_what_is_typed_and_not_saved_is_not_left_in_silence(edition):
    choose(edition)
    edition.locator(f'[name="v:{DATE}"]').fill("2024-06-04")
    asked = []
    edition.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    sentence(edition, "contacts.office").click()
    expect(edition.locator("#fact")).to_have_attribute("data-key", FACT)
    assert asked == ["这一条改了还没有存。不存就离开吗？"]
    expect(edition.locator(f'[name="v:{DATE}"]')).to_have_value("2024-06-04")
    edition.once("dialog", lambda dialog: dialog.accept())
    choose(edition, "contacts.office")
    choose(edition)
    expect(edition.locator(f'[name="v:{DATE}"]')).to_have_value("2024-05-31")


def test_what_is_half_typed_in_one_row_outlives_the_confirming_of_another(edition):
    edition.locator("#tabs").get_by_role("link", name="待定").click()
    edition.locator('[name="v:papers.notice.imprint.printed"]').fill("2024-04-08")
    edition.locator('[name="v:papers.notice.imprint.issuer"]').fill("广西壮族自治区工业和信息化厅办公室")
    edition.keyboard.press("Enter")
    expect(edition.locator("#tabs .count")).to_have_text("1")
    expect(edition.locator('[name="v:papers.notice.imprint.printed"]')).to_have_value("2024-04-08")


def test_two_browsers_on_one_edition(chromium, edition, served, tmp_path):
    other = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    other.goto(served.another())
    other.goto(f"{served.root}{HERE}?fact={FACT}")
    choose(edition)
    other.locator(f'[name="v:{DATE}"]').fill("2024-06-05")
    edition.locator(f'[name="v:{DATE}"]').fill("2024-06-06")
    save(edition)
    expect(edition.locator("#fact .notice")).to_contain_text("2024年6月6日")
    expect(other.locator("#news")).to_contain_text("2024年6月6日")
    expect(other.locator(f'[name="v:{DATE}"]')).to_have_value("2024-06-05")
    other.get_by_role("link", name="换上新的版面").click()
    expect(other.locator("#pages .chosen", has_text="6月6日")).to_be_visible()
    expect(other.locator(f'[name="v:{DATE}"]')).to_have_value("2024-06-05")
    save(other)
    expect(other.locator("#fact [role=alert]")).to_contain_text("2024年6月6日")
    expect(other.locator(f'[name="v:{DATE}"]')).to_have_value("2024-06-05")
    assert "2024-06-06" in own_file(tmp_path).read_text("utf-8")
    save(other)
    expect(other.locator("#fact .notice")).to_contain_text("2024年6月5日")
    other.context.close()


def test_a_change_outlives_a_killed_server(chromium, tmp_path):
    first = running(office(tmp_path / "office"))
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    try:
        page.goto(first.address)
        page.goto(f"{first.root}{HERE}?fact={FACT}")
        page.locator(f'[name="v:{DATE}"]').fill("2024-06-06")
        save(page)
        expect(page.locator("#fact .notice")).to_contain_text("2024年6月6日")
        page.locator(f'[name="v:{DATE}"]').fill("2024-06-07")
        with page.expect_request(re.compile("/change")):
            save(page)
        first.kill()
        expect(page.locator("#line")).to_be_visible()
        expect(page.locator(f'[name="v:{DATE}"]')).to_have_value("2024-06-07")
    finally:
        first.kill()
    context.close()
    second = running(tmp_path / "office")
    try:
        page = chromium.new_page()
        page.goto(second.address)
        page.goto(f"{second.root}{HERE}?fact={FACT}&tab=history")
        date = page.locator(f'[name="v:{DATE}"]').input_value()
        assert date in {"2024-06-06", "2024-06-07"}
        month_day = f"2024年6月{int(date[-2:])}日"
        expect(page.locator("#tab .log li").first.locator("ins")).to_have_text(month_day)
        expect(page.locator("#pages .chosen", has_text=f"6月{int(date[-2:])}日")).to_be_visible()
        page.close()
    finally:
        second.kill()


def test_what_is_wrong_with_a_fact_stands_in_its_panel_and_what_is_not_printed_is_told(edition, tmp_path):
    path = own_file(tmp_path)
    path.write_text(path.read_text("utf-8").replace("date: 2024-05-31", "date: 2024-06-01"), "utf-8")
    edition.reload()
    choose(edition)
    expect(edition.locator("#checks")).to_contain_text("休息日")
    row = edition.locator("#tab li", has=edition.locator('[data-fact-link="forms.published-list"]'))
    expect(row).to_contain_text("不在这份上")
    expect(row.locator(".unprinted")).to_be_visible()
    here = edition.locator("#tab li", has=edition.locator(f'[data-fact-link="{FACT}"]'))
    expect(here.locator(".unprinted")).to_be_hidden()


def test_on_a_phone_the_fact_is_a_sheet_that_closes(edition):
    edition.set_viewport_size({"width": 390, "height": 800})
    choose(edition)
    assert edition.locator("#fact").evaluate("one => getComputedStyle(one).position") == "fixed"
    edition.get_by_role("link", name="收起").click()
    expect(edition.locator("#fact.hint")).to_be_attached()
    assert wide(edition) <= 0


def test_only_the_pages_are_printed(edition):
    edition.emulate_media(media="print")
    expect(edition.locator(".side")).to_be_hidden()
    expect(edition.locator(".bar")).to_be_hidden()
    expect(edition.locator("#pages svg").first).to_be_visible()


def test_open_values_are_settled_one_after_another(edition):
    edition.locator("#tabs").get_by_role("link", name="待定").click()
    edition.locator('[name="v:papers.notice.imprint.issuer"]').fill("广西壮族自治区工业和信息化厅办公室")
    edition.keyboard.press("Enter")
    expect(edition.locator("#tabs .count")).to_have_text("1")
    expect(edition.locator("#pages", has_text="工业和信息化厅办公室")).to_be_visible()
    edition.locator('[name="v:papers.notice.imprint.printed"]').fill("2024-04-07")
    edition.keyboard.press("Enter")
    expect(edition.locator("#tab", has_text="没有待定的值")).to_be_visible()
    assert "待定" not in edition.locator("#pages").inner_text()
