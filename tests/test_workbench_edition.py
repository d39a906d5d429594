"""The page of one edition, asked without a browser: what it shows, what it changes, what it refuses, what it gives."""

import io
import re
import zipfile

import pytest
from cssselect2 import ElementWrapper
from lxml import html
from workbenches import asked, office

import notices
from notices.workbench.faces import Faces
from notices.workbench.guard import users

HERE = "/edition/guangxi@2024"
DATE = "deadlines.city-to-province.date"
FACT = "deadlines.city-to-province"
TABS = ("facts", "open", "inherited", "history", "checks", "files")


def tree(answer):
    return html.fromstring(answer.text)


def found(page, selector):
    """Elements of a page by a selector of CSS."""
    return [one.etree_element for one in ElementWrapper.from_html_root(page).query_all(selector)]


def words(answer, selector):
    return " ".join(" ".join(one.text_content().split()) for one in found(tree(answer), selector))


def form_of(answer, identity="change"):
    """What a browser would send of a form as it stands."""
    (form,) = found(tree(answer), f'form[id="{identity}"]')
    return [(name, value) for name, value in form.form_values() if name != "token"]


def sent(bench, address, form, *, live=True, **changes):
    """A form of the page with some of its fields filled in otherwise."""
    fields = {}
    for name, value in [*((n, v) for n, v in form if n not in changes), *changes.items()]:
        fields.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return bench.post(address, fields, headers={"X-Live": "1"} if live else {})


def own_file(bench):
    return bench.bench.folder / "provinces/guangxi/2024.yaml"


def test_the_page_tells_whose_edition_it_is(own_bench):
    answer = own_bench.client.get(HERE)
    assert answer.status_code == 200
    assert words(answer, "h1") == "广西壮族自治区工业和信息化厅 2024 年"
    assert words(answer, ".top .tag") == "本文件夹"
    tabs = [one.text_content().split()[0] for one in found(tree(answer), "#tabs a")]
    assert tabs == ["全部规定", "待定", "沿用", "记录", "检查", "下载"]


def test_an_edition_without_its_year_leads_to_the_newest(bench):
    answer = bench.client.get("/edition/guangxi")
    assert (answer.status_code, answer.headers["location"]) == (303, HERE)


@pytest.mark.parametrize(
    "name", ["nowhere@2024", "..%2F..%2Fetc", "guangxi@2024%2F..", "guangxi@1999", "%00", "guangxi@2024%0a"]
)
def test_what_is_no_edition_is_told_so(bench, name):
    answer = bench.client.get(f"/edition/{name}")
    assert answer.status_code == 404
    assert "没有" in answer.text


def test_every_fact_stands_in_the_list_under_its_section(own_bench):
    answer = own_bench.client.get(HERE)
    listed = {one.get("data-fact-link") for one in found(tree(answer), "#tab [data-fact-link]")}
    facts = {one["id"] for one in notices.open().edition("guangxi@2024").facts()}
    assert facts <= listed
    assert listed - facts == {"edition", "authority", "source", "actors"}
    assert "时限" in words(answer, "#tab h3")


def test_the_list_is_searched(own_bench):
    answer = own_bench.client.get(HERE, params={"tab": "facts", "q": "欧阳朋"}, headers={"X-Live": "1"})
    assert [one.get("data-fact-link") for one in found(tree(answer), "#tab [data-fact-link]")] == ["contacts.office"]
    answer = own_bench.client.get(HERE, params={"q": "没有这样的话"})
    assert "没有找到" in words(answer, "#found")


def test_the_panel_tells_clause_origin_and_fields(own_bench):
    answer = own_bench.client.get(HERE, params={"fact": DATE})
    panel = words(answer, "#fact")
    assert "市级报送申请材料" in panel
    assert "二第1段（本版原文）" in panel
    assert "2024年5月31日前" in panel
    assert "是星期五，工作日" in panel
    values = dict(form_of(answer))
    assert values[f"v:{DATE}"] == values[f"s:{DATE}"] == "2024-05-31"
    inherited = words(own_bench.client.get(HERE, params={"fact": "conditions.park.industrial-share"}), "#fact dl")
    assert "文字沿用" in inherited


