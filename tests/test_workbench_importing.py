"""Importing in the workbench: a notice dropped, decided on, kept; nothing outside the inbox before that."""

import io
import json
import re
import zipfile

import docx
import pypdf
import pytest
from conftest import ROOT
from openpyxl import load_workbook
from test_importing import NOTICE
from workbenches import asked

from notices.history import log
from notices.profile.yamlfile import parse
from notices.workbench.guard import users
from notices.workbench.tasks.importing.boxes import MOST, Box

FILE = "provinces/jia/2026.yaml"
SOURCE = NOTICE.encode()


def send(made, address, name, content, data=None, **more):
    return made.post(address, data, files={"file": (name, content)}, **more)


def dropped(made, content=SOURCE, name="来源.txt", **data):
    """Import a file; the address of its page."""
    answer = send(made, "/import/file", name, content, data)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def decide(made, place, piece, what, *, live=True, **data):
    headers = {"X-Live": "1"} if live else {}
    return made.post(f"{place}/decide", {"piece": piece, "what": what, **data}, headers=headers)


def kept_of(made, place):
    """The record of an import."""
    return Box(made.bench.folder).record(place.rpartition("/")[2], "notice")


def piece(page, words):
    """The number of the piece that holds some words."""
    found = [match for match in re.finditer(r'<li id="row(\d+)".*?</li>', page, re.DOTALL) if words in match[0]]
    return found[0][1]


