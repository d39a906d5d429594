"""The checklist of one applicant in a browser: by mouse, by keyboard alone, without its script, over a lost line."""

import pytest
from playwright.sync_api import expect
from workbenches import audited, running, wide

pytestmark = pytest.mark.slow


def opened(page, root):
    """A new sheet in a browser."""
    page.goto(f"{root}/checklist?edition=guizhou@2024&category=factory")
    page.get_by_role("button", name="开始填写").click()
    page.get_by_label("按哪一天判断").fill("2024-09-01")
    return page


def test_one_applicant_from_choice_to_file(page, served):
    page.goto(f"{served.root}/checklist")
    assert audited(page) == []
    page.get_by_label("发文机关").select_option("guizhou")
    expect(page.get_by_label("年度")).to_have_value("2024")
    page.get_by_label("类别").first.select_option("factory")
    page.get_by_role("button", name="开始填写").click()
    page.get_by_label("按哪一天判断").fill("2024-09-01")
    expect(page.locator("#day")).to_contain_text("按 2024年9月1日判断")
    name = page.get_by_label("单位名称")
    name.press_sequentially("黔屏州云台水泥")
    expect(page.locator("#kept")).to_contain_text("已存")
    expect(name).to_be_focused()
    page.get_by_label("年综合能源消费量").fill("很多")
    wrong = page.locator('[id="e.v.annual-energy-consumption"]')
    expect(wrong).to_contain_text("应是数")
    expect(page.get_by_label("年综合能源消费量")).to_have_attribute("aria-invalid", "true")
    assert audited(page) == []
    page.locator("#q3").click()
    page.get_by_label("年综合能源消费量").fill("5000")
    expect(wrong).to_be_empty()
    expect(page.get_by_label("年综合能源消费量")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("details[data-item='3']")).to_have_attribute("open", "")
    expect(page.locator("details[data-item='3']")).to_have_attribute("open", "")
    page.locator("#more\\.records").click()
    expect(page.locator('[id="r.records.3.record-kind"]')).to_be_visible()
    expect(page.get_by_label("单位名称")).to_have_value("黔屏州云台水泥")
    page.get_by_label("近三年正常生产经营").select_option("是")
    page.get_by_label("近三年最长一次连续停产").fill("40")
    expect(page.locator("#clashes")).to_contain_text("填报前后不一致")
    expect(page.get_by_label("近三年正常生产经营")).to_have_attribute("aria-invalid", "true")
    assert audited(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
    assert page.locator("#standing").is_visible()
    with page.expect_download() as took:
        page.get_by_role("link", name="Word").click()
    assert "黔屏州云台水泥" in took.value.suggested_filename


def test_by_keyboard_alone(page, served):
    page.goto(f"{served.root}/checklist?edition=guizhou@2024&category=factory")
    keys = page.keyboard

    def tab_to(name):
        for _ in range(120):
            keys.press("Tab")
            if page.evaluate("(document.activeElement.id || document.activeElement.textContent.trim())") == name:
                return
        raise AssertionError(f"{name} is not reached")

    tab_to("开始填写")
    keys.press("Enter")
    page.wait_for_url("**/checklist/one/*")
    tab_to("v.name")
    keys.type("甲厂")
    tab_to("v.manufacturing")
    keys.press("ArrowDown")
    item = page.locator(".verdicts li", has_text="实际生产").first
    expect(item).to_contain_text("符合")
    tab_to("去填：行业")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "v.sector-class"
    tab_to("不用了，删去这一份")
    keys.press("Enter")
    tab_to("删除这一份")
    keys.press("Enter")
    page.wait_for_url("**/checklist")
    expect(page.locator("main")).not_to_contain_text("甲厂")


def typed(page, label, text):
    """A field filled, and what came of it told."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label(label).fill(text)


def test_a_lost_connection_keeps_what_is_typed(page, served):
    opened(page, served.root)
    typed(page, "单位名称", "甲厂")
    page.context.set_offline(True)
    page.get_by_label("从事实际生产的制造型企业").select_option("否")
    expect(page.locator("#line")).to_be_visible()
    expect(page.get_by_label("从事实际生产的制造型企业")).to_have_value("否")
    page.context.set_offline(False)
    expect(page.locator("#line")).to_be_hidden(timeout=20_000)
    expect(page.locator("#standing")).to_contain_text("不能申报")


def test_two_windows_on_one_sheet_lose_nothing(page, served):
    opened(page, served.root)
    typed(page, "单位名称", "甲厂")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_label("单位名称")).to_have_value("甲厂")
    typed(other, "联系人", "张三")
    typed(page, "单位名称", "甲厂分厂")
    expect(page.locator("#kept")).to_contain_text("在另一个窗口里改过")
    expect(page.get_by_label("单位名称")).to_have_value("甲厂分厂")
    assert audited(page) == []
    page.get_by_role("button", name="以这一页为准").click()
    expect(page.locator("#kept")).to_contain_text("已存")
    typed(page, "联系电话", "0771-8095256")
    expect(page.locator("#kept")).to_contain_text("已存")
    typed(other, "联系人", "李四")
    expect(other.locator("#kept")).to_contain_text("在另一个窗口里改过")
    expect(other.get_by_label("联系人")).to_have_value("李四")


def test_a_killed_server_has_kept_what_it_said_it_kept(page, served, tmp_path, chromium):
    opened(page, served.root)
    page.get_by_label("单位名称").fill("甲厂")
    page.get_by_label("从事实际生产的制造型企业").select_option("否")
    expect(page.locator("#standing")).to_contain_text("不能申报")
    address = page.url.removeprefix(served.root)
    served.kill()
    again = running(tmp_path / "office")
    try:
        other = chromium.new_context().new_page()
        other.goto(again.address)
        other.goto(f"{again.root}{address}")
        expect(other.get_by_label("单位名称")).to_have_value("甲厂")
        expect(other.locator("#standing")).to_contain_text("不能申报")
        other.context.close()
    finally:
        again.kill()


def test_without_its_script_the_page_does_the_same(chromium, served):
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(served.address)
    opened(page, served.root)
    page.get_by_label("单位名称").fill("甲厂")
    page.get_by_label("从事实际生产的制造型企业").select_option("否")
    page.get_by_role("button", name="存下来，看结论").click()
    assert "不能申报" in page.locator("#standing").inner_text()
    assert page.get_by_label("单位名称").input_value() == "甲厂"
    context.close()