@pytest.mark.parametrize("tab", TABS)
def test_no_key_and_no_english_stands_in_the_words_of_the_page(own_bench, tab):
    page = tree(own_bench.client.get(HERE, params={"tab": tab, "fact": FACT}))
    for one in found(page, "details, head, textarea, .who"):
        one.drop_tree()
    text = re.sub(r"https?://\S+|\S+@\S+|ISO|PDF|Word|Excel|ZIP|GB/T|XML", "", page.text_content())
    assert re.findall(r"[A-Za-z]{3,}", text) == []


def test_a_value_is_changed_and_the_file_stays_a_persons(own_bench):
    before = own_file(own_bench).read_text("utf-8")
    form = form_of(own_bench.client.get(HERE, params={"fact": FACT}))
    answer = sent(own_bench, f"{HERE}/change", form, **{f"v:{DATE}": "2024-06-01"})
    assert answer.status_code == 200
    assert "2024年6月1日" in words(answer, "#fact .notice")
    assert "休息日" in words(answer, "#fact .notice"), "it is a Saturday"
    after = own_file(own_bench).read_text("utf-8")
    assert after == before.replace("date: 2024-05-31", "date: 2024-06-01")
    assert "2024年6月1日" in words(answer, "#fact blockquote")


def test_a_change_is_kept_with_who_and_taken_back(own_bench):
    before = own_file(own_bench).read_bytes()
    form = form_of(own_bench.client.get(HERE, params={"fact": FACT}))
    sent(own_bench, f"{HERE}/change", form, **{f"v:{DATE}": "2024-06-03"})
    log = words(own_bench.client.get(HERE, params={"tab": "history"}), "#tab .log")
    who = own_bench.bench.sessions.find(own_bench.client.cookies["notices-test"]).user.name
    assert who in log
    assert "2024年5月31日" in log
    assert "2024年6月3日" in log
    answer = own_bench.post(f"{HERE}/back", {"number": "1", "tab": "history"}, headers={"X-Live": "1"})
    assert answer.status_code == 200
    assert own_file(own_bench).read_bytes() == before
    assert "撤回第 1 次" in words(answer, "#tab .log")
    again = own_bench.post(f"{HERE}/back", {"number": "1", "tab": "history"}, headers={"X-Live": "1"})
    assert again.status_code == 422
    assert "收回过了" in words(again, "[role=alert]")
    assert own_bench.post(f"{HERE}/back", {"number": "77"}).status_code == 404


def test_what_does_not_fit_is_told_at_its_field_and_stays_there(own_bench):
    before = own_file(own_bench).read_bytes()
    fact = "papers.notice"
    form = form_of(own_bench.client.get(HERE, params={"fact": fact}))
    answer = sent(own_bench, f"{HERE}/change", form, **{f"v:{fact}.number": "不是文号"})
    assert answer.status_code == 422
    (field,) = found(tree(answer), f'[id="v-{fact}.number"]')
    assert field.get("value") == "不是文号"
    assert field.get("aria-invalid") == "true"
    (told,) = found(tree(answer), f'[id="{field.get("aria-describedby")}"]')
    assert told.text_content().strip()
    assert own_file(own_bench).read_bytes() == before


def test_without_its_script_a_form_works_as_well(own_bench):
    form = form_of(own_bench.client.get(HERE, params={"fact": FACT}))
    answer = sent(own_bench, f"{HERE}/change", form, live=False, **{f"v:{DATE}": "2024-06-03"})
    assert answer.status_code == 200
    assert words(answer, "h1") == "广西壮族自治区工业和信息化厅 2024 年"
    assert "已存" in words(answer, "#fact")


def test_two_people_on_one_edition(own_bench):
    first = form_of(own_bench.client.get(HERE, params={"fact": FACT}))
    second = form_of(own_bench.client.get(HERE, params={"fact": FACT}))
    sent(own_bench, f"{HERE}/change", first, **{f"v:{DATE}": "2024-06-03"})
    answer = sent(own_bench, f"{HERE}/change", second, **{f"v:{DATE}": "2024-06-04"})
    assert answer.status_code == 409
    told = words(answer, "#fact [role=alert]")
    for part in ("2024年5月31日", "2024年6月3日", "2024年6月4日"):
        assert part in told
    again = form_of(answer)
    assert dict(again)[f"v:{DATE}"] == "2024-06-04", "what was typed is kept"
    assert "2024-06-03" in own_file(own_bench).read_text("utf-8")
    answer = sent(own_bench, f"{HERE}/change", again)
    assert answer.status_code == 200, "knowing of the other, it goes through"
    assert "2024-06-04" in own_file(own_bench).read_text("utf-8")