def files(folder):
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def said(text):
    """A page without its marks."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", text))


def test_a_notice_is_read_and_only_the_inbox_holds_it(own_bench):
    before = files(own_bench.bench.folder)
    place = dropped(own_bench)
    page = own_bench.client.get(place).text
    for words in ("近一年每名职工参加节能培训", "已归成规定", "照原文，待核对", "甲省工业和信息化厅", "草稿都不沿用"):
        assert words.replace("草稿都", "草稿里都") in page
    assert 'value="jia"' in page, "the id is offered from the name"
    new = [one for one in files(own_bench.bench.folder) if one not in before]
    assert {one.rpartition("/")[0] for one in new} == {f"workbench/inbox/own/{place.rpartition('/')[2]}"}
    assert {one.rpartition("/")[2] for one in new} == {"source.txt", "record.json", "made.json"}


def test_what_is_shown_can_be_one_kind(own_bench):
    place = dropped(own_bench)
    every, worded = (own_bench.client.get(f"{place}?show={kind}").text for kind in ("", "worded"))
    assert "<progress" in every
    assert "园区应具备统一管理机构" in every
    assert "园区应具备统一管理机构" not in worded
    assert "三次以上拒绝节能监察" in worded
    assert len(re.findall('id="row', worded)) == int(re.search(r"照原文，待核对 (\d+)", every)[1])


def test_decisions_are_carried_out_and_kept(own_bench):
    place = dropped(own_bench)
    page = own_bench.client.get(place).text
    waiting = kept_of(own_bench, place)["open"]
    row = decide(own_bench, place, piece(page, "近一年每名职工"), "right")
    assert row.status_code == 200
    assert kept_of(own_bench, place)["open"] == waiting - 1
    assert 'aria-pressed="true"' in row.text
    decide(own_bench, place, piece(page, "三次以上拒绝"), "look", note="和处里对一遍")
    decide(own_bench, place, piece(page, "推进工业绿色发展"), "omit", reason="与上一句重复")
    assert not (own_bench.bench.folder / FILE).exists()
    answer = own_bench.post(f"{place}/keep")
    assert (answer.status_code, answer.headers["location"]) == (303, place)
    text = (own_bench.bench.folder / FILE).read_text("utf-8")
    data = parse(text, "").data
    words = next(value for value in data["conditions"].values() if value and "12学时" in str(value))
    assert "confirm" not in words
    assert "why: 和处里对一遍" in text
    assert "# 不收 引言“推进工业绿色发展，”：与上一句重复" in text
    kept = own_bench.client.get(place).text
    assert 'href="/edition/jia@2026"' in kept
    assert "和处里对一遍" in kept


def test_keeping_is_written_down_with_who(own_bench):
    place = dropped(own_bench)
    page = own_bench.client.get(place).text
    decide(own_bench, place, piece(page, "推进工业绿色发展"), "omit", reason="重复")
    own_bench.post("/account/name", {"name": "王芳"})
    own_bench.post(f"{place}/keep")
    folder = own_bench.bench.folder
    record = log.history(folder, "jia@2026", folder / FILE, lambda *_: ())[0]
    assert (record.who, [(one.label, one.after) for one in record.told]) == (
        "王芳",
        [("导入", "从“来源.txt”读成草稿"), ("不收 引言", "重复")],
    )


def test_a_decision_is_taken_back_by_the_same_button(own_bench):
    place = dropped(own_bench)
    number = piece(own_bench.client.get(place).text, "近一年每名职工")
    decide(own_bench, place, number, "right")
    row = decide(own_bench, place, number, "right", was="right")
    assert 'aria-pressed="true"' not in row.text
    assert kept_of(own_bench, place)["decisions"] == {}


def test_a_fact_left_out_with_another_sentence_says_so(own_bench):
    text = NOTICE.replace("电子版同步发送至邮箱。", "另将电子版同步发送至邮箱。")
    place = dropped(own_bench, text.encode())
    page = own_bench.client.get(place).text
    twins = [one for one in re.findall(r'<li id="row\d+".*?</li>', page, re.DOTALL) if "推荐文件" in said(one)]
    assert len(twins) >= 1
    decide(own_bench, place, piece(page, "请各市（州）工业和信息化局于"), "omit", reason="另行通知")
    page = said(own_bench.client.get(place).text)
    assert page.count("同一条规定已随“请各市（州）工业和信息化局于") == len(twins) - 1


def test_words_go_to_the_section_that_was_chosen(own_bench):
    place = dropped(own_bench)
    number = piece(own_bench.client.get(place).text, "近一年每名职工")
    row = decide(own_bench, place, number, "move", section="duties").text
    assert "改归 工作要求" in row
    own_bench.post(f"{place}/keep")
    data = parse((own_bench.bench.folder / FILE).read_text("utf-8"), "").data
    assert any("12学时" in str(value) for value in data["duties"].values())
    assert not any("12学时" in str(value) for value in data["conditions"].values())


@pytest.mark.parametrize(
    ("what", "data", "told"),
    [
        ("omit", {}, "不收要写原因"),
        ("look", {}, "要看什么没有写"),
        ("omit", {"reason": "长" * 201}, "200 字以内"),
        ("move", {"section": "no-such"}, "没有这样的决定"),
    ],
)
def test_a_decision_that_is_not_fit_is_told_where_it_stands_and_changes_nothing(own_bench, what, data, told):
    place = dropped(own_bench)
    number = piece(own_bench.client.get(place).text, "三次以上拒绝")
    row = decide(own_bench, place, number, what, **data)
    assert told in row.text
    assert f'id="row{number}"' in row.text
    plain = decide(own_bench, place, number, what, live=False, **data)
    assert (plain.status_code, told in plain.text) == (422, True)
    assert kept_of(own_bench, place)["decisions"] == {}
    assert decide(own_bench, place, "999", what, **data).status_code == 422


def test_what_was_typed_stays_in_a_row_that_is_refused(own_bench):
    place = dropped(own_bench)
    number = piece(own_bench.client.get(place).text, "三次以上拒绝")
    assert f'value="{"长" * 201}"' in decide(own_bench, place, number, "omit", reason="长" * 201).text


def test_an_edition_there_is_is_never_overwritten(own_bench):
    place = dropped(own_bench)
    path = own_bench.bench.folder / FILE
    path.parent.mkdir(parents=True)
    path.write_text("# 别人的\n", "utf-8")
    assert "不会覆盖它" in own_bench.client.get(place).text
    answer = own_bench.post(f"{place}/keep")
    assert (answer.status_code, "已经有这一版，没有覆盖" in answer.text) == (422, True)
    assert path.read_text("utf-8") == "# 别人的\n"
    again = own_bench.post(f"{place}/again", {"name": "甲省工业和信息化厅", "identity": "jia-sheng", "year": "2026"})
    assert again.status_code == 303
    assert own_bench.post(f"{place}/keep").status_code == 303
    assert (own_bench.bench.folder / "provinces/jia-sheng/2026.yaml").is_file()


def test_a_keep_that_was_cut_off_is_finished(own_bench):
    place = dropped(own_bench)
    own_bench.post(f"{place}/keep")
    box, identity = Box(own_bench.bench.folder), place.rpartition("/")[2]
    box.write(box.record(identity, "notice") | {"kept": ""})
    assert own_bench.post(f"{place}/keep").status_code == 303
    assert box.record(identity, "notice")["kept"] == "jia@2026"


def test_another_year_is_read_anew_and_decisions_stay_that_fit(own_bench):
    place = dropped(own_bench)
    decide(own_bench, place, piece(own_bench.client.get(place).text, "近一年每名职工"), "right")
    given = {"name": "甲省工业和信息化厅", "identity": "jia", "year": "2027"}
    answer = own_bench.post(f"{place}/again", given)
    record = kept_of(own_bench, place)
    assert (record["edition"], len(record["decisions"])) == ("jia@2027", 1)
    assert "lost" not in answer.headers["location"]
    refused = own_bench.post(f"{place}/again", {**given, "identity": "../jia"})
    assert (refused.status_code, "编号只用小写" in refused.text) == (422, True)
    assert kept_of(own_bench, place)["identity"] == "jia"


def test_decisions_that_do_not_fit_the_new_draft_are_told(own_bench):
    place = dropped(own_bench)
    box, identity = Box(own_bench.bench.folder), place.rpartition("/")[2]
    box.write(box.record(identity, "notice") | {"decisions": {"999": {"answer": "right", "section": "", "note": ""}}})
    answer = own_bench.post(f"{place}/again", {"name": "甲省工业和信息化厅", "identity": "jia", "year": "2026"})
    assert answer.headers["location"] == f"{place}?lost=1"
    assert "有 1 处的决定对不上新的草稿" in own_bench.client.get(answer.headers["location"]).text


def test_a_year_nobody_wrote_is_asked_for(own_bench):
    text = re.sub("2026年", "", NOTICE).replace("〔2026〕", "〔〕").replace("2026年度", "年度")
    answer = send(own_bench, "/import/file", "来源.txt", text.encode())
    assert (answer.status_code, "在“年度”里填上" in answer.text, "--" in said(answer.text)) == (422, True, False)
    assert Box(own_bench.bench.folder).listed() == []
    assert dropped(own_bench, text.encode(), year="2026")


def test_a_slip_of_the_source_is_told(own_bench):
    place = dropped(own_bench, NOTICE.replace("于2026年5月29日", "于2025年5月29日").encode())
    page = said(own_bench.client.get(place).text)
    assert "原文写的是“2025年5月29日”，早于成文日期" in page


def test_reading_that_was_cut_off_is_done_again(own_bench):
    place = dropped(own_bench)
    (own_bench.bench.folder / "workbench/inbox/own" / place.rpartition("/")[2] / "made.json").unlink()
    assert "上次没有读完" in own_bench.client.get(place).text
    own_bench.post(f"{place}/again", {"name": "甲省工业和信息化厅", "identity": "jia", "year": "2026"})
    assert "近一年每名职工" in own_bench.client.get(place).text


def test_a_record_that_is_damaged_is_shown_and_can_be_deleted(own_bench):
    place = dropped(own_bench)
    identity = place.rpartition("/")[2]
    (own_bench.bench.folder / "workbench/inbox/own" / identity / "record.json").write_text("{", "utf-8")
    assert "读不出来的一份" in own_bench.client.get("/import").text
    assert own_bench.client.get(place).status_code == 422
    assert own_bench.post(f"/import/{identity}/delete").status_code == 303
    assert files(own_bench.bench.folder / "workbench") == []


def test_deleting_leaves_nothing(own_bench):
    place = dropped(own_bench)
    assert own_bench.post(f"/import/{place.rpartition('/')[2]}/delete").status_code == 303
    assert files(own_bench.bench.folder / "workbench") == []
    assert own_bench.client.get(place).status_code == 404


def test_an_import_is_its_owners(workers, own_bench, tmp_path):
    accounts = tmp_path / "users.yaml"
    places = {}
    for name in ("王芳", "../own"):
        users.put(accounts, name, "drafts", "one good sentence")
        made = asked(workers, own_bench.bench.folder, accounts)
        made.client.post("/enter", data={"name": name, "password": "one good sentence"})
        places[name] = (made, dropped(made))
    made, other = places["王芳"][0], places["../own"][1]
    assert made.client.get(other).status_code == 404
    assert made.post(f"{other}/keep").status_code == 404
    assert made.post(f"/import/{other.rpartition('/')[2]}/delete").status_code == 404
    folders = [one.name for one in (own_bench.bench.folder / "workbench/inbox").iterdir()]
    assert len(folders) == 2
    assert all(re.fullmatch("[0-9a-f]{24}", one) for one in folders)


@pytest.mark.parametrize("identity", ["own", "%2e%2e", "..%2f..%2fprovinces", "x" * 3000, "record.json"])
def test_an_id_is_one_of_those_there_are(own_bench, identity):
    dropped(own_bench)
    assert own_bench.client.get(f"/import/notice/{identity}").status_code == 404
    assert own_bench.post(f"/import/{identity}/delete").status_code in {404, 405}
    assert len(Box(own_bench.bench.folder).listed()) == 1


def test_so_many_may_wait(own_bench):
    box = Box(own_bench.bench.folder)
    for _ in range(MOST):
        box.begin("notice", "来源.txt", b"x", {})
    answer = send(own_bench, "/import/file", "来源.txt", NOTICE.encode())
    assert (answer.status_code, f"还有 {MOST} 份没有处理完" in answer.text) == (422, True)


def test_without_a_folder_of_ones_own_nothing_is_taken(bench):
    for address in ("/import", "/import/new", "/import/sheet", "/import/returned"):
        assert "没有自己的文件夹" in bench.client.get(address).text
    assert send(bench, "/import/file", "来源.txt", NOTICE.encode()).status_code == 404


# Files of strangers


def word(**parts):
    """A Word file, with parts put in or replaced."""
    out, held = io.BytesIO(), io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph("某某通知")
    paper.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def pdf(secret=""):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if secret:
        writer.encrypt(secret, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;'
    b"</w:t></w:r></w:p></w:body></w:document>"
)
HOSTILE = {
    "zip bomb": ("a.docx", lambda: word(**{"word/media/a.bin": bytes(300 * 2**20)}), "展开后太大"),
    "entities": ("a.docx", lambda: word(**{"word/document.xml": ENTITY}), "DTD|DOCTYPE|实体"),
    "macros": ("a.docm", lambda: word(**{"word/vbaProject.bin": b"x"}), "这种文件读不了：.docm"),
    "locked Word": ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "locked PDF": ("a.pdf", lambda: pdf("secret"), "密码|加密"),
    "pictures": ("a.pdf", pdf, "没有文字|扫描"),
    "20 MB of text": ("a.txt", ("绿色工厂申报。\n" * 950_000).encode, "太长|字节"),
    "script": ("a.html", lambda: b"<script>alert(1)</script><p onclick=x>hello", "没有|不是"),
    "empty": ("a.docx", bytes, "空的"),
    "no ending": ("通知", lambda: b"x", "没有扩展名"),
    "program": ("a.exe", lambda: b"MZ", "这种文件读不了：.exe"),
    "wrong ending": ("a.docx", lambda: b"just some words", "docx|Word"),
    "wrong ending, PDF": ("a.pdf", lambda: b"PK\x03\x04", "PDF"),
    "a path": ("../../x.docx", lambda: b"x", "x.docx"),
    "a path of Windows": ("..\\..\\x.docx", lambda: b"x", "x.docx"),
    "300 characters": ("长" * 300 + ".docx", lambda: b"x", "长长"),
    "bytes": ("a.txt", lambda: bytes(range(256)) * 40, "编码|没有"),
    "deep page": ("a.html", lambda: b"<div>" * 100_000 + "绿色工厂".encode(), "太深"),
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("address", ["/import/file", "/import/returned/file"])
def test_a_hostile_file_is_told_plainly_and_leaves_nothing(own_bench, kind, address):
    name, content, told = HOSTILE[kind]
    before = files(own_bench.bench.folder.parent)
    answer = send(own_bench, address, name, content(), {"paper": "guangxi@2024 notice"})
    assert answer.status_code == 422, (answer.status_code, said(answer.text)[:300])
    if address == "/import/file":
        assert re.search(told, answer.text), said(answer.text)
    assert not re.search("Traceback|Error|--|notices take|@20", said(answer.text))
    assert files(own_bench.bench.folder.parent) == before
    assert own_bench.client.get("/import").status_code == 200


def test_a_script_in_a_notice_is_words(own_bench):
    text = NOTICE.replace("从事实际生产的制造型企业", "<script>alert(1)</script>的制造型企业")
    page = own_bench.client.get(dropped(own_bench, text.encode(), name='<img src=x onerror="x">.txt')).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_too_big_a_file_is_not_taken(own_bench):
    answer = send(own_bench, "/import/file", "a.txt", bytes(25 * 2**20))
    assert (answer.status_code, "太大" in answer.text) == (413, True)
    assert files(own_bench.bench.folder / "workbench") == []


# The sheet of what is open, and a beginning


def test_a_sheet_goes_out_and_comes_back(own_bench):
    own_bench.post(f"{dropped(own_bench)}/keep")
    answer = own_bench.client.get("/import/sheet/jia@2026")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    book = load_workbook(io.BytesIO(answer.content))
    page = book.active
    row = next(row for row in page.iter_rows() if row[0].value == "papers.notice.imprint.issuer")
    row[6].value = "甲省工业和信息化厅办公室"
    out = io.BytesIO()
    book.save(out)
    done = send(own_bench, "/import/sheet/file", "表.xlsx", out.getvalue(), {"edition": "jia@2026"})
    assert "定了 1 项" in done.text
    folder = own_bench.bench.folder
    record = log.history(folder, "jia@2026", folder / FILE, lambda *_: ())[0]
    assert (record.who, record.told[0].after) == (
        own_bench.bench.sessions.find(own_bench.client.cookies["notices-test"]).user.name,
        "甲省工业和信息化厅办公室",
    )
    row[6].value, row[5].value = "值", "采用建议"
    book.save(out := io.BytesIO())
    refused = send(own_bench, "/import/sheet/file", "表.xlsx", out.getvalue(), {"edition": "jia@2026"})
    assert refused.status_code == 422
    assert "表.xlsx" in refused.text


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"x"), ("a.csv", b"x"), ("a.xlsx", b"")])
def test_no_sheet_is_no_sheet(own_bench, name, content):
    before = (own_bench.bench.folder / "provinces/guangxi/2024.yaml").read_bytes()
    answer = send(own_bench, "/import/sheet/file", name, content, {"edition": "guangxi@2024"})
    assert answer.status_code == 422
    assert (own_bench.bench.folder / "provinces/guangxi/2024.yaml").read_bytes() == before


def test_an_authority_begins_from_a_form(own_bench):
    given = {
        "name": "甲省工业和信息化厅", "area": "市（州）", "area_codes": "0999、0998", "verb": "推荐",
        "layout": "letter", "addressees": "各市（州）工业和信息化局\n省直管县工业和信息化局", "year": "2026",
    }  # fmt: skip
    told = own_bench.post("/import/new/look", given, headers={"X-Live": "1"}).text
    assert "辖区 甲省，级别 省级，全辖区 全省，自称 我厅" in told
    assert "<b>jia</b>" in told
    answer = own_bench.post("/import/new/begin", given)
    assert (answer.status_code, answer.headers["location"]) == (303, "/edition/jia@2026")
    data = parse((own_bench.bench.folder / FILE).read_text("utf-8"), "").data
    assert data["authority"]["area_codes"] == ["0999", "0998"]
    assert data["papers"]["notice"]["layout"] == "letter"
    assert data["papers"]["notice"]["addressees"] == ["各市（州）工业和信息化局", "省直管县工业和信息化局"]
    folder = own_bench.bench.folder
    assert log.history(folder, "jia@2026", folder / FILE, lambda *_: ())[0].told[0].label == "新建"
    again = own_bench.post("/import/new/begin", given)
    assert (again.status_code, "没有覆盖" in again.text, "--id" in again.text) == (422, True, False)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "某中心"}, "编号没有写"),
        ({"name": "甲省工业和信息化厅", "identity": "../x"}, "编号"),
        ({"name": "甲省工业和信息化厅", "identity": "guangxi"}, "自带的发文机关|已经有"),
        ({"name": "甲省工业和信息化厅", "year": "二〇二六"}, "年度"),
    ],
)
def test_a_beginning_that_is_not_fit_writes_nothing(own_bench, given, told):
    before = files(own_bench.bench.folder)
    answer = own_bench.post("/import/new/begin", given)
    assert answer.status_code == 422
    assert re.search(told, answer.text)
    assert not re.search("--|@20", said(answer.text))
    assert files(own_bench.bench.folder) == before


def test_an_empty_folder_becomes_a_workspace(workers, tmp_path):
    made = asked(workers, tmp_path)
    made.client.get("/enter", params={"key": made.bench.key.current})
    for address in ("/import", "/import/new", "/import/sheet", "/import/returned"):
        assert made.client.get(address).status_code == 200, address
    answer = made.post("/import/new/begin", {"name": "甲省工业和信息化厅", "year": "2026"})
    assert answer.headers["location"] == "/edition/jia@2026"
    assert (tmp_path / FILE).is_file()
    assert "甲省工业和信息化厅 2026 年通知" in made.client.get("/import/returned").text


def test_a_notice_may_be_the_first_thing_in_a_folder(workers, tmp_path):
    made = asked(workers, tmp_path)
    made.client.get("/enter", params={"key": made.bench.key.current})
    made.post(f"{dropped(made)}/keep")
    assert [one.name for one in sorted(tmp_path.iterdir())] == ["history", "provinces", "workbench"]
    assert (tmp_path / FILE).is_file()


def test_nothing_is_begun_in_the_programs_own_folder(bench):
    assert bench.post("/import/new/begin", {"name": "甲省工业和信息化厅"}).status_code == 404
    assert not (ROOT / "provinces/jia").exists()


def test_the_record_is_plain_data(own_bench):
    place = dropped(own_bench)
    folder = own_bench.bench.folder / "workbench/inbox/own" / place.rpartition("/")[2]
    assert json.loads((folder / "record.json").read_text("utf-8"))["called"] == "来源.txt"


def test_an_excerpt_that_names_no_addressees_is_kept_and_carried_on(own_bench):
    excerpt = "\n".join(line for line in NOTICE.splitlines() if not line.startswith("各市（州）"))
    assert excerpt != NOTICE
    place = dropped(own_bench, excerpt.encode())
    own_bench.post(f"{place}/keep")
    assert "主送机关：" not in excerpt
    draft = parse((own_bench.bench.folder / FILE).read_text("utf-8"), FILE).data
    assert draft["papers"]["notice"]["addressees"] == {"pending": "主送机关"}
    answer = own_bench.post("/edition/jia@2026/roll", {"to": "2027"})
    assert (answer.status_code, answer.headers.get("location")) == (303, "/edition/jia@2027?tab=open")