def test_two_people_at_two_values_are_both_kept(own_bench):
    first = form_of(own_bench.client.get(HERE, params={"fact": FACT}))
    second = form_of(own_bench.client.get(HERE, params={"fact": "contacts.office"}))
    sent(own_bench, f"{HERE}/change", first, **{f"v:{DATE}": "2024-06-03"})
    answer = sent(own_bench, f"{HERE}/change", second, **{"v:contacts.office.person": "韦明"})
    assert answer.status_code == 200
    text = own_file(own_bench).read_text("utf-8")
    assert "2024-06-03" in text
    assert "韦明" in text


def test_two_people_at_two_fields_of_one_fact_are_both_kept(own_bench):
    first = form_of(own_bench.client.get(HERE, params={"fact": FACT}))
    second = form_of(own_bench.client.get(HERE, params={"fact": FACT}))
    sent(own_bench, f"{HERE}/change", first, **{f"v:{DATE}": "2024-06-03"})
    answer = sent(own_bench, f"{HERE}/change", second, **{f"v:{FACT}.label": "各市报送"})
    assert answer.status_code == 200, "what one did not touch is not one's to lose"
    text = own_file(own_bench).read_text("utf-8")
    assert "2024-06-03" in text
    assert "各市报送" in text


def test_open_values_are_worked_through(own_bench):
    answer = own_bench.client.get(HERE, params={"tab": "open"})
    key = "papers.notice.imprint.issuer"
    form = form_of(answer, f"open-{key}")
    answer = sent(own_bench, f"{HERE}/change", form, **{f"v:{key}": "广西壮族自治区工业和信息化厅办公室"})
    assert answer.status_code == 200
    assert not found(tree(answer), f'form[id="open-{key}"]'), "it is settled"
    assert words(answer, "#tabs .count") == "1"
    assert "办公室" in own_file(own_bench).read_text("utf-8")


def test_an_entry_is_added_filled_in_and_taken_out(own_bench):
    before = own_file(own_bench).read_bytes()
    answer = own_bench.post(f"{HERE}/add", {"section": "contacts", "label": "技术支持"}, headers={"X-Live": "1"})
    assert answer.status_code == 200, words(answer, "[role=alert]")
    assert words(answer, "#fact-name") == "技术支持"
    (button,) = found(tree(answer), "#change button.danger")
    key = button.get("value")
    form = form_of(answer)
    assert f"v:{key}.person" in dict(form)
    answer = sent(own_bench, f"{HERE}/change", form, **{f"v:{key}.person": "韦明", f"v:{key}.phone": "0771-8095000"})
    assert answer.status_code == 200, words(answer, "[role=alert]")
    assert "韦明" in words(answer, "#pages"), "it stands on the page"
    answer = sent(own_bench, f"{HERE}/change", [*form_of(answer), ("drop", key)])
    assert answer.status_code == 200, words(answer, "[role=alert]")
    assert own_file(own_bench).read_bytes() == before
    assert own_bench.post(f"{HERE}/add", {"section": "nothing"}).status_code == 404


def test_a_rolled_edition_is_begun_and_its_suggestions_taken(own_bench):
    answer = own_bench.post(f"{HERE}/roll", {"to": "2025"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/edition/guangxi@2025?tab=open")
    answer = own_bench.client.get("/edition/guangxi@2025", params={"tab": "open"})
    before = len(found(tree(answer), "#tab .open > li"))
    form = form_of(answer, "open-papers.notice.issued")
    assert dict(form)["v:papers.notice.issued"] == "2025-04-03", "what is suggested stands there, to be confirmed"
    assert "上一版是“2024年4月3日”" in words(answer, '[id="open-papers.notice.issued"]')
    rests = form_of(answer, "open-answers")
    assert dict(rests)["v:answers"] == "national@2025"
    assert "national" not in words(answer, '[id="open-answers"]')
    answer = sent(own_bench, "/edition/guangxi@2025/change", form)
    assert answer.status_code == 200
    file = own_bench.bench.folder / "provinces/guangxi/2025.yaml"
    assert "issued: 2025-04-03" in file.read_text("utf-8")
    assert len(found(tree(answer), "#tab .open > li")) == before - 1
    assert own_bench.post(f"{HERE}/roll", {"to": "2025"}).status_code == 422, "never over one that is there"
    assert own_bench.post(f"{HERE}/roll", {"to": "soon"}).status_code == 404


def test_inherited_rules_are_taken_over_or_dropped(own_bench):
    place = own_bench.bench.folder / "provinces/my-office/2024.yaml"
    place.parent.mkdir()
    text = own_file(own_bench).read_text("utf-8").replace("id: guangxi", "id: my-office")
    place.write_text(re.sub(r"(?m)^(priorities|outlines):\n(  .*\n|\n)+", "", text), "utf-8")
    here = "/edition/my-office@2024"
    answer = own_bench.client.get(here, params={"tab": "inherited"})
    rules = [one.get("value") for one in found(tree(answer), "#tab button[name=accept]")]
    key, other = [one for one in rules if one.startswith("priorities.")][:2]
    answer = sent(own_bench, f"{here}/change", [*form_of(answer, "taken-priorities"), ("accept", key)])
    assert answer.status_code == 200, words(answer, "[role=alert]")
    left = [one.get("value") for one in found(tree(answer), "#tab button[name=accept]")]
    assert key not in left
    assert other in left
    written = place.read_text("utf-8")
    assert f"{key}:" in written
    assert "by:" in written
    answer = sent(own_bench, f"{here}/change", [*form_of(answer, "taken-priorities"), ("drop", other)])
    assert answer.status_code == 200, words(answer, "[role=alert]")
    assert other not in [one.get("value") for one in found(tree(answer), "#tab button[name=accept]")]


def test_an_edition_that_came_with_the_program_is_only_seen(own_bench):
    here = "/edition/jilin@2024"
    answer = own_bench.client.get(here, params={"fact": "papers.notice"})
    assert not found(tree(answer), "#change")
    assert "吉林省" in words(answer, "#fact dl")
    answer = own_bench.post(f"{here}/change", {"v:papers.notice.number": "x", "s:papers.notice.number": ""})
    assert answer.status_code == 422
    assert own_bench.post(f"{here}/adopt").status_code == 303
    answer = own_bench.client.get(here, params={"fact": "papers.notice"})
    assert found(tree(answer), "#change")
    assert words(answer, ".top .tag") == "本文件夹"


def test_without_a_folder_nothing_is_changed(bench):
    for path, data in (("change", {}), ("back", {"number": "1"}), ("roll", {"to": "2030"}), ("adopt", {})):
        answer = bench.post(f"{HERE}/{path}", data)
        assert answer.status_code == 404, path
        assert "自己的文件夹" in answer.text


def test_drafts_carry_their_mark_and_final_papers_are_refused_with_reasons(own_bench):
    answer = own_bench.client.get(f"{HERE}/file/notice.docx")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer.headers["content-disposition"]
    answer = own_bench.client.get(f"{HERE}/final/notice.docx")
    assert answer.status_code == 422
    reasons = found(tree(answer), ".problems a")
    assert [one.text_content() for one in reasons] == ["待定：印发机关", "待定：印发日期"]
    assert "fact=papers.notice.imprint.issuer" in reasons[0].get("href")


def test_a_finished_edition_is_printed_as_final(own_bench):
    for key, value in (("issuer", "广西壮族自治区工业和信息化厅办公室"), ("printed", "2024-04-07")):
        name = f"papers.notice.imprint.{key}"
        form = form_of(own_bench.client.get(HERE, params={"tab": "open"}), f"open-{name}")
        assert sent(own_bench, f"{HERE}/change", form, **{f"v:{name}": value}).status_code == 200
    answer = own_bench.client.get(f"{HERE}/final/notice.docx")
    assert answer.status_code == 200
    mark = "%E8%8D%89%E7%A8%BF"  # 草稿
    assert mark not in answer.headers["content-disposition"]
    draft = own_bench.client.get(f"{HERE}/file/notice.docx")
    assert mark in draft.headers["content-disposition"]
    assert draft.content != answer.content


def test_only_who_issues_prints_the_final_papers(workers, tmp_path):
    file = tmp_path / "users.yaml"
    users.put(file, "王芳", "drafts", "one good sentence")
    made = asked(workers, office(tmp_path / "office"), file)
    made.client.post("/enter", data={"name": "王芳", "password": "one good sentence"})
    assert made.client.get(f"{HERE}/final/notice.docx").status_code == 403
    page = made.client.get(HERE, params={"tab": "files"})
    assert "/final/" not in page.text
    assert made.client.get(f"{HERE}/file/notice.docx").status_code == 200


@pytest.mark.parametrize("tab", TABS)
def test_who_only_reads_has_no_forms_to_change(workers, tmp_path, tab):
    file = tmp_path / "users.yaml"
    users.put(file, "李明", "reads", "one good sentence")
    made = asked(workers, office(tmp_path / "office"), file)
    made.client.post("/enter", data={"name": "李明", "password": "one good sentence"})
    page = made.client.get(HERE, params={"tab": tab, "fact": FACT})
    assert page.status_code == 200
    assert not found(tree(page), "form[method=post]")


@pytest.mark.slow
def test_every_file_of_the_list_is_there_and_no_other(own_bench):
    page = tree(own_bench.client.get(HERE, params={"tab": "files"}))
    links = [one.get("href") for one in found(page, "#tab a") if "/file/" in one.get("href")]
    assert any(one.endswith("all.zip") for one in links)
    for link in links:
        answer = own_bench.client.get(link)
        assert answer.status_code == 200, link
        assert answer.headers["content-disposition"].startswith("attachment"), link
    archive = own_bench.client.get(f"{HERE}/file/all.zip").content
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert len(names) == len(links) - 1
    assert any(name.startswith("附件1") for name in names)
    assert own_bench.client.get(f"{HERE}/file/all.zip").content == archive
    for name in ("notice.exe", "rules.docx", "..%2Fnotice.docx", "form-99.docx", "notice", "redline-notice.docx"):
        assert own_bench.client.get(f"{HERE}/file/{name}").status_code == 404, name


def test_two_years_make_a_redline(bench):
    answer = bench.client.get("/edition/national@2024/file/redline-notice.docx")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_a_day_tells_whether_offices_rest(own_bench):
    answer = own_bench.client.get(f"{HERE}/day", params={"on": "2024-06-10", "at": "day-x"}, headers={"X-Live": "1"})
    told = words(answer, '[id="day-x"]')
    assert "休息日（星期一）" in told, "Dragon Boat Festival"
    assert len(found(tree(answer), "[data-pick]")) == 30
    assert found(tree(answer), '.off [data-pick="2024-06-10"]')
    assert not found(tree(answer), '.off [data-pick="2024-06-11"]')
    assert "没有这一天" in own_bench.client.get(f"{HERE}/day", params={"on": "2024-02-30", "at": "x"}).text


def test_what_the_checks_find_is_told_with_its_fact(own_bench):
    path = own_file(own_bench)
    path.write_text(path.read_text("utf-8").replace("date: 2024-05-31", "date: 2024-06-01"), "utf-8")
    answer = own_bench.client.get(HERE, params={"tab": "checks"})
    assert FACT in [one.get("data-fact-link") for one in found(tree(answer), "#tab a")]
    assert "休息日" in words(answer, "#tab")
    answer = own_bench.client.get(f"{HERE}/checks", params={"fact": FACT}, headers={"X-Live": "1"})
    assert "休息日" in words(answer, "#checks")
    assert words(own_bench.client.get(f"{HERE}/checks", params={"fact": "contacts.office"}), "#checks") == ""


def test_what_a_stranger_writes_into_a_profile_is_words_alone(own_bench):
    evil = "<script>alert(1)</script>\"'&"
    form = form_of(own_bench.client.get(HERE, params={"fact": "contacts.office"}))
    answer = sent(own_bench, f"{HERE}/change", form, **{"v:contacts.office.note": evil})
    assert answer.status_code == 200
    page = own_bench.client.get(HERE, params={"fact": "contacts.office", "q": "<script>", "tab": "facts"})
    assert "<script>alert" not in page.text
    assert evil in words(page, "#fact dl")


def test_what_a_stranger_writes_is_words_alone_on_the_pages_too(own_bench):
    evil = "<b>韦明</b>&\"'"
    form = form_of(own_bench.client.get(HERE, params={"fact": "contacts.office"}))
    answer = sent(own_bench, f"{HERE}/change", form, **{"v:contacts.office.person": evil})
    assert answer.status_code == 200, words(answer, "[role=alert]")
    assert "<b>韦明" not in answer.text
    assert evil in words(answer, "#pages").replace(" ", "")


@pytest.mark.parametrize("key", [DATE, "contacts.office.phone", "conditions.park.industrial-share.limit.value"])
@pytest.mark.parametrize(
    "odd", ["1e309", "\u202e", "{{7*7}}", "a\r\nb: [", "x" * 3000, "2024-02-31", "【待定：什么】", "- a"]
)
def test_whatever_stands_in_a_field_is_written_whole_or_told(own_bench, key, odd):
    fact = key.rpartition(".limit")[0] or key.rpartition(".")[0]
    form = form_of(own_bench.client.get(HERE, params={"fact": fact}))
    assert f"v:{key}" in dict(form)
    before = own_file(own_bench).read_bytes()
    answer = sent(own_bench, f"{HERE}/change", form, **{f"v:{key}": odd})
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert own_file(own_bench).read_bytes() == before
        assert words(answer, "#fact [role=alert]")
    else:
        notices.open(own_bench.bench.folder).edition("guangxi@2024").papers()


def test_the_pages_are_set_in_faces_of_our_own(own_bench):
    (link,) = found(tree(own_bench.client.get(HERE)), "#pages link")
    sheet = own_bench.client.get(link.get("href"))
    assert sheet.headers["content-type"].startswith("text/css")
    names = re.findall(r'url\("(/face/f[0-9a-f]+)"\)', sheet.text)
    assert len(names) >= 3
    for name in names:
        face = own_bench.client.get(name)
        assert face.content[:4] in {b"OTTO", b"\0\1\0\0", b"wOFF", b"wOF2"}
        assert "immutable" in face.headers["cache-control"]
    assert own_bench.client.get("/face/f00000000").status_code == 404
    assert "url" not in own_bench.client.get("/faces.css", params={"of": "x);}body{}"}).text


def test_every_paper_and_attachment_can_be_looked_at(bench):
    rules = bench.client.get("/edition/guizhou@2024", params={"paper": "rules"})
    assert words(rules, ".papers [aria-current]") == "细则"
    assert "第一条" in words(rules, "#page-1")
    form = bench.client.get(HERE, params={"paper": "form-2"})
    assert "绿色制造第三方评价工作要求" in words(form, "#page-1")
    assert words(bench.client.get(HERE, params={"paper": "nothing"}), ".papers [aria-current]") == "通知"


def test_faces_are_given_up_oldest_first():
    faces = Faces(most=10)
    faces.keep([("a", b"12345"), ("b", b"12345")])
    faces.find("a")
    faces.keep([("c", b"12345"), ("a", b"12345")])
    assert faces.names() == {"a", "c"}
    assert faces.find("b") is None


def test_a_file_that_is_no_yaml_is_told_with_its_line(own_bench):
    own_file(own_bench).write_text("id: guangxi\nyear: [2024\n", "utf-8")
    answer = own_bench.client.get(HERE)
    assert answer.status_code == 422
    assert re.search(r"guangxi/2024.yaml 第 \d 行", answer.text)


def test_an_edition_with_errors_is_mended_in_its_fields(own_bench):
    path = own_file(own_bench)
    path.write_text(path.read_text("utf-8").replace("date: 2024-05-31", "date: 2024-05-32"), "utf-8")
    answer = own_bench.client.get(HERE, params={"fact": FACT})
    assert answer.status_code == 200
    assert "2024-05-32" in words(answer, "#pages")
    answer = sent(own_bench, f"{HERE}/change", form_of(answer), **{f"v:{DATE}": "2024-05-31"})
    assert answer.status_code == 200
    assert "2024-05-31" in path.read_text("utf-8")


def test_the_last_month_there_is(own_bench):
    answer = own_bench.client.get(f"{HERE}/day", params={"on": "9999-12-31", "at": "day-x"})
    assert "9999年12月31日" in answer.text
